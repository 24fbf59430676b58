package desk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// spoken reads what an officer replied to a card in place of a command: a choice in other words ("ambil pak"), a verb with
// what belongs to it ("teruskan ke dishub aja", "selesai pak ini fotonya"), or a nod and a word to a colleague, which must
// never reach the citizen as an answer (Unsure). The zero Command is an answer.
func (p parser) spoken(r report.Report, c Command) Command { return p.weigh(c, p.bySaid(r, c)) }

// bySaid is spoken by the word lists alone.
func (p parser) bySaid(r report.Report, c Command) Command {
	if v := p.onCard(r, c); v != Silent {
		return Command{Verb: v, Bare: true}
	}
	if other, ok := p.around(c); ok {
		return other
	}
	verb, rest := p.verbs.opens(c.Words)
	if (withheld(c.Words) || !c.media() && onlyGreets(c.Words)) && (verb == Silent || reads(verb)) {
		c.Verb = Unsure
		return c
	}
	if said := strings.TrimSuffix(c.Words, rest); verb == Ask && !forColleague(rest) && !strings.ContainsAny(lastOfTrimmed(said), ",.;:") && !namesCitizen(said) {
		rest, _ = offAddressee(rest)
	}
	if verb == Reply && rest != "" || verb == Open || verb == Identity { // "balas: sudah kami cek"
		return p.opened(c, p.verbs.row(verb), rest)
	}
	among := amongColleagues(c.Words)
	if !among && (verb != Reject && verb != Reopen && toCitizen(c.Words) || (verb == Silent || verb == Plan) && visits(c.Words)) {
		return Command{}
	}
	if verb != Silent {
		return p.opened(c, p.verbs.row(verb), rest)
	}
	if hint, ok := p.spokenOf(c); ok {
		return hint
	}
	if f := bot.Fold(c.Words); !c.media() && p.toThem(f) { // "ini ke perkim saja pak"
		return hinted(p.profile, c, Forward)
	}
	if c.media() && !among && (c.Words == "" || !aside(p.lexicon, c.Words) || counts(p.lexicon, c.Words)) {
		return Command{}
	}
	if among || begsWork(c.Words) || !speaks(c.Words) && (aside(p.lexicon, c.Words) || !tells(c.Words)) || asksCitizen(c.Words) && !c.media() {
		c.Verb = Unsure
		return c
	}
	return Command{}
}

// onlyGreets reports whether words say good day and nothing else: no citizen was answered by them, nor is a clock stopped.
func onlyGreets(text string) bool {
	words := strings.Fields(bot.Fold(text))
	hails := false
	for _, w := range words {
		switch w {
		case "halo", "hallo", "hai", "hi", "hello", "selamat", "pagi", "siang", "sore", "malam", "assalamualaikum", "assalamu", "asalamualaikum", "ass", "aslm", "waalaikumsalam", "wassalamualaikum",
			"wilujeng", "enjing", "sonten", "sugeng", "enjang", "dalu", "sampurasun", "rampes", "punten", "permisi", "met", "morning", "good", "afternoon", "evening":
			hails = true
		case "alaikum", "wr", "wb", "warahmatullahi", "wabarakatuh", "semua", "semuanya", "rekan", "teman", "bapak", "ibu", "saudara", "dan", "all", "admin":
		default:
			if !particle(w) {
				return false
			}
		}
	}
	return hails
}

// toThem reports whether few words name an office and that it alone is meant.
func (p parser) toThem(folded string) bool {
	const most = 6
	if words := strings.Fields(folded); len(words) > most || !slices.ContainsFunc(words, func(w string) bool { return w == "saja" || w == "aja" || w == "harusnya" || w == "wae" || w == "bae" }) {
		return false
	}
	arg, _ := officeLater(p.profile, folded)
	return arg != ""
}

// onCard finds the button of a card that words mean and say no more than that. A place in an answer ("yang kedua kami ganti besok")
// is none, and behind a number no card was looked at.
func (p parser) onCard(r report.Report, c Command) Verb {
	if r.ID == 0 || c.media() {
		return Silent
	}
	m := p.verbs.card(p.profile, r)
	if m == nil {
		return Silent
	}
	if f := bot.Fold(c.Words); f == "lanjut" || f == "lanjutkan" { // on with what?
		return Silent
	}
	v := p.lexicon.Match(*m, c.Words, answer.Asked{Numbered: true, Free: true})
	if !v.OK {
		return Silent
	}
	if rest := p.lexicon.Read(c.Words).Rest; p.numberAndMore(c.Words) || rest != nil && (tells(c.Words) || p.orders(c.Words)) {
		return Silent
	}
	verb := p.verbs.named(v.Choice.ID)
	if other, _ := p.verbs.opens(c.Words); other != Silent && other != verb {
		return Silent // "bukan bidang saya" is no slip of "gabung", nor "diproses" of "teruskan"
	}
	if dropsTale(p.verbs.row(verb), c.Words) {
		return Silent
	}
	return verb
}

