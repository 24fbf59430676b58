package rights

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// paper is the copy of what is kept about a person: a document that any phone can read, without anything from outside.
type paper struct {
	voice  say.Voice
	plea   ledger.Plea
	own    ledger.Possessions
	drafts []report.Draft
	looks  map[report.ID][]seen
	cut    int  // photos and files that do not come with it
	more   bool // there are older letters
	b      strings.Builder
}

const paperStyle = `body{font:16px/1.5 sans-serif;max-width:44em;margin:1em auto;padding:0 1em;color:#111}h1{font-size:1.3em}h2{font-size:1.1em;margin-top:2em;border-bottom:1px solid #ccc}dt{font-weight:bold}dd{margin:0 0 .6em}li{margin:.3em 0}small{color:#555}q{white-space:pre-wrap}`

func (p paper) write() []byte {
	v := p.voice
	lang := "id"
	if v.Lang == "en" {
		lang = "en"
	}
	fmt.Fprintf(&p.b, "<!doctype html><html lang=%q><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>%s</title><style>%s</style>\n",
		lang, text(v.PaperTitle()), paperStyle)
	p.line("<h1>%s</h1>", v.PaperTitle())
	p.line("<p>%s</p>", v.PaperHead(p.plea.Asked))
	if p.cut > 0 || p.more {
		p.line("<p>%s</p>", v.PaperCut(p.cut, p.more))
	}
	p.person()
	for _, k := range p.own.Reports {
		p.report(k)
	}
	p.also()
	p.letters()
	p.line("<h2>%s</h2>", v.PaperHeading("rights"))
	p.line("<p>%s</p>", v.PaperKeeping())
	p.b.WriteString("</html>\n")
	return []byte(p.b.String())
}

// line writes a line; every value is a person's or ours and is never taken for a mark.
func (p *paper) line(format string, values ...any) {
	for i, x := range values {
		values[i] = text(fmt.Sprint(x))
	}
	fmt.Fprintf(&p.b, format+"\n", values...)
}

func text(s string) string { return html.EscapeString(bot.Unmark(s)) }

func (p *paper) entry(what, value string) {
	if value != "" {
		p.line("<dt>%s</dt><dd><q>%s</q></dd>", p.voice.PaperHeading(what), value)
	}
}

func (p *paper) person() {
	p.line("<h2>%s</h2>", p.voice.PaperHeading("person"))
	p.b.WriteString("<dl>\n")
	p.entry("name", p.plea.Name)
	for _, c := range p.own.Chats {
		p.entry("chat", c.String())
	}
	p.entry("language", p.plea.Lang)
	if o := p.own.Operator; o != nil {
		p.entry("operator", strings.TrimSpace(o.Name+" · "+string(o.Role)+" · "+o.Agency))
	}
	p.b.WriteString("</dl>\n")
}

func (p *paper) report(k ledger.Case) {
	r, v := k.Report, p.voice
	p.line("<h2>%s</h2>", string(r.Code))
	p.b.WriteString("<dl>\n")
	p.entry("status", v.Status(r.Status))
	p.entry("filed", v.When(r.Filed))
	p.entry("category", v.Category(r.Category))
	p.entry("visibility", string(r.Visibility))
	p.entry("office", v.Office(r.Agency))
	p.entry("name", r.ReporterName)
	p.place(r.Place)
	p.b.WriteString("</dl><ul>\n")
	for _, f := range k.Facts {
		if !others(f, p.own.Chats) || f.What == report.WasAdded {
			p.fact(f, k)
		}
	}
	for _, l := range p.looks[r.ID] {
		p.line("<li><small>%s</small> %s</li>", v.When(l.at), v.PaperLook(l.what, l.by))
	}
	p.b.WriteString("</ul>\n")
}

func (p *paper) place(pl report.Place) { p.entry("place", p.where(pl)) }

func (p *paper) where(pl report.Place) string {
	where := p.voice.Where(pl)
	if pl.Pin != nil {
		where += fmt.Sprintf(" (%.6f, %.6f)", pl.Pin.Lat, pl.Pin.Lon)
	}
	return strings.TrimSpace(where)
}

// others reports whether a fact is what somebody else said or did who follows a report, or is in it by another one: it is not its
// reporter's to have.
func others(f report.Fact, chats []bot.Address) bool {
	switch f.What {
	case report.WasFollowed, report.WasUnfollowed, report.WasRehomed, report.WasJoined, report.WasParted:
	default:
		if !f.Beside {
			return false
		}
	}
	return !slices.Contains(chats, f.By.Chat.Chat())
}

