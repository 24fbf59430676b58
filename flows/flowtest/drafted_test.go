package flowtest

import (
	"strings"
	"testing"

	"rabeg/flows/intake"
)

// drafts types to a report in the making, as the real city reads it, and gives what was said last.
func drafts(t *testing.T, typed ...string) (e *Engine, last string) {
	t.Helper()
	p, finder, reader := builtin(t)
	e = NewEngine(whole(p, finder, reader), p)
	for _, words := range typed {
		last = strings.Join(meanwhileIn(t, e, words), " ;; ")
	}
	return e, last
}

// Who tells in short lines one after the other goes on with the story: how long it is so, who is afraid, that it is urgent are no answer
// to "where?", and nothing of it is lost; the place is asked for until it is told.
func TestShortLinesAreTheStory(t *testing.T) {
	t.Parallel()
	lines := []string{"lampu jalan mati depan rumah saya", "udah 2 minggu", "gelap banget", "anak saya takut", "tolong cepet ya", "kasian warga"}
	e, last := drafts(t, lines...)
	f := intake.Of(e.Reread()).Form
	for _, line := range lines {
		if !strings.Contains(f.Text, line) {
			t.Errorf("%q is lost: %q", line, f.Text)
		}
	}
	if f.Place.Known() || f.Near != "" || !strings.Contains(last, "Di mana tempatnya?") {
		t.Errorf("the place is %+v, near %q: %s", f.Place, f.Near, last)
	}
	if e, _ = drafts(t, append(lines, "di unyur")...); intake.Of(e.Reread()).Form.Place.AreaName != "Unyur" {
		t.Errorf("the place is %+v", intake.Of(e.Reread()).Form.Place)
	}
	for _, words := range []string{"depan rumah saya", "di rumah anak saya"} { // these point, and are kept beside the place
		if e, last := drafts(t, "lampu jalan mati", words); !strings.Contains(last, "petunjuk") && !intake.Of(e.Reread()).Form.Helped {
			t.Errorf("%q: %s", words, last)
		}
	}
	if e, _ := drafts(t, "jalan rusak parah", "di loket 3 orangnya namanya pa herman"); intake.Of(e.Reread()).Form.Place.Said != "di loket 3" {
		t.Errorf("the place is %+v", intake.Of(e.Reread()).Form.Place)
	}
}
