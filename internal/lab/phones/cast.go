package phones

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"rabeg/internal/profile"
)

// role is what a person of the cast is.
type role int

const (
	citizen role = iota
	officer
	leader
	stranger
)

// player is somebody whom whoever sits before the page can be.
type player struct {
	key   string
	name  string
	role  role
	id    int64  // on Telegram
	phone string // on WhatsApp
	admin bool   // of the desk's group
	group Words  // heads those of a kind in the list
}

// The keys of the players that a tour names.
const (
	Ani         = "ani"
	Budi        = "budi"
	Coordinator = "rina"
	Operator    = "dedi"
)

// The fixed people of the desk on the local Telegram: the product remembers them from run to run.
const (
	operatorID    = 2001
	coordinatorID = 2002
	leaderID      = 2003
	strangerID    = 2004
	officersFrom  = 2100
)

// nameMost is how many letters a person's name may have.
const nameMost = 60

// cast is everybody. Citizens may be added.
type cast struct {
	mu       sync.Mutex
	telegram []player
	whatsapp []player
	staff    []player
	fresh    int64 // the next citizen's number
}

// newCast makes the people of a government. fresh is the first of the numbers that no earlier run has used.
func newCast(p *profile.Profile, fresh int64) *cast {
	c := &cast{fresh: fresh + 1}
	c.telegram = []player{
		{key: Ani, name: "Ani", id: fresh},
		{key: "joko", name: "Joko"},
		{key: "fatimah", name: "فاطمة الزهراء (Fatimah)"},
		{key: "raden", name: "Raden Ajeng Siti Nurhaliza Kusumawardhani binti H. Sulaeman"},
	}
	for i := range c.telegram[1:] {
		c.telegram[i+1].id = c.next()
	}
	c.whatsapp = []player{{key: Budi, name: "Budi"}, {key: "siti", name: "Siti"}, {key: "hasan", name: "حسن (Hasan)"}}
	for i := range c.whatsapp {
		c.whatsapp[i].phone = phoneOf(c.next())
	}
	staff, others := labels["staff"], labels["others"]
	c.staff = []player{
		{key: Coordinator, name: "Rina (koordinator)", role: officer, id: coordinatorID, admin: true, group: staff},
		{key: Operator, name: "Dedi (Dishub)", role: officer, id: operatorID, group: staff},
		{key: "ratna", name: "Ratna (Sekda)", role: leader, id: leaderID, group: others},
		{key: "tamu", name: "Tono (tamu, bukan petugas)", role: stranger, id: strangerID, group: others},
	}
	for i, a := range p.Agencies {
		if a.Outside || a.Emergency {
			continue
		}
		c.staff = append(c.staff, player{key: "opd-" + strings.ToLower(a.Code), name: "Petugas " + a.Short, role: officer, id: officersFrom + int64(i), group: labels["offices"]})
	}
	return c
}

func (c *cast) next() int64 {
	c.fresh++
	return c.fresh
}

func phoneOf(n int64) string { return fmt.Sprintf("62812%09d", n%1_000_000_000) }

// on lists who can be played on a phone ("telegram", "whatsapp") or at the desk.
func (c *cast) on(where string) []player {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch where {
	case onTelegram:
		return slices.Clone(c.telegram)
	case onWhatsApp:
		return slices.Clone(c.whatsapp)
	default:
		return c.staff
	}
}

// find gives a player by key, the first one where there is none of that key.
func (c *cast) find(where, key string) player {
	all := c.on(where)
	if i := slices.IndexFunc(all, func(p player) bool { return p.key == key }); i >= 0 {
		return all[i]
	}
	return all[0]
}

// named finds a citizen by his or her number on Telegram.
func (c *cast) named(id int64) string {
	for _, where := range []string{onTelegram, onDesk} {
		for _, p := range c.on(where) {
			if p.id == id {
				return p.name
			}
		}
	}
	return ""
}

var errName = errors.New("a name has 1 to 60 letters, on one line")

// add makes a citizen on a network.
func (c *cast) add(where, name string) (player, error) {
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n == 0 || n > nameMost || !utf8.ValidString(name) {
		return player{}, errName
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.next()
	p := player{key: fmt.Sprintf("p%d", n), name: name}
	switch where {
	case onTelegram:
		p.id = n
		c.telegram = append(c.telegram, p)
	case onWhatsApp:
		p.phone = phoneOf(n)
		c.whatsapp = append(c.whatsapp, p)
	default:
		return player{}, errors.New("a new person is a citizen on one of the networks")
	}
	return p, nil
}
