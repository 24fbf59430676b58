package answer

import (
	"testing"

	"rabeg/bot"
)

// BenchmarkMatch reads one answer to the card: what every typed message costs while a question is open.
func BenchmarkMatch(b *testing.B) {
	lx := Must()
	m := bot.Menu{Choices: []bot.Choice{
		{ID: "send", Label: "Kirim", Also: "ya|iya|y|ok|oke|okay|siap|benar|betul|sudah benar|sudah|sdh|udah|kirim biasa|send|yes|right|gas|lanjut|cukup"},
		{ID: "edit", Label: "Ubah", Also: "ganti|salah|edit|change|tidak|belum"},
		{ID: "cancel", Label: "Batal", Also: "batalkan|cancel|jangan|hapus"}}}
	texts := []string{"iya pak kirim aja", "Wenten sing klentu sekedik, kule ayun mbenerken riyin.", "kemarin malem anak saya hampir keserempet gara2 gelap bgt",
		"batal aja, udah dibenerin sama pak rt", "tolong ditambahin jg ya kak, lampunya ada 4 yg mati"}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		text := texts[n%len(texts)]
		lx.Question(text)
		lx.Match(m, text, Asked{Numbered: true})
		lx.Changes(text)
		n++
	}
}
