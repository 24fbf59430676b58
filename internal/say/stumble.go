package say

// Stumbled says that a message could not be handled, and what becomes of it.
func (v Voice) Stumbled() string {
	return v.pick("Maaf, pesan ini belum bisa kami olah. Pesannya tersimpan dan akan dilihat petugas. Coba tulis dengan kata lain, atau ketik menu.",
		"Sorry, this message could not be handled. It is kept and officers will look at it. Please try other words, or write menu.")
}

// SetAside tells the operators that a message could not be handled and waits for a person to look at it.
func (v Voice) SetAside(event string) string {
	return v.f("⚠️ Ada pesan yang tidak bisa diolah dan disisihkan, supaya yang lain tidak menunggu. Pengirimnya sudah diberi tahu. Untuk pengelola sistem: %s.",
		"⚠️ A message could not be handled and was set aside, so that nobody else waits. Its sender has been told. For who runs the system: %s.", event)
}

// NoDeskHere answers in a group that is not the operators', with what makes it theirs.
func (v Voice) NoDeskHere(group string) string {
	return v.f("Grup ini belum menjadi ruang petugas. Nomor grup: %s\nKirim laporan Anda lewat chat pribadi dengan saya.",
		"This group is not the officers' room yet. Number of the group: %s\nTo send a report, write to me in a private chat.", group)
}
