package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// namesOther reports whether the one number in a text is that of the other report, because what is replied to names the first.
func (p parser) namesOther(v row, words string) bool {
	if !v.other || p.target.Report.ID == 0 {
		return false
	}
	_, rest, found, valid := leading(p.profile.Prefix, words)
	_, _, second := another(p.profile.Prefix, rest)
	return found && valid && !second
}

// joining reads a reply that says with which report a report is joined: "gabung SRG-…" under a card, or the number alone where it was
// asked for.
func (p parser) joining(words string) (v row, rest string, ok bool) {
	if p.target.Report.ID == 0 {
		return row{}, "", false
	}
	intent, _, _ := strings.Cut(p.target.Intent, ":")
	if v := p.verbs.row(Verb(intent)); v.other {
		_, _, found, valid := leading(p.profile.Prefix, words)
		return v, words, found && valid
	}
	all := strings.Fields(words)
	for n := 1; n < min(len(all), mostBefore); n++ {
		v := p.verbs.row(p.verbs.meant(bot.Fold(all[0])))
		rest := strings.Join(all[n:], " ")
		if !v.other || n > 1 && !towards(bot.Fold(all[n-1])) {
			break
		}
		if p.namesOther(v, rest) {
			return v, rest, true
		}
	}
	return row{}, "", false
}

// joined names the other report; what tells something beside its number is asked back, for joining would leave it out.
func (p parser) joined(v row, rest string, c Command) Command {
	if code, tale, found, _ := leading(p.profile.Prefix, c.Words); found && answers(tale) {
		c.Verb, c.Code, c.Words = Unsure, code, tale
		return c
	}
	c.Verb, c.Words = v.name, rest
	return c
}

// mostBefore is how many words stand before the other number: "gabungkan aja pak sama laporan SRG-…".
const mostBefore = 7

// towards are words between a verb and the other number.
func towards(word string) bool {
	switch word {
	case "aja", "saja", "ke", "sama", "dengan", "dgn", "dg", "laporan", "lap", "nomor", "no", "nmr", "pak", "bu", "min", "tolong", "yang", "yg", "ini", "itu", "ya", "dari", "dong",
		"with", "into", "to", "the", "report", "kok", "nih":
		return true
	}
	return false
}

// mergeKind begins the id of the menu that asks whether two reports are joined though they differ; mergeYes stands before the other's number.
const (
	mergeKind = "m"
	mergeYes  = "ya."
	mergeNo   = "batal"
)

// mergeMenu asks that, with the number that was named. Without one the number is awaited.
func mergeMenu(_ *profile.Profile, r report.Report, other string) bot.Menu {
	m := bot.Menu{ID: mergeKind + "." + string(r.Code), Columns: 2}
	if other == "" {
		return m
	}
	m.Choices = []bot.Choice{
		{ID: mergeYes + other, Label: "🔗 Ya, gabungkan", Also: "ya|gabung|gabungkan|tetap gabung|lanjut|betul"},
		{ID: mergeNo, Label: "✖️ Tidak jadi", Also: "tidak|batal|jangan|tidak jadi|ga jadi|gak jadi"},
	}
	return m
}

// merge reads with which report: where that was joined with a third, with the third. Where the two differ much it is asked once, by what.
func merge(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	said, sure := c.Words, false
	if c.Exact {
		if c.Arg == mergeNo {
			h.say(fmt.Sprintf("Baik, laporan %s tidak digabung.", on.report.Code))
			return nil, true, nil
		}
		said, sure = strings.CutPrefix(c.Arg, mergeYes)
		if !sure {
			return nil, false, h.no(casework.Choice, staleText)
		}
	}
	if said == "" {
		if err := h.office.Permit(on.report, on.by, report.Merge{}); err != nil {
			return nil, false, err
		}
		h.ask(on.report, string(Merge), fmt.Sprintf("%s: balas pesan ini dengan nomor laporan lain tentang hal yang sama.", on.report.Code), nil)
		h.notice = "Balas pesan bot di bawah ini."
		return nil, true, nil
	}
	a, err := h.joins(said, on.report)
	if err != nil || sure {
		return a, false, err
	}
	differ := h.office.Differ(on.report, a.Into)
	if len(differ) == 0 {
		return a, false, nil
	}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, err
	}
	if err := h.office.MayMerge(on.report, a, on.by); err != nil {
		return nil, false, err
	}
	m := mergeMenu(h.office.Profile, on.report, string(a.Into.Code))
	h.ask(on.report, string(Merge)+":"+string(a.Into.Code), fmt.Sprintf("%s dan %s berbeda: %s. Tetap digabung? Pelapornya akan mendengar kabar %s saja. Belum ada yang digabung.",
		on.report.Code, a.Into.Code, strings.Join(differ, "; "), a.Into.Code), &m)
	h.notice = "Baca dulu di bawah; belum digabung."
	return nil, true, nil
}

