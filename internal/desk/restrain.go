package desk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// restrain is the action of a verb that sets a measure, or ends one.
func restrain(m report.Measure) func(*handling, Command, subject) (report.Action, bool, error) {
	return func(h *handling, c Command, _ subject) (report.Action, bool, error) {
		a := report.Restrain{Measure: m, Why: strings.TrimSpace(c.Words)}
		switch m {
		case report.NoMeasure:
		case report.Warned: // it stands on record for as long as a block would
			a.Until = readTerm(h.office.Profile, h.ev.At, "", casework.MeasureDays(h.office.Profile, m)).until
		default:
			t := readTerm(h.office.Profile, h.ev.At, c.Words, casework.MeasureDays(h.office.Profile, m))
			a.Until, a.Why = t.until, t.why
		}
		return a, false, nil
	}
}

// readTerm reads for how long something holds, as coordinators write it before or behind the reason: "7 hari", "selama dua minggu",
// "sebulan", "sampai 31-12-2026". It ends with a day. Without one it holds for the usual days.
func readTerm(p *profile.Profile, now time.Time, text string, usual int) planned {
	words := strings.Fields(spaced(unstyled(text)))
	here := now.In(p.Location())
	end := func(months, days int) time.Time {
		return time.Date(here.Year(), here.Month()+time.Month(months), here.Day()+days, 23, 59, 0, 0, here.Location()).UTC()
	}
	for at := range words {
		months, days, n := termAt(words[at:])
		if at > 0 && at+n < len(words) && !leadsTerm(words[at-1]) {
			continue // "lampu 3 hari mati" is the reason
		}
		if n > 0 {
			return planned{until: end(months, days), why: around(words, at, n)}
		}
	}
	for at, w := range words {
		if at > 0 && !leadsTerm(words[at-1]) || !(strings.ContainsAny(w[:1], "0123456789") || at > 0) {
			continue
		}
		if d, ok := readDate(p, now, strings.Join(words[at:], " ")); ok && !d.until.IsZero() {
			before := strings.Join(trimTerm(words[:at]), " ")
			return planned{until: d.until, why: strings.TrimSpace(before + " " + d.why)}
		}
	}
	return planned{until: end(0, usual), why: strings.Join(words, " ")}
}

// termAt reads a span at the beginning of some words, with how many of them it takes; 0 for none.
func termAt(words []string) (months, days, n int) {
	switch bot.Fold(words[0]) {
	case "sehari":
		return 0, 1, 1
	case "seminggu", "sepekan":
		return 0, 7, 1
	case "sebulan":
		return 1, 0, 1
	case "setahun":
		return 12, 0, 1
	}
	count, ok := counted(bot.Fold(words[0]))
	if !ok || len(words) < 2 {
		return 0, 0, 0
	}
	switch bot.Fold(words[1]) {
	case "hari", "hr", "days", "day":
		return 0, count, 2
	case "minggu", "pekan", "mgg", "weeks", "week":
		return 0, 7 * count, 2
	case "bulan", "bln", "months", "month":
		return count, 0, 2
	case "tahun", "thn", "th": //nolint:misspell // tahun, as it is typed
		return 12 * count, 0, 2
	}
	return 0, 0, 0
}

// leadsTerm reports whether a word only says that a span or its end comes.
func leadsTerm(w string) bool {
	switch bot.Fold(w) {
	case "selama", "slm", "untuk", "utk", "sampai", "sampe", "hingga", "s d", "sd", "sampai dgn", "tgl", "tanggal", "until", "for":
		return true
	}
	return false
}

// around is a text without the n words of a span, and without what led to it.
func around(words []string, at, n int) string {
	return strings.Trim(strings.Join(append(slices.Clone(trimTerm(words[:at])), trimWhy(words[at+n:])...), " "), " ,.:;-")
}

