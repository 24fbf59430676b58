package casework

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// The times of pleas.
const (
	// Grace is how long an erasing can be called off.
	Grace = 10 * time.Minute
	// ExportFor is how long the copy lies in the media store, and may still be sent.
	ExportFor = 24 * time.Hour
	// AfterEnd is how long a report of who asked to be erased is kept after it is over: the news of its end arrives, and the person
	// may say that it is not done.
	AfterEnd = 3 * 24 * time.Hour
	// DecideBy is how long before the law's end the coordinator is reminded.
	DecideBy = 24 * time.Hour
	// PleaCheck is how often it is looked whether a report that was left is over.
	PleaCheck = 24 * time.Hour
)

// Plead is a plea with its first timer or job.
func (o *Office) Plead(p ledger.Plea, t Occasion) ledger.Batch {
	p.Rev, p.Stage, p.Asked, p.Due = 1, ledger.PleaAsked, t.At, t.At.Add(ledger.PleaFor)
	b := ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Pleaded{Plea: p}}}
	if p.Act == ledger.ExportPlea {
		b.Jobs = append(b.Jobs, ledger.Export{Plea: p.ID})
		return b
	}
	b.Changes = append(b.Changes, ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: t.At.Add(Grace)}})
	return b
}

// Spare calls an erasing off, or what is left of it.
func (o *Office) Spare(p ledger.Plea, t Occasion) ledger.Batch {
	was := p.Rev
	p.Rev, p.Stage, p.Done, p.Left = was+1, ledger.PleaSpared, t.At, nil
	p.Chat, p.Chats, p.Tied, p.Name = bot.Address{}, nil, nil, ""
	return ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{
		ledger.Pleaded{Plea: p, Was: was},
		ledger.Untimed{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID)},
		ledger.Untimed{Kind: ledger.PleaReminder, Subject: ledger.OfPlea(p.ID)},
	}}
}

// Goes reports whether a report of who asked to be erased goes now: it is over, and was over for long enough where the person was
// told that it remains; it is taken back; or a coordinator lets it go.
func Goes(p ledger.Plea, c ledger.Case, at time.Time) bool {
	switch {
	case slices.Contains(p.Released, c.Report.ID):
		return true
	case c.Report.Status.Open():
		return p.Recall && p.Round == 0
	case slices.Contains(p.Left, c.Report.ID):
		n := len(c.Facts)
		return n == 0 || !at.Before(c.Facts[n-1].At.Add(AfterEnd))
	}
	return true
}

// Erase erases a person from everything in the database that may go, in one batch: reports that are over or taken back, what he or
// she follows, talks that are over, and all that waits. Of reports that remain the name goes. What is left to do beside the database,
// and letters that were sent, stand in the plea.
func (o *Office) Erase(p ledger.Plea, own ledger.Possessions, key []byte, t Occasion) (ledger.Plea, ledger.Batch) {
	was := p.Rev
	e := &erasing{Office: o, t: t, key: key, batch: ledger.Batch{Cause: t.Cause, At: t.At}, plea: p}
	e.plea.Rev, e.plea.Stage, e.plea.Chats = was+1, ledger.PleaBegun, own.Chats
	left := e.plea.Left
	e.plea.Left, e.plea.Gone, e.plea.Sources, e.plea.Talks, e.plea.Said, e.plea.Swept, e.plea.UpTo = nil, nil, nil, nil, nil, 0, 0
	for _, c := range own.Reports {
		before := p
		before.Left = left
		if Goes(before, c, t.At) {
			e.whole(c)
			continue
		}
		e.plea.Left = append(e.plea.Left, c.Report.ID)
		e.nameless(c)
		if p.Round == 0 {
			e.decide(c.Report)
		}
	}
	for _, c := range own.Followed {
		e.part(c, report.Whose{Chats: own.Chats})
	}
	for _, c := range own.Calls {
		e.call(c)
	}
	if len(e.batch.Looks) == 0 {
		e.look(0)
	}
	cleared := ledger.Cleared{Chats: own.Chats, Except: e.plea.Left, Gone: e.plea.Gone, Later: p.Round > 0, At: t.At}
	if !cleared.Later {
		for _, c := range own.Chats {
			cleared.Marks = append(cleared.Marks, ChatMark(key, c))
		}
	}
	e.batch.Changes = append(e.batch.Changes, cleared, ledger.Pleaded{Plea: e.plea, Was: was},
		ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: t.At}})
	if len(e.plea.Left) > 0 && p.Round == 0 {
		e.batch.Changes = append(e.batch.Changes, ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaReminder, Subject: ledger.OfPlea(p.ID),
			At: p.Due.Add(-DecideBy)}})
	}
	return e.plea, e.batch
}

