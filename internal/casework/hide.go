package casework

import (
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// hide shows less of a report, or of who filed it, from now on: its cards are drawn anew, and what the group was shown of a report
// that is confidential now is taken off as far as the network lets it be. Nobody but the reporter shows again what was hidden.
func (c *change) hide(a report.Hide) error {
	switch {
	case a.Visibility != report.Normal && a.Visibility != report.Anonymous && a.Visibility != report.Confidential:
		return refuse(Choice, "Pilih: anonim atau rahasia.")
	case a.Visibility == c.was.Visibility:
		return refuse(Already, "Laporan %s memang sudah %s.", c.was.Code, a.Visibility)
	case a.Visibility.Wider(c.was.Visibility):
		return refuse(Wider, "Laporan %s sudah %s; yang sudah disembunyikan tidak dibuka lagi.", c.was.Code, c.was.Visibility)
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasHidden, Visibility: a.Visibility, Shown: c.was.Visibility, Words: a.Words})
	c.hush()
	c.recopy()
	if c.now.CardKey == "" { // in quarantine no office has seen it
		return nil
	}
	c.letter(c.toOwner(c.now, c.key("hidden"), c.hiddenText()))
	c.card()
	return nil
}

// hiddenText tells the owner's room what nobody there may repeat any more.
func (c *change) hiddenText() string {
	code := bot.Bold(string(c.was.Code))
	if !c.Secret(c.now) || c.Secret(c.was) {
		return "🙈 Pelapor " + code + " minta namanya disembunyikan. Mulai sekarang namanya tidak tampil; mohon jangan disebut lagi."
	}
	text := "🔒 Pelapor " + code + " minta laporannya dirahasiakan. Yang pernah tampil di sini saya hapus sejauh bisa; mohon hapus juga yang Anda kutip sendiri, dan jangan dibahas di grup.\n" +
		c.SecretText(c.now)
	if len(c.now.Joined) > 0 {
		var codes []string
		for _, j := range c.now.Joined {
			codes = append(codes, string(j.Code))
		}
		text += "\nPelapor laporan gabungannya tidak lagi mendapat kabar. Pisahkan dulu: /pisah " + strings.Join(codes, ", /pisah ")
	}
	return text
}

// hush takes what was said out of the group where the report has just become confidential, by its reporter or by what it is about after
// all, and ends the news to those who follow: they are told so, once.
func (c *change) hush() {
	if !c.Secret(c.now) || c.Secret(c.was) {
		return
	}
	c.batch.Changes = append(c.batch.Changes, ledger.Hushed{Report: c.was.ID})
	for i, p := range c.Posts {
		gone := "🔒 Dihapus: laporan " + string(c.was.Code) + " sekarang dirahasiakan."
		switch { // a list must not say which of its reports it is, nor may a reply to it: the letter is about none
		case p.Report != c.was.ID && strings.HasSuffix(p.Key, mediaKey): // under the card of what was split off from it
			gone = "🔒 Foto ini dihapus: laporan asalnya sekarang dirahasiakan."
		case p.Report != c.was.ID && c.elsewhere(p): // it may be a list of one
			gone = "🗑 Daftar ini dihapus karena sudah berubah. Minta daftarnya lagi (/tugas, /cari)."
		case p.Report != c.was.ID:
			gone = "🔒 Daftar ini dihapus: salah satu laporannya sekarang dirahasiakan. Yang lain tetap ada; minta daftarnya lagi (/tugas, /cari)."
		}
		c.letter(c.off(p, c.key("blank")+"."+strconv.Itoa(i), p.Report, gone))
	}
	for i, l := range laid(c.was, c.Facts) { // also those in rooms that it has left
		if l.key != c.now.CardKey {
			c.letter(c.renew(c.now, l.key, l.room, c.key("older")+"."+strconv.Itoa(i)))
		}
	}
	for i, a := range c.Audience(c.was) {
		if a.Reporter {
			continue
		}
		c.letter(ledger.Letter{Key: c.key("hush") + "." + strconv.Itoa(i), To: a.To, Report: c.was.ID, Purpose: ledger.Echo,
			Message: bot.Message{Text: quietly(say.For(c.Profile, a.Lang), c.was, say.For(c.Profile, a.Lang).NoticeHidden(c.was.Code))}})
	}
}

// recopy takes the copies of its card off that officers asked for while it still named its reporter, and what told one of them who that
// is. A report that has become confidential loses them with all else.
func (c *change) recopy() {
	if c.Secret(c.now) {
		return
	}
	for i, p := range c.Posts {
		switch {
		case p.Report != c.was.ID:
		case ledger.Copied(p.Key):
			c.letter(c.off(p, c.key("copy")+"."+strconv.Itoa(i), p.Report, copied(c.was.Code)))
		case ledger.Named(p.Key):
			c.letter(c.off(p, c.key("copy")+"."+strconv.Itoa(i), p.Report, forgotten(c.was.Code)))
		}
	}
}

// elsewhere reports whether a message of the desk stands outside the operators' group: in somebody's own chat, or in a group of leaders.
func (o *Office) elsewhere(p ledger.Post) bool { return !p.To.Zero() && p.To.Chat() != o.Desk.Chat() }

// off puts a text in place of what the desk wrote, where that still can be. What stands outside the operators' group is changed in the
// chat it was written to, on the network of that.
func (o *Office) off(p ledger.Post, key string, about report.ID, text string) ledger.Letter {
	l := ledger.Letter{Key: key, To: o.Desk, Desk: true, Room: p.Room, Report: about, Purpose: ledger.ToDesk, Edits: p.Key, Only: true, Message: bot.Message{Text: text}}
	if o.elsewhere(p) {
		l.To, l.Desk, l.Room = p.To, false, ""
	}
	if p.Report == 0 || o.elsewhere(p) { // who replies to it, also alone, is answered by the desk, and is no citizen
		l.Intent = AloneIntent
	}
	return l
}
