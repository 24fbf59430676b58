package open311_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// unique makes each posting another one: else the second format would be answered with the number of the first.
func (w *world) unique(pairs []string) []string {
	w.n++
	out := slices.Clone(pairs)
	for i := 0; i < len(out); i += 2 {
		if out[i] == "account_id" {
			out[i+1] += strconv.Itoa(w.n)
		}
	}
	return out
}

// Every way to post × what may be wrong with it, in both formats.
func TestPosting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	without := func(name string, more ...string) []string { return good(append([]string{name, ""}, more...)...) }
	area := w.Areas[0].Code
	for name, c := range map[string]struct {
		form   []string
		status int
		shape  string
	}{
		"as it should be":                   {good(), 200, "filed"},
		"without an account":                {without("account_id"), 200, "filed"},
		"with a government":                 {good("jurisdiction_id", "serang"), 200, "filed"},
		"another government":                {good("jurisdiction_id", "jakarta"), 404, ""},
		"no key":                            {without("api_key"), 403, ""},
		"a wrong key":                       {good("api_key", "guess"), 403, ""},
		"a key that ended":                  {good("api_key", endedKey), 403, ""},
		"a key of 10,000 letters":           {good("api_key", strings.Repeat("k", 10_000)), 403, ""},
		"the key twice":                     {append(good(), "api_key", key), 400, ""},
		"a client that wants tokens":        {good("api_key", tokenKey), 200, "promised"},
		"no service":                        {without("service_code"), 400, ""},
		"a service that is not there":       {good("service_code", "lampu"), 404, ""},
		"a sensitive service":               {good("service_code", "pungli_integritas"), 404, ""},
		"two services":                      {append(good(), "service_code", "parkir"), 400, ""},
		"no description":                    {without("description"), 400, ""},
		"a description of spaces":           {good("description", " \n "), 400, ""},
		"a description of tags":             {good("description", "<p> <br/></p>"), 400, ""},
		"4,000 characters":                  {good("description", strings.Repeat("é", 4000)), 200, "filed"},
		"4,001 characters":                  {good("description", strings.Repeat("é", 4001)), 400, ""},
		"a description that is no UTF-8":    {good("description", "lampu \xff mati"), 400, ""},
		"a description with a zero":         {good("description", "lampu \x00 mati"), 400, ""},
		"no place":                          {without("lat", "long", ""), 400, ""},
		"lat alone":                         {without("long"), 400, ""},
		"long alone":                        {without("lat"), 400, ""},
		"lat in words":                      {good("lat", "minus enam"), 400, ""},
		"long in words":                     {good("long", "timur"), 400, ""},
		"lat that is no number":             {good("lat", "NaN"), 400, ""},
		"a point of no place on earth":      {good("lat", "0", "long", "0"), 400, ""},
		"a point beyond the poles":          {good("lat", "-96.1"), 400, ""},
		"a point in another city":           {good("lat", "-6.2", "long", "106.8"), 400, ""},
		"the numbers the wrong way round":   {good("lat", "106.1505", "long", "-6.1203"), 200, "filed"},
		"an address in words":               {without("lat", "long", "", "address_string", "Jl. Veteran, Cipare"), 200, "filed"},
		"an address that nobody knows":      {without("lat", "long", "", "address_string", "Gang Buntu 12"), 200, "filed"},
		"an address of 301 characters":      {without("lat", "long", "", "address_string", strings.Repeat("a", 301)), 400, ""},
		"an official kelurahan":             {without("lat", "long", "", "address_id", area), 200, "filed"},
		"an official kecamatan":             {without("lat", "long", "", "address_id", w.Areas[0].District), 200, "filed"},
		"an id of nothing":                  {without("lat", "long", "", "address_id", "99"), 400, ""},
		"an e-mail":                         {good("email", "siti@example.com"), 200, "filed"},
		"an e-mail that is none":            {good("email", "siti"), 400, ""},
		"a phone":                           {good("phone", "0812-3456-7890"), 200, "filed"},
		"a phone that is none":              {good("phone", "telepon saya"), 400, ""},
		"a name of 301 characters":          {good("first_name", strings.Repeat("a", 301)), 400, ""},
		"a kind":                            {good("attribute[jenis]", "aspirasi"), 200, "filed"},
		"a kind as one of several":          {good("attribute[jenis][]", "informasi"), 200, "filed"},
		"a kind that is none":               {good("attribute[jenis]", "keluhan"), 400, ""},
		"two kinds":                         {append(good("attribute[jenis]", "aspirasi"), "attribute[jenis]", "informasi"), 400, ""},
		"an empty attribute":                {good("attribute[patokan]", " "), 200, "filed"},
		"a landmark":                        {good("attribute[patokan]", "depan SD 3"), 200, "filed"},
		"a landmark of 301 characters":      {good("attribute[patokan]", strings.Repeat("a", 301)), 400, ""},
		"an attribute of another system's":  {good("attribute[easting]", "12"), 200, "filed"},
		"a photo":                           {good("media_url", "https://example.com/a.jpg"), 200, "filed"},
		"five photos":                       {append(good(), pictures(5)...), 200, "filed"},
		"six photos":                        {append(good(), pictures(6)...), 400, ""},
		"a photo twice":                     {append(good("media_url", "https://example.com/0.jpg"), pictures(5)...), 200, "filed"},
		"a photo that is a file":            {good("media_url", "file:///etc/passwd"), 400, ""},
		"a photo that is words":             {good("media_url", "ini fotonya"), 400, ""},
		"a photo with a password":           {good("media_url", "https://a:b@example.com/a.jpg"), 400, ""},
		"a photo's address without an end":  {good("media_url", "https://example.com/"+strings.Repeat("a", 1000)), 400, ""},
		"a time and a zone in another name": {good("requested_datetime", "x"), 200, "filed"},
	} {
		t.Run(name, func(t *testing.T) {
			w.both(d, http.MethodPost, "requests", c.shape, c.status, func(path string) answer { return w.post(path, w.unique(c.form)...) })
		})
	}
}

