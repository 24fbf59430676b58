package phones_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browsers are the programs that the tests drive, the first one that is there.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// patience bounds each wait; a busy machine needs it, a fast one does not notice.
const patience = 90 * time.Second

// rabegLab is the program under test.
var rabegLab = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("E2E_LAB"); given != "" {
		return given, nil
	}
	dir, err := os.MkdirTemp("", "rabeg-phones-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rabeg-lab")
	cmd := exec.Command("go", "build", "-trimpath", "-o", path, "./cmd/rabeg-lab")
	cmd.Dir = filepath.Join("..", "..", "..")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build rabeg-lab: %w\n%s", err, out)
	}
	return path, nil
})

// startLab runs make try for a browser and gives the address of its page.
func startLab(t *testing.T, more ...string) string {
	t.Helper()
	path, err := rabegLab()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, append([]string{"try", "--browser", "--dir", t.TempDir()}, more...)...)
	cmd.Env = append(os.Environ(), "DATABASE_URL=", "REDIS_URL=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/[A-Z2-7]{26}/`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if url := address.FindString(lines.Text()); url != "" {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return url
		}
	}
	t.Fatal("the lab did not say where its page is")
	return ""
}

// browser is a page as somebody before the screen uses it.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string

	mu       sync.Mutex
	errors   []string
	requests []string
}

// openBrowser starts a browser, or skips the test with a word where there is none.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	program := ""
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Skip("no chromium here: what people see in a browser is not tested (apt-get install chromium)")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program),
		chromedp.Flag("use-fake-device-for-media-stream", true), chromedp.Flag("use-fake-ui-for-media-stream", true))
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	b := &browser{t: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	err := chromedp.Listen(ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventExceptionThrown:
			b.errors = append(b.errors, ev.ExceptionDetails.Text+" "+fmt.Sprint(ev.ExceptionDetails.Exception))
		case *runtime.EventConsoleAPICalled:
			if ev.Type == "error" || ev.Type == "warning" {
				b.errors = append(b.errors, fmt.Sprint(ev.Args))
			}
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, ev.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{})
		return err
	})); err != nil {
		t.Fatal(err)
	}
	return b
}

// open goes to a page of the lab, with what stands behind its address.
func (b *browser) open(url, query string) {
	b.t.Helper()
	b.url = url
	b.do(chromedp.Navigate(url + query))
	b.until("the page to show a chat", `document.querySelector('#clock .hour')`)
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%v", err)
	}
}

// eval gives what an expression is on the page.
func eval[T any](b *browser, js string, opts ...chromedp.EvaluateOption) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](js, opts...))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// until waits until an expression is true on the page.
func (b *browser) until(what, js string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Poll[bool](`!!(`+js+`)`, chromedp.WithPollingInterval(50*time.Millisecond), chromedp.WithPollingTimeout(patience)))
	if err != nil {
		b.picture("failed-" + b.t.Name())
		b.t.Fatalf("%s did not come: %v\nWhatsApp:\n%s\nTelegram:\n%s\ndesk:\n%s", what, err, b.end("whatsapp"), b.end("telegram"), b.end("desk"))
	}
}

// end is what stands last on a phone.
func (b *browser) end(where string) string {
	text := []rune(eval[string](b, fmt.Sprintf(`document.querySelector('.%s').innerText`, where)))
	return string(text[max(0, len(text)-600):])
}

// hears waits for words in the newest message of a phone that holds them.
func (b *browser) hears(where, words string) {
	b.t.Helper()
	b.until(fmt.Sprintf("%q on %s", words, where), fmt.Sprintf(`document.querySelector('#log-%s').innerText.includes(%s)`, where, quoted(words)))
}

func quoted(s string) string { text, _ := json.Marshal(s); return string(text) }

// click clicks with the mouse on the last thing that a selector and words name, once it can be seen and nothing lies over it.
func (b *browser) click(selector, words string) {
	b.t.Helper()
	find := fmt.Sprintf(`(() => { const all = [...document.querySelectorAll(%s)].filter(e => e.textContent.includes(%s) && !e.disabled && e.checkVisibility());
		const e = all.at(-1); if (!e) return null; e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
		const top = document.elementFromPoint(x, y); return top && (e.contains(top) || e.tagName === 'path') ? [x, y] : null; })()`, quoted(selector), quoted(words))
	// The page may move while the finger comes down: a click that met something else is made again.
	watch := fmt.Sprintf(`(() => { window.met = false; document.addEventListener('click', e => { const t = e.target.closest(%s);
		window.met = !!t && t.textContent.includes(%s); }, {capture: true, once: true}); return true; })()`, quoted(selector), quoted(words))
	for {
		b.until(fmt.Sprintf("%s with %q", selector, words), find)
		at := eval[[]float64](b, find)
		if len(at) != 2 {
			continue // it was drawn anew in between
		}
		eval[bool](b, watch)
		b.do(chromedp.MouseClickXY(at[0], at[1]))
		if eval[bool](b, `window.met`) {
			return
		}
	}
}

