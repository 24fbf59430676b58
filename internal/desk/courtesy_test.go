package desk_test

import (
	"testing"

	"rabeg/bot"
)

// A greeting answers nobody, and whose duty something is not is no answer either, however it is said.
func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for words, fact := range map[string]bool{
		"selamat pagi": false, "selamat pagi pak": false, "halo bapak ibu semua": false, "assalamualaikum wr wb": false, "sugeng enjang": false, "wilujeng sonten": false, "good morning": false,
		"bukan dinas kami": true, "bukan kantor kami": true, "ini bukan opd kami pak": true, "bukan instansi kita": true,
	} {
		for _, under := range []bool{true, false} {
			r := newHall(t)
			said, how := r.code+" "+words, []func(*bot.Event){}
			if under {
				said, how = words, append(how, replying(r.card))
			}
			b := r.hears(bot.Text{Text: said}, how...)
			if changes := len(changed(b)) > 0; changes != fact || asked(b).Message.Text == "" && !fact {
				t.Errorf("%q: the citizen reads %q, the room %q", said, told(b), asked(b).Message.Text)
			}
		}
	}
	r := newHall(t)
	if b := r.hears(bot.Text{Text: "selamat pagi pak, lampunya sudah kami ganti tadi malam"}, replying(r.card)); told(b) == "" {
		t.Errorf("an answer that greets first is not sent: %q", asked(b).Message.Text)
	}
}
