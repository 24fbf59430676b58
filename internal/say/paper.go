package say

import (
	"strings"
	"time"

	"rabeg/internal/report"
)

// PaperTitle is what the copy of a person's data is called.
func (v Voice) PaperTitle() string {
	return v.f("Data Anda pada %s, %s", "Your data with %s, %s", v.Profile.Product, v.Profile.Government)
}

// PaperHead says what the copy is, and of when.
func (v Voice) PaperHead(asked time.Time) string {
	return v.f("Salinan semua yang kami simpan tentang Anda, atas permintaan Anda %s (UU 27/2022 tentang Pelindungan Data Pribadi).",
		"A copy of everything we keep about you, as you asked %s (Law 27/2022 on personal data).", v.When(asked))
}

// PaperCut says what the copy lacks for its size: so many photos and files, and the older messages.
func (v Voice) PaperCut(files int, letters bool) string {
	var lacks []string
	if files > 0 {
		lacks = append(lacks, v.f("%d foto atau berkas", "%d photos or files", files))
	}
	if letters {
		lacks = append(lacks, v.pick("pesan-pesan kami yang lebih lama", "our older messages"))
	}
	return v.f("Karena terlalu banyak, yang tidak ikut di sini: %s.", "For their number, these are not in it: %s.", strings.Join(lacks, ", "))
}

// PaperKeeping says why things are kept, for how long, and what the person can ask for.
func (v Voice) PaperKeeping() string {
	k := v.Profile.Keeping
	return v.f("Laporan dikosongkan %d hari setelah selesai, pesan dari kami setelah %d hari, percakapan tanpa laporan setelah 30 hari diam. Mau menghapusnya lebih awal? Tulis “hapus data saya” di chat. Ada yang salah? Balas laporannya, atau tulis “petugas”.",
		"Reports are emptied %d days after they are finished, our messages after %d days, a chat without a report after 30 days of silence. To erase it earlier write “delete my data” in the chat. Is something wrong? Reply to the report, or write “officer”.",
		k.Reports, k.Letters)
}

// PaperFact is what happened, in a few words.
func (v Voice) PaperFact(f report.Fact) string {
	f.Words = ""
	if s := v.fact(f); s != "" {
		return s
	}
	switch f.What {
	case report.WasIdentified:
		return v.f("Dilihat: nama dan nomor HP Anda, oleh %s. Alasannya:", "Seen: your name and phone number, by %s. The reason:", v.looker(f.By))
	case report.WasUnveiled:
		return v.PaperLook(SawNumbers, f.By) + v.pick(". Alasannya:", ". The reason:")
	case report.WasPlanned:
		return v.pick("Direncanakan", "Planned")
	case report.WasMoved:
		return v.pick("Alamat chat Anda berubah", "The address of your chat changed")
	case report.WasErased:
		return v.pick("Data dihapus dari laporan ini", "Data was erased from this report")
	case report.WasWithdrawn:
		return v.pick("Sebuah jawaban ditarik sebelum dikirim", "An answer was taken back before it was sent")
	case report.WasEnclosed:
		return v.pick("Lampiran jawaban", "A file with the answer")
	}
	return v.paperFollower(f)
}

// paperFollower is what somebody did who follows another's report.
func (v Voice) paperFollower(f report.Fact) string {
	switch f.What {
	case report.WasFollowed:
		return v.pick("Anda mengikuti laporan ini", "You follow this report")
	case report.WasUnfollowed:
		return v.pick("Anda berhenti mengikuti laporan ini", "You follow this report no more")
	case report.WasJoined:
		return v.f("Anda dikabari lewat laporan %s, yang digabung dengannya", "You get its news by report %s, which was joined with it", withOf(f))
	case report.WasRehomed:
		return v.pick("Alamat chat Anda berubah", "The address of your chat changed")
	}
	return v.pick("Dicatat", "Put on record")
}

// Sight is what somebody of the desk saw of a report.
type Sight int

// The sights.
const (
	SawWords   Sight = iota + 1 // what a report says that is kept from the group
	SawNumbers                  // the numbers of people in it
	SawOthers                   // what else its reporter has filed
)

// PaperLook tells that somebody looked at a report who is not the officer in charge, or looked further than the report.
func (v Voice) PaperLook(s Sight, by report.Actor) string {
	who := v.Office("")
	if by.Role != report.Coordinator {
		who = v.f("petugas %s", "an officer of %s", v.Office(by.Home))
	}
	switch s {
	case SawWords:
		return v.f("Dibuka: isi laporan ini, oleh %s", "Opened: what this report says, by %s", who)
	case SawNumbers:
		return v.f("Dibuka: nomor yang disamarkan di laporan ini, oleh %s", "Opened: the masked numbers in this report, by %s", who)
	case SawOthers:
		return v.f("Dicari: laporan Anda yang lain, oleh %s", "Looked for: what else you have filed, by %s", who)
	}
	return v.f("Dilihat oleh %s", "Seen by %s", who)
}

// looker is who learned the name of a reporter, by office and right: which person it was is the office's record.
func (v Voice) looker(by report.Actor) string {
	if by.Role == report.Coordinator {
		return v.Office("")
	}
	return v.f("petugas yang menangani, %s", "the officer in charge, %s", v.Office(by.Home))
}

// PaperHeading is a heading of the copy by its short name.
func (v Voice) PaperHeading(name string) string {
	switch name {
	case "person":
		return v.pick("Anda", "You")
	case "you":
		return v.pick("Anda", "You")
	case "name":
		return v.pick("Nama di aplikasi chat", "Name in the chat app")
	case "chat":
		return v.pick("Alamat chat", "Address of the chat")
	case "language":
		return v.pick("Bahasa", "Language")
	case "operator":
		return v.pick("Sebagai petugas", "As an officer")
	case "status":
		return v.pick("Keadaan", "Status")
	case "filed":
		return v.pick("Masuk", "Filed")
	case "category":
		return v.pick("Tentang", "About")
	case "visibility":
		return v.pick("Siapa yang melihat", "Who sees it")
	case "office":
		return v.pick("Kantor", "Office")
	case "place":
		return v.pick("Tempat", "Place")
	case "text":
		return v.pick("Isi", "Text")
	case "media":
		return v.pick("Foto dan berkas", "Photos and files")
	}
	return v.moreHeading(name)
}

func (v Voice) moreHeading(name string) string {
	switch name {
	case "lost":
		return v.pick("tidak tersimpan", "not kept")
	case "draft":
		return v.pick("Laporan yang belum terkirim", "A report not sent yet")
	case "talk":
		return v.pick("Percakapan dengan petugas", "A talk with officers")
	case "followed":
		return v.pick("Laporan orang lain yang Anda ikuti", "Reports of others that you follow")
	case "letters":
		return v.pick("Pesan dari kami yang masih tersimpan", "Messages from us that are still kept")
	case "rights":
		return v.pick("Mengapa disimpan, dan hak Anda", "Why it is kept, and your rights")
	}
	return name
}
