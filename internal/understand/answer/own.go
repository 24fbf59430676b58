package answer

import (
	"strings"

	"rabeg/bot"
)

// Own is what a message wants that is about nothing but what is kept about its writer: to see it (Mine), to have it erased (Forget),
// or not to have it erased after all (Spare); "" where any word of it tells something else, as in "data saya di KTP salah".
func (lx *Lexicon) Own(text string) Meaning {
	const long = 20 // words: who asks for this tells no story
	words := strings.Fields(bot.Fold(text))
	if len(words) == 0 || len(words) > long {
		return ""
	}
	var has ownSort
	var last ownSort
	for _, w := range words {
		sort := ownWords[w]
		if sort == 0 && !lx.filler[w] {
			return ""
		}
		has |= sort
		switch {
		case sort&ownMe != 0 && last&(ownData|ownAbout|ownLink) != 0 && has&(ownData|ownAbout|ownWhat) != 0,
			sort&ownData != 0 && last&ownMy != 0:
			has |= ownOwned
		}
		switch {
		case sort&ownLink != 0:
			last |= sort // "my personal data"
		case sort != 0 && sort&ownGlue == 0:
			last = sort
		}
	}
	switch {
	case has&ownErase != 0 && callsOff(text):
		if has&(ownData|ownErased|ownOwned) != 0 {
			return Spare
		}
		return "" // "jangan lupakan saya"
	case has&ownErase != 0 && (has&ownData != 0 || has&ownOwned != 0 || has&ownForget != 0 && has&ownMe != 0):
		return Forget
	case has&(ownErase|ownOff|ownSo|ownWhy) == 0 && has&ownOwned != 0 && (has&ownData != 0 || has&ownKeep != 0):
		return Mine
	}
	return ""
}

// ownSort is what a word is in such a message; a word may be several.
type ownSort uint32

const (
	ownGlue   ownSort = 1 << iota
	ownData           // what is kept
	ownMe             // whose
	ownMy             // whose, before the thing
	ownAbout          // "tentang", before whose
	ownLink           // between the thing and whose: "pribadi"
	ownWhat           // "apa"
	ownKeep           // "simpan"
	ownErase          // "hapus"
	ownErased         // "penghapusan"
	ownForget         // "lupakan"
	ownNot            // "tidak": what follows is not so, or it is asked whether it is
	ownOff            // "batal", "jangan": what follows is not wanted
	ownSo             // "jadi": after a "tidak", not after all
	ownCan            // "bisa": it is asked whether, or it is complained that not
	ownWhy            // "kenapa": what follows is a complaint
	ownOwned          // of a whole message: the thing is the writer's
)

// ownWords are the words of such messages, in both languages.
//
//nolint:gochecknoglobals // a table that never changes
var ownWords = ownTable(map[ownSort]string{
	ownData:              "data datanya dataku datamu datas informasi information info akun account riwayat history jejak percakapan",
	ownMe:                "saya sy aku ku gue gw gua saia me myself kula kulo abdi tiang ulun diriku",
	ownMe | ownMy:        "my",
	ownMe | ownGlue:      "i",
	ownAbout:             "tentang ttg tntg soal mengenai perihal terkait about regarding concerning on",
	ownLink:              "pribadi personal diri milik punya semua seluruh yg yang of private",
	ownWhat:              "apa apakah apa2 apaan what which everything",
	ownKeep:              "simpan simpen nyimpan nyimpen menyimpan disimpan disimpen kesimpan tersimpan tahu tau ketahui diketahui know known knows keep kept keeps store stored stores hold held save saved have has collect collected kumpulkan dikumpulkan catat dicatat tercatat rekam direkam",
	ownErase:             "hapus hapuskan hapusin dihapus ngapus apus apusin hapusken hapuskeun delete deleted erase erased remove removed hilangkan hilangin bersihkan musnahkan lenyapkan wipe",
	ownErase | ownErased: "penghapusan menghapus erasing deletion erasure",
	ownErase | ownForget: "forget lupakan lupain",
	ownOff:               "batal batalkan batalin dibatalkan jangan jgn urungkan cancel stop dont don gajadi gakjadi",
	ownOff | ownNot:      "tidak tak gak ga nggak ngga gk tdk engga enggak not",
	ownSo:                "jadi",
	ownCan | ownGlue:     "bisa bisakah bs boleh bolehkah dapat dapatkah mau can could may",
	ownWhy:               "kenapa mengapa knp kok why belum blm blum",
	ownGlue:              "minta meminta kirim kirimkan kirimin lihat liat melihat tampilkan tunjukkan tunjukin unduh download salinan copy export ekspor berikan beri kasih kasi show give send see cek check request salin akses access get saja aja aj aza kalian anda kamu bot ini itu di dari ke pada kepada untuk buat tolong tlg tolongin mohon dong donk ya yaa kak kaka pak bu bang mas mbak min admin ingin pengen pingin hak dong deh lah sih nih sistem server sini chat pemkot kota rabeg the a an all you your u do does please pls want usah perlu dulu to would like that is are any from system database with and atau dan sekarang segera now dimiliki bagaimana gimana cara how telah sudah udah dah t be it here again lagi permanen total kabeh sadaya sadayana",
})

func ownTable(sorts map[ownSort]string) map[string]ownSort {
	out := map[string]ownSort{}
	for sort, words := range sorts {
		for w := range strings.FieldsSeq(words) {
			out[w] |= sort
		}
	}
	return out
}
