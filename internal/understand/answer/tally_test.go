package answer_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/understand/answer"
)

// A number chooses, however much is said behind it, unless it says how many matters are told.
func TestANumberThatTalliesChoosesNothing(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	m := bot.Menu{Choices: []bot.Choice{{ID: "a", Label: "Lampu jalan, Cipare"}, {ID: "b", Label: "Got, kali & banjir, Cipare"}, {ID: "c", Label: "Laporan baru"}}}
	for text, want := range map[string]string{
		"2 pak, itu yang saya maksud dari kemarin kemarin":            "b",
		"2, yang got di depan rumah saya itu pak":                     "b",
		"nomor 2, tolong cepat diperbaiki ya pak soalnya banjir":      "b",
		"yang kedua, soalnya itu yang paling parah menurut saya":      "b",
		"2 masalah nih: lampu mati, trus jalan bolong di kaligandu":   "",
		"dua masalah: lampu mati di jalan raya cilegon":               "",
		"ada 2 hal pak: jalan bolong di ciceri, pohon di taktakan":    "",
		"dua laporan ya: jalan bolong di ciceri, sampah di kaligandu": "",
		"2 things: the street is broken in ciceri, trash everywhere":  "",
	} {
		if got := lx.Match(m, text, answer.Asked{Numbered: true}); got.Choice.ID != want {
			t.Errorf("%q chooses %q, not %q", text, got.Choice.ID, want)
		}
	}
}
