package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"rabeg/internal/sim/cloudapi"
)

// Many people report at once while the program is killed again and again, Meta's calls overtake each other and come twice, and its
// statuses come backwards. Each files exactly one report. What was on its way in a kill may come twice, for this network knows no
// second copy: it is counted, and never more than one for each kill.
func TestKilledInConversationsOnTheOfficialWhatsApp(t *testing.T) { // alone: beside others each start takes seconds
	many, kills := length(40, 20), length(20, 8)
	w := newWorld(t, plan{cloud: true, own: true})
	w.meta.Switch(cloudapi.Switches{Disorder: true, Doubles: true, StatusBackwards: true})
	people, twice, _ := w.killedAmong(t, many, kills, 150*time.Second)
	if t.Failed() {
		return
	}
	for i, r := range people {
		w.residedOnce(r, taleOf(i))
	}
	if twice > kills {
		t.Errorf("%d messages came twice", twice)
	}
}

// killedAmong lets many people report while the program is killed; it gives them, how many messages they got twice, and the program that
// serves them then.
func (w *world) killedAmong(t *testing.T, many, kills int, most time.Duration) (people []*resident, twice int, serves *child) {
	t.Helper()
	ctx, cancel := story(most)
	defer cancel()
	counted := newTally()
	people = make([]*resident, many)
	var wg sync.WaitGroup
	gone := make(chan struct{})
	failed := make(chan error, many)
	for i := range people {
		people[i] = w.resident("Warga", i%2 == 0)
		people[i].tally = counted
		wg.Go(func() {
			if _, err := people[i].report(ctx, taleOf(i)); err != nil {
				failed <- fmt.Errorf("resident %d: %w", i, err)
			}
		})
	}
	go func() { wg.Wait(); close(gone) }()
	chance := rand.New(rand.NewPCG(5, 6))
	busy := 0
	for i := range kills {
		c := w.serves()
		left := max(0, many*4-counted.restart())
		counted.wait(ctx, 1+chance.IntN(1+2*left/(kills-i)), gone)
		c.kill()
		select {
		case <-gone:
		default:
			busy++
		}
	}
	serves = w.serves()
	<-gone
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if t.Failed() {
		for i, r := range people {
			if len(r.codes) == 0 {
				t.Logf("resident %d, %d calls of Meta wait: %s", i, w.meta.Pending(), w.lettersTo(r))
			}
		}
		t.Log(w.tail())
		return people, 0, serves
	}
	w.mailed(t)
	answers := 0
	for _, r := range people {
		shown := r.shownAlone()
		answers += shown
		twice += shown - w.number(`SELECT count(*) FROM letters WHERE lane = $1 AND state = 'sent'`, r.address())
	}
	w.nobodyStumbled()
	t.Logf("%d kills (%d among talking people), %d messages to residents, %d of them came twice", kills, busy, answers, twice)
	return people, twice, serves
}

// mailed waits until all letters to residents that can be sent are.
func (w *world) mailed(t *testing.T) {
	t.Helper()
	eventually(t, "all letters to residents to be sent", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM letters WHERE network = 'whatsapp-cloud' AND state IN ('waiting', 'sending')`) == 0
	})
}

// shownAlone counts the messages that somebody was sent, but for pictures beside lists.
func (r *resident) shownAlone() (n int) {
	for _, m := range r.p.Shown() {
		if !besideList(m) {
			n++
		}
	}
	return n
}

// Two hundred people, with and without a number, report under thirty kills: each files exactly one report, nothing is lost, and what came
// twice is counted. `make faults` plays it.
func TestFaultsOnTheOfficialWhatsApp(t *testing.T) {
	if !long() {
		t.Skip("in make faults")
	}
	const many, kills = 200, 30
	w := newWorld(t, plan{cloud: true, own: true})
	w.meta.Switch(cloudapi.Switches{Disorder: true, Doubles: true, StatusBackwards: true})
	began := time.Now()
	people, twice, c := w.killedAmong(t, many, kills, 20*time.Minute)
	if t.Failed() {
		return
	}
	messages := 0
	for i, r := range people {
		w.residedOnce(r, taleOf(i))
		messages += r.shownAlone()
	}
	if twice > kills {
		t.Errorf("%d messages came twice", twice)
	}
	note(t, fmt.Sprintf("%-46s %3d× %7d letters    0 lost %4d twice   %d people, in %s", "killed, on the official WhatsApp", kills, messages, twice, many,
		time.Since(began).Round(time.Second)))
	began = time.Now()
	twice = w.answeredAmid(t, people, c)
	note(t, fmt.Sprintf("%-46s %3d× %7d letters    0 lost %4d twice   %d people, in %s", "answered while Meta refuses, on the official WhatsApp", 6, many, twice, many,
		time.Since(began).Round(time.Second)))
	began = time.Now()
	answers := w.unpaidAmid(t, people)
	note(t, fmt.Sprintf("%-46s %3d× %7d letters    all of them shown as not arrived   %d people, in %s", "nobody pays for the official WhatsApp", 1, answers, answers,
		time.Since(began).Round(time.Second)))
}
