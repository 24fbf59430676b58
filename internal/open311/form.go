package open311

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
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
	files  []*multipart.FileHeader
	whole  *multipart.Form
}

// drop forgets what lies on disk of it.
func (f *form) drop() {
	if f.whole != nil {
		_ = f.whole.RemoveAll()
	}
}

// readForm reads a form in either of its two ways of writing. What the address says counts as well, where the form does not say it.
func readForm(r *http.Request) (*form, error) {
	f := &form{values: url.Values{}}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/x-www-form-urlencoded":
		err = f.plain(r)
	case err == nil && kind == "multipart/form-data":
		err = f.parts(r)
	default:
		return nil, &Fault{Status: http.StatusUnsupportedMediaType, Words: "send a form: application/x-www-form-urlencoded or multipart/form-data"}
	}
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		err = tooLarge()
	}
	if err != nil {
		return nil, err
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
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

func (f *form) parts(r *http.Request) error {
	if err := r.ParseMultipartForm(1 << 20); err != nil { //nolint:gosec // who calls bounds the body
		return broken(err)
	}
	f.whole = r.MultipartForm
	f.values = url.Values(f.whole.Value)
	size := 0
	for name, values := range f.values {
		size += len(name) + len(strings.Join(values, "&"))
	}
	if size > mostValues {
		return tooLarge()
	}
	for name, files := range f.whole.File {
		if !photoField(name) {
			return bad("a file stands in %s; photos are sent as media, media[], media_url or photo", shown(name))
		}
		f.files = append(f.files, files...)
	}
	if len(f.files) > mostPhotos {
		return bad("more than %d photos", mostPhotos)
	}
	for _, h := range f.files {
		if h.Size > mostPhoto {
			return tooLarge()
		}
	}
	return nil
}

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
