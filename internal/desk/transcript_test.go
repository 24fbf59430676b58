package desk_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/report"
)

var update = flag.Bool("update", false, "rewrite testdata/*.txt; read the diff")

// TestTranscripts plays testdata/*.txt. A line that begins with ">" is what happens, everything else what comes of it:
//
//	> jaringan whatsapp                                                the desk is a group there: there are no buttons
//	> batas N                                                          who files more than N reports an hour is looked at first
//	> batas tambahan N                                                 of more than N additions within an hour the card tells alone
//	> tulis dari NUMBER                                                somebody writes to the bot from that number
//	> lapor CATEGORY [dari=CHAT] [darurat] [anonim|rahasia] [loket] [oleh=NAME] [lewat=WAY+NUMBER] [foto=N] [gambar=a] [luar=NETWORK] [tebak=CATEGORY:PERCENT]: text
//	                                                                   a citizen files; "-" leaves the category open
//	> pendapat CATEGORY [darurat]                                      a language model's opinion on the newest report
//	> nomor SOURCE: NUMBER [URL]                                       the newest report has a number elsewhere
//	> hp [SORT]: text                                                  somebody writes to the citizen on the office's phone
//	> NAME: text                                                       somebody writes in the desk
//	> NAME balas N: text                                               … in reply to message N
//	> NAME foto [balas N] [album=a] [gambar=a]: caption                … a photo, which shows "a"; "a!" where only the kept file tells
//	> file disimpan                                                    what was sent until now is kept
//	> NAME pribadi: text                                               … in his or her own chat with the bot; a reply to a message
//	                                                                   there, and a press on it, come from there by themselves
//	> NAME anonim [balas N]: text                                      … in the name of the group, as an administrator who hides
//	> NAME tekan N LABEL                                               … presses a button of message N
//	> NAME tekan-lama N LABEL                                          … of its first menu, as it may still stand on a phone
//	> kata dipelajari                                                   officers are read by what was learnt of them, too
//	> halaman publik                                                   … from here on there are public pages
//	> NAME palsu MENU CHOICE                                           … sends a press that was never offered
//	> NAME keluar / NAME masuk / NAME turun / NAME naik                … leaves the group, comes in, runs it no more, or from now on
//	> bot turun                                                           the bot runs the group no more
//	> NAME turun diam-diam                                              … runs it no more, and the network does not say so
//	> NAME keluar diam-diam                                              … leaves the group, and the network does not say so
//	> NAME dikeluarkan, hanya instans lain yang tahu                   … ran the group until now, and that is still remembered here
//	> jaringan diam / jaringan menjawab lagi                             from now on it does not say who is in the group, or says it again
//	> NAME stiker [balas N] / NAME sunting N: text
//	> obrolan darurat: TEXT                                            the citizen talks with the room (stage.call)
//	> warga TEXT                                                       the citizen adds to the newest report
//	> warga menilai beres|sebagian|belum: TEXT                         or says whether it is fixed
//	> warga tidak setuju: TEXT, warga memberi nilai 4: TEXT            or does not take a refusal, or gives a mark
//	> warga sembunyikan anonim|rahasia: TEXT, warga menarik: TEXT,
//	  warga melanjutkan, warga menanyakan: TEXT                        or hides it, takes it back, wants it after all, asks when
//	> warga pindah DISTRICT: TEXT, warga pindah ke NEIGHBOUR: TEXT     or puts its place right
//	> tetangga NAME ikut/berhenti @N; tetangga NAME tambah @N: TEXT    somebody follows a report, leaves it, adds to it
//	> NAME berkas [pribadi] FILE per DAY: 8123456=STATUS, …            somebody sends an export of LAPOR! (stage.sheet)
//	> +30s                                                             time passes
//	> jam                                                              from now on the clocks of reports and the roll call speak
//	> diblokir                                                         the citizen has blocked the bot from now on
//
// "@1" is the number of the first report. "<" is a message with its number, "~" an edit with the lines that changed, "·"
// the answer to a press, "=" a fact, "*" a job, "x" a letter that failed.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	seen := &coverage{}
	t.Cleanup(func() {
		if seen.played == len(files) {
			seen.whole(t)
		}
	})
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(want), seen)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
				t.Errorf("transcript differs (-want +got):\n%s", d)
			}
		})
	}
}

