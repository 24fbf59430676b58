package answer

import (
	"testing"

	"rabeg/bot"
)

// TestOwnWordsDecide: "hapus" calls a report off, and erases where it is asked whether to erase; who says both, or asks, has chosen nothing.
func TestOwnWordsDecide(t *testing.T) {
	t.Parallel()
	lx := Must()
	erase := bot.Menu{Choices: []bot.Choice{
		{ID: "erase", Label: "Ya, hapus", Also: "ya|iya|hapus|hapus saja|hapus semua|hapus semuanya|semua|hapus sekarang|lanjut|setuju|ok|yes|delete|erase"},
		{ID: "keep", Label: "Tidak jadi", Also: "tidak|jangan|tidak usah|tidak perlu|batal|gak jadi|nggak|no|cancel|kembali"},
	}}
	for text, want := range map[string]string{
		"ya hapus aja": "erase", "hapus": "erase", "iya deh hapus": "erase", "apus aja pak": "erase", "batal aja": "keep", "ga jadi": "keep", "iya hapus semua": "erase", "hapus semuanya sekarang": "erase", "gausah": "keep", "ga usah deh": "keep",
		"ya batal": "", "jangan dihapus": "", "hapus?": "", "hapus atau batal": "",
	} {
		if v := lx.Match(erase, text, Asked{Numbered: true}); v.Choice.ID != want {
			t.Errorf("%q: %q, want %q", text, v.Choice.ID, want)
		}
	}
}
