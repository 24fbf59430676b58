package answer

import (
	"slices"
	"strings"
)

// Judgement is what a few words say of work that an office calls done.
type Judgement int

// The judgements. NoJudgement is every other text. Sure says in Judges that the words stand for it wherever they are said;
// a mere "belum", "sudah" or "iya" says so only where it was asked.
const (
	NoJudgement Judgement = iota
	JudgedFixed
	JudgedPart
	JudgedUnfit
	JudgedUnfair // a refusal is not taken
)

// judged is how many words a judgement may have: who writes more tells a story.
const judged = 24

// What the words of a judgement are, in the spellings and tongues that tokens leaves. The lexicon's own words ("sudah",
// "tidak", "belum") stand for all their spellings.
var (
	fixedWords = list("beres selesai kelar rampung tuntas bener diperbaiki diperbaikin diperbaikan dibenerin dibenahi dibenarkan dibetulin dibetulkan didandani didandanin dibeneri dicekap " +
		"nyala hidup murub hurung terang padang caang bagus apik sae saé alus mulus rata aspal diaspal ditambal bersih resik beresih diangkut diambil dibuang dikeruk diganti dipasang dipotong ditebang normal " +
		"lancar surut kering garing ngalir mengalir mengalirnya aman ok oke okeh mantap sip beresan fixed repaired done works working resolved clean cleaned solved replaced collected pulih sembuh teratasi ditangani tertangani " +
		"dibersihkan dibersihin dirapikan rapi baik membaik dikerjakan dikerjain dilayani cair jadi terbit keluar perfect great good finished")
	brokenWords = list("mati rusak bolong lubang berlubang jebol ambrol gelap peteng poek banjir numpuk menumpuk tumpuk bau mampet mampat buntu macet bocor sama kotor kumuh semrawut longsor patah roboh " +
		"padam redup kedip kedap kelip broken dark off dead flooded dirty blocked same parah ancur hancur begitu gitu kaya seperti kayak rusaknya")
	partWords = list("sebagian separuh separo setengah sebelah satengah sapalih saparo half partly partially partial kurang sedikit dikit saeutik sebagiannya")
	lieWords  = list("bohong boong bohongan bo'ong dusta ngapusi ngabohong tipu nipu menipu hoaks hoax pembohong lie lying liar lies palsu ngibul ngarang ngada fake abs")
	againWord = list("lagi maning malih deui kambuh again still masih misih keneh tetap tetep ttp isih")
	fewWords  = list("semua cuma cuman hanya baru")
	goneWords = list("datang teka sumping dateng muncul nongol petugas orang dikerjakan dikerjain diapa apain diapain tindakan tindak tanggapan respon perubahan progress ditangani tertangani came come here")
	askWords  = list("kapan iraha gimana when berapa mana kenapa naha apakah kah")
	unfair    = list("setuju setuju terima terimakan adil agree accept fair keberatan banding protes appeal nrimo narima")
	plainDone = list("alhamdulillah alhamdulilah hamdalah makasih terimakasih thanks nuhun suwun syukur")
)

func list(s string) []string { return strings.Fields(s) }

// Judges reads what a text says of work that is called done: "udah nyala makasih", "mati lagi bos", "baru sebelah doang". sure is
// false for words that say so only where it was asked ("belum", "iya sudah").
func (lx *Lexicon) Judges(text string) (j Judgement, sure bool) {
	if len(text) > 240 {
		return NoJudgement, false
	}
	ts, mark := lx.tokens(text)
	ts = slices.DeleteFunc(ts, func(t token) bool { return t.stop })
	if len(ts) == 0 || len(ts) > judged {
		return NoJudgement, false
	}
	is := func(t token, of []string) bool {
		return slices.Contains(of, t.word) || slices.Contains(of, t.raw) || slices.Contains(of, strings.TrimSuffix(t.raw, "nya"))
	}
	any := func(of []string) bool { return slices.ContainsFunc(ts, func(t token) bool { return is(t, of) }) }
	no := func(t token) bool { return t.word == "belum" || t.word == "tidak" || t.word == "bukan" }
	has := func(w ...string) bool { return any(w) }
	near := func(of []string) bool { // a "not" at most three words before
		for i, t := range ts {
			if !is(t, of) {
				continue
			}
			for k := max(0, i-3); k < i; k++ {
				if no(ts[k]) {
					return true
				}
			}
		}
		return false
	}
	asks := any(askWords) || mark && has("belum")
	switch {
	case near(unfair), any([]string{"keberatan", "banding", "appeal", "protes"}), has("disagree", "unfair"):
		return JudgedUnfair, len(ts) <= 12
	case any(partWords) && !asks, any(fewWords) && any(fixedWords) && !near(fixedWords) && has("cuma", "cuman", "hanya"),
		has("belum", "tidak") && has("semua") && !asks:
		return JudgedPart, any(fixedWords) || any(brokenWords) || len(ts) <= 4
	case any(lieWords):
		return JudgedUnfit, true
	case asks:
		return NoJudgement, false
	case near(fixedWords), near(goneWords), any(againWord) && any(brokenWords):
		return JudgedUnfit, true
	case has("belum") && len(ts) <= 4:
		return JudgedUnfit, false
	case any(brokenWords) && len(ts) <= 4 && !any(fixedWords):
		return JudgedUnfit, false
	case any(fixedWords) && (has("sudah", "sekarang", "now") || any(plainDone)):
		return JudgedFixed, true
	case any(fixedWords) && len(ts) <= 4:
		return JudgedFixed, false
	case len(ts) <= 3 && (has("sudah", "ya", "iya", "benar") || any(plainDone)):
		return JudgedFixed, false
	case len(ts) <= 2 && has("tidak"):
		return JudgedUnfit, false
	}
	return NoJudgement, false
}
