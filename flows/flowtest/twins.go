package flowtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/twin"
)

// matters are those of the small city.
func matters() []profile.Matter {
	return []profile.Matter{
		{Code: "lampu", Name: "Lampu jalan", Categories: []string{"penerangan_jalan"}, Words: []string{"lampu", "pju", "gelap", "street light", "streetlight"}, Radius: 40, Days: 60},
		{Code: "jalan", Name: "Jalan", Categories: []string{"jalan_jembatan"}, Words: []string{"jalan rusak", "berlubang", "lubang"}, Radius: 50, Days: 60},
		{Code: "banjir", Name: "Banjir", Categories: []string{"drainase_banjir"}, Words: []string{"banjir", "flood"}, Radius: 500, Days: 3},
		{Code: "saluran", Name: "Got", Categories: []string{"drainase_banjir"}, Radius: 100, Days: 60},
		{Code: "sampah", Name: "Sampah", Categories: []string{"sampah_kebersihan"}, Radius: 75, Days: 14},
	}
}

// neighbour files what somebody else has filed: "CATEGORY @LAT,LON|kel NAME [N hari] [rahasia|anonim] [foto] [N warga]: words".
func (e *Engine) neighbour(what string) error {
	head, words, ok := strings.Cut(what, ":")
	fields := strings.Fields(head)
	if !ok || len(fields) < 2 {
		return fmt.Errorf("no report of a neighbour: %q", what)
	}
	d := report.Draft{Kind: report.Complaint, Text: strings.TrimSpace(words), Category: fields[0], Visibility: report.Normal}
	filed, people := e.Now, 1
	for i, w := range fields[1:] {
		before := fields[i]
		switch {
		case w[0] == '@':
			lat, lon, _ := strings.Cut(w[1:], ",")
			y, err1 := strconv.ParseFloat(lat, 64)
			x, err2 := strconv.ParseFloat(lon, 64)
			if err1 != nil || err2 != nil {
				return fmt.Errorf("no place: %q", w)
			}
			d.Place.Pin = &report.Pin{Lat: y, Lon: x}
			if spot, ok := e.Machine.Finder.At(y, x); ok {
				d.Place.Area, d.Place.AreaName, d.Place.District, d.Place.DistrictName = spot.Area, spot.AreaName, spot.District, spot.DistrictName
			}
		case before == "kel":
			for _, c := range e.Machine.Finder.Find(w) {
				d.Place.Area, d.Place.AreaName, d.Place.District, d.Place.DistrictName = c.Area, c.AreaName, c.District, c.DistrictName
				break
			}
		case w == "rahasia" || w == "anonim":
			d.Visibility = report.Visibility(w)
		case w == "foto":
			d.Photos = []bot.MediaRef{{Network: bot.Store, ID: "ab/lampu.jpg", MIME: "image/jpeg"}}
		case w == "hari":
			n, _ := strconv.Atoi(before)
			filed = e.Now.Add(-time.Duration(n) * 24 * time.Hour)
		case w == "warga":
			people, _ = strconv.Atoi(before)
		}
	}
	r := e.file(d, "id")
	r.Reporter, r.Filed = bot.Address{Network: "sim", ID: "lain"}, filed
	for n := range people - 1 {
		r.Followers = append(r.Followers, report.Follower{Chat: bot.Address{Network: "sim", ID: fmt.Sprintf("tetangga%d", n)}})
	}
	e.reports[len(e.reports)-1] = r
	return nil
}

// seek answers Seek as the engine does, over all that was filed.
func (e *Engine) seek(s flows.Seek) flows.Sought {
	out := flows.Sought{Draft: s.Draft.ID}
	f := &twin.Fresh{Draft: s.Draft, Reporter: e.Chat, At: e.Now}
	if _, ok := twin.Around(e.Profile, f); !ok {
		return out
	}
	var all []ledger.Nearby
	for _, r := range e.reports {
		n := ledger.Nearby{Report: r}
		for _, m := range r.Photos {
			n.Photos = append(n.Photos, ledger.File{Ref: m})
		}
		all = append(all, n)
	}
	for _, w := range twin.Pick(e.Profile, f, all) {
		r := w.Report
		out.Twins = append(out.Twins, flows.Twin{Report: r.ID, Code: r.Code, Category: r.Category, Metres: w.Metres, Street: w.Street,
			AreaName: r.Place.AreaName, DistrictName: r.Place.DistrictName, Filed: r.Filed, Status: r.Status, People: r.People(), Own: w.Own, Photo: w.Photo})
	}
	return out
}

// mayFollow does what casework decides about following; ok is false for other actions.
func (e *Engine) mayFollow(i int, a report.Action) (flows.Acted, bool) {
	r := e.reports[i]
	_, adds := a.(report.Add)
	switch a.(type) {
	case report.Follow, report.Unfollow:
	default:
		if !adds || r.Reporter == e.Chat {
			return flows.Acted{}, false
		}
	}
	o := &casework.Office{Profile: e.Profile}
	after, b, err := o.Act(r, report.Actor{Role: report.Citizen, ID: "sim:warga", Chat: e.Chat}, a,
		casework.Occasion{Cause: fmt.Sprintf("follow%d", e.events), At: e.Now, Facts: e.facts[r.ID]})
	if no, refused := casework.AsRefusal(err); refused {
		return flows.Acted{Report: r, Why: string(no.Why)}, true
	}
	if err != nil {
		return flows.Acted{Why: err.Error()}, true
	}
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok {
			e.facts[r.ID] = append(e.facts[r.ID], c.Facts...)
			for _, f := range c.Facts {
				line := fmt.Sprintf("%s %s", f.What, r.Code)
				if f.Words != "" || len(f.Photos) > 0 {
					line += fmt.Sprintf(" photos=%d text(%d)=%s", len(f.Photos), len(f.Words), f.Words)
				}
				e.Log(Line{Effect: line})
			}
		}
	}
	e.reports[i] = after
	return flows.Acted{Report: after, OK: true}, true
}

// followed is a report as somebody sees it who follows it.
func followed(r report.Report) report.Report {
	return report.Report{ID: r.ID, Code: r.Code, Status: r.Status, Draft: report.Draft{Category: r.Category, Visibility: r.Visibility,
		Place: report.Place{AreaName: r.Place.AreaName, DistrictName: r.Place.DistrictName}}}
}

// asks reports whether a look is about a report: by its number, by a message about it, or by the own list.
func (e *Engine) asks(f flows.Look, r report.Report) bool {
	if f.Ref == nil {
		return f.Code == "" || f.Code == r.Code
	}
	for _, m := range e.sent {
		if m.Ref == *f.Ref && m.Report == r.ID {
			return true
		}
	}
	return false
}

// echo sends news of the report filed by a neighbour last, to whoever follows it.
func (e *Engine) echo(words string) {
	for _, r := range slices.Backward(e.reports) {
		if r.Follows(e.Chat) {
			e.deliver(Sent{Message: bot.Message{Text: words}, Report: r.ID})
			return
		}
	}
}
