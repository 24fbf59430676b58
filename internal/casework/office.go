package casework

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Holding is how long an answer to the citizen waits, so that it can be taken back (docs/conversation.md).
const Holding = 20 * time.Second

// Office decides what happens to reports. It is pure and may be used at once from several goroutines.
type Office struct {
	Profile *profile.Profile
	// Desk is the operators' group. Zero while none is configured: letters to the desk are written all the same (Desk set,
	// To zero) and go out once there is one.
	Desk bot.Address
	// Hold is how long answers wait; 0 is Holding. Negative: not at all.
	Hold time.Duration
	// Consults says that a language model can be asked for a second opinion.
	Consults bool
	// Clocks decide what timers bring about, by kind. nil: those of this package.
	Clocks map[ledger.TimerKind]Clock
}

// Filing is everything Open needs to know.
type Filing struct {
	ID    report.ID
	Code  report.Code
	Draft report.Draft
	// Advice is the second opinion that was given while it was told, nil for none.
	Advice *report.Advice
	// Reporter is the chat the citizen is answered in, zero where there is none: nobody hears of the report then. Person is who
	// it is, with no more than a name where there is no chat. Lang is the language of notices ("id", "en").
	Reporter bot.Address
	Person   bot.Person
	Lang     string
	// By is the officer who took it for somebody, zero where a citizen files. Contact is the number of that somebody (report.Dialled),
	// "" for none.
	By      report.Actor
	Contact string
	Cause   string
	At      time.Time
	// Served reports whether somebody serves an office; nil: nobody serves any.
	Served func(agency string) bool
	// Load is what the reporter has filed before, and what was set against him or her; zero: nothing.
	Load ledger.Load
}

// citizen is who files, as the actor of a fact: of somebody without a chat there is no id, or it is the officer who took it.
func (f Filing) citizen() report.Actor {
	if f.By.Role != "" {
		return f.By
	}
	a := report.Actor{Role: report.Citizen, Chat: f.Reporter}
	if !f.Reporter.Zero() {
		a.ID = string(f.Reporter.Network) + ":" + f.Person.ID
	}
	return a
}

// Open files a report: it goes to the office whose duty it is, or to the coordinator where no office is known, the matter
// is not the government's, or nobody serves that office. What is beyond the bounds of one person goes into quarantine, which is the
// coordinator's and shows no card (Bounds). The batch holds the report, its card, its photos under the card
// and the job that fetches them. The receipt is the conversation's own letter.
func (o *Office) Open(in Filing) (report.Report, ledger.Batch) {
	d := in.Draft
	d.Contact = in.Contact != ""
	agency, why := o.Profile.OfficeAt(d.Category, d.Text, d.Place.District, d.Abroad())
	filed := report.Fact{
		Report: in.ID, Seq: 1, At: in.At, What: report.WasFiled,
		By:    in.citizen(),
		Words: d.Text, Category: d.Category, Place: &d.Place, Photos: d.Photos, Files: d.Files, Agency: agency,
		Owner: o.ownerOf(d.Category, d.Text, d.Place.District),
	}
	facts := []report.Fact{filed}
	aside := o.quarantine(in)
	if aside != "" {
		facts = append(facts, report.Fact{Report: in.ID, Seq: 2, At: in.At, What: report.WasQuarantined,
			By: report.Actor{Role: report.System}, Words: aside})
	} else if o.canOwn(agency) && served(in.Served, agency) {
		facts = append(facts, report.Fact{Report: in.ID, Seq: 2, At: in.At, What: report.WasAssigned,
			By: report.Actor{Role: report.System}, Agency: agency, Words: why})
	}
	if a := in.Advice; a != nil && (!d.Chosen || a.Emergency) {
		facts = append(facts, report.Fact{Report: in.ID, Seq: len(facts) + 1, At: in.At, What: report.WasAdvised,
			By: report.Actor{Role: report.System}, Advice: a})
	}
	r := report.Report{ID: in.ID, Code: in.Code, Draft: d, Reporter: in.Reporter, ReporterName: in.Person.Name,
		Lang: in.Lang, Due: o.due(d, in.At)}
	r, timer := o.clocked(report.Fold(report.Origin(r), facts), facts)

	b := ledger.Batch{Cause: in.Cause, At: in.At, Changes: []ledger.Change{ledger.Opened{Cause: in.Cause, Report: r, Facts: facts}}}
	b.Changes = append(b.Changes, timer...)
	if d.Contact {
		b.Changes = append(b.Changes, ledger.Contacted{Report: in.ID, Number: in.Contact})
	}
	if aside == "" {
		b.Letters = o.cardLetters(r, facts)
	} else {
		b.Letters = o.lookAt(in)
	}
	if j, ok := fetch(filed); ok {
		b.Jobs = append(b.Jobs, j)
	}
	if o.Consults && in.Advice == nil && aside == "" && o.Doubtful(d) {
		b.Jobs = append(b.Jobs, ledger.Consult{Report: r.ID})
	}
	return r, b
}

