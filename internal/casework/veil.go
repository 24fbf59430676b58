package casework

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What identifies people and hides in a text: numbers of identity and family cards (16 digits), of phones, of vehicles, and
// addresses of mail. People write numbers without a space before them ("NIK3604…", "hp0812…"); the word before a vehicle's number
// tells it from one of a house.
var (
	identityNumber = regexp.MustCompile(`\d(?:[ .\-]?\d){15,}`)
	phoneNumber    = regexp.MustCompile(`(?:\(?\+?62\)?[ .\-]?\(?0?|\(?0)8\d{1,2}\)?(?:[ .\-]?\d){5,10}|\b8\d{9,11}\b|\(0[2-9]\d{1,2}\)[ .\-]?\d{3,4}[ .\-]?\d{3,4}|\b0[2-9]\d{2}[ .\-]?\d{6,8}\b|\b021[ .\-]?\d{7,8}\b`)
	vehicleNumber  = regexp.MustCompile(`(?i)(?:\b([a-z]+)[ .,:]+)?\b(A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRSTW]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABS]?|R|S|T|W|Z)` + slack + `(\d{2,4})` + slack + `([A-Z]{1,3})\b`)
	// calledPlate is a vehicle's number that is called one: it may lack its end, be of one digit, or have a space between all its signs.
	calledPlate = regexp.MustCompile(`(?i)\b(?:plat|pelat|plate|nopol|nopolnya|platnya|pelatnya|platno|tnkb|polisi)(?:[ .:,\-]+(?:no|nopol|nomor|nomer|nomornya|nya|mobil|motor|kendaraan|polisi|merah|hitam|kuning|putih|itu|adalah))*[ .:\-]{0,3}\b([A-Z]{1,2})` + slack + `(\d(?:[ .]?\d){0,3})(?:` + slack + `([A-Z](?: ?[A-Z]){0,2}))?\b`)
	spelled     = regexp.MustCompile(`(?i)\b(?:(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|lapan|sembilan)\b[ ,.\-]*){9,}`)
	mailAddress = regexp.MustCompile(`(?i)\b[a-z0-9][a-z0-9._%+\-]*@[a-z0-9.\-]+\.[a-z]{2,}\b`)
)

// slack is what stands between the parts of a vehicle's number.
const slack = ` {0,2}[.\-–]? {0,2}`

var (
	// noPlate are words that follow numbers and end no vehicle's number.
	noPlate = words("jam rt rw km an th bln hr org kg cm mtr m rb jt ml kk x wib am pm mm ha no di ke dan ada jl jln gg itu ini yg nya yang dr tgl tp tpi pak bu bpk pas mau tak gak ga bs bsa sdh udh lg jg kok nih tuh sih lho loh pun dan lah rmh ton ltr lt cc kva kw kwh w v va pcs bh gr ons lbr sd smp sma mts kpl")
	// houses are words before the letter of a house, a block or a lane.
	houses = words("blok blk gang gg jalan jl jln raya lorong lr lantai lt no nomor nomer perum perumahan cluster km kav kavling gedung unit tower rumah kios toko los ruang kelas loket antrian antrean poli kamar jalur trayek angkot koridor peron tribun zona tipe type pintu pos halte tps tiang")
)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// dots are what stands in place of what is hidden.
const dots = "••••"

// Veiled reports whether cards leave something out of what a report or one of its facts says, for it identifies people.
func (o *Office) Veiled(r report.Report, facts []report.Fact) bool {
	hides := func(text string) bool { return o.Veil(text) != text }
	told := func(p report.Place) bool { return hides(p.Said) || hides(p.Note) }
	return hides(r.Text) || told(r.Place) || slices.ContainsFunc(facts, func(f report.Fact) bool {
		return f.By.Role == report.Citizen && (hides(f.Words) || f.Place != nil && told(*f.Place))
	})
}

// heard is what a citizen said as the group reads it, at most 3000 letters of it, and how to read what is left out.
func (o *Office) heard(words string, code report.Code) string {
	shown := o.Veil(words)
	text := "\n“" + say.Clip(shown, 3000) + "”"
	if shown != words {
		text += "\n🔓 Yang disamarkan dibaca petugasnya dengan /buka " + string(code)
	}
	return text
}

// Veil hides what identifies people in a text, but for its beginning: "36••••", "08••••", "A ••••". A text without such is given
// back as it is. What the government itself tells everybody to call, and the line of an office that is named before it, are nobody's.
func (o *Office) Veil(text string) string {
	return veil(text, func(from, to int) bool { return o.published(text[from:to]) || officeLine(text, from, to) })
}

