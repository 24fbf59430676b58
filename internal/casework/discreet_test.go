package casework_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/report"
)

// Who hides the own name and says it all the same is not read by it; places that bear the name, and other people, are.
func TestOwnNameIsMasked(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	for _, c := range []struct{ said, want string }{
		{"saya Mawar, lampu mati", "saya M***, lampu mati"},
		{"MAWAR MELATI rt 3", "M*** M*** rt 3"},
		{"di gang Mawar depan toko Melati", "di gang Mawar depan toko Melati"},
		{"hubungi 0812-9876-5432 atau +62 812 9876 5432", "hubungi 08•••• atau +6••••"},
		{"pelakunya Joko, 0877 1234 5678", "pelakunya Joko, 0877 1234 5678"},
		{"bapak saya sakit", "bapak saya sakit"},
		{"", ""},
	} {
		r := report.Report{ReporterName: "Bapak Mawar Melati", Reporter: bot.Address{Network: bot.WhatsApp, ID: "6281298765432"}}
		for _, v := range []report.Visibility{report.Anonymous, report.Confidential, "tetangga"} {
			r.Visibility, r.Text = v, c.said
			if got := o.Discreet(r).Text; got != c.want {
				t.Errorf("%s: %q is shown as %q, want %q", v, c.said, got, c.want)
			}
			if found := o.NamedBy(r, []string{"maw"}); found != (c.said == "saya Mawar, lampu mati" || c.said == "MAWAR MELATI rt 3" || c.want == "hubungi 08•••• atau +6••••") {
				t.Errorf("%s: %q found by a part of the name: %v", v, c.said, found)
			}
		}
		r.Visibility = report.Normal
		if got := o.Discreet(r).Text; got != c.said {
			t.Errorf("biasa: %q is shown as %q", c.said, got)
		}
	}
}
