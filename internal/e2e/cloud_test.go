package e2e

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
)

// One case on the official WhatsApp, by a person whose number does not show: filed with a photo, answered, and the card says how
// far the answer came. Then the person is silent for more than a day: an officer's next answer does not go as it is; the person
// is invited once, presses, and reads both answers that waited.
func TestACaseOnTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	told := lamp(1)
	told.photo = picture(1)
	ani, code := w.resides(t, true, told)
	w.residedOnce(ani, told)
	w.card(t, code)
	const first, second, third = "Regu kami berangkat sore ini", "Kabelnya kami ganti besok pagi", "Suku cadangnya kami pasang besok"
	w.ears.keepPrivate("the operator", first, second, third)
	says := func(words string) {
		if _, err := officer.Text(code + " " + words); err != nil {
			t.Fatal(err)
		}
	}
	says(first)
	ani.hears(t, 0, "the first answer", first)
	cardSays := func(words string) {
		t.Helper()
		w.wait(t, w.desk.ID(), 0, "the card that says "+words, func(m botapi.Seen) bool {
			return m.FromBot && strings.Contains(m.Text, code) && strings.Contains(m.Text, words)
		})
	}
	cardSays(", sampai")

	past := len(ani.p.Shown())
	ani.p.Silent()
	says(second)
	invitation := ani.hears(t, past, "the invitation", code, "Tekan tombol")
	if invitation.Template == "" || strings.Contains(invitation.Text, second) || len(ani.p.Shown()) != past+1 {
		t.Errorf("who was silent is sent %q and %d messages", invitation.Text, len(ani.p.Shown())-past)
	}
	cardSays("sudah diajak membaca")
	says(third)
	eventually(t, "the third answer to wait", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM letters WHERE state = 'cold'`) == 2
	})
	if n := w.meta.Count("template:kabar_laporan"); n != 1 {
		t.Errorf("%d invitations went out", n)
	}
	if err := ani.p.Press(invitation.ID, 0); err != nil {
		t.Fatal(err)
	}
	ani.hears(t, past, "the second answer", second)
	ani.hears(t, past, "the third answer", third)
	if got := len(ani.p.Shown()); got != past+3 {
		t.Errorf("after the press the resident has %d messages more, not the two answers", got-past-1)
	}
	eventually(t, "each delivered message to be counted once", func(context.Context) bool {
		return w.number(`SELECT sum(n)::int FROM delivered WHERE network = 'whatsapp-cloud'`) == len(ani.p.Shown())
	})
	if _, err := w.head.In(w.desk.ID()).Text("/statistik"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), 0, "the figures with what is billed", func(m botapi.Seen) bool {
		return m.FromBot && strings.Contains(m.Text, fmt.Sprintf("WhatsApp resmi: %d pesan sampai", len(ani.p.Shown())))
	})
	w.nobodyStumbled()
}

// A woman who reported on Telegram goes on on the official WhatsApp: the code that one chat shows is typed in the other, both agree, and
// from then on she finds her report, and an officer's answer, where she wrote last. Meanwhile the program is killed.
func TestOnePersonOnTelegramAndTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	c := w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	ani, code := w.filed(t, lamp(1))
	w.card(t, code)
	phone := w.resident("Ani", true)
	writes := func(words string) {
		if err := phone.says(words); err != nil {
			t.Fatal(err)
		}
	}
	says := func(words string) {
		t.Helper()
		if _, err := ani.p.Text(words); err != nil {
			t.Fatal(err)
		}
	}
	says("sambungkan whatsapp saya")
	told := w.wait(t, ani.p.ID(), 0, "the code", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, "di chat Anda yang lain") })
	shown := regexp.MustCompile(`[2-9A-Z]{4}-[2-9A-Z]{4}`).FindString(told.Text)
	w.ears.keepPrivate("a code that ties chats", shown)
	writes("hubungkan " + shown)
	phone.hears(t, 0, "the question where it was typed", "chat Telegram", "milik Anda sendiri")
	c.kill()
	w.serves()
	writes("ya itu chat saya")
	phone.hears(t, 0, "the way to the other chat", "buka chat Telegram")
	w.wait(t, ani.p.ID(), 0, "the question where it was shown", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, "Itu Anda?") })
	says("iya")
	phone.hears(t, 0, "the word that it is done", "Sudah tersambung dengan chat Telegram")
	writes("status")
	phone.hears(t, 0, "her report", code)
	const words = "Regu kami berangkat sore ini"
	w.ears.keepPrivate("the operator", words)
	if _, err := officer.Text(code + " " + words); err != nil {
		t.Fatal(err)
	}
	phone.hears(t, 0, "the answer", words)
	past := len(phone.p.Shown())
	writes("kapan selesainya pak?")
	phone.hears(t, past, "how it stands", code)
	if mine := w.reportsFrom(address(ani.p.ID())); len(mine) != 1 {
		t.Errorf("%d reports", len(mine))
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE purpose = 'notice' AND lane = $1`, address(ani.p.ID())); n != 0 {
		t.Errorf("%d news went to Telegram", n)
	}
	w.nobodyStumbled()
}

