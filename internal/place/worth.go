package place

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Worth is how much words tell of a place to somebody who was never there.
type Worth int

// The worths, from the least.
const (
	// Hollow words say nothing: "bapak tau kan".
	Hollow Worth = iota
	// Idle words name no place and say something: they tell the matter again.
	Idle
	// Pointing words tell a place from where their writer stands: "depan rumah saya", "di situ".
	Pointing
	// Vague words tell a place by what there are many of: "dekat sekolah".
	Vague
	// Naming words have a name or a number that can be looked for, whether the lists know it or not: "gang melati no 5".
	Naming
)

// Weigher is what a Finder may be able to do as well: judge whether words are a place at all.
type Weigher interface {
	// Weigh judges an answer to "where?".
	Weigh(words string) Worth
}

var _ Weigher = (*Gazetteer)(nil)

const (
	// mostWeighed is how many words an answer may have for a word that stands anywhere in it to count as a name.
	mostWeighed = 14
	// fewWords is how many words an answer may have that tells a place without a word for where.
	fewWords = 4
)

// Weigh judges an answer to "where?" by its words: a name stands behind a word for a place, or alone, and is no word of everyday.
func (g *Gazetteer) Weigh(words string) Worth {
	x := g.index
	ts := x.unglue(tokens(words))
	vague, points, hollow := false, false, true
	for i, t := range ts {
		switch {
		case i < mostWeighed && (x.titled(words, ts, i) || x.listed(ts, i)):
			return Naming
		case own(t.text):
			points = points || !possesses(ts, i)
			hollow = hollow && !possesses(ts, i)
		case t.cue == cueNear, t.cue == cueRT && i+1 < len(ts) && number(ts[i+1].text), everywhere(t.text),
			t.cue.strong() && t.cue != cueStreet, t.text == "gang" || t.text == "gg":
			vague = true
		case !empty(t):
			hollow = false
		}
	}
	switch tells := len(ts) <= fewWords || Cued(words); {
	case points && (tells || hollow):
		return Pointing
	case vague && tells:
		return Vague
	case hollow && !vague:
		return Hollow
	}
	return Idle
}

// titled reports whether the word at i is a name, or makes one with the word before it ("sdn 7").
func (x *names) titled(words string, ts []token, i int) bool {
	t, before := ts[i], behind(ts, i)
	if number(t.text) {
		return counted(before.text)
	}
	if x.christensEstate(ts, i) || x.offers(t.text) {
		return true
	}
	if t.cue != plain || len(t.text) < 3 || t.text == x.city || own(t.text) || descriptor(t.text) {
		return false
	}
	switch {
	case before.text == "kantor":
		return officeOf(t.text) || !everywhere(t.text) && !x.common[t.text]
	case single(t.text):
		return before.cue == cueNear || before.cue == cueIn || everywhere(before.text) || before.text == ""
	case short(before):
		return !x.common[t.text] && !strings.Contains(streetWords, " "+t.text+" ")
	case everywhere(t.text):
		return false
	case before.cue.strong() && before.cue != cueStreet, christens(before.text):
		return !x.common[t.text] && !strings.Contains(streetWords, " "+t.text+" ")
	case before.cue == cueStreet, before.text == "gang":
		return x.christened(words, t)
	case before.text == "":
		return len(t.text) > 3 && x.strange(t.text)
	case before.cue == cueNear, before.cue == cueIn, before.cue == cueRT, everywhere(before.text), number(before.text):
		return x.strange(t.text)
	}
	return false
}

// offers reports whether a place is offered by a word that others may be called by as well: a city has one "stadion".
func (x *names) offers(w string) bool {
	return slices.ContainsFunc(x.exact[w], func(f int32) bool { return x.forms[f].words == 1 && x.forms[f].fit == offered })
}

// listed reports whether a name of two or three words that the lists know begins at i.
func (x *names) listed(ts []token, i int) bool {
	var joined strings.Builder
	joined.WriteString(ts[i].text)
	for k := i + 1; k < len(ts) && k < i+3 && !ts[k].brk; k++ {
		joined.WriteString(ts[k].text)
		if len(x.exact[joined.String()]) > 0 {
			return true
		}
	}
	return false
}

