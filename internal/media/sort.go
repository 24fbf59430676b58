package media

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"rabeg/bot"
)

// sort says what a file is, by its content alone: what its sender calls it is a claim. A program has no type: nobody in an office
// is to open it by a tap.
func sort(data []byte) string {
	if brand, ok := brandOf(data); ok {
		return brand
	}
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	switch {
	case sniffed == "application/zip":
		return packed(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return oldOffice(data)
	case bytes.HasPrefix(data, []byte("{\\rtf")):
		return "application/rtf"
	case bytes.HasPrefix(data, []byte("7z\xbc\xaf\x27\x1c")):
		return "application/x-7z-compressed"
	case bytes.HasPrefix(data, []byte("#!AMR")):
		return "audio/amr"
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return "image/tiff"
	case sniffed == "application/octet-stream" && len(data) > 2 && data[0] == 0xff && data[1]&0xf6 == 0xf0:
		return "audio/aac"
	case sniffed == "application/octet-stream" && len(data) > 2 && data[0] == 0xff && data[1]&0xe0 == 0xe0 && data[1]&6 != 0:
		return "audio/mpeg"
	case sniffed == "text/html", sniffed == "text/xml": // what a browser would carry out is read as text
		return "text/plain"
	}
	return sniffed
}

// boxed reports whether a file lies in boxes: it says so at once, or begins as films did before that was the custom.
func boxed(data []byte) bool {
	if len(data) < 12 {
		return false
	}
	switch string(data[4:8]) {
	case "ftyp", "JXL ", "jP  ":
		return true
	case "moov", "mdat", "wide", "free", "skip", "pnot":
		next := int(binary.BigEndian.Uint32(data))
		return next >= 8 && next <= len(data) && bytes.Contains(data, []byte("moov"))
	}
	return false
}

// brandOf names what lies in boxes (ISO/IEC 14496-12): videos, recordings, and the photos of newer phones.
func brandOf(data []byte) (string, bool) {
	if !boxed(data) {
		return "", false
	}
	switch string(data[4:8]) {
	case "JXL ":
		return "image/jxl", true
	case "jP  ":
		return "image/jp2", true
	}
	if string(data[4:8]) != "ftyp" { // QuickTime before it said what it is
		return "video/quicktime", true
	}
	switch brand := string(data[8:12]); brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "MiHB", "MiHE":
		if bytes.Contains(data[:min(len(data), 64)], []byte("avif")) {
			return "image/avif", true
		}
		return "image/heic", true
	case "avif", "avis":
		return "image/avif", true
	case "qt  ":
		return "video/quicktime", true
	case "M4A ", "M4B ":
		return "audio/mp4", true
	default:
		if strings.HasPrefix(brand, "3g") {
			return "video/3gpp", true
		}
	}
	return "video/mp4", true
}

// maxPacked is how many files of a ZIP are listed: that takes several times the bytes that they need in the ZIP. One that has more may
// be a program, for all that is known.
const maxPacked = 20_000

// packed says what lies in a ZIP.
func packed(data []byte) string {
	if bytes.Count(data, []byte("PK\x01\x02")) > maxPacked {
		return "application/octet-stream"
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "application/zip"
	}
	const office = "application/vnd.openxmlformats-officedocument."
	for i, f := range r.File {
		switch {
		case i == 0 && f.Name == "mimetype":
			if kind := firstWords(f); strings.HasPrefix(kind, "application/vnd.oasis.opendocument.") {
				return kind
			}
		case f.Name == "word/document.xml":
			return office + "wordprocessingml.document"
		case f.Name == "xl/workbook.xml":
			return office + "spreadsheetml.sheet"
		case f.Name == "ppt/presentation.xml":
			return office + "presentationml.presentation"
		case f.Name == "AndroidManifest.xml", strings.HasPrefix(f.Name, "META-INF/MANIFEST"), strings.HasSuffix(f.Name, ".class"):
			return "application/octet-stream"
		}
	}
	return "application/zip"
}

func firstWords(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }()
	words, err := io.ReadAll(io.LimitReader(r, 100))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(words))
}

// oldOffice tells what Office wrote before 2007, by the names of the streams within.
func oldOffice(data []byte) string {
	has := func(name string) bool {
		var wide []byte
		for _, c := range []byte(name) {
			wide = append(wide, c, 0)
		}
		return bytes.Contains(data, wide)
	}
	switch {
	case has("WordDocument"):
		return "application/msword"
	case has("Workbook"):
		return "application/vnd.ms-excel"
	case has("PowerPoint Document"):
		return "application/vnd.ms-powerpoint"
	}
	return "application/octet-stream"
}

// ending is that of the key a file is kept under.
func ending(mime string) string {
	if e := path.Ext(bot.FileName(mime)); e != "" {
		return e
	}
	return ".bin"
}

// isPhoto reports whether a type is a picture, drawn anew or not.
func isPhoto(mime string) bool {
	return strings.HasPrefix(mime, "image/") && !slices.Contains([]string{"image/svg+xml", "image/x-icon"}, mime)
}
