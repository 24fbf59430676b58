package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// visitor is somebody at the public pages, each time from another address, so that the bounds for those who guess numbers are not met.
type visitor struct {
	at    string
	calls atomic.Int64
}

// page is what a visitor gets.
type page struct {
	status int
	body   string
	header http.Header
}

// visited are the settings under which there are public pages, at an address that stays the same when the program is started anew.
func visited(t *testing.T) (*visitor, []string) {
	t.Helper()
	at := freePort(t)
	return &visitor{at: "http://" + at}, []string{"RABEG_PUBLIC_URL=http://" + at, "LISTEN_PUBLIC=" + at, "RABEG_PUBLIC_CLIENT_HEADER=X-Visitor"}
}

// opens asks for a page; its status is 0 where nobody answers.
func (v *visitor) opens(ctx context.Context, path string) page {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.at+path, nil)
	if err != nil {
		return page{body: err.Error()}
	}
	n := v.calls.Add(1)
	r.Header.Set("X-Visitor", fmt.Sprintf("10.%d.%d.1", n/250%250, n%250))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return page{body: err.Error()}
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return page{body: err.Error()}
	}
	res.Header.Del("Date")
	return page{res.StatusCode, string(body), res.Header}
}

// becomes asks for a page until it is as wanted: a page may come out of memory for some seconds.
func (v *visitor) becomes(t *testing.T, path, what string, fits func(page) bool) page {
	t.Helper()
	var got page
	eventually(t, what, func(ctx context.Context) bool {
		got = v.opens(ctx, path)
		return fits(got)
	})
	return got
}

// shows fits a page that has all of these parts.
func shows(parts ...string) func(page) bool {
	return func(p page) bool {
		for _, part := range parts {
			if !strings.Contains(p.body, part) {
				return false
			}
		}
		return p.status == http.StatusOK
	}
}

var shownPhoto = regexp.MustCompile(`/foto/[^"]+\.jpg`)

// A citizen finds the report by the address in the receipt. Strangers see its story, and of anybody's words and photos only what the
// coordinator cleared, as it was masked, until it is taken down. Once the report is confidential nobody can tell it from a number that is
// not there. The program is killed while all that goes on.
func TestWhatStrangersSee(t *testing.T) {
	t.Parallel()
	everybody, set := visited(t)
	w := newWorld(t, plan{set: append(set, "RABEG_OPEN311=true")})
	c := w.start()
	officer := w.operator(t, "dishub")
	told := lamp(1)
	told.photo = detailed(1)
	ani, code := w.filed(t, told)
	at := "/laporan/" + code
	w.wait(t, ani.p.ID(), 0, "the receipt with the address of the page", said(code, everybody.at+at))
	first := everybody.becomes(t, at, "the page of the report", shows(code, "Dinas Perhubungan"))
	w.tellsNothing(t, first, told, ani.p)

	card := w.card(t, code)
	ratna := w.head.In(w.desk.ID())
	const answer, sentence = "lampunya sudah kami ganti, Bu Ani", "Lampu di gang ini sudah menyala."
	w.ears.keepPrivate("the officer", answer)
	if _, err := officer.In(w.desk.ID()).Send(botapi.Out{Photo: geotagged(7), Caption: "/selesai " + answer, ReplyTo: card.MessageID}); err != nil {
		t.Fatal(err)
	}
	done := everybody.becomes(t, at, "the page to tell that it is done", shows("Selesai menurut kantor"))
	w.tellsNothing(t, done, told, ani.p, answer)

	ask := w.asksDesk(t, ratna, card, "/tampilkan", "which photo", said("nomor foto", "1 = foto pelapor", "2 = foto Dishub"))
	w.noted(t, w.desk.ID(), ask.MessageID)
	if _, err := ratna.Reply(ask.MessageID, "1 kabur C3-D4 F1: "+sentence); err != nil {
		t.Fatal(err)
	}
	c.kill()
	w.gate.drain(t)
	c = w.start()
	shown := everybody.becomes(t, at, "the cleared photo", shows(sentence, "/foto/"+code))
	w.tellsNothing(t, page{body: shownPhoto.ReplaceAllString(shown.body, "")}, told, ani.p, answer)
	photos := shownPhoto.FindAllString(shown.body, -1)
	if len(photos) != 1 {
		t.Fatalf("the page shows %q", photos)
	}
	isMasked(t, everybody.becomes(t, photos[0], "the picture", func(p page) bool { return p.status == http.StatusOK }), told.photo)
	software := everybody.opens(t.Context(), "/open311/v2/requests/"+code+".json")
	if !strings.Contains(software.body, `"media_url":"`+everybody.at+photos[0]+`"`) {
		t.Errorf("other software does not hear where the picture is: %d %s", software.status, software.body)
	}

	w.asksDesk(t, ratna, card, "/turunkan", "that it is taken down", said("tidak tampil lagi", code))
	c.kill()
	w.gate.drain(t)
	c = w.start()
	bare := everybody.becomes(t, at, "the page without it", func(p page) bool { return p.status == http.StatusOK && !strings.Contains(p.body, sentence) })
	w.tellsNothing(t, bare, told, ani.p, answer, sentence)
	if p := everybody.opens(t.Context(), photos[0]); p.status != http.StatusNotFound {
		t.Errorf("the picture that was taken down is answered with %d", p.status)
	}
	if n := w.number(`SELECT count(*) FROM display_pictures`); n != 0 {
		t.Errorf("%d copies are kept", n)
	}
	w.hides(t, ani, code)
	c.kill()
	w.gate.drain(t)
	w.start()
	w.likeNone(t, everybody, at)
	w.wait(t, ani.p.ID(), 0, "the answer", said(answer))
	w.quiet()
	w.nobodyStumbled()
}

