package desk

import (
	"fmt"
	"path"
	"strings"
	"time"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/sp4n"
)

// handovers lists the reports that somebody types into LAPOR! and has given no number of: a working day is enough for that.
func (h *handling) handovers(Command, report.Actor) error {
	all, err := h.Reader.HandingOver(h.ctx, h.ev.At.Add(time.Second), listed+1)
	if err != nil {
		return fmt.Errorf("list what is handed over to LAPOR!: %w", err)
	}
	if len(all) == 0 {
		h.say("Tidak ada laporan yang menunggu Tracking ID dari SP4N LAPOR!.")
		return nil
	}
	var b strings.Builder
	b.WriteString("Menunggu Tracking ID dari SP4N LAPOR!, yang terlama dulu:\n")
	for _, r := range all[:min(len(all), listed)] {
		b.WriteString(line(h.office, r) + " · sejak " + say.For(h.office.Profile, "id").When(r.Mirror.Asked))
		if h.office.Unnumbered(r, h.ev.At) {
			b.WriteString(" · ⏰ lewat satu hari kerja")
		}
		b.WriteString("\n")
	}
	if len(all) > listed {
		fmt.Fprintf(&b, "… dan masih ada lagi; ini %d yang terlama.\n", listed)
	}
	fmt.Fprintf(&b, "Sudah ada nomornya? Tulis /sp4n %s dan Tracking ID-nya.", all[0].Code)
	l := ledger.Letter{Intent: casework.HandingIntent, Mentions: h.mentions(all[:min(len(all), listed)]), Message: bot.Message{Text: b.String()}}
	if len(all) == 1 {
		l.Report, l.Intent = all[0].ID, casework.NumberIntent
	}
	h.letter(l)
	return nil
}

// sheetNamed reports whether a file's name is that of a sheet, or of what people take for one.
func sheetNamed(name string) bool {
	switch strings.ToLower(path.Ext(strings.TrimSpace(name))) {
	case ".xlsx", ".xls", ".xlsm", ".csv":
		return true
	}
	return false
}

// sheet reads a file that may be an export of LAPOR!: it answers nothing, and is about no report.
func (p parser) sheet(ev bot.Event) (Command, bool) {
	d, ok := ev.Body.(bot.Document)
	if !ok || !sheetNamed(d.Name) || ev.Edited || p.target.Known && p.target.Report.ID != 0 {
		return Command{}, false
	}
	if _, _, found, _ := leading(p.profile.Prefix, bot.Clean(d.Caption)); found {
		return Command{}, false
	}
	return Command{Verb: TakeSheet, Files: []bot.MediaRef{d.Media}, Words: bot.Clean(d.Caption)}, true
}

// takeSheet looks at a file that a coordinator sent, or brings in one that was looked at. A sheet that anybody else sends is people's own
// talk.
func (h *handling) takeSheet(c Command, _ report.Actor) error {
	by, err := h.actor(report.Report{})
	if _, refused := casework.AsRefusal(err); refused || err == nil && by.Role != report.Coordinator {
		if h.press {
			return h.no(casework.NoRight, headOnlyText, "mengimpor berkas LAPOR!")
		}
		return nil
	}
	if err != nil {
		return err
	}
	if c.Arg == "" {
		h.say("Berkasnya saya baca dulu, sebentar. Belum ada yang disimpan.")
		h.batch.Jobs = append(h.batch.Jobs, ledger.Sheet{Chat: h.ev.Chat, Media: c.Files[0], Run: string(h.ev.ID), AsOf: asOf(c.Words, sp4n.Day(h.ev.At, h.office.Profile.Location())), Alone: h.alone()})
		return nil
	}
	s, _, ok := casework.SheetIn(h.to.Intent)
	switch {
	case !ok:
		h.say(staleText)
	case c.Arg == casework.SheetDrop:
		h.say("Tidak jadi diimpor; tidak ada yang disimpan.")
	default:
		s.Run, s.Apart, s.Chat, s.Alone = string(h.ev.ID), c.Arg == casework.SheetApart, h.ev.Chat, h.alone()
		h.batch.Jobs = append(h.batch.Jobs, s)
		h.say("Diimpor sekarang; hasilnya menyusul di sini.")
	}
	return nil
}

// asOf is the day that a caption says a file is of ("per 14-11-2026"), zero where it says none, or one to come.
func asOf(caption string, today time.Time) time.Time {
	words := strings.FieldsFunc(caption, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".,:;()", r) })
	for i, w := range words {
		if f := bot.Fold(w); f == "per" || f == "tanggal" || f == "tgl" {
			if day, ok := sp4n.Generated(strings.Join(words[i+1:min(i+4, len(words))], " ")); ok && !day.After(today) {
				return day
			}
		}
	}
	return time.Time{}
}

// sheetPress reads a press on what a file would bring.
func sheetPress(choice string) (Command, error) {
	switch choice {
	case casework.SheetTake, casework.SheetApart, casework.SheetDrop:
		return Command{Verb: TakeSheet, Arg: choice, Exact: true}, nil
	}
	return Command{}, errForeign
}
