package public_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/public"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A citizen looks a report up by its number and reads its story; a picture and a sentence stand there because an officer cleared them.
func TestAReportIsFollowed(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.lamp()
	found := w.get("/laporan?nomor=" + strings.ToLower(strings.ReplaceAll(string(r.Code), "-", "+")))
	if to := found.Header().Get("Location"); found.Code != http.StatusSeeOther || to != "/laporan/"+string(r.Code) {
		t.Fatalf("the form leads with %d to %q", found.Code, to)
	}
	for path, want := range map[string][]string{
		"/laporan/" + string(r.Code): {"Laporan " + string(r.Code), "Selesai menurut kantor", "Lampu jalan", w.profile.Areas[3].Name, "Dinas Perhubungan", "Mulai ditangani petugas",
			"Dijadwalkan untuk Senin, 30 November 2026", "menyatakan selesai", "Tiga lampu di gang ini", "Kode QR laporan " + string(r.Code), "/foto/" + string(r.Code) + "/7.jpg", "Sebelum", "Sesudah"},
		"/en/laporan/" + string(r.Code): {"Report " + string(r.Code), "Done, says the office", "Before", "An officer took it in hand", "Planned for Monday, 30 November 2026"},
		"/":                             {"112", "Selesai tujuh hari ini", "Lampu jalan", "wa.me", "Kode QR untuk WhatsApp", "Kisah laporan"},
		"/en/":                          {"Done in the last seven days", "Emergency"},
	} {
		page := w.get(path)
		if page.Code != http.StatusOK {
			t.Errorf("%s answers %d", path, page.Code)
		}
		for _, s := range want {
			if !strings.Contains(page.Body.String(), s) {
				t.Errorf("%s does not say %q", path, s)
			}
		}
	}
	if photo := w.get("/foto/" + string(r.Code) + "/7.jpg"); photo.Code != http.StatusOK || photo.Header().Get("Content-Type") != "image/jpeg" || photo.Body.Len() < 1000 {
		t.Errorf("the picture answers %d %s", photo.Code, photo.Header().Get("Content-Type"))
	}
	for _, path := range []string{"/foto/" + string(r.Code) + "/1.jpg", "/foto/" + string(r.Code) + "/7", "/foto/" + string(r.Code) + "/0.jpg", "/foto/-/7.jpg", "/foto/" + string(r.Code) + "/99999999999999999999.jpg", "/lain", "/en/foto"} {
		if page := w.get(path); page.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, page.Code)
		}
	}
	if page := w.get(public.PictureLink("", r.Code, 7)); page.Code != http.StatusOK {
		t.Errorf("the address of the picture answers %d", page.Code)
	}
	// It was asked to be taken back: neither the picture nor the sentence is there any more.
	if page := w.get("/"); !strings.Contains(page.Body.String(), "Tiga lampu") || page.Header().Get("Cache-Control") != "no-cache" {
		t.Error("the first page does not show it, or lets browsers keep it")
	}
	w.tell(r, report.Fact{What: report.WasUndisplayed, Of: 8})
	w.now = w.now.Add(10 * time.Second)
	if page := w.get("/laporan/" + string(r.Code)).Body.String(); strings.Contains(page, "Tiga lampu") || strings.Contains(page, "/8.jpg") || !strings.Contains(page, "/7.jpg") {
		t.Error("what was taken back is shown")
	}
	if page := w.get("/").Body.String(); strings.Contains(page, "Tiga lampu") || strings.Contains(page, "/8.jpg") || !strings.Contains(page, "/7.jpg") {
		t.Error("the first page shows what was taken back")
	}
	if page := w.get("/foto/" + string(r.Code) + "/8.jpg"); page.Code != http.StatusNotFound {
		t.Errorf("the picture that was taken back answers %d", page.Code)
	}
}

