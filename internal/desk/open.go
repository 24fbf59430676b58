package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What is kept from the group is read by one officer at a time, in his or her own chat with the bot, and each time is written down.
// What the officer replies there is an answer as a reply to the card is.

const (
	aloneText  = "🔒 Hanya untuk Anda%s. Balas pesan ini untuk menjawab warga.\n\n"
	aloneNoted = "; pembukaan ini tercatat"
	// openedText stands in the group. A network may forbid the bot to write first: nobody knows before it is tried.
	openedText = "🔓 Isi %s saya kirim ke %s secara pribadi%s. Belum masuk? Buka chat dengan bot ini, tekan Start atau kirim halo, lalu tulis lagi: /buka %s"
	aloneTrail = 3600
	trailWords = 500
)

// aloneIntent begins the intent of every letter of the desk to a person's own chat: by it replies and presses there find the desk.
const aloneIntent = casework.AloneIntent

// alone reports whether the event comes from the sender's own chat, where nobody else reads the answer.
func (h *handling) alone() bool { return h.ev.Chat.Chat() != h.office.Desk.Chat() && !h.ev.Group }

// secret reports whether what a report says may not be repeated where the event comes from.
func (h *handling) secret(r report.Report) bool { return !h.alone() && h.office.Secret(r) }

// repeat is what somebody typed, unless the group must not read it again.
func (h *handling) repeat(typed string) string {
	if h.on.ID != 0 && h.secret(h.on) {
		return "itu"
	}
	return "“" + say.Clip(typed, 40) + "”"
}

// openIt brings all of a report to who may read it, in private. Where that shows numbers of people, the reason is asked for, and its
// reporter can read it.
func openIt(h *handling, c Command, on subject) (report.Action, bool, error) {
	if err := h.office.MayOpen(on.report, on.by); err != nil {
		return nil, false, err
	}
	if !h.office.Veiled(on.report, on.facts) {
		return nil, true, h.open(on.report, on.by)
	}
	why, asked, err := h.reason(c, on, Open, openMenu, "nomor orang di dalamnya akan tampil utuh. Untuk apa?")
	if asked || err != nil {
		return nil, asked, err
	}
	if err := h.open(on.report, on.by); err != nil {
		return nil, false, err
	}
	for i := range h.batch.Looks { // a fact tells why
		h.batch.Looks[i].About = casework.LookedAtNumbers
	}
	return report.Unveil{Why: why}, false, nil
}

// open brings all of a report to a person.
func (h *handling) open(r report.Report, by report.Actor) error {
	to, ok := h.office.Alone(by)
	if !ok {
		return h.no(casework.Choice, "Saya tidak tahu chat pribadi Anda; laporan %s belum dibuka.", r.Code)
	}
	w, err := h.Reader.Whole(h.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("open a report: %w", err)
	}
	looks := h.office.Looked(w.Report, w.Facts, by, h.at())
	h.batch.Looks = append(h.batch.Looks, looks...)
	noted := ""
	if len(looks) > 0 {
		noted = aloneNoted
	}
	n := 0
	write := func(m bot.Message) {
		n++
		intent := aloneIntent
		if n == 1 {
			intent += casework.CardIntent(w.Report)
		}
		h.batch.Letters = append(h.batch.Letters, ledger.Letter{Key: fmt.Sprintf("%s/open%d", h.ev.ID, n), To: to, Report: r.ID,
			Purpose: ledger.ToDesk, Intent: intent, Message: m})
	}
	card := card(h.verbs, View{Profile: h.office.Profile, Report: w.Report, Facts: w.Facts, Delivery: w.Delivery, Whole: true})
	card.Text = fmt.Sprintf(aloneText, noted) + card.Text
	write(card)
	w.Facts = h.office.DiscreetFacts(w.Report, w.Facts)
	if text := trail(h.office, w); text != "" {
		write(bot.Message{Text: text})
	}
	if m := enclosures(w); len(m.Photos)+len(m.Files) > 0 {
		write(m)
	}
	if !h.alone() {
		h.notice = fmt.Sprintf("Isi %s dikirim ke chat pribadi Anda.", r.Code)
		h.letter(ledger.Letter{Report: r.ID, Message: bot.Message{Text: fmt.Sprintf(openedText, r.Code, say.Clip(by.Name, 40), noted, r.Code)}})
	}
	return nil
}

