package public

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"time"

	"rabeg/internal/profile"
)

// A packed page unpacks to itself, wherever in it that stands which all have, and whether it does at all.
func TestPackedPagesUnpack(t *testing.T) {
	t.Parallel()
	same := strings.Repeat(".soft{color:#555}p{margin:0}", 150)
	p := newPacker([]byte(same))
	rest := strings.Repeat("<li>Petugas sedang menangani laporan ini.</li>", 80)
	for name, body := range map[string]string{"nothing": "", "without it": rest, "it alone": same, "first": same + rest, "last": rest + same,
		"between": rest + same + rest, "twice": same + rest + same} {
		packed := p.gzip([]byte(body))
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := io.ReadAll(z) // it checks the sum and the length
		if err != nil || string(got) != body {
			t.Errorf("%s: %d bytes became %d (%v)", name, len(body), len(got), err)
		}
		if len(body) > 1000 && len(packed) > len(body)/4 {
			t.Errorf("%s: %d bytes are packed into %d", name, len(body), len(packed))
		}
	}
	empty := newPacker(nil)
	if z, err := gzip.NewReader(bytes.NewReader(empty.gzip([]byte(rest)))); err != nil {
		t.Error(err)
	} else if got, err := io.ReadAll(z); err != nil || string(got) != rest {
		t.Errorf("with nothing that all have: %d bytes (%v)", len(got), err)
	}
}

// What is pressed once stands in the pages letter by letter.
func TestPagesHoldWhatIsPressedOnce(t *testing.T) {
	t.Parallel()
	city, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{Profile: city, URL: "http://localhost", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"id", "en"} {
		a, err := s.unknown(lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.cache.packer.same) < 1000 || !bytes.Contains(a.body, s.cache.packer.same) {
			t.Errorf("%s: the page does not hold the %d bytes that all have", lang, len(s.cache.packer.same))
		}
	}
}
