package judges

import (
	"bufio"
	"context"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"

	"rabeg/internal/sim/judging"
	"rabeg/internal/sim/warelay"
)

//go:embed package.json package-lock.json baileys.mjs
var files embed.FS

// ErrMissing is judging.ErrMissing.
var ErrMissing = judging.ErrMissing

// Event is what the judge says: a QR code to scan (Ev "qr"), that it is
// connected ("open"), a decrypted message ("message"), a receipt ("receipt").
type Event struct {
	Ev      string          `json:"ev"`
	QR      string          `json:"qr"`
	ID      string          `json:"id"`
	Chat    string          `json:"chat"`
	From    string          `json:"from"`
	Mine    bool            `json:"mine"`
	Name    string          `json:"name"`
	Kind    string          `json:"kind"` // text, image, location, reaction, poll
	Text    string          `json:"text"`
	Quoted  string          `json:"quoted"`
	SHA256  string          `json:"sha256"` // of an image, after decryption
	Lat     float64         `json:"lat"`
	Lon     float64         `json:"lon"`
	Options []string        `json:"options"`
	Tag     int             `json:"tag"`
	Error   string          `json:"error"`
	Code    int             `json:"code"`
	Level   string          `json:"level"`
	Args    string          `json:"args"`
	Value   json.RawMessage `json:"value"`
}

// Baileys is a running client. Its methods may be called from any goroutine.
type Baileys struct {
	cmd *exec.Cmd
	in  io.WriteCloser

	mu      sync.Mutex
	events  []Event
	tag     int
	ended   bool
	changed chan struct{} // closed and replaced with every event
	done    chan struct{} // closed when the process has ended
}

// Start runs the client against a relay. It asks to be paired: wait for the
// event "qr" and let an account's phone scan it. The error is ErrMissing where
// node or npm are not installed. Stop ends it.
func Start(ctx context.Context, relay *warelay.Relay) (*Baileys, error) {
	folder, err := judging.Install(ctx, "judge", files, "baileys.mjs")
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(relay.Addr())
	if err != nil {
		return nil, fmt.Errorf("the relay is down: %w", err)
	}
	root := relay.RootKey()
	b := &Baileys{changed: make(chan struct{}), done: make(chan struct{})}
	b.cmd = exec.Command("node", "baileys.mjs")
	b.cmd.Dir = folder
	b.cmd.Env = append(os.Environ(), "RELAY_URL="+relay.PlainURL(), "RELAY_ROOT="+hex.EncodeToString(root[:]),
		"RELAY_MEDIA_PORT="+port, "RELAY_CA="+string(relay.CertPEM()))
	if b.in, err = b.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err = b.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start node: %w", err)
	}
	go b.listen(out)
	return b, nil
}

func (b *Baileys) listen(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var e Event
		if json.Unmarshal(lines.Bytes(), &e) == nil {
			b.add(e, false)
		}
	}
	_ = b.cmd.Wait() // the exit code says nothing that is needed
	b.add(Event{Ev: "ended"}, true)
	close(b.done)
}

func (b *Baileys) add(e Event, ended bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, e)
	b.ended = ended
	close(b.changed)
	b.changed = make(chan struct{})
}

// Events gives everything the client has said.
func (b *Baileys) Events() []Event {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.events)
}

// Wait waits for an event that matches, also one that has already come.
func (b *Baileys) Wait(ctx context.Context, match func(Event) bool) (Event, error) {
	for {
		b.mu.Lock()
		events, ended, changed := b.events, b.ended, b.changed
		b.mu.Unlock()
		if i := slices.IndexFunc(events, match); i >= 0 {
			return events[i], nil
		}
		if ended {
			return Event{}, errors.New("the judge has ended")
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Event{}, ctx.Err()
		}
	}
}

// do gives a command and waits for its outcome.
func (b *Baileys) do(ctx context.Context, command map[string]any) (Event, error) {
	b.mu.Lock()
	b.tag++
	tag := b.tag
	command["tag"] = tag
	line, err := json.Marshal(command)
	if err == nil {
		_, err = b.in.Write(append(line, '\n'))
	}
	b.mu.Unlock()
	if err != nil {
		return Event{}, fmt.Errorf("tell the judge: %w", err)
	}
	e, err := b.Wait(ctx, func(e Event) bool { return e.Ev == "done" && e.Tag == tag })
	if err == nil && e.Error != "" {
		err = errors.New(e.Error)
	}
	return e, err
}

// Text sends a text to a JID and gives the message's id.
func (b *Baileys) Text(ctx context.Context, to, text string) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "text", "to": to, "text": text})
	return e.ID, err
}

// Reply sends a text that quotes a received message.
func (b *Baileys) Reply(ctx context.Context, m Event, text string) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "reply", "to": m.Chat, "id": m.ID, "text": text})
	return e.ID, err
}

// Image sends a JPEG with a caption.
func (b *Baileys) Image(ctx context.Context, to string, data []byte, caption string) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "image", "to": to, "data": base64.StdEncoding.EncodeToString(data), "text": caption})
	return e.ID, err
}

// Location sends a place in degrees.
func (b *Baileys) Location(ctx context.Context, to string, lat, lon float64) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "location", "to": to, "lat": lat, "lon": lon})
	return e.ID, err
}

// Poll asks a question with options.
func (b *Baileys) Poll(ctx context.Context, to, question string, options ...string) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "poll", "to": to, "text": question, "options": options})
	return e.ID, err
}

// React puts an emoji under a received message.
func (b *Baileys) React(ctx context.Context, m Event, emoji string) (string, error) {
	e, err := b.do(ctx, map[string]any{"do": "react", "to": m.Chat, "id": m.ID, "text": emoji})
	return e.ID, err
}

// Read marks a received message as read.
func (b *Baileys) Read(ctx context.Context, m Event) error {
	_, err := b.do(ctx, map[string]any{"do": "read", "id": m.ID})
	return err
}

// Group is a group as the client sees it.
type Group struct {
	ID, Subject, Mode string
	Size              int
}

// Groups lists the groups the client is in.
func (b *Baileys) Groups(ctx context.Context) ([]Group, error) {
	e, err := b.do(ctx, map[string]any{"do": "groups"})
	if err != nil {
		return nil, err
	}
	var out []Group
	return out, json.Unmarshal(e.Value, &out)
}

// stopLimit is how long a client may take to end by itself.
const stopLimit = 5 * time.Second

// Stop ends the client and waits for it.
func (b *Baileys) Stop() {
	_ = b.in.Close() // it ends when its input does
	kill := time.AfterFunc(stopLimit, func() { _ = b.cmd.Process.Kill() })
	defer kill.Stop()
	<-b.done
}
