package app

import (
	"context"
	"crypto/rand"
	"strings"

	"rabeg/bot"
	"rabeg/bot/whatsapp"
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

// numbered tells the chats in which the owner of a number wrote lately. A network that is not served any more knew people, too.
func (a *App) numbered(ctx context.Context, number string) ([]bot.Address, error) {
	linked, err := whatsapp.Owners(ctx, a.Store.Pool, a.opts.WhatsAppSchema, number, a.clock.now())
	if err != nil {
		return nil, err
	}
	official, err := a.Store.Windows(bot.WhatsAppCloud).Numbered(ctx, number, a.clock.now().Add(-whatsapp.Trusted))
	return append(official, linked...), err
}
