package flowtest

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// TestRealReports types the development reports as citizens of the real profile would: the text, then what is asked, and
// a pin when a place is. Every one ends as a filed report; half of them within two messages, nine in ten within four, none takes more than eight.
// It is so with the model, and with the key words that stand in for it.
func TestRealReports(t *testing.T) {
	t.Parallel()
	p, finder, model := builtin(t)
	for name, reader := range map[string]understand.Reader{"model": model, "key words": understand.Keywords(p)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			realReports(t, p, finder, reader)
		})
	}
}

func realReports(t *testing.T, p *profile.Profile, finder *place.Gazetteer, reader understand.Reader) {
	t.Helper()
	file, err := os.Open("../../../shared/data/eval/dev.jsonl")
	if err != nil {
		t.Skip("the development reports are not here (../shared/data/eval)")
	}
	defer func() { _ = file.Close() }()
	m := whole(p, finder, reader)

	pin := inner(t, finder)
	var efforts []int
	largest := 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct{ ID, Text, Kind string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind == "bukan_laporan" {
			continue
		}
		n, e := effort(t, m, p, row.Text, pin)
		if n > 8 {
			t.Errorf("row %s took %d messages", row.ID, n)
			continue
		}
		if got := e.reports[0].Text; got != bot.Clean(row.Text) {
			t.Errorf("row %s: the text filed is not the text typed (%d of %d bytes)", row.ID, len(got), len(row.Text))
		}
		efforts = append(efforts, n)
		largest = max(largest, e.Largest)
	}
	slices.Sort(efforts)
	count := map[int]int{}
	for _, n := range efforts {
		count[n]++
	}
	t.Logf("%d reports, messages from first word to number: median %d, p90 %d, most %d, all %v; largest state %d bytes",
		len(efforts), efforts[len(efforts)/2], efforts[len(efforts)*9/10], efforts[len(efforts)-1], count, largest)
	most := 2 // docs/conversation.md, rule 8; without the model more is asked
	if _, trained := reader.(*understand.Model); !trained {
		most = 3
	}
	if median, p90 := efforts[len(efforts)/2], efforts[len(efforts)*9/10]; median > most || p90 > 4 {
		t.Errorf("median effort is %d messages, at most %d wanted; nine in ten need %d, at most 4 wanted", median, most, p90)
	}
}

// inner is a pin well inside a kelurahan, as most are.
func inner(t *testing.T, f place.Finder) bot.Location {
	t.Helper()
	for lat := -6.20; lat < -6.00; lat += 0.003 {
		for lon := 106.05; lon < 106.25; lon += 0.003 {
			if spot, ok := f.At(lat, lon); ok && spot.Inside && len(spot.Near) == 0 {
				return bot.Location{Lat: lat, Lon: lon}
			}
		}
	}
	t.Fatal("no point lies inside")
	return bot.Location{}
}

// effort is how many messages a scripted citizen needs, 99 when he or she gives up.
func effort(t *testing.T, m *flows.Machine, p *profile.Profile, text string, pin bot.Location) (int, *Engine) {
	t.Helper()
	e := NewEngine(m, p)
	var body bot.Body = bot.Text{Text: text}
	for n := 1; n <= 12; n++ {
		answers, err := e.Say(bot.Event{Body: body})
		if err != nil || answers == 0 {
			t.Fatalf("no answer: %v", err)
		}
		if len(e.reports) > 0 {
			return n, e
		}
		if err := e.Pass(10 * time.Second); err != nil {
			t.Fatal(err)
		}
		body = scripted(e.Reread(), pin)
	}
	return 99, e
}

// scripted is what an ordinary citizen answers.
func scripted(s flows.State, pin bot.Location) bot.Body {
	if s.Ask == nil {
		return bot.Text{Text: "lapor"}
	}
	press := func(choice string) bot.Body { return bot.Pick{Menu: s.Ask.ID, Choice: choice} }
	switch s.Ask.Kind {
	case "place":
		return pin
	case "where":
		if intake.Of(s).Form.Where.Why == "outside" {
			return press("keep")
		}
		return press("p0")
	case "about":
		return bot.Text{Text: "1"}
	case "category":
		return press("unsure")
	case "emergency":
		return pin
	case "safe":
		return press("safe")
	case "isreport":
		return press("isreport")
	case "owner":
		return press("anyway")
	case "several":
		return press("one")
	case "offer":
		return press("askoffice")
	case "review":
		return press("send")
	}
	return bot.Text{Text: "mohon segera ditangani petugas"}
}