// behind is the word that the word at i stands behind, over what only describes ("jl raya pandeglang", "in front of Ramayana"); an
// empty one at the beginning of what belongs together.
func behind(ts []token, i int) token {
	for k := i - 1; k >= 0 && !ts[k+1].brk; k-- {
		if t := ts[k].text; !descriptor(t) && !honours(t) && t != "the" && t != "of" && t != "to" {
			return ts[k]
		}
	}
	return token{}
}

// honours knows what stands before the name of a person, by whom alleys are called and neighbours found.
func honours(w string) bool {
	switch w {
	case "h", "hj", "haji", "kh", "ki", "nyi", "ust", "ustad", "pak", "bu", "bpk", "mang", "mak", "mbah", "abah", "bang", "kang", "teh", "wak", "tb", "dr":
		return true
	}
	return false
}

// short reports whether a word for a kind of place was shortened, as nobody does but before its name: "kp", "jl", "gg".
func short(t token) bool {
	return t.cue.strong() && t.to-t.from < 4 || t.text == "gg"
}

// single knows what a city has once: who names it, names a place.
func single(w string) bool {
	switch w {
	case "samsat", "capil", "dukcapil", "disdukcapil", "dprd", "pemkot", "pemkab", "pemda", "walikota", "bupati", "pengadilan", "kejaksaan", "kodim", "polda", "polres", "rsud",
		"imigrasi", "bpn", "kpu", "alunalun", "lapas", "rutan":
		return true
	}
	return false
}

// officeOf knows what an office is told by, of which a city has one that everybody finds: "kantor pos", "kantor pajak".
func officeOf(w string) bool {
	switch w {
	case "pos", "pajak", "samsat", "pegadaian", "imigrasi", "bpn", "bps", "bpjs", "pln", "pdam", "telkom", "kemenag", "kua", "walikota", "gubernur", "bupati", "dprd", "polisi", "pertanahan":
		return true
	}
	return false
}

// christens knows what is told apart by a name that may be a word of everyday: "simpang lima", "pasar ikan".
func christens(w string) bool {
	switch w {
	case "perempatan", "pertigaan", "simpang", "merah", "jembatan", "terminal", "stadion", "stasiun", "taman", "pasar", "masjid", "mushola", "musholla", "langgar", "gereja":
		return true
	}
	return false
}

// counted knows what there are many of under one name, told apart by numbers.
func counted(w string) bool {
	switch w {
	case "sdn", "smpn", "sman", "smkn", "smk", "gang", "gg", "jalan":
		return true
	}
	return false
}

// christened reports whether a word behind "gang" or "kampung" is its name: it may be a word of everyday as well ("gang damai"),
// but none that streets are told by ("jalan rusak").
func (x *names) christened(words string, t token) bool {
	if x.strange(t.text) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(words[t.from:])
	return unicode.IsUpper(first) && proper(words[t.from:t.to]) && !x.common[t.text]
}

// strange reports whether a word is none of everyday, so that it is a name or a slip of the finger.
func (x *names) strange(w string) bool {
	return len(w) > 2 && !x.common[w] && !x.spoken(w) && !deedful(w) && !strings.Contains(streetWords, " "+w+" ")
}

// deedful tells a verb by how it begins: "berserakan", "ngegantung". Terumbu and Terondol are places.
func deedful(w string) bool {
	for _, head := range [...]string{"ber", "ter", "meng", "meny", "mem", "nge", "nga", "di"} {
		if strings.HasPrefix(w, head) && len(w) > 6 && (head != "ter" && head != "ber" || len(w) > 8) {
			return true
		}
	}
	return false
}

// own knows the words by which people point from where they are, or call a thing theirs, in the tongues that are written here.
func own(w string) bool {
	switch w {
	case "saya", "sy", "aku", "kami", "kita", "kite", "abdi", "kuring", "aing", "kula", "kule", "isun", "inyong", "ulun", "gue", "gw", "my", "our", "mine",
		"sini", "situ", "sana", "disini", "disitu", "disana", "dieu", "ditu", "dinya", "kene", "kono", "kana", "here", "there",
		"rumah", "rumahku", "rmh", "imah", "bumi", "rorompok", "umah", "omah", "omahku", "omahe", "umahe", "umahku", "house", "home", "kontrakan", "kosan", "kos",
		"biasa":
		return true
	}
	return false
}

