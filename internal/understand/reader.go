package understand

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"sync"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

//go:embed model.bin
var embedded []byte

// Cuts of the second table's probabilities. The machines give probabilities on texts they have not learnt from; asking
// "is it an emergency?" once too often costs a tap, missing one costs more, so that cut is low.
const (
	dangerCut = 0.1  // from here the emergency number comes first, even where no rule speaks,
	quietCut  = 0.2  // or from here where no phrase of danger stands in it,
	mildCut   = 0.5  // and from here where not even a word of it does,
	vetoCut   = 0.02 // below this a phrase of danger is none,
	aptCut    = 0.4  // and below this in a text that also speaks in figures,
	tamedCut  = 0.5  // and from here where the words of danger are said of the past or with fear
	chatOver  = 0.95 // by so much the word for no report must exceed the best category's margin,
	pleaOver  = 1.3  // and by so much in a text that begs or asks twice, if it is
	pleaChat  = 0.95 // at least so certain,
	foulOver  = 1.1  // or by so much in one that tells of trouble;
	leastChat = 0.45 // and at least so certain it must be,
	askChat   = 0.7  // so certain in a text that asks,
	foulChat  = 0.9  // and so certain in one that asks twice
	matterCut = 0.0  // from this margin of a category the rules of small talk that guess do not speak
	wishCut   = 0.6  // from here it is a wish, if not rather a question,
	saidWish  = 0.1  // and from here when it says so ("usul", "saran")
	askCut    = 0.35 // from here it is a question
	// bendSlope and bendShift: see bend.
	bendSlope, bendShift = 0.6, 0.5
	// faintest is the smallest probability that Reading.All still tells.
	faintest = 1e-5
	// doubtful is what the first guess of a text that says next to nothing may have at most.
	doubtful = 0.4
	// heeded is how much what only argues has to say of the matter.
	heeded = 0.25
	// longestAlarm: nobody in danger writes more words.
	longestAlarm = 60
	// calling is the group of the phrases that call for help and name no danger; shortCry is how long a text is that only calls.
	calling, shortCry = "darurat", 5
)

// The machines of the second table, in its order.
const (
	headDanger = iota
	headChat
	headComplaint
	headWish
	headAsk
	heads
)

// Model is the Reader that stands on the trained model. It is safe for use from several goroutines.
type Model struct {
	lx         *words.Lexicon
	version    string
	categories *linear.Table
	second     *linear.Table
	third      *linear.Table // see signals.go
	fourth     *linear.Table // see aims.go
	fifth      *linear.Table // see gist.go
	known      linear.Bloom
	keyWords   map[string]bool // category code + " " + key word, for key words of one word
	names      []string        // by class: the category's name in the profile, "" where the profile has no such category
	own        *ownWords       // what the city says for itself, nil where it says nothing; see own.go
	pool       sync.Pool
	signs      sync.Pool
	turns      sync.Pool
	desks      sync.Pool
}

var _ Reader = (*Model)(nil)

// New is the Reader over the model that comes with the product, in the categories of p.
func New(p *profile.Profile) (*Model, error) {
	f, err := shared()
	if err != nil {
		return nil, fmt.Errorf("load model: %w", err)
	}
	return over(p, f)
}

// shared is read once: nothing changes it, and each government of a program needs it.
//
//nolint:gochecknoglobals // a constant that takes a while to read
var shared = sync.OnceValues(func() (*linear.File, error) { return linear.Unmarshal(embedded) })

// Words are the spellings of everyday words that the Reader stands on.
func (m *Model) Words() *words.Lexicon { return m.lx }

// Load is New with another model file, as the train command writes them. Errors wrap linear.ErrFile.
func Load(p *profile.Profile, file []byte) (*Model, error) {
	f, err := linear.Unmarshal(file)
	if err != nil {
		return nil, fmt.Errorf("load model: %w", err)
	}
	return over(p, f)
}