func pictures(n int) (out []string) {
	for i := range n {
		out = append(out, "media_url", "https://example.com/"+strconv.Itoa(i)+".jpg")
	}
	return out
}

// number files and gives the number.
func (w *world) number(pairs ...string) report.Code {
	w.Helper()
	a := w.post("requests.xml", pairs...)
	n, err := parse(a.body)
	if a.status != http.StatusOK || err != nil {
		w.Fatalf("%d %v\n%s", a.status, err, a.body)
	}
	return report.Code(n.nodes[0].value("service_request_id"))
}

// A report that other software brought lives like any other: its office, its card, its clock, its place, its person; and who writes later
// from the number that was left has it in the own chat.
func TestAPostedReportLivesLikeAnyOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const sure = "KEYOFWHOMAKESSUREOFPHONES1"
	w.client(ledger.Client{ID: "sure", Name: "Yakin", Phones: true}, sure)
	code := w.number(good("api_key", sure, "phone", "0812 3456 7890", "attribute[patokan]", "depan SD 3", "media_url", "https://example.com/a.jpg", "email", "siti@example.com", "device_id", "d9")...)
	r, err := w.ByCode(t.Context(), code)
	w.must(err)
	if r.Status != report.Received || r.Category != "penerangan_jalan" || r.Text != "Lampu jalan di depan pasar mati sejak kemarin." || r.Channel() != report.ChanOpen311 || !r.Reporter.Zero() ||
		r.ReporterName != "Siti Aminah" || !r.Contact || r.Place.Area == "" || r.Place.Pin == nil || r.Place.Note != "depan SD 3" || r.Due.IsZero() || len(r.Terms) == 0 || r.Suggested == "" || len(r.Photos) != 1 {
		t.Errorf("it is %+v", r)
	}
	waiting, err := w.LeftFor(t.Context(), "6281234567890", 9)
	w.must(err)
	if len(waiting) != 1 || waiting[0].Code != code {
		t.Errorf("what waits for the number: %d", len(waiting))
	}
	if len(w.jobs) != 1 || w.jobs[0] != (ledger.FetchMedia{Report: r.ID, Seq: 1, Network: "open311"}) {
		t.Errorf("jobs: %+v", w.jobs)
	}
	var card int
	w.must(w.Pool.QueryRow(t.Context(), `SELECT count(*) FROM letters WHERE report = $1 AND purpose = 'card' AND network = 'desk'`, r.ID).Scan(&card))
	if card != 1 {
		t.Errorf("%d cards", card)
	}
	var kept int
	w.must(w.Pool.QueryRow(t.Context(), `SELECT count(*) FROM reports WHERE doc::text LIKE '%siti@%' OR doc::text LIKE '%d9%' OR doc::text LIKE '%6281234%'`).Scan(&kept))
	if kept != 0 {
		t.Error("an e-mail, a device or the number stands in the report")
	}
	if logs := w.logs.String(); logs != "" {
		t.Errorf("it logged %s", logs)
	}
	if n, err := parse(w.get("requests/" + string(code) + ".xml").body); err != nil || n.nodes[0].value("status") != "open" || n.nodes[0].value("description") != "" {
		t.Errorf("everybody reads %+v, %v", n, err)
	}
	after := w.does(code, morning.Add(time.Hour), report.Plan{Why: "menunggu lampu baru", Until: morning.AddDate(0, 1, 0)})
	if after.Status != report.Planned {
		t.Errorf("it is %s", after.Status)
	}
}

