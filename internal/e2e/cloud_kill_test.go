package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/sim/cloudapi"
)

// Many people report at once while the program is killed again and again, Meta's calls overtake each other and come twice, and its
// statuses come backwards. Each files exactly one report. What was on its way in a kill may come twice, for this network knows no
// second copy: it is counted, and never more than one for each kill.
func TestKilledInConversationsOnTheOfficialWhatsApp(t *testing.T) { // alone: beside others each start takes seconds
	const many, kills = 40, 20
	w := newWorld(t, plan{cloud: true, own: true})
	w.meta.Switch(cloudapi.Switches{Disorder: true, Doubles: true, StatusBackwards: true})
	people, twice := w.killedAmong(t, many, kills, 150*time.Second)
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

// killedAmong lets many people report while the program is killed; it gives them, with a program that serves them, and how many messages
// they got twice.
func (w *world) killedAmong(t *testing.T, many, kills int, most time.Duration) (people []*resident, twice int) {
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
	w.serves()
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
		return people, 0
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
	return people, twice
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

// What Meta does to officers' answers in the long form, by the place of a person among the others.
const (
	deadToken  = iota // the token is dead for a minute
	pausedWord        // the person is silent, and the first invitation is paused
	shutWindow        // the window closes between the commit and the sending, and Meta says so later
	unpaid            // there is no means of payment: messages are taken and not delivered
	ways
)

// Two hundred people, with and without a number, report under thirty kills; then all are answered while the token is dead for a minute,
// the invitation is paused, windows close on the way, and payment is missing. Nothing is lost, what came twice is counted, and of every
// answer it is known whether it arrived. `make faults` plays it.
func TestFaultsOnTheOfficialWhatsApp(t *testing.T) {
	if !long() {
		t.Skip("in make faults")
	}
	const many, kills = 200, 30
	w := newWorld(t, plan{cloud: true, own: true})
	w.meta.Switch(cloudapi.Switches{Disorder: true, Doubles: true, StatusBackwards: true})
	people, twice := w.killedAmong(t, many, kills, 20*time.Minute)
	if t.Failed() {
		return
	}
	for i, r := range people {
		w.residedOnce(r, taleOf(i))
	}
	began := time.Now()
	answers := make([]string, many)
	past := make([]int, many)
	says := func(way int) {
		for i := way; i < many; i += ways {
			answers[i] = fmt.Sprintf("Regu kami berangkat sore ini, urusan ke-%d-", i)
			w.ears.keepPrivate("the operator", answers[i])
			past[i] = len(people[i].p.Shown())
			if way == pausedWord {
				people[i].p.Silent()
			}
			if _, err := w.head.In(w.desk.ID()).Text(people[i].codes[0] + " " + answers[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.deadMinute(t, func() { says(deadToken) })
	w.meta.Decide("kabar_laporan", "PAUSED")
	says(pausedWord)
	w.meta.WindowLate(true)
	says(shutWindow)
	for i := shutWindow; i < many; i += ways {
		people[i].p.Silent()
	}
	w.departed(t, answers, pausedWord, shutWindow)
	w.meta.Unpaid(true)
	says(unpaid)
	w.departed(t, answers, unpaid)
	w.meta.Unpaid(false)

	lost, doubled, invited := 0, 0, 0
	for i, r := range people {
		n, asked := r.reads(t, past[i], answers[i], i%ways == unpaid)
		invited += asked
		doubled += max(0, n-1)
		state := w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND state = 'sent' AND seen = '' AND strpos(doc::text, $1) > 0`, answers[i])
		if n == 0 && (i%ways != unpaid || state != 1) { // of what was not paid for the card never says that it arrived
			lost++
			t.Logf("resident %d (%d) did not get the answer", i, i%ways)
		}
	}
	if lost > 0 || invited == 0 {
		t.Errorf("%d answers are lost; %d people were invited", lost, invited)
	}
	w.nobodyStumbled()
	note(t, fmt.Sprintf("%-46s %3d× %7d letters %4d lost %4d twice   %d invited, answered by all after %s", "the official WhatsApp, killed and refused", kills, many,
		lost, twice+doubled, invited, time.Since(began).Round(time.Second)))
}

// deadMinute lets something happen while Meta takes no token for a minute.
func (w *world) deadMinute(t *testing.T, during func()) {
	t.Helper()
	w.meta.KillToken(true)
	during()
	after(time.Minute)
	w.meta.KillToken(false)
}

// departed waits until nothing of the answers to some people waits to be sent any more: it is sent, or waits for the person.
func (w *world) departed(t *testing.T, answers []string, groups ...int) {
	t.Helper()
	for _, way := range groups {
		for i := way; i < len(answers); i += ways {
			eventually(t, "an answer to be on its way", func(context.Context) bool {
				return w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND state IN ('sent', 'cold') AND strpos(doc::text, $1) > 0`, answers[i]) == 1
			})
		}
	}
}

// reads waits for an officer's answer, pressing the invitation where one comes; it gives how often the answer came, and how often the
// person was invited. Of what is not paid for nothing is waited for.
func (r *resident) reads(t *testing.T, past int, answer string, unpaid bool) (came, invited int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	pressed := false
	count := func(all []cloudapi.Shown) bool {
		came, invited = 0, 0
		for _, m := range all[min(past, len(all)):] {
			if strings.Contains(asShown(m.Text), answer) {
				came++
			}
			if m.Template != "" {
				invited++
			}
		}
		return came > 0 || invited > 0 && !pressed
	}
	for {
		all := r.p.Shown()
		if count(all); came > 0 || unpaid {
			return came, invited
		}
		if _, err := r.p.Wait(ctx, count); err != nil {
			return came, invited
		}
		if came > 0 {
			continue
		}
		pressed = true
		for _, m := range r.p.Shown()[past:] {
			if m.Template != "" {
				if err := r.p.Press(m.ID, 0); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
	}
}
