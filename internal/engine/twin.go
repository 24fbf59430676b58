package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/twin"
)

// Looker tells what pictures look like that were not kept yet (ledger.File.Look). It returns soon after ctx is done; an error is no
// look.
type Looker interface {
	Look(ctx context.Context, m bot.MediaRef) (string, error)
}

const (
	// lookWait is how long a citizen's answer waits for the looks of the pictures that came with it, lookMost how many are looked at.
	lookWait = 1500 * time.Millisecond
	lookMost = 2
	// emptyFor is how long nothing is looked for again where nothing lay around.
	emptyFor = 10 * time.Minute
	// looksAtOnce is for how many chats that is done at once; the others do without.
	looksAtOnce = 4
	// followedMost is how many reports are listed that somebody follows.
	followedMost = 20
)

// seek finds open reports that a draft may be about. What it finds is kept with the turn's batch: what is asked next depends on it, and
// a turn that is handled once more, because the program died before the conversation was saved, must ask the same. That it is, its commit
// tells (see commit): the many that are not cost no question.
func (e *Engine) seek(ctx context.Context, t *handling, s flows.Seek) (flows.Input, error) {
	f := &twin.Fresh{Draft: s.Draft, Reporter: t.chat, At: t.at, Words: e.Words}
	around, ok := twin.Around(e.Office().Profile, f)
	ok = ok && e.Cases.Twins != nil
	out := flows.Sought{Draft: s.Draft.ID}
	if ok && named(around) == s.Empty.Around && t.at.Sub(s.Empty.At).Abs() < emptyFor {
		out.Empty = s.Empty
		return out, t.keep(out)
	}
	if err := e.recall(ctx, t); err != nil {
		return nil, err
	}
	switch n := len(t.sought); {
	case n < len(t.kept) && t.kept[n].Draft == s.Draft.ID:
		out = t.kept[n]
	case ok:
		out = e.around(ctx, t, f, around)
	}
	return out, t.keep(out)
}

// recall reads what the turn found when it was handled before.
func (e *Engine) recall(ctx context.Context, t *handling) error {
	if !t.repeated || t.recalled || e.Cases.Twins == nil {
		return nil
	}
	memo, err := e.Cases.Twins.Memo(ctx, t.cause)
	if err != nil {
		return err
	}
	t.recalled = true
	if memo == nil {
		return nil
	}
	if err := json.Unmarshal(memo, &t.kept); err != nil {
		return fmt.Errorf("read what was found before: %w", err)
	}
	return nil
}

// keep puts what was found into the turn's batch.
func (t *handling) keep(out flows.Sought) error {
	t.sought = append(t.sought, out)
	memo, err := json.Marshal(t.sought)
	if err != nil {
		return fmt.Errorf("keep what was found: %w", err)
	}
	t.batch.Memo = memo
	return nil
}

// named tells two looks apart but for the time.
func named(a ledger.Around) string {
	a.Since = time.Time{}
	doc, err := json.Marshal(a)
	if err != nil {
		return ""
	}
	h := fnv.New64a()
	_, _ = h.Write(doc)
	return strconv.FormatUint(h.Sum64(), 36)
}

// around looks for reports like a draft. Nothing is found where nothing can be looked for: then everything goes on as it would, for it
// only spares people work.
func (e *Engine) around(ctx context.Context, t *handling, f *twin.Fresh, around ledger.Around) flows.Sought {
	out := flows.Sought{Draft: f.ID}
	found, err := e.Cases.Twins.Around(ctx, around)
	if err != nil {
		e.Log.Warn("no look for reports like this one", "error", err)
		return out
	}
	if len(found) == 0 {
		out.Empty = flows.Empty{Around: named(around), At: t.at}
		return out
	}
	for i := range found { // what was filed in another chat of the same person is the own
		if len(t.kin) > 1 && owns(t.as(found[i].Report), found[i].Report) {
			found[i].Report.Reporter = t.chat
		}
	}
	out.Pictured = pictured(found)
	if out.Pictured {
		f.Looks = slices.Collect(maps.Values(e.Looks(ctx, t.chat, f.Photos)))
	}
	for _, w := range twin.Pick(e.Office().Profile, f, found) {
		r := w.Report
		out.Twins = append(out.Twins, flows.Twin{Report: r.ID, Code: r.Code, Category: r.Category, Metres: w.Metres, Street: w.Street,
			AreaName: r.Place.AreaName, DistrictName: r.Place.DistrictName, Filed: r.Filed, Status: r.Status, People: r.People(), Own: w.Own, Photo: w.Photo})
	}
	return out
}

