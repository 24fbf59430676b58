package botapi

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestJudges lets two clients that know nothing of this repository hold a conversation with the server: grammY by long
// polling and telegraf by webhook with a secret.
func TestJudges(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: the independent clients grammY and telegraf cannot judge the server here", tool)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	t.Cleanup(cancel)
	dir := installJudges(ctx, t)
	for _, name := range []string{"grammy", "telegraf"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			judge(ctx, t, dir, name)
		})
	}
}

// installJudges copies the judges into a folder of its own and installs exactly what their lock file names.
func installJudges(ctx context.Context, t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("judges/*.*")
	if err != nil || len(files) < 5 {
		t.Fatalf("judges: %v %v", files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return dir
}

func judge(ctx context.Context, t *testing.T, dir, name string) {
	// Six messages come before the flood of twelve, which must meet the limit.
	limits := Limits{Person: Bucket{Burst: 6, Every: 200 * time.Millisecond}}
	w := start(t, Options{Limits: &limits})
	photo := pngOf(t, 640, 480)
	path := filepath.Join(t.TempDir(), "photo.png")
	if err := os.WriteFile(path, photo, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, "node", name+".mjs")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "BOT_API_URL="+w.URL(), "BOT_TOKEN="+w.Token(), "PHOTO="+path)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	talk, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	go func() {
		err := cmd.Wait()
		cancel() // a judge that leaves early ends the waiting
		ended <- err
	}()
	problem := converse(talk, w, photo)
	if problem != nil {
		_ = cmd.Process.Kill()
	}
	err := <-ended
	if err != nil || problem != nil {
		t.Fatalf("%s: %v, conversation: %v, said:\n%s", name, err, problem, out.String())
	}
}

// talker is the citizen of the conversation: each step says something and waits for the bot's next message.
type talker struct {
	ctx  context.Context
	w    *world
	budi *Person
	seen int // bot messages looked at
}

// expect waits until the bot has sent n more messages and gives them.
func (c *talker) expect(n int) ([]Seen, error) {
	var fresh []Seen
	_, err := c.w.WaitFor(c.ctx, c.budi.ID(), func(all []Seen) bool {
		fresh = fresh[:0]
		for _, m := range all {
			if m.FromBot {
				fresh = append(fresh, m)
			}
		}
		return len(fresh) >= c.seen+n
	})
	if err != nil {
		return nil, fmt.Errorf("waiting for message %d: %w", c.seen+n, err)
	}
	fresh = fresh[c.seen:]
	c.seen += len(fresh)
	return fresh, nil
}

func converse(ctx context.Context, w *world, photo []byte) error {
	c := &talker{ctx: ctx, w: w, budi: w.Person(1001, "Budi")}
	for _, step := range []func(*talker) error{stepStart, stepPlace, func(c *talker) error { return stepPhoto(c, photo) },
		stepAlbum, stepFlood, stepEnd} {
		if err := step(c); err != nil {
			return err
		}
	}
	return nil
}

func stepStart(c *talker) error {
	if _, err := c.budi.Text("/start"); err != nil {
		return err
	}
	got, err := c.expect(1)
	if err != nil {
		return err
	}
	if got[0].Text != "Halo & selamat datang" || got[0].Entities[0].Type != "bold" {
		return fmt.Errorf("greeting %+v", got[0])
	}
	query, err := c.budi.Press(got[0].MessageID, "Mulai")
	if err != nil {
		return err
	}
	if _, err = c.expect(1); err != nil {
		return err
	}
	k := c.budi.Keyboard()
	if k == nil || !k.Rows[0][0].RequestLocation || k.Rows[1][0].Text != "Lewati" {
		return fmt.Errorf("keyboard %+v", k)
	}
	answered := false
	events, err := c.w.Events(c.ctx, c.budi.ID(), 0, 100)
	for _, e := range events {
		answered = answered || e.Kind == Answered && e.CallbackID == query && e.Text == "baik"
	}
	first := c.w.History(c.budi.ID())[1]
	if err != nil || !answered || first.Text != "Siap.  tebal" || first.ReplyMarkup != nil {
		return fmt.Errorf("after the press: %w, answered %v, %+v", err, answered, first)
	}
	return nil
}

func stepPlace(c *talker) error {
	sent, err := c.budi.Location(-6.12, 106.15)
	if err != nil {
		return err
	}
	got, err := c.expect(1)
	if err != nil {
		return err
	}
	m := got[0]
	if m.Text != "lokasi -6.12 106.15" || m.ReplyToMessage == nil || m.ReplyToMessage.MessageID != sent.MessageID ||
		c.budi.Keyboard() != nil {
		return fmt.Errorf("answer to the place %+v", m)
	}
	return nil
}

func stepPhoto(c *talker, photo []byte) error {
	if _, err := c.budi.Photo(photo, "ini fotonya"); err != nil {
		return err
	}
	got, err := c.expect(1)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(photo)
	data, ok := c.w.File(got[0].Photo[len(got[0].Photo)-1].FileID)
	if got[0].Caption != hex.EncodeToString(sum[:]) || !ok || !bytes.Equal(data, photo) {
		return fmt.Errorf("photo back: %q, kept %v, %d bytes", got[0].Caption, ok, len(data))
	}
	return nil
}

func stepAlbum(c *talker) error {
	if _, err := c.budi.Text("album"); err != nil {
		return err
	}
	got, err := c.expect(2)
	if err != nil {
		return err
	}
	if got[0].MediaGroupID == "" || got[0].MediaGroupID != got[1].MediaGroupID || got[0].Caption != "dua foto" {
		return fmt.Errorf("album %+v", got)
	}
	return nil
}

func stepFlood(c *talker) error {
	if _, err := c.budi.Text("banjir"); err != nil {
		return err
	}
	got, err := c.expect(12)
	if err != nil {
		return err
	}
	for i, m := range got {
		if m.Text != fmt.Sprintf("gelombang %d", i+1) {
			return fmt.Errorf("wave %d is %q", i+1, m.Text)
		}
	}
	if c.w.Stats().TooMany == 0 {
		return fmt.Errorf("no 429 was given")
	}
	return nil
}

func stepEnd(c *talker) error {
	if _, err := c.budi.Text("selesai"); err != nil {
		return err
	}
	got, err := c.expect(1)
	if err != nil {
		return err
	}
	if !strings.HasPrefix(got[0].Text, "sampai") {
		return fmt.Errorf("farewell %q", got[0].Text)
	}
	return nil
}
