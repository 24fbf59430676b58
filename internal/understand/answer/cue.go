package answer

import (
	"fmt"
	"slices"
	"unicode"
)

// cueKinds are the kinds of words that the lists know. A machine that has seen "belum dikerjain" knows by them what "belum diangkut" is.
var cueKinds = []struct {
	name  string
	words List
}{
	{"when", newsWords}, {"about", aboutWords}, {"slow", slowWords}, {"wait", waitWords}, {"span", spanWords}, {"mute", muteWords}, {"come", comeWords},
	{"haste", hasteWords}, {"why", whyWords}, {"vow", vowWords}, {"back", backVerbs}, {"report", theReport}, {"things", backThings}, {"name", ownName},
	{"cover", coverWord}, {"tell", tellWord}, {"asked", askedOf}, {"fear", fearWord}, {"known", knownWord}, {"talk", talkWord}, {"somebody", somebody},
	{"on", onWords}, {"angry", angryWords}, {"place", placeWord}, {"put", seriousPut},
	{"fixed", fixedWords}, {"broken", brokenWords}, {"part", partWords}, {"lie", lieWords}, {"scorn", scornWords}, {"beg", askedWords}, {"then", thenWords},
	{"again", againWord}, {"still", stillWord}, {"gone", goneWords}, {"look", lookWords}, {"only", onlyWords}, {"if", ifWords}, {"not", notMore},
	{"unfair", unfair}, {"refused", refused}, {"doer", doers}, {"lost", lostWords}, {"thank", thankWord}, {"turn", turnWords}, {"god", plainDone},
}

// kindsOf are the kinds of each word, by their places in cueKinds: a word is looked up once, and not in each list.
var kindsOf = func() map[string][]int {
	of := map[string][]int{}
	for i, k := range cueKinds {
		for w := range k.words {
			of[w] = append(of[w], i)
		}
	}
	return of
}()

// cueWords are words of the lexicon that are a kind of their own.
var cueWords = ListOf("cue-own")

// cueDenied is how many words a denial reaches.
const cueDenied = 4

// Cues are names of what the word lists see in a text, for a machine that weighs them: their verdicts on the whole, its words in the
// lexicon's own spelling with their neighbours, the kinds of its words, which of them are denied, and which comes before which.
func (lx *Lexicon) Cues(text string) []string {
	return append(append(lx.verdicts(text), lx.kinds(text)...), faces(text)...)
}

// verdicts are what the lists make of a whole text.
func (lx *Lexicon) verdicts(text string) (out []string) {
	if a := lx.After(text); a.Sequel != NoSequel {
		out = append(out, fmt.Sprintf("after%d", a.Sequel))
	}
	if j, sure := lx.Judges(text); j != NoJudgement {
		out = append(out, fmt.Sprintf("judges%d", j), fmt.Sprintf("judges%d %t", j, sure))
	}
	if q := lx.question(text); len(text) <= 160 && q != NoTopic {
		out = append(out, fmt.Sprintf("question%d", q))
	}
	if c, ok := lx.Changes(text); ok {
		out = append(out, fmt.Sprintf("changes%d", c.Field))
	}
	if m, ok := lx.Read(text).Only(); ok {
		out = append(out, "only "+string(m))
	}
	return out
}

// kinds are the words of a text, their kinds, and the order of those.
func (lx *Lexicon) kinds(text string) (out []string) {
	ts, _ := lx.tokens(text)
	c := clause(ts)
	var before []string
	last, denied := "", 0
	seen := map[string]bool{}
	once := func(cue, as string) {
		if !seen[cue] {
			seen[cue] = true
			out = append(out, as)
		}
	}
	for i, t := range c {
		if t.stop {
			denied = 0
			if last != "" {
				last = "."
			}
			continue
		}
		if last != "" {
			out = append(out, "t:"+last+" "+t.word)
		}
		last = t.word
		out = append(out, "t:"+t.word)
		denied--
		here := c.kindsAt(i, denied > 0)
		if t.word == "tidak" || t.word == "belum" || t.word == "bukan" || t.word == "jangan" {
			denied = cueDenied
		}
		for _, h := range here {
			for _, b := range before {
				if b != h {
					once(b+">"+h, b+">"+h)
				}
			}
		}
		for _, h := range here {
			once(h, "has "+h)
			if !slices.Contains(before, h) {
				before = append(before, h)
			}
		}
	}
	return out
}

// kindsAt are the kinds of one word, and those that are denied.
func (c clause) kindsAt(i int, denied bool) (here []string) {
	if cueWords[c[i].word] {
		here = append(here, "="+c[i].word)
	}
	for _, k := range c[i].kinds() {
		here = append(here, cueKinds[k].name)
		if denied {
			here = append(here, "-"+cueKinds[k].name)
		}
	}
	return here
}

// kinds are the places in cueKinds of the lists that have the word, in their order.
func (t token) kinds() []int {
	if t.spellings == nil {
		return kindsOf[t.word]
	}
	var all []int
	for _, w := range t.spellings.said {
		all = append(all, kindsOf[w]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// faceOf are the kinds of little pictures that say something by themselves.
var faceOf = func() map[rune]string {
	out := map[rune]string{}
	for kind, all := range map[string]string{"cross": "😡😠🤬😤👎🖕💢💩🤡😒🙄👿", "sad": "😭😢😞😔😥😩😫🥺😿💔", "kind": "🙏❤🥰😍😘💕💖💗💐🌹🫶👏💯🤝🤗💪🔥⭐🌟", "good": "👍👌✅🆗🫡☑✔",
		"smile": "😊🙂😁😀😃😄☺😇", "laugh": "😂🤣😆😹", "lit": "💡🔆☀🌞✨", "wait": "⏳⌛⏰🕐🕒❓❔🤔", "no": "❌✖🚫⛔❎"} {
		for _, r := range all {
			out[r] = kind
		}
	}
	return out
}()

// faces are the kinds of little pictures in a text, and whether there is nothing else.
func faces(text string) (out []string) {
	bare := true
	for _, r := range text {
		if r < 0x2600 && r != 0x231B && r != 0x23F3 && r != 0x23F0 {
			bare = bare && (unicode.IsSpace(r) || r == 0x200D)
			continue
		}
		if kind, ok := faceOf[r]; ok && !slices.Contains(out, "face "+kind) {
			out = append(out, "face "+kind)
		}
	}
	if bare && len(out) > 0 {
		out = append(out, "only "+out[0])
	}
	return out
}