// pictured reports whether there is a picture to compare with.
func pictured(found []ledger.Nearby) bool {
	for _, n := range found {
		for _, f := range n.Photos {
			if f.Look != "" {
				return true
			}
		}
	}
	return false
}

// Looks are those of the first pictures that came to a chat, each under its name, as far as they can be had in time. It is called
// within the chat's turn; other chats are handled meanwhile.
func (e *Engine) Looks(ctx context.Context, chat bot.Address, photos []bot.MediaRef) (out map[bot.MediaRef]string) {
	if e.Looker == nil || len(photos) == 0 {
		return nil
	}
	select {
	case e.looking <- struct{}{}:
	default:
		return nil
	}
	e.aside(ctx, chat, func() {
		limited, cancel := context.WithTimeout(ctx, lookWait)
		defer cancel()
		seen := make(chan map[bot.MediaRef]string, 1)
		go func() { // who stays longer is not waited for
			defer func() { <-e.looking }()
			var looks map[bot.MediaRef]string
			defer func() {
				if r := recover(); r != nil {
					e.Log.Error("a look at a picture stumbled", "why", fmt.Sprintf("%T", r), "at", where())
				}
				seen <- looks
			}()
			looks = e.lookAt(limited, photos[:min(lookMost, len(photos))])
		}()
		select {
		case out = <-seen:
		case <-limited.Done():
		}
	})
	return out
}

func (e *Engine) lookAt(ctx context.Context, photos []bot.MediaRef) map[bot.MediaRef]string {
	out := map[bot.MediaRef]string{}
	for _, m := range photos {
		look, err := e.Looker.Look(ctx, m)
		if err != nil {
			e.Log.Debug("a picture could not be looked at", "error", err)
			return out
		}
		if look != "" {
			out[m] = look
		}
	}
	return out
}

// mayAct reports whether a citizen may do an action to a report: what is the own one, and what is open to whoever has the same trouble
// or follows it. Whether it may be followed is for casework to say.
func (e *Engine) mayAct(chat bot.Address, r report.Report, a report.Action) bool {
	switch a.(type) {
	case report.Follow:
		return true
	case report.Unfollow:
		return owns(chat, r) || r.Follows(chat)
	case report.Add:
		return owns(chat, r) || e.follows(chat, r)
	default:
		return owns(chat, r)
	}
}

// follows reports whether a chat follows a report that is for others to know: one that was made confidential, or turned out to be
// about a sensitive matter, is nobody's but its reporter's from then on.
func (e *Engine) follows(chat bot.Address, r report.Report) bool {
	return r.Follows(chat) && !r.Shield(e.Office().Profile.Sensitive).Hides(report.Strangers|report.Followers)
}

// outlined is a report as somebody may know it who follows it: no words, no point on the map, nobody's name.
func outlined(r report.Report) report.Report {
	return report.Report{ID: r.ID, Code: r.Code, Status: r.Status, Agency: r.Agency, Filed: r.Filed, Rev: r.Rev,
		Draft: report.Draft{Category: r.Category, Kind: r.Kind, Visibility: r.Visibility,
			Place: report.Place{Area: r.Place.Area, AreaName: r.Place.AreaName, District: r.Place.District, DistrictName: r.Place.DistrictName}}}
}

// followed are the reports that a chat follows, as it may know them.
func (e *Engine) followed(ctx context.Context, chat bot.Address) ([]report.Report, error) {
	if e.Cases.Twins == nil {
		return nil, nil
	}
	all, err := e.Cases.Twins.Followed(ctx, chat, followedMost)
	if err != nil {
		return nil, err
	}
	var out []report.Report
	for _, r := range all {
		if e.follows(chat, r) {
			out = append(out, outlined(r))
		}
	}
	return out, nil
}
