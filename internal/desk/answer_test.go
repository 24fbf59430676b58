package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// tales are answers as officers write them. %d is a number that may be a place in a list, and is none.
var tales = []string{
	"Regu kami berangkat sore ini, urusan ke-%d-", "Regu kami berangkat sore ini, urusan ke-%d", "Regu kami berangkat, yang ke-%d menyusul besok", "Kabelnya kami ganti besok, nomor %d",
	"Nomor %d sedang kami kerjakan, yang lain menyusul", "Sudah kami cek di RT %d pak", "%d regu kami di lokasi", "Tahap %d kami mulai hari Senin", "Besok jam %d petugas ke sana",
	"%d. Tiang sudah kami ganti", "Ya, regu ke-%d akan berangkat", "yang ke-%d akan diganti besok", "Buka jalan darurat di km %d mulai Senin", "Isinya sudah dibaca petugas %d kali",
	"Baca dulu pengumuman nomor %d di kantor ya pak", "Dibuka mulai besok pukul %d", "Ditangani besok pagi oleh regu %d", "Meluncur hari ini ke RT %d membawa tangga",
	"Hapus data ganda nomor %d sudah dilakukan petugas",
}

// loses are verbs that would do something and leave the words of an answer out.
func loses(c desk.Command, tale string) bool {
	switch c.Verb {
	case desk.Reply, desk.Unsure, desk.NoCard: // sent, asked back, or told that nothing was sent
		return c.Words != tale
	}
	return true
}

// Whatever number stands in an answer, and whatever it replies to, it never chooses a button or a row of a list: the words go to the
// citizen, or the officer is asked or told that they did not.
func TestANumberInAnAnswerChoosesNothing(t *testing.T) {
	t.Parallel()
	p, lx := serang(t), answer.Must()
	codes := make([]report.Report, 12)
	for i := range codes {
		codes[i] = report.Report{ID: report.ID(i + 1), Code: report.NewCode(p.Prefix, uint64(i))}
	}
	card := report.Report{ID: 1, Code: codes[0].Code, Status: report.Assigned, Agency: "DISHUB"}
	card.Category = "penerangan_jalan"
	secret := card
	secret.Visibility = report.Confidential
	list := casework.OpenIntent(casework.OpenMenu(codes, len(codes)))
	on := func(r report.Report, intent string) desk.Target {
		return desk.Target{Known: true, Report: r, Intent: intent}
	}
	for name, way := range map[string]struct {
		to     desk.Target
		number bool
	}{
		"a number in front":                                {number: true},
		"a reply to the card":                              {to: on(card, "")},
		"a reply to a confidential card":                   {to: on(secret, "")},
		"a number in front, in reply to its card":          {to: on(card, ""), number: true},
		"a number in front, in reply to a secret one":      {to: on(secret, ""), number: true},
		"a reply to a folded list":                         {to: on(report.Report{}, list)},
		"a number in front, in reply to a list":            {to: on(report.Report{}, list), number: true},
		"a number in front, to the question which to join": {to: on(secret, string(desk.Merge)), number: true},
		"a number in front, in reply to a roll call":       {to: on(report.Report{}, rollIntent(codes)), number: true},
		"a reply to a roll call":                           {to: on(report.Report{}, rollIntent(codes))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, tale := range tales {
				for n := range 30 {
					tale, front := fmt.Sprintf(tale, n), ""
					if way.number {
						front = string(card.Code) + " "
					}
					c, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: front + tale}}, way.to)
					if err != nil || loses(c, tale) || way.number && c.Code != card.Code {
						t.Errorf("%q is taken for %q of %q with %q (%v)", front+tale, c.Verb, c.Code, c.Words, err)
						break
					}
				}
			}
		})
	}
}

// What opens a report for its reader still does, however it is said.
func TestWhatOpensAReportStillDoes(t *testing.T) {
	t.Parallel()
	p, lx := serang(t), answer.Must()
	r := report.Report{ID: 1, Code: report.NewCode(p.Prefix, 1), Status: report.Assigned, Agency: "DISHUB"}
	r.Visibility = report.Confidential
	for _, words := range []string{"buka", "Buka isi", "buka isinya dong pak", "tolong bukakan isi laporannya", "lihat isinya", "minta isi lengkapnya ya", "isinya apa?", "open"} {
		for front, to := range map[string]desk.Target{string(r.Code) + " ": {}, "": {Known: true, Report: r}} {
			if c, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: front + words}}, to); err != nil || c.Verb != desk.Open {
				t.Errorf("%q is taken for %q (%v)", front+words, c.Verb, err)
			}
		}
	}
}

// An officer's answer reaches the citizen, or the room reads that it did not, on a desk of each network and of each kind of report:
// it never opens the report, and nobody's look is written down.
func TestNoAnswerOpensAReport(t *testing.T) {
	t.Parallel()
	for _, network := range []bot.Network{bot.Telegram, bot.WhatsApp} {
		for _, how := range []string{"", "anonim", "rahasia"} {
			for _, category := range []string{"penerangan_jalan", "bantuan", "-"} {
				for _, text := range []string{"lampu mati", "lampu mati, hubungi 081234567890, NIK 3604010101900001"} {
					t.Run(fmt.Sprintf("%s %s %s %d", network, how, category, len(text)), func(t *testing.T) {
						t.Parallel()
						h := newHallOf(t, network, category, how, text)
						rapid.Check(t, func(rt *rapid.T) {
							tale := fmt.Sprintf(rapid.SampledFrom(tales).Draw(rt, "tale"), rapid.IntRange(0, 12).Draw(rt, "n"))
							h.answered(rt, tale, rapid.Bool().Draw(rt, "in reply"), rapid.Bool().Draw(rt, "number in front"))
						})
					})
				}
			}
		}
	}
}

// newHallOf is a hall on a network with a report of some kind.
func newHallOf(t *testing.T, network bot.Network, category, how, text string) *hall {
	t.Helper()
	s := newStageOn(t, network)
	var hows []string
	if how != "" {
		hows = []string{how}
	}
	s.file(category, hows, text)
	s.deliver()
	return &hall{stage: s, code: string(s.mem.Reports()[0].Code), card: s.sent[0].ref}
}

// answered lets the coordinator write an answer and looks where it went.
func (r *hall) answered(rt *rapid.T, tale string, reply, number bool) {
	var change []func(*bot.Event)
	change = append(change, by("Rina"))
	words := tale
	if number || !reply {
		words = r.code + " " + tale
	}
	if reply {
		change = append(change, replying(r.card))
	}
	b := r.hears(bot.Text{Text: words}, change...)
	if len(b.Looks) > 0 {
		rt.Errorf("%q is a look into the report", words)
	}
	told, room := told(b), ""
	for _, l := range b.Letters {
		if l.Purpose == ledger.ToDesk {
			room += l.Message.Text
		}
	}
	if !strings.Contains(told, tale) && !strings.Contains(room, "Belum saya kirim ke warga") {
		rt.Errorf("%q: the citizen reads %q, the room %q", words, told, room)
	}
}

// rollIntent is the intent of a roll call that shows reports.
func rollIntent(of []report.Report) string {
	codes := make([]string, len(of))
	for i, r := range of {
		codes[i] = string(r.Code)
	}
	return casework.RollIntent + ":thuvow::" + strings.Join(codes, ",")
}
