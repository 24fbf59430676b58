package say

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// CardText is how many runes of the description the review card shows: its beginning and, of a long one, its end, where the
// newest words stand.
const CardText = 240

// Card is the review card, in three lines for a small screen: what, where and to whom; the citizen's own words; who sees
// the name. agency is "" where officers have to find the office. It must not say words that the reader takes for the
// citizen's own ("sekarang"): people answer with what they have just read.
func (v Voice) Card(d report.Draft, agency string) string {
	var b strings.Builder
	b.Grow(600)
	if d.Emergency {
		b.WriteString(v.EmergencyAgain() + "\n")
	}
	b.WriteString(bot.Bold(v.pick("Sudah benar?", "Is this right?")) + " " + v.topic(d))
	where := v.Where(d.Place)
	c, known := v.Profile.Category(d.Category)
	if where == "" && (d.Kind == report.Complaint && (c.Physical || !known) || d.Emergency) {
		where = v.pick("tempat tidak disebut", "no place given")
	}
	if where != "" {
		b.WriteString(" · 📍 " + Clip(where, 160))
	}
	b.WriteString(v.goesTo(d, agency) + "\n")
	if d.Text != "" {
		b.WriteString("“" + ends(d.Text, CardText) + "”")
	} else {
		b.WriteString(v.pick("🎙️ Ceritanya di pesan suara Anda", "🎙️ Told in your voice note"))
	}
	b.WriteString(v.attached(d))
	if !d.How.OnBehalf() {
		b.WriteString("\n" + v.SeenOf(d))
	} else if d.Visibility != report.Normal {
		b.WriteString("\n🔒 " + v.Choice(string(d.Visibility)).Label)
	}
	return b.String()
}

// topic is what a draft is about, and what the citizen wants where that is no complaint.
func (v Voice) topic(d report.Draft) string {
	s := v.Topic(d.Category)
	if d.Kind == report.Wish || d.Kind == report.Question {
		s += " (" + v.Kind(d.Kind) + ")"
	}
	return s
}

func (v Voice) goesTo(d report.Draft, agency string) string {
	if name := v.short(agency); name != "" {
		return v.f(" · ke %s", " · to %s", name)
	}
	if o, ok := v.Profile.OwnerOf(d.Category, d.Text, d.Place.District); ok {
		return v.f(" · ke petugas, yang menyampaikannya ke %s", " · to officers, who pass it on to %s", o.Short)
	}
	if v.Profile.Elsewhere(d.Category, d.Abroad()) {
		return v.f(" · ke petugas kami; yang mengerjakan pemerintah %s", " · to our officers; the government of %s has to act", d.Place.Whose)
	}
	return v.pick(" · ke petugas, yang mencarikan kantornya", " · to officers, who find the right office")
}

// ends shows a text in one line, " / " for its line breaks: all of it, or its two ends, in about n runes.
func ends(s string, n int) string {
	var lines []string
	for l := range strings.Lines(s) {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	s = strings.Join(lines, " / ")
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n*2/3])) + " … " + strings.TrimSpace(string(r[len(r)-n/3:]))
}

// attached tells how many photos and files there are, and that a photo of what stands somewhere is welcome.
func (v Voice) attached(d report.Draft) string {
	s := ""
	if n := len(d.Photos); n > 0 {
		s += " · 📷 " + v.photos(n)
	}
	spoken := 0
	for _, f := range d.Files {
		if strings.HasPrefix(f.MIME, "audio/") {
			spoken++
		}
	}
	if spoken > 0 {
		s += " · 🎙️ " + v.voices(spoken)
	}
	if n := len(d.Files) - spoken; n > 0 {
		s += " · 📎 " + v.files(n)
	}
	c, _ := v.Profile.Category(d.Category)
	if len(d.Photos) == 0 && (c.Physical || d.Category == "") && !c.Sensitive {
		s += v.pick(" · 📷 boleh tambah foto", " · 📷 photos are welcome")
	}
	return s
}

// Seen says in one sentence who sees the name, and the report, under a visibility. It must stay true to the operators'
// cards: they show a name's first letter, and nothing of a nameless reporter (internal/desk). It promises what the word alone
// hides (SeenOf).
func (v Voice) Seen(vis report.Visibility) string {
	switch s := report.Shields(vis, false); {
	case !s.Hides(report.Operators):
		return v.pick("👤 Di laporan, petugas hanya melihat huruf depan nama Anda; warga lain tidak melihatnya.",
			"👤 In the report, officers see only the first letter of your name; other people do not see it.")
	case !s.Hides(report.Strangers):
		return v.pick("👤 Anonim: nama Anda tidak ada di laporan.", "👤 Anonymous: your name is not in the report.")
	default:
		return v.pick("🔒 Rahasia: nama Anda tidak ada di laporan, dan warga lain tidak bisa melihat laporannya.",
			"🔒 Confidential: your name is not in the report, and other people cannot see the report.")
	}
}

