package intake

import (
	"testing"

	"rabeg/internal/report"
)

// TestOfOther: who tells of somebody else is not asked whether he or she is safe.
func TestOfOther(t *testing.T) {
	t.Parallel()
	for _, told := range []struct {
		peril, text string
		other       bool
	}{
		{"medis", "sekelas anak saya muntah2 abis makan", true}, {"lalin", "kecelakaan di palima, orangnya berdarah. orang pingsan", true},
		{"air", "anak tetangga kecebur di sumur", true}, {"medis", "bapak saya sesek napas", true}, {"lalin", "saya lihat orang ketabrak truk", true},
		{"medis", "bojoku lemes", true}, {"lalin", "kecelakaan di depan pasar orangnya berdarah", true}, {"lalin", "mobil nyemplung kali", true}, {"jiwa", "pacar aku di atas jembatan", true},
		{"medis", "saya sesek napas", false}, {"lalin", "saya kecelakaan sama istri", false}, {"jebak", "kami kejebak di lift", false},
		{"api", "rumah orang kebakaran", false}, {"hilang", "anak saya hilang", false}, {"jahat", "ada orang bawa golok", false},
	} {
		f := &Form{Draft: report.Draft{Text: told.text}, Peril: told.peril}
		if got := f.ofOther(); got != told.other {
			t.Errorf("%s %q: of another %v", told.peril, told.text, got)
		}
	}
}
