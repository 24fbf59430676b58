package desk_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// hall is a desk with one report, its card, and Budi of its office, who writes one thing at a time.
type hall struct {
	*stage
	code string
	card bot.MessageRef
}

func newHall(t *testing.T) *hall {
	t.Helper()
	s := newStage(t)
	s.file("penerangan_jalan", nil, "mati")
	s.deliver()
	return &hall{stage: s, code: string(s.mem.Reports()[0].Code), card: s.sent[0].ref}
}

// hears gives what an event brings about; it is committed.
func (r *hall) hears(body bot.Body, change ...func(*bot.Event)) ledger.Batch {
	r.Helper()
	r.events++
	ev := bot.Event{ID: bot.EventID("h" + strings.Repeat("i", r.events)), Chat: r.office.Desk, Group: true, At: r.now,
		From: bot.Person{ID: "Budi", Name: "Budi"}, Body: body}
	for _, f := range change {
		f(&ev)
	}
	b, err := r.desk.Handle(context.Background(), ev)
	if err != nil {
		r.Fatal(err)
	}
	if err := r.mem.Commit(context.Background(), b); err != nil {
		r.Fatal(err)
	}
	return b
}

// told is what the citizen will read.
func told(b ledger.Batch) string {
	for _, l := range b.Letters {
		if l.Purpose == ledger.Notice {
			return l.Message.Text
		}
	}
	return ""
}

// asked is the letter that the room reads.
func asked(b ledger.Batch) ledger.Letter {
	for _, l := range b.Letters {
		if l.Purpose == ledger.ToDesk {
			return l
		}
	}
	return ledger.Letter{}
}

func passedOn(ev *bot.Event)   { ev.Relayed = true }
func mentioning(ev *bot.Event) { ev.Mentions = true }
func by(name string) func(*bot.Event) {
	return func(ev *bot.Event) { ev.From = bot.Person{ID: name, Name: name} }
}
func replying(to bot.MessageRef) func(*bot.Event) {
	return func(ev *bot.Event) { ev.ReplyTo, ev.ToBot = &to, true }
}

// What somebody else wrote is nobody's answer and no command: it is asked back where it is about a report, else it is talk.
func TestAForwardIsAskedBack(t *testing.T) {
	t.Parallel()
	photo := bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: "NUMBER sudah diganti"}
	for _, c := range []struct {
		body bot.Body
		how  []func(*bot.Event)
		asks bool
	}{
		{bot.Text{Text: "NUMBER kapan beres pak?"}, nil, true},
		{bot.Text{Text: "*NUMBER* sudah kami cek ke lokasi"}, nil, true},
		{bot.Text{Text: "pak laporan saya NUMBER kok belum beres"}, nil, true},
		{bot.Text{Text: "/selesai NUMBER beres"}, nil, true},
		{bot.Text{Text: "NUMBER ambil"}, nil, true},
		{bot.Text{Text: "NUMBER /tolak iseng"}, nil, true},
		{photo, nil, true},
		{bot.Text{Text: "sudah kami cek ke lokasi"}, []func(*bot.Event){nil}, true},
		{bot.Text{Text: "ambil"}, []func(*bot.Event){nil}, true},
		{bot.Text{Text: "/ambil"}, []func(*bot.Event){nil}, true},
		{bot.Text{Text: "1"}, []func(*bot.Event){nil}, true},
		{bot.Voice{Media: bot.MediaRef{Network: bot.Telegram, ID: "v"}}, []func(*bot.Event){nil}, true},
		{bot.Text{Text: "/tugas"}, nil, false},
		{bot.Text{Text: "/daftar dpupr"}, nil, false},
		{bot.Text{Text: "/bantuan"}, nil, false},
		{bot.Text{Text: "selamat pagi semua"}, nil, false},
		{bot.Text{Text: "NUMBER"}, nil, false},
		{bot.Text{Text: "SGR-PSES3-Y sudah"}, nil, false},
	} {
		r := newHall(t)
		how := []func(*bot.Event){passedOn}
		for _, f := range c.how {
			if f == nil {
				f = replying(r.card)
			}
			how = append(how, f)
		}
		body := numbered(c.body, r.code)
		b := r.hears(body, how...)
		if len(b.Changes) != 0 || told(b) != "" {
			t.Errorf("%+v changed something", body)
		}
		q := asked(b).Message
		if asks := q.Menu != nil && strings.Contains(q.Text, "Teruskan ke warga") && q.Menu.Choices[0].Label == "💬 Ya"; asks != c.asks || !c.asks && len(b.Letters) > 0 {
			t.Errorf("%+v is answered with %q", body, q.Text)
		}
	}
}