// orders reports whether words are a verb with more beside it, or speak of one: what they say besides the verb is its reason.
func (p parser) orders(words string) bool {
	verb, rest := p.verbs.opens(words)
	return verb != Silent && rest != "" || verb == Silent && len(strings.Fields(words)) > 2 && hints(words) != Silent
}

// numberAndMore reports whether words hold a number, and tell something beside it.
func (p parser) numberAndMore(words string) bool {
	s := p.lexicon.Read(words)
	return (s.Number != 0 || strings.ContainsAny(words, "0123456789")) && (s.Long || len(s.Rest) > 0)
}

// speaks reports whether words are an office's own: "besok kami cek pak".
func speaks(text string) bool {
	return strings.Contains(" "+bot.Fold(text)+" ", " kami ")
}

// tells reports whether words may be an answer to a citizen: they are polite to somebody, tell what was done or will be, or are
// too long for a call across the room. What does not is asked about, which costs an officer one press; sent, it cannot be
// called back once it was read.
func tells(text string) bool {
	words := strings.Fields(bot.Fold(text))
	if len(words) >= 14 || len(words) == 1 {
		return len(words) > 1
	}
	for i, w := range words {
		switch w {
		case "bapak", "ibu", "saudara", "kakak", "maaf", "punten", "terima", "makasih", "terimakasih", "nuhun", "nggih", "silakan", "silahkan", "akan", "sudah", "sdh",
			"telah", "sedang", "bade", "badhe", "will", "thank", "dear", "please", "besok", "lusa", "dijadwalkan", "petugas", "regu", "teknisi", "syarat", "syaratnya", "menunggu",
			"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "hari":
			return true
		case "mohon", "segera": // "mohon arahan", "segera ditindaklanjuti" may be said to a colleague
			if len(words) >= 4 || i+1 < len(words) && (words[i+1] == "maaf" || words[i+1] == "bersabar" || words[i+1] == "ditunggu") {
				return true
			}
		case "ini": // "sore ini", "malam ini"
			if i > 1 && (words[i-1] == "pagi" || words[i-1] == "siang" || words[i-1] == "sore" || words[i-1] == "malam") {
				return true
			}
		case "pak", "bu":
			if i == 0 || i == len(words)-1 {
				return len(words) >= 5
			}
		}
		if len(w) > 5 && strings.HasPrefix(w, "di") && !strings.HasPrefix(w, "dis") && !strings.HasPrefix(w, "din") && w != "dimana" && len(words) >= 4 {
			return true // "lampunya diganti malam ini" tells what is done; Dishub, Disdukcapil and Dinkes are offices
		}
	}
	return false
}