// over is the Reader over a model, in the categories of p.
func over(p *profile.Profile, f *linear.File) (*Model, error) {
	lx, err := words.New()
	if err != nil {
		return nil, fmt.Errorf("load word lists: %w", err)
	}
	if len(f.Tables) != 5 || len(f.Tables[1].Labels) != heads || len(f.Tables[2].Labels) != signals {
		return nil, fmt.Errorf("load model %s: %w: it does not hold the five tables", f.Version, linear.ErrFile)
	}
	m := &Model{lx: lx, version: f.Version, categories: f.Tables[0], second: f.Tables[1], third: f.Tables[2], fourth: f.Tables[3], fifth: f.Tables[4], known: f.Known}
	m.names = make([]string, len(m.categories.Labels))
	for _, c := range p.Categories {
		if k := slices.Index(m.categories.Labels, c.Code); k >= 0 && !c.Hidden {
			m.names[k] = c.Name
		}
	}
	m.keyWords = keyWords(lx, p)
	m.own = newOwnWords(p, m.categories.Labels)
	m.pool.New = func() any { return m.newDesk() }
	m.signs.New = func() any { return linear.NewScratch(len(m.third.IDF)) }
	m.turns.New = func() any { return linear.NewScratch(len(m.fourth.IDF)) }
	m.desks.New = func() any { return linear.NewScratch(len(m.fifth.IDF)) }
	return m, nil
}

// Version names the training that the model comes from.
func (m *Model) Version() string { return m.version }

// scratch is the working memory of one reading.
type scratch struct {
	matter, whole *linear.Scratch
	scores        []float32
	margin        float32 // the highest of scores, nothing when no word of the text is known
	heads         [heads]float32
	own           said // what the city's own words say
}

// nothing is the margin of a text that speaks for no category.
const nothing = -1

func (m *Model) newDesk() *scratch {
	return &scratch{
		matter: linear.NewScratch(len(m.categories.IDF)), whole: linear.NewScratch(len(m.second.IDF)),
		scores: make([]float32, len(m.categories.Labels)),
	}
}

// readMatter reads everything but the signals.
func (m *Model) readMatter(c words.Text) Reading {
	d, ok := m.pool.Get().(*scratch)
	if !ok {
		d = m.newDesk()
	}
	defer m.pool.Put(d)

	d.whole.Begin()
	c.All(m.lx, func(h uint32, _ int) { d.whole.Add(h) })
	d.whole.End(m.second.IDF)
	m.second.Scores(d.whole, d.heads[:])
	m.weigh(&c, d)
	d.own = m.own.read(&c)
	if d.own.strange {
		d.margin = max(d.margin, matterCut)
	}

	lang := m.lx.Lang(&c)
	out := Reading{Kind: m.kind(&c, d), Places: words.Places(&c), Lang: lang, Unheard: m.lx.Unheard(&c)}
	danger := m.second.Sigmoid(headDanger, d.heads[headDanger])
	if group, by, ok := m.lx.Emergency(&c); ok && danger >= m.phraseFrom(&c, group) {
		out.Emergency = true
		out.Why = append(out.Why, fmt.Sprintf("kata '%s' → mungkin darurat (%s)", by, group))
	} else if small, ok := m.lx.SmallTalk(&c); ok && !m.tells(small, d) {
		return Reading{Kind: report.Complaint, NoReport: true, Small: small, Lang: lang}
	} else if danger >= m.dangerFrom(&c) {
		out.Emergency = true
		out.Why = append(out.Why, fmt.Sprintf("kalimatnya mirip keadaan darurat (%.0f%%)", 100*danger))
	}
	if !out.Emergency {
		if small, ok := m.smallTalk(&c, d); ok {
			return Reading{Kind: report.Complaint, NoReport: true, Small: small, Lang: lang}
		}
	}
	if !m.lx.Urging(&c) {
		m.categorise(&c, d, &out)
	}
	return out
}

// weigh works out the margins of the categories.
func (m *Model) weigh(c *words.Text, d *scratch) {
	d.margin = nothing
	d.matter.Begin()
	c.Features(func(h uint32, _ int) { d.matter.Add(h) })
	d.matter.End(m.categories.IDF)
	if len(d.matter.Index) == 0 {
		return
	}
	m.categories.Scores(d.matter, d.scores)
	if c.Argued {
		m.heed(c, d)
	}
	for k, s := range d.scores {
		if m.names[k] != "" {
			d.margin = max(d.margin, s)
		}
	}
}

// heed lets what only argues have a small say, so that its matter stays among those that are offered.
func (m *Model) heed(c *words.Text, d *scratch) {
	other, whole := make([]float32, len(d.scores)), linear.NewScratch(len(m.categories.IDF))
	whole.Begin()
	c.WithArguments(func(h uint32, _ int) { whole.Add(h) })
	whole.End(m.categories.IDF)
	m.categories.Scores(whole, other)
	for k := range d.scores {
		d.scores[k] += heeded * (other[k] - d.scores[k])
	}
}

