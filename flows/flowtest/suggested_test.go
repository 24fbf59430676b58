package flowtest

import (
	"strings"
	"testing"

	"rabeg/flows"
	"rabeg/flows/intake"
)

// TestYesToTheOnlyPlace says yes, in many ways, to the one place that is suggested: it is taken, and the card comes.
func TestYesToTheOnlyPlace(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, text := range []string{"gpp lah krm aja", "iya yg itu", "kirim", "iya kirim", "betul sekali", "muhun kirim", "bener", "inggih leres", "yes that's it", "sip",
		"itu dia", "ya disitu", "ya", "iya pak betul", "1", "bener pak disitu", "leres pak", "oke lanjut", "iya di situ", "di situ", "yang itu", "kirim aja pak", "enggih", "yes send it", "betul bu, kirim",
		"iya bener itu", "lopang indah", "perumahan lopang indah pak", "👍", "ya pak lanjutkan", "tetap di situ", "send", "right", "nggih leres mas", "heeh", "iya perumahan lopang indah"} {
		s, out := saidTo(m, asked(t, p, "suggested"), text)
		f := intake.Of(s).Form
		if f == nil || f.Where != nil || f.Place.AreaName != "Lopang" || s.Ask == nil || s.Ask.Kind != "review" {
			t.Errorf("%q: not taken: %+v, %s", text, s.Ask, outcome("suggested", asked(t, p, "suggested"), s, out))
		}
	}
	for _, text := range []string{"bukan", "bukan itu", "salah", "bukan disitu pak", "no", "sanes", "2", "bukan yang itu", "tidak", "not that one"} {
		s, _ := saidTo(m, asked(t, p, "suggested"), text)
		f := intake.Of(s).Form
		if f == nil || f.Where != nil || f.Place.Known() || s.Ask == nil || s.Ask.Kind != "place" {
			t.Errorf("%q: the place is not asked for: %+v", text, s.Ask)
		}
		if s, _ = saidTo(m, s, "perumahan Lopang Indah Baru Selatan"); s.Ask == nil {
			t.Errorf("%q: the talk ended", text)
		}
	}
}

// TestWhatIsNoPlaceLeavesTheSuggestion writes on while a place is suggested: the same is asked again, and what tells of the matter is
// added to the text.
func TestWhatIsNoPlaceLeavesTheSuggestion(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for text, added := range map[string]bool{
		"udah 3 hari pak":                            true,
		"sudah seminggu begini terus":                true,
		"baunya sampai ke dalam rumah warga":         true,
		"kalau mau bertemu pak wali bisa":            false,
		"apakah nanti ada petugas yang datang":       false,
		"kira-kira kapan ditangani?":                 false,
		"depan rumah saya":                           false,
		"hormat kami, H. Sanusi":                     true,
		"tolong segera ditindaklanjuti pak kasihan":  true,
		"sampe anak saya jatuh kemaren pulang ngaji": true,
	} {
		before := asked(t, p, "suggested")
		s, _ := saidTo(m, before, text)
		f := intake.Of(s).Form
		if f == nil || f.Where == nil || len(f.Where.Options) != 1 || f.Place.Said != "" || s.Ask == nil || s.Ask.Kind != "where" {
			t.Errorf("%q: the suggestion is gone: %+v, place %+v", text, s.Ask, f.Place)
			continue
		}
		if got := strings.Contains(f.Text, text); got != added {
			t.Errorf("%q: added %v, want %v", text, got, added)
		}
		if s, _ = saidTo(m, s, "iya kirim"); intake.Of(s).Form == nil || intake.Of(s).Form.Place.AreaName != "Lopang" {
			t.Errorf("%q: a yes after it does not take the place", text)
		}
	}
	for _, text := range []string{"di banten indah permai", "perum griya serang asri", "bukan, di kelurahan cipare", "komplek villa mutiara", "di taman pesona regency blok c"} {
		s, _ := saidTo(m, asked(t, p, "suggested"), text)
		if f := intake.Of(s).Form; f == nil || !f.Place.Known() && f.Place.District == "" && (f.Where == nil || f.Where.Said == "perumahan lopang indah") {
			t.Errorf("%q: the other place is not heard: %+v", text, f.Where)
		}
	}
}

// TestAskedWhere answers the question for the place with what is none.
func TestAskedWhere(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	say := func(texts ...string) (flows.State, *intake.Form) {
		s := asked(t, p, "place")
		for _, text := range texts {
			s, _ = saidTo(m, s, text)
		}
		f := intake.Of(s).Form
		if f == nil || s.Ask == nil {
			t.Fatalf("%q: the talk ended", texts)
		}
		return s, f
	}
	for _, texts := range [][]string{{"ya di kampung lah"}, {"ya di kampung"}, {"bapak tau kan", "ya di kampung lah"}, {"pokoknya di perumahan"}, {"di gang situ"}} {
		s, f := say(texts...)
		if s.Ask.Kind != "place" || f.Place.Known() {
			t.Errorf("%q: it is not asked which: %+v", texts, f.Place)
		}
		if s, _ = saidTo(m, s, "ya di kampung pokoknya"); s.Ask == nil || s.Ask.Kind != "review" || intake.Of(s).Form.Place.Said != "" {
			t.Errorf("%q: it is asked without end, or taken for a name", texts)
		}
	}
	for _, texts := range [][]string{{"kalau mau bertemu pak wali bisa"}, {"bapak tau kan", "kalau mau bertemu pak wali bisa"}, {"bapak tau kan", "apa bisa cepat ya"}} {
		if s, f := say(texts...); s.Ask.Kind != "place" || f.Place.Said != "" {
			t.Errorf("%q: a question became the place: %+v", texts, f.Place)
		}
	}
	for text, want := range map[string]string{"di banten indah permai": "banten indah permai", "kp rawa kebo": "kp rawa kebo", "graha melati indah blok a": "graha melati indah"} {
		if s, f := say(text); s.Ask.Kind != "review" || !strings.Contains(strings.ToLower(f.Place.Said+" "+f.Place.Note), want) {
			t.Errorf("%q: no place: %s, %+v", text, s.Ask.Kind, f.Place)
		}
	}
	for text, want := range map[string]string{"sdn taktakan": "SDN Taktakan 1", "stadion": "Stadion Maulana Yusuf", "depan stadion": "Stadion Maulana Yusuf", "di taman kota": "Alun-alun Kota Serang", "sdn cigoong": "SDN Cigoong 1"} {
		s, f := say(text)
		if s.Ask.Kind != "where" || f.Where == nil || f.Where.Options[0].Said != want {
			t.Errorf("%q: %s is not suggested: %s, %+v", text, want, s.Ask.Kind, f.Place)
		}
	}
}
