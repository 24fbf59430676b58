package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sp4ntest"
)

var (
	group   = bot.Address{Network: bot.Telegram, ID: "-100500"}
	citizen = bot.Address{Network: bot.WhatsApp, ID: "62811@s"}
	day     = time.Date(2026, time.November, 14, 0, 0, 0, 0, time.UTC)
	now     = time.Date(2026, time.November, 20, 3, 0, 0, 0, time.UTC)
)

// serang is a profile that nobody changes.
var serang = sync.OnceValue(func() *profile.Profile {
	p, err := profile.Builtin("serang")
	if err != nil {
		panic(err)
	}
	return p
})

// city is a government with its store.
type city struct {
	*testing.T
	*casetest.Memory
	office *casework.Office
	clerk  *exchange.Clerk
	runs   int
}

func newCity(t *testing.T) *city {
	t.Helper()
	c := &city{T: t, Memory: casetest.NewMemory("SRG"), office: &casework.Office{Profile: serang(), Desk: group}}
	c.clerk = &exchange.Clerk{Office: func() *casework.Office { return c.office }, Store: c.Memory, ByCode: c.ByCode,
		Read: func(string) (report.Kind, []report.Guess) {
			return report.Complaint, []report.Guess{{Category: "sampah_kebersihan", P: 0.8}}
		}, Served: func(_ context.Context, agency string) (bool, error) { return agency == "DISHUB", nil }}
	return c
}

func (c *city) takes(file []byte, with ...func(*exchange.Order)) exchange.Result {
	c.Helper()
	c.runs++
	o := exchange.Order{File: file, Run: fmt.Sprint("r", c.runs), At: now}
	for _, w := range with {
		w(&o)
	}
	got, err := c.clerk.Take(context.Background(), o)
	if err != nil {
		c.Fatal(err)
	}
	return got
}

func look(o *exchange.Order)  { o.Look = true }
func apart(o *exchange.Order) { o.Apart = true }

func (c *city) at(number string) report.Report {
	c.Helper()
	all, err := c.Tracked(context.Background(), []string{number})
	if err != nil {
		c.Fatal(err)
	}
	r, err := c.ByID(context.Background(), all[number].ID)
	if err != nil {
		c.Fatalf("nothing is under %s: %v", number, err)
	}
	return r
}

// files lets a citizen file a report.
func (c *city) files(cause, text string, at time.Time) report.Report {
	c.Helper()
	id, code := c.Draw(cause)
	r, b := c.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: at, Reporter: citizen, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id",
		Draft:  report.Draft{Kind: report.Complaint, Text: text, Category: "penerangan_jalan", Visibility: report.Normal},
		Served: func(string) bool { return true }})
	if err := c.Commit(context.Background(), b); err != nil {
		c.Fatal(err)
	}
	return r
}

func (c *city) does(id report.ID, cause string, a report.Action) report.Report {
	c.Helper()
	ctx := context.Background()
	r, err := c.ByID(ctx, id)
	if err != nil {
		c.Fatal(err)
	}
	facts, err := c.Facts(ctx, id)
	if err != nil {
		c.Fatal(err)
	}
	after, b, err := c.office.Act(r, report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina", Chat: group}, a, casework.Occasion{Cause: cause, At: now, Facts: facts})
	if err == nil {
		err = c.Commit(ctx, b)
	}
	if err != nil {
		c.Fatal(err)
	}
	return after
}

// letters are what waits to be sent to somebody, of a purpose.
func (c *city) letters(to bot.Address, p ledger.Purpose) []string {
	c.Helper()
	all, err := c.Waiting(context.Background())
	if err != nil {
		c.Fatal(err)
	}
	var out []string
	for _, l := range all {
		if l.To == to && l.Purpose == p {
			out = append(out, l.Message.Text)
		}
	}
	return out
}

func export(t *testing.T, c *city, s exchange.Span) ([]byte, exchange.Written) {
	t.Helper()
	var b bytes.Buffer
	if s.To.IsZero() {
		s.From, s.To = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	s.Day = now
	w, err := c.clerk.Export(context.Background(), s, &b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w
}

// with is a report of an export in which something is otherwise.
func with(n int, change func(*sp4ntest.Report)) sp4ntest.Report {
	r := sp4ntest.New(n)
	change(&r)
	return r
}

func status(n int, word string) sp4ntest.Report {
	return with(n, func(r *sp4ntest.Report) { r.Status = word })
}
