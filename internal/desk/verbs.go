package desk

import (
	"cmp"
	"fmt"
	"slices"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Verb is what somebody in the desk wants.
type Verb string

// The verbs, each with a row below.
const (
	Tasks    Verb = "tugas"
	Show     Verb = "laporan"
	Find     Verb = "cari"
	History  Verb = "riwayat"
	Open     Verb = "buka"
	Take     Verb = "ambil"
	Reply    Verb = "balas"
	Canned   Verb = "jawab"      // what lies ready
	PutBy    Verb = "jawabtetap" // adds to it
	Resolve  Verb = "selesai"
	Forward  Verb = "teruskan"
	Transfer Verb = "alihkan"
	Category Verb = "kategori"
	NotOurs  Verb = "bukan"
	Ask      Verb = "tanya"
	Note     Verb = "catatan"
	Identity Verb = "identitas"
	Plan     Verb = "rencana"
	Reject   Verb = "tolak"
	Merge    Verb = "gabung"
	Unmerge  Verb = "pisah" // what was joined
	Split    Verb = "pecah" // a part becomes a report of its own
	Undo     Verb = "urungkan"
	Reopen   Verb = "bukalagi"
	Retract  Verb = "belumselesai"
	Score    Verb = "akurasi"
	Count    Verb = "statistik"
	Join     Verb = "daftar"
	Accept   Verb = "terima"
	Refuse   Verb = "jangan" // a request to join
	People   Verb = "petugas"
	Duty     Verb = "piket"
	Roll     Verb = "absen" // the open list was read
	Dismiss  Verb = "keluarkan"
	HandOver Verb = "pindahkan"
	LetGo    Verb = "hapusdata"
	KeepOn   Verb = "tahandata"
	TakeFor  Verb = "lapor"
	Paste    Verb = "tautan"
	Help     Verb = "bantuan"

	Quarantine Verb = "karantina"
	Admit      Verb = "loloskan" // out of the quarantine
	Warn       Verb = "peringatkan"
	Mute       Verb = "bisukan"
	Block      Verb = "blokir"
	Unblock    Verb = "bukablokir"
)

// What a message can mean besides. Silent is people's own talk, which gets no answer.
const (
	Silent  Verb = ""
	Unknown Verb = "?"       // a command nobody knows
	Stale   Verb = "lewat"   // a press on something that is not ours or not any more
	Old     Verb = "usang"   // a number under a card that has changed since
	BadCode Verb = "salah"   // a number whose check character does not fit
	Odd     Verb = "aneh"    // a body that cannot be an answer
	Edited  Verb = "sunting" // an earlier message was changed
	Unsure  Verb = "ragu"    // a nod, or words to a colleague: no answer to a citizen
	Relayed Verb = "kiriman" // what somebody else wrote
	Lost    Verb = "hilang"  // a reply to a message of the bot's that nobody knows any more
	Several Verb = "banyak"  // more than one number in front
	Dropped Verb = "urung"   // what was shown is not to be sent
	Loose   Verb = "lepas"   // words for a report, in reply to none and without a number
	NoCard  Verb = "lain"    // a reply to a message of the bot's that is about no report
)

// verbs is the table. The functions of its rows know it by handling.verbs alone.
var verbs = slices.Concat(product, exhibits, disposals, lapor, classes)

var product = table{
	{
		name: Tasks, leads: true, also: "tasks", usage: "/tugas yang terbuka; /tugas lewat yang lewat batas", about: "Daftar laporan terbuka: /tugas, /tugas lewat",
		may: members, split: object, do: (*handling).tasks,
	},
	{
		name: Show, leads: true, also: "lihat|show", usage: "/laporan NOMOR", about: "Tampilkan kartu: /laporan NOMOR",
		may: members, look: (*handling).showTo,
	},
	{
		name: Find, leads: true, also: "search|temukan|find|telusuri|pencarian",
		said:  "cari orang ini|cari orangnya|cari pelapor|cari pelapornya|cari pelapor ini|cari warga ini|cari warganya|laporan lainnya|laporannya yang lain",
		usage: "/cari nomor, kata, atau jalan", about: "Cari laporan: /cari nomor, kata, atau jalan", may: members, split: object,
		heard: func(*profile.Profile, string) (arg, words string) { return thisPerson, "" }, do: (*handling).search,
	},
	{
		name: Open, does: report.Unveiling, also: "open|baca|isi",
		said: "buka|bukain|bukakan|dibuka|buka isi|buka isinya|buka laporannya|buka laporan ini|buka rahasia|lihat isi|lihat isinya|liat isi|liat isinya|baca|" +
			"baca isi|baca isinya|bacakan|minta isi|minta isinya|isinya|isinya apa|apa isinya|tampilkan isi|tampilkan isinya|kirim isinya|open|read",
		label: label{10, "🔓 Buka isi"}, on: func(report.Report) bool { return true }, secret: true, guarded: true,
		usage: "/buka isi laporan rahasia, secara pribadi", about: "Baca laporan rahasia secara pribadi: /buka NOMOR",
		heard: nothing, may: officers, takes: takesWords, menu: &menu{kind: openKind, show: openMenu}, act: openIt,
	},
	{
		name: History, leads: true, also: "sejarah|history|jejak", usage: "/riwayat NOMOR", may: members, look: (*handling).history,
	},
	{
		name: Take, does: report.Taking, also: "take",
		said: "ambil|saya ambil|kami ambil|diambil|tak ambil|ambil alih|saya tangani|kami tangani|ditangani|saya handle|kami handle|" +
			"sy ambil|sy ambil alih|saya ambil alih|kami ambil alih|sy handle|sy tangani|biar saya|saya yang ambil|saya yg ambil|sy yg ambil|otw|meluncur|saya kerjakan|proses|diproses|saya proses|kami proses|sedang proses|sedang diproses|dalam proses|on proses|on progres|on progress|saya cokot|kula pendet|take",
		label: label{1, "✋ Ambil"}, on: func(r report.Report) bool { return r.Status.Working() && r.Status != report.InProgress },
		usage: "/ambil", about: "Ambil laporan: /ambil NOMOR, atau balas kartunya", may: officers,
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Laporan %s Anda ambil.", r.Code)
		},
		act: plain(func(Command) report.Action { return report.Take{} }),
	},
	{
		name: Reply, does: report.Replying, also: "reply", said: "balas|bales|balasan|jawab|jawaban|jawabannya",
		usage: "/balas jawaban",
		label: label{2, "💬 Balas"}, on: answerable, may: officers,
		takes: takesWords | takesPhotos | takesFiles, asks: fixed("jawaban untuk warga (teks atau foto)"),
		act: plain(func(c Command) report.Action { return report.Reply{Words: c.Words, Photos: c.Photos, Files: c.Files} }),
	},
	{
		name: Canned, does: report.Replying, also: "templat|template|jawabansiap|jawaban_siap|jawabsiap", said: "jawaban siap|jawab siap|jawaban cepat|templat|template|templet",
		usage: "/jawab jawaban siap", about: "Jawaban siap: balas kartu dengan /jawab", may: officers,
		takes: takesWords | takesPhotos | takesFiles, split: object, menu: &menu{kind: cannedKind, show: cannedMenu}, act: canned,
	},
	{
		name: Resolve, does: report.Resolving, also: "beres|done",
		said: "selesai|sudah selesai|udah selesai|sdh selesai|udh selesai|dah selesai|telah selesai|beres|sudah beres|udah beres|sdh beres|udh beres|dah beres|kelar|udah kelar|sudah kelar|udh kelar|dah kelar|" +
			"rampung|wis rampung|sampun rampung|geus beres|done|clear|tuntas|sudah tuntas|selesaikan",
		label: label{4, "✅ Selesai"}, on: open,
		usage: "/selesai keterangan (+ foto)", about: "Nyatakan selesai: balas kartu dengan /selesai keterangan",
		may: officers, takes: takesWords | takesPhotos, asks: evidence, act: resolve,
	},
	{
		name: Forward, does: report.Forwarding, also: "terus|forward",
		said: "teruskan|terusin|diteruskan|oper|dioper|operkan|lempar|lemparin|limpahkan|dilimpahkan|alihkan|dialihkan|forward|teruskeun|" +
			"kirim ke|balikin ke|kembalikan ke|transfer ke|tf ke|pindah ke|pindahkan|serahkan",
		label: label{3, "➡️ Teruskan"}, on: open,
		usage: "/teruskan kantor alasan", about: "Teruskan: balas kartu dengan /teruskan kantor alasan", may: officers,
		takes: takesWords, split: object, heard: officeFirst,
		menu: &menu{kind: forwardKind, show: func(p *profile.Profile, r report.Report, _ string) bot.Menu { return ForwardMenu(p, r) }},
		done: transferred, act: forward,
	},
	{
		name: Transfer, does: report.Transferring, also: "transfer|alihkankeluar",
		label: label{12, "🤝 Alihkan"}, on: func(r report.Report) bool {
			return r.Owner != "" && r.Agency == "" && (r.Status.Working() || r.Status == report.Transferred)
		},
		usage: "/alihkan pln nomornya", about: "Alihkan ke pihak luar: balas kartu dengan /alihkan pln", may: officers,
		takes: takesWords, split: object, menu: &menu{kind: ownerMenuKind, show: owners},
		asks: fixed("nomor laporan di sana"), done: transferred, act: transfer,
	},
	{
		name: Category, does: report.Correcting, also: "category",
		said: "kategori|kategorinya|ganti kategori|ubah kategori|ganti kategorinya|ubah kategorinya|salah kategori|kategori salah|" +
			"kategorinya salah|kategori yang benar|kategori seharusnya|kategorinya harusnya|category",
		usage: "/kategori nama kategori", about: "Betulkan kategori: balas kartu dengan /kategori nama", may: officers,
		takes: takesWords, split: object, menu: &menu{kind: casework.CategoryMenuKind, show: casework.CategoryMenu},
		done: categorised, act: categorise,
	},
	{
		name: NotOurs, does: report.Returning, also: "bukankewenangan|bukan_kewenangan|kembalikan", said: "salah kamar|salah dinas|salah kantor|salah opd", whole: true,
		label: label{8, "↩️ Bukan kewenangan"}, on: func(r report.Report) bool { return r.Status.Working() && r.Agency != "" },
		usage: "/bukan alasan", may: officers, takes: takesWords, asks: fixed("alasan mengapa ini bukan kewenangan kantor Anda"),
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Laporan %s dikembalikan ke koordinator.", r.Code)
		},
		act: plain(func(c Command) report.Action { return report.NotOurs{Why: c.Words} }),
	},
	{
		name: Ask, does: report.Asking, also: "ask", said: "tanya|tanyakan|tanyain|tanya pelapor|tanyakan ke|tanya warga|tanya ke|tanyakeun|ditanyakan",
		label: label{6, "❓ Tanya"}, on: open,
		usage: "/tanya pertanyaan", may: officers, takes: takesWords, asks: fixed("pertanyaan untuk pelapor"),
		act: plain(func(c Command) report.Action { return report.Ask{Words: c.Words} }),
	},
	{
		name: Note, does: report.Noting, also: "catat|note", said: "catat|catatan|catatan internal|note|dicatat|nb",
		label: label{7, "📝 Catatan"}, on: answerable,
		usage: "/catatan isi", may: officers, takes: takesWords, asks: fixed("catatan untuk petugas lain (tidak dikirim ke warga)"),
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Catatan untuk %s disimpan; warga tidak melihatnya.", r.Code)
		},
		act: func(_ *handling, c Command, on subject) (report.Action, bool, error) {
			return report.Note{Words: c.Words, Passed: c.Held && on.by.Role == report.Operator && on.report.Agency == ""}, false, nil
		},
	},
	{
		name: Identity, guarded: true, does: report.Identifying, also: "identity|pelapor|siapapelapor|lihatidentitas|bukaidentitas",
		said: "lihat identitas|lihat identitasnya|buka identitas|buka identitasnya|identitas pelapor|identitas pelapornya|minta identitas|siapa pelapornya|siapa yang lapor|" +
			"siapa yg lapor|nama pelapor|nama pelapornya|nomor pelapor|no hp pelapor|nomor hp pelapor|minta nomor pelapor",
		label: label{17, "🪪 Lihat identitas"}, on: func(r report.Report) bool { return r.Status.Working() && r.Officer.ID != "" }, identity: true,
		heard: nothing, // what is said in passing is no reason
		usage: "/identitas alasan", about: "Lihat identitas pelapor, dengan alasan: /identitas NOMOR alasan",
		may: officers, takes: takesWords, menu: &menu{kind: identityKind, show: identityMenu}, act: identify,
	},
	{
		name: Plan, does: report.Planning, also: "rencanakan|jadwal|plan",
		said:  "rencana|rencanakan|direncanakan|jadwalkan|dijadwalkan|agendakan|diagendakan|masuk rencana|plan|anggarkan|dianggarkan",
		label: label{9, "🗓 Rencanakan"}, on: open,
		usage: "/rencana 31-12-2026 alasan", may: officers, takes: takesWords,
		asks: fixed("tanggal dan alasannya, misalnya: 31-12-2026 menunggu anggaran"), act: plan,
	},
	{
		name: Reject, does: report.Rejecting, also: "reject", said: "tolak|ditolak|tolak aja|reject|kami tolak|saya tolak|mohon ditolak",
		label: label{5, "⛔ Tolak"}, on: func(r report.Report) bool { return r.Status.Open() },
		usage: "/tolak alasan penjelasan", about: "Tolak: balas kartu dengan /tolak alasan", may: officers,
		takes: takesWords | takesPhotos, split: splitReason, menu: &menu{kind: rejectKind, show: reasons}, asks: fixed("penjelasan penolakan untuk warga"), done: rejected, act: reject,
	},
	{
		name: Reopen, does: report.Reopening, also: "buka_lagi|bukakembali|reopen", said: "buka lagi|bukalagi|buka kembali|bukain lagi|dibuka lagi|buka ulang|reopen",
		label: label{11, "🔁 Buka lagi"}, on: over,
		usage: "/bukalagi alasan", may: officers, takes: takesWords,
		asks: fixed("alasan mengapa laporannya dibuka lagi; warga juga dikabari"),
		done: reopenedText,
		act:  reopen,
	},
	{
		name: Retract, does: report.Retracting, also: "belum_selesai|batalselesai|tarikselesai", may: officers, takes: takesWords,
		usage: "/belumselesai alasan (kabar selesai tadi keliru)",
		asks:  fixed("alasan mengapa ternyata belum selesai; warga dikabari bahwa kabar selesai itu keliru"),
		done: func(_ *casework.Office, was, r report.Report) string {
			if was.Status != report.Resolved || r.Reopens == was.Reopens {
				return fmt.Sprintf("Ditarik sebelum terkirim: %s belum dinyatakan selesai.", r.Code)
			}
			return fmt.Sprintf("Laporan %s dibuka lagi; warga dikabari bahwa kabar selesai tadi keliru.", r.Code)
		},
		act: retract,
	},
	{
		name: Merge, does: report.Merging, also: "gabungkan|satukan|merge",
		said:  "gabung|gabungkan|gabungin|digabung|satukan|satuin|sama|samakan|dobel|double|kembar|duplikat|merge|join",
		label: label{13, "🔗 Gabung"}, on: open,
		usage: "/gabung NOMOR", about: "Gabung ke laporan lain: balas kartu dengan /gabung NOMOR", may: officers,
		takes: takesWords, other: true, menu: &menu{kind: mergeKind, show: mergeMenu}, done: merged, act: merge,
	},
	{
		name: Unmerge, does: report.Parting, also: "pisahkan|unmerge", said: "pisah|pisahkan|dipisah|pisah lagi|pisahkan lagi|batal gabung|batalkan gabungan|unmerge",
		label: label{14, "✂️ Pisahkan"}, on: func(r report.Report) bool { return r.Status == report.Merged },
		usage: "/pisah", about: "Pisahkan laporan yang digabung: /pisah NOMOR", may: officers, done: unmerged, act: unmerge,
	},
	{
		name: Split, guarded: true, does: report.Splitting, also: "pecahkan|pecahlaporan|bagidua|split", said: "pecah|pecahkan|dipecah|pecah jadi dua|dipecah jadi dua|bagi dua|jadikan dua laporan|split",
		label: label{16, "🪓 Pecah"}, on: severalIn,
		usage: "/pecah bagian", about: "Dua masalah dalam satu laporan: balas kartu dengan /pecah", may: officers,
		takes: takesWords, menu: &menu{kind: splitKind, show: splitMenu}, done: splitDone, act: split,
	},
	{
		name: Undo, does: report.Withdrawing, also: "tarik|undo|batal|cancel", said: "urungkan|tarik|batalkan|batalin|batalin dulu|tarik jawaban|tarik yang tadi|tarik yg tadi|salah kirim|salah pencet|salah tekan|salah klik|kepencet|ketekan|salah nomor|salah kartu|salah balas|salah jawab|salah chat", may: officers,
		usage: "/urungkan menarik yang baru dikirim",
		done: func(_ *casework.Office, was, r report.Report) string {
			if r.Reopens > was.Reopens {
				return fmt.Sprintf("Laporan %s dibuka lagi; warga dikabari.", r.Code)
			}
			return fmt.Sprintf("Ditarik. Warga tidak menerima jawaban itu (%s).", r.Code)
		},
		act: undo,
	},
	{
		name: Score, leads: true, also: "ketepatan|accuracy", usage: "/akurasi ketepatan tebakan kantor", about: "Seberapa sering tebakan kantor tepat",
		may: members, do: (*handling).score,
	},
	{
		name: Count, leads: true, also: "stat|statistic|statistics|stats|angka|kinerja|rekap", said: "statistik|minta statistik|lihat statistik",
		usage: "/statistik angka kantor (bulan lalu, semua)", about: "Angka kantor: /statistik bulan lalu",
		may: members, split: object, do: (*handling).statistics,
	},
	{
		name: Join, also: "join", usage: "/daftar kantor mendaftar sebagai petugas, misalnya /daftar dishub",
		about: "Jadi petugas: /daftar kantor", split: object, do: (*handling).join,
	},
	{name: Accept, usage: "/terima yang minta jadi petugas (balas permintaannya)", also: "setujui", may: coordinators, deed: "menerima petugas", split: object, do: (*handling).admit},
	{name: Refuse, usage: "/jangan menolak yang minta jadi petugas", also: "tolakdaftar", may: coordinators, deed: "menerima petugas", split: object, do: (*handling).admit},
	{
		name: People, leads: true, also: "daftarpetugas|officers", usage: "/petugas siapa yang boleh bertindak", about: "Siapa yang boleh bertindak",
		may: members, split: object, do: (*handling).listPeople,
	},
	{
		name: Duty, leads: true, also: "jaga|duty", usage: "/piket siapa yang bertugas sekarang", about: "Siapa yang piket; mulai: /piket saya", may: members,
		split: object, do: (*handling).duty,
	},
	{
		name: Roll, leads: true, also: "dibaca|sudahdibaca|rollcall", may: members, split: object, do: (*handling).readRoll,
		usage: "/absen daftar yang dibacakan",
	},
	{
		name: Dismiss, also: "keluarkanpetugas|dismiss", about: "Akhiri hak petugas: /keluarkan nama (koordinator)",
		usage: "/keluarkan nama",
		may:   coordinators, deed: "mengeluarkan petugas", split: object, do: (*handling).dismiss,
	},
	{
		name: HandOver, also: "pindah|serahkan|handover", about: "Pindahkan laporan yang menunggu ke kantornya (koordinator)",
		usage: "/pindahkan laporan ke kantornya",
		may:   coordinators, deed: "memindahkan laporan ke kantornya", split: object, do: (*handling).handOver,
	},
	{
		name: Quarantine, also: "antrian|tertahan|quarantine", about: "Laporan yang menunggu dilihat (koordinator)",
		usage: "/karantina yang perlu dilihat dulu",
		may:   coordinators, deed: "melihat karantina", split: object, do: (*handling).quarantine,
	},
	{
		name: Admit, does: report.Admitting, also: "lepaskan|terimalaporan|admit", label: label{0, "✅ Terima"}, on: func(r report.Report) bool { return r.Status == report.Quarantined },
		usage: "/loloskan NOMOR",
		may:   coordinators, deed: "menerima laporan dari karantina", done: admitted,
		act: plain(func(Command) report.Action { return report.Admit{} }),
	},
	{
		name: Warn, does: report.Restraining, also: "peringatan|tegur|ingatkan|warn", said: "peringatkan pelapor|tegur pelapor|ingatkan pelapor|peringatkan warga ini",
		usage: "/peringatkan alasan",
		may:   coordinators, deed: "memperingatkan pelapor", takes: takesWords, asks: fixed("alasan peringatan; pelapor membacanya"), act: restrain(report.Warned),
	},
	{
		name: Mute, does: report.Restraining, also: "bisu|senyapkan|mute", said: "bisukan pelapor|senyapkan pelapor|mute pelapor|bisukan warga ini",
		usage: "/bisukan lamanya alasan",
		may:   coordinators, deed: "membisukan pelapor", takes: takesWords, asks: fixed("lamanya dan alasan, misalnya: 7 hari laporan yang sama terus. Pelapor membacanya"),
		act: restrain(report.Muted),
	},
	{
		name: Block, does: report.Restraining, also: "ban|blok|block|blokirpelapor", said: "blokir pelapor|blok pelapor|ban pelapor|blokir warga ini",
		usage: "/blokir lamanya alasan",
		may:   coordinators, deed: "memblokir pelapor", takes: takesWords, asks: fixed("lamanya dan alasan, misalnya: 30 hari menghina petugas. Pelapor membacanya"),
		act: restrain(report.Blocked),
	},
	{
		name: Unblock, does: report.Restraining, also: "bukabisu|lepasblokir|cabutblokir|unblok|unblock|unban|unmute", said: "buka blokir|buka blokirnya|cabut blokir|lepas blokir|buka bisu|unblok pelapor",
		usage: "/bukablokir alasan",
		may:   coordinators, deed: "mengakhiri pembatasan pelapor", takes: takesWords, asks: fixed("alasan mengakhirinya; pelapor membacanya"), act: restrain(report.NoMeasure),
	},
	{
		name: LetGo, also: "hapus_data", said: "hapus data|hapus datanya|hapus data pelapor|hapuskan datanya|boleh dihapus datanya",
		usage: "/hapusdata NOMOR",
		may:   coordinators, deed: "memutuskan permintaan hapus data", act: decides(true),
	},
	{
		name: KeepOn, also: "tahan_data", said: "tahan data|tahan datanya|jangan hapus data|jangan hapus datanya|simpan dulu datanya|data disimpan dulu",
		usage: "/tahandata NOMOR alasan",
		may:   coordinators, deed: "memutuskan permintaan hapus data", takes: takesWords, asks: fixed("alasan yang dibaca warga"), act: decides(false),
	},
	{
		name: TakeFor, also: "catatkan|loket", usage: "/lapor mencatat untuk warga (di chat pribadi)", about: "Catat laporan untuk warga: di chat pribadi",
		may: members, do: (*handling).takeFor,
	},
	{
		name: PutBy, also: "jawab_tetap|jawabantetap|simpanjawaban|templatbaru", usage: "/jawabtetap judul: kata menambah jawaban siap kantor",
		about: "Simpan jawaban siap: /jawabtetap judul: kata", may: members, split: object, do: (*handling).putBy,
	},
	{
		name: Paste, leads: true, also: "link|links|ajakan", usage: "/tautan kalimat untuk kolom komentar", about: "Kalimat dengan tautan kanal, untuk kolom komentar",
		may: members, do: (*handling).paste,
	},
	{
		name: Help, leads: true, also: "help|start|menu", about: "Semua cara",
		usage: "/bantuan",
		do:    (*handling).help,
	},
}

// What the columns of the table share.

// object says that all of a text names what the verb is about.
func object(_ *profile.Profile, text string) (arg, words string) { return text, "" }

// plain is the action of a verb that asks for nothing by itself.
func plain(a func(Command) report.Action) func(*handling, Command, subject) (report.Action, bool, error) {
	return func(_ *handling, c Command, _ subject) (report.Action, bool, error) { return a(c), false, nil }
}

func fixed(text string) func(*handling, subject) string {
	return func(*handling, subject) string { return text }
}

func open(r report.Report) bool { return r.Status.Working() }

func answerable(r report.Report) bool {
	return open(r) || r.Status == report.Resolved || r.Status == report.Rejected
}

// What a row of the table decides by itself.

func resolve(h *handling, c Command, _ subject) (report.Action, bool, error) {
	if len(c.Files) > 0 {
		return nil, false, h.no(casework.Evidence, "Untuk menyatakan selesai kirim foto atau tulisan, bukan berkas atau rekaman suara.")
	}
	return report.Resolve{Words: cmp.Or(c.Words, reasonIn(c.Arg)), Photos: c.Photos}, false, nil
}
