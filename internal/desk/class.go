package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// The verbs about the class of a complaint.
const (
	Classify Verb = "kadar"
	Weighty  Verb = "berkadar"
	Plain    Verb = "tidakberkadar"
)

// classKind begins the id of the menu of classes, unclassed the choice that takes a class back.
const (
	classKind = "l"
	unclassed = "batal"
)

// classes are the rows of those verbs.
var classes = table{
	{
		name: Classify, does: report.Classing, also: "kadarpengawasan|kadar_pengawasan|klasifikasi", said: "kadar|kadarnya|kadar pengawasan|klasifikasi|klasifikasinya",
		label: label{19, "⚖️ Kadar"}, on: func(r report.Report) bool {
			return r.Status.Working() && r.Kind == report.Complaint && r.Mirror != nil
		},
		usage: "/kadar berkadar atau tidak", about: "Berkadar pengawasan atau tidak: balas kartu dengan /kadar (koordinator)",
		may: coordinators, deed: "menetapkan kadar pengawasan", takes: takesWords, split: object,
		menu: &menu{kind: classKind, show: classMenu}, done: classed, act: classify,
	},
	{
		name: Weighty, does: report.Classing, also: "berkadarpengawasan", said: "berkadar|berkadar pengawasan|ini berkadar", may: coordinators, deed: "menetapkan kadar pengawasan",
		usage: "/berkadar",
		done:  classed, act: plain(func(Command) report.Action { return report.Classify{Class: report.Weighty} }),
	},
	{
		name: Plain, does: report.Classing, also: "tidak_berkadar|tdkberkadar|takberkadar", said: "tidak berkadar|tdk berkadar|bukan berkadar|tak berkadar|tidak berkadar pengawasan",
		usage: "/tidakberkadar",
		may:   coordinators, deed: "menetapkan kadar pengawasan",
		done: classed, act: plain(func(Command) report.Action { return report.Classify{Class: report.Plain} }),
	},
}

// classMenu offers the classes, and to take back what was set here.
func classMenu(_ *profile.Profile, r report.Report, _ string) bot.Menu {
	m := bot.Menu{ID: classKind + "." + string(r.Code), Columns: 1, Choices: []bot.Choice{
		{ID: string(report.Weighty), Label: "⚖️ Berkadar pengawasan", Also: "berkadar|ya|berkadar pengawasan"},
		{ID: string(report.Plain), Label: "Tidak berkadar pengawasan", Also: "tidak|tidak berkadar|bukan|tidak berkadar pengawasan"},
	}}
	if r.Class != report.Unclassed {
		m.Choices = append(m.Choices, bot.Choice{ID: unclassed, Label: "↩️ Batalkan penetapan", Also: "batal|batalkan|kosongkan|hapus|urungkan"})
	}
	return m
}

// classify reads the class; where none is named, a menu asks.
func classify(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	said := bot.Fold(c.Arg)
	words := strings.Fields(said)
	not := slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"tidak", "tdk", "bukan", "tak", "non", "tidakberkadar"}, w)
	})
	back := slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{unclassed, "batalkan", "kosongkan", "hapus", "urungkan"}, w)
	})
	switch {
	case back:
		return report.Classify{}, false, nil
	case not:
		return report.Classify{Class: report.Plain}, false, nil
	case slices.Contains(words, "berkadar"), said == "ya":
		return report.Classify{Class: report.Weighty}, false, nil
	case c.Exact:
		return nil, false, errForeign
	}
	if err := h.office.Permit(on.report, on.by, report.Classify{}); err != nil {
		return nil, false, err
	}
	if on.report.Kind != report.Complaint {
		return nil, false, h.no(casework.Choice, "Kadar pengawasan hanya untuk pengaduan; laporan %s adalah %s.", on.report.Code, on.report.Kind)
	}
	text := "berkadar pengawasan (menyangkut penyimpangan aparat, perlu diperiksa inspektorat) atau tidak?"
	if c.Arg != "" {
		text = h.repeat(c.Arg) + " belum jelas: " + text
	}
	m := classMenu(h.office.Profile, on.report, "")
	h.ask(on.report, string(Classify), string(on.report.Code)+": "+text, &m)
	h.notice = "Pilih kadarnya di bawah."
	return nil, true, nil
}

func classed(o *casework.Office, _, now report.Report) string {
	text := fmt.Sprintf("Laporan %s: %s", now.Code, casework.ClassName(now.Class))
	if now.Class == report.Unclassed && now.Classed() != report.Unclassed {
		text += "; yang berlaku dari LAPOR!: " + casework.ClassName(now.Classed())
	}
	if t, ok := now.TermOf(string(profile.Finish)); ok && t.Runs() {
		text += fmt.Sprintf(". Batas selesai: %s (%s)", officeClock(t, o.Profile), t.Rule)
	}
	if now.Class != report.Unclassed {
		text += fmt.Sprintf(". Keliru? /kadar %s batal", now.Code)
	}
	return text + "."
}

// class shows of what class the complaint is, and who says so.
func (w *cardWriter) class() {
	r := w.Report
	switch {
	case r.Classed() == report.Unclassed:
	case r.Class == report.Unclassed:
		w.line("⚖️ %s (menurut LAPOR!)", upperFirst(casework.ClassName(r.Classed())))
	default:
		w.line("⚖️ %s", upperFirst(casework.ClassName(r.Class)))
	}
}
