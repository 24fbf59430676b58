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

// A code is read as people type it, also out of our sentence that somebody passed on; what only looks a little like one is none.
func TestCodesThatTieChats(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for text, want := range map[string]string{
		"hubungkan K7MQ-3XPD": "K7MQ3XPD", "hubungkan k7mq3xpd": "K7MQ3XPD", "HUBUNGKAN K7MQ 3XPD": "K7MQ3XPD", "sambungkan kode k7mq-3xpd": "K7MQ3XPD",
		"link K7MQ-3XPD": "K7MQ3XPD", "K7MQ-3XPD": "K7MQ3XPD", "*K7MQ-3XPD*": "K7MQ3XPD", "hubungkan: K7MQ–3XPD pak": "K7MQ3XPD",
		"Di chat yang lain tulis *hubungkan K7MQ-3XPD* ya": "K7MQ3XPD", "/hubungkan K7MQ-3XPD": "K7MQ3XPD",
		"hubungkan saya dong": "", "k7mq3xpd": "", "blok-a123": "", "2345-6789": "", "SRG-7K3MQ-9": "", "hubungkan akan saya": "", "ABCD-EFGH": "", "K7MQ-3XP": "",
	} {
		if got := lx.Bond(text); got.Code != want || (want != "") != (got.Want == answer.Claim) {
			t.Errorf("%q is read as %+v, want the code %q", text, got, want)
		}
	}
}
