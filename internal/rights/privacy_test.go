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
	"rabeg/internal/casework"
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
			identified, opened := 0, map[string]bool{}
			for _, m := range h.ears.heard {
				if m.to == me {
					continue
				}
				group := m.to == deskAt.Chat()
				forbidden := append(slices.Clone(own), numbers...)
				switch {
				case group && c.secret:
					forbidden = append(forbidden, "kembangtelon")
				case m.to == tetangga: // another citizen: follows it, and his or her own was joined with it
					forbidden = append(forbidden, "kembangtelon")
				case !group && c.nameless:
					forbidden = own
				case !group:
					forbidden = nil
				}
				if !group && m.to != tetangga && (strings.Contains(m.said, nik) || strings.Contains(m.said, plate)) {
					opened[m.to.String()] = true
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
			for who := range opened { // whole, and written down
				looks := 0
				h.must(h.pool.QueryRow(h.ctx, `SELECT count(*) FROM looks WHERE who = $1 AND act IN ('open', 'unmask')`, who).Scan(&looks))
				if looks == 0 {
					t.Errorf("%s reads numbers of people, and it is not written down", who)
				}
			}
			if !opened["telegram:31"] {
				t.Error("who works on it never read its numbers")
			}
			theirs := h.papers()
			for _, doc := range theirs {
				holdsNone(t, doc, append(append(slices.Clone(own), numbers...), "kembangtelon"))
			}
			h.writes(me, ownName, "data saya")
			copies := h.papers()
			if len(theirs) != 1 || len(copies) != 2 {
				t.Errorf("%d and then %d copies were made", len(theirs), len(copies))
			}
			for _, doc := range copies { // the reporter's own
				if slices.Contains(theirs, doc) {
					continue
				}
				if holdsNone(t, doc, []string{neighbourWord, neighbourNumber, tetangga.ID, "Tetangga", "gang kami"}); !strings.Contains(doc, "kembangtelon") {
					t.Error("the reporter's copy lacks the own words")
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

// tetangga has the same trouble, and says so where it is read by the officers alone.
var tetangga = bot.Address{Network: bot.Telegram, ID: "778899001"}

const (
	neighbourWord   = "melatiputih"
	neighbourNumber = "0813-9999-0001"
)

// joins lets a neighbour follow a report and file the same, which the coordinator joins with it. Then the neighbour asks for his or her data.
func (h *house) joins(r report.Report) {
	h.t.Helper()
	facts, err := h.store.Facts(h.ctx, r.ID)
	h.must(err)
	office := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	_, b, err := office.Act(r, report.Actor{Role: report.Citizen, ID: tetangga.String(), Chat: tetangga}, report.Follow{Lang: "id", With: report.Add{Words: "di sini juga, pagar " + neighbourWord + ", hp " + neighbourNumber}},
		casework.Occasion{Cause: "follow", At: h.clock(), Facts: facts})
	if _, refused := casework.AsRefusal(err); !refused {
		h.must(err)
		h.must(h.store.Commit(h.ctx, b))
	}
	h.writes(tetangga, "Tetangga Baik", "lampu jalan di gang kami mati, kel Cipare", "kirim")
	h.post()
	mine, err := h.store.Mine(h.ctx, tetangga, 9)
	h.must(err)
	if len(mine) != 1 {
		h.t.Fatalf("the neighbour has filed %d reports: %s", len(mine), h.last(tetangga))
	}
	h.desks("21", "/gabung "+string(mine[0].Code)+" "+string(r.Code), false)
	h.writes(tetangga, "Tetangga Baik", "status", string(mine[0].Code), string(r.Code), "data saya")
	h.post()
}

func holdsNone(t *testing.T, doc string, forbidden []string) {
	t.Helper()
	for _, w := range forbidden {
		if strings.Contains(doc, w) {
			t.Errorf("a copy holds %q of somebody else", w)
		}
	}
}

// desks is somebody of the desk who writes: to the group, or in the own chat, there in reply to what came last.
func (h *house) desks(id, text string, alone bool, photo ...string) {
	h.t.Helper()
	chat := deskAt
	var reply *bot.MessageRef
	if id, answers := strings.CutSuffix(id, "!"); answers { // what came last in the group
		ref := h.ears.last[deskAt.String()]
		h.replies(id, text, ref)
		return
	}
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

// replies is somebody of the desk who answers a message in the group.
func (h *house) replies(id, text string, to bot.MessageRef) {
	h.t.Helper()
	h.now = h.now.Add(30e9)
	n := len(h.events) + 1
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg%d", n)), Chat: deskAt, Group: true, From: bot.Person{ID: id, Name: "Petugas " + id}, At: h.now, Body: bot.Text{Text: text},
		Ref: bot.MessageRef{Chat: deskAt, ID: fmt.Sprintf("m%d", n)}, ReplyTo: &to, ToBot: true}
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
		"41 /identitas N ingin tahu", "31 /buka N menelepon saksi", "31. /cari orang ini", "21 /buka N menelepon saksi", "21. /cari orang ini", "51 /buka N menelepon saksi", "21 /cari kembangtelon", "21 /cari N",
		"31 /cari lampu", "21 /cari Zulaikha", "31 /riwayat N", "21 /tugas semua", "31 /tugas", "31 N kami cek ke lokasi", "31 /tanya N di sebelah mana?", "> dekat warung, telepon saya " + ownTyped + ", tanya" + saya,
		"31 /catatan N sudah dihubungi", "31 /disposisi N kepala mohon arahan", "41. regu berangkat besok", "31 /riwayat N", "31 /disposisi N batal",
		"31 /pecah N", "31 /pecah N sampah numpuk di pasar", "31! ya", "31. /pecah N sampah numpuk di pasar", "31. ya", "=", "21 /laporan P", "21 /riwayat P", "31 /laporan P", "31. /buka P menelepon saksi",
		"21 /cari P", "21 /gabung P N", "21 /laporan N", "21 /riwayat P", "31 N kabar untuk keduanya", "21 /pisah P", "21 /riwayat P", "+", "21 /gabung N", "31 /rencana N 2027 menunggu anggaran", "21 /kategori N", "21 /karantina", "21 /petugas",
		"21 /teruskan N dpupr perlu jalan", "51 /ambil N", "51 /identitas N mencocokkan", "21 /teruskan N " + office, "31 /ambil N",
		"31+ /selesai N sudah beres", "> belum, masih sama, hubungi" + saya + " " + ownTyped, "31 /laporan N", "21 /riwayat N", "21 /statistik", "31 /bantuan",
	}
	part := ""
	for _, s := range steps {
		who, what, _ := strings.Cut(strings.ReplaceAll(strings.ReplaceAll(s, " N", " "+string(r.Code)), " P", " "+part), " ")
		switch {
		case who == "=": // what the split made
			now, err := h.store.ByID(h.ctx, r.ID)
			h.must(err)
			if len(now.Parts) != 1 {
				h.t.Fatalf("it has %d parts; the desk reads: %s", len(now.Parts), h.last(deskAt))
			}
			part = string(now.Parts[0].Code)
		case who == "+":
			now, err := h.store.ByID(h.ctx, r.ID)
			h.must(err)
			h.joins(now)
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
