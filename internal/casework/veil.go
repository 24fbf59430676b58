package casework

import (
	"regexp"
	"slices"
	"strings"

	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What identifies people and hides in a text: numbers of identity and family cards (16 digits), of phones, of vehicles, and
// addresses of mail. People write numbers without a space before them ("NIK3604…", "hp0812…"); the word before a vehicle's number
// tells it from one of a house.
var (
	identityNumber = regexp.MustCompile(`\d(?:[ .\-]?\d){15,}`)
	phoneNumber    = regexp.MustCompile(`(?:\(?\+?62\)?[ .\-]?\(?0?|\(?0)8\d{1,2}\)?(?:[ .\-]?\d){5,10}|\b8\d{9,11}\b|\(0[2-9]\d{1,2}\)[ .\-]?\d{3,4}[ .\-]?\d{3,4}|\b0[2-9]\d{2}[ .\-]?\d{6,8}\b|\b021[ .\-]?\d{7,8}\b`)
	vehicleNumber  = regexp.MustCompile(`(?i)(?:\b([a-z]+)[ .,:]+)?\b(A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNRST]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABS]?|R|S|T|W|Z)[ .\-]?(\d{2,4})[ .\-]?([A-Z]{1,3})\b`)
	mailAddress    = regexp.MustCompile(`(?i)\b[a-z0-9][a-z0-9._%+\-]*@[a-z0-9.\-]+\.[a-z]{2,}\b`)
)

// The fewest digits of each, by the expressions above: a text with fewer in all is not looked through for it.
const identityDigits, phoneDigits, vehicleDigits = 16, 8, 2

var (
	// noPlate are words that follow numbers and end no vehicle's number.
	noPlate = words("jam rt rw km an th bln hr org kg cm mtr m rb jt ml kk x wib am pm mm ha no di ke dan ada jl jln gg itu ini yg nya yang dr tgl")
	// houses are words before the letter of a house, a block or a lane.
	houses = words("blok blk gang gg jalan jl jln raya lorong lr lantai lt no nomor nomer perum perumahan cluster km kav kavling gedung unit tower rumah kios toko los")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// Veiled reports whether cards leave something out of what a report or one of its facts says, for it identifies people.
func Veiled(r report.Report, facts []report.Fact) bool {
	hides := func(text string) bool { return Veil(text) != text }
	told := func(p report.Place) bool { return hides(p.Said) || hides(p.Note) }
	return hides(r.Text) || told(r.Place) || slices.ContainsFunc(facts, func(f report.Fact) bool {
		return f.By.Role == report.Citizen && (hides(f.Words) || f.Place != nil && told(*f.Place))
	})
}

// quoted is what a citizen said as the group reads it, at most 3000 letters of it, and how to read what is left out.
func quoted(words string, code report.Code) string {
	shown := Veil(words)
	text := "\n“" + say.Clip(shown, 3000) + "”"
	if shown != words {
		text += "\n🔓 Yang disamarkan dibaca petugasnya dengan /buka " + string(code)
	}
	return text
}

// Veil hides what identifies people in a text, but for its beginning: "36••••", "08••••", "A ••••". A text without such is given
// back as it is.
func Veil(text string) string {
	if !strings.ContainsAny(text, "0123456789@") {
		return text
	}
	const dots = "••••"
	begin := func(s string) string { return strings.TrimLeft(s, "(")[:2] + dots }
	digits := 0
	for i := range len(text) {
		if '0' <= text[i] && text[i] <= '9' {
			digits++
		}
	}
	if digits >= identityDigits {
		text = identityNumber.ReplaceAllStringFunc(text, begin)
	}
	if digits >= phoneDigits {
		text = phoneNumber.ReplaceAllStringFunc(text, begin)
	}
	if strings.Contains(text, "@") {
		text = mailAddress.ReplaceAllStringFunc(text, func(s string) string { return s[:1] + dots + s[strings.LastIndex(s, "@"):] })
	}
	if digits < vehicleDigits {
		return text
	}
	return vehicleNumber.ReplaceAllStringFunc(text, func(s string) string {
		p := vehicleNumber.FindStringSubmatchIndex(s)
		before := ""
		if p[2] >= 0 {
			before = s[p[2]:p[3]]
		}
		if houses[strings.ToLower(before)] || noPlate[strings.ToLower(s[p[8]:p[9]])] {
			return s
		}
		return s[:p[4]] + strings.ToUpper(s[p[4]:p[5]]) + " " + dots
	})
}
