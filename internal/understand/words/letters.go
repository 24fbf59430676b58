package words

// How many letters may stand alone one after another before they are read as one word, and how long a word is that is
// looked for among digits written for letters.
const (
	spacedFrom = 4
	leetFrom   = 5
	leetTo     = 20
)

// joinLetters reads "k e b a k a r a n" as the words that its letters spell, when the phrases know them.
func (lx *Lexicon) joinLetters(c *Text) {
	for i := 0; i < len(c.Words); i++ {
		j := i
		for j < len(c.Words) && len(c.Words[j].Form) == 1 && !c.Words[j].Number {
			j++
		}
		if j-i < spacedFrom {
			continue
		}
		spelt := make([]byte, 0, j-i)
		for k := i; k < j; k++ {
			spelt = append(spelt, c.Words[k].Form[0])
		}
		if words, ok := lx.cut(c.Words[i:j], string(spelt)); ok {
			c.Words = append(c.Words[:i], append(words, c.Words[j:]...)...)
			i += len(words) - 1
		} else {
			i = j - 1
		}
	}
}

// cut parts letters written apart into words of the phrases, longest first; letters between them stay as they are. ok is
// false when there is none of at least four letters.
func (lx *Lexicon) cut(from []Word, spelt string) (out []Word, ok bool) {
	for p := 0; p < len(spelt); {
		n := len(spelt) - p
		for ; n > 2; n-- {
			if lx.book.entries[spelt[p:p+n]] != nil || n >= oneMistake && n == len(spelt)-p && lx.book.targets.mend(spelt[p:]) != "" {
				break
			}
		}
		if n <= 2 {
			out = append(out, from[p])
			p++
			continue
		}
		ok = ok || n >= spacedFrom
		out = append(out, Word{Form: spelt[p : p+n], From: from[p].From, To: from[p+n-1].To})
		p += n
	}
	return out, ok
}

// leet reads a word that begins at i with digits written for letters ("k3bakaran"), when the phrases know it, and
// returns where the next begins.
func (lx *Lexicon) leet(c *Text, i int) (int, bool) {
	var b [leetTo]byte
	n, digits, letters := 0, 0, 0
	j := i
	for ; j < len(c.Plain) && n < leetTo; j++ {
		ch := c.Plain[j]
		switch {
		case isLetter(ch):
			letters++
			ch |= 0x20
		default:
			if ch = spoken(ch); ch == 0 {
				goto end
			}
			digits++
		}
		b[n] = ch
		n++
	}
end:
	if digits == 0 || letters < 2 || n < leetFrom || n == leetTo {
		return i, false
	}
	form := string(b[:n])
	if std := lx.slang[form]; len(std) == 1 {
		form = std[0]
	} else if lx.book.entries[form] == nil {
		return i, false
	}
	c.Letters += letters
	c.Words = append(c.Words, Word{Form: form, From: i, To: j})
	return j, true
}

// spoken is the letter that a digit is written for, 0 for others.
func spoken(b byte) byte {
	switch b {
	case '0':
		return 'o'
	case '1', '!':
		return 'i'
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '6', '9':
		return 'g'
	case '7':
		return 't'
	case '8':
		return 'b'
	}
	return 0
}

// styled is the plain letter of a small capital or of a letter on a black ground, which Unicode does not fold; 0 for
// others.
func styled(r rune) byte {
	switch {
	case r >= 0x1f150 && r <= 0x1f169:
		return byte(r-0x1f150) + 'a'
	case r >= 0x1f170 && r <= 0x1f189:
		return byte(r-0x1f170) + 'a'
	}
	const from, to = "ᴀʙᴄᴅᴇꜰғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdeffghijklmnopqrstuvwyz"
	n := 0
	for _, f := range from {
		if f == r {
			return to[n]
		}
		n++
	}
	return 0
}
