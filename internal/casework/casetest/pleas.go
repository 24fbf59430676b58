package casetest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// pleas are what people ask for about their data, and which chats were erased when, by their marks.
type pleas struct {
	of   map[ledger.PleaID]ledger.Plea
	gone map[string]time.Time
}

// PleaKey is the key of the marks of the suite.
const PleaKey = "a key of the suite"

// Plea finds a plea by its id.
func (m *Memory) Plea(_ context.Context, id ledger.PleaID) (ledger.Plea, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.pleas.of[id]
	if !ok {
		return p, ledger.ErrUnknown
	}
	return p, nil
}

// PleaOf is the newest open plea of a chat for an act.
func (m *Memory) PleaOf(_ context.Context, chat bot.Address, act ledger.PleaAct) (ledger.Plea, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var found ledger.Plea
	for _, p := range m.pleas.of {
		if p.Open() && p.Act == act && p.Chat.Chat() == chat.Chat() && (found.ID == "" || p.Asked.After(found.Asked)) {
			found = p
		}
	}
	if found.ID == "" {
		return found, ledger.ErrUnknown
	}
	return found, nil
}

// Possessions are what is kept about a person. Letters are not told.
func (m *Memory) Possessions(_ context.Context, chat bot.Address, _ int) (p ledger.Possessions, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p.Chats = []bot.Address{chat.Chat()}
	for was, now := range m.moves {
		if now.Chat() == chat.Chat() {
			p.Chats = append(p.Chats, was.Chat())
		}
	}
	mine := func(a bot.Address) bool { return !a.Zero() && slices.Contains(p.Chats, a.Chat()) }
	for id, r := range m.reports {
		c := ledger.Case{Report: r, Facts: slices.Clone(m.facts[id])}
		switch {
		case mine(r.Reporter):
			p.Reports = append(p.Reports, c)
		case slices.ContainsFunc(c.Facts, func(f report.Fact) bool { return cameBy(f, mine) }):
			p.Followed = append(p.Followed, c)
		}
	}
	for _, c := range m.calls {
		if mine(c.Chat) {
			p.Calls = append(p.Calls, c)
		}
	}
	slices.SortFunc(p.Reports, func(a, b ledger.Case) int { return a.Report.Filed.Compare(b.Report.Filed) })
	for _, c := range p.Chats {
		if op, ok := m.operators[c.String()]; ok {
			p.Operator = &op
		}
	}
	return p, nil
}

// cameBy reports whether one of somebody's chats came to another's report by a fact.
func cameBy(f report.Fact, mine func(bot.Address) bool) bool {
	switch f.What {
	case report.WasFollowed, report.WasJoined, report.WasRehomed:
		return mine(f.By.Chat) || f.With != nil && slices.ContainsFunc(f.With.Came, func(k report.Follower) bool { return mine(k.Chat) })
	}
	return false
}

// Gone reports whether a chat was erased at a time or later.
func (m *Memory) Gone(_ context.Context, chat bot.Address, at time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	when, ok := m.pleas.gone[casework.ChatMark([]byte(PleaKey), chat)]
	return ok && !when.Before(at), nil
}

func (m *Memory) redact(c ledger.Redacted) {
	for _, f := range c.Facts {
		facts := slices.Clone(m.facts[f.Report])
		for i := range facts {
			if facts[i].Seq == f.Seq {
				m.forgets(facts[i], f)
				facts[i] = f
			}
		}
		m.facts[f.Report] = facts
	}
}

func (m *Memory) clear(c ledger.Cleared) {
	for _, p := range m.letters {
		goes := !slices.Contains(c.Except, p.Report)
		if c.Later {
			goes = slices.Contains(c.Gone, p.Report)
		}
		if goes && slices.Contains(c.Chats, p.To.Chat()) && !p.Desk && p.state.State == ledger.Waiting {
			p.state.State, p.Message = ledger.Taken, bot.Message{}
		}
	}
	if !c.Later {
		m.clearChats(c)
	}
	for _, id := range c.Gone {
		delete(m.contacts, id)
	}
	for _, mark := range c.Marks {
		m.pleas.gone[mark] = c.At
	}
}

