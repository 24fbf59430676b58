package understand

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	numbered = regexp.MustCompile(`(?i)(?:^|[\s,:;.])(?:\(?[1-9][.)]\s*|\(?[a-e]\)\s*|[-•*]\s+|(?:pertama|kedua|ketiga|keempat|first|second|third)(?:nya)?\s*[,:]\s*)`)
	// ordinal is how a list in words goes on, where it began with "pertama".
	ordinal = regexp.MustCompile(`(?i)(?:^|[\s,:;.])(?:yang |yg )?(?:pertama|kedua|ketiga|keempat)(?:nya)?(?:\s*[,:]\s*|\s+)`)
	// bare is how the next line of a list begins where nothing stands behind its number: "1 tiang roboh 2 pipa bocor".
	bare = regexp.MustCompile(`(?:^|[\s,:;.])([1-9])\s+\pL`)
	// numbers is what a number names, and amount what it counts: neither begins a line.
	numbers = regexp.MustCompile(`(?i)\b(?:rt|rw|gang|gg|blok|no|nomor|km|lantai|lt|kelas|jalur|sdn?|smpn?|sman?|jam|pukul|sudah|udah|udh|ada|cuma|sekitar|lebih|kurang|tanggal|tgl|hari|ke)\W*$`)
	amount  = regexp.MustCompile(`(?i)^\s*(?:hari|minggu|bulan|bln|taun|tahun|meter|km|kilo|titik|orang|org|kali|x|jam|menit|buah|biji|unit|ekor|rumah|kk|tempat|lokasi|lampu|lobang|lubang|days?|weeks?|months?|years?|times)\b`)
	first   = regexp.MustCompile(`(?i)^(?:\S+\s+){0,4}(?:yang |yg )?pertama(?:nya)?[\s,:]`)
	turns   = regexp.MustCompile(`(?i)(?:^|[\s,.;!?]+)(?:sekalian(?: itu| pak| juga| lapor| mau)*|selain itu|selain tu|oh iya|oiya|btw|by the way|beda lagi|(?:yang |yg |oiya |sama )?satu lagi|1 lagi|tambahan(?: pak| lagi)?|masalah lain(?:nya)?|` +
		`(?:sama|dan|terus|trus|trs|jeung|karo) (?:mau )?lapor(?: juga)?|(?:sama|sm|dan|terus|trus|trs|jeung|eh) (?:oh iya|oiya|o iya|satu lagi)|(?:hm+|eh|oh)[\s,.]+(?:sama|sm|dan|trus|terus)(?: itu| tuh)?(?: pak| bu| min)?|jeung (?:deui|eta)|beda (?:urusan|masalah|soal)|(?:urusan|perkara|soal|keluhan|laporan) (?:lain|lainnya|kedua|satunya)(?:nya)?|plus|sebagai tambahan|di ?samping itu|begitu juga|udah gitu|sudah gitu|(?:yang|yg) (?:kedua|ketiga)|,\s*kedua(?:nya)?|besides|another thing)[\s,:]+`)
	alsos = regexp.MustCompile(`(?i)(?:[,.;!?]\s*|\s+|^)(?:terus|trus|trs|truss|teros|tros|tuluy|tuluyna|also|and also)(?: juga| lagi| tuh| itu)?\s+`)
	// joints join; "sama" is "with" and "by" as well, and "karo" and "jeung" are its neighbours in the languages of the region.
	joints = regexp.MustCompile(`(?i),?\s+(?:dan|dan juga|and|sama|sama juga|sm|jeung|sareng|karo|lan|n|&|\+)(?: itu| juga)?\s+`)
	commas = regexp.MustCompile(`,\s*|\s+[-–—]+\s+|;\s*`)
	stops  = regexp.MustCompile(`[.!?;…]+\s+|\n+`)
	placed = regexp.MustCompile(`(?i)(?:^|\b)(?:di|didepan|depan|dpn|dekat|deket|dkt|ujung|sepanjang|jl|jln|jalan raya|gang|komplek|perum|blok|rt|on|near|in|at|ning|neng|teng|nang|dina)\s+\w`)
	// ill is what is wrong with something, or that it be put right: a sentence without it tells on.
	ill = regexp.MustCompile(`(?i)\b(?:mati|padam|rusak|bolong|(?:ber)?lubang|lobang|mampet|tersumbat|(?:me)?numpuk|menggunung|berserakan|diangkut|ngangkut|diambil|bau|retak|pecah\w*|bocor|(?:h?ancur)|liar|` +
		`patah|copot|putus|nutup\w*|menutup\w*|menjuntai|ambles|amblas|tumbang|fall\w*|fell|roboh|ambruk|miring|macet|keruh|gelap|hilang|ilang|dipersulit|lelet|jutek|pungli|sembarangan|maksa|bolos|ganggu\w*|berkeliaran|jebol|longsor|meluap|` +
		`kotor|nyengat|ngalir|bergelombang|awon|butut|banjir|kebanjiran|becek|ancur|mohon|tolong|per?baik\w*|broken|dead|potholes?|collected|piling|brown|out|please|(?:ga|gak|ngga|nggak|kaga|kagak|tidak|tdk|blm|belum|belom|blom|teu|henteu|ora|ore|durung)(?: pernah| juga| bisa)? (?:di)?\w+)2?\b`)
	// effect is what tells what came of it.
	effect  = regexp.MustCompile(`(?i)\b(?:jadi\w*|sampai|sampe|bikin|akibat\w*|sehingga|karena|krn|gara\W?gara|kalo|kalau|klo|yen|because|so that|so my|so the)\b`)
	unready = regexp.MustCompile(`(?i)\b(?:belum|blm|ga|gak|nggak|ngga|tidak|tdk|teu acan)\s+jadi\w*`)
	// acts is what somebody does of his own: no hole in a road brings it about.
	acts = regexp.MustCompile(`(?i)\b(?:ngetem|mangkal|ugal\w*|ngebut|sembarangan|sembarang|semaunya|melawan arus|ngelawan arus)\b`)
	// besides is what says in a sentence that it tells of something more.
	besides = regexp.MustCompile(`(?i)\b(?:juga|jg|also|too|oge|uga)\b`)
	// there is what leans on the place that was told before.
	there = regexp.MustCompile(`(?i)\b(?:situ|sana|sebelahnya|depannya|sekitarnya|belakangnya|sampingnya|dekatnya|there|same place)\b`)
	// field is how a line of a form begins that tells a circumstance, and pleads how one that only asks.
	field = regexp.MustCompile(`(?i)^(?:lokasi|tempat|alamat|nama|pelapor|waktu|sejak|dari|tanggal|hari|jam|keterangan|patokan|titik|foto|no|nomor|kontak|hp|rt|rw|akibat|dampak|penyebab|harapan|solusi|` +
		`permintaan|sudah|udah|semua|where|when|since|name|address|both|all)\w*\s*[:=]?(?:\s|$)`)
	pleads = regexp.MustCompile(`(?i)^(?:mohon|tolong|minta|harap|please)\s+(?:\w+\s+){0,2}(?:di\w+|bantu\w*|segera\w*|help)\s*(?:\w+\s*)?$`)
	// back is how what speaks of the same thing begins: its cause, its effect, a part of it.
	back = regexp.MustCompile(`(?i)^(?:sekarang|kemarin|akhirnya|di sana|disana|di situ|akibat\w*|sehingga|jadi\w*|karena|krn|karna|makanya|padahal|tapi|tetapi|sampai|sampe|supaya|agar|kalo|kalau|klo|yen|kadang|bau|` +
		`baunya|it|this|so|because|\w+nya)\b`)
	// onward is what follows where "terus" is "all the time".
	onward = regexp.MustCompile(`(?i)^(?:di|ke|dari|tiap|setiap|aja|saja|menerus|sampai|selama|sepanjang|sama)\b`)
	// announces says how many there are; what stands before it, and it, tells of none.
	announces = regexp.MustCompile(`(?i)^[^:,.\n]{0,40}?(?:\b(\d|dua|tiga|empat|lima|two|three|four|beberapa|several|a few|bbrp)\s*(?:hal|perkara|masalah|laporan|keluhan|aduan|pengaduan|problems?|things|issues?|reports?|complaints?)\b|` +
		`\b(?:lapor|laporan|laporan saya)\s+(\d)\b|\b(?:lapor|laporan saya|laporan|keluhan saya|aduan saya|keluhan kami)\s*(?::|ya|nih))[^:,.\n]{0,25}?(?:[:,.\n]|\s-)\s*`)
)

