package casework

import (
	"slices"
	"strconv"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Addressee is somebody who hears the news of a report.
type Addressee struct {
	To bot.Address
	// Lang is the language of the news: "id" or "en".
	Lang string
	// Reporter says that it is who filed the report. Questions are for this person alone, and his or her replies add to it.
	Reporter bool
	// Words says that the person may read what was said, and see what was sent; else only that something happened.
	Words bool
}

// Audience is who hears the news of a report as it stands: the reporter first, if he or she has a chat here at all (a report
// may be taken at a counter, or come from another channel) and has not left, then those who follow it. Nobody is in it twice.
func (o *Office) Audience(r report.Report) []Addressee {
	var out []Addressee
	seen := map[bot.Address]bool{{}: true}
	add := func(a Addressee) {
		if !seen[a.To.Chat()] {
			seen[a.To.Chat()] = true
			out = append(out, a)
		}
	}
	if r.Hears() {
		add(Addressee{To: r.Reporter, Lang: r.Lang, Reporter: true, Words: true})
	}
	shield := r.Shield(o.Profile.Sensitive)
	if shield.Hides(report.Followers) {
		return out
	}
	for _, f := range r.Followers {
		add(Addressee{To: f.Chat, Lang: f.Lang, Words: !shield.Hides(report.OtherOffices)})
	}
	return out
}

// hears reports whether a fact is news for somebody: a question is the reporter's alone, and what the reporter says is answered
// where it is said.
func (a Addressee) hears(w report.What) bool {
	switch w {
	case report.WasAsked, report.WasSplit:
		return a.Reporter
	case report.WasJudged, report.WasDisputed, report.WasLeft:
		return !a.Reporter
	}
	return true
}

// quiet reports whether a notice may come to a phone that who does violence reads: it then tells neither matter, office nor number, and
// what happened is told to who asks ("kabar"). That somebody gave it another category since makes no phone safer.
func quiet(r report.Report) bool {
	return r.Category == profile.Violence || slices.Contains(r.Were, profile.Violence)
}

// quietly are the words of a notice, or those that tell nothing.
func quietly(v say.Voice, r report.Report, words string) string {
	if quiet(r) {
		return v.QuietNews()
	}
	return words
}

// news says what happened, in the voice that somebody is spoken to in.
type news func(v say.Voice, to Addressee) bot.Message

// tell puts a fact on record and lets everybody who is to hear of it know, each once and in his or her own language. All
// notices of what happened to a report are written here. The fact keeps the letters' keys, so that they can be taken back together.
func (c *change) tell(f report.Fact, hold time.Time, n news) {
	f.Seq, f.At = c.now.Rev+1, c.At
	if f.By.Role == "" {
		f.By = c.by
	}
	var letters []ledger.Letter
	var hearers []Addressee
	for _, a := range c.Audience(report.Apply(c.now, f)) {
		if !a.hears(f.What) {
			continue
		}
		l := ledger.Letter{Key: c.key("n"), To: a.To, Report: c.was.ID, Purpose: ledger.Notice, Hold: hold}
		if a.Reporter {
			f.Letter = l.Key
		} else {
			l.Key += "." + strconv.Itoa(len(f.Also)+1)
			l.Purpose = ledger.Echo
			f.Also = append(f.Also, l.Key)
		}
		letters, hearers = append(letters, l), append(hearers, a)
	}
	c.fact(f)
	for i, l := range letters { // now that it is on record: the words tell how the report stands after it
		a := hearers[i]
		v := say.For(c.Profile, a.Lang)
		v.Follows = !a.Reporter
		l.Message = n(v, a)
		if quiet(c.now) {
			l.Message = bot.Message{Text: v.QuietNews()}
		}
		c.letter(l)
	}
}

// echoed are the letters that say the same to everybody who hears the news of r, of what is no fact: a day that has come.
func (o *Office) echoed(r report.Report, cause string, words func(say.Voice) string) []ledger.Letter {
	var out []ledger.Letter
	for i, a := range o.Audience(r) {
		v := say.For(o.Profile, a.Lang)
		v.Follows = !a.Reporter
		l := ledger.Letter{Key: cause + "/n", To: a.To, Report: r.ID, Purpose: ledger.Notice, Message: bot.Message{Text: quietly(v, r, words(v))}}
		if v.Follows {
			l.Key += "." + strconv.Itoa(i)
			l.Purpose = ledger.Echo
		}
		out = append(out, l)
	}
	return out
}

// unsend takes back the letters that tell of an answer.
func (c *change) unsend(keys []string) {
	for _, key := range keys {
		c.batch.Changes = append(c.batch.Changes, ledger.Unsent{Key: key})
	}
}
