package flowtest

import (
	"strings"
	"testing"

	"rabeg/bot"
)

// A reply to news that tells how it stands reaches the office, also where it thanks; mere thanks are answered, and a number that chooses
// nothing is asked about.
func TestRepliesToNews(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for words, want := range map[string]string{
		"alhamdulillah sudah bagus": "Saya tambahkan", "makasih pak jalannya udah mulus": "Saya tambahkan", "matur nuwun dalane wis apik": "Saya tambahkan", "belum pak masih bolong": "Saya tambahkan",
		"terima kasih": "Sama-sama", "mantap": "Sama-sama", "👍": "Sama-sama", "1": "tidak memilih apa pun", "②": "tidak memilih apa pun", "7.": "tidak memilih apa pun",
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			e := NewEngine(m, p)
			for _, says := range []string{"jalan rusak parah di kelurahan cipare", "kirim"} {
				if _, err := e.Say(bot.Event{Body: bot.Text{Text: says}}); err != nil {
					t.Fatal(err)
				}
			}
			e.Notice("Regu sudah menambal jalan pagi ini")
			news := e.sent[len(e.sent)-1].Ref
			if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}, ReplyTo: &news, ToBot: true}); err != nil {
				t.Fatal(err)
			}
			e.Flush()
			if got := e.sent[len(e.sent)-1].Message.Text; !strings.Contains(got, want) {
				t.Errorf("answered with %q", got)
			}
		})
	}
}
