package desk

import (
	"cmp"
	"context"
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

// oneOffice reads an office that a person typed; the refusal says what could have been meant.
func (h *handling) oneOffice(said string) (code, rest string, err error) {
	codes, rest := FindOffice(h.office.Profile, said)
	switch len(codes) {
	case 1:
		return codes[0], rest, nil
	case 0:
		near, sure, rest := nearOffices(h.office.Profile, said)
		switch {
		case len(near) == 1 && sure:
			return near[0].Code, rest, nil
		case len(near) > 0:
			return "", "", h.no(casework.Choice, "Kantor %s tidak dikenal. Maksud Anda %s? Tulis lagi dengan nama itu.", h.repeat(said), namesOf(near))
		}
		return "", "", h.no(casework.Choice, "Kantor %s tidak dikenal. Tulis nama singkatnya, misalnya dishub.", h.repeat(said))
	}
	return "", "", h.no(casework.Choice, "Yang mana? Tulis kodenya: %s.", strings.Join(codes[:min(len(codes), 8)], ", "))
}

// overdue marks in a list what is late: of a report that was opened again its new clock counts.
func overdue(r report.Report, at time.Time) string {
	if t, ok := r.Next(); ok && r.Status.Open() && at.After(t.Due) {
		return " ⚠️ lewat batas"
	}
	return ""
}

// categoryOf is what the category of a report is called.
func categoryOf(p *profile.Profile, r report.Report) string {
	c, _ := p.Category(r.Category)
	return cmp.Or(c.Name, r.Category, casework.NoCategory)
}

// line is a report in one line of a list.
func line(o *casework.Office, r report.Report) string {
	text := mark(r.Status) + " " + bot.Bold(string(r.Code)) + " · " + say.Clip(categoryOf(o.Profile, r), 60)
	if area := area(o, r); area != "" {
		text += " · " + area
	}
	switch t, ok := r.Next(); {
	case ok && r.Status.Open() && t.Stage == string(profile.Finish):
		text += " · batas selesai " + officeClock(t, o.Profile)
	case ok && r.Status.Open() && t.Stage == string(profile.Verify):
		text += " · batas diteruskan " + officeClock(t, o.Profile)
	case ok && r.Status.Open():
		text += " · batas " + officeClock(t, o.Profile)
	default:
		if t, owed := r.Owes(); owed && r.Status.Open() { // its clock stands still
			text += " · batas " + officeClock(t, o.Profile)
		}
	}
	if r.Status == report.Planned && !r.Until.IsZero() {
		text += " · rencana sampai " + say.For(o.Profile, "id").Day(r.Until)
	}
	if d := disposedLine(o, r); d != "" {
		text += " · " + d
	}
	return text
}

// area is where a report is, as far as everybody in the group may know.
func area(o *casework.Office, r report.Report) string {
	if o.Secret(r) {
		return say.Area(report.Place{DistrictName: r.Place.DistrictName})
	}
	return say.Area(r.Place)
}

// show lays a report's card into the chat once more. What is confidential is not on it, wherever it
// lies.
func (h *handling) show(r report.Report) error {
	whole, err := h.Reader.Whole(h.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("show a card: %w", err)
	}
	h.letter(ledger.Letter{Report: r.ID, Intent: casework.CardIntent(whole.Report), Message: view(h.verbs, h.office, whole, false, h.office.Secret(r))})
	h.quotes("copy")
	if h.press {
		h.notice = "Kartunya di bawah."
	}
	return nil
}

// showTo is show for who asked: leaders act on nothing, nor do officers on what another office has, so their card offers nothing.
func (h *handling) showTo(r report.Report, by report.Actor) error {
	others, err := h.ofOthers(r, by)
	if err == nil {
		err = h.show(r)
	}
	if n := len(h.batch.Letters); err == nil && n > 0 && (others || by.Role == report.Leader) {
		h.batch.Letters[n-1].Message.Menu = nil
	}
	return err
}

// ofOthers reports whether a report is not the sender's to act on, who is an officer. One that is confidential is not for him or her to see
// either.
func (h *handling) ofOthers(r report.Report, by report.Actor) (bool, error) {
	if by.Role != report.Operator || by.Home == r.Agency {
		return false, nil
	}
	head, err := h.actor(r) // who runs the group, enrolled in an office or not
	if err != nil || head.Role == report.Coordinator {
		return false, err
	}
	if h.office.Secret(r) {
		return true, h.no(casework.NoRight, "Laporan %s dirahasiakan dan bukan laporan kantor Anda.", r.Code)
	}
	return true, nil
}

func view(verbs table, o *casework.Office, w ledger.Whole, moved, hidden bool) bot.Message {
	return card(verbs, View{Profile: o.Profile, Report: w.Report, Facts: w.Facts, Delivery: w.Delivery, Moved: moved, Hidden: hidden})
}

// Compose writes a Card or Refresh letter as its report stands now. casework.ErrUnknown: the report is gone.
func (d *Desk) Compose(ctx context.Context, l ledger.Letter) (bot.Message, error) {
	if l.Purpose != ledger.Card && l.Purpose != ledger.Refresh {
		return l.Message, nil
	}
	if id, ok := casework.CallOf(l.Intent); ok {
		c, err := d.Reader.Call(ctx, id)
		if err != nil {
			return bot.Message{}, fmt.Errorf("compose the card of a talk: %w", err)
		}
		return d.Office().CallCard(c), nil
	}
	w, err := d.Reader.Whole(ctx, l.Report)
	if err != nil {
		return bot.Message{}, fmt.Errorf("compose a card: %w", err)
	}
	card := l.Key
	if l.Edits != "" {
		card = l.Edits
	}
	return view(d.table(), d.Office(), w, card != w.Report.CardKey, d.Office().Secret(w.Report)), nil
}

// sameTrouble is what reports may have in common that come at once: the matter and the place, as far as the group may know it.
func sameTrouble(o *casework.Office, r report.Report) string {
	return fmt.Sprint(!r.Emergency, r.Category, area(o, r))
}

// gathered puts danger first, and reports of one matter and place behind each other, in the order in which the first of them came.
func gathered(o *casework.Office, reports []report.Report) []report.Report {
	first := map[string]int{}
	for i, r := range reports {
		if _, has := first[sameTrouble(o, r)]; !has {
			first[sameTrouble(o, r)] = i
		}
	}
	out := slices.Clone(reports)
	slices.SortStableFunc(out, func(a, b report.Report) int {
		if a.Emergency != b.Emergency {
			if a.Emergency {
				return -1
			}
			return 1
		}
		return cmp.Compare(first[sameTrouble(o, a)], first[sameTrouble(o, b)])
	})
	return out
}

// alikeFrom is how many reports of one matter and place begin at a row; 0 where it is not the first of them, or no place is known.
func alikeFrom(o *casework.Office, rows []report.Report, i int) int {
	same := func(k int) bool { return sameTrouble(o, rows[k]) == sameTrouble(o, rows[i]) }
	if area(o, rows[i]) == "" || i > 0 && same(i-1) {
		return 0
	}
	n := 1
	for i+n < len(rows) && same(i+n) {
		n++
	}
	return n
}

const (
	// quotedMost is up to how many cards a message for several quotes what was said; of more it has a line each, of briefRow UTF-16
	// units at most, so that all that the sender tells of at once fits.
	quotedMost = 14
	briefRow   = 145
)

// Digest writes one message for several new cards of one room, for when the network lets one message through only. What it names can be
// opened one by one.
func (d *Desk) Digest(ctx context.Context, cards []ledger.Letter) (bot.Message, string, error) {
	o := d.Office()
	reports := make([]report.Report, 0, len(cards))
	for _, l := range cards {
		r, err := d.Reader.ByID(ctx, l.Report)
		if err != nil {
			return bot.Message{}, "", fmt.Errorf("digest: %w", err)
		}
		reports = append(reports, o.Discreet(r))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", bot.Bold(fmt.Sprintf("%d laporan baru", len(cards))))
	left, brief := 0, len(cards) > quotedMost
	reports = gathered(o, reports)
	var shown []report.Report
	for i, r := range reports {
		row := line(o, r)
		if r.Emergency {
			row = "🚨 " + row
		}
		if n := alikeFrom(o, reports, i); n > 1 {
			row = bot.Bold(fmt.Sprintf("%d serupa, mungkin satu kejadian:", n)) + "\n" + row
		}
		if brief {
			row = say.Clip(row, briefRow)
		} else if !o.Secret(r) && r.Text != "" {
			row += "\n   “" + say.Clip(strings.Join(strings.Fields(o.Veil(r.Text)), " "), 100) + "”"
		}
		if say.Units(b.String())+say.Units(row) > 3800 {
			left++
			continue
		}
		b.WriteString(row + "\n")
		if !slices.ContainsFunc(shown, func(s report.Report) bool { return s.ID == r.ID }) {
			shown = append(shown, r)
		}
	}
	if left > 0 {
		fmt.Fprintf(&b, "… dan %d lagi: /tugas\n", left)
	}
	b.WriteString("Buka satu: pilih di bawah ini, atau /laporan NOMOR. Jawab dengan menulis nomornya di depan.")
	m := bot.Message{Text: b.String(), Menu: casework.OpenMenu(shown, len(shown))}
	return m, casework.OpenIntent(m.Menu), nil
}
