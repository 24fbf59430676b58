package telegram_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	library "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"rabeg/bot"
	"rabeg/bot/telegram"
)

// benchAnswer is what Telegram answers to sendMessage.
const benchAnswer = `{"ok":true,"result":{"message_id":123456,"from":{"id":123456,"is_bot":true,"first_name":"Rabeg",` +
	`"username":"rabeg_bot"},"chat":{"id":1001,"first_name":"Budi","type":"private"},"date":1790000000,` +
	`"text":"Periksa dulu, ya. Kategori: lampu jalan. Tempat: Jl. Veteran, Kec. Serang. Sudah benar?"}}`

var benchMessage = bot.Message{
	Text: "Periksa dulu, ya. Kategori: " + bot.Bold("lampu jalan") + ". Tempat: Jl. Veteran, Kec. Serang. Sudah benar?",
	Menu: &bot.Menu{ID: "review-17", Choices: []bot.Choice{
		{ID: "send", Label: "Kirim"}, {ID: "edit", Label: "Ubah"}, {ID: "cancel", Label: "Batal"}}},
}

func benchServer(b *testing.B) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, benchAnswer)
	}))
	b.Cleanup(s.Close)
	return s
}

// cpu is the processor time of this process so far: of the client and of the server in it.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// parallel64 runs f from 64 goroutines, as the outbox does, and reports processor time per call.
func parallel64(b *testing.B, f func(n int64) error) {
	var n atomic.Int64
	var wg sync.WaitGroup
	b.ReportAllocs()
	b.ResetTimer()
	begin := cpu()
	for range 64 {
		wg.Go(func() {
			for {
				i := n.Add(1)
				if i > int64(b.N) {
					return
				}
				if err := f(i); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((cpu()-begin).Microseconds())/float64(b.N), "cpu-µs/op")
}

func BenchmarkSend(b *testing.B) {
	s := benchServer(b)
	c := opened(b, telegram.Options{Token: "1:a", APIURL: s.URL})
	to := bot.Address{Network: bot.Telegram, ID: "1001"}
	parallel64(b, func(n int64) error {
		_, err := c.Send(context.Background(), to, "k", benchMessage)
		return err
	})
}

// BenchmarkLibrarySend is the same message through the library's own method, for comparison.
func BenchmarkLibrarySend(b *testing.B) {
	s := benchServer(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128}}
	b.Cleanup(client.CloseIdleConnections)
	l, err := library.New("1:a", library.WithServerURL(s.URL), library.WithSkipGetMe(), library.WithHTTPClient(0, client))
	if err != nil {
		b.Fatal(err)
	}
	text, _ := bot.Spans(benchMessage.Text)
	var row []models.InlineKeyboardButton
	for _, c := range benchMessage.Menu.Choices {
		row = append(row, models.InlineKeyboardButton{Text: c.Label, CallbackData: "review-17|" + c.ID})
	}
	parallel64(b, func(int64) error {
		_, err := l.SendMessage(context.Background(), &library.SendMessageParams{
			ChatID: int64(1001), Text: text,
			Entities:    []models.MessageEntity{{Type: models.MessageEntityTypeBold, Offset: 28, Length: 11}},
			ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{row}},
		})
		return err
	})
}

// BenchmarkRawPost is the floor: the same bytes through net/http alone, with nothing rendered or read.
func BenchmarkRawPost(b *testing.B) {
	s := benchServer(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 128, DisableCompression: true}}
	b.Cleanup(client.CloseIdleConnections)
	body := `{"chat_id":1001,"text":"` + strings.Repeat("x", 300) + `"}`
	parallel64(b, func(int64) error {
		resp, err := client.Post(s.URL+"/bot1:a/sendMessage", "application/json", strings.NewReader(body))
		if err != nil {
			return err
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.Body.Close()
	})
}

// BenchmarkReceive polls b.N updates of 200 chats from a server that has them ready, with a handler that takes 5 ms, as
// a commit does.
func BenchmarkReceive(b *testing.B) {
	for _, took := range []time.Duration{0, 5 * time.Millisecond} {
		b.Run(fmt.Sprint("handler ", took), func(b *testing.B) {
			s := httptest.NewServer(ready(b.N))
			b.Cleanup(s.Close)
			c, err := telegram.New(telegram.Options{Token: "1:a", APIURL: s.URL})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(c.Close)
			ctx, stop := context.WithCancel(context.Background())
			var n atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			begin := cpu()
			err = c.Run(ctx, func(context.Context, bot.Event) error {
				if took > 0 {
					<-time.After(took)
				}
				if n.Add(1) == int64(b.N) {
					stop()
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64((cpu()-begin).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

// ready answers getUpdates from a list of n updates, and everything else with true.
func ready(n int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var ask struct{ Offset, Limit int }
		_ = json.NewDecoder(r.Body).Decode(&ask)
		if !strings.HasSuffix(r.URL.Path, "/getUpdates") {
			_, _ = io.WriteString(w, `{"ok":true,"result":{"id":1}}`)
			return
		}
		var b strings.Builder
		b.WriteString(`{"ok":true,"result":[`)
		for i, id := 0, max(ask.Offset, 1); i < ask.Limit && id <= n; i, id = i+1, id+1 {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, benchUpdate, id, id, 1000+id%200, 1000+id%200)
		}
		b.WriteString(`]}`)
		_, _ = io.WriteString(w, b.String())
	})
}

const benchUpdate = `{"update_id":%d,"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Budi",` +
	`"last_name":"Santoso","username":"budi","language_code":"id"},"chat":{"id":%d,"first_name":"Budi",` +
	`"last_name":"Santoso","username":"budi","type":"private"},"date":1790000000,` +
	`"text":"lampu jalan mati sejak kemarin di depan alun-alun"}}`
