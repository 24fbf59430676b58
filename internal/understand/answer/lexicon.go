package answer

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon.txt
var lexiconFile string

// Meaning is what a phrase stands for, by the name it has in lexicon.txt ("yes", "send", "later").
type Meaning string

// Meanings that code speaks of; all others only have to be the same in the question and in the answer.
const (
	Yes    Meaning = "yes"
	Good   Meaning = "good"
	No     Meaning = "no"
	Dont   Meaning = "dont"
	Later  Meaning = "later"
	Wrong  Meaning = "wrong"
	Enough Meaning = "enough"
	// Needless is "tidak usah …": what follows is not wanted. Alone it is what the menu has for going without: it cancels, or
	// skips.
	Needless Meaning = "needless"

	passing   Meaning = "passing" // a phrase that changes no answer
	nothing   Meaning = "nothing" // what a meaning is that was denied and leaves nothing
	Nowhere   Meaning = "nowhere"
	complaint Meaning = "complaint"
	doubt     Meaning = "doubt" // whoever says so answers nothing
	checked   Meaning = "checked"
	notGo     Meaning = "notgo"  // "tidak usah dilanjutkan": to begin anew, or to cancel
	oops      Meaning = "oops"   // a wrong chat, or a wrong person: a reason beside an answer
	praise    Meaning = "praise" // for the bot: it sends nothing
	bless     Meaning = "bless"
	cannot    Meaning = "cannot"
	mute      Meaning = "mute" // no news is wanted: that calls nothing off
	other     Meaning = "other"
	none      Meaning = "none"
	back      Meaning = "back"
	old       Meaning = "old"
	add       Meaning = "add"
	keep      Meaning = "keep"
	placed    Meaning = "placed" // "lokasinya benar"

	Send       Meaning = "send"
	Secret     Meaning = "secret"
	Plain      Meaning = "plain"
	Edit       Meaning = "edit"
	Cancel     Meaning = "cancel"
	Undo       Meaning = "undo"
	Skip       Meaning = "skip"
	Dunno      Meaning = "dunno"
	Anew       Meaning = "new"
	Go         Meaning = "go"
	Anonymous  Meaning = "anonim"
	Normal     Meaning = "normal"
	Delete     Meaning = "delete"
	LastPhoto  Meaning = "lastphoto"
	AllPhotos  Meaning = "allphotos"
	Place      Meaning = "place"
	Category   Meaning = "category"
	Words      Meaning = "text"
	Photos     Meaning = "photos"
	Start      Meaning = "start"
	Menu       Meaning = "menu"
	Help       Meaning = "help"
	Privacy    Meaning = "privacy"
	Language   Meaning = "language"
	Indonesian Meaning = "indonesian"
	English    Meaning = "english"
	Report     Meaning = "report"
	Status     Meaning = "status"
	Mine       Meaning = "mine"   // what is kept about me
	Forget     Meaning = "forget" // that it be deleted
	Spare      Meaning = "spare"  // that it be not deleted after all
)

// Lexicon knows what people type in place of pressing a button. It never changes after New and may be used at once from
// several goroutines.
type Lexicon struct {
	same    map[string]string             // spelling → word
	filler  map[string]bool               // words said in passing
	phrases map[string]map[string]Meaning // by first word: phrase → meaning, "" for what only begins one
	nots    map[Meaning]Meaning           // what a meaning becomes after a "not"
	raw     []rawPhrase
	near    []string               // words long enough to be known with a slip of the finger
	begin   [256][]string          // the same, by their first letter
	tells   map[string]bool        // words that tell something, wherever they stand
	knows   func(word string) bool // the same of words that only a profile knows
	memo    *memo
}

// Knowing is a lexicon that also knows which words tell something here: names of places, words of the matters. They are
// never taken for a slip of the finger, and never passed over beside an answer. Without it nothing unknown is passed over.
func (lx *Lexicon) Knowing(knows func(word string) bool) *Lexicon {
	more := *lx
	more.knows, more.memo = knows, newMemo()
	return &more
}

// Tells reports whether a word tells something: it is no mere sound around an answer.
func (lx *Lexicon) Tells(w string) bool {
	return anyDigit(w) || lx.listed(w) || lx.knows != nil && !lx.known(w) && lx.knows(w)
}

// listed is Tells for the words of lexicon.txt, with what hangs on them.
func (lx *Lexicon) listed(w string) bool {
	for _, head := range [...]string{"", "di", "ke", "ber", "ter", "me", "mem", "nge", "ng", "se"} {
		base, cut := strings.CutPrefix(w, head)
		if !cut || head != "" && len(base) < 4 {
			continue
		}
		if lx.tells[base] {
			return true
		}
		for _, end := range [...]string{"nya", "na", "ne", "an", "in", "kan", "e", "s", "keun", "lah"} {
			if bare, cut := strings.CutSuffix(base, end); cut && len(bare) >= 4 && lx.tells[bare] {
				return true
			}
		}
	}
	return false
}

// rawPhrase is a phrase as it stands in the file: its words are made one when all spellings are known.
type rawPhrase struct {
	m     Meaning
	words []string
}

