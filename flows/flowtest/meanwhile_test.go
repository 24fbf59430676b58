package flowtest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// openThings are what may be open with a citizen who wants something of his or her own: an office's question, a talk with a person (who
// has not written yet, has written, has ended it), a verdict asked, a plan, a refusal, several reports, a mark asked, a question of ours
// (which report; is it really taken back?), a name that was hidden just now.
var openThings = []string{"question", "late+talk", "late+spoken", "late+over", "question+spoken", "resolved+talk", "planned+spoken", "resolved", "planned",
	"rejected", "two", "rating", "which", "back", "hidden"}

// wish is something that a citizen says, and what must come of it: a part of what is done or answered. Where nothing stands for an open
// thing, that of all counts.
type wish struct {
	said string
	all  string
	but  map[string]string
	told bool // the person who is spoken with reads it as well
}

const (
	room    = "ruang petugas: 💬 Warga: "
	nothing = "tidak ada yang perlu ditarik"
	which   = "untuk laporan yang mana?"
)

// over gives one outcome for everything that an office has ended.
func over(outcome string, more ...string) map[string]string {
	m := map[string]string{"resolved": outcome, "resolved+talk": outcome, "rejected": outcome, "rating": outcome}
	for i := 0; i+1 < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

var wishes = []wish{
	{said: "tarik laporan", all: "Tarik laporan", but: over(nothing, "two", which, "which", which, "back", "recalled")},
	{said: "saya mau cabut laporan saya aja pak", all: "Tarik laporan", but: over(nothing, "two", which, "which", which, "back", "")},
	{said: "berhenti", all: "Tarik laporan", but: over(nothing, "two", which, "which", which, "late+over", "percakapan dengan petugas selesai", "late+talk", "percakapan dengan petugas selesai",
		"late+spoken", "percakapan dengan petugas selesai", "question+spoken", "percakapan dengan petugas selesai", "planned+spoken",
		"percakapan dengan petugas selesai", "resolved+talk", "percakapan dengan petugas selesai")},
	{said: "jangan sebut nama saya", all: "hidden: jangan", but: map[string]string{"two": which, "which": which, "hidden": "memang sudah anonim"}},
	{said: "tolong nama saya disamarkan ya bu", all: "hidden: tolong", but: map[string]string{"two": which, "which": which, "hidden": "memang sudah anonim"}},
	{said: "tolong laporan CODE dijadikan rahasia", all: "hidden: tolong"},
	{said: "tidak jadi anonim", all: "memang tidak disembunyikan", but: map[string]string{"two": which, "which": which, "hidden": "Nama Anda sekarang disembunyikan"}},
	{said: "status CODE", all: "lampu jalan mati di depan SD 3 Kasemen"},
	{said: "CODE", all: "lampu jalan mati di depan SD 3 Kasemen", but: map[string]string{"which": "belum beres"}, told: true},
	{said: "status", all: "Laporan Anda"},
	{said: "hubungkan telegram saya", all: "hubungkan K7MQ-3XPD"},
	{said: "data saya", all: "salinan data dibuat"},
	{said: "hapus data saya", all: "Hapus data Anda?"},
	{said: "menu", all: "Ada yang bisa saya bantu?"},
	{said: "bantuan", all: "Cara melapor"},
	{said: "privasi", all: "Privasi Anda"},
	{said: "saya mau ngomong sama orang", all: "Warga ingin bicara dengan petugas", told: true, but: map[string]string{"late+talk": "sudah saya panggil", "resolved+talk": "sudah saya panggil",
		"late+spoken": room, "question+spoken": room, "planned+spoken": room}},
	{said: "ini robot apa orang", all: "asisten otomatis", told: true, but: map[string]string{"late+talk": "orang, bukan robot", "resolved+talk": "orang, bukan robot",
		"late+spoken": room, "question+spoken": room, "planned+spoken": room}},
	{said: "siapa aja yg bisa baca laporan saya", all: "grup petugas", told: true, but: map[string]string{"late+talk": "Anonim", "late+spoken": "Anonim", "question+spoken": "Anonim", "resolved+talk": "Anonim", "planned+spoken": "Anonim", "which": "Anonim"}},
	{said: "kebakaran!", all: "ruang petugas: 🚨"},
	{said: "tolong ada kebakaran di pasar lama", all: "ruang petugas: 🚨"},
	{said: "sampah numpuk di jl ahmad yani deket pasar rau bau banget sudah seminggu", all: "Sudah benar?", told: true, but: map[string]string{
		"late+talk": "Jadikan laporan", "late+spoken": "Jadikan laporan", "question+spoken": "Jadikan laporan", "resolved+talk": "Jadikan laporan", "planned+spoken": "Jadikan laporan"}},
	{said: "5 bintang", all: "baru bisa dicatat", told: true, but: map[string]string{"resolved": "saya simpan dulu", "resolved+talk": room, "rating": "rated 5", "rejected": "",
		"late+talk": room, "late+spoken": room, "question+spoken": room, "planned+spoken": room, "which": ""}},
	{said: "kelamaan pak", all: "", told: true, but: map[string]string{"planned": "opposed: kelamaan"}},
	{said: "ga mau nunggu tahun depan", all: "", told: true, but: map[string]string{"planned": "opposed: ga mau"}},
	{said: "belum beres", all: "", told: true, but: map[string]string{"resolved": "judged belum", "resolved+talk": "Itu juga penilaian Anda", "rating": "judged belum", "rejected": "disputed"}},
}

// Whatever is open, a wish of the citizen's own is carried out, and what may as well be said to a person reaches that person too.
func TestAWishIsCarriedOutWhateverIsOpen(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, where := range openThings {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			open := opened(t, m, p, where)
			for _, w := range wishes {
				want, ok := w.but[where]
				if !ok {
					want = w.all
				}
				got := strings.Join(meanwhile(t, open, where, w.said), " ;; ")
				if !strings.Contains(got, want) {
					t.Errorf("%q: want %q, got %s", w.said, want, got)
				}
				inTalk := strings.HasSuffix(where, "+talk") || strings.HasSuffix(where, "+spoken")
				if reads := strings.Contains(got, room); inTalk && reads != w.told {
					t.Errorf("%q: the person reads it: %v, want %v: %s", w.said, reads, w.told, got)
				}
				if strings.Contains(got, "sebagai jawaban") {
					t.Errorf("%q is passed on as an answer: %s", w.said, got)
				}
				if before, _, told := strings.Cut(got, "112"); strings.Contains(want, "🚨") && (!told || strings.Contains(before, "< ")) {
					t.Errorf("%q: the emergency number is not said first: %s", w.said, got)
				}
			}
		})
	}
}

