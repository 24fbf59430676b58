package desk

import (
	"encoding/json"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// kept is what was not sent to the citizen and is asked about: it stands in the intent of the letter that asks.
type kept struct {
	Words   string         `json:"w,omitempty"`
	Photos  []bot.MediaRef `json:"p,omitempty"`
	Files   []bot.MediaRef `json:"f,omitempty"`
	Album   string         `json:"a,omitempty"`
	Relayed bool           `json:"r,omitempty"`
	// Canned is the id of the canned answer that the words are; Asks says that it is a question, Rev is the report's when it was shown.
	Canned string `json:"c,omitempty"`
	Asks   bool   `json:"q,omitempty"`
	Rev    int    `json:"v,omitempty"`
	// For is the verb that waits for a yes, Arg its object.
	For Verb   `json:"d,omitempty"`
	Arg string `json:"g,omitempty"`
	// Guessed says that nobody named the verb, Alone that the words do not go with it: they only name it.
	Guessed bool `json:"h,omitempty"`
	Alone   bool `json:"n,omitempty"`
	// Told says that the words have gone to the citizen already: it is only asked what else is done.
	Told bool `json:"t,omitempty"`
	// Also are other reports that it is meant for, too.
	Also []report.Code `json:"m,omitempty"`
	// Again is the verb by which a report that is over is opened first, "" where who was asked may not; Over says that it is over.
	Again Verb `json:"b,omitempty"`
	Over  bool `json:"o,omitempty"`
}

// The beginnings of such an intent: with words alone, and with all that there is.
const (
	unsureIntent = string(Unsure) + ":"
	keptIntent   = string(Relayed) + ":"
)

func (k kept) intent() string {
	if !k.Relayed && k.Canned == "" && k.For == "" && len(k.Photos)+len(k.Files) == 0 {
		return unsureIntent + k.Words
	}
	doc, err := json.Marshal(k)
	if err != nil { // it holds strings and numbers alone
		return unsureIntent + k.Words
	}
	return keptIntent + string(doc)
}

// keptIn reads such an intent.
func keptIn(intent string) (k kept, ok bool) {
	if words, ok := strings.CutPrefix(intent, unsureIntent); ok {
		return kept{Words: words}, true
	}
	doc, ok := strings.CutPrefix(intent, keptIntent)
	if !ok || json.Unmarshal([]byte(doc), &k) != nil {
		return kept{}, false
	}
	return k, true
}

// as is the command that somebody makes of what was kept. A note holds words alone.
func (k kept) as(v Verb, code report.Code) Command {
	c := Command{Verb: v, Code: code, Words: k.Words, Held: true, Since: k.Rev, Also: k.Also}
	if k.Again != "" && v == k.Again {
		then := c
		then.Verb, then.Photos, then.Files, then.Album = k.For, k.Photos, k.Files, k.Album
		c.Then = &then
	}
	if v == k.For {
		c.Arg, c.Exact = k.Arg, k.Arg != ""
		if k.Alone {
			c.Words = ""
		}
	}
	if v != Note {
		c.Photos, c.Files, c.Album = k.Photos, k.Files, k.Album
	}
	c.Bare = c.Words == "" && !c.media()
	if c.Then != nil {
		c.Photos, c.Files, c.Album = nil, nil, ""
	}
	return c
}

const unsureKind = "s"

// unsureMenu asks what the words were.
func unsureMenu(code report.Code) bot.Menu {
	return bot.Menu{ID: unsureKind + "." + string(code), Columns: 2, Choices: []bot.Choice{
		{ID: string(Reply), Label: "💬 Kirim ke warga", Also: "kirim"},
		{ID: string(Note), Label: "📝 Catat saja", Also: "catat"},
	}}
}

// menu asks what becomes of what was kept.
func (k kept) menu(code report.Code) bot.Menu {
	m := unsureMenu(code)
	if k.For != "" {
		return k.confirmMenu(code)
	}
	if k.Canned != "" {
		return sendMenu(code, k.verb())
	}
	if k.Relayed {
		m.Choices[0].Label, m.Choices[0].Also = "💬 Ya", "ya|kirim|teruskan"
		m.Choices[1].Label, m.Choices[1].Also = "📝 Jadikan catatan", "catat|catatan"
	}
	if k.room() {
		m.Choices[0], m.Choices[1] = bot.Choice{ID: string(Note), Label: "📝 Ya, simpan", Also: "ya|simpan|catat|catatan"}, m.Choices[0]
		return m
	}
	if k.Words == "" {
		m.Choices = m.Choices[:1]
	} else if asksCitizen(k.Words) && !k.Relayed && len(k.Photos)+len(k.Files) == 0 {
		m.Choices = append(m.Choices, bot.Choice{ID: string(Ask), Label: "❓ Tanyakan ke pelapor", Also: "tanya|tanyakan"})
	}
	return m
}

// room reports whether what was kept says of itself that it is the office's own: it is offered as a note first.
func (k kept) room() bool {
	return k.Words != "" && !k.Relayed && k.Canned == "" && k.For == "" && (withheld(k.Words) || noted(k.Words))
}

// verb is what sends it.
func (k kept) verb() Verb {
	if k.Asks {
		return Ask
	}
	return Reply
}

// shown is what was kept, for the one who is asked; of what the group may not read it tells no words.
func (k kept) shown(secret bool) string {
	var parts []string
	switch {
	case k.Words != "" && secret:
		parts = append(parts, "tulisan Anda")
	case k.Words != "":
		parts = append(parts, "“"+say.Clip(k.Words, 200)+"”")
	}
	if n := len(k.Photos); n > 0 {
		parts = append(parts, fmt.Sprintf("%d foto", n))
	}
	if n := len(k.Files); n > 0 {
		parts = append(parts, fmt.Sprintf("%d berkas", n))
	}
	return strings.Join(parts, " + ")
}

// unsure asks back what was meant, and keeps the words for whoever meant them as an answer.
func (h *handling) unsure(c Command) error {
	r, err := h.report(c)
	if err != nil {
		return err
	}
	by, err := h.actor(r)
	if _, stranger := casework.AsRefusal(err); stranger && c.Passing {
		return nil
	}
	if err != nil {
		return err
	}
	if c.Guessed && h.office.Permit(r, by, report.Note{Words: c.Words}) == nil && h.offers(c, r) {
		return nil
	}
	if c.Guessed && c.For == Resolve && c.media() { // of a report that is no longer open: an answer, with what goes with one
		c.Verb, c.For, c.Guessed = Reply, "", false
		return h.allOf(h.verbs.row(Reply), c)
	}
	if c.Guessed {
		c.For = ""
	}
	switch c.For {
	case Forward:
		return h.offersForward(c, r, by)
	case Transfer:
		return h.offersTransfer(c, r, by)
	}
	if c.For != "" {
		return h.remarked(c, r, by)
	}
	k := kept{Words: c.Words, Photos: c.Photos, Files: c.Files, Album: c.Album, Relayed: c.Verb == Relayed}
	var meant report.Action = report.Reply{Words: c.Words, Photos: c.Photos, Files: c.Files}
	if k.room() {
		meant = report.Note{Words: c.Words}
	}
	if err := h.office.Permit(r, by, meant); err != nil {
		return err
	}
	text, menu := fmt.Sprintf(unsureText, k.shown(h.secret(r)), h.doubt(c)), k.menu(r.Code)
	if k.room() {
		text = fmt.Sprintf(roomText, k.shown(h.secret(r)), r.Code)
	}
	if k.Relayed {
		text = fmt.Sprintf(relayedText, k.shown(h.secret(r)), r.Code)
		if c.Album != "" && c.Code != "" { // only one of its pictures carries the number
			text += albumText
		}
	}
	if h.holds(r) { // what is not plainly an answer is no draft either
		text = fmt.Sprintf(unhandedText, k.shown(false), r.Code)
		menu.Choices = menu.Choices[:1]
		menu.Choices[0].Label = "📨 Ya, serahkan"
		menu.Choices[0].Also = "ya|serahkan|kirim|teruskan"
	}
	h.ask(r, k.intent(), text, &menu)
	return nil
}

// doubt tells why words were not taken for an answer.
func (h *handling) doubt(c Command) string {
	verb, rest := h.verbs.opens(c.Words)
	switch {
	case c.Words == "":
		return "Belum jelas untuk apa."
	case nodding(h.Answers, c.Words):
		return "Terbaca sebagai tanda setuju, bukan jawaban."
	case asksCitizen(c.Words):
		return "Terbaca sebagai pertanyaan; belum jelas untuk siapa."
	case verb != Silent && rest != "":
		return fmt.Sprintf("Ada kata %s di dalamnya, dan keterangan lain yang tidak boleh hilang.", strings.ToLower(string(verb)))
	case h.talks(c.Words):
		return "Terbaca seperti pesan untuk rekan, bukan untuk warga."
	}
	return "Terlalu singkat untuk jadi jawaban warga: belum ada apa yang dilakukan dan kapan."
}

// astray answers an operator whose reply finds no report; anybody else only talks.
func (h *handling) astray(c Command) error {
	by, err := h.member()
	if err != nil {
		if _, stranger := casework.AsRefusal(err); stranger {
			return nil
		}
		return err
	}
	h.by = by
	p := h.office.Profile
	text := fmt.Sprintf(lostText, p.Prefix)
	switch {
	case c.Verb == Loose && c.For != Silent:
		text = fmt.Sprintf(looseOrderText, c.For, p.Prefix)
	case c.Verb == Loose:
		text = fmt.Sprintf(looseText, p.Prefix)
	case c.Verb == NoCard:
		text = fmt.Sprintf(noCardText, p.Prefix)
	case !h.Gap.Until.IsZero():
		text = fmt.Sprintf(goneCardText, clock(h.Gap.Until, p), clock(h.Gap.From, p), clock(h.Gap.Until, p), p.Prefix)
	}
	if c.Verb == Loose {
		return h.loose(c, text)
	}
	return h.no(casework.Choice, "%s", text)
}

// dropped tells that nothing comes of what was asked about.
func (h *handling) dropped() {
	if k, ok := keptIn(h.to.Intent); ok && k.Told {
		h.say(fmt.Sprintf("Baik, %s belum dinyatakan selesai.", h.to.Report.Code))
		return
	}
	h.say(droppedText)
}

// lost reports whether somebody answered a message of the bot's that nobody knows: whoever sent it died before that was written
// down, or it is of a time before the database was restored. It was meant for a report all the same.
func (p parser) lost(ev bot.Event) bool { return ev.ToBot && !p.target.Known }

// relayed reads what somebody else wrote: it is never the sender's own answer, and no command. Where it is plainly about a report,
// it is asked what becomes of it.
func (p parser) relayed(c Command) Command {
	c.Verb = Relayed
	code, rest, found, valid := leading(p.profile.Prefix, c.Words)
	switch {
	case p.target.Known && p.target.Report.ID != 0:
	case found && valid:
		c.Code, c.Words = code, rest
	default:
		code, found, valid = report.FindCode(p.profile.Prefix, c.Words)
		if !found || !valid {
			return Command{}
		}
		c.Code = code
	}
	if c.Words == "" && !c.media() {
		return Command{}
	}
	return c
}

// nodding reports whether words are a nod, or nothing but signs and a number.
func nodding(lx *answer.Lexicon, words string) bool {
	return strings.Trim(bot.Fold(words), "0123456789") == "" || nods(lx.Read(words))
}

// unnamed takes out what stands in place of people who were mentioned.
func unnamed(words string) string {
	if !strings.Contains(words, "@") {
		return words
	}
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		fields := strings.Split(line, " ")
		kept := fields[:0]
		for _, f := range fields {
			if sign, ok := strings.CutPrefix(f, "@"); ok && strings.Trim(sign, ",.:;!?") == "" {
				if n := len(kept); n > 0 {
					kept[n-1] += sign
				}
				continue
			}
			kept = append(kept, f)
		}
		lines[i] = strings.Join(kept, " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// sameMedia reports whether a fact holds just the files of a command.
func sameMedia(f report.Fact, c Command) bool {
	if len(f.Photos) != len(c.Photos) || len(f.Files) != len(c.Files) {
		return false
	}
	for i, m := range c.Photos {
		if f.Photos[i].ID != m.ID {
			return false
		}
	}
	for i, m := range c.Files {
		if f.Files[i].ID != m.ID {
			return false
		}
	}
	return true
}