// joins finds the report that a number names, and where that was joined with another, the last of them.
func (h *handling) joins(said string, with report.Report) (report.Merge, error) {
	a := report.Merge{}
	code, found, valid := report.FindCode(h.office.Profile.Prefix, said)
	switch {
	case !found:
		return a, h.no(casework.Choice, "Tulis nomor laporan yang lain, misalnya: /gabung %s", report.NewCode(h.office.Profile.Prefix, 7))
	case !valid:
		return a, h.noSuch(code)
	}
	for range casework.JoinHops {
		r, err := h.Reader.ByCode(h.ctx, code)
		if errors.Is(err, ledger.ErrUnknown) {
			return a, h.noSuch(code)
		}
		if err != nil {
			return a, fmt.Errorf("find the other report: %w", err)
		}
		a.Into = r
		if r.With == nil || r.ID == with.ID {
			return a, nil
		}
		a.Through = append(a.Through, r.Code)
		code = r.With.Code
	}
	return a, h.no(casework.Final, "%s digabung terlalu panjang berantai. Pisahkan dulu salah satunya.", a.Into.Code)
}

func merged(_ *casework.Office, _, r report.Report) string {
	return fmt.Sprintf("Laporan %s digabung ke %s. Pelapornya diberi tahu kedua nomor dan mendengar kabar %s. Keliru? Tulis /pisah %s.",
		r.Code, r.With.Code, r.With.Code, r.Code)
}

// unmerge reads the report that it is parted from.
func unmerge(h *handling, _ Command, on subject) (report.Action, bool, error) {
	r := on.report
	if r.With == nil {
		if n := len(r.Joined); n > 0 {
			return nil, false, h.no(casework.Choice, "Yang mana? Tulis /pisah dengan nomor yang digabung ke %s: %s.", r.Code, codes(r.Joined))
		}
		if err := h.office.Permit(r, on.by, report.Split{}); err != nil || h.office.Secret(r) || len(understand.Pieces(r.Text)) < 2 {
			return nil, false, h.no(casework.Already, "Laporan %s tidak sedang digabung.", r.Code)
		}
		// "pisahkan" is also what is said of two matters in one report.
		h.offerParts(r, fmt.Sprintf("Laporan %s tidak sedang digabung. Kalau isinya dua masalah, pecah di sini (/pecah).\n", r.Code))
		return nil, true, nil
	}
	from, err := h.Reader.ByID(h.ctx, r.With.ID)
	if err != nil {
		return nil, false, fmt.Errorf("find the report that it was joined with: %w", err)
	}
	return report.Unmerge{From: from}, false, nil
}

func unmerged(_ *casework.Office, was, r report.Report) string {
	return fmt.Sprintf("Laporan %s berdiri sendiri lagi, terpisah dari %s. Pelapornya diberi tahu.", r.Code, was.With.Code)
}

func codes(all []report.Joined) string {
	var out []string
	for _, j := range all[max(0, len(all)-shownJoined):] {
		out = append(out, string(j.Code))
	}
	return strings.Join(out, ", ")
}

// shownJoined is how many joined reports are named, the newest.
const shownJoined = 5

// people shows how many have the trouble, and which reports are handled together.
func (w *cardWriter) people() {
	r := w.Report
	if n := r.People(); n > 1 {
		w.line("👥 %d warga", n)
	}
	if n := len(r.Joined); n > 0 {
		more := ""
		if n > shownJoined {
			more = fmt.Sprintf(" dan %d lainnya", n-shownJoined)
		}
		w.line("🔗 Gabungan dari %s%s", codes(r.Joined), more)
	}
	if r.With != nil {
		w.line("🔗 Digabung ke %s; pelapornya mendengar kabar dari sana", r.With.Code)
	}
}
