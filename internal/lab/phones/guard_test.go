package phones

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// still is a clock that stands.
type still struct{}

func (still) Now() time.Time { return time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC) }

func (still) Turn(string) (time.Time, error) { return still{}.Now(), nil }

// page is a page of a lab in which nothing runs.
func page(t *testing.T) *Server {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	api := botapi.New(botapi.Options{})
	t.Cleanup(api.Close)
	relay, err := warelay.New(warelay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(relay.Close)
	s, err := New(Options{Profile: p, API: api, Desk: api.Group(-1001234567890, "Meja", true), Relay: relay,
		Office: relay.Account("6281200000001", warelay.AccountOptions{}), Clock: still{}, Fresh: 1_000_000, Photo: func() []byte { return []byte("jpeg") }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.wa.close)
	return s
}

// The page answers the browser that has its whole address, and nobody else: no guess, no other site's script, no name that was made to
// point here.
func TestWhoGetsIn(t *testing.T) {
	t.Parallel()
	s := page(t)
	h := s.guarded("127.0.0.1:4000")
	root := s.root()
	for name, c := range map[string]struct {
		method, host, path, header, value string
		want                              int
	}{
		"its own browser":               {"GET", "127.0.0.1:4000", root, "", "", 200},
		"by the other name":             {"GET", "localhost:4000", root, "", "", 200},
		"no token":                      {"GET", "127.0.0.1:4000", "/", "", "", 403},
		"a wrong token":                 {"GET", "127.0.0.1:4000", "/" + strings.Repeat("A", len(root)-2) + "/", "", "", 403},
		"half a token":                  {"GET", "127.0.0.1:4000", root[:10], "", "", 403},
		"half a token and its page":     {"GET", "127.0.0.1:4000", root[:10] + "/page.js", "", "", 403},
		"a style without the token":     {"GET", "127.0.0.1:4000", "/page.css", "", "", 403},
		"a name that points here":       {"GET", "evil.example:4000", root, "", "", 403},
		"another port":                  {"GET", "127.0.0.1:4001", root, "", "", 403},
		"another site's form":           {"POST", "127.0.0.1:4000", root + "clock", "Origin", "https://evil.example", 403},
		"another site's script":         {"POST", "127.0.0.1:4000", root + "clock", "Sec-Fetch-Site", "cross-site", 403},
		"another port's script":         {"POST", "127.0.0.1:4000", root + "clock", "Origin", "http://127.0.0.1:4001", 403},
		"a nameless site's":             {"POST", "127.0.0.1:4000", root + "clock", "Origin", "null", 403},
		"a post without the token":      {"POST", "127.0.0.1:4000", "/clock", "", "", 403},
		"its own form":                  {"POST", "127.0.0.1:4000", root + "clock", "Origin", "http://127.0.0.1:4000", 204},
		"what changes, asked for":       {"GET", "127.0.0.1:4000", root + "clock", "", "", 405},
		"a file of another's machine":   {"GET", "127.0.0.1:4000", root + "../../etc/passwd", "", "", 307},
		"a file that nobody sent":       {"GET", "127.0.0.1:4000", root + "file/telegram?id=x", "", "", 404},
		"a message that is on no phone": {"GET", "127.0.0.1:4000", root + "file/whatsapp?who=budi&id=7&n=0", "", "", 404},
	} {
		r := httptest.NewRequest(c.method, "http://"+c.host+c.path, nil)
		if c.header != "" {
			r.Header.Set(c.header, c.value)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, want %d", name, w.Code, c.want)
		}
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: guarded by %q", name, policy)
		}
		if c.want == http.StatusForbidden && strings.Contains(w.Body.String(), s.token) {
			t.Errorf("%s: the refusal tells the token", name)
		}
	}
}

// What people send is handed out as the picture or the sound that it is, and never as a page.
func TestFilesAreNoPages(t *testing.T) {
	t.Parallel()
	s := page(t)
	ani := s.API.Person(1_000_000, "Ani")
	for kind, data := range map[string]string{
		"image/jpeg":               "\xff\xd8\xff\xe0 and so on",
		"application/ogg":          "OggS\x00 and so on",
		"application/octet-stream": "<html><script>alert(1)</script>",
	} {
		m, err := ani.Send(botapi.Out{Document: []byte(data), FileName: "a.html"})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		s.guarded("127.0.0.1:4000").ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1:4000"+s.root()+"file/telegram?id="+m.Document.FileID, nil))
		attached := w.Header().Get("Content-Disposition") == "attachment"
		if got := w.Header().Get("Content-Type"); got != kind || attached != (kind == "application/octet-stream") {
			t.Errorf("%s: handed out as %s, attached: %t", kind, got, attached)
		}
	}
}
