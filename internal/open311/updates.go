package open311

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

const (
	// mostUpdates is how many updates one answer has at most: the oldest, so that who goes on behind the last one misses none. mostPages is how
	// many pages of reports are looked through for them; where there are more, none is answered, for the oldest might be on those.
	mostUpdates = 1000
	mostPages   = 20
)

// step is a moment of a report.
type step struct {
	code report.Code
	report.Moment
	with report.Code // where the story goes on from then, "" for here
}

// updates are what happened to reports between two times, or behind a place up to which somebody has read. With a key they are those of the
// client's own reports.
func (s *Server) updates(ctx context.Context, q url.Values) (document, error) {
	var p part
	var fault *Fault
	if p.after, fault = readMark(q, s.Profile.Prefix); fault != nil {
		return document{}, fault
	}
	if p.most, fault = most(q, mostUpdates); fault != nil {
		return document{}, fault
	}
	if p.after.at.IsZero() {
		p.from, p.to, fault = span(q, s.Now(), s.Profile.Location())
	} else {
		p.from, p.to, fault = since(p.after, q, s.Now(), s.Profile.Location())
	}
	if fault != nil {
		return document{}, fault
	}
	w, answers := ledger.DisplayQuery{ChangedFrom: p.from, Limit: mostRequests}, false
	key, fault := one(q, "api_key")
	if fault != nil {
		return document{}, fault
	}
	if q.Has("api_key") {
		c, err := s.known(ctx, key)
		if err != nil {
			return document{}, err
		}
		own, err := s.Clients.CarriedBy(ctx, c.ID, p.from)
		if err != nil {
			return document{}, err
		}
		if w.Codes, answers = own, c.Answers; len(own) == 0 {
			return s.updated(nil, nil, p.after), nil
		}
	}
	steps, err := s.steps(ctx, w, p)
	if err != nil {
		return document{}, err
	}
	var said map[string]string
	if answers {
		if said, err = s.answered(ctx, steps); err != nil {
			return document{}, err
		}
	}
	return s.updated(steps, said, p.after), nil
}

// answered is what offices said to reporters in moments, by the ids of these.
func (s *Server) answered(ctx context.Context, steps []step) (map[string]string, error) {
	out, read := map[string]string{}, map[report.Code]bool{}
	for _, st := range steps {
		if read[st.code] {
			continue
		}
		read[st.code] = true
		r, err := s.Filer.Store.ByCode(ctx, st.code)
		if err != nil {
			return nil, err
		}
		facts, err := s.Filer.Store.Facts(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range facts {
			switch f.What {
			case report.WasAnswered, report.WasAsked, report.WasPlanned, report.WasResolved, report.WasRejected:
				out[updateID(st.code, f.Seq)] = f.Words
			}
		}
	}
	return out, nil
}

// part is which of the moments are wanted: between two times, behind a place, so many of the oldest.
type part struct {
	from, to time.Time
	after    mark
	most     int
}

// has reports whether a moment is among them.
func (p part) has(st step) bool {
	return !st.At.Before(p.from) && st.At.Before(p.to) && (p.after.at.IsZero() || p.after.compare(markOf(st)) < 0)
}

// steps are the wanted moments of reports, the oldest first. The first of each, that it was filed, is no update; nor
// is, yet, what an officer may still take back.
func (s *Server) steps(ctx context.Context, w ledger.DisplayQuery, p part) ([]step, error) {
	var out []step
	if last := s.Now().Add(-settled); p.to.After(last) {
		p.to = last
	}
	for n := 0; ; n++ {
		if n == mostPages {
			return nil, bad("more than %d reports have changed since start_date; ask from a later one", mostPages*w.Limit)
		}
		page, err := s.Public.Displays(ctx, w)
		if err != nil {
			return nil, err
		}
		for _, d := range page {
			for _, m := range d.Story {
				if st := (step{d.Code, m, joinedWith(d, m)}); m.What != report.WasFiled && p.has(st) {
					out = append(out, st)
				}
			}
		}
		if len(page) < w.Limit {
			break
		}
		last := page[len(page)-1]
		w.BeforeFiled, w.BeforeReport = last.Filed, last.Report
	}
	slices.SortFunc(out, func(a, b step) int { return markOf(a).compare(markOf(b)) })
	return out[:min(len(out), p.most)], nil
}

// updated tells moments, with what was said in them where that is known, and where who read until a place goes on.
func (s *Server) updated(steps []step, said map[string]string, read mark) document {
	out := list{item: "request_update"}
	for _, st := range steps {
		status, words := told(s.Profile, st.Moment)
		if st.with != "" {
			words += " " + goesOn(st.with)
		}
		if more := said[updateID(st.code, st.Seq)]; more != "" {
			words += "\n\n" + more
		}
		out.items = append(out.items, object{
			{"update_id", updateID(st.code, st.Seq)}, {"service_request_id", string(st.code)}, {"status", status},
			{"updated_datetime", stamp(st.At, s.Profile.Location())}, {"description", words}, {"media_url", nil},
		})
	}
	if len(steps) > 0 {
		read = markOf(steps[len(steps)-1])
	}
	return document{root: "service_request_updates", value: out, next: read.cursor()}
}

// updateID names a moment of a report's story.
func updateID(code report.Code, seq int) string { return string(code) + "." + strconv.Itoa(seq) }
