package say

// AskPlaceName asks for a name, of somebody who told the place by what there are many of, or from where he or she stands; said are
// those words.
func (v Voice) AskPlaceName(said string) string {
	return v.f("%s saya catat sebagai petunjuk. Supaya petugas sampai ke sana: di jalan, gang, atau kampung apa? Nama kelurahannya juga boleh, atau kirim lokasi.",
		"I keep %s as a hint. So that the officer finds it: which street, alley or kampung? The name of the kelurahan will do as well, or send a location.", quote(said, 80))
}

// NoPlaceYet says that words named no place, before it is asked again.
func (v Voice) NoPlaceYet() string {
	return v.pick("Maaf, dari kata-kata itu saya belum tahu di mana tempatnya. 🙏", "Sorry, from these words I do not know yet where it is. 🙏")
}
