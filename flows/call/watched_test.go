package call

import "testing"

// Who is harmed and says in whatever words that the chat must not be answered is not answered; who fears no reader, or forbids something else, is.
func TestWatched(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]bool{
		"jangan bales sini hp dipegang dia": true, "jangan bales lagi, hp dipegang suami": true, "dia baca hp saya": true, "jgn chat dulu ada suami": true,
		"aja bales, hp digawa bojoku": true, "ulah dibales heula aya salaki": true, "gausah dibales dulu bu": true, "jangan di bales ya": true, "don't reply, he reads my phone": true,
		"hp saya sering dibaca suami": true, "suami saya suka baca wa saya": true, "jangan telpon dulu": true, "ga aman bu": true, "belum aman": true, "jgn wa saya lagi": true,

		"dia ga baca hp saya": false, "hp saya ga dipegang dia": false, "jangan hubungi suami saya": false, "jangan telpon polisi": false, "jangan lama balesnya": false,
		"kok ga dibales": false, "jangan ga dibales ya": false, "kalo dia baca hp saya gimana": false, "kemarin dia baca wa saya terus mukul": false, "saya baca hp suami": false,
		"dia balas mukul saya": false, "saya takut dia balas dendam": false, "jangan balas dendam": false, "aman": false, "anak saya lihat semuanya": false, "hp saya dibanting dia": false,
		"langsung aja telp saya bu": false, "lewat wa aja balas": false, "bisa aja hubungi saya": false, "dia bawa anak saya, tolong telepon saya": false,
		"tolong dibales bu": false, "dia ada di rumah sekarang mukul anak": false,
	} {
		if got := watched(words, false); got != want {
			t.Errorf("%q: %v", words, got)
		}
	}
	for words, want := range map[string]bool{"ada suami di rumah": true, "dia di sebelah saya": true, "suami ga ada di rumah": false, "aman": false, "iya": false} {
		if got := watched(words, true); got != want {
			t.Errorf("asked, %q: %v", words, got)
		}
	}
}
