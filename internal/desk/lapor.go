package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/sp4n"
)

// SP4N LAPOR! is run beside this channel, and only people can write there: the desk gives them what to type, takes the number back, and
// keeps a list of what is still to be typed.

// The verbs of that.
const (
	ToLapor   Verb = "kelapor"
	Typed     Verb = "disalin"
	ToType    Verb = "salinan"
	Handovers Verb = "serahan"
	TakeSheet Verb = "imporberkas"
	MapLapor  Verb = "kategorilapor"
)

// lapor are the verbs about SP4N LAPOR!, for the table.
var lapor = table{
	{
		name: ToLapor, guarded: true, does: report.Handing, also: "sp4n|kesp4n|ke_sp4n|lapor_sp4n|paket|tracking|trackingid", numbers: true, alone: true,
		said:  "ke sp4n|kirim ke sp4n|salin ke sp4n|serahkan ke sp4n|teruskan ke sp4n|ke lapor sp4n|buat paket sp4n|paket sp4n",
		label: label{18, "🏛 Ke SP4N"}, on: func(r report.Report) bool {
			return r.Status.Working() && r.Agency == "" && r.Tracking() == ""
		},
		usage: "/sp4n paket untuk LAPOR!, lalu Tracking ID-nya", about: "Paket untuk SP4N LAPOR!: balas kartu dengan /sp4n (koordinator)",
		may: coordinators, deed: "menyalin laporan ke SP4N LAPOR!", takes: takesWords, asks: fixed("Tracking ID dari LAPOR!, misalnya: 8123456"),
		done: func(_ *casework.Office, was, now report.Report) string {
			if n := now.Tracking(); n != was.Tracking() {
				return fmt.Sprintf("Laporan %s tercatat di SP4N LAPOR! dengan nomor %s.%s", now.Code, n, toldReporter(now))
			}
			return ""
		},
		act: toLapor,
	},
	{
		name: Typed, does: report.Copying, also: "sudahdisalin|tersalin", label: label{}, may: coordinators, deed: "mencatat salinan ke LAPOR!", split: object,
		usage: "/tersalin NOMOR sudah disalin ke LAPOR!",
		takes: takesWords, menu: &menu{kind: typedKind, show: typedMenu},
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Dicatat: %s sudah disalin ke LAPOR!.", r.Code)
		},
		act: typed,
	},
	{
		name: ToType, also: "lapor_salin|laporsalin|perludisalin", usage: "/salinan yang perlu disalin ke LAPOR!", about: "Yang perlu disalin ke SP4N LAPOR! (koordinator)",
		may: coordinators, deed: "melihat yang perlu disalin ke LAPOR!", split: object, do: (*handling).toType,
	},
	{
		name: Handovers, also: "menunggusp4n|tanpanomor", usage: "/serahan yang menunggu Tracking ID", about: "Menunggu Tracking ID dari SP4N LAPOR! (koordinator)",
		may: coordinators, deed: "melihat yang menunggu Tracking ID", split: object, do: (*handling).handovers,
	},
	{
		name: MapLapor, also: "kategorisp4n|kategori_lapor|kategori_sp4n|padanan|padananlapor|padanan_lapor",
		said:  "kategori lapor|kategori sp4n|padanan lapor|padanan sp4n|padanan kategori|kategori di lapor|ganti kategori lapor|ubah kategori lapor",
		usage: "/kategorilapor padanan kategori di LAPOR!", about: "Padanan kategori di SP4N LAPOR! (koordinator)",
		may: coordinators, deed: "mengatur kategori LAPOR!", split: object,
		heard: func(_ *profile.Profile, text string) (arg, words string) { return text, "" }, do: (*handling).mapLapor,
	},
	{name: TakeSheet, may: anybody, split: object, do: (*handling).takeSheet},
}

func toldReporter(r report.Report) string {
	if r.Hears() {
		return " Pelapor dikabari kedua nomornya."
	}
	return ""
}

// toLapor gives the packet of a report, or keeps the number that comes back.
func toLapor(h *handling, c Command, on subject) (report.Action, bool, error) {
	if c.Words != "" {
		return h.numberedThere(c.Words, on)
	}
	if h.to.Intent == string(ToLapor) && c.Code == "" && !h.press {
		return nil, false, h.no(casework.Empty, "Belum ada nomornya. Balas dengan Tracking ID dari LAPOR!, misalnya: 8123456. Belum diketik? Biarkan saja dulu.")
	}
	a := report.Handed{}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, err
	}
	if n := on.report.Tracking(); n != "" {
		return nil, false, h.no(casework.Already, "Laporan %s sudah ada di SP4N LAPOR! dengan nomor %s. Salah ketik? Tulis /sp4n %s dan nomor yang benar.", on.report.Code, n, on.report.Code)
	}
	if err := h.packet(on); err != nil {
		return nil, false, err
	}
	if on.report.HandingOver() { // it was begun before: the packet once more
		return nil, true, nil
	}
	return a, false, nil
}

