package say

import "rabeg/bot"

// MenuOf builds a menu of fixed choices by their ids.
func (v Voice) MenuOf(id string, choices ...string) *bot.Menu {
	m := &bot.Menu{ID: id, Choices: make([]bot.Choice, 0, len(choices))}
	for _, c := range choices {
		m.Choices = append(m.Choices, v.Choice(c))
	}
	return m
}

// Choice is a fixed choice with its label and the words that mean it, in both languages whichever is shown: people mix.
func (v Voice) Choice(id string) bot.Choice {
	l := label(id)
	return bot.Choice{ID: id, Label: v.pick(l.id, l.en), Also: l.also}
}

type labels struct{ id, en, also string }

// label holds the fixed choices. Also are the words people type instead of pressing.
func label(id string) labels {
	switch id {
	case "send":
		return labels{"Kirim", "Send", "ya|iya|y|ok|oke|okay|siap|benar|betul|sudah benar|sudah|sdh|udah|kirim biasa|send|yes|right|gas|lanjut|cukup"}
	case "secret":
		return labels{"Kirim rahasia", "Send confidentially", "rahasia|rahasiakan|confidential"}
	case "edit":
		return labels{"Ubah", "Change", "ganti|salah|edit|change|tidak|belum"}
	case "cancel":
		return labels{"Batal", "Cancel", "batalkan|cancel|jangan|hapus"}
	case "all":
		return labels{"Kirim jadi beberapa laporan", "Send as several reports", "kirim|kirim semua|semua|ya|iya|y|ok|oke|siap|benar|betul|pisah|pisahkan|send|send all|yes|all"}
	case "one":
		return labels{"Satu laporan saja", "Just one report", "satu|satu saja|satu aja|satu laporan|gabung|gabungkan|satukan|jadi satu|one|one report|together"}
	case "other":
		return labels{"Itu laporan lain", "That is another report", "laporan lain|another report"}
	case "revert":
		return labels{"Kembalikan yang tadi", "Undo that change", "urungkan|kembalikan|undo"}
	case "undo":
		return labels{"Urungkan", "Undo", "undo|kembalikan|lanjut|kirim"}
	case "resume":
		return labels{"Lanjutkan", "Continue", "lanjut|ya|iya|teruskan|continue|yes|yang lama|kirim|benar"}
	case "new":
		return labels{"Buat baru", "Start a new one", "baru|laporan baru|new|laporan lain|tidak|bukan itu|lainnya"}
	case "nowhere":
		return labels{"Tidak terkait tempat", "Not about a place", "tidak ada tempat|tidak ada|lewati|skip|tidak tahu|gak tau|ga tau|gatau|nggak tau|no place"}
	case "unknown":
		return labels{"Tidak tahu", "I do not know", "lewati|skip|gak tahu|ga tahu|tidak tau|gak tau|ga tau|gatau|nggak tau|ngga tau|gk tau|tdk tau|tdk tahu|kurang tahu|lupa|don't know|dont know|no idea|tidak ada|tidak ada tempat"}
	case "inside":
		return labels{"Bukan, di kota ini", "No, in this city", "bukan|tidak|salah|no|bukan di sana"}
	case "notthat":
		return labels{"Bukan itu", "None of these", "bukan|tidak|lewati|skip|salah|no|bukan itu|tidak tahu|lainnya"}
	case "here": // the one place suggested, which is shown by its name
		return labels{"Ya, di situ", "Yes, that is it", "ya|iya|benar|betul|kirim|lanjut|cukup|tetap|memang di situ|itu dia|dia|itu|yang itu|yg itu|disitu|di situ|situ|disana|di sana|yes|right|send|that's it"}
	case "keep":
		return labels{"Tetap pakai pin ini", "Use this pin anyway", "tetap|ya|iya|benar|betul|pakai|keep|yes|lanjut"}
	case "more":
		return labels{"Lainnya", "Something else", "lain|other|others|bukan itu|tidak|salah|tidak tahu"}
	case "unsure":
		return labels{"Tidak tahu, biar petugas memilih", "Not sure, let the officers choose",
			"tidak tahu|gak tahu|ga tau|gatau|gak tau|nggak tau|tidak tau|kurang tahu|entah|terserah|lewati|skip|bingung|not sure|don't know|i don't know"}
	case "voice":
		return labels{"Cukup pesan suara", "The voice note is enough", "cukup|lewati|skip|pesan suara|ya"}
	case "heard":
		return labels{"Ya", "Yes", "iya|y|benar|betul|ok|oke|sudah benar|sesuai|yes|right|lanjut|kirim"}
	case "write":
		return labels{"Tulis sendiri", "Write it myself", "tulis|tidak|bukan|salah|kurang tepat|gak|nggak|no|write|ubah|bukan itu"}
	case "isreport":
		return labels{"Ini laporan", "This is a report", "ya|iya|laporan|yes|ini laporan"}
	case "yes":
		return labels{"Ya, tambahkan", "Yes, add it", "ya|iya|tambahkan|ok|oke|yes|add|lanjut|kirim|benar|yang tadi|foto"}
	case "newreport":
		return labels{"Laporan baru", "A new report", "baru|buat baru|bukan|tidak|new|no|laporan lain|jangan|lainnya|bukan itu"}
	case "nottwin":
		return labels{"Bukan yang ini", "Not this one", "bukan|beda|tidak|bukan ini|bukan itu|lain|no|not this|different|none|kirim|lanjut|lewati|laporan baru"}
	case "follow":
		return labels{"Ya, kabari saya", "Yes, tell me", "ya|iya|mau|boleh|ikut|ikuti|follow|kabari|kabarin|yes|ok|oke"}
	case "back":
		return labels{"Kembali", "Back", "batal ubah|tidak jadi|back|lewati|skip|tidak|cukup|jangan|jangan dihapus|sudah benar"}
	}
	return fixedLabels(id)
}