// Who asks for what may not be known gets the same answer, letter by letter, as for a number that nobody ever got.
func TestWhatIsHiddenLooksLikeNothing(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.lamp()
	hidden := map[string]report.Fact{
		"confidential": {What: report.WasHidden, Visibility: report.Confidential},
		"sensitive":    {What: report.WasCategorised, Category: w.sensitive()},
		"taken back":   {What: report.WasRecalled, By: report.Actor{Role: report.Citizen}},
		"erased":       {What: report.WasErased, Erased: &report.Erasing{Whole: true}},
		"to be looked": {What: report.WasQuarantined},
	}
	nobody := w.get("/laporan/" + string(w.code(31337)))
	if nobody.Code != http.StatusNotFound {
		t.Fatalf("a number that nobody got answers %d", nobody.Code)
	}
	n := 0
	for what, f := range hidden {
		n++
		o := report.Origin(r)
		o.ID, o.Code = report.ID(910000+n), w.code(910000+n)
		w.tell(o, report.Fact{What: report.WasFiled, Category: "penerangan_jalan", Words: "rahasia sekali", By: report.Actor{Role: report.Citizen, Name: "Ahmad"}, Place: &report.Place{}}, f)
		for _, path := range []string{"/laporan/" + string(o.Code), "/laporan/" + strings.ToLower(string(o.Code)), "/laporan/salah-ketik", "/laporan/%00"} {
			got := w.get(path, "X-Real-IP", fmt.Sprint("10.0.0.", n))
			if got.Code != nobody.Code || got.Body.String() != nobody.Body.String() || fmt.Sprint(got.Header()) != fmt.Sprint(nobody.Header()) {
				t.Errorf("%s: %s answers %d, and not as for nobody's number", what, path, got.Code)
			}
		}
	}
}

// sensitive is a category that is hidden whatever the citizen chose.
func (w *town) sensitive() string {
	for _, c := range w.profile.Categories {
		if c.Sensitive && !c.Hidden {
			return c.Code
		}
	}
	w.Fatal("no category is sensitive")
	return ""
}

// Who guesses numbers is slowed down, by address and all together; a proxy's word is taken only where the settings say so, and of what it
// says only the last address.
func TestGuessingIsSlow(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	r := w.lamp()
	guess := func(n int, from ...string) (last int) {
		for i := range n {
			last = w.get("/laporan/"+string(w.code(5000+i)), from...).Code
		}
		return last
	}
	if got := guess(15, "X-Real-IP", "10.1.1.1"); got != http.StatusNotFound {
		t.Errorf("the fifteenth guess answers %d", got)
	}
	for path, want := range map[string]int{"/laporan/" + string(r.Code): http.StatusTooManyRequests, "/laporan/" + string(w.code(1)): http.StatusTooManyRequests,
		"/foto/" + string(r.Code) + "/7.jpg": http.StatusTooManyRequests, "/": http.StatusOK, "/kota": http.StatusOK} {
		page := w.get(path, "X-Real-IP", "10.1.1.1")
		if page.Code != want || (want == http.StatusTooManyRequests) != (page.Header().Get("Retry-After") != "") {
			t.Errorf("after that %s answers %d", path, page.Code)
		}
	}
	for _, other := range []string{"10.1.1.2", "10.1.1.1, 10.1.1.2", "2001:db8:1::1"} {
		if page := w.get("/laporan/"+string(r.Code), "X-Real-IP", other); page.Code != http.StatusOK {
			t.Errorf("%s is held to what another did: %d", other, page.Code)
		}
	}
	guess(15, "X-Real-IP", "2001:db8:1::77")
	if page := w.get("/laporan/"+string(r.Code), "X-Real-IP", "2001:db8:1::1234"); page.Code != http.StatusTooManyRequests {
		t.Errorf("a household has as many addresses as it likes: %d", page.Code)
	}
	w.now = w.now.Add(time.Minute)
	if page := w.get("/laporan/"+string(r.Code), "X-Real-IP", "10.1.1.1"); page.Code != http.StatusOK {
		t.Errorf("a minute later it answers %d", page.Code)
	}
	for i := range 40 { // many addresses together
		guess(15, "X-Real-IP", fmt.Sprint("10.2.0.", i))
	}
	if page := w.get("/laporan/"+string(r.Code), "X-Real-IP", "10.3.0.1"); page.Code != http.StatusTooManyRequests {
		t.Errorf("all together may guess for ever: %d", page.Code)
	}
	w.options.ClientHeader = ""
	w.open()
	guess(15, "X-Real-IP", "10.1.1.1")
	if page := w.get("/laporan/"+string(r.Code), "X-Real-IP", "10.9.9.9"); page.Code != http.StatusTooManyRequests {
		t.Errorf("anybody's word is taken for who asks: %d", page.Code)
	}
}