// ChatMark is the keyed hash of a chat: it tells who has the key, and is asked about this very chat, that it was there.
func ChatMark(key []byte, chat bot.Address) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte("chat\x00" + chat.Chat().String()))
	return hex.EncodeToString(sum.Sum(nil))
}

// Age erases everybody from a report that was kept for long enough.
func (o *Office) Age(c ledger.Case, key []byte, t Occasion) ledger.Batch {
	e := &erasing{Office: o, t: t, key: key, batch: ledger.Batch{Cause: t.Cause, At: t.At}, aged: true}
	e.whole(c)
	e.batch.Changes = append(e.batch.Changes, ledger.Cleared{Gone: e.plea.Gone, At: t.At})
	return e.batch
}

// AgeCall erases the citizen from a talk that was kept for long enough.
func (o *Office) AgeCall(c ledger.Call, t Occasion) ledger.Batch {
	e := &erasing{Office: o, t: t, batch: ledger.Batch{Cause: t.Cause, At: t.At}, aged: true}
	e.call(c)
	return e.batch
}

func pleaAsked(r report.Report, until string) string {
	return "🗑 Pelapor " + bot.Bold(string(r.Code)) + " meminta datanya dihapus (UU 27/2022). Laporannya masih terbuka, jadi isi, tempat dan chatnya " +
		"disimpan sampai selesai; namanya sudah dihapus.\nBoleh dihapus sekarang: /hapusdata " + string(r.Code) + "\nHarus disimpan dulu: /tahandata " +
		string(r.Code) + " alasan\nPutuskan paling lambat " + bot.Bold(until) + " (3 × 24 jam, hari libur dihitung)."
}

func (o *Office) until(t time.Time) string {
	v := say.For(o.Profile, "id")
	return v.Day(t.In(o.Profile.Location())) + " pukul " + o.hour(t)
}

// CallFiles are the files of a talk, as the networks named them.
func CallFiles(c ledger.Call) (files []bot.MediaRef) {
	for _, l := range c.Lines {
		files = append(files, slices.Concat(l.Photo, l.Files)...)
	}
	return files
}

// Faceless is a talk without the citizen and without words: what was done in it, when and by whom of the office stays.
func Faceless(c ledger.Call) ledger.Call {
	c.Rev++
	c.Chat, c.Person, c.Phone, c.Place = bot.Address{}, bot.Person{}, "", c.Place.Rough()
	c.Lines = slices.Clone(c.Lines)
	for i, l := range c.Lines {
		if l.ByCitizen() {
			l.By = report.Actor{Role: report.Citizen}
		}
		bare := ledger.Line{At: l.At, By: l.By, What: l.What, Report: l.Report, Code: l.Code, Unnamed: l.Unnamed}
		c.Lines[i] = bare
	}
	return c
}

// Blank takes what a citizen sent off messages of the desk, as far as the network lets them be changed: no other is written in their place.
func (o *Office) Blank(posts []ledger.Post, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	for i, p := range posts {
		b.Letters = append(b.Letters, o.off(p, t.Cause+"/"+strconv.Itoa(i), p.Report, "🗑 Dihapus atas permintaan warga yang menulisnya."))
	}
	return b
}