func numbered(body bot.Body, code string) bot.Body {
	put := func(s string) string { return strings.ReplaceAll(s, "NUMBER", code) }
	switch b := body.(type) {
	case bot.Text:
		return bot.Text{Text: put(b.Text)}
	case bot.Photo:
		b.Caption = put(b.Caption)
		return b
	}
	return body
}

// "Ya" sends what was passed on, with its picture, "Jadikan catatan" keeps its words; each once. Both are pressed or written.
func TestWhatBecomesOfAForward(t *testing.T) {
	t.Parallel()
	photo := bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: "sudah diganti"}
	for name, c := range map[string]struct {
		body   bot.Body
		answer string // "" presses
		choice string
		told   string
	}{
		"pressed yes":   {bot.Text{Text: "sudah diganti"}, "", "balas", "sudah diganti"},
		"a picture":     {photo, "", "balas", "sudah diganti"},
		"written yes":   {photo, "ya", "", "sudah diganti"},
		"its number":    {photo, "1", "", "sudah diganti"},
		"pressed note":  {photo, "", "catatan", ""},
		"written note":  {bot.Text{Text: "sudah diganti"}, "jadikan catatan", "", ""},
		"note's number": {bot.Text{Text: "sudah diganti"}, "2", "", ""},
	} {
		r := newHall(t)
		q := asked(r.hears(c.body, passedOn, replying(r.card)))
		if !strings.Contains(q.Message.Text, "“sudah diganti”") {
			t.Errorf("%s: the question is %q", name, q.Message.Text)
		}
		ref := bot.MessageRef{Chat: r.office.Desk, ID: "q"}
		if err := r.mem.Start(context.Background(), q.Key); err != nil {
			t.Fatal(err)
		}
		if err := r.mem.Sent(context.Background(), q.Key, ref); err != nil {
			t.Fatal(err)
		}
		act := func() ledger.Batch {
			if c.answer != "" {
				return r.hears(bot.Text{Text: c.answer}, replying(ref))
			}
			return r.hears(bot.Pick{Menu: q.Message.Menu.ID, Choice: c.choice, Message: ref})
		}
		b := act()
		if got := told(b); (c.told == "") != (got == "") || !strings.Contains(got, c.told) || len(b.Changes) == 0 {
			t.Errorf("%s: the citizen reads %q", name, got)
		}
		if _, media := c.body.(bot.Photo); media && c.told != "" && len(lettersWithPhotos(b)) != 1 {
			t.Errorf("%s: the picture stayed behind", name)
		}
		if b := act(); len(b.Changes) != 0 || told(b) != "" {
			t.Errorf("%s: twice is done twice", name)
		}
	}
}

