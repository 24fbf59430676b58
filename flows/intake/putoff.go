package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who writes on the way says so at the end of what is told: "…, besok aja saya terusin ya lagi di jalan". That is for the bot, and no office
// could do anything with it.

// What is to come later, and the words with which people say what keeps them meanwhile.
var putOffWhat, keptBy = answer.ListOf("later-what"), answer.ListOf("later-busy")

// keptMost is how many words may stand behind one that says what keeps somebody.
const keptMost = 3

// defers reports whether words only say that more is told, or sent, later. What keeps their writer may be anything but a matter.
func (f *flow) defers(words []string) bool {
	off, what, free := false, false, 0
	own := slices.ContainsFunc(words, selfWords) || len(words) > 0 && keptBy[words[0]]
	for _, w := range words {
		free--
		switch {
		case keptBy[w]:
			if own { // "besok kirim lagi truknya" is begged of the office
				free = keptMost + 1
			}
		case putOff[w], putOffWhat[w], putOffBeside[w]:
		case free <= 0:
			return false
		}
		off, what = off || putOff[w], what || putOffWhat[w]
	}
	if !off || !what || len(words) > asidesMost+keptMost {
		return false
	}
	rd := f.Reader.Read(strings.Join(words, " "))
	return !rd.Emergency && rd.Harm == understand.NoHarm && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure)
}

// deferredMost is how many bytes at the end of a text may put off.
const deferredMost = 120

// selfWords reports whether somebody speaks of himself or herself: without a stop before it, "besok mau foto" may be what others said.
func selfWords(w string) bool {
	return slices.Contains([]string{"saya", "sy", "aku", "ak", "gw", "gue", "abdi", "kula", "kule", "isun", "i"}, w)
}

// deferred is from which byte on a text only puts off, behind something that tells; len(text) where it does not.
func (f *flow) deferred(text string) int {
	from := len(text)
	for i := range text {
		if i == 0 || len(text)-i > deferredMost || !strings.ContainsRune(" ,.;!\n", rune(text[i-1])) || text[i] == ' ' {
			continue
		}
		words := strings.Fields(bot.Fold(text[i:]))
		stop := strings.ContainsAny(strings.TrimRight(text[:i], " ")[len(strings.TrimRight(text[:i], " ,.;!\n")):], ",.;!\n")
		if (stop || slices.ContainsFunc(words, selfWords)) && slices.ContainsFunc(words, func(w string) bool { return putOff[w] }) && f.defers(words) {
			from = i
			break
		}
	}
	if !substantial(text[:from], understand.Reading{}, false) {
		return len(text)
	}
	return from
}

// withoutPutOff takes what only puts off away from the end of a message, and answers it.
func (t *telling) withoutPutOff(p flows.Parcel, rd understand.Reading) (flows.Parcel, understand.Reading) {
	if p.Text == "" || rd.Emergency || len(p.Parts) > 1 || t.kind() == askText {
		return p, rd
	}
	at := t.deferred(p.Text)
	if at == len(p.Text) {
		return p, rd
	}
	if words := " " + bot.Fold(p.Text[at:]) + " "; has(words, photoWords...) {
		t.say(t.v.PhotoLater())
	} else {
		t.say(t.v.RestLater())
	}
	p.Text = strings.TrimRight(p.Text[:at], " ,;\n")
	if len(p.Parts) == 1 {
		p.Parts = []flows.Part{{Ref: p.Parts[0].Ref, Len: len(p.Text)}}
	}
	rd = t.Reader.Read(p.Text)
	if t.n.behalf() {
		rd = t.told(rd)
	}
	return p, rd
}