// follows reports whether a fact of another's report is what one of some chats said or did there.
func follows(f report.Fact, chats []bot.Address) bool {
	of := func(k report.Follower) bool { return slices.Contains(chats, k.Chat.Chat()) }
	return !f.By.Chat.Zero() && f.By.Role != report.Operator && f.By.Role != report.Coordinator && slices.Contains(chats, f.By.Chat.Chat()) ||
		f.What == report.WasJoined && f.With != nil && slices.ContainsFunc(f.With.Came, of)
}

// told are the words of a fact that its person gets: not what the product wrote for officers, nor what they wrote for each other, and not
// what somebody else said.
func (p *paper) told(f report.Fact) string {
	switch {
	case f.By.Role == report.System, f.What == report.WasForwarded, f.What == report.WasReturned, others(f, p.own.Chats):
		return ""
	}
	return f.Words
}

// fact tells what happened. Who of the office it was, and what officers noted for each other, is theirs.
func (p *paper) fact(f report.Fact, k ledger.Case) {
	switch f.What {
	case report.WasNoted, report.WasAdvised, report.WasDisposed, report.WasUndisposed, report.WasCounselled:
		return
	}
	theirs := others(f, p.own.Chats)
	f.Beside = theirs // what the person added to another's report is the own
	p.line("<li><small>%s</small> %s", p.voice.When(f.At), p.voice.PaperFact(f))
	if words := p.told(f); words != "" {
		p.line("<br><q>%s</q>", words)
	}
	if !theirs {
		p.files(slices.Concat(f.Photos, f.Files), k.Files)
	}
	p.b.WriteString("</li>\n")
}

// files tells of photos and files, and what became of them.
func (p *paper) files(sent []bot.MediaRef, all map[string]ledger.File) {
	for _, m := range sent {
		kept := all[string(m.Network)+":"+m.ID]
		said := kept.Ref.MIME
		if kept.Lost != "" || kept.Ref.ID == "" {
			said = p.voice.PaperHeading("lost")
		}
		p.line("<br>📎 %s", said)
		if kept.Pin != nil {
			p.line(" (%s)", fmt.Sprintf("%.6f, %.6f", kept.Pin.Lat, kept.Pin.Lon))
		}
		if !kept.Taken.IsZero() {
			p.line(" (%s)", p.voice.When(kept.Taken))
		}
	}
}

// also are drafts, talks, and the reports of others that are followed.
func (p *paper) also() {
	v := p.voice
	for _, d := range p.drafts {
		p.line("<h2>%s</h2>", v.PaperHeading("draft"))
		p.b.WriteString("<dl>\n")
		p.entry("text", d.Text)
		p.entry("category", v.Category(d.Category))
		p.place(d.Place)
		if n := len(d.Photos) + len(d.Files); n > 0 {
			p.entry("media", fmt.Sprint(n))
		}
		p.b.WriteString("</dl>\n")
	}
	for _, c := range p.own.Calls {
		p.line("<h2>%s</h2>", v.PaperHeading("talk"))
		p.b.WriteString("<ul>\n")
		for _, l := range c.Lines {
			who := v.PaperHeading("office")
			if l.ByCitizen() {
				who = v.PaperHeading("you")
			}
			p.said(l, who)
		}
		p.b.WriteString("</ul>\n")
	}
	if len(p.own.Followed) > 0 {
		p.line("<h2>%s</h2>", v.PaperHeading("followed"))
		for _, k := range p.own.Followed {
			p.followed(k)
		}
	}
}

// said is what was written or sent in a talk.
func (p *paper) said(l ledger.Line, who string) {
	words := strings.TrimSpace(l.Words + " " + l.Phone)
	if l.Place != nil {
		words = strings.TrimSpace(words + " " + p.where(*l.Place))
	}
	if words == "" && !l.Media() {
		return
	}
	p.line("<li><small>%s %s</small> <q>%s</q>", p.voice.When(l.At), who, words)
	if l.ByCitizen() {
		p.files(slices.Concat(l.Photo, l.Files), p.own.TalkFiles)
	}
	p.b.WriteString("</li>\n")
}

// followed is another's report as far as it is the person's: since when he or she follows it, by what, and what he or she added.
func (p *paper) followed(k ledger.Case) {
	p.line("<h3>%s</h3>", string(k.Report.Code))
	p.b.WriteString("<ul>\n")
	for _, f := range k.Facts {
		if follows(f, p.own.Chats) {
			p.fact(f, k)
		}
	}
	p.b.WriteString("</ul>\n")
}

func (p *paper) letters() {
	if len(p.own.Letters) == 0 {
		return
	}
	p.line("<h2>%s</h2>", p.voice.PaperHeading("letters"))
	p.b.WriteString("<ul>\n")
	for _, l := range p.own.Letters {
		if l.Text != "" {
			p.line("<li><small>%s</small><br><q>%s</q></li>", p.voice.When(l.At), l.Text)
		}
	}
	p.b.WriteString("</ul>\n")
}
