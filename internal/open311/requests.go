package open311

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

const (
	// mostRequests is how many requests one answer has, and longestSpan the longest time between start_date and end_date; without them
	// the last longestSpan is meant.
	mostRequests = 1000
	longestSpan  = 90 * 24 * time.Hour
	// mostListed is how many codes one parameter may list.
	mostListed = 100
)

// one is the value of a parameter that may stand there once.
func one(q url.Values, name string) (string, *Fault) {
	switch all := q[name]; len(all) {
	case 0:
		return "", nil
	case 1:
		return strings.TrimSpace(all[0]), nil
	default:
		return "", bad("%s is given more than once", name)
	}
}

// listOf is a parameter that lists values with commas between. One that is empty is none: forms send those that nobody filled in.
func listOf(q url.Values, name string) ([]string, *Fault) {
	text, fault := one(q, name)
	if fault != nil || text == "" {
		return nil, fault
	}
	var out []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			return nil, bad("%s has an empty part", name)
		}
		if !slices.Contains(out, part) {
			out = append(out, part)
		}
	}
	if len(out) > mostListed {
		return nil, bad("%s lists more than %d values", name, mostListed)
	}
	return out, nil
}

// moment reads a time of the standard: with a zone, or a day alone in the city's time. In a query a plus that was not escaped is a space. One
// that is empty is none.
func moment(q url.Values, name string, in *time.Location) (time.Time, *Fault) {
	text, fault := one(q, name)
	if fault != nil || text == "" {
		return time.Time{}, fault
	}
	t, err := time.Parse(time.RFC3339, strings.Replace(text, " ", "+", 1))
	if err != nil {
		t, err = time.ParseInLocation(time.DateOnly, text, in)
	}
	if err != nil || t.Year() < 1970 || t.Year() > 9000 {
		return t, bad("%s is no time such as 2026-11-28T14:00:00+07:00", name)
	}
	return t, nil
}

// span reads start_date and end_date. What is not given follows from the other, or from now.
func span(q url.Values, now time.Time, in *time.Location) (from, to time.Time, fault *Fault) {
	if from, fault = moment(q, "start_date", in); fault != nil {
		return from, to, fault
	}
	if to, fault = moment(q, "end_date", in); fault != nil {
		return from, to, fault
	}
	switch {
	case from.IsZero() && to.IsZero():
		to = now
		from = now.Add(-longestSpan)
	case from.IsZero():
		from = to.Add(-longestSpan)
	case to.IsZero():
		to = from.Add(longestSpan)
	case to.Before(from):
		return from, to, bad("end_date is before start_date")
	case to.Sub(from) > longestSpan:
		return from, to, bad("start_date and end_date are more than 90 days apart")
	}
	return from, to.Add(time.Second), nil // times here have no fractions: end_date itself is meant, too
}

// wanted reads the filters of GET requests.
func wanted(p *profile.Profile, q url.Values, now time.Time) (ledger.DisplayQuery, *Fault) {
	w := ledger.DisplayQuery{Limit: mostRequests}
	ids, fault := listOf(q, "service_request_id")
	if fault != nil {
		return w, fault
	}
	if len(ids) > 0 { // overrides all else
		for _, id := range ids {
			if code, ok := report.ParseCode(p.Prefix, id); ok { // what is no number is nobody's, as one that was never given
				w.Codes = append(w.Codes, code)
			}
		}
		if len(w.Codes) == 0 {
			return w, missing("service_request_id was not found")
		}
		return w, nil
	}
	if w.Categories, fault = listOf(q, "service_code"); fault != nil {
		return w, fault
	}
	for _, code := range w.Categories {
		if _, ok := service(p, code); !ok {
			return w, missing("service_code was not found")
		}
	}
	statuses, fault := listOf(q, "status")
	if fault != nil {
		return w, fault
	}
	for _, word := range statuses {
		of := statusesOf(strings.ToLower(word))
		if of == nil {
			return w, bad("status is neither open nor closed")
		}
		w.Statuses = append(w.Statuses, of...)
	}
	w.From, w.To, fault = span(q, now, p.Location())
	return w, fault
}

// requests are the requests that somebody asks for. Of numbers those are told that are there: one of them may have become confidential
// since, and that must not keep the others from who follows them.
func (s *Server) requests(ctx context.Context, q url.Values) (document, error) {
	w, fault := wanted(s.Profile, q, s.Now())
	if fault != nil {
		return document{}, fault
	}
	all, err := s.Public.Displays(ctx, w)
	if err != nil {
		return document{}, err
	}
	if len(w.Codes) > 0 && len(all) == 0 {
		return document{}, missing("service_request_id was not found")
	}
	out := list{item: "request"}
	for _, d := range all {
		out.items = append(out.items, s.request(d))
	}
	return document{root: "service_requests", value: out}, nil
}

// request is one report as the standard has it.
func (s *Server) request(d report.Display) object {
	p := s.Profile
	name := d.Category
	if c, ok := p.Category(d.Category); ok {
		name = c.Name
	}
	st := standingOf(d.Status)
	var lat, long any
	if d.Spot != nil {
		lat, long = d.Spot.Lat, d.Spot.Lon
	}
	cleared, photo := s.cleared(d)
	return object{
		{"service_request_id", string(d.Code)}, {"status", st.word()}, {"status_notes", orNil(notes(st, d))}, {"service_name", orNil(name)}, {"service_code", orNil(d.Category)},
		{"description", orNil(cleared)}, {"agency_responsible", orNil(responsible(p, d))}, {"service_notice", nil},
		{"requested_datetime", stamp(d.Filed, p.Location())}, {"updated_datetime", stamp(d.Changed, p.Location())}, {"expected_datetime", stamp(d.Due, p.Location())},
		{"address", orNil(address(p, d))}, {"address_id", orNil(d.Area)}, {"zipcode", nil}, {"lat", lat}, {"long", long},
		{"media_url", orNil(photo)}, {"detailed_status", st.fine},
	}
}

// notes are what the status means for people, and under which number the story goes on.
func notes(st standing, d report.Display) string {
	if d.With == "" {
		return st.people
	}
	return st.people + " " + goesOn(d.With)
}

// cleared is what a moderator let everybody read, and the address of the picture of the trouble; "" for what nobody did.
func (s *Server) cleared(d report.Display) (text, photo string) {
	for _, e := range d.Exhibits {
		if e.Words != "" {
			text = strings.TrimSpace(text + "\n" + e.Words)
		}
		if e.Picture && e.Before && photo == "" && s.Picture != nil {
			photo = s.Picture(d.Code, e.Seq)
		}
	}
	return text, photo
}

func responsible(p *profile.Profile, d report.Display) string {
	if d.Owner != "" {
		for _, o := range p.Owners {
			if o.Code == d.Owner {
				return o.Name
			}
		}
	}
	if ag, ok := p.Agency(d.Office); ok {
		return ag.Name
	}
	return p.Coordinator
}

// address is the kelurahan with its kecamatan.
func address(p *profile.Profile, d report.Display) string {
	for _, a := range p.Areas {
		switch {
		case d.Area != "" && a.Code == d.Area:
			return "Kel. " + a.Name + ", Kec. " + a.DistrictName
		case d.Area == "" && d.District != "" && a.District == d.District:
			return "Kec. " + a.DistrictName
		}
	}
	return ""
}
