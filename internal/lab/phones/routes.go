package phones

import (
	"context"
	"embed"
	"errors"
	"io"
	"math"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
)

//go:embed page.css page.js icon.svg
var assets embed.FS

// bodyMost is how many bytes one act may bring: an album as cameras make it.
const bodyMost = 64 << 20

func (s *Server) routes() *http.ServeMux {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", s.page)
	m.HandleFunc("GET /live", s.live)
	m.Handle("GET /page.css", http.FileServerFS(assets))
	m.Handle("GET /page.js", http.FileServerFS(assets))
	m.Handle("GET /icon.svg", http.FileServerFS(assets))
	m.HandleFunc("GET /file/telegram", s.telegramFile)
	m.HandleFunc("GET /file/whatsapp", s.whatsappFile)
	for path, do := range map[string]func(context.Context, *http.Request, view) error{
		"act": s.doAct, "clock": s.doClock, "fault": s.doFault, "tour": s.doTour, "person": s.doPerson,
	} {
		m.HandleFunc("POST /"+path, func(w http.ResponseWriter, r *http.Request) { s.post(w, r, do) })
	}
	return m
}

// post does what a form asks for, and answers with what is wrong where it could not.
func (s *Server) post(w http.ResponseWriter, r *http.Request, do func(context.Context, *http.Request, view) error) {
	r.Body = http.MaxBytesReader(w, r.Body, bodyMost)
	if err := r.ParseMultipartForm(8 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) { //nolint:gosec // the reader above bounds it
		http.Error(w, "This is too much for one message.", http.StatusRequestEntityTooLarge)
		return
	}
	if f := r.MultipartForm; f != nil {
		defer func() { _ = f.RemoveAll() }()
	}
	v := s.viewOf(r)
	if err := do(r.Context(), r, v); err != nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, v.explain(err))
		return
	}
	s.bump()
	w.WriteHeader(http.StatusNoContent)
}

// explain says in words of people why something could not be done.
func (v view) explain(err error) string {
	for known, words := range map[error]Words{
		errNothing:                   {"Tidak ada yang bisa dikirim: tulis sesuatu dulu.", "There is nothing to send: write something first."},
		errGone:                      {"Pesan itu sudah tidak ada.", "That message is not there any more."},
		errName:                      {"Nama berisi 1 sampai 60 huruf, dalam satu baris.", "A name has 1 to 60 letters, on one line."},
		errPoint:                     {"Lintang dan bujur berupa angka, misalnya -6.1169 dan 106.1539.", "Latitude and longitude are numbers, such as -6.1169 and 106.1539."},
		botapi.ErrNotMember:          {"Orang ini bukan anggota grup.", "This person is not in the group."},
		botapi.ErrNoMessage:          {"Pesan itu sudah tidak ada.", "That message is not there any more."},
		botapi.ErrNoButton:           {"Tombol itu sudah tidak ada.", "That button is not there any more."},
		errBusy:                      {"Langkah sebelumnya masih berjalan.", "The step before is still under way."},
		context.Canceled:             {"Dibatalkan.", "It was broken off."},
		errSound:                     {"Rekaman ini tidak bisa dibaca; pilih berkas .ogg.", "This recording cannot be read; choose an .ogg file."},
		http.ErrMissingFile:          {"Tidak ada berkasnya.", "There is no file."},
		multipart.ErrMessageTooLarge: {"Terlalu besar untuk satu pesan.", "Too much for one message."},
	} {
		if errors.Is(err, known) {
			return words.In(v.lang)
		}
	}
	return err.Error()
}

// viewOf reads what a browser looks at. Whatever it names that is not there is the first of its kind.
func (s *Server) viewOf(r *http.Request) view {
	q := r.URL.Query()
	v := view{
		lang: q.Get("lang"), whatsapp: s.cast.find(onWhatsApp, q.Get("whatsapp")), telegram: s.cast.find(onTelegram, q.Get("telegram")),
		desk: s.cast.find(onDesk, q.Get("desk")), own: q.Get("view") == "own", topic: -1, code: q.Get("code"), letters: q.Get("letters"),
	}
	if v.lang != "id" && v.lang != "en" {
		v.lang = "en"
		if strings.HasPrefix(r.Header.Get("Accept-Language"), "id") {
			v.lang = "id"
		}
	}
	if n, err := strconv.Atoi(q.Get("topic")); err == nil && n >= 0 {
		v.topic = n
	}
	if !slices.Contains([]string{onWhatsApp, onTelegram, onDesk}, v.letters) {
		v.letters = onTelegram
	}
	return v
}

// act is one thing that somebody does in a chat.
type act struct {
	where, do string
	text      string
	message   string // the message that it is about, or replies to
	data      string // of a button
	photos    [][]byte
	voice     []byte
	voiceType string
	seconds   int
	lat, lon  float64
}

var errPoint = errors.New("this is no point")

// photosMost is how many photos one message may bring.
const photosMost = 10

