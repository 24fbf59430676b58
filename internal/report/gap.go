package report

import "time"

// Gap is a time of which the database knows nothing, because it was put back from a backup: From is when the backup was taken, Until
// when it was put back. Whoever was given a number in it has one that nobody knows. The zero Gap is none.
type Gap struct{ From, Until time.Time }

// May reports whether a number that nobody knows may have been given in the gap: it has the form that is given now, with its
// check character.
func (g Gap) May(prefix string, c Code) bool {
	if g.Until.IsZero() {
		return false
	}
	read, ok := ParseCode(prefix, string(c))
	return ok && read == c && len(c) == len(prefix)+randoms+3
}
