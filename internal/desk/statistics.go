package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/figures"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// statLines is how many lines one answer names.
const statLines = 12

const statHow = "Tulis misalnya: /statistik bulan lalu · /statistik semua Oktober · /statistik minggu ini kasemen · /statistik dishub per kategori."

// wanted is what somebody wants counted.
type wanted struct {
	of figures.Period
	// everywhere is all offices, office one of them; with neither it is the sender's own.
	everywhere bool
	office     string
	named      bool
	district   string
	by         figures.By
}

// statistics tells the figures of a period: operators those of their own office, and the city's sum; coordinators and leaders of
// every office and all.
func (h *handling) statistics(c Command, by report.Actor) error {
	w, err := h.statWanted(strings.TrimSpace(c.Arg + " " + c.Words))
	if err != nil {
		return err
	}
	own := by.Role == report.Operator
	switch {
	case own && w.named && w.office != by.Home:
		return h.no(casework.NoRight, "Angka kantor lain dilihat koordinator dan pimpinan. Untuk kantor Anda: /statistik; untuk seluruh kota: /statistik semua.")
	case own && !w.everywhere:
		w.office, w.named = by.Home, true
	case !w.named:
		w.everywhere = true
	}
	p := h.office.Profile
	q := figures.Ask(p, w.of, h.ev.At, figures.ByOffice)
	q.District = w.district
	if w.everywhere && w.by != figures.ByNothing {
		q.By = w.by
	}
	s, err := figures.Read(h.ctx, h.Reader, q)
	if err != nil {
		return err
	}
	if w.everywhere {
		return h.tellAll(s, w, own)
	}
	h.say(strings.TrimSpace(h.statHead(h.office.OfficeName(w.office), w, q) + s.Line(w.office).Tell() + statNote(w)))
	return nil
}

func (h *handling) statHead(whose string, w wanted, q figures.Query) string {
	place := ""
	if w.district != "" {
		place = ", Kec. " + districtName(h.office.Profile, w.district)
	}
	return fmt.Sprintf("%s%s, %s%s\n", bot.Bold("Statistik "+whose), place, w.of.Name, figures.Goes(q, h.office.Profile.Location()))
}

func statNote(w wanted) string {
	if w.district == "" {
		return ""
	}
	return "Laporan rahasia dan peka tidak dihitung menurut tempat.\n"
}

// tellAll tells the sum, and its lines: to an operator those that are no offices alone.
func (h *handling) tellAll(s figures.Sheet, w wanted, own bool) error {
	p := h.office.Profile
	var b strings.Builder
	b.WriteString(h.statHead(p.City, w, s.Query) + s.All.Tell())
	if !own && w.district == "" {
		people, err := h.Reader.Operators(h.ctx)
		if err != nil {
			return fmt.Errorf("count the offices: %w", err)
		}
		b.WriteString(figures.MarksOf(p, s, people).Tell() + "\n")
	}
	if !own || s.Query.By != figures.ByOffice {
		b.WriteString(statList(p, s))
	}
	b.WriteString(statNote(w))
	if !own && w.district == "" {
		channels, err := h.statChannels(w)
		if err != nil {
			return err
		}
		b.WriteString(channels)
		bill, err := h.statBill(w)
		if err != nil {
			return err
		}
		b.WriteString(bill)
	}
	h.say(strings.TrimSpace(b.String()))
	return nil
}

// statBill tells what networks have delivered and bill, "" where none does.
func (h *handling) statBill(w wanted) (string, error) {
	if h.Bills == nil {
		return "", nil
	}
	bills, err := h.Bills(h.ctx, w.of.From, w.of.To)
	if err != nil || len(bills) == 0 {
		return "", err
	}
	sum, parts := 0, make([]string, 0, len(bills))
	for _, l := range bills {
		sum += l.N
		parts = append(parts, fmt.Sprintf("%s %d", l.Category, l.N))
	}
	return fmt.Sprintf("\n📨 WhatsApp resmi: %d pesan sampai (%s). Meta menagih tiap pesan yang sampai.\n", sum, strings.Join(parts, ", ")), nil
}

