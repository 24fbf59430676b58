package say

// Stumbled says that a message could not be handled, and what becomes of it.
func (v Voice) Stumbled() string {
	return v.pick("Maaf, pesan ini belum bisa kami olah. Pesannya tersimpan dan akan dilihat petugas. Coba tulis dengan kata lain, atau ketik menu.",
		"Sorry, this message could not be handled. It is kept and officers will look at it. Please try other words, or write menu.")
}

// NoDeskHere answers in a group that is not the operators', with what makes it theirs.
func (v Voice) NoDeskHere(group string) string {
	return v.f("Grup ini belum menjadi ruang petugas. Nomor grup: %s\nKirim laporan Anda lewat chat pribadi dengan saya.",
		"This group is not the officers' room yet. Number of the group: %s\nTo send a report, write to me in a private chat.", group)
}
