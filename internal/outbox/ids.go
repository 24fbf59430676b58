package outbox

// ids is a set of letter ids. The database counts them up, so those of one time lie close together: a word holds 64.
type ids map[int64]uint64

func (s ids) has(id int64) bool { return s[id>>6]&(1<<(id&63)) != 0 }

func (s ids) add(id int64) { s[id>>6] |= 1 << (id & 63) }

func (s ids) drop(id int64) {
	word, there := s[id>>6]
	if !there {
		return
	}
	if word &^= 1 << (id & 63); word == 0 {
		delete(s, id>>6)
	} else {
		s[id>>6] = word
	}
}
