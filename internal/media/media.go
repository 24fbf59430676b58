// Package media makes what people send fit to be kept: bounded, recognised by its content, pictures drawn anew without
// what cameras write into them (position and time stay as facts), named by the hash of what is kept.
package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// The bounds of what is kept.
const (
	MaxBytes  = 20 << 20   // of any file: what Telegram lets a bot download
	MaxPixels = 50_000_000 // of a picture before it is drawn: more is a bomb, not a photo; half of it with 16 bits a colour
	MinSide   = 8          // pixels: less shows nothing
	MaxSide   = 4096       // pixels of what is kept; larger ones are made smaller
	quality   = 85         // of the JPEG
)

// Blobs is where files lie, by key. Keys are hex digits, '/', '.' only.
type Blobs interface {
	// Put stores a file whole or not at all. Storing the same key again is no error: keys name their content.
	Put(ctx context.Context, key, mime string, data []byte) error
	// Open reads a file; fs.ErrNotExist when there is none.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// Check reports whether files can be written.
	Check(ctx context.Context) error
}

// Keeper cleans and stores files. At most one picture is drawn at a time: a large one needs some 200 MB.
type Keeper struct {
	blobs Blobs
	draw  chan struct{}
}

var _ bot.Opener = (*Keeper)(nil)

// NewKeeper makes a Keeper.
func NewKeeper(b Blobs) *Keeper { return &Keeper{blobs: b, draw: make(chan struct{}, 1)} }

// lost is a file that can never be kept: the reason is a word for operators.
type lost string

func (l lost) Error() string { return string(l) }

// Keep cleans and stores what open gives; kind is "photo" for what must be a picture, anything else is kept as it is. A
// file that cannot be kept is no error: its File says so in Lost.
func (k *Keeper) Keep(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error) {
	data, err := read(ctx, open)
	var why lost
	if errors.As(err, &why) {
		return ledger.File{Lost: string(why)}, nil
	}
	if err != nil {
		return ledger.File{}, err
	}
	f, data, err := k.clean(ctx, kind, data)
	if errors.As(err, &why) {
		return ledger.File{Lost: string(why)}, nil
	}
	if err != nil {
		return ledger.File{}, err
	}
	sum := sha256.Sum256(data)
	f.Hash = hex.EncodeToString(sum[:])
	f.Ref.Network, f.Ref.Size = bot.Store, int64(len(data))
	f.Ref.ID = path.Join(f.Hash[:2], f.Hash+ending(f.Ref.MIME))
	if err := k.blobs.Put(ctx, f.Ref.ID, f.Ref.MIME, data); err != nil {
		return ledger.File{}, fmt.Errorf("store a file: %w", err)
	}
	return f, nil
}

// Open reads a kept file.
func (k *Keeper) Open(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if m.Network != bot.Store {
		return nil, fmt.Errorf("open a kept file: it lies on %s", m.Network)
	}
	return k.blobs.Open(ctx, m.ID)
}

func read(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) ([]byte, error) {
	r, err := open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read a file: %w", err)
	case len(data) > MaxBytes:
		return nil, lost("lebih besar dari 20 MB")
	case len(data) == 0:
		return nil, lost("kosong")
	}
	return data, nil
}

func (k *Keeper) clean(ctx context.Context, kind string, data []byte) (ledger.File, []byte, error) {
	var f ledger.File
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(data))
	isPicture := decoder(sniffed) != nil
	if !isPicture {
		if kind == "photo" {
			return f, nil, lost("bukan gambar")
		}
		f.Ref.MIME = sniffed
		return f, data, nil
	}
	f.Taken, f.Pin = facts(data)
	select {
	case k.draw <- struct{}{}:
	case <-ctx.Done():
		return f, nil, ctx.Err()
	}
	defer func() { <-k.draw }()
	img, err := decode(sniffed, data)
	if err != nil {
		return f, nil, err
	}
	img = upright(fit(img), orientation(data))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		return f, nil, fmt.Errorf("draw a picture anew: %w", err)
	}
	f.Width, f.Height = img.Bounds().Dx(), img.Bounds().Dy()
	f.Ref.MIME = "image/jpeg"
	return f, out.Bytes(), nil
}

type codec struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

func decoder(mime string) *codec {
	switch mime {
	case "image/jpeg":
		return &codec{jpeg.DecodeConfig, jpeg.Decode}
	case "image/png":
		return &codec{png.DecodeConfig, png.Decode}
	case "image/gif":
		return &codec{gif.DecodeConfig, gif.Decode}
	case "image/webp":
		return &codec{webp.DecodeConfig, webp.Decode}
	}
	return nil
}

// decode reads a picture after its size was asked for: what a bomb would unfold to is known before it unfolds.
func decode(mime string, data []byte) (image.Image, error) {
	c := decoder(mime)
	cfg, err := c.config(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, lost("gambar rusak")
	case tooLarge(cfg):
		return nil, lost("gambar terlalu besar (lebih dari 50 megapiksel)")
	case cfg.Width < MinSide || cfg.Height < MinSide:
		return nil, lost("gambar terlalu kecil untuk dilihat")
	}
	img, err := c.decode(bytes.NewReader(data))
	if err != nil {
		return nil, lost("gambar rusak")
	}
	return img, nil
}

func tooLarge(cfg image.Config) bool {
	most := MaxPixels
	switch cfg.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		most /= 2 // each takes eight bytes
	}
	return cfg.Width > most || cfg.Height > most || cfg.Width*cfg.Height > most
}

// fit makes a picture at most MaxSide wide and high, on white where it is transparent.
func fit(img image.Image) image.Image {
	b := img.Bounds()
	_, plain := img.(*image.YCbCr)
	if plain && b.Dx() <= MaxSide && b.Dy() <= MaxSide {
		return img
	}
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > MaxSide {
		w, h = max(1, w*MaxSide/long), max(1, h*MaxSide/long)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	return out
}

func ending(mime string) string {
	switch {
	case mime == "image/jpeg":
		return ".jpg"
	case mime == "application/ogg":
		return ".ogg"
	case mime == "application/pdf":
		return ".pdf"
	case strings.HasPrefix(mime, "audio/"):
		return ".audio"
	case strings.HasPrefix(mime, "video/"):
		return ".video"
	}
	return ".bin"
}
