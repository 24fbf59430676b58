package outbox

import (
	"testing"
	"time"
)

func TestADayHasItsMost(t *testing.T) {
	t.Parallel()
	var d day
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	if w := d.wait(noon, 1, 2); w != 0 {
		t.Errorf("an empty day waits %s", w)
	}
	d.add(noon, 2)
	if w := d.wait(noon, 1, 2); w != 12*time.Hour {
		t.Errorf("a full day waits %s, want until midnight", w)
	}
	if w := d.wait(noon.Add(13*time.Hour), 1, 2); w != 0 {
		t.Errorf("the next day waits %s", w)
	}
	d = day{}
	if w := d.wait(noon, 5, 2); w != 0 {
		t.Errorf("a message larger than a day waits %s", w)
	}
}
