package whatsapp

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
)

// Whose a number is can be asked of the tables alone: by the address that the reports have, and no longer than a number is trusted.
func TestOwnersOfANumber(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	conn, err := pgx.Connect(s.ctx, s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(s.ctx) })
	owners := func(what, number string, at time.Time, want ...bot.Address) {
		t.Helper()
		if got, err := Owners(s.ctx, conn, "", number, at); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v; want %v", what, got, err, want)
		}
	}
	now := time.Now()
	owners("no WhatsApp was ever here", "628111", now)
	c := s.open(t, nil)
	for _, seen := range []struct{ lid, phone string }{
		{"", "628111@s.whatsapp.net"}, {"222@lid", ""}, {"222@lid", "628222@s.whatsapp.net"}, {"333@lid", "628333@s.whatsapp.net"}, {"333@lid", "628444@s.whatsapp.net"},
	} {
		if _, err := c.people.resolve(s.ctx, seen.lid, seen.phone); err != nil {
			t.Fatal(err)
		}
	}
	owners("met by number", "628111", now, address("628111@s.whatsapp.net"))
	owners("met by LID", "628222", now, address("222@lid"))
	owners("the number that she has now", "628444", now, address("333@lid"))
	owners("the number that she left", "628333", now)
	owners("a stranger", "628999", now)
	owners("no number", "", now)
	owners("just before it grows old", "628111", now.Add(Trusted-time.Hour), address("628111@s.whatsapp.net"))
	owners("when it has grown old", "628111", now.Add(Trusted+time.Hour))
}