// What Meta takes and does not deliver: the window is shut and Meta says so later; a message fails later for another reason and
// goes out anew; a person has no WhatsApp any more, and the card says what to do.
func TestWhatFailsLaterOnTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	ani, code := w.resides(t, false, lamp(1))
	w.card(t, code)
	const first, second, third = "Regu kami berangkat sore ini", "Kabelnya kami ganti besok pagi", "Suku cadangnya kami pasang besok"
	w.ears.keepPrivate("the operator", first, second, third)
	says := func(words string) {
		if _, err := officer.Text(code + " " + words); err != nil {
			t.Fatal(err)
		}
	}
	state := func(words string) string {
		var s string
		_ = w.db.QueryRow(context.Background(), `SELECT state || ' ' || why || ' ' || lates FROM letters WHERE purpose = 'notice' AND doc::text LIKE '%' || $1 || '%'`, words).Scan(&s)
		return s
	}
	w.quiet()
	w.meta.FailLate(1, 131000)
	says(first)
	eventually(t, "the first answer to be known as failed", func(context.Context) bool { return strings.HasSuffix(state(first), " 1") })
	eventually(t, "the first answer to be sent anew", func(context.Context) bool { return state(first) == "sent  1" })

	past := len(ani.p.Shown())
	w.meta.WindowLate(true)
	ani.p.Silent()
	says(second)
	invitation := ani.hears(t, past, "the invitation", code, "Tekan tombol")
	if err := ani.p.Press(invitation.ID, 0); err != nil {
		t.Fatal(err)
	}
	ani.hears(t, past, "the second answer", second)

	w.meta.FailLate(1, 131051)
	says(third)
	w.wait(t, w.desk.ID(), 0, "the card that says that it failed", func(m botapi.Seen) bool {
		return m.FromBot && strings.Contains(m.Text, code) && strings.Contains(m.Text, "gagal: ditolak jaringan setelah terkirim")
	})
	w.nobodyStumbled()
}

// The token is dead for a while: people write and are handled, officers answer, and nothing is lost. The desk is told.
func TestADeadTokenOnTheOfficialWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{cloud: true})
	w.serves()
	officer := w.operator(t, "dishub").In(w.desk.ID())
	ani, code := w.resides(t, false, lamp(1))
	const words = "Regu kami berangkat sore ini"
	w.ears.keepPrivate("the operator", words)
	past := len(ani.p.Shown())
	w.meta.KillToken(true)
	if _, err := officer.Text(code + " " + words); err != nil {
		t.Fatal(err)
	}
	if err := ani.says("status"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.desk.ID(), 0, "the alarm", func(m botapi.Seen) bool { return strings.Contains(m.Text, "Meta menolak token") })
	after(5 * time.Second)
	if got := len(ani.p.Shown()); got != past {
		t.Errorf("%d messages came while the token was dead", got-past)
	}
	w.meta.KillToken(false)
	ani.hears(t, past, "the answer to the resident's question", code)
	ani.hears(t, past, "the officer's answer", words)
	w.nobodyStumbled()
}
