package flows

import (
	"math"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// ParcelOf reads what an event brings to a report. Words are cleaned; a pin without meaning becomes BadPin.
func ParcelOf(ev bot.Event) Parcel {
	var p Parcel
	p.setText(ev.Ref.ID, bot.Clean(bot.Words(ev.Body)))
	switch b := ev.Body.(type) {
	case bot.Photo:
		p.Photos = []bot.MediaRef{b.Media}
	case bot.Voice:
		p.Files, p.Voice = []bot.MediaRef{b.Media}, true
	case bot.Document:
		p.Files = []bot.MediaRef{b.Media}
	case bot.Location:
		p.PinName = placeName(b)
		if earthly(b.Lat, b.Lon) {
			p.Pin = &report.Pin{Lat: b.Lat, Lon: b.Lon}
		} else {
			p.BadPin = true
		}
	default:
		// words alone, or nothing of use to a report
	}
	if p.MediaOnly() && !p.BadPin && ev.Ref.ID != "" && !ev.Edited {
		p.Bare = []string{ev.Ref.ID}
	}
	return p
}

// placeName is what the network shows beside a pin, in at most 200 runes.
func placeName(b bot.Location) string {
	name := bot.Clean(b.Name)
	if addr := bot.Clean(b.Address); addr != "" && addr != name {
		name = strings.TrimPrefix(name+", "+addr, ", ")
	}
	if r := []rune(name); len(r) > 200 {
		name = string(r[:200])
	}
	return name
}

// earthly reports whether two numbers are degrees on earth; 0,0 is what broken phones send.
func earthly(lat, lon float64) bool {
	return !math.IsNaN(lat) && !math.IsNaN(lon) && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0)
}

func (p *Parcel) setText(ref, words string) {
	p.Text, p.Parts = words, nil
	if words != "" {
		p.Parts = []Part{{Ref: ref, Len: len(words)}}
	}
}

// Empty reports whether it brings nothing.
func (p *Parcel) Empty() bool {
	return p == nil || p.Text == "" && len(p.Photos) == 0 && len(p.Files) == 0 && p.Pin == nil && !p.BadPin
}

// MediaOnly reports whether it brings photos, files or a pin and no words.
func (p *Parcel) MediaOnly() bool { return p.Text == "" && !p.Empty() }

// Join adds what a later message brought, within the limits of a report.
func (p *Parcel) Join(q Parcel) {
	if q.Text != "" && len(p.Text)+len(q.Text) < 4*MaxText {
		if p.Text != "" {
			p.Text += "\n"
		}
		p.Text += q.Text
		p.Parts = append(p.Parts, q.Parts...)
	}
	p.Photos = append(p.Photos, q.Photos...)
	p.Photos = p.Photos[:min(len(p.Photos), MaxPhotos)]
	p.Files = append(p.Files, q.Files...)
	p.Files = p.Files[:min(len(p.Files), MaxFiles)]
	p.Bare = append(p.Bare, q.Bare...)
	p.Bare = p.Bare[:min(len(p.Bare), MaxPhotos+MaxFiles)]
	p.Voice = p.Voice || q.Voice
	if q.Pin != nil {
		p.Pin, p.PinName = q.Pin, q.PinName
	}
}

// event turns a parcel of one message back into the event it came as, so that it can be answered anew.
func (p Parcel) event(s State) bot.Event {
	ev := bot.Event{At: s.At, ReplyTo: p.ReplyTo, Edited: p.Edited}
	switch {
	case len(p.Parts) > 0:
		ev.Ref.ID = p.Parts[0].Ref
	case len(p.Bare) > 0:
		ev.Ref.ID = p.Bare[0]
	}
	switch {
	case len(p.Photos) > 0:
		ev.Body = bot.Photo{Media: p.Photos[0], Caption: p.Text}
	case p.Voice && len(p.Files) > 0:
		ev.Body = bot.Voice{Media: p.Files[0], Caption: p.Text}
	case len(p.Files) > 0:
		ev.Body = bot.Document{Media: p.Files[0], Caption: p.Text}
	case p.Pin != nil:
		ev.Body = bot.Location{Lat: p.Pin.Lat, Lon: p.Pin.Lon, Name: p.PinName, Caption: p.Text}
	case p.BadPin:
		ev.Body = bot.Location{Caption: p.Text}
	default:
		ev.Body = bot.Text{Text: p.Text}
	}
	return ev
}
