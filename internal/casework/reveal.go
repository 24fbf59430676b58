package casework

import (
	"slices"

	"rabeg/bot"
	"rabeg/internal/report"
)

// reveal undoes what the reporter has hidden: the report shows what it showed before. What its matter hides stays hidden, whoever asks.
func (c *change) reveal(a report.Reveal) error {
	to, ok := c.shownBefore()
	switch {
	case c.was.Visibility == report.Normal:
		return refuse(Already, "Laporan %s memang tidak disembunyikan.", c.was.Code)
	case !ok:
		return refuse(Wider, "Laporan %s tertutup karena isinya; itu tidak dapat dibuka.", c.was.Code)
	}
	if err := c.words(a.Words); err != nil {
		return err
	}
	c.fact(report.Fact{What: report.WasRevealed, Visibility: to, Words: a.Words})
	if c.now.CardKey == "" { // in quarantine no office has seen it
		return nil
	}
	c.letter(c.toOwner(c.now, c.key("revealed"), c.revealedText()))
	c.card()
	return nil
}

// shownBefore is the visibility before the reporter hid the report last, the usual one where it was filed hidden; ok is false where
// something else than a wish of the reporter's hides it.
func (c *change) shownBefore() (to report.Visibility, ok bool) {
	if c.Profile.Sensitive(c.was.Category) {
		return "", false
	}
	back := 0 // hidings that were undone by now
	for _, f := range slices.Backward(c.Facts) {
		switch {
		case f.Visibility == "":
		case f.What == report.WasRevealed:
			back++
		case f.What != report.WasHidden:
			return "", false
		case back > 0:
			back--
		case f.Shown != "":
			return f.Shown, true
		case f.Visibility == report.Confidential: // from before that was kept: the less of the two
			return report.Anonymous, true
		default:
			return report.Normal, true
		}
	}
	return report.Normal, true
}

// revealedText tells the owner's room what may be shown again.
func (c *change) revealedText() string {
	code := bot.Bold(string(c.was.Code))
	switch {
	case c.Secret(c.was) && c.Nameless(c.now):
		return "👁 Pelapor " + code + " tidak jadi merahasiakan laporannya: isinya tampil lagi di kartu, namanya tetap tidak."
	case c.Secret(c.was):
		return "👁 Pelapor " + code + " tidak jadi merahasiakan laporannya: isinya tampil lagi di kartu. Fotonya dibaca dengan /buka " + string(c.was.Code) + "."
	}
	return "👁 Pelapor " + code + " tidak jadi anonim: namanya boleh diketahui lagi petugasnya, dengan cara biasa."
}
