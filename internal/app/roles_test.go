package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/desk"
)

// What is known of who runs the group outlives a moment's failure of the network, and yields at once to what the network tells.
func TestRolesOutliveAFailure(t *testing.T) {
	t.Parallel()
	var r roles
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	of := roleOf{bot.Address{Network: bot.Telegram, ID: "-100"}, "5"}
	asked, away := 0, error(nil)
	ask := func(want bool, fails bool) {
		t.Helper()
		got, err := r.ask(of, func() time.Time { return now }, func() (bool, error) { asked++; return true, away })
		if (err != nil) != fails || got != want {
			t.Fatalf("runs %v, %v", got, err)
		}
	}
	away = errors.New("502")
	ask(false, true) // nothing is known: the event is handled again
	away = nil
	ask(true, false)
	ask(true, false)
	if asked != 2 {
		t.Fatalf("the network was asked %d times", asked)
	}
	now, away = now.Add(rolesFresh), errors.New("502")
	ask(true, false) // known not long ago
	r.learn(of, false, now)
	ask(false, false)
	r.learn(of, true, now.Add(-time.Second)) // an answer that was on its way is older than what was told
	ask(false, false)
	now = now.Add(rolesOld)
	ask(false, true)
	away = &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("no such person")}
	ask(false, true)
}

// What is doubted is asked anew, and still better than nothing while the network cannot say, but where only its own word will do.
func TestWhatIsDoubtedIsAskedAnew(t *testing.T) {
	t.Parallel()
	var r roles
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	of := roleOf{bot.Address{Network: bot.Telegram, ID: "-100"}, "5"}
	runs, away := true, error(nil)
	ask := func(want bool, fails bool) {
		t.Helper()
		got, err := r.ask(of, func() time.Time { return now }, func() (bool, error) { return runs, away })
		if (err != nil) != fails || got != want {
			t.Fatalf("runs %v, %v", got, err)
		}
	}
	r.doubt(of, true)
	ask(true, false)
	runs = false // another instance heard it
	ask(true, false)
	r.doubt(of, false)
	ask(false, false)
	runs = true
	r.doubt(of, false)
	ask(true, false)
	away = errors.New("502")
	r.doubt(of, false)
	ask(true, false)
	r.doubt(of, true)
	ask(false, true)
}

// door is a network of which only who is in a group matters.
type door struct {
	bot.Channel
	here  bool
	err   error
	asked int
}

func (d *door) Network() bot.Network { return bot.Telegram }

func (d *door) Here(context.Context, bot.Address, string) (bool, error) {
	d.asked++
	return d.here, d.err
}

// Who is in the group is asked once in a while. What the network tells by itself counts at once, and so does what somebody writes there: that
// is known even where the network never says who is in the group.
func TestWhoIsInTheGroupIsRemembered(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	group := bot.Address{Network: bot.Telegram, ID: "-100"}
	d := &door{here: true}
	n := &networks{links: []*link{{Channel: d}}, now: func() time.Time { return now }}
	office := &casework.Office{Profile: casetest.Profile(), Desk: group}
	listens := attentive{&desk.Desk{Office: func() *casework.Office { return office }, Reader: casetest.NewMemory("CTH")}, n}
	hears := func(at time.Time, from string, body bot.Body) {
		t.Helper()
		if _, err := listens.Handle(t.Context(), bot.Event{ID: bot.EventID(at.String()), Chat: group, Group: true, From: bot.Person{ID: from}, At: at, Body: body}); err != nil {
			t.Fatal(err)
		}
	}
	is := func(want, known bool) {
		t.Helper()
		if got, err := n.Here(t.Context(), group, "5"); got != want || (err == nil) != known {
			t.Fatalf("in the group: %v, %v", got, err)
		}
	}
	is(true, true)
	is(true, true)
	if d.asked != 1 {
		t.Errorf("the network was asked %d times", d.asked)
	}
	hears(now, "1", bot.Member{Who: bot.Person{ID: "5"}})
	is(false, true)
	hears(now.Add(-time.Minute), "5", bot.Text{Text: "siap"}) // written before, and heard now
	is(false, true)
	now = now.Add(rolesFresh)
	d.err = &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("the list is closed")}
	is(false, true) // known not long ago
	now = now.Add(rolesOld)
	is(false, false)
	hears(now, "5", bot.Text{Text: "saya di sini"})
	is(true, true)
	now = now.Add(rolesFresh)
	is(true, true)
	now = now.Add(rolesOld)
	is(false, false)
}
