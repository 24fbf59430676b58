package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

const (
	// scoreDays is how far back the figures look, enough how many judged reports make a percentage worth showing.
	scoreDays = 90
	enough    = 20
	// misses is how many ways of going wrong are named.
	misses = 5
)

// score tells how often the first guess of the office was right: coordinators and leaders see all offices, operators
// their own.
func (h *handling) score(_ Command, by report.Actor) error {
	ways, err := h.Reader.Ways(h.ctx, h.ev.At.AddDate(0, 0, -scoreDays))
	if err != nil {
		return fmt.Errorf("count the ways of reports: %w", err)
	}
	s := tallied(ways)
	if by.Role == report.Operator {
		h.say(s.own(h.office, by.Home))
	} else {
		h.say(s.all(h.office))
	}
	return nil
}

// tally counts what people made of the first guesses.
type tally struct {
	unguessed, open int
	offices         map[string]*guessed // by the office guessed first
	missed          map[[2]string]int   // from the office guessed to the one that keeps it
}

type guessed struct{ judged, right int }

func tallied(ways []ledger.Way) tally {
	s := tally{offices: map[string]*guessed{}, missed: map[[2]string]int{}}
	for _, w := range ways {
		switch {
		case w.First == "":
			s.unguessed += w.Reports
			continue
		case !w.Judged:
			s.open += w.Reports
			continue
		}
		g := s.offices[w.First]
		if g == nil {
			g = &guessed{}
			s.offices[w.First] = g
		}
		g.judged += w.Reports
		if w.Right() {
			g.right += w.Reports
		} else {
			s.missed[[2]string{w.First, w.Last}] += w.Reports
		}
	}
	return s
}

// share is "12 dari 14 tepat", with the percentage where there are enough to say one.
func (g guessed) share() string {
	out := fmt.Sprintf("%d dari %d tepat", g.right, g.judged)
	if g.judged >= enough {
		out += fmt.Sprintf(" (%d %%)", (200*g.right+g.judged)/(2*g.judged))
	}
	return out
}

func (s tally) all(o *casework.Office) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d hari terakhir\n", bot.Bold("Ketepatan tebakan kantor"), scoreDays)
	var sum guessed
	codes := make([]string, 0, len(s.offices))
	for code, g := range s.offices {
		sum.judged += g.judged
		sum.right += g.right
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.offices[b].judged, s.offices[a].judged), cmp.Compare(a, b))
	})
	if sum.judged == 0 {
		b.WriteString("Belum ada tebakan yang dapat dinilai.\n")
	} else {
		fmt.Fprintf(&b, "Semua: %s%s\n\n", bot.Bold(sum.share()), few(sum.judged))
	}
	for _, code := range codes {
		fmt.Fprintf(&b, "• %s: %s\n", o.OfficeName(code), s.offices[code].share())
	}
	b.WriteString(s.wrong(o, func([2]string) bool { return true }))
	b.WriteString(s.rest())
	return strings.TrimSpace(b.String())
}

func (s tally) own(o *casework.Office, home string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s untuk %s, %d hari terakhir\n", bot.Bold("Ketepatan tebakan"), o.OfficeName(home), scoreDays)
	g := s.offices[home]
	if g == nil {
		b.WriteString("Belum ada tebakan yang dapat dinilai.\n")
	} else {
		fmt.Fprintf(&b, "Ditebak untuk kantor Anda: %s%s\n", bot.Bold(g.share()), few(g.judged))
	}
	late := 0
	for way, n := range s.missed {
		if way[1] == home {
			late += n
		}
	}
	if late > 0 {
		fmt.Fprintf(&b, "Milik kantor Anda, tetapi ditebak untuk kantor lain: %d\n", late)
	}
	b.WriteString(s.wrong(o, func(way [2]string) bool { return way[0] == home || way[1] == home }))
	return strings.TrimSpace(b.String())
}

// few warns of small numbers.
func few(judged int) string {
	if judged >= enough {
		return ""
	}
	return " — masih terlalu sedikit untuk disimpulkan"
}

// wrong names the commonest ways of going wrong.
func (s tally) wrong(o *casework.Office, of func([2]string) bool) string {
	ways := make([][2]string, 0, len(s.missed))
	for way := range s.missed {
		if of(way) {
			ways = append(ways, way)
		}
	}
	if len(ways) == 0 {
		return ""
	}
	slices.SortFunc(ways, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(s.missed[b], s.missed[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	var out []string
	for _, way := range ways[:min(len(ways), misses)] {
		out = append(out, fmt.Sprintf("%s → %s (%d)", o.OfficeName(way[0]), o.OfficeName(way[1]), s.missed[way]))
	}
	return "Dipindahkan petugas: " + strings.Join(out, ", ") + "\n"
}

// rest names the reports that the figures leave out.
func (s tally) rest() string {
	var parts []string
	if s.open > 0 {
		parts = append(parts, fmt.Sprintf("%d belum dapat dinilai (belum disentuh, atau masih di koordinator)", s.open))
	}
	if s.unguessed > 0 {
		parts = append(parts, fmt.Sprintf("%d tanpa tebakan (langsung ke koordinator)", s.unguessed))
	}
	if len(parts) == 0 {
		return ""
	}
	return "\nTidak dihitung: " + strings.Join(parts, ", ") + "."
}
