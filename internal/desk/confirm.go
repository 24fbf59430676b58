package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// What a citizen reads as an end, or what its officer may not have meant, waits for a yes. The words and the object of the verb stand in the
// letter that asks.

// confirmMenu asks whether a verb is meant as it stands.
func (k kept) confirmMenu(code report.Code) bot.Menu {
	m := bot.Menu{ID: unsureKind + "." + string(code), Columns: 2, Choices: []bot.Choice{
		{ID: string(k.For), Label: yesTo(k.For), Also: "ya|iya|betul|benar|lanjut|tetap|ya " + string(k.For)},
	}}
	if len(k.Also) > 0 {
		m.Choices[0].Label, m.Choices[0].Also = "💬 Ya, ke dua-duanya", "ya|iya|ya dua-duanya|dua-duanya|semua|kirim"
	}
	if k.Over {
		m.Choices[0].Label, m.Choices[0].Also = "💬 Kirim saja", "kirim|kirim saja|kirim aja|tetap kirim"
		if k.Again != "" {
			m.Choices = append(m.Choices, bot.Choice{ID: string(k.Again), Label: "🔁 Buka lagi, lalu kirim", Also: "buka lagi|buka|buka lagi aja|buka lagi lalu kirim|dibuka lagi"})
		}
	}
	switch {
	case k.Told:
		return bot.Menu{ID: m.ID, Columns: m.Columns, Choices: append(m.Choices, bot.Choice{ID: string(Dropped), Label: "✖️ Belum", Also: "belum|blm|belum selesai|tidak|batal|ga jadi|jangan|nanti"})}
	case k.Guessed:
		m.Choices = append(m.Choices, bot.Choice{ID: string(Reply), Label: "💬 Kirim ke warga", Also: "kirim|kirim saja|kirim aja|jawaban"})
		if k.For != Note && k.Words != "" {
			m.Choices = append(m.Choices, bot.Choice{ID: string(Note), Label: "📝 Catat saja", Also: "catat|catatan|simpan"})
		}
	case k.For == Note:
		m.Choices[0].Label, m.Choices[0].Also = "📝 Ya, catat", "ya|iya|catat|catatan|simpan"
	case k.For == Plan && k.Arg == "" && k.Words != "":
		m.Choices = append(m.Choices, bot.Choice{ID: string(Reply), Label: "💬 Kirim sebagai jawaban", Also: "kirim|jawaban|kirim saja|kirim sebagai jawaban"})
	case k.Words != "":
		m.Choices = append(m.Choices, bot.Choice{ID: string(Note), Label: "📝 Catat saja", Also: "catat|catatan|simpan"})
	}
	return bot.Menu{ID: m.ID, Columns: m.Columns, Choices: append(m.Choices, bot.Choice{ID: string(Dropped), Label: "✖️ Tidak jadi", Also: "batal|tidak|tidak jadi|ga jadi|gak jadi|jangan"})}
}

// yesTo is the button by which a verb goes on.
func yesTo(v Verb) string {
	switch v {
	case Reject:
		return "⛔ Ya, tolak"
	case Resolve:
		return "✅ Ya, selesai"
	case Plan:
		return "🗓 Ya, rencanakan"
	case Ask:
		return "❓ Ya, tanyakan"
	case Reply:
		return "💬 Ya, kirim"
	case Transfer:
		return "🤝 Ya, alihkan"
	case Forward:
		return "➡️ Ya, teruskan"
	case Take:
		return "✋ Ya, ambil"
	case NotOurs:
		return "↩️ Ya, kembalikan"
	case Merge:
		return "🔗 Ya, gabung"
	case Identity:
		return "🪪 Ya, lihat"
	case Note:
		return "📝 Ya, catat"
	}
	return "Ya"
}

// confirm asks whether something is meant, and keeps what it needs.
func (h *handling) confirm(r report.Report, k kept, text string) {
	menu := k.menu(r.Code)
	h.ask(r, k.intent(), text, &menu)
	h.notice = "Pastikan dulu di bawah ini."
}

