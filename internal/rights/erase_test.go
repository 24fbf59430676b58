package rights_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

var (
	sri    = bot.Address{Network: bot.Telegram, ID: "770011223344"}
	former = bot.Address{Network: bot.Telegram, ID: "660055443322"}
	budi   = bot.Address{Network: bot.Telegram, ID: "550099887766"}
)

// traces are what nobody may find once Sri is erased: names, chats, phone, words, files, and the place to the metre.
func traces() []string {
	return []string{"wahyuningsih", sri.ID, former.ID, "0812-9911-7722", "zamrudkuning", "kemangibiru", "cempakaungu", "wortelmerah", "mangkaputih",
		"FILE-AAA", "FILE-SHARED", "6.5551", "-6.1207", "bu sri"}
}

// lived is a house in which Sri has left traces wherever somebody can. It gives her reports: one that is over, one that is open, and
// one of Budi's that she follows; and the files of the over one: her own, one that Budi sent as well, and an officer's proof.
func lived(h *house) (over, open, followed report.ID, own, shared, proof string) {
	h.t.Helper()
	h.says(former, "Sri Wahyuningsih", bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "FILE-AAA"}, Caption: "lampu zamrudkuning mati di jalan veteran cipare, hp saya 0812-9911-7722"})
	h.writes(former, "Sri Wahyuningsih", "kirim")
	over = h.of(former, "zamrudkuning").ID
	h.says(former, "Sri Wahyuningsih", bot.Moved{To: sri})
	h.writes(sri, "Sri Wahyuningsih", "sampah kemangibiru menumpuk di jalan ahmad yani cipare", "kirim")
	open = h.of(sri, "kemangibiru").ID
	h.writes(budi, "Budi", "jalan berlubang dalam sekali di jalan veteran cipare", "kirim")
	followed = h.of(budi, "berlubang").ID
	h.post()

	own = h.photo(over, bot.MediaRef{Network: bot.Telegram, ID: "FILE-AAA"}, "her own picture")
	h.added(over, "FILE-SHARED", "ini juga wortelmerah")
	shared = h.photo(over, bot.MediaRef{Network: bot.Telegram, ID: "FILE-SHARED"}, "the same picture")
	h.photo(followed, bot.MediaRef{Network: bot.Telegram, ID: "FILE-BUDI"}, "the same picture")
	h.officer(over, report.Note{Words: "telepon Bu Sri 0812-9911-7722, lampu zamrudkuning"})
	h.officer(over, report.Reply{Words: "Bu Sri, lampu zamrudkuning dikerjakan besok"})
	h.officer(over, report.Resolve{Words: "sudah menyala, Bu Sri", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-PROOF"}}})
	proof = h.photo(over, bot.MediaRef{Network: bot.Telegram, ID: "FILE-PROOF"}, "the proof of the office")
	h.post()
	h.follows(followed, sri)
	h.officer(followed, report.Note{Words: "catatan kantor yang tetap"})
	h.talked()
	h.must(h.store.Stumble(h.ctx, "tgX", "a test", []byte(`{"ID":"tgX","Chat":{"n":"telegram","i":"`+sri.ID+`"},"Body":{"Text":"mangkaputih"}}`)))
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "heard:" + sri.String() + ":d1:voice", At: h.clock()}))
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "timer:wake/" + sri.String() + "/2026-01-01T00:00:00Z", At: h.clock()}))
	h.writes(sri, "Sri Wahyuningsih", "got mampet mangkaputih") // a report in the making, with its timer
	h.officer(open, report.Ask{Words: "Bu Sri, sampah kemangibiru di sisi mana?"})
	return over, open, followed, own, shared, proof
}

func (h *house) change(id report.ID, f report.Fact) {
	h.t.Helper()
	r, err := h.store.ByID(h.ctx, id)
	h.must(err)
	f.Report, f.Seq, f.At = id, r.Rev+1, h.clock()
	h.sent++
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "change" + string(f.What) + r.Filed.String() + string(rune('a'+h.sent%26)), At: h.clock(), Changes: []ledger.Change{
		ledger.Changed{Report: report.Apply(r, f), Was: r.Rev, Facts: []report.Fact{f}}}}))
}

func (h *house) follows(id report.ID, who bot.Address) {
	h.t.Helper()
	h.change(id, report.Fact{What: report.WasFollowed, Lang: "id", By: report.Actor{Role: report.Citizen, ID: who.String(), Chat: who}})
}

func (h *house) added(id report.ID, photo, words string) {
	h.t.Helper()
	h.change(id, report.Fact{What: report.WasAdded, Words: words, Photos: []bot.MediaRef{{Network: bot.Telegram, ID: photo}},
		Place: &report.Place{Said: "depan rumah Bu Sri", Pin: &report.Pin{Lat: -6.1207, Lon: 106.15}, Area: "36.73.01.1001", AreaName: "Serang"},
		By:    report.Actor{Role: report.Citizen, ID: sri.String(), Chat: sri}})
}

