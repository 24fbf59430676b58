package flowtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Play plays a transcript: what the citizen does (">"), what the office does ("*") and comments ("#") are read, and the
// answers are written after them anew. What comes back is the transcript as it is now.
//
//	> words                         a text message ("250× words": that often; \n: a line break)
//	> photo a.jpg: caption          a photo; photos in a row come as one album
//	> voice 12s   > file a.pdf      a voice note, a document
//	> pin -6.12,106.15 Warung       a pin, with the name of a venue
//	> press Kirim                   the newest button of that name; press-old: the oldest; press-quick: at once after the line before
//	> vote Kirim                    the same by an emoji or a vote, where no notice can be shown; vote-old
//	> nomor +62811                  the own phone number, by the network's key for it
//	> press Kirim                   the newest button of that name; press-old: the oldest
//	> sent sticker                  something the product has no use for
//	> edit: words                   the last text message changed; edit-first: the first
//	> reply: …                      any of these as a reply to the newest message about a report; reply-bot: to another
//	> burst words                   at once after the message before
//	> (2 jam kemudian)              time goes by
//	> bahasa hp: en                 the phone's language
//	* words                         the office sends news about the report filed last; "* ditutup" closes it
//	* jaringan lambat / lancar      answers wait before they are sent / they are sent now
//	* petugas: words                an officer answers the newest talk; "* petugas ambil/selesai/laporan/foto a.jpg/kartu"
//	* yang menulis terdaftar        who writes is an officer from now on; "* yang menulis tidak terdaftar lagi"
//	* terdengar: words              the speech model made these words of the voice note; none when it could not
//	* pendapat: category 0.9        what the language model says when it is asked next; where there is no such line, nothing
//	* tetangga: CATEGORY @LAT,LON|kel NAME [N hari] [rahasia|anonim] [foto] [N warga]: words   somebody else has filed this
//	* dijawab CATEGORY: question = answer   an officer has answered this at the desk
//	* chat lain: kode ditulis       what happens in another chat of the citizen, see Engine.other
//	* diikuti: words                news of the report that the citizen follows
//	= {"v":1,…}                     the program is another now, which finds the conversation kept like this
//	< what the bot says   ~ what is shown over the chat for a moment, after a press
//	! what is done   [📍] the network's key for sending the location
func Play(e *Engine, script string) (string, error) {
	p := player{e: e}
	e.Log = p.log
	for n, line := range strings.Split(strings.TrimRight(script, "\n"), "\n") {
		var err error
		switch {
		case strings.HasPrefix(line, "#"):
			p.flush(line)
			p.out(line)
		case strings.HasPrefix(line, "*"):
			p.flush("")
			p.out(line)
			err = p.office(strings.TrimSpace(line[1:]))
		case strings.HasPrefix(line, "="):
			p.flush("")
			p.out(line)
			err = e.Restore(strings.TrimSpace(line[1:]))
		case strings.HasPrefix(line, ">"):
			err = p.citizen(strings.TrimSpace(line[1:]), line)
		case line == "":
			p.flush("")
			p.gap()
		}
		if err != nil {
			return "", fmt.Errorf("line %d (%s): %w", n+1, line, err)
		}
	}
	e.Flush()
	return strings.Join(p.lines, "\n") + "\n", nil
}

type player struct {
	e       *Engine
	lines   []string
	texts   []bot.MessageRef // the citizen's own text messages
	photo   bot.Photo        // the last one, and its message
	photoAt bot.MessageRef
	last    string // what the last line was: "photo" for photos, which come in bursts
	lang    string
	count   int
}

func (p *player) out(line string) { p.lines = append(p.lines, line) }

func (p *player) gap() {
	if n := len(p.lines); n > 0 && p.lines[n-1] != "" {
		p.out("")
	}
}

func (p *player) flush(string) { p.e.Flush() }

func (p *player) log(l Line) {
	switch {
	case l.Effect != "":
		p.out("! " + l.Effect)
		return
	case l.Notice != "":
		p.out("~ " + shown(l.Notice))
		return
	}
	m := l.Sent.Message
	for line := range strings.SplitSeq(shown(m.Text), "\n") {
		p.out(strings.TrimRight("< "+line, " "))
	}
	if n := len(m.Photos); n > 0 {
		p.out(fmt.Sprintf("  {%d foto}", n))
	}
	if m.Menu == nil {
		if m.Want == bot.WantLocation {
			p.out("  [📍]")
		}
		if m.Want == bot.WantContact {
			p.out("  [📍] [📱]")
		}
		return
	}
	var b strings.Builder
	for i, c := range m.Menu.Choices {
		fmt.Fprintf(&b, " [%d %s]", i+1, c.Label)
	}
	p.out(" " + b.String())
}

