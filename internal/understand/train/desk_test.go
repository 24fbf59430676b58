package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"rabeg/internal/understand/words"
)

// unseenLines are lines of officers that nothing may be learnt from.
const unseenLines = "../../desk/testdata/spoken_unseen.tsv"

// TestDeskSeedsAreApart: no phrase that is learnt from is nearly one of the lines that the desk is measured on. Of a few words many are the same
// whoever writes them.
func TestDeskSeedsAreApart(t *testing.T) {
	t.Parallel()
	const least = 4
	b, err := os.ReadFile(unseenLines)
	if err != nil {
		t.Fatal(err)
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	d := &dataset{lx: lx}
	var unseen, seeds [][]string
	for l := range strings.Lines(string(b)) {
		said, _, _ := strings.Cut(l, "\t")
		if f := d.forms(said); len(f) >= least {
			unseen = append(unseen, f)
		}
	}
	phrases, err := readSeeds(deskPattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range phrases {
		seeds = append(seeds, d.forms(e.text))
	}
	for i, twin := range twins(seeds, unseen) {
		if twin && len(seeds[i]) >= least {
			t.Errorf("%s is nearly a line that is measured", phrases[i].id)
		}
	}
}

// TestGistsHeldOut: what officers say is mostly taken for what it is by machines that have never seen the phrase, and words to colleagues are
// seldom taken for an answer.
func TestGistsHeldOut(t *testing.T) {
	t.Parallel()
	if testing.Short() || underRace {
		t.Skip("five trainings take too long here: go test ./internal/understand/train runs it")
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := gistSet(lx)
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := vectors(s.texts, s.emit(lx), 1<<turnBits)
	scored, classes := s.heldOut(rows, options{seed: 7})
	all, answers, leaks := share{}, share{}, share{}
	for _, h := range scored {
		got := classes[slices.Index(h.scores, slices.Max(h.scores))]
		all.count(classes[h.want] == got)
		if classes[h.want] == "answer" {
			answers.count(got == "answer")
		} else {
			leaks.count(got == "answer")
		}
	}
	t.Logf("right: %d of %d, of the answers %d of %d; taken for an answer: %d of %d others", all.hits, all.all, answers.hits, answers.all, leaks.hits, leaks.all)
	if all.hits*100 < all.all*88 || answers.hits*100 < answers.all*95 || leaks.hits*100 > leaks.all*4 {
		t.Error("too few are right")
	}
}

// What stands for a place of a phrase is another one each time, and the same in each training.
func TestFill(t *testing.T) {
	t.Parallel()
	s := slots{"kantor": {"dishub", "dlh", "perkim"}}
	got := map[string]bool{}
	for n := range 12 {
		text, err := s.fill("ke {kantor} aja", n)
		again, _ := s.fill("ke {kantor} aja", n)
		if err != nil || text != again || !strings.HasPrefix(text, "ke d") && text != "ke perkim aja" {
			t.Fatalf("%d: %q, then %q, %v", n, text, again, err)
		}
		got[text] = true
	}
	if len(got) < 2 {
		t.Errorf("always %v", got)
	}
	if _, err := s.fill("ke {mana}", 0); err == nil {
		t.Error("a place that nothing stands for is filled")
	}
}
