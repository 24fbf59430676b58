package engine_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// does is a conversation that understands "#deed id word" as well, and answers it with how that went: what a reporter does to a filed
// report, whatever words the conversation hears it in.
type does struct {
	*flows.Machine
	asked atomic.Bool
}

func (d *does) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	switch in := in.(type) {
	case flows.Said:
		t, _ := in.Event.Body.(bot.Text)
		said, ok := strings.CutPrefix(t.Text, "#")
		if !ok {
			break
		}
		words := append(strings.Fields(said), "", "")
		id, _ := strconv.ParseInt(words[1], 10, 64)
		a := map[string]report.Action{"hide": report.Hide{Visibility: report.Visibility(words[2])}, "recall": report.Recall{Words: words[2]},
			"resume": report.Resume{}, "urge": report.Urge{Words: words[2]}}[strings.TrimPrefix(words[0], "told-")]
		d.asked.Store(true)
		return s, []flows.Effect{flows.Act{Report: report.ID(id), Action: a, Told: strings.HasPrefix(words[0], "told-")}}
	case flows.Acted:
		if d.asked.CompareAndSwap(true, false) {
			return s, []flows.Effect{flows.Say{Message: bot.Message{Text: fmt.Sprintf("acted %v %q %s %s", in.OK, in.Why, in.Report.Status, in.Report.Visibility)}}}
		}
	}
	return d.Machine.Step(s, in)
}

// afterwards plays what a reporter does after the number: asks when, adds, hides, takes it back, wants it after all.
func (p *play) afterwards() {
	text := func(format string, a ...any) bot.Body { return bot.Text{Text: fmt.Sprintf(format, a...)} }
	p.deliver(p.says(1, ani, "11", text("lampu pju mati dari kemarin, jalan gelap")))
	p.deliver(p.says(2, ani, "11", bot.Location{Lat: -6.1227, Lon: 106.1754}))
	p.deliver(p.says(3, ani, "11", text("kirim")))
	var id int64
	if err := p.eye.QueryRow(p.t.Context(), `SELECT id FROM reports`).Scan(&id); err != nil {
		p.t.Fatal(err)
	}
	p.deliver(p.says(4, ani, "11", text("#urge %d kapan?", id)))
	p.deliver(p.says(5, ani, "11", text("#urge %d ??", id)))
	p.deliver(p.says(6, ani, "11", text("#hide %d anonim", id)))
	p.deliver(p.says(7, ani, "11", text("#hide %d biasa", id)))
	p.deliver(p.says(8, ani, "11", text("#recall %d nyala", id)))
	p.deliver(p.says(9, ani, "11", text("#resume %d", id)))
	p.deliver(p.says(10, ani, "11", text("#hide %d rahasia", id)))
	p.deliver(p.says(11, ani, "11", text("#recall %d", id)))
	p.deliver(p.says(12, ani, "11", text("#told-resume %d", id)))
	p.life.end()
}

// Whatever of this the program dies in, and however often it is delivered: it is done once, and answered as it would be.
func TestDyingAfterwardsChangesNothing(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	f, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	whole := newPlay(t, p, f, 0)
	whole.afterwards()
	want := whole.outcome(ani)
	var told []report.What
	for _, f := range want.Facts {
		told = append(told, f.What)
	}
	wantFacts := []report.What{report.WasFiled, report.WasUrged, report.WasHidden, report.WasRecalled, report.WasResumed, report.WasHidden, report.WasRecalled, report.WasResumed}
	if diff := cmp.Diff(wantFacts, told); diff != "" {
		t.Fatalf("the case itself is not whole: (-want +got)\n%s", diff)
	}
	for n, answer := range map[int]string{4: `acted true "" received biasa`, 5: `acted false "already" received biasa`, 6: `acted true "" received anonim`,
		7: `acted false "wider" received anonim`, 8: `acted true "" closed anonim`, 9: `acted true "" received anonim`, 10: `acted true "" received rahasia`,
		11: `acted true "" closed rahasia`} {
		if got := want.Letters[fmt.Sprintf("tg:%d/r0", n)]; got != "reply: "+answer {
			t.Errorf("%d: %s", n, got)
		}
	}
	if got, ok := want.Letters["tg:12/r0"]; ok {
		t.Errorf("what was told already is told again: %s", got)
	}
	t.Logf("%d steps to die at", whole.steps)
	for at := range deaths(whole.steps) {
		t.Run(fmt.Sprintf("%03d", at), func(t *testing.T) {
			t.Parallel()
			pl := newPlay(t, p, f, at)
			pl.afterwards()
			if diff := cmp.Diff(want, pl.outcome(ani)); diff != "" {
				t.Errorf("died at step %d of %v: (-without +with)\n%s", at, pl.names[max(0, at-4):min(len(pl.names), at+2)], diff)
			}
		})
	}
}

// waits are the letters to the desk that wait, each as it would be sent now.
func (s *stand) waits() (out []string) {
	s.Helper()
	c, err := serang()
	if err != nil {
		s.Fatal(err)
	}
	d := &desk.Desk{Office: func() *casework.Office { return &casework.Office{Profile: c.profile, Desk: deskAt} }, Reader: s.store}
	rows, err := s.store.Pool.Query(s.Context(), `SELECT doc FROM letters WHERE network = 'desk' AND state = 'waiting' ORDER BY id`)
	for _, l := range collect[ledger.Letter](s.T, strings.NewReplacer(), rows, err) {
		m, err := d.Compose(context.Background(), l)
		if err != nil {
			s.Fatal(err)
		}
		out = append(out, string(l.Purpose)+": "+m.Text)
	}
	return out
}

// What waits for the desk when its reporter hides, because a network is down, carries neither the name then nor, where the report is
// confidential, what was said.
func TestWhatWaitsWhenAReporterHides(t *testing.T) {
	t.Parallel()
	for v, gone := range map[report.Visibility][]string{
		report.Anonymous:    {"A***", "Telegram"},
		report.Confidential: {"A***", "Telegram", "lampu", "warung"},
	} {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			s.name = "Ani Lestari"
			s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
			s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
			s.at(ani, bot.Text{Text: "kirim"})
			r := s.all()[0]
			added := report.Add{Words: "depan warung bu haji"}
			facts, err := s.store.Facts(t.Context(), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			c, err := serang()
			if err != nil {
				t.Fatal(err)
			}
			o := &casework.Office{Profile: c.profile, Desk: deskAt}
			_, b, err := o.Act(r, report.Actor{Role: report.Citizen, Chat: ani}, added, casework.Occasion{Cause: "add", At: began, Facts: facts})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.store.Commit(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			before := strings.Join(s.waits(), "\n")
			for _, word := range gone {
				if !strings.Contains(before, word) {
					t.Fatalf("%q does not wait to be shown in the first place:\n%s", word, before)
				}
			}
			s.at(ani, bot.Text{Text: fmt.Sprintf("#hide %d %s", r.ID, v)})
			after := strings.Join(s.waits(), "\n")
			for _, word := range gone {
				if strings.Contains(after, word) {
					t.Errorf("%q still waits to be shown:\n%s", word, after)
				}
			}
			posts, err := s.store.Shown(t.Context(), r.ID)
			if err != nil {
				t.Fatal(err)
			}
			if (len(posts) == 0) != (v == report.Confidential) {
				t.Errorf("%s: shown is %v", v, posts)
			}
		})
	}
}
