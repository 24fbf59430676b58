package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What the verbs decide by themselves that give a report to an office.

func forward(h *handling, c Command, on subject) (report.Action, bool, error) {
	f := report.Forward{To: c.Arg, Why: c.Words}
	if f.To == ToCoordinator {
		f.To = ""
	}
	if _, outside := h.office.Profile.Owner(c.Arg); c.Exact && outside {
		return h.fitting(c.Arg, c.Words, c, on)
	}
	if c.Exact {
		return f, false, nil
	}
	if err := h.office.Permit(on.report, on.by, f); err != nil {
		return nil, false, err
	}
	if c.Arg == "" {
		m := ForwardMenu(h.office.Profile, on.report)
		h.ask(on.report, withReason(Forward, c.Words), string(on.report.Code)+": teruskan ke mana?"+h.reasonShown("Alasannya", c.Words, on.report)+
			" Kantor lain: balas pesan ini dengan namanya, atau tulis /teruskan "+string(on.report.Code)+" nama kantor.", &m)
		h.notice = "Pilih kantornya di bawah."
		return nil, true, nil
	}
	if owner, rest, ok := h.oneOwner(c.Arg); ok {
		if offices, _ := FindOffice(h.office.Profile, c.Arg); len(offices) == 0 {
			return h.fitting(owner, unparticled(rest), c, on)
		}
	}
	to, why, err := h.oneOffice(c.Arg)
	if err != nil {
		return nil, false, err
	}
	return report.Forward{To: to, Why: unparticled(why)}, false, nil
}

// officeFirst takes words for an office where they begin with one, or name one further on behind "ke": else a menu asks which, and they are
// the reason.
func officeFirst(p *profile.Profile, text string) (arg, words string) {
	text = withoutTo(text)
	if codes, _ := FindOffice(p, text); len(codes) > 0 {
		return text, ""
	}
	if codes, _ := FindOwner(p, text); len(codes) > 0 {
		return text, ""
	}
	if arg, before := officeLater(p, text); arg != "" {
		return strings.TrimSpace(arg + " " + before), ""
	}
	return "", text
}

// officeLater finds the one office, or the one outside, that a text names behind a word for "to"; before is what stood in front of that.
func officeLater(p *profile.Profile, text string) (arg, before string) {
	words := strings.Fields(text)
	for i, w := range words {
		switch bot.Fold(w) {
		case "ke", "ka", "ning", "dateng", "teng", "maring":
			rest := strings.Join(words[i+1:], " ")
			codes, _ := FindOffice(p, rest)
			if len(codes) == 0 {
				codes, _ = FindOwner(p, rest)
			}
			if len(codes) == 1 {
				return rest, strings.Trim(strings.Join(words[:i], " "), ",.;:-–— ")
			}
		}
	}
	return "", ""
}

func admitted(o *casework.Office, _, r report.Report) string {
	return fmt.Sprintf("Laporan %s diterima, kini di %s.", r.Code, o.OfficeName(r.Agency))
}

func forwarded(o *casework.Office, _, r report.Report) string {
	if r.Agency == "" && r.Suggested != "" {
		return fmt.Sprintf("%s belum punya petugas di sini; laporan %s diteruskan ke koordinator.", o.OfficeName(r.Suggested), r.Code)
	}
	return fmt.Sprintf("Laporan %s diteruskan ke %s.", r.Code, o.OfficeName(r.Agency))
}

// categorise reads the right category of a report. What is not clear is asked, with what is near.
func categorise(h *handling, c Command, on subject) (report.Action, bool, error) {
	a := report.Categorise{Category: c.Arg}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, err
	}
	if c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	page, leads := strings.CutPrefix(c.Arg, casework.OtherPage)
	text := "apa kategori yang benar?"
	switch {
	case c.Exact && leads:
	case c.Exact:
		return a, false, nil
	case c.Arg != "":
		code, near := casework.FindCategory(h.office.Profile, c.Arg)
		if code != "" {
			return report.Categorise{Category: code}, false, nil
		}
		page, text = casework.NearPage(near), h.repeat(c.Arg)+" belum jelas kategorinya. Yang mana?"
	}
	m := casework.CategoryMenu(h.office.Profile, on.report, page)
	h.ask(on.report, string(Category)+":"+page, string(on.report.Code)+": "+text+" Pilih, atau balas pesan ini dengan namanya.", &m)
	h.notice = "Pilih kategorinya di bawah."
	return nil, true, nil
}

func categorised(o *casework.Office, was, now report.Report) string {
	text := fmt.Sprintf("Laporan %s sekarang berkategori %s", now.Code, o.CategoryName(now.Category))
	switch {
	case was.CardKey == now.CardKey:
		return text + "."
	case now.Agency == "" && now.Suggested != "":
		return text + fmt.Sprintf(". %s belum punya petugas di sini; laporannya diteruskan ke koordinator.", o.OfficeName(now.Suggested))
	}
	return text + fmt.Sprintf(" dan diteruskan ke %s.", o.OfficeName(now.Agency))
}

// over is what a coordinator can let begin again.
func over(r report.Report) bool { return report.Allows(r.Status, report.Reopen{}) }
