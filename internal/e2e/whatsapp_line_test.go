package e2e

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// The line to WhatsApp is bad in one way or another while ten people report, some with a photo, and ask how their report
// stands: each files once, reads the answers in their order, and none is missing.
func TestWhatsAppOnABadLine(t *testing.T) {
	t.Parallel()
	// nth picks every nth stanza that fits.
	nth := func(n int64, fits func(warelay.Stanza) bool, v warelay.Verdict) func(warelay.Stanza) warelay.Verdict {
		var seen atomic.Int64
		return func(s warelay.Stanza) warelay.Verdict {
			if !fits(s) || seen.Add(1)%n != 0 {
				return warelay.Verdict{}
			}
			return v
		}
	}
	fresh := func(s warelay.Stanza) bool { return s.Tag == "message" && s.Retry == "" }
	for name, bad := range map[string]func(office string) func(warelay.Stanza) warelay.Verdict{
		"everything comes twice": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(1, func(s warelay.Stanza) bool { return fresh(s) && !s.In }, warelay.Verdict{Do: warelay.Duplicate})
		},
		"citizens' words come broken": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(3, func(s warelay.Stanza) bool { return fresh(s) && !s.In && s.Phone == office }, warelay.Verdict{Do: warelay.Corrupt})
		},
		"the office's words come broken": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(3, func(s warelay.Stanza) bool { return fresh(s) && !s.In && s.Phone != office }, warelay.Verdict{Do: warelay.Corrupt})
		},
		"messages come late": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(2, fresh, warelay.Verdict{Do: warelay.Delay, For: 300 * time.Millisecond})
		},
		"the line breaks at a citizen's message": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(9, func(s warelay.Stanza) bool { return fresh(s) && !s.In && s.Phone == office }, warelay.Verdict{Do: warelay.Close})
		},
		"the line breaks at an answer": func(office string) func(warelay.Stanza) warelay.Verdict {
			return nth(9, func(s warelay.Stanza) bool { return fresh(s) && s.In && s.Phone == office }, warelay.Verdict{Do: warelay.Close})
		},
	} {
		t.Run(name, func(t *testing.T) { // one after the other: each is many people
			oneOf(t, slices.Contains([]string{"everything comes twice", "the office's words come broken", "the line breaks at an answer"}, name))
			w := newWorld(t, plan{whatsapp: linked})
			c := w.start()
			c.becomes(http.StatusOK)
			w.wa.Fault(bad(w.wa.office.Phone()))
			w.talkOnWhatsApp(t, 10)
		})
	}
}

// talkOnWhatsApp lets people report and ask, and checks that nothing was lost or doubled.
func (w *world) talkOnWhatsApp(t *testing.T, many int) {
	t.Helper()
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	people := w.callers(many)
	began := time.Now()
	people.wholeStories(ctx)
	if !people.end(t) {
		return
	}
	took := time.Since(began)
	copies := people.filedOnce(t)
	t.Logf("%d people in %s; of %d messages a second copy came under the same id", many, took.Round(time.Millisecond), copies)
}

// WhatsApp itself goes down and comes back after each word of a citizen, before or after the answer: the conversation goes
// on as if nothing had been.
func TestWhatsAppGoesDownAfterEachWord(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	c := w.start()
	c.becomes(http.StatusOK)
	siti := w.caller("Warga")
	downs := 0
	siti.between = func(ctx context.Context) error {
		downs++
		had := siti.p.Inbox().Connects
		if err := w.wa.Restart(); err != nil {
			return err
		}
		_, err := siti.p.Wait(ctx, func(in warelay.Inbox) bool { return in.Connects > had })
		return err
	}
	told := lamp(1)
	told.photo = picture(1)
	ctx, cancel := bounded()
	defer cancel()
	if err := siti.wholeStory(ctx, told); err != nil {
		t.Fatalf("%v\nletters that wait: %s\n%s", err, w.stuck(ctx), w.tail())
	}
	w.quiet()
	w.calledOnce(siti, told)
	w.cameInOrder(t, siti)
	w.nobodyStumbled()
	if downs < 5 {
		t.Errorf("WhatsApp went down only %d times", downs)
	}
}

// A photo that WhatsApp has thrown away, or that is not the one that was sent, holds no report up: the desk is told that it
// is not to be had.
func TestWhatsAppPhotoIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.start()
	for name, goes := range map[string]func() int{
		"it is gone":       func() int { return w.wa.ExpireMedia(http.StatusGone) },
		"it is not found":  func() int { return w.wa.ExpireMedia(http.StatusNotFound) },
		"it is another":    w.wa.CorruptMedia,
		"it is no picture": func() int { return 1 },
	} {
		t.Run(name, func(t *testing.T) { // one after the other: it happens to all photos
			siti := w.caller("Warga")
			told := lamp(len(name))
			told.photo = picture(1)
			if name == "it is no picture" {
				told.photo = []byte("<html><body>bukan foto</body></html>")
			}
			var once sync.Once
			siti.between = func(context.Context) error { // before the report is sent, and with it fetched
				if siti.shown {
					once.Do(func() {
						if goes() == 0 {
							t.Error("there was no photo to be thrown away")
						}
					})
				}
				return nil
			}
			code := siti.files(t, told)
			w.wait(t, w.desk.ID(), 0, "word that the photo cannot be had", func(m botapi.Seen) bool {
				return strings.Contains(m.Text, code) && strings.Contains(m.Text, "lampiran tidak dapat")
			})
			if files := w.files(w.byCode(code).ID); len(files) != 1 || files[0].Lost == "" {
				t.Errorf("%d files are kept, and not as lost", len(files))
			}
		})
	}
	w.nobodyStumbled()
}