func (m *Memory) hush(c ledger.Hushed) {
	for _, p := range m.letters {
		shows := p.Report == c.Report && (p.Purpose == ledger.Echo || p.Shows()) || slices.Contains(p.Mentions, c.Report)
		if shows && p.state.State == ledger.Waiting && !p.moved {
			p.state.State, p.Message = ledger.Taken, bot.Message{}
		}
	}
}

// Shown is of ledger.PostReader.
func (m *Memory) Shown(_ context.Context, id report.ID) (out []ledger.Post, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.letters {
		on := p.state.State == ledger.Waiting || p.state.State == ledger.Sending || p.state.State == ledger.Sent
		if p.Shows() && p.Report == id && id != 0 && on && (p.Message.Text != "" || len(p.Message.Photos)+len(p.Message.Files) > 0) {
			out = append(out, ledger.Post{Key: p.Key, Report: id, Room: p.Room, To: written(p)})
		}
	}
	var more []ledger.Post
	for _, p := range m.letters {
		on := p.state.State == ledger.Waiting || p.state.State == ledger.Sending || p.state.State == ledger.Sent
		if slices.Contains(p.Mentions, id) && on && p.Message.Text != "" {
			more = append(more, ledger.Post{Key: p.Key, Room: p.Room, To: written(p)})
			if p.Edits != "" {
				more = append(more, ledger.Post{Key: p.Edits, Room: p.Room, To: written(p)})
			}
		}
	}
	slices.SortFunc(more, func(a, b ledger.Post) int { return cmp.Compare(a.Key, b.Key) })
	more = slices.CompactFunc(more, func(a, b ledger.Post) bool { return a.Key == b.Key })
	return append(out, more...), nil
}

// written is where a letter was written to, where that is no room of the desk.
func written(p *posted) bot.Address {
	if p.Desk {
		return bot.Address{}
	}
	return p.To
}

// clearChats removes what is found by a person's chats.
func (m *Memory) clearChats(c ledger.Cleared) {
	for _, chat := range c.Chats {
		m.timers.write(ledger.Untimed{Kind: ledger.WakeTimer, Subject: ledger.OfChat(chat)})
		m.ties.untie(chat.Chat())
		// A measure that still holds stays: nobody erases the way out of it.
		if k, ok := m.conducts[chat.Chat()]; ok && !k.Until.After(c.At) {
			delete(m.conducts, chat.Chat())
		}
	}
}

// erasings holds a store to what erasing a person means: all or nothing, what is open goes on, and nobody else is touched.
func erasings(f *fixture) {
	books, ok := f.Store.(ledger.Pleas)
	if !ok {
		f.Fatalf("%T reads no pleas", f.Store)
	}
	key := []byte(PleaKey)
	if own, ok := f.Store.(interface{ ErasureKey() []byte }); ok {
		key = own.ErasureKey()
	}
	r := f.filed("e1")
	p := ledger.Plea{ID: ledger.NewPleaID("e2"), Act: ledger.ErasePlea, Chat: r.Reporter, Lang: "id"}
	f.must(f.Store.Commit(f.ctx, f.office.Plead(p, casework.Occasion{Cause: "e2", At: now})))
	p, err := books.PleaOf(f.ctx, r.Reporter, ledger.ErasePlea)
	f.must(err)
	_, err = books.PleaOf(f.ctx, r.Reporter, ledger.ExportPlea)
	f.wants(err, ledger.ErrUnknown)
	p.Recall = true
	own, err := books.Possessions(f.ctx, r.Reporter, 0)
	f.must(err)
	f.same("what is kept", len(own.Reports), 1)
	done, b := f.office.Erase(p, own, key, casework.Occasion{Cause: "e3", At: now})
	late := b
	late.Cause = "e4"
	f.must(f.Store.Commit(f.ctx, b))
	f.wants(f.Store.Commit(f.ctx, late), ledger.ErrStale)
	got, err := books.Plea(f.ctx, p.ID)
	f.must(err)
	f.same("the plea", got, done)
	after, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	f.must(report.Proven(facts))
	f.same("the report", after, report.Fold(report.Origin(after), facts))
	f.same("its words", after.Text+after.ReporterName, "")
	gone, err := books.Gone(f.ctx, r.Reporter, now)
	f.must(err)
	f.same("an event from before", gone, true)
	gone, err = books.Gone(f.ctx, r.Reporter, now.Add(time.Second))
	f.must(err)
	f.same("an event from after", gone, false)
	own, err = books.Possessions(f.ctx, r.Reporter, 0)
	f.must(err)
	f.same("what is kept then", len(own.Reports), 0)
	f.later(r, own.Chats, now.Add(time.Minute))
}