// The page names the same day for an answer as the chat does: of a limit that falls on a day off the next on which the office is open. Only
// when that day is over it says that it has passed.
func TestThePageKeepsTheDayOfTheChat(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	jakarta := w.profile.Location()
	r := report.Origin(report.Report{ID: 930000, Code: w.code(930000), Draft: report.Draft{Kind: report.Complaint, Visibility: report.Normal}, Due: time.Date(2026, 11, 28, 10, 0, 0, 0, jakarta)}) // a Saturday
	w.tell(r, report.Fact{What: report.WasFiled, At: noon.AddDate(0, 0, -3), By: report.Actor{Role: report.Citizen}, Words: "lampu mati", Category: "penerangan_jalan", Place: &report.Place{}, Agency: "DISHUB"})
	if chat := say.For(w.profile, "id").Due(r.Due); chat != "Senin, 30 Nov" {
		t.Fatalf("the chat says %q", chat)
	}
	const passed = "Batas jawabannya sudah lewat"
	for at, late := range map[time.Time]bool{time.Date(2026, 11, 29, 12, 0, 0, 0, jakarta): false, time.Date(2026, 11, 30, 23, 59, 0, 0, jakarta): false, time.Date(2026, 12, 1, 0, 0, 0, 0, jakarta): true} {
		w.now = at
		w.open()
		page := w.get("/laporan/" + string(r.Code)).Body.String()
		if !strings.Contains(page, "<dd>Senin, 30 November 2026</dd>") || strings.Contains(page, passed) != late {
			t.Errorf("at %s the page says\n%s", at, page)
		}
	}
	if page := w.get("/en/laporan/" + string(r.Code)).Body.String(); !strings.Contains(page, "Monday, 30 November 2026") {
		t.Errorf("in English it says\n%s", page)
	}
}

// A report that was answered and began again owes an answer anew: the page names that day too, until it is given.
func TestAReportThatBeganAgainShowsItsNewDay(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	jakarta := w.profile.Location()
	officer, day := report.Actor{Role: report.Operator, ID: "telegram:77", Name: "Budi Petugas", Home: "DISHUB"}, time.Date(2026, 12, 7, 16, 0, 0, 0, jakarta)
	story := []report.Fact{
		{What: report.WasFiled, At: noon.AddDate(0, 0, -9), By: report.Actor{Role: report.Citizen}, Words: "lampu mati", Category: "penerangan_jalan", Place: &report.Place{}, Agency: "DISHUB"},
		{What: report.WasAnswered, At: noon.AddDate(0, 0, -7), By: officer, Words: "sudah dicek"},
		{What: report.WasResolved, At: noon.AddDate(0, 0, -6), By: officer, Words: "sudah diganti"},
		{What: report.WasJudged, At: noon.AddDate(0, 0, -5), By: report.Actor{Role: report.Citizen}, Verdict: report.Unfit, Terms: []report.Term{{Stage: "answer", From: noon.AddDate(0, 0, -5), Due: day}}},
		{What: report.WasAnswered, At: noon.AddDate(0, 0, -4), By: officer, Words: "kami ulangi", Terms: []report.Term{{Stage: "answer", From: noon.AddDate(0, 0, -5), Due: day, Met: noon.AddDate(0, 0, -4)}}},
	}
	for n, shown := range map[int]bool{3: false, 4: true, 5: false} {
		r := report.Origin(report.Report{ID: report.ID(930100 + n), Code: w.code(930100 + n), Draft: report.Draft{Kind: report.Complaint, Visibility: report.Normal}, Due: noon.AddDate(0, 0, -6)})
		w.tell(r, story[:n]...)
		page := w.get("/laporan/" + string(r.Code)).Body.String()
		if !strings.Contains(page, "<dt>Dijawab</dt>") || strings.Contains(page, "<dt>Dijawab paling lambat</dt><dd>Senin, 7 Desember 2026</dd>") != shown || strings.Contains(page, "paling lambat") != shown {
			t.Errorf("after %d facts the page says\n%s", n, page)
		}
	}
}

