package media_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/backup"
	"rabeg/internal/media"
)

// names is a database that names files and holds nothing else.
type names []string

func (names) About(context.Context) (backup.Manifest, error) {
	return backup.Manifest{Prefix: "SRG", City: "Kota Serang", At: time.Now()}, nil
}

func (names) Shape(context.Context) (json.RawMessage, []string, error) {
	return json.RawMessage("{}"), nil, nil
}

func (names) Rows(context.Context, string, io.Writer) (int64, error) { return 0, nil }

func (n names) Keys(_ context.Context, each func(key, mime string) error) error {
	for _, key := range n {
		if err := each(key, "image/jpeg"); err != nil {
			return err
		}
	}
	return nil
}

// Files are backed up from wherever they are kept and restored to wherever they are to be: a bucket or a folder. A bucket that does not
// answer is no bucket whose files are gone: the backup fails then.
func TestFilesAreBackedUpFromAnyHome(t *testing.T) {
	t.Parallel()
	s := &bucket{files: map[string][]byte{}}
	srv := httptest.NewServer(s)
	defer srv.Close()
	homes := map[string]func() string{
		"folder": func() string { return "file://" + t.TempDir() },
		"bucket": func() string {
			return fmt.Sprintf("s3://KEY:hunter2@%s/photos/%d?tls=off&region=local", strings.TrimPrefix(srv.URL, "http://"), time.Now().UnixNano())
		},
	}
	open := func(name string) media.Blobs {
		b, err := media.OpenBlobs(homes[name]())
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var keys names
	content := map[string]string{}
	for i := range 7 {
		text := strings.Repeat(fmt.Sprint("foto ", i), 1000*i+1)
		sum := sha256.Sum256([]byte(text))
		name := hex.EncodeToString(sum[:])
		key := name[:2] + "/" + name + ".jpg"
		keys, content[key] = append(keys, key), text
	}
	slices.Sort(keys)
	const gone = 1
	for from := range homes {
		for to := range homes {
			a, b := open(from), open(to)
			for _, key := range keys[gone:] {
				if err := a.Put(t.Context(), key, "image/jpeg", []byte(content[key])); err != nil {
					t.Fatal(err)
				}
			}
			d, err := backup.Create(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			m, fresh, err := d.Make(t.Context(), func(use func(backup.Database) error) error { return use(keys) }, a)
			if err != nil || m.Files != 6 || fresh != 6 || !slices.Equal(m.Missing, keys[:gone]) {
				t.Fatalf("from a %s: %d files, %d new, missing %v (%v)", from, m.Files, fresh, m.Missing, err)
			}
			whole, err := d.Check(t.Context())
			if err == nil {
				err = whole.Put(t.Context(), b)
			}
			if err != nil {
				t.Fatalf("from a %s to a %s: %v", from, to, err)
			}
			for _, key := range keys[gone:] {
				r, err := b.Open(t.Context(), key)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				_ = r.Close()
				if err != nil || string(got) != content[key] {
					t.Errorf("from a %s to a %s: %d bytes of %s (%v)", from, to, len(got), key, err)
				}
			}
		}
	}
	away := open("bucket")
	s.mu.Lock()
	s.down = true
	s.mu.Unlock()
	dir := t.TempDir()
	d, err := backup.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, _, err := d.Make(t.Context(), func(use func(backup.Database) error) error { return use(keys) }, away); err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("from a bucket that refuses: %v", err)
	}
	if _, err := d.About(); err == nil {
		t.Error("a backup that failed is taken for one")
	}
	if _, err := backup.Create(dir); !errors.Is(err, backup.ErrBusy) {
		t.Errorf("a second one in the same folder at once: %v", err)
	}
}
