package desk

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Answers that lie ready. Choosing one sends nothing: it shows the words with the facts of the report in them, and only a second
// choice sends these very words, or a reply those that the officer made of them.

const (
	cannedKind = "w"
	cannedNone = "Belum ada jawaban siap untuk laporan %s. Tambah milik kantor Anda: /jawabtetap judul: kata"
	// cannedText is about words that were not sent.
	cannedText = "%s: %s “%s”, belum dikirim:\n\n%s\n\nKirim, atau balas pesan ini dengan kata yang sudah Anda ubah: itulah yang dikirim."
	cannedEN   = "\n(Pelapor memakai bahasa Inggris.)"
	cannedNoEN = "\n(Pelapor memakai bahasa Inggris; jawaban ini belum punya versi Inggrisnya.)"
)

// ready is a canned answer as it stands for one report.
type ready struct {
	id, title, words string
	question         bool
	english          bool // words are
}

// ready are the canned answers for a report: the profile's, then what its office has put by, then what the coordinator has.
func (h *handling) ready(r report.Report) ([]ready, error) {
	var out []ready
	fill := func(x ready, words, lang string) {
		filled, ok := h.office.Fill(words, r, lang, h.ev.At, h.secret(r))
		if x.words = filled; ok {
			out = append(out, x)
		}
	}
	for _, c := range h.office.Profile.CannedFor(r.Category) {
		x, words, lang := ready{id: c.Code, title: c.Title, question: c.Question}, c.Words, "id"
		if r.Lang == "en" && c.WordsEN != "" {
			x.english, words, lang = true, c.WordsEN, "en"
		}
		fill(x, words, lang)
	}
	shelves := []string{r.Agency, ""}
	if r.Agency == "" {
		shelves = shelves[1:]
	}
	for _, office := range shelves {
		shelf, err := h.Reader.Shelf(h.ctx, office)
		if err != nil {
			return nil, fmt.Errorf("read what was put by: %w", err)
		}
		for _, a := range shelf.Answers {
			fill(ready{id: shelfID(office, a.Title), title: a.Title}, a.Words, "id")
		}
	}
	return out, nil
}

// shelfID names an answer that was put by, as short as a button wants it.
func shelfID(office, title string) string {
	f := fnv.New32a()
	_, _ = f.Write([]byte(office + "\x00" + bot.Fold(title)))
	return "o." + strconv.FormatUint(uint64(f.Sum32()), 36)
}

// canned shows the list, or the words of the one that was chosen. Words that choose none are an answer of the officer's own.
func canned(h *handling, c Command, on subject) (report.Action, bool, error) {
	own := report.Reply{Words: c.Arg, Photos: c.Photos, Files: c.Files}
	if err := h.office.Permit(on.report, on.by, own); err != nil {
		return nil, false, err
	}
	all, err := h.ready(on.report)
	if err != nil {
		return nil, false, err
	}
	x, number, ok := choose(all, c)
	switch {
	case ok && c.media() && !c.Held:
		return nil, false, h.no(casework.Choice, "Pilih dulu jawaban siapnya tanpa foto; fotonya dikirim dengan membalas teks yang ditampilkan.")
	case ok:
		h.offer(on.report, x, c)
		return nil, true, nil
	case c.Exact:
		return nil, false, h.no(casework.Choice, staleText)
	case len(all) == 0 && (c.Arg == "" || number) && !c.media():
		return nil, false, h.no(casework.Choice, cannedNone, on.report.Code)
	case number && !c.media():
		return nil, false, h.no(casework.Choice, "Pilih nomor 1 sampai %d, atau tulis judulnya. Belum ada yang dikirim.", len(all))
	case c.media(), toCitizen(c.Arg), speaks(c.Arg):
		return own, false, nil
	case c.Arg != "":
		return nil, true, h.unsure(Command{Verb: Unsure, Code: on.report.Code, Words: c.Arg})
	}
	var page []string
	for _, x := range all {
		page = append(page, x.id+"\t"+x.title)
	}
	chosen := strings.Join(page, "\n")
	m := cannedMenu(h.office.Profile, on.report, chosen)
	h.ask(on.report, string(Canned)+":"+chosen, string(on.report.Code)+": pilih jawaban siap. Teksnya ditampilkan dulu; belum ada yang dikirim.", &m)
	h.notice = "Pilih jawabannya di bawah."
	return nil, true, nil
}

