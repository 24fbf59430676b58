package outbox_test

import (
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// Nobody waits for a notice, nor for its echo: they go slowly, and who talks is answered at once all the same.
func TestConversationPassesNotices(t *testing.T) {
	t.Parallel()
	slow := func(o *outbox.Options) { o.Pace = outbox.Pace{NoticeEvery: 15 * time.Second} }
	in(t, slow, func(w *world) {
		notice := func(key string, chat int) ledger.Letter {
			l := reply(key, citizen(chat))
			l.Purpose = ledger.Notice
			return l
		}
		w.write(notice("n1", 1))
		pass(time.Second)
		echo := notice("n3", 2)
		echo.Purpose = ledger.Echo
		w.write(notice("n2", 2), echo, reply("r2", citizen(2)))
		pass(time.Second)
		w.want("n1", "r2")
		pass(15 * time.Second)
		w.want("n1", "r2", "n2")
		pass(15 * time.Second)
		w.want("n1", "r2", "n2", "n3")
	})
}

// A notice that waits for its photo takes no other notice's turn.
func TestANoticeThatLacksAPhotoTakesNoTurn(t *testing.T) {
	t.Parallel()
	slow := func(o *outbox.Options) { o.Pace = outbox.Pace{NoticeEvery: 15 * time.Second, PerDay: 100} }
	in(t, slow, func(w *world) {
		lacks := reply("lacks", citizen(1))
		lacks.Purpose = ledger.Notice
		lacks.Message.Photos = []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
		w.write(lacks)
		pass(time.Minute)
		n := reply("n", citizen(2))
		n.Purpose = ledger.Notice
		w.write(n)
		pass(time.Second)
		w.want("n")
	})
}

// A day's most holds until midnight, and nothing is lost.
func TestADaysMostIsWaitedFor(t *testing.T) {
	t.Parallel()
	few := func(o *outbox.Options) { o.Pace = outbox.Pace{PerDay: 2} }
	in(t, few, func(w *world) {
		w.write(reply("a", citizen(1)), reply("b", citizen(2)), reply("c", citizen(3)))
		pass(time.Minute)
		if n := len(w.sent()); n != 2 {
			t.Errorf("%d were sent on a day of two", n)
		}
		w.leave() // a day of looking at the database every second takes its time even here
		pass(24*time.Hour - 5*time.Minute)
		w.lead()
		pass(time.Minute)
		if n := len(w.sent()); n != 2 {
			t.Errorf("%d were sent before the day was over", n)
		}
		pass(4 * time.Minute)
		if n := len(w.sent()); n != 3 {
			t.Errorf("%d were sent by the next day, want 3", n)
		}
	})
}
