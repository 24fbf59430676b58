package open311

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// HookStore knows which client brought a report, and what it was told of it.
type HookStore interface {
	// Claim takes the telling in hand until a time, and gives the last fact that was told. ok is false where no client is to be told;
	// ledger.ErrStale where another job is at it.
	Claim(ctx context.Context, id report.ID, now, until time.Time) (c ledger.Client, code report.Code, told int, ok bool, err error)
	Told(ctx context.Context, id report.ID, seq int) error
	Unclaim(ctx context.Context, id report.ID) error
	// Owed are reports of which something that strangers may know happened from a time on and before another, and of which their client was
	// not told the last of it, by client, of each at most so many.
	Owed(ctx context.Context, from, to time.Time, most int) ([]ledger.Owed, error)
}

// Hooks tell clients what became of the reports that they brought: the moments that everybody may know, in their order, each until the
// client has taken it. What a client could not be told yet keeps later moments of that report waiting.
type Hooks struct {
	Profile *profile.Profile
	Public  Public
	Store   HookStore
	// Send posts a body to an address: an error that nobody took it. private allows addresses of private networks.
	Send func(ctx context.Context, address string, private bool, header map[string]string, body []byte) error
	Now  func() time.Time
}

const (
	// claimed is how long a job may be at a report; a program that dies leaves it so long.
	claimed = 90 * time.Second
	// settled is how long after a moment its client is told: until then an officer may take back what was said.
	settled = casework.Holding + 5*time.Second
	// busy is how long a job waits for another that is at the same report.
	busy = 5 * time.Second
	// mostTold is how many moments one job tells, more how soon the next one tells on.
	mostTold = 10
	more     = time.Second
	// owedFor is for how long a client that is away is told again, owedAfter from when on: until then its own job tries. mostOwed is of how
	// many reports it is told at once.
	owedFor   = 30 * 24 * time.Hour
	owedAfter = 2 * time.Hour
	mostOwed  = 500
)

// Headers of what is sent. The signature is the hex HMAC-SHA-256, under the client's secret, of the time, a full stop and the body.
const (
	HeaderTime      = "X-Rabeg-Timestamp"
	HeaderSignature = "X-Rabeg-Signature"
	HeaderEvent     = "X-Rabeg-Event-Id"
)

// Sign signs a body that is sent at a time.
func Sign(secret string, at time.Time, body []byte) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(strconv.FormatInt(at.Unix(), 10) + "."))
	h.Write(body)
	return "v1=" + hex.EncodeToString(h.Sum(nil))
}

// Tell tells the client of a report what it does not know yet. again is when there may be more to tell, 0 for not.
func (h *Hooks) Tell(ctx context.Context, id report.ID) (again time.Duration, err error) {
	c, code, known, ok, err := h.Store.Claim(ctx, id, h.Now(), h.Now().Add(claimed))
	switch {
	case errors.Is(err, ledger.ErrStale):
		return busy, nil
	case err != nil || !ok:
		return 0, err
	}
	defer func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), busy)
		defer cancel()
		err = errors.Join(err, h.Store.Unclaim(end, id))
	}()
	if c.Hook == "" || !c.Ended.IsZero() && !h.Now().Before(c.Ended) {
		return 0, nil
	}
	all, err := h.Public.Displays(ctx, ledger.DisplayQuery{Codes: []report.Code{code}, Limit: 1})
	if err != nil || len(all) == 0 { // nobody may know of it: its client neither
		return 0, err
	}
	sent := 0
	for _, m := range all[0].Story {
		if m.Seq <= known {
			continue
		}
		if wait := settled - h.Now().Sub(m.At); wait > 0 {
			return wait, nil
		}
		if sent++; sent > mostTold {
			return more, nil
		}
		if err := h.send(ctx, c, all[0], m); err != nil {
			return 0, err
		}
		if err := h.Store.Told(ctx, id, m.Seq); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// Retell tells each client what it was not told when that happened: it was away for longer than a job tries, or nobody was told anything. The
// last word on a report has none behind it that would bring it. A client that is still away is left alone until the next time. The turn is always of
// the one that took least time so far: who is slow keeps nobody waiting.
func (h *Hooks) Retell(ctx context.Context) error {
	now := h.Now()
	owed, err := h.Store.Owed(ctx, now.Add(-owedFor), now.Add(-owedAfter), mostOwed)
	if err != nil {
		return err
	}
	lines, took := map[string][]report.ID{}, map[string]time.Duration{}
	for _, o := range owed {
		lines[o.Client] = append(lines[o.Client], o.Report)
	}
	var away []error
	for len(lines) > 0 && ctx.Err() == nil {
		client := slices.MinFunc(slices.Sorted(maps.Keys(lines)), func(a, b string) int {
			return cmp.Or(cmp.Compare(took[a], took[b]), cmp.Compare(len(lines[a]), len(lines[b])))
		})
		began := h.Now()
		again, err := h.Tell(ctx, lines[client][0])
		took[client] += h.Now().Sub(began)
		switch {
		case err != nil:
			away = append(away, err)
			delete(lines, client)
		case again == more:
		case len(lines[client]) == 1:
			delete(lines, client)
		default:
			lines[client] = lines[client][1:]
		}
	}
	return errors.Join(away...)
}

func (h *Hooks) send(ctx context.Context, c ledger.Client, d report.Display, m report.Moment) error {
	status, words := told(h.Profile, m)
	if with := joinedWith(d, m); with != "" {
		words += " " + goesOn(with)
	}
	var body bytes.Buffer
	writeJSON(&body, object{
		{"event", "service_request_update"}, {"update_id", updateID(d.Code, m.Seq)}, {"service_request_id", string(d.Code)}, {"service_code", orNil(d.Category)},
		{"rev", m.Seq}, {"status", coarse(status)}, {"detailed_status", status}, {"description", words}, {"updated_datetime", stamp(m.At, h.Profile.Location())},
	})
	at := h.Now()
	return h.Send(ctx, c.Hook, c.Private, map[string]string{
		"Content-Type": "application/json", HeaderTime: strconv.FormatInt(at.Unix(), 10), HeaderSignature: Sign(c.Secret, at, body.Bytes()),
		HeaderEvent: updateID(d.Code, m.Seq),
	}, body.Bytes())
}

// coarse is a fine status in the two words of the standard.
func coarse(fine string) string {
	for _, s := range standings() {
		if s.fine == fine {
			return s.word()
		}
	}
	return "open"
}
