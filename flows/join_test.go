package flows_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/flows"
	"rabeg/flows/flowtest"
	"rabeg/flows/intake"
	"rabeg/internal/report"
)

func TestJoin(t *testing.T) {
	t.Parallel()
	at := func(minute int) time.Time { return time.Date(2026, 3, 2, 9, minute, 0, 0, time.UTC) }
	form := func(text string) *intake.Form { return &intake.Form{Draft: report.Draft{ID: text, Text: text}} }
	laid := func(f, below *intake.Form) *intake.Form {
		f.Laid, f.Below = at(9), below
		return f
	}
	with := func(s flows.State, n intake.Notes) flows.State { return s.With(intake.Name, &n) }
	ask := func(id string) *flows.Ask { return &flows.Ask{ID: id, Flow: "intake", Kind: "place"} }
	for name, c := range map[string]struct{ old, recent, want flows.State }{
		"nothing in either": {},
		"a new address, not spoken at yet": {
			old:  with(flows.State{V: 2, At: at(1), Seq: 4, Turn: "x", Lang: "en", Ask: ask("q4")}, intake.Notes{Form: form("lampu"), Sent: &intake.Sent{ID: 1}}),
			want: with(flows.State{V: 2, At: at(1), Seq: 4, Turn: "x", Lang: "en", Ask: ask("q4")}, intake.Notes{Form: form("lampu"), Sent: &intake.Sent{ID: 1}}),
		},
		"only the older has a report in the making": {
			old:    with(flows.State{V: 2, At: at(1), Seq: 4, Ask: ask("q4")}, intake.Notes{Form: form("lampu"), Aside: &flows.Parcel{Text: "dan"}}),
			recent: with(flows.State{V: 2, At: at(9), Seq: 2, Turn: "y", Ask: &flows.Ask{ID: "q2", Flow: "home", Light: true}}, intake.Notes{Form: &intake.Form{}}),
			want:   with(flows.State{V: 2, At: at(9), Seq: 4, Turn: "y", Ask: ask("q4")}, intake.Notes{Form: form("lampu"), Aside: &flows.Parcel{Text: "dan"}}),
		},
		"something came aside and waits for an answer": {
			old:    with(flows.State{V: 2, At: at(1), Ask: ask("q1")}, intake.Notes{Aside: &flows.Parcel{Text: "sampah"}}),
			recent: flows.State{V: 2, At: at(9), Ask: &flows.Ask{ID: "q2", Flow: "track", Light: true}},
			want:   with(flows.State{V: 2, At: at(9), Ask: ask("q1")}, intake.Notes{Aside: &flows.Parcel{Text: "sampah"}}),
		},
		"both have one": {
			old:    with(flows.State{V: 2, At: at(1), Seq: 4, Ask: ask("q4")}, intake.Notes{Form: form("lampu"), Shelf: form("batal")}),
			recent: with(flows.State{V: 2, At: at(9), Seq: 7, Ask: ask("q7")}, intake.Notes{Form: form("sampah")}),
			want:   with(flows.State{V: 2, At: at(9), Seq: 7, Ask: ask("q7")}, intake.Notes{Form: form("sampah"), Shelf: laid(form("lampu"), form("batal"))}),
		},
		"only the more recent has one": {
			old:    with(flows.State{V: 2, At: at(1), Ask: ask("q1")}, intake.Notes{Shelf: form("batal"), Sent: &intake.Sent{ID: 2, At: at(1)}}),
			recent: with(flows.State{V: 2, At: at(9)}, intake.Notes{Form: form("sampah"), Sent: &intake.Sent{ID: 1, At: at(0)}}),
			want:   with(flows.State{V: 2, At: at(9)}, intake.Notes{Form: form("sampah"), Shelf: form("batal"), Sent: &intake.Sent{ID: 2, At: at(1)}}),
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
			if d := cmp.Diff(c.want, flowtest.Machine().Join(a, b)); d != "" {
				t.Errorf("%s, turned %v: (-want +got)\n%s", name, turned, d)
			}
		}
	}
}
