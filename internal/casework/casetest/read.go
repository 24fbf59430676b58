package casetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// ByID finds a report by its id.
func (m *Memory) ByID(_ context.Context, id report.ID) (report.Report, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.reports[id]
	if !ok {
		return report.Report{}, ledger.ErrUnknown
	}
	return r, nil
}

// ByCode finds a report by its number.
func (m *Memory) ByCode(_ context.Context, code report.Code) (report.Report, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.reports {
		if r.Code == code {
			return r, nil
		}
	}
	return report.Report{}, ledger.ErrUnknown
}

// ByRef finds the report that a sent message is about.
func (m *Memory) ByRef(_ context.Context, ref bot.MessageRef) (report.Report, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range slices.Backward(m.letters) {
		at := p.ref.Chat.Chat()
		if p.ref.Zero() || p.ref.ID != ref.ID || at != ref.Chat.Chat() && m.moves[at] != ref.Chat.Chat() {
			continue
		}
		if r, ok := m.reports[p.Report]; ok {
			return r, p.Intent, nil
		}
		if p.Intent != "" {
			return report.Report{}, p.Intent, nil
		}
		break // what was put in its place is about nothing
	}
	return report.Report{}, "", ledger.ErrUnknown
}

// ByAlbum finds the report with an answer of a person in an album.
func (m *Memory) ByAlbum(_ context.Context, person, album string) (report.Report, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, facts := range m.facts {
		for _, f := range facts {
			if f.Album == album && album != "" && f.By.ID == person {
				return m.reports[id], nil
			}
		}
	}
	return report.Report{}, ledger.ErrUnknown
}

// Facts are a report's facts, with kept files in place of the networks' names and lost files counted.
func (m *Memory) Facts(_ context.Context, id report.ID) ([]report.Fact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.reports[id]; !ok {
		return nil, ledger.ErrUnknown
	}
	facts := slices.Clone(m.facts[id])
	for i, f := range facts {
		var lostPhotos, lostFiles int
		for _, ref := range slices.Concat(f.Photos, f.Files) {
			if m.files[fileKey{id, ref.Network, ref.ID}].Waits != "" {
				facts[i].Waiting++
			}
		}
		facts[i].Photos, lostPhotos = m.kept(id, f.Photos)
		facts[i].Files, lostFiles = m.kept(id, f.Files)
		facts[i].Lost = lostPhotos + lostFiles
	}
	return facts, nil
}

func (m *Memory) kept(id report.ID, refs []bot.MediaRef) (out []bot.MediaRef, lost int) {
	for _, ref := range refs {
		f, ok := m.files[fileKey{id, ref.Network, ref.ID}]
		switch {
		case ok && f.Lost != "":
			lost++
		case ok && f.Waits == "":
			out = append(out, f.Ref)
		default:
			out = append(out, ref)
		}
	}
	return out, lost
}

// Operator finds a person of the desk.
func (m *Memory) Operator(_ context.Context, id string) (ledger.Operator, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	op, ok := m.operators[id]
	if !ok {
		return ledger.Operator{}, ledger.ErrUnknown
	}
	return op, nil
}

// Operators are all people who ever asked to join, by id.
func (m *Memory) Operators(context.Context) ([]ledger.Operator, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Operator
	for _, op := range m.operators {
		op.Acted = m.acted[op.ID]
		out = append(out, op)
	}
	slices.SortFunc(out, func(a, b ledger.Operator) int { return cmp.Compare(a.ID, b.ID) })
	return out, nil
}

// Served reports whether an approved operator serves the agency.
func (m *Memory) Served(_ context.Context, agency string) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, op := range m.operators {
		if op.Agency == agency && op.Role == report.Operator && op.Approved != "" && op.Ended.IsZero() {
			return true, nil
		}
	}
	return false, nil
}

