package open311

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// addition is an update that is to be kept, with what its words were read as.
type addition struct {
	change
	client  ledger.Client
	reading understand.Reading
	// kept are the photos that came along, under the names refs.
	kept  []ledger.File
	refs  []bot.MediaRef
	at    time.Time
	nonce string
}

// cause names it: who sends it again sends the same.
func (a addition) cause() string {
	sum := sha256.Sum256([]byte(a.id))
	return "open311:u:" + a.client.ID + ":" + hex.EncodeToString(sum[:16])
}

// danger reports whether it tells that somebody is in danger now.
func (a addition) danger() bool { return a.reading.Emergency || a.reading.Harm == understand.SelfHarm }

// accuses reports whether it tells what its report's office must not read: what somebody of an office did, or violence against a person. Where
// the report itself is of such a matter, its office is the one that looks into it.
func (s *Server) accuses(a addition, was report.Report) bool {
	return (a.reading.Misconduct || a.reading.Harm != understand.NoHarm) && !s.Filer.Office().Secret(was)
}

// added keeps an update, and tells what the person is to know at once ("" for nothing). Words that would be kept from an office if they were
// filed are no addition to what that office has: they become a report of their own. So does a danger that its report cannot take any more.
func (s *Server) added(ctx context.Context, a addition) (notice string, err error) {
	err = ledger.Again(ctx, func(before error) error {
		was, err := s.Filer.Store.ByCode(ctx, a.code)
		if err != nil {
			return err
		}
		if !was.Erased.IsZero() {
			return &Fault{Status: http.StatusGone, Words: "the report was erased"}
		}
		var b ledger.Batch
		if s.accuses(a, was) {
			b, notice, err = s.apart(ctx, a, was, before)
		} else {
			b, notice, err = s.beneath(ctx, a, was)
			if _, refused := casework.AsRefusal(err); refused && a.danger() {
				b, notice, err = s.apart(ctx, a, was, before)
			}
		}
		if err != nil {
			return err
		}
		return s.Filer.Store.Commit(ctx, b)
	})
	if errors.Is(err, ledger.ErrDone) {
		return "", bad("update_id was sent before")
	}
	if why, ok := casework.AsRefusal(err); ok {
		if why.Why == casework.TooMany {
			return "", bad("the report takes no more photos")
		}
		return "", bad("the report takes no more updates")
	}
	return notice, err
}

// act lets the report's reporter add something to it.
func (s *Server) act(ctx context.Context, a addition, was report.Report, add report.Add) (ledger.Batch, error) {
	facts, err := s.Filer.Store.Facts(ctx, was.ID)
	if err != nil {
		return ledger.Batch{}, err
	}
	_, b, err := s.Filer.Office().Act(was, report.Actor{Role: report.Citizen, Chat: was.Reporter}, add, casework.Occasion{Cause: a.cause(), At: a.at, Facts: facts})
	return b, err
}

// beneath adds it to its report. A danger rings at the coordinator's.
func (s *Server) beneath(ctx context.Context, a addition, was report.Report) (b ledger.Batch, notice string, err error) {
	add := report.Add{Words: strings.TrimSpace(a.words + "\n" + a.note)}
	for _, address := range a.photos {
		add.Photos = append(add.Photos, bot.MediaRef{Network: fetch.Network, ID: address})
	}
	add.Photos = append(add.Photos, a.refs...)
	if b, err = s.act(ctx, a, was, add); err != nil {
		return b, "", err
	}
	for i, f := range a.kept {
		b.Changes = append(b.Changes, ledger.Stored{Report: was.ID, From: a.refs[i], File: f})
	}
	if a.danger() {
		b.Letters = append(b.Letters, s.alarm(a.cause(), "Tambahan pada laporan", was, a.client))
		notice = s.helpline()
	}
	return b, notice, nil
}

// remark says which report words were sent to. The number of one that is kept from offices is told to none.
func (s *Server) remark(was report.Report) string {
	if s.Filer.Office().Secret(was) {
		return ""
	}
	return "(Dikirim sebagai tambahan pada laporan " + string(was.Code) + ".)"
}

// apart files its words as a confidential report, or as one of a danger, of the same person at the same place. What the status says is
// still for the office of the first.
func (s *Server) apart(ctx context.Context, a addition, was report.Report, before error) (b ledger.Batch, notice string, err error) {
	cause := a.cause() + "/apart"
	id, code := s.Filer.Store.Draw(cause)
	if before != nil {
		if id, code, err = s.Filer.Store.NextID(ctx, cause); err != nil {
			return b, "", err
		}
	}
	service, _ := s.Profile.Category(was.Category)
	o := order{client: a.client, kept: a.kept, refs: a.refs, at: a.at, nonce: a.nonce, remark: s.remark(was),
		posting: posting{service: service, kind: report.Complaint, place: was.Place, photos: a.photos, name: was.ReporterName, who: "update:" + a.id, description: a.words}}
	o.mark = o.print(s.Key, a.client.ID)
	r, b, err := s.batch(ctx, o, cause, id, code)
	if err != nil {
		return b, "", err
	}
	b.Cause = a.cause()
	if a.note != "" {
		told, err := s.act(ctx, a, was, report.Add{Words: a.note})
		if _, refused := casework.AsRefusal(err); err != nil && !refused {
			return b, "", err
		}
		b.Add(told)
	}
	return b, strings.TrimSpace("Ini dicatat sebagai laporan tersendiri, " + string(code) + ". " + s.notice(r)), nil
}
