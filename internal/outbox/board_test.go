package outbox

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// boards begin at noon; no time passes on them but what a test says.
func boards(p Pace) *board {
	return newBoard(Options{
		Pace: p, Workers: 32, Backoff: 200 * time.Millisecond, MaxBackoff: 30 * time.Second, Jitter: func() float64 { return 1 },
		Machine: func() time.Time { return noon },
	}, noon)
}

func letterTo(id int64, chat string, p ledger.Purpose) *Item {
	return &Item{ID: id, Letter: ledger.Letter{Key: fmt.Sprint(id), Purpose: p, To: bot.Address{Network: bot.Telegram, ID: chat}}}
}

func went(flights []flight) (ids []int64) {
	for _, f := range flights {
		for _, it := range f.items {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

func wentAre(t *testing.T, flights []flight, want ...int64) {
	t.Helper()
	if got := went(flights); !slices.Equal(got, want) {
		t.Errorf("went %v, want %v", got, want)
	}
}

func TestBoardSendsOneAtATimeInEachChat(t *testing.T) {
	t.Parallel()
	b := boards(Pace{})
	for id, chat := range []string{"ani", "ani", "budi"} {
		b.add(letterTo(int64(id+1), chat, ledger.Reply), false, noon)
	}
	_, flights := b.pick(noon)
	wentAre(t, flights, 1, 3)
	if _, more := b.pick(noon.Add(time.Minute)); len(more) != 0 {
		t.Errorf("two are on the wire at once: %v", went(more))
	}
	done := b.land(flights[0], outcome{ref: bot.MessageRef{ID: "m1"}}, noon)
	if done.result != "sent" || len(b.ended) != 1 || b.ended[0].Ref.ID != "m1" || b.ended[0].State != ledger.Sent {
		t.Errorf("landed as %+v, ended %+v", done, b.ended)
	}
	_, flights = b.pick(noon)
	wentAre(t, flights, 2)
}

// A chat whose letter failed waits, and the letter behind it with it; others go on.
func TestBoardBacksOff(t *testing.T) {
	t.Parallel()
	b := boards(Pace{})
	b.add(letterTo(1, "ani", ledger.Reply), false, noon)
	b.add(letterTo(2, "ani", ledger.Reply), false, noon)
	_, flights := b.pick(noon)
	if done := b.land(flights[0], outcome{err: errors.New("away")}, noon); done.result != "retry" || len(b.ended) != 0 {
		t.Errorf("landed as %+v, ended %+v", done, b.ended)
	}
	b.add(letterTo(3, "budi", ledger.Reply), false, noon)
	_, flights = b.pick(noon)
	wentAre(t, flights, 3)
	wait, flights := b.pick(noon)
	wentAre(t, flights)
	if wait != 200*time.Millisecond {
		t.Errorf("the next look is after %v", wait)
	}
	_, flights = b.pick(noon.Add(wait))
	wentAre(t, flights, 1)
}

func TestBoardFoldsWhatWaits(t *testing.T) {
	t.Parallel()
	b := boards(Pace{})
	for id := range int64(3) {
		it := letterTo(id+1, "ani", ledger.Reply)
		it.Letter.Fold = "question"
		b.add(it, false, noon)
	}
	_, flights := b.pick(noon)
	wentAre(t, flights, 3)
	if len(b.ended) != 2 || b.ended[0].State != ledger.Overtaken || b.ended[1].State != ledger.Overtaken {
		t.Errorf("ended %+v", b.ended)
	}
}

// The pace holds letters back, but no alarm; the alarm is owed.
func TestBoardLetsAnAlarmPass(t *testing.T) {
	t.Parallel()
	b := boards(Pace{PerSecond: 1, Burst: 1})
	for id, chat := range []string{"ani", "budi", "citra"} {
		b.add(letterTo(int64(id+1), chat, ledger.Reply), false, noon)
	}
	_, flights := b.pick(noon)
	wentAre(t, flights, 1)
	b.add(letterTo(9, "desk", ledger.Alarm), true, noon)
	wait, flights := b.pick(noon)
	wentAre(t, flights, 9)
	if wait <= time.Second {
		t.Errorf("the next one goes after %v: the alarm was not owed", wait)
	}
	b.land(flights[0], outcome{}, noon)
	if _, flights = b.pick(noon.Add(wait)); len(flights) != 1 {
		t.Errorf("then %v go", went(flights))
	}
}

// What lacks its photo costs the chat nothing, and is looked at again when a file came.
func TestBoardGivesBackWhatWasNotUsed(t *testing.T) {
	t.Parallel()
	b := boards(Pace{PerSecond: 1, Burst: 1, PerDay: 1})
	b.add(letterTo(1, "ani", ledger.Reply), false, noon)
	_, flights := b.pick(noon)
	if done := b.land(flights[0], outcome{err: errNotYet}, noon); done.result != "" {
		t.Errorf("it counts as %q", done.result)
	}
	if _, flights = b.pick(noon); len(flights) != 0 {
		t.Errorf("it is tried again at once")
	}
	b.recheck(noon)
	_, flights = b.pick(noon)
	wentAre(t, flights, 1)
}

// Moved with its chat, a letter goes to the new address.
func TestBoardFollowsAMove(t *testing.T) {
	t.Parallel()
	b := boards(Pace{})
	b.add(letterTo(1, "old", ledger.Reply), false, noon)
	b.add(letterTo(2, "old", ledger.Reply), false, noon)
	_, flights := b.pick(noon)
	to := bot.Address{Network: bot.Telegram, ID: "new"}
	b.land(flights[0], outcome{err: &bot.SendError{Remedy: bot.Move, To: to, Err: errors.New("moved")}}, noon)
	for id := range int64(2) {
		_, flights = b.pick(noon.Add(time.Minute))
		wentAre(t, flights, id+1)
		if got := flights[0].items[0].Letter.To; got != to {
			t.Errorf("letter %d goes to %v", id+1, got)
		}
		b.land(flights[0], outcome{}, noon.Add(time.Minute))
	}
}

// When the network last took or judged a letter is told by the machine's clock, also while the one for holds and paces is turned.
func TestWhenTheNetworkHeeded(t *testing.T) {
	t.Parallel()
	turned := noon.Add(72 * time.Hour)
	for name, c := range map[string]struct {
		err    error
		heeded bool
	}{
		"it arrived":      {nil, true},
		"it was refused":  {&bot.SendError{Remedy: bot.GiveUp}, true},
		"nobody heard it": {&bot.SendError{Remedy: bot.Retry}, false},
		"no word on it":   {errors.New("no such host"), false},
		"nobody is there": {&bot.SendError{Remedy: bot.Gone}, true},
	} {
		b := boards(Pace{})
		b.add(letterTo(1, "ani", ledger.Reply), false, turned)
		_, flights := b.pick(turned)
		wentAre(t, flights, 1)
		b.land(flights[0], outcome{err: c.err}, turned)
		if want := map[bool]time.Time{true: noon}[c.heeded]; !b.heeded.Equal(want) {
			t.Errorf("%s: heeded %s, want %s", name, b.heeded, want)
		}
	}
}