// New is the lexicon, with a memory of its own for what is read by it. An error means that the product itself is broken.
func New() (*Lexicon, error) {
	lx, err := shared()
	if err != nil {
		return nil, err
	}
	own := *lx
	own.memo = newMemo()
	return &own, nil
}

// shared is read once: nothing changes it, and each government of a program needs it.
//
//nolint:gochecknoglobals // a constant that takes a while to read
var shared = sync.OnceValues(readFile)

func readFile() (*Lexicon, error) {
	lx := &Lexicon{same: map[string]string{}, filler: map[string]bool{}, phrases: map[string]map[string]Meaning{},
		nots: map[Meaning]Meaning{}, tells: map[string]bool{}}
	n := 0
	for l := range strings.Lines(lexiconFile) {
		n++
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		if err := lx.line(l); err != nil {
			return nil, fmt.Errorf("lexicon.txt:%d: %w", n, err)
		}
	}
	lx.settle()
	lx.index()
	return lx, nil
}

// Must is New for who cannot go on without it. It panics only when the product's own word lists are broken, which a test
// rules out.
func Must() *Lexicon {
	lx, err := New()
	if err != nil {
		panic(fmt.Errorf("word lists of the product: %w", err))
	}
	return lx
}

func (lx *Lexicon) line(l string) error {
	head, rest, found := strings.Cut(l, ":")
	switch {
	case strings.HasPrefix(l, "~"):
		for w := range strings.FieldsSeq(l[1:]) {
			lx.filler[w] = true
		}
		return nil
	case strings.HasPrefix(l, "!"):
		for w := range strings.FieldsSeq(l[1:]) {
			lx.tells[w] = true
		}
		return nil
	case !found:
		return fmt.Errorf("%q has no colon", l)
	case strings.HasPrefix(l, "="):
		to := strings.TrimSpace(head[1:])
		for w := range strings.FieldsSeq(rest) {
			if was, twice := lx.same[w]; twice && was != to {
				return fmt.Errorf("%q is both %q and %q", w, was, to)
			}
			lx.same[w] = to
		}
		return nil
	case strings.HasPrefix(head, "not "):
		lx.nots[Meaning(strings.TrimSpace(head[4:]))] = Meaning(strings.TrimSpace(rest))
		return nil
	}
	for p := range strings.SplitSeq(rest, "|") {
		lx.phrase(Meaning(strings.TrimSpace(head)), p)
	}
	return nil
}

// phrase takes a phrase in.
func (lx *Lexicon) phrase(m Meaning, p string) {
	if ws := strings.Fields(p); len(ws) > 0 {
		lx.raw = append(lx.raw, rawPhrase{m: m, words: ws})
	}
}

// settle makes one word of the many spellings in all phrases; the first line of two that claim a phrase has it.
func (lx *Lexicon) settle() {
	words := map[string]bool{}
	for to := range maps.Values(lx.same) {
		words[to] = true
	}
	for _, p := range lx.raw {
		for i, w := range p.words {
			bare, di := strings.CutPrefix(w, "di")
			switch to, ok := lx.same[w]; {
			case ok:
				p.words[i] = to
			case di && words[bare]:
				p.words[i] = bare
			case di && lx.same[bare] != "":
				p.words[i] = lx.same[bare]
			default:
				for _, end := range [...]string{"kan", "in", "nya"} { // what is cut off a typed word is cut off here
					if base, cut := strings.CutSuffix(w, end); cut && words[base] && !lx.filler[base] && counted(base) == 0 {
						p.words[i] = base
					}
				}
			}
		}
		of := lx.phrases[p.words[0]]
		if of == nil {
			of = map[string]Meaning{}
			lx.phrases[p.words[0]] = of
		}
		for n := 1; n < len(p.words); n++ { // what begins a phrase is known, with no meaning of its own
			if key := strings.Join(p.words[:n], " "); of[key] == "" {
				of[key] = ""
			}
		}
		if key := strings.Join(p.words, " "); of[key] == "" {
			of[key] = p.m
		}
	}
	lx.raw = nil
}

// index collects the words that are known with a slip of the finger: of four letters and more.
func (lx *Lexicon) index() {
	set := map[string]bool{}
	for w := range lx.same {
		set[w] = true
	}
	for w := range maps.Values(lx.same) {
		set[w] = true
	}
	for _, of := range lx.phrases {
		for p := range of {
			for w := range strings.FieldsSeq(p) {
				set[w] = true
			}
		}
	}
	for w := range set {
		if len(w) >= 4 {
			lx.near = append(lx.near, w)
		}
	}
	slices.Sort(lx.near)
	for _, w := range lx.near {
		lx.begin[w[0]] = append(lx.begin[w[0]], w)
	}
}

// known says whether a word stands anywhere in the lexicon.
func (lx *Lexicon) known(w string) bool {
	if lx.filler[w] || lx.same[w] != "" || lx.phrases[w] != nil {
		return true
	}
	_, found := slices.BinarySearch(lx.near, w)
	return found
}