// A phone that a client did not make sure of is anybody's: who writes from it is given nothing.
func TestAPhoneThatNobodyMadeSureOf(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r, err := w.ByCode(t.Context(), w.number(good("phone", "0812 3456 7890", "description", "petugas dishub minta uang 200 ribu baru lampunya diperbaiki")...))
	w.must(err)
	left, err := w.LeftFor(t.Context(), "6281234567890", 9)
	w.must(err)
	if len(left) != 0 || r.Contact || w.letters(`SELECT count(*) FROM contacts`) != 0 {
		t.Errorf("%d reports wait for the number; the report says it is kept: %v", len(left), r.Contact)
	}
	b := w.office.Claim([]report.Report{r}, bot.Address{Network: bot.WhatsApp, ID: "62812@s"}, "id", casework.Occasion{Cause: "hello", At: morning})
	last := b.Letters[len(b.Letters)-1].Message.Text
	if strings.Contains(last, "Petugas") || !strings.Contains(last, string(r.Code)) || !strings.Contains(last, "aplikasi lain") {
		t.Errorf("who has it reads %q", last)
	}
}

// HTML has no place in a description; what is no HTML stays as it was written.
func TestTheWordsOfADescription(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for said, want := range map[string]string{
		"Lubang <1 m di jalan, dalam > 20 cm":             "Lubang <1 m di jalan, dalam > 20 cm",
		"<p>Lampu <b>mati</b> &amp; tiang miring</p>":     "Lampu  mati  & tiang miring",
		"Lampu mati\r\n\r\nDekat pasar & masjid":          "Lampu mati\n\nDekat pasar & masjid",
		"Lampu mati<script>alert('x')</script> di gang":   "Lampu mati alert('x')  di gang",
		"Lampu mati \x07\x1b[31m di gang &lt;b&gt; buntu": "Lampu mati [31m di gang &lt;b&gt; buntu",
		"=HYPERLINK(\"http://x\") lampu mati di gang":     "=HYPERLINK(\"http://x\") lampu mati di gang",
	} {
		r, err := w.ByCode(t.Context(), w.number(good("description", said)...))
		w.must(err)
		if r.Text != want {
			t.Errorf("%q is kept as %q", said, r.Text)
		}
	}
}

