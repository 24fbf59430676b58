package llm

import (
	"context"
	"fmt"
	"io"
	"strings"

	openai "github.com/sashabaranov/go-openai"
)

// Limits of a transcription.
const (
	maxAudio = 20 << 20
	maxHeard = 4000 // letters of a transcript that are kept
)

// Transcribe turns a voice note into words within 8 seconds. mime says how it is encoded ("audio/ogg; codecs=opus").
// The words are what somebody said: the citizen confirms them before they are filed, and they are no more trusted than a
// typed text. An error is ErrOff, ErrAway, ErrRefused, ErrAnswer (also when nothing was heard), or the caller's own
// cancellation.
func (c *Client) Transcribe(ctx context.Context, audio io.Reader, mime string) (string, error) {
	if c.cfg.SpeechModel == "" {
		return "", ErrOff
	}
	begun := c.cfg.Now()
	counted := &counter{in: io.LimitReader(audio, maxAudio+1)}
	text, err := c.transcribe(ctx, counted, mime)
	c.cfg.Observe(Usage{What: "speech", Result: result(err), AudioBytes: counted.n, Took: c.cfg.Now().Sub(begun)})
	return text, err
}

func (c *Client) transcribe(ctx context.Context, audio *counter, mime string) (string, error) {
	limited, cancel := context.WithTimeout(ctx, speechTimeout)
	defer cancel()
	text := ""
	err := c.guard(ctx, func() error {
		res, err := c.api.CreateTranscription(limited, openai.AudioRequest{
			Model: c.cfg.SpeechModel, Reader: audio, FilePath: fileName(mime), Language: "id",
			Format: openai.AudioResponseFormatJSON,
		})
		if audio.n > maxAudio {
			return fmt.Errorf("%w: the voice note is too long to be heard", ErrAnswer)
		}
		if err != nil {
			return err //nolint:wrapcheck // guard judges it
		}
		text = tidy(res.Text)
		if text == "" {
			return fmt.Errorf("%w: nothing was heard", ErrAnswer)
		}
		return nil
	})
	return text, err
}

// fileName is the name by which servers recognise the encoding.
func fileName(mime string) string {
	kind, _, _ := strings.Cut(mime, ";")
	switch strings.TrimSpace(strings.ToLower(kind)) {
	case "audio/mpeg", "audio/mp3":
		return "suara.mp3"
	case "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac":
		return "suara.m4a"
	case "audio/wav", "audio/x-wav", "audio/wave":
		return "suara.wav"
	case "audio/webm":
		return "suara.webm"
	case "audio/flac":
		return "suara.flac"
	}
	return "suara.ogg" // what both networks send
}

// tidy makes a transcript safe to keep: valid, without control characters, bounded.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), maxHeard)])
}

// counter counts what was read.
type counter struct {
	in io.Reader
	n  int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.n += int64(n)
	return n, err //nolint:wrapcheck // a reader hands on what the one below says
}
