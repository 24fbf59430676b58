package casework

import (
	"fmt"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Limits on what people may send. Words are in UTF-16 units: with the sentence around them they must fit one message of
// 4,096. MaxMedia is photos and files of one answer or addition, MaxAdded of all additions to one report.
const (
	MaxWords = 3500
	MaxMedia = 10
	MaxAdded = 30
)

// Bounces is how often a report may be sent back before the coordinator decides for good (docs/conversation.md).
const Bounces = 2

// Occasion is what surrounds an action.
type Occasion struct {
	Cause string
	At    time.Time
	// Facts are the report's facts so far, in order.
	Facts []report.Fact
	// Served reports whether somebody serves an office; nil: nobody serves any.
	Served func(agency string) bool
	// Left reports whether a person of the desk may act no more; nil: nobody has left.
	Left func(person string) bool
	// Album is the album the action's photos came in, "" for none: later photos of it join the first one's answer.
	Album string
	// Late says that a commit of this very action failed with ErrSent: the letter it wanted to take back or to replace is
	// on its way.
	Late bool
}

// change collects what one action brings about.
type change struct {
	*Office
	Occasion
	by    report.Actor
	was   report.Report
	now   report.Report
	batch ledger.Batch
	facts []report.Fact
}

// Act does one action to a report as it stands. The error is a *Refusal for people, anything else a mistake of the caller.
// The batch holds the facts, the notices to those who hear of the report (Audience), the card as it changes, and jobs for
// new photos. What an office says waits for Holding, with a letter in the desk by which it can be taken back.
func (o *Office) Act(r report.Report, by report.Actor, a report.Action, t Occasion) (report.Report, ledger.Batch, error) {
	c := &change{Office: o, Occasion: t, by: by, was: r, now: r, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	if err := c.do(a); err != nil {
		return r, ledger.Batch{}, err
	}
	b := c.batch
	b.Changes = append([]ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}, b.Changes...)
	return c.now, b, nil
}

// Permit tells whether a person may do an action to a report as it stands, before the words for it are there. The error
// is a *Refusal.
func (o *Office) Permit(r report.Report, by report.Actor, a report.Action) error {
	c := &change{Office: o, by: by, was: r, now: r}
	if err := c.mayAct(a); err != nil {
		return err
	}
	return c.allowed(a)
}

func (c *change) allowed(a report.Action) error {
	if with := c.was.With; with != nil && !report.Allows(c.was.Status, a) {
		return refuse(Over, "Laporan %s sudah digabung ke %s. Tindak %s, atau pisahkan dulu: /pisah %s.", c.was.Code, with.Code, with.Code, c.was.Code)
	}
	if !report.Allows(c.was.Status, a) {
		return refuse(Over, "Laporan %s sudah %s; tidak dapat diubah lagi.", c.was.Code, StatusName(c.was.Status))
	}
	return nil
}

func (c *change) do(a report.Action) error {
	if err := c.mayAct(a); err != nil {
		return err
	}
	if done, err := c.enclose(a); done || err != nil {
		return err
	}
	if err := c.allowed(a); err != nil {
		return err
	}
	switch a := a.(type) {
	case report.Add:
		return c.add(a)
	case report.Take:
		return c.take()
	case report.Reply:
		return c.reply(a)
	case report.Withdraw:
		return c.withdraw(a)
	case report.Forward:
		return c.forward(a)
	case report.Categorise:
		return c.categorise(a)
	case report.NotOurs:
		return c.notOurs(a)
	case report.Ask:
		return c.ask(a)
	case report.Note:
		return c.note(a)
	case report.Plan:
		return c.plan(a)
	case report.Resolve:
		return c.resolve(a)
	case report.Reject:
		return c.reject(a)
	case report.Link:
		return c.link(a)
	case report.Follow:
		return c.follow(a)
	case report.Unfollow:
		return c.unfollow()
	case report.Merge:
		return c.merge(a)
	case report.Unmerge:
		return c.unmerge(a)
	default:
		return fmt.Errorf("casework: act: unknown action %T", a)
	}
}

// mayAct keeps the rights: the citizen adds, an operator acts on the own office's reports, a coordinator on all.
func (c *change) mayAct(a report.Action) error {
	if theirs, err := c.mayFollow(a); theirs {
		return err
	}
	if _, add := a.(report.Add); add {
		if c.by.Role != report.Citizen {
			return refuse(NoRight, "Hanya pelapor yang dapat menambah laporannya.")
		}
		return nil
	}
	switch c.by.Role {
	case report.Coordinator, report.System:
		return nil
	case report.Operator:
		if c.by.Home != "" && c.by.Home == c.was.Agency {
			return nil
		}
		owner := c.OfficeName(c.was.Agency)
		if c.was.Agency == "" {
			return refuse(NoRight, "Laporan %s ada di koordinator; hanya koordinator yang dapat menindaknya.", c.was.Code)
		}
		return refuse(NoRight, "Laporan %s ada di %s; hanya petugasnya atau koordinator yang dapat menindaknya.", c.was.Code, owner)
	}
	return refuse(NoRight, "Hanya petugas terdaftar yang dapat menindak laporan. Tulis /daftar dan nama kantor, misalnya /daftar dishub.")
}

// fact appends one fact and moves the report with it.
func (c *change) fact(f report.Fact) {
	f.Report, f.Seq, f.At, f.By = c.was.ID, c.now.Rev+1, c.At, c.by
	c.now = report.Apply(c.now, f)
	c.facts = append(c.facts, f)
	if j, ok := fetch(f); ok {
		c.batch.Jobs = append(c.batch.Jobs, j)
	}
}

// key names a letter of this occasion: unique, as the cause is.
func (c *change) key(what string) string {
	return fmt.Sprintf("%s/%s%d", c.Cause, what, c.was.Rev+1)
}

func (c *change) letter(l ledger.Letter) { c.batch.Letters = append(c.batch.Letters, l) }

// card shows the report's card again as it is now.
func (c *change) card() {
	c.letter(c.refresh(c.now.CardKey, c.now.Agency, c.now.ID, c.key("card")))
}

// handedOver lays a card into the new owner's room and lets the old one say where the report went.
func (c *change) handedOver() {
	facts := append(append([]report.Fact(nil), c.Facts...), c.facts...)
	c.batch.Letters = append(c.batch.Letters, c.cardLetters(c.now, facts)...)
	c.letter(c.refresh(c.was.CardKey, c.was.Agency, c.was.ID, c.key("old")))
}

// OfficeName is how operators call an office; "" is the coordinator.
func (o *Office) OfficeName(code string) string {
	if code == "" {
		return "koordinator"
	}
	a, ok := o.Profile.Agency(code)
	switch {
	case !ok:
		return code
	case a.Short != "":
		return a.Short
	}
	return a.Name
}

// StatusName is a status in operators' words.
func StatusName(s report.Status) string {
	switch s {
	case report.Received:
		return "menunggu koordinator"
	case report.Assigned:
		return "menunggu kantor"
	case report.InProgress:
		return "dikerjakan"
	case report.Planned:
		return "direncanakan"
	case report.Resolved:
		return "selesai"
	case report.Closed:
		return "ditutup"
	case report.Rejected:
		return "ditolak"
	case report.Merged:
		return "digabung"
	case report.Transferred:
		return "dialihkan ke luar"
	case report.Reopened:
		return "dibuka lagi"
	}
	return string(s)
}