func moreLabels(id string) labels {
	switch id {
	case "beres":
		return labels{"Sudah beres", "It is fixed", "beres|sudah|sudah selesai|selesai|fixed|done|ya|iya"}
	case "sebagian":
		return labels{"Baru sebagian", "Only in part", "sebagian|separuh|setengah|partly"}
	case "belum":
		return labels{"Belum beres", "Not fixed", "belum|belum selesai|tidak|not yet|no"}
	case Unfair:
		return labels{"Tidak setuju", "I disagree", "tidak terima|keberatan|disagree|ya|iya"}
	case Agreed:
		return labels{"Saya mengerti", "I understand", "mengerti|setuju|terima|tidak|understand|no"}
	case "text":
		return labels{"Isi laporan", "The text", "isi|cerita|teks|text"}
	case "category":
		return labels{"Tentang apa", "What it is about", "kategori|tentang|topik|topic|category"}
	case "place":
		return labels{"Tempat", "Place", "lokasi|alamat|location"}
	case "photos":
		return labels{"Foto", "Photos", "gambar|photo"}
	case "visibility":
		return labels{"Siapa yang melihat", "Who sees it", "nama|anonim|rahasia|kerahasiaan|privacy"}
	case "kind":
		return labels{"Keluhan, usul, tanya", "Kind of report", "jenis|jenis laporan|kind"}
	case "dropphoto":
		return labels{"Hapus foto terakhir", "Remove the last photo", "yang terakhir|foto terakhir"}
	case "dropphotos":
		return labels{"Hapus semua foto", "Remove all photos", "hapus|hapus semua|semua foto|dua duanya"}
	case "biasa":
		return labels{"Biasa", "Normal", "normal|pakai nama"}
	case "anonim":
		return labels{"Anonim", "Anonymous", "tanpa nama|anonymous"}
	case "rahasia":
		return labels{"Rahasia", "Confidential", "rahasiakan|confidential"}
	case "pengaduan":
		return labels{"Keluhan", "Complaint", "pengaduan|aduan|complaint"}
	case "aspirasi":
		return labels{"Usul", "Suggestion", "aspirasi|aspirasi usul|usulan|saran|wish"}
	case "informasi":
		return labels{"Pertanyaan", "Question", "permintaan informasi|informasi|tanya|bertanya|info"}
	case "report":
		return labels{"Buat laporan", "Make a report", "lapor|laporan"}
	case "status":
		return labels{"Laporan saya", "My reports", "status"}
	case "mine":
		return labels{"Data saya", "My data", ""}
	case "help":
		return labels{"Bantuan", "Help", ""}
	case "privacy":
		return labels{"Privasi", "Privacy", ""}
	case "language":
		return labels{"Bahasa / Language", "Language / Bahasa", "bahasa|language"}
	case "id":
		return labels{"Bahasa Indonesia", "Bahasa Indonesia", "indonesia"}
	case "en":
		return labels{"English", "English", "inggris"}
	}
	if l := sequelLabel(id); l.id != "" {
		return l
	}
	return rightsLabel(id)
}

