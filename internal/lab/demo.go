package lab

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// The people of the case.
const (
	citizenBase   = 1_000_000 // fresh citizens each run: the stores remember the earlier ones
	operatorID    = 2001
	coordinatorID = 2002
	leaderID      = 2003
)

// freshID is a citizen's number on the local Telegram that no earlier run had; the next nine are as fresh.
func freshID() int64 { return citizenBase + 10*(time.Now().Unix()-tryEpoch) }

// demo plays one case: told, filed, taken, answered, resolved. Every step is waited for; the first that does not come
// ends it with an error.
func (w *world) demo(ctx context.Context, out io.Writer) error {
	watching, stop := context.WithCancel(ctx)
	defer stop()
	aniID := freshID()
	st := newStage(w, out, map[int64]string{w.desk.ID(): "desk", aniID: "Ani"})
	budi, end, err := w.pocket(ctx, fmt.Sprintf("6281%09d", time.Now().Unix()-tryEpoch), "Budi")
	if err != nil {
		return fmt.Errorf("a phone: %w", err)
	}
	defer end()
	s := newStory(st, aniID, budi)
	go st.watch(watching)
	for i, step := range s.steps() {
		if step.chapter != "" {
			st.caughtUp(ctx)
			st.say("%s── %s ──", strings.Repeat("\n", min(i, 1)), step.chapter)
		}
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	st.caughtUp(ctx)
	st.say("\n── What is stored of the first case ──")
	return st.stored(ctx, s.code)
}

// number finds a report's number.
func (st *stage) number(text string) string {
	return regexp.MustCompile(st.w.app.Profile.Prefix + `-[0-9A-Z]{5}-[0-9A-Z]`).FindString(text)
}

// stored shows what the database holds of the case, and checks that it is what was told.
func (st *stage) stored(ctx context.Context, code string) error {
	store := st.w.app.Store
	r, err := store.ByCode(ctx, report.Code(code))
	if err != nil {
		return err
	}
	facts, err := store.Facts(ctx, r.ID)
	if err != nil {
		return err
	}
	st.say("%s · %s · %s · %s · %s, Kec. %s · %d photo", r.Code, r.Status, r.Category, r.Agency, r.Place.AreaName, r.Place.DistrictName, len(r.Photos))
	zone := st.w.app.Profile.Location()
	for _, f := range facts {
		st.say("  %2d  %s  %-9s %s", f.Seq, f.At.In(zone).Format("15:04:05"), f.What, oneLine(f.Words, 70))
	}
	photos := 0
	for _, f := range facts {
		for _, m := range f.Photos {
			if m.Network != bot.Store {
				return fmt.Errorf("a photo of fact %d was not kept", f.Seq)
			}
			st.say("  photo of fact %d: %s…, %d bytes", f.Seq, m.ID[:14], m.Size)
			photos++
		}
	}
	if r.Status != report.Closed || r.Verdict != report.Fixed || r.Agency == "" || photos != 3 || r.Place.Area == "" {
		return fmt.Errorf("the report is not as it was told: status %s, %d photos", r.Status, photos)
	}
	st.say("\nThe case is through: %d facts, every step told to the citizen.", len(facts))
	return nil
}

func oneLine(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}

// picture draws a small photo in shades of a colour; each nth has a look of its own, as photos have.
func picture(c color.RGBA, nth int) []byte {
	const side = 40
	img := image.NewRGBA(image.Rect(0, 0, 9*side, 8*side))
	seed := uint32(nth)*97 + uint32(c.R)
	for y := range 8 * side {
		for x := range 9 * side {
			cell := seed*2654435761 + uint32(x/side)*40503 + uint32(y/side)*2246822519
			cell ^= cell >> 15
			cell *= 2246822519
			shade := cell>>24&127 + 128
			img.Set(x, y, color.RGBA{uint8(uint32(c.R) * shade / 255), uint8(uint32(c.G) * shade / 255), uint8(uint32(c.B) * shade / 255), 255})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}
