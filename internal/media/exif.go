package media

import (
	"encoding/binary"
	"math"
	"strings"
	"time"

	"rabeg/internal/report"
)

// What a camera wrote into a JPEG is read here and nowhere else: orientation, time, position. The reader knows only
// these, is bounded by the file itself, and takes any oddity for "not there": a library would read a hundred makers'
// fields that are thrown away anyway, and parse them from strangers' bytes.

// The tags that are read (EXIF 2.32).
const (
	tagOrientation = 0x0112
	tagExif        = 0x8769
	tagGPS         = 0x8825
	tagTaken       = 0x9003
	tagOffset      = 0x9011
	gpsLatRef      = 1
	gpsLat         = 2
	gpsLonRef      = 3
	gpsLon         = 4
)

type tiff struct {
	data  []byte
	order binary.ByteOrder
}

// field is one entry of a directory, with the bytes of its value.
type field struct {
	kind  uint16
	count uint32
	value []byte
}

// exif finds the TIFF block of a JPEG.
func exif(jpg []byte) (tiff, bool) {
	for i := 2; i+4 <= len(jpg) && jpg[i] == 0xff; {
		if jpg[i+1] == 0xff { // as many as one likes may stand before a marker
			i++
			continue
		}
		marker, size := jpg[i+1], int(binary.BigEndian.Uint16(jpg[i+2:]))
		if marker == 0xda || size < 2 || i+2+size > len(jpg) {
			break
		}
		seg := jpg[i+4 : i+2+size]
		if marker == 0xe1 && len(seg) > 14 && string(seg[:6]) == "Exif\x00\x00" {
			return newTIFF(seg[6:])
		}
		i += 2 + size
	}
	return tiff{}, false
}

func newTIFF(b []byte) (tiff, bool) {
	t := tiff{data: b}
	if len(b) < 8 {
		return t, false
	}
	switch string(b[:4]) {
	case "II*\x00":
		t.order = binary.LittleEndian
	case "MM\x00*":
		t.order = binary.BigEndian
	default:
		return t, false
	}
	return t, true
}

// dir reads a directory of at most 200 entries.
func (t tiff) dir(at uint32) map[uint16]field {
	out := map[uint16]field{}
	if uint64(at)+2 > uint64(len(t.data)) {
		return out
	}
	n := int(t.order.Uint16(t.data[at:]))
	for i := 0; i < n && i < 200; i++ {
		p := int(at) + 2 + i*12
		if p+12 > len(t.data) {
			break
		}
		f := field{kind: t.order.Uint16(t.data[p+2:]), count: t.order.Uint32(t.data[p+4:])}
		size := uint64(width(f.kind)) * uint64(f.count)
		switch {
		case size == 0 || size > 64<<10:
			continue
		case size <= 4:
			f.value = t.data[p+8 : p+8+int(size)]
		default:
			off := uint64(t.order.Uint32(t.data[p+8:]))
			if off+size > uint64(len(t.data)) {
				continue
			}
			f.value = t.data[off : off+size]
		}
		out[t.order.Uint16(t.data[p:])] = f
	}
	return out
}

func width(kind uint16) int {
	switch kind {
	case 1, 2, 7:
		return 1
	case 3:
		return 2
	case 4:
		return 4
	case 5, 10:
		return 8
	}
	return 0
}

func (t tiff) first() map[uint16]field {
	if len(t.data) < 8 {
		return nil
	}
	return t.dir(t.order.Uint32(t.data[4:]))
}

func (t tiff) sub(f field) map[uint16]field {
	if f.kind != 4 || len(f.value) < 4 {
		return nil
	}
	return t.dir(t.order.Uint32(f.value))
}

// orientation is how the camera was held: 1 (upright) to 8.
func (t tiff) orientation() int {
	f := t.first()[tagOrientation]
	if f.kind == 3 && len(f.value) >= 2 {
		if o := int(t.order.Uint16(f.value)); o >= 1 && o <= 8 {
			return o
		}
	}
	return 1
}

// factsOf are when and where a picture was taken, as far as its camera says so.
func factsOf(t tiff) (taken time.Time, pin *report.Pin) {
	top := t.first()
	sub := t.sub(top[tagExif])
	if s := text(sub[tagTaken]); s != "" {
		if zone := text(sub[tagOffset]); zone != "" {
			taken, _ = time.Parse("2006:01:02 15:04:05-07:00", s+zone)
		} else {
			taken, _ = time.Parse("2006:01:02 15:04:05", s)
		}
	}
	gps := t.sub(top[tagGPS])
	lat, okLat := t.degrees(gps[gpsLat], text(gps[gpsLatRef]), "N", "S")
	lon, okLon := t.degrees(gps[gpsLon], text(gps[gpsLonRef]), "E", "W")
	if okLat && okLon && math.Abs(lat) <= 90 && math.Abs(lon) <= 180 && (lat != 0 || lon != 0) {
		pin = &report.Pin{Lat: lat, Lon: lon}
	}
	return taken, pin
}

func text(f field) string {
	if f.kind != 2 {
		return ""
	}
	for i, b := range f.value {
		if b == 0 {
			return string(f.value[:i])
		}
	}
	return string(f.value)
}

// degrees reads degrees, minutes and seconds on one of two halves of the world. Without a half they are no place: to guess would
// put half of them on the wrong side of it.
func (t tiff) degrees(f field, half, plus, minus string) (float64, bool) {
	half = strings.TrimSpace(half)
	if f.kind != 5 || len(f.value) < 24 || half != plus && half != minus {
		return 0, false
	}
	var sum float64
	for i, part := range []float64{1, 60, 3600} {
		num, den := t.order.Uint32(f.value[i*8:]), t.order.Uint32(f.value[i*8+4:])
		if den == 0 {
			return 0, false
		}
		sum += float64(num) / float64(den) / part
	}
	if half == minus {
		sum = -sum
	}
	return sum, true
}

// tagXMP is where newer programs write the same once more.
const tagXMP = 0x02bc

// placelessTIFF gives a copy of a TIFF, as cameras write raw pictures, without where it was taken, and what it said of it.
func placelessTIFF(data []byte) (out []byte, taken time.Time, pin *report.Pin) {
	out = append([]byte(nil), data...)
	t, ok := newTIFF(out)
	if !ok {
		return out, taken, pin
	}
	taken, pin = factsOf(t)
	if pin != nil {
		at := *pin
		pin = &at
	}
	top := t.first() // values are parts of out
	clear(top[tagXMP].value)
	for _, f := range t.sub(top[tagGPS]) {
		clear(f.value)
	}
	return out, taken, pin
}
