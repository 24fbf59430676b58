package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// gatherer composes for a desk that can tell of several alarms at once.
type gatherer struct{}

func (gatherer) Compose(_ context.Context, l ledger.Letter) (bot.Message, error) {
	return l.Message, nil
}

func (gatherer) Digest(context.Context, []ledger.Letter) (bot.Message, string, error) {
	return bot.Message{}, "", nil
}

func (gatherer) Gather(alarms []ledger.Letter) bot.Message {
	return bot.Message{Text: fmt.Sprint(len(alarms), " alarms")}
}

func telegramBoard() *board {
	return newBoard(Options{
		Pace: TelegramPace(), Workers: 32, Backoff: 200 * time.Millisecond, MaxBackoff: 30 * time.Second, Composer: gatherer{},
		Jitter: func() float64 { return 1 }, Machine: func() time.Time { return noon },
	}, noon)
}

// all lands what flies, well, and gives what goes next.
func (b *board) next(flights []flight, now time.Time) []flight {
	for _, f := range flights {
		b.land(f, outcome{ref: bot.MessageRef{ID: "m"}}, now)
	}
	_, more := b.pick(now)
	return more
}

// Thousands of letters wait for the pace: the number to call goes at once, even where all workers are taken by a network that
// does not answer, and even when the network refused it once and asked for a pause.
func TestDangerPassesThousands(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]error{
		"taken":              nil,
		"asked to slow down": &bot.SendError{Remedy: bot.Retry, After: time.Second, Slow: true, Err: errors.New("429")},
		"stumbled":           &bot.SendError{Remedy: bot.Retry, Err: errors.New("502")},
	} {
		b := telegramBoard()
		for id := range int64(5000) {
			b.add(letterTo(id+1, fmt.Sprint("chat", id), ledger.Reply), false, noon)
		}
		_, flights := b.pick(noon)
		for now := noon; b.flying < b.workers; now = now.Add(time.Second) {
			_, more := b.pick(now)
			flights = append(flights, more...)
		}
		now := noon.Add(time.Minute)
		if _, more := b.pick(now); len(more) != 0 {
			t.Fatalf("%d go beside all workers", len(more))
		}
		b.add(letterTo(9999, "danger", ledger.Alarm), false, now)
		_, alarm := b.pick(now)
		wentAre(t, alarm, 9999)
		if refused == nil {
			continue
		}
		b.land(alarm[0], outcome{err: refused}, now)
		now = now.Add(time.Second)
		_, alarm = b.pick(now)
		if len(alarm) != 1 || alarm[0].items[0].ID != 9999 {
			t.Errorf("%s: a second later %v go", name, went(alarm))
		}
		_ = flights
	}
}

// A flood of alarms: the first goes at once, the rest are told of in one message within seconds, and each follows by itself
// at the group's pace, before all else. None is lost.
func TestAFloodOfAlarmsFolds(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	const cards, alarms = 40, 30
	for id := range int64(cards) {
		b.add(letterTo(id+1, "desk", ledger.ToDesk), true, noon)
	}
	now := noon
	_, flights := b.pick(now)
	for len(flights) > 0 { // the burst is spent
		flights = b.next(flights, now)
	}
	b.ended = nil
	for id := range int64(alarms) {
		b.add(letterTo(1000+id, "desk", ledger.Alarm), true, now)
	}
	_, flights = b.pick(now)
	wentAre(t, flights, 1000)
	gathered, messages, told := 0, 0, map[int64]time.Time{}
	for range 400 {
		for _, f := range flights {
			messages++
			for _, it := range f.items {
				if _, known := told[it.ID]; !known {
					told[it.ID] = now
				}
			}
			if f.gather {
				gathered++
			}
		}
		wentOn := b.next(flights, now)
		if flights = wentOn; len(flights) == 0 {
			now = now.Add(500 * time.Millisecond)
			_, flights = b.pick(now)
		}
	}
	if gathered == 0 || gathered > 3 {
		t.Errorf("%d messages tell of many alarms", gathered)
	}
	for id := range int64(alarms) {
		if at, ok := told[1000+id]; !ok || at.Sub(noon) > 10*time.Second {
			t.Errorf("alarm %d is told after %v (%v)", id, at.Sub(noon), ok)
		}
	}
	if rate := float64(messages) / now.Sub(noon).Minutes(); rate > 30 {
		t.Errorf("%.0f messages a minute go into a group that takes 20", rate)
	}
	sent := map[int64]int{}
	for _, e := range b.ended {
		sent[e.ID]++
	}
	for id := range int64(alarms) {
		if sent[1000+id] != 1 {
			t.Errorf("alarm %d went %d times by itself", id, sent[1000+id])
		}
	}
}

