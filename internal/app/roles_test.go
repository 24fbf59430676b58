package app

import (
	"errors"
	"testing"
	"time"

	"rabeg/bot"
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
