package desk

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What people ask an office, answered once by an officer: the next citizen who asks it reads that answer.

const (
	// knownMost is how many questions a category may have answered.
	knownMost = 30
	teachLike = "/jawabtetap KTP tanya: KTP baru berapa hari jadi? jawab: Paling lama 3 hari kerja."
)

// taught is what is to be answered: "KTP tanya: … jawab: …". A question needs no category where its words name one.
var (
	taught    = regexp.MustCompile(`(?is)^(.*?)\b(?:tanya|pertanyaan|ditanya|question|q)\s*[:=]\s*(.+?)[\s,;]*\b(?:jawab|jawaban|jawabnya|dijawab|answer|a)\s*[:=]\s*(.*)$`)
	untaught  = regexp.MustCompile(`(?is)^(?:hapus|buang|hilangkan|delete|remove)\s+(?:tanya|pertanyaan|question|q)\b\s*[:=]?\s*(.*)$`)
	halfKnown = regexp.MustCompile(`(?is)^(?:.*\s)?(?:tanya|pertanyaan|question)\s*[:=]`)
)

// teaches hears the forms of /jawabtetap that are about what citizens ask; ok is false for the others.
func (h *handling) teaches(c Command, by report.Actor) (ok bool, err error) {
	text := strings.TrimSpace(c.Arg)
	if m := taught.FindStringSubmatch(text); m != nil {
		return true, h.teach(m[1], strings.Join(strings.Fields(m[2]), " "), strings.TrimSpace(m[3]), by)
	}
	if m := untaught.FindStringSubmatch(text); m != nil {
		return true, h.forget(m[1], by)
	}
	switch bot.Fold(text) {
	case "tanya", "pertanyaan", "daftar tanya", "daftar pertanyaan", "questions":
		return true, h.listKnown(by)
	}
	if halfKnown.MatchString(text) {
		return true, h.no(casework.Choice, "Tulis pertanyaannya dan jawabannya, misalnya: %s", teachLike)
	}
	return false, nil
}

// theirs are the categories that an officer may answer for: those of the own office, all for the coordinator.
func (h *handling) theirs(by report.Actor) []profile.Category {
	return slices.DeleteFunc(slices.Clone(h.office.Profile.Categories), func(c profile.Category) bool {
		district := func() bool {
			a, _ := h.office.Profile.Agency(by.Home)
			return c.Agency == profile.District && a.District != ""
		}
		return c.Hidden || by.Role != report.Coordinator && c.Agency != by.Home && !district()
	})
}

// matter finds the category that is named, or that the question's words name where none is.
func matter(own []profile.Category, name, question string) (profile.Category, bool) {
	said := bot.Fold(name)
	for _, c := range own {
		if said != "" && slices.Contains([]string{bot.Fold(c.Code), bot.Fold(c.Name), bot.Fold(c.Short), bot.Fold(strings.ReplaceAll(c.Code, "_", " "))}, said) {
			return c, true
		}
	}
	text := " " + said + " "
	if said == "" {
		text = " " + bot.Fold(question) + " "
	}
	for _, c := range own {
		if said != "" && slices.Contains(strings.Fields(bot.Fold(c.Short+" "+c.Name)), said) {
			return c, true
		}
		for _, w := range c.Keywords {
			if k := bot.Fold(w); k != "" && (strings.Contains(text, " "+k+" ") || said != "" && strings.HasPrefix(k, said+" ")) {
				return c, true
			}
		}
	}
	if said == "" && len(own) == 1 {
		return own[0], true
	}
	return profile.Category{}, false
}

