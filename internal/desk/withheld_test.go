package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
)

// withheldWords is what officers write for the room while it stands behind a number or in reply to a card: how they forbid it, what is not to
// be done, to whom, and more that makes it long.
func withheldWords() (all []string) {
	for i, not := range []string{"jangan", "jgn", "ga usah", "gak usah", "gausah", "tidak usah", "tdk perlu", "belum usah", "tahan dulu", "jngn", "nggak usah", "gak perlu", "stop dulu"} {
		for j, tell := range []string{"dikirim", "kirim", "dibalas", "balas", "bales", "dijawab", "jawab", "bilang", "kasih tau", "kasitau", "kasih tahu", "disampaikan", "sampaikan", "dikasih tau", "kirimin", "infokan", "dikabari", "kabarin", "dibilangin"} {
			if (i+j)%3 > 0 {
				continue
			}
			to := []string{"ke warga", "ke pelapor", "ke dia", "", "ke orangnya"}[(i+j)%5]
			more := []string{"dulu ya, teknisinya lagi sakit", "dulu ya besok kami cek ulang lokasi", "", "dulu pak, sudah kami cek tapi alatnya belum ada, nanti kita bahas di rapat sama kabid hari senin"}[(i+j/2)%4]
			all = append(all, strings.Join(strings.Fields(not+" "+tell+" "+to+" "+more), " "))
		}
	}
	return append(all, "info buat tim: teknisinya sakit sampai senin", "Info untuk tim, alatnya rusak", "internal: kabelnya salah pasang dari awal", "INTERNAL - petugas kami yang salah", "buat kita aja, besok kami cek lagi",
		"ini rahasia internal, teknisi kita yg salah pasang", "bukan buat warga: tiangnya memang keropos", "sudah kami cek, tapi ini bukan untuk warga ya", "catatannya internal aja, petugas kami belum berangkat",
		"jangan sampe warga tau, kami kehabisan kabel sejak minggu lalu", "fyi besok kami cek lokasi", "buat tim: sudah kami kirim regu tapi pulang lagi", "besok kami cek lagi, tapi jangan bilang ke warga dulu")
}

// What says of itself that it is not for the citizen never goes there, however long it is: it is offered as a note, whole, and one word makes
// it one.
func TestWhatIsNotForTheCitizenStaysInTheRoom(t *testing.T) {
	t.Parallel()
	for i, words := range withheldWords() {
		r := newHall(t)
		said, how := words, []func(*bot.Event){replying(r.card)}
		if i%2 == 0 {
			said, how = r.code+" "+words, nil
		}
		b := r.hears(bot.Text{Text: said}, how...)
		q := asked(b)
		if told(b) != "" || len(b.Changes) != 0 || q.Message.Menu == nil || !strings.Contains(q.Message.Text, "catatan") {
			t.Errorf("%q: the citizen reads %q, the room %q", words, told(b), q.Message.Text)
			continue
		}
		yes := []string{"1", "ya", "simpan", "catat aja"}[i%4]
		b = r.hears(bot.Text{Text: yes}, replying(r.lies(q)))
		facts := changed(b)
		if told(b) != "" || len(facts) != 1 || string(facts[0].What) != "noted" || facts[0].Words != words {
			t.Errorf("%q, then %q: %+v", words, yes, facts)
		}
	}
	r := newHall(t)
	q := asked(r.hears(bot.Text{Text: r.code + " jangan dibalas dulu, besok kami cek"}))
	if b := r.hears(bot.Text{Text: "2"}, replying(r.lies(q))); !answered(b) {
		t.Error("who wants it sent all the same cannot send it")
	}
}

// A note whose words stand there is one at once, whatever its words forbid.
func TestAWrittenNoteIsNotAskedForAgain(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"catatan: jangan bilang warga, alatnya rusak", "catatan jangan bilang warga, alatnya rusak", "note: jgn dibalas dulu, alatnya rusak", "catat: jangan kasih tau warga, alatnya rusak"} {
		for _, lead := range []string{"", ", "} {
			r := newHall(t)
			b := r.hears(bot.Text{Text: r.code + lead + " " + words})
			if facts := changed(b); len(facts) != 1 || string(facts[0].What) != "noted" || !strings.Contains(facts[0].Words, "alatnya rusak") || told(b) != "" {
				t.Errorf("%q: %+v, asked is %q", words, facts, asked(b).Message.Text)
			}
		}
	}
}

// A picture with such words stays in the room, too.
func TestAPictureForTheRoom(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"jangan dikirim ke warga dulu, fotonya buram", "buat kita aja", "balas jangan dikirim ke warga dulu ya"} {
		r := newHall(t)
		b := r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: words}, replying(r.card))
		if told(b) != "" || len(b.Changes) != 0 || asked(b).Message.Menu == nil {
			t.Errorf("a picture with %q: the citizen reads %q", words, told(b))
		}
	}
}

// What a citizen may read is still sent as it was: words that hold a "jangan" of their own.
func TestAnAnswerMayForbid(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"besok kami cek ke lokasi, mohon jangan lewat jalan itu dulu", "lampunya kami ganti sore ini, jangan khawatir pak", "sudah kami tutup sementara, jangan parkir di sana", "airnya akan kami alirkan lagi besok, jangan diminum dulu"} {
		r := newHall(t)
		if b := r.hears(bot.Text{Text: r.code + " " + words}); !answered(b) {
			t.Errorf("%q is asked about: %q", words, asked(b).Message.Text)
		}
	}
}