// seams are what a message is taken apart at, the surest first.
var seams = [...]struct {
	at   *regexp.Regexp
	kind seam
}{{turns, turn}, {alsos, also}, {stops, stop}, {commas, comma}, {joints, joint}}

// barely are the places of numbers from one upwards with nothing behind them, as regexp gives them; nil where they count no lines.
func barely(text string) (cuts [][]int) {
	const near = 16 // bytes before a number, in which its word stands
	for _, c := range bare.FindAllStringSubmatchIndex(text, -1) {
		if numbers.MatchString(text[max(0, c[2]-near):c[2]]) || amount.MatchString(text[c[3]:]) {
			return nil // "rt 1 jalan rusak rt 2 lampu mati", "2 minggu sampah ga diangkut"
		}
		if int(text[c[2]]-'0') == len(cuts)+1 {
			cuts = append(cuts, []int{c[0], c[3]})
		}
	}
	return cuts
}

// enumerated are the matters of a message that tells three or more in a row, each in a few words between commas: what a reader hears surely in each
// of them, and none of which brings another about. What stands before goes with the first, what comes after with the last.
func enumerated(r Reader, text string) []Part {
	var pieces []Part
	for _, sentence := range stops.Split(text, -1) {
		for _, p := range commas.Split(sentence, -1) {
			if p = tidy(p); len(strings.Fields(p)) >= leastWords {
				pieces = append(pieces, Part{p, r.Read(p)})
			} else if p != "" {
				pieces = append(pieces, Part{Text: p}) // tells no matter: it need not be read
			}
		}
	}
	from, to := 0, 0
	for i := range pieces {
		end := i
		for end < len(pieces) && further(pieces[i:end], pieces[end]) {
			end++
		}
		if end-i > to-from {
			from, to = i, end
		}
	}
	if to-from < 3 {
		return nil
	}
	out := pieces[from:to]
	join := func(some []Part) string {
		var all []string
		for _, p := range some {
			all = append(all, p.Text)
		}
		return strings.Join(all, ". ")
	}
	if from > 0 {
		out[0].Text = join(pieces[:from+1])
	}
	if to < len(pieces) {
		out[len(out)-1].Text = join(pieces[to-1:])
	}
	return out
}