// Who is new to the desk goes before what answers somebody there; and a line that is of use for seconds is dropped after
// them, it never goes out late.
func TestWhatIsOverIsDropped(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	id := int64(0)
	line := func(until time.Duration) *Item {
		id++
		it := letterTo(id, "desk", ledger.ToDesk)
		it.Letter.Until = noon.Add(until)
		it.clocked(noon, noon)
		b.add(it, true, noon)
		return it
	}
	for range 60 {
		line(20 * time.Second)
	}
	newCard := letterTo(500, "desk", ledger.Card)
	now := noon
	_, flights := b.pick(now)
	b.add(newCard, true, now)
	flights = b.next(flights, now)
	wentAre(t, flights, 500)
	late := 0
	for range 400 {
		for _, f := range flights {
			if f.items[0].ID != 500 && now.Sub(noon) >= 20*time.Second {
				late++
			}
		}
		if flights = b.next(flights, now); len(flights) == 0 {
			now = now.Add(500 * time.Millisecond)
			_, flights = b.pick(now)
		}
	}
	sent, dropped := 0, 0
	for _, e := range b.ended {
		switch e.State {
		case ledger.Sent:
			sent++
		case ledger.Overtaken:
			dropped++
		default:
			t.Errorf("letter %d is %s", e.ID, e.State)
		}
	}
	if late != 0 || sent+dropped != 61 || dropped < 40 {
		t.Errorf("%d lines went out late, %d letters were sent, %d dropped", late, sent, dropped)
	}
}

// Letters are held and of use by the right time of day, and wait by the time that passes: whatever the machine's clock says, an answer goes
// out after its twenty seconds, and the line that it can be taken back at once and no later. Where the right time itself is wrong
// nothing is held for long.
func TestNoClockHoldsALetterForADay(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		machine, today time.Duration // how wrong they are
		answer         time.Duration // when it goes
		line           bool          // whether the line goes at once
	}{
		"both right":               {0, 0, 20 * time.Second, true},
		"the machine a day ahead":  {day, 0, 20 * time.Second, true},
		"the machine a day behind": {-day, 0, 20 * time.Second, true},
		"both a day behind":        {-day, -day, holdMost, true},
		"both a day ahead":         {day, day, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := telegramBoard()
			now := noon.Add(c.machine)
			answer, line := letterTo(1, "ani", ledger.Notice), letterTo(2, "seat", ledger.Reply)
			answer.Letter.Hold, line.Letter.Until = noon.Add(20*time.Second), noon.Add(20*time.Second)
			for _, it := range []*Item{answer, line} {
				it.clocked(now, noon.Add(c.today))
				b.add(it, false, now)
			}
			want := func(at time.Duration, ids ...int64) {
				t.Helper()
				_, flights := b.pick(now.Add(at))
				wentAre(t, flights, ids...)
			}
			switch {
			case c.answer == 0:
				want(0, 1)
			case c.line:
				want(0, 2)
				want(c.answer - time.Second)
				want(c.answer, 1)
			}
		})
	}
}

// The network refused an alarm once and asks everybody for silence: another alarm, in another chat, has its own first try all the same.
func TestAnAlarmIsNotHeldUpByAnotherThatWaits(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	slow := func(after time.Duration) outcome {
		return outcome{err: &bot.SendError{Remedy: bot.Retry, After: after, Slow: true, Err: errors.New("429")}}
	}
	b.add(letterTo(1, "first", ledger.Alarm), false, noon)
	b.add(letterTo(2, "other", ledger.Reply), false, noon)
	_, flights := b.pick(noon)
	if len(flights) != 2 {
		t.Fatalf("%v go", went(flights))
	}
	for _, f := range flights {
		after := time.Second
		if f.items[0].ID == 2 {
			after = 30 * time.Second
		}
		b.land(f, slow(after), noon)
	}
	now := noon.Add(2 * time.Second)
	b.pick(now)
	b.add(letterTo(3, "second", ledger.Alarm), false, now)
	_, more := b.pick(now)
	wentAre(t, more, 3)
}

