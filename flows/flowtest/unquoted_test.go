package flowtest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// TestUnquoted says what people say to a filed report without quoting anything, in each situation that it may be in, and counts how
// often it is taken for what it is. The words were written apart; those of the unseen files were not looked at while the machine was
// made, but their shares were watched for the first two; the third was measured twice, at the end. The fourth has 164 lines, written before the
// last changes by the hand that made them; its misses were never read. The fifth has 220, by somebody
// who knows no code; it was measured at 91.0 % when it came. The sixth has 120 lines by another such hand; it was at 86.9 % when it came,
// and the fifth of the others, dealt from the same pile by lot, was what the rules were mended with. The fourth of them has 331.
func TestUnquoted(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	for file, least := range map[string]float64{"unquoted-dev.tsv": 0.97, "unquoted-dev2.tsv": 0.98, "unquoted-dev3.tsv": 0.97, "unquoted-dev4.tsv": 0.95, "unquoted-unseen.tsv": 0.88, "unquoted-unseen2.tsv": 0.94, "unquoted-unseen3.tsv": 0.9, "unquoted-unseen4.tsv": 0.89, "unquoted-unseen5.tsv": 0.88, "unquoted-dev5.tsv": 0.94, "unquoted-unseen6.tsv": 0.86} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			lines, situations := unquoted(t, file)
			begin := begun(m, p)
			right, all := 0, 0
			per, missed := map[string][2]int{}, map[string]int{}
			for _, l := range lines {
				for i, where := range situations {
					got := said(t, begin(t, where), p, where, l[0])
					ok := slices.Contains(strings.Split(l[i+1], "|"), got)
					all++
					n := per[where]
					n[1]++
					if ok {
						right++
						n[0]++
					} else if missed[got+" for "+strings.Split(l[i+1], "|")[0]]++; !strings.Contains(file, "unseen") {
						t.Logf("%-9s %-9s want %-22s %s", where, got, l[i+1], l[0])
					}
					per[where] = n
				}
			}
			t.Logf("%s: %d of %d right (%.1f %%) %v; missed: %v", file, right, all, 100*float64(right)/float64(all), per, missed)
			if float64(right) < least*float64(all) {
				t.Errorf("%s: %d of %d right", file, right, all)
			}
		})
	}
}

// unquoted reads a table: words, and for each situation what is right.
func unquoted(t testing.TB, file string) (lines [][]string, situations []string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		cells := strings.Split(line, "\t")
		if i == 0 {
			situations = cells[1:]
			continue
		}
		if len(cells) != len(situations)+1 {
			t.Fatalf("%s:%d: %d cells", file, i+1, len(cells))
		}
		lines = append(lines, cells)
	}
	return lines, situations
}

// begun gives conversations that have been brought into a situation: each is played once, and told on from there.
func begun(m *flows.Machine, p *profile.Profile) func(t *testing.T, which string) *Engine {
	played := map[string]*Engine{}
	return func(t *testing.T, which string) *Engine {
		t.Helper()
		if played[which] == nil {
			played[which] = situation(t, m, p, which)
		}
		return played[which].Copy()
	}
}

// situation brings a conversation into one of the situations.
func situation(t *testing.T, m *flows.Machine, p *profile.Profile, which string) *Engine {
	t.Helper()
	e := NewEngine(m, p)
	say := func(words string) {
		if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
			t.Fatal(err)
		}
		e.Flush()
	}
	files := func(words, where string) {
		n := len(e.reports)
		say(words)
		for range 4 {
			s := e.Reread()
			if s.Ask != nil && s.Ask.Kind == "place" {
				say(where)
				continue
			}
			say("kirim")
			if len(e.reports) > n {
				return
			}
		}
		t.Fatalf("%q is not filed", words)
	}
	act := func(what string) {
		if err := e.Act(what); err != nil {
			t.Fatal(err)
		}
	}
	pass := func(d time.Duration) {
		if err := e.Pass(d); err != nil {
			t.Fatal(err)
		}
	}
	day := 24 * time.Hour
	if which == "none" {
		return e
	}
	if which == "two" {
		files("sampah menumpuk di Pasar Lama", "Pasar Lama")
		pass(2 * day)
	}
	files("lampu jalan mati di depan SD 3 Kasemen", "Kasemen")
	switch which {
	case "question":
		pass(3 * day)
		act("tanya: Tiang nomor berapa, atau dekat apa?")
		pass(time.Hour)
	case "resolved":
		pass(2 * day)
		act("selesai: sudah diperbaiki")
		pass(day)
	case "planned":
		pass(2 * day)
		act("rencana: menunggu anggaran 2027")
		pass(day)
	case "late":
		pass(4 * day)
	case "two":
		pass(2 * day)
		act("jawab: besok tim kami ke lokasi")
		pass(day)
	case "rejected":
		pass(2 * day)
		act("tolak: tiang milik PLN")
		pass(day)
	default:
		t.Fatalf("unknown situation %q", which)
	}
	return e
}

