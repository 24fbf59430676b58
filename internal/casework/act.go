package casework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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
	// Left reports whether a person of the desk may act on the report no more; nil: nobody has left.
	Left func(person string) bool
	// Conduct is what was set last against the reporter, for Restrain, and against who adds something.
	Conduct ledger.Conduct
	// Used is where the photo of a Resolve was shown before, nil where it is new or nobody knows.
	Used *Used
	// Number is the phone of the reporter's chat, digits alone, for Identify; "" where nobody knows it.
	Number string
	// Album is the album the action's photos came in, "" for none: later photos of it join the first one's answer.
	Album string
	// Posts are the messages of the desk that show what was said of the report, for Hide and Categorise.
	Posts []ledger.Post
	// Kin are what the report was split off from, for Categorise.
	Kin []Kin
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
	c.reclock()
	c.passed()
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
	if c.was.Status == report.Quarantined && !report.Allows(c.was.Status, a) {
		return refuse(Quarantine, "Laporan %s masih di karantina. Terima dulu (/loloskan %s) atau tolak, baru bisa ditindak.", c.was.Code, c.was.Code)
	}
	if _, in := a.(report.Admit); in && c.was.Status != report.Quarantined {
		return refuse(Already, "Laporan %s tidak di karantina: %s.", c.was.Code, StatusName(c.was.Status))
	}
	if with := c.was.With; with != nil && !report.Allows(c.was.Status, a) {
		return refuse(Over, "Laporan %s sudah digabung ke %s. Tindak %s, atau pisahkan dulu: /pisah %s.", c.was.Code, with.Code, with.Code, c.was.Code)
	}
	if !report.Allows(c.was.Status, a) && !c.was.Recalled.IsZero() {
		return refuse(Over, "Laporan %s sudah ditarik pelapornya; tidak perlu ditindak lagi.", c.was.Code)
	}
	if _, reopens := a.(report.Reopen); reopens && c.was.Status.Open() {
		return refuse(Already, "Laporan %s masih terbuka (%s); tidak perlu dibuka lagi.", c.was.Code, StatusName(c.was.Status))
	}
	if _, retracts := a.(report.Retract); retracts && c.was.Status.Open() {
		return refuse(Already, "Laporan %s memang belum dinyatakan selesai (%s).", c.was.Code, StatusName(c.was.Status))
	}
	if !report.Allows(c.was.Status, a) {
		return refuse(Over, "Laporan %s sudah %s; tidak dapat diubah lagi.%s", c.was.Code, StatusName(c.was.Status), c.insteadOf(a))
	}
	return nil
}

// insteadOf tells what can still be done with a report that is over.
func (c *change) insteadOf(a report.Action) string {
	var ways []string
	if _, reopens := a.(report.Reopen); !reopens && report.Allows(c.was.Status, report.Reopen{}) {
		who := "oleh koordinator"
		if c.by.Role == report.Coordinator {
			who = "lalu alasannya"
		}
		ways = append(ways, fmt.Sprintf("Perlu dikerjakan lagi? /bukalagi %s (%s).", c.was.Code, who))
	}
	if report.Allows(c.was.Status, report.Note{}) {
		ways = append(ways, fmt.Sprintf("Untuk rekan: /catatan %s.", c.was.Code))
	}
	return strings.TrimRight(" "+strings.Join(ways, " "), " ")
}

func (c *change) do(a report.Action) error {
	if err := c.mayAct(a); err != nil {
		return err
	}
	if done, again := c.resolvedInAlbum(a); again {
		a = done
	}
	if done, err := c.enclose(a); done || err != nil {
		return err
	}
	if err := cmp.Or(c.unfinished(a), c.allowed(a)); err != nil {
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
	case report.Identify:
		return c.identify(a)
	case report.Unveil:
		return c.unveil(a)
	case report.Plan:
		return c.plan(a)
	case report.Resolve:
		return c.resolve(a)
	case report.Reject:
		return c.reject(a)
	case report.Link:
		return c.link(a)
	default:
		return c.doMore(a)
	}
}

