package casework_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// The head of Dishub and the head of a section there, each in his or her own chat.
var (
	ani     = report.Actor{Role: report.Operator, ID: "telegram:9", Name: "Ani", Home: "DISHUB", Chat: bot.Address{Network: bot.Telegram, ID: "9"}}
	bagas   = report.Actor{Role: report.Operator, ID: "telegram:8", Name: "Bagas", Home: "DISHUB", Chat: bot.Address{Network: bot.Telegram, ID: "8"}}
	toAni   = report.Receiver{ID: "telegram:9", Name: "Ani", Title: "kepala"}
	toBagas = report.Receiver{ID: "telegram:8", Name: "Bagas", Title: "kabid lalu lintas"}
)

// disposition holds an act to what a disposition may and may not do: it is within the office that owns the report, which is open; its
// owner, status and clock stay as they are; the citizen hears nothing of it; and who had it hears when it is over.
func disposition(t *rapid.T, was, now report.Report, b ledger.Batch) {
	if d := now.Disposed; d != nil && (d.Agency != now.Agency || d.Agency == "" || !now.Status.Working()) {
		t.Fatalf("a disposition of %q in a report of %q that is %s", d.Agency, now.Agency, now.Status)
	}
	told := map[string]bool{}
	for _, l := range b.Letters {
		if strings.HasPrefix(l.Intent, casework.AloneIntent+casework.DisposedIntent) {
			told[l.To.String()] = true
		}
		for _, c := range b.Changes {
			if c, ok := c.(ledger.Changed); ok && l.Purpose.News() && c.Report.ID == now.ID {
				switch c.Facts[len(c.Facts)-1].What {
				case report.WasDisposed, report.WasUndisposed, report.WasCounselled:
					t.Fatal("a citizen hears of a disposition")
				}
			}
		}
	}
	if was.Disposed != nil && (now.Disposed == nil || now.Disposed.ID != was.Disposed.ID) && !told[was.Disposed.ID] {
		t.Fatalf("%s had it and is not told that it is over", was.Disposed.Name)
	}
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok && c.Report.ID == now.ID {
			switch c.Facts[len(c.Facts)-1].What {
			case report.WasDisposed, report.WasUndisposed, report.WasCounselled:
				if was.Status != now.Status || was.Agency != now.Agency || !was.Due.Equal(now.Due) || !was.Answered.Equal(now.Answered) {
					t.Fatal("a disposition moves the report")
				}
			}
		}
	}
}

// Whatever is left until the city's limit, the head is reminded before it; and only once the clock is over, or was never set, does the
// longest time hold.
func TestTheHeadIsRemindedBeforeTheCity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := casetest.Profile()
		p.Disposition.Percent = rapid.IntRange(0, 90).Draw(t, "percent")
		p.Disposition.Least, p.Disposition.Most = rapid.IntRange(0, 48).Draw(t, "least"), rapid.IntRange(0, 96).Draw(t, "most")
		left := time.Duration(rapid.Int64Range(int64(time.Minute), int64(20*365*24*time.Hour)).Draw(t, "left"))
		if at := p.Disposition.Reminded(left); at <= 0 || at >= left {
			t.Fatalf("%s are left, the reminder comes after %s", left, at)
		}
		if at := p.Disposition.Reminded(-left); at <= 0 {
			t.Fatalf("late already, the reminder comes after %s", at)
		}
	})
}

// The draft about a confidential report goes to the officer who asked for it, in his own chat; where his right has ended meanwhile, to
// nobody: the room reads how whoever may reads it.
func TestADraftIsNotForWhoActsNoMore(t *testing.T) {
	t.Parallel()
	for _, ended := range []bool{false, true} {
		l := newLater(t, lamp(report.Confidential))
		budi := dishub(l)
		budi.ID = "telegram:7"
		l.act(budi, report.Dispose{To: toAni, Why: "bagaimana ini?"})
		l.gone = func(person string) bool { return ended && person == budi.ID }
		l.act(ani, report.Counsel{Words: "kata kepala"})
		own, told := 0, false
		for _, x := range l.last.Letters {
			switch {
			case x.To.ID == "7":
				own++
			case strings.Contains(x.Message.Text, "kata kepala"):
				t.Errorf("%v reads %q", x.To, x.Message.Text)
			}
			told = told || strings.Contains(x.Message.Text, "/konsep "+string(l.r.Code))
		}
		if own > 0 == ended || told != ended {
			t.Errorf("his right has ended: %v; letters to him: %d, the room reads how to ask for it: %v", ended, own, told)
		}
	}
}
