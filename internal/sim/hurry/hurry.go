// Package hurry plays people in a hurry on a local Telegram: they answer without thinking, tap twice, tap old keyboards,
// send the same words again when the answer is slow, and go on until they have their number.
package hurry

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"sync"
	"time"

	"rabeg/internal/sim/botapi"
)

// Options say who hurries how.
type Options struct {
	API *botapi.Server
	// People is how many report at once; the first has the id First.
	People int
	First  int64
	// Patience is how long somebody waits for an answer before he or she taps or writes again, at least; twice as long at most.
	Patience time.Duration
	// Refused reports whether a text only says that what was done does not count.
	Refused func(text string) bool
}

// Result is what came of it.
type Result struct {
	// Numbers is how many people got the number of their report; Codes are those numbers.
	Numbers int
	Codes   []string
	// Done is how many things they did: messages and taps.
	Done int
	// Replies is how many messages they got; Refusals are those that only said no, Repeats those that said what was said
	// before, word by word and button by button. Notices are shown for a moment over the chat.
	Replies, Refusals, Repeats, Notices int
	// Slowest is how long the last of them waited for the number.
	Slowest time.Duration
}

// Refusing is the share of replies that are refusals, 0 to 1.
func (r Result) Refusing() float64 { return share(r.Refusals, r.Replies) }

// Repeating is the share of replies that are repeats, 0 to 1.
func (r Result) Repeating() float64 { return share(r.Repeats, r.Replies) }

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// Run lets everybody report at once, until all have their number or ctx is done. Who has none by then is no error.
func Run(ctx context.Context, o Options) (Result, error) {
	var mu sync.Mutex
	var sum Result
	var all sync.WaitGroup
	var failed error
	for i := range o.People {
		all.Go(func() {
			p := &person{Options: o, p: o.API.Person(o.First+int64(i), "Warga"), seen: map[string]bool{},
				chance: rand.New(rand.NewPCG(uint64(i), 7)), tale: taleOf(i)}
			err := p.report(ctx)
			mu.Lock()
			defer mu.Unlock()
			sum.add(p.result)
			if err != nil && ctx.Err() == nil {
				failed = errors.Join(failed, fmt.Errorf("person %d: %w", o.First+int64(i), err))
			}
		})
	}
	all.Wait()
	return sum, failed
}

func (r *Result) add(q Result) {
	r.Numbers += q.Numbers
	r.Codes = append(r.Codes, q.Codes...)
	r.Done += q.Done
	r.Replies += q.Replies
	r.Refusals += q.Refusals
	r.Repeats += q.Repeats
	r.Notices += q.Notices
	r.Slowest = max(r.Slowest, q.Slowest)
}

// tale is what somebody has to tell.
type tale struct {
	text, more string
	lat, lon   float64
}

// taleOf gives the i-th person a tale: with and without a place in it, clear and less clear.
func taleOf(i int) tale {
	texts := []string{"lampu pju mati dari kemarin, jalan gelap sekali", "sampah menumpuk tidak diangkut di kel Cipare",
		"jalan berlubang besar, sudah lama tidak diperbaiki", "lampu gelap dan jalan rusak", "got mampet, air meluap setiap hujan"}
	more := []string{"tolong segera ya pak", "sudah seminggu begini", "warga sudah resah sekali"}
	return tale{text: texts[i%len(texts)], more: more[i%len(more)], lat: -6.1227 + float64(i%40)*1e-5, lon: 106.1754 + float64(i/40%40)*1e-5}
}

// person is one of them.
type person struct {
	Options
	tale
	p      *botapi.Person
	chance *rand.Rand
	seq    int64
	menus  []botapi.Seen // messages with buttons, oldest first
	seen   map[string]bool
	wrote  bool // more was written after the card
	sent   bool // the card was tapped
	result Result
}

var numbers = regexp.MustCompile(`\b[A-Z]{3}-[0-9A-Z]{5}-[0-9A-Z]\b`)

