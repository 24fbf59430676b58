package understand

import (
	"cmp"
	"slices"
	"sync"

	"rabeg/internal/understand/answer"
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// Aim is what somebody wants with words that quote nothing, after a report was filed.
type Aim string

// The aims, by the labels of the model's fourth table. NoAim is said of what no machine has read.
const (
	NoAim       Aim = ""
	AimNews     Aim = "news"     // how far it is, when, hurry up
	AimUnfit    Aim = "unfit"    // it is not done, or broken again
	AimPart     Aim = "part"     // done in part, or badly
	AimFixed    Aim = "fixed"    // it is done
	AimThanks   Aim = "thanks"   // thanks, praise
	AimNod      Aim = "nod"      // it is taken note of
	AimGreet    Aim = "greet"    // a greeting, a test
	AimDetail   Aim = "detail"   // more facts, the answer to an office
	AimHide     Aim = "hide"     // not to be known
	AimWithdraw Aim = "withdraw" // the report is not wanted any more
	AimResume   Aim = "resume"   // it is wanted after all
	AimPlace    Aim = "place"    // the place was wrong
	AimAnger    Aim = "anger"    // scolding and nothing else
	AimHuman    Aim = "human"    // a person is to answer
	AimDispute  Aim = "dispute"  // the refusal is not taken
	AimInfo     Aim = "info"     // a question of another sort
	AimNew      Aim = "new"      // another complaint
	AimDanger   Aim = "danger"   // danger to life now
	AimOppose   Aim = "oppose"   // the plan is not taken: it is too late
	AimStray    Aim = "stray"    // it was meant for another chat
)

// Aims are the probabilities of all aims, which add up to 1, most probable first. There are none where no machine read.
type Aims []AimP

// AimP is one aim with its probability.
type AimP struct {
	Aim Aim
	P   float64
}

// First is the most probable aim, NoAim where there is none.
func (a Aims) First() (Aim, float64) {
	if len(a) == 0 {
		return NoAim, 0
	}
	return a[0].Aim, a[0].P
}

// P is the probability that one of some aims is meant.
func (a Aims) P(some ...Aim) float64 {
	sum := 0.0
	for _, x := range a {
		if slices.Contains(some, x.Aim) {
			sum += x.P
		}
	}
	return sum
}

// What an aim must have to speak against another, and that one at most.
const (
	againstFrom  = 0.8
	againstBelow = 0.02
)

// Against reports whether a text plainly is something else than an aim: what fewer words have taught about it must not outweigh that. It is
// never said of a danger, nor where one may be meant.
func (a Aims) Against(aim Aim) bool {
	first, p := a.First()
	return first != NoAim && first != AimDanger && first != aim && p >= againstFrom && a.P(aim) < againstBelow && a.P(AimDanger) < againstBelow
}

// Follower is what a Reader may be beside: it reads what is wanted with words to a report that is filed. It is pure, never waits, and
// may be used at once from several goroutines.
type Follower interface {
	// Aims reads a text; lx tells what the word lists see in it.
	Aims(lx *answer.Lexicon, text string) Aims
}

var _ Follower = (*Model)(nil)

// longestAim is from how many words on a text is a story rather than a turn of talk: the machines have learnt from none as long.
const longestAim = 70

// Aims implements Follower.
func (m *Model) Aims(lx *answer.Lexicon, text string) Aims {
	c := m.lx.Read(text)
	if len(c.Words) > longestAim {
		return nil
	}
	var out Aims
	for _, x := range m.turn(&c, lx.Cues(text), &m.turns, m.fourth) {
		out = append(out, AimP{Aim: Aim(x.label), P: x.p})
	}
	return out
}

// labelled is a label of a table with its probability.
type labelled struct {
	label string
	p     float64
}

// turn weighs a turn of talk by a table that learnt from such, likeliest first. pool lends vectors of that table's size.
func (m *Model) turn(c *words.Text, cues []string, pool *sync.Pool, t *linear.Table) []labelled {
	d, ok := pool.Get().(*linear.Scratch)
	if !ok {
		d = linear.NewScratch(len(t.IDF))
	}
	defer pool.Put(d)
	d.Begin()
	c.Turn(m.lx, cues, func(h uint32, _ int) { d.Add(h) })
	d.End(t.IDF)
	scores := make([]float32, len(t.Labels))
	t.Scores(d, scores)
	t.Softmax(scores)
	out := make([]labelled, len(scores))
	for k, p := range scores {
		out[k] = labelled{label: t.Labels[k], p: float64(p)}
	}
	slices.SortStableFunc(out, func(a, b labelled) int { return cmp.Compare(b.p, a.p) })
	return out
}

// Where what was learnt of talk is so sure of something else, and so sure that no danger is meant, what sounds like one is none: of 391
// sentences of danger that the reader sees not one is taken back (TestNoDangerIsTalkedAway).
const (
	calmFrom  = 0.55
	calmBelow = 0.03
	// What is said of work sounds more like a state that goes on: it must be surer.
	workFrom, workBelow = 0.95, 0.002
)

// Calmed is a reading without the emergency where a text plainly is something else that is said to an office: thanks, the wish for a
// person, a question. What may tell of a state that goes on keeps it.
func (r Reading) Calmed(a Aims) Reading {
	aim, p := a.First()
	from, below := calmFrom, calmBelow
	switch aim {
	case AimUnfit, AimPart, AimNews, AimOppose, AimDispute:
		from, below = workFrom, workBelow
	case AimThanks, AimFixed, AimNod, AimGreet, AimHuman, AimHide, AimWithdraw, AimInfo, AimAnger:
	default:
		return r
	}
	if p < from || a.P(AimDanger) >= below {
		return r
	}
	r.Emergency, r.Danger = false, ""
	return r
}
