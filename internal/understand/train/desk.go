package main

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"

	"rabeg/internal/understand/answer"
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// The fifth table tells what an officer means with words at a card (understand.Gist). Phrases hold slots: "teruskan ke {kantor}" is learnt with
// several offices.
const (
	deskPattern = "desk_*.txt"
	deskSlots   = "slots.txt"
	// deskFilled is with how many words each phrase with a slot is learnt.
	deskFilled = 4
	deskTrims  = 0.163 // as pruned: the whole model is to stay small
)

// slots are what stands in the places of phrases, by the place's name.
type slots map[string][]string

func readSlots() (slots, error) {
	all, err := readSeeds(deskSlots)
	if err != nil {
		return nil, err
	}
	out := slots{}
	for _, e := range all {
		out[e.category] = append(out[e.category], e.text)
	}
	return out, nil
}

// fill puts words into the places of a phrase, other ones for each n.
func (s slots) fill(phrase string, n int) (string, error) {
	var b strings.Builder
	rest := phrase
	for at := 0; ; at++ {
		before, after, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, tail, _ := strings.Cut(after, "}")
		all := s[name]
		if len(all) == 0 {
			return "", fmt.Errorf("phrase %q: nothing stands for {%s}", phrase, name)
		}
		h := fnv.New32a()
		_, _ = fmt.Fprintf(h, "%s|%d|%d", phrase, at, n) // a hash takes all
		b.WriteString(all[int(h.Sum32()>>2)%len(all)])
		rest = tail
	}
}

// gistSet is what the fifth table learns from. What came of one phrase is held out together.
func gistSet(lx *words.Lexicon) (*turnSet, error) {
	phrases, err := readSeeds(deskPattern)
	if err != nil {
		return nil, err
	}
	places, err := readSlots()
	if err != nil {
		return nil, err
	}
	s, said := &turnSet{cues: map[*words.Text][]string{}}, answer.Must()
	var cues [][]string
	for _, e := range phrases {
		whole := lx.Read(strings.NewReplacer("{", "", "}", "").Replace(e.text))
		fold, filled := foldOf(&whole, turnFolds), []string{}
		for n := range deskFilled {
			text, err := places.fill(e.text, n)
			if err != nil {
				return nil, err
			}
			if slices.Contains(filled, text) {
				continue
			}
			filled = append(filled, text)
			s.texts, s.labels, s.weight, s.fold = append(s.texts, lx.Read(text)), append(s.labels, e.category), append(s.weight, 1), append(s.fold, fold)
			s.spare, cues = append(s.spare, false), append(cues, said.Cues(text))
		}
	}
	for i := range s.texts {
		s.cues[&s.texts[i]] = cues[i]
	}
	return s, nil
}

// learnDesk measures the fifth table and puts it into the model file in place of the one there.
func learnDesk(o options, lx *words.Lexicon) error {
	s, err := gistSet(lx)
	if err != nil {
		return err
	}
	s.validate(lx, "said at a card", o)
	if o.out == "" {
		return nil
	}
	b, err := os.ReadFile(o.out)
	if err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	f, err := linear.Unmarshal(b)
	if err != nil {
		return fmt.Errorf("read model: %w", err)
	}
	t, err := s.learn(lx, deskTrims, o)
	if err != nil {
		return err
	}
	f.Tables[len(f.Tables)-1] = t
	return o.write(f.Marshal())
}

// learnGists trains the fifth table and calibrates it on phrases it has not seen.
func (d *dataset) learnGists(o options) (*linear.Table, error) {
	s, err := gistSet(d.lx)
	if err != nil {
		return nil, err
	}
	return s.learn(d.lx, deskTrims, o)
}
