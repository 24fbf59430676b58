package fleet_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/fleet"
	"rabeg/internal/sim/botapi"
)

// patience is how long something may take that a loaded machine does slowly.
const patience = 2 * time.Minute

// county is a folder of governments and the program that serves them.
type county struct {
	*testing.T
	dir        string
	out        *lines
	dsn, media string
	end        func() error
	// change is fleet.Options.Change.
	change func(government string, o *app.Options)
}

// lines are what the program says, for who waits for one.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.more)
	l.more = make(chan struct{})
	return l.text.Write(b)
}

func (l *lines) now() (string, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String(), l.more
}

// says waits until the program has said something for the n-th time, and returns the line.
func (c *county) says(what string, n int) string {
	c.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		text, more := c.out.now()
		seen := 0
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Contains(line, what) {
				if seen++; seen == n {
					return line
				}
			}
		}
		select {
		case <-more:
		case <-late.C:
			c.Fatalf("it does not say %q (%d.):\n%s", what, n, text)
		}
	}
}

func (c *county) writes(path, text string) {
	c.Helper()
	path = filepath.Join(c.dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.Fatal(err)
	}
}

// adds adds a line to a file.
func (c *county) adds(path, line string) {
	c.Helper()
	was, err := os.ReadFile(filepath.Join(c.dir, path))
	if err != nil {
		c.Fatal(err)
	}
	c.writes(path, string(was)+line+"\n")
}

// city is a government with a bot of its own, and the profile of its folder where none is named.
func (c *county) city(name, profile, token string) *botapi.Server {
	c.Helper()
	api := botapi.New(botapi.Options{Token: token})
	if err := api.Start("127.0.0.1:0"); err != nil {
		c.Fatal(err)
	}
	c.Cleanup(api.Close)
	if profile != "" {
		profile = "RABEG_PROFILE=" + profile + "\n"
	}
	c.writes(filepath.Join(name, fleet.SettingsFile), "# "+name+"\n"+profile+"TELEGRAM_TOKEN="+token+"\nTELEGRAM_API_URL=\""+api.URL()+"\"\n")
	return api
}

// serve begins to serve the folder.
func (c *county) serve() {
	c.Helper()
	server := testdb.Own(c.T, "rabeg", false, nil)
	c.dsn = server.DSN("rabeg")
	c.media = "file://" + c.TempDir()
	cfg := app.Config{Database: c.dsn, Redis: testredis.New(c.T), Media: c.media, Listen: "127.0.0.1:0", Metrics: "127.0.0.1:0", LogLevel: "info"}
	cfg.DailyTokens, cfg.Version = "1000", "v25.0"
	cfg.Cloud.APIURL = "https://graph.facebook.com"
	cfg.Telegram.APIURL = "http://127.0.0.1:1"
	ctx, stop := context.WithCancel(context.WithoutCancel(c.Context()))
	done := make(chan error, 1)
	go func() {
		done <- fleet.Serve(ctx, fleet.Options{Dir: c.dir, Settings: cfg, Out: c.out, Log: slog.New(slog.DiscardHandler), Change: c.change})
	}()
	c.end = sync.OnceValue(func() error { stop(); return <-done })
	c.Cleanup(func() {
		if err := c.end(); err != nil {
			c.Errorf("it ends with %v", err)
		}
	})
}

// hears waits until a person has got a message with some words from a bot.
func (c *county) hears(api *botapi.Server, p *botapi.Person, words string) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), patience)
	defer cancel()
	for seq := int64(0); ; {
		events, err := api.Events(ctx, p.ID(), seq, 100)
		if err != nil {
			c.Fatalf("nothing with %q comes: %v", words, err)
		}
		for _, e := range events {
			seq = e.Seq
			if e.Message != nil && e.Message.FromBot && strings.Contains(e.Message.Text, words) {
				return
			}
		}
	}
}

