package media_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// where is a place as programs write it; frames are what is seen.
const (
	where  = "-6.1201+106.1503/"
	frames = "what is seen"
)

// atHome is what a camera writes, and the bytes of it that say where it was.
func atHome() (notes, place []byte) {
	notes = camera{order: binary.LittleEndian, orientation: 1, taken: "2026:11:23 08:00:00", lat: [3]uint32{6, 7, 1234}, south: true, lon: [3]uint32{106, 9, 4321}}.exifBlock()
	for _, v := range []uint32{6, 1, 7, 1, 1234, 100} {
		place = binary.LittleEndian.AppendUint32(place, v)
	}
	return notes, place
}

func xmp() string {
	return `<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>` + where + `</exif:GPSLatitude></x:xmpmeta><?xpacket end="w"?>`
}

func boxed(kind, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + kind + body
}

func part(kind, body string) string {
	s := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
	return s + strings.Repeat("\x00", len(body)%2)
}

func element(id, body string) string {
	return id + string(binary.BigEndian.AppendUint16(nil, uint16(1<<14|len(body)))) + body
}

// odd is a JPEG that nobody here can draw, with what a camera wrote.
func odd(notes string) string {
	segment := func(marker byte, body string) string {
		return "\xff" + string([]byte{marker}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))) + body
	}
	return "\xff\xd8" + segment(0xe1, "Exif\x00\x00"+notes) + segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+xmp()) + segment(0xc3, "\x08\x00\x10\x00\x10\x01\x01\x11\x00") +
		segment(0xda, "\x01\x01\x00\x00\x3f\x00") + frames + "\xff\xd9"
}

func pngWith(t *testing.T, notes string) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	img.Set(3, 3, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25
	chunk := func(kind, body string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) + kind + body + "\x00\x00\x00\x00"
	}
	return b.String()[:head] + chunk("eXIf", notes) + chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp()) + chunk("tEXt", "Location\x00"+where) + b.String()[head:]
}

func zipped(t *testing.T, name, body string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = f.Write([]byte(body))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A document that says nothing is kept byte for byte. So is a recording that was cut off before its size was known, but for what it says of a
// place.
func TestWhatMustNotBeBroken(t *testing.T) {
	t.Parallel()
	unsized := func(s string) string { return s[:4] + "\x00\x00\x00\x00" + s[8:] }
	wave := unsized(part("RIFF", "WAVE"+part("fmt ", strings.Repeat("\x01", 16))+unsized(part("data", frames))))
	avi := part("RIFF", "AVI "+part("LIST", "hdrl"+part("avih", strings.Repeat("\x00", 56)))+unsized(part("LIST", "movi"+part("00dc", frames))))
	for name, data := range map[string]string{"archive": zipped(t, "a/catatan.txt", "lubang di jalan"), "wave cut off": wave, "avi cut off": avi, "avi cut off at once": unsized(avi)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := keeper(t)
			f := keep(t, k, "document", []byte(data))
			if got := read(t, k, f); f.Lost != "" || string(got) != data {
				t.Errorf("%+v: %q, want %q", f, got, data)
			}
		})
	}
}

