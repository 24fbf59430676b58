package public_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Who hid a report, took it back or was erased after a moderator had cleared a sentence and a picture of it is found nowhere: neither is its
// number, also where another report was joined with it or it with another, nor what was cleared. Who became nameless meanwhile keeps the page,
// and so does a report whose follower was erased.
func TestAStrangerFindsNobodyWhoHidLater(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	lamp := w.lamp()
	secrets := []string{"Ahmad", "Budi", "628999", "telegram:66"}
	var codes []report.Code
	n := 0
	citizen := report.Actor{Role: report.Citizen, ID: "whatsapp:628999", Name: "Ahmad Hilang"}
	officer := report.Actor{Role: report.Operator, ID: "telegram:66", Name: "Budi Petugas", Home: "DISHUB"}
	file := func(hidden bool, category string, more ...report.Fact) report.Report {
		t.Helper()
		n++
		mark := fmt.Sprintf("Sembunyi%dX", n)
		o := report.Report{ID: report.ID(960000 + n), Code: w.code(960000 + n), Lang: "id", Reporter: bot.Address{Network: bot.WhatsApp, ID: fmt.Sprint("628999", n, "@s")}, ReporterName: "Ahmad " + mark}
		o.Kind, o.Visibility = report.Complaint, report.Normal
		photo := []bot.MediaRef{{Network: bot.WhatsApp, ID: "foto-" + mark}}
		r := w.tell(report.Origin(o),
			report.Fact{What: report.WasFiled, By: citizen, Words: "kata " + mark, Category: category, Agency: "DISHUB", Photos: photo, Place: &report.Place{Said: "Gang " + mark, Area: w.profile.Areas[2].Code, Pin: &report.Pin{Lat: -6.1222222, Lon: 106.1555555}}},
			report.Fact{What: report.WasAnswered, By: officer, Words: "Yth. Ahmad Hilang, " + mark},
			report.Fact{What: report.WasDisplayed, By: officer, Of: 1, Exposed: &report.Exposed{Before: true}, Words: "Jelas " + mark})
		_ = w.store.KeepPicture(t.Context(), r.ID, 3, 640, 400, w.paint(3)) // of one that is hidden already nothing is kept
		r = w.tell(r, more...)
		codes = append(codes, r.Code)
		if hidden {
			secrets = append(secrets, mark, string(r.Code))
			if photo := w.get(fmt.Sprintf("/foto/%s/3.jpg", r.Code)); photo.Code != http.StatusNotFound {
				t.Errorf("%s, which is hidden, shows its picture: %d", r.Code, photo.Code)
			}
			return r
		}
		secrets = append(secrets, "kata "+mark, "Gang "+mark, "Hilang, "+mark, "Ahmad "+mark)
		if page := w.get("/laporan/" + string(r.Code)); page.Code != http.StatusOK {
			t.Errorf("%s, which is not hidden, answers %d", r.Code, page.Code)
		}
		return r
	}
	const lights = "penerangan_jalan"
	secret := file(true, lights, report.Fact{What: report.WasHidden, By: citizen, Visibility: report.Confidential})
	file(true, lights, report.Fact{What: report.WasRecalled, By: citizen})
	file(true, lights, report.Fact{What: report.WasErased, Erased: &report.Erasing{Whole: true}})
	file(true, lights, report.Fact{What: report.WasCategorised, By: officer, Category: w.sensitive()})
	file(true, w.sensitive())
	file(false, lights, report.Fact{What: report.WasHidden, By: citizen, Visibility: report.Anonymous})
	follower := report.Actor{Role: report.Citizen, Name: "Ikut Ahmad", Chat: bot.Address{Network: bot.Telegram, ID: "628999777"}}
	file(false, lights, report.Fact{What: report.WasFollowed, By: follower}, report.Fact{What: report.WasErased, Erased: &report.Erasing{}})
	// One that everybody may know was joined with a secret one, before that became secret; and a secret one with one that everybody knows.
	file(false, lights, report.Fact{What: report.WasMerged, By: officer, With: &report.Joined{ID: secret.ID, Code: secret.Code}})
	joined := file(true, lights, report.Fact{What: report.WasMerged, By: officer, With: &report.Joined{ID: lamp.ID, Code: lamp.Code}}, report.Fact{What: report.WasHidden, By: citizen, Visibility: report.Confidential})
	w.tell(lamp, report.Fact{What: report.WasJoined, By: officer, With: &report.Joined{ID: joined.ID, Code: joined.Code, Came: []report.Follower{{Chat: joined.Reporter}}}})
	w.count()
	w.open() // nothing comes out of memory
	codes = append(codes, lamp.Code)
	if asked, shown := w.walk(codes, secrets); shown < 15 || len(secrets) < 20 {
		t.Errorf("%d of %d pages were there, and %d secrets: this looks at little", shown, asked, len(secrets))
	}
	if page := w.get("/laporan/"+string(codes[5]), "X-Real-IP", "10.99.1.1").Body.String(); !strings.Contains(page, "Jelas Sembunyi6X") {
		t.Errorf("what a moderator cleared is gone:\n%s", page)
	}
}