// Each page says that it is the same when the browser has it, has no cookie, asks nobody else for anything, and is small.
func TestPagesAreLightAndAlone(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	w.lives(250)
	r := w.lamp()
	w.count()
	for _, path := range []string{"/", "/en/", "/kota", "/en/kota", "/laporan/" + string(r.Code), "/en/laporan/" + string(r.Code), "/laporan/-", "/robots.txt"} {
		page := w.get(path)
		h := page.Header()
		if page.Body.Len() > 50_000 {
			t.Errorf("%s has %d bytes", path, page.Body.Len())
		}
		if h.Get("Set-Cookie") != "" || !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; style-src 'sha256-") || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "no-referrer" || h.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s has the header %v", path, h)
		}
		for _, at := range regexp.MustCompile(`(?:src|href|action)="([^"]*)"`).FindAllStringSubmatch(page.Body.String(), -1) {
			to := at[1]
			if !strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "#") && !strings.HasPrefix(to, "tel:") && !strings.HasPrefix(to, "https://wa.me/") && !strings.HasPrefix(to, "https://t.me/") {
				t.Errorf("%s leads to %s", path, to)
			}
		}
		if strings.Contains(page.Body.String(), "<script") || strings.Contains(page.Body.String(), " style=") || strings.Contains(page.Body.String(), "ZgotmplZ") {
			t.Errorf("%s needs a script or a style of its own", path)
		}
		again := w.get(path, "If-None-Match", `"x", W/`+h.Get("ETag"))
		if page.Code == http.StatusOK && (again.Code != http.StatusNotModified || again.Body.Len() > 0) {
			t.Errorf("%s is sent again: %d", path, again.Code)
		}
		if packed := w.get(path, "Accept-Encoding", "gzip"); page.Body.Len() > 1400 && (packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= page.Body.Len()) {
			t.Errorf("%s is not packed", path)
		}
	}
}

// The city is counted for everybody, and says so while it has not been yet.
func TestTheCityIsCounted(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if page := w.get("/kota").Body.String(); !strings.Contains(page, "sedang dihitung") {
		t.Error("it does not say that nothing has been counted yet")
	}
	w.lives(250)
	w.lamp()
	w.count()
	w.now = w.now.Add(2 * time.Minute)
	page := w.get("/kota").Body.String()
	for _, s := range []string{"Laporan terbuka menurut kelurahan", "<svg class=\"map\"", "Dishub", "Median", "Dihitung Jumat, 27 Nov 12.00", w.profile.Areas[0].Name} {
		if !strings.Contains(page, s) {
			t.Errorf("it does not say %q", s)
		}
	}
}

