package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// row is one labelled message of real people. Its text is shown nowhere.
type row struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Category string `json:"category"`
	Kind     string `json:"kind"`
}

// realRows reads the messages that are reports.
func realRows(t *testing.T, p *profile.Profile) []row {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "eval", "dev.jsonl"))
	if err != nil {
		t.Skip("real input is not here: it lies beside the project, in ../shared/data/eval/dev.jsonl")
	}
	defer func() { _ = f.Close() }()
	reader, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	var all []row
	for s := bufio.NewScanner(f); s.Scan(); {
		var r row
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			t.Fatalf("a line of the real input cannot be read")
		}
		switch r.Kind {
		case "pengaduan", "aspirasi", "informasi":
			if rd := reader.Read(r.Text); rd.Human || rd.Harm != understand.NoHarm {
				continue // a person is called, there is no form
			}
			all = append(all, r)
		}
	}
	return all
}

// Real people's words, typed by more than two hundred at once: each becomes a report that holds them exactly, with the
// place that was told and the office whose duty its category is.
func TestRealReports(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	all := realRows(t, p)
	if len(all) < 200 {
		t.Fatalf("only %d real reports", len(all))
	}
	atlas, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, plan{own: true, forum: true})
	w.start()
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	began := time.Now()
	people, tales := make([]*citizen, len(all)), make([]tale, len(all))
	var typing sync.WaitGroup
	var failed errs
	for i, r := range all {
		people[i], tales[i] = w.citizen("Pelapor"), taleOfRow(p, i, r)
		typing.Go(func() {
			if _, err := people[i].report(ctx, tales[i]); err != nil {
				failed.add(fmt.Errorf("%s: %w", r.ID, err))
			}
		})
	}
	typing.Wait()
	took := time.Since(began)
	failed.report(t)
	w.quiet()
	asked := 0
	for i, r := range all {
		if people[i].picked != "" {
			asked++
		}
		w.storedAsTold(t, p, atlas, r.ID, people[i], tales[i])
	}
	w.nobodyStumbled()
	t.Logf("%d real reports by as many people at once in %s; %d were asked what it is about", len(all), took.Round(time.Millisecond), asked)
}

// standsSomewhere reports whether a matter has to have a place.
func standsSomewhere(p *profile.Profile, category string) bool {
	c, ok := p.Category(category)
	return !ok || c.Physical
}

// taleOfRow tells a row with a pin; every fifth has a photo first with the words under it, every fifth one at the end.
func taleOfRow(p *profile.Profile, i int, r row) tale {
	pins := [][2]float64{{-6.1227, 106.1754}, {-6.1103, 106.1640}, {-6.1400, 106.2000}, {-6.0900, 106.1500}, {-6.1700, 106.1600}}
	pin := pins[i%len(pins)]
	t := tale{text: r.Text, lat: pin[0] + float64(i)*1e-6, lon: pin[1]}
	if c, ok := p.Category(r.Category); ok {
		v := say.For(p, "id")
		t.category = v.Topic(c.Code)
		for _, g := range p.Groups {
			if g.Code == c.Group {
				t.group = g.Icon + " " + v.Group(g)
			}
		}
	}
	switch {
	case i%5 == 0 && len(r.Text) < 900:
		t.photo, t.caption = picture(i), true
	case i%5 == 1:
		t.photo = picture(i)
	}
	return t
}

// storedAsTold compares a stored report with what its citizen said and chose. It names ids only.
func (w *world) storedAsTold(t *testing.T, p *profile.Profile, atlas place.Finder, id string, c *citizen, told tale) {
	t.Helper()
	mine := w.reportsOf(c.p.ID())
	if len(mine) != 1 {
		t.Errorf("%s: %d reports", id, len(mine))
		return
	}
	r := mine[0]
	if want := bot.Clean(told.text); r.Text != want {
		t.Errorf("%s: the text is not what was told (%d bytes in place of %d)", id, len(r.Text), len(want))
	}
	facts := w.facts(r.ID)
	if facts[0].What != report.WasFiled || facts[0].Words != r.Text {
		t.Errorf("%s: the first fact does not hold what was told", id)
	}
	photos := 0
	if told.photo != nil {
		photos = 1
	}
	if len(r.Photos) != photos {
		t.Errorf("%s: %d photos in place of %d", id, len(r.Photos), photos)
	}
	if name := say.For(p, "id").Topic(r.Category); c.picked != "" && name != c.picked && (r.Category != "" || !strings.HasPrefix(c.picked, "Tidak tahu")) {
		t.Errorf("%s: the category is %q, but another was chosen", id, r.Category)
	}
	if office, _ := p.OfficeAt(r.Category, r.Text, r.Place.District, r.Place.Whose); facts[0].Agency != office {
		t.Errorf("%s: the office is %q, but for %q it is %q", id, facts[0].Agency, r.Category, office)
	}
	switch spot, _ := atlas.At(told.lat, told.lon); {
	case c.spot != "" && !strings.Contains(c.spot, r.Place.AreaName):
		t.Errorf("%s: the place is not the one that was chosen: it lies in %q (pin sent: %v)", id, r.Place.AreaName, c.pinned)
	case c.pinned && (r.Place.Pin == nil || *r.Place.Pin != report.Pin{Lat: told.lat, Lon: told.lon}):
		t.Errorf("%s: the pin is not the one that was sent", id)
	case c.pinned && c.spot == "" && r.Place.Area != spot.Area:
		t.Errorf("%s: the pin lies in %s, stored is %q", id, spot.Area, r.Place.Area)
	case !c.pinned && !r.Place.Known() && r.Kind == report.Complaint && standsSomewhere(p, r.Category):
		t.Errorf("%s: a complaint without a place, and nobody was asked", id)
	}
}
