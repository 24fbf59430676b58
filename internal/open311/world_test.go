package open311_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
	"rabeg/internal/open311"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/migrations"
)

const (
	key      = "KEYOFTHECITYSOTHERSOFTWARE" // of fms
	otherKey = "KEYOFQUITEANOTHERSOFTWARE2"
	tokenKey = "KEYOFWHOWANTSTOKENSINPLACE"
	endedKey = "KEYTHATENDEDSOMEDAYSBEFORE"
)

var (
	morning = time.Date(2026, time.November, 28, 2, 0, 0, 0, time.UTC)
	group   = bot.Address{Network: bot.Telegram, ID: "-100500"}
	jakarta = time.FixedZone("WIB", 7*3600)
)

// city is what no test changes: a government, who reads its words, and where its places are.
type city struct {
	*profile.Profile
	reader understand.Reader
	finder place.Finder
}

var serang = sync.OnceValue(func() city {
	p, err := profile.Builtin("serang")
	if err != nil {
		panic(err)
	}
	reader, err := understand.New(p)
	if err != nil {
		panic(err)
	}
	finder, err := place.New(p)
	if err != nil {
		panic(err)
	}
	return city{p, reader, finder}
})

// world is a server with its stores, and a clock that tests turn.
type world struct {
	*testing.T
	city
	*postgres.Store
	carriers *postgres.Carriers
	public   *postgres.Public
	server   *open311.Server
	office   *casework.Office
	now      atomic.Pointer[time.Time]
	mu       sync.Mutex
	jobs     []ledger.Job
	logs     bytes.Buffer
	n        int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, city: serang()}
	w.clock(morning)
	pool := testdb.Pool(t, migrations.At)
	var err error
	w.Store, err = postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: w.Profile.Prefix, Sensitive: w.Profile.Sensitive, Enqueue: w.enqueue}, "seed")
	w.must(err)
	t.Cleanup(w.Store.Close)
	w.must(postgres.GrantPublic(t.Context(), pool))
	reads, err := postgres.ConnectPublic(t.Context(), pool.Config().ConnString(), 4)
	w.must(err)
	t.Cleanup(reads.Close)
	w.public, w.carriers = reads, postgres.NewCarriers(pool)
	w.office = &casework.Office{Profile: w.Profile, Desk: group}
	blobs, err := media.OpenBlobs("file://" + t.TempDir())
	w.must(err)
	w.server = open311.New(open311.Options{
		Profile: w.Profile, Public: w.public, Clients: w.carriers, Finder: w.finder, URL: "https://lapor.example.go.id", Key: []byte("print"),
		Now: func() time.Time { return *w.now.Load() }, Log: slog.New(slog.NewTextHandler(&w.logs, nil)),
		Picture: func(code report.Code, seq int) string {
			return fmt.Sprintf("https://lapor.example.go.id/p/%s/%d.jpg", code, seq)
		},
		Filer: open311.Filer{Store: w.Store, Office: func() *casework.Office { return w.office }, Reader: w.reader, Keep: media.NewKeeper(blobs).Keep},
	})
	w.client(ledger.Client{ID: "fms", Name: "FixMyStreet"}, key)
	w.client(ledger.Client{ID: "other", Name: "Lain"}, otherKey)
	w.client(ledger.Client{ID: "tokens", Name: "Token", Tokens: true}, tokenKey)
	w.client(ledger.Client{ID: "ended", Name: "Berakhir"}, endedKey)
	w.must(w.carriers.EndClient(t.Context(), "ended", morning.AddDate(0, 0, -3)))
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) clock(at time.Time) { w.now.Store(&at) }

func (w *world) client(c ledger.Client, key string) {
	w.Helper()
	c.Added = morning.AddDate(0, -1, 0)
	w.must(w.carriers.AddClient(w.Context(), c, open311.KeyHash(key)))
}

func (w *world) enqueue(_ context.Context, _ pgx.Tx, jobs []ledger.Job) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.jobs = append(w.jobs, jobs...)
	return nil
}

