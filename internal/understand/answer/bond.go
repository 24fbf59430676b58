package answer

import (
	"regexp"
	"strings"

	"rabeg/bot"
)

// Bond is what a message wants that is about nothing but the chats of its writer. Code is the code that it gives, as it was made:
// eight characters in capitals.
type Bond struct {
	Want BondWant
	Code string
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

// bondCode is a code as people type it: with a hyphen, a space or nothing between its halves. A code has digits and letters.
var bondCode = regexp.MustCompile(`(?i)^([2-9a-hjkmnp-z]{4})[ \-–—]?([2-9a-hjkmnp-z]{4})$`)

// bondAfter finds a code behind a word for tying, also in our own sentence that somebody has passed on.
var bondAfter = regexp.MustCompile(`(?i)\b(?:hubungkan|sambungkan|tautkan|kaitkan|link|connect)[\s:*_]+(?:(?:kode|code|wa|telegram|dengan|with)[\s:*_]+)*([2-9a-hjkmnp-z]{4}[ \-–—]?[2-9a-hjkmnp-z]{4})\b`)

// Bond reads a wish about the writer's other chats; the zero Bond where any word of it tells something else, as in "hubungkan saya
// dengan petugas".
func (lx *Lexicon) Bond(text string) Bond {
	trimmed := strings.Trim(strings.TrimSpace(text), "*_.,!\"“”")
	if code, ok := codeOf(trimmed); ok && strings.ContainsAny(trimmed, "-–—") {
		return Bond{Want: Claim, Code: code}
	}
	for _, m := range bondAfter.FindAllStringSubmatch(text, -1) {
		if code, ok := codeOf(m[1]); ok {
			return Bond{Want: Claim, Code: code}
		}
	}
	return Bond{Want: lx.bondWant(text)}
}

func codeOf(s string) (string, bool) {
	m := bondCode.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	code := strings.ToUpper(m[1] + m[2])
	letters := strings.Trim(code, "23456789") != ""
	return code, letters && strings.ContainsAny(code, "23456789")
}

func (lx *Lexicon) bondWant(text string) BondWant {
	const long = 16 // words: who asks for this tells no story
	words := strings.Fields(bot.Fold(strings.TrimPrefix(strings.TrimSpace(text), "/")))
	if len(words) == 0 || len(words) > long {
		return NoBond
	}
	var has bondSort
	for _, w := range words {
		sort := bondWords[w]
		if sort == 0 && !lx.filler[w] {
			return NoBond
		}
		has |= sort
	}
	about := has&(bondApp|bondThing) != 0
	switch {
	case has&bondNot != 0 && has&bondOff == 0:
		return NoBond
	case has&bondOff != 0 && has&bondJoint != 0, has&bondApart != 0 && about, has&bondEnd != 0 && (about || has&bondJoint != 0 || alone(has)):
		return Untie
	case has&(bondOff|bondApart|bondEnd) != 0:
		return NoBond
	case has&bondTie != 0 && (about || alone(has)), has&bondLink != 0 && about, has&bondMerge != 0 && has&bondApp != 0:
		return Tie
	}
	return NoBond
}

// alone reports whether a verb stands by itself: with somebody beside it ("hubungkan saya") a person may be wanted.
func alone(has bondSort) bool { return has&bondMe == 0 }

// bondSort is what a word is in such a message.
type bondSort uint16

const (
	bondGlue  bondSort = 1 << iota
	bondTie            // a verb that stands for itself
	bondLink           // a verb that needs its thing
	bondMerge          // a verb that needs an app: reports are merged as well
	bondEnd            // a verb that ends it by itself
	bondApart          // a verb that ends it with its thing
	bondOff            // "batal", with what was joint
	bondJoint          // "sambungan"
	bondApp            // "telegram"
	bondThing          // "akun", "chat", "nomor"
	bondMe
	bondNot
)

// bondWords are the words of such messages, in both languages.
//
//nolint:gochecknoglobals // a table that never changes
var bondWords = bondTable(map[bondSort]string{
	bondTie:   "hubungkan hubungkeun menghubungkan dihubungkan sambungkan sambungkeun sambungin menyambungkan disambungkan nyambungin nyambungkan tautkan menautkan ditautkan kaitkan mengaitkan",
	bondLink:  "link linking connect connecting hubungin",
	bondMerge: "gabungkan gabung gabungin menggabungkan digabungkan digabung satukan satuin menyatukan disatukan jadikan join merge combine",
	bondEnd:   "putuskan putusin memutuskan diputuskan unlink untie disconnect",
	bondApart: "putus pisahkan pisahin memisahkan dipisahkan pisah lepaskan lepas lepasin cabut separate split",
	bondOff:   "batal batalkan batalin cancel hapus remove stop",
	bondJoint: "sambungan sambungannya hubungan hubungannya tautan kaitan tersambung terhubung linked connected linking",
	bondApp:   "wa whatsapp whatsap watsap wasap wasapp telegram tele tg telegrem telegramku waku",
	bondThing: "akun akunku akunnya account accounts chat chats chatku obrolan nomor nomer nomorku number hp hpku ponsel phone",
	bondMe:    "saya sy aku ku gue gw gua me abdi kulo",
	bondNot:   "tidak tak gak ga nggak ngga gk tdk jangan jgn bukan not dont don",
	bondGlue:  "my our i punya dengan sama ke kepada dan and with to from dari yang yg lain lainnya satunya other another resmi lama baru old new official ini itu this that kedua dua second both semua jadi satu one into nya mau ingin pengen want would like please tolong tlg mohon bisa boleh can could you how do bagaimana gimana cara caranya the a an dong ya yaa kak pak bu mas mbak min admin lagi saja aja deh sini di here dulu biar supaya agar kode code",
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
