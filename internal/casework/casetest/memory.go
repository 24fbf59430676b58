package casetest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Memory is a Store, Reader and Post without a database. Its zero value is not ready: use NewMemory.
type Memory struct {
	prefix string

	mu        sync.Mutex
	handled   map[string]bool
	memos     map[string]json.RawMessage
	given     map[string]report.ID
	draws     map[string]uint64
	reports   map[report.ID]report.Report
	facts     map[report.ID][]report.Fact
	operators map[string]ledger.Operator
	acted     map[string]time.Time // by people of the desk
	files     map[fileKey]ledger.File
	letters   []*posted
	jobs      []ledger.Job
	moves     map[bot.Address]bot.Address // of people
	contacts  map[report.ID]string
	prints    map[carriedKey]time.Time // of what clients brought
	calls     map[ledger.CallID]ledger.Call
	conducts  map[bot.Address]ledger.Conduct
	shelves   map[string]ledger.Shelf    // by office
	known     map[string]ledger.Known    // by category
	sights    map[string]ledger.Sighting // by number in LAPOR!
	mappings  []ledger.Mapping
	timers    timers
	looks     []ledger.Look
	pleas     pleas
	ties      ties
}

type posted struct {
	ledger.Letter
	state ledger.Delivery
	moved bool // on its way: no longer to be taken back
	ref   bot.MessageRef
}

type fileKey struct {
	report  report.ID
	network bot.Network
	id      string
}

var (
	_ ledger.Store  = (*Memory)(nil)
	_ ledger.Reader = (*Memory)(nil)

	_ ledger.CitizenReader = (*Memory)(nil)
	_ ledger.Figures       = (*Memory)(nil)

	_ ledger.Timers = (*Memory)(nil)

	_ Post = (*Memory)(nil)
)

// NewMemory makes an empty store whose numbers begin with prefix.
func NewMemory(prefix string) *Memory {
	return &Memory{
		prefix: prefix, handled: map[string]bool{}, memos: map[string]json.RawMessage{}, given: map[string]report.ID{}, draws: map[string]uint64{}, reports: map[report.ID]report.Report{},
		facts: map[report.ID][]report.Fact{}, operators: map[string]ledger.Operator{}, acted: map[string]time.Time{}, files: map[fileKey]ledger.File{},
		moves: map[bot.Address]bot.Address{}, contacts: map[report.ID]string{}, prints: map[carriedKey]time.Time{}, calls: map[ledger.CallID]ledger.Call{}, conducts: map[bot.Address]ledger.Conduct{}, shelves: map[string]ledger.Shelf{}, known: map[string]ledger.Known{}, sights: map[string]ledger.Sighting{}, timers: timers{of: map[timerKey]timer{}},
		pleas: pleas{of: map[ledger.PleaID]ledger.Plea{}, gone: map[string]time.Time{}},
		ties:  ties{of: map[bot.Address]tied{}, offers: map[bot.Address]ledger.Offer{}},
	}
}

// Draw gives the n-th cause the id n and the n-th number; when it draws again, another.
func (m *Memory) Draw(cause string) (report.ID, report.Code) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.draw(cause)
}

func (m *Memory) draw(cause string) (report.ID, report.Code) {
	id, ok := m.given[cause]
	if !ok {
		id = report.ID(len(m.given) + 1)
		m.given[cause] = id
	}
	m.draws[cause]++
	return id, report.NewCode(m.prefix, uint64(id)+(m.draws[cause]-1)<<32)
}

// NextID draws until the number is free.
func (m *Memory) NextID(_ context.Context, cause string) (report.ID, report.Code, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, filed := m.reports[m.given[cause]]; filed {
		return r.ID, r.Code, nil
	}
	for {
		if id, code := m.draw(cause); !m.codeKnown(code) {
			return id, code, nil
		}
	}
}

// Commit writes a batch, all or nothing.
func (m *Memory) Commit(_ context.Context, b ledger.Batch) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.handled[b.Cause] {
		return ledger.ErrDone
	}
	if err := m.check(b); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	m.handled[b.Cause], m.memos[b.Cause] = true, b.Memo
	for _, c := range b.Changes {
		m.write(c)
	}
	for _, l := range ledger.Home(b.Letters, m.ties.homes(ledger.NewsFor(b.Letters))) {
		m.post(l)
	}
	m.jobs = append(append(m.jobs, b.Jobs...), ledger.Hooks(b)...)
	m.looks = append(m.looks, b.Looks...)
	return nil
}