func (s *Server) actOf(r *http.Request) (act, error) {
	a := act{where: r.PostFormValue("where"), do: r.PostFormValue("do"), text: r.PostFormValue("text"), message: r.PostFormValue("message"), data: r.PostFormValue("data")}
	a.seconds, _ = strconv.Atoi(r.PostFormValue("seconds"))
	if a.do == "pin" {
		var err, also error
		a.lat, err = strconv.ParseFloat(r.PostFormValue("lat"), 64)
		a.lon, also = strconv.ParseFloat(r.PostFormValue("lon"), 64)
		if err != nil || also != nil || !(math.Abs(a.lat) <= 90 && math.Abs(a.lon) <= 180) { // nor what is no number
			return a, errPoint
		}
	}
	if n, _ := strconv.Atoi(r.PostFormValue("sample")); n > 0 {
		for range min(n, photosMost) {
			a.photos = append(a.photos, s.Photo())
		}
	}
	if r.MultipartForm == nil {
		return a, nil
	}
	for _, f := range r.MultipartForm.File["photo"] {
		if len(a.photos) == photosMost {
			break
		}
		data, err := content(f)
		if err != nil {
			return a, err
		}
		a.photos = append(a.photos, data)
	}
	if a.do != "voice" {
		return a, nil
	}
	sounds := r.MultipartForm.File["voice"]
	if len(sounds) == 0 {
		return a, http.ErrMissingFile
	}
	data, err := content(sounds[0])
	if err == nil {
		a.voice, err = spoken(data)
	}
	a.voiceType = "audio/ogg"
	return a, err
}

func content(f *multipart.FileHeader) ([]byte, error) {
	file, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	return io.ReadAll(file)
}

func (s *Server) doAct(ctx context.Context, r *http.Request, v view) error {
	a, err := s.actOf(r)
	if err != nil {
		return err
	}
	if a.where == onWhatsApp {
		return s.wa.of(v.whatsapp).act(ctx, a)
	}
	return s.actTelegram(v, a)
}

func (s *Server) doClock(_ context.Context, r *http.Request, _ view) error {
	from := s.Clock.Now()
	to, err := s.Clock.Turn(r.PostFormValue("by"))
	if err != nil {
		return err
	}
	s.diary.add(turnedTo(from, to, s.Profile.Location()))
	s.diary.outcome()
	return nil
}

func (s *Server) doFault(ctx context.Context, r *http.Request, _ view) error {
	on := r.PostFormValue("on") == "true"
	for _, f := range s.Faults {
		if f.Key != r.PostFormValue("fault") {
			continue
		}
		s.faulting.Lock() // of two browsers each sees what the last of them did
		defer s.faulting.Unlock()
		// It goes on although the browser may leave.
		if err := f.Set(context.WithoutCancel(ctx), on); err != nil {
			return err
		}
		s.mu.Lock()
		s.on[f.Key] = on && !f.Once
		s.mu.Unlock()
		if on {
			s.diary.add(f.On)
			return nil
		}
		s.diary.add(f.Off)
		s.diary.outcome()
		return nil
	}
	return errGone
}

func (s *Server) doPerson(_ context.Context, r *http.Request, _ view) error {
	_, err := s.cast.add(r.PostFormValue("where"), r.PostFormValue("name"))
	return err
}

var errBusy = errors.New("a step of the tour is under way")

// stepMost is how long a step of the tour may take.
const stepMost = 45 * time.Second

func (s *Server) doTour(_ context.Context, r *http.Request, _ view) error {
	t := s.tour
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy {
		return errBusy
	}
	if r.PostFormValue("do") == "again" {
		t.steps, t.at, t.why = nil, 0, ""
		t.begin()
		return nil
	}
	t.begin()
	if t.at >= len(t.steps) {
		return nil
	}
	step := t.steps[t.at]
	t.busy, t.why = true, ""
	s.diary.all.Go(func() {
		ctx, cancel := context.WithTimeout(s.wa.ctx, stepMost)
		defer cancel()
		err := step.Do(ctx)
		t.mu.Lock()
		t.busy = false
		if err != nil {
			t.why = err.Error()
		} else {
			t.at++
		}
		t.mu.Unlock()
		s.bump()
	})
	return nil
}

// telegramFile gives a file of the local Telegram.
func (s *Server) telegramFile(w http.ResponseWriter, r *http.Request) {
	data, ok := s.API.File(r.URL.Query().Get("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	serveFile(w, data)
}

// whatsappFile gives a file that lies on a phone.
func (s *Server) whatsappFile(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	id, err := strconv.Atoi(q.Get("id"))
	n, also := strconv.Atoi(q.Get("n"))
	data, last := []byte(nil), errors.Join(err, also)
	if last == nil {
		data, last = s.wa.of(s.cast.find(onWhatsApp, q.Get("who"))).file(r.Context(), id, n)
	}
	if last != nil {
		http.NotFound(w, r)
		return
	}
	serveFile(w, data)
}

// serveFile hands out what people sent: as a picture or a sound where it is one, else as bytes to keep, never as a page.
func serveFile(w http.ResponseWriter, data []byte) {
	kind := http.DetectContentType(data)
	switch {
	case strings.HasPrefix(kind, "image/"), strings.HasPrefix(kind, "audio/"), kind == "application/ogg", strings.HasPrefix(kind, "video/"):
		w.Header().Set("Content-Type", kind)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", "attachment")
	}
	w.Header().Set("Cache-Control", "private, max-age=3600")
	_, _ = w.Write(data)
}
