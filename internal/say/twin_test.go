package say_test

import (
	"testing"

	"rabeg/internal/say"
)

// What people write when they are shown a report and asked whether it is the same.
func TestAnswersToIsItTheSame(t *testing.T) {
	t.Parallel()
	const same, other, neither = "same", "other", ""
	for text, want := range map[string]string{
		"iya itu yang sama": same, "ya": same, "iya pak": same, "sama kayak itu": same, "ikut aja": same, "ikutin aja deh": same, "itu dia": same,
		"betul itu": same, "yang itu": same, "sama persis": same, "ga usah bikin baru, ikut itu aja": same, "ngikut": same, "iya sama kak lampunya": same,
		"same one": same, "yes that's it": same, "just follow it": same, "that is the same light": same, "podo pak": same, "sarua eta": same, "muhun": same,
		"ga ada bedanya": same, "sama aja itu mah": same, "oke ikuti": same, "boleh gabung": same, "mau ikut": same, "Iya!! itu": same, "yup same": same,
		"gapapa ikut aja": same, "iya bener yang itu": same, "not different": same, "tidak beda kok": same,
		"bukan, beda lampu": other, "bukan": other, "beda": other, "beda lampu pak": other, "bukan itu": other, "bukan yang ini": other, "tidak sama": other,
		"lain lagi pak": other, "ga sama": other, "no, a different one": other, "not the same": other, "another lamp": other, "tidak": other, "nggak": other,
		"dudu kuwi": other, "sanes eta": other, "tidak, beda tiang": other, "tidak beda lampu": other, "jangan ikut": other, "gak mau ikut": other, "ga usah ikut": other,
		"bukan yg itu, lampu saya di gang": other, "beda, ini yang depan sekolah": other, "different pole": other, "no": other, "bukan sama": other,
		"bukan, ini sebelahnya": other, "nope": other,
		"lampunya ada tiga yang mati sejak kemarin sore di jalan ini": neither, "kapan diperbaiki": neither, "terima kasih": neither, "": neither, "🙏": neither,
	} {
		got := neither
		switch s, o, _ := say.TwinAnswer(text); {
		case s:
			got = same
		case o:
			got = other
		}
		if got != want {
			t.Errorf("%q is taken for %q, it means %q", text, got, want)
		}
	}
	for text, want := range map[string]int{"yang kedua": 2, "2": 2, "nomor 2": 2, "no 3 kak": 3, "the second one": 2, "pertama": 1, "yang pertama aja": 1, "iya": 0} {
		if _, other, nth := say.TwinAnswer(text); nth != want || other && want > 0 {
			t.Errorf("%q names %d, other: %v", text, nth, other)
		}
	}
}

// How people say that they want to hear no more of a report that they follow.
func TestWordsThatLeaveAReport(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"berhenti mengikuti", "unfollow", "ga usah dikabari lagi", "jangan kabari saya lagi", "stop kabar", "tidak mau ikut lagi", "gak mau ngikutin lagi", "berhenti ikut",
		"no more updates please", "stop following", "stop the news", "berhenti SRG-RY77R-W", "jgn dikabarin lagi ya", "dont need updates anymore", "keluar dari ikutan", "batal ikut"} {
		if sure, _ := say.Leaves(text); !sure {
			t.Errorf("%q leaves nothing", text)
		}
	}
	for _, text := range []string{"berhenti", "stop", "Stop!", "berhenti pak"} {
		if sure, bare := say.Leaves(text); sure || !bare {
			t.Errorf("%q: sure %v, bare %v", text, sure, bare)
		}
	}
	for _, text := range []string{"jangan kabari tetangga lagi", "bus tidak berhenti di halte", "air tidak keluar lagi", "lampu mati lagi", "belum ada kabar", "kapan ada kabar lagi", "tidak ada kabar", "batal", "",
		"truk berhenti di jalan", "stop parkir liar", "air pdam ga keluar", "status"} {
		if sure, bare := say.Leaves(text); sure || bare {
			t.Errorf("%q is taken for a leave", text)
		}
	}
}