// The same sent again within minutes is the same report, however often and however many at once; another person's, another place and other
// words are not, nor is the same long after.
func TestWhatIsSentAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.number(good()...)
	w.clock(morning.Add(20 * time.Minute))
	if again := w.number(good()...); again != first {
		t.Errorf("sent again it is %s, was %s", again, first)
	}
	for name, form := range map[string][]string{
		"another account": good("account_id", "a2"), "another device": good("device_id", "d2"), "other words": good("description", "Lampu jalan di depan pasar berkedip."),
		"another place": good("lat", "-6.1211"), "another service": good("service_code", "jalan_jembatan"), "another client": good("api_key", otherKey), "another kind": good("attribute[jenis]", "aspirasi"),
	} {
		if code := w.number(form...); code == first {
			t.Errorf("%s is the same report", name)
		}
	}
	w.clock(morning.Add(time.Hour))
	if later := w.number(good()...); later == first {
		t.Error("an hour later it is still the same report")
	}
	codes := make([]report.Code, 12)
	var all sync.WaitGroup
	for i := range codes {
		all.Go(func() {
			if n, err := parse(w.post("requests.xml", good("account_id", "together")...).body); err == nil && len(n.nodes) == 1 {
				codes[i] = report.Code(n.nodes[0].value("service_request_id"))
			}
		})
	}
	all.Wait()
	if slices.Sort(codes); codes[0] == "" || codes[0] != codes[11] {
		t.Errorf("twelve at once are %s", codes)
	}
}

// A client that wants tokens asks for the number with them; a token is good for 90 days.
func TestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	n, err := parse(w.post("requests.xml", good("api_key", tokenKey)...).body)
	w.must(err)
	token := n.nodes[0].value("token")
	if _, has := n.nodes[0].child("service_request_id"); has || token == "" {
		t.Fatalf("it answers %+v", n)
	}
	n, _ = w.both(d, http.MethodGet, "tokens/"+token, "token", http.StatusOK, w.get)
	if r, err := w.ByCode(t.Context(), report.Code(n.nodes[0].value("service_request_id"))); err != nil || r.Via != report.ChanOpen311 || n.nodes[0].value("token") != token {
		t.Errorf("%+v, %v", n, err)
	}
	w.clock(morning.AddDate(0, 0, 91))
	w.both(d, http.MethodGet, "tokens/"+token, "token", http.StatusGone, w.get)
	for _, odd := range []string{"tokens/%00.xml", "tokens/t%ff.json", "tokens/" + strings.Repeat("t", 400) + ".xml", "tokens/t%27.xml", "tokens/%20.json"} {
		if a := w.get(odd); a.status != http.StatusNotFound {
			t.Errorf("%s answers %d", odd, a.status)
		}
	}
}

// Each client has its own number of calls a minute.
func TestTooManyCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	const slow = "KEYOFWHOMAYCALLTHREETIMES1"
	w.client(ledger.Client{ID: "slow", Name: "Pelan", PerMinute: 3}, slow)
	post := func(path string) answer { return w.post(path, w.unique(good("api_key", slow))...) }
	for range 3 {
		if a := post("requests.xml"); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	w.both(d, http.MethodPost, "requests", "", http.StatusTooManyRequests, post)
	if a := post("requests.xml"); a.header.Get("Retry-After") != "21" {
		t.Errorf("come again in %s", a.header.Get("Retry-After"))
	}
	if a := w.post("requests.xml", good()...); a.status != http.StatusOK {
		t.Errorf("another client gets %d", a.status)
	}
	w.clock(morning.Add(21 * time.Second))
	if a := post("requests.xml"); a.status != http.StatusOK {
		t.Errorf("21 seconds later: %d", a.status)
	}
}

