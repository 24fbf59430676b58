package flowtest

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/report"
)

// spoken plays what a citizen types, one message after the other; answers are what was said to each.
func spoken(t *testing.T, m *flows.Machine, typed ...string) (s flows.State, answers []string, filed []report.Draft) {
	t.Helper()
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	for n, words := range typed {
		at = at.Add(time.Minute)
		var said []string
		inputs := []flows.Input{flows.Said{Event: bot.Event{ID: bot.EventID(string(rune('a' + n))), At: at, Body: bot.Text{Text: words}}}}
		for len(inputs) > 0 {
			var out []flows.Effect
			s, out = m.Step(s, inputs[0])
			inputs = inputs[1:]
			for _, e := range out {
				switch e := e.(type) {
				case flows.Look:
					inputs = append(inputs, flows.Found{Asked: e.Code})
				case flows.Seek:
					inputs = append(inputs, flows.Sought{Draft: e.Draft.ID})
				case flows.File:
					filed = append(filed, e.Draft)
					inputs = append(inputs, flows.Filed{Report: report.Report{ID: report.ID(len(filed)), Code: "SRG-1", Draft: e.Draft, Filed: at}})
				case flows.Say:
					said = append(said, e.Message.Text)
				}
			}
		}
		answers = append(answers, strings.Join(said, "\n"))
	}
	return s, answers, filed
}

const twoAtKaloran = "jalan di link kaloran rusak trus ada yg jualan miras juga di situ"

// A place that is set right on the card of several matters is that of all that stood at the wrong one, in whatever words; and a place
// alone is never one matter more. The card comes anew, and "kirim" files them there.
func TestAPlaceIsSetRightForSeveralMatters(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, words := range [][]string{
		{"bukan di kaloran, di kaujon"}, {"bukan kaloran tapi kaujon"}, {"eh salah, di kaujon"}, {"eh salah di kaujon deng"}, {"maksudnya di kaujon"}, {"tempatnya di kaujon"},
		{"tempatnya bukan di kaloran tapi di kaujon"}, {"salah tempat, harusnya kaujon"}, {"kaujon"}, {"di kaujon"}, {"kaujon pasar sore"}, {"link kaujon pasar sore"}, {"kaujon deket masjid"},
		{"ubah", "kaujon pasar sore"}, {"ubah", "bukan di kaloran, di kaujon"}, {"ubah", "2", "kaujon"}, {"bukan di kaloran", "kaujon"}, {"it is not in kaloran, it is in kaujon"},
	} {
		s, answers, _ := spoken(t, m, append([]string{twoAtKaloran}, words...)...)
		last := answers[len(answers)-1]
		if f := intake.Of(s).Form; f == nil || len(f.Several.Each) != 2 || strings.Count(last, "📍 ") != 2 || strings.Count(strings.ToLower(last), "kaujon") < 2 || strings.Contains(last, "📍 Kaloran") {
			t.Errorf("%q: %s", words, last)
			continue
		}
		_, _, filed := spoken(t, m, append(append([]string{twoAtKaloran}, words...), "kirim")...)
		if len(filed) != 2 {
			t.Errorf("%q: %d filed", words, len(filed))
		}
		for _, d := range filed {
			if d.Place.Area == "36.73.01.1010" || !strings.Contains(strings.ToLower(d.Place.Said+d.Place.AreaName), "kaujon") {
				t.Errorf("%q: filed at %+v", words, d.Place)
			}
		}
	}
}

// Of several places only the wrong one is set right; what tells of another matter is one all the same.
func TestOnlyTheWrongPlaceIsSetRight(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	apart := "1. got mampet di kel Cipare 2. sampah numpuk di kel Kaligandu 3. lampu jalan mati di kel Cipare"
	for _, c := range []struct {
		said string
		want string // the places, in their order
	}{
		{"bukan di cipare, di kel unyur", "Unyur Kaligandu Unyur"},
		{"bukan kaligandu tapi kel unyur", "Cipare Unyur Cipare"},
		{"tempatnya bukan di kaligandu tapi di kel unyur", "Cipare Unyur Cipare"},
		{"jalan rusak parah di kel unyur", "Cipare Kaligandu Cipare Unyur"},
		{"kel unyur", "Cipare Kaligandu Cipare"}, // which of them is meant is asked
	} {
		s, answers, _ := spoken(t, m, apart, c.said)
		f := intake.Of(s).Form
		var got []string
		for i := range f.Several.Each {
			at := f.Several.Each[i].Place
			if !at.Known() {
				at = f.Place
			}
			got = append(got, at.AreaName)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, not %q\n%s", c.said, got, c.want, answers[1])
		}
	}
}