// answer is what a call was answered with.
type answer struct {
	status int
	header http.Header
	body   string
}

func (w *world) do(r *http.Request) answer {
	rec := httptest.NewRecorder()
	w.server.ServeHTTP(rec, r)
	return answer{rec.Code, rec.Header(), rec.Body.String()}
}

// get asks for a path below the endpoint ("services.xml").
func (w *world) get(path string) answer {
	return w.do(httptest.NewRequestWithContext(w.Context(), http.MethodGet, open311.Path+path, nil))
}

// post sends a form. A pair is a name and a value.
func (w *world) post(path string, pairs ...string) answer {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequestWithContext(w.Context(), http.MethodPost, open311.Path+path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(r)
}

// file is a file of a form.
type file struct {
	field, name string
	data        []byte
}

// parts sends a form in parts, with files.
func (w *world) parts(path string, files []file, pairs ...string) answer {
	w.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		w.must(m.WriteField(pairs[i], pairs[i+1]))
	}
	for _, f := range files {
		p, err := m.CreateFormFile(f.field, f.name)
		w.must(err)
		_, err = p.Write(f.data)
		w.must(err)
	}
	w.must(m.Close())
	r := httptest.NewRequestWithContext(w.Context(), http.MethodPost, open311.Path+path, io.Reader(&b))
	r.Header.Set("Content-Type", m.FormDataContentType())
	return w.do(r)
}

// good is a posting with nothing wrong, but for what changes it: a name and a value, "" takes the name away.
func good(change ...string) []string {
	v := map[string]string{"api_key": key, "service_code": "penerangan_jalan", "description": "Lampu jalan di depan pasar mati sejak kemarin.", "lat": "-6.1203", "long": "106.1505",
		"account_id": "a1", "first_name": "Siti", "last_name": "Aminah"}
	for i := 0; i+1 < len(change); i += 2 {
		v[change[i]] = change[i+1]
	}
	var out []string
	for name, value := range v {
		if value != "" {
			out = append(out, name, value)
		}
	}
	return out
}

// files lets a citizen file a report in a chat.
func (w *world) files(at time.Time, change func(*report.Draft)) report.Report {
	w.Helper()
	r, b := w.opened(at, change)
	w.must(w.Commit(w.Context(), b))
	return r
}

// opened is what such a report brings about.
func (w *world) opened(at time.Time, change func(*report.Draft)) (report.Report, ledger.Batch) {
	w.n++
	cause := fmt.Sprint("chat", w.n)
	id, code := w.Draw(cause)
	d := report.Draft{Kind: report.Complaint, Text: "Lubang besar di jalan, hampir jatuh", Category: "jalan_jembatan", Visibility: report.Normal,
		Place: report.Place{Pin: &report.Pin{Lat: -6.12034, Lon: 106.15052}, Area: w.Areas[0].Code, AreaName: w.Areas[0].Name, District: w.Areas[0].District, DistrictName: w.Areas[0].DistrictName}}
	if change != nil {
		change(&d)
	}
	return w.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: at, Reporter: bot.Address{Network: bot.WhatsApp, ID: fmt.Sprint("62811", w.n, "@s")},
		Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id", Draft: d, Served: func(string) bool { return true }})
}

// does lets the coordinator act.
func (w *world) does(code report.Code, at time.Time, actions ...report.Action) report.Report {
	w.Helper()
	var after report.Report
	for _, a := range actions {
		w.n++
		r, err := w.ByCode(w.Context(), code)
		w.must(err)
		facts, err := w.Facts(w.Context(), r.ID)
		w.must(err)
		now, b, err := w.office.Act(r, report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina Marlina", Chat: group}, a,
			casework.Occasion{Cause: fmt.Sprint("act", w.n), At: at, Facts: facts, Served: func(string) bool { return true }})
		w.must(err)
		w.must(w.Commit(w.Context(), b))
		after = now
	}
	return after
}