func (h *handling) teach(name, question, words string, by report.Actor) error {
	own := h.theirs(by)
	c, ok := matter(own, name, question)
	var names []string
	for _, c := range own {
		names = append(names, say.For(h.office.Profile, "id").Category(c.Code))
	}
	switch n := utf8.RuneCountInString(words); {
	case len(own) == 0:
		return h.no(casework.NoRight, "Kantor Anda belum punya jenis laporan yang pertanyaannya bisa dijawab.")
	case !ok:
		return h.no(casework.Choice, "Tentang apa? Tulis jenisnya di depan, misalnya: %s Yang bisa: %s.", teachLike, strings.Join(names, ", "))
	case words == "" || utf8.RuneCountInString(question) < 8:
		return h.no(casework.Choice, "Tulis pertanyaannya dan jawabannya, misalnya: %s", teachLike)
	case n > profile.AnswerMost || utf8.RuneCountInString(question) > 160:
		return h.no(casework.Choice, "Terlalu panjang: pertanyaan paling banyak 160 huruf, jawaban paling banyak %d.", profile.AnswerMost)
	case h.office.Veil(question) != question || h.office.Veil(words) != words:
		return h.no(casework.Choice, "Belum disimpan: ada nomor HP, NIK, KK, pelat, atau alamat surel orang di dalamnya. Jawaban ini dibaca banyak warga; tulis lagi tanpa itu.")
	}
	all, err := h.Reader.Known(h.ctx)
	if err != nil {
		return fmt.Errorf("read what was answered: %w", err)
	}
	k := ledger.Known{Category: c.Code}
	if i := slices.IndexFunc(all, func(k ledger.Known) bool { return k.Category == c.Code }); i >= 0 {
		k = all[i]
	}
	a := ledger.Answer{Question: question, Words: words, By: by.ID, Name: by.Name, At: h.ev.At.UTC()}
	done := "disimpan"
	switch at := slices.IndexFunc(k.Answers, func(x ledger.Answer) bool { return bot.Fold(x.Question) == bot.Fold(question) }); {
	case at >= 0:
		k.Answers, done = slices.Clone(k.Answers), "diganti"
		k.Answers[at] = a
	case len(k.Answers) >= knownMost:
		return h.no(casework.TooMany, "%s sudah punya %d jawaban, itu yang paling banyak. Hapus satu dulu: /jawabtetap hapus tanya: pertanyaannya", c.Name, knownMost)
	default:
		k.Answers = append(slices.Clone(k.Answers), a)
	}
	h.learn(k)
	h.say(fmt.Sprintf("Jawaban atas “%s” %s untuk %s. Warga berikutnya yang menanyakannya membaca: “%s”\nHapus dengan /jawabtetap hapus tanya: %s",
		question, done, say.For(h.office.Profile, "id").Category(c.Code), words, question))
	return nil
}

func (h *handling) learn(k ledger.Known) {
	k.Rev++
	h.batch.Changes = append(h.batch.Changes, ledger.Taught{Known: k, Was: k.Rev - 1})
}

// forget takes an answer away.
func (h *handling) forget(question string, by report.Actor) error {
	all, err := h.answeredBy(by)
	if err != nil {
		return err
	}
	said := strings.Trim(bot.Fold(question), " ")
	for _, k := range all {
		if at := slices.IndexFunc(k.Answers, func(a ledger.Answer) bool { return bot.Fold(a.Question) == said }); at >= 0 {
			gone := k.Answers[at].Question
			k.Answers = slices.Delete(slices.Clone(k.Answers), at, at+1)
			h.learn(k)
			h.say(fmt.Sprintf("Jawaban atas “%s” dihapus.", gone))
			return nil
		}
	}
	return h.no(casework.Choice, "Tidak ada jawaban atas pertanyaan itu. Lihat semuanya: /jawabtetap tanya")
}

// answeredBy is what was answered in the categories that an officer may answer for.
func (h *handling) answeredBy(by report.Actor) ([]ledger.Known, error) {
	all, err := h.Reader.Known(h.ctx)
	if err != nil {
		return nil, fmt.Errorf("read what was answered: %w", err)
	}
	own := h.theirs(by)
	return slices.DeleteFunc(all, func(k ledger.Known) bool {
		return len(k.Answers) == 0 || !slices.ContainsFunc(own, func(c profile.Category) bool { return c.Code == k.Category })
	}), nil
}

// listKnown lists what was answered, by whom and when.
func (h *handling) listKnown(by report.Actor) error {
	all, err := h.answeredBy(by)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return h.no(casework.Choice, "Belum ada pertanyaan warga yang dijawab tetap. Tambah: %s", teachLike)
	}
	v := say.For(h.office.Profile, "id")
	var b strings.Builder
	b.WriteString("Pertanyaan warga yang sudah ada jawabannya:")
	for _, k := range all {
		b.WriteString("\n" + v.Category(k.Category) + ":")
		for _, a := range k.Answers {
			fmt.Fprintf(&b, "\n· %s → %s (%s, %s)", say.Clip(a.Question, 80), say.Clip(a.Words, 100), a.Name, v.LongDay(a.At))
		}
	}
	b.WriteString("\nTambah atau ganti: " + teachLike + "\nHapus: /jawabtetap hapus tanya: pertanyaannya")
	h.say(b.String())
	return nil
}