// enclosures are what the citizen sent along.
func enclosures(w ledger.Whole) bot.Message {
	m := bot.Message{Text: "🔒 Lampiran laporan " + string(w.Report.Code)}
	for _, f := range w.Facts {
		if f.What == report.WasFiled || f.What == report.WasAdded {
			m.Photos = append(m.Photos, f.Photos...)
			m.Files = append(m.Files, f.Files...)
		}
	}
	return m
}

// trail tells what was said and done since the report was filed, the newest last; "" where that is nothing.
func trail(o *casework.Office, w ledger.Whole) string {
	gone := withdrawn(w.Facts)
	var lines []string
	for _, f := range w.Facts {
		did := deed(o, f)
		if f.What == report.WasFiled {
			if f.Place == nil || say.Site(*f.Place) == say.Site(w.Report.Place) {
				continue // the card tells it
			}
			did, f.Words, f.Photos, f.Files = "📨 Masuk", "", nil, nil
		}
		if did == "" {
			continue
		}
		who := say.Clip(f.By.Name, 40)
		if f.By.Role == report.Citizen || who == "" {
			who = ""
		} else {
			who = " (" + who + ")"
		}
		line := clock(f.At, o.Profile) + " · " + did + who
		if f.Words != "" && f.What != report.WasHidden && f.What != report.WasRevealed { // why somebody is afraid is nobody's to read
			line += ": “" + say.Clip(f.Words, trailWords) + "”"
		}
		if f.Place != nil {
			line += " 📍 " + say.Site(*f.Place)
		}
		if n := len(f.Photos) + len(f.Files); n > 0 {
			line += fmt.Sprintf(" · %d lampiran", n)
		}
		if gone[f.Seq] {
			line += " (ditarik)"
		}
		lines = append(lines, line)
	}
	left, size := 0, 0
	for i, line := range slices.Backward(lines) { // the oldest give way
		if size += say.Units(line) + 1; size > aloneTrail {
			left = i + 1
			break
		}
	}
	if left > 0 {
		lines = append([]string{fmt.Sprintf("… %d lebih lama", left)}, lines[left:]...)
	}
	if len(lines) == 0 {
		return ""
	}
	return "🔒 Riwayat:\n" + strings.Join(lines, "\n")
}

// deed names what a fact did, "" for what the card tells by itself.
func deed(o *casework.Office, f report.Fact) string {
	switch f.What {
	case report.WasAdded:
		if f.Unmeant {
			return "↩️ Pelapor: pesan sebelumnya bukan untuk laporan ini"
		}
		return "➕ Tambahan pelapor"
	case report.WasNoted:
		return "📝 Catatan"
	case report.WasIdentified:
		return "🪪 Identitas dilihat"
	case report.WasUnveiled:
		return "🔓 Nomor yang disamarkan dibuka"
	case report.WasTaken:
		return "✋ Diambil"
	case report.WasForwarded, report.WasReturned:
		return moveWord(f) + " ke " + o.OfficeName(f.Agency)
	case report.WasCategorised:
		return "🏷 Kategori: " + o.CategoryName(f.Category)
	case report.WasEnclosed:
		return "🖼 Lampiran jawaban"
	case report.WasClassed:
		return deedWord(f)
	case report.WasDisposed, report.WasUndisposed, report.WasCounselled:
		return "📨 " + deedWord(f)
	}
	switch f.What {
	case report.WasJudged, report.WasDisputed, report.WasRated, report.WasLapsed, report.WasReopened,
		report.WasRecalled, report.WasLeft, report.WasResumed, report.WasUrged, report.WasOpposed, report.WasHidden, report.WasRevealed:
		return "🗣 " + deedWord(f)
	}
	return answerWord(f.What)
}

