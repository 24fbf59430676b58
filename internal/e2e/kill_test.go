package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// talk is about how many messages the bot writes to one citizen.
const talk = 4

// Many people report at once (thoroughly, three hundred) while the program is killed again and again (fifty times). Each files exactly one report, with what
// was told, and each chat reads its answers in the order in which they were written.
func TestKilledAgainAndAgainInManyConversations(t *testing.T) { // alone: beside others each start takes seconds
	crowd, kills := length(300, 60), length(50, 12)
	w := newWorld(t, plan{own: true, forum: true})
	ctx, cancel := story(150 * time.Second)
	defer cancel()
	post := w.watchPost(ctx)

	people := make([]*citizen, crowd)
	tales := make([]tale, crowd)
	var talking sync.WaitGroup
	var failed errs
	for i := range people {
		people[i], tales[i] = w.citizen("Warga"), taleOf(i)
		talking.Go(func() { failed.add(people[i].wholeStory(ctx, tales[i], i%2 == 0)) })
	}
	done := make(chan struct{})
	go func() { defer close(done); talking.Wait() }()

	busy := w.killAgainAndAgain(ctx, post, crowd, kills, done)
	post.life()
	last := w.start()
	select {
	case <-done:
	case <-ctx.Done():
	}
	talking.Wait()
	failed.report(t)
	if t.Failed() {
		t.Logf("%d kills among talking people; the program last said:\n%s", busy, w.tail())
		return
	}
	w.quiet()
	for i, c := range people {
		w.filedOnce(c, tales[i])
	}
	w.nobodyStumbled()
	doubles := 0
	for _, c := range people {
		doubles += post.inOrder(t, w.letters(c.p.ID()), c.p.ID())
	}
	if busy < kills*3/4 {
		t.Errorf("only %d of %d kills fell among talking people", busy, kills)
	}
	t.Logf("%d kills (%d among talking people), %d messages to citizens, %d of them came twice, ready again in %s",
		kills, busy, post.count(), doubles, last.up.Round(time.Millisecond))
}

// taleOf gives the i-th citizen something to tell: every text is its own.
func taleOf(i int) tale {
	things := []string{"lampu jalan mati total sudah seminggu, gelap sekali kalau malam", "jalan berlubang besar, banyak motor jatuh",
		"sampah menumpuk tidak diangkut, baunya menyengat", "got mampet, air meluap setiap hujan"}
	t := tale{text: fmt.Sprintf("%s (uji ke-%04d)", things[i%len(things)], i),
		lat: -6.1227 + float64(i%40)*1e-5, lon: 106.1754 + float64(i/40)*1e-5}
	if i%5 == 0 {
		t.photo = picture(i)
	}
	return t
}

// wholeStory reports, and then perhaps asks how the report stands.
func (c *citizen) wholeStory(ctx context.Context, t tale, status bool) error {
	code, err := c.report(ctx, t)
	if err != nil || !status {
		return err
	}
	m, err := c.asks(ctx, "status")
	if err != nil {
		return err
	}
	if got := numberIn(m.Text); got != code {
		return fmt.Errorf("%s asks for the status of %s and is told of %q", c.name(), code, got)
	}
	return nil
}

// killAgainAndAgain lets the program live for some messages and kills it, and tells how many kills fell among people
// who were still talking.
func (w *world) killAgainAndAgain(ctx context.Context, post *post, crowd, kills int, done <-chan struct{}) (busy int) {
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range kills {
		post.life()
		c := w.start()
		left := max(0, crowd*talk-post.count())
		quota := 1 + chance.IntN(1+2*left/(kills-i))
		post.wait(ctx, quota, done)
		if i%2 == 0 { // not always right after a message: anywhere
			after(time.Duration(chance.IntN(30)) * time.Millisecond)
		}
		c.kill()
		w.gate.drain(w.t)
		select {
		case <-done:
		default:
			busy++
		}
	}
	return busy
}

