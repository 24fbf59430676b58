package desk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// undatedYear stands in place of a year where a plan has no date at all.
const undatedYear = 0

// undated asks for the date of a plan, and keeps the reason that was told.
func (h *handling) undated(words string, on subject) (report.Action, bool, error) {
	if err := h.office.Permit(on.report, on.by, report.Plan{}); err != nil {
		return nil, false, err
	}
	why := "belum ada tanggalnya"
	switch kept := say.Clip(words, disposeWords); {
	case strings.ContainsFunc(words, unicode.IsDigit):
		why, words = "tanggal itu tidak ada di kalender, atau tidak terbaca", undatedWords(kept)
	default:
		if w, known := vaguely(words); known {
			why = w
		}
		words = kept
	}
	h.ask(on.report, strings.TrimSpace(fmt.Sprintf("%s:%d %s", Plan, undatedYear, words)), fmt.Sprintf("%s belum direncanakan: %s.%s Sampai kapan? Balas pesan ini dengan tanggalnya, misalnya: 31-12-2026.",
		on.report.Code, why, h.reasonShown("Alasannya", words, on.report)), nil)
	h.notice = "Balas pesan bot di bawah ini."
	return nil, true, nil
}

// undatedWords are words without those that are a date that cannot be read, or lead to one. A year or a number that belongs to the reason
// ("anggaran 2027", "2 alat") stays.
func undatedWords(text string) string {
	words := strings.Fields(text)
	var kept []string
	for at := 0; at < len(words); {
		end, dated := at, false
		for end < len(words) {
			part, named := datePart(words[end])
			if !part {
				break
			}
			dated = dated || named
			end++
		}
		if end == at {
			end++
		} else if dated || at == 0 && leads(bot.Fold(words[at])) {
			at = end
		}
		kept = append(kept, words[at:end]...)
		at = end
	}
	return strings.Join(kept, " ")
}

// datePart reports whether a word may stand in a date, and whether it makes one of what stands beside it: a month, or numbers that hang
// together as a day's do.
func datePart(word string) (part, named bool) {
	folded := bot.Fold(word)
	_, month := say.MonthOf(folded)
	digits := strings.ContainsFunc(word, unicode.IsDigit)
	bound := digits && len(strings.FieldsFunc(word, separates)) > 1 && !strings.ContainsFunc(word, unicode.IsLetter)
	return digits || month || leads(folded), month || bound
}

// plan reads when and why. Of a year alone the month is asked, and the reply need say no more.
func plan(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.For == Plan && !c.Held {
		return nil, true, h.offersPlan(c, on)
	}
	words, in := c.Words, h.office.Profile.Location()
	year, why, asked := strings.Cut(c.Arg, " ") // what was said before the month was asked; its numbers are no part of the date
	if asked {
		if alone, _ := readDate(h.office.Profile, h.ev.At, words); year != strconv.Itoa(undatedYear) && strconv.Itoa(alone.until.In(in).Year()) != year {
			words += " " + year
		}
	}
	d, ok := readDate(h.office.Profile, h.ev.At, words)
	d.why = strings.TrimSpace(d.why + " " + why)
	switch {
	case c.Bare:
		return report.Plan{}, false, nil
	case !ok:
		return h.undated(strings.TrimSpace(words+" "+why), on)
	case d.until.IsZero():
		if err := h.office.Permit(on.report, on.by, report.Plan{}); err != nil {
			return nil, false, err
		}
		h.ask(on.report, fmt.Sprintf("%s:%d %s", Plan, d.year, d.why), fmt.Sprintf("%s: bulan apa tahun %d? Balas pesan ini dengan bulannya, misalnya: Maret.",
			on.report.Code, d.year), nil)
		h.notice = "Balas pesan bot di bawah ini."
		return nil, true, nil
	}
	return report.Plan{Until: d.until, Why: unparticled(d.why)}, false, nil
}

// vaguely tells what is wrong with a time that is said in words and is no date.
func vaguely(text string) (why string, ok bool) {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "kemarin", "kemaren", "kmrn", "tadi", "barusan", "dulu", "lalu":
			return "waktu itu sudah lewat", true
		case "abis", "habis", "setelah", "sesudah", "sehabis", "kapan", "nanti", "segera", "secepatnya":
			return "tanggalnya belum pasti; perkiraan pun boleh", true
		}
	}
	return "", false
}

// dated reports whether words hold what may be a date.
func dated(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		_, month := say.MonthOf(w)
		_, day := weekday(w)
		if month || day || w == "besok" || w == "lusa" || w == "depan" || strings.ContainsAny(w, "0123456789") {
			return true
		}
	}
	return false
}

// visits reports whether words tell when somebody comes to look: that is an answer, and puts nothing off. Who comes to do the work, and later,
// has a plan.
func visits(text string) bool {
	words := strings.Fields(bot.Fold(text))
	if !slices.ContainsFunc(words, dayWord) || begsWork(text) || slices.ContainsFunc(words, ordersVisit) { // "tolong besok dicek ya" is for a colleague
		return false
	}
	comes := false
	for i, w := range words {
		stem := w
		for _, lead := range []string{"penge", "menge", "nge", "peng", "meng", "pen", "men", "pem", "mem", "pe", "di", "ma"} {
			if rest, ok := strings.CutPrefix(w, lead); ok && len(rest) >= 3 {
				stem = rest
				break
			}
		}
		for _, look := range []string{"cek", "survei", "survey", "injau", "tinjau", "lihat", "liat", "kunjung", "riksa", "periksa", "ukur", "priksa", "asesmen", "assessment", "verifikasi", "monitoring"} {
			comes = comes || strings.HasPrefix(stem, look) || strings.HasPrefix(w, look)
		}
		comes = comes || w == "turun" && i > 0 && workers(words[i-1])
		if worked(w) || w == "menunggu" || w == "nunggu" || w == "anggaran" || w == "material" {
			return false
		}
	}
	return comes
}

// dayWord reports whether a word tells a day, as a number of a house does not.
func dayWord(w string) bool {
	_, month := say.MonthOf(w)
	_, day := weekday(w)
	return month || day || w == "besok" || w == "bsk" || w == "lusa" || w == "minggu" || w == "pekan"
}

// ordersVisit reports whether a word asks somebody to go and look, or to set a day for it.
func ordersVisit(w string) bool {
	return slices.Contains([]string{"tolong", "tlg", "mohon", "mhn", "minta", "coba", "harap", "ayo", "jadwalkan", "jadwalin", "agendakan", "rencanakan", "cekin", "dicek", "dicekin", "disurvei", "disurvey"}, w)
}

// offersPlan asks whether words that tell of a plan and its date put the report off until then, or are an answer.
func (h *handling) offersPlan(c Command, on subject) error {
	r := on.report
	d, ok := readDate(h.office.Profile, h.ev.At, c.Words)
	k := kept{Words: c.Words, Photos: c.Photos, Files: c.Files, Album: c.Album, For: Plan}
	if (!ok || d.until.IsZero()) && h.office.Permit(r, on.by, report.Plan{}) == nil { // a time that is no date
		h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nRencanakan %s? Tanggalnya ditanyakan sesudah ini.", k.shown(h.secret(r)), r.Code))
		return nil
	}
	if h.office.Permit(r, on.by, report.Plan{Until: d.until, Why: unparticled(d.why)}) != nil {
		c.Verb, c.For = Unsure, ""
		return h.unsure(c)
	}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nRencanakan %s sampai %s?", k.shown(h.secret(r)), r.Code, day(d.until, h.office.Profile)))
	return nil
}