// tellsNothing checks that a page has no word, photo or name of those who take part.
func (w *world) tellsNothing(t *testing.T, p page, told tale, who *botapi.Person, more ...string) {
	t.Helper()
	for _, private := range append([]string{told.text, "PJU mati total", fmt.Sprint(who.ID()), "Warga-", "Petugas-", "/foto/", "6.1227", "106.1754"}, more...) {
		if strings.Contains(p.body, private) {
			t.Errorf("the page tells %q", private)
		}
	}
}

// asksDesk replies to a card and waits for what the bot says.
func (w *world) asksDesk(t *testing.T, seat botapi.Seat, card botapi.Seen, words, what string, fits func(botapi.Seen) bool) botapi.Seen {
	t.Helper()
	sent, err := seat.Reply(card.MessageID, words)
	if err != nil {
		t.Fatal(err)
	}
	return w.wait(t, w.desk.ID(), sent.MessageID, what, fits)
}

// isMasked checks that a picture is a copy of another in which the squares C3 to D4 and F1 cannot be made out, and that tells nothing of
// itself.
func isMasked(t *testing.T, got page, original []byte) {
	t.Helper()
	if strings.Contains(got.body, "Exif") || got.body == string(original) {
		t.Error("the picture is the citizen's own, or tells of the camera")
	}
	if kind := got.header.Get("Content-Type"); kind != "image/jpeg" {
		t.Errorf("it is a %s", kind)
	}
	was, err := jpeg.Decode(bytes.NewReader(original))
	if err != nil {
		t.Fatal(err)
	}
	now, err := jpeg.Decode(strings.NewReader(got.body))
	if err != nil || now.Bounds() != was.Bounds() {
		t.Fatalf("the picture cannot be seen: %v", err)
	}
	for name, at := range map[string]image.Rectangle{"C3-D4": image.Rect(160, 160, 320, 320), "F1": image.Rect(400, 0, 480, 80)} {
		if before, after := spread(was, at), spread(now, at); after*2 > before {
			t.Errorf("in %s brightness spreads over %d, of %d before", name, after, before)
		}
	}
	if before, after := spread(was, image.Rect(0, 400, 640, 640)), spread(now, image.Rect(0, 400, 640, 640)); after*2 < before {
		t.Errorf("elsewhere brightness spreads over %d, of %d before", after, before)
	}
}

// spread is how far the darkest and the brightest point of a part lie apart.
func spread(img image.Image, at image.Rectangle) int {
	low, high := 1<<16, 0
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			r, _, _, _ := img.At(x, y).RGBA()
			low, high = min(low, int(r)), max(high, int(r))
		}
	}
	return high - low
}

// hides lets the citizen make the report confidential.
func (w *world) hides(t *testing.T, c *citizen, code string) {
	t.Helper()
	if _, err := c.p.Text("tolong rahasiakan laporan saya"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the report to be confidential", func(context.Context) bool {
		return w.byCode(code).Visibility == report.Confidential
	})
}

// likeNone checks that a report's page is, in all that a visitor can see, that of a number that nobody has.
func (w *world) likeNone(t *testing.T, v *visitor, at string) {
	t.Helper()
	hidden := v.becomes(t, at, "the page to be gone", func(p page) bool { return p.status == http.StatusNotFound })
	never := v.opens(t.Context(), "/laporan/"+string(report.NewCode("SRG", uint64(time.Now().UnixNano()))))
	if never.status != hidden.status || never.body != hidden.body || fmt.Sprint(never.header) != fmt.Sprint(hidden.header) {
		t.Errorf("a hidden report can be told from none:\n%v\n%v", hidden.header, never.header)
	}
}
