package jobs_test

import (
	"fmt"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// die lets the program die in the middle of its work: what it was at work on is taken over by its successor.
func (h *house) die() {
	h.Helper()
	if err := h.jobs.Anew(h.Context(), true); err != nil {
		h.Fatal(err)
	}
}

// begin lets all fetches be at work, as if somebody had them; alone says that each has it to itself and works on a file.
func (h *house) begin(file string) {
	h.Helper()
	alone := ""
	if file != "" {
		alone = fmt.Sprintf(`, metadata = jsonb_set(jsonb_set(metadata, '{deaths,alone}', 'true'), '{deaths,file}', '"%s"')`, file)
	}
	if _, err := h.store.Pool.Exec(h.Context(), `UPDATE river_job SET state = 'running', attempt = 1, attempted_by = ARRAY['dead']`+alone+
		` WHERE kind = 'fetch_media'`); err != nil {
		h.Fatal(err)
	}
}

const deathsCounted = `SELECT metadata #>> '{deaths,n}' FROM river_job WHERE kind = 'fetch_media'`

// A job whose program dies of it thrice is given up: the file counts as one that nobody can open, and its neighbours are kept.
func TestAPoisonousFileIsGivenUp(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1, photo("good"), photo("poison"), photo("late")); err != nil {
		t.Fatal(err)
	}
	h.begin("")
	h.die()
	h.begin("telegram:poison")
	h.die()
	h.begin("telegram:poison")
	h.die()
	h.wants("deaths", h.list(deathsCounted), []string{"3"})
	h.mu.Lock()
	h.keep = func(data string) (ledger.File, error) {
		if data == "copy of poison" {
			t.Error("the poison was taken once more")
		}
		return ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: data}}, nil
	}
	h.mu.Unlock()
	h.start()
	h.until(1, "jobs done", fetchesDone)
	if f := h.kept(photo("poison")); f.Lost != "gambar tidak bisa dibuka" {
		t.Errorf("%+v", f)
	}
	for _, id := range []string{"good", "late"} {
		if f := h.kept(photo(id)); f.Lost != "" {
			t.Errorf("%s: %+v", id, f)
		}
	}
}

// Who only stood near, waited for its turn, or was stopped in good order is not blamed, however often.
func TestNeighboursAreNotBlamed(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.begin("")
	h.die()
	for range 5 {
		h.begin("") // it waits until it is alone
		h.die()
	}
	h.wants("deaths", h.list(deathsCounted), []string{"1"})
	for range 5 {
		h.begin("telegram:p")
		if err := h.jobs.Anew(t.Context(), false); err != nil {
			t.Fatal(err)
		}
	}
	h.wants("deaths", h.list(deathsCounted), []string{"1"})
	h.start()
	h.until(1, "jobs done", fetchesDone)
	if f := h.kept(photo("p")); f.Lost != "" {
		t.Errorf("%+v", f)
	}
}

// A try that ends, even badly, shows that the program lives: what came before it counts no more.
func TestATryThatEndsClears(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := h.file("e1", 1, photo("p")); err != nil {
		t.Fatal(err)
	}
	h.begin("")
	h.die()
	h.begin("telegram:p")
	h.die()
	h.wants("deaths", h.list(deathsCounted), []string{"2"})
	h.fetch = func(try int) error {
		if try == 1 {
			return &bot.SendError{Remedy: bot.Retry, Slow: true, Err: fmt.Errorf("not connected")}
		}
		return nil
	}
	h.start()
	h.until(1, "jobs done, and no death counts", fetchesDone+` AND metadata #>> '{deaths,n}' = '0'`)
}
