package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

// The most that is kept of what an event brings, in bytes. The longest message of any network is far shorter; an id has to
// fit into the index of a table.
const (
	maxWords = 256 << 10
	maxName  = 1 << 10
	maxID    = 1 << 10
	maxFile  = 2 << 10 // the id of a file
)

// Unreadable is the Kind of what cannot be read, or cannot be written down: Unsupported{Kind: Unreadable}.
const Unreadable = "unreadable"

// EditUnseen is the Kind of a change to a message whose new words the network does not tell; TooLarge that of a file that the network
// itself does not hand out, for its size.
const (
	EditUnseen = "edit"
	TooLarge   = "too_large"
)

// Storable gives the event in a form that can be written down and read back as it is, whatever came from the network: as
// JSON, in the columns of a table, in an index. An event that cannot be written would come again for ever. Every channel
// passes each event through it, as the last step of decoding; what is fine stays as it is, and what was made storable
// stays so. now is the time for an event that says none, or an absurd one.
//
// Words lose what cannot be kept. An id that cannot be kept becomes another one, the same each time; an answer to such a
// message is an answer to none. A pin that is no place becomes the pin 0, 0, which is none on earth either. A file that
// could never be fetched leaves its words, or an Unsupported.
func Storable(ev Event, now time.Time) Event {
	ev.ID = EventID(keptID(string(ev.ID), maxID))
	ev.Chat = keptAddress(ev.Chat)
	ev.From.ID, ev.From.Name = keptID(ev.From.ID, maxID), kept(ev.From.Name, maxName)
	ev.From.Language = kept(ev.From.Language, maxName)
	ev.At = keptTime(ev.At, now)
	ev.Ref = keptRef(ev.Ref)
	if ev.ReplyTo != nil {
		if asked := *ev.ReplyTo; keptRef(asked) != asked {
			ev.ReplyTo, ev.ToBot = nil, false
		}
	}
	ev.Body = keptBody(ev.Body)
	return ev
}

// StorableReceipt is to a receipt what Storable is to an event. ok is false when it names a message that no table can be asked for: it is
// of none of ours.
func StorableReceipt(r Receipt, now time.Time) (_ Receipt, ok bool) {
	if r.Ref.Zero() || keptRef(r.Ref) != r.Ref {
		return r, false
	}
	if kept(r.Key, maxID) != r.Key {
		r.Key = ""
	}
	r.At = keptTime(r.At, now)
	return r, true
}

func keptBody(b Body) Body {
	switch b := b.(type) {
	case Text:
		return Text{Text: kept(b.Text, maxWords)}
	case Pick:
		b.Menu, b.Choice, b.Message = keptID(b.Menu, maxID), keptID(b.Choice, maxID), keptRef(b.Message)
		return b
	case Location:
		b.Name, b.Address, b.Caption = kept(b.Name, maxName), kept(b.Address, maxName), kept(b.Caption, maxWords)
		if !degrees(b.Lat, 90) || !degrees(b.Lon, 180) {
			b.Lat, b.Lon = 0, 0
		}
		return b
	case Photo:
		b.Caption, b.Album = kept(b.Caption, maxWords), keptID(b.Album, maxID)
		var ok bool
		if b.Media, ok = keptMedia(b.Media); !ok {
			return without(b.Caption)
		}
		return b
	case Voice:
		b.Caption, b.Seconds = kept(b.Caption, maxWords), max(b.Seconds, 0)
		var ok bool
		if b.Media, ok = keptMedia(b.Media); !ok {
			return without(b.Caption)
		}
		return b
	case Document:
		b.Name, b.Caption, b.Album = kept(b.Name, maxName), kept(b.Caption, maxWords), keptID(b.Album, maxID)
		var ok bool
		if b.Media, ok = keptMedia(b.Media); !ok {
			return without(b.Caption)
		}
		return b
	case Contact:
		return Contact{Phone: kept(b.Phone, maxName)}
	case Moved:
		return Moved{To: keptAddress(b.To)}
	case Unsupported:
		return Unsupported{Kind: kept(b.Kind, maxName)}
	case nil:
		return Unsupported{Kind: Unreadable}
	default:
		return keptOther(b)
	}
}

// keptOther is any other body, and one that comes to be: its texts are kept as texts, and those called ID as ids.
func keptOther(b Body) Body {
	v := reflect.New(reflect.TypeOf(b)).Elem()
	v.Set(reflect.ValueOf(b))
	keepTexts(v, false)
	if whole, ok := reflect.TypeAssert[Body](v); ok {
		return whole
	}
	return b
}

func keepTexts(v reflect.Value, id bool) {
	switch v.Kind() {
	case reflect.String:
		if id {
			v.SetString(keptID(v.String(), maxID))
			return
		}
		v.SetString(kept(v.String(), maxName))
	case reflect.Struct:
		for f, part := range v.Fields() {
			keepTexts(part, f.Name == "ID")
		}
	default: // numbers and signs
	}
}

// without is what is left of a message whose file is not to be had.
func without(words string) Body {
	if words == "" {
		return Unsupported{Kind: Unreadable}
	}
	return Text{Text: words}
}

// keepable reports whether a text can be kept as it is.
func keepable(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// kept is as much of a text as can be kept.
func kept(s string, most int) string {
	if keepable(s) && len(s) <= most {
		return s
	}
	if len(s) > most {
		s = s[:most] // the rune that is cut off is not valid any more, and goes
		for len(s) > 0 {
			if r, n := utf8.DecodeLastRuneInString(s); r != utf8.RuneError || n > 1 {
				break
			}
			s = s[:len(s)-1]
		}
	}
	return Clean(s)
}

// keptID is an id, or another one in its place when it is too long or holds anything but what can be seen. Ids stand in
// lists with a space between them.
func keptID(id string, most int) string {
	if fineID(id, most) {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "odd-" + hex.EncodeToString(sum[:12])
}

// FineID reports whether an id can be written down, and a table be asked for it, as it is.
func FineID(id string) bool { return fineID(id, maxID) }

func fineID(id string, most int) bool {
	if len(id) > most || !utf8.ValidString(id) {
		return false
	}
	for i := range len(id) {
		if id[i] <= ' ' || id[i] == 0x7f {
			return false
		}
	}
	return true
}

func keptAddress(a Address) Address {
	return Address{
		Network: Network(keptID(string(a.Network), maxID)), ID: keptID(a.ID, maxID), Topic: keptID(a.Topic, maxID),
	}
}

func keptRef(r MessageRef) MessageRef {
	return MessageRef{Chat: keptAddress(r.Chat), ID: keptID(r.ID, maxID)}
}

// keptMedia is a file's reference; ok is false when its id cannot be kept: another id would name no file.
func keptMedia(m MediaRef) (_ MediaRef, ok bool) {
	if keptID(m.ID, maxFile) != m.ID {
		return MediaRef{}, false
	}
	m.Network, m.MIME, m.Size = Network(keptID(string(m.Network), maxID)), kept(m.MIME, maxName), max(m.Size, 0)
	return m, true
}

func degrees(x, most float64) bool { return !math.IsNaN(x) && math.Abs(x) <= most }

// The networks are younger than dawn. A clock may be wrong, but not by years.
const (
	dawn    = 2009
	clockBy = 366 * 24 * time.Hour
)

// keptTime is a time that can be kept, to the nanosecond, in UTC.
func keptTime(at, now time.Time) time.Time {
	if at.Year() < dawn || at.Sub(now) > clockBy {
		return now.UTC().Round(0)
	}
	return at.UTC().Round(0)
}
