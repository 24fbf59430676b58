package botapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// upload is one file of a multipart request; Data belongs to the request's buffer until copied.
type upload struct {
	Name string
	MIME string
	Data []byte
}

type pair struct{ key, value string }

// params are the parameters of a call. Whatever they came in (query, form, multipart, JSON), each is a string: text as
// it is, everything else as its JSON.
type params struct {
	pairs []pair
	files map[string]upload
}

func (p *params) get(key string) string {
	for i := range p.pairs {
		if p.pairs[i].key == key {
			return p.pairs[i].value
		}
	}
	return ""
}

func (p *params) has(key string) bool {
	for i := range p.pairs {
		if p.pairs[i].key == key {
			return true
		}
	}
	return false
}

func (p *params) add(key, value string) { p.pairs = append(p.pairs, pair{key, value}) }

// boolean reads "true", "1" and their like; anything else is false, as with Telegram.
func (p *params) boolean(key string) bool {
	switch strings.ToLower(p.get(key)) {
	case "true", "1", "yes":
		return true
	}
	return false
}

func (p *params) integer(key string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(p.get(key)), 10, 64)
	return n, err == nil
}

func (p *params) number(key string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(p.get(key)), 64)
	return n, err == nil
}

// object decodes a JSON parameter; absent is no error and leaves dest alone.
func (p *params) object(key string, dest any) *apiError {
	v := p.get(key)
	if v == "" || v == "null" {
		return nil
	}
	if err := json.Unmarshal([]byte(v), dest); err != nil {
		return badRequest("can't parse %s JSON object", strings.ReplaceAll(key, "_", " "))
	}
	return nil
}

// readParams takes the parameters from the query and the body. body must not be reused while the result's uploads are.
func readParams(r *http.Request, body []byte) (*params, *apiError) {
	p := &params{}
	if r.URL.RawQuery != "" {
		if err := p.addForm(r.URL.RawQuery); err != nil {
			return nil, badRequest("can't parse query")
		}
	}
	if len(body) == 0 {
		return p, nil
	}
	header := r.Header.Get("Content-Type")
	kind, attrs, err := mime.ParseMediaType(header)
	if err != nil && header != "" {
		return nil, badRequest("can't parse content type")
	}
	switch kind {
	case "application/json":
		err = p.addJSON(body)
	case "multipart/form-data":
		err = p.addMultipart(body, attrs["boundary"])
	case "application/x-www-form-urlencoded", "":
		err = p.addForm(string(body))
	default:
		err = nil // Telegram ignores bodies of other types
	}
	if err != nil {
		return nil, badRequest("can't parse request: %v", err)
	}
	return p, nil
}

func (p *params) addForm(raw string) error {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return err
	}
	for k, v := range values {
		p.add(k, v[0])
	}
	return nil
}

func (p *params) addJSON(body []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return errors.New("not a JSON object")
	}
	for k, raw := range fields {
		if len(raw) > 0 && raw[0] == '"' {
			var s string
			if err := json.Unmarshal(raw, &s); err != nil {
				return err
			}
			p.add(k, s)
			continue
		}
		if string(raw) != "null" {
			p.add(k, string(raw))
		}
	}
	return nil
}

// addMultipart splits the body by its boundary. The whole body is in memory anyway, and a sending bot makes little else
// but small multipart requests, so this is worth its own twenty lines: mime/multipart costs five times as much.
func (p *params) addMultipart(body []byte, boundary string) error {
	if boundary == "" {
		return errors.New("no boundary")
	}
	first := []byte("--" + boundary)
	sep := []byte("\r\n--" + boundary)
	if !bytes.HasPrefix(body, first) {
		at := bytes.Index(body, sep)
		if at < 0 {
			return errors.New("boundary not found")
		}
		body = body[at+2:]
	}
	rest := body[len(first):]
	for !bytes.HasPrefix(rest, []byte("--")) {
		nl := bytes.Index(rest, []byte("\r\n"))
		if nl < 0 || len(bytes.TrimSpace(rest[:nl])) != 0 {
			return errors.New("broken boundary")
		}
		rest = rest[nl:]
		end := bytes.Index(rest, sep)
		if end < 0 {
			return errors.New("unexpected end of body")
		}
		if err := p.addPart(rest[2:max(end, 2)]); err != nil {
			return err
		}
		rest = rest[end+len(sep):]
	}
	return nil
}

func (p *params) addPart(part []byte) error {
	head, data, ok := bytes.Cut(part, []byte("\r\n\r\n"))
	if !ok {
		return errors.New("part without a header")
	}
	var name, file, kind string
	isFile := false
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		key, value, _ := strings.Cut(string(line), ":")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "content-disposition":
			name, file, isFile = disposition(value)
		case "content-type":
			kind = strings.TrimSpace(value)
		}
	}
	if name == "" {
		return errors.New("part without a name")
	}
	if !isFile {
		p.add(name, string(data))
		return nil
	}
	if p.files == nil {
		p.files = make(map[string]upload)
	}
	p.files[name] = upload{Name: file, MIME: kind, Data: data}
	return nil
}

// disposition reads the name and file name; the fast way is taken for the form every client writes.
func disposition(value string) (name, file string, isFile bool) {
	value = strings.TrimSpace(value)
	if rest, ok := strings.CutPrefix(value, `form-data; name="`); ok {
		if n, tail, ok := strings.Cut(rest, `"`); ok && tail == "" && !strings.ContainsAny(n, `\%`) {
			return n, "", false
		}
	}
	_, attrs, err := mime.ParseMediaType(value)
	if err != nil {
		return "", "", false
	}
	file, isFile = attrs["filename"]
	return attrs["name"], file, isFile
}
