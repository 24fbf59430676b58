package botapi

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"path"
	"strings"
	"sync"
)

// fileKind is what a file was sent as; a file id is good for that kind only.
type fileKind string

const (
	photoFile     fileKind = "Photo"
	thumbFile     fileKind = "Thumbnail"
	voiceFile     fileKind = "Voice"
	documentFile  fileKind = "Document"
	audioFile     fileKind = "Audio"
	videoFile     fileKind = "Video"
	animationFile fileKind = "Animation"
	stickerFile   fileKind = "Sticker"
)

type storedFile struct {
	id, unique string
	kind       fileKind
	name, mime string
	width      int
	height     int
	size       int
	path       string
	data       []byte // nil once dropped, and always with a thumbnail
	parent     string // of a thumbnail
	place      *list.Element
}

// maxFileIDs bounds how many files are known at all.
const maxFileIDs = 50000

// fileStore keeps bytes up to a bound and drops the least recently used first; a dropped file's id remains known.
type fileStore struct {
	mu     sync.Mutex
	max    int
	used   int
	count  int
	seed   string
	byID   map[string]*storedFile
	byPath map[string]*storedFile
	ids    []string   // all in byID, oldest first
	recent *list.List // of *storedFile with data, latest first
}

func newFileStore(limit int, seed string) *fileStore {
	return &fileStore{
		max: limit, seed: seed, byID: make(map[string]*storedFile), byPath: make(map[string]*storedFile), recent: list.New(),
	}
}

func (k fileKind) prefix() (id, folder, ext string) {
	switch k {
	case photoFile, thumbFile:
		return "AgACAgUAAxkBAA", "photos", ".jpg"
	case voiceFile:
		return "AwACAgUAAxkBAA", "voice", ".oga"
	case audioFile:
		return "CQACAgUAAxkBAA", "music", ".mp3"
	case videoFile:
		return "BAACAgUAAxkBAA", "videos", ".mp4"
	case animationFile:
		return "CgACAgUAAxkBAA", "animations", ".mp4"
	case stickerFile:
		return "CAACAgUAAxkBAA", "stickers", ".webp"
	default:
		return "BQACAgUAAxkBAA", "documents", ".bin"
	}
}

// add keeps a file and gives it its ids.
func (fs *fileStore) add(f storedFile) *storedFile {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.count++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d", fs.seed, fs.count))
	prefix, folder, ext := f.kind.prefix()
	f.id = prefix + base64.RawURLEncoding.EncodeToString(sum[:])
	f.unique = "AQAD" + base64.RawURLEncoding.EncodeToString(sum[:9])
	if e := path.Ext(f.name); e != "" && f.kind != photoFile && !strings.ContainsAny(e, "/?#% ") {
		ext = e
	}
	f.path = fmt.Sprintf("%s/file_%d%s", folder, fs.count, ext)
	if f.parent == "" {
		f.size = len(f.data)
	}
	kept := &f
	fs.byID[f.id], fs.byPath[f.path] = kept, kept
	fs.ids = append(fs.ids, f.id)
	if len(fs.ids) > maxFileIDs {
		old := fs.byID[fs.ids[0]]
		fs.drop(old)
		delete(fs.byID, old.id)
		delete(fs.byPath, old.path)
		fs.ids = fs.ids[1:]
	}
	if f.parent == "" {
		kept.place = fs.recent.PushFront(kept)
		fs.used += f.size
		fs.shrink()
	}
	return kept
}

func (fs *fileStore) shrink() {
	for fs.used > fs.max && fs.recent.Len() > 1 {
		fs.drop(fs.recent.Back().Value.(*storedFile)) //nolint:forcetypeassert // only files are put in
	}
}

func (fs *fileStore) drop(f *storedFile) {
	if f.place == nil {
		return
	}
	fs.recent.Remove(f.place)
	fs.used -= f.size
	f.data, f.place = nil, nil
}

func (fs *fileStore) get(id string) *storedFile {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.byID[id]
}

// bytes gives a file's content; false when it is unknown or was dropped. A thumbnail is made when asked for.
func (fs *fileStore) bytes(f *storedFile) ([]byte, bool) {
	fs.mu.Lock()
	source := f
	if f.parent != "" {
		source = fs.byID[f.parent]
	}
	if source == nil || source.place == nil {
		fs.mu.Unlock()
		return nil, false
	}
	fs.recent.MoveToFront(source.place)
	data := source.data
	fs.mu.Unlock()
	if f.parent != "" {
		return shrinkImage(data, f.width, f.height), true
	}
	return data, true
}

