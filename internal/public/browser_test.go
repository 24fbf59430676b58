package public_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds each step; a busy machine needs it, a fast one does not notice.
const patience = 90 * time.Second

// What people see is looked at as they see it: on a phone, a tablet and a desk, by day and by night. Nothing is wider than the screen, nothing
// keeps out who cannot see (axe), nothing complains, and nobody else is asked for anything. PUBLIC_PICTURES names a folder for the pictures.
func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium here: what people see in a browser is not tested (apt-get install chromium)")
	}
	w := newTown(t)
	w.lives(200)
	lamp := w.lamp()
	code := string(lamp.Code)
	courses := w.courses(lamp)
	w.count()
	srv := httptest.NewServer(w.site)
	t.Cleanup(srv.Close)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // the first step has no end of its own
		t.Fatalf("start the browser: %v", err)
	}
	var mu sync.Mutex
	err = chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page fails: %s", ev.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			t.Errorf("the console: %v", ev.Args)
		case *network.EventRequestWillBeSent:
			if to := ev.Request.URL; !strings.HasPrefix(to, srv.URL) && !strings.HasPrefix(to, "data:") && to != "about:blank" {
				t.Errorf("a page asks for %s", to)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{})
		return err
	}))
	axe, err := axeCore()
	if err != nil && os.Getenv("CI_MUST") == "1" {
		t.Fatalf("npm answers, and axe-core is not here: %v", err)
	}
	if err != nil {
		t.Logf("axe-core is not here, so nobody looks for what keeps people out: %v", err)
	}
	for _, size := range []struct {
		name       string
		wide, high int64
		dark       bool
	}{{"phone", 360, 740, false}, {"phone-dark", 360, 740, true}, {"tablet", 768, 1024, false}, {"desk", 1280, 900, false}, {"desk-dark", 1280, 900, true}} {
		scheme := map[bool]string{false: "light", true: "dark"}[size.dark]
		do(chromedp.EmulateViewport(size.wide, size.high), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			return err
		}))
		pages := map[string]string{"home": "/", "city": "/kota", "report": "/laporan/" + code, "unknown": "/laporan/-", "english": "/en/laporan/" + code}
		for name, path := range courses { // the narrowest screen cuts off what any does; to be looked at they are all there
			if os.Getenv("PUBLIC_PICTURES") != "" || size.name == "phone" && !strings.HasPrefix(name, "english-") {
				pages[name] = path
			}
		}
		for name, path := range pages {
			do(chromedp.Navigate(srv.URL + path))
			what := size.name + "-" + name
			if over := run(ctx, t, chromedp.Evaluate[int](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
				t.Errorf("%s is %d pixels wider than the screen", what, over)
			}
			if _, often := courses[name]; axe != "" && (!often || os.Getenv("THOROUGH") != "") { // the pages of all courses are made of the same parts
				run(ctx, t, chromedp.Evaluate[bool](axe+"; true"))
				for _, f := range run(ctx, t, chromedp.Evaluate[[]string](`axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' (' + v.impact + '): ' +
					v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.any.map(a => a.message).join('; ')).join(' | ')))`, chromedp.EvalAwaitPromise)) {
					t.Errorf("%s: %s", what, f)
				}
			}
			if dir := os.Getenv("PUBLIC_PICTURES"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, what+".png"), run(ctx, t, chromedp.FullScreenshot(100)), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

func run[T any](ctx context.Context, t *testing.T, a chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// axeCore is axe-core from npm, kept beside the programs that are built. It is not part of this repository.
func axeCore() (string, error) {
	const name = "axe-core-4.14.1.tgz"
	root, err := filepath.Abs(filepath.Join("..", "..", "bin"))
	if err != nil {
		return "", err
	}
	packed := filepath.Join(root, name)
	if _, err := os.Stat(packed); err != nil {
		if err := os.MkdirAll(root, 0o755); err != nil {
			return "", err
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, "npm", "pack", "--silent", "axe-core@4.14.1")
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("npm pack: %w: %s", err, out)
		}
	}
	out, err := exec.Command("tar", "-xzOf", packed, "package/axe.min.js").Output()
	if err == nil && len(out) < 100_000 {
		err = errors.New("it is cut off")
	}
	return string(out), err
}