// talked is a talk with the coordinator's room that is over.
func (h *house) talked() {
	h.t.Helper()
	o := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	c, b := o.OpenCall(casework.Calling{Kind: ledger.HumanCall, Chat: sri, Person: bot.Person{ID: sri.ID, Name: "Sri Wahyuningsih"}, Lang: "id",
		First: ledger.Line{At: h.clock(), Words: "mau bicara soal cempakaungu"}}, casework.Occasion{Cause: "call1", At: h.clock()})
	h.must(h.store.Commit(h.ctx, b))
	h.post()
	_, b, err := o.EndCall(c, report.Actor{Role: report.Coordinator, ID: "telegram:21", Name: "Bu Ketua", Chat: deskAt}, casework.Occasion{Cause: "call1end", At: h.clock()})
	h.must(err)
	h.must(h.store.Commit(h.ctx, b))
	h.post()
}

// files are what lies in the media store.
func (h *house) files() (all []string) {
	h.t.Helper()
	h.must(filepath.WalkDir(h.folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(h.folder, path)
			all = append(all, name)
		}
		return err
	}))
	return all
}

func (h *house) has(key string) bool {
	_, err := os.Stat(filepath.Join(h.folder, key))
	return err == nil
}

// whole proves that the facts of a report are on record as they were, but for what a record says went, and that the report is still
// what they tell.
func (h *house) whole(id report.ID) ledger.Case {
	h.t.Helper()
	k, err := h.store.Case(h.ctx, id)
	h.must(err)
	if err := report.Proven(k.Facts); err != nil {
		h.t.Errorf("%s: %v", k.Report.Code, err)
	}
	if d := cmp.Diff(k.Report, report.Fold(report.Origin(k.Report), k.Facts)); d != "" {
		h.t.Errorf("%s is not what its facts tell (-is +told):\n%s", k.Report.Code, d)
	}
	return k
}

func TestNothingOfAPersonStays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	over, open, followed, own, shared, proof := lived(h)
	ways, err := h.store.Ways(h.ctx, time.Time{})
	h.must(err)
	before := h.whole(over)
	if len(h.finds(traces()...)) < 20 {
		t.Fatalf("the story has left few traces: %q", h.finds(traces()...))
	}

	// One letter is on the wire, one waits for her silence to end.
	ids, err := h.store.WaitingIDs(h.ctx, []string{"telegram"}, 10)
	h.must(err)
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya")
	if said := h.replied(sri); !strings.Contains(said, "1 laporan selesai") || !strings.Contains(said, "masih ditangani") {
		t.Errorf("she is asked: %s", said)
	}
	h.writes(sri, "Sri Wahyuningsih", "ya", "hapus")
	wire := h.claim(sri)
	h.pass(casework.Grace + time.Minute)
	h.must(h.store.Mark(h.ctx, []outbox.Fate{{ID: wire, State: ledger.Sent, Ref: bot.MessageRef{Chat: sri, ID: "late"}}}))
	_ = ids
	h.post()
	told := h.last(sri)
	if !strings.Contains(told, "Selesai. Data Anda sudah dihapus") || !strings.Contains(told, string(h.code(open))) {
		t.Errorf("she is told: %s", told)
	}
	if asked := strings.Join(h.heard[deskAt.String()], "\n"); !strings.Contains(asked, "/hapusdata "+string(h.code(open))) || strings.Contains(asked, "/hapusdata "+string(h.code(over))) {
		t.Errorf("the coordinator is asked about what is open: %s", asked)
	}
	if card := h.card(over); !strings.Contains(card, "Dihapus atas permintaan pelapor") {
		t.Errorf("the card says: %s", card)
	}

	if line := h.edits["call1/line2"]; len(h.edits) < 3 || strings.Contains(line, "cempakaungu") {
		t.Errorf("the desk's messages now: %v", h.edits)
	}
	if !h.blanked() {
		t.Errorf("what was shown under the card is still there: %v", h.edits)
	}

	// What is over is empty; what is open has lost the name and keeps what is needed.
	k := h.whole(over)
	if k.Report.Text != "" || !k.Report.Reporter.Zero() || k.Report.Status != report.Resolved || k.Report.Category != before.Report.Category || k.Report.Place.Pin != nil {
		t.Errorf("what is over: %+v", k.Report)
	}
	for i, f := range before.Facts { // who has the words can prove them
		if marks := k.Facts[len(k.Facts)-1].Erased.Marks; marks[f.Seq] != "" && marks[f.Seq] != report.MarkOf(h.store.ErasureKey(), before.Facts[i]) {
			t.Errorf("the mark of fact %d does not fit its words", f.Seq)
		}
	}
	if k := h.whole(open); k.Report.ReporterName != "" || !strings.Contains(k.Report.Text, "kemangibiru") || k.Report.Reporter != sri {
		t.Errorf("what is open: %+v", k.Report)
	}
	if h.has(own) || !h.has(shared) || !h.has(proof) {
		t.Errorf("her own picture is there: %v; the one that Budi sent, too: %v; the proof of the office: %v", h.has(own), h.has(shared), h.has(proof))
	}

	// The office finishes; three days later the rest goes, and a day after that the last letter.
	h.officer(open, report.Resolve{Words: "Bu Sri, sudah diangkut", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "FILE-PROOF2"}}})
	h.post()
	for range 5 {
		h.pass(25 * time.Hour)
		h.post()
	}
	h.pass(49 * time.Hour)
	if left := h.finds(traces()...); len(left) > 0 {
		t.Errorf("%d traces are left:\n%s", len(left), strings.Join(left, "\n"))
	}
	h.whole(open)
	if k := h.whole(followed); len(k.Report.Followers) != 0 || k.Report.ReporterName != "Budi" {
		t.Errorf("Budi's report: %+v", k.Report)
	}
	again, err := h.store.Ways(h.ctx, time.Time{})
	h.must(err)
	if d := cmp.Diff(ways, again); d != "" {
		t.Errorf("the figures have changed:\n%s", d)
	}
	looks, err := h.store.Looks(h.ctx, over, 10)
	h.must(err)
	if len(looks) != 1 || looks[0].Act != ledger.LookErase || looks[0].Who != ledger.ByCitizen {
		t.Errorf("who looked: %+v", looks)
	}

	// The network delivers everything once more.
	for _, ev := range h.events {
		h.must(h.engine.Handle(h.ctx, ev))
	}
	h.pass(48 * time.Hour)
	if left := h.finds(traces()...); len(left) > 0 {
		t.Errorf("delivered again, %d traces are back:\n%s", len(left), strings.Join(left, "\n"))
	}
}

