package media_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"rabeg/internal/media"
	"rabeg/internal/media/mediatest"
)

// poisonPNG is a black PNG.
func poisonPNG(t testing.TB, w, h uint32, depth, interlaced byte) []byte {
	t.Helper()
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	var body bytes.Buffer
	z := zlib.NewWriter(&body)
	if _, err := io.CopyN(z, nothing{}, int64(h)*(int64(w)*int64(depth)/2+1)+int64(h)*8); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, depth, 6, 0, 0, interlaced))...)
	return append(append(out, chunk("IDAT", body.Bytes())...), chunk("IEND", nil)...)
}

// crumbled is a PNG with each byte of its picture in a part of its own, and cut off there.
func crumbled(t testing.TB, w, h uint32, parts int) []byte {
	t.Helper()
	whole := poisonPNG(t, w, h, 8, 0)
	at := bytes.Index(whole, []byte("IDAT")) + 4
	out := slices.Clone(whole[:at-8])
	for i := range parts {
		var body []byte
		if at+i < len(whole)-100 {
			body = whole[at+i : at+i+1]
		}
		out = append(out, chunk("IDAT", body)...)
	}
	return out
}

type nothing struct{}

func (nothing) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// poisons are pictures that are small to send and large to draw.
func poisons(t testing.TB) map[string][]byte {
	return map[string][]byte{
		"progressive, all colours": mediatest.PoisonJPEG(7070, 7070, true, 0x11),
		"progressive":              mediatest.PoisonJPEG(7070, 7070, true, 0x22),
		"progressive, smaller":     mediatest.PoisonJPEG(5000, 5000, true, 0x11),
		"odd colours":              mediatest.PoisonJPEG(6000, 6000, false, 0x31),
		"all colours":              mediatest.PoisonJPEG(7070, 7070, false, 0x11),
		"immense":                  mediatest.PoisonJPEG(20000, 20000, true, 0x22)[:1<<20],
		"deep, in passes":          poisonPNG(t, 4900, 4900, 16, 1),
		"in passes":                poisonPNG(t, 3600, 3600, 8, 1),
		"in countless parts":       crumbled(t, 1000, 1000, 600_000),
		"without loss":             plainWebP(4500, 4500, blue),
		"without loss, too large":  plainWebP(16000, 16000, blue),
	}
}

// What poisonous pictures come to: shown smaller, or refused.
func TestPoisonousPictures(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("it draws large pictures; make test does so without the race detector")
	}
	for name, data := range poisons(t) {
		k := keeper(t)
		f := keep(t, k, "photo", data)
		t.Logf("%-26s %7d bytes: %d×%d %s", name, len(data), f.Width, f.Height, f.Lost)
		if f.Lost != "" && !strings.HasPrefix(f.Lost, "gambar tidak bisa dibuka") {
			t.Errorf("%s: %s", name, f.Lost)
		}
		if shown := strings.HasPrefix(name, "progressive") || name == "in countless parts"; shown && f.Lost != "" {
			t.Errorf("%s: %s", name, f.Lost)
		}
	}
}

// Fifty of them at once, in a program of their own: what it takes at most leaves room for everything else on a machine of 512 MB.
func TestPoisonTakesNoMoreThanThereIs(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the race detector's own memory would be measured; make test runs this once more without it")
	}
	const at = "MEDIA_POISON"
	if os.Getenv(at) == "" {
		if runtime.GOOS != "linux" {
			t.Skip("only Linux tells how much a program took at most")
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPoisonTakesNoMoreThanThereIs$", "-test.v")
		cmd.Env = append(os.Environ(), at+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		_, figure, _ := strings.Cut(string(out), "PEAK ")
		var mb int
		if _, err := fmt.Sscan(figure, &mb); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		t.Logf("50 poisonous pictures at once took %d MB at most", mb)
		if mb > 400 {
			t.Errorf("%d MB, want 400 at most", mb)
		}
		return
	}
	all, k := poisons(t), keeper(t)
	var work sync.WaitGroup
	slots := make(chan struct{}, 16)
	for range 5 {
		for _, data := range all {
			slots <- struct{}{}
			work.Go(func() { keep(t, k, "photo", data); <-slots })
		}
	}
	work.Wait()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	var kb int
	if _, err := fmt.Sscan(peak, &kb); err != nil {
		t.Fatal(err)
	}
	fmt.Println("PEAK", kb/1024)
	if media.Memory > 256<<20 {
		t.Error("pictures may take more than half of a small machine")
	}
}
