package casework

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// JoinHops is how many reports may lead from one that was joined to the one that stands for all of them.
const JoinHops = 20

// merge joins the report with another one: its people follow that one from now on, and hear both numbers. Its office stays what it
// was, so that it can stand by itself again.
func (c *change) merge(a report.Merge) error {
	into := a.Into
	hides := func(r report.Report) bool {
		return r.Shield(c.Profile.Sensitive).Hides(report.Strangers | report.Followers)
	}
	family := siblings(c.was, into)
	switch {
	case into.ID == c.was.ID && len(a.Through) > 0:
		return refuse(Already, "%s sendiri sudah digabung ke %s. Kalau %s yang harus tinggal, pisahkan dulu: /pisah %s.", a.Through[0], c.was.Code, a.Through[0], a.Through[0])
	case into.ID == c.was.ID:
		return refuse(Already, "%s tidak dapat digabung dengan dirinya sendiri. Tulis nomor laporan yang lain.", c.was.Code)
	case hides(c.was) && !(family && hides(into)):
		return refuse(NoRight, "Laporan %s dirahasiakan, jadi tidak digabung: pelapornya akan menjadi pengikut laporan orang lain. Selesaikan laporan itu sendiri.", c.was.Code)
	case hides(into) && !(family && hides(c.was)):
		return refuse(NoRight, "Laporan %s tidak dapat menerima gabungan. Selesaikan %s sendiri.", into.Code, c.was.Code)
	case !into.Status.Open():
		return refuse(Over, "Laporan %s sudah %s, jadi tidak dapat menerima gabungan. Jawab %s sendiri, atau gabung ke laporan yang masih terbuka.",
			into.Code, StatusName(into.Status), c.was.Code)
	case c.by.Role == report.Operator && into.Agency != c.by.Home:
		return refuse(NoRight, "Laporan %s ada di %s. Dua laporan dari dua kantor hanya digabung oleh koordinator.", into.Code, c.OfficeName(into.Agency))
	}
	came := c.came(into)
	if fresh := slices.DeleteFunc(slices.Clone(came), func(f report.Follower) bool { return into.Follows(f.Chat) }); len(into.Followers)+len(fresh) > FollowMost {
		return refuse(TooMany, "Laporan %s sudah diikuti terlalu banyak warga.", into.Code)
	}
	with := &report.Joined{ID: into.ID, Code: into.Code}
	c.tell(report.Fact{What: report.WasMerged, With: with}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		if family {
			return bot.Message{Text: v.NoticeRejoined(c.now, into.Code)}
		}
		return bot.Message{Text: v.NoticeMerged(c.now, into.Code)}
	})
	c.card()
	c.other(into, report.Fact{What: report.WasJoined, With: &report.Joined{ID: c.was.ID, Code: c.was.Code, Came: came, Chatless: c.was.Reporter.Zero()}})
	return nil
}

// came are those who hear of the other report by this one, each once.
func (c *change) came(into report.Report) []report.Follower {
	var out []report.Follower
	add := func(f report.Follower) {
		known := f.Chat.Chat().Zero() || f.Chat.Chat() == into.Reporter.Chat() ||
			slices.ContainsFunc(out, func(o report.Follower) bool { return sameChat(o.Chat, f.Chat) })
		if !known {
			out = append(out, report.Follower{Chat: f.Chat, Lang: f.Lang})
		}
	}
	add(report.Follower{Chat: c.was.Reporter, Lang: c.was.Lang})
	for _, f := range c.was.Followers {
		add(f)
	}
	return out
}

// unmerge lets the report stand by itself again, as it did before. What has ended meanwhile stays as it was told.
func (c *change) unmerge(a report.Unmerge) error {
	if c.was.With == nil || a.From.ID != c.was.With.ID {
		return refuse(Already, "Laporan %s tidak sedang digabung.", c.was.Code)
	}
	if a.From.With != nil {
		return refuse(Over, "Laporan %s, tempat %s digabung, sendiri sudah digabung ke %s. Pisahkan dulu: /pisah %s.",
			a.From.Code, c.was.Code, a.From.With.Code, a.From.Code)
	}
	if !a.From.Status.Open() {
		return refuse(Over, "Laporan %s, tempat %s digabung, sudah %s; pelapornya sudah diberi tahu. Buka lagi %s dulu, atau minta warganya melapor lagi.",
			a.From.Code, c.was.Code, StatusName(a.From.Status), a.From.Code)
	}
	at := slices.IndexFunc(c.Facts, func(f report.Fact) bool { return f.What == report.WasMerged })
	for i, f := range c.Facts {
		if f.What == report.WasMerged {
			at = i
		}
	}
	if at < 0 {
		return refuse(Already, "Laporan %s tidak sedang digabung.", c.was.Code)
	}
	back := report.Without(c.was, c.Facts, c.Facts[at].Seq)
	with := &report.Joined{ID: a.From.ID, Code: a.From.Code}
	c.tell(report.Fact{What: report.WasUnmerged, With: with, Back: &back}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		return bot.Message{Text: v.NoticeUnmerged(c.now, a.From.Code)}
	})
	c.card()
	c.other(a.From, report.Fact{What: report.WasParted, With: &report.Joined{ID: c.was.ID, Code: c.was.Code}})
	return nil
}

// other puts a fact on the other report of the same cause, and shows its card again.
func (c *change) other(r report.Report, f report.Fact) {
	f.Report, f.Seq, f.At, f.By = r.ID, r.Rev+1, c.At, c.by
	after := report.Apply(r, f)
	c.batch.Changes = append(c.batch.Changes, ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{f}})
	c.letter(c.refresh(after.CardKey, after.Agency, after.ID, c.key("with")))
}
