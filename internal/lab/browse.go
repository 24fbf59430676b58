package lab

import (
	"context"
	"fmt"
	"image/color"
	"io"
	"sync/atomic"
	"time"

	"rabeg/internal/lab/phones"
	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/warelay"
)

// wound is the clock as the page turns it.
type wound struct{ w *world }

func (c wound) Now() time.Time { return c.w.clock.Now() }

func (c wound) Turn(text string) (time.Time, error) { return c.w.turn(text) }

// browse shows the phones and the desk to a browser, until end is called, and says where.
func (w *world) browse(ctx context.Context, out io.Writer) (end func(), err error) {
	watching, stop := context.WithCancel(ctx)
	var official *cloudapi.Server
	if w.meta != nil {
		official = w.meta.Server
	}
	page, err := phones.New(phones.Options{
		Profile: w.app.Profile, Store: w.app.Store, API: w.api, Desk: w.desk, Relay: w.relay, Office: w.office, Meta: official, Clock: wound{w},
		Faults: w.faults(), Fresh: freshID(),
		Photo: func() []byte {
			n := w.nth()
			return picture(color.RGBA{uint8(60 + n*37%150), uint8(70 + n*53%120), 90, 255}, n)
		},
		Tour: func(ani int64, budi phones.Pocket) []phones.Step {
			st := newStage(w, io.Discard, map[int64]string{})
			go st.watch(watching)
			return w.tour(newStory(st, ani, budi))
		},
	})
	if err != nil {
		stop()
		return nil, err
	}
	url, shut, err := page.Start(ctx)
	if err != nil {
		stop()
		return nil, err
	}
	_, _ = fmt.Fprintf(out, "Open this in a browser on this machine:\n\n  %s\n\n", url)
	return func() { stop(); shut() }, nil
}

// faults are what can go wrong here.
func (w *world) faults() []phones.Fault {
	all := []phones.Fault{
		{Key: "whatsapp", Name: phones.Words{ID: "WhatsApp tidak terjangkau", EN: "WhatsApp is away"},
			Tell: phones.Words{ID: "Bot tidak bisa membaca atau mengirim di sana; warga tetap bisa menulis.", EN: "The bot can neither read nor send there; people can still write."},
			On:   phones.Words{ID: "WhatsApp tidak terjangkau bagi bot. Pesan warga menunggu di jaringan, surat bot menunggu di basis data.", EN: "WhatsApp is away for the bot. What people write waits at the network, what the bot writes waits in the database."},
			Off:  phones.Words{ID: "WhatsApp terjangkau lagi.", EN: "WhatsApp is back."},
			Set:  func(_ context.Context, on bool) error { w.unreach(on); return nil }},
		{Key: "telegram", Name: phones.Words{ID: "Telegram tidak terjangkau", EN: "Telegram is away"},
			Tell: phones.Words{ID: "Bot tidak bisa membaca atau mengirim di sana, juga di meja.", EN: "The bot can neither read nor send there, nor at the desk."},
			On:   phones.Words{ID: "Telegram tidak terjangkau bagi bot. Pesan orang menunggu di jaringan, surat bot menunggu di basis data.", EN: "Telegram is away for the bot. What people write waits at the network, what the bot writes waits in the database."},
			Off:  phones.Words{ID: "Telegram terjangkau lagi.", EN: "Telegram is back."},
			Set:  func(_ context.Context, on bool) error { w.lines.telegram.set(on); return nil }},
		{Key: "killed", Name: phones.Words{ID: "Program dimatikan paksa", EN: "The program is killed"},
			Tell: phones.Words{ID: "Proses rabeg dihentikan dengan SIGKILL; saklar ini menyalakannya lagi.", EN: "The process of rabeg ends by SIGKILL; this switch starts it again."},
			On:   phones.Words{ID: "Program dimatikan dengan SIGKILL, di tengah apa pun yang sedang dikerjakannya.", EN: "The program was killed with SIGKILL, in the middle of whatever it did."},
			Off:  phones.Words{ID: "Program berjalan lagi dan melanjutkan dari basis data.", EN: "The program runs again and goes on from the database."},
			Set:  w.killed},
		w.twice(),
	}
	if w.stores.Cache != nil {
		all = append(all, phones.Fault{Key: "redis", Once: true, Name: phones.Words{ID: "Kosongkan Redis", EN: "Empty Redis"},
			Tell: phones.Words{ID: "Semua percakapan yang sedang berjalan hilang; laporan tidak.", EN: "Every conversation that is under way is lost; reports are not."},
			On:   phones.Words{ID: "Redis dikosongkan. Percakapan dimulai dari awal; laporan dan surat ada di basis data.", EN: "Redis was emptied. Conversations begin anew; reports and letters are in the database."},
			Set:  func(ctx context.Context, _ bool) error { return emptyRedis(ctx, w.stores.Redis) }})
	}
	return all
}

func (w *world) killed(ctx context.Context, on bool) error {
	if on {
		w.program.kill()
		return nil
	}
	return w.program.start(ctx)
}

// twice delivers all that comes in twice, on both networks.
func (w *world) twice() phones.Fault {
	double := w.doubles()
	return phones.Fault{Key: "twice", Name: phones.Words{ID: "Kiriman ganda", EN: "Delivered twice"},
		Tell: phones.Words{ID: "Setiap pesan dan ketukan sampai dua kali; bot harus menjawab sekali.", EN: "Every message and press arrives twice; the bot has to answer once."},
		On:   phones.Words{ID: "Mulai sekarang setiap pesan sampai dua kali.", EN: "From now on every message arrives twice."},
		Off:  phones.Words{ID: "Pesan sampai sekali lagi saja.", EN: "Messages arrive once again."},
		Set: func(_ context.Context, now bool) error {
			double(now)
			n := 0
			if now {
				n = -1
			}
			w.api.Duplicate(n)
			return nil
		}}
}

// doubles gives the switch by which the local WhatsApp delivers twice.
func (w *world) doubles() func(on bool) {
	if w.meta != nil {
		return func(on bool) { w.meta.Switch(cloudapi.Switches{Doubles: on}) }
	}
	var on atomic.Bool
	office := w.office.Phone()
	w.relay.Fault(func(s warelay.Stanza) warelay.Verdict {
		if on.Load() && !s.In && s.Phone == office && s.Tag == "message" && s.Device > 0 {
			return warelay.Verdict{Do: warelay.Duplicate}
		}
		return warelay.Verdict{}
	})
	return on.Store
}

// unreach cuts the way between the program and the local WhatsApp, or mends it.
func (w *world) unreach(cut bool) {
	w.lines.whatsapp.set(cut)
	if w.meta != nil {
		w.meta.cut(cut)
	}
}
