package bot_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/bot/bottest"
)

var storedAt = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

// Whatever stands in an event, in any field of it, can be written down afterwards, and once is enough.
func TestEveryFieldOfAnEventCanBeWrittenDown(t *testing.T) {
	t.Parallel()
	for _, ev := range bottest.Odd() {
		got := bot.Storable(ev, storedAt)
		if err := bottest.Kept(got); err != nil {
			t.Errorf("%T %+.300v: %v", ev.Body, ev, err)
		}
		if again := bot.Storable(got, storedAt.Add(time.Hour)); !reflect.DeepEqual(again, got) {
			t.Errorf("%T: made storable twice it is %+.300v, once %+.300v", ev.Body, again, got)
		}
	}
}

// What is fine is left alone.
func TestWhatIsFineStaysAsItIs(t *testing.T) {
	t.Parallel()
	chat := bot.Address{Network: bot.Telegram, ID: "-7", Topic: "3"}
	ref := bot.MessageRef{Chat: chat, ID: "12/99@lid"}
	media := bot.MediaRef{Network: bot.WhatsApp, ID: "x_-.y", MIME: "image/jpeg; a=b", Size: 5}
	for _, body := range []bot.Body{
		bot.Text{Text: "lampu mati\n😀 مياه \t1"}, bot.Pick{Menu: "m", Choice: "c", Message: ref}, bot.Photo{Media: media, Caption: "a b", Album: "A"},
		bot.Location{Lat: -6.1, Lon: 106.1, Name: "Alun-alun", Address: "Jl. Veteran", Caption: "di sini"}, bot.Voice{Media: media, Seconds: 3},
		bot.Document{Media: media, Name: "surat warga.pdf"}, bot.Contact{Phone: "+62"}, bot.Left{}, bot.Joined{}, bot.Moved{To: chat},
		bot.Unsupported{Kind: "sticker"},
	} {
		ev := bot.Event{ID: "wa:1@lid/2@lid/3A", Chat: chat, Group: true, From: bot.Person{ID: "9", Name: "Bu Siti", Language: "id"}, At: storedAt, Ref: ref, ReplyTo: &ref, Edited: true, Body: body}
		if got := bot.Storable(ev, storedAt); !reflect.DeepEqual(got, ev) {
			t.Errorf("%T became %+v", body, got)
		}
	}
}

// What becomes of what cannot be kept.
func TestWhatCannotBeKept(t *testing.T) {
	t.Parallel()
	odd := bot.MessageRef{Chat: bot.Address{Network: bot.WhatsApp, ID: "1@lid"}, ID: "3EB0\x00AA/2@lid"}
	ev := bot.Storable(bot.Event{ID: "a b", Ref: odd, ReplyTo: &odd, ToBot: true, Body: bot.Text{Text: "lampu mati"}}, storedAt)
	same := bot.Storable(bot.Event{ID: "a b", Ref: odd, Body: bot.Text{Text: "x"}}, storedAt)
	switch {
	case ev.ReplyTo != nil || ev.ToBot:
		t.Errorf("it answers %v, of the bot: %v", ev.ReplyTo, ev.ToBot)
	case ev.Ref != same.Ref, ev.ID != same.ID:
		t.Errorf("an id became %v, then %v", ev.Ref, same.Ref)
	case ev.Body != bot.Text{Text: "lampu mati"}:
		t.Errorf("the words became %v", ev.Body)
	case !ev.At.Equal(storedAt):
		t.Errorf("without a time it is of %v", ev.At)
	}
	far := bot.MediaRef{ID: strings.Repeat("x", 5000)}
	for name, c := range map[string]struct{ body, want bot.Body }{
		"a pin that is no number": {bot.Location{Lat: math.NaN(), Lon: 106, Caption: "got mampet"}, bot.Location{Caption: "got mampet"}},
		"a pin beyond the earth":  {bot.Location{Lat: -6, Lon: math.Inf(1)}, bot.Location{}},
		"a photo of no name":      {bot.Photo{Media: far, Caption: "got mampet"}, bot.Text{Text: "got mampet"}},
		"the same without words":  {bot.Photo{Media: far}, bot.Unsupported{Kind: bot.Unreadable}},
		"nothing":                 {nil, bot.Unsupported{Kind: bot.Unreadable}},
		"words cut in a rune":     {bot.Text{Text: strings.Repeat("é", 200<<10)}, bot.Text{Text: strings.Repeat("é", 128<<10)}},
	} {
		if got := bot.Storable(bot.Event{Body: c.body}, storedAt).Body; got != c.want {
			t.Errorf("%s became %.200v", name, got)
		}
	}
	for _, at := range []time.Time{{}, time.Unix(0, 0), storedAt.AddDate(3, 0, 0), time.Unix(1<<60, 0)} {
		got := bot.Storable(bot.Event{At: at}, storedAt).At
		if _, err := json.Marshal(got); err != nil || !got.Equal(storedAt) {
			t.Errorf("%v became %v (%v)", at, got, err)
		}
	}
}
