package warelay

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// mediaStore keeps uploaded files, which are ciphertext, by their path.
type mediaStore struct {
	auth  string
	files map[string]*mediaFile
	order []*mediaFile
}

type mediaFile struct {
	data   []byte
	status int // answered instead of the data; 0 while it is there
}

func newMediaStore() mediaStore {
	return mediaStore{
		auth:  base64.RawURLEncoding.EncodeToString(randomBytes(24)),
		files: map[string]*mediaFile{},
	}
}

// mediaConn tells a client where media are and what to show there.
func (r *Relay) mediaConn() waBinary.Node {
	return node("media_conn", waBinary.Attrs{
		"auth": r.media.auth, "ttl": "3600", "auth_ttl": "3600", "max_buckets": "12",
	}, node("host", waBinary.Attrs{"hostname": mediaHost, "type": "primary"}))
}

// storeMedia takes an upload: POST /mms/<kind>/<base64url(sha256)>?auth=…
func (r *Relay) storeMedia(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost {
		w.WriteHeader(http.StatusNoContent) // deletion of a file is accepted and not done
		return
	}
	if req.URL.Query().Get("auth") != r.media.auth {
		http.Error(w, "wrong auth", http.StatusUnauthorized)
		return
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, req.Body, r.opts.MaxMedia))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	sum := sha256.Sum256(data)
	name := base64.RawURLEncoding.EncodeToString(sum[:])
	asked := req.URL.Path[strings.LastIndexByte(req.URL.Path, '/')+1:]
	if strings.TrimRight(asked, "=") != name {
		http.Error(w, "the hash is another", http.StatusBadRequest)
		return
	}
	path := "/v/t62." + name[:12] + "/" + name
	f := &mediaFile{data: data}
	r.mu.Lock()
	r.media.files[path] = f
	r.media.order = append(r.media.order, f)
	r.mu.Unlock()
	// The client appends "&hash=…", so the path must hold a "?".
	direct := path + "?ccb=11-4&oh=" + name[:8]
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{
		"url": "https://" + mediaHost + direct, "direct_path": direct, "handle": name,
	})
}

// fetchMedia serves a download.
func (r *Relay) fetchMedia(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	f := r.media.files[req.URL.Path]
	var data []byte
	status := http.StatusNotFound
	if f != nil {
		data, status = f.data, f.status
	}
	r.mu.Unlock()
	if status != 0 {
		http.Error(w, http.StatusText(status), status)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	_, _ = w.Write(data)
}

// ExpireMedia makes every file uploaded until now answer with a status, 404
// or 410, and says how many there were.
func (r *Relay) ExpireMedia(status int) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.media.order {
		f.status = status
	}
	return len(r.media.order)
}

// CorruptMedia flips a bit in every file uploaded until now, so that its hash
// is wrong, and says how many there were.
func (r *Relay) CorruptMedia() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.media.order {
		bad := append([]byte(nil), f.data...)
		if len(bad) > 0 {
			bad[0] ^= 1
		}
		f.data = bad
	}
	return len(r.media.order)
}

// StoredMedia gives what the relay holds of every upload, in order: ciphertext
// for everything a client has sent.
func (r *Relay) StoredMedia() [][]byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out [][]byte
	for _, f := range r.media.order {
		out = append(out, append([]byte(nil), f.data...))
	}
	return out
}