// Told ends a round of an erasing: the person hears what went, what remains and why. Where nothing remains, this letter is the last
// trace, and goes at the next look.
func (o *Office) Told(p ledger.Plea, left []report.Report, t Occasion) ledger.Batch {
	was := p.Rev
	p.Rev, p.Stage, p.Done = was+1, ledger.PleaTold, t.At
	p.Round++
	p.Gone, p.Sources, p.Talks, p.Said, p.Swept, p.UpTo = nil, nil, nil, nil, 0, 0
	v := say.For(o.Profile, p.Lang)
	return ledger.Batch{Cause: t.Cause, At: t.At,
		Changes: []ledger.Change{ledger.Pleaded{Plea: p, Was: was},
			ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: t.At.Add(PleaCheck)}}},
		Letters: []ledger.Letter{{Key: t.Cause + "/told", To: p.Chat, Purpose: ledger.Reply, Message: bot.Message{Text: v.Erased(p.Reports, left)}}},
	}
}

// PleaEnded is a plea of which nothing is left to do.
func (o *Office) PleaEnded(p ledger.Plea, t Occasion) ledger.Batch {
	was := p.Rev
	p.Rev, p.Stage = was+1, ledger.PleaOver
	p.Chat, p.Chats, p.Tied, p.Name, p.File = bot.Address{}, nil, nil, "", bot.MediaRef{}
	return ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Pleaded{Plea: p, Was: was},
		ledger.Untimed{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID)}, ledger.Untimed{Kind: ledger.PleaReminder, Subject: ledger.OfPlea(p.ID)}}}
}

// Remind reminds the coordinator of what is still to be decided about a plea, a day before the law's time ends. Whoever has not
// decided by then has refused: the person is told so, with the reason.
func (o *Office) Remind(p ledger.Plea, left []report.Report, t Occasion) (b ledger.Batch, ok bool) {
	b = ledger.Batch{Cause: t.Cause, At: t.At}
	was := p.Rev
	for _, r := range left {
		if !slices.Contains(p.Left, r.ID) || slices.Contains(p.Refused, r.ID) || slices.Contains(p.Released, r.ID) || !r.Status.Open() {
			continue
		}
		key := strconv.FormatInt(int64(r.ID), 10)
		if t.At.Before(p.Due) {
			b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/remind" + key, To: o.Desk, Desk: true, Report: r.ID, Purpose: ledger.ToDesk,
				Message: bot.Message{Text: "⏰ Belum diputuskan. " + pleaAsked(r, o.until(p.Due))}})
			continue
		}
		v := say.For(o.Profile, p.Lang)
		p.Refused = append(p.Refused, r.ID)
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/kept" + key, To: p.Chat, Report: r.ID, Purpose: ledger.Notice,
			Message: bot.Message{Text: quietly(v, r, v.EraseRefused(r, v.EraseOpen()))}})
	}
	if len(b.Letters) == 0 {
		return ledger.Batch{}, false
	}
	if t.At.Before(p.Due) {
		b.Changes = append(b.Changes, ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaReminder, Subject: ledger.OfPlea(p.ID), At: p.Due}})
		return b, true
	}
	p.Rev = was + 1
	b.Changes = append(b.Changes, ledger.Pleaded{Plea: p, Was: was})
	return b, true
}

// Decide is a coordinator's word on a report that was left: it goes now, or stays, with the reason that the person is told.
func (o *Office) Decide(p ledger.Plea, r report.Report, goes bool, why string, t Occasion) ledger.Batch {
	was := p.Rev
	p.Rev = was + 1
	b := ledger.Batch{Cause: t.Cause, At: t.At}
	if goes {
		p.Released = append(slices.Clone(p.Released), r.ID)
		b.Changes = append(b.Changes, ledger.Timed{Timer: ledger.Timer{Kind: ledger.PleaTimer, Subject: ledger.OfPlea(p.ID), At: t.At}})
	} else {
		p.Refused = append(slices.Clone(p.Refused), r.ID)
		v := say.For(o.Profile, p.Lang)
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/kept", To: p.Chat, Report: r.ID, Purpose: ledger.Notice,
			Message: bot.Message{Text: quietly(v, r, v.EraseRefused(r, why))}})
	}
	b.Changes = append([]ledger.Change{ledger.Pleaded{Plea: p, Was: was}}, b.Changes...)
	return b
}