// remarked asks whether words that replied to the question of a verb, and sound like words to a colleague, are what the citizen is to read.
func (h *handling) remarked(c Command, r report.Report, by report.Actor) error {
	if err := h.office.Permit(r, by, report.Note{Words: c.Words}); err != nil {
		return err
	}
	k := kept{Words: c.Words, For: c.For, Arg: c.Arg}
	h.confirm(r, k, fmt.Sprintf("Belum saya pakai: %s.\nTerbaca seperti pesan untuk rekan. Itu yang dibaca warga (%s)? Kalau bukan, balas pesan ini dengan kata-kata untuk warga.", k.shown(h.secret(r)), r.Code))
	return nil
}

// remark reports whether a reply to a question is said to a colleague, or only says that somebody waits or asks: "sebentar saya tanya kabid dulu".
func (p parser) remark(text string) bool {
	return amongColleagues(text) || aside(p.lexicon, text) || holdsOn(text) || ofReporter(text)
}

// holdsOn reports whether words only say that the answer comes later, or that somebody else is asked first.
func holdsOn(text string) bool {
	words := strings.Fields(bot.Fold(text))
	for len(words) > 0 && polite(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 {
		return false
	}
	const most = 8
	switch words[0] {
	case "sebentar", "bentar", "bntr", "sbntr", "tunggu", "tggu", "wait", "ntar", "tar", "nanti", "nnti", "antosan", "sek", "sik", "engke", "sabar", "lagi", "masih":
		return len(words) <= most
	}
	said := " " + strings.Join(words, " ") + " "
	for _, cue := range [...]string{" saya tanya ", " sy tanya ", " aku tanya ", " kami tanya dulu ", " tanya dulu ", " saya cek dulu ", " sy cek dulu ", " saya konfirmasi ", " konfirmasi dulu ", " saya koordinasi ", " koordinasi dulu ", " saya diskusi ",
		" diskusi dulu ", " rapat dulu ", " saya laporkan ke ", " menunggu arahan ", " nunggu arahan ", " tunggu arahan ", " minta arahan ", " mohon arahan ", " mohon petunjuk ", " izin bertanya ", " ijin bertanya ", " saya pikir dulu ", " mikir dulu "} {
		if strings.Contains(said, cue) {
			return len(words) <= most
		}
	}
	return false
}

// ofReporter reports whether words speak of the citizen to somebody else: "tetangganya si pelapor itu yang salah".
func ofReporter(text string) bool {
	said := " " + bot.Fold(text) + " "
	for _, cue := range [...]string{" si pelapor ", " pelapor itu ", " pelapor ini ", " pelapornya ", " yg lapor ", " yang lapor ", " orang ini ", " orang itu ", " warga itu ", " warga ini ", " warganya ", " orangnya ", " si warga "} {
		if strings.Contains(said, cue) {
			return true
		}
	}
	return false
}

// insult reports whether words that are to explain a refusal only belittle: nobody is told by that what was wrong with a report.
func insult(text string) bool {
	bare := false
	plain := strings.NewReplacer("cari perhatian", "caper", "omong kosong", "bohong", "mengada ada", "ngaco", "ngada ngada", "ngaco", "kurang kerjaan", "iseng", "banyak drama", "drama").Replace(bot.Fold(text))
	for w := range strings.FieldsSeq(plain) {
		switch w {
		case "iseng", "isengan", "ngaco", "ngaconya", "lebay", "caper", "prank", "ngeprank", "ngawur", "halu", "gila", "goblok", "goblog", "tolol", "bego", "bodoh", "becanda", "bercanda", "alay", "manja", "rewel", "cerewet",
			"bohong", "ngibul", "hoax", "hoaks", "palsu", "spam", "sampah", "norak", "receh", "drama", "nyampah", "stres", "sinting", "bacot", "gabut":
			bare = true
		case "orang", "orangnya", "warga", "warganya", "pelapor", "pelapornya", "laporan", "laporannya", "doang", "banget", "bgt", "amat", "bukan", "cuma", "cuman", "hanya", "paling", "nih", "sih", "kok", "lah", "ah", "terus", "dasar", "emang", "memang",
			"jelas", "tuh", "karena", "krn", "soalnya":
		default:
			if !polite(w) {
				return false
			}
		}
	}
	return bare
}

// explained sees that what a citizen reads of a refusal tells why, and that an alarm is not refused by the way. asked says that a letter
// asks first.
func (h *handling) explained(a report.Reject, c Command, on subject) (asked bool) {
	code := string(on.report.Code)
	why, _ := h.office.Profile.Rejection(a.Reason)
	switch {
	case insult(c.Words):
		h.ask(on.report, string(Reject)+":"+a.Reason, fmt.Sprintf("%s belum ditolak. Warga membaca kata-kata Anda: apa yang harus dibacanya? Balas pesan ini dengan penjelasan, misalnya: kami sudah ke lokasi, yang dilaporkan tidak ada.", code), nil)
	case why.Outside && on.report.Owner == "" && !c.Held && h.answersReject(a.Reason) && len(h.office.Profile.Owners) > 0 && a.Words != "" && !h.namesOwner(c.Words):
		h.ask(on.report, string(Reject)+":"+a.Reason+reasonLead+c.Words, fmt.Sprintf("%s belum ditolak: belum ada nama yang berwenang.%s Siapa yang berwenang? Balas pesan ini dengan namanya, misalnya: %s.", code,
			h.reasonShown("Penjelasan untuk warga", c.Words, on.report), h.office.Profile.Owners[0].Short), nil)
	case on.report.Emergency && !c.Held:
		k := kept{Words: c.Words, For: Reject, Arg: a.Reason}
		if c.media() {
			k.Photos, k.Files = c.Photos, c.Files
		}
		h.confirm(on.report, k, fmt.Sprintf("🚨 %s masuk sebagai kemungkinan darurat. Sudah dipastikan tidak ada bahaya? Warga akan membaca: %s.\nTetap tolak?", code, k.shown(h.secret(on.report))))
	default:
		return false
	}
	h.notice = "Balas pesan bot di bawah ini."
	return true
}

// answersReject reports whether the message replies to the question for the words of a reason, for the first time.
func (h *handling) answersReject(reason string) bool {
	return h.to.Intent == string(Reject)+":"+reason
}

// namesOwner reports whether words name somebody outside the government, wherever the name stands.
func (h *handling) namesOwner(text string) bool {
	words := strings.Fields(text)
	for i := range words {
		if codes, _ := FindOwner(h.office.Profile, strings.Join(words[i:], " ")); len(codes) > 0 {
			return true
		}
	}
	return false
}

// fitting is a handing over to somebody outside, asked about first where the profile does not know the matter for theirs. Who has their
// number of it has told them already.
func (h *handling) fitting(owner, rest string, c Command, on subject) (report.Action, bool, error) {
	number, why := theirNumber(rest)
	a := report.Transfer{Owner: owner, Number: number, Why: why}
	r := on.report
	if c.Held || number != "" || r.Status == report.Transferred || r.Owner == owner || h.office.Profile.Fits(owner, r.Category, r.Text, why) {
		return a, false, nil
	}
	if err := h.office.Permit(r, on.by, a); err != nil {
		return nil, false, err
	}
	what := h.office.CategoryName(r.Category)
	if what == "" {
		what = "Laporan ini"
	}
	h.confirm(r, kept{Words: rest, For: Transfer, Arg: owner}, fmt.Sprintf("%s: %s bukan urusan %s menurut daftar. Tetap alihkan?", r.Code, what, h.office.OwnerName(owner)))
	return nil, true, nil
}

// theirs finds whose matter words say that it is: of one outside the government ("ini punya provinsi, jalan provinsi"), to whom it is
// transferred, or of an office of it ("ini punya dpupr bukan kita"), to which it is forwarded. Silent: of nobody who is known.
func (p parser) theirs(text string) (moves Verb, whose string) {
	const most = 8
	words := strings.Fields(text)
	if len(words) > most || toCitizen(text) || speaks(text) && !strings.Contains(bot.Fold(text), "bukan kami") || rejects(text) >= 0 {
		return Silent, ""
	}
	for i, w := range words[:max(0, len(words)-1)] {
		switch bot.Fold(w) {
		case "sudah", "udah", "akan":
			return Silent, ""
		case "bukan", "bkn", "dudu", "sanes":
			if code := p.ownerBeside(words, i); code != "" {
				return Transfer, code
			}
			return Silent, ""
		case "pegang", "megang", "nangani", "tangani", "urus", "ngurus", "garap":
			if code := p.ownerNamed(words[:i]); code != "" {
				return Transfer, code
			}
		case "punya", "punyanya", "milik", "urusan", "kewenangan", "wewenang", "aset", "ranah", "tanggungan", "bagian":
			named := words[i+1:]
			if not := slices.IndexFunc(named, func(w string) bool { return bot.Fold(w) == "bukan" || bot.Fold(w) == "bkn" }); not >= 0 {
				named = named[:not]
			}
			name := strings.Trim(strings.Join(named, " "), ",.;")
			if codes, _ := FindOwner(p.profile, name); len(codes) == 1 {
				return Transfer, codes[0]
			}
			if code := p.ownerNamed(words[:i]); code != "" { // "PLN yang punya tiangnya"
				return Transfer, code
			}
			if codes, _ := FindOffice(p.profile, name); len(codes) == 1 && codes[0] != "" {
				return Forward, name
			}
		}
	}
	return Silent, ""
}

// ownerNamed is the one outside the government whose name is all that words say: "pln yg".
func (p parser) ownerNamed(words []string) string {
	named := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return polite(bot.Fold(w)) || slices.Contains([]string{"nu", "sing", "kan", "kayaknya", "harusnya"}, bot.Fold(w))
	})
	said := officeKey(strings.Join(named, " "))
	for _, o := range p.profile.Owners {
		if said != "" && slices.ContainsFunc(o.Calls(), func(name string) bool { return officeKey(name) == said }) {
			return o.Code
		}
	}
	return ""
}