func play(t *testing.T, script string, seen *coverage) string {
	s := newStage(t)
	if strings.Contains(script, "\n> jaringan whatsapp\n") {
		s = newStageOn(t, bot.WhatsApp)
	}
	if strings.Contains(script, "\n> kata dipelajari\n") {
		s.desk.Hears = listening(s.desk.Hears)
	}
	defer func() {
		if t.Failed() {
			t.Log(s.out.String())
		}
	}()
	for line := range strings.SplitSeq(strings.TrimRight(script, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "> "):
			if s.out.Len() > 0 {
				s.out.WriteString("\n")
			}
			s.out.WriteString(line + "\n")
			s.do(strings.TrimPrefix(line, "> "))
			s.sheets()
			s.deliver()
		case strings.HasPrefix(line, "#"):
			s.out.WriteString(line + "\n")
		}
	}
	seen.add(s)
	return s.out.String()
}

var (
	filing  = regexp.MustCompile(`^lapor (\S+)((?: \S+)*?): (.*)$`)
	advice  = regexp.MustCompile(`^pendapat (\S+)( darurat)?$`)
	foreign = regexp.MustCompile(`^nomor (.+?): (\S+)(?: (\S+))?$`)
	phone   = regexp.MustCompile(`^hp(?: (\S+))?: ?(.*)$`)
	waiting = regexp.MustCompile(`^\+(\S+)$`)
	saying  = regexp.MustCompile(`^(\w+)((?: \S+)*?): ?(.*)$`)
	press   = regexp.MustCompile(`^(\w+) tekan(-lama)? (\d+) (.+)$`)
	member  = regexp.MustCompile(`^(\w+) (keluar|masuk|turun|naik)$`)
	forged  = regexp.MustCompile(`^(\w+) palsu (\S+) (\S+)$`)
	sticker = regexp.MustCompile(`^(\w+) stiker(?: balas (\d+))?$`)
)

func (s *stage) do(line string) {
	if m := waiting.FindStringSubmatch(line); m != nil {
		d, err := time.ParseDuration(m[1])
		if err != nil {
			s.Fatal(err)
		}
		s.now = s.now.Add(d)
		s.ring()
		return
	}
	if line == "jam" {
		s.begin()
		return
	}
	if s.sheet(line) {
		return
	}
	if m := filing.FindStringSubmatch(line); m != nil {
		s.file(m[1], strings.Fields(m[2]), m[3])
		return
	}
	if rest, ok := strings.CutPrefix(line, "obrolan "); ok {
		if !s.call(rest) {
			s.Fatalf("unreadable line %q", line)
		}
		return
	}
	if s.neighbour(line) {
		return
	}
	if rest, ok := strings.CutPrefix(line, "warga "); ok {
		s.citizen(rest)
		return
	}
	if m := advice.FindStringSubmatch(line); m != nil {
		s.advise(report.Advice{Guess: report.Guess{Category: m[1], P: 0.9}, Emergency: m[2] != ""})
		return
	}
	if m := foreign.FindStringSubmatch(line); m != nil {
		s.foreign(m[1], m[2], m[3])
		return
	}
	if m := phone.FindStringSubmatch(line); m != nil {
		s.phone(report.Sort(m[1]), m[2])
		return
	}
	if n, ok := strings.CutPrefix(line, "batas tambahan "); ok {
		s.office.Profile.Bounds.Additions, _ = strconv.Atoi(n)
		return
	}
	if n, ok := strings.CutPrefix(line, "batas "); ok {
		s.office.Profile.Bounds.PerHour, _ = strconv.Atoi(n)
		return
	}
	if number, ok := strings.CutPrefix(line, "tulis dari "); ok {
		s.claim(number)
		return
	}
	if line == "file disimpan" {
		s.keepAll()
		return
	}
	if line == "halaman publik" {
		s.office.Profile.Pages = "https://lapor.contoh.go.id"
		return
	}
	if line == "jaringan whatsapp" || line == "kata dipelajari" { // see play
		return
	}
	if line == "diblokir" {
		s.blocked = true
		return
	}
	if m := press.FindStringSubmatch(line); m != nil {
		n, _ := strconv.Atoi(m[3])
		s.press(m[1], n, m[4], m[2] != "")
		return
	}
	if name, ok := strings.CutSuffix(line, " turun diam-diam"); ok {
		s.admins[name] = false
		return
	}
	if name, ok := strings.CutSuffix(line, " dikeluarkan, hanya instans lain yang tahu"); ok {
		s.admins[name], s.away[name], s.believed = false, true, map[string]bool{name: true}
		return
	}
	if name, ok := strings.CutSuffix(line, " keluar diam-diam"); ok {
		s.away[name] = true
		return
	}
	if line == "jaringan diam" || line == "jaringan menjawab lagi" {
		s.mute = line == "jaringan diam"
		return
	}
	if line == "bot turun" {
		s.event("Rina", bot.Member{Self: true, Here: true}, nil, false)
		return
	}
	if m := member.FindStringSubmatch(line); m != nil {
		s.admins[m[1]] = m[2] == "naik"
		s.event("Rina", bot.Member{Who: bot.Person{ID: m[1], Name: m[1]}, Here: m[2] != "keluar", Runs: m[2] == "naik"}, nil, false)
		return
	}
	if m := forged.FindStringSubmatch(line); m != nil {
		s.event(m[1], bot.Pick{Menu: s.codes(m[2]), Choice: m[3]}, nil, false)
		return
	}
	if m := sticker.FindStringSubmatch(line); m != nil {
		s.event(m[1], bot.Unsupported{Kind: "sticker"}, s.ref(m[2]), false)
		return
	}
	if m := saying.FindStringSubmatch(line); m != nil {
		s.speak(m[1], strings.Fields(m[2]), m[3])
		return
	}
	s.Fatalf("unreadable line %q", line)
}