// doMore is do for what comes later in a life, or beside it.
func (c *change) doMore(a report.Action) error {
	switch a := a.(type) {
	case report.Judge:
		return c.judge(a)
	case report.Disagree:
		return c.disagree(a)
	case report.Rate:
		return c.rate(a)
	case report.Lapse:
		return c.lapse()
	case report.Reopen:
		return c.reopen(a)
	case report.Retract:
		return c.retract(a)
	case report.Admit:
		return c.admit()
	case report.Restrain:
		return c.restrain(a)
	case report.Transfer:
		return c.transfer(a)
	case report.Follow:
		return c.follow(a)
	case report.Unfollow:
		return c.unfollow()
	case report.Merge:
		return c.merge(a)
	case report.Unmerge:
		return c.unmerge(a)
	case report.Dispose:
		return c.dispose(a)
	case report.Undispose:
		return c.undispose()
	case report.Counsel:
		return c.counsel(a)
	case report.Split:
		return c.split(a)
	case report.Handed:
		return c.hand()
	case report.Numbered:
		return c.number(a)
	case report.Mirrored:
		return c.mirror(a)
	case report.Copied:
		return c.copied(a)
	case report.Classify:
		return c.classify(a)
	case report.Expose:
		return c.expose(a)
	case report.Unexpose:
		return c.unexpose(a)
	default:
		return c.doWish(a)
	}
}

// doWish is do for what a reporter wants of a report that is filed.
func (c *change) doWish(a report.Action) error {
	switch a := a.(type) {
	case report.Hide:
		return c.hide(a)
	case report.Reveal:
		return c.reveal(a)
	case report.Recall:
		return c.recall(a)
	case report.Resume:
		return c.resume(a)
	case report.Urge:
		return c.urge(a)
	case report.Oppose:
		return c.oppose(a)
	default:
		return fmt.Errorf("casework: act: unknown action %T", a)
	}
}

// mayAct keeps the rights, as the table of the life has them: it adds who is of the office that owns the report.
func (c *change) mayAct(a report.Action) error {
	if theirs, err := c.mayFollow(a); theirs {
		return err
	}
	if theirs, err := c.mayCounsel(a); theirs {
		return err
	}
	own := false
	switch _, add := a.(report.Add); c.by.Role {
	case report.Citizen:
		own = c.by.Chat.Chat() == c.was.Reporter.Chat() || add && (c.by.Chat.Zero() || c.was.Follows(c.by.Chat))
	case report.Operator:
		own = c.by.Home != "" && c.by.Home == c.was.Agency
	}
	note, notes := a.(report.Note)
	if report.May(c.by.Role, own, a) || notes && c.by.Role == report.Leader { // what a leader says of it
		return nil
	}
	if note.Passed && c.by.Role == report.Operator && c.by.Home != "" && c.was.Agency == "" {
		return nil
	}
	switch by := report.RuleOf(a).By; {
	case by&(report.TheOffice|report.TheCoordinator) == 0:
		return refuse(NoRight, "Hanya pelapornya yang dapat melakukan itu.")
	case c.by.Role == report.Leader:
		return refuse(NoRight, "Pimpinan membaca laporan; yang menindak %s petugasnya atau koordinator.", c.was.Code)
	case c.by.Role != report.Operator:
		return refuse(NoRight, "Hanya petugas terdaftar yang dapat menindak laporan. Tulis /daftar dan nama kantor, misalnya /daftar dishub.")
	case own:
		return refuse(NoRight, "Laporan %s: hanya koordinator yang dapat melakukan itu.", c.was.Code)
	case c.was.Agency == "":
		return refuse(NoRight, "Laporan %s ada di koordinator; hanya koordinator yang dapat menindaknya.", c.was.Code)
	}
	return refuse(NoRight, "Laporan %s ada di %s; hanya petugasnya atau koordinator yang dapat menindaknya.", c.was.Code, c.OfficeName(c.was.Agency))
}

// fact appends one fact and moves the report with it. It is done by whoever acts, unless the fact says who else.
func (c *change) fact(f report.Fact) {
	f.Report, f.Seq, f.At = c.was.ID, c.now.Rev+1, c.At
	if f.By.Role == "" {
		f.By = c.by
	}
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

// card shows the report's card again as it is now. What is in quarantine has none.
func (c *change) card() {
	if c.now.CardKey == "" {
		return
	}
	c.letter(c.renew(c.now, c.now.CardKey, c.now.Agency, c.key("card")))
}

// cardAgain shows the card of what has begun again: it may be the first one, where the report ended in quarantine.
func (c *change) cardAgain() {
	if c.was.CardKey != "" {
		c.card()
		return
	}
	c.batch.Letters = append(c.batch.Letters, c.cardLetters(c.now, append(slices.Clone(c.Facts), c.facts...))...)
}

// handedOver lays a card into the new owner's room and lets the old one say where the report went.
func (c *change) handedOver() {
	c.batch.Letters = append(c.batch.Letters, c.cardLetters(c.now, append(slices.Clone(c.Facts), c.facts...))...)
	if c.was.CardKey != "" {
		c.letter(c.renew(c.now, c.was.CardKey, c.was.Agency, c.key("old")))
	}
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
	case report.Quarantined:
		return "di karantina"
	}
	return string(s)
}
