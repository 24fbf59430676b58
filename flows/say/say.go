// Package say holds every sentence a citizen reads, in Indonesian and English. It is pure.
package say

import "rabeg/internal/profile"

// Voice speaks for one government in one language.
type Voice struct {
	Profile *profile.Profile
	Lang    string // "id" or "en"; anything else is "id"
}

// For gives the voice of a profile in a language.
func For(p *profile.Profile, lang string) Voice { return Voice{Profile: p, Lang: lang} }

// pick chooses between the two languages.
func (v Voice) pick(id, en string) string {
	if v.Lang == "en" {
		return en
	}
	return id
}
