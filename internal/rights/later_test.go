package rights_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// She was erased but for a report that was open, and has come back since then. When the old report goes too, what she has begun meanwhile
// stays: her new report with its news, the one in the making with its timer, and the copy that she has asked for.
func TestWhatWasBegunSinceStays(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "sampah kemangibiru menumpuk di jalan ahmad yani cipare", "kirim")
	old := h.of(sri, "kemangibiru").ID
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	h.post()
	h.officer(old, report.Resolve{Words: "sudah diangkut", Photos: proofs()})
	h.pass(casework.AfterEnd - time.Hour)
	if k := h.whole(old); !k.Report.Erased.IsZero() {
		t.Fatal("the old report went too soon")
	}

	came := h.clock()
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	b := h.of(sri, "zamrudkuning").ID
	h.writes(sri, "Sri Wahyuningsih", "data saya")
	h.writes(sri, "Sri Wahyuningsih", "got mampet mangkaputih")
	h.officer(b, report.Reply{Words: "lampunya dikerjakan besok"})
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "heard:" + sri.String() + ":d9:voice", At: h.clock()}))
	timers := func() (n int) {
		h.must(h.pool.QueryRow(h.ctx, `SELECT count(*) FROM timers WHERE subject = $1`, sri.String()).Scan(&n))
		return n
	}
	begun := timers()
	h.later(2 * time.Hour) // before the copy ends by itself; the daily look comes right now
	h.must(h.store.Commit(h.ctx, ledger.Batch{Cause: "now", At: h.clock(), Changes: []ledger.Change{
		ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(h.plea(sri).ID), At: h.clock()}}}}))
	h.pass(0)
	if k := h.whole(old); k.Report.Erased.IsZero() || k.Report.Text != "" {
		t.Fatalf("the old report: %+v", k.Report)
	}
	if gone, err := h.store.Gone(h.ctx, sri, came); err != nil || gone {
		t.Errorf("what she wrote since then is taken for erased (%v)", err)
	}
	var named int
	h.must(h.pool.QueryRow(h.ctx, `SELECT count(*) FROM letters WHERE report = $1 AND lane = $2`, old, sri.String()).Scan(&named))
	if named > 0 {
		t.Errorf("%d letters about the old report still name her", named)
	}

	h.post()
	all := strings.Join(h.heard[sri.String()], "\n")
	if !strings.Contains(all, "lampunya dikerjakan besok") || !strings.Contains(all, "salinan semua data Anda") {
		t.Errorf("what was on its way does not come: %s", all)
	}
	if strings.Contains(all, "sudah diangkut") {
		t.Errorf("a letter about what is erased comes: %s", all)
	}
	if n := timers(); n != begun || n == 0 {
		t.Errorf("%d timers of the conversation are %d", begun, n)
	}
	if left := h.finds("heard:" + sri.String() + ":d9"); len(left) == 0 {
		t.Error("a cause from after the erasing is forgotten: what is delivered again would be taken twice")
	}
	drafts, err := h.clerk.Drafts(h.ctx, sri)
	h.must(err)
	if len(drafts) != 1 || !strings.Contains(drafts[0].Text, "mangkaputih") {
		t.Errorf("the report in the making: %+v", drafts)
	}
	if k := h.whole(b); k.Report.Reporter != sri || !strings.Contains(k.Report.Text, "zamrudkuning") {
		t.Errorf("the new report: %+v", k.Report)
	}
	copies := 0
	for _, name := range h.files() {
		if strings.HasSuffix(name, ".html") {
			copies++
		}
	}
	if copies != 1 {
		t.Errorf("%d copies lie there", copies)
	}
}

// Who writes while an erasing takes longer than one look at it is not forgotten again by the next.
func TestWhoComesBackWhileLettersAreSweptIsHeard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	h.officer(h.of(sri, "zamrudkuning").ID, report.Resolve{Words: "beres", Photos: proofs()})
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.later(casework.Grace + time.Minute)
	h.clerk.Budget = -1 // every look ends before it is done
	h.step()
	h.step()
	if p := h.plea(sri); p.Stage != ledger.PleaBegun || p.UpTo == 0 {
		t.Fatalf("the erasing was not put off: %+v", p)
	}
	h.writes(sri, "Sri Wahyuningsih", "got mampet mangkaputih")
	h.pass(0)
	if p := h.plea(sri); p.Stage != ledger.PleaTold {
		t.Fatalf("the erasing is not done: %+v", p)
	}
	drafts, err := h.clerk.Drafts(h.ctx, sri)
	h.must(err)
	if len(drafts) != 1 || !strings.Contains(drafts[0].Text, "mangkaputih") {
		t.Errorf("the report in the making: %+v", drafts)
	}
}

// plea is a person's erasing that is not over.
func (h *house) plea(chat bot.Address) (p ledger.Plea) {
	h.t.Helper()
	h.must(h.pool.QueryRow(h.ctx, `SELECT doc FROM pleas WHERE chat = $1 AND act = 'erase' AND open`, chat.String()).Scan(&p))
	return p
}