// Who meant the officer says so by one tap, or by its words: then the officer gets what was said.
func TestAWishThatWasAnAnswer(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for _, c := range []struct{ where, said, tap, want string }{
		{"question", "jangan sebut nama saya", "Tadi untuk petugas", `words="jangan sebut nama saya"`},
		{"question", "tidak jadi anonim", "itu untuk petugas", `words="tidak jadi anonim"`},
		{"question", "tarik laporan", "Tadi untuk petugas", `words="tarik laporan"`},
		{"late+spoken", "jangan sebut nama saya", "Tadi untuk petugas", room + "“jangan sebut nama saya”"},
		{"late+spoken", "tarik laporan", "Tadi untuk petugas", room + "“tarik laporan”"},
		{"late+talk", "tarik laporan", "tidak", "tetap jalan"},
		{"question", "jangan sebut nama saya", "1", `words="jangan sebut nama saya"`},
		{"late+talk", "jangan sebut nama saya", "1", room + "“jangan sebut nama saya”"},
		{"late+spoken", "jangan sebut nama saya", "1", room + "“1”"},
	} {
		e := opened(t, m, p, c.where)
		log := logged(e)
		for _, words := range []string{c.said, c.tap} {
			*log = nil
			if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
				t.Fatal(err)
			}
			e.Flush()
		}
		if got := strings.Join(*log, " ;; "); !strings.Contains(got, c.want) {
			t.Errorf("%s, %q, then %q: want %q, got %s", c.where, c.said, c.tap, c.want, got)
		}
	}
}

// meanwhile is what is done and answered when something is said while something is open.
func meanwhile(t *testing.T, open *Engine, _, words string) []string {
	t.Helper()
	e := open.Copy()
	code := e.reports[slices.IndexFunc(e.reports, func(r report.Report) bool { return strings.Contains(r.Text, "lampu") })].Code
	return meanwhileIn(t, e, strings.ReplaceAll(words, "CODE", string(code)))
}

// meanwhileIn is meanwhile in a conversation that goes on.
func meanwhileIn(t *testing.T, e *Engine, words string) []string {
	t.Helper()
	log := logged(e)
	if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
		t.Fatalf("%q: %v", words, err)
	}
	e.Flush()
	return *log
}

// opened is a conversation with something open.
func opened(t *testing.T, m *flows.Machine, p *profile.Profile, where string) *Engine {
	t.Helper()
	base, talk, _ := strings.Cut(where, "+")
	first := map[string][2]string{"which": {"two", "belum beres"}, "back": {"question", "tarik laporan"}, "hidden": {"question", "jangan sebut nama saya"},
		"rating": {"resolved", "sudah beres"}}[base]
	if first[0] != "" {
		base = first[0]
	}
	e := situation(t, m, p, base)
	say := func(words string) {
		if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
			t.Fatal(err)
		}
		e.Flush()
		if err := e.Pass(time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	if first[1] != "" {
		say(first[1])
	}
	if talk != "" {
		say("saya mau bicara dengan petugas")
	}
	if does := map[string]string{"spoken": "Boleh tahu laporannya yang mana?", "over": "selesai"}[talk]; does != "" {
		if err := e.Officer(does); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Pass(time.Minute); err != nil {
		t.Fatal(err)
	}
	return e
}

// logged is a log of what comes from now on: "! what is done", "< what is said [its choices]".
func logged(e *Engine) *[]string {
	var log []string
	e.Log = func(l Line) {
		switch {
		case l.Effect != "":
			log = append(log, "! "+l.Effect)
		case l.Sent != nil:
			text := "< " + shown(l.Sent.Message.Text)
			if menu := l.Sent.Message.Menu; menu != nil {
				for _, c := range menu.Choices {
					text += " [" + c.Label + "]"
				}
			}
			log = append(log, text)
		}
	}
	return &log
}