// possesses reports whether the word at i only says whose somebody or something is that is no place: "anak saya takut".
func possesses(ts []token, i int) bool {
	switch ts[i].text {
	case "saya", "sy", "aku", "kami", "kita", "kite", "abdi", "kuring", "aing", "kula", "kule", "isun", "inyong", "ulun", "gue", "gw":
		return i > 0 && relative(ts[i-1].text)
	case "my", "our":
		return i+1 < len(ts) && relative(ts[i+1].text)
	}
	return false
}

// relative knows the people whom somebody calls his or her own: where they are is told by no more than their names.
func relative(w string) bool {
	switch w {
	case "anak", "anak2", "anaknya", "istri", "bini", "suami", "laki", "ibu", "emak", "mamah", "mama", "bapak", "ayah", "abah", "adik", "adek", "kakak", "cucu", "keponakan", "ponakan", "mertua", "nenek", "kakek", "keluarga", "orangtua",
		"budak", "pamajikan", "lanang", "wadon", "kids", "son", "daughter", "child", "children", "wife", "husband", "mother", "father", "family":
		return true
	}
	return false
}

// empty knows the words of an answer that say nothing: they nod, point back, ask for haste or wonder that it is not known.
func empty(t token) bool {
	if t.cue == cueIn || len(t.text) < 3 {
		return true
	}
	switch t.text {
	case "bapak", "ibu", "kak", "mas", "mbak", "bang", "min", "admin", "kang", "teh", "kan", "sih", "dong", "lah", "deh", "nih", "tuh", "kok", "loh", "lho", "atuh", "mah", "euy", "bae", "aja",
		"saja", "yang", "itu", "ini", "ieu", "eta", "tau", "tahu", "masa", "pasti", "gak", "nggak", "enggak", "tidak", "tdk", "teu", "ora", "udah", "sudah", "udh", "dah", "tadi", "kemarin",
		"kemaren", "sama", "kayak", "kaya", "seperti", "bilang", "dibilang", "bilangin", "cek", "lihat", "liat", "sendiri", "iya", "siap", "oke", "sip", "tolong", "segera", "cepat",
		"cepet", "cepetan", "buruan", "kumaha", "piye", "kepriye", "weruh", "ngerti", "terang", "terserah", "pokoknya", "jalan", "the", "you", "know", "same", "yes", "jawab":
		return true
	}
	return false
}

// everywhere knows what there is in every part of a city: told by it alone, a place is one of many.
func everywhere(w string) bool {
	if landmark(w) || crossing(w) || landmarkNoun(w) {
		return true
	}
	switch w {
	case "langgar", "surau", "gereja", "vihara", "pura", "sekolahan", "sakola", "madrasah", "pesantren", "ponpes", "tk", "paud", "kampus", "sd", "smp", "sma", "smk",
		"klinik", "apotek", "posyandu", "bank", "atm", "bri", "bca", "bni", "mall", "ruko", "kios", "minimarket", "indomaret", "indomart", "alfamart", "alfamidi", "alfa",
		"pom", "bensin", "spbu", "pertamini", "bengkel", "pabrik", "gudang", "hotel", "balai", "kelurahan", "kecamatan", "lurah", "camat", "polsek", "koramil",
		"halte", "stasiun", "gor", "taman", "kebun", "kebon", "tpu", "kuburan", "makam", "sawah", "kali", "walungan", "tol", "gapura", "gerbang", "portal",
		"merah", "ronda", "poskamling", "perumahan", "komplek", "kampung", "cluster", "school", "mosque", "church", "market", "shop", "store", "office", "hospital",
		"river", "bridge", "park", "field", "warnet", "laundry", "bidan", "sumur", "empang", "lapang":
		return true
	}
	return false
}

// descriptor knows what says of a street or place which kind it is, and not which.
func descriptor(w string) bool {
	switch w {
	case "raya", "besar", "kecil", "utama", "umum", "lingkungan", "baru", "lama", "nasional", "provinsi", "kota", "kabupaten", "gede", "tengah", "dalam", "tinggal", "jalan", "main":
		return true
	}
	return false
}