// amongColleagues reports whether words are meant for the room, however they are put.
func amongColleagues(text string) bool {
	if withheld(text) {
		return true
	}
	folded := bot.Fold(text)
	said := " " + folded + " "
	for _, cue := range [...]string{" fyi ", " jangan dibales ", " jangan dibalas ", " jgn dibales ", " jgn dibalas ", " gak usah dibales ", " ga usah dibales ", " ga usah dibalas ", " tidak usah dibalas ",
		" udah dihandle ", " sudah dihandle ", " kayanya ", " kayaknya ", " kyknya ", " prioritaskan ", " warganya ", " warga mana ", " warga rewel ", " warga ini ", " pelapornya ", " orangnya ", " tim kita ",
		" punya kita ", " anak anak ", " gabung sama ", " gabungkan ", " digabung ", " dobel ", " duplikat ", " nyebelin ", " cerewet ", " rewel ", " jangan bilang ", " kita "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	raw, words := strings.Fields(text), strings.Fields(folded)
	if len(raw) < 3 || len(words) < 3 {
		return false
	}
	switch words[0] {
	case "pak", "bu", "mas", "mbak", "kang", "bang", "bro", "ndan":
		if !named(raw[1]) {
			return false
		}
		for _, w := range words[2:] {
			switch w {
			case "tolong", "tlg", "cek", "coba", "liat", "lihat", "gimana", "tangani", "handle", "pantau", "monitor", "minta", "siapin", "urus", "bantu":
				return true // "Pak Yudi tolong cek"
			}
		}
	}
	return false
}

// named reports whether a word is written as a name is.
func named(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && strings.ToUpper(word) != word
}

// toCitizen reports whether words speak to the citizen, or of what the office itself does: then they are an answer, whatever
// verbs stand in them ("akan kami teruskan ke PLN").
func toCitizen(text string) bool {
	said := " " + bot.Fold(text) + " "
	for _, cue := range [...]string{" anda ", " bapak ibu ", " bpk ibu ", " kakak ", " mohon maaf ", " terima kasih atas ", " terima kasih sudah ", " terima kasih laporan", " sudah kami ", " akan kami ",
		" kami sudah ", " kami akan ", " telah kami ", " kami telah ", " tim kami ", " petugas kami ", " regu kami ", " segera kami ", " sedang kami ", " kami sedang ", " silakan ", " silahkan ",
		" laporan bapak ", " laporan ibu ", " laporannya sudah ", " petugas sedang ", " petugas akan ", " tim akan ", " tim sudah ", " regu sudah ", " selamat pagi ", " selamat siang ", " selamat sore "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// hints finds the verb that the words of people among themselves speak of, wherever it stands. Who names the citizen ("pelapornya")
// does not speak to him or her.
func hints(text string) Verb {
	words := strings.Fields(bot.Fold(text))
	has := func(stems ...string) bool {
		for _, w := range words {
			for _, s := range stems {
				if strings.HasPrefix(w, s) {
					return true
				}
			}
		}
		return false
	}
	said := " " + strings.Join(words, " ") + " "
	third := has("pelapor", "warganya", "orangnya", "wargane", "nu lapor")
	switch {
	case has("tupoksi", "kewenangan", "wewenang", "ranah") || strings.Contains(said, " asetnya ") || strings.Contains(said, " bukan kami ") || strings.Contains(said, " masuk kami ") ||
		has("urusan") && has("bukan", "lain", "dudu", "sanes", "teu"):
		return NotOurs
	case has("pelapor") && has("nomor", "no", "nope", "hp", "kontak", "identitas", "namanya") && has("minta", "butuh", "perlu", "lihat", "boleh") && !has("tanya", "suruh", "foto", "kirim"):
		return Identity
	case has("catat", "catet", "intern", "note") && words[0] != "noted":
		return Note
	case third && has("minta", "tanya", "takon", "konfirm", "suruh", "coba", "tulung", "mintain"), has("tanyakan", "ditanya", "takoni", "ditakon", "konfirmasi", "mintain", "tanya"):
		return Ask
	case has("disposisi", "didisposisi"):
		return Dispose
	case has("oper", "over", "alih", "forward", "geser", "naikin", "terus", "diterus", "lempar", "limpah", "pindah", "serahkan", "dioper") && has("ke", "ka", "ning", "dateng", "teng", "maring"):
		return Forward
	case has("rencan", "direncan", "jadwal", "dijadwal", "pending", "anggar", "dianggar", "agenda", "diagenda"):
		return Plan
	case has("hoaks", "hoax", "tolak", "ditolak", "iseng", "palsu", "spam", "iklan") || has("terima", "diterima", "ditarima", "diproses") && has("usah", "ulah", "jangan", "ora", "tidak", "ga", "gak", "teu"):
		return Reject
	case strings.Contains(said, " tandai selesai") || strings.Contains(said, " set selesai") || has("finish", "evidence", "rampung", "closed", "close"):
		return Resolve
	case has("tangani", "nangani", "handle", "pegang", "cokot", "nyokot", "garap") && len(words) <= 8 && oneself(words), strings.Contains(said, " masuk saya "):
		return Take
	case third:
		return Unsure
	}
	return Silent
}

// oneself reports whether words name who writes them, or begin with what is done: "pln yang pegang" takes nothing.
func oneself(words []string) bool {
	for i, w := range words {
		switch w {
		case "saya", "sy", "aku", "ane", "gua", "gue", "gw", "kami", "kita", "kite", "kuring", "urang", "abdi", "kula", "kulo", "biar":
			return true
		case "tangani", "handle", "pegang", "garap", "cokot":
			if i == 0 {
				return true
			}
		}
	}
	return false
}

// asksCitizen reports whether words want something of a citizen, or to know it.
func asksCitizen(text string) bool {
	said := " " + bot.Fold(text) + " "
	for _, cue := range [...]string{" mohon info ", " mohon informasi ", " minta info ", " mohon alamat", " minta alamat", " mohon kirim", " minta foto", " mohon foto", " boleh minta ", " bisa minta ", " boleh tahu ", " boleh tau ",
		" di mana ya ", " dimana ya ", " sebelah mana ", " patokannya di mana ", " patokannya dimana ", " jam berapa ya ", " nomor berapa ya ", " rt berapa ", " sejak kapan "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return strings.HasSuffix(strings.TrimSpace(text), "?") || begs(bot.Fold(text))
}

// begs reports whether few words beg somebody for what only who reported can send or tell: "tolong kirim titik lokasi pastinya dong bu".
func begs(folded string) bool {
	const most = 14
	words := strings.Fields(folded)
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	gives := has("kirim", "kirimin", "kirimkan", "krm", "share", "shareloc", "sharelok", "serlok", "fotoin", "fotokan", "sebutkan", "sebutin", "infokan", "infoin", "kasih", "lampirkan", "tuliskan", "jelaskan", "jelasin", "detailkan")
	thing := has("lokasi", "lokasinya", "titik", "titiknya", "titik2nya", "alamat", "alamatnya", "patokan", "patokannya", "foto", "fotonya", "video", "videonya", "nomor", "nomer", "nomornya", "nomernya", "rt", "shareloc", "sharelok", "serlok",
		"posisi", "posisinya", "koordinat", "koordinatnya", "detail", "detailnya", "jam", "jamnya", "tempat", "tempatnya", "pastinya")
	politely := has("tolong", "tlg", "mohon", "minta", "bisa", "bs", "boleh", "coba", "dong", "donk", "ya", "pak", "bu", "kak", "mas", "mbak", "silakan", "silahkan")
	where := len(words) <= 8 && has("dimana", "dmn", "dmna", "mana") && has("ya", "pak", "bu", "kak", "mas", "mbak", "itu", "pastinya", "tepatnya", "persisnya", "lokasinya", "titiknya")
	own := has("kami", "sudah", "sdh", "udah", "akan") // what an office does itself is an answer
	return len(words) <= most && !own && (gives && thing && politely || where)
}

// hinted makes a command of words in which a verb stands somewhere: what the words do not say for certain is asked for.
func hinted(p *profile.Profile, c Command, verb Verb) Command {
	bare := Command{Verb: verb, Photos: c.Photos, Files: c.Files, Album: c.Album, Bare: !c.media()}
	switch verb {
	case Unsure:
		c.Verb = Unsure
		return c
	case Note:
		if noted(c.Words) {
			c.Verb = Unsure
			return c
		}
	case NotOurs:
		bare.Words, bare.Bare = c.Words, false
		if rejects(c.Words) >= 0 {
			return hinted(p, c, Reject)
		}
	case Reject:
		bare.Said = withoutRejecting(c.Words)
		bare.Arg, bare.Words = splitReason(p, bare.Said)
		bare.Bare = bare.Bare && bare.Arg == "" && bare.Words == ""
	case Plan:
		if dated(c.Words) { // it tells when: it may be an answer, too
			bare.Words, bare.For, bare.Bare = c.Words, Plan, false
		}
	case Dispose: // who is meant is asked
	case Forward:
		if arg, _ := officeLater(p, c.Words); arg != "" {
			bare.Arg, bare.Bare = arg, false
		}
	}
	return bare
}

// nods reports whether an answer says no more than yes, no or "later".
func nods(s answer.Said) bool {
	if len(s.Rest) > 0 || s.Long || s.Empty {
		return false
	}
	for _, m := range s.Means {
		switch m {
		case answer.Yes, answer.No, answer.Dont, answer.Good, answer.Later:
		default:
			return false
		}
	}
	return true
}

// counts reports whether words are a number and nothing else: under a picture they count pictures.
func counts(lx *answer.Lexicon, text string) bool {
	s := lx.Read(text)
	said := bot.Fold(text)
	return nods(s) && len(s.Means) == 0 && said != "" && said != "86" && !strings.Contains(said, " ")
}

// aside reports whether words are no answer to a citizen: a nod, or something said to a colleague.
func aside(lx *answer.Lexicon, text string) bool {
	if nods(lx.Read(text)) {
		return true // "siap", "iya pak", "👍"
	}
	words := strings.Fields(bot.Fold(text))
	if len(words) == 0 || strings.HasPrefix(strings.TrimSpace(text), "@") {
		return true
	}
	if len(words) <= 6 && strings.HasSuffix(strings.TrimSpace(text), "?") {
		return true // a question: whose?
	}
	switch words[0] {
	case "gimana", "kok", "kumaha", "piye", "kepriben", "nanti", "engke", "mengko", "besok", "rapat", "baik", "siap":
		if len(words) <= 5 {
			return true
		}
	}
	for i, w := range words {
		switch w {
		case "ndan", "komandan", "danru", "kabid", "kasi", "monitor", "rojer", "roger", "86", "mangkat", "merapat", "noted", "copy", "gass", "gaskeun":
			return true
		case "dicek", "cek", "coba", "liat", "lihat", "tolong", "siapa":
			if i == 0 && len(words) <= 7 || i == 1 && (words[0] == "nanti" || words[0] == "besok" || words[0] == "coba" || words[0] == "tolong") && len(words) <= 5 {
				return true
			}
		}
	}
	return false
}
