package open311

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/report"
)

// mostUpdate is how many characters an update may have: what an office reads in one message.
const mostUpdate = 3000

// posted is an update as a client posts it.
type change struct {
	code   report.Code
	id     string
	words  string
	photos []string
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
	note, ok := statusNote(status)
	if !ok {
		return c, bad("status is none of the extension's")
	}
	if _, fault = moment(q, "updated_datetime", s.Profile.Location()); fault != nil {
		return c, fault
	}
	words := ""
	if text, fault := one(q, "description"); fault != nil {
		return c, fault
	} else if text != "" {
		if words, fault = description(url.Values{"description": {text}}); fault != nil {
			return c, fault
		}
	}
	if utf8.RuneCountInString(words) > mostUpdate {
		return c, bad("description has more than %d characters", mostUpdate)
	}
	if c.photos, fault = photos(q, len(f.files)); fault != nil {
		return c, fault
	}
	c.words = strings.TrimSpace(words + "\n" + note)
	if c.words == "" && len(c.photos)+len(f.files) == 0 {
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
	if err := s.added(ctx, c, u, kept, refs); err != nil {
		return document{}, err
	}
	return document{root: "service_request_updates", value: list{"request_update", []any{object{{"update_id", u.id}}}}}, nil
}

func (s *Server) added(ctx context.Context, c ledger.Client, u change, kept []ledger.File, refs []bot.MediaRef) error {
	sum := sha256.Sum256([]byte(u.id))
	cause := "open311:u:" + c.ID + ":" + hex.EncodeToString(sum[:16])
	add := report.Add{Words: u.words}
	for _, address := range u.photos {
		add.Photos = append(add.Photos, bot.MediaRef{Network: fetch.Network, ID: address})
	}
	add.Photos = append(add.Photos, refs...)
	err := ledger.Again(ctx, func(error) error {
		was, err := s.Filer.Store.ByCode(ctx, u.code)
		if err != nil {
			return err
		}
		if !was.Erased.IsZero() {
			return &Fault{Status: http.StatusGone, Words: "the report was erased"}
		}
		facts, err := s.Filer.Store.Facts(ctx, was.ID)
		if err != nil {
			return err
		}
		_, b, err := s.Filer.Office().Act(was, report.Actor{Role: report.Citizen, Chat: was.Reporter}, add, casework.Occasion{Cause: cause, At: s.Now(), Facts: facts})
		if err != nil {
			return err
		}
		for i, f := range kept {
			b.Changes = append(b.Changes, ledger.Stored{Report: was.ID, From: refs[i], File: f})
		}
		return s.Filer.Store.Commit(ctx, b)
	})
	if errors.Is(err, ledger.ErrDone) {
		return bad("update_id was sent before")
	}
	if why, ok := casework.AsRefusal(err); ok {
		if why.Why == casework.TooMany {
			return bad("the report takes no more photos")
		}
		return bad("the report takes no more updates")
	}
	return err
}
