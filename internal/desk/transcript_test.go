package desk_test

import (
	"context"
	"errors"
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
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/desk"
	"rabeg/internal/report"
)

var update = flag.Bool("update", false, "rewrite testdata/*.txt; read the diff")

// TestTranscripts plays testdata/*.txt. A line that begins with ">" is what happens, everything else what comes of it:
//
//	> lapor CATEGORY [anonim|rahasia] [foto=N] [luar=NETWORK]: text     a citizen files
//	> NAME: text                                                       somebody writes in the desk
//	> NAME balas N: text                                               … in reply to message N
//	> NAME foto [balas N] [album=a]: caption                           … a photo
//	> NAME tekan N LABEL                                               … presses a button of message N
//	> NAME palsu MENU CHOICE                                           … sends a press that was never offered
//	> NAME stiker [balas N] / NAME sunting N: text
//	> warga TEXT                                                       the citizen adds to the newest report
//	> +30s                                                             time passes
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
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, string(want))
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

const group = "-100"

// stage is one desk with its citizens, without any network.
type stage struct {
	*testing.T
	mem      *casetest.Memory
	office   *casework.Office
	desk     *desk.Desk
	now      time.Time
	events   int
	sent     []sent
	admins   map[string]bool
	reporter bot.Address
	last     report.ID
	blocked  bool
	network  bot.Network
	out      strings.Builder
}

type sent struct {
	key string
	ref bot.MessageRef
	m   bot.Message
	// menu is the last menu it had: on somebody's phone it may still be there.
	menu *bot.Menu
}

func newStage(t *testing.T) *stage {
	s := &stage{T: t, mem: casetest.NewMemory("CTH"), now: time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC),
		admins: map[string]bool{"Rina": true}, network: bot.Telegram}
	s.office = &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: group}}
	s.desk = &desk.Desk{
		Office: func() *casework.Office { return s.office },
		Reader: s.mem,
		Admin: func(_ context.Context, g bot.Address, person string) (bool, error) {
			if person == "Ragu" {
				return false, errors.New("network away")
			}
			return g.ID == group && s.admins[person], nil
		},
	}
	for name, agency := range map[string]string{"Budi": "DISHUB", "Sari": "DISHUB", "Dewi": "DPUPR"} {
		s.enroll(name, agency)
	}
	return s
}

func (s *stage) enroll(name, agency string) {
	op := casework.Operator{ID: "telegram:" + name, Name: name, Agency: agency, Role: report.Operator, Approved: "telegram:Rina", Since: s.now}
	b := casework.Batch{Cause: "setup:" + name, At: s.now, Changes: []casework.Change{casework.Enrolled{Operator: op}}}
	if err := s.mem.Commit(context.Background(), b); err != nil {
		s.Fatal(err)
	}
}

func play(t *testing.T, script string) string {
	s := newStage(t)
	defer func() {
		if t.Failed() {
			t.Log(s.out.String())
		}
	}()
	for _, line := range strings.Split(strings.TrimRight(script, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "> "):
			if s.out.Len() > 0 {
				s.out.WriteString("\n")
			}
			s.out.WriteString(line + "\n")
			s.do(strings.TrimPrefix(line, "> "))
			s.deliver()
		case strings.HasPrefix(line, "#"):
			s.out.WriteString(line + "\n")
		}
	}
	return s.out.String()
}

var (
	filing  = regexp.MustCompile(`^lapor (\S+)((?: \S+)*?): (.*)$`)
	waiting = regexp.MustCompile(`^\+(\S+)$`)
	saying  = regexp.MustCompile(`^(\w+)((?: \S+)*?): ?(.*)$`)
	press   = regexp.MustCompile(`^(\w+) tekan (\d+) (.+)$`)
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
		return
	}
	if m := filing.FindStringSubmatch(line); m != nil {
		s.file(m[1], strings.Fields(m[2]), m[3])
		return
	}
	if rest, ok := strings.CutPrefix(line, "warga "); ok {
		s.citizen(rest)
		return
	}
	if line == "diblokir" {
		s.blocked = true
		return
	}
	if m := press.FindStringSubmatch(line); m != nil {
		n, _ := strconv.Atoi(m[2])
		s.press(m[1], n, m[3])
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
	photo, edited, album := false, false, ""
	for i, w := range how {
		switch {
		case w == "balas" || w == "sunting":
			edited = w == "sunting"
			reply = s.ref(how[i+1])
		case w == "foto":
			photo = true
		case strings.HasPrefix(w, "album="):
			album = w[6:]
		}
	}
	text = s.codes(strings.ReplaceAll(text, `\n`, "\n"))
	if photo {
		media := bot.MediaRef{Network: bot.Telegram, ID: fmt.Sprintf("f%d", s.events)}
		s.event(name, bot.Photo{Media: media, Caption: text, Album: album}, reply, false)
		return
	}
	s.event(name, bot.Text{Text: text}, reply, edited)
}