// numberedThere keeps the tracking id that somebody gives back.
func (h *handling) numberedThere(said string, on subject) (report.Action, bool, error) {
	f, why := sp4n.FindTracking(said)
	if why != "" {
		return nil, false, h.no(casework.Empty, "%s", why)
	}
	others, err := h.Reader.Tracked(h.ctx, []string{f.Number})
	if err != nil {
		return nil, false, fmt.Errorf("look for a number of LAPOR!: %w", err)
	}
	if other, taken := others[f.Number]; taken && other.ID != on.report.ID {
		r, err := h.Reader.ByID(h.ctx, other.ID)
		if err != nil {
			return nil, false, fmt.Errorf("look for a number of LAPOR!: %w", err)
		}
		return nil, false, h.no(casework.Empty, "Tracking ID %s sudah tercatat di laporan %s; satu nomor hanya untuk satu laporan. Periksa lagi nomornya.", f.Number, r.Code)
	}
	return report.Numbered{Foreign: report.Foreign{Number: f.Number, URL: f.URL}}, false, nil
}

// packet writes what is typed into LAPOR!, field by field, and asks for the number. What the group may not read goes to who asks alone: what
// is confidential, and words with numbers of people in them, which cards leave out and LAPOR! gets as they are.
func (h *handling) packet(on subject) error {
	to, alone, veiled := h.ev.Chat, h.alone(), h.office.Veiled(on.report, on.facts)
	if h.secret(on.report) || veiled && !alone {
		own, ok := h.office.Alone(on.by)
		if !ok {
			return h.no(casework.Choice, "Saya tidak tahu chat pribadi Anda; paket %s belum dibuat.", on.report.Code)
		}
		to, alone = own, true
		h.letter(ledger.Letter{Report: on.report.ID, Message: bot.Message{Text: fmt.Sprintf("🔒 Paket %s saya kirim ke chat pribadi Anda.", on.report.Code)}})
		h.notice = "Paketnya dikirim ke chat pribadi Anda."
	} else {
		h.notice = "Paketnya di bawah."
	}
	if veiled || h.office.Secret(on.report) {
		h.batch.Looks = append(h.batch.Looks, ledger.Look{At: h.ev.At, Who: on.by.ID, Act: ledger.LookExport, Report: on.report.ID, About: "sp4n"})
	}
	r := h.office.Discreet(on.report)
	added, photos := h.office.Packed(on.report, on.facts)
	mappings, err := h.Reader.Mappings(h.ctx)
	if err != nil {
		return fmt.Errorf("read the mappings: %w", err)
	}
	k := sp4n.Compose(casework.Remapped(h.office.Profile, mappings), r, added, len(photos))
	n := 0
	write := func(intent, text string) {
		n++
		l := ledger.Letter{Key: fmt.Sprintf("%s/sp4n%d", h.ev.ID, n), To: to, Report: on.report.ID, Purpose: ledger.ToDesk, Intent: intent, Message: bot.Message{Text: text}}
		if alone {
			l.Intent = aloneIntent + intent
		}
		h.batch.Letters = append(h.batch.Letters, l)
	}
	fields := k.Fields()
	if k.Category == "" && r.Category != "" {
		fields += fmt.Sprintf("\n\nPadanan kategorinya dapat diatur sekali untuk seterusnya: /kategorilapor %s, lalu ID dan namanya di LAPOR!.", r.Category)
	}
	write(string(Show), fmt.Sprintf("🏛 Paket %s untuk SP4N LAPOR!. Isi formulirnya: judul, isi, dan lokasi ada di pesan-pesan berikut, tinggal disalin.\n\n%s", bot.Bold(string(r.Code)), fields))
	write(string(Show), k.Title)
	for _, part := range k.Text {
		write(string(Show), part)
	}
	if k.Place != "" {
		write(string(Show), k.Place)
	}
	write(string(ToLapor), fmt.Sprintf("%s: sudah diketik di LAPOR!? Balas pesan ini dengan Tracking ID-nya (6 sampai 10 angka), atau tautan halamannya.", r.Code))
	h.batch.Jobs = append(h.batch.Jobs, ledger.Pack{Report: on.report.ID, Chat: to, Run: string(h.ev.ID), Alone: alone})
	return nil
}

