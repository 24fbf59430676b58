package answer_test

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// People ask to have their chats joined, or parted, in words of their own; what speaks of anything else is not taken for it.
func TestWishesAboutTheOwnChats(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for want, texts := range map[answer.BondWant][]string{
		answer.Tie: {
			"hubungkan", "Hubungkan dong", "/hubungkan", "hubungkan wa saya", "sambungkan telegram", "sambungkan telegram saya dengan wa ini", "link my account",
			"link my telegram account please", "tolong sambungkan nomor wa saya yang lama", "gabungkan akun telegram dan whatsapp saya", "mau hubungkan chat telegram saya",
			"bagaimana cara menghubungkan telegram ke wa", "connect my whatsapp", "bisa sambungin tele sama wa", "hubungkan akun", "satukan wa dan telegram",
			"mau sambungin wa sama tele", "nyambungin tele gimana", "hubungkan 081234567890", "hubungkan ke nomor lama 0812-3456-7890", "gabungin akun", "sambungin wa lama saya",
			"how do i link my whatsapp to telegram", "tautkan akun saya", "sambungkan chat ini dengan chat lain",
		},
		answer.Untie: {
			"putuskan", "putuskan telegram saya", "pisahkan chat ini", "lepas akun wa", "unlink", "unlink my account", "batalkan sambungan", "putuskan sambungan telegram",
			"disconnect my whatsapp", "tolong putuskan hubungan chat ini", "pisahkan wa dan telegram saya",
		},
		answer.NoBond: {
			"hubungkan saya dengan petugas", "hubungkan saya", "sambungkan ke operator", "connect me to a human", "kabel telepon putus", "putus", "jalan terputus",
			"jangan hubungkan telegram saya", "gabungkan laporan saya", "satukan jadi satu", "pisahkan", "pisah", "link", "gabung", "wa saya diblokir", "nomor wa petugas berapa",
			"sambungan pipa bocor", "putuskan listrik rumah sebelah", "minta sambungkan listrik", "hubungan saya dengan tetangga buruk", "hapus akun saya", "batal",
			"hp saya hilang", "nomor saya diblokir", "nomor baru", "ganti nomor rumah", "ganti lampu jalan yang baru", "jangan ganti nomor saya", "pindah", "ganti", "baru",
			"jalan baru saya rusak", "akun saya tidak aktif", "lampu lama mati", "jalan lama rusak", "listrik di nomor 12 mati", "minta ganti meteran baru", "pindahkan tiang ini",
			"sambungkan pln 450va", "kode tiang a12 miring", "kode pos 42111", "kode tiang srg-12", "kode gardu b2345", "hubungkan saya ke 112", "rt25-rw23", "kode 482177",
			"nomor rumah 12 a", "hubungkan saya dengan 4821-77",
			"tolong hubungkan jembatan ini", "telegram", "",
		},
	} {
		for _, text := range texts {
			if got := lx.Bond(text); got.Want != want || got.Code != "" {
				t.Errorf("%q is read as %+v, want %d", text, got, want)
			}
		}
	}
}

// Who has another number says so in words of his or her own, and may have lost the chat of the old one.
func TestWhoHasAnotherNumber(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for _, text := range []string{
		"pindah nomor", "nomor saya ganti", "Ganti nomor", "saya ganti nomor wa", "ini nomor baru saya", "nomor lama saya hilang", "nomor saya ganti jadi 081234567890",
		"mau pakai wa yang baru", "nomor lama udah hangus", "nomor lama sudah tidak aktif", "wa lama sy gak bisa dipakai lagi", "saya sudah pindah nomor kak", "nomer saya baru",
		"pindah hp", "my number changed", "i changed my number", "this is my new number", "old number is not active", "hp saya ganti baru", "saya pakai nomor baru sekarang",
	} {
		if got := lx.Bond(text); got != (answer.Bond{Want: answer.Tie, Anew: true}) {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// What is given as a code and can be none of ours is no story either: whoever wrote it is told so.
func TestCodesThatAreNone(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for _, text := range []string{"kodenya 4821-77", "hubungkan 4821-77", "hubungkan K7MQ-3XP", "kode K7MQ3XPDD", "kodenya k7mq-3xp0 kak", "code: K7MQ-3XPD9", "sambungkan kode 48-21", "ini kodenya a1b2c3"} {
		if got := lx.Bond(text); got != (answer.Bond{Want: answer.Claim}) {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// A code is read as people type it, also out of our sentence that somebody passed on; what only looks a little like one is none.
func TestCodesThatTieChats(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for text, want := range map[string]string{
		"hubungkan K7MQ-3XPD": "K7MQ3XPD", "hubungkan k7mq3xpd": "K7MQ3XPD", "HUBUNGKAN K7MQ 3XPD": "K7MQ3XPD", "sambungkan kode k7mq-3xpd": "K7MQ3XPD",
		"link K7MQ-3XPD": "K7MQ3XPD", "K7MQ-3XPD": "K7MQ3XPD", "*K7MQ-3XPD*": "K7MQ3XPD", "hubungkan: K7MQ–3XPD pak": "K7MQ3XPD",
		"Di chat yang lain tulis *hubungkan K7MQ-3XPD* ya": "K7MQ3XPD", "/hubungkan K7MQ-3XPD": "K7MQ3XPD",
		"kode K7MQ-3XPD": "K7MQ3XPD", "kodenya k7mq 3xpd": "K7MQ3XPD", "ini kodenya: K7MQ-3XPD": "K7MQ3XPD", "K7MQ-3XPD ini kodenya pak": "K7MQ3XPD", "K7MQ 3XPD": "K7MQ3XPD",
		"k7mq - 3xpd": "K7MQ3XPD", "k 7 m q - 3 x p d": "K7MQ3XPD", "hubungkan k7mq - 3xpd": "K7MQ3XPD", "hubungkan K7MQ‑3XPD": "K7MQ3XPD", "kode: K7MQ_3XPD": "K7MQ3XPD",
		"hubungkan ke K7MQ-3XPD": "K7MQ3XPD", "kode sambungan K7MQ-3XPD": "K7MQ3XPD", "hubungkan pak kode nya K7MQ-3XPD": "K7MQ3XPD", "K7MQ3XPD": "K7MQ3XPD",
		"K7MQ-3XPD K7MQ-3XPD": "K7MQ3XPD", "code k7mq3xpd": "K7MQ3XPD", "sambungin k7mq3xpd": "K7MQ3XPD", "sudah, kodenya K7MQ 3XPD": "K7MQ3XPD",
		"RT25-RW23": "", "rt25 rw23": "", "B 2345 XYZ": "", "BK 2345 ABC": "", "TIANG A2345": "", "gang 23 blok k7": "", "lampu no K7MQ-3XPD mati": "",
		"hubungkan saya dong": "", "k7mq3xpd": "", "blok-a123": "", "2345-6789": "", "SRG-7K3MQ-9": "", "hubungkan akan saya": "", "ABCD-EFGH": "", "K7MQ-3XP": "",
	} {
		if got := lx.Bond(text); got.Code != want || (want != "") != (got.Want == answer.Claim) {
			t.Errorf("%q is read as %+v, want the code %q", text, got, want)
		}
	}
}
