package flowtest

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// in says words in a conversation in some way ("reply" to the newest message about a report, "edit" of the last message), and gives what is
// done and answered.
func in(t *testing.T, e *Engine, how, words string) string {
	t.Helper()
	log := logged(e)
	ev := bot.Event{Body: bot.Text{Text: words}, Ref: bot.MessageRef{Chat: e.Chat, ID: "said " + words}}
	switch {
	case how == "reply":
		for _, m := range e.sent {
			if m.Report != 0 {
				ev.ReplyTo = &m.Ref
			}
		}
	case strings.HasPrefix(how, "edit "):
		ev.Edited, ev.Ref.ID = true, "said "+strings.TrimPrefix(how, "edit ")
	}
	if _, err := e.Say(ev); err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	e.Flush()
	return strings.Join(*log, " ;; ")
}

// A wish is carried out whether it is said unquoted or in reply to a message about the report; what only tells adds to it.
func TestAReplyThatWishesSomething(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, where := range []string{"late", "planned", "resolved"} {
		for words, want := range map[string]string{
			"tolong jangan sebut nama saya": "! hidden", "jadikan rahasia": "! hidden", "jangan sampai tetangga tahu saya yang lapor": "! hidden", "don't show my name please": "! hidden",
			"tidak jadi anonim": "memang tidak disembunyikan",
		} {
			if got := in(t, begin(t, where), "reply", words); !strings.Contains(got, want) || strings.Contains(got, "! add") {
				t.Errorf("%s, %q: want %q, got %s", where, words, want, got)
			}
		}
	}
	for words, want := range map[string]string{
		"tarik laporan saya": "Tarik laporan", "ga jadi deh, batalin aja": "Tarik laporan", "tempatnya salah, di Cipare": "Tempat laporan", "lokasinya salah": "tempat yang benar",
		"tiangnya dekat warung bu Imah": "! add", "takut ada anak jatuh pak": "! add", "kabelnya jangan ditarik dulu, bahaya": "! add", "nama gangnya gang mawar": "! add",
	} {
		if got := in(t, begin(t, "late"), "reply", words); !strings.Contains(got, want) {
			t.Errorf("%q: want %q, got %s", words, want, got)
		}
	}
	for words, want := range map[string]string{"nama saya jangan disebut": "! hidden", "di Cipare, bukan Kasemen": "! add", "ga usah": "! add", "tiang nomor 3": "! add"} {
		if got := in(t, begin(t, "question"), "reply", words); !strings.Contains(got, want) {
			t.Errorf("answering, %q: want %q, got %s", words, want, got)
		}
	}
	for words, want := range map[string]string{"udah nyala, tarik aja": "! judged beres", "masih mati pak": "! judged belum"} {
		if got := in(t, begin(t, "resolved"), "reply", words); !strings.Contains(got, want) {
			t.Errorf("judging, %q: want %q, got %s", words, want, got)
		}
	}
}