// SeenOf is Seen of a draft: a sensitive matter hides the name altogether, while people take the report for that.
func (v Voice) SeenOf(d report.Draft) string {
	if c, _ := v.Profile.Category(d.Category); c.Sensitive && d.Visibility == report.Normal {
		return v.pick("👤 Ini hal peka: selama tercatat begitu, nama Anda tidak tampil ke petugas; kalau kategorinya dibetulkan, mereka hanya melihat huruf depannya. Warga lain tidak melihatnya.",
			"👤 This is a sensitive matter: while it is kept as one, officers do not see your name; if its category is put right, they see only the first letter. Other people do not see it.")
	}
	return v.Seen(d.Visibility)
}

// SuggestSecret recommends the confidential way for sensitive matters.
func (v Voice) SuggestSecret() string {
	return v.f("Untuk hal seperti ini sebaiknya %s: nama Anda tidak ada di laporan. Jawaban %s saya kirim rahasia.",
		"For a matter like this, it is better to %s: your name is not in the report. If you answer %s, I send it confidentially.",
		bot.Bold(v.pick("kirim rahasia", "send confidentially")), bot.Bold(v.pick("ya", "yes")))
}

// AskEdit asks which field to change.
func (v Voice) AskEdit() string {
	return v.pick("Apa yang mau diubah?", "What would you like to change?")
}

// AskText asks for the new text.
func (v Voice) AskText(now string) string {
	s := ""
	if now != "" {
		s = v.pick("Isi sekarang: ", "The text now: ") + quote(now, 200) + "\n"
	}
	return s + v.pick("Tulis isi yang baru. Yang lama diganti semuanya.", "Write the new text. It replaces all of the old one.")
}

// PhotoDropped says that the photo goes with the report no more, and how it comes back.
func (v Voice) PhotoDropped() string {
	return v.f("Fotonya saya hapus dari laporan ini. Keliru? Tulis %s.", "I took the photo out of this report. A mistake? Write %s.", bot.Bold(v.pick("urungkan", "undo")))
}

// AskDropPhotos asks which of several photos are to be taken away.
func (v Voice) AskDropPhotos(n int) string {
	return v.f("Ada %s. Hapus semuanya dari laporan ini?", "There are %s. Take all of them out of this report?", v.photos(n))
}

// DropAgreed are the words that agree to it.
func (v Voice) DropAgreed() string {
	return "|ya|iya|y|iya hapus|ya hapus|hapus aja|semua|semuanya|iya semua|ok|oke|betul|benar|yes|all"
}

// AskPhotos asks what to change about the photos.
func (v Voice) AskPhotos(n int) string {
	if n == 0 {
		return v.pick("Belum ada foto. Kirim fotonya ke sini, paling banyak 5.", "No photos yet. Send them here, 5 at most.")
	}
	return v.f("Sudah ada %s. Kirim lagi untuk menambah (paling banyak 5), atau hapus.", "You have sent %s. Send more (5 at most), or remove some.", v.photos(n))
}

// AskVisibility explains the three ways and asks for one.
func (v Voice) AskVisibility() string {
	line := func(name, id, en string) string { return fmt.Sprintf("\n• %s: %s", bot.Bold(name), v.pick(id, en)) }
	return v.pick("Siapa yang boleh melihat nama Anda?", "Who may see your name?") +
		line(v.pick("Biasa", "Normal"), "petugas hanya melihat huruf depannya; lengkapnya dibuka hanya dengan alasan, dan tercatat di data saya.", "officers see only its first letter; all of it is opened only for a reason, which you find in my data.") +
		line(v.pick("Anonim", "Anonymous"), "nama Anda tidak ada di laporan.", "your name is not in the report.") +
		line(v.pick("Rahasia", "Confidential"), "seperti anonim, dan warga lain tidak bisa melihat laporannya.", "like anonymous, and other people cannot see the report.")
}

// AskKind asks what the citizen wants.
func (v Voice) AskKind() string {
	return v.pick("Ini keluhan, usul, atau pertanyaan?", "Is it a complaint, a suggestion or a question?")
}
