package cloudapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// file is a picture, a sound, a document.
type file struct {
	data   []byte
	mime   string
	at     time.Time
	theirs bool // a person sent it
}

// keep keeps a file of a person and gives its place in a webhook. s.mu is held.
func (s *Server) keep(data []byte, mime string) object {
	id := strconv.Itoa(90000 + len(s.files) + s.serial*7)
	s.serial++
	s.files[id] = &file{data: data, mime: mime, at: s.opt.Now(), theirs: true}
	sum := sha256.Sum256(data)
	return object{"id": id, "mime_type": mime, "sha256": hex.EncodeToString(sum[:])}
}

// kinds are the types of messages that may show a file of a MIME type.
func kinds(mime string) []string {
	mime, _, _ = strings.Cut(mime, ";")
	switch mime {
	case "image/jpeg", "image/png":
		return []string{"image"}
	case "image/webp":
		return []string{"sticker"}
	case "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg":
		return []string{"audio"}
	case "video/mp4", "video/3gpp":
		return []string{"video"}
	case "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation":
		return []string{"document"}
	}
	return nil
}

// most is how large a file of a MIME type may be, in bytes.
func most(mime string) int {
	switch k := kinds(mime); {
	case len(k) == 0:
		return 0
	case k[0] == "image":
		return 5 << 20
	case k[0] == "sticker":
		return 500 << 10
	case k[0] == "document":
		return 100 << 20
	default:
		return 16 << 20
	}
}

// fits reports whether a file begins as its type does, as far as that is easily seen.
func fits(mime string, data []byte) bool {
	mime, _, _ = strings.Cut(mime, ";")
	magic := map[string]string{"image/jpeg": "\xff\xd8\xff", "image/png": "\x89PNG", "application/pdf": "%PDF", "audio/ogg": "OggS"}[mime]
	return bytes.HasPrefix(data, []byte(magic))
}

// upload takes a file of the business.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 101<<20)
	if err := r.ParseMultipartForm(32 << 20); err != nil { //nolint:gosec // bounded above
		wrong(100, "The body is no form").write(w)
		return
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	f, head, err := r.FormFile("file")
	if err != nil || r.FormValue("messaging_product") != "whatsapp" {
		wrong(100, "(#100) The parameters messaging_product and file are required").write(w)
		return
	}
	defer func() { _ = f.Close() }()
	mime := r.FormValue("type")
	if mime == "" {
		mime = head.Header.Get("Content-Type")
	}
	data, err := io.ReadAll(io.LimitReader(f, 101<<20))
	s.mu.Lock()
	defer s.mu.Unlock()
	switch limit := most(mime); {
	case err != nil || len(data) == 0:
		wrong(131053, "The file is empty").write(w)
	case s.faults.switches.BadUploads:
		wrong(131053, "The file cannot be read").write(w)
	case limit == 0:
		wrong(100, "Param file must be a file with one of the following types: ...; received file of type %q.", mime).write(w)
	case len(data) > limit || !fits(mime, data):
		wrong(131053, "The file is too large, or is not what its type says").write(w)
	default:
		id := strconv.Itoa(10000 + s.serial)
		s.serial++
		s.files[id] = &file{data: data, mime: mime, at: s.opt.Now()}
		s.counts["uploaded"]++
		answer(w, object{"id": id})
	}
}

// describe tells where a file can be loaded: at the address that was asked, which need not be the server's own.
func (s *Server) describe(w http.ResponseWriter, r *http.Request, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	if of := r.URL.Query().Get("phone_number_id"); f == nil || of != "" && of != s.opt.PhoneID || s.stale(f) {
		unknownObject(id).write(w)
		return
	}
	sum := sha256.Sum256(f.data)
	until := s.opt.Now().Add(urlLife).Unix()
	answer(w, object{
		"messaging_product": "whatsapp", "id": id, "mime_type": f.mime, "sha256": hex.EncodeToString(sum[:]), "file_size": len(f.data),
		"url": "http://" + r.Host + "/blob/" + id + "/" + strconv.FormatInt(until, 10),
	})
}

// stale reports whether a file is kept no longer. s.mu is held.
func (s *Server) stale(f *file) bool {
	life := mediaLife
	if f.theirs {
		life = theirLife
	}
	return s.opt.Now().Sub(f.at) > life
}

func (s *Server) remove(w http.ResponseWriter, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files[id] == nil {
		unknownObject(id).write(w)
		return
	}
	delete(s.files, id)
	answer(w, object{"success": true})
}

// download hands out a file: to who shows the token, for five minutes.
func (s *Server) download(w http.ResponseWriter, r *http.Request, path []string) {
	s.mu.Lock()
	var f *file
	if len(path) == 3 {
		f = s.files[path[1]]
		if until, err := strconv.ParseInt(path[2], 10, 64); err != nil || s.opt.Now().Unix() > until {
			f = nil
		}
	}
	known := r.Header.Get("Authorization") == "Bearer "+s.opt.Token && !s.faults.deadToken
	s.mu.Unlock()
	switch {
	case !known:
		w.WriteHeader(http.StatusUnauthorized)
	case f == nil:
		w.WriteHeader(http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", f.mime)
		w.Header().Set("Content-Length", strconv.Itoa(len(f.data)))
		_, _ = w.Write(f.data)
	}
}
