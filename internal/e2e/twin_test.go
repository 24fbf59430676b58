package e2e

import (
	"context"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// Two neighbours on two networks have the same dark street. The second is shown the first one's report with its picture, follows it
// instead of filing, and both hear of it; whoever follows adds to it, and leaves.
func TestTheSecondNeighbourFollows(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true, whatsapp: linked})
	w.start()
	dishub := w.operator(t, "dishub")
	told := lamp(1)
	told.photo, told.caption = geotagged(1), true
	siti, code := w.called(t, told)
	card := w.card(t, code)
	eventually(t, "the picture to be kept", func(context.Context) bool {
		all := w.files(w.byCode(code).ID)
		return len(all) == 1 && all[0].Ref.Network == bot.Store
	})

	ani := w.person("Ani")
	const words = "PJU di sini padam juga, gelap sekali"
	w.ears.keepPrivate("a neighbour", words)
	if _, err := ani.Photo(geotagged(1), words); err != nil {
		t.Fatal(err)
	}
	where := w.wait(t, ani.ID(), 0, "the question where", asksWhere)
	if _, err := ani.Location(told.lat+0.0001, told.lon); err != nil {
		t.Fatal(err)
	}
	twin := w.wait(t, ani.ID(), where.MessageID, "the neighbour's report", offers("Ikuti laporan ini"))
	if text := twin.Text + twin.Caption; !strings.Contains(text, "sekitar 10 m") || strings.Contains(text, told.text) || strings.Contains(text, "Siti") {
		t.Errorf("ani reads %q", text)
	}
	w.wait(t, ani.ID(), where.MessageID, "its picture", func(m botapi.Seen) bool { return len(m.Photo) > 0 && m.FromBot })
	w.pressed(t, ani, twin, "Ikuti laporan ini")
	w.wait(t, ani.ID(), twin.MessageID, "that it is followed", said("mengikuti laporan"))
	if got := w.reportsOf(ani.ID()); len(got) != 0 {
		t.Errorf("ani has filed %d reports", len(got))
	}
	w.wait(t, w.desk.ID(), 0, "the card that counts two", func(m botapi.Seen) bool { return m.MessageID == card.MessageID && strings.Contains(m.Text, "2 warga") })
	w.wait(t, w.desk.ID(), 0, "what ani told", said("warga yang mengikuti"))

	seat := dishub.In(w.desk.ID()).Topic(card.ThreadID)
	w.presses(t, seat, card, "Ambil")
	siti.hears(t, "news of the taking", code, "di tangan Dinas Perhubungan")
	news := w.wait(t, ani.ID(), 0, "the same news", func(m botapi.Seen) bool { return strings.Contains(m.Text, "di tangan") })
	if _, err := ani.In(ani.ID()).Send(botapi.Out{Text: "berhenti", ReplyTo: news.MessageID}); err != nil {
		t.Fatal(err)
	}
	w.wait(t, ani.ID(), news.MessageID, "that it is left", said("tidak lagi dikabari"))
	if r := w.byCode(code); len(r.Followers) != 0 || r.Status != report.InProgress {
		t.Errorf("the report is %s, followed by %d", r.Status, len(r.Followers))
	}
	w.nobodyStumbled()
}
