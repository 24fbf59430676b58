package answer

import "strings"

// Bond is what a message wants that is about nothing but the chats of its writer. Code is the code that it gives, as it was made:
// eight characters in capitals; "" with Claim where what stands there can be none. Anew is of Tie: the writer has another number, and
// may have lost the chat of the old one.
type Bond struct {
	Want BondWant
	Code string
	Anew bool
}

// BondWant is what is wanted with another chat.
type BondWant int

// What can be wanted.
const (
	NoBond BondWant = iota
	Tie             // this chat is to be one person's with another
	Untie           // it is not to be so any more
	Claim           // a code alone, or with a word for tying
)

// bondLong is the most words of such a message: who asks for this tells no story.
const bondLong = 16

func (lx *Lexicon) bondWant(text string) (b Bond) {
	words := bondFields(text)
	if len(words) == 0 || len(words) > bondLong {
		return b
	}
	var has bondSort
	for i, w := range words {
		if w == "admin" && i > 0 && bondToward[words[i-1]] { // a person is wanted, and no other chat
			return b
		}
		sort := bondWords[w]
		if dialable(w) {
			sort = bondNumber // "hubungkan 0812…"
		}
		if sort == 0 && !lx.filler[w] {
			return b
		}
		has |= sort
	}
	if renumbered(has) {
		return Bond{Want: Tie, Anew: true}
	}
	b.Want = wantOf(has)
	return b
}

// bondToward are the words after which somebody is named whom one wants to be put through to.
var bondToward = map[string]bool{"ke": true, "sama": true, "dengan": true, "kepada": true, "to": true, "with": true}

// renumbered reports whether words say that the writer has another number: that it changed, that this is the new one, that the old one
// is lost.
func renumbered(has bondSort) bool {
	if has&(bondNumber|bondApp|bondThing) == 0 || has&(bondTie|bondLink|bondMerge|bondEnd|bondApart|bondOff) != 0 {
		return false
	}
	not := has&bondNot != 0
	switch {
	case has&bondMove != 0:
		return !not
	case has&bondNew != 0:
		return !not && has&(bondMe|bondThis|bondUse) != 0
	}
	return has&bondOld != 0 && (has&bondLost != 0 && !not || has&bondUse != 0 && not)
}

func wantOf(has bondSort) BondWant {
	about := has&(bondApp|bondThing|bondNumber) != 0
	switch {
	case has&(bondMove|bondLost|bondUse) != 0, has&bondNot != 0 && has&bondOff == 0:
		return NoBond
	case has&bondOff != 0 && has&bondJoint != 0, has&bondApart != 0 && about, has&bondEnd != 0 && (about || has&bondJoint != 0 || alone(has)):
		return Untie
	case has&(bondOff|bondApart|bondEnd) != 0:
		return NoBond
	case has&bondTie != 0 && (about || alone(has)), has&bondLink != 0 && about, has&bondMerge != 0 && has&(bondApp|bondThing) != 0:
		return Tie
	}
	return NoBond
}

// alone reports whether a verb stands by itself: with somebody beside it ("hubungkan saya") a person may be wanted.
func alone(has bondSort) bool { return has&bondMe == 0 }

// bondSort is what a word is in such a message.
type bondSort uint32

const (
	bondGlue   bondSort = 1 << iota
	bondTie             // a verb that stands for itself
	bondLink            // a verb that needs its thing
	bondMerge           // a verb that needs an app: reports are merged as well
	bondEnd             // a verb that ends it by itself
	bondApart           // a verb that ends it with its thing
	bondOff             // "batal", with what was joint
	bondJoint           // "sambungan"
	bondApp             // "telegram"
	bondThing           // "akun", "chat"
	bondNumber          // "nomor", "hp"
	bondMe
	bondNot
	bondMove // "ganti"
	bondNew
	bondOld
	bondThis
	bondLost // "hangus"
	bondUse  // "aktif", "dipakai"
	bondKey  // "kodenya"
)

// bondWords are the words of such messages, in both languages.
//
//nolint:gochecknoglobals // a table that never changes
var bondWords = bondTable(map[bondSort]string{
	bondTie:    "hubungkan hubungkeun menghubungkan dihubungkan sambungkan sambungkeun sambungin sambungno menyambungkan disambungkan nyambungin nyambungkan nyambungkeun tautkan menautkan ditautkan kaitkan mengaitkan",
	bondLink:   "link linking connect connecting hubungin",
	bondMerge:  "gabungkan gabung gabungin ngegabungin menggabungkan digabungkan digabung satukan satuin menyatukan disatukan jadikan join merge combine",
	bondEnd:    "putuskan putusin memutuskan diputuskan unlink untie disconnect",
	bondApart:  "putus pisahkan pisahin memisahkan dipisahkan pisah lepaskan lepas lepasin cabut separate split",
	bondOff:    "batal batalkan batalin cancel hapus remove stop",
	bondJoint:  "sambungan sambungannya hubungan hubungannya tautan kaitan tersambung terhubung linked connected linking",
	bondApp:    "wa whatsapp whatsap watsap wasap wasapp telegram tele tg telegrem telegramku waku",
	bondThing:  "akun akunku akunnya account accounts chat chats chatku obrolan",
	bondNumber: "nomor nomer nomorku nomerku number hp hpku ponsel phone",
	bondMe:     "saya sy aku ku gue gw gua me abdi kulo",
	bondMove:   "pindah berpindah pindahan ganti berganti gantiin diganti mengganti digantikan bertukar change changed changing moved switched",
	bondNew:    "baru new",
	bondOld:    "lama lawas old",
	bondThis:   "ini this",
	bondLost:   "hilang mati hangus kadaluarsa kedaluwarsa nonaktif rusak keblokir lost expired dead gone",
	bondUse:    "aktif dipakai kepakai pakai pake make memakai dipake active used use using works",
	bondKey:    "kode kodenya kodeku code codenya",
	bondNot:    "tidak tak gak ga nggak ngga gk tdk jangan jgn bukan not dont don",
	bondGlue:   "my our i punya dengan sama ke kepada dan and with to from dari yang yg lain lainnya satunya other another resmi official itu that kedua dua second both semua jadi satu one into nya mau ingin pengen want would like please tolong tlg mohon bisa boleh can could you how do bagaimana gimana cara caranya the a an dong ya yaa kak pak bu mas mbak min admin lagi saja aja deh sini di here dulu biar supaya agar jadi ke sudah udah udh sdh dah kan nih karena krn sebelumnya dulunya sekarang skrg tadi kemarin has have was is it to am now just nya",
})

func bondTable(sorts map[bondSort]string) map[string]bondSort {
	out := map[string]bondSort{}
	for sort, words := range sorts {
		for w := range strings.FieldsSeq(words) {
			out[w] |= sort
		}
	}
	return out
}
