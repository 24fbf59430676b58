package digest_test

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/digest"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// house is a memory store with the steps of conversations.
type house struct {
	*casetest.Memory
	steps []ledger.Footfall
}

func (h house) Footfalls(context.Context, time.Time, time.Time) ([]ledger.Footfall, error) {
	return h.steps, nil
}

var group = bot.Address{Network: bot.Telegram, ID: "-100500"}

// writer is a digest's writer in a city, at a time that the test moves.
func writer(t *testing.T, p *profile.Profile, h house, now *time.Time) (*digest.Writer, *media.Keeper) {
	t.Helper()
	blobs, err := media.OpenBlobs("file://" + t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k := media.NewKeeper(blobs)
	return &digest.Writer{Store: h, Office: func() *casework.Office { return &casework.Office{Profile: p, Desk: group} }, Keep: k.Keep,
		Now: func() time.Time { return *now }, Log: slog.New(slog.DiscardHandler)}, k
}

func fill(t *testing.T, h house, seed uint64, n int, from time.Time) {
	t.Helper()
	reports, facts := casetest.Lives(seed, n, from)
	for i, r := range reports {
		if err := h.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprint("f", i), Changes: []ledger.Change{ledger.Opened{Report: r, Facts: facts[i]}}}); err != nil {
			t.Fatal(err)
		}
	}
}

func enrol(t *testing.T, h house, id, agency string, role report.Role) {
	t.Helper()
	op := ledger.Operator{ID: id, Rev: 1, Name: "P", Agency: agency, Role: role, Approved: "telegram:1", Since: time.Now()}
	if err := h.Commit(t.Context(), ledger.Batch{Cause: "enrol" + id, Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}); err != nil {
		t.Fatal(err)
	}
}

