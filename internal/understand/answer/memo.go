package answer

import (
	"hash/maphash"
	"sync/atomic"
)

// memo keeps what was read last, of texts and of their words: the machine, its flows and the desk ask about one message in turn, each
// for something else. What it holds is never changed.
type memo struct {
	seed    maphash.Seed
	words   kept[[]token]
	tokens  kept[tokens]
	said    kept[Said]
	changes kept[changes]
	after   kept[After]
	judges  kept[judges]
	asked   kept[Topic]
	wonders kept[Fact]
	options kept[option]
}

// tokens, changes and judges are what the methods of these names give.
type tokens struct {
	ts   []token
	asks bool
}

type changes struct {
	change Change
	ok     bool
}

type judges struct {
	judged Judgement
	sure   bool
}

// How many texts, words and choices are kept. A message has fewer words than that, and is asked about at once or after a question to the
// database; meanwhile others are read. The choices of a menu are the same for everybody.
const (
	keptTexts   = 256
	keptWords   = 1024
	keptChoices = 64
)

func newMemo() *memo {
	return &memo{seed: maphash.MakeSeed(), words: make(kept[[]token], keptWords), tokens: make(kept[tokens], keptTexts), said: make(kept[Said], keptTexts),
		changes: make(kept[changes], keptTexts), after: make(kept[After], keptTexts), judges: make(kept[judges], keptTexts),
		asked: make(kept[Topic], keptTexts), wonders: make(kept[Fact], keptTexts), options: make(kept[option], keptChoices)}
}

// kept are values by the texts they were read from; of two that meet in one place the newer stays.
type kept[V any] []atomic.Pointer[read[V]]

type read[V any] struct {
	text  string
	value V
}

// of gives what was read of a text before, or reads it.
func (k kept[V]) of(m *memo, text string, fresh func(text string) V) V {
	at := &k[maphash.String(m.seed, text)%uint64(len(k))]
	if was := at.Load(); was != nil && was.text == text {
		return was.value
	}
	value := fresh(text)
	at.Store(&read[V]{text: text, value: value})
	return value
}
