package casework

import (
	"cmp"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// FollowMost is how many may follow one report: each hears all its news.
const FollowMost = 500

// besideMost is how many photos and files a follower may add to one report.
const besideMost = 10

// mayFollow keeps the rights of those who have the same trouble; ok is false for every action that is not theirs alone.
func (c *change) mayFollow(a report.Action) (ok bool, err error) {
	switch a := a.(type) {
	case report.Follow, report.Unfollow:
		if c.by.Role != report.Citizen || c.by.Chat.Zero() {
			return true, refuse(NoRight, "Hanya warga yang dapat mengikuti laporan.")
		}
		return true, nil
	case report.Unmerge: // the office of either report: who has the other sees first that it is another matter
		if c.by.Role == report.Operator && c.by.Home != "" && a.From.ID != 0 && a.From.Agency == c.by.Home {
			return true, nil
		}
	}
	return false, nil
}

// follow lets a citizen hear the news of somebody else's report. What is kept from strangers or followers is as if it were not there.
func (c *change) follow(a report.Follow) error {
	switch {
	case c.was.Shield(c.Profile.Sensitive).Hides(report.Strangers | report.Followers):
		return refuse(NoRight, "Laporan itu tidak dapat diikuti.")
	case c.by.Chat.Chat() == c.was.Reporter.Chat(), c.was.Follows(c.by.Chat):
		return refuse(Already, "Laporan %s memang sudah Anda ikuti.", c.was.Code)
	case len(c.was.Followers) >= FollowMost:
		return refuse(TooMany, "Laporan %s sudah diikuti banyak warga.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasFollowed, Lang: cmp.Or(a.Lang, "id")})
	if w := a.With; w.Words != "" || len(w.Photos)+len(w.Files) > 0 {
		return c.add(report.Add{Words: w.Words, Photos: w.Photos, Files: w.Files})
	}
	c.card()
	return nil
}

// Offers is a report that a stranger who has its number may be asked to follow, 0 for one that has no news any more, or keeps it.
func (o *Office) Offers(r report.Report) report.ID {
	if !r.Status.Open() || len(r.Followers) >= FollowMost || r.Shield(o.Profile.Sensitive).Hides(report.Strangers|report.Followers) {
		return 0
	}
	return r.ID
}

// unfollow ends that. Nobody asks why.
func (c *change) unfollow() error {
	if !c.was.Follows(c.by.Chat) {
		return refuse(Already, "Laporan %s tidak Anda ikuti.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasUnfollowed})
	c.card()
	return nil
}

// beside reports whether what a citizen adds comes from a follower: it is evidence, and moves nothing in the report.
func (c *change) beside() bool {
	return c.by.Chat.Chat() != c.was.Reporter.Chat() && c.now.Follows(c.by.Chat)
}

// room refuses more photos and files than one report, or one follower, may bring.
func (c *change) room(media int) error {
	before, most := 0, MaxAdded
	side := c.beside()
	if side {
		most = besideMost
	}
	for _, f := range c.Facts {
		if f.What == report.WasAdded && f.Beside == side && (!side || sameChat(f.By.Chat, c.by.Chat)) {
			before += len(f.Photos) + len(f.Files) + f.Lost
		}
	}
	if media > MaxMedia || before+media > most {
		return refuse(TooMany, "Terlalu banyak lampiran untuk satu laporan.")
	}
	return nil
}

// Rehome lets what somebody follows follow him or her to another address, besides what he or she has filed (Move).
func (o *Office) Rehome(b *ledger.Batch, followed []report.Report, was, now bot.Address, t Occasion) {
	for _, r := range followed {
		c := &change{Office: o, Occasion: t, by: report.Actor{Role: report.System, Chat: now}, was: r, now: r}
		c.fact(report.Fact{What: report.WasRehomed, With: &report.Joined{ID: r.ID, Code: r.Code, Came: []report.Follower{{Chat: was.Chat()}}}})
		b.Changes = append([]ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}, b.Changes...)
	}
}

func sameChat(a, b bot.Address) bool { return a.Chat() == b.Chat() }
