package public_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/public"
)

// A poster is sound XML, names the city and the emergency number, and has a QR code for each way; without a way there is none.
func TestPoster(t *testing.T) {
	t.Parallel()
	p, err := profile.Open("serang")
	if err != nil {
		t.Fatal(err)
	}
	own := *p
	own.Pages = "https://lapor.contoh.go.id"
	links := []string{"https://wa.me/6221500112?text=halo&x=<1>", "https://t.me/contoh_bot", "https://wa.me/6221500113", "https://t.me/keempat"}
	for n := 1; n <= 4; n++ {
		svg, err := public.Poster(&own, links[:n])
		if err != nil {
			t.Fatal(err)
		}
		if dir := os.Getenv("PUBLIC_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "poster"+string(rune('0'+n))+".svg"), []byte(svg), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for d := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%d ways: %v", n, err)
			}
		}
		if got := strings.Count(svg, "<title>"); got != min(n, 3) {
			t.Errorf("%d ways have %d codes", n, got)
		}
		for _, s := range []string{"Pemerintah Kota Serang", "Telepon 112", "wa.me/6221500112", "lapor.contoh.go.id"} {
			if !strings.Contains(svg, s) {
				t.Errorf("%d ways: it does not say %q", n, s)
			}
		}
	}
	if _, err := public.Poster(p, nil); !errors.Is(err, public.ErrNoLinks) {
		t.Errorf("without a way it says %v", err)
	}
}