// mediaKey ends the key of the letter under a card that holds the pictures (ledger.Shown).
const mediaKey = "/media"

// cardLetters is the report's card in the room of its owner, with what the citizen sent under it.
func (o *Office) cardLetters(r report.Report, facts []report.Fact) []ledger.Letter {
	letters := []ledger.Letter{{
		Key: r.CardKey, To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID, Purpose: ledger.Card, Intent: CardIntent(r),
	}}
	if o.Secret(r) {
		return letters
	}
	var photos, files []bot.MediaRef
	for _, f := range facts {
		if f.What == report.WasFiled || f.What == report.WasAdded {
			photos = append(photos, f.Photos...)
			files = append(files, f.Files...)
		}
	}
	if len(photos)+len(files) > 0 {
		letters = append(letters, ledger.Letter{
			Key: r.CardKey + mediaKey, To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID, Purpose: ledger.ToDesk,
			Answers: r.CardKey,
			Message: bot.Message{Text: "Lampiran laporan " + string(r.Code), Photos: photos, Files: files},
		})
	}
	return letters
}

// renew shows the card of a report, or one that it had in a room before, as the report stands when the letter is sent.
func (o *Office) renew(r report.Report, card, room, key string) ledger.Letter {
	l := o.refresh(card, room, r.ID, key)
	l.Intent = CardIntent(r)
	return l
}

// refresh shows a card, of a report or of a talk, as it stands when the letter is sent.
func (o *Office) refresh(card, room string, id report.ID, key string) ledger.Letter {
	return ledger.Letter{Key: key, To: o.Desk, Desk: true, Room: room, Report: id, Purpose: ledger.Refresh, Edits: card, Fold: card}
}

// DeliveryChanged refreshes the card after the fate of a letter to the citizen changed. cause is unique for that change. The zero
// Letter says that there is no card: the report is in quarantine, or was rejected there.
func (o *Office) DeliveryChanged(r report.Report, cause string) ledger.Letter {
	if r.CardKey == "" {
		return ledger.Letter{}
	}
	return o.renew(r, r.CardKey, r.Agency, cause+"/card")
}

func (o *Office) emergencyNumber() string {
	if len(o.Profile.Emergency) == 0 {
		return "112"
	}
	return o.Profile.Emergency[0].Number
}

// canOwn reports whether a code is an office of the government that may own reports.
func (o *Office) canOwn(code string) bool {
	a, ok := o.Profile.Agency(code)
	return ok && !a.Outside && !a.Emergency
}

func served(f func(string) bool, agency string) bool { return f != nil && f(agency) }

// due is when an answer must have been given; zero when the profile sets no clock.
func (o *Office) due(d report.Draft, at time.Time) time.Time {
	t, _ := o.begin(profile.Answer, report.Report{Draft: d}, at)
	return t.Due.UTC()
}

func (o *Office) hold(at time.Time) time.Time {
	switch {
	case o.Hold < 0:
		return time.Time{}
	case o.Hold == 0:
		return at.Add(Holding)
	}
	return at.Add(o.Hold)
}