// Whatever a file is, what is kept of it does not say where it was made: it goes to offices, into exports, and to the public. What is seen stays.
func TestNoFileSaysWhereItWasMade(t *testing.T) {
	t.Parallel()
	exif, place := atHome()
	notes := string(exif)
	webp := part("RIFF", "WEBP"+part("VP8X", strings.Repeat("\x00", 10))+part("VP8 ", frames)+part("EXIF", notes)+part("XMP ", xmp()))
	avi := part("RIFF", "AVI "+part("LIST", "hdrl"+part("avih", strings.Repeat("\x00", 56))+part("LIST", "strl"+part("strh", "vids")+part("strd", notes)))+
		part("LIST", "INFO"+part("IGPS", where))+part("JUNK", notes)+part("LIST", "movi"+part("00dc", frames))+part("idx1", "")) + part("RIFF", "AVIX"+part("LIST", "exif"+part("ecor", where)))
	tags := element("\x12\x54\xc3\x67", element("\x73\x73", element("\x67\xc8", "LOCATION"+where)))
	head := element("\x1a\x45\xdf\xa3", element("\x42\x82", "webm"))
	webm := head + element("\x18\x53\x80\x67", tags+element("\x1f\x43\xb6\x75", element("\xe7", "\x00")+element("\xa3", "\x81\x00\x00\x00"+frames))+element("\x19\x41\xa4\x69", odd(notes)))
	live := head + "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff" + "\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + element("\xa3", frames) + tags
	track := func(n, kind string) string { return element("\xae", element("\xd7", n)+element("\x83", kind)) }
	told := head + element("\x18\x53\x80\x67", element("\x16\x54\xae\x6b", track("\x01", "\x01")+track("\x02", "\x11"))+element("\x1f\x43\xb6\x75",
		element("\xa3", "\x81\x00\x00\x00"+frames)+element("\xa0", element("\xa1", "\x82\x00\x00\x00GPS("+where+")"))+element("\xa3", "\x82\x00\x00\x00GPS("+where+")"))+
		element("\x1f\x43\xb6\x75", element("\xa3", "\x81\x00\x00\x00"+frames)))
	stream := func(kind string) string { return part("LIST", "strl"+part("strh", kind+strings.Repeat("\x00", 52))) }
	car := part("RIFF", "AVI "+part("LIST", "hdrl"+part("avih", strings.Repeat("\x00", 56))+stream("vids")+stream("auds")+stream("txts"))+
		part("LIST", "movi"+part("00dc", frames)+part("LIST", "rec "+part("02tx", where)+part("01wb", "sound"))+part("02tx", where)+part("02st", where)+part("JUNK", where)+part("GPS0", where)+part("ix00", "where")))
	pdf := "%PDF-1.7\n1 0 obj <</Type /Metadata>> stream\n" + xmp() + "\nendstream 2 0 obj <</Filter /DCTDecode>> stream\n" + odd(notes) + "\nendstream %%EOF"
	gif := "GIF89a\x10\x00\x10\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + "!\xff\x0bXMP DataXMP" + xmp() + "\x00" + ";"
	for name, c := range map[string]struct {
		data, mime, stays string
		lost              bool
	}{
		"jpeg nobody draws":   {odd(notes), "image/jpeg", frames, false},
		"png":                 {pngWith(t, notes), "image/jpeg", "", false}, // drawn anew
		"gif without picture": {gif, "", "", true},
		"webp broken":         {webp, "", "", true},
		"jpeg xl":             {boxed("JXL ", "\r\n\x87\n") + boxed("ftyp", "jxl \x00\x00\x00\x00jxl ") + boxed("Exif", "\x00\x00\x00\x00"+notes) + boxed("xml ", xmp()) + boxed("jxlc", frames), "image/jxl", frames, false},
		"jpeg 2000":           {boxed("jP  ", "\r\n\x87\n") + boxed("ftyp", "jp2 \x00\x00\x00\x00jp2 ") + boxed("jp2h", "how") + boxed("uuid", "JpgTiffExif->JP2"+notes) + boxed("xml ", xmp()) + boxed("jp2c", frames), "image/jp2", frames, false},
		"avi":                 {avi, "video/avi", frames, false},
		"wave":                {part("RIFF", "WAVE"+part("fmt ", strings.Repeat("\x01", 16))+part("LIST", "INFO"+part("IARL", where))+part("data", frames)), "audio/wave", frames, false},
		"webm":                {webm, "video/webm", frames, false},
		"webm as it came":     {live, "video/webm", frames, false},
		"webm that tells":     {told, "video/webm", frames, false},
		"avi that tells":      {car, "video/avi", frames, false},
		"pdf":                 {pdf, "application/pdf", frames, false},
		"raw of another make": {"FUJIFILMCCD-RAW " + odd(notes), "application/octet-stream", frames, false},
		"old document":        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00" + odd(notes), "application/msword", frames, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := keeper(t)
			f := keep(t, k, "document", []byte(c.data))
			if f.Lost != "" || c.lost {
				if f.Lost == "" || !c.lost {
					t.Errorf("%+v", f)
				}
				return
			}
			got := read(t, k, f)
			if f.Ref.MIME != c.mime || !bytes.Contains(got, []byte(c.stays)) {
				t.Errorf("%+v; what is seen is gone: %q", f, got)
			}
			if bytes.Contains(got, place) || bytes.Contains(got, []byte(where)) {
				t.Errorf("it says where it was made: %q", got)
			}
		})
	}
}
