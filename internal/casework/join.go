package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/twin"
)

// JoinHops is how many reports may lead from one that was joined to the one that stands for all of them.
const JoinHops = 20

// MayMerge tells whether a person may join a report with another. The error is a *Refusal.
func (o *Office) MayMerge(r report.Report, a report.Merge, by report.Actor) error {
	into := a.Into
	hides := func(r report.Report) bool {
		return r.Shield(o.Profile.Sensitive).Hides(report.Strangers | report.Followers)
	}
	family := siblings(r, into)
	switch {
	case into.ID == r.ID && len(a.Through) > 0:
		return refuse(Already, "%s sendiri sudah digabung ke %s. Kalau %s yang harus tinggal, pisahkan dulu: /pisah %s.", a.Through[0], r.Code, a.Through[0], a.Through[0])
	case into.ID == r.ID:
		return refuse(Already, "%s tidak dapat digabung dengan dirinya sendiri. Tulis nomor laporan yang lain.", r.Code)
	case hides(r) && !(family && hides(into)):
		return refuse(NoRight, "Laporan %s dirahasiakan, jadi tidak digabung: pelapornya akan menjadi pengikut laporan orang lain. Selesaikan laporan itu sendiri.", r.Code)
	case hides(into) && !(family && hides(r)):
		return refuse(NoRight, "Laporan %s tidak dapat menerima gabungan. Selesaikan %s sendiri.", into.Code, r.Code)
	case !into.Status.Open():
		return refuse(Over, "Laporan %s sudah %s, jadi tidak dapat menerima gabungan. Jawab %s sendiri, atau gabung ke laporan yang masih terbuka.",
			into.Code, StatusName(into.Status), r.Code)
	case by.Role == report.Operator && into.Agency != by.Home:
		return refuse(NoRight, "Laporan %s ada di %s. Dua laporan dari dua kantor hanya digabung oleh koordinator.", into.Code, o.OfficeName(into.Agency))
	}
	return nil
}

// How far apart two reports may be that nobody doubts are of one thing.
const (
	nearMetres = 500
	nearTime   = 21 * 24 * time.Hour
)

// Differ says in officers' words by what two reports differ so much that they may be of two things, each like "tempat (3,2 km)"; none for
// what is plainly one. What a group may not read it does not tell: matter, kecamatan, distance and time only.
func (o *Office) Differ(a, b report.Report) []string {
	if siblings(a, b) { // one person told of both at once
		return nil
	}
	var out []string
	if a.Category != "" && b.Category != "" && a.Category != b.Category {
		out = append(out, fmt.Sprintf("kategori (%s, %s)", o.CategoryName(a.Category), o.CategoryName(b.Category)))
	}
	if a.Place.District != "" && b.Place.District != "" && a.Place.District != b.Place.District {
		out = append(out, fmt.Sprintf("kecamatan (%s, %s)", a.Place.DistrictName, b.Place.DistrictName))
	}
	if a.Place.Pin != nil && b.Place.Pin != nil {
		if m := twin.Metres(*a.Place.Pin, *b.Place.Pin); m > nearMetres {
			out = append(out, "jarak ("+strings.Replace(fmt.Sprintf("%.1f km", m/1000), ".", ",", 1)+")")
		}
	}
	if apart := a.Filed.Sub(b.Filed).Abs(); apart > nearTime {
		out = append(out, fmt.Sprintf("waktu (%d hari)", int(apart/(24*time.Hour))))
	}
	return out
}

// merge joins the report with another one: its people follow that one from now on, and hear both numbers. Its office stays what it
// was, so that it can stand by itself again.
func (c *change) merge(a report.Merge) error {
	into := a.Into
	if err := c.MayMerge(c.was, a, c.by); err != nil {
		return err
	}
	came := c.came(into)
	if fresh := slices.DeleteFunc(slices.Clone(came), func(f report.Follower) bool { return into.Follows(f.Chat) }); len(into.Followers)+len(fresh) > FollowMost {
		return refuse(TooMany, "Laporan %s sudah diikuti terlalu banyak warga.", into.Code)
	}
	with, family, same := &report.Joined{ID: into.ID, Code: into.Code}, siblings(c.was, into), len(c.Differ(c.was, into)) == 0
	c.tell(report.Fact{What: report.WasMerged, With: with}, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
		switch {
		case family:
			return bot.Message{Text: v.NoticeRejoined(c.now, into.Code)}
		case same:
			return bot.Message{Text: v.NoticeMerged(c.now, into.Code)}
		}
		return bot.Message{Text: v.NoticeTogether(c.now, into.Code)}
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
	if c.was.Hears() { // who has left wants to hear no more of it
		add(report.Follower{Chat: c.was.Reporter, Lang: c.was.Lang})
	}
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
	c.letter(c.renew(after, after.CardKey, after.Agency, c.key("with")))
}