// check refuses what cannot be written whole; changes of one batch see the ones before them.
func (m *Memory) check(b ledger.Batch) error {
	revs := map[report.ID]int{}
	codes := map[report.Code]bool{}
	calls := map[ledger.CallID]int{}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Opened:
			_, known := m.reports[c.Report.ID]
			_, begun := revs[c.Report.ID]
			if known || begun { // the id follows from the cause
				return ledger.ErrDone
			}
			if codes[c.Report.Code] || m.codeKnown(c.Report.Code) {
				return ledger.ErrTaken
			}
			if !c.Report.Owned() {
				return ledger.ErrOwner
			}
			if m.tracks(c.Report, b.Changes) {
				return ledger.ErrStale
			}
			revs[c.Report.ID], codes[c.Report.Code] = c.Report.Rev, true
		case ledger.Changed:
			rev, ok := revs[c.Report.ID]
			if !ok {
				r, known := m.reports[c.Report.ID]
				if !known {
					return ledger.ErrUnknown
				}
				rev = r.Rev
			}
			if rev != c.Was {
				return ledger.ErrStale
			}
			if !c.Report.Owned() {
				return ledger.ErrOwner
			}
			if m.tracks(c.Report, b.Changes) {
				return ledger.ErrStale
			}
			revs[c.Report.ID] = c.Report.Rev
		case ledger.Called:
			rev, begun := calls[c.Call.ID]
			if !begun {
				rev = m.calls[c.Call.ID].Rev
			}
			if rev != c.Was {
				return ledger.ErrStale
			}
			calls[c.Call.ID] = c.Call.Rev
		case ledger.Unsent:
			if p := m.letter(c.Key); p == nil || p.moved || p.state.State != ledger.Waiting {
				return ledger.ErrSent
			}
		case ledger.Rung:
			if !m.timers.set(c.Timer) {
				return ledger.ErrUntimed
			}
		case ledger.Enrolled:
			if m.operators[c.Operator.ID].Rev != c.Was {
				return ledger.ErrStale
			}
		case ledger.Restrained:
			if m.conducts[c.Conduct.Chat.Chat()].Rev != c.Was {
				return ledger.ErrStale
			}
		case ledger.Shelved:
			if m.shelves[c.Shelf.Office].Rev != c.Was {
				return ledger.ErrStale
			}
		case ledger.Taught:
			if m.known[c.Known.Category].Rev != c.Was {
				return ledger.ErrStale
			}
		case ledger.Mapped:
			if len(m.mappingsOf(c.Mapping.Category))+1 != c.Mapping.Rev {
				return ledger.ErrStale
			}
		case ledger.Pleaded:
			if m.pleas.of[c.Plea.ID].Rev != c.Was {
				return ledger.ErrStale
			}
		case ledger.Sighted:
			if m.overtaken(c) {
				return ledger.ErrStale
			}
		case ledger.Carried:
			if at, ok := m.prints[carriedKey{c.Client, c.Print}]; ok && !at.Before(c.Since) {
				return ledger.ErrDone
			}
		case ledger.Stored, ledger.Moved, ledger.Contacted, ledger.Claimed, ledger.Timed, ledger.Untimed, ledger.Redacted, ledger.Cleared, ledger.Hushed:
		case ledger.Wanted, ledger.Tied:
			if m.ties.stale(c) {
				return ledger.ErrStale
			}
		case ledger.Offered, ledger.Withdrawn, ledger.Untied, ledger.Homed:
		default:
			return fmt.Errorf("unknown change %T", c)
		}
	}
	for _, l := range b.Letters {
		if m.letter(l.Key) != nil {
			return fmt.Errorf("letter key %q is used twice", l.Key)
		}
	}
	return nil
}

