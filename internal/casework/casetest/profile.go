// Package casetest is the conformance suite that every casework.Store and Reader passes, a store in memory that is held
// equal to the real one by that suite, and a small made-up government, for tests of the rooms around casework.
package casetest

import "rabeg/internal/profile"

// Profile is a made-up government, small enough to read: Dishub and PU with their categories, a kecamatan office, an
// office that nobody is sure of, and "LUAR" for everybody outside.
func Profile() *profile.Profile {
	return &profile.Profile{
		ID: "contoh", City: "Kota Contoh", Government: "Pemerintah Kota Contoh", Product: "Rabeg", Prefix: "CTH",
		Zone: "Asia/Jakarta", Coordinator: "Diskominfo",
		Emergency: []profile.Emergency{{Number: "112", Name: "Contoh Siaga"}},
		Agencies: []profile.Agency{
			{Code: "DISHUB", Name: "Dinas Perhubungan", Short: "Dishub", Aliases: []string{"dinas perhubungan", "perhubungan"}},
			{Code: "DPUPR", Name: "Dinas Pekerjaan Umum dan Penataan Ruang", Short: "PUPR", Aliases: []string{"PU", "Bina Marga"}},
			{Code: "DLH", Name: "Dinas Lingkungan Hidup", Short: "DLH", Aliases: []string{"LH", "dinas kebersihan"}},
			{Code: "DINSOS", Name: "Dinas Sosial", Short: "Dinsos"},
			{Code: "KEC-KOTA", Name: "Kecamatan Kota", Short: "Kec. Kota", District: "99.01.01"},
			{Code: "KEC-BARU", Name: "Kecamatan Baru", Short: "Kec. Baru", District: "99.01.02"},
			{Code: "LUAR", Name: "Di luar kewenangan kota", Short: "Luar kewenangan", Outside: true},
			{Code: "112", Name: "Contoh Siaga 112", Emergency: true},
		},
		Owners: []profile.Owner{
			{Code: "PLN", Name: "PLN", Short: "PLN", Aliases: []string{"listrik negara"}, About: "listrik rumah, tiang dan kabel listrik",
				AboutEN: "power at home, electric poles and cables", Words: []string{"listrik", "pln"},
				Door: profile.Door{Phone: "123", App: "PLN Mobile", Checked: "2026-06-01", Source: "pln"}},
			{Code: "PROVINSI", Name: "Pemerintah Provinsi", Short: "Provinsi", Aliases: []string{"pemprov"}, About: "jalan provinsi", AboutEN: "provincial roads",
				Door: profile.Door{Web: "https://provinsi.example", Checked: "2024-11-01", Source: "situs"}},
			{Code: "KEMENAG", Name: "Kementerian Agama", Short: "Kemenag", About: "madrasah dan haji", AboutEN: "religious schools and the hajj", Words: []string{"madrasah", "haji"}},
		},
		Categories: []profile.Category{
			{Code: "penerangan_jalan", Name: "Penerangan jalan (PJU)", NameEN: "Street lights", Agency: "DISHUB",
				Others: []string{"DPUPR", "LUAR"}, Physical: true, Light: true},
			{Code: "jalan", Name: "Jalan & jembatan", NameEN: "Roads", Agency: "DPUPR", Others: []string{"KECAMATAN"}, Physical: true,
				Rules: []profile.Rule{{Words: []string{"listrik rumah"}, Agency: "LUAR", Owner: "PLN", Why: "listrik rumah urusan PLN"}}},
			{Code: "sampah", Name: "Sampah & kebersihan", NameEN: "Waste", Agency: "DLH", Others: []string{"KECAMATAN"}, Physical: true},
			{Code: "bantuan", Name: "Bantuan sosial", NameEN: "Social aid", Agency: "DINSOS", Sensitive: true},
			{Code: "kelurahan", Name: "Kelurahan & kecamatan", NameEN: "District services", Agency: "KECAMATAN", Identity: true},
			{Code: "luar", Name: "Luar kewenangan", NameEN: "Elsewhere", Agency: "LUAR"},
		},
		Clocks: []profile.Clock{
			{Name: "3×24 jam", From: "2020-01-01", Hours: 72},
			{Name: "ringan 1×24 jam", From: "2020-01-01", Hours: 24, Light: true},
			{Name: "berkadar 60 hari kerja", Stage: profile.Finish, From: "2020-01-01", WorkingDays: 60, Classes: []string{"berkadar"}},
			{Name: "tidak berkadar 14 hari kerja", Stage: profile.Finish, From: "2020-01-01", WorkingDays: 14, Classes: []string{"tidak"}},
			{Name: "LAPOR! 5 hari kerja", From: "2020-01-01", WorkingDays: 5, Channels: []string{"sp4n"}},
		},
		Rejections: []profile.Rejection{
			{Code: "tidak_jelas", Name: "Laporan tidak jelas", Words: "Keterangannya belum cukup.", WordsEN: "There is too little to go on.",
				Next: "Kirim laporan baru dengan foto.", NextEN: "Please send a new report with a photo."},
			{Code: "bukan_wewenang", Name: "Bukan kewenangan pemerintah kota", Words: "Ini bukan kewenangan kota.", WordsEN: "This is not a duty of the city.", Outside: true},
			{Code: "bohong", Name: "Tidak sesuai keadaan di lapangan"},
			{Code: "sudah_dilaporkan", Name: "Sudah pernah dilaporkan", Words: "Hal yang sama sudah dilaporkan.", WordsEN: "The same was reported before.", Other: true},
			{Code: "sudah_selesai", Name: "Sudah selesai saat diperiksa", Words: "Saat diperiksa, sudah selesai.", WordsEN: "When it was looked at, it was done.",
				Next: "Masih ada? Balas dengan foto.", NextEN: "Still there? Reply with a photo.", Photo: true},
			{Code: "lama", Name: "Alasan lama", Retired: true},
		},
		Lapor: profile.Lapor{
			Statuses: []profile.LaporStatus{
				{Code: "belum", Word: "Belum Terverifikasi", Means: profile.LaporWaiting},
				{Code: "disposisi", Word: "Terdisposisi", Begins: true, Means: profile.LaporForwarded},
				{Code: "lengkapi", Word: "Menunggu Kelengkapan Informasi", Means: profile.LaporIncomplete},
				{Code: "dijawab", Word: "Ditindaklanjuti oleh Instansi", Means: profile.LaporAnswered},
				{Code: "sistem", Word: "Ditutup oleh Sistem", Means: profile.LaporLapsed},
				{Code: "arsip", Word: "Diarsipkan oleh Admin", Means: profile.LaporRefused},
			},
			Categories: []profile.LaporCategory{{Code: "1398", Name: "Penerangan Jalan", For: []string{"penerangan_jalan"}, From: "penerangan_jalan"}},
			Sources:    []profile.LaporSource{{Code: "wa", Word: "Whatsapp", Channel: "whatsapp"}},
		},
		Canned: []profile.Canned{
			{Code: "diterima", Title: "Sudah kami terima", Words: "Laporan {nomor} sudah kami terima di {kantor}.", WordsEN: "Report {nomor} has reached {kantor}."},
			{Code: "lampu", Title: "Lampu dijadwalkan", Categories: []string{"penerangan_jalan"}, Words: "Lampu di {tempat} kami jadwalkan untuk diperiksa."},
			{Code: "perlu_foto", Title: "Minta foto", Question: true, Words: "Mohon kirim foto keadaannya.", WordsEN: "Please send a photo of it."},
			{Code: "batas", Title: "Dijawab sebelum batasnya", Words: "Kami jawab paling lambat {batas}."},
		},
	}
}