func statList(p *profile.Profile, s figures.Sheet) string {
	if len(s.Lines) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n")
	for _, l := range s.Lines[:min(len(s.Lines), statLines)] {
		fmt.Fprintf(&b, "• %s: %s\n", figures.NameOf(p, s.Query.By, l.Key), l.Short())
	}
	if more := len(s.Lines) - statLines; more > 0 {
		fmt.Fprintf(&b, "… dan %d lagi.\n", more)
	}
	return b.String()
}

// statWanted reads what is asked for, in any order.
func (h *handling) statWanted(said string) (w wanted, err error) {
	p := h.office.Profile
	now := h.ev.At.In(p.Location())
	of, rest, ok := figures.ReadPeriod(now, said)
	if w.of = of; !ok {
		w.of = figures.Month(now)
	}
	if w.of.From.After(now) {
		return w, h.no(casework.Choice, "Periode itu belum mulai. %s", statHow)
	}
	rest = h.statWords(&w, rest)
	if rest == "" {
		return w, nil
	}
	if code, ok := districtCalled(p, rest); ok {
		w.district = code
		w.everywhere = w.everywhere || !w.named
		return w, nil
	}
	codes, left := FindOffice(p, rest)
	if len(codes) == 1 {
		w.office, w.named = codes[0], true
		if left = strings.TrimSpace(left); left == "" {
			return w, nil
		}
		if code, ok := districtCalled(p, left); ok {
			w.district = code
			return w, nil
		}
	}
	if len(codes) > 1 {
		return w, h.no(casework.Choice, "Yang mana? Tulis kodenya: %s.", strings.Join(codes[:min(len(codes), 8)], ", "))
	}
	return w, h.no(casework.Choice, "%s bukan periode, kantor, atau kecamatan yang dikenal. %s", h.repeat(rest), statHow)
}

// statWords takes the words that say how, and gives the rest.
func (h *handling) statWords(w *wanted, said string) string {
	var rest []string
	words := strings.Fields(said)
	for i := 0; i < len(words); i++ {
		next := ""
		if i+1 < len(words) {
			next = bot.Fold(words[i+1])
		}
		switch word := bot.Fold(words[i]); word {
		case "semua", "seluruh", "semuanya", "kota", "all", "seluruhnya":
			w.everywhere = true
		case "kec", "kecamatan": // what follows is a name, also where it is a word of these
			return strings.Join(append(rest, words[i+1:]...), " ")
		case "per", "menurut", "by":
			if w.by = dividedBy(next); w.by != figures.ByNothing {
				i, w.everywhere = i+1, true
			}
		case "pak", "bu", "dong", "ya", "kantor", "untuk", "statistik", "angka", "data", "saya", "kami", "di":
		default:
			rest = append(rest, words[i])
		}
	}
	return strings.Join(rest, " ")
}

func dividedBy(word string) figures.By {
	switch word {
	case "kategori", "jenis", "masalah", "category":
		return figures.ByCategory
	case "kelurahan", "tempat", "wilayah", "area", "desa":
		return figures.ByArea
	case "kantor", "opd", "dinas", "office":
		return figures.ByOffice
	}
	return figures.ByNothing
}

// districtCalled finds a kecamatan by its name.
func districtCalled(p *profile.Profile, said string) (string, bool) {
	said = bot.Fold(said)
	for _, a := range p.Areas {
		if bot.Fold(a.DistrictName) == said {
			return a.District, true
		}
	}
	found := ""
	for _, a := range p.Areas {
		if a.District != found && casework.Alike(said, bot.Fold(a.DistrictName)) {
			if found != "" {
				return "", false
			}
			found = a.District
		}
	}
	return found, found != ""
}

func districtName(p *profile.Profile, code string) string {
	for _, a := range p.Areas {
		if a.District == code {
			return a.DistrictName
		}
	}
	return code
}
