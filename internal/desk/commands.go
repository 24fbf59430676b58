package desk

// MenuLine is one line of the menu that a network shows beside the input field of the desk.
type MenuLine struct{ Name, About string }

// Commands are what operators write most.
func Commands() []MenuLine {
	return []MenuLine{
		{"tugas", "Daftar laporan terbuka"},
		{"laporan", "Tampilkan kartu: /laporan NOMOR"},
		{"ambil", "Ambil laporan: /ambil NOMOR, atau balas kartunya"},
		{"selesai", "Nyatakan selesai: balas kartu dengan /selesai keterangan"},
		{"teruskan", "Teruskan: balas kartu dengan /teruskan kantor alasan"},
		{"tolak", "Tolak: balas kartu dengan /tolak alasan"},
		{"akurasi", "Seberapa sering tebakan kantor tepat"},
		{"daftar", "Jadi petugas: /daftar kantor"},
		{"bantuan", "Semua cara"},
	}
}