// blanked reports whether a message under a card was emptied.
func (h *house) blanked() bool {
	for key, said := range h.edits {
		if strings.HasSuffix(key, "/media") && strings.Contains(said, "Dihapus atas permintaan warga") {
			return true
		}
	}
	return false
}

// replied is the newest letter to a chat that waits.
func (h *house) replied(chat bot.Address) string {
	h.t.Helper()
	var doc []byte
	h.must(h.pool.QueryRow(h.ctx, `SELECT doc FROM letters WHERE lane = $1 ORDER BY id DESC LIMIT 1`, chat.String()).Scan(&doc))
	var l ledger.Letter
	h.must(json.Unmarshal(doc, &l))
	return bot.Unmark(l.Message.Text)
}

// claim puts a letter to a chat on the wire.
func (h *house) claim(chat bot.Address) (id int64) {
	h.t.Helper()
	h.must(h.pool.QueryRow(h.ctx, `SELECT id FROM letters WHERE lane = $1 AND state = 'waiting' AND report = 0 ORDER BY id LIMIT 1`, chat.String()).Scan(&id))
	ok, err := h.store.Claim(h.ctx, id)
	h.must(err)
	if !ok {
		h.t.Fatal("the letter does not wait")
	}
	return id
}

func (h *house) code(id report.ID) report.Code {
	h.t.Helper()
	r, err := h.store.ByID(h.ctx, id)
	h.must(err)
	return r.Code
}

// card is a report's card as it is composed now.
func (h *house) card(id report.ID) string {
	h.t.Helper()
	r, err := h.store.ByID(h.ctx, id)
	h.must(err)
	m, err := h.desk.Compose(h.ctx, ledger.Letter{Purpose: ledger.Refresh, Report: id, Edits: r.CardKey})
	h.must(err)
	return bot.Unmark(m.Text)
}

// Two people ask at once, and two programs find the same timers: each is erased once, and told once for each round.
func TestTwoErasingsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	people := []bot.Address{sri, budi}
	for _, who := range people {
		h.writes(who, "Nama "+who.ID, "lampu kata"+who.ID+" mati di jalan veteran cipare", "kirim")
		id := h.of(who, "kata"+who.ID).ID
		h.officer(id, report.Resolve{Words: "beres", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "PROOF" + who.ID[:2]}}})
		if who == sri {
			h.follows(id, budi) // each stands in the other's way
		}
		h.writes(who, "Nama "+who.ID, "hapus data saya", "ya", "hapus")
	}
	h.post()
	h.mu.Lock()
	h.now = h.now.Add(casework.Grace + time.Minute)
	h.mu.Unlock()
	for range 6 {
		due, err := h.store.Due(h.ctx, h.clock(), 100)
		h.must(err)
		var all sync.WaitGroup
		for _, timer := range append(due, due...) {
			all.Go(func() {
				if _, err := h.clerk.Timer(h.ctx, timer); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	h.post()
	for _, who := range people {
		n := 0
		for _, said := range h.heard[who.String()] {
			if strings.Contains(said, "Selesai. Data Anda sudah dihapus") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s is told %d times", who, n)
		}
	}
	h.pass(25 * time.Hour)
	if left := h.finds(sri.ID, budi.ID); len(left) > 0 {
		t.Errorf("%d traces are left:\n%s", len(left), strings.Join(left, "\n"))
	}
}
