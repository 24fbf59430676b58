package open311

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// mostUpdate is how many characters an update may have: what an office reads in one message.
const mostUpdate = 3000

// change is an update as a client posts it. note is what its status tells the office, "" for nothing.
type change struct {
	code        report.Code
	id          string
	words, note string
	photos      []string
}

// statuses are those that an update may name, in small letters, with what is told the office of it; "": nothing.
func statusNote(status string) (note string, ok bool) {
	switch strings.ToLower(status) {
	case "", "open", "unchanged", "confirmed", "investigating", "in_progress", "planned", "action_scheduled", "for_triage", "internal_referral":
		return "", true
	case "fixed", "closed":
		return "(Di sana ditandai sudah beres.)", true
	case "reopen":
		return "(Di sana ditandai belum beres.)", true
	case "duplicate":
		return "(Di sana ditandai sama dengan laporan lain.)", true
	case "not_councils_responsibility", "no_further_action", "unable_to_fix", "not_responsible":
		return "(Di sana ditutup.)", true
	case "cancelled":
		return "(Di sana ditarik pelapornya.)", true
	}
	return "", false
}

// readUpdate reads an update.
func (s *Server) readUpdate(f *form) (c change, fault *Fault) {
	q := f.values
	id, fault := one(q, "service_request_id")
	if fault != nil {
		return c, fault
	}
	if id == "" {
		return c, bad("service_request_id is missing")
	}
	if c.code, _ = report.ParseCode(s.Profile.Prefix, id); c.code == "" {
		return c, missing("service_request_id was not found")
	}
	for _, name := range []string{"update_id", "update_id_ext"} { // some of FixMyStreet's sites send the latter alone
		if c.id != "" {
			break
		}
		if c.id, fault = line(q, name); fault != nil {
			return c, fault
		}
	}
	if c.id == "" {
		return c, bad("update_id is missing")
	}
	status, fault := line(q, "status")
	if fault != nil {
		return c, fault
	}
	var ok bool
	if c.note, ok = statusNote(status); !ok {
		return c, bad("status is none of the extension's")
	}
	if _, fault = moment(q, "updated_datetime", s.Profile.Location()); fault != nil {
		return c, fault
	}
	if text, fault := one(q, "description"); fault != nil {
		return c, fault
	} else if text != "" {
		if c.words, fault = description(url.Values{"description": {text}}); fault != nil {
			return c, fault
		}
	}
	if utf8.RuneCountInString(c.words) > mostUpdate {
		return c, bad("description has more than %d characters", mostUpdate)
	}
	if c.photos, fault = photos(q, len(f.files)); fault != nil {
		return c, fault
	}
	if c.words+c.note == "" && len(c.photos)+len(f.files) == 0 {
		return c, bad("description is missing")
	}
	return c, nil
}

// update takes an update of a client's own report: words and photos that the person adds there are added here. A status moves nothing: it
// is told to the office in words, for no machine gives a citizen's verdict.
func (s *Server) update(ctx context.Context, _ *http.Request, f *form) (document, error) {
	key, fault := one(f.values, "api_key")
	if fault != nil {
		return document{}, fault
	}
	c, err := s.known(ctx, key)
	if err != nil {
		return document{}, err
	}
	u, fault := s.readUpdate(f)
	if fault != nil {
		return document{}, fault
	}
	own, err := s.Clients.Carrier(ctx, u.code)
	switch {
	case errors.Is(err, ledger.ErrUnknown), err == nil && own.Client != c.ID:
		return document{}, missing("service_request_id was not found") // another's is as none
	case err != nil:
		return document{}, err
	}
	kept, refs, fault, err := s.uploads(ctx, f)
	if fault != nil {
		return document{}, fault
	}
	if err != nil {
		return document{}, err
	}
	out := object{{"update_id", u.id}}
	notice, err := s.added(ctx, addition{change: u, client: c, reading: s.Filer.Reader.Read(u.words), kept: kept, refs: refs, at: s.Now(), nonce: rand.Text()})
	if err != nil {
		return document{}, err
	}
	if notice != "" {
		out = append(out, field{"service_notice", notice})
	}
	return document{root: "service_request_updates", value: list{"request_update", []any{out}}}, nil
}