// later holds a store to what a later round of an erasing means: of the letters that wait for the person only those about what goes
// now are taken back, and the timers of the conversation stay.
func (f *fixture) later(gone report.Report, chats []bot.Address, at time.Time) {
	since := f.filed("l1")
	soonest := wake(gone.Reporter, now.Add(-time.Second))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l2", At: at, Changes: []ledger.Change{ledger.Timed{Timer: soonest}}, Letters: []ledger.Letter{
		{Key: "old", To: gone.Reporter, Report: gone.ID, Purpose: ledger.Notice, Message: bot.Message{Text: "old"}},
		{Key: "new", To: gone.Reporter, Report: since.ID, Purpose: ledger.Notice, Message: bot.Message{Text: "new"}},
		{Key: "talk", To: gone.Reporter, Purpose: ledger.Notice, Message: bot.Message{Text: "talk"}},
	}}))
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "l3", At: at, Changes: []ledger.Change{
		ledger.Cleared{Chats: chats, Gone: []report.ID{gone.ID}, Later: true, At: at}}}))
	waiting := f.waiting()
	for key, waits := range map[string]bool{"old": false, "new": true, "talk": true} {
		f.same("the letter "+key+" waits", slices.Contains(waiting, key), waits)
	}
	f.same("the timer of the conversation", f.only(soonest.At).Subject, soonest.Subject)
}

// formerFollowers holds a store to finding who follows no more, by hand or because reports were parted: what such a person said is kept as well.
func formerFollowers(f *fixture) {
	books, ok := f.Store.(ledger.Pleas)
	if !ok {
		f.Fatalf("%T reads no pleas", f.Store)
	}
	left, parted := bot.Address{Network: bot.WhatsApp, ID: "62899@s"}, bot.Address{Network: bot.WhatsApp, ID: "62855@s"}
	r := f.filed("g1")
	r = f.by(r, left, "g2", report.Follow{Lang: "id", With: report.Add{Words: "di depan rumah saya"}})
	r = f.by(r, left, "g3", report.Unfollow{})
	f.who = parted
	other := f.filed("g4")
	other, b := f.acting(other, "g5", report.Merge{Into: r})
	f.must(f.Store.Commit(f.ctx, b))
	r = f.by(f.stands(r), parted, "g6", report.Add{Words: "di gang saya juga"})
	_, b = f.acting(other, "g7", report.Unmerge{From: r})
	f.must(f.Store.Commit(f.ctx, b))
	for _, who := range []bot.Address{left, parted} {
		own, err := books.Possessions(f.ctx, who, 0)
		f.must(err)
		f.same("reports in which "+who.ID+" has said something", len(own.Followed), 1)
		f.same("its number", own.Followed[0].Report.ID, r.ID)
		p := ledger.Plea{ID: ledger.NewPleaID("e" + who.ID), Act: ledger.ErasePlea, Chat: who, Lang: "id", Recall: true}
		f.must(f.Store.Commit(f.ctx, f.office.Plead(p, casework.Occasion{Cause: "e" + who.ID, At: now})))
		p, err = books.Plea(f.ctx, p.ID)
		f.must(err)
		_, b := f.office.Erase(p, own, []byte(PleaKey), casework.Occasion{Cause: "e2" + who.ID, At: now})
		f.must(f.Store.Commit(f.ctx, b))
		own, err = books.Possessions(f.ctx, who, 0)
		f.must(err)
		f.same("reports that still know "+who.ID, len(own.Followed), 0)
	}
	all, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	for _, k := range all {
		if k.What == report.WasAdded {
			f.same("what they said", k.Words, "")
		}
	}
}

// stands is a report as it is kept.
func (f *fixture) stands(r report.Report) report.Report {
	f.Helper()
	r, err := f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	return r
}

// by commits what a citizen does to a report.
func (f *fixture) by(r report.Report, who bot.Address, cause string, a report.Action) report.Report {
	f.Helper()
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	r, b, err := f.office.Act(r, report.Actor{Role: report.Citizen, ID: who.ID, Chat: who}, a, casework.Occasion{Cause: cause, At: now, Facts: facts})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	return r
}
