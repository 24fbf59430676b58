package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// Who may see a report is said at the card in words of many kinds. What is sent is what the card says: such words set it and show the card
// anew, and they send only where a word for sending stands among them.

// saysWho reads words at the review card that say who may see the report, and nothing else; "" for all other words. sends says that they
// ask to send it so.
func (f *flow) saysWho(text string) (who report.Visibility, sends bool) {
	if strings.Contains(text, "?") { // it is asked who sees it, or whether it can be hidden
		return "", false
	}
	said := f.Answers.Read(text)
	words := " " + bot.Fold(text) + " "
	if c, ok := f.Answers.Changes(text); ok && c.Field == answer.Who && c.Pure {
		who = report.Visibility(c.Who)
	} else if plainly(words) || said.Has(answer.Plain) && len(said.Rest) == 0 {
		who = report.Normal
	}
	if who == "" || said.Has(answer.Cancel) || said.Has(answer.Edit) {
		return "", false
	}
	if said.Has(answer.Secret) && who == report.Anonymous { // "jangan ada yang tahu" hides more than the name
		who = report.Confidential
	}
	sends = has(words, "kirim", "kirimkan", "kirimin", "kirimken", "kirimno", "krm", "send", "submit") && !said.Has(answer.Later) &&
		!has(words, "tapi", "tp", "tpi", "tetapi", "but", "asal", "belum", "blm", "dulu", "nanti", "sebelum", "don t send")
	if said.Has(answer.Yes) && !sends && who != report.Normal { // "ya, rahasia" agrees to what the card offers
		return "", false
	}
	return who, sends
}

// plainly reports whether words only say that it need not be hidden: "biasa aja", "yang biasa", "normal aja deh".
func plainly(words string) bool {
	plain := false
	for w := range strings.FieldsSeq(words) {
		if !seenPlain[w] && !seenFill[w] {
			return false
		}
		plain = plain || seenPlain[w]
	}
	return plain
}

// What says that a report need not be hidden, and what may stand beside it.
var seenPlain, seenFill = answer.ListOf("seen-plain"), answer.ListOf("seen-fill")

// seenBy carries out what words at the card say of who may see the report; false: they say something else.
func (t *telling) seenBy(p flows.Parcel) bool {
	if t.kind() != askReview || t.n.Form == nil || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil {
		return false
	}
	who, sends := t.saysWho(p.Text)
	if who == "" {
		return false
	}
	c, _ := t.Profile.Category(t.n.Form.Category)
	who = t.wished(who, p.Text)
	if !sends || who == report.Confidential && !c.Sensitive { // that card has not said what it is
		t.hide(string(who))
		return true
	}
	t.n.Form.Visibility, t.n.Form.Seen = who, true
	t.file()
	return true
}

// nameWords speak of the name under which a report is sent.
var nameWords = answer.ListOf("who-name")

// wished is how far a wish to be hidden goes: who wants "him not to know" of an accusation, and speaks of no name, wants more than the name
// left out, for that keeps nobody from reading what is told of him.
func (t *telling) wished(who report.Visibility, text string) report.Visibility {
	c, _ := t.Profile.Category(t.n.Form.Category)
	if who == report.Anonymous && c.Sensitive && !nameWords.Any(strings.Fields(bot.Fold(text))) {
		return report.Confidential
	}
	return who
}

// The words of a phone, of reading it, and of who lives or works with its owner.
var phoneWords, phoneRead, phoneKin = answer.ListOf("phone"), answer.ListOf("phone-read"), answer.ListOf("phone-kin")

// phoneSpan is within how many words it is told that others read a phone.
const phoneSpan = 8

// readByOthers reports whether a report tells that others read the phone on which it is written ("hp saya suka dicek suami"): news of it
// come to the same chat.
func readByOthers(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	for i, w := range ws {
		near := ws[max(0, i-phoneSpan/2):min(len(ws), i+phoneSpan)]
		if phoneWords[w] && phoneRead.Any(near) && phoneKin.Any(near) {
			return true
		}
	}
	return false
}
