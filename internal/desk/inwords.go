package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// listAsked reads a message that asks for a list, or begins or ends a duty.
func listAsked(ev bot.Event, c Command) (Command, bool) {
	if c.media() {
		return Command{}, false
	}
	if arg, ok := dutySaid(c.Words); ok {
		return Command{Verb: Duty, Arg: arg}, true
	}
	v, arg, ok := inWords(c.Words)
	return Command{Verb: v, Arg: arg, Passing: true}, ok && ev.ReplyTo == nil
}

// inWords reads the lists that officers ask for in words, where a line plainly does: "tugas saya apa aja", "statistik bulan ini dong". A line that
// only holds such a word is talk.
func inWords(text string) (v Verb, arg string, ok bool) {
	const most = 8
	raw := strings.Fields(text)
	for len(raw) > 0 && calls(bot.Fold(raw[0])) && bot.Fold(raw[0]) != "yang" && bot.Fold(raw[0]) != "yg" {
		raw = raw[1:]
	}
	for len(raw) > 0 && (particle(bot.Fold(raw[len(raw)-1])) || bot.Fold(raw[len(raw)-1]) == "tolong") {
		raw = raw[:len(raw)-1]
	}
	words := strings.Fields(bot.Fold(strings.Join(raw, " ")))
	if len(words) < 2 || len(words) > most {
		return Silent, "", false
	}
	switch words[0] {
	case "tugas", "daftar", "list", "yang", "yg", "apa", "laporan", "mana", "lihat", "liat", "minta", "ada":
		return Tasks, "", asksTasks(words)
	case "siapa", "piket", "petugas":
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

// asksTasks reports whether words ask for the open list.
func asksTasks(words []string) bool {
	about := []string{"tugas", "tugasnya", "telat", "terlambat", "terbuka", "lewat", "batas", "tenggat", "belum", "dijawab", "dikerjakan", "ditangani"}
	if !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(about[:8], w) }) && !(slices.Contains(words, "belum") && slices.Contains(words, "laporan")) {
		return false
	}
	return only(words, append(about, "saya", "sy", "aku", "kami", "kita", "kantor", "apa", "aja", "saja", "hari", "ini", "yang", "yg", "mana", "laporan", "daftar", "list", "masih", "lihat", "liat", "minta", "ada", "semua", "berapa", "udah", "sudah", "sekarang")...)
}

// only reports whether words are all of a few.
func only(words []string, of ...string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(of, w) && !particle(w) })
}
