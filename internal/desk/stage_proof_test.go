package desk_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// pictures are the photos of a play by what they show.
type pictures struct {
	shows map[string]string // by the name of the file
	slow  map[string]bool   // nobody can tell in passing what these show
}

// show says what a photo shows: "a", or "a!" where it cannot be looked at in passing.
func (p *pictures) show(m bot.MediaRef, what string) {
	if p.shows == nil {
		p.shows, p.slow = map[string]string{}, map[string]bool{}
	}
	what, slow := strings.CutSuffix(what, "!")
	p.shows[m.ID], p.slow[m.ID] = what, slow
}

func (p *pictures) look(m bot.MediaRef) string {
	what := p.shows[m.ID]
	if what == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(what))
	return hex.EncodeToString(sum[:8])
}

// looks is of desk.Desk.Looks.
func (p *pictures) looks(_ context.Context, _ bot.Address, photos []bot.MediaRef) map[bot.MediaRef]string {
	out := map[bot.MediaRef]string{}
	for _, m := range photos {
		if look := p.look(m); look != "" && !p.slow[m.ID] {
			out[m] = look
		}
	}
	return out
}

// keepAll keeps all files that were sent until now, as the jobs do.
func (s *stage) keepAll() {
	ctx := context.Background()
	for n, j := range s.mem.Jobs() {
		job, ok := j.(ledger.FetchMedia)
		if !ok || slices.Contains(s.kept, n) {
			continue
		}
		s.kept = append(s.kept, n)
		r, facts := s.whole(job.Report)
		for _, f := range facts {
			if f.Seq != job.Seq {
				continue
			}
			for i, m := range f.Photos {
				file := ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "kept/" + m.ID}, Look: s.pictures.look(m)}
				t := casework.Occasion{Cause: fmt.Sprintf("kept:%d:%d", n, i), At: s.now}
				if err := s.mem.Commit(ctx, s.office.Stored(r, f, m, file, t)); err != nil {
					s.Fatal(err)
				}
			}
		}
		s.prove(job)
	}
}

func (s *stage) prove(job ledger.FetchMedia) {
	ctx := context.Background()
	r, facts := s.whole(job.Report)
	answer, photos, ok := s.office.Proof(r, facts, job.Seq)
	if !ok {
		return
	}
	var first *casework.Used
	for _, m := range photos {
		p := casework.Proving{Alike: ledger.Alike{Report: r.ID, Ref: m}, Report: r, Facts: facts, Answer: answer.Seq, At: answer.At}
		all, err := s.mem.Pictures(ctx, p.Alike)
		if err != nil {
			s.Fatal(err)
		}
		for _, k := range all {
			if k.File.Ref == m {
				p.Look = k.File.Look
			}
		}
		u, err := casework.UsedBefore(p, all, func(id report.ID) (report.Report, []report.Fact, error) {
			other, facts := s.whole(id)
			return other, facts, nil
		})
		if err != nil {
			s.Fatal(err)
		}
		if u == nil {
			return
		}
		first = u
	}
	t := casework.Occasion{Cause: fmt.Sprintf("proof:%d:%d", r.ID, answer.Seq), At: s.now, Facts: facts}
	err := ledger.ErrSent
	if b, taken := s.office.Unprove(r, answer, *first, t); taken == nil {
		if err = s.mem.Commit(ctx, b); err == nil {
			s.facts(b)
		}
	}
	if errors.Is(err, ledger.ErrSent) {
		err = s.mem.Commit(ctx, s.office.Unproven(r, answer, *first, t))
	}
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		s.Fatal(err)
	}
}

func (s *stage) whole(id report.ID) (report.Report, []report.Fact) {
	r, err := s.mem.ByID(context.Background(), id)
	if err != nil {
		s.Fatal(err)
	}
	facts, err := s.mem.Facts(context.Background(), id)
	if err != nil {
		s.Fatal(err)
	}
	return r, facts
}