func (s *stage) press(name string, n int, label string) {
	m := s.sent[n-1]
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

// event does what the engine does: decide, commit, and decide anew when somebody was faster. Every event comes twice.
func (s *stage) event(name string, body bot.Body, reply *bot.MessageRef, edited bool) {
	s.events++
	ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tg:%d", s.events)), Chat: s.office.Desk, Group: true,
		From: bot.Person{ID: name, Name: name}, At: s.now, ReplyTo: reply, Body: body, Edited: edited}
	if _, ok := body.(bot.Pick); !ok {
		ev.Ref = bot.MessageRef{Chat: s.office.Desk, ID: fmt.Sprintf("u%d", s.events)}
	}
	ctx := context.Background()
	b, err := s.desk.Handle(ctx, ev)
	if err != nil {
		s.Fatal(err)
	}
	if b.Cause != string(ev.ID) {
		s.Fatalf("cause %q of event %q", b.Cause, ev.ID)
	}
	err = s.mem.Commit(ctx, b)
	if errors.Is(err, casework.ErrSent) {
		if b, err = s.desk.Late(ctx, ev); err != nil {
			s.Fatal(err)
		}
		err = s.mem.Commit(ctx, b)
	}
	if err != nil {
		s.Fatal(err)
	}
	s.facts(b)
	again, err := s.desk.Handle(ctx, ev)
	if err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, again); !errors.Is(err, casework.ErrDone) {
		s.Fatalf("the event's second coming was written: %v", err)
	}
}

func (s *stage) file(category string, how []string, text string) {
	d := report.Draft{ID: "d", Kind: report.Complaint, Text: text, Category: category, Visibility: report.Normal,
		Place: report.Place{AreaName: "Sukawana", DistrictName: "Kota", District: "99.01.01", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}}
	s.reporter = bot.Address{Network: bot.WhatsApp, ID: "62811"}
	lang := "id"
	for _, h := range how {
		switch {
		case h == "anonim" || h == "rahasia":
			d.Visibility = report.Visibility(h)
		case h == "darurat":
			d.Emergency = true
		case h == "en":
			lang = "en"
		case strings.HasPrefix(h, "foto="):
			n, _ := strconv.Atoi(h[5:])
			for i := range n {
				d.Photos = append(d.Photos, bot.MediaRef{Network: bot.WhatsApp, ID: fmt.Sprintf("%d-%d", s.events, i)})
			}
		}
	}
	s.events++
	cause := fmt.Sprintf("wa:%d", s.events)
	ctx := context.Background()
	id, code, err := s.mem.NextID(ctx, cause)
	if err != nil {
		s.Fatal(err)
	}
	_, b := s.office.Open(casework.Filing{ID: id, Code: code, Draft: d, Reporter: s.reporter, Lang: lang,
		Person: bot.Person{ID: "62811", Name: "Asep Sunarya"}, Cause: cause, At: s.now,
		Served: func(a string) bool { ok, _ := s.mem.Served(ctx, a); return ok }})
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.last = id
	s.facts(b)
}

func (s *stage) citizen(text string) {
	s.events++
	ctx := context.Background()
	r, err := s.mem.ByID(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	facts, err := s.mem.Facts(ctx, s.last)
	if err != nil {
		s.Fatal(err)
	}
	by := report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Chat: s.reporter}
	_, b, err := s.office.Act(r, by, report.Add{Words: text}, casework.Turn{Cause: fmt.Sprintf("wa:%d", s.events), At: s.now, Facts: facts})
	if err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
	s.facts(b)
}

// facts writes down what a batch put on record, and holds every report to its facts.
func (s *stage) facts(b casework.Batch) {
	show := func(facts []report.Fact) {
		for _, f := range facts {
			line := fmt.Sprintf("= %d %s", f.Seq, f.What)
			for _, part := range []struct{ name, v string }{{"", f.By.Name}, {"kantor=", f.Agency}, {"maksud=", f.Meant}, {"alasan=", f.Reason}} {
				if part.v != "" {
					line += " " + part.name + part.v
				}
			}
			if f.What == report.WasReturned || f.What == report.WasForwarded && f.Agency == "" {
				line += " kantor=koordinator"
			}
			if n := len(f.Photos); n > 0 {
				line += fmt.Sprintf(" foto=%d", n)
			}
			s.out.WriteString(line + "\n")
		}
	}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case casework.Opened:
			show(c.Facts)
		case casework.Changed:
			show(c.Facts)
		case casework.Enrolled:
			fmt.Fprintf(&s.out, "= petugas %s kantor=%q diterima=%q\n", c.Operator.ID, c.Operator.Agency, c.Operator.Approved)
		case casework.Unsent:
			s.out.WriteString("= surat ditarik\n")
		}
	}
	for _, j := range b.Jobs {
		fmt.Fprintf(&s.out, "* %T\n", j)
	}
}

