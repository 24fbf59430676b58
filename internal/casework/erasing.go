package casework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// erasing collects what an erasing brings about.
type erasing struct {
	*Office
	t     Occasion
	key   []byte
	batch ledger.Batch
	plea  ledger.Plea
	aged  bool
}

func (e *erasing) fact(id report.ID) report.Fact {
	f := report.Fact{At: e.t.At, By: report.Actor{Role: report.Citizen}, Reason: report.ErasedAsked}
	switch {
	case e.aged:
		f.By.Role, f.Reason = report.System, report.ErasedAged
	case slices.Contains(e.plea.Released, id):
		f.Reason = report.ErasedLeave
	}
	return f
}

// look puts on record that something was erased.
func (e *erasing) look(id report.ID) {
	l := ledger.Look{At: e.t.At, Who: ledger.ByCitizen, Act: ledger.LookErase, Report: id, About: report.ErasedAsked}
	if e.aged {
		l.Who, l.About = ledger.ByClock, report.ErasedAged
	}
	e.batch.Looks = append(e.batch.Looks, l)
}

// whole takes the reporter and all words out of a report. One that is open ends with that, unless a coordinator lets its data go while
// it is worked on. Where others have the same trouble it goes on for them, with what they said of it: its reporter leaves it first.
func (e *erasing) whole(c ledger.Case) {
	lone, _, _ := report.Erase(c.Report, c.Facts, report.Whose{Chats: e.plea.Chats}, report.Fact{}, e.key) // the same person may follow it from another chat
	lives := c.Report.Status.Open() && e.Shares(lone)
	r, facts := c.Report, c.Facts
	last, goes := e.last(r, lives)
	if goes {
		r = report.Apply(r, last)
		facts = append(slices.Clone(facts), last)
	}
	w := report.Whose{Whole: true, Aged: e.aged, Lives: lives, Chats: e.plea.Chats}
	now, changed, said := report.Erase(r, facts, w, e.fact(r.ID), e.key)
	e.batch.Changes = append(e.batch.Changes, ledger.Changed{Report: now, Was: c.Report.Rev, Facts: append(facts[len(c.Facts):len(facts):len(facts)], said)},
		ledger.Redacted{Facts: changed})
	e.look(r.ID)
	e.plea.Gone = append(e.plea.Gone, r.ID)
	e.plea.Reports++
	e.cards(now, c.Facts)
	if goes {
		e.farewell(now)
	}
	if d := c.Report.Disposed; d != nil && now.Disposed == nil {
		if l, ok := e.letterTo(d, r.ID, e.t.Cause+"/disposal"+strconv.FormatInt(int64(r.ID), 10), bot.Message{Text: "📨 Disposisi laporan " +
			bot.Bold(string(r.Code)) + " berakhir: laporannya ditarik pelapornya dan datanya dihapus."}); ok {
			e.batch.Letters = append(e.batch.Letters, l)
		}
	}
}

// last is the last that a reporter does who is erased from a report: he or she leaves it to others (lives), or takes it back. ok is false
// where it is over, was left before, or is let go as it stands.
func (e *erasing) last(r report.Report, lives bool) (f report.Fact, ok bool) {
	f = report.Fact{Report: r.ID, Seq: r.Rev + 1, At: e.t.At, By: report.Actor{Role: report.Citizen}, What: report.WasRecalled}
	if lives {
		f.What = report.WasLeft
		return f, r.Left.IsZero()
	}
	return f, r.Status.Open() && !slices.Contains(e.plea.Released, r.ID)
}

// part takes somebody out of another's report.
func (e *erasing) part(c ledger.Case, w report.Whose) {
	now, changed, said := report.Erase(c.Report, c.Facts, w, e.fact(c.Report.ID), e.key)
	if len(changed) == 0 {
		return
	}
	e.batch.Changes = append(e.batch.Changes, ledger.Changed{Report: now, Was: c.Report.Rev, Facts: []report.Fact{said}}, ledger.Redacted{Facts: changed})
	e.refreshed(now, now.CardKey, now.Agency)
	gone, told := ledger.Said{Report: now.ID}, false
	for _, f := range c.Facts {
		if _, ok := said.Erased.Marks[f.Seq]; ok && w.Own(f) {
			gone.Seqs, gone.Files = append(gone.Seqs, f.Seq), slices.Concat(gone.Files, f.Photos, f.Files)
			told = told || f.Words != "" || f.Place != nil || len(f.Photos)+len(f.Files) > 0
		}
	}
	if told { // who only followed has said nothing that a letter could show
		e.plea.Said = append(e.plea.Said, gone)
	}
}

