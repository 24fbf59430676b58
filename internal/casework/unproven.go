package casework

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Photos of one album come one by one. Where the first that prove a report done are old ones, it is on record that it is done, and nobody
// outside the desk hears of it: a new photo sends it, and where none comes it is taken back.

// Pending is the answer that says a report is done and has no new photo yet; ok is false where there is none.
func Pending(facts []report.Fact) (f report.Fact, ok bool) {
	f, ok = standing(facts, report.WasResolved)
	if !ok || len(f.Photos) == 0 {
		return report.Fact{}, false
	}
	for _, part := range append([]report.Fact{f}, enclosed(facts, f.Seq)...) {
		if len(part.Photos) > 0 && part.Seen == nil {
			return report.Fact{}, false
		}
	}
	return f, true
}

// Proves tells the answer that photos are to prove when somebody sends them: 0 for one that is not on record yet. ok is false where they
// prove nothing.
func (o *Office) Proves(r report.Report, facts []report.Fact, by report.Actor, a report.Action, album string) (answer int, ok bool) {
	c := &change{Office: o, Occasion: Occasion{Facts: facts, Album: album}, by: by, was: r, now: r}
	done, media := photosOf(a)
	if len(media) == 0 || !o.NeedsProof(r) || c.mayAct(a) != nil {
		return 0, false
	}
	if first, found := c.joins(a); found {
		return first.Seq, first.What == report.WasResolved
	}
	if _, again := c.resolvedInAlbum(a); again {
		return 0, true
	}
	return 0, done && c.allowed(a) == nil
}

// photosOf are the photos of an answer; done says that they are to prove something.
func photosOf(a report.Action) (done bool, photos []bot.MediaRef) {
	switch a := a.(type) {
	case report.Resolve:
		return true, a.Photos
	case report.Reply:
		return false, a.Photos
	}
	return false, nil
}

// joins is the answer that what comes now belongs to: that of its album, or the one that waits for a new photo.
func (c *change) joins(a report.Action) (report.Fact, bool) {
	if c.Album != "" {
		if f, ok := c.albumAnswer(); ok {
			return f, true
		}
	}
	f, ok := Pending(c.Facts)
	if done, photos := photosOf(a); !ok || !done || len(photos) == 0 || f.By.ID != c.by.ID {
		return report.Fact{}, false
	}
	return f, true
}

// resolvedInAlbum is what a photo means that comes after it was taken back that its album proves a report done, for want of a new photo:
// the same once more, with the words of before.
func (c *change) resolvedInAlbum(a report.Action) (report.Resolve, bool) {
	r, is := a.(report.Reply)
	if c.Album == "" || !is || len(r.Photos) == 0 || len(r.Files) > 0 {
		return report.Resolve{}, false
	}
	for _, f := range slices.Backward(c.Facts) {
		if f.What != report.WasResolved || f.Album != c.Album || f.By.ID != c.by.ID {
			continue
		}
		by, gone := takenBy(c.Facts, f.Seq)
		if !gone || by.Role != report.System {
			return report.Resolve{}, false
		}
		words := f.Words
		for _, part := range append(enclosed(c.Facts, f.Seq), report.Fact{Words: r.Words}) {
			words = strings.TrimSpace(words + "\n" + part.Words)
		}
		return report.Resolve{Words: words, Photos: r.Photos}, true
	}
	return report.Resolve{}, false
}

// takenBy is who took an answer back.
func takenBy(facts []report.Fact, seq int) (by report.Actor, ok bool) {
	for _, f := range facts {
		if f.What == report.WasWithdrawn && f.Of == seq {
			return f.By, true
		}
	}
	return by, false
}

// seen is Used as it may stand on record, for everybody in the room.
func (c *change) seen() *report.Seen {
	if c.Used == nil {
		return nil
	}
	s := c.SeenIn(c.was, *c.Used, report.Actor{Chat: c.Desk})
	return &s
}

// unfinished refuses to take for done, once more and without a photo, what waits for a new one.
func (c *change) unfinished(a report.Action) error {
	if done, photos := photosOf(a); done && len(photos) == 0 {
		if _, pends := Pending(c.Facts); pends {
			return refuse(Evidence, "Selesai laporan %s belum dikirim ke warga: foto hasil pekerjaan yang baru belum ada. Kirim fotonya.", c.was.Code)
		}
	}
	return nil
}

// pend puts on record that a report is done, and tells nobody while no photo of it is new.
func (c *change) pend(f report.Fact) {
	c.fact(f)
	c.timed(ledger.ProofTimer, c.proofBy(c.At))
	c.card()
}

// proven goes on with an answer for which a new photo came: it goes out like any other.
func (c *change) proven(first report.Fact, joined []report.Fact) {
	newest := c.facts[len(c.facts)-1]
	first.Letter, first.Also = newest.Letter, newest.Also
	for _, j := range append(joined, newest) {
		first.Photos = append(slices.Clip(first.Photos), j.Photos...)
		first.Words = strings.TrimSpace(first.Words + "\n" + j.Words)
	}
	c.untimed(ledger.ProofTimer)
	c.undo(first)
	c.clocks(first)
}

// proofBy is until when a new photo has to come.
func (c *change) proofBy(at time.Time) time.Time {
	if hold := c.hold(at); hold.After(at) {
		return hold
	}
	return at.Add(Holding)
}

// unproved takes back that a report is done where no new photo came.
func unproved(o *Office, m Moment) (ledger.Batch, bool) {
	f, ok := Pending(m.Facts)
	if !ok || m.Report.Status != report.Resolved {
		return ledger.Batch{}, false
	}
	c := &change{Office: o}
	if due := c.proofBy(newestOf(f, enclosed(m.Facts, f.Seq)).At); m.At.Before(due) {
		return later(m, due), true
	}
	b, err := o.unprove(m.Report, f, *f.Seen, m.Occasion())
	return b, err == nil
}

// Unprove takes back that a report is done, by the answer whose photos were all shown before, and asks for a new photo. Commit fails with
// ledger.ErrSent where the citizen has been told: then there is Unproven.
func (o *Office) Unprove(r report.Report, answer report.Fact, u Used, t Occasion) (ledger.Batch, error) {
	return o.unprove(r, answer, o.SeenIn(r, u, report.Actor{Chat: o.Desk}), t)
}

func (o *Office) unprove(r report.Report, answer report.Fact, s report.Seen, t Occasion) (ledger.Batch, error) {
	if r.Status != report.Resolved {
		return ledger.Batch{}, errors.New("casework: take back that a report is done: it is not done")
	}
	after, b, err := o.Act(r, report.Actor{Role: report.System}, report.Withdraw{Of: answer.Seq}, t)
	if err != nil {
		return ledger.Batch{}, err
	}
	l := o.toOwner(after, t.Cause+"/unproved", fmt.Sprintf("⚠️ Selesai laporan %s dibatalkan; warga tidak dikabari. %s Balas pesan ini dengan foto hasil pekerjaan yang baru.",
		bot.Bold(string(r.Code)), o.SeenWords(r, s)))
	l.Intent = ResolveIntent
	b.Letters = append(b.Letters, l)
	return b, nil
}

// ResolveIntent is the intent of a letter whose answer says that the report is done.
const ResolveIntent = "selesai"