// ownerBeside is the one outside the government that words name beside saying that something is not the office's own, which they do at a
// place: "ini bukan kita pak, ini PLN"; "" for none.
func (p parser) ownerBeside(words []string, not int) (code string) {
	own := strings.Fields(bot.Fold(strings.Join(words[not+1:min(len(words), not+3)], " ")))
	if !slices.ContainsFunc(own, func(w string) bool {
		return slices.Contains([]string{"kita", "kami", "kite", "saya", "sy", "urang", "kuring", "kula", "dinas", "kantor", "punya", "punyanya", "urusan", "kewenangan", "wewenang", "aset", "ranah", "tugas", "tupoksi", "bidang", "bagian"}, w)
	}) {
		return ""
	}
	for i := range words {
		if i > not && i <= not+2 { // whose it is not
			continue
		}
		for _, o := range p.profile.Owners {
			for _, name := range o.Calls() {
				n := len(strings.Fields(name))
				if k := officeKey(name); k == "" || i+n > len(words) || officeKey(strings.Trim(strings.Join(words[i:i+n], " "), ",.;")) != k {
					continue
				}
				if code != "" && code != o.Code {
					return ""
				}
				code = o.Code
			}
		}
	}
	return code
}

// offersTransfer asks whether a report goes to whom its officer named as the one whose matter it is.
func (h *handling) offersTransfer(c Command, r report.Report, by report.Actor) error {
	if err := h.office.Permit(r, by, report.Transfer{Owner: c.Arg}); err != nil {
		return err
	}
	k := kept{Words: c.Words, For: Transfer, Arg: c.Arg}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nAlihkan %s ke %s?", k.shown(h.secret(r)), r.Code, h.office.OwnerName(c.Arg)))
	return nil
}
