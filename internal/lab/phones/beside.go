package phones

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// clockView is the clock as the page shows it.
type clockView struct{ Day, Time string }

var (
	days   = [7]Words{{"Minggu", "Sunday"}, {"Senin", "Monday"}, {"Selasa", "Tuesday"}, {"Rabu", "Wednesday"}, {"Kamis", "Thursday"}, {"Jumat", "Friday"}, {"Sabtu", "Saturday"}}
	months = [12]Words{{"Januari", "January"}, {"Februari", "February"}, {"Maret", "March"}, {"April", "April"}, {"Mei", "May"}, {"Juni", "June"},
		{"Juli", "July"}, {"Agustus", "August"}, {"September", "September"}, {"Oktober", "October"}, {"November", "November"}, {"Desember", "December"}}
)

func dayOf(at time.Time, lang string) string {
	return fmt.Sprintf("%s, %d %s %d", days[at.Weekday()].In(lang), at.Day(), months[at.Month()-1].In(lang), at.Year())
}

func (s *Server) clockView(lang string) clockView {
	now := s.Clock.Now().In(s.Profile.Location())
	return clockView{Day: dayOf(now, lang), Time: now.Format("15.04")}
}

// turnedTo says by how much the clock was turned, and to when.
func turnedTo(from, to time.Time, in *time.Location) Words {
	by := to.Sub(from).Round(time.Minute)
	d, h, m := int(by/(24*time.Hour)), int(by%(24*time.Hour)/time.Hour), int(by%time.Hour/time.Minute)
	long := func(lang string) string {
		var parts []string
		for _, p := range []struct {
			n    int
			word Words
		}{{d, Words{"hari", "days"}}, {h, Words{"jam", "hours"}}, {m, Words{"menit", "minutes"}}} {
			if p.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word.In(lang)))
			}
		}
		return strings.Join(parts, " ")
	}
	at := to.In(in)
	return Words{
		fmt.Sprintf("Jam diputar %s, ke %s pukul %s.", long("id"), dayOf(at, "id"), at.Format("15.04")),
		fmt.Sprintf("The clock was turned by %s, to %s, %s.", long("en"), dayOf(at, "en"), at.Format("15.04")),
	}
}

// faultView is a fault with whether it is on.
type faultView struct {
	Fault
	IsOn bool
}

func (s *Server) faultViews() []faultView {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []faultView
	for _, f := range s.Faults {
		out = append(out, faultView{f, s.on[f.Key]})
	}
	return out
}

// diaryLine is a line of the diary as the page shows it.
type diaryLine struct {
	N    int
	At   string
	Text Words
}

func (s *Server) diaryView() []diaryLine {
	var out []diaryLine
	for _, h := range s.diary.shown() {
		out = append(out, diaryLine{h.N, s.hour(h.At), h.Text})
	}
	return out
}

func (s *Server) codeList() [][2]string {
	out := [][2]string{}
	for _, c := range s.codes.list() {
		out = append(out, [2]string{c, c})
	}
	return out
}

// story is a report with its facts, as the page shows it.
type story struct {
	Code, Status, Category, Office, Place string
	Facts                                 []factLine
}

type factLine struct {
	N              int
	At, What, Who  string
	Words, Details string
	Photos         int
}

// beside is the report that the browser looks at: the one it names, or the newest.
func (s *Server) beside(ctx context.Context, v view) story {
	codes := s.codes.list()
	if v.code != "" && slices.Contains(codes, v.code) {
		codes = []string{v.code}
	}
	for _, code := range codes {
		r, err := s.Store.ByCode(ctx, report.Code(code))
		if err != nil {
			continue // one that was only quoted, as an example
		}
		facts, err := s.Store.Facts(ctx, r.ID)
		if err != nil {
			continue
		}
		return s.storyOf(v, r, facts)
	}
	return story{}
}

func (s *Server) storyOf(v view, r report.Report, facts []report.Fact) story {
	out := story{Code: string(r.Code), Status: statusWords[r.Status].In(v.lang), Office: s.office(r.Agency), Place: r.Place.AreaName}
	if out.Status == "" {
		out.Status = string(r.Status)
	}
	if c, ok := s.Profile.Category(r.Category); ok {
		out.Category = Words{c.Name, c.NameEN}.In(v.lang)
	}
	for _, f := range facts {
		l := factLine{N: f.Seq, At: f.At.In(s.Profile.Location()).Format("02.01. 15.04"), What: string(f.What), Words: f.Words, Photos: len(f.Photos) + len(f.Files)}
		if w, ok := factWords[f.What]; ok {
			l.What = w.In(v.lang)
		}
		if w, ok := roleWords[f.By.Role]; ok {
			l.Who = w.In(v.lang)
		} else {
			l.Who = string(f.By.Role)
		}
		if f.Agency != "" {
			l.Details = "→ " + s.office(f.Agency)
		}
		if f.Stars > 0 {
			l.Details = strings.Repeat("★", f.Stars)
		}
		if f.Stage != "" {
			l.Details = strings.TrimSpace(f.Stage + " " + fmt.Sprint(f.Step))
		}
		out.Facts = append(out.Facts, l)
	}
	return out
}

