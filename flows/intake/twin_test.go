package intake

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Once a draft was looked for, a picture that is added is looked for only where there is one to compare it with; other words, another
// place always are.
func TestAPictureIsLookedForOnlyWhereThereIsOneToCompare(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pictured bool
		change   func(*Form)
		want     bool
	}{
		"nothing new":                        {change: func(*Form) {}, pictured: true},
		"a picture, and none around":         {change: func(f *Form) { f.Photos = []bot.MediaRef{{ID: "a"}} }},
		"a picture, and there is one around": {change: func(f *Form) { f.Photos = []bot.MediaRef{{ID: "a"}} }, pictured: true, want: true},
		"other words":                        {change: func(f *Form) { f.Text = "lampu dan selokan" }, want: true},
		"another place":                      {change: func(f *Form) { f.Place.Pin = &report.Pin{Lat: -6, Lon: 106} }, want: true},
		"made confidential":                  {change: func(f *Form) { f.Visibility = report.Confidential }},
	} {
		f := &Form{Draft: report.Draft{Text: "lampu mati", Category: "penerangan_jalan", Visibility: report.Normal}}
		f.Twins = Twins{Asked: sought(f), Photos: len(f.Photos), Pictured: c.pictured}
		c.change(f)
		if got := (&telling{}).wantsTwins(f); got != c.want {
			t.Errorf("%s: looked for %t, want %t", name, got, c.want)
		}
	}
}