// Whole is all that a report's card shows.
func (m *Memory) Whole(ctx context.Context, id report.ID) (ledger.Whole, error) {
	facts, err := m.Facts(ctx, id)
	if err != nil {
		return ledger.Whole{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	w := ledger.Whole{Report: m.reports[id], Facts: facts}
	for _, p := range slices.Backward(m.letters) {
		if p.Report == id && p.Purpose == ledger.Notice {
			w.Delivery = p.state
			break
		}
	}
	return w, nil
}

// OpenOf lists the open reports of an agency, oldest first.
func (m *Memory) OpenOf(_ context.Context, agency string, limit int) ([]report.Report, error) {
	var out []report.Report
	for _, r := range m.Reports() {
		if r.Agency == agency && r.Status.Working() {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b report.Report) int { return a.Filed.Compare(b.Filed) })
	return out[:min(limit, len(out))], nil
}

// Opens is what rooms have open.
func (m *Memory) Opens(_ context.Context, rooms []string, at, soon time.Time, most int) (map[string]ledger.OpenList, error) {
	open := map[string][]report.Report{}
	for _, r := range m.Reports() {
		if r.Status.Working() && slices.Contains(rooms, r.Agency) {
			open[r.Agency] = append(open[r.Agency], r)
		}
	}
	out := map[string]ledger.OpenList{}
	for room, all := range open {
		out[room] = ledger.OpenListOf(all, at, soon, most)
	}
	return out, nil
}

// DisposedTo lists the open reports of an agency that a person has by a disposition, oldest first.
func (m *Memory) DisposedTo(ctx context.Context, agency, person string, limit int) ([]report.Report, error) {
	open, err := m.OpenOf(ctx, agency, len(m.Reports()))
	open = slices.DeleteFunc(open, func(r report.Report) bool { return r.Disposed == nil || r.Disposed.ID != person })
	return open[:min(limit, len(open))], err
}

// Mine are a citizen's reports, newest first.
func (m *Memory) Mine(_ context.Context, reporter bot.Address, limit int) ([]report.Report, error) {
	out := m.of(reporter)
	slices.SortStableFunc(out, func(a, b report.Report) int { return b.Filed.Compare(a.Filed) })
	return out[:min(limit, len(out))], nil
}

// LastActive are a citizen's reports, the one first that people did something about last.
func (m *Memory) LastActive(_ context.Context, reporter bot.Address, limit int) ([]report.Report, error) {
	out := m.of(reporter)
	m.mu.Lock()
	defer m.mu.Unlock()
	last := func(r report.Report) (at time.Time) {
		for _, f := range m.facts[r.ID] {
			if f.What != report.WasAdvised && f.What != report.WasMoved && f.At.After(at) {
				at = f.At
			}
		}
		return at
	}
	slices.SortStableFunc(out, func(a, b report.Report) int {
		return cmp.Or(last(b).Compare(last(a)), b.Filed.Compare(a.Filed))
	})
	return out[:min(limit, len(out))], nil
}

func (m *Memory) of(reporter bot.Address) []report.Report {
	return slices.DeleteFunc(m.Reports(), func(r report.Report) bool { return reporter.Chat().Zero() || r.Reporter.Chat() != reporter.Chat() })
}

// Waiting lists the letters that wait, in the order of their commit.
func (m *Memory) Waiting(context.Context) ([]ledger.Letter, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []ledger.Letter
	for _, p := range m.letters {
		if p.state.State == ledger.Waiting && !p.moved {
			out = append(out, p.Letter)
		}
	}
	return out, nil
}

// Start takes a waiting letter on its way.
func (m *Memory) Start(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.letter(key)
	if p == nil || p.moved || p.state.State != ledger.Waiting {
		return fmt.Errorf("letter %q does not wait", key)
	}
	p.moved = true
	return nil
}

// Sent records that a letter left as the message ref.
func (m *Memory) Sent(_ context.Context, key string, ref bot.MessageRef) error {
	return m.end(key, ledger.Delivery{State: ledger.Sent}, ref)
}

// Failed records that a letter cannot be sent.
func (m *Memory) Failed(_ context.Context, key, why string) error {
	return m.end(key, ledger.Delivery{State: ledger.Failed, Why: why}, bot.MessageRef{})
}

func (m *Memory) end(key string, d ledger.Delivery, ref bot.MessageRef) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.letter(key)
	if p == nil || !p.moved {
		return fmt.Errorf("letter %q is not on its way", key)
	}
	p.state, p.ref = d, ref
	return nil
}

// LeftFor are the reports that wait for who writes from a number, oldest first.
func (m *Memory) LeftFor(_ context.Context, number string, limit int) ([]report.Report, error) {
	m.mu.Lock()
	left := map[report.ID]bool{}
	for id, n := range m.contacts {
		left[id] = n == number
	}
	m.mu.Unlock()
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool { return !left[r.ID] })
	slices.SortStableFunc(out, func(a, b report.Report) int { return cmp.Or(a.Filed.Compare(b.Filed), cmp.Compare(a.ID, b.ID)) })
	return out[:min(limit, len(out))], nil
}

// HandedOver lists the reports that were handed over to somebody outside the government, oldest first.
func (m *Memory) HandedOver(_ context.Context, limit int) ([]report.Report, error) {
	out := slices.DeleteFunc(m.Reports(), func(r report.Report) bool { return r.Status != report.Transferred })
	slices.SortStableFunc(out, func(a, b report.Report) int { return cmp.Or(a.Filed.Compare(b.Filed), cmp.Compare(a.ID, b.ID)) })
	return out[:min(limit, len(out))], nil
}

func (m *Memory) codeKnown(code report.Code) bool {
	for _, r := range m.reports {
		if r.Code == code {
			return true
		}
	}
	return false
}