// choose finds the answer that a command means: by its id, its number in the list, or its title, loosely where one alone fits.
// number says that a number was meant.
func choose(all []ready, c Command) (x ready, number, ok bool) {
	said := bot.Fold(c.Arg)
	fits := func(f func(ready) bool) bool {
		i := slices.IndexFunc(all, f)
		if ok = i >= 0; ok {
			x = all[i]
		}
		return ok
	}
	if c.Exact {
		return x, false, fits(func(x ready) bool { return x.id == c.Arg })
	}
	if n, err := strconv.Atoi(said); err == nil {
		if n < 1 || n > len(all) {
			return ready{}, true, false
		}
		return all[n-1], true, true
	}
	const short = 3 // letters of a word that finds a title
	if len(said) < short || fits(func(x ready) bool { return bot.Fold(x.title) == said }) {
		return x, false, ok
	}
	in := func(x ready) bool { return strings.Contains(" "+bot.Fold(x.title), " "+said) }
	if !fits(in) || slices.ContainsFunc(all, func(other ready) bool { return other.id != x.id && in(other) }) {
		return ready{}, false, false
	}
	return x, false, true
}

// offer shows the words as they would be sent.
func (h *handling) offer(r report.Report, x ready, c Command) {
	k := kept{Words: x.words, Photos: c.Photos, Files: c.Files, Album: c.Album, Canned: x.id, Asks: x.question, Rev: r.Rev}
	kind := "jawaban"
	if x.question {
		kind = "pertanyaan"
	}
	shown := "“" + x.words + "”"
	if c.media() {
		shown += " + " + (kept{Photos: c.Photos, Files: c.Files}).shown(false)
	}
	text, menu := fmt.Sprintf(cannedText, r.Code, kind, say.Clip(x.title, profile.CannedTitle), shown), k.menu(r.Code)
	switch {
	case r.Lang == "en" && x.english:
		text += cannedEN
	case r.Lang == "en":
		text += cannedNoEN
	}
	h.ask(r, k.intent(), text, &menu)
	h.quotes("quote") // with the place, as the citizen called it
	h.notice = "Baca dulu teksnya di bawah; belum dikirim."
}

// edited reads a reply to the words of a canned answer: a choice, or what goes out in their place. A nod is neither ("siap ndan"), nor
// is a photo alone: then the words are shown once more, with the photo.
func (p parser) edited(k kept, c Command) Command {
	m := sendMenu(p.target.Report.Code, k.verb())
	choice, exact := m.Match(bot.Text{Text: c.Words})
	meant := exact
	if !exact {
		choice, meant = p.pick(m, c.Words)
	}
	switch {
	case !c.media() && meant && choice.ID == string(Dropped):
		return Command{Verb: Dropped}
	case !c.media() && (exact || saysSend(c.Words)):
		return k.as(k.verb(), "")
	case c.Words == "" || !c.media() && (meant || nodding(p.lexicon, c.Words)):
		return Command{Verb: Canned, Arg: k.Canned, Exact: true, Held: true, Photos: c.Photos, Files: c.Files, Album: c.Album}
	}
	c.Verb = k.verb()
	return p.prompted(p.verbs.row(c.Verb), c)
}

// saysSend reports whether words say that something be sent, and nothing besides: "kirim aja pak".
func saysSend(text string) bool {
	sends := false
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch {
		case w == "kirim" || w == "kirimkan" || w == "kirimin" || w == "kirimlah" || w == "send":
			sends = true
		case polite(w), w == "ke", w == "warga", w == "pelapor", w == "sekarang", w == "langsung", w == "yuk", w == "lah", w == "it":
		default:
			return false
		}
	}
	return sends
}

// cannedMenu is the list that a letter showed: its lines are an id and a title each.
func cannedMenu(_ *profile.Profile, r report.Report, page string) bot.Menu {
	m := bot.Menu{ID: cannedKind + "." + string(r.Code), Columns: 1}
	for line := range strings.SplitSeq(page, "\n") {
		if id, title, ok := strings.Cut(line, "\t"); ok {
			m.Choices = append(m.Choices, bot.Choice{ID: id, Label: title})
		}
	}
	return m
}

// replyMenu stands under the question for an answer.
func replyMenu(code report.Code) bot.Menu {
	return bot.Menu{ID: cardKind + "." + string(code), Choices: []bot.Choice{
		{ID: string(Canned), Label: "📋 Jawaban siap", Also: "jawaban siap|templat|template"}}}
}

// sendMenu asks whether the words that were shown go out.
func sendMenu(code report.Code, verb Verb) bot.Menu {
	return bot.Menu{ID: unsureKind + "." + string(code), Columns: 2, Choices: []bot.Choice{
		{ID: string(verb), Label: "💬 Kirim ke warga", Also: "kirim|ya|kirim saja|ya kirim|oke kirim"},
		{ID: string(Dropped), Label: "✖️ Tidak jadi", Also: "batal|tidak jadi|ga jadi|gak jadi|jangan|jangan dikirim|urungkan"},
	}}
}