// deliver sends everything that need not wait, in order.
func (s *stage) deliver() {
	ctx := context.Background()
	letters, err := s.mem.Waiting(ctx)
	if err != nil {
		s.Fatal(err)
	}
	for _, l := range letters {
		if l.Hold.After(s.now) {
			continue
		}
		m, err := s.desk.Compose(ctx, l)
		if err != nil {
			s.Fatal(err)
		}
		if err := s.mem.Start(ctx, l.Key); err != nil {
			s.Fatal(err)
		}
		s.hand(ctx, l, m)
	}
}

func (s *stage) hand(ctx context.Context, l casework.Letter, m bot.Message) {
	var err error
	switch {
	case s.blocked && l.Purpose == casework.Notice:
		err = s.mem.Failed(ctx, l.Key, "diblokir warga")
		s.out.WriteString("x " + "gagal terkirim ke warga\n")
	case l.Purpose == casework.ToPress:
		err = s.mem.Sent(ctx, l.Key, bot.MessageRef{})
		s.out.WriteString("· " + m.Text + "\n")
	default:
		at := s.find(l.Edits)
		mark := "~"
		if at < 0 {
			chat := l.To
			s.sent = append(s.sent, sent{key: l.Key, ref: bot.MessageRef{Chat: chat, ID: strconv.Itoa(len(s.sent) + 1)}})
			at, mark = len(s.sent)-1, "<"
		}
		text := shown(m)
		if mark == "~" {
			text = changes(shown(s.sent[at].m), text)
		}
		s.sent[at].m = m
		if m.Menu != nil {
			s.sent[at].menu = m.Menu
		}
		err = s.mem.Sent(ctx, l.Key, s.sent[at].ref)
		s.out.WriteString(mark + " " + strconv.Itoa(at+1) + " " + room(l) + s.answered(l) + "\n" + text)
	}
	if err != nil {
		s.Fatal(err)
	}
}

func (s *stage) answered(l casework.Letter) string {
	if at := s.find(l.Answers); at >= 0 {
		return fmt.Sprintf(" (di bawah %d)", at+1)
	}
	return ""
}

func (s *stage) find(key string) int {
	for i, m := range s.sent {
		if key != "" && m.key == key {
			return i
		}
	}
	return -1
}

func room(l casework.Letter) string {
	switch {
	case l.Desk && l.Room == "":
		return "ruang koordinator"
	case l.Desk:
		return "ruang " + l.Room
	case l.To.ID == group:
		return "grup"
	}
	return "warga"
}

// changes are the lines of a message that its edit took out and put in.
func changes(was, now string) string {
	out := ""
	count := map[string]int{}
	for _, line := range strings.SplitAfter(now, "\n") {
		count[line]++
	}
	for _, line := range strings.SplitAfter(was, "\n") {
		if count[line]--; count[line] < 0 && strings.TrimSpace(line) != "" {
			out += "  -" + line[3:]
		}
	}
	clear(count)
	for _, line := range strings.SplitAfter(was, "\n") {
		count[line]++
	}
	for _, line := range strings.SplitAfter(now, "\n") {
		if count[line]--; count[line] < 0 && strings.TrimSpace(line) != "" {
			out += "  +" + line[3:]
		}
	}
	return out
}

func shown(m bot.Message) string {
	text, spans := bot.Spans(m.Text)
	for i := len(spans) - 1; i >= 0; i-- {
		text = text[:spans[i].From] + "**" + text[spans[i].From:spans[i].To] + "**" + text[spans[i].To:]
	}
	out := ""
	for _, line := range strings.Split(text, "\n") {
		out += strings.TrimRight("    "+line, " ") + "\n"
	}
	if n := len(m.Photos); n > 0 {
		out += fmt.Sprintf("    {%d foto}\n", n)
	}
	if m.Menu != nil {
		out += "   "
		for i, c := range m.Menu.Choices {
			out += fmt.Sprintf(" [%d %s]", i+1, c.Label)
		}
		out += "\n"
	}
	return out
}
