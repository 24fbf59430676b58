package media_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"rabeg/internal/media"
)

func TestDiskKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "outside"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := media.OpenBlobs("file://" + filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(dir, "media", "link")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"../outside", "/etc/passwd", "ab/../../outside", "link/outside", "", ".", "..", "a\x00b"} {
		if err := b.Put(t.Context(), key, "", []byte("x")); err == nil {
			t.Errorf("wrote %q", key)
		}
		if r, err := b.Open(t.Context(), key); err == nil {
			data, _ := io.ReadAll(r)
			_ = r.Close()
			if len(data) > 0 {
				t.Errorf("read %q from %q", data, key)
			}
		}
	}
	if got, err := os.ReadFile(filepath.Join(dir, "outside")); err != nil || string(got) != "secret" {
		t.Errorf("the file outside is %q (%v)", got, err)
	}
	if _, err := b.Open(t.Context(), "ab/none.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// Many bring the same file at once: whoever reads meanwhile sees all of it or nothing, and nothing is left beside.
func TestDiskIsAtomic(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := media.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	data := bytes.Repeat([]byte("0123456789abcdef"), 1<<15)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := d.Put(t.Context(), "ab/file", "", data); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			for range 20 {
				r, err := d.Open(t.Context(), "ab/file")
				if errors.Is(err, fs.ErrNotExist) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				got, err := io.ReadAll(r)
				_ = r.Close()
				if err != nil || !bytes.Equal(got, data) {
					t.Errorf("read %d of %d bytes (%v)", len(got), len(data), err)
					return
				}
			}
		})
	}
	all.Wait()
	names, err := os.ReadDir(filepath.Join(dir, "ab"))
	if err != nil || len(names) != 1 {
		t.Errorf("left in the folder: %v (%v)", names, err)
	}
	// A file that an earlier crash left short is written anew.
	if err := os.WriteFile(filepath.Join(dir, "ab", "file"), data[:10], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), "ab/file", "", data); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "ab", "file")); err != nil || len(got) != len(data) {
		t.Errorf("a short file stayed: %d bytes (%v)", len(got), err)
	}
}

// Several look at once whether the folder can be written to: none is in another's way, and nothing is left behind.
func TestChecksAtOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d, err := media.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := d.Check(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left in the folder: %v (%v)", left, err)
	}
}

// bucket is a small S3: one bucket, no signatures.
type bucket struct {
	mu    sync.Mutex
	files map[string][]byte
	down  bool
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	name, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	data, there := b.files[key]
	switch {
	case b.down:
		w.WriteHeader(http.StatusForbidden)
	case name != "photos":
		fail(w, http.StatusNotFound, "NoSuchBucket")
	case key == "":
		w.WriteHeader(http.StatusOK)
	case r.Method == http.MethodPut:
		body, err := unchunk(r)
		if err != nil {
			fail(w, http.StatusBadRequest, "IncompleteBody")
			return
		}
		b.files[key] = body
		w.Header().Set("ETag", `"x"`)
	case !there:
		fail(w, http.StatusNotFound, "NoSuchKey")
	default:
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT")
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(data)
		}
	}
}

func fail(w http.ResponseWriter, code int, word string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(code)
	_, _ = fmt.Fprintf(w, "<Error><Code>%s</Code></Error>", word)
}

// unchunk reads a body that is signed piece by piece.
func unchunk(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return io.ReadAll(r.Body)
	}
	var out []byte
	in := bufio.NewReader(r.Body)
	for {
		head, err := in.ReadString('\n')
		if err != nil {
			return nil, err
		}
		word, _, _ := strings.Cut(strings.TrimSpace(head), ";")
		n, err := strconv.ParseInt(word, 16, 32)
		if err != nil || n == 0 {
			return out, err
		}
		piece := make([]byte, n+2)
		if _, err := io.ReadFull(in, piece); err != nil {
			return nil, err
		}
		out = append(out, piece[:n]...)
	}
}

func TestS3(t *testing.T) {
	t.Parallel()
	s := &bucket{files: map[string][]byte{}}
	srv := httptest.NewServer(s)
	defer srv.Close()
	at := func(path string) string {
		return "s3://KEY:hunter2@" + strings.TrimPrefix(srv.URL, "http://") + path + "?tls=off&region=local"
	}
	b, err := media.OpenBlobs(at("/photos/under/here"))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context()); err != nil {
		t.Error(err)
	}
	data := bytes.Repeat([]byte("abc"), 100_000)
	for range 2 {
		if err := b.Put(t.Context(), "ab/file.jpg", "image/jpeg", data); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.files["under/here/ab/file.jpg"]; !bytes.Equal(got, data) || len(s.files) != 1 {
		t.Errorf("%d bytes are kept, %d files", len(got), len(s.files))
	}
	r, err := b.Open(t.Context(), "ab/file.jpg")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, data) || r.Close() != nil {
		t.Errorf("read %d bytes (%v)", len(got), err)
	}
	if _, err := b.Open(t.Context(), "ab/none.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	none, err := media.OpenBlobs(at("/others"))
	if err != nil {
		t.Fatal(err)
	}
	if err := none.Check(t.Context()); err == nil {
		t.Error("a bucket that is not there is fine")
	}
	s.mu.Lock()
	s.down = true
	s.mu.Unlock()
	for _, err := range []error{b.Check(t.Context()), b.Put(t.Context(), "x", "", data)} {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("a bucket that refuses: %v", err)
		}
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for _, a := range []string{"", "x", "file://media", "file:", "http://x/y", "s3://host", "s3:///bucket", "s3://a:hunter2@%zz/b", "ftp://x"} {
		if _, err := media.OpenBlobs(a); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", a, err)
		}
	}
}

// A removed file is gone, and removing it again is no error.
func TestDiskRemoves(t *testing.T) {
	t.Parallel()
	d, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Put(t.Context(), "ab/abc.jpg", "image/jpeg", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.Remove(t.Context(), "ab/abc.jpg"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Open(t.Context(), "ab/abc.jpg"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}
