package say

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// CardText is how many runes of the description the review card shows.
const CardText = 600

// Card is the review card: every slot, the office it goes to, and who will see what. agency is "" for the coordinator.
func (v Voice) Card(d report.Draft, agency string) string {
	var b strings.Builder
	b.Grow(600 + min(len(d.Text), 2*CardText))
	b.WriteString(bot.Bold(v.pick("Periksa dulu, ya", "Please check")) + "\n")
	if d.Text != "" {
		b.WriteString("“" + Clip(d.Text, CardText) + "”\n\n")
	} else {
		b.WriteString(v.pick("(isi ada di pesan suara)", "(told in the voice note)") + "\n\n")
	}
	v.row(&b, v.pick("Tentang", "About"), v.Category(d.Category)+" · "+v.Kind(d.Kind))
	where := v.Where(d.Place)
	if where == "" && (d.Kind == report.Complaint || d.Emergency) {
		where = v.pick("tidak disebut", "not given")
	}
	if where != "" {
		v.row(&b, v.pick("Tempat", "Place"), where)
	}
	v.row(&b, v.pick("Lampiran", "Attached"), v.attached(d))
	v.row(&b, v.pick("Untuk", "Goes to"), v.Office(agency))
	v.row(&b, v.pick("Dilihat", "Seen by"), v.Seen(d.Visibility))
	if d.Emergency {
		b.WriteString("\n" + v.EmergencyAgain())
	}
	b.WriteString("\n" + v.pick("Sudah benar? Kirim sekarang", "All correct? Send it now"))
	if len(d.Photos) == 0 {
		b.WriteString(v.pick(", atau kirim foto dulu bila ada.", ", or send a photo first if you have one."))
	} else {
		b.WriteString(".")
	}
	return b.String()
}

func (v Voice) row(b *strings.Builder, name, value string) {
	for _, s := range [...]string{bot.Bold(name), ": ", value, "\n"} {
		b.WriteString(s)
	}
}

func (v Voice) attached(d report.Draft) string {
	var parts []string
	if n := len(d.Photos); n > 0 {
		parts = append(parts, v.f("%d foto", "%d photo(s)", n))
	}
	if n := len(d.Files); n > 0 {
		parts = append(parts, v.f("%d suara/berkas", "%d voice note/file(s)", n))
	}
	if len(parts) == 0 {
		return v.pick("belum ada", "nothing yet")
	}
	return strings.Join(parts, ", ")
}

// Seen says in one line who sees what under a visibility.
func (v Voice) Seen(vis report.Visibility) string {
	switch vis {
	case report.Anonymous:
		return v.pick("petugas, tanpa nama Anda (anonim)", "officers, without your name (anonymous)")
	case report.Confidential:
		return v.pick("hanya petugas yang menangani, tanpa nama Anda (rahasia)", "only the officers in charge, without your name (confidential)")
	default:
		return v.pick("petugas, dengan nama Anda; orang lain tidak melihat nama Anda", "officers, with your name; others never see your name")
	}
}

// SuggestSecret recommends the confidential way for sensitive matters.
func (v Voice) SuggestSecret() string {
	return v.pick("Untuk masalah seperti ini sebaiknya kirim rahasia: nama Anda tidak terlihat petugas.",
		"For a matter like this, better send it confidentially: officers do not see your name.")
}

// AskEdit asks which field to change.
func (v Voice) AskEdit() string {
	return v.pick("Apa yang mau diubah?", "What would you like to change?")
}

// AskText asks for the new text.
func (v Voice) AskText(now string) string {
	s := v.pick("Tulis isi laporan yang baru. Yang lama akan diganti seluruhnya.", "Write the new text. It replaces the old one completely.")
	if now != "" {
		s += "\n" + v.pick("Sekarang: ", "Now: ") + quote(now, 200)
	}
	return s
}

// AskPhotos asks what to change about the photos.
func (v Voice) AskPhotos(n int) string {
	if n == 0 {
		return v.pick("Belum ada foto. Kirim fotonya ke sini, paling banyak 5.", "No photos yet. Send them here, 5 at most.")
	}
	return v.f("Ada %d foto. Kirim foto lagi untuk menambah (paling banyak 5), atau hapus.", "There are %d photo(s). Send more (5 at most), or remove some.", n)
}

// AskVisibility explains the three ways and asks for one.
func (v Voice) AskVisibility() string {
	line := func(name, id, en string) string { return fmt.Sprintf("• %s: %s\n", bot.Bold(name), v.pick(id, en)) }
	return v.pick("Siapa yang boleh melihat?", "Who may see it?") + "\n" +
		line(v.pick("Biasa", "Normal"), "petugas melihat nama Anda.", "officers see your name.") +
		line(v.pick("Anonim", "Anonymous"), "nama Anda disembunyikan dari semua petugas.", "your name is hidden from all officers.") +
		strings.TrimSpace(line(v.pick("Rahasia", "Confidential"), "seperti anonim, dan laporannya tidak terlihat orang lain sama sekali.", "like anonymous, and nobody else sees the report at all."))
}

// AskKind asks what the citizen wants.
func (v Voice) AskKind() string { return v.pick("Ini termasuk apa?", "What kind is it?") }
