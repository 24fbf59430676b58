package app

import (
	"crypto/rand"
	"strings"
)

// tieCode draws a code by which chats are tied: eight characters that are not taken for one another, letters and digits among them, of
// which there are some 10^11.
func tieCode() string {
	const digits, letters = "23456789", "ABCDEFGHJKMNPQRSTUVWXYZ"
	const all, length, most = digits + letters, 8, 248 // 8 × 31: each as likely as the others
	for {
		code := make([]byte, 0, length)
		for len(code) < length {
			var b [1]byte
			_, _ = rand.Read(b[:]) // never fails
			if b[0] < most {
				code = append(code, all[int(b[0])%len(all)])
			}
		}
		if s := string(code); strings.ContainsAny(s, digits) && strings.ContainsAny(s, letters) {
			return s
		}
	}
}
