package telegram

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"
)

const benchText = `{"update_id":100000001,"message":{"message_id":42,"from":{"id":1001,"is_bot":false,"first_name":"Budi",` +
	`"last_name":"Santoso","username":"budi","language_code":"id"},"chat":{"id":1001,"first_name":"Budi",` +
	`"last_name":"Santoso","username":"budi","type":"private"},"date":1790000000,` +
	`"text":"lampu jalan mati sejak kemarin di depan alun-alun"}}`

func BenchmarkDecode(b *testing.B) {
	me, now := self{id: 1, name: "rabeg_bot"}, time.Unix(1790000000, 0)
	b.Run("json and event", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			var u models.Update
			if err := json.Unmarshal([]byte(benchText), &u); err != nil {
				b.Fatal(err)
			}
			if _, unknown := decode(&u, me, now); unknown != "" {
				b.Fatal(unknown)
			}
		}
	})
	b.Run("event alone", func(b *testing.B) {
		var u models.Update
		if err := json.Unmarshal([]byte(benchText), &u); err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			if _, unknown := decode(&u, me, now); unknown != "" {
				b.Fatal(unknown)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	var room bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		list, err := render(chatAddress(1001, 0), sampleMenuMessage(), "Kirim lokasi")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := encode(&list[0].body, &room); err != nil {
			b.Fatal(err)
		}
	}
}
