package twin

import (
	"math/bits"
	"strconv"
)

// samePicture is by how many of their 64 signs the looks of one picture differ at most after it was forwarded, made smaller or
// pressed again.
const samePicture = 6

// Seen reports whether any of some pictures is one of the others. A look is 16 hex digits (media.Look); what is none is like nothing.
func Seen(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if alike(x, y) {
				return true
			}
		}
	}
	return false
}

func alike(a, b string) bool {
	x, err := strconv.ParseUint(a, 16, 64)
	if err != nil {
		return false
	}
	y, err := strconv.ParseUint(b, 16, 64)
	return err == nil && bits.OnesCount64(x^y) <= samePicture
}
