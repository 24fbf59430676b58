package rights_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// journal is the log of a house.
type journal struct {
	mu  sync.Mutex
	all bytes.Buffer
}

// Write is of io.Writer.
func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.String()
}

// ears keep everything that anybody reads, as it is composed: cards, lists, answers to presses, buttons.
type ears struct {
	heard []heard
	last  map[string]bot.MessageRef // the newest message to a chat
}

type heard struct {
	to   bot.Address
	said string
	at   int // after which step
}

func (e *ears) hears(h *house, l ledger.Letter, to bot.Address) {
	m, err := h.desk.Compose(h.ctx, l)
	h.must(err)
	said := bot.Unmark(m.Text)
	if m.Menu != nil {
		for _, c := range m.Menu.Choices {
			said += "\n[" + c.Label + "]"
		}
	}
	e.heard = append(e.heard, heard{to: to.Chat(), said: said, at: len(h.events)})
	e.last[to.Chat().String()] = bot.MessageRef{Chat: to, ID: fmt.Sprintf("s%d", h.sent)}
}

// Who filed it, and what identifies people in what he or she told.
const (
	ownName    = "Zulaikha Prabaningrum"
	ownNumber  = "6281298765432"
	ownTyped   = "0812-9876-5432"
	otherPhone = "0877 1234 5678"
	nik        = "3604011203900001"
	plate      = "A 1234 QZX"
)

// Of a report that hides who filed it, nobody but the citizen ever reads the name, the number or the chat, by whatever path and with
// whatever right; of a confidential one the group reads no word; and numbers of people never stand in the group. Of any other, the name
// is read by one officer, alone, for a reason. The log knows nothing of it.
func TestNobodyReadsWhoFiledIt(t *testing.T) {
	t.Parallel()
	tell := "lampu PJU mati di jalan veteran cipare depan warung kembangtelon"
	for name, c := range map[string]struct {
		text, about, how string
		nameless, secret bool
	}{
		"biasa":   {tell, "penerangan jalan", "", false, false},
		"anonim":  {tell, "penerangan jalan", "kirim secara anonim", true, false},
		"rahasia": {tell, "penerangan jalan", "kirim secara rahasia", true, true},
		"peka":    {"petugas kelurahan cipare minta uang kembangtelon waktu urus KTP, ini pungli", "pungli", "", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.ears = &ears{last: map[string]bot.MessageRef{}}
			me := bot.Address{Network: bot.WhatsApp, ID: ownNumber}
			h.desk.Phone = func(_ context.Context, chat bot.Address) (string, error) { return chat.ID, nil }
			saya := "" // who hides nothing and says it in the own words has said it
			if c.nameless {
				saya = " " + ownName
			}
			h.goesThrough(me, c.text+". Saya"+saya+" hp "+ownTyped+", NIK "+nik+", motor plat "+plate+", saksi "+otherPhone+". Sekalian sampah numpuk di pasar", c.about, c.how, saya)

			own := []string{"Zulaikha", "zulaikha", "Prabaningrum", ownNumber, ownTyped, "81298765432", me.String()}
			numbers := []string{nik, plate, otherPhone, "1234 QZX"}
			identified := 0
			for _, m := range h.ears.heard {
				if m.to == me {
					continue
				}
				group := m.to == deskAt.Chat()
				forbidden := append(slices.Clone(own), numbers...)
				switch {
				case group && c.secret:
					forbidden = append(forbidden, "kembangtelon")
				case !group && c.nameless:
					forbidden = own
				case !group:
					forbidden = nil
				}
				if !group && !c.nameless && strings.Contains(m.said, "🪪") && strings.Contains(m.said, ownName) {
					identified++
				}
				asked := bot.Words(h.events[m.at-1].Body)
				if group && asked == "/cari Zulaikha" && strings.Contains(m.said, "SRG-") {
					t.Errorf("the report is found by its reporter's name:\n%s", m.said)
				}
				for _, w := range forbidden {
					if strings.HasPrefix(asked, "/cari ") && strings.Contains(asked, w) {
						continue // the officer's own words
					}
					if strings.Contains(m.said, w) {
						t.Errorf("%s reads %q after %q:\n%s", m.to, w, asked, m.said)
					}
				}
			}
			if want := map[bool]int{true: 0, false: 3}[c.nameless]; identified != want {
				t.Errorf("the name was opened %d times, want %d", identified, want)
			}
			for _, w := range append(append(own, numbers...), "kembangtelon") {
				if strings.Contains(h.log.String(), w) {
					t.Errorf("the log holds %q", w)
				}
			}
		})
	}
}

