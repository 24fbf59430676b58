package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// city is a desk with reports of every visibility in which random people do random things, in the group and in their own chats, while
// letters are sent or not and the program dies between two steps.
type city struct {
	*rapid.T
	mem    *casetest.Memory
	office *casework.Office
	desk   *desk.Desk
	now    time.Time
	n      int
	admins map[string]bool
	sent   []delivered
	facts  map[report.ID][]string
	// may are who had a right to read a report's words in private when a letter was written, by the letter's key.
	may  map[string]map[string]bool
	done map[string]int
	// erased are who was erased, erasing is who is being erased just now.
	erased  []bot.Address
	erasing bot.Address
}

type delivered struct {
	key string
	ref bot.MessageRef
	m   bot.Message
}

// team are the people of the desk: two officers of Dishub with their head and a section, one of PUPR, the coordinator, and a stranger.
var team = []string{"Budi", "Ani", "Bagas", "Dewi", "Rina", "Orang"}

// filed are the words of the reports, one of each visibility, and of a sensitive matter. Each has a word that stands nowhere else, and
// numbers of people.
var filed = []struct {
	word, category string
	vis            report.Visibility
}{
	{"zamrud", "penerangan_jalan", report.Normal}, {"nilam", "penerangan_jalan", report.Normal}, {"kecubung", "jalan", report.Anonymous},
	{"akik", "penerangan_jalan", report.Confidential}, {"pirus", "bantuan", report.Normal}, {"safir", "jalan", report.Confidential},
}

const reporterName = "Zulkifli Marbun"

func reporterChat(n int) bot.Address {
	return bot.Address{Network: bot.WhatsApp, ID: fmt.Sprintf("62877000000%d", n)}
}

func newCity(t *rapid.T, done map[string]int) *city {
	c := &city{T: t, mem: casetest.NewMemory("CTH"), now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC), admins: map[string]bool{"Rina": true},
		facts: map[report.ID][]string{}, may: map[string]map[string]bool{}, done: done}
	c.office = &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: group}}
	c.desk = &desk.Desk{Answers: answer.Must(), Hears: hears(), Office: func() *casework.Office { return c.office }, Reader: c.mem,
		Phone: func(_ context.Context, chat bot.Address) (string, error) { return chat.ID, nil },
		Admin: func(_ context.Context, g bot.Address, person string) (bool, error) {
			return g.ID == group && c.admins[person], nil
		}}
	for name, in := range map[string][2]string{"Budi": {"DISHUB"}, "Ani": {"DISHUB", ledger.TitleHead}, "Bagas": {"DISHUB", "kabid lalu lintas"}, "Dewi": {"DPUPR"}} {
		c.enroll(name, in[0], in[1])
	}
	for n, f := range filed {
		cause := fmt.Sprintf("file%d", n)
		id, code, err := c.mem.NextID(context.Background(), cause)
		c.must(err)
		_, b := c.office.Open(casework.Filing{ID: id, Code: code, Reporter: reporterChat(n), Person: bot.Person{Name: reporterName}, Cause: cause, At: c.now, Served: c.served,
			Draft: report.Draft{Kind: report.Complaint, Category: f.category, Visibility: f.vis, Photos: []bot.MediaRef{{Network: bot.WhatsApp, ID: f.word}},
				Text:  fmt.Sprintf("lampu %s mati hp 0812-3456-789%d, sampah numpuk di %s NIK 367301010190000%d", f.word, n, f.word, n),
				Place: report.Place{Said: "gang " + f.word, AreaName: "Sukawana", District: "99.01.01", DistrictName: "Kota"}}})
		c.must(c.commit(b, nil))
	}
	c.must(c.commit(c.office.FirstRoll(c.now), nil))
	return c
}

func (c *city) must(err error) {
	if err != nil {
		c.Fatal(err)
	}
}

func (c *city) served(agency string) bool {
	ok, err := c.mem.Served(context.Background(), agency)
	c.must(err)
	return ok
}

func (c *city) enroll(name, agency, title string) {
	c.n++
	op := ledger.Operator{ID: "telegram:" + name, Name: name, Agency: agency, Role: report.Operator, Title: title, Met: c.now, Approved: "telegram:Rina", Since: c.now}
	was, err := c.mem.Operator(context.Background(), op.ID)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		c.Fatal(err)
	}
	op.Rev = was.Rev + 1
	c.must(c.mem.Commit(context.Background(), ledger.Batch{Cause: fmt.Sprintf("in:%d", c.n), At: c.now, Changes: []ledger.Change{ledger.Enrolled{Operator: op, Was: was.Rev}}}))
}

