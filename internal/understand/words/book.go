package words

import (
	"fmt"
	"strings"
)

// book holds the phrases that mean something beyond the matter: danger, harm, misconduct, the wish for a person. They
// stand in text files, see readBook. It never changes after newBook.
type book struct {
	entries map[string]*entry
	classes map[string]int      // by what stands in the file
	within  [][]*entry          // by class
	members map[string][]string // by class name ("@staff")
	targets *targets            // the words whose misspellings are mended
}

// entry is what a word may be in the phrases.
type entry struct {
	form  string
	in    []uint64 // the classes it stands in
	first []*sign  // the phrases that it may begin
}

func (e *entry) is(class int) bool {
	return e != nil && class/64 < len(e.in) && e.in[class/64]&(1<<(class%64)) != 0
}

// sign is one phrase.
type sign struct {
	group string
	parts []part
	// weak: the phrase alone is not enough. firm: words of the past do not take it back.
	// due: fear and what is not yet do not take it back either.
	weak, firm, due bool
	danger          bool // one of the dangers of emergency.txt
}

// part is one word of a phrase: any of a class, with at most gap other words before it.
type part struct{ class, gap int }

// mark is a phrase that stands in a text.
type mark struct {
	*sign
	first, last int
}

// The gaps between two words of a phrase.
const (
	next     = 0
	near     = 2
	wide     = 8
	far      = 20
	maxMarks = 32 // nobody says more, and a text made to match must cost little
)

// newBook reads the files of phrases:
//
//	@name: words            a class of words, which may go on in more lines
//	=word: spellings        what is read as another word
//	group flags; phrases    phrases, parted by commas; flags are "weak", "firm" and "due"
//
// A phrase's words stand in this order with at most two words between; "+word" follows directly, "..word" within eight
// words, "...word" within twenty. "a|b" is either word, "@name" any of a class. Words are brought to their standard form by slang.txt.
func newBook(lx *Lexicon) (*book, error) {
	b := &book{entries: map[string]*entry{}, classes: map[string]int{}, members: map[string][]string{}}
	for pass := range 2 {
		for _, file := range [...]string{"common.txt", "emergency.txt", "harm.txt", "misconduct.txt", "human.txt", "argued.txt"} {
			err := lines(file, func(l string) error {
				name, words, _ := strings.Cut(l, ":")
				switch isList := l[0] == '@' || l[0] == '='; {
				case isList && pass == 0:
					b.members[name] = append(b.members[name], strings.Fields(words)...)
				case !isList && pass == 1:
					return b.addGroup(lx, l, file == "emergency.txt")
				}
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
	}
	for name := range b.members {
		if name[0] == '@' {
			if _, err := b.class(lx, name); err != nil {
				return nil, err
			}
		}
	}
	for name, words := range b.members {
		if std, ok := strings.CutPrefix(name, "="); ok {
			b.alias(std, words)
		}
	}
	b.possess()
	var err error
	b.targets, err = newTargets(lx, b)
	return b, err
}

// addGroup reads "group flags; phrase, phrase".
func (b *book) addGroup(lx *Lexicon, line string, danger bool) error {
	head, phrases, ok := strings.Cut(line, ";")
	names := strings.Fields(head)
	if !ok || len(names) == 0 {
		return fmt.Errorf("%q is not \"group; phrases\"", line)
	}
	proto := sign{group: names[0], danger: danger && names[0] != "figure" && names[0] != "over" && names[0] != "lucky" && names[0] != "gone"}
	for _, flag := range names[1:] {
		switch flag {
		case "weak":
			proto.weak = true
		case "firm":
			proto.firm = true
		case "due":
			proto.due = true
		default:
			return fmt.Errorf("%q is no flag", flag)
		}
	}
	for p := range strings.SplitSeq(phrases, ",") {
		s := proto
		for w := range strings.FieldsSeq(p) {
			gap := near
			if bare, ok := strings.CutPrefix(w, "+"); ok {
				w, gap = bare, next
				if danger {
					gap = next + 1 // in haste a word slips in
				}
			} else if bare, ok := strings.CutPrefix(w, "..."); ok {
				w, gap = bare, far
			} else if bare, ok := strings.CutPrefix(w, ".."); ok {
				w, gap = bare, wide
			}
			k, err := b.class(lx, w)
			if err != nil {
				return err
			}
			s.parts = append(s.parts, part{class: k, gap: gap})
		}
		if len(s.parts) == 0 {
			return fmt.Errorf("%q: a phrase without words", line)
		}
		for _, e := range b.within[s.parts[0].class] {
			e.first = append(e.first, &s)
		}
	}
	return nil
}

// possess lets "airnya" be whatever "air" is, where the phrases name both.
func (b *book) possess() {
	for form, e := range b.entries {
		bare, ok := strings.CutSuffix(form, "nya")
		of := b.entries[bare]
		if !ok || of == nil || of == e {
			continue
		}
		for len(e.in) < len(of.in) {
			e.in = append(e.in, 0)
		}
		for k, bits := range of.in {
			e.in[k] |= bits
		}
		e.first = append(e.first, of.first...)
	}
}

// alias makes spellings mean another word, but for those that the phrases name themselves.
func (b *book) alias(std string, spellings []string) {
	for _, w := range spellings {
		if b.entries[w] == nil && b.entries[std] != nil {
			b.entries[w] = b.entries[std]
		}
	}
}

// class is the number of the alternatives "a|b|@name".
func (b *book) class(lx *Lexicon, alternatives string) (int, error) {
	if k, ok := b.classes[alternatives]; ok {
		return k, nil
	}
	k := len(b.classes)
	b.classes[alternatives] = k
	b.within = append(b.within, nil)
	for w := range strings.SplitSeq(alternatives, "|") {
		forms := []string{w}
		if w[0] == '@' {
			forms = b.members[w]
			if len(forms) == 0 {
				return 0, fmt.Errorf("%s: nothing stands in this class yet", w)
			}
		}
		for _, f := range forms {
			std := f
			if s := lx.slang[f]; len(s) == 1 {
				std = s[0]
			}
			e := b.entries[std]
			if e == nil {
				e = &entry{form: std}
				b.entries[std] = e
			}
			for len(e.in) <= k/64 {
				e.in = append(e.in, 0)
			}
			if !e.is(k) {
				e.in[k/64] |= 1 << (k % 64)
				b.within[k] = append(b.within[k], e)
			}
		}
	}
	return k, nil
}

// marksIn finds the phrases that stand in a text.
func (b *book) marksIn(c *Text) {
	not := b.classes["@not"]
	for i := range c.Words {
		e := c.Words[i].entry
		if e == nil {
			continue
		}
		for _, s := range e.first {
			last, ok := b.match(c.Words, i, s.parts[1:], not)
			if !ok || len(c.marks) == maxMarks {
				continue
			}
			if c.marks == nil {
				c.marks = make([]mark, 0, 8)
			}
			c.marks = append(c.marks, mark{sign: s, first: i, last: last})
		}
	}
}

// match matches the rest of a phrase after the word at, and returns its last word. A negation directly before a word
// undoes it, unless the phrase names the negation itself.
func (b *book) match(w []Word, at int, rest []part, not int) (int, bool) {
	if len(rest) == 0 {
		return at, true
	}
	for j := at + 1; j < len(w) && j <= at+1+rest[0].gap; j++ {
		if !w[j].entry.is(rest[0].class) || j-1 > at && w[j-1].entry.is(not) {
			continue
		}
		if last, ok := b.match(w, j, rest[1:], not); ok {
			return last, true
		}
	}
	return 0, false
}