func trimTerm(words []string) []string {
	for len(words) > 0 && leadsTerm(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

func trimWhy(words []string) []string {
	for len(words) > 0 {
		switch bot.Fold(words[0]) {
		case "", "karena", "krn", "alasan", "alasannya", "sebab", "because":
			words = words[1:]
			continue
		}
		break
	}
	return words
}

const (
	// quarantineRead is how many reports of the quarantine are looked through, quarantineShown how many cards one answer lays out.
	quarantineRead  = 200
	quarantineShown = 5
)

// quarantine lists what is in quarantine by its reporters, who stay unnamed, and lays out the cards of the oldest ones: each with its
// own buttons, which carry what they showed.
func (h *handling) quarantine(_ Command, _ report.Actor) error {
	all, err := h.Reader.Quarantined(h.ctx, quarantineRead)
	if err != nil {
		return fmt.Errorf("list the quarantine: %w", err)
	}
	if len(all) == 0 {
		h.say("Karantina kosong. 👍")
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nNamanya tidak ditampilkan; batasi pelapor lewat nomor salah satu laporannya: /peringatkan, /bisukan, /blokir NOMOR alasan.\n",
		bot.Bold(fmt.Sprintf("%d laporan di karantina", len(all))))
	left := 0
	for i, group := range h.byReporter(all) {
		rows := []string{fmt.Sprintf("\nPelapor %d (%d laporan)%s\n", i+1, len(group), h.measureOf(group[0]))}
		for _, r := range group[:min(len(group), 6)] {
			rows = append(rows, line(h.office, r)+h.excerpt(r)+"\n")
		}
		if n := len(group) - 6; n > 0 {
			rows = append(rows, fmt.Sprintf("… dan %d lagi dari pelapor ini\n", n))
		}
		text := strings.Join(rows, "")
		if say.Units(b.String())+say.Units(text) > 3600 {
			left += len(group)
			continue
		}
		b.WriteString(text)
	}
	if left > 0 {
		fmt.Fprintf(&b, "\n… dan %d laporan lagi: tulis /karantina sesudah yang ini diputus.\n", left)
	}
	b.WriteString("\nTerima atau tolak di kartunya, atau tulis /loloskan NOMOR · /tolak NOMOR. Batas waktunya dihitung sejak laporan dikirim.")
	h.list(b.String(), all)
	for _, r := range all[:min(len(all), quarantineShown)] {
		if err := h.lay(r); err != nil {
			return err
		}
	}
	return nil
}

// lay shows a report of the quarantine with what came with it: nothing of it lies in the desk yet.
func (h *handling) lay(r report.Report) error {
	if err := h.show(r); err != nil {
		return err
	}
	if hides(h.office.Profile, r, report.OtherOffices) {
		return nil
	}
	facts, err := h.Reader.Facts(h.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("read what came with a report: %w", err)
	}
	m := bot.Message{Text: "Lampiran laporan " + string(r.Code)}
	for _, f := range facts {
		if f.What == report.WasFiled || f.What == report.WasAdded {
			m.Photos, m.Files = append(m.Photos, f.Photos...), append(m.Files, f.Files...)
		}
	}
	if len(m.Photos)+len(m.Files) > 0 {
		h.letter(ledger.Letter{Report: r.ID, Message: m})
		h.quotes("quote")
	}
	return nil
}

// measureOf tells in the list what holds against a reporter. What was set by the number of an anonymous report does not show at
// one that bears a name, nor the other way round: it would tell who filed it.
func (h *handling) measureOf(r report.Report) string {
	c, err := h.Reader.Conduct(h.ctx, r.Reporter)
	if m := c.Holds(h.ev.At); err == nil && m != report.NoMeasure && c.Unnamed == hides(h.office.Profile, r, report.Operators) {
		return " · " + casework.MeasureName(m) + " sampai " + day(c.Until, h.office.Profile)
	}
	return ""
}

// excerpt are some words of a report, where they may be shown in a list.
func (h *handling) excerpt(r report.Report) string {
	if r.Text == "" || hides(h.office.Profile, r, report.OtherOffices) {
		return ""
	}
	return "\n   “" + say.Clip(strings.Join(strings.Fields(h.office.Veil(h.office.Own(r, r.Text))), " "), 80) + "”"
}

// byReporter groups reports by who filed them, in the order of the first of each. What a person filed without a name stands apart
// from what he or she filed with one.
func (h *handling) byReporter(all []report.Report) [][]report.Report {
	type filer struct {
		chat    bot.Address
		unnamed bool
	}
	var groups [][]report.Report
	at := map[filer]int{}
	for _, r := range all {
		who := filer{r.Reporter.Chat(), hides(h.office.Profile, r, report.Operators)}
		i, known := at[who]
		if !known {
			i = len(groups)
			at[who] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// waitsInQuarantine is the line that the coordinator's list of open reports ends with.
func (h *handling) waitsInQuarantine() (string, error) {
	all, err := h.Reader.Quarantined(h.ctx, quarantineRead)
	if err != nil {
		return "", fmt.Errorf("count the quarantine: %w", err)
	}
	if len(all) == 0 {
		return "", nil
	}
	return fmt.Sprintf("🗂 %d laporan menunggu di karantina: /karantina", len(all)), nil
}
