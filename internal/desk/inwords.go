package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// listAsked reads a message that asks for a list, or how to become an officer, or begins or ends a duty.
func listAsked(p *profile.Profile, ev bot.Event, c Command) (Command, bool) {
	if c.media() {
		return Command{}, false
	}
	if arg, ok := dutySaid(c.Words); ok {
		return Command{Verb: Duty, Arg: arg}, true
	}
	if ev.ReplyTo != nil {
		return Command{}, false
	}
	if ev.Group && joinAsked(c.Words) {
		return Command{Verb: WantsIn, Words: c.Words, Passing: true}, true
	}
	read := inWords
	if !ev.Group {
		read = aloneInWords
	}
	v, arg, ok := read(p, c.Words)
	return Command{Verb: v, Arg: arg, Passing: true}, ok
}

// inWords reads the lists that officers ask for in words, where a line plainly does: "tugas saya apa aja", "statistik bulan ini dong". A line that
// only holds such a word is talk.
func inWords(p *profile.Profile, text string) (v Verb, arg string, ok bool) {
	const most = 8
	raw, words := listWords(text)
	if len(words) == 1 && words[0] == "tugas" { // hardly anybody says no more than that in passing
		return Tasks, "", true
	}
	if len(words) < 2 || len(words) > most {
		return Silent, "", false
	}
	switch words[0] {
	case "tugas", "daftar", "list", "yang", "yg", "apa", "laporan", "mana", "lihat", "liat", "minta", "ada", "berapa":
		arg, ok = tasksAsked(p, words)
		return Tasks, arg, ok
	case "semua": // "semua telat nih" is talk
		arg, ok = tasksAsked(p, words)
		return Tasks, arg, ok && slices.ContainsFunc(words, func(w string) bool { return w == "tugas" || w == "laporan" })
	case "bisa", "bs", "boleh", "tampilkan", "tampilin", "tunjukkan", "tunjukin", "kirim", "kirimkan", "kasih", "dinas", "kantor", "opd", "sebutkan": // "bisa tolong tampilkan laporan yang belum dijawab?"
		arg, ok = tasksAsked(p, words)
		return Tasks, arg, ok
	case "siapa", "piket", "petugas":
		if slices.ContainsFunc(words, lateWord) { // "siapa aja yang telat?"
			arg, ok = tasksAsked(p, words)
			return Tasks, arg, ok
		}
		return Duty, "", slices.Contains(words, "piket") && slices.Contains(words, "siapa") && only(words, "siapa", "yang", "yg", "piket", "sekarang", "hari", "ini", "malam", "jaga", "lagi", "petugas", "nya", "siang", "pagi", "sore", "skrg", "skrang", "sih")
	case "statistik", "statistiknya", "rekap", "kinerja":
		return Count, strings.Join(slices.DeleteFunc(words[1:], func(w string) bool { return particle(w) || w == "kantor" || w == "kita" || w == "kami" }), " "),
			only(words[1:], "bulan", "minggu", "hari", "tahun", "ini", "lalu", "kemarin", "semua", "kantor", "kita", "kami", "pekan", "sepekan", "sebulan")
	case "cari", "cariin", "carikan":
		arg := strings.Join(raw[1:], " ")
		return Find, arg, !slices.Contains([]string{"makan", "minum", "kopi", "parkir", "parkiran", "sinyal", "tempat", "orang", "teman", "duit", "siapa", "jodoh", "alasan", "yang", "yg", "apa", "angin", "waktu", "dulu", "rejeki", "rezeki", "muka"}, words[1]) &&
			!slices.Contains(words, "yuk") && !slices.Contains(words, "yok") && !strings.HasSuffix(text, "?")
	}
	return Silent, "", false
}

// aloneInWords is inWords for the sender's own chat, where nobody talks with colleagues: there a word is enough, and how an office stands is
// asked for as among people ("dishub gimana").
func aloneInWords(p *profile.Profile, text string) (v Verb, arg string, ok bool) {
	if v, arg, ok := inWords(p, text); ok {
		return v, arg, ok
	}
	const most = 10
	_, words := listWords(text)
	if len(words) == 0 || len(words) > most {
		return Silent, "", false
	}
	switch {
	case helpWord(text):
		return Help, "", true
	case len(words) == 1 && slices.Contains([]string{"statistik", "rekap", "kinerja"}, words[0]):
		return Count, "", true
	}
	if arg, ok := tasksAsked(p, words); ok {
		return Tasks, arg, true
	}
	arg, ok = officeAsked(p, words)
	return Tasks, arg, ok
}

// asksList reports whether what comes unquoted to the sender's own chat only asks for a list or for help, as those ask who are enrolled. A word
// that a talk may wait for ("bantuan" is a category, too) is left to that.
func (h *handling) asksList() (bool, error) {
	words := bot.Words(h.ev.Body)
	if _, typed := h.ev.Body.(bot.Text); !typed || h.ev.Group || h.ev.Edited || h.ev.Relayed || forCitizens(words) && !helpWord(words) {
		return false, nil
	}
	c, ok := listAsked(h.office.Profile, h.ev, Command{Words: bot.Clean(words)})
	if ok && c.Verb == Help && h.Talking != nil {
		busy, err := h.Talking(h.ctx, h.ev.Chat)
		return !busy, err
	}
	return ok, nil
}

// listFor reports whether a list, or help, is asked for in words by somebody of a role that gets it in the own chat.
func (h *handling) listFor(gets func(report.Role) bool) (bool, error) {
	if asks, err := h.asksList(); !asks || err != nil {
		return false, err
	}
	by, _, err := h.me()
	return err == nil && gets(by.Role), err
}

// helpWord reports whether words ask for help and nothing else.
func helpWord(text string) bool {
	f := bot.Fold(text)
	return f == "bantuan" || f == "help"
}

// listWords are the words of a line without whom it calls and what it begs, as they are written and folded.
func listWords(text string) (raw, words []string) {
	raw = strings.Fields(text)
	for len(raw) > 0 && calls(bot.Fold(raw[0])) && bot.Fold(raw[0]) != "yang" && bot.Fold(raw[0]) != "yg" {
		raw = raw[1:]
	}
	for len(raw) > 0 && (particle(bot.Fold(raw[len(raw)-1])) || bot.Fold(raw[len(raw)-1]) == "tolong") {
		raw = raw[:len(raw)-1]
	}
	return raw, strings.Fields(bot.Fold(strings.Join(raw, " ")))
}

// only reports whether words are all of a few.
func only(words []string, of ...string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(of, w) && !particle(w) })
}