func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for x := range 64 {
		img.Set(x, x%48, color.RGBA{R: uint8(4 * x), G: 120, A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Photos may come with the call: they are cleaned and kept before it is answered.
func TestPhotosWithTheCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	pic := picture(t)
	send := func(files ...file) func(path string) answer {
		return func(path string) answer { return w.parts(path, files, w.unique(good())...) }
	}
	two := []file{{"media1", "a.jpg", pic}, {"photo[]", "b.jpg", pic}}
	n, _ := w.both(d, http.MethodPost, "requests", "filed", http.StatusOK, send(two...))
	r, err := w.ByCode(t.Context(), report.Code(n.nodes[0].value("service_request_id")))
	w.must(err)
	if len(r.Photos) != 2 {
		t.Fatalf("%d photos", len(r.Photos))
	}
	for _, p := range r.Photos {
		if f, known, err := w.File(t.Context(), p); err != nil || !known || f.Ref.ID == "" || f.Width != 64 {
			t.Errorf("a photo is kept as %+v, %v, %v", f, known, err)
		}
	}
	w.both(d, http.MethodPost, "requests", "", http.StatusBadRequest, send(file{"media", "a.jpg", []byte("<svg/>")}))
	w.both(d, http.MethodPost, "requests", "", http.StatusBadRequest, send(file{"attachment", "a.jpg", pic}))
	w.both(d, http.MethodPost, "requests", "", http.StatusBadRequest, send(slices.Repeat(two, 3)...))
	w.both(d, http.MethodPost, "requests", "", http.StatusRequestEntityTooLarge, send(file{"media", "a.jpg", make([]byte, 9<<20)}))
	w.both(d, http.MethodPost, "requests", "", http.StatusRequestEntityTooLarge, send(slices.Repeat([]file{{"media", "a.jpg", make([]byte, 7<<20)}}, 4)...))
	if n := w.parts("requests.xml", nil, good("email", strings.Repeat("a", 300<<10))...); n.status != http.StatusRequestEntityTooLarge {
		t.Errorf("300 KB of values in parts: %d", n.status)
	}
	if n := w.post("requests.xml", good("description", strings.Repeat("a", 300<<10))...); n.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a form of 300 KB: %d", n.status)
	}
}

// What words tell beside what the client says: a danger rings at the coordinator's, and what the accused must not read is hidden.
func TestWhatTheWordsTell(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.post("requests.xml", good("description", "Tolong! Kebakaran rumah di depan pasar, api masih besar dan ada orang di dalam")...)
	n, err := parse(a.body)
	w.must(err)
	code := report.Code(n.nodes[0].value("service_request_id"))
	r, err := w.ByCode(t.Context(), code)
	w.must(err)
	var alarms int
	w.must(w.Pool.QueryRow(t.Context(), `SELECT count(*) FROM letters WHERE report = $1 AND purpose = 'alarm'`, r.ID).Scan(&alarms))
	if !r.Emergency || alarms != 1 || !strings.Contains(n.nodes[0].value("service_notice"), "112") {
		t.Errorf("emergency %v, %d alarms, it says %q", r.Emergency, alarms, n.nodes[0].value("service_notice"))
	}
	bribe := w.number(good("service_code", "perizinan", "description", "Petugas di loket perizinan minta uang pungli 500 ribu supaya izin saya diproses")...)
	r, err = w.ByCode(t.Context(), bribe)
	w.must(err)
	if !r.Shield(w.Profile.Sensitive).Hides(report.Strangers) {
		t.Errorf("everybody may see it: %s, %s", r.Category, r.Visibility)
	}
	if a := w.get("requests/" + string(bribe) + ".xml"); a.status != http.StatusNotFound {
		t.Errorf("everybody reads %d\n%s", a.status, a.body)
	}
	if _, err := w.carriers.Carrier(t.Context(), bribe); err != nil {
		t.Error(err)
	}
	if _, err := w.carriers.Carrier(t.Context(), "SRG-22222-2"); !errors.Is(err, ledger.ErrUnknown) {
		t.Error(err)
	}
}