func (m *Memory) write(c ledger.Change) {
	if person, at, ok := ledger.ActedIn(c); ok && m.operators[person].ID != "" && at.After(m.acted[person]) {
		m.acted[person] = at
	}
	switch c := c.(type) {
	case ledger.Opened:
		m.reports[c.Report.ID] = c.Report
		m.facts[c.Report.ID] = append(m.facts[c.Report.ID], c.Facts...)
	case ledger.Changed:
		m.reports[c.Report.ID] = c.Report
		m.facts[c.Report.ID] = append(m.facts[c.Report.ID], c.Facts...)
	case ledger.Enrolled:
		m.operators[c.Operator.ID] = c.Operator
	case ledger.Restrained:
		m.restrain(c.Conduct)
	case ledger.Shelved:
		m.shelves[c.Shelf.Office] = c.Shelf
	case ledger.Taught:
		m.known[c.Known.Category] = c.Known
	case ledger.Mapped:
		m.mappings = append(m.mappings, c.Mapping)
	case ledger.Unsent:
		m.letter(c.Key).state.State = ledger.Taken
	case ledger.Stored:
		m.files[fileKey{c.Report, c.From.Network, c.From.ID}] = c.File
	case ledger.Moved:
		m.move(c)
	case ledger.Contacted:
		m.contacts[c.Report] = c.Number
	case ledger.Sighted:
		m.sight(c)
	case ledger.Claimed:
		delete(m.contacts, c.Report)
	case ledger.Carried:
		m.prints[carriedKey{c.Client, c.Print}] = c.At
	case ledger.Called:
		m.calls[c.Call.ID] = c.Call
	case ledger.Pleaded:
		m.pleas.of[c.Plea.ID] = c.Plea
	case ledger.Redacted:
		m.redact(c)
	case ledger.Cleared:
		m.clear(c)
	case ledger.Hushed:
		m.hush(c)
	default:
		if !m.tie(c) {
			m.timers.write(c)
		}
	}
}

func (m *Memory) move(c ledger.Moved) {
	delete(m.moves, c.Now)
	m.moves[c.Was] = c.Now
	for was, now := range m.moves {
		if now == c.Was {
			m.moves[was] = c.Now
		}
	}
	m.timers.move(c)
	m.moveConduct(c)
	m.ties.move(c)
	for id, call := range m.calls {
		if call.Chat == c.Was {
			call.Chat = c.Now
			call.Rev++
			m.calls[id] = call
		}
	}
	for _, p := range m.letters {
		if p.To == c.Was && !p.Desk && !p.moved && p.state.State == ledger.Waiting {
			p.To = c.Now
		}
	}
}

func (m *Memory) post(l ledger.Letter) {
	if l.Fold != "" && l.Purpose != ledger.Reply { // answers make way for each other when they are sent
		for _, p := range m.letters {
			same := p.Fold == l.Fold && p.To == l.To && p.Desk == l.Desk && p.Room == l.Room
			if same && p.state.State == ledger.Waiting && !p.moved {
				p.state.State = ledger.Overtaken
			}
		}
	}
	m.letters = append(m.letters, &posted{Letter: l, state: ledger.Delivery{State: ledger.Waiting}})
}

func (m *Memory) letter(key string) *posted {
	i := slices.IndexFunc(m.letters, func(p *posted) bool { return p.Key == key })
	if i < 0 {
		return nil
	}
	return m.letters[i]
}

// Jobs lists all jobs that were ever committed.
func (m *Memory) Jobs() []ledger.Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.jobs)
}

// Routes are the ways of all reports filed since then.
func (m *Memory) Routes(_ context.Context, since time.Time) ([]ledger.Route, error) {
	var out []ledger.Route
	for _, r := range m.Reports() {
		if r.Filed.Before(since) {
			continue
		}
		m.mu.Lock()
		out = append(out, casework.RouteOf(m.facts[r.ID]))
		m.mu.Unlock()
	}
	return out, nil
}

// Ways count the reports by the way they went.
func (m *Memory) Ways(ctx context.Context, since time.Time) ([]ledger.Way, error) {
	routes, err := m.Routes(ctx, since)
	n := map[ledger.Way]int{}
	for _, r := range routes {
		n[ledger.Way{First: r.First, Last: r.Last, Judged: r.Judged}]++
	}
	var out []ledger.Way
	for w, reports := range n {
		w.Reports = reports
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b ledger.Way) int {
		return cmp.Or(b.Reports-a.Reports, cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last), cmp.Compare(fmt.Sprint(a.Judged), fmt.Sprint(b.Judged)))
	})
	return out, err
}

// Reports lists all reports by id.
func (m *Memory) Reports() []report.Report {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []report.Report
	for _, r := range m.reports {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b report.Report) int { return int(a.ID - b.ID) })
	return out
}