// further reports whether a piece tells another matter than all before it.
func further(before []Part, p Part) bool {
	if p.sure() < stopFrom || p.Reading.Unheard || back.MatchString(p.Text) || effects(p.Text) {
		return false
	}
	for _, b := range before {
		if b.Category() == p.Category() || kin(b.Category(), p.Category()) {
			return false
		}
	}
	return true
}

// announced are the matters of a message that says beforehand how many there are; nil where it does not, or where as many are not heard.
func announced(r Reader, text string) []Part {
	at := announces.FindStringSubmatchIndex(text)
	if at == nil {
		return nil
	}
	want := 0 // any number
	for _, g := range [...]int{2, 4} {
		if at[g] >= 0 {
			want = counted(text[at[g]:at[g+1]])
		}
	}
	if want == 1 {
		return nil
	}
	all := []string{tidy(text[at[1]:])}
	for _, cut := range [...]*regexp.Regexp{numbered, ordinal, turns, alsos, stops, joints, commas} {
		var out []string
		for _, piece := range all {
			for _, p := range cut.Split(piece, -1) {
				if p = tidy(p); p != "" {
					out = append(out, p)
				}
			}
		}
		lines := gathered(r, out)
		if n := len(lines); n > 1 && (n == want || want == 0) {
			return lines
		}
		all = out
	}
	return nil
}

// counted is how many a word says there are, 0 for some.
func counted(w string) int {
	if n, err := strconv.Atoi(w); err == nil {
		return n
	}
	switch strings.ToLower(w) {
	case "dua", "two":
		return 2
	case "tiga", "three":
		return 3
	case "empat", "four":
		return 4
	case "lima":
		return 5
	}
	return 0
}

// gathered makes matters of pieces: what tells none goes with the one before.
func gathered(r Reader, pieces []string) []Part {
	var lines []Part
	for _, p := range pieces {
		lines = append(lines, Part{p, r.Read(p)})
	}
	lines = merged(r, told(r, lines))
	for _, l := range lines {
		if l.sure() < numberFrom {
			return nil
		}
	}
	return lines
}