// desks is somebody of the desk who writes: to the group, or in the own chat, there in reply to what came last.
func (h *house) desks(id, text string, alone bool, photo ...string) {
	h.t.Helper()
	chat := deskAt
	var reply *bot.MessageRef
	if alone {
		chat = bot.Address{Network: bot.Telegram, ID: id}
		if ref, ok := h.ears.last[chat.String()]; ok {
			reply = &ref
		}
	}
	h.now = h.now.Add(30e9)
	n := len(h.events) + 1
	var body bot.Body = bot.Text{Text: text}
	if len(photo) > 0 {
		body = bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: photo[0]}, Caption: text}
	}
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg%d", n)), Chat: chat, Group: !alone, From: bot.Person{ID: id, Name: "Petugas " + id}, At: h.now, Body: body,
		Ref: bot.MessageRef{Chat: chat, ID: fmt.Sprintf("m%d", n)}, ReplyTo: reply, ToBot: reply != nil}
	h.events = append(h.events, ev)
	h.must(h.engine.Handle(h.ctx, ev))
	h.post()
}

// goesThrough takes a report through all that officers can do with it.
func (h *house) goesThrough(me bot.Address, text, about, how, saya string) {
	h.t.Helper()
	const officer, head, other = "31", "41", "51"
	enrol := func(id, title, agency string) {
		h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "in:" + id, At: h.clock(), Changes: []ledger.Change{ledger.Enrolled{Operator: ledger.Operator{
			ID: "telegram:" + id, Name: "Petugas " + id, Agency: agency, Role: report.Operator, Title: title, Approved: "telegram:21", Since: h.clock()}}}}))
	}
	h.writes(me, ownName, text, "satu aja")
	if how == "" {
		how = "kirim"
	}
	var mine []report.Report
	for _, said := range []string{how, about, how, "kirim"} { // what is unclear is asked
		if len(mine) > 0 {
			break
		}
		h.writes(me, ownName, said)
		all, err := h.store.Mine(h.ctx, me, 9)
		h.must(err)
		mine = all
	}
	h.post()
	if len(mine) != 1 {
		h.t.Fatalf("%d reports were filed: %s", len(mine), h.last(me))
	}
	r := mine[0]
	c, _ := h.profile.Category(r.Category)
	office := c.Agency
	if office == "" {
		office = "DISHUB"
	}
	enrol(officer, "", office)
	enrol(head, ledger.TitleHead, office)
	enrol(other, "", "DPUPR")
	h.desks("21", "/teruskan "+string(r.Code)+" "+office, false)
	h.desks(head, "halo", true)
	steps := []string{
		"31 /ambil N", "31 /laporan N", "31 /identitas N mencocokkan berkasnya", "21 /identitas N mencocokkan berkasnya", "51 /identitas N ingin tahu",
		"41 /identitas N ingin tahu", "31 /buka N", "31. /cari orang ini", "21 /buka N", "21. /cari orang ini", "51 /buka N", "21 /cari kembangtelon", "21 /cari N",
		"31 /cari lampu", "21 /cari Zulaikha", "31 /riwayat N", "21 /tugas semua", "31 /tugas", "31 N kami cek ke lokasi", "31 /tanya N di sebelah mana?", "> dekat warung, telepon saya " + ownTyped + ", tanya" + saya,
		"31 /catatan N sudah dihubungi", "31 /disposisi N kepala mohon arahan", "41. regu berangkat besok", "31 /riwayat N", "31 /disposisi N batal",
		"31 /pecah N", "31 /pecah N sampah numpuk di pasar", "31. /pecah N sampah numpuk di pasar", "21 /gabung N", "31 /rencana N 2027 menunggu anggaran", "21 /kategori N", "21 /karantina", "21 /petugas",
		"21 /teruskan N dpupr perlu jalan", "51 /ambil N", "51 /identitas N mencocokkan", "21 /teruskan N " + office, "31 /ambil N",
		"31+ /selesai N sudah beres", "> belum, masih sama, hubungi" + saya + " " + ownTyped, "31 /laporan N", "21 /riwayat N", "21 /statistik", "31 /bantuan",
	}
	for _, s := range steps {
		who, what, _ := strings.Cut(strings.ReplaceAll(s, " N", " "+string(r.Code)), " ")
		switch {
		case who == ">":
			h.writes(me, ownName, what)
			h.post()
		case strings.HasSuffix(who, "+"):
			h.desks(strings.TrimSuffix(who, "+"), what, false, "BUKTI-1")
		default:
			h.desks(strings.TrimSuffix(who, "."), what, strings.HasSuffix(who, "."))
		}
	}
	if _, err := h.store.ByCode(h.ctx, r.Code); errors.Is(err, ledger.ErrUnknown) {
		h.t.Fatal("the report is gone")
	}
}