// report tells the tale and goes on until the number comes.
func (p *person) report(ctx context.Context) error {
	began := time.Now()
	if err := p.write(p.text); err != nil {
		return err
	}
	if p.often(50) {
		if err := p.write(p.text); err != nil {
			return err
		}
	}
	for p.result.Numbers == 0 {
		wait := p.Patience + time.Duration(p.chance.Int64N(int64(p.Patience)+1))
		bounded, cancel := context.WithTimeout(ctx, wait)
		events, err := p.API.Events(bounded, p.p.ID(), p.seq, 100)
		late := bounded.Err() != nil
		cancel()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil:
			err = p.read(events)
		case late:
			err = p.nag()
		}
		if err != nil {
			return err
		}
	}
	p.result.Slowest = time.Since(began)
	return nil
}

func (p *person) often(percent int) bool { return p.chance.IntN(100) < percent }

// read answers what came: each message at once, as if it were the only one.
func (p *person) read(events []botapi.Event) error {
	for _, e := range events {
		p.seq = e.Seq
		switch {
		case e.Kind == botapi.Answered && e.Text != "":
			p.result.Notices++
		case e.Kind == botapi.Sent && e.Message.FromBot:
			p.count(*e.Message)
			if err := p.react(*e.Message); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *person) count(m botapi.Seen) {
	p.result.Replies++
	if p.Refused != nil && p.Refused(m.Text) {
		p.result.Refusals++
	}
	key := m.Text + "\x00" + fmt.Sprint(buttons(m))
	if p.seen[key] {
		p.result.Repeats++
	}
	p.seen[key] = true
	if len(buttons(m)) > 0 {
		p.menus = append(p.menus, m)
	}
}

// notThis is pressed where a neighbour's report is shown: hurried people want their own.
const notThis = "Bukan yang ini"

func buttons(m botapi.Seen) (labels []string) {
	if m.ReplyMarkup == nil {
		return nil
	}
	for _, row := range m.ReplyMarkup.Rows {
		for _, k := range row {
			labels = append(labels, k.Text)
		}
	}
	return labels
}

// react answers a message without thinking.
func (p *person) react(m botapi.Seen) error {
	all := buttons(m)
	switch {
	case len(all) == 0 && p.sent && numbers.MatchString(m.Text):
		p.result.Numbers++
		p.result.Codes = append(p.result.Codes, numbers.FindString(m.Text))
		return nil
	case slices.Contains(all, "Kirim"):
		if !p.wrote && p.often(20) { // remembers one thing more, and sends what is there all the same
			p.wrote = true
			if err := p.write(p.more); err != nil {
				return err
			}
		}
		p.sent = true
		return p.tap(m, "Kirim")
	case slices.Contains(all, notThis):
		return p.tap(m, notThis)
	case wantsPlace(m, all):
		if _, err := p.p.Location(p.lat, p.lon); err != nil {
			return err
		}
		p.result.Done++
		return nil
	case len(all) > 0:
		return p.tap(m, all[0])
	}
	return nil
}

func wantsPlace(m botapi.Seen, all []string) bool {
	if slices.Contains(all, "Tidak terkait tempat") {
		return true
	}
	if m.Keyboard == nil {
		return false
	}
	for _, row := range m.Keyboard.Rows {
		for _, k := range row {
			if k.RequestLocation {
				return true
			}
		}
	}
	return false
}

// tap taps a button, mostly twice, and now and then an older one with it.
func (p *person) tap(m botapi.Seen, label string) error {
	times := 1
	if p.often(60) {
		times = 2
	}
	for range times {
		if err := p.press(m, label); err != nil {
			return err
		}
	}
	if len(p.menus) > 1 && p.often(15) {
		old := p.menus[p.chance.IntN(len(p.menus)-1)]
		return p.press(old, buttons(old)[0])
	}
	return nil
}

func (p *person) press(m botapi.Seen, label string) error {
	p.result.Done++
	_, err := p.p.Press(m.MessageID, label)
	return err
}

func (p *person) write(text string) error {
	p.result.Done++
	_, err := p.p.Text(text)
	return err
}

// nag does something again because nothing came.
func (p *person) nag() error {
	if n := len(p.menus); n > 0 && p.often(70) {
		m := p.menus[n-1]
		label := buttons(m)[0]
		switch {
		case slices.Contains(buttons(m), notThis):
			label = notThis
		case slices.Contains(buttons(m), "Kirim"):
			label = "Kirim"
		}
		return p.press(m, label)
	}
	if p.sent { // waits for the number
		return nil
	}
	return p.write(p.text)
}
