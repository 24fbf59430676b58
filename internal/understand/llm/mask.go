package llm

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What stands in place of what was masked.
const (
	maskName   = "[NAMA]"
	maskPhone  = "[TELEPON]"
	maskNIK    = "[NIK]"
	maskNumber = "[NOMOR]"
	maskPlate  = "[PLAT]"
	maskMail   = "[EMAIL]"
	maskUser   = "[AKUN]"
)

// rule says what is replaced by what.
type rule struct {
	re *regexp.Regexp
	by string
}

// rules are tried in this order; longer numbers first, so that no part of one is left.
func rules() []rule {
	return []rule{
		{regexp.MustCompile(`(?i)[\p{L}\p{Nd}._%+-]+\s?@\s?[\p{L}\p{Nd}-]+(\.[\p{L}\p{Nd}-]+)+`), maskMail},
		{regexp.MustCompile(`@[\p{L}\p{Nd}_.]{2,}`), maskUser},
		{regexp.MustCompile(`(\p{Nd}[ .-]?){15}\p{Nd}`), maskNIK},
		{regexp.MustCompile(`(\+\s?62|\b62|\b0)[ .()-]*8([ .()-]*\p{Nd}){7,12}`), maskPhone},
		{regexp.MustCompile(`\(?\b0\p{Nd}{2,3}\)?[ .-]*\p{Nd}{3,4}[ .-]?\p{Nd}{3,4}\b`), maskPhone},
		{regexp.MustCompile(`\p{Nd}([ .-]?\p{Nd}){7,}`), maskNumber},
		{regexp.MustCompile(`\b[A-Z]{1,2}[ .-]?\p{Nd}{1,4}[ .-]?[A-Z]{1,3}\b`), maskPlate},
		{regexp.MustCompile(`(?i)\b(plat|nopol|nomor polisi|no\.? ?pol)(\s+(nomor|no\.?|mobil|motor))?\s*:?\s*[a-z]{1,2}\s?\p{Nd}{1,4}\s?[a-z]{1,3}\b`), maskPlate},
	}
}

// masker hides what tells who a person is. It is safe for use from several goroutines.
type masker struct {
	rules      []rule
	cue, title *regexp.Regexp
}

func newMasker() *masker {
	return &masker{
		rules: rules(),
		// "nama saya budi santoso", "a.n. Budi", "atas nama: Budi", "nama lengkap Budi", "dengan bapak budi"
		cue:   regexp.MustCompile(`(?i)\b(nama(\s+(saya|lengkap|ku|pelapor|nya|anak saya|suami saya|istri saya|ibu saya|bapak saya))?(\s+adalah)?|namaku|namanya|atas nama|a\.?\s?n\.?|an\.|perkenalkan(\s+saya)?|panggil saya|hormat saya|ttd|pelapor)\s*[:=,.]?\s+`),
		title: regexp.MustCompile(`\b([Bb]apak|[Bb]pk\.?|[Pp]ak|[Ii]bu|[Bb]u|[Ss]audara|[Ss]dr\.?|[Mm]as|[Mm]bak|[Hh]aji|[Hh]\.|[Hh]j\.|[Uu]stad[z]?|[Kk]ang|[Tt]eh|[Dd]r\.|[Dd]rg\.|[Oo]knum)\s+`),
	}
}

// Mask hides e-mail addresses, accounts, NIK, phone numbers, long numbers, number plates, and names after words that
// announce one. It hides rather too much: a name that nothing announces stays, so do not rely on it alone.
func Mask(text string) string { return newMasker().mask(text) }

func (m *masker) mask(text string) string {
	text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || r == 0 {
			return -1
		}
		return r
	}, text)
	for _, r := range m.rules {
		text = r.re.ReplaceAllString(text, r.by)
	}
	text = after(text, m.cue, 4, false)
	return after(text, m.title, 3, true)
}

// after masks up to most words that follow each match of cue. capital demands that they begin with a capital letter;
// without it the name ends at a word that is no name.
func after(text string, cue *regexp.Regexp, most int, capital bool) string {
	var b strings.Builder
	for {
		at := cue.FindStringIndex(text)
		if at == nil {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:at[1]])
		text = text[at[1]:]
		end, n := 0, 0
		for n < most {
			w := nextWord(text[end:])
			if w == 0 || !nameLike(strings.TrimSpace(text[end:end+w]), capital) {
				break
			}
			end += w
			n++
			if last := text[end-1]; last == ',' || last == '.' || last == '\n' {
				break
			}
		}
		if end > 0 {
			b.WriteString(maskName)
			if c := text[end-1]; c == ',' || c == '.' || c == '\n' {
				b.WriteByte(c)
			}
			text = text[end:]
		}
	}
}

// nextWord is the length of the blanks and the word that text begins with, 0 when none follows. A comma, full stop or
// line break after the word belongs to it.
func nextWord(text string) int {
	i := 0
	for i < len(text) && text[i] == ' ' {
		i++
	}
	begin := i
	for i < len(text) && !strings.ContainsRune(" \t\r\n,.;:!?()[]", rune(text[i])) {
		i++
	}
	if i == begin {
		return 0
	}
	if i < len(text) && (text[i] == ',' || text[i] == '.' || text[i] == '\n') {
		i++
	}
	return i
}

func nameLike(w string, capital bool) bool {
	w = strings.Trim(w, ",.")
	if w == "" || len(w) > 30 {
		return false
	}
	first := []rune(w)[0]
	if !unicode.IsLetter(first) || capital && !unicode.IsUpper(first) {
		return false
	}
	switch strings.ToLower(w) {
	case "rt", "rw", "lurah", "camat", "wali", "walikota", "kota", "bupati", "gubernur", "presiden", "kades", "kepala", "guru",
		"dosen", "dokter", "bidan", "ketua", "kadis", "sekda", "menteri", "polisi", "admin", "petugas", "haji", "dinas",
		"dari", "di", "ke", "dan", "yang", "warga", "mau", "ingin", "mohon", "tolong", "saya", "kami", "alamat", "tinggal",
		"umur", "usia", "no", "nomor", "nik", "sudah", "belum", "tidak", "ada", "untuk", "dengan", "pada", "salah", "jalan",
		"jl", "kelurahan", "kel", "kecamatan", "kec", "desa", "kampung", "mengadukan", "melaporkan", "lapor", "hamil",
		"rumah", "pkk", "kader", "posyandu", "satpol", "dishub", "pns", "asn", "ormas", "sekolah", "puskesmas", "pegawai":
		return false
	}
	return true
}
