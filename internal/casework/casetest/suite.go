package casetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Post is the sending side of a store, as far as the suite needs it.
type Post interface {
	// Waiting lists the letters that wait and are not on their way, in the order of their commit. It shows held ones too.
	Waiting(ctx context.Context) ([]ledger.Letter, error)
	// Start takes a waiting letter on its way: from here on it can neither be taken back nor replaced.
	Start(ctx context.Context, key string) error
	// Sent records the message a started letter became.
	Sent(ctx context.Context, key string, ref bot.MessageRef) error
	// Failed records that a started letter can never be sent.
	Failed(ctx context.Context, key, why string) error
}

// House is one empty store with its sides.
type House struct {
	Store  ledger.Store
	Reader ledger.Reader
	// Citizens reads what people filed.
	Citizens ledger.CitizenReader
	Figures  ledger.Figures
	Twins    ledger.TwinReader
	Handled  ledger.HandledReader
	Search   ledger.SearchReader
	Lapor    Lapor
	Post     Post
	Timers   ledger.Timers
}

// Lapor is what reads of reports that are in LAPOR! too, and of all by the time they came in.
type Lapor interface {
	ledger.LaporReader
	ledger.SpanReader
}

// Run holds an implementation to the contract of ledger.Store and ledger.Reader. open makes an empty store.
func Run(t *testing.T, open func(t *testing.T) House) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*fixture)
	}{
		{"a cause is handled once", causeOnce},
		{"all or nothing", allOrNothing},
		{"stale changes are refused", stale},
		{"a number is the same for the same cause", sameNumber},
		{"a number of the old form is found", oldNumber},
		{"a number is given once", taken},
		{"several reports of one event", severalFiled},
		{"a draft is one report, whatever event files it", onceFiled},
		{"a report has exactly one owner", oneOwner},
		{"a report is kept as it was opened", opened},
		{"a report is found by id, code and message", found},
		{"facts come in order, with their files", facts},
		{"a newer letter replaces one that waits", folds},
		{"a letter on its way is not replaced", foldsNotSent},
		{"a letter is taken back while it waits", unsent},
		{"a letter on its way is not taken back", unsentLate},
		{"the fate of the newest notice", delivery},
		{"operators", operators},
		{"people of the desk", people},
		{"calls in somebody's hand", callsInHand},
		{"chats of one person", tying},
		{"open reports of an office", openOf},
		{"what roll calls read", opens},
		{"what somebody has by a disposition", disposedTo},
		{"reports of a citizen", citizens},
		{"open reports around a place", around},
		{"what a cause has found", memos},
		{"whether a cause was handled", handled},
		{"pictures like another", pictures},
		{"what somebody follows", followed},
		{"what is looked for by words and numbers", searches},
		{"what waits for an office", waitsFor},
		{"a report that nobody can be told of", chatless},
		{"an album belongs to the answer it came with", albums},
		{"the ways of reports", ways},
		{"who looked is noted with what was done", lookedAt},
		{"a person is erased", erasings},
		{"who follows no more is found", formerFollowers},
		{"what was said of a report is taken back", hushes},
		{"a list that shows a report is taken back", listsHushed},
		{"a citizen who moves", moves},
		{"what was handed over", handedOver},
		{"what was taken for somebody becomes his or hers", contacts},
		{"what a client brings twice is brought once", carried},
		{"reports counted by their ways", counted},
		{"the courses of reports", courses},
		{"a talk with a citizen", calls},
		{"timers come due in their order", dueOrder},
		{"a timer is set anew, and dropped", timedAnew},
		{"a timer that failed waits", timerLater},
		{"a timer acts once", timerOnce},
		{"a timer of a report that has changed", staleTimer},
		{"timers follow a person who moves", timersMove},
		{"two at once change one report", twoChanges},
		{"two at once write in one talk", twoLines},
		{"two at once decide on a request", twoApprovals},
		{"measures against a citizen", measures},
		{"what an office has put by", shelves},
		{"what officers have answered", known},
		{"two at once answer a question", twoAnswers},
		{"what a citizen has filed", loads},
		{"what is in LAPOR! too", tracked},
		{"two at once enter one number", twoNumbers},
		{"which file told of a report last", sights},
		{"what a category is called in LAPOR!", mapped},
		{"reports by when they came in", spans},
		{"two at once set a measure", twoMeasures},
		{"two at once put an answer by", twoShelves},
		{"two at once handle one cause", twoCauses},
		{"two at once do what a timer is for", twoRing},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(&fixture{T: t, House: open(t), ctx: context.Background(), office: &casework.Office{Profile: Profile(), Desk: desk}, who: citizen})
		})
	}
}

var (
	desk    = bot.Address{Network: bot.Telegram, ID: "-100500"}
	citizen = bot.Address{Network: bot.WhatsApp, ID: "62811@s"}
	now     = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
)

type fixture struct {
	*testing.T
	House
	ctx    context.Context
	office *casework.Office
	who    bot.Address // files
}

func (f *fixture) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) same(what string, got, want any) {
	f.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		f.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

// filing is a batch that files a report with one photo, for the office of its category.
func (f *fixture) filing(cause, category string) (report.Report, ledger.Batch) {
	f.Helper()
	id, code, err := f.Store.NextID(f.ctx, cause)
	f.must(err)
	return f.office.Open(casework.Filing{
		ID: id, Code: code, Reporter: f.who, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id", Cause: cause, At: now,
		Draft: report.Draft{ID: "d", Kind: report.Complaint, Text: "lampu mati", Category: category, Visibility: report.Normal,
			Begun: now, Place: report.Place{Said: "alun-alun", Pin: &report.Pin{Lat: -6.1, Lon: 106.15}},
			Photos:  []bot.MediaRef{{Network: bot.WhatsApp, ID: "p1", MIME: "image/jpeg", Size: 7}},
			Guesses: []report.Guess{{Category: category, P: 0.75}}},
		Served: func(string) bool { return true },
	})
}

func (f *fixture) filed(cause string) report.Report {
	f.Helper()
	r, b := f.filing(cause, "penerangan_jalan")
	f.must(f.Store.Commit(f.ctx, b))
	return r
}

// acting is the batch of an action of the office's operator.
func (f *fixture) acting(r report.Report, cause string, a report.Action) (report.Report, ledger.Batch) {
	f.Helper()
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	by := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: r.Agency, Chat: desk}
	r, b, err := f.office.Act(r, by, a, casework.Occasion{Cause: cause, At: now, Facts: facts})
	f.must(err)
	return r, b
}

func (f *fixture) send(key, message string) {
	f.Helper()
	f.must(f.Post.Start(f.ctx, key))
	f.must(f.Post.Sent(f.ctx, key, bot.MessageRef{Chat: desk, ID: message}))
}

func (f *fixture) waiting() []string {
	f.Helper()
	letters, err := f.Post.Waiting(f.ctx)
	f.must(err)
	keys := []string{}
	for _, l := range letters {
		keys = append(keys, l.Key)
	}
	return keys
}