func lettersWithPhotos(b ledger.Batch) (out []ledger.Letter) {
	for _, l := range b.Letters {
		if l.Purpose == ledger.Notice && len(l.Message.Photos) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// However a number is dressed, the answer behind it goes to its citizen, without the dress.
func TestADressedNumberIsANumber(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/number-dressed.field")
	if err != nil {
		t.Fatal(err)
	}
	const said = "sudah kami cek ke lokasi"
	lines := []string{
		"(NUMBER) " + said, "#NUMBER " + said, "No. NUMBER " + said, "no NUMBER: " + said, "Nomor NUMBER, " + said, "No.NUMBER " + said, "\u200eNUMBER " + said,
		"\u200f\u200eNUMBER " + said, "NUMBER\u00a0" + said, "NUMBER\u202f" + said, "NUMBER\u3000" + said, "NUMBER\n" + said, "NUMBER - " + said, "NUMBER – " + said,
		"NUMBER:" + said, "**NUMBER** " + said, "_NUMBER_ " + said, "~NUMBER~ " + said, "`NUMBER` " + said, "```NUMBER``` " + said, "“NUMBER” " + said,
		"«NUMBER» " + said, "<NUMBER> " + said, "{NUMBER} " + said, "• NUMBER " + said, "- NUMBER " + said, "📌 NUMBER " + said, "✅NUMBER " + said,
		"*NUMBER: " + said + "*", "(NUMBER " + said + ")", "laporan NUMBER " + said, "Laporan No. NUMBER: " + said, "untuk laporan NUMBER " + said, "utk NUMBER, " + said,
		"Re: NUMBER " + said, "jawaban untuk NUMBER: " + said, "balas NUMBER " + said, "\ufeffNUMBER " + said, "\u2060NUMBER\u2060 " + said, "N\u00adUMBER " + said,
		"NUMBER NUMBER " + said, "@NUMBER " + said, "[NUMBER]: " + said, "*[NUMBER]* " + said, "*#NUMBER* " + said, "1) NUMBER " + said,
	}
	for l := range strings.Lines(string(file)) {
		if l, ok := strings.CutPrefix(strings.TrimSpace(l), "room: "); ok {
			lines = append(lines, l)
		}
	}
	for _, l := range lines {
		if strings.HasPrefix(l, "1) ") {
			continue // a list of one's own
		}
		r := newHall(t)
		text := strings.ReplaceAll(strings.ReplaceAll(l, "NUMBER", r.code), "N\u00adUMBER", r.code[:2]+"\u00ad"+r.code[2:])
		if got := told(r.hears(bot.Text{Text: text})); !strings.Contains(got, "\n\n"+said+"\n") {
			t.Errorf("%q: the citizen reads %q", text, got)
		}
	}
}

// A number in other writing, without its prefix, or in pieces is the same number.
func TestANumberInOtherWriting(t *testing.T) {
	t.Parallel()
	p := serang(t)
	lx := answer.Must()
	const code = report.Code("SRG-PSES3-Y")
	for _, text := range []string{
		"ＳＲＧ-ＰＳＥＳ３-Ｙ", "SRG-PSES٣-Y", "SRG-PSES३-Y", "SRG\u00ad-PSES3\u00ad-Y", "SRG-PS\u200dES3-Y", "SRG-PS\u200cES3-Y", "SRG\u2060-PSES3-Y", "SRG-PSES3\u200b-Y",
		"SRG\u2011PSES3\u2011Y", "SRG\u00a0PSES3\u00a0Y", "PSES3-Y", "pses3-y", "no. pses3-y", "PSES3Y", "pses3 y", "SRG/PSES3/Y", "SRG--PSES3--Y", "SRG_PSES3_Y",
	} {
		got, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: text + " sudah kami cek"}}, desk.Target{})
		if err != nil || got.Code != code || got.Verb != desk.Reply || got.Words != "sudah kami cek" {
			t.Errorf("%q is read as %q of %q with %q (%v)", text, got.Verb, got.Code, got.Words, err)
		}
	}
	for _, text := range []string{"SGR-PSES3-Y", "sgr-pses3-y", "ABC-PSES3-Y", "SR-PSES3-Y", "SGRPSES3Y", "SRG-PSES3", "SRG PSES3 Z", "PSES3-Z", "*SGR-PSES3-Y*", "No. SGR-PSES3-Y"} {
		got, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: text + " sudah kami cek"}}, desk.Target{})
		if err != nil || got.Verb != desk.BadCode {
			t.Errorf("%q is read as %q of %q (%v), not as a slip", text, got.Verb, got.Code, err)
		}
	}
	for _, text := range []string{"rapat RT-05 jam 10", "covid-19 naik lagi", "mou-2026-3 sudah", "A 1234 BC mobil dinas", "srg rusak 2 hari", "srg hujan", "pagi semua", "2026-1 anggaran", "B-1 lantai dua"} {
		got, err := desk.Parse(p, lx, bot.Event{Body: bot.Text{Text: text}}, desk.Target{})
		if err != nil || got.Verb != desk.Silent {
			t.Errorf("%q is read as %q of %q (%v), not as talk", text, got.Verb, got.Code, err)
		}
	}
}

