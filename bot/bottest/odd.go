package bottest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"rabeg/bot"
)

// Odd are events with something in them that cannot be written down, in each field in turn: what a broken or a hostile
// phone could send.
func Odd() []bot.Event {
	var all []bot.Event
	for _, body := range []bot.Body{
		bot.Text{}, bot.Pick{}, bot.Location{}, bot.Photo{}, bot.Voice{}, bot.Document{}, bot.Contact{}, bot.Left{},
		bot.Joined{}, bot.Moved{}, bot.Woken{}, bot.Unsupported{}, nil,
	} {
		ev := bot.Event{ID: "e", Body: body, ReplyTo: &bot.MessageRef{ID: "r"}}
		all = append(all, ev)
		for n := 0; ; n++ {
			spoilt, more := spoil(ev, n)
			if !more {
				break
			}
			all = append(all, spoilt...)
		}
	}
	return all
}

// spoil puts odd values into the nth field of an event; false when it has not so many.
func spoil(ev bot.Event, n int) (all []bot.Event, more bool) {
	for _, odd := range []any{
		"a\x00b", "\xff\xfe", "\xed\xa0\xbd", "a b\n", strings.Repeat("x", 300<<10), strings.Repeat("é", 150<<10), "\u202e\ue000",
		math.NaN(), math.Inf(1), math.Inf(-1), 1e300, int64(math.MinInt64), int64(math.MaxInt64),
		time.Unix(1<<60, 0), time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
	} {
		next := ev
		reply := *ev.ReplyTo
		next.ReplyTo = &reply
		left := n
		done := set(reflect.ValueOf(&next).Elem(), reflect.ValueOf(odd), &left)
		more = more || left < 0
		if done {
			all = append(all, next)
		}
	}
	return all, more
}

// set puts a value into the leaf that is left leaves away, if it fits there. left is below zero when there is such a leaf.
func set(v, odd reflect.Value, left *int) (done bool) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return set(v.Elem(), odd, left)
	case v.Kind() == reflect.Interface && !v.IsNil():
		inner := reflect.New(v.Elem().Type()).Elem()
		inner.Set(v.Elem())
		done = set(inner, odd, left)
		v.Set(inner)
		return done
	case v.Kind() == reflect.Struct:
		for _, f := range v.Fields() {
			if set(f, odd, left) {
				return true
			}
			if *left < 0 {
				return false
			}
		}
		return false
	}
	*left--
	if *left >= 0 || v.Kind() == reflect.Interface {
		return false
	}
	fits := v.Kind() == odd.Kind() || v.CanInt() && odd.CanInt()
	if fits && (v.Kind() != reflect.Struct || v.Type() == odd.Type()) {
		v.Set(odd.Convert(v.Type()))
		return true
	}
	return false
}

// Kept is nil when an event can be written down: as JSON that gives the same event back, and each text of it in a column.
func Kept(ev bot.Event) error {
	if ev.Body == nil {
		return errors.New("it has no body")
	}
	raw, err := json.Marshal(ev)
	if err != nil {
		return err
	}
	if strings.Contains(string(raw), `\u0000`) {
		return errors.New("it holds a NUL")
	}
	back := reflect.New(reflect.TypeOf(ev.Body))
	var doc struct{ Body json.RawMessage }
	if err = json.Unmarshal(raw, &doc); err == nil {
		err = json.Unmarshal(doc.Body, back.Interface())
	}
	if err != nil {
		return err
	}
	if got := back.Elem().Interface(); got != any(ev.Body) {
		return fmt.Errorf("read back it is %+.200v", got)
	}
	if y := ev.At.Year(); y < 2000 || y > 9999 {
		return fmt.Errorf("it is of the year %d", y)
	}
	for _, id := range []string{string(ev.ID), ev.Chat.String(), ev.From.ID, ev.Ref.ID} {
		if len(id) > 2600 || strings.ContainsAny(id, " \n") {
			return fmt.Errorf("no id: %.100q", id)
		}
	}
	return keptTexts(reflect.ValueOf(ev))
}

func keptTexts(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			return fmt.Errorf("no column takes %.100q", s)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return keptTexts(v.Elem())
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		for _, f := range v.Fields() {
			if err := keptTexts(f); err != nil {
				return err
			}
		}
	default:
		// numbers and signs
	}
	return nil
}