// shown writes bold as **bold**.
func shown(s string) string {
	plain, spans := bot.Spans(s)
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(plain[at:sp.From] + "**" + plain[sp.From:sp.To] + "**")
		at = sp.To
	}
	return b.String() + plain[at:]
}

func (p *player) office(what string) error {
	if words, ok := strings.CutPrefix(what, "terdengar:"); ok {
		p.last = ""
		if heard, err := p.e.Hear(strings.TrimSpace(words)); err != nil || !heard {
			return fmt.Errorf("no voice note is listened to (%w)", err)
		}
		return nil
	}
	if said, ok := strings.CutPrefix(what, "pendapat:"); ok {
		return p.e.opine(said)
	}
	if done, ok := strings.CutPrefix(what, "kantor "); ok {
		p.last = ""
		return p.e.Act(done)
	}
	if said, ok := strings.CutPrefix(what, "petugas"); ok {
		p.last = ""
		return p.e.Officer(strings.TrimSpace(strings.TrimPrefix(said, ":")))
	}
	if said, ok := strings.CutPrefix(what, "tetangga:"); ok {
		return p.e.neighbour(strings.TrimSpace(said))
	}
	if said, ok := strings.CutPrefix(what, "diikuti:"); ok {
		p.e.echo(strings.TrimSpace(said))
		return nil
	}
	if said, ok := strings.CutPrefix(what, "dijawab "); ok {
		return p.e.answered(said)
	}
	switch {
	case what == "yang menulis terdaftar", what == "yang menulis tidak terdaftar lagi":
		p.e.OnDuty = what == "yang menulis terdaftar"
	case strings.HasPrefix(what, "chat lain: "):
		return p.e.other(strings.TrimPrefix(what, "chat lain: "))
	case what == "ditutup":
		p.e.Close()
	case what == "jaringan lambat", what == "jaringan lancar":
		p.e.Slow(what == "jaringan lambat")
	default:
		p.e.Notice(what)
	}
	return nil
}

// citizen does one line of the citizen's.
func (p *player) citizen(what, line string) error {
	if d, ok := passing(what); ok {
		p.flush("")
		p.out(line)
		return p.e.Pass(d)
	}
	if lang, ok := strings.CutPrefix(what, "bahasa hp: "); ok {
		p.out(line)
		p.lang = lang
		return nil
	}
	ev, kind, err := p.event(what)
	if err != nil {
		return err
	}
	pause := 5 * time.Second
	if kind == "photo" && p.last == "photo" || kind == "quick" {
		pause = 300 * time.Millisecond
	}
	p.last = kind
	if err := p.e.Pass(pause); err != nil {
		return err
	}
	p.out(line)
	ev.From = bot.Person{ID: "w1", Name: "Siti", Language: p.lang}
	if ev.Ref.Zero() {
		p.count++
		ev.Ref = bot.MessageRef{Chat: p.e.Chat, ID: "w" + strconv.Itoa(p.count)}
		switch b := ev.Body.(type) {
		case bot.Text:
			p.texts = append(p.texts, ev.Ref)
		case bot.Photo:
			p.photo, p.photoAt = b, ev.Ref
		}
	}
	n, err := p.e.Say(ev)
	if err == nil && n == 0 {
		err = fmt.Errorf("no answer")
	}
	return err
}

// event reads what the citizen does.
func (p *player) event(what string) (ev bot.Event, kind string, err error) {
	verb, rest, _ := strings.Cut(what, " ")
	switch verb {
	case "photo", "quick-photo":
		name, caption, _ := strings.Cut(rest, ": ")
		ev.Body = bot.Photo{Media: media(name, "image/jpeg"), Caption: caption}
		return ev, "photo", nil
	case "voice":
		ev.Body = bot.Voice{Media: media("suara-"+rest, "audio/ogg"), Seconds: 12}
		return ev, "", nil
	case "file", "huge-file":
		name, caption, _ := strings.Cut(rest, ": ")
		m := media(name, "application/pdf")
		if verb == "huge-file" {
			m.Size = 100 << 20
		}
		ev.Body = bot.Document{Media: m, Name: name, Caption: caption}
		return ev, "", nil
	case "pin":
		ev.Body, err = pin(rest)
		return ev, "", err
	case "live": // a pin with words beside it
		at, words, _ := strings.Cut(rest, " ")
		place, err := pin(at)
		place.Caption = words
		ev.Body = place
		return ev, "", err
	case "caption:": // words put under the last photo afterwards
		p.photo.Caption = rest
		ev.Body, ev.Edited, ev.Ref = p.photo, true, p.photoAt
		return ev, "", nil
	case "press", "press-old", "press-quick", "vote", "vote-old":
		pick, err := p.press(rest, strings.HasSuffix(verb, "-old"))
		pick.Quiet = strings.HasPrefix(verb, "vote")
		ev.Body = pick
		if verb == "press-quick" {
			kind = "quick"
		}
		return ev, kind, err
	case "nomor":
		ev.Body = bot.Contact{Phone: rest}
		return ev, "", nil
	case "sent":
		ev.Body = bot.Unsupported{Kind: rest}
		return ev, "", nil
	case "edit:":
		return p.edit(rest, len(p.texts)-1)
	case "edit-first:":
		return p.edit(rest, 0)
	case "reply:", "reply-bot:":
		ref, err := p.reply(verb == "reply:")
		if err != nil {
			return ev, "", err
		}
		ev, kind, err = p.event(rest)
		ev.ReplyTo = &ref
		return ev, kind, err
	case "burst":
		ev.Body = bot.Text{Text: rest}
		return ev, "quick", nil
	}
	what = strings.ReplaceAll(what, `\n`, "\n")
	if n, text, ok := strings.Cut(what, "×"); ok && strings.Trim(n, "0123456789") == "" && n != "" {
		times, _ := strconv.Atoi(n)
		what = strings.TrimSpace(strings.Repeat(strings.TrimSpace(text)+" ", times))
	}
	ev.Body = bot.Text{Text: what}
	return ev, "", nil
}

