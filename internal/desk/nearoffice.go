package desk

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// nearMost is how many offices are offered for a name that nobody has.
const nearMost = 4

// nearOffices finds the offices that a name at the beginning of a text may stand for that is none of theirs: a part of one ("satpol" of Satpol
// PP), its first letters ("dpu"), or the common short form ("pu"). sure says that whole words of the one name were said; rest is what follows.
func nearOffices(p *profile.Profile, text string) (near []profile.Agency, sure bool, rest string) {
	words := strings.Fields(text)
	for n := min(len(words), 4); n > 0; n-- {
		said := officeKey(strings.Join(words[:n], " "))
		if len(said) < 2 || commonName(said) {
			continue
		}
		best := 0
		near = nil
		for _, a := range p.Agencies {
			fits := ofOffice(p, a, said)
			if fits == 0 || fits < best || a.Outside || a.Emergency {
				continue
			}
			if fits > best {
				best, near = fits, nil
			}
			near = append(near, a)
		}
		if len(near) > 0 {
			return near[:min(len(near), nearMost)], len(near) == 1 && best > 1, strings.Join(words[n:], " ")
		}
	}
	return nil, false, text
}

// ofOffice is how well words stand for a part of an office's names: 3 where one begins with them, 2 where they stand in one, 1 where they are
// the beginning of a word, of a short name, or of the first letters of the full one; 0 for not at all.
func ofOffice(p *profile.Profile, a profile.Agency, said string) int {
	best := 0
	for _, name := range append([]string{a.Code, a.Short, withoutCity(a.Name, p.City)}, a.Aliases...) {
		key := officeKey(name)
		short := !strings.Contains(key, " ")
		begun := len(said) >= 4 && strings.Contains(" "+key, " "+said)
		for _, form := range []string{said, strings.TrimPrefix(said, "d")} {
			begun = begun || len(form) >= 2 && (short && strings.HasPrefix(key, form) || strings.HasPrefix(initials(key), form))
		}
		switch {
		case len(said) >= 4 && strings.HasPrefix(key+" ", said+" "):
			return 3
		case len(said) >= 4 && strings.Contains(" "+key+" ", " "+said+" "):
			best = 2
		case begun:
			best = max(best, 1)
		}
	}
	return best
}

// initials are the first letters of a name, without what only joins its words.
func initials(key string) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(key) {
		if w != "dan" && w != "serta" && len(w) > 1 {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// commonName reports whether words stand in the names of too many offices to mean one.
func commonName(said string) bool {
	return !slices.ContainsFunc(strings.Fields(said), func(w string) bool {
		return !slices.Contains([]string{"dinas", "kantor", "badan", "bagian", "kota", "kabupaten", "daerah", "dan", "pemerintah", "petugas", "umum", "bidang", "kepala"}, w) && !particle(w)
	})
}

// namesOf lists offices as they are typed: "dpupr (DPUPR)".
func namesOf(offices []profile.Agency) string {
	var all []string
	for _, a := range offices {
		name := strings.ToLower(a.Code)
		if !strings.EqualFold(a.Code, a.Short) && a.Short != "" {
			name += " (" + a.Short + ")"
		}
		all = append(all, bot.Bold(name))
	}
	return strings.Join(all, ", ")
}
