package e2e

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"rabeg/internal/sim/botapi"
)

// There is no means of payment: Meta takes the answers to three people, delivers none, and says nothing. The coordinators are told once,
// the cards say what did not arrive, and so does /readyz, which stays ready.
func TestWhatIsTakenAndNotDeliveredOnTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	c := w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	var codes []string
	for i := range 3 {
		_, code := w.resides(t, false, lamp(i+1))
		w.card(t, code)
		codes = append(codes, code)
	}
	const words = "Regu kami berangkat sore ini, urusan ke-1-"
	w.ears.keepPrivate("the operator", words)
	w.quiet()
	w.meta.Unpaid(true)
	for _, code := range codes {
		if _, err := officer.Text(code + " " + words); err != nil {
			t.Fatal(err)
		}
	}
	eventually(t, "Meta to take all answers", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND state = 'sent' AND seen = '' AND doc::text LIKE '%' || $1 || '%'`, words) == len(codes)
	})
	c.kill()
	if _, err := w.db.Exec(context.Background(), `UPDATE letters SET done = done - interval '11 minutes' WHERE network = 'whatsapp-cloud' AND done IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	c = w.serves()
	for _, code := range codes {
		w.wait(t, w.desk.ID(), 0, "the card that says that it did not arrive", func(m botapi.Seen) bool {
			return m.FromBot && strings.Contains(m.Text, code) && strings.Contains(m.Text, "belum sampai: jaringan tidak menyampaikan")
		})
	}
	w.wait(t, w.desk.ID(), 0, "the alarm", func(m botapi.Seen) bool {
		return m.FromBot && strings.Contains(m.Text, "tidak satu pun sampai ke 3 warga") && strings.Contains(m.Text, "Billing")
	})
	if n := w.number(`SELECT count(*) FROM letters WHERE key LIKE 'alarm:cloud:unarrived:%'`); n != 1 {
		t.Errorf("the coordinators are told %d times", n)
	}
	if code, body := c.get(context.Background(), "/readyz"); code != http.StatusOK || !strings.Contains(body, "Meta takes letters and delivers none: to 3 people") {
		t.Errorf("/readyz answers %d: %s", code, body)
	}
	w.nobodyStumbled()
}
