package e2e

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
)

// WhatsApp names a person by a hidden address, by a number, or by both, and numbers change hands. Whoever wrote stays the
// same citizen: news arrives, and "status" lists the report. Who only has the number that somebody had before sees nothing.
func TestWhatsAppNamesPeople(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.start()
	t.Cleanup(w.nobodyStumbled)
	for name, c := range map[string]struct {
		named warelay.Addressing
		hide  bool
		// then happens after the report was filed.
		then func(w *world, t *testing.T, c *caller)
	}{
		"by the hidden address, with the number beside it": {},
		"the number stays hidden":                          {hide: true},
		"by the number, and later by the hidden address": {named: warelay.ByPhone, then: func(_ *world, _ *testing.T, c *caller) {
			c.p.Account().SetAddressing(warelay.ByLID)
		}},
		"by the number alone, and later by the hidden address alone": {named: warelay.ByPhoneOnly, then: func(_ *world, _ *testing.T, c *caller) {
			c.p.Account().SetAddressing(warelay.ByLID)
			c.p.Account().SetHidePhone(true)
		}},
		"the number changes": {then: func(w *world, t *testing.T, c *caller) {
			ctx, cancel := bounded()
			defer cancel()
			if err := c.p.Move(ctx, w.newNumber()); err != nil {
				t.Fatal(err)
			}
		}},
		"the number changes hands": {then: func(w *world, t *testing.T, c *caller) { w.changesHands(t, c, "199999999999999", warelay.ByLID) }},
		"the number changes hands, and names its new owner alone": {then: func(w *world, t *testing.T, c *caller) {
			w.changesHands(t, c, "199999999999998", warelay.ByPhoneOnly)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			siti := w.callerOf(w.phoneAs("Warga", warelay.AccountOptions{HidePhone: c.hide, Addressing: c.named}))
			code := siti.files(t, lamp(1))
			card := w.card(t, code)
			if c.then != nil {
				c.then(w, t, siti)
			}
			w.presses(t, w.head.In(w.desk.ID()), card, "Ambil")
			siti.hears(t, "news of the taking", code, "di tangan")
			w.hasReport(t, siti, code)
		})
	}
}

// hasReport checks that a citizen's "status" tells of the report.
func (w *world) hasReport(t *testing.T, c *caller, code string) {
	t.Helper()
	past := got(c.p)
	w.says(t, c, "status")
	w.reads(t, c.p, "@lid", past, "the answer about the report", has(code, "Laporan Anda"))
}

// changesHands gives a citizen another number, and the old one to a stranger, who sees nothing of the citizen's.
func (w *world) changesHands(t *testing.T, c *caller, lid string, named warelay.Addressing) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	was := c.p.Phone()
	if err := c.p.Move(ctx, w.newNumber()); err != nil {
		t.Fatal(err)
	}
	w.ears.keepPrivate("the new owner", "Pemilik Barunya")
	w.wa.Account(was, warelay.AccountOptions{PushName: "Pemilik Barunya", LID: lid, Addressing: named})
	p, err := w.wa.Person(ctx, was, "Pemilik Barunya")
	if err != nil {
		t.Fatal(err)
	}
	stranger := w.callerOf(p)
	m, err := stranger.asks(ctx, "status")
	if err != nil {
		t.Fatal(err)
	}
	if numberIn(m.Text) != "" {
		t.Error("the number's new owner is told of a report that is not his")
	}
}

// A person is met by number while WhatsApp does not say which hidden address it belongs to, and is named by that later: it
// is one citizen all the same. The number stays out of the log even where an event has to come again.
func TestWhatsAppNamesAPersonLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, whatsapp: linked})
	w.start()
	siti := w.callerOf(w.phoneAs("Warga", warelay.AccountOptions{Addressing: warelay.ByPhoneOnly}))
	var asked atomic.Bool
	w.wa.Fault(func(s warelay.Stanza) warelay.Verdict {
		if s.In && s.Phone == w.wa.office.Phone() && s.Xmlns == "usync" && asked.CompareAndSwap(false, true) {
			return warelay.Verdict{Do: warelay.Drop}
		}
		return warelay.Verdict{}
	})
	code := siti.files(t, lamp(1))
	card := w.card(t, code)
	ctx, cancel := bounded()
	defer cancel()
	w.rds.Kill()
	w.says(t, siti, "terima kasih ya pak")
	w.hasLogged(t, "event comes again")
	if err := w.rds.Restart(ctx, true); err != nil {
		t.Fatal(err)
	}
	siti.p.Account().SetAddressing(warelay.ByLID)
	siti.p.Account().SetHidePhone(true)
	w.hasReport(t, siti, code)
	siti.p.Account().SetHidePhone(false)
	w.hasReport(t, siti, code)
	w.presses(t, w.head.In(w.desk.ID()), card, "Ambil")
	siti.hears(t, "news of the taking", code, "di tangan")
	w.hasReport(t, siti, code)
	w.quiet()
	for _, r := range w.reports() {
		if r.Reporter.ID != siti.p.Phone()+"@s.whatsapp.net" {
			t.Error("the citizen was not met by number")
		}
	}
	if n := w.number(`SELECT count(DISTINCT reporter) FROM reports`); n != 1 {
		t.Errorf("one citizen is stored as %d", n)
	}
	w.nobodyStumbled()
}

// WhatsApp turns the desk's group from numbers to hidden addresses in the middle of a case: the operators stay who they
// are, and the cards from before still stand for their reports.
func TestWhatsAppDeskChangesItsNames(t *testing.T) {
	t.Parallel()
	for name, from := range map[string]onWhatsApp{"from numbers to hidden addresses": deskTel, "from hidden addresses to numbers": deskLID} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, plan{whatsapp: from})
			w.start()
			ratna := w.colleague(t, "dishub")
			siti, code := w.called(t, lamp(1))
			card := w.waCard(t, ratna, code)
			w.replies(t, ratna, card, "/ambil")
			siti.hears(t, "news of the taking", code, "di tangan")

			w.wa.room.SetByPhone(from == deskLID)
			w.replies(t, ratna, card, "/catatan tiangnya nomor tujuh belas")
			w.inRoom(t, ratna, 0, "word that the note is kept", has("Catatan", code))
			w.replies(t, ratna, card, "Regu PJU kami berangkat sore ini")
			past := got(w.wa.chief)
			w.replies(t, w.wa.chief, w.waCard(t, w.wa.chief, code), "/tugas dishub")
			w.inRoom(t, w.wa.chief, past, "the coordinator's list", has(code))
			tamu := w.phone("Tamu")
			w.wa.room.Add(tamu.Account())
			w.replies(t, tamu, card, "/selesai sudah beres semua dari kemarin")
			w.inRoom(t, tamu, 0, "the refusal of somebody who is not enrolled", has("Hanya petugas terdaftar"))
			siti.hears(t, "the answer", "Regu PJU kami berangkat")
			_, second := w.called(t, lamp(2))
			w.waCard(t, ratna, second)
			if r := w.byCode(code); r.Status != report.InProgress || strings.Contains(r.Officer.Name, "Tamu") {
				t.Errorf("the report is %s", r.Status)
			}
			w.nobodyStumbled()
		})
	}
}

// hasLogged waits for a kind of log line.
func (w *world) hasLogged(t *testing.T, kind string) {
	t.Helper()
	eventually(t, "a line of the log", func(context.Context) bool {
		w.ears.mu.Lock()
		defer w.ears.mu.Unlock()
		return strings.Contains(w.ears.printed.String(), `"msg":"`+kind+`"`)
	})
}