// categorise fills the guesses and what decided them.
func (m *Model) categorise(c *words.Text, d *scratch, out *Reading) {
	if len(d.matter.Index) > 0 {
		m.categories.Softmax(d.scores)
		for k, p := range d.scores {
			if m.names[k] != "" && p >= faintest {
				out.All = append(out.All, report.Guess{Category: m.categories.Labels[k], P: float64(p)})
			}
		}
		sortGuesses(out.All)
	}
	m.own.add(d.own, out)
	if len(out.All) == 0 {
		return
	}
	if name, by := m.because(c, d, out.All[0].Category); len(by) > 0 {
		out.Why = append(out.Why, fmt.Sprintf("kata %s → %s", quoted(by), name))
	}
	out.Guesses = slices.Clone(out.All[:min(3, len(out.All))])
	bend(len(out.Guesses), func(i int) *float64 { return &out.Guesses[i].P })
	if m.empty(c, out.All[0].Category) {
		doubt(out.Guesses)
		doubt(out.All)
	}
}

// bend mends probabilities that are sorted, best first: the softmax is too sure of itself at the top and too timid below.
// The first is moved on the scale of log odds, the others share what is left; the order stays.
func bend(n int, p func(i int) *float64) {
	if n == 0 {
		return
	}
	first := min(max(*p(0), 1e-6), 1-1e-6)
	mended := bent(first)
	*p(0) = mended
	for i := 1; i < n; i++ {
		*p(i) = min(*p(i)*(1-mended)/(1-first), mended)
	}
}

// bent is a first probability, mended.
func bent(first float64) float64 {
	first = min(max(first, 1e-6), 1-1e-6)
	return 1 / (1 + math.Exp(-bendSlope*math.Log(first/(1-first))-bendShift))
}

// keyWords are the key words of one word, by category.
func keyWords(lx *words.Lexicon, p *profile.Profile) map[string]bool {
	out := map[string]bool{}
	for _, cat := range p.Categories {
		for _, k := range cat.Keywords {
			t := lx.Read(k)
			if len(t.Words) == 1 {
				out[cat.Code+" "+t.Words[0].Form] = true
			}
		}
	}
	return out
}

// empty says whether a text has at most one word that could name a matter, and that is no key word of the category:
// "rusak" alone may be anything, however sure the weights are.
func (m *Model) empty(c *words.Text, category string) bool {
	n := 0
	for i := range c.Words {
		w := &c.Words[i]
		if w.Weak || w.Number || m.lx.Filler(w) {
			continue
		}
		if n++; n > 1 || m.keyWords[category+" "+w.Form] {
			return false
		}
	}
	return true
}

// doubt brings the first guess below what is said for certain; the others shrink with it.
func doubt(gs []report.Guess) {
	if gs[0].P <= doubtful {
		return
	}
	shrink := doubtful / gs[0].P
	for i := range gs {
		gs[i].P *= shrink
	}
}

// because names a category and the words that decided for it: the city's own words where they speak for it, else the model's.
func (m *Model) because(c *words.Text, d *scratch, category string) (name string, by []string) {
	if name, by = m.own.because(d.own, category); len(by) > 0 {
		return name, by
	}
	class := slices.Index(m.categories.Labels, category)
	if class < 0 {
		return "", nil
	}
	return m.names[class], m.decided(c, class)
}

func sortGuesses(gs []report.Guess) {
	slices.SortFunc(gs, func(a, b report.Guess) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		case a.Category < b.Category:
			return -1
		}
		return 1
	})
}

// decided returns the words that spoke most for a class, strongest first, at most three.
func (m *Model) decided(c *words.Text, class int) []string {
	type share struct {
		form string
		v    float32
	}
	var best [3]share
	at, sum := -1, float32(0)
	settle := func() {
		if at < 0 || sum <= 0 {
			return
		}
		s := share{c.Words[at].Form, sum}
		for i := range best {
			if best[i].form == s.form {
				return
			}
			if s.v > best[i].v {
				best[i], s = s, best[i]
			}
		}
	}
	c.Features(func(h uint32, i int) {
		if i != at {
			settle()
			at, sum = i, 0
		}
		sum += m.categories.Weight(h, class)
	})
	settle()
	var out []string
	for _, b := range best {
		if b.v > 0 && b.v >= best[0].v/4 {
			out = append(out, b.form)
		}
	}
	return out
}