func (fs *fileStore) atPath(p string) *storedFile {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.byPath[p]
}

// forget drops a file's bytes.
func (fs *fileStore) forget(id string) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if f := fs.byID[id]; f != nil {
		fs.drop(f)
	}
}

// decodeImage decodes what Telegram takes as a photo, whole, after a look at its size.
func decodeImage(data []byte) (image.Image, *apiError) {
	width, height, ok := imageSize(data)
	if !ok {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	if width+height > 10000 || width > 20*height || height > 20*width {
		return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	img, err := decode(data)
	if err != nil {
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	}
	return img, nil
}

func decode(data []byte) (image.Image, error) {
	r := bytes.NewReader(data)
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return jpeg.Decode(r)
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		return png.Decode(r)
	case bytes.HasPrefix(data, []byte("GIF8")):
		return gif.Decode(r)
	}
	return nil, image.ErrFormat
}

// imageSize reads the size alone.
func imageSize(data []byte) (width, height int, ok bool) {
	r := bytes.NewReader(data)
	var c image.Config
	err := image.ErrFormat
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		c, err = jpeg.DecodeConfig(r)
	case bytes.HasPrefix(data, []byte("\x89PNG")):
		c, err = png.DecodeConfig(r)
	case bytes.HasPrefix(data, []byte("GIF8")):
		c, err = gif.DecodeConfig(r)
	}
	return c.Width, c.Height, err == nil && c.Width > 0 && c.Height > 0
}

// shrinkImage makes a thumbnail, or gives the bytes back when they are no image.
func shrinkImage(data []byte, width, height int) []byte {
	img, err := decodeImage(data)
	if err != nil || width < 1 || height < 1 {
		return data
	}
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	b := img.Bounds()
	for y := range height {
		for x := range width {
			c := img.At(b.Min.X+x*b.Dx()/width, b.Min.Y+y*b.Dy()/height)
			small.Set(x, y, color.RGBAModel.Convert(c))
		}
	}
	var out bytes.Buffer
	if jpeg.Encode(&out, small, &jpeg.Options{Quality: 80}) != nil {
		return data
	}
	return out.Bytes()
}

// photo keeps an image and gives its sizes, smallest first.
func (fs *fileStore) photo(name string, data []byte) []PhotoSize {
	width, height, ok := imageSize(data)
	if !ok {
		width, height = 800, 600 // a person's client may send anything
	}
	full := fs.add(storedFile{kind: photoFile, name: name, mime: "image/jpeg", width: width, height: height, data: data})
	return fs.sizes(full)
}

func (fs *fileStore) sizes(full *storedFile) []PhotoSize {
	last := PhotoSize{
		FileID: full.id, FileUniqueID: full.unique, Width: full.width, Height: full.height, FileSize: full.size,
	}
	edge := max(full.width, full.height)
	if edge <= 320 {
		return []PhotoSize{last}
	}
	w, h := max(1, full.width*320/edge), max(1, full.height*320/edge)
	small := fs.add(storedFile{kind: thumbFile, width: w, height: h, parent: full.id})
	return []PhotoSize{{FileID: small.id, FileUniqueID: small.unique, Width: w, Height: h}, last}
}

// wire gives a file as messages carry it.
func (f *storedFile) wire() *File {
	w := &File{
		FileID: f.id, FileUniqueID: f.unique, FileName: f.name, MIME: f.mime, FileSize: f.size, Width: f.width, Height: f.height,
	}
	if f.kind == stickerFile {
		w.Type, w.FileName = "regular", ""
	}
	if f.kind == voiceFile {
		w.FileName = ""
	}
	return w
}

// File gives the bytes of a file that was sent by the bot or a person; false when unknown or dropped.
func (s *Server) File(id string) ([]byte, bool) {
	f := s.files.get(id)
	if f == nil {
		return nil, false
	}
	return s.files.bytes(f)
}

// DropFile makes a file unavailable from now on, as an expired one is.
func (s *Server) DropFile(id string) { s.files.forget(id) }
