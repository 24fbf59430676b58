package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// courses are reports that went each another way, by what it is called, with the paths of their pages.
func (w *town) courses(lamp report.Report) map[string]string {
	w.Helper()
	officer := report.Actor{Role: report.Operator, ID: "telegram:77", Name: "Budi Petugas", Home: "DISHUB"}
	out := map[string]string{}
	n := 0
	course := func(name string, due time.Time, more ...report.Fact) {
		n++
		o := report.Origin(lamp)
		o.ID, o.Code, o.Due = report.ID(950000+n), w.code(950000+n), due
		facts := append([]report.Fact{
			{What: report.WasFiled, At: w.now.AddDate(0, 0, -6), By: report.Actor{Role: report.Citizen}, Words: "lampu mati", Category: "penerangan_jalan", Agency: "DISHUB", Place: &report.Place{Area: w.profile.Areas[9].Code, District: w.profile.Areas[9].District}},
			{What: report.WasAssigned, At: w.now.AddDate(0, 0, -6), Agency: "DISHUB", By: report.Actor{Role: report.System}},
		}, more...)
		w.tell(o, facts...)
		out[name] = "/laporan/" + string(o.Code)
		out["english-"+name] = "/en/laporan/" + string(o.Code)
	}
	late := w.now.AddDate(0, 0, -3)
	course("waiting", w.now.AddDate(0, 0, 3))
	course("late", late)
	course("joined", late, report.Fact{What: report.WasMerged, By: officer, With: &report.Joined{ID: lamp.ID, Code: lamp.Code}})
	course("handed-over", late, report.Fact{What: report.WasTransferred, By: officer, Owner: w.profile.Owners[0].Code})
	course("planned", late, report.Fact{What: report.WasAnswered, By: officer}, report.Fact{What: report.WasPlanned, By: officer, Until: w.now.AddDate(0, 4, 0)})
	course("refused", late, report.Fact{What: report.WasRejected, By: officer, Reason: w.profile.Rejections[0].Code})
	course("again", late, report.Fact{What: report.WasResolved, By: officer}, report.Fact{What: report.WasJudged, By: report.Actor{Role: report.Citizen}, Verdict: report.Unfit})
	course("closed", late, report.Fact{What: report.WasResolved, By: officer}, report.Fact{What: report.WasLapsed, By: report.Actor{Role: report.System}})
	return out
}

// Whichever way a report went, its page says where it stands in a word and in a sentence, in both languages, and no page says anything in the
// other one.
func TestPagesOfEveryCourse(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	for name, path := range w.courses(w.lamp()) {
		page := w.get(path)
		body := page.Body.String()
		if page.Code != http.StatusOK || strings.Contains(body, "<p></p>") || strings.Contains(body, "<dd></dd>") || strings.Contains(body, "<li><time") {
			t.Errorf("%s: %d, or something is empty\n%s", name, page.Code, body)
		}
		_, main, _ := strings.Cut(body, "<main")
		main, _, _ = strings.Cut(main, "</main>")
		other := []string{"The ", " is ", "Where", "report "}
		if strings.HasPrefix(name, "english-") {
			other = []string{"Kantor ", "Laporan ", "pelapor", "Dijadwalkan", "Masuk", "Diteruskan", "Tidak bisa"}
		}
		for _, word := range other {
			if strings.Contains(main, word) {
				t.Errorf("%s says %q:\n%s", name, word, main)
			}
		}
	}
}

// A number is found however it is typed: in small letters, with spaces, points or lines, without its prefix, and out of a sentence.
func TestNumbersAsPeopleTypeThem(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	code := string(w.lamp().Code)
	bare := strings.TrimPrefix(code, "SRG-")
	for _, typed := range []string{code, strings.ToLower(code), " " + code + " ", strings.ReplaceAll(code, "-", " "), strings.ReplaceAll(code, "-", ""), bare, strings.ToLower(strings.ReplaceAll(bare, "-", "")),
		strings.ReplaceAll(code, "-", "–"), "*" + code + "*", code + ".", "No. " + code, "laporan " + strings.ToLower(code), "https://lapor.contoh.go.id/laporan/" + code} {
		form := w.get("/laporan?nomor=" + url.QueryEscape(typed))
		if to := form.Header().Get("Location"); form.Code != http.StatusSeeOther || to != "/laporan/"+code {
			t.Errorf("%q leads with %d to %q", typed, form.Code, to)
		}
	}
	for _, typed := range []string{"", " ", "halo", code[:len(code)-1], strings.Repeat("x", 5000)} {
		if to := w.get("/laporan?nomor=" + url.QueryEscape(typed)).Header().Get("Location"); to != "/laporan/-" {
			t.Errorf("%q leads to %q", typed, to)
		}
	}
}

// A city that nobody has told anything yet says so, and one with a single report counts it; neither has an empty table or a figure of nothing.
func TestASmallCity(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	look := func(what, path string, says ...string) {
		t.Helper()
		w.open()
		page := w.get(path)
		body := page.Body.String()
		for _, bad := range []string{"NaN", "Inf", "<tbody>\n</tbody>", "0–0", ">-1"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: %s holds %q\n%s", what, path, bad, body)
			}
		}
		for _, s := range says {
			if page.Code != http.StatusOK || !strings.Contains(body, s) {
				t.Errorf("%s: %s does not say %q\n%s", what, path, s, body)
			}
		}
	}
	w.count()
	look("nobody wrote", "/", "Belum ada.")
	look("nobody wrote", "/en/", "None yet.")
	look("nobody wrote", "/kota", "<b>0</b> laporan masuk", "Belum ada laporan yang bisa ditampilkan.", "<svg class=\"map\"")
	w.courses(w.lamp())
	w.now = w.now.AddDate(0, 0, 1)
	w.count()
	look("some wrote", "/kota", "laporan masuk")
	one := newTown(t)
	one.lamp()
	one.count()
	w = one
	look("one wrote", "/kota", "<b>1</b> laporan masuk", "<b>1</b> di antaranya", "<td>–</td>")
	look("one wrote", "/en/kota", "<b>1</b> filed")
}