func media(name, mime string) bot.MediaRef {
	return bot.MediaRef{Network: "sim", ID: strings.TrimSpace(name), MIME: mime, Size: 90_000}
}

func pin(rest string) (bot.Location, error) {
	at, name, _ := strings.Cut(rest, " ")
	a, b, _ := strings.Cut(at, ",")
	lat, err := strconv.ParseFloat(a, 64)
	if err != nil {
		return bot.Location{}, fmt.Errorf("read the pin: %w", err)
	}
	lon, err := strconv.ParseFloat(b, 64)
	if err != nil {
		return bot.Location{}, fmt.Errorf("read the pin: %w", err)
	}
	return bot.Location{Lat: lat, Lon: lon, Name: name}, nil
}

// press presses a button of the newest message that has it, or of the oldest.
func (p *player) press(label string, old bool) (bot.Pick, error) {
	p.flush("")
	for i := range p.e.sent {
		m := p.e.sent[len(p.e.sent)-1-i]
		if old {
			m = p.e.sent[i]
		}
		if m.Message.Menu == nil {
			continue
		}
		for _, c := range m.Message.Menu.Choices {
			if c.Label == label {
				return bot.Pick{Menu: m.Message.Menu.ID, Choice: c.ID, Message: m.Ref}, nil
			}
		}
	}
	return bot.Pick{}, fmt.Errorf("no button %q", label)
}

func (p *player) edit(text string, i int) (bot.Event, string, error) {
	if i < 0 || i >= len(p.texts) {
		return bot.Event{}, "", fmt.Errorf("nothing to edit")
	}
	return bot.Event{Body: bot.Text{Text: text}, Edited: true, Ref: p.texts[i]}, "", nil
}

// reply finds the newest message that is about a report, or the newest that is not.
func (p *player) reply(about bool) (bot.MessageRef, error) {
	p.flush("")
	for _, v := range slices.Backward(p.e.sent) {
		if m := v; (m.Report != 0) == about {
			return m.Ref, nil
		}
	}
	return bot.MessageRef{}, fmt.Errorf("no message to reply to")
}

func fileLine(r report.Report) string {
	s := fmt.Sprintf("file %s kind=%s category=%s office=%s visibility=%s photos=%d files=%d", r.Code, r.Kind, or(r.Category),
		or(r.Agency), r.Visibility, len(r.Photos), len(r.Files))
	return s + placeLine(r.Place) + fmt.Sprintf(" text(%d)=%s", utf8.RuneCountInString(r.Text),
		say.Clip(strings.ReplaceAll(r.Text, "\n", " / "), 120))
}

func placeLine(p report.Place) string {
	s := " place=" + or(p.Area)
	if p.Nowhere {
		s = " place=nowhere"
	}
	if p.Unknown {
		s = " place=unknown"
	}
	if p.Whose != "" {
		s += fmt.Sprintf(" whose=%q", p.Whose)
	}
	if p.Pin != nil {
		s += fmt.Sprintf(" pin=%.4f,%.4f", p.Pin.Lat, p.Pin.Lon)
	}
	if p.Said != "" {
		s += fmt.Sprintf(" said=%q", say.Clip(p.Said, 60))
	}
	if p.Note != "" {
		s += fmt.Sprintf(" note=%q", say.Clip(p.Note, 60))
	}
	return s
}

func addLine(r report.Report, a report.Add) string {
	s := fmt.Sprintf("add to %s words=%q photos=%d files=%d", r.Code, say.Clip(a.Words, 60), len(a.Photos), len(a.Files))
	if a.Place != nil {
		s += placeLine(*a.Place)
	}
	if a.Unmeant {
		s += " unmeant"
	}
	return s
}
