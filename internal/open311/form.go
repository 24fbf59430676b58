package open311

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"
)

const (
	// mostValues is how many bytes of values are kept of a form, mostPhotos how many photos of one call, and mostPhoto the bytes of one.
	mostValues = 256 << 10
	mostPhotos = 5
	mostPhoto  = 8 << 20
)

// form is what was sent: values, and files.
type form struct {
	values url.Values
	files  []upload
}

// drop forgets what lies on disk of it.
func (f *form) drop() {
	for _, u := range f.files {
		_ = os.Remove(string(u)) //nolint:gosec // a name of CreateTemp
	}
}

// readForm reads a form in either of its two ways of writing. What the address says counts as well, where the form does not say it. known
// tells whether a key is good, and for "" whether photos may be laid down before it has come.
func readForm(r *http.Request, known func(key string) error) (*form, error) {
	f := &form{values: url.Values{}}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		err = f.plain(r)
	case err == nil && kind == "multipart/form-data":
		err = f.parts(r, known)
	default:
		return nil, &Fault{Status: http.StatusUnsupportedMediaType, Words: "send a form: application/x-www-form-urlencoded or multipart/form-data"}
	}
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		err = tooLarge()
	}
	if err != nil {
		f.drop()
		return nil, err
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		f.drop()
		return nil, bad("the query is not encoded well")
	}
	for name, values := range query {
		if !f.values.Has(name) {
			f.values[name] = values
		}
	}
	for name, values := range f.values {
		for _, v := range values {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				f.drop()
				return nil, bad("%s is not UTF-8 text", shown(name))
			}
		}
	}
	return f, nil
}

func tooLarge() *Fault {
	return &Fault{Status: http.StatusRequestEntityTooLarge, Words: "the call is too large: at most 5 photos of 8 MB, and 24 MB in all"}
}

func (f *form) plain(r *http.Request) error {
	text, err := io.ReadAll(io.LimitReader(r.Body, mostValues+1))
	switch {
	case err != nil:
		return broken(err)
	case len(text) > mostValues:
		return tooLarge()
	}
	if f.values, err = url.ParseQuery(string(text)); err != nil {
		return bad("the form is not encoded well")
	}
	return nil
}

// parts reads a form in parts as it comes. Before the first photo is laid down the key is asked about, or "" where none has come yet.
func (f *form) parts(r *http.Request, known func(key string) error) error {
	m, err := r.MultipartReader()
	if err != nil {
		return broken(err)
	}
	size, asked := 0, false
	for {
		p, err := m.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return broken(err)
		case p.FileName() == "":
			if err := f.value(p, &size); err != nil {
				return err
			}
			continue
		case !photoField(p.FormName()):
			return bad("a file stands in %s; photos are sent as media, media[], media_url or photo", shown(p.FormName()))
		case len(f.files) == mostPhotos:
			return bad("more than %d photos", mostPhotos)
		}
		if !asked {
			key := f.values.Get("api_key")
			if key == "" {
				key = r.URL.Query().Get("api_key")
			}
			if err := known(key); err != nil {
				return err
			}
			asked = true
		}
		if err := f.photo(p); err != nil {
			return err
		}
	}
}

// value keeps a part that is no file; size is how much is kept of them all.
func (f *form) value(p *multipart.Part, size *int) error {
	text, err := io.ReadAll(io.LimitReader(p, int64(mostValues-*size)+1))
	if err != nil {
		return broken(err)
	}
	if *size += len(p.FormName()) + len(text) + 1; *size > mostValues {
		return tooLarge()
	}
	f.values.Add(p.FormName(), string(text))
	return nil
}

// photo lays a file down until the call is answered.
func (f *form) photo(p *multipart.Part) error {
	file, err := os.CreateTemp("", "open311-")
	if err != nil {
		return fmt.Errorf("lay down a photo: %w", err)
	}
	f.files = append(f.files, upload(file.Name()))
	n, err := io.Copy(file, io.LimitReader(p, mostPhoto+1))
	if cerr := file.Close(); cerr != nil {
		return fmt.Errorf("lay down a photo: %w", cerr)
	}
	switch {
	case err != nil:
		return broken(err)
	case n > mostPhoto:
		return tooLarge()
	}
	return nil
}

// upload is where a photo lies that came with a call.
type upload string

func (u upload) open() (io.ReadCloser, error) { return os.Open(string(u)) } //nolint:gosec // a name of CreateTemp

// broken is what a body that ends too early or is no form means: nothing of ours failed.
func broken(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return bad("the form could not be read")
}

// photoField reports whether clients send photos in a field of that name: FixMyStreet numbers them.
func photoField(name string) bool {
	name = strings.TrimRight(strings.TrimSuffix(name, "[]"), "0123456789")
	switch name {
	case "media", "media_url", "photo", "file":
		return true
	}
	return false
}

// shown is a parameter's name as an answer may repeat it.
func shown(name string) string {
	if len(name) > 40 || strings.IndexFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) >= 0 {
		return "a parameter"
	}
	return name
}
