package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// cpu is the time this process has computed, user and system together.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkDelivery: people write, a bot takes the updates by long poll. One operation is one update.
func BenchmarkDelivery(b *testing.B) {
	s := New(Options{})
	if err := s.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	people := make([]*Person, 200)
	for i := range people {
		people[i] = s.Person(int64(i+1), "P")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	from := cpu()
	b.ResetTimer()
	go func() {
		for i := 0; i < b.N && ctx.Err() == nil; i++ {
			_, _ = people[i%len(people)].Text("lampu jalan mati sejak kemarin malam")
		}
	}()
	offset := int64(0)
	for seen := 0; seen < b.N; {
		resp, err := http.Get(s.URL() + "/bot" + s.Token() + "/getUpdates?timeout=10&offset=" + strconv.FormatInt(offset, 10))
		if err != nil {
			b.Fatal(err)
		}
		var got struct {
			Result []struct {
				ID int64 `json:"update_id"`
			} `json:"result"`
		}
		if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
			b.Fatal(err)
		}
		_ = resp.Body.Close()
		if n := len(got.Result); n > 0 {
			seen += n
			offset = got.Result[n-1].ID + 1
		}
	}
	b.ReportMetric(float64((cpu()-from).Microseconds())/float64(b.N), "cpu-µs/op")
}

// sendBody is what the product's library sends for one message.
func sendBody(b *testing.B, chat int64) ([]byte, string) {
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for _, f := range [][2]string{
		{"chat_id", strconv.FormatInt(chat, 10)}, {"text", "Baik, sudah saya catat. Di mana tempatnya?"},
		{"reply_markup", `{"inline_keyboard":[[{"text":"Lewati","callback_data":"skip:1","copy_text":{"text":""}}]]}`},
	} {
		if err := m.WriteField(f[0], f[1]); err != nil {
			b.Fatal(err)
		}
	}
	_ = m.Close()
	return body.Bytes(), m.FormDataContentType()
}

// BenchmarkSend: messages by 16 connections. One operation is one sendMessage; the client's own cost is in it.
func BenchmarkSend(b *testing.B) {
	s := New(Options{})
	if err := s.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	tr := &http.Transport{MaxIdleConnsPerHost: 16}
	client := &http.Client{Transport: tr}
	defer tr.CloseIdleConnections()
	var done atomic.Int64
	from := cpu()
	b.ResetTimer()
	var all sync.WaitGroup
	for i := range 16 {
		p := s.Person(int64(i+1), "P")
		if _, err := p.Text("halo"); err != nil {
			b.Fatal(err)
		}
		body, kind := sendBody(b, p.ID())
		all.Go(func() {
			for done.Add(1) <= int64(b.N) {
				resp, err := client.Post(s.URL()+"/bot"+s.Token()+"/sendMessage", kind, bytes.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64((cpu()-from).Microseconds())/float64(b.N), "cpu-µs/op")
}

// discard is a response that goes nowhere.
type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

// BenchmarkHandler: sendMessage without the network, the server's own share.
func BenchmarkHandler(b *testing.B) {
	s := New(Options{})
	defer s.Close()
	if _, err := s.Person(1, "P").Text("halo"); err != nil {
		b.Fatal(err)
	}
	body, kind := sendBody(b, 1)
	b.ReportAllocs()
	for b.Loop() {
		r, err := http.NewRequest(http.MethodPost, "/bot"+s.Token()+"/sendMessage", bytes.NewReader(body))
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Content-Type", kind)
		s.ServeHTTP(discard{http.Header{}}, r)
	}
	if st := s.Stats(); st.Messages < b.N {
		b.Fatalf("%d of %d sent", st.Messages, b.N)
	}
}
