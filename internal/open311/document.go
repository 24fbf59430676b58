package open311

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"
	"time"
)

// Format is how a document is written.
type Format string

// The formats, by the ending of an address.
const (
	XML  Format = "xml"
	JSON Format = "json"
)

// mime is the content type of a format.
func (f Format) mime() string {
	if f == JSON {
		return "application/json; charset=utf-8"
	}
	return "text/xml; charset=utf-8"
}

// A document is made once and written in either format, so that both say the same. A value is a string, bool, int, float64, time.Time,
// list, object, words, or nil for what is not known: an empty element in XML, null in JSON.
type (
	field struct {
		name  string
		value any
	}
	object []field
	// list is a sequence: in XML each item is an element of that name, in JSON the list is a bare array.
	list struct {
		item  string
		items []any
	}
	// words are several words: in XML and JSON one text with commas between.
	words []string
)

// document is an answer: in XML under an element root, in JSON bare.
type document struct {
	root  string
	value any
	// next is where the list goes on; "" where it says nothing of that. It stands in a header: the standard has no place for it.
	next string
}

// stamp is a time as the field's readers take it: with a zone, without fractions of seconds.
func stamp(t time.Time, in *time.Location) any {
	if t.IsZero() {
		return nil
	}
	return t.In(in).Format("2006-01-02T15:04:05-07:00")
}

// orNil is a text, or nil where it is empty.
func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// write writes a document.
func (d document) write(f Format) []byte {
	var b bytes.Buffer
	if f == JSON {
		writeJSON(&b, d.value)
		b.WriteByte('\n')
		return b.Bytes()
	}
	b.WriteString(xml.Header)
	writeXML(&b, d.root, d.value)
	b.WriteByte('\n')
	return b.Bytes()
}

func writeXML(b *bytes.Buffer, name string, v any) {
	b.WriteString("<" + name + ">")
	switch v := v.(type) {
	case nil:
	case object:
		for _, f := range v {
			writeXML(b, f.name, f.value)
		}
	case list:
		for _, item := range v.items {
			writeXML(b, v.item, item)
		}
	default:
		_ = xml.EscapeText(b, []byte(plain(v))) // a buffer takes everything
	}
	b.WriteString("</" + name + ">")
}

func writeJSON(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case object:
		b.WriteByte('{')
		for i, f := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, f.name)
			b.WriteByte(':')
			writeJSON(b, f.value)
		}
		b.WriteByte('}')
	case list:
		b.WriteByte('[')
		for i, item := range v.items {
			if i > 0 {
				b.WriteByte(',')
			}
			writeJSON(b, item)
		}
		b.WriteByte(']')
	case nil, bool, int:
		text, _ := json.Marshal(v) // never fails for these
		b.Write(text)
	case float64:
		b.WriteString(plain(v))
	default:
		text, _ := json.Marshal(plain(v))
		b.Write(text)
	}
}

// plain is a value as text.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case words:
		return strings.Join(v, ", ")
	}
	return ""
}