// Whatever an operator writes that is plainly for a report gets a word back; a stranger's does not.
func TestNothingForAReportVanishes(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	lost := replying(bot.MessageRef{Chat: r.office.Desk, ID: "from before the restore"})
	for name, b := range map[string]ledger.Batch{
		"a reply to a card that nobody knows": r.hears(bot.Text{Text: "sudah kami cek"}, lost),
		"a picture there":                     r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}}, lost),
		"by the coordinator":                  r.hears(bot.Text{Text: "sudah kami cek"}, lost, by("Rina")),
		"a wrong prefix":                      r.hears(bot.Text{Text: "X" + r.code[1:] + " sudah kami cek"}),
		"two numbers":                         r.hears(bot.Text{Text: r.code + " dan CTH-RY77R-W sudah kami cek"}),
		"two numbers, the other way":          r.hears(bot.Text{Text: r.code + ", CTH-RY77R-W: sudah kami cek"}),
		"the number at the end":               r.hears(bot.Text{Text: "lampunya sudah nyala " + r.code}),
		"the number behind the answer":        r.hears(bot.Text{Text: "sudah kami cek ke lokasi, " + r.code}),
	} {
		if asked(b).Message.Text == "" || len(b.Changes) != 0 {
			t.Errorf("%s: %+v", name, b.Letters)
		}
	}
	edited := func(ev *bot.Event) { ev.Edited = true }
	for name, b := range map[string]ledger.Batch{
		"passed on":          r.hears(bot.Text{Text: "sudah kami cek"}, lost, passedOn),
		"a picture passed":   r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}}, lost, passedOn),
		"written once more":  r.hears(bot.Text{Text: "sudah kami cek ke lokasi"}, lost, edited),
		"a nod":              r.hears(bot.Text{Text: "siap"}, lost),
		"a choice":           r.hears(bot.Text{Text: "1"}, lost),
		"a command":          r.hears(bot.Text{Text: "/selesai lampu sudah menyala"}, lost),
		"a command in words": r.hears(bot.Text{Text: "ambil"}, lost),
		"a voice note":       r.hears(bot.Voice{Media: bot.MediaRef{Network: bot.Telegram, ID: "v"}}, lost),
		"a file":             r.hears(bot.Document{Media: bot.MediaRef{Network: bot.Telegram, ID: "d"}}, lost),
		"a pin":              r.hears(bot.Location{Lat: -6, Lon: 106}, lost),
	} {
		if text := asked(b).Message.Text; text == "" || len(b.Changes) != 0 {
			t.Errorf("%s, below a card that nobody knows: %q, %d changes", name, text, len(b.Changes))
		}
	}
	if b := r.hears(bot.Unsupported{Kind: "sticker"}, lost); len(b.Letters) != 1 {
		t.Errorf("a sticker there: %+v", b.Letters)
	}
	album := bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: r.code + " hasilnya", Album: "a"}
	if q := asked(r.hears(album, passedOn)).Message.Text; !strings.Contains(q, "Foto lain") {
		t.Errorf("of an album that was passed on nobody hears that one picture alone is asked about: %q", q)
	}
	if b := r.hears(bot.Text{Text: "sudah kami cek"}, lost, by("Orang")); len(b.Letters) != 0 {
		t.Errorf("a stranger is answered: %+v", b.Letters)
	}
	if b := r.hears(bot.Text{Text: "sudah kami cek"}, func(ev *bot.Event) { ev.ReplyTo = &bot.MessageRef{Chat: r.office.Desk, ID: "of a colleague"} }); len(b.Letters) != 0 {
		t.Errorf("a reply to a colleague is answered: %+v", b.Letters)
	}
	if b := r.hears(bot.Text{Text: "tolong " + r.code + " dicek ya"}); len(b.Letters) != 1 || len(b.Changes) != 0 || told(b) != "" {
		t.Errorf("who names a report in passing is not asked: %+v", b.Letters)
	}
	if b := r.hears(bot.Text{Text: "tolong " + r.code + " dicek ya"}, by("Orang")); len(b.Letters) != 0 {
		t.Errorf("a stranger's talk is answered: %+v", b.Letters)
	}
}