// nameless takes the name out of a report that remains: nobody needs it to act.
func (e *erasing) nameless(c ledger.Case) {
	if c.Report.ReporterName == "" {
		return
	}
	was := c.Report.Rev
	c.Report.ReporterName = ""
	f := e.fact(c.Report.ID)
	f.Report, f.Seq, f.What, f.Erased = c.Report.ID, was+1, report.WasErased, &report.Erasing{}
	now := report.Apply(c.Report, f)
	e.batch.Changes = append(e.batch.Changes, ledger.Changed{Report: now, Was: was, Facts: []report.Fact{f}})
	e.refreshed(now, now.CardKey, now.Agency)
}

// cards shows all cards of a report anew, also those in rooms that it has left.
func (e *erasing) cards(r report.Report, facts []report.Fact) {
	for _, c := range laid(r, facts) {
		e.refreshed(r, c.key, c.room)
	}
}

// refreshed shows a card anew; what is in quarantine, or was refused there, has none.
func (e *erasing) refreshed(r report.Report, card, room string) {
	if card == "" {
		return
	}
	e.batch.Letters = append(e.batch.Letters, e.renew(r, card, room, e.t.Cause+"/"+card))
}

// laid are the cards that a report had, as its facts tell, each with the room that it lies in.
func laid(r report.Report, facts []report.Fact) (all []laidCard) {
	r = report.Origin(r)
	for _, f := range facts {
		r = report.Apply(r, f)
		n := len(all)
		switch {
		case r.CardKey == "": // in quarantine since it was filed: its first card was never sent
			all = nil
		case n == 0 || all[n-1].key != r.CardKey:
			all = append(all, laidCard{r.CardKey, r.Agency})
		default:
			all[n-1].room = r.Agency
		}
	}
	return all
}

// laidCard is a card that lies in a room.
type laidCard struct{ key, room string }

// farewell tells who still has to do with a report that its reporter has gone from it: those who wait for it as well, and the office. The
// office never heard of what is in quarantine.
func (e *erasing) farewell(r report.Report) {
	key := e.t.Cause + "/back" + strconv.FormatInt(int64(r.ID), 10)
	text := "↩️ Laporan " + bot.Bold(string(r.Code)) + " ditarik oleh pelapornya dan datanya dihapus. Tidak perlu ditindak lagi."
	if r.Status.Open() {
		text = e.goesOn(r)
		for i, a := range e.Audience(r) {
			v := say.For(e.Profile, a.Lang)
			e.batch.Letters = append(e.batch.Letters, ledger.Letter{Key: key + "." + strconv.Itoa(i+1), To: a.To, Report: r.ID, Purpose: ledger.Echo,
				Message: bot.Message{Text: quietly(v, r, v.NoticeLeft(r.Code))}})
		}
	}
	if r.CardKey != "" {
		e.batch.Letters = append(e.batch.Letters, ledger.Letter{Key: key, To: e.Desk, Desk: true, Room: r.Agency, Report: r.ID, Purpose: ledger.ToDesk,
			Answers: r.CardKey, Message: bot.Message{Text: text}})
	}
}

// goesOn tells the office what is left to it of a report that goes on without its reporter.
func (e *erasing) goesOn(r report.Report) string {
	told := []string{"/riwayat " + string(r.Code)}
	for _, j := range r.Joined {
		told = append(told, "/laporan "+string(j.Code))
	}
	return fmt.Sprintf("↩️ Pelapor %s mundur dan datanya dihapus, juga isi laporannya. Laporan tetap dikerjakan: %d warga lain menunggu kabarnya. Keterangan mereka: %s",
		bot.Bold(string(r.Code)), r.People()-1, strings.Join(told, ", "))
}

// decide asks the coordinator about one report that is open: each for itself, so that nobody learns which reports are one person's.
func (e *erasing) decide(r report.Report) {
	e.batch.Letters = append(e.batch.Letters, ledger.Letter{Key: e.t.Cause + "/ask" + strconv.FormatInt(int64(r.ID), 10), To: e.Desk, Desk: true,
		Report: r.ID, Purpose: ledger.ToDesk, Message: bot.Message{Text: pleaAsked(r, e.until(e.plea.Due))}})
}

// call takes the citizen out of a talk that is over; one that is open goes on.
func (e *erasing) call(c ledger.Call) {
	if c.Open() {
		return
	}
	e.plea.Sources = append(e.plea.Sources, CallFiles(c)...)
	e.plea.Talks = append(e.plea.Talks, CallIntent(c.ID))
	now := Faceless(c)
	e.batch.Changes = append(e.batch.Changes, ledger.Called{Call: now, Was: c.Rev})
	e.batch.Letters = append(e.batch.Letters, ledger.Letter{Key: e.t.Cause + "/" + c.CardKey, To: e.Desk, Desk: true, Purpose: ledger.ToDesk,
		Edits: c.CardKey, Only: true, Message: bot.Message{Text: "🗑 Percakapan ini dihapus atas permintaan warga atau karena masa simpannya berakhir."}})
}
