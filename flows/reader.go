package flows

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"rabeg/bot"
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
	if hails(text) {
		got = understand.Aims{{Aim: understand.AimGreet, P: 1}}
	}
	at.Store(&aimedText{text: text, aims: got})
	return got
}

// hails reports whether words only call somebody ("woi", "permisi pak", "p"): they greet.
func hails(text string) bool {
	words := strings.Fields(bot.Fold(text))
	switch strings.Join(words, " ") {
	case "ini nomer apa ya", "ini nomor apa ya", "ini nomor apa", "ini nomer apa", "ini siapa", "ini siapa ya", "siapa ini", "ini apa", "ini apa ya", "ini apa sih", "who is this", "what is this", "saha ieu", "iki sapa":
		return true
	}
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	calls := false
	for _, w := range words {
		switch w {
		case "woi", "woy", "woii", "wooi", "hoi", "hoy", "oi", "oy", "hei", "hey", "p", "pp", "ping", "permisi", "punten", "kulanuwun", "hallo", "halo", "helo", "hello", "halooo", "haloo", "anybody", "spada", "jawab", "bales", "balas", "jawaban", "misi", "knock", "sampurasun", "punteun":
			calls = true
		case "pak", "bu", "min", "admin", "kak", "bang", "mas", "mbak", "gan", "bos", "om", "kang", "teh", "ada", "orang", "orangnya", "dong", "pemkot", "pemda", "rabeg", "dinas", "bapak", "ibu":
		default:
			return false
		}
	}
	return calls
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
	if got.Human && (r.Aims(r.answers, text).Against(understand.AimHuman) || r.answers.AsksNumber(text) || r.answers.Bond(text).Want != answer.NoBond) { // "sambungkan whatsapp saya" is no wish for a person
		got.Human = false
	}
	if !got.Human && r.answers.Question(text) == answer.AskedBot && r.answers.After(text).Sequel == answer.WantsPerson {
		got.Human = true // "ini robot apa orang? saya mau ngomong sama orang"
	}
	if hails(text) {
		got.NoReport, got.Small, got.Guesses = true, "greeting", nil
	}
	at.Store(&readText{text: text, reading: got})
	return got
}
