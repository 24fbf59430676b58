package casework

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
)

// People write a number as they say it: in pairs, with dashes, with an o for a zero, in full-width digits, "no hp saya: 0 8 1 2 …". A
// chain is what they may have meant as one number: groups of digits with little but signs between them. Where a chain holds a date, a
// time of day or a sum of money it is cut there, so that two harmless numbers beside each other are no long one.

// digitRun is a group of digits of a text.
type digitRun struct {
	from, to int    // bytes of the text
	digits   string // as ASCII
	gap      string // what stands between it and the group before, "" for the first of a chain
}

// The words before a number that say whose it is, and words that may stand between them and it.
var (
	identityWords = words("nik ktp kk nokk noktp nonik kartukeluarga keluarga bpjs kis jkn npwp rekening rek norek sim paspor passport nisn nip idpel")
	phoneWords    = words("hp nohp wa nowa whatsapp whatshap watsap telp tlp telpon telepon telfon telefon tlpn hub hubungi call sms nomorku handphone kontak contact me")
	linkWords     = words("no nomor nomer nmr nya saya sy aku ku ini itu adalah yaitu istri suami anak ibu bapak pak bu orang tua dengan dgn an atas nama di ke ya mohon tolong bisa langsung aktif atau dan id pelanggan kesehatan pribadi rumah bni bri bca mandiri kode")
	moneyWords    = words("rp idr rupiah uang biaya bayar harga denda sebesar seharga tarif total")
	hourWords     = words("jam pukul pkl jm pk")
)

// dialled is the shortest and the longest number of a phone in Indonesia, with its leading 0.
const leastDialled, mostDialled = 9, 14

// identityDigits is how long a NIK or a KK number is, mistyped how many digits too many somebody may type, leastOfCard how many make a
// number of what the words before it name.
const (
	identityDigits = 16
	mistyped       = 2
	leastOfCard    = 8
)

// personalRuns are the stretches of a text that are numbers of people, in order, as bytes from and to.
func personalRuns(text string) (out [][2]int) {
	for _, chain := range chains(text) {
		label := labelOf(lastWords(text[:chain[0].from]))
		for _, part := range cutHarmless(text, chain, label) {
			from := part[0].from
			if from != chain[0].from {
				label = labelOf(lastWords(text[:from]))
			}
			plus := strings.HasSuffix(strings.TrimRight(text[:from], "( "), "+")
			out = append(out, personal(part, label, plus)...)
		}
	}
	return out
}

// personal finds the numbers of people in a chain that holds no date, time or sum.
func personal(chain []digitRun, label byte, plus bool) (out [][2]int) {
	for i := 0; i < len(chain); {
		n := identityAt(chain[i:], label == 'i' && i == 0)
		if n == 0 {
			n = phoneAt(chain[i:], (label == 'p' || plus) && i == 0)
		}
		if n == 0 {
			i++
			continue
		}
		out = append(out, [2]int{chain[i].from, chain[i+n-1].to})
		i += n
	}
	return out
}

// identityAt is how many groups at the beginning of a chain are the number of an identity or family card, or, where said, of whatever
// card the words before it name; 0 for none.
func identityAt(chain []digitRun, said bool) int {
	var all strings.Builder
	for n, g := range chain {
		all.WriteString(g.digits)
		if n == 0 && all.Len() >= identityDigits || all.Len() == identityDigits && born(all.String()) {
			return n + 1
		}
		if all.Len() >= identityDigits {
			break
		}
	}
	if !said {
		return 0
	}
	total := 0
	for n, g := range chain {
		if total += len(g.digits); total > identityDigits+mistyped {
			return n
		}
	}
	if total < leastOfCard {
		return 0
	}
	return len(chain)
}

// born reports whether 16 digits hold a day of birth where a NIK does: day (with 40 more for women), month, year.
func born(digits string) bool {
	day, month := int(digits[6]-'0')*10+int(digits[7]-'0'), int(digits[8]-'0')*10+int(digits[9]-'0')
	return (day >= 1 && day <= 31 || day >= 41 && day <= 71) && month >= 1 && month <= 12 && digits[0] != '0'
}

// phoneAt is how many groups at the beginning of a chain are the number of a phone; 0 for none. said is that it is called one.
func phoneAt(chain []digitRun, said bool) int {
	all, best := "", 0
	for n, g := range chain {
		if all += g.digits; len(all) > mostDialled+2 {
			break
		}
		mobile := strings.HasPrefix(all, "08") || strings.HasPrefix(all, "628") || strings.HasPrefix(all, "6208")
		if len(all) >= leastDialled && len(all) <= mostDialled && (mobile || said) {
			best = n + 1
		}
	}
	return best
}

// chains are the groups of digits of a text that may belong together.
func chains(text string) (out [][]digitRun) {
	var chain []digitRun
	for at := 0; at < len(text); {
		g, ok := digitsAt(text, at)
		if !ok {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
			continue
		}
		if len(chain) > 0 {
			if gap := text[chain[len(chain)-1].to:g.from]; joins(gap) {
				g.gap = gap
			} else {
				out, chain = append(out, chain), nil
			}
		}
		chain = append(chain, g)
		at = g.to
	}
	if len(chain) > 0 {
		out = append(out, chain)
	}
	return out
}