// Veil is Office.Veil where no profile says which numbers are for everybody.
func Veil(text string) string { return veil(text, func(int, int) bool { return false }) }

func veil(text string, spare func(from, to int) bool) string {
	if !veilable(text) {
		return text
	}
	text = veilRuns(text, spare)
	text = spelled.ReplaceAllString(text, dots+" ")
	text = mailAddress.ReplaceAllStringFunc(text, func(s string) string { return s[:1] + dots + s[strings.LastIndex(s, "@"):] })
	text = calledPlate.ReplaceAllStringFunc(text, veilCalled)
	return vehicleNumber.ReplaceAllStringFunc(text, veilPlate)
}

// veilable reports whether there may be something to hide in a text.
func veilable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { _, digit := bot.Digit(r); return digit || r == '@' }) || spelled.MatchString(text)
}

// veilRuns hides numbers of cards and phones.
func veilRuns(text string, spare func(from, to int) bool) string {
	runs := personalRuns(text)
	for _, re := range []*regexp.Regexp{identityNumber, phoneNumber} {
		for _, m := range re.FindAllStringIndex(text, -1) {
			runs = append(runs, [2]int{m[0], m[1]})
		}
	}
	slices.SortFunc(runs, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var b strings.Builder
	done := 0
	for i := 0; i < len(runs); {
		from, to := runs[i][0], runs[i][1]
		for i++; i < len(runs) && runs[i][0] < to; i++ {
			to = max(to, runs[i][1])
		}
		if from < done || spare(from, to) {
			continue
		}
		from = done + len(strings.TrimRight(text[done:from], "(+"))
		shown := []rune(strings.TrimLeft(text[from:to], "("))
		b.WriteString(text[done:from] + string(shown[:2]) + dots)
		done = to
	}
	return b.String() + text[done:]
}

// veilPlate hides a vehicle's number, where the word before it makes it no house's, and the word behind it no measure.
func veilPlate(s string) string {
	p := vehicleNumber.FindStringSubmatchIndex(s)
	before := ""
	if p[2] >= 0 {
		before = s[p[2]:p[3]]
	}
	if houses[strings.ToLower(before)] || noPlate[strings.ToLower(s[p[8]:p[9]])] {
		return s
	}
	return s[:p[4]] + strings.ToUpper(s[p[4]:p[5]]) + " " + dots
}

// veilCalled hides what is called a vehicle's number; a word behind it stays.
func veilCalled(s string) string {
	p := calledPlate.FindStringSubmatchIndex(s)
	rest := ""
	if p[6] >= 0 && noPlate[strings.ToLower(s[p[6]:p[7]])] {
		rest = s[p[5]:]
	}
	return s[:p[2]] + strings.ToUpper(s[p[2]:p[3]]) + " " + dots + rest
}

// offices are words of a place of the government before the number of its line, household those that make it somebody's own after all.
var (
	offices   = words("kantor kelurahan kecamatan dinas badan rsud rs puskesmas damkar pemadam polres polsek polisi samsat pln pdam perumdam bpjs pemkot pemkab hotline center centre layanan pengaduan posko ambulans ambulan sekolah")
	household = words("saya sy aku rumah pribadi dekat depan samping belakang warga hp wa")
)

// officeLine reports whether a line with an area code is said to be an office's: "kantor kelurahan (0254) 201234".
func officeLine(text string, from, to int) bool {
	if number := digits(text[from:to]); !strings.HasPrefix(number, "0") || strings.HasPrefix(number, "08") || len(number) > 11 {
		return false
	}
	named := false
	for _, w := range lastWords(text[:from]) {
		if household[w] {
			return false
		}
		named = named || offices[w]
	}
	return named
}

// published reports whether the profile itself gives a number to everybody: of a danger, of help, of an owner outside, of an office.
func (o *Office) published(number string) bool {
	same := func(known string) bool { return known != "" && dialled(known) == dialled(number) }
	p := o.Profile
	return slices.ContainsFunc(p.Emergency, func(e profile.Emergency) bool { return same(e.Number) }) ||
		slices.ContainsFunc(p.Helplines, func(h profile.Helpline) bool { return same(h.Number) }) ||
		slices.ContainsFunc(p.Owners, func(w profile.Owner) bool { return same(w.Door.Phone) || same(w.Door.WhatsApp) }) ||
		slices.ContainsFunc(p.Agencies, func(a profile.Agency) bool { return same(a.Phone) })
}

// dialled is a number as it is dialled within the country.
func dialled(number string) string {
	n := digits(number)
	if strings.HasPrefix(n, "62") {
		return "0" + strings.TrimPrefix(n[2:], "0")
	}
	return n
}
