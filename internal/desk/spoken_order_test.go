package desk

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// reasonsGiven is what officers write behind a verb, or before it: why they do it, in words that are verbs' own.
var reasonsGiven = []string{
	"bukan kewenangan, halte itu punya provinsi", "bukan kewenangan kota", "bukan tupoksi dinas itu, aset PLN", "sudah selesai minggu lalu", "dobel sama yang kemarin", "warganya minta ditolak",
	"nanti diteruskan juga ke bidang", "jangan dijawab dulu", "tanya pelapor belum dibalas", "gabung sama yang di ciceri", "masuk rencana 2027", "iseng, palsu", "tiangnya diambil PLN", "catatan kabid terlampir",
	"salah kategori", "disposisi kabid",
}

// orders are the verbs that officers say without a command, each with one of its words.
func orders() map[string]Verb {
	out := map[string]Verb{}
	for _, r := range verbs {
		for said := range strings.SplitSeq(r.said, "|") {
			if r.act != nil && said != "" && said != "sama" && r.may != coordinators {
				out[said] = r.name
			}
		}
	}
	return out
}

// holds reports whether a command has kept words: as they stand, but for signs.
func (c Command) holds(words string) bool {
	return words == "" || strings.Contains(" "+bot.Fold(c.Arg+" "+c.Words)+" ", " "+bot.Fold(words)+" ")
}

// parsedAt reads a reply to the card of a report, of an office or at the coordinator.
func parsedAt(t *testing.T, p *profile.Profile, lx *answer.Lexicon, agency, words string) Command {
	t.Helper()
	r := report.Report{ID: 1, Code: report.NewCode(p.Prefix, 7), Status: report.Assigned, Agency: agency}
	if agency == "" {
		r.Status = report.Received
	}
	r.Category = "penerangan_jalan"
	c, err := (parser{profile: p, lexicon: lx, verbs: verbs, target: Target{Known: true, Report: r}}).parse(bot.Event{Body: bot.Text{Text: words}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A verb with a reason behind it is that verb, whatever other verb's words the reason holds; and the reason stays with it. What cannot be
// kept is asked back, whole.
func TestAVerbWithAReasonIsThatVerb(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lx := answer.Must()
	all := 0
	var wrong []string
	forms := []string{"%s %s", "%s, %s", "siap %s pak: %s"}
	said := orders()
	for i, phrase := range slices.Sorted(maps.Keys(said)) {
		v := said[phrase]
		for j, why := range reasonsGiven {
			if (i+j)%2 > 0 {
				continue // half of them, in turns
			}
			words, agency := fmt.Sprintf(forms[(i+j)%len(forms)], phrase, why), []string{"DISHUB", ""}[(i+j/2)%2]
			if longer, _ := verbs.opens(words); longer == v && verbs.meant(phrase+" "+strings.Fields(why)[0]) == v {
				continue // "kategori salah" is one of its words
			}
			c := parsedAt(t, p, lx, agency, words)
			all++
			part, _, _ := strings.Cut(why, ",")
			keeps := verbs.row(v).takes&takesWords != 0 && v != Open && v != Identity
			switch {
			case c.Verb == Unsure && c.holds(why):
			case c.Verb == v && (!keeps || c.holds(why)):
			case v == Reject && c.Verb == v && c.Arg != "" && (part == why || c.holds(strings.TrimPrefix(why, part+", "))): // its beginning is the reason
			default:
				wrong = append(wrong, fmt.Sprintf("%q at %q is %q with %q %q, not %q", words, agency, c.Verb, c.Arg, c.Words, v))
			}
		}
	}
	slices.Sort(wrong)
	t.Logf("%d of %d keep their verb and their reason", all-len(wrong), all)
	if len(wrong) > 0 || all < 1000 {
		t.Errorf("%d of %d lose their verb or their reason, as:\n%s", len(wrong), all, strings.Join(wrong[:min(len(wrong), 12)], "\n"))
	}
}

// So is a verb with its reason before it, and what an office says is not its duty goes back to the coordinator.
func TestAReasonBeforeItsVerb(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lx := answer.Must()
	for _, c := range []struct {
		words string
		verb  Verb
		arg   string
		holds string
	}{
		{"halte itu punya provinsi, tolak aja", Reject, "", "halte itu punya provinsi"},
		{"bukan kewenangan kota, tolak", Reject, "bukan_kewenangan", ""},
		{"bukan kewenangan, halte punya provinsi. jadi kami tolak ya pak", Reject, "bukan_kewenangan", "halte punya provinsi"},
		{"tolak karena iseng: nomornya palsu", Reject, "bukan_laporan", "nomornya palsu"},
		{"tolak dobel", Reject, "sudah_dilaporkan", ""},
		{"tolak, lampunya di luar kota", Reject, "", "lampunya di luar kota"},
		{"bukan kewenangan kami ini jalan provinsi", NotOurs, "", "bukan kewenangan kami ini jalan provinsi"},
		{"lampunya milik perkim, teruskan ke perkim", Forward, "", "perkim"},
		{"teruskan bukan kewenangan kami ke dpupr", Forward, "", "bukan kewenangan kami"},
		{"teruskan ke dpupr bukan kewenangan kami", Forward, "", "bukan kewenangan kami"},
		{"tanya kabid dulu", Unsure, "", "kabid dulu"},
		{"balas jangan dibalas dulu", Unsure, "", "jangan dibalas dulu"},
		{"kt cek dulu", Unsure, "", "kt cek dulu"},
		{"siap cek", Unsure, "", "siap cek"},
		{"bukan bidang saya, kok masuk sini", NotOurs, "", "bukan bidang saya, kok masuk sini"},
	} {
		got := parsedAt(t, p, lx, "DISHUB", c.words)
		if got.Verb != c.verb || c.arg != "" && got.Arg != c.arg || !got.holds(c.holds) {
			t.Errorf("%q is %q with %q and %q, not %q with %q and %q", c.words, got.Verb, got.Arg, got.Words, c.verb, c.arg, c.holds)
		}
	}
}

// Whose duty it is not is said with the name of the city, whichever it is, and what follows is the explanation.
func TestTheCityIsNamedWithTheReason(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	other := *p
	other.City = "Kabupaten Tanah Laut"
	for _, c := range []struct {
		p       *profile.Profile
		said    string
		explain string
	}{
		{p, "bukan kewenangan kota serang, haltenya punya provinsi", "haltenya punya provinsi"},
		{&other, "bukan kewenangan kabupaten tanah laut, haltenya punya provinsi", "haltenya punya provinsi"},
		{&other, "bukan kewenangan Tanah Laut", ""},
		{&other, "bukan wewenang kantor ini, haltenya punya provinsi", "haltenya punya provinsi"},
		{&other, "bukan wewenang kota serang, haltenya punya provinsi", "bukan wewenang kota serang, haltenya punya provinsi"},
	} {
		code, words := splitReason(c.p, c.said)
		if why, _ := c.p.Rejection(code); !why.Outside || words != c.explain {
			t.Errorf("%s, %q: %q, explained by %q", c.p.City, c.said, code, words)
		}
	}
}
