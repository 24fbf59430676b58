package e2e

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"rabeg/internal/media/mediatest"
	"rabeg/internal/sim/botapi"
)

// peak is how much memory a program took at most, in MB; 0 where that is not told.
func (c *child) peak() (mb int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	_, _ = fmt.Sscan(after, &mb)
	return mb / 1024
}

// People send pictures that are small to send and take hundreds of megabytes to draw; each report is filed, and the program takes
// no more than a machine of 512 MB has. Measured is what it took at most: a limit that the system sets would kill it instead.
func TestPoisonousPictures(t *testing.T) {
	t.Parallel()
	many := 4
	if long() {
		many = 50
	}
	poisons := [][]byte{
		mediatest.PoisonJPEG(7070, 7070, true, 0x11), mediatest.PoisonJPEG(7070, 7070, false, 0x11),
		mediatest.PoisonJPEG(20000, 20000, true, 0x22)[:1<<20], bomb(),
	}
	w := newWorld(t, plan{})
	c := w.start()
	var sending sync.WaitGroup
	var failed errs
	ctx, cancel := bounded()
	defer cancel()
	people := make([]*citizen, many)
	codes := make([]string, many)
	for i := range people {
		people[i] = w.citizen("Warga")
		told := lamp(i)
		told.photo = poisons[i%len(poisons)]
		sending.Go(func() {
			var err error
			codes[i], err = people[i].report(ctx, told)
			failed.add(err)
		})
	}
	sending.Wait()
	failed.report(t)
	lost := 0
	for i, p := range people {
		if len(w.reportsOf(p.p.ID())) != 1 {
			lost++
		}
		eventually(t, "a picture to be shown or refused", func(context.Context) bool {
			files := w.files(w.byCode(codes[i]).ID)
			return len(files) == 1 && (files[0].Lost != "" || files[0].Width > 0)
		})
	}
	mb := c.peak()
	if mb > 450 {
		t.Errorf("it took %d MB", mb)
	}
	if !c.running() || lost > 0 {
		t.Errorf("%d reports were lost; it runs: %v", lost, c.running())
	}
	w.wait(t, w.desk.ID(), 0, "a card", func(m botapi.Seen) bool { return strings.Contains(m.Text, codes[0]) })
	note(t, fmt.Sprintf("%-46s %3d× %7d reports %4d lost            %d MB at most", "a poisonous picture", many, many, lost, mb))
	w.nobodyStumbled()
}
