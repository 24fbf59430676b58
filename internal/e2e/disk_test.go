package e2e

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
)

// A media disk that takes nothing any more holds no report up; the card says so, and when there is room again the photo is there.
func TestTheMediaDiskIsFull(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	var stones []string
	for i := range 256 { // where the folders of files would be
		stone := filepath.Join(w.media, fmt.Sprintf("%02x", i))
		if err := os.WriteFile(stone, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		stones = append(stones, stone)
	}
	c := w.start()
	told := lamp(1)
	told.photo = picture(1)
	_, code := w.filed(t, told)
	w.wait(t, w.desk.ID(), 0, "a card that says that the photo cannot be kept yet", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && strings.Contains(m.Text, "1 lampiran belum dapat disimpan")
	})
	if why := c.reason("media"); !strings.HasPrefix(why, "files cannot be kept") {
		t.Errorf("/readyz says %q", why)
	}
	for _, stone := range stones {
		if err := os.Remove(stone); err != nil {
			t.Fatal(err)
		}
	}
	w.wait(t, w.desk.ID(), 0, "a card without that", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && strings.Contains(m.Text, "1 foto") && !strings.Contains(m.Text, "belum dapat")
	})
	if files := w.files(w.byCode(code).ID); len(files) != 1 || files[0].Lost != "" || files[0].Waits != "" {
		t.Errorf("%+v", files)
	}
	c.becomes(http.StatusOK)
	w.nobodyStumbled()
}