// common reports whether a text is the profile's own answer to a question.
func common(p *profile.Profile, text string) bool {
	return slices.ContainsFunc(p.Questions, func(q profile.Question) bool {
		return strings.Contains(text, shown(q.Answer)) || q.AnswerEN != "" && strings.Contains(text, shown(q.AnswerEN))
	})
}

// said is what a message is taken for in a situation.
func said(t *testing.T, e *Engine, p *profile.Profile, where, words string) string {
	t.Helper()
	facts := map[report.ID]int{}
	for id, f := range e.facts {
		facts[id] = len(f)
	}
	calls, sent := len(e.calls.all), len(e.sent)
	if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
		t.Fatalf("%s, %q: %v", where, words, err)
	}
	e.Flush()
	var texts []string
	for _, s := range e.sent[sent:] {
		texts = append(texts, s.Message.Text)
	}
	text := shown(strings.Join(texts, "\n"))
	for id, all := range e.facts {
		for _, f := range all[facts[id]:] {
			switch f.What {
			case report.WasJudged:
				return map[report.Verdict]string{report.Fixed: "fixed", report.Part: "part", report.Unfit: "unfit"}[f.Verdict]
			case report.WasDisputed:
				return "disagree"
			case report.WasHidden:
				return "hide"
			case report.WasOpposed:
				return "oppose"
			case report.WasAdded:
				switch {
				case f.Place != nil:
					return "place"
				case strings.Contains(text, "sebagai jawaban"):
					return "answer"
				}
				return "words"
			}
		}
	}
	has := func(some ...string) bool {
		return slices.ContainsFunc(some, func(s string) bool { return strings.Contains(text, s) })
	}
	s := e.Reread()
	switch {
	case has("🚨"):
		return "danger"
	case len(e.calls.all) > calls, has("bicara dengan petugas"):
		return "human"
	case has("Tarik laporan", "tidak ada yang perlu ditarik"):
		return "withdraw"
	case has("tempat yang benar untuk laporan"):
		return "place"
	case where != "none" && has("sekarang rahasia", "tidak tampil di", "sudah rahasia"):
		return "hide"
	case s.Ask != nil && s.Ask.Flow == "info", has("yang akan Anda ceritakan jadi", "isinya dibaca", "Ini urusan **", "looks after this.", "keadaan darurat: telepon", "diurus di Dukcapil", "Melapornya di sini saja, gratis", "nama Anda tidak ditulis", "keadaan darurat:", "**: telepon **", "Nomornya **SRG", "Nomor laporan Anda:", "Yang kami simpan:", "kalau salah sambung", "diurus **", "Ini **Rabeg**, tempat", "Setelah dikirim, laporan sampai ke kantor"), common(p, text):
		return "info"
	case has("laporan yang mana", "untuk laporan ini, atau"):
		return "which"
	case has("**Laporan Anda**"), strings.HasPrefix(text, "Laporan **SRG"):
		return "status"
	case e.Machine.Stands(s).Subject != "":
		return "new"
	case has("Sama-sama", "Tidak apa-apa"):
		return "thanks"
	case has("fotonya saya tunggu"):
		return "words"
	case has("Ada yang mau dilaporkan", "bukan laporan, jadi belum saya catat", "penipuan. Jangan klik", "Silakan ceritakan", "Halo", "Waalaikumsalam", "Bantuan", "belum punya laporan", "You have no report", "Maaf kalau"):
		return "menu"
	}
	return fmt.Sprintf("? %.60q", text)
}

// TestMisleading says what sounds like something else: thanks that hold the word of help, a report that is to be forgotten and not its
// writer's data, a lamp that "does not die any more" or "does not live", a question that says "sudah", faces without a word.
func TestMisleading(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for _, c := range []struct{ where, words, want string }{
		{"late", "terima kasih sudah mau membantu", "thanks"},
		{"none", "appreciate your help", "thanks"},
		{"planned", "lupain aja laporan gue", "withdraw"},
		{"resolved", "sudah tidak mati lagi dari tadi malam", "fixed"},
		{"resolved", "lampunya masih tidak hidup, saya lihat semalam", "unfit"},
		{"resolved", "udah diperbaiki blm", "status"},
		{"question", "udah dikirim blm petugasnya", "status"},
		{"planned", "udah sampe blm", "status"},
		{"resolved", "bs ga disamarin yg lapor", "hide"},
		{"late", "😡🤬", "status"},
		{"planned", "👎", "status"},
		{"planned", "🙏", "thanks"},
		{"rejected", "saya udah capek hidup", "human"},
		{"none", "saya udah ga mau hidup lagi", "human"},
	} {
		t.Run(c.where+" "+c.words, func(t *testing.T) {
			if got := said(t, begin(t, c.where), p, c.where, c.words); got != c.want {
				t.Errorf("%q is %s, want %s", c.words, got, c.want)
			}
		})
	}
}
