package phones

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// diary is what happened, in words: faults, turns of the clock, and what came of them.
type diary struct {
	s   *Server
	all sync.WaitGroup

	mu     sync.Mutex
	lines  []happening
	counts map[Words]int // of what the bot sent since the last line that waits for its outcome, by chat
	epoch  int           // counts the lines that wait
	last   time.Time     // when the bot sent something last
}

// happening is one line of the diary.
type happening struct {
	N    int
	At   time.Time
	Text Words
}

// diaryMost is how many lines the page shows.
const diaryMost = 40

func newDiary(s *Server) *diary { return &diary{s: s, counts: map[Words]int{}} }

func (d *diary) wait() { d.all.Wait() }

// add writes a line.
func (d *diary) add(text Words) {
	d.mu.Lock()
	n := 1
	if len(d.lines) > 0 {
		n = d.lines[len(d.lines)-1].N + 1
	}
	d.lines = append(d.lines, happening{N: n, At: d.s.Clock.Now(), Text: text})
	if len(d.lines) > diaryMost {
		d.lines = slices.Delete(d.lines, 0, len(d.lines)-diaryMost)
	}
	d.mu.Unlock()
	d.s.bump()
}

// sent counts a message of the bot to a chat.
func (d *diary) sent(chat Words) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.counts[chat]++
	d.last = time.Now()
}

// The outcome of a line is told once the bot has been quiet for a while, and not much later in any case.
const (
	outcomeFirst = 4 * time.Second
	outcomeQuiet = 2 * time.Second
	outcomeMost  = 15 * time.Second
)

// outcome writes, a little later, what the bot has sent since.
func (d *diary) outcome() {
	d.mu.Lock()
	d.epoch++
	epoch := d.epoch
	clear(d.counts)
	d.mu.Unlock()
	began := time.Now()
	done := d.s.wa.ctx.Done()
	d.all.Go(func() {
		for tick := time.NewTicker(outcomeQuiet / 4); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
			}
			d.mu.Lock()
			over := d.epoch != epoch
			quiet := time.Since(began) > outcomeFirst && time.Since(d.last) > outcomeQuiet || time.Since(began) > outcomeMost
			counts := maps.Clone(d.counts)
			d.mu.Unlock()
			if over || quiet {
				tick.Stop()
				if quiet && !over {
					d.add(summary(counts))
				}
				return
			}
		}
	})
}

// summary says what the bot sent to whom.
func summary(counts map[Words]int) Words {
	if len(counts) == 0 {
		return Words{"Sesudah itu bot tidak mengirim apa-apa.", "After that the bot sent nothing."}
	}
	var id, en []string
	for chat, n := range counts {
		id, en = append(id, fmt.Sprintf("%d ke %s", n, chat.ID)), append(en, fmt.Sprintf("%d to %s", n, chat.EN))
	}
	slices.Sort(id)
	slices.Sort(en)
	return Words{"Sesudah itu bot mengirim pesan: " + strings.Join(id, ", ") + ".", "After that the bot sent messages: " + strings.Join(en, ", ") + "."}
}

// shown are the lines, newest first.
func (d *diary) shown() []happening {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := slices.Clone(d.lines)
	slices.Reverse(out)
	return out
}

// codes are the numbers of reports that were said anywhere, newest first.
type codes struct {
	shape *regexp.Regexp
	mu    sync.Mutex
	all   []string
}

// codesMost is how many reports the page offers to look at.
const codesMost = 30

func newCodes(prefix string) *codes {
	return &codes{shape: regexp.MustCompile(regexp.QuoteMeta(prefix) + `-[0-9A-Z]{4,5}-[0-9A-Z]`)}
}

func (c *codes) note(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, code := range c.shape.FindAllString(text, -1) {
		if !slices.Contains(c.all, code) {
			c.all = slices.Insert(c.all, 0, code)
			c.all = c.all[:min(len(c.all), codesMost)]
		}
	}
}

func (c *codes) list() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all)
}

// tour is the guided tour, and how far it has come.
type tour struct {
	s     *Server
	mu    sync.Mutex
	steps []Step
	at    int
	busy  bool
	why   string // the last step did not come through
}

// tourView is the tour as the page shows it.
type tourView struct {
	N, Of       int
	Title, Tell Words
	Busy, Done  bool
	Why         string
	Look        Look
}

func (t *tour) shown() tourView {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begin()
	v := tourView{N: t.at + 1, Of: len(t.steps), Busy: t.busy, Why: t.why, Done: t.at >= len(t.steps)}
	if !v.Done {
		v.Title, v.Tell, v.Look = t.steps[t.at].Title, t.steps[t.at].Tell, t.steps[t.at].Look
	}
	return v
}

// begin makes the steps when they are first wanted. The lock is held.
func (t *tour) begin() {
	if t.steps == nil {
		ani := t.s.cast.find(onTelegram, Ani)
		t.steps = t.s.Tour(ani.id, t.s.wa.of(t.s.cast.find(onWhatsApp, Budi)))
	}
}

// notices are the last ones over each chat.
type notices struct {
	mu sync.Mutex
	by map[int64]notice
}

type notice struct {
	text string
	at   time.Time
}

// noticeFor is how long a notice stands over a chat.
const noticeFor = 6 * time.Second

func (n *notices) put(chat int64, text string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.by[chat] = notice{text, time.Now()}
}

// over is what stands over a chat now.
func (n *notices) over(chat int64) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if last := n.by[chat]; time.Since(last.at) < noticeFor {
		return last.text
	}
	return ""
}