func (c *county) gets(url string) (int, string) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		c.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// Two cities are served by one program. The same person writes to both, and neither knows of the other. A third with a wrong setting
// ends only itself; one is paused and comes back, one is added, one is taken away while the others are served.
func TestAProvince(t *testing.T) {
	t.Parallel()
	c := &county{T: t, dir: t.TempDir(), out: &lines{more: make(chan struct{})}}
	serang := c.city("serang", "serang", "1001:SERANG-aaaaaaaa")
	denpasar := c.city("denpasar", "denpasar", "1002:DENPASAR-bbbbbb")
	c.writes("lupa/settings.env", "RABEG_PROFILE=serang\nTELEGRAM_TOKEN=1001:SERANG-aaaaaaaa\n")
	c.writes("salah/settings.env", "TELEGRAM_TOKN=1:rahasia\n")
	c.serve()

	base := "http://" + strings.Fields(c.says("ready", 1))[1]
	metrics := "http://" + strings.Fields(c.says("metrics", 1))[1]
	if line, want := c.says("serang:", 1), "serang: TELEGRAM_TOKEN: is also that of lupa (example: each government has its own)"; line != want {
		t.Errorf("it says %q, want %q", line, want)
	}
	if line, want := c.says("salah:", 1), "salah: settings.env:1: there is no such setting (example: TELEGRAM_TOKEN=…; rabeg serve --help names all)"; line != want {
		t.Errorf("it says %q, want %q", line, want)
	}

	inSerang, inDenpasar := serang.Person(77, "Ani"), denpasar.Person(77, "Ani")
	c.writesTo(inDenpasar, "lampu jalan mati di Jalan Gajah Mada, Dauh Puri Kangin")
	c.hears(denpasar, inDenpasar, "Sudah benar?")

	code, body := c.gets(base + "/readyz")
	if code != http.StatusOK || !strings.Contains(body, `"denpasar": "served"`) || !strings.Contains(body, `"salah": "is not served: see the log"`) || strings.Contains(body, "rahasia") {
		t.Errorf("/readyz: %d %s", code, body)
	}
	if code, body := c.gets(base + "/readyz/denpasar"); code != http.StatusOK || !strings.Contains(body, `"telegram": "ok"`) {
		t.Errorf("/readyz/denpasar: %d %s", code, body)
	}
	if code, _ := c.gets(base + "/readyz/bandung"); code != http.StatusNotFound {
		t.Errorf("/readyz/bandung: %d", code)
	}
	if code, body := c.gets(metrics + "/metrics"); code != http.StatusOK || !strings.Contains(body, `government="denpasar"`) || strings.Count(body, "\ngo_goroutines ") != 1 {
		t.Errorf("/metrics: %d %.300s", code, body)
	}

	// "lupa" had taken Serang's bot and gives it back. Ani's draft in Denpasar is not known in Serang.
	c.removes("lupa")
	c.says("lupa: gone", 1)
	c.says("serang: served", 1)
	c.writesTo(inSerang, "kirim")
	c.hears(serang, inSerang, "Silakan ceritakan")
	// A folder that comes later does not take it away again.
	c.writes("abu/settings.env", "RABEG_PROFILE=serang\nTELEGRAM_TOKEN=1001:SERANG-aaaaaaaa\n")
	if line := c.says("abu:", 1); !strings.Contains(line, "is also that of serang") {
		t.Errorf("it says %q", line)
	}

	// A slip of the pen, or what an editor leaves beside, changes nothing for who is served.
	right, err := os.ReadFile(filepath.Join(c.dir, "serang", fleet.SettingsFile))
	if err != nil {
		t.Fatal(err)
	}
	c.writes("serang/.settings.env.swp", "x")
	c.writes("serang/settings.env", string(right)+"TELEGRAM_DSEK=-100\n")
	if line := c.says("serang: settings.env:5: there is no such setting", 1); !strings.HasSuffix(line, "it is served with the settings from before") {
		t.Errorf("it says %q", line)
	}
	c.writesTo(inSerang, "menu")
	c.hears(serang, inSerang, "Ada yang bisa saya bantu?")
	c.writes("serang/settings.env", strings.Replace(string(right), "RABEG_PROFILE=serang", "RABEG_PROFILE=serangg", 1))
	if line := c.says("serang: RABEG_PROFILE", 1); !strings.HasSuffix(line, "it is served with the settings from before") {
		t.Errorf("of a profile that is not there it says %q", line)
	}
	c.writesTo(inSerang, "menu")
	c.hears(serang, inSerang, "Ada yang bisa saya bantu?")
	c.writes("serang/settings.env", string(right)+"\n")
	c.says("serang: served", 2)

	// Denpasar is paused: what is written to it meanwhile is answered afterwards, and Serang notices nothing.
	c.writes("denpasar/paused", "")
	c.says("denpasar: paused", 1)
	if code, body := c.gets(base + "/readyz/denpasar"); code != http.StatusServiceUnavailable || !strings.Contains(body, "paused") {
		t.Errorf("/readyz/denpasar: %d %s", code, body)
	}
	c.writesTo(inDenpasar, "kirim")
	c.writesTo(inSerang, "sampah menumpuk di Pasar Lama")
	c.hears(serang, inSerang, "Sudah benar?")
	c.removes("denpasar/paused")
	c.says("denpasar: served", 2)
	c.hears(denpasar, inDenpasar, "dengan nomor")

	// A command for one of them finds its database, its files and its profile, while all are served.
	env, end, err := fleet.Alone(t.Context(), c.dir, "denpasar", app.Config{Database: c.dsn, Redis: "redis://127.0.0.1:1", Media: c.media})
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	folder := filepath.Join(t.TempDir(), "backup")
	if err := app.Backup(t.Context(), app.Config{Profile: env["RABEG_PROFILE"], Database: env["DATABASE_URL"], Redis: "redis://127.0.0.1:1", Media: env["MEDIA_URL"]}, folder, &said); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(said.String(), "Kota Denpasar") || !strings.Contains(said.String(), ": 1 reports") || env["TELEGRAM_TOKEN"] != "1002:DENPASAR-bbbbbb" {
		t.Errorf("the backup of Denpasar is %s", said.String())
	}
	if err := end(); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{"bandung": "is no folder in", "salah": "there is no such setting", "../serang": "is no folder in"} {
		if _, _, err := fleet.Alone(t.Context(), c.dir, name, app.Config{Database: c.dsn}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a command for %s: %v", name, err)
		}
	}

	// One more is added. All end in good order.
	baru := c.city("banjarmasin", "banjarmasin", "1003:BANJARMASIN-cccc")
	c.says("banjarmasin: served", 1)
	someone := baru.Person(5, "Budi")
	c.writesTo(someone, "halo")
	c.hears(baru, someone, "Halo")
	if err := c.end(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}

func (c *county) writesTo(p *botapi.Person, words string) {
	c.Helper()
	if _, err := p.Text(words); err != nil {
		c.Fatal(err)
	}
}

func (c *county) removes(path string) {
	c.Helper()
	if err := os.RemoveAll(filepath.Join(c.dir, path)); err != nil {
		c.Fatal(err)
	}
}
