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
		return labels{"Kirim", "Send", "ya|iya|y|ok|oke|okay|siap|benar|betul|sudah benar|kirim biasa|send|yes|gas"}
	case "secret":
		return labels{"Kirim rahasia", "Send confidentially", "rahasia|rahasiakan|confidential"}
	case "edit":
		return labels{"Ubah", "Change", "ganti|salah|edit|change|tidak|belum"}
	case "cancel":
		return labels{"Batal", "Cancel", "batalkan|cancel"}
	case "other":
		return labels{"Itu laporan lain", "That is another report", "laporan lain|another report"}
	case "undo":
		return labels{"Urungkan", "Undo", "undo|kembalikan"}
	case "resume":
		return labels{"Lanjutkan", "Continue", "lanjut|ya|iya|teruskan|continue|yes"}
	case "new":
		return labels{"Buat baru", "Start a new one", "baru|laporan baru|new"}
	case "nowhere":
		return labels{"Tidak terkait tempat", "Not about a place", "tidak ada tempat|tidak ada|lewati|skip|tidak tahu|gak tau|ga tau|gatau|nggak tau|no place"}
	case "notthat":
		return labels{"Bukan itu", "None of these", "bukan|tidak|lewati|skip|salah|no"}
	case "keep":
		return labels{"Tetap pakai pin ini", "Use this pin anyway", "tetap|ya|pakai|keep"}
	case "more":
		return labels{"Lainnya", "Something else", "lain|other|others"}
	case "next":
		return labels{"Berikutnya", "More", "lagi|next|lanjut"}
	case "unsure":
		return labels{"Tidak tahu, biar petugas memilih", "Not sure, let the officers choose",
			"tidak tahu|gak tahu|ga tau|lewati|skip|bingung|not sure"}
	case "voice":
		return labels{"Cukup pesan suara", "The voice note is enough", "cukup|lewati|skip|pesan suara"}
	case "heard":
		return labels{"Ya", "Yes", "iya|y|benar|betul|ok|oke|sudah benar|sesuai|yes|right"}
	case "write":
		return labels{"Tulis sendiri", "Write it myself", "tulis|tidak|bukan|salah|kurang tepat|gak|nggak|no|write"}
	case "isreport":
		return labels{"Ini laporan", "This is a report", "ya|iya|laporan|yes"}
	case "yes":
		return labels{"Ya, tambahkan", "Yes, add it", "ya|iya|tambahkan|ok|oke|yes|add"}
	case "newreport":
		return labels{"Laporan baru", "A new report", "baru|buat baru|bukan|tidak|new|no"}
	case "no":
		return labels{"Tidak usah", "No need", "tidak|jangan|gak usah|no"}
	case "back":
		return labels{"Kembali", "Back", "batal ubah|tidak jadi|back|lewati|skip"}
	}
	return moreLabels(id)
}

func moreLabels(id string) labels {
	switch id {
	case "text":
		return labels{"Isi laporan", "The text", "isi|teks|text"}
	case "category":
		return labels{"Kategori", "Topic", "topik|category"}
	case "place":
		return labels{"Tempat", "Place", "lokasi|alamat|location"}
	case "photos":
		return labels{"Foto", "Photos", "gambar|photo"}
	case "visibility":
		return labels{"Siapa yang melihat", "Who sees it", "nama|anonim|rahasia|kerahasiaan|privacy"}
	case "kind":
		return labels{"Jenis", "Kind", "jenis laporan"}
	case "dropphoto":
		return labels{"Hapus foto terakhir", "Remove the last photo", ""}
	case "dropphotos":
		return labels{"Hapus semua foto", "Remove all photos", "hapus|hapus semua"}
	case "biasa":
		return labels{"Biasa", "Normal", "normal"}
	case "anonim":
		return labels{"Anonim", "Anonymous", "tanpa nama|anonymous"}
	case "rahasia":
		return labels{"Rahasia", "Confidential", "rahasiakan|confidential"}
	case "pengaduan":
		return labels{"Pengaduan", "Complaint", "keluhan|aduan|complaint"}
	case "aspirasi":
		return labels{"Aspirasi (usul)", "Suggestion", "aspirasi|usul|saran|wish"}
	case "informasi":
		return labels{"Permintaan informasi", "Question", "informasi|tanya|bertanya|info"}
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
	return callLabel(id)
}
