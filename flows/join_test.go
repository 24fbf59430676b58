package flows_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/flows"
	"rabeg/internal/report"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC) }
	form := func(text string) *flows.Form { return &flows.Form{Draft: report.Draft{ID: text, Text: text}} }
	ask := func(id string) *flows.Ask { return &flows.Ask{ID: id, Flow: "intake", Kind: "place"} }
	for name, c := range map[string]struct{ old, recent, want flows.State }{
		"nothing in either": {},
		"a new address, not spoken at yet": {
			old:  flows.State{V: 1, At: at(1), Seq: 4, Turn: "x", Lang: "en", Form: form("lampu"), Ask: ask("q4"), Sent: &flows.Sent{ID: 1}},
			want: flows.State{V: 1, At: at(1), Seq: 4, Turn: "x", Lang: "en", Form: form("lampu"), Ask: ask("q4"), Sent: &flows.Sent{ID: 1}},
		},
		"only the older has a report in the making": {
			old:    flows.State{V: 1, At: at(1), Seq: 4, Form: form("lampu"), Ask: ask("q4"), Aside: &flows.Parcel{Text: "dan"}},
			recent: flows.State{V: 1, At: at(9), Seq: 2, Turn: "y", Form: &flows.Form{}, Ask: &flows.Ask{ID: "q2", Flow: "home", Light: true}},
			want:   flows.State{V: 1, At: at(9), Seq: 4, Turn: "y", Form: form("lampu"), Ask: ask("q4"), Aside: &flows.Parcel{Text: "dan"}},
		},
		"something came aside and waits for an answer": {
			old:    flows.State{V: 1, At: at(1), Ask: ask("q1"), Aside: &flows.Parcel{Text: "sampah"}},
			recent: flows.State{V: 1, At: at(9), Ask: &flows.Ask{ID: "q2", Flow: "track", Light: true}},
			want:   flows.State{V: 1, At: at(9), Ask: ask("q1"), Aside: &flows.Parcel{Text: "sampah"}},
		},
		"both have one": {
			old:    flows.State{V: 1, At: at(1), Seq: 4, Form: form("lampu"), Ask: ask("q4"), Shelf: form("batal")},
			recent: flows.State{V: 1, At: at(9), Seq: 7, Form: form("sampah"), Ask: ask("q7")},
			want:   flows.State{V: 1, At: at(9), Seq: 7, Form: form("sampah"), Ask: ask("q7"), Shelf: form("lampu")},
		},
		"only the more recent has one": {
			old:    flows.State{V: 1, At: at(1), Ask: ask("q1"), Shelf: form("batal"), Sent: &flows.Sent{ID: 2, At: at(1)}},
			recent: flows.State{V: 1, At: at(9), Form: form("sampah"), Sent: &flows.Sent{ID: 1, At: at(0)}},
			want:   flows.State{V: 1, At: at(9), Form: form("sampah"), Shelf: form("batal"), Sent: &flows.Sent{ID: 2, At: at(1)}},
		},
	} {
		for _, turned := range []bool{false, true} {
			a, b := c.old, c.recent
			if turned {
				a, b = b, a
			}
			if turned && a.At.Equal(b.At) {
				continue // neither is the more recent
			}
			if d := cmp.Diff(c.want, flows.Join(a, b)); d != "" {
				t.Errorf("%s, turned %v: (-want +got)\n%s", name, turned, d)
			}
		}
	}
}
