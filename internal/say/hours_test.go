package say_test

import (
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/say"
)

// Opening hours name the days on which an office opens and no other: a Saturday of its own stands by itself.
func TestOpeningHoursNameTheirDays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		days     []string
		id, want string
	}{
		{[]string{"senin", "selasa", "rabu", "kamis"}, "Buka: Senin–Kamis 08.00–12.00.", "Open: Monday–Thursday 08.00–12.00."},
		{[]string{"senin", "selasa", "rabu", "kamis", "sabtu"}, "Buka: Senin–Kamis, Sabtu 08.00–12.00.", "Open: Monday–Thursday, Saturday 08.00–12.00."},
		{[]string{"sabtu"}, "Buka: Sabtu 08.00–12.00.", "Open: Saturday 08.00–12.00."},
		{[]string{"senin", "rabu", "sabtu"}, "Buka: Senin, Rabu, Sabtu 08.00–12.00.", "Open: Monday, Wednesday, Saturday 08.00–12.00."},
		{[]string{"minggu", "sabtu", "jumat"}, "Buka: Jumat–Minggu 08.00–12.00.", "Open: Friday–Sunday 08.00–12.00."},
	} {
		hours := []profile.Hours{{Days: c.days, Open: "08.00", Close: "12.00"}}
		p := &profile.Profile{}
		if got := say.For(p, "id").OpenHours(hours, true); got != c.id {
			t.Errorf("%v: %q, want %q", c.days, got, c.id)
		}
		if got := say.For(p, "en").OpenHours(hours, true); got != c.want {
			t.Errorf("%v: %q, want %q", c.days, got, c.want)
		}
	}
}