// codes puts the number of the nth report in place of "@n".
func (s *stage) codes(text string) string {
	for i, r := range s.mem.Reports() {
		text = strings.ReplaceAll(text, fmt.Sprintf("@%d", i+1), string(r.Code))
	}
	return text
}

func (s *stage) ref(number string) *bot.MessageRef {
	n, err := strconv.Atoi(number)
	if err != nil {
		return nil
	}
	if n < 1 || n > len(s.sent) {
		return &bot.MessageRef{Chat: s.office.Desk, ID: "x" + number}
	}
	return &s.sent[n-1].ref
}

func (s *stage) speak(name string, how []string, text string) {
	var reply *bot.MessageRef
	photo, edited, album, shows := false, false, "", ""
	for i, w := range how {
		switch {
		case w == "balas" || w == "sunting":
			edited = w == "sunting"
			reply = s.ref(how[i+1])
		case w == "pribadi":
			s.apart = true
			defer func() { s.apart = false }()
		case w == "anonim":
			s.hidden = true
			defer func() { s.hidden = false }()
		case w == "foto":
			photo = true
		case strings.HasPrefix(w, "album="):
			album = w[6:]
		case strings.HasPrefix(w, "gambar="):
			shows = w[7:]
		}
	}
	text = strings.ReplaceAll(text, "{panjang}", strings.Repeat("panjang sekali ", 300)) // longer than one message
	text = s.codes(strings.ReplaceAll(text, `\n`, "\n"))
	if photo {
		media := bot.MediaRef{Network: s.network, ID: fmt.Sprintf("f%d", s.events)}
		s.pictures.show(media, shows)
		s.event(name, bot.Photo{Media: media, Caption: text, Album: album}, reply, false)
		return
	}
	s.event(name, bot.Text{Text: text}, reply, edited)
}

func (s *stage) press(name string, n int, label string, old bool) {
	if n < 1 || n > len(s.sent) {
		s.Fatalf("there is no message %d", n)
	}
	if s.network == bot.WhatsApp {
		s.Fatal("there are no buttons on WhatsApp")
	}
	m := s.sent[n-1]
	if old {
		m.menu = m.first
	}
	if m.menu == nil {
		s.Fatalf("message %d never had a menu", n)
	}
	for _, c := range m.menu.Choices {
		if strings.Contains(c.Label, label) {
			s.event(name, bot.Pick{Menu: m.menu.ID, Choice: c.ID, Message: m.ref}, nil, false)
			return
		}
	}
	s.Fatalf("message %d has no button %q", n, label)
}