// unfolds opens what can be done with the newest of some messages. Where messages come meanwhile, the list moves under the finger.
func (b *browser) unfolds(messages string) {
	b.t.Helper()
	for eval[bool](b, fmt.Sprintf(`document.querySelector(%s) === null`, quoted(messages+" .more[open]"))) {
		b.click(messages+" .more summary", "")
	}
}

// swipes draws the last of some messages to the right with a finger.
func (b *browser) swipes(messages string) {
	b.t.Helper()
	at := eval[[]float64](b, fmt.Sprintf(`(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect(); return [r.x + 20, r.y + r.height / 2]; })([...document.querySelectorAll(%s)].at(-1))`, quoted(messages)))
	touch := func(what input.DispatchTouchEventType, points ...*input.TouchPoint) {
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: what, TouchPoints: points})
			return err
		}))
	}
	touch(input.DispatchTouchEventTypeTouchStart, &input.TouchPoint{X: at[0], Y: at[1]})
	for dx := 20.0; dx <= 120; dx += 20 {
		touch(input.DispatchTouchEventTypeTouchMove, &input.TouchPoint{X: at[0] + dx, Y: at[1]})
	}
	touch(input.DispatchTouchEventTypeTouchEnd)
}

// write writes on a phone as somebody else than before, and sends it with Enter.
func (b *browser) write(where, words string) {
	b.t.Helper()
	b.do(chromedp.SendKeys("#"+where+"-text", words+kb.Enter))
	b.until("the sent text to leave the field", fmt.Sprintf(`document.querySelector('#%s-text').value === ''`, where))
}

// choose takes one of a list, as a person does.
func (b *browser) choose(id, value string) {
	b.t.Helper()
	b.until("the choice "+value, fmt.Sprintf(`[...document.querySelector('#%s').options].some(o => o.value === %s)`, id, quoted(value)))
	eval[bool](b, fmt.Sprintf(`(() => { const s = document.querySelector('#%s'); s.value = %s; s.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, id, quoted(value)))
}

// size gives the window so many pixels, and the colours of the day or of the night.
func (b *browser) size(width, height int64, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.do(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
}

// picture keeps what the screen shows, in the folder that PHONES_PICTURES names: to be looked at.
func (b *browser) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("PHONES_PICTURES")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// clean fails the test when the page complained, asked anybody else for anything, or keeps somebody out who cannot see it.
func (b *browser) clean() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.errors {
		b.t.Errorf("the console: %s", e)
	}
	for _, r := range b.requests {
		// data: is what the browser draws its own controls of; it leads nowhere.
		if !strings.HasPrefix(r, b.url) && !strings.HasPrefix(r, "blob:http://127.0.0.1") && !strings.HasPrefix(r, "data:") && r != "about:blank" {
			b.t.Errorf("the page asked for %s", r)
		}
	}
}

// axe looks for what keeps people out, with axe-core from npm; it says so and looks for nothing where that cannot be had.
func (b *browser) axe(of string) {
	b.t.Helper()
	source, err := axeCore()
	if err != nil && os.Getenv("CI_MUST") == "1" {
		b.t.Fatalf("npm answers, and axe-core is not here: %v", err)
	}
	if err != nil {
		b.t.Logf("axe-core is not here, so %s is not checked with it: %v", of, err)
		return
	}
	eval[bool](b, source+"; true")
	found := eval[[]string](b, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical')
		.map(v => v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' + n.any.map(a => a.message).join('; ')).join('\n   ')))`, chromedp.EvalAwaitPromise)
	for _, f := range found {
		b.t.Errorf("%s: %s", of, f)
	}
}

var axeCore = sync.OnceValues(func() (string, error) {
	const name = "axe-core-4.14.1.tgz"
	root, err := filepath.Abs(filepath.Join("..", "..", "..", "bin"))
	if err != nil {
		return "", err
	}
	packed := filepath.Join(root, name)
	if _, err := os.Stat(packed); err != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := os.MkdirAll(root, 0o755); err != nil {
			return "", err
		}
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
})
