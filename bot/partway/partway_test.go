package partway_test

import (
	"fmt"
	"testing"

	"rabeg/bot/partway"
)

// The last messages that failed are remembered, each however often it failed.
func TestTheLastAreRemembered(t *testing.T) {
	t.Parallel()
	p := partway.New[int](3)
	at := partway.Point[int]{Calls: 1, Main: 7}
	p.Keep("old", at)
	p.Keep("", at)
	p.Keep("nothing sent", partway.Point[int]{Main: 7})
	for range 10 {
		p.Keep("again", p.Take("again"))
		p.Keep("again", at)
	}
	for _, mark := range []string{"", "nothing sent", "never", "old", "again"} {
		want := partway.Point[int]{}
		if mark == "old" || mark == "again" {
			want = at
		}
		if got := p.Take(mark); got != want {
			t.Errorf("%q came so far: %+v", mark, got)
		}
		if got := p.Take(mark); got != (partway.Point[int]{}) {
			t.Errorf("%q is not forgotten: %+v", mark, got)
		}
	}
	for i := range 5 {
		p.Keep(fmt.Sprint(i), at)
	}
	if p.Take("1") == at || p.Take("2") != at {
		t.Error("not the last three are remembered")
	}
}