func (s *Server) office(code string) string {
	if a, ok := s.Profile.Agency(code); ok {
		return a.Short
	}
	if code == "" {
		return s.Profile.Coordinator
	}
	return code
}

// letterLine is a letter as the page shows it.
type letterLine struct {
	At, Purpose, State, Why, Text string
	Attempts                      int
}

// lettersMost is how many letters of a chat the page shows.
const lettersMost = 12

// letters are the last ones to the chat that the browser looks at.
func (s *Server) letters(ctx context.Context, v view) []letterLine {
	var chat bot.Address
	switch v.letters {
	case onWhatsApp:
		chat = s.wa.of(v.whatsapp).lane()
	case onDesk:
		chat = bot.Address{Network: bot.Telegram, ID: fmt.Sprint(s.deskChat(v))}
	default:
		chat = bot.Address{Network: bot.Telegram, ID: fmt.Sprint(v.telegram.id)}
	}
	all, err := s.Store.Lately(ctx, chat, lettersMost)
	if err != nil {
		return nil
	}
	var out []letterLine
	for _, l := range all {
		line := letterLine{At: s.hour(l.At), Purpose: string(l.Purpose), State: string(l.State), Why: l.Why, Text: excerpt(l.Text), Attempts: l.Attempts}
		if w, ok := purposeWords[l.Purpose]; ok {
			line.Purpose = w.In(v.lang)
		}
		if w, ok := stateWords[l.State]; ok {
			line.State = w.In(v.lang)
		}
		out = append(out, line)
	}
	return out
}

var statusWords = map[report.Status]Words{
	report.Received: {"diterima", "received"}, report.Assigned: {"di dinas", "with an office"}, report.InProgress: {"dikerjakan", "in progress"},
	report.Planned: {"direncanakan", "planned"}, report.Resolved: {"selesai menurut dinas", "resolved, says the office"}, report.Closed: {"ditutup", "closed"},
	report.Rejected: {"ditolak", "rejected"}, report.Merged: {"digabung", "merged"}, report.Transferred: {"dialihkan ke luar", "handed over outside"},
	report.Reopened: {"dibuka lagi", "reopened"}, report.Quarantined: {"menunggu koordinator", "waits for the coordinator"},
}

var roleWords = map[report.Role]Words{
	report.Citizen: {"warga", "citizen"}, report.Operator: {"petugas", "officer"}, report.Coordinator: {"koordinator", "coordinator"}, report.Leader: {"pimpinan", "leader"}, report.System: {"sistem", "system"},
}

var factWords = map[report.What]Words{
	report.WasFiled: {"dilaporkan", "filed"}, report.WasAssigned: {"diberikan ke dinas", "given to an office"}, report.WasTaken: {"diambil", "taken"},
	report.WasAnswered: {"dijawab", "answered"}, report.WasForwarded: {"diteruskan", "forwarded"}, report.WasReturned: {"dikembalikan", "returned"},
	report.WasResolved: {"dinyatakan selesai", "called done"}, report.WasRejected: {"ditolak", "rejected"}, report.WasAdded: {"ditambah", "added to"},
	report.WasWithdrawn: {"jawaban ditarik", "answer taken back"}, report.WasAsked: {"ditanyakan", "asked"}, report.WasNoted: {"catatan", "noted"},
	report.WasPlanned: {"direncanakan", "planned"}, report.WasIdentified: {"identitas dibuka", "identity read"}, report.WasJudged: {"dinilai pelapor", "judged by the reporter"},
	report.WasRated: {"diberi bintang", "marked"}, report.WasLapsed: {"ditutup tanpa tanggapan", "closed without a word"}, report.WasReopened: {"dibuka lagi", "reopened"},
	report.WasCategorised: {"kategori diubah", "category changed"}, report.WasTransferred: {"dialihkan", "handed over"}, report.WasFollowed: {"diikuti", "followed"},
}

var purposeWords = map[ledger.Purpose]Words{
	ledger.Reply: {"percakapan", "conversation"}, ledger.Notice: {"kabar", "news"}, ledger.Echo: {"kabar untuk pengikut", "news to a follower"}, ledger.Card: {"kartu", "card"},
	ledger.Refresh: {"kartu diperbarui", "card renewed"}, ledger.ToDesk: {"untuk meja", "to the desk"}, ledger.ToPress: {"jawaban tombol", "answer to a press"}, ledger.Alarm: {"darurat", "alarm"},
}

var stateWords = map[ledger.DeliveryState]Words{
	ledger.Waiting: {"menunggu", "waiting"}, ledger.Sending: {"sedang dikirim", "being sent"}, ledger.Sent: {"terkirim", "sent"}, ledger.Failed: {"gagal", "failed"},
	ledger.Taken: {"ditarik", "withdrawn"}, ledger.Cold: {"ditahan", "held back"}, ledger.Overtaken: {"digantikan yang baru", "replaced by a newer one"},
}
