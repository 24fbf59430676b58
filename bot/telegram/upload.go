package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"strings"
)

var errNoStore = errors.New("no store is there to read files from")

// upload makes a call with files of the product's store, streaming them as a form.
func (c *Channel) upload(ctx context.Context, req *request, dest any) error {
	if c.opt.Opener == nil {
		return giveUp(errNoStore)
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.UploadTimeout)
	defer cancel()
	// The files are opened before the call, so that one that is missing makes no half-written request.
	files := make([]io.ReadCloser, 0, len(req.uploads))
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	for _, u := range req.uploads {
		f, err := c.opt.Opener.Open(ctx, u.media)
		if errors.Is(err, fs.ErrNotExist) {
			return giveUp(fmt.Errorf("%s: opening a stored file: %w", req.method, err))
		}
		if err != nil {
			return fmt.Errorf("%s: opening a stored file: %w", req.method, err)
		}
		files = append(files, f)
	}
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	written := make(chan struct{})
	go func() {
		defer close(written)
		w.CloseWithError(writeForm(form, req, files))
	}()
	err := c.post(ctx, req.method, form.FormDataContentType(), r, dest)
	r.CloseWithError(errors.New("the call is over")) // ends the writer when Telegram answered early
	<-written
	return err
}

func writeForm(form *multipart.Writer, req *request, files []io.ReadCloser) error {
	if err := writeFields(form, req.body); err != nil {
		return err
	}
	for i, u := range req.uploads {
		part, err := form.CreateFormFile(u.field, u.name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, files[i]); err != nil {
			return fmt.Errorf("reading a stored file: %w", err)
		}
	}
	return form.Close()
}

// writeFields writes the parameters that are set: texts as they are, everything else as JSON. A parameter that is itself
// a file is left to the file's own part.
func writeFields(form interface {
	WriteField(name, value string) error
}, p params) error {
	raw, err := encode(&p, new(bytes.Buffer))
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for name, value := range fields {
		text := string(value)
		if strings.HasPrefix(text, `"`) {
			if err := json.Unmarshal(value, &text); err != nil {
				return err
			}
		}
		if text == "attach://"+name {
			continue
		}
		if err := form.WriteField(name, text); err != nil {
			return err
		}
	}
	return nil
}