// readers are who may read a report's words in private as it stands.
func (c *city) readers(r report.Report) map[string]bool {
	out := map[string]bool{"telegram:Rina": c.admins["Rina"]}
	all, err := c.mem.Operators(context.Background())
	c.must(err)
	for _, op := range all {
		if op.In() && op.Agency != "" && op.Agency == r.Agency {
			out[op.ID] = true
		}
	}
	return out
}

// commit writes a batch, and notes who may read what of the letters in it. by has the right that it had before, too.
func (c *city) commit(b ledger.Batch, before map[report.ID]map[string]bool) error {
	ctx := context.Background()
	was := map[report.ID]report.Report{}
	for _, r := range c.mem.Reports() {
		was[r.ID] = r
	}
	if err := c.mem.Commit(ctx, b); err != nil {
		return err
	}
	for _, l := range b.Letters {
		if l.Report == 0 {
			continue // of a list it is nobody: it goes when one of its reports becomes confidential
		}
		r, err := c.mem.ByID(ctx, l.Report)
		c.must(err)
		c.may[l.Key] = c.readers(r)
		for who, may := range before[l.Report] {
			c.may[l.Key][who] = c.may[l.Key][who] || may
		}
	}
	for _, ch := range b.Changes {
		if ch, ok := ch.(ledger.Changed); ok {
			c.told(was[ch.Report.ID], ch, b)
		}
	}
	if err := c.mem.Commit(ctx, b); !errors.Is(err, ledger.ErrDone) && b.Cause != "" {
		c.Fatalf("what came twice was written twice: %v", err)
	}
	c.whole()
	return nil
}

// says lets somebody of the desk write, in the group or alone, as the engine does it: a decision that comes too late is made anew, and one
// that was lost with the program is made when the event comes again.
func (c *city) says(name string, alone bool, body bot.Body, reply *bot.MessageRef, meanwhile func()) {
	ctx := context.Background()
	c.n++
	chat := c.office.Desk
	if alone {
		chat = bot.Address{Network: bot.Telegram, ID: name}
	}
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg:%d", c.n)), Chat: chat, Group: !alone, From: bot.Person{ID: name, Name: name}, At: c.now, ReplyTo: reply, Body: body}
	if _, press := body.(bot.Pick); !press {
		ev.Ref = bot.MessageRef{Chat: chat, ID: fmt.Sprintf("u%d", c.n)}
	}
	if mine, err := c.desk.Private(ctx, ev); err != nil || !ev.Group && !mine {
		c.must(err)
		return
	}
	for try := range 4 {
		before := map[report.ID]map[string]bool{}
		for _, r := range c.mem.Reports() {
			before[r.ID] = c.readers(r)
		}
		b, err := c.desk.Handle(ctx, ev)
		c.must(err)
		if try == 0 && meanwhile != nil {
			meanwhile()
		}
		err = c.commit(b, before)
		if errors.Is(err, ledger.ErrSent) {
			b, err = c.desk.Late(ctx, ev)
			c.must(err)
			err = c.commit(b, before)
		}
		switch {
		case err == nil:
			c.count(b)
			return
		case errors.Is(err, ledger.ErrStale), errors.Is(err, ledger.ErrSent), errors.Is(err, ledger.ErrTaken):
			c.done["made anew"]++
		default:
			c.Fatal(err)
		}
	}
}

func (c *city) count(b ledger.Batch) {
	for _, ch := range b.Changes {
		switch ch := ch.(type) {
		case ledger.Changed:
			for _, f := range ch.Facts {
				c.done[string(f.What)]++
			}
		case ledger.Opened:
			c.done["opened"]++
		}
	}
}

// does lets a citizen do something to a report.
func (c *city) does(r report.Report, by report.Actor, a report.Action) {
	ctx := context.Background()
	c.n++
	r, err := c.mem.ByID(ctx, r.ID) // as it stands by now
	c.must(err)
	facts, err := c.mem.Facts(ctx, r.ID)
	c.must(err)
	posts, err := c.mem.Shown(ctx, r.ID)
	c.must(err)
	_, b, err := c.office.Act(r, by, a, casework.Occasion{Cause: fmt.Sprintf("wa:%d", c.n), At: c.now, Facts: facts, Served: c.served, Posts: posts})
	if _, refused := casework.AsRefusal(err); refused {
		return
	}
	c.must(err)
	if err := c.commit(b, nil); err != nil {
		if !errors.Is(err, ledger.ErrSent) {
			c.Fatal(err)
		}
		return
	}
	c.count(b)
}