// sequelLabel holds the choices about what is filed already, and about what is asked of an office.
func sequelLabel(id string) labels {
	switch id {
	case "askoffice":
		return labels{"Ya, tanyakan", "Yes, ask", "ya|iya|y|kirim|send|tanyakan|tolong tanyakan|boleh|ok|oke|yes|ask|lanjut|teruskan"}
	case "dontask":
		return labels{"Tidak", "No", "tidak usah|gak usah|ga usah|jangan|tidak jadi|no|no need|batal"}
	case ToOfficer:
		return labels{"Tadi untuk petugas", "That was for the officer", "untuk petugas|itu untuk petugas|itu jawaban saya|itu jawabannya|that was the answer|for the officer"}
	case "nottaken":
		return labels{"Bukan itu", "Not that one", "bukan|salah laporan|not that"}
	case "freshreport":
		return labels{"Laporan baru", "A new report", "baru|laporan lain|lain|bukan dua duanya|new|yang baru"}
	case "nothanks":
		return labels{"Tidak usah", "No need", "tidak|gak|ga|ngga|jangan|no|tidak perlu|ga usah|gausah"}
	case "takeback":
		return labels{"Ya, tarik", "Yes, take it back", "ya|iya|y|ok|oke|tarik|betul|benar|yes|tarik aja|batalkan|batalkan laporan|tarik laporan"}
	case "keepit":
		return labels{"Tidak, biarkan", "No, leave it", "tidak|gak|ga|ngga|jangan|no|biarkan|biarin|lanjut|lanjutkan|tetap|ga jadi|gak jadi|tidak jadi|nggak jadi|ga jadi ditarik"}
	case "showagain":
		return labels{"Ya, tampilkan", "Yes, show it", "ya|iya|y|ok|oke|tampilkan|betul|benar|yes|boleh|setuju|buka saja"}
	case "stayhidden":
		return labels{"Tidak, tetap disembunyikan", "No, keep it hidden", "tidak|gak|ga|ngga|jangan|no|tetap|tetap anonim|tetap rahasia|biarkan|batal"}
	case "afterall":
		return labels{"Lanjutkan lagi", "Go on after all", "lanjut|lanjutkan|urungkan|ga jadi ditarik"}
	}
	return labels{}
}

func rightsLabel(id string) labels {
	switch id {
	case "fraud":
		return labels{"Ya, laporkan", "Yes, report it", "ya|iya|lapor|laporkan|laporin|boleh|mau|yes|report|ini laporan"}
	case "erase":
		return labels{"Ya, hapus", "Yes, erase", "ya|iya|y|hapus|hapus saja|hapus semua|hapus semuanya|semua|hapus sekarang|lanjut|lanjutkan|setuju|ok|oke|yes|delete|erase|benar|betul"}
	case "erasenow":
		return labels{"Hapus", "Erase", "ya|iya|y|hapus|ya hapus|benar|betul|yakin|setuju|yes|delete|erase|really"}
	case "recall":
		return labels{"Tarik laporan dan hapus", "Take back and erase", "tarik|tarik semua|tarik laporan|tarik dan hapus|hapus semua|take back"}
	case "noerase":
		return labels{"Tidak jadi", "Do not erase", "tidak|jangan|tidak usah|tidak perlu|batal|gak jadi|ga jadi|gak jadi deh|ga jadi deh|tidak jadi deh|nggak|no|cancel|kembali|biarkan"}
	}
	if l := clerkLabel(id); l.id != "" {
		return l
	}
	if l := tieLabel(id); l.id != "" {
		return l
	}
	return callLabel(id)
}