// digitsAt reads a group of digits. An o beside digits, and an l or I among them, are digits too.
func digitsAt(text string, at int) (g digitRun, ok bool) {
	g.from, g.to = at, at
	var b strings.Builder
	real := false
	for g.to < len(text) {
		r, n := utf8.DecodeRuneInString(text[g.to:])
		d, digit := bot.Digit(r)
		switch {
		case digit:
			real = true
		case (r == 'o' || r == 'O') && strangely(text, g.to, n):
			d = 0
		case (r == 'l' || r == 'I') && real && strangely(text, g.to, n):
			d = 1
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		b.WriteByte('0' + d)
		g.to += n
	}
	g.digits = b.String()
	return g, real
}

// strangely reports whether a letter stands between digits, or before one and after no letter.
func strangely(text string, at, n int) bool {
	prev, _ := utf8.DecodeLastRuneInString(text[:at])
	next, _ := utf8.DecodeRuneInString(text[at+n:])
	like := func(r rune) bool { _, d := bot.Digit(r); return d || r == 'o' || r == 'O' }
	_, after := bot.Digit(next)
	return !unicode.IsLetter(prev) && after || like(prev) && (like(next) || !unicode.IsLetter(next))
}

// joins reports whether what stands between two groups of digits may stand within one number: at most three signs, no comma.
func joins(gap string) bool {
	n := 0
	for _, r := range gap {
		if n++; n > 3 || !unicode.IsSpace(r) && !strings.ContainsRune(".-–—‑−_/()\u200b\u2060", r) {
			return false
		}
	}
	return true
}

// cutHarmless takes dates, times and sums of money out of a chain and gives back what is left between them. What is called a number of
// somebody is none of these.
func cutHarmless(text string, chain []digitRun, label byte) (out [][]digitRun) {
	if label != 0 {
		return [][]digitRun{chain}
	}
	last := ""
	if before := lastWords(text[:chain[0].from]); len(before) > 0 {
		last = before[len(before)-1]
	}
	from := 0
	for i := 0; i < len(chain); {
		n := harmlessAt(chain[i:], last)
		if n == 0 {
			i++
			continue
		}
		if i > from {
			out = append(out, chain[from:i])
		}
		i += n
		from, last = i, ""
	}
	if from < len(chain) {
		out = append(out, chain[from:])
	}
	return out
}

func (g digitRun) value() (n int) {
	for _, d := range g.digits {
		n = n*10 + int(d-'0')
	}
	return n
}

func (g digitRun) within(digits, least, most int) bool {
	return len(g.digits) <= digits && g.value() >= least && g.value() <= most
}

// tight reports whether one sign, or a space, stands before a group.
func (g digitRun) tight() bool { return g.gap == " " || len([]rune(strings.TrimSpace(g.gap))) == 1 }

// harmlessAt is how many groups at the beginning of a chain are a date, a time of day or a sum of money.
func harmlessAt(chain []digitRun, last string) int {
	first := chain[0]
	dated := func(d, m, y digitRun) bool {
		return d.within(2, 1, 31) && m.within(2, 1, 12) && len(y.digits) == 4 && y.within(4, 1900, 2099)
	}
	sum := thousands(chain)
	switch {
	case len(chain) >= 3 && chain[1].tight() && chain[2].tight() && (dated(first, chain[1], chain[2]) || dated(chain[2], chain[1], first)):
		return 3
	case moneyWords[last] && first.digits[0] != '0' && (sum > 1 || len(first.digits) < leastDialled):
		return sum
	case len(chain) >= 2 && hourWords[last] && first.within(2, 0, 24) && chain[1].within(2, 0, 59):
		return 2
	case len(first.digits) <= 3 && first.digits[0] != '0' && sum > 1:
		return sum
	}
	return 0
}

// thousands is how many groups at the beginning of a chain are one number with a dot before each three digits: "1.500.000".
func thousands(chain []digitRun) int {
	n := 1
	for n < len(chain) && chain[n].gap == "." && len(chain[n].digits) == 3 {
		n++
	}
	if n < len(chain) && chain[n].gap == "." {
		return 1
	}
	return n
}

// lastWords are up to five words at the end of a text, small, the nearest last; what ends a sentence ends them.
func lastWords(text string) (out []string) {
	if cut := strings.LastIndexAny(text, ";!?\n"); cut >= 0 {
		text = text[cut+1:]
	}
	if len(text) > 80 {
		text = text[len(text)-80:]
	}
	out = strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return out[max(0, len(out)-5):]
}

// labelOf says what the words before a number call it: 'i' a number of a card, 'p' one of a phone, 0 neither.
func labelOf(before []string) byte {
	for _, w := range slices.Backward(before) {
		switch {
		case identityWords[w]:
			return 'i'
		case phoneWords[w]:
			return 'p'
		case !linkWords[w]:
			return 0
		}
	}
	return 0
}