// filedOnce checks that a tale became exactly one report with one card.
func (w *world) filedOnce(c *citizen, told tale) {
	w.t.Helper()
	var mine []report.Report
	for _, r := range w.reportsOf(c.p.ID()) {
		if r.Text == told.text {
			mine = append(mine, r)
		}
	}
	if len(mine) != 1 {
		w.t.Errorf("%s has %d reports of one tale", c.name(), len(mine))
		return
	}
	r := mine[0]
	if !slices.Contains(c.codes, string(r.Code)) {
		w.t.Errorf("%s was not told the number %s", c.name(), r.Code)
	}
	if r.Place.Pin == nil || *r.Place.Pin != (report.Pin{Lat: told.lat, Lon: told.lon}) {
		w.t.Errorf("%s: the place of %s is not the pin that was sent", c.name(), r.Code)
	}
	if told.photo != nil && len(r.Photos) != 1 && c.times[told.text] == 1 { // who tells it anew may leave the photo away
		w.t.Errorf("%s: %s has %d photos", c.name(), r.Code, len(r.Photos))
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE report = $1 AND purpose = 'card'`, r.ID); n != 1 {
		w.t.Errorf("%s has %d cards", r.Code, n)
	}
}

// errs collects what went wrong in several goroutines.
type errs struct {
	mu  sync.Mutex
	all []error
}

func (e *errs) add(err error) {
	if err != nil {
		e.mu.Lock()
		e.all = append(e.all, err)
		e.mu.Unlock()
	}
}

func (e *errs) report(t testing.TB) {
	t.Helper()
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, err := range e.all {
		if i == 5 {
			t.Errorf("… and %d more", len(e.all)-i)
			break
		}
		t.Error(err)
	}
}

// post writes down every message that the bot sends to a person, and in which life of the program.
type post struct {
	mu    sync.Mutex
	lives []int64 // when each began, in milliseconds
	came  map[int64][]delivery
	// doubles are what came twice, for who reads a failed test.
	doubles []string
	*tally
}

type delivery struct {
	at   int64
	text string
	menu string // the data of the first button
}

func (w *world) watchPost(ctx context.Context) *post {
	p := &post{came: map[int64][]delivery{}, tally: newTally()}
	from := w.api.Seq()
	go func() {
		for {
			events, err := w.api.Events(ctx, 0, from, 1000)
			if err != nil {
				return
			}
			from = events[len(events)-1].Seq
			p.take(events)
		}
	}()
	return p
}

func (p *post) take(events []botapi.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range events {
		if e.Kind != botapi.Sent || e.Chat < 0 || !e.Message.FromBot {
			continue
		}
		d := delivery{at: e.At, text: e.Message.Text + e.Message.Caption}
		if m := e.Message.ReplyMarkup; m != nil {
			d.menu = m.Rows[0][0].CallbackData
		}
		p.came[e.Chat] = append(p.came[e.Chat], d)
		p.add()
	}
}

// life says that the program is about to begin anew.
func (p *post) life() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lives = append(p.lives, time.Now().UnixMilli())
	p.restart()
}

func (p *post) lifeAt(at int64) int {
	n, _ := slices.BinarySearch(p.lives, at) // no program speaks in the millisecond it is started in
	return n
}

// inOrder checks that a chat's letters came first in the order in which they were written, that none is missing, and
// that one came again only in a later life than the first time. It gives how many came again. What is held, as the news of a photo
// that nobody can open is for more of the same, is passed by what is written while it is, and by nothing else.
func (p *post) inOrder(t testing.TB, letters []letter, chat int64) (again int) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	type state struct {
		letter
		life int // of the latest time it came, -1: not yet
	}
	var open, overtaken []*state
	next := 0
	passed := func(at int) bool { // those before it were held when it was written
		return !slices.ContainsFunc(open[next:at], func(s *state) bool { return !s.Hold.After(open[at].created) })
	}
	for _, l := range letters {
		switch {
		case l.state == "sent" && l.Press == "":
			open = append(open, &state{letter: l, life: -1})
		case l.state == "replaced": // it may have come all the same, before a kill
			overtaken = append(overtaken, &state{letter: l, life: -1})
		}
	}
	for _, d := range p.came[chat] {
		life := p.lifeAt(d.at)
		if i := slices.IndexFunc(open[next:], func(s *state) bool { return d.is(s.letter) }); i >= 0 && passed(next+i) {
			came := open[next+i]
			came.life = life
			open = slices.Insert(slices.Delete(open, next+i, next+i+1), next, came)
			next++
			continue
		}
		came := slices.Concat(open[:next], overtaken)
		i := slices.IndexFunc(came, func(s *state) bool { return d.is(s.letter) && s.life < life })
		if i < 0 {
			var story []string
			for _, d := range p.came[chat] {
				which := "?"
				for _, s := range open {
					if d.is(s.letter) {
						which += fmt.Sprint(s.id, s.Key)
					}
				}
				story = append(story, fmt.Sprintf("%s in life %d at %d", which, p.lifeAt(d.at), d.at))
			}
			t.Errorf("chat %d: a message came out of order, or twice without a kill in between (%d of %d letters had come): %s", chat, next, len(open),
				strings.Join(story, ", "))
			return again
		}
		if came[i].life >= 0 {
			again++
		}
		came[i].life = life
	}
	if next < len(open) {
		t.Errorf("chat %d: only %d of %d letters came", chat, next, len(open))
	}
	return again
}

// is reports whether a delivery can be this letter's, or what was left of it.
func (d delivery) is(l letter) bool {
	if l.Rest != "" && bot.Unmark(l.Rest) == d.text && d.menu == "" {
		return true
	}
	if bot.Unmark(l.Message.Text) != d.text {
		return false
	}
	if l.Message.Menu == nil {
		return d.menu == ""
	}
	return d.menu == l.Message.Menu.ID+"|"+l.Message.Menu.Choices[0].ID
}