// What tells of a matter is no bare place, though it names one: it is one matter more, or more of those there are.
func TestAMatterAtAPlaceIsNoBarePlace(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, words := range []string{"kaujon pasar becek", "pasar kaujon kotor banget", "lampu jalan kaujon mati", "jalan kaujon rusak", "sampah di kaujon", "warung miras kaujon", "gang kaujon gelap", "parkir liar kaujon", "di kaujon juga rusak"} {
		s, answers, _ := spoken(t, m, twoAtKaloran, words)
		f := intake.Of(s).Form
		if f == nil || !strings.Contains(f.Text, words) || !strings.Contains(answers[1], "📍 Kaloran") {
			t.Errorf("%q: %s", words, answers[1])
		}
	}
}

// Whoever wants one matter alone says so in many words; the others wait for their turn, whether they had been told apart or not.
func TestOneMatterAlone(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, told := range []string{"sampah ga diangkut, got mampet di kel cipare", "1. sampah numpuk 2. got mampet di kel cipare", "sampah ga diangkut, got mampet di banten indah permai"} {
		for _, words := range []string{"sampahnya doang deh", "sampah doang", "sampahnya aja", "sampah aja min", "yang sampah aja dulu", "cuma sampah", "sampahnya saja ya"} {
			s, answers, _ := spoken(t, m, told, words)
			if f := intake.Of(s).Form; f == nil || f.Category != "sampah_kebersihan" || len(f.Several.Each) > 1 || strings.Contains(f.Text, "got") || strings.Contains(f.Text, "doang") {
				t.Errorf("%q, %q: %s", told, words, answers[1])
			}
		}
	}
}

// Words that tell more of the matter, or ask about it, are never answered by a greeting: they belong to the report in the making.
func TestWhatTellsMoreIsNoGreeting(t *testing.T) {
	t.Parallel()
	p, finder, r := builtin(t)
	m := whole(p, finder, r)
	for _, words := range []string{"udah dr kmrn sore", "udah dari kemarin sore pak", "namanya pak Dedi yang minta", "namanya pak Joko yang narik", "ini bener ga min? dapet dari grup wa", "bener ga min itu punya pu?",
		"yang narik pak haji Udin", "itu bu Tini yang bilang", "kata pak Asep kemarin siang"} {
		for _, told := range []string{"jalan rusak di kel cipare", "sampah numpuk di kel cipare, terus parkirnya mahal banget"} {
			s, answers, _ := spoken(t, m, told, words)
			f := intake.Of(s).Form
			if f == nil || strings.Contains(answers[1], "Halo!") || !strings.Contains(f.Text, words) && !strings.Contains(f.Text, strings.TrimSuffix(words, "?")) {
				t.Errorf("%q, %q: %s", told, words, answers[1])
			}
		}
		named := strings.Contains(words, "pak ") || strings.Contains(words, "bu ") // whose name it is nobody can tell who knows no story
		if _, answers, _ := spoken(t, m, words); !named && strings.Contains(answers[0], "Halo!") {
			t.Errorf("%q: %s", words, answers[0])
		}
		if _, answers, _ := spoken(t, m, "jalan rusak di kel cipare", "kirim", words); strings.Contains(answers[2], "Halo!") {
			t.Errorf("filed, %q: %s", words, answers[2])
		}
	}
	for _, words := range []string{"udah dr kmrn sore", "udah dari kemarin", "sejak minggu lalu"} { // where a place is asked for, it is none
		s, answers, _ := spoken(t, m, "sampah menumpuk", words)
		if f := intake.Of(s).Form; f == nil || f.Place.Known() || f.Text != "sampah menumpuk\n"+words || s.Ask.Kind != "place" {
			t.Errorf("%q: %s", words, answers[1])
		}
	}
	for _, words := range []string{"halo", "selamat sore pak", "assalamualaikum wr wb", "halo min selamat siang", "permisi pak mau tanya", "pagi bapak ibu semua"} {
		s, answers, _ := spoken(t, m, "jalan rusak di kel cipare", words)
		if f := intake.Of(s).Form; f == nil || f.Text != "jalan rusak di kel cipare" {
			t.Errorf("%q is no part of a report: %s", words, answers[1])
		}
	}
}