// A choice in other words, a nod, and words for colleagues are never the office's answer.
func TestAChoiceIsNoAnswer(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/choice-in-other-words.field")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(file)), "\n")
	for _, words := range []string{
		"1. Ambil", "1) ambil", "(1) Ambil", "1 ambil", "nomor 1", "no 1", "yang pertama", "satu", "ambil pak", "siap ambil", "Ambil 🙏", "diambil ya", "ok", "oke", "OK 👍", "👍", "🙏", "✅", "siap", "siap 86", "86",
		"ya", "iya pak", "baik", "noted", "selesai", "selesai pak", "Selesai ✅", "4. Selesai", "sudah selesai", "beres", "tolak", "tolak aja", "5. Tolak", "bukan kewenangan kami", "bukan tupoksi kami",
		"ini bukan ranah kami pak", "lihat identitas", "buka identitas", "identitas pelapor", "teruskan", "teruskan ke dishub", "rencanakan", "catatan", "tanya", "balas", "terima", "mohon arahan", "segera ditindaklanjuti", "acc", "mantap", "siapa pelapornya", "tutup", "duplikat", "salah alamat", "2", "2. Balas", "gabung", "urungkan", "batal",
	} {
		lines = append(lines, "card: "+words, "room: NUMBER "+words)
	}
	for _, l := range lines {
		r := newHall(t)
		where, words, _ := strings.Cut(l, ": ")
		var how []func(*bot.Event)
		if where == "card" {
			how = append(how, replying(r.card))
		}
		b := r.hears(bot.Text{Text: strings.ReplaceAll(words, "NUMBER", r.code)}, how...)
		if answered(b) {
			t.Errorf("%q: the citizen reads %q", l, told(b))
		}
		if len(b.Letters) == 0 {
			t.Errorf("%q vanishes", l)
		}
	}
}

// answered reports whether a batch says something to a citizen as the office's answer.
func answered(b ledger.Batch) bool {
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok {
			for _, f := range c.Facts {
				if f.What == report.WasAnswered {
					return true
				}
			}
		}
	}
	return false
}

// Nor are they where an answer is asked for, or under the line that lets an answer be taken back, or below a picture.
func TestANodIsNoAnswerAnywhere(t *testing.T) {
	t.Parallel()
	for _, press := range []string{"balas", "tanya", "catatan"} {
		for _, words := range []string{"ok", "👍", "siap pak", "1. Ambil", "ambil", "selesai pak", "2"} {
			r := newHall(t)
			q := asked(r.hears(bot.Pick{Menu: "c." + r.code, Choice: press, Message: r.card}))
			b := r.hears(bot.Text{Text: words}, replying(r.lies(q)))
			if told(b) != "" || len(b.Changes) != 0 || asked(b).Message.Text == "" {
				t.Errorf("%q, asked for by %s: the citizen reads %q", words, press, told(b))
			}
		}
	}
	for _, words := range []string{"ok", "👍", "siap", "selesai", "3", "ambil"} {
		r := newHall(t)
		line := asked(r.hears(bot.Text{Text: "besok kami cek"}, replying(r.card)))
		if b := r.hears(bot.Text{Text: words}, replying(r.lies(line))); answered(b) {
			t.Errorf("%q below the line: the citizen reads %q", words, told(b))
		}
	}
	for _, words := range []string{"86 ndan", "👍", "ok", "siap", "Pak Yudi tolong cek"} {
		r := newHall(t)
		if b := r.hears(bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}, Caption: words}, replying(r.card)); told(b) != "" || asked(b).Message.Menu == nil {
			t.Errorf("a picture with %q: the citizen reads %q", words, told(b))
		}
	}
}