// Nobody's name, phone, chat, exact point or secret word is anywhere on the pages, whoever filed what.
func TestAStrangerFindsNobody(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	codes := append(w.lives(150), w.lamp().Code)
	secrets := []string{"Ahmad", "Fulan", "Budi", "Siti", "Mawar", "foto-asli", "6281234567890", "telegram:77", "118731", "153492", "cek besok", "suku cadang", "terima kasih Pak", "Jalan Rahasia", "62811", "CTH-"}
	for i, c := range []struct {
		v        report.Visibility
		category string
		end      report.Fact
	}{
		{report.Anonymous, "penerangan_jalan", report.Fact{}}, {report.Confidential, "penerangan_jalan", report.Fact{}}, {report.Normal, w.sensitive(), report.Fact{}},
		{report.Normal, "penerangan_jalan", report.Fact{What: report.WasErased, Erased: &report.Erasing{Whole: true}}},
		{report.Normal, "", report.Fact{What: report.WasQuarantined}},
	} {
		mark := fmt.Sprint("Rahasia", i, "X")
		o := report.Report{ID: report.ID(920000 + i), Code: w.code(920000 + i), Reporter: bot.Address{Network: bot.Telegram, ID: fmt.Sprint("8800", i)}, ReporterName: "Nama" + mark}
		o.Visibility = c.v
		facts := []report.Fact{{What: report.WasFiled, Words: "kata " + mark, Category: c.category, By: report.Actor{Role: report.Citizen, ID: "telegram:8800", Name: "Nama" + mark, Chat: o.Reporter},
			Place: &report.Place{Said: "Gang " + mark, Area: w.profile.Areas[5].Code, Pin: &report.Pin{Lat: -6.1111111, Lon: 106.1234567}}},
			{What: report.WasAnswered, By: report.Actor{Role: report.Operator, Name: "Petugas" + mark, Home: "DISHUB"}, Words: "jawab " + mark},
			{What: report.WasFollowed, By: report.Actor{Role: report.Citizen, Name: "Ikut" + mark, Chat: bot.Address{Network: bot.WhatsApp, ID: "6287700" + mark}}}}
		if c.end.What != "" {
			facts = append(facts, c.end)
		}
		w.tell(report.Origin(o), facts...)
		codes = append(codes, o.Code)
		secrets = append(secrets, mark)
	}
	secrets = append(secrets, "8800", "6287700", "1111111", "1234567")
	w.count()
	asked, shown := w.walk(codes, secrets)
	if shown < 100 {
		t.Errorf("only %d of %d pages were there: this looks at little", shown, asked)
	}
	t.Logf("%d pages and pictures asked for, %d there", asked, shown)
}

// walk asks for every page there is, from link to link, and for the pages and pictures of these numbers; none may tell a secret.
func (w *town) walk(codes []report.Code, secrets []string) (asked, shown int) {
	w.Helper()
	seen := map[string]bool{}
	next := []string{"/", "/kota", "/en/", "/robots.txt", "/laporan/-"}
	for _, c := range codes {
		next = append(next, "/laporan/"+string(c), "/en/laporan/"+string(c))
		for seq := range 10 {
			next = append(next, fmt.Sprintf("/foto/%s/%d.jpg", c, seq))
		}
	}
	links := regexp.MustCompile(`(?:src|href|action)="(/[^"]*)"`)
	for len(next) > 0 {
		path := next[0]
		next = next[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		asked++
		w.now = w.now.Add(10 * time.Second) // nobody who walks so slowly is held up
		page := w.get(path, "X-Real-IP", fmt.Sprintf("10.%d.%d.1", asked/200, asked%200))
		if page.Code == http.StatusTooManyRequests {
			w.Fatal("the walk is held up")
		}
		if page.Code == http.StatusOK {
			shown++
		}
		all := page.Body.String() + fmt.Sprint(page.Header())
		for _, s := range secrets {
			if strings.Contains(all, s) && page.Header().Get("Content-Type") != "image/jpeg" {
				w.Errorf("%s tells %q", path, s)
			}
		}
		for _, l := range links.FindAllStringSubmatch(all, -1) {
			next = append(next, l[1])
		}
	}
	return asked, shown
}