// twoReports has rubbish that was called done, and a lamp of which its office wrote after a while: an answer or a question.
func twoReports(t *testing.T, m *flows.Machine, p *profile.Profile, between time.Duration, office string) *Engine {
	t.Helper()
	e := situation(t, m, p, "two")
	for _, do := range []func() error{func() error { return e.Act("selesai 1: sudah diangkut") }, func() error { return e.Pass(between) },
		func() error { return e.Act(office) }, func() error { return e.Pass(time.Hour) }} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// Where an office has written of another report since, words that name neither judge nothing unasked; words that name one are about it.
func TestOfTheOneThatWasTalkedOfLast(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, office := range []string{"jawab 2: sedang dikerjakan", "tanya 2: sudah nyala belum?"} {
		later, soon := twoReports(t, m, p, 7*24*time.Hour, office), twoReports(t, m, p, 12*time.Hour, office)
		for _, words := range []string{"belum diapa-apain pak", "masih gitu aja pak", "belum pak", "sudah beres pak makasih", "udah nyala pak makasih", "belum nyala pak"} {
			for _, e := range []*Engine{later, soon} {
				if got := in(t, e.Copy(), "", words); strings.Contains(got, "! judged") || !strings.Contains(got, "SRG-") && !strings.Contains(got, "laporan yang mana") {
					t.Errorf("%s, %q: %s", office, words, got)
				}
			}
		}
		for words, want := range map[string]string{"sampahnya udah diangkut, makasih": "! judged beres", "sampahnya masih numpuk pak": "! judged belum", "sampahnya baru sebagian diangkut": "! judged sebagian"} {
			if got := in(t, soon.Copy(), "", words); !strings.Contains(got, want) {
				t.Errorf("%s, %q: want %q, got %s", office, words, want, got)
			}
		}
	}
}

// A number belongs to what was asked last: to an officer's question, or to the menu under what an office called done.
func TestANumberIsForWhoAskedLast(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	asked := twoReports(t, m, p, 24*time.Hour, "tanya 2: tiangnya ada berapa?")
	for _, words := range []string{"1", "2", "3", "2.", "dua"} {
		if got := in(t, asked.Copy(), "", words); !strings.Contains(got, "sebagai jawaban") || strings.Contains(got, "! judged") {
			t.Errorf("%q answers the question: %s", words, got)
		}
	}
	judged := situation(t, m, p, "two")
	for _, do := range []string{"tanya 2: tiangnya ada berapa?", "selesai 1: sudah diangkut"} {
		if err := judged.Act(do); err != nil {
			t.Fatal(err)
		}
		if err := judged.Pass(time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	for words, want := range map[string]string{"1": "! judged beres", "2": "! judged sebagian", "3": "! judged belum"} {
		if got := in(t, judged.Copy(), "", words); !strings.Contains(got, want) {
			t.Errorf("%q: want %q, got %s", words, want, got)
		}
	}
}

// Asked for the right place, a matter of its own becomes a report of its own and moves nothing; who needs time, or does not know, is not held
// to have named a place.
func TestWhatIsToldWhereAPlaceIsAsked(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	told := func(words string, after time.Duration) string {
		e := begin(t, "late")
		in(t, e, "", "tempatnya salah")
		if err := e.Pass(after); err != nil {
			t.Fatal(err)
		}
		return in(t, e, "", words)
	}
	for _, words := range []string{"pak sampah numpuk di Kaligandu", "eh min got mampet di depan pasar Rau", "jalan berlubang di Cipare bikin motor jatuh", "bu pohon tumbang di jl veteran"} {
		for _, after := range []time.Duration{time.Minute, 24 * time.Hour} {
			if got := told(words, after); strings.Contains(got, "saya betulkan") || !strings.Contains(got, "Sudah benar?") && !strings.Contains(got, "🚨") && !strings.Contains(got, "Di mana tempatnya") {
				t.Errorf("%q is a matter of its own: %s", words, got)
			}
		}
	}
	for words, want := range map[string]string{"bentar ya": "saya tunggu", "nanti ya pak": "saya tunggu", "sebentar saya tanya": "saya tunggu", "takon bojo dulu": "saya tunggu", "gatau pak": "keliru", "lupa namanya pak": "keliru", "kurang tau": "keliru"} {
		if got := told(words, time.Minute); strings.Contains(got, "saya betulkan") || !strings.Contains(got, want) {
			t.Errorf("%q is no place: want %q, got %s", words, want, got)
		}
	}
	for _, words := range []string{"di Kaligandu", "lampu yang di Kaligandu", "depan SD Kaligandu deket pohon mangga", "dekat jembatan Kaligandu", "gang mawar", "belakang pasar Rau"} {
		if got := told(words, time.Minute); !strings.Contains(got, "saya betulkan") {
			t.Errorf("%q is the place: %s", words, got)
		}
	}
}

// A name is hidden whatever comes between the wish and the answer to which report it is for.
func TestANameIsHiddenWhateverComesBetween(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, between := range []string{"kebakaran di pasar lama!", "saya udah ga mau hidup lagi", "saya mau bicara dengan petugas", "sampah numpuk di jl ahmad yani deket pasar rau bau banget sudah seminggu", "menu", "status", "data saya", "halo", "eh iya pak"} {
		e := begin(t, "two")
		if got := in(t, e, "", "jangan sebut nama saya"); !strings.Contains(got, "untuk laporan yang mana") {
			t.Fatal(got)
		}
		in(t, e, "", between)
		in(t, e, "", "lampunya masih mati pak")
		for range 2 {
			if err := e.Pass(40 * time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range e.reports[:2] {
			if r.Visibility != report.Anonymous {
				t.Errorf("%q leaves %s %s", between, r.Code, r.Visibility)
			}
		}
	}
}

// What an office has got is put right by editing the message; a message that no report got is answered as before.
func TestAMessageThatIsEditedAfterTheOfficeGotIt(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, how := range []string{"", "reply"} {
		for _, where := range []string{"question", "late"} {
			e := begin(t, where)
			if got := in(t, e, how, "tiangnya nomor 12"); !strings.Contains(got, "! add") {
				t.Fatalf("%s, %s: %s", how, where, got)
			}
			if got := in(t, e.Copy(), "edit tiangnya nomor 12", "tiangnya nomor 21"); !strings.Contains(got, `words="(diubah) tiangnya nomor 21"`) {
				t.Errorf("%s, %s: %s", how, where, got)
			}
			if got := in(t, e.Copy(), "edit tiangnya nomor 12", "tiangnya nomor 12, jangan sebut nama saya"); !strings.Contains(got, "! hidden") {
				t.Errorf("%s, %s: %s", how, where, got)
			}
			if got := in(t, e.Copy(), "edit another", "tiangnya nomor 21"); strings.Contains(got, "! add") {
				t.Errorf("%s, %s, another message: %s", how, where, got)
			}
		}
	}
}

// What is surely of another matter is never given to an office unasked, whatever words it takes; what happened because of the report is more
// of it.
func TestAnotherMatterIsNotSwallowed(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, where := range []string{"late", "planned", "resolved"} {
		for _, words := range []string{"tetangga belakang bakar ban tiap sore asepnya masuk kamar bayi", "bengkel las depan rumah berisik sampe malem", "debu truk proyek masuk rumah tiap hari"} {
			if got := said(t, begin(t, where), p, where, words); got != "which" && got != "new" {
				t.Errorf("%s, %q became %s", where, words, got)
			}
		}
		for _, words := range []string{"anak saya jatuh kemarin gara2 gelap", "udah pernah kejadian maling motor di situ", "di depannya ada warung bakso mang ujang"} {
			if got := said(t, begin(t, where), p, where, words); got != "words" && got != "unfit" {
				t.Errorf("%s, %q became %s", where, words, got)
			}
		}
	}
}

// Who complains that the own name is to be read wants it hidden, or is told who reads it; nothing is shown for that.
func TestWhoFindsTheOwnName(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, words := range []string{"kok nama saya muncul di grup?? siapa yg nyebarin", "kenapa nama saya ada di grup petugas", "lho kok nama saya disebut disebut", "siapa yg bocorin nama saya ke rt"} {
		if got := said(t, begin(t, "late"), p, "late", words); got != "hide" && got != "info" {
			t.Errorf("%q became %s", words, got)
		}
		e := begin(t, "late")
		last(t, e, "jangan sebut nama saya")
		if got := last(t, e, words); strings.Contains(got, "Tidak jadi?") {
			t.Errorf("%q asks to show it: %s", words, got)
		}
	}
	for _, words := range []string{"tampilin aja nama saya gapapa", "ga usah anonim, tulis aja nama saya"} {
		e := begin(t, "late")
		last(t, e, "jangan sebut nama saya")
		if got := last(t, e, words); did(e, report.WasRevealed) || !strings.Contains(got, "Tidak jadi?") {
			t.Errorf("%q wants it shown, and is asked: %s", words, got)
		}
	}
}