// While the messages of alarms that everybody was told of follow one by one, new cards have every second turn: a flood of alarms keeps no
// other report from the desk.
func TestAFloodOfAlarmsLeavesCardsTheirTurn(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	const alarms, cards = 80, 120
	for id := range int64(alarms) {
		b.add(letterTo(id+1, "desk", ledger.Alarm), true, noon)
	}
	for id := range int64(cards) {
		b.add(letterTo(1000+id, "desk", ledger.Card), true, noon)
	}
	told, own, behind := map[int64]bool{}, 0, 0
	now := noon
	_, flights := b.pick(now)
	for range 2000 {
		for _, f := range flights {
			switch {
			case f.gather:
			case f.items[0].urgent():
				own++
			default:
				for _, it := range f.items {
					told[it.ID] = true
				}
				if len(told) == cards && behind == 0 {
					behind = own
				}
			}
		}
		if flights = b.next(flights, now); len(flights) == 0 {
			now = now.Add(500 * time.Millisecond)
			_, flights = b.pick(now)
		}
	}
	if len(told) != cards || own != alarms {
		t.Fatalf("%d of %d cards and %d of %d alarms went", len(told), cards, own, alarms)
	}
	if behind > 20 { // the burst, and one for each message of cards
		t.Errorf("%d alarms of which everybody had been told went before the last card", behind)
	}
}

// An earthquake: for five minutes two people tell of a danger every half second, in two messages each, and two reports are filed. Everybody
// hears of each danger within seconds, a row for each talk, and new cards come meanwhile.
func TestAnEarthquakeOfAlarms(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	id := int64(0)
	told, since, slowest := map[string]bool{}, map[string]time.Time{}, time.Duration(0)
	cards, filed, messages := 0, 0, 0
	add := func(p ledger.Purpose, talk, answers string, now time.Time) {
		id++
		it := letterTo(id, "desk", p)
		it.Letter.Intent, it.Letter.Answers = talk, answers
		b.add(it, true, now)
	}
	now, over := noon, noon.Add(5*time.Minute)
	_, flights := b.pick(now)
	for now.Before(over.Add(3 * time.Minute)) {
		for _, f := range flights {
			messages++
			for _, it := range f.items {
				switch talk := it.Letter.Intent; {
				case it.Letter.Purpose == ledger.Card:
					cards++
				case !told[talk]:
					told[talk] = true
					slowest = max(slowest, now.Sub(since[talk]))
				}
			}
		}
		if flights = b.next(flights, now); len(flights) > 0 {
			continue
		}
		now = now.Add(500 * time.Millisecond)
		if now.Before(over) {
			for range 2 {
				talk := fmt.Sprint("call:", id)
				since[talk] = now
				add(ledger.Alarm, talk, "", now)
				add(ledger.Alarm, talk, "card", now)
				add(ledger.Card, "", "", now)
				filed++
			}
		}
		_, flights = b.pick(now)
	}
	if len(told) != len(since) || slowest > 20*time.Second {
		t.Errorf("%d of %d talks were told, the slowest after %s", len(told), len(since), slowest)
	}
	if cards != filed {
		t.Errorf("%d of %d cards came", cards, filed)
	}
	t.Logf("%d talks and %d cards in %d messages, the slowest alarm after %s", len(told), cards, messages, slowest)
}

// The network refuses an alarm of a flood and asks the operators' group for silence: the next alarm has its first try as soon as new cards
// have had their seconds, and does not wait for the end of that silence.
func TestAnAlarmOfAFloodDoesNotWaitForTheGroupsSilence(t *testing.T) {
	t.Parallel()
	b := telegramBoard()
	for id := range int64(20) {
		b.add(letterTo(id+1, "desk", ledger.ToDesk), true, noon)
	}
	now := noon
	_, flights := b.pick(now)
	for range 20 { // the burst is spent
		now = now.Add(100 * time.Millisecond)
		flights = b.next(flights, now)
	}
	b.add(letterTo(100, "desk", ledger.Card), true, now)
	b.add(letterTo(1000, "desk", ledger.Alarm), true, now)
	_, flights = b.pick(now)
	wentAre(t, flights, 1000)
	b.land(flights[0], outcome{err: &bot.SendError{Remedy: bot.Retry, After: 50 * time.Second, Slow: true, Err: errors.New("429")}}, now)
	b.add(letterTo(1001, "desk", ledger.Alarm), true, now)
	at := now
	for at.Before(now.Add(2 * time.Minute)) {
		wait, flights := b.pick(at)
		if len(flights) > 0 {
			if !slices.Contains(went(flights), 1001) || at.Sub(now) > floodPause {
				t.Errorf("%v go after %v", went(flights), at.Sub(now))
			}
			return
		}
		at = at.Add(wait)
	}
	t.Error("it does not go")
}
