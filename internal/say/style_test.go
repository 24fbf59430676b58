package say

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// A screen of a small phone, in letters; what explains may be longer.
const (
	screen    = 330
	explained = 950
)

// explains are the sentences that somebody asked for in order to read them.
func explains() map[string]bool { return map[string]bool{"Help": true, "Privacy": true} }

// jargon are words of offices and programs that no citizen needs.
func jargon() []string {
	return []string{"Kel.", "Kec.", "koordinator", "coordinator", "halaman", " page", "draf", "slot", "kategori", "category",
		"ditindaklanjuti", "(s)", "%!"}
}

// Every sentence of a voice, whoever wrote it, is plain, short and said in both languages.
func TestEverySentenceIsPlainAndShort(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"id", "en"} {
		for name, text := range sentences(For(serang(), lang)) {
			text = bot.Unmark(text)
			limit := screen
			if explains()[name] {
				limit = explained
			}
			if n := utf8.RuneCountInString(text); n > limit || n == 0 && !strings.HasPrefix(name, "Greet") {
				t.Errorf("%s (%s) has %d letters, at most %d: %s", name, lang, n, limit, text)
			}
			for _, word := range jargon() {
				if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
					t.Errorf("%s (%s) says %q: %s", name, lang, word, text)
				}
			}
		}
	}
}

// The same holds for the names that every profile gives, in both languages.
func TestProfilesArePlain(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"id", "en"} {
			v := For(p, lang)
			for _, a := range p.Agencies {
				d := report.Draft{Kind: report.Complaint, Text: "jalan rusak", Category: "jalan_jembatan", Place: report.Place{DistrictName: "Curug"}}
				card := bot.Unmark(v.Card(d, a.Code))
				if n := utf8.RuneCountInString(card); n > screen || strings.Contains(card, "Kec.") || strings.Contains(card, "Kel.") {
					t.Errorf("%s %s: %d letters: %s", name, a.Code, n, card)
				}
			}
			seen := map[string]string{}
			for _, c := range p.Offered() {
				if other := seen[v.Topic(c.Code)]; other != "" {
					t.Errorf("%s: %s and %s are both called %s", name, other, c.Code, v.Topic(c.Code))
				}
				seen[v.Topic(c.Code)] = c.Code
			}
		}
	}
}

// sentences calls every method of a voice that gives words, with plain values.
func sentences(v Voice) map[string]string {
	out := map[string]string{}
	typ := reflect.TypeOf(v)
	for m := range typ.Methods() {
		if m.Type.NumOut() != 1 || m.Type.Out(0).Kind() != reflect.String {
			continue
		}
		in := []reflect.Value{reflect.ValueOf(v)}
		for k := 1; k < m.Type.NumIn(); k++ {
			in = append(in, sample(m.Type.In(k)))
		}
		out[m.Name] = m.Func.Call(in)[0].String()
	}
	return out
}

// sample is a usual value of a type.
func sample(t reflect.Type) reflect.Value {
	at := time.Date(2026, 11, 25, 9, 5, 0, 0, time.UTC)
	place := report.Place{Said: "depan UIN", AreaName: "Sumur Pecung", DistrictName: "Serang"}
	draft := report.Draft{Kind: report.Complaint, Text: "lampu jalan mati sudah dua minggu, gelap sekali", Category: "penerangan_jalan", Place: place}
	r := report.Report{Code: "SRG-7K3MQ-9", Status: report.Assigned, Draft: draft, Agency: "DISHUB", Filed: at, Due: at}
	for _, v := range []any{at, place, draft, r, []report.Report{r}, []report.Fact{{At: at, What: report.WasFiled}, {At: at, What: report.WasReturned}},
		report.Code("SRG-7K3MQ-9"), report.Assigned, report.Wish, report.Normal,
		profile.Rejection{Code: "x", Name: "Lokasi tidak ditemukan", Words: "Petugas tidak menemukan tempat yang dilaporkan.", WordsEN: "The officers could not find the place.",
			Next: "Kirim laporan baru dengan lokasi.", NextEN: "Please send a new report with the location."},
		profile.Group{Name: "Jalan", NameEN: "Roads"}, profile.Owner{Name: "BPJS Kesehatan", Short: "BPJS Kesehatan",
			About: "kepesertaan dan iuran BPJS Kesehatan", AboutEN: "membership and dues of BPJS Kesehatan",
			Door: profile.Door{Phone: "165", WhatsApp: "0811-8165-165", Checked: "2025-01-01"}}} {
		if reflect.TypeOf(v) == t {
			return reflect.ValueOf(v)
		}
	}
	switch t.Kind() {
	case reflect.String:
		return reflect.ValueOf("halo").Convert(t)
	case reflect.Int:
		return reflect.ValueOf(2).Convert(t)
	case reflect.Bool:
		return reflect.ValueOf(true).Convert(t)
	default:
		return reflect.Zero(t)
	}
}
