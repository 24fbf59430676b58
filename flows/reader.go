package flows

import (
	"hash/maphash"
	"sync/atomic"

	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// onceReader reads a text once where several flows ask about the same message in turn. A reading is never changed by who gets
// it, so that it can be given again.
type onceReader struct {
	understand.Reader
	answers *answer.Lexicon
	seed    maphash.Seed
	last    [64]atomic.Pointer[readText]
	aims    [64]atomic.Pointer[aimedText]
}

// Aims implements understand.Follower.
func (r *onceReader) Aims(lx *answer.Lexicon, text string) understand.Aims {
	f, ok := r.Reader.(understand.Follower)
	if !ok {
		return nil
	}
	at := &r.aims[maphash.String(r.seed, text)%uint64(len(r.aims))]
	if was := at.Load(); was != nil && was.text == text {
		return was.aims
	}
	got := f.Aims(lx, text)
	at.Store(&aimedText{text: text, aims: got})
	return got
}

type aimedText struct {
	text string
	aims understand.Aims
}

type readText struct {
	text    string
	reading understand.Reading
}

func readOnce(r understand.Reader, answers *answer.Lexicon) *onceReader {
	return &onceReader{Reader: r, answers: answers, seed: maphash.MakeSeed()}
}

// Read implements understand.Reader.
func (r *onceReader) Read(text string) understand.Reading {
	at := &r.last[maphash.String(r.seed, text)%uint64(len(r.last))]
	if was := at.Load(); was != nil && was.text == text {
		return was.reading
	}
	got := r.Reader.Read(text)
	if got.Emergency && got.Harm == understand.NoHarm {
		got = got.Calmed(r.Aims(r.answers, text))
	}
	if got.Human && (r.Aims(r.answers, text).Against(understand.AimHuman) || r.answers.Bond(text).Want != answer.NoBond) { // "sambungkan whatsapp saya" is no wish for a person
		got.Human = false
	}
	at.Store(&readText{text: text, reading: got})
	return got
}
