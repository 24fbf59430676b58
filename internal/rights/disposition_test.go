package rights_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// ring does what is due of reports, as the worker does; it answers whether anything was.
func (h *house) ring() (rung bool) {
	h.t.Helper()
	office := &casework.Office{Profile: h.profile, Desk: deskAt, Hold: -1}
	due, err := h.store.Due(h.ctx, h.clock(), 100)
	h.must(err)
	for _, t := range due {
		id, of := t.Subject.Report()
		if !of || t.Kind != ledger.DisposalTimer {
			continue
		}
		m := casework.Moment{Timer: t, At: h.clock()}
		m.Report, err = h.store.ByID(h.ctx, id)
		h.must(err)
		b, ok, err := office.Due(m)
		h.must(err)
		if !ok {
			h.must(h.store.TimerOver(h.ctx, t))
			continue
		}
		h.must(h.store.Commit(h.ctx, b))
		rung = true
	}
	h.post()
	return rung
}

// A head is handed a report in private, is reminded before the city's limit, and answers there; the draft comes back to the room, and
// reaches the citizen when it is sent. Every event comes twice, as after a crash. Who filed the report is then erased: what was handed
// over, what was answered, and what lies in the head's chat go with it.
func TestAReportIsHandedToTheHead(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.profile.Clocks = casetest.Profile().Clocks
	ani := bot.Address{Network: bot.Telegram, ID: "41"}
	code := ""
	for _, c := range h.profile.Categories {
		if c.Code == "penerangan_jalan" {
			code = c.Agency
		}
	}
	for id, title := range map[string]string{"telegram:31": "", ani.String(): ledger.TitleHead} {
		h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "in:" + id, At: h.clock(), Changes: []ledger.Change{ledger.Enrolled{Operator: ledger.Operator{
			ID: id, Name: "Ani", Agency: code, Role: report.Operator, Title: title, Approved: "telegram:21", Since: h.clock()}}}}))
	}
	again := func() { // the last event comes once more
		t.Helper()
		h.must(h.engine.Handle(h.ctx, h.events[len(h.events)-1]))
		h.post()
	}
	h.writes(ani, "Ani", "halo")
	again()
	if said := h.last(ani); !strings.Contains(said, "Chat ini sudah terhubung") {
		t.Fatalf("the head is greeted with %q", said)
	}
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	r := h.of(sri, "zamrudkuning")
	if r.Agency != code {
		t.Fatalf("the report is of %q, not of %q", r.Agency, code)
	}
	h.post()
	h.writes(deskAt, "Bu Ketua", "/disposisi "+string(r.Code)+" kepala lampu zamrudkuning ini milik siapa?")
	again()
	before := len(h.heard[ani.String()])
	if said := h.last(ani); !strings.Contains(said, "zamrudkuning mati") || !strings.Contains(said, "milik siapa?") {
		t.Fatalf("the head reads %q", said)
	}
	r = h.of(sri, "zamrudkuning")
	if h.ring() {
		t.Fatal("it is reminded at once")
	}
	h.later(h.profile.Disposition.Reminded(r.Due.Sub(r.Disposed.At)) + time.Minute)
	if first, second := h.ring(), h.ring(); !first || second || !h.clock().Before(r.Due) {
		t.Fatalf("one reminder, before the city's limit %s: %v, %v at %s", r.Due, first, second, h.clock())
	}
	if said := h.last(ani); len(h.heard[ani.String()]) != before+1 || !strings.Contains(said, "menunggu jawaban Anda") {
		t.Fatalf("the reminder: %q", said)
	}

	citizens := len(h.heard[sri.String()])
	h.writes(ani, "Ani", "lampu zamrudkuning itu milik kita, minggu ini diganti")
	again()
	if room := strings.Join(h.heard[deskAt.String()], "\n"); strings.Count(room, "Jawaban disposisi laporan") != 1 || !strings.Contains(room, "minggu ini diganti") {
		t.Fatalf("the room reads: %s", room)
	}
	if len(h.heard[sri.String()]) != citizens {
		t.Fatalf("the citizen hears of it: %q", h.last(sri))
	}
	h.writes(deskAt, "Bu Ketua", "/konsep "+string(r.Code)+" lampu zamrudkuning kami ganti minggu ini")
	again()
	if said := h.last(sri); len(h.heard[sri.String()]) != citizens+1 || !strings.Contains(said, "kami ganti minggu ini") {
		t.Fatalf("the citizen is told %q", said)
	}
	if said := h.last(ani); !strings.Contains(said, "sudah dijawab ke warga") {
		t.Fatalf("the head is told %q", said)
	}
	h.whole(r.ID)

	// Handed over once more, it is open when the person goes.
	h.writes(deskAt, "Bu Ketua", "/disposisi "+string(r.Code)+" kepala zamrudkuning lagi")
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.post()
	h.officerLets(r)
	h.post()
	if k := h.whole(r.ID); k.Report.Erased.IsZero() {
		t.Fatalf("the report after all: %+v", k.Report)
	}
	if found := h.finds("zamrudkuning"); len(found) > 0 {
		t.Errorf("it still stands: %q", found)
	}
	wiped := 0
	for key, now := range h.edits {
		if strings.Contains(key, "/disposed") || strings.Contains(key, "/draft") {
			wiped++
			if strings.Contains(now, "zamrudkuning") {
				t.Errorf("%s says %q", key, now)
			}
		}
	}
	if wiped < 3 {
		t.Errorf("%d messages of the disposition were taken out of chats: %v", wiped, h.edits)
	}
}

// officerLets lets the erasing of an open report go on, once the person's time to think again is over.
func (h *house) officerLets(r report.Report) {
	h.t.Helper()
	h.pass(casework.Grace + time.Minute)
	h.post()
	h.writes(deskAt, "Bu Ketua", "/hapusdata "+string(r.Code))
	h.pass(time.Minute)
	h.post()
}
