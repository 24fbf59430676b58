package intake

import (
	"slices"
	"testing"
	"time"

	"rabeg/flows"
	"rabeg/internal/report"
)

// Nothing that lies on the shelf is lost before its time, whatever is laid there and brought back; and nothing lies there for longer.
func TestTheShelfHoldsAll(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	draft := func(id string) *Form { return &Form{Draft: report.Draft{ID: id, Text: "got mampet"}} }
	ids := func(n *Notes) (all []string) {
		for f := n.Shelf; f != nil; f = f.Below {
			all = append(all, f.ID)
		}
		return all
	}
	same := func(what string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: on the shelf lie %q, want %q", what, got, want)
		}
	}
	n := &Notes{}
	n.lay(draft("a"), now)
	n.lay(&Form{}, now)
	n.lay(draft("b"), now.AddDate(0, 0, 3))
	same("two laid down, and nothing for one in which nothing stands", ids(n), "b", "a")
	n.layLast(n.top(), now.AddDate(0, 0, 3))
	same("turned over", ids(n), "a", "b")

	old := &Notes{Form: draft("c"), Shelf: draft("d")}
	one := flows.State{At: now.AddDate(0, 0, 4)}.With(Name, &Notes{Form: draft("e"), Shelf: n.Shelf})
	both := Of((*flow)(nil).Join(one, flows.State{}.With(Name, old)))
	same("of two chats of one person", ids(&both), "c", "a", "b", "d")
	if both.Form.ID != "e" || len(ids(old)) != 1 {
		t.Errorf("%s goes on, and %q is left of the other chat's shelf", both.Form.ID, ids(old))
	}
	var drafts []string
	for _, d := range Drafts(flows.State{}.With(Name, &both)) {
		drafts = append(drafts, d.ID)
	}
	same("told to who asks what is kept", drafts, "e", "c", "a", "b", "d")

	both.dust(now.AddDate(0, 0, 7))
	same("a week after the first", ids(&both), "c", "b", "d")
	both.dust(now.AddDate(0, 0, 20))
	same("long after", ids(&both))
}