// Private reports whether what somebody sends in his or her own chat with the bot is for the desk: a reply to what the desk wrote
// there, a press on it, or words by an officer that name a report of the office's own. Everything else is a citizen's, who may be an
// officer too.
func (d *Desk) Private(ctx context.Context, ev bot.Event) (bool, error) {
	o := d.Office()
	if o.Desk.Zero() {
		return false, nil
	}
	h := &handling{Desk: d, ctx: ctx, ev: ev, office: o, verbs: d.table()}
	switch ev.Body.(type) {
	case bot.Left, bot.Joined:
		return h.turns()
	}
	if ev.Group || ev.Chat.Network != o.Desk.Network {
		return h.leads()
	}
	switch b := ev.Body.(type) {
	case bot.Pick:
		if kind, rest, ok := strings.Cut(b.Menu, "."); ok && len(kind) == 1 && (strings.HasPrefix(rest, o.Profile.Prefix+"-") || kind == casework.SheetMenuKind) {
			return h.wrote(b.Message)
		}
		return false, nil
	case bot.Member, bot.Moved, bot.Woken, bot.Contact:
		return false, nil
	}
	if ev.ReplyTo != nil {
		return h.wrote(*ev.ReplyTo)
	}
	if album := albumOf(ev.Body); album != "" {
		_, err := d.Reader.ByAlbum(ctx, string(ev.Chat.Network)+":"+ev.From.ID, album)
		return known(err)
	}
	if name, rest, ok := bot.Command(bot.Words(ev.Body)); ok && h.verbs.named(name) == Join && rankOf(rest) != "" {
		return true, nil // leaders are no members of the group
	}
	if mine, err := h.names(); mine || err != nil {
		return mine, err
	}
	return h.receives()
}

// names reports whether words name a report that their sender may act on.
func (h *handling) names() (bool, error) {
	if d, sent := h.ev.Body.(bot.Document); sent && sheetNamed(d.Name) {
		by, _, err := h.me()
		return by.Role == report.Coordinator, err
	}
	words := bot.Words(h.ev.Body)
	if name, _, ok := bot.Command(words); ok {
		if mine, err := h.commands(name); mine || err != nil {
			return mine, err
		}
	}
	if mine, err := h.listFor(func(r report.Role) bool { return r != "" }); mine || err != nil {
		return mine, err
	}
	if name, _, ok := bot.Command(words); !(ok && h.verbs.named(name) == Open) && !strings.Contains(strings.ToUpper(words), h.office.Profile.Prefix) {
		return false, nil // nearly all that citizens write
	}
	c, err := h.parser().parse(h.ev)
	acts := c.Verb == Unsure || h.verbs.row(c.Verb).needsReport()
	if err != nil || !acts || c.Code == "" {
		return false, err
	}
	r, err := h.Reader.ByCode(h.ctx, c.Code)
	if ok, err := known(err); !ok || err != nil || r.Reporter.Chat() == h.ev.Chat.Chat() {
		return false, err
	}
	by, _, err := h.me()
	switch {
	case err != nil:
		return false, err
	case by.Role == report.Operator:
		return c.Verb == Open || by.Home == r.Agency, nil
	case by.Role == report.Coordinator, by.Role == report.Leader && c.Verb != Open:
		return true, nil
	}
	if _, _, command := bot.Command(words); command || c.Verb == Open { // the network has to say who runs the group, so only these ask it
		return h.admin()
	}
	return false, nil
}

// wrote reports whether a message of a person's own chat is the desk's.
func (h *handling) wrote(ref bot.MessageRef) (bool, error) {
	_, intent, err := h.Reader.ByRef(h.ctx, ref)
	ok, err := known(err)
	return ok && strings.HasPrefix(intent, aloneIntent), err
}

// known reports whether a reader found what it looked for.
func known(err error) (bool, error) {
	if errors.Is(err, ledger.ErrUnknown) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("desk: whose is it: %w", err)
	}
	return true, nil
}

// apart marks what is written to the sender's own chat as the desk's.
func (h *handling) apart() {
	if h.ev.Chat.Chat() == h.office.Desk.Chat() {
		return
	}
	for i := range h.batch.Letters {
		l := &h.batch.Letters[i]
		if l.To == h.ev.Chat && !strings.HasPrefix(l.Intent, aloneIntent) && l.Purpose == ledger.ToDesk {
			l.Intent = aloneIntent + l.Intent
		}
	}
}