// deliver sends some of what waits. Each may fail, or be lost with the program; what is read is looked at.
func (c *city) deliver(most int) {
	ctx := context.Background()
	letters, err := c.mem.Waiting(ctx)
	c.must(err)
	for _, l := range letters {
		if l.Hold.After(c.now) {
			continue
		}
		if most--; most < 0 {
			return
		}
		m, err := c.desk.Compose(ctx, l)
		c.must(err)
		c.must(c.mem.Start(ctx, l.Key))
		if rapid.IntRange(0, 9).Draw(c.T, "fate") == 0 {
			c.must(c.mem.Failed(ctx, l.Key, "diblokir warga"))
			continue
		}
		ref := bot.MessageRef{Chat: l.To, ID: fmt.Sprint(len(c.sent) + 1)}
		if at := slices.IndexFunc(c.sent, func(s delivered) bool { return s.key == l.Edits }); l.Edits != "" && at >= 0 {
			ref = c.sent[at].ref
		} else if l.Only {
			c.must(c.mem.Failed(ctx, l.Key, "hanya sebagai perubahan"))
			continue
		}
		c.must(c.mem.Sent(ctx, l.Key, ref))
		c.sent = append(c.sent, delivered{l.Key, ref, m})
		c.reads(l, m)
	}
}

// ring lets the timers do what is due: first those that are rung one by one, then the clocks and the roll call.
func (c *city) ring() {
	ctx := context.Background()
	due, err := c.mem.Due(ctx, c.now, 50)
	c.must(err)
	for _, t := range slices.DeleteFunc(due, together) {
		if t.Kind == ledger.PleaTimer || t.Kind == ledger.PleaReminder { // a clerk's, who is not played here: an erasing is done at once
			c.must(c.mem.TimerOver(ctx, t))
			continue
		}
		m, err := c.mem.Moment(ctx, t)
		c.must(err)
		m.At = c.now
		b, ok, err := c.office.Due(m)
		c.must(err)
		if !ok {
			c.must(c.mem.TimerOver(ctx, t))
			continue
		}
		if err := c.commit(b, nil); err != nil && !errors.Is(err, ledger.ErrUntimed) {
			c.Fatal(err)
		}
	}
	c.must(climb(ctx, c.mem, c.office, c.now, func(b ledger.Batch) error {
		c.count(b)
		for _, l := range b.Letters {
			if strings.HasPrefix(l.Intent, casework.RollIntent+":") {
				c.done["roll call"]++
			}
		}
		return c.commit(b, nil)
	}))
}

func (c *city) any() report.Report {
	all := c.mem.Reports()
	return all[rapid.IntRange(0, len(all)-1).Draw(c.T, "report")]
}

// Whatever random people do to reports, in whatever order, with letters lost and decisions made anew: every report has one owner, no fact
// changes, nobody acts without the right, no change is kept from who is to hear of it, only people judge, and what is confidential is read
// by nobody else, also not in a private letter, after a split, a merge or a disposition.
func TestTheWholeLifeAtRandom(t *testing.T) {
	t.Parallel()
	done := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		c := newCity(rt, done)
		c.deliver(40)
		for range rapid.IntRange(20, 60).Draw(rt, "steps") {
			c.step()
			c.deliver(rapid.IntRange(0, 12).Draw(rt, "letters"))
		}
		c.now = c.now.Add(time.Minute)
		c.ring()
		c.deliver(1000)
	})
	for _, must := range []report.What{report.WasDisposed, report.WasCounselled, report.WasUndisposed, report.WasMerged, report.WasUnmerged, report.WasSplit,
		report.WasFollowed, report.WasHidden, report.WasAnswered, report.WasForwarded, report.WasResolved, report.WasRejected, report.WasWithdrawn, report.WasClocked, report.WasErased, report.WasLeft, "waited for", "roll call", "opened", "made anew", "read alone"} {
		if done[string(must)] == 0 {
			t.Errorf("%s never happened: %v", must, done)
		}
	}
}