// typedKind begins the id of the menu under what is to be typed into LAPOR!.
const typedKind = "v"

// typedMenu is the one button there: what was shown reaches up to the fact of that number.
func typedMenu(_ *profile.Profile, r report.Report, seq string) bot.Menu {
	if seq == "" {
		seq = fmt.Sprint(r.Owing())
	}
	return bot.Menu{ID: typedKind + "." + string(r.Code), Choices: []bot.Choice{{ID: seq, Label: "✅ Sudah disalin", Also: "sudah|sudah disalin|ya|beres|disalin|selesai"}}}
}

func typed(_ *handling, c Command, on subject) (report.Action, bool, error) {
	seq := on.report.Owing()
	if c.Exact {
		if _, err := fmt.Sscan(c.Arg, &seq); err != nil {
			return nil, false, errForeign
		}
	}
	return report.Copied{Seq: seq}, false, nil
}

const toTypeMost = 8

// toType lists what is to be typed into LAPOR!, each with its words and a button.
func (h *handling) toType(Command, report.Actor) error {
	all, err := h.Reader.Owing(h.ctx, toTypeMost+1)
	if err != nil {
		return fmt.Errorf("list what is to be typed into LAPOR!: %w", err)
	}
	if len(all) == 0 {
		h.say("Tidak ada yang perlu disalin ke SP4N LAPOR!.")
		return nil
	}
	for _, r := range all[:min(len(all), toTypeMost)] {
		facts, err := h.Reader.Facts(h.ctx, r.ID)
		if err != nil {
			return fmt.Errorf("read the facts: %w", err)
		}
		m := typedMenu(nil, r, "")
		h.letter(ledger.Letter{Report: r.ID, Intent: fmt.Sprintf("%s:%d", Typed, r.Owing()), Message: bot.Message{Text: h.typing(r, facts), Menu: marked(&m, r)}})
	}
	if len(all) > toTypeMost {
		h.letter(ledger.Letter{Message: bot.Message{Text: fmt.Sprintf("Masih ada lagi; ini %d yang terlama. Sesudah disalin, tulis /salinan lagi.", toTypeMost)}})
	}
	return nil
}

// typing is what is to be typed into LAPOR! of a report: what was said since the last time, in its words, and the status that fits.
func (h *handling) typing(r report.Report, facts []report.Fact) string {
	var b strings.Builder
	fmt.Fprintf(&b, "✍️ %s → SP4N LAPOR! nomor %s", bot.Bold(string(r.Code)), bot.Bold(r.Tracking()))
	if r.Foreign != nil {
		for _, f := range r.Foreign {
			if report.IsLapor(f.Source) && f.URL != "" {
				b.WriteString(" · " + f.URL)
			}
		}
	}
	if word := h.office.Profile.LaporWord(sp4n.Means(r)); word != "" {
		b.WriteString("\nStatus yang cocok: " + word)
	}
	if h.secret(r) {
		b.WriteString("\n" + h.office.SecretText(r))
		return b.String()
	}
	gone := withdrawn(facts)
	for _, f := range h.office.DiscreetFacts(r, facts) {
		word := answerWord(f.What)
		if f.What == report.WasAdded && !f.Beside {
			word = "➕ Tambahan pelapor"
		}
		if f.Seq <= r.Mirror.Copied || word == "" || gone[f.Seq] || f.Words == "" && len(f.Photos)+len(f.Files) == 0 || f.Seq < linkedBy(facts) {
			continue
		}
		fmt.Fprintf(&b, "\n\n%s (%s):\n%s", word, clock(f.At, h.office.Profile), say.Clip(f.Words, 1200))
		if n := len(f.Photos) + len(f.Files); n > 0 {
			fmt.Fprintf(&b, "\n+ %d lampiran di kartunya", n)
		}
	}
	return say.Clip(b.String(), 3600)
}

// linkedBy is the Seq of the fact by which the report got its number in LAPOR!. Times tell no order: networks have clocks of their own.
func linkedBy(facts []report.Fact) int {
	for _, f := range facts {
		if f.What == report.WasLinked && f.Foreign != nil && report.IsLapor(f.Foreign.Source) {
			return f.Seq
		}
	}
	return 0
}
