// Package media makes what people send fit to be kept: bounded, recognised by its content, pictures drawn anew without
// what cameras write into them (position and time stay as facts), named by the hash of what is kept.
package media

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime/debug"

	"golang.org/x/sync/semaphore"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// The bounds of what is kept.
const (
	MaxBytes = 20 << 20  // of any file: what Telegram lets a bot download
	Memory   = 240 << 20 // bytes that all pictures together may take while they are drawn: the program has 512 MB
	MinSide  = 8         // pixels: less shows nothing
	MaxSide  = 4096      // pixels of what is kept; larger ones are made smaller
	quality  = 85        // of the JPEG
)

// Blobs is where files lie, by key. Keys are hex digits, '/', '.' only.
type Blobs interface {
	// Put stores a file whole or not at all. Storing the same key again is no error: keys name their content.
	Put(ctx context.Context, key, mime string, data []byte) error
	// Open reads a file; fs.ErrNotExist when there is none.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
	// Remove removes a file; one that is not there is no error.
	Remove(ctx context.Context, key string) error
	// Check reports whether files can be written.
	Check(ctx context.Context) error
}

// Keeper cleans and stores files. What a picture takes is known before it is drawn, and all together take no more than Memory:
// small ones are drawn side by side, a large one alone.
type Keeper struct {
	blobs  Blobs
	memory *semaphore.Weighted
	bodies *semaphore.Weighted
}

var _ bot.Opener = (*Keeper)(nil)

// NewKeeper makes a Keeper.
func NewKeeper(b Blobs) *Keeper {
	return &Keeper{blobs: b, memory: semaphore.NewWeighted(Memory), bodies: semaphore.NewWeighted(maxBodies)}
}

// lost is a file that can never be kept: the reason is a word for operators.
type lost string

func (l lost) Error() string { return string(l) }

// Keep cleans and stores what open gives; kind is "photo" for what must be a picture, anything else is kept as it is. A
// file that cannot be kept is no error: its File says so in Lost.
func (k *Keeper) Keep(ctx context.Context, kind string, open func(context.Context) (io.ReadCloser, error)) (ledger.File, error) {
	data, done, err := k.read(ctx, open)
	defer done()
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

// Bodies up to smallBody are read as they come; of larger ones, two at a time.
const (
	smallBody = 2 << 20
	maxBodies = 2
)

// read reads a file into memory; done is called when it is needed no more.
func (k *Keeper) read(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (data []byte, done func(), err error) {
	done = func() {}
	r, err := open(ctx)
	if err != nil {
		return nil, done, err
	}
	defer func() { _ = r.Close() }()
	data, err = io.ReadAll(io.LimitReader(r, smallBody))
	if err == nil && len(data) == smallBody {
		if err := k.bodies.Acquire(ctx, 1); err != nil {
			return nil, done, err
		}
		done = func() { k.bodies.Release(1) }
		var rest []byte
		rest, err = io.ReadAll(io.LimitReader(r, MaxBytes+1-smallBody))
		data = append(data, rest...)
	}
	switch {
	case err != nil:
		return nil, done, fmt.Errorf("read a file: %w", err)
	case len(data) > MaxBytes:
		return nil, done, lost("lebih besar dari 20 MB")
	case len(data) == 0:
		return nil, done, lost("kosong")
	}
	return data, done, nil
}

// clean makes a file fit to be kept: a picture is drawn anew, anything else stays as it is, but for what it says about where it
// was made.
func (k *Keeper) clean(ctx context.Context, kind string, data []byte) (ledger.File, []byte, error) {
	var f ledger.File
	f.Ref.MIME = sort(data)
	if plans := planner(f.Ref.MIME); plans != nil {
		p, err := plans(data)
		if err == nil {
			return k.drawn(ctx, p)
		}
		if !errors.Is(err, errFile) {
			return f, nil, err
		}
	}
	if kind == "photo" && !isPhoto(f.Ref.MIME) {
		return f, nil, lost("bukan gambar")
	}
	f.Odd = isPhoto(f.Ref.MIME)
	return k.placeless(ctx, f, data)
}

// placeless is a file that is not drawn, without what it says about where it was made; of what says nothing of it no copy is made.
func (k *Keeper) placeless(ctx context.Context, f ledger.File, data []byte) (ledger.File, []byte, error) {
	need := strips(f.Ref.MIME, data)
	if need == 0 {
		return f, data, nil
	}
	if err := k.memory.Acquire(ctx, need); err != nil {
		return f, nil, err
	}
	defer k.memory.Release(need)
	if archived(data) {
		out, err := unpacked(ctx, data)
		if f.Sealed = errors.Is(err, errSealed); out == nil && f.Sealed {
			out = data
		}
		if err != nil && !f.Sealed {
			return f, nil, fmt.Errorf("clean an archive: %w", err)
		}
		return f, out, nil
	}
	data, taken, pin, err := stripped(ctx, f.Ref.MIME, data)
	if err != nil {
		return f, nil, fmt.Errorf("clean a file: %w", err)
	}
	f.Taken, f.Pin = taken, pin
	return f, data, nil
}

// large is from where on memory is given back at once: what lies about until it is collected would be taken twice.
const large = 16 << 20

// drawn draws a picture when there is memory for it: large ones wait for each other.
func (k *Keeper) drawn(ctx context.Context, p plan) (f ledger.File, data []byte, err error) {
	if err := k.memory.Acquire(ctx, p.bytes); err != nil {
		return f, nil, err
	}
	defer func() {
		if p.bytes >= large {
			debug.FreeOSMemory()
		}
		k.memory.Release(p.bytes)
	}()
	if t, ok := p.notes(); ok {
		f.Taken, f.Pin = factsOf(t)
	}
	data, img, err := drawn(ctx, p)
	if err != nil {
		return ledger.File{}, nil, err
	}
	f.Width, f.Height, f.Look = img.Bounds().Dx(), img.Bounds().Dy(), lookOf(img)
	if f.Look != "" {
		f.Disguises = disguises(img)
	}
	f.Ref.MIME = "image/jpeg"
	return f, data, nil
}