// lies makes a letter one that was sent, and gives its message.
func (r *hall) lies(l ledger.Letter) bot.MessageRef {
	r.Helper()
	ref := bot.MessageRef{Chat: r.office.Desk, ID: "l" + l.Key}
	if err := r.mem.Start(context.Background(), l.Key); err != nil {
		r.Fatal(err)
	}
	if err := r.mem.Sent(context.Background(), l.Key, ref); err != nil {
		r.Fatal(err)
	}
	return ref
}

// The line that holds an answer quotes what will be sent, and no more than fits a glance.
func TestTheLineQuotesWhatWillBeSent(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	line := asked(r.hears(bot.Text{Text: "*" + r.code + "*: besok kami cek ke lokasi"})).Message.Text
	if !strings.Contains(line, "“besok kami cek ke lokasi”") {
		t.Errorf("the line is %q", line)
	}
	line = asked(r.hears(bot.Text{Text: r.code + " " + strings.Repeat("sudah kami cek ", 60)})).Message.Text
	if len(line) > 450 || !strings.Contains(line, "…”") {
		t.Errorf("the line is %q", line)
	}
}

// Who was mentioned is nothing for the citizen.
func TestMentionsStayInTheRoom(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	if got := told(r.hears(bot.Text{Text: r.code + " sudah kami cek bersama @, lampunya kami ganti besok @"}, mentioning)); !strings.Contains(got, "sudah kami cek bersama, lampunya kami ganti besok\n") {
		t.Errorf("the citizen reads %q", got)
	}
	b := r.hears(bot.Text{Text: r.code + " @ mohon dicek lampunya sore ini ya"}, mentioning)
	if strings.Contains(told(b)+asked(b).Message.Text, "@") || len(b.Letters) == 0 {
		t.Errorf("%+v", b.Letters)
	}
}

// Dates as officers write them; of a year alone the month is asked, and the reply need say no more.
func TestDatesOfTheField(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/dates.field")
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(file)) {
		r := newHall(t)
		got := told(r.hears(bot.Text{Text: strings.ReplaceAll(strings.TrimSpace(l), "NUMBER", r.code)}))
		if !strings.Contains(got, "31 Desember 2026") || !strings.Contains(got, "menunggu anggaran") || strings.Contains(got, "tgl") || strings.Contains(got, ", menunggu") {
			t.Errorf("%q: the citizen reads %q", l, got)
		}
	}
	for _, reply := range []string{"Maret", "maret 2027", "31-03-27", "akhir Maret ya", "31 Maret"} {
		r := newHall(t)
		q := asked(r.hears(bot.Text{Text: "/rencana " + r.code + " tahun depan menunggu anggaran"}))
		if !strings.Contains(q.Message.Text, "bulan apa tahun 2027") {
			t.Fatalf("asked is %q", q.Message.Text)
		}
		got := told(r.hears(bot.Text{Text: reply}, replying(r.lies(q))))
		if !strings.Contains(got, "31 Maret 2027") || !strings.Contains(got, "menunggu anggaran") || strings.Contains(got, "2027 menunggu") {
			t.Errorf("%q: the citizen reads %q", reply, got)
		}
	}
}

// A talk with somebody in danger takes no words that somebody else wrote.
func TestAForwardIsNoAnswerInATalk(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if !s.call("darurat: kebakaran di sukawana") {
		t.Fatal("no talk")
	}
	s.deliver()
	r := &hall{stage: s, card: s.sent[len(s.sent)-1].ref}
	for _, body := range []bot.Body{bot.Text{Text: "petugas kami berangkat"}, bot.Text{Text: "/selesai"}, bot.Text{Text: "ambil"},
		bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}}} {
		b := r.hears(body, passedOn, replying(r.card), by("Rina"))
		if len(b.Changes) != 0 || len(b.Letters) != 1 || !strings.Contains(b.Letters[0].Message.Text, "terusan") {
			t.Errorf("%+v: %+v", body, b)
		}
	}
}

// changed are the facts that a batch adds.
func changed(b ledger.Batch) (out []report.Fact) {
	for _, c := range b.Changes {
		if c, ok := c.(ledger.Changed); ok {
			out = append(out, c.Facts...)
		}
	}
	return out
}
