package twin

import (
	"math/bits"
	"strconv"

	"rabeg/internal/ledger"
)

// samePicture is by how many of their 64 signs the looks of one picture differ at most after it was forwarded, made smaller or
// pressed again.
const samePicture = 6

// seen reports whether any of some pictures is one of those that were kept. What has no look is like nothing.
func seen(looks []string, kept []ledger.File) bool {
	for _, x := range looks {
		for _, f := range kept {
			if SamePicture(x, f.Look) {
				return true
			}
		}
	}
	return false
}

// SamePicture reports whether two looks (ledger.File.Look) are of one picture.
func SamePicture(a, b string) bool {
	x, err := strconv.ParseUint(a, 16, 64)
	if err != nil {
		return false
	}
	y, err := strconv.ParseUint(b, 16, 64)
	return err == nil && bits.OnesCount64(x^y) <= samePicture
}
