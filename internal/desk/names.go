package desk

import (
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
)

// ToCoordinator is how menus and commands name the coordinator.
const ToCoordinator = "-"

// coordinatorWords are what people call the coordinator.
func coordinatorWords() []string {
	return []string{ToCoordinator, "koordinator", "kordinator", "admin", "pusat"}
}

// FindOffice reads an office at the beginning of a text: by code, short name, full name or alias, with a slip of the
// pen allowed. code is "" for the coordinator; rest is what follows. Several are returned when it could be any of them.
func FindOffice(p *profile.Profile, text string) (codes []string, rest string) {
	return findNamed(text, func(fits func(string) bool) []string { return offices(p, fits) })
}

// findNamed finds what a text names at its beginning: the longest name that is said, else the longest with a slip of the pen.
func findNamed(text string, named func(fits func(string) bool) []string) (codes []string, rest string) {
	words := strings.Fields(text)
	for n := min(len(words), 9); n > 0; n-- {
		said := officeKey(strings.Join(words[:n], " "))
		if got := named(func(name string) bool { return name == said }); len(got) > 0 && said != "" {
			return got, strings.Join(words[n:], " ")
		}
	}
	for n := min(len(words), 4); n > 0; n-- {
		said := officeKey(strings.Join(words[:n], " "))
		got := named(func(name string) bool { return casework.Alike(said, name) })
		if len(got) > 0 {
			return got, strings.Join(words[n:], " ")
		}
	}
	return nil, text
}

// officeKey is a name as names are compared: folded, without "ke" and "dinas" in front.
func officeKey(s string) string {
	s = bot.Fold(s)
	for _, lead := range []string{"ke ", "dinas ", "kantor "} {
		s = strings.TrimPrefix(s, lead)
	}
	return s
}

func offices(p *profile.Profile, fits func(string) bool) []string {
	for _, w := range coordinatorWords() {
		if k := officeKey(w); k != "" && fits(k) {
			return []string{""}
		}
	}
	var out []string
	for _, a := range p.Agencies {
		for _, name := range append([]string{a.Code, a.Short, a.Name, withoutCity(a.Name, p.City)}, a.Aliases...) {
			if k := officeKey(name); k != "" && fits(k) {
				out = append(out, a.Code)
				break
			}
		}
	}
	return out
}

func withoutCity(name, city string) string {
	return strings.TrimSpace(strings.ReplaceAll(name, city, ""))
}

func after(text, word string) string {
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), word))
}

// encodePerson writes a person's id in the letters a menu id may hold; ok is false when it is too long for one.
func encodePerson(id string) (string, bool) {
	var b strings.Builder
	for i := range len(id) {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-':
			b.WriteByte(c)
		default:
			const hex = "0123456789abcdef"
			b.Write([]byte{'_', hex[c>>4], hex[c&15]})
		}
	}
	return b.String(), b.Len() <= 44
}

// decodePerson reads what encodePerson wrote.
func decodePerson(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '_' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return "", false
		}
		b.WriteByte(byte(n))
		i += 2
	}
	return b.String(), strings.Contains(b.String(), ":")
}
