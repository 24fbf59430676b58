package media_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// packed is an archive of files, in their order: name, content.
func packed(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// inside are the files of an archive, one after the other.
func inside(t *testing.T, data []byte) (all string, names []string) {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all, names = all+string(body), append(names, f.Name)
	}
	return all, names
}

// A letter with a photo in it, and a packed photo, say neither where the photo was taken nor who wrote the letter; all else is in them as before.
func TestWhatLiesInDocuments(t *testing.T) {
	t.Parallel()
	exif, place := atHome()
	core := `<cp:coreProperties><dc:title>Jalan rusak</dc:title><dc:creator>Asep Sunarya</dc:creator><cp:lastModifiedBy xml:space="preserve">Asep Sunarya</cp:lastModifiedBy></cp:coreProperties>`
	app := `<Properties><Application>Word</Application><Company>Asep Sunarya</Company><Manager>Asep Sunarya</Manager></Properties>`
	meta := `<office:meta><meta:initial-creator>Asep Sunarya</meta:initial-creator><dc:creator>Asep Sunarya</dc:creator><meta:user-defined meta:name="Penulis">Asep Sunarya</meta:user-defined><dc:title>Jalan rusak</dc:title></office:meta>`
	for name, files := range map[string][]string{
		"a letter":       {"[Content_Types].xml", "<Types/>", "word/document.xml", "<w:t>Jalan rusak</w:t>", "word/media/image1.jpeg", odd(string(exif)), "docProps/core.xml", core, "docProps/app.xml", app},
		"an ODF letter":  {"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<text:p>Jalan rusak</text:p>", "Pictures/1.JPG", odd(string(exif)), "meta.xml", meta},
		"packed photos":  {"foto/1.jpg", odd(string(exif)), "foto/catatan.txt", "Jalan rusak"},
		"a packed video": {"1.mp4", boxed("ftyp", "mp42\x00\x00\x00\x00") + boxed("mdat", frames) + boxed("moov", boxed("udta", where)), "catatan.txt", "Jalan rusak"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k, data := keeper(t), packed(t, files...)
			f := keep(t, k, "document", data)
			if f.Lost != "" || f.Sealed {
				t.Fatalf("%+v", f)
			}
			all, names := inside(t, read(t, k, f))
			for i, n := range names {
				if n != files[2*i] {
					t.Errorf("file %d is %s, was %s", i, n, files[2*i])
				}
			}
			if !strings.Contains(all, "Jalan rusak") || !strings.Contains(all, frames) {
				t.Errorf("what it shows is gone: %q", all)
			}
			if strings.Contains(all, string(place)) || strings.Contains(all, where) || strings.Contains(all, "Asep") {
				t.Errorf("it says who or where: %q", all)
			}
		})
	}
}

// What cannot be cleaned is kept as it came, and marked.
func TestArchivesThatCannotBeCleaned(t *testing.T) {
	t.Parallel()
	exif, place := atHome()
	photo := odd(string(exif))
	whole := packed(t, "1.jpg", photo, "2.txt", strings.Repeat("Jalan rusak. ", 99))
	locked := bytes.Clone(whole)
	locked[6] |= 1
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	wrong := bytes.Clone(whole)
	wrong[bytes.Index(wrong, []byte("PK\x01\x02"))+16] ^= 1
	for name, data := range map[string][]byte{
		"cut off": whole[:len(whole)/2], "locked": locked, "too large inside": packed(t, "1.jpg", photo+strings.Repeat("\x00", 13<<20)),
		"a wrong checksum": wrong,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := keeper(t)
			if f := keep(t, k, "document", data); f.Lost != "" || !f.Sealed || !bytes.Equal(read(t, k, f), data) {
				t.Errorf("%+v", f)
			}
		})
	}
	k := keeper(t)
	f := keep(t, k, "document", packed(t, "1.jpg", photo, "surat.docx", string(whole)))
	all, _ := inside(t, read(t, k, f))
	if !f.Sealed || strings.Count(all, string(place)) != 0 && !strings.Contains(all, string(whole)) {
		t.Errorf("an archive in an archive: %+v", f)
	}
}
