package exchange

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
	"rabeg/internal/sp4n"
)

const (
	lostText    = "Berkasnya tidak bisa saya ambil lagi. Kirim sekali lagi, lalu pilih Impor."
	changedText = "Berkas itu bukan yang tadi dilihat; tidak ada yang disimpan. Kirim berkasnya sekali lagi."
)

// ErrGone is what a fetch answers where the network has the file no more.
var ErrGone = errors.New("the file is gone")

// Sheet does what a coordinator wants of a file that was sent to a chat: it tells what it would bring, with a button, or brings it in and
// tells what it has brought. It may be done again: the answer is written once.
func (c *Clerk) Sheet(ctx context.Context, s ledger.Sheet, at time.Time, fetch func(context.Context) ([]byte, error)) error {
	m, intent, err := c.sheet(ctx, s, at, fetch)
	if err != nil {
		return err
	}
	l := ledger.Letter{Key: "sheet:" + s.Run, To: s.Chat, Purpose: ledger.ToDesk, Intent: intent, Message: m}
	if s.Alone {
		l.Intent = casework.AloneIntent + intent
	}
	err = c.Store.Commit(ctx, ledger.Batch{Cause: l.Key, At: at, Letters: []ledger.Letter{l}})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		return fmt.Errorf("tell of a file: %w", err)
	}
	return nil
}

func (c *Clerk) sheet(ctx context.Context, s ledger.Sheet, at time.Time, fetch func(context.Context) ([]byte, error)) (m bot.Message, intent string, err error) {
	file, err := fetch(ctx)
	switch {
	case errors.Is(err, ErrGone):
		return bot.Message{Text: lostText}, "", nil
	case err != nil:
		return m, "", fmt.Errorf("fetch a file: %w", err)
	}
	sum := sha256.Sum256(file)
	hash := hex.EncodeToString(sum[:])
	if s.Hash != "" && s.Hash != hash {
		return bot.Message{Text: changedText}, "", nil
	}
	got, err := c.Take(ctx, Order{File: file, AsOf: s.AsOf, Run: s.Run, At: at, Apart: s.Apart, Look: s.Hash == ""})
	if f, ok := errors.AsType[*sp4n.Fault](err); ok {
		return bot.Message{Text: f.Words}, "", nil
	}
	if err != nil {
		return m, "", err
	}
	v := say.For(c.Office().Profile, "id")
	if s.Hash != "" {
		return bot.Message{Text: got.done(v)}, "", nil
	}
	if got.Fresh+got.Moved+len(got.Doubles) == 0 {
		return bot.Message{Text: got.summary(v, "Tidak ada yang perlu diimpor.")}, "", nil
	}
	s.Hash = hash
	menu := casework.SheetMenu("1", len(got.Doubles) > 0)
	return bot.Message{Text: got.summary(v, "Belum ada yang disimpan. Impor?"), Menu: &menu}, casework.SheetShown(s, len(got.Doubles) > 0), nil
}

// summary tells what a file would bring.
func (r Result) summary(v say.Voice, end string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "📄 %s, keadaan per %s: %d laporan.\n", bot.Bold("Laporan Ringkas LAPOR!"), v.LongDay(r.AsOf), r.Rows)
	if !r.Dated {
		b.WriteString("Berkasnya tidak bertanggal, jadi dipakai tanggal laporan terbarunya. Tahu tanggal unduhnya? Kirim lagi dengan keterangan: per 20-11-2026.\n")
	}
	fmt.Fprintf(&b, "• Baru: %d (%d masih terbuka, jadi kartu)\n• Berubah: %d\n• Tetap: %d\n", r.Fresh+len(r.Doubles)+r.Twins, r.Open, r.Moved, r.Same)
	if r.Older > 0 {
		fmt.Fprintf(&b, "• Sudah ada kabar yang lebih baru: %d, tidak diubah\n", r.Older)
	}
	b.WriteString(r.doubles() + r.odd())
	return strings.TrimSpace(b.String()) + "\n\n" + end
}

// done tells what a file has brought.
func (r Result) done(v say.Voice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "✅ Selesai diimpor (per %s): %d baru, %d berubah, %d tetap", v.LongDay(r.AsOf), r.Fresh, r.Moved, r.Same)
	if r.Older > 0 {
		fmt.Fprintf(&b, ", %d tidak diubah karena sudah ada kabar yang lebih baru", r.Older)
	}
	b.WriteString(".\n" + r.doubles() + r.odd())
	return strings.TrimSpace(b.String())
}

const shownFew = 5

func (r Result) doubles() string {
	if len(r.Doubles) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "• Sepertinya sudah ada di sini: %d\n", len(r.Doubles)+r.Twins)
	for _, d := range r.Doubles[:min(len(r.Doubles), shownFew)] {
		fmt.Fprintf(&b, "   %s = %s (%s)\n", d.Tracking, d.Code, d.Why)
	}
	return b.String()
}

func (r Result) odd() string {
	var b strings.Builder
	for _, u := range r.Unknown[:min(len(r.Unknown), shownFew)] {
		fmt.Fprintf(&b, "⚠️ Status belum dikenal: “%s” (%d laporan)\n", say.Clip(u.Word, 60), u.Rows)
	}
	if n := len(r.Refused) + r.More; n > 0 {
		fmt.Fprintf(&b, "⚠️ Tidak terbaca: %d baris. Baris %d: %s\n", n, r.Refused[0].Line, r.Refused[0].Why)
	}
	return b.String()
}