// waiting are the letters that wait.
func waiting(t *testing.T, h house) []ledger.Letter {
	t.Helper()
	all, err := h.Waiting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// due are the timers that the store says are due.
func due(t *testing.T, h house, at time.Time) []ledger.Timer {
	t.Helper()
	all, err := h.Due(t.Context(), at, 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// On Monday at eight the coordinator and the leaders read the week, with a picture; the next digest is set. A leader of one office
// reads of that office besides, and the conversation's steps are the coordinator's alone.
func TestTheWeek(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, p.Location()) // a Wednesday
	h := house{Memory: casetest.NewMemory("CTH"), steps: []ledger.Footfall{
		{Network: bot.WhatsApp, Step: ledger.StepBegan, N: 40}, {Network: bot.WhatsApp, Step: ledger.StepFiled, N: 30}, {Network: bot.WhatsApp, Step: ledger.StepMessage, N: 84},
		{Network: bot.WhatsApp, Step: ledger.StepLost, N: 5}, {Network: bot.WhatsApp, Step: "asked:intake.place", N: 22}, {Network: bot.WhatsApp, Step: "answered:intake.place", N: 15},
		{Network: bot.WhatsApp, Step: "asked:intake.review", N: 33}, {Network: bot.WhatsApp, Step: "answered:intake.review", N: 30}, {Network: bot.Telegram, Step: ledger.StepBegan, N: 2}}}
	fill(t, h, 12, 300, time.Date(2026, 11, 4, 0, 0, 0, 0, p.Location()))
	enrol(t, h, "telegram:70", "", report.Leader)
	enrol(t, h, "whatsapp:62812@s", "DISHUB", report.Leader)
	enrol(t, h, "telegram:71", "DISHUB", report.Operator)
	w, keeper := writer(t, p, h, &now)
	for range 2 { // two programs begin
		if err := w.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if all := due(t, h, time.Date(2026, 11, 23, 7, 59, 0, 0, p.Location())); len(all) != 0 {
		t.Fatalf("due before eight: %v", all)
	}
	now = time.Date(2026, 11, 23, 8, 0, 20, 0, p.Location())
	all := due(t, h, now)
	if len(all) != 1 || all[0].Kind != ledger.DigestTimer {
		t.Fatalf("due at eight: %v", all)
	}
	for range 2 { // and it is found twice
		if err := w.Timer(t.Context(), all[0]); err != nil {
			t.Fatal(err)
		}
	}
	letters := waiting(t, h)
	if len(letters) != 3 {
		t.Fatalf("%d letters", len(letters))
	}
	for i, want := range []string{"telegram:-100500", "telegram:70", "whatsapp:62812@s"} {
		l := letters[i]
		if l.To.String() != want || l.Desk != (i == 0) || len(l.Message.Photos) != 1 || !l.Hold.IsZero() {
			t.Errorf("letter %d is %+v", i, l)
		}
		text := l.Message.Text
		if !strings.Contains(text, "16–22 November 2026") || !strings.Contains(text, "Dijawab tepat waktu") || !strings.Contains(text, "Ukuran LAPOR") || !strings.Contains(text, "Sepekan sebelumnya") {
			t.Errorf("letter %d says\n%s", i, text)
		}
		if strings.Contains(text, "Percakapan warga") != (i == 0) || strings.Contains(text, bot.Bold("Dishub")) != (i == 2) {
			t.Errorf("letter %d says\n%s", i, text)
		}
	}
	const steps = "WhatsApp: 40 mulai, 30 terkirim, 2,8 pesan per laporan, 5 pesan tidak dipahami; berhenti di “di mana” 7 dari 22, “kirim atau ubah” 3 dari 33"
	if !strings.Contains(letters[0].Message.Text, steps) {
		t.Errorf("of the conversation it says\n%s", letters[0].Message.Text)
	}
	r, err := keeper.Open(t.Context(), letters[0].Message.Photos[0])
	if err != nil {
		t.Fatal(err)
	}
	data, _ := io.ReadAll(r)
	if dir := os.Getenv("PICTURES"); dir != "" {
		_ = os.WriteFile(dir+"/week.jpg", data, 0o600)
		_ = os.WriteFile(dir+"/week.txt", []byte(letters[0].Message.Text), 0o600)
	}
	if m, err := jpeg.Decode(bytes.NewReader(data)); err != nil || m.Bounds().Dx() != 1080 {
		t.Errorf("no picture: %v", err)
	}
	if all := due(t, h, time.Date(2026, 11, 30, 8, 0, 0, 0, p.Location())); len(all) != 1 || len(due(t, h, now.AddDate(0, 0, 6))) != 0 {
		t.Errorf("the next is %v", all)
	}
}

// A program that slept for weeks writes the last week alone, and wakes nobody at night; the first Monday of a month brings the map.
func TestAfterALongSleep(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 10, 7, 12, 0, 0, 0, p.Location())
	h := house{Memory: casetest.NewMemory("CTH")}
	enrol(t, h, "telegram:70", "", report.Leader)
	w, _ := writer(t, p, h, &now)
	if err := w.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = time.Date(2026, 12, 9, 2, 30, 0, 0, p.Location()) // a Wednesday night: Monday was the 7th
	for _, timer := range due(t, h, now) {
		if err := w.Timer(t.Context(), timer); err != nil {
			t.Fatal(err)
		}
	}
	letters := waiting(t, h)
	if len(letters) != 4 {
		t.Fatalf("%d letters", len(letters))
	}
	for i, want := range []string{"30 November – 6 Desember 2026", "30 November – 6 Desember 2026", "November 2026: 0 laporan", "November 2026: 0 laporan"} {
		l := letters[i]
		if !strings.Contains(l.Message.Text, want) || len(l.Message.Photos) != 1 || l.Hold.In(p.Location()).Format("2 15:04") != "9 08:00" {
			t.Errorf("letter %d, held until %v: %s", i, l.Hold, l.Message.Text)
		}
	}
	if all := due(t, h, time.Date(2026, 12, 14, 8, 0, 0, 0, p.Location())); len(all) != 1 {
		t.Errorf("the next is %v", all)
	}
}

// The map of a month comes with the digest of the first Monday that is written in it: a program that was off over that Monday writes it with the
// next, and one that was not writes none twice.
func TestTheMapOfAMonthIsNotLost(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	at := func(month time.Month, day int) time.Time {
		return time.Date(2026, month, day, 12, 0, 0, 0, p.Location())
	}
	now := at(time.October, 28)
	h := house{Memory: casetest.NewMemory("CTH")}
	w, _ := writer(t, p, h, &now)
	if err := w.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now  time.Time
		maps string // what waits to be sent then
	}{
		{at(time.November, 10), "Oktober 2026"}, // off since October: the first Monday was the 2nd, the last one the 9th
		{at(time.November, 16), "Oktober 2026"},
		{at(time.December, 7), "November 2026"}, // in place of the one that waits
		{at(time.December, 14), "November 2026"},
	} {
		now = c.now
		for _, timer := range due(t, h, now) {
			if err := w.Timer(t.Context(), timer); err != nil {
				t.Fatal(err)
			}
		}
		var maps []string
		for _, l := range waiting(t, h) {
			if _, name, ok := strings.Cut(l.Message.Text, "Peta laporan Kota Serang"); ok {
				name, _, _ = strings.Cut(strings.TrimLeft(bot.Unmark(name), "*, "), ":")
				maps = append(maps, name)
			}
		}
		if got := strings.Join(maps, ", "); got != c.maps {
			t.Errorf("until %s: the maps of %s, want %s", c.now.Format(time.DateOnly), got, c.maps)
		}
	}
}

// A report at an office that has few, which nobody may recognise, stands in no picture and no line that goes around.
func TestFewSecretReportsStandNowhere(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, p.Location())
	h := house{Memory: casetest.NewMemory("CTH")}
	w, _ := writer(t, p, h, &now)
	if err := w.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := report.Report{ID: 5, Code: "CTH-5", Draft: report.Draft{Visibility: report.Confidential}}
	facts := []report.Fact{{Report: 5, Seq: 1, At: now.AddDate(0, 0, -3), What: report.WasFiled, Category: "bantuan", Agency: "KESRA"}, {Report: 5, Seq: 2, At: now.AddDate(0, 0, -3), What: report.WasAssigned, Agency: "KESRA"}}
	r = report.Fold(r, facts)
	if err := h.Commit(t.Context(), ledger.Batch{Cause: "f", Changes: []ledger.Change{ledger.Opened{Report: r, Facts: facts}}}); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 7)
	for _, timer := range due(t, h, now) {
		if err := w.Timer(t.Context(), timer); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range waiting(t, h) {
		if strings.Contains(l.Message.Text, "KESRA") || strings.Contains(l.Message.Text, "Kesra") {
			t.Errorf("it says\n%s", l.Message.Text)
		}
	}
}
