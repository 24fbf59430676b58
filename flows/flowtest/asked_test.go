package flowtest

import (
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/flows/track"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// asked is a conversation in which a question is open.
func asked(t *testing.T, p *profile.Profile, question string) flows.State {
	t.Helper()
	at := time.Date(2026, 11, 25, 3, 0, 0, 0, time.UTC)
	cipare := report.Place{Area: "36.73.01.1002", AreaName: "Cipare", District: "36.73.01", DistrictName: "Serang"}
	form := &intake.Form{Draft: report.Draft{ID: "d1", Kind: report.Complaint, Text: "lampu jalan mati total sudah seminggu", Category: "penerangan_jalan",
		Place: cipare, Visibility: report.Normal, Begun: at}, Parts: []flows.Part{{Ref: "0", Len: 37}}}
	s, n, listed := flows.State{V: 2, Seq: 3, At: at}, &intake.Notes{Form: form}, &track.Notes{}
	ask := func(flow, kind string) { s.Ask = &flows.Ask{ID: "q3", Flow: flow, Kind: kind} }
	switch question {
	case "review":
		ask("intake", "review")
	case "review_secret":
		ask("intake", "review")
		form.Text, form.Category = "petugas minta uang 50 ribu untuk bikin ktp", "pungli_integritas"
		form.Parts = []flows.Part{{Ref: "0", Len: len(form.Text)}}
	case "about":
		ask("intake", "about")
		form.Text, form.Category = "rusak parah di sini", ""
		form.Guesses = []report.Guess{{Category: "jalan_jembatan", P: 0.3}, {Category: "drainase_banjir", P: 0.25}, {Category: "penerangan_jalan", P: 0.2}}
	case "place":
		ask("intake", "place")
		form.Place = report.Place{}
	case "soft_place":
		ask("intake", "place")
		form.Text, form.Category, form.Place = "bikin ktp lama sekali", "administrasi_kependudukan", report.Place{}
	case "where":
		ask("intake", "where")
		form.Place = report.Place{}
		form.Where = &intake.Where{Why: "which", Said: "Sukawana", Options: []report.Place{
			{Area: "36.73.01.1010", AreaName: "Sukawana", District: "36.73.01", DistrictName: "Serang"},
			{Area: "36.73.03.1009", AreaName: "Sukawana", District: "36.73.03", DistrictName: "Curug"}}}
	case "suggested":
		ask("intake", "where")
		form.Place = report.Place{}
		form.Where = &intake.Where{Why: "which", Said: "perumahan lopang indah", Options: []report.Place{
			{Said: "Perumahan Lopang Indah", Area: "36.73.01.1005", AreaName: "Lopang", District: "36.73.01", DistrictName: "Serang"}}}
	case "outside":
		ask("intake", "where")
		form.Text, form.Category, form.Place = "bikin ktp lama sekali", "administrasi_kependudukan", report.Place{}
		form.Where = &intake.Where{Why: "outside", Whose: "Kabupaten Serang", Options: []report.Place{{Pin: &report.Pin{Lat: -6, Lon: 106}}}}
	case "emergency":
		ask("intake", "emergency")
		form.Text, form.Category, form.Emergency, form.Warned, form.Place = "ada kebakaran rumah", "damkar", true, true, report.Place{}
	case "resume":
		ask("intake", "resume")
		form.Text = "got mampet di depan rumah"
		s.Quiet = time.Hour
	case "undo":
		ask("intake", "undo")
		s.Ask.Light, n.Shelf, n.Form = true, form, nil
	case "late":
		ask("intake", "late")
		n.Form, n.Sent = nil, &intake.Sent{ID: 7, Code: "SRG-7K3MQ-9", At: at}
		n.Aside = &flows.Parcel{Photos: []bot.MediaRef{{Network: "sim", ID: "f"}}}
	case "isreport":
		ask("intake", "isreport")
		s.Ask.Light, s.Ask.Page, n.Form = true, 1, nil
		n.Aside = &flows.Parcel{Text: "salah ketik alamat pada SIP saya yang sudah terbit", Doubt: true}
	case "heard":
		ask("intake", "heard")
		form.Heard, form.Text, form.Parts, form.Files = "lampu jalan mati di cipare", "", nil, []bot.MediaRef{{Network: "sim", ID: "v", MIME: "audio/ogg"}}
	case "editmenu":
		ask("intake", "edit")
	case "newplace":
		ask("intake", "newplace")
	case "visibility":
		ask("intake", "visibility")
	case "kind":
		ask("intake", "kind")
	case "photos":
		ask("intake", "photos")
		form.Photos = []bot.MediaRef{{Network: "sim", ID: "a"}, {Network: "sim", ID: "b"}}
	case "list":
		ask("track", "list")
		s.Ask.Light, n.Form = true, nil
		listed.Codes = []report.Code{"SRG-7K3MQ-9", "SRG-4TTXA-2"}
	case "addwords":
		ask("track", "words")
		n.Form = nil
		listed.Codes, listed.Report, listed.Text = []report.Code{"SRG-7K3MQ-9"}, 7, "airnya makin keruh"
	default:
		t.Fatalf("no such question: %s", question)
	}
	return s.With(intake.Name, n).With(track.Name, listed)
}
