package casework

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const callIntent = "call:"

// CallIntent is the intent of every letter of a call: a reply to it belongs to the call.
func CallIntent(id ledger.CallID) string { return callIntent + string(id) }

// CallOf reads CallIntent.
func CallOf(intent string) (ledger.CallID, bool) {
	id, ok := strings.CutPrefix(intent, callIntent)
	return ledger.CallID(id), ok && id != ""
}

// Calling is everything OpenCall needs to know.
type Calling struct {
	Kind   ledger.CallKind
	About  string
	Chat   bot.Address
	Person bot.Person
	Lang   string
	// Before are words of the citizen from before, oldest first: what the talk is about.
	Before []string
	// First is what opens it.
	First ledger.Line
	// Phone is the number the network knows, "" for none: it is asked for where a life may be at stake, and nowhere else.
	Phone string
	// Report and Code are a report that the danger is about, 0 for none.
	Report report.ID
	Code   report.Code
}

// OpenCall begins a call: the card goes to the coordinator's room.
func (o *Office) OpenCall(in Calling, t Occasion) (ledger.Call, ledger.Batch) {
	c := ledger.Call{ID: ledger.NewCallID(t.Cause), Kind: in.Kind, About: in.About, Chat: in.Chat, Person: in.Person, Lang: in.Lang,
		Report: in.Report, Code: in.Code, Opened: t.At, CardKey: t.Cause + "/alarm"}
	k := o.talk(c, t)
	for _, words := range in.Before {
		k.line(ledger.Line{By: k.citizen(), What: ledger.LineSaid, Words: words})
	}
	in.First.By = k.citizen()
	if in.First.What == "" {
		in.First.What = ledger.LineSaid
	}
	in.First.Cause, in.First.Rev = t.Cause, k.now.Rev
	k.line(in.First)
	if in.Phone != "" { // of a sensitive call for who takes it alone, see shown
		k.line(ledger.Line{By: report.Actor{Role: report.System, Chat: o.Desk}, What: ledger.LinePhone, Phone: in.Phone, Words: "darurat"})
	}
	card := o.CallCard(k.now)
	k.letter(ledger.Letter{Key: c.CardKey, To: o.Desk, Desk: true, Purpose: k.purpose(ledger.ToDesk), Message: card})
	k.media(in.First)
	return k.done()
}

// Heard is what the citizen said or did in a call, also one that is over. The room sees it at once, under the card and on it.
func (o *Office) Heard(c ledger.Call, l ledger.Line, t Occasion) (ledger.Call, ledger.Batch) {
	k := o.talk(c, t)
	l.By, l.Cause, l.Rev = k.citizen(), t.Cause, k.now.Rev
	k.line(l)
	switch l.What {
	case ledger.LineCalm, ledger.LineLeft, ledger.LineMade:
		k.now.Ended = t.At
	}
	if text := k.under(l); text != "" {
		k.letter(ledger.Letter{Key: k.key("line"), To: o.Desk, Desk: true, Purpose: k.purpose(ledger.ToDesk), Answers: c.CardKey,
			Message: bot.Message{Text: text}})
	}
	if k.turnedSecret() {
		k.hush()
	} else {
		k.private(l)
	}
	k.media(l)
	k.refresh()
	return k.done()
}

// Answer brings an officer's words to the citizen, at once. Who answers a call that nobody has taken takes it; an answer to
// one that is over opens it again.
func (o *Office) Answer(c ledger.Call, by report.Actor, l ledger.Line, t Occasion) (ledger.Call, ledger.Batch, error) {
	if l.Words == "" && !l.Media() {
		return c, ledger.Batch{}, refuse(Empty, "Jawabannya kosong. Balas kartunya dengan kata-kata, foto, atau rekaman suara.")
	}
	if n := say.Units(l.Words); n > MaxWords {
		return c, ledger.Batch{}, refuse(TooLong, "Tulisannya terlalu panjang (%d huruf); paling banyak %d. Kirim lagi lebih singkat.", n, MaxWords)
	}
	_, named := o.Alone(by)
	if !named && c.Sensitive() {
		return c, ledger.Batch{}, refuse(NoRight, inGroupsName)
	}
	k := o.talk(c, t)
	l.By, l.What = by, ledger.LineAnswered
	if c.TakenBy.ID == "" && named {
		k.now.TakenBy, k.now.TakenAt = by, t.At
		k.shown() // nobody answers what he or she cannot have read
	}
	k.line(l)
	k.now.Ended, k.now.Spoken = time.Time{}, t.At
	v := say.For(o.Profile, c.Lang)
	if l.Words != "" {
		k.letter(ledger.Letter{Key: k.key("say"), To: c.Chat, Purpose: k.purpose(ledger.Reply), Message: bot.Message{Text: v.FromOfficer(l.Words)}})
	}
	if l.Media() {
		k.letter(ledger.Letter{Key: k.key("show"), To: c.Chat, Purpose: k.purpose(ledger.Reply),
			Message: bot.Message{Text: v.OfficerFiles(), Photos: l.Photo, Files: l.Files}})
		k.fetch(l)
	}
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// HoldBack notes that what an officer sent in an album was not meant for the citizen, as far as its words tell: the rest of the album, which
// comes by itself and has none, is not sent either.
func (o *Office) HoldBack(c ledger.Call, by report.Actor, album string, t Occasion) ledger.Batch {
	k := o.talk(c, t)
	k.line(ledger.Line{By: by, What: ledger.LineHeld, Album: album})
	_, b := k.done()
	return b
}

// inGroupsName is told to who acts in the name of the group what takes a person.
const inGroupsName = "Anda menulis atas nama grup (admin anonim), jadi tidak ada yang tercatat menanganinya dan tidak ada chat pribadi untuk isinya. " +
	"Tekan tombol Ambil di kartunya, atau matikan dulu “Tetap anonim” dan tulis lagi dari akun sendiri."

// TakeCall shows on the card who has it in hand. What a sensitive call holds is opened to that person, in private.
func (o *Office) TakeCall(c ledger.Call, by report.Actor, t Occasion) (ledger.Call, ledger.Batch, error) {
	switch _, named := o.Alone(by); {
	case !c.Open():
		return c, ledger.Batch{}, refuse(Over, "Percakapan ini sudah selesai.")
	case !named: // who has it in hand must be somebody who can be found, and reads what is kept from the group
		return c, ledger.Batch{}, refuse(NoRight, inGroupsName)
	case c.TakenBy.ID == by.ID && !c.Sensitive(): // what is for one alone may not have arrived: it is sent again
		return c, ledger.Batch{}, refuse(Already, "Sudah Anda ambil.")
	case c.TakenBy.ID != "" && c.TakenBy.ID != by.ID && by.Role != report.Coordinator:
		return c, ledger.Batch{}, refuse(Held, "Sudah diambil %s.", c.TakenBy.Name)
	}
	k := o.talk(c, t)
	if c.TakenBy.ID != by.ID {
		k.now.TakenBy, k.now.TakenAt = by, t.At
		k.line(ledger.Line{By: by, What: ledger.LineTaken})
	}
	k.shown()
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// EndCall closes the talk. The citizen is told nothing: who writes on is heard as in every conversation.
func (o *Office) EndCall(c ledger.Call, by report.Actor, t Occasion) (ledger.Call, ledger.Batch, error) {
	if !c.Open() {
		return c, ledger.Batch{}, refuse(Already, "Percakapan ini sudah selesai.")
	}
	k := o.talk(c, t)
	k.line(ledger.Line{By: by, What: ledger.LineEnded})
	k.now.Ended = t.At
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// MakeReport files what the citizen said as a report of his or her own. f brings id, number and who serves; the rest comes
// from the call.
func (o *Office) MakeReport(c ledger.Call, by report.Actor, f Filing, t Occasion) (ledger.Call, ledger.Batch, error) {
	if c.Report != 0 {
		return c, ledger.Batch{}, refuse(Already, "Sudah menjadi laporan %s.", c.Code)
	}
	if c.Sensitive() {
		return c, ledger.Batch{}, refuse(NoRight, "Isi percakapan ini tidak untuk kartu laporan. Hanya warga sendiri yang dapat menjadikannya laporan.")
	}
	d := CallDraft(c)
	if d.Text == "" && len(d.Photos)+len(d.Files) == 0 {
		return c, ledger.Batch{}, refuse(Empty, "Belum ada isi yang dapat dijadikan laporan.")
	}
	d.ID, d.Begun, d.How = "call-"+string(c.ID), c.Opened, report.ByOfficer
	f.Draft, f.Reporter, f.Person, f.Lang, f.Cause, f.At = d, c.Chat, c.Person, c.Lang, t.Cause, t.At
	r, opened := o.Open(f)
	k := o.talk(c, t)
	k.batch.Add(opened)
	k.line(ledger.Line{By: by, What: ledger.LineFiled, Report: r.ID, Code: r.Code})
	v := say.For(o.Profile, c.Lang)
	k.batch.Letters = append(k.batch.Letters, ledger.Letter{Key: k.key("filed"), To: c.Chat, Report: r.ID, Purpose: ledger.Reply,
		Message: bot.Message{Text: v.OfficerFiled(r)}})
	k.refresh()
	after, b := k.done()
	return after, b, nil
}

// CallDraft is what the citizen said, as the draft of a report.
func CallDraft(c ledger.Call) report.Draft {
	d := report.Draft{Kind: report.Complaint, Visibility: c.Visibility(), Place: c.Place, Emergency: c.Kind == ledger.DangerCall && !c.Calm}
	var words []string
	for _, l := range c.Lines {
		if !l.ByCitizen() {
			continue
		}
		if l.Words != "" && (l.What == ledger.LineSaid || l.What == ledger.LineAlarm) && !slices.Contains(words, l.Words) {
			words = append(words, l.Words)
		}
		d.Photos = append(d.Photos, l.Photo...)
		d.Files = append(d.Files, l.Files...)
	}
	d.Text = strings.Join(words, "\n")
	d.Photos, d.Files = d.Photos[:min(len(d.Photos), MaxMedia)], d.Files[:min(len(d.Files), MaxMedia)]
	return d
}
