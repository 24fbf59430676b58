package desk

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const (
	// listed is how many reports one list shows, listedRow how long a line of it may be in UTF-16 units: together they fit into one message of
	// any network. listedPages is how far a list can be leafed through.
	listed      = 20
	listedRow   = 160
	listedPages = 25
	// roomsLong is how long the list of all offices may be, in UTF-16 units.
	roomsLong = 3500
)

const openOneText = "Buka satu dengan /laporan NOMOR."

// wantedList is which open reports somebody asks for.
type wantedList struct {
	office string // as it was typed; "" for none
	all    bool   // of every office
	own    bool   // of the own office, said in so many words
	late   bool   // only what is late
	page   int    // from 1
}

// listWanted reads what stands behind /tugas: "dishub", "semua", "lewat dishub", "dishub 2".
func listWanted(p *profile.Profile, said string) wantedList {
	w := wantedList{page: 1}
	if isOffice(p, said) { // whatever words its name holds
		w.office = said
		return w
	}
	var office []string
	words := strings.Fields(said)
	for i, raw := range words {
		switch word := bot.Fold(raw); {
		case lateWord(word):
			w.late = true
		case allWord(word):
			w.all = true
		case ownWord(word):
			w.own = true
		case i > 0 && i == len(words)-1 && number(word) > 0, len(words) == 1 && number(word) > 0:
			w.page = min(number(word), listedPages)
		case particle(word) || listFiller(word):
		default:
			office = append(office, raw)
		}
	}
	w.office = strings.Join(office, " ")
	return w
}

func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		return 0
	}
	return n
}

func lateWord(w string) bool {
	return slices.Contains([]string{"lewat", "telat", "terlambat", "batas", "tenggat", "molor", "late", "overdue", "lambat", "kelambatan", "lelet", "nunggak", "tertunggak", "tunggakan", "menunggak"}, w)
}

func allWord(w string) bool {
	return slices.Contains([]string{"semua", "semuanya", "seluruh", "all"}, w)
}

func ownWord(w string) bool {
	return slices.Contains([]string{"saya", "sy", "aku", "kami", "kita", "sendiri", "own"}, w)
}

// listFiller are words around a list that choose nothing of it.
func listFiller(w string) bool {
	return slices.Contains([]string{"kantor", "opd", "dinas", "tugas", "tugasnya", "laporan", "laporannya", "daftar", "list", "yang", "yg", "di", "dari", "milik", "punya", "halaman", "hal", "sudah", "udah",
		"terbuka", "apa", "mana", "masih"}, w)
}

// tasks lists open reports: of the sender's own office, of one that is named, of all, or only what is late of these. What is most urgent
// comes first. Who may see one office sees that one; coordinators and leaders see all.
func (h *handling) tasks(c Command, by report.Actor) error {
	if w := bot.Fold(c.Arg); w == "luar" || w == "alihkan" || w == "dialihkan" {
		return h.handedOver()
	}
	want := listWanted(h.office.Profile, c.Arg)
	if want.office == "" && (want.all || want.late && !want.own) {
		head, err := h.actor(report.Report{}) // who runs the group sees all, enrolled in an office or not
		if err != nil {
			return err
		}
		if head.Role != report.Operator {
			return h.everywhere(want)
		}
	}
	if by.Role == report.Leader && want.office == "" {
		return h.escalated()
	}
	agency := by.Home
	if want.office != "" {
		var more string
		var err error
		if agency, more, err = h.oneOffice(want.office); err != nil {
			return err
		}
		if isOffice(h.office.Profile, more) {
			return h.no(casework.Choice, "Satu kantor saja, misalnya /tugas dishub; semua kantor: /tugas semua.")
		}
		if by, err = h.actor(report.Report{Agency: agency}); err != nil {
			return err
		}
	}
	if by.Role == report.Operator && agency != by.Home {
		return h.no(casework.NoRight, "Anda petugas %s; hanya koordinator yang melihat daftar kantor lain.", h.office.OfficeName(by.Home))
	}
	return h.openOf(agency, want, by)
}

// openOf lists what one office, "" the coordinator, has open.
func (h *handling) openOf(agency string, want wantedList, by report.Actor) error {
	rooms, err := h.Reader.Opens(h.ctx, []string{agency}, h.ev.At, h.ev.At, want.page*listed)
	if err != nil {
		return fmt.Errorf("list open reports: %w", err)
	}
	room, of := rooms[agency], h.office.OfficeName(agency)
	reports, all, none, head := room.First, room.Open, "Tidak ada laporan terbuka di %s. 👍", "Laporan terbuka di %s (%d"
	if want.late {
		reports, all, none, head = overdueOf(reports, h.ev.At), room.Late, "Tidak ada laporan yang lewat batas di %s. 👍", "Laporan lewat batas di %s (%d"
	} else if room.Late > 0 {
		head += fmt.Sprintf(", lewat batas %d", room.Late)
	}
	var tail []string
	if want.all && by.Role == report.Operator {
		tail = append(tail, "Daftar semua kantor hanya dilihat koordinator dan pimpinan.")
	}
	if agency == "" {
		waits, err := h.waitsInQuarantine()
		if err != nil {
			return err
		}
		tail = append(tail, waits)
	}
	if all == 0 {
		h.say(lines(fmt.Sprintf(none, of), tail...))
		return nil
	}
	shown := reports[min((want.page-1)*listed, len(reports)):]
	if len(shown) == 0 {
		h.say(lines(fmt.Sprintf("Halaman %d tidak ada: laporannya %d.", want.page, all), tail...))
		return nil
	}
	rest := all - (want.page-1)*listed - len(shown)
	if rest > 0 {
		tail = append([]string{fmt.Sprintf("… dan %d lagi: %s", rest, h.nextPage(agency, want, by))}, tail...)
	}
	h.list(lines(fmt.Sprintf(head+"):", bot.Bold(of), all)+"\n"+h.rows(shown, false)+openOneText, tail...), shown)
	return nil
}

// nextPage is the command that shows more of a list.
func (h *handling) nextPage(agency string, want wantedList, by report.Actor) string {
	if want.page == listedPages {
		return "/cari"
	}
	words := []string{"/" + string(Tasks)}
	if want.late {
		words = append(words, "lewat")
	}
	switch {
	case agency == "" && by.Role == report.Leader:
		words = append(words, "koordinator")
	case agency != by.Home:
		words = append(words, strings.ToLower(agency))
	case want.late:
		words = append(words, "saya")
	}
	return strings.Join(append(words, strconv.Itoa(want.page+1)), " ")
}

// everywhere lists what is open or late in all offices: the reports, where they are few; else how many each office has.
func (h *handling) everywhere(want wantedList) error {
	codes := h.office.Rooms()
	rooms, err := h.Reader.Opens(h.ctx, codes, h.ev.At, h.ev.At, listed)
	if err != nil {
		return fmt.Errorf("list what all offices have open: %w", err)
	}
	open, late := 0, 0
	var all []report.Report
	for _, code := range codes {
		open, late = open+rooms[code].Open, late+rooms[code].Late
		all = append(all, rooms[code].First...)
	}
	switch {
	case open == 0:
		h.say("Tidak ada laporan terbuka di semua kantor. 👍")
		return nil
	case want.late && late == 0:
		h.say(fmt.Sprintf("Tidak ada laporan yang lewat batas di semua kantor. 👍 Terbuka: %d: /tugas semua", open))
		return nil
	case want.late:
		shown := ledger.OpenListOf(overdueOf(all, h.ev.At), h.ev.At, h.ev.At, listed).First
		tail := "Satu kantor: /tugas lewat dishub."
		if more := late - len(shown); more > 0 {
			tail = fmt.Sprintf("… dan %d lagi; ini yang paling mendesak. %s", more, tail)
		}
		h.list(lines(fmt.Sprintf("Laporan lewat batas di semua kantor (%d):\n", late)+h.rows(shown, true)+openOneText, tail), shown)
		return nil
	case open <= listed:
		all = ledger.OpenListOf(all, h.ev.At, h.ev.At, listed).First
		h.list(lines(fmt.Sprintf("Laporan terbuka di semua kantor (%d, lewat batas %d):\n", open, late)+h.rows(all, true)+openOneText), all)
		return nil
	}
	h.say(h.byRoom(codes, rooms, open, late))
	return nil
}

// byRoom tells how much each office has open, the one first that has most of it late.
func (h *handling) byRoom(codes []string, rooms map[string]ledger.OpenList, open, late int) string {
	codes = slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return rooms[code].Open == 0 })
	slices.SortStableFunc(codes, func(a, b string) int {
		return cmp.Or(cmp.Compare(rooms[b].Late, rooms[a].Late), cmp.Compare(rooms[b].Open, rooms[a].Open))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "Laporan terbuka di semua kantor: %d, lewat batas %d.\n", open, late)
	left := 0
	for _, code := range codes {
		row := fmt.Sprintf("• %s: %d", bot.Bold(say.Clip(upperFirst(h.office.OfficeName(code)), 60)), rooms[code].Open)
		if n := rooms[code].Late; n > 0 {
			row += fmt.Sprintf(", lewat batas %d", n)
		}
		if say.Units(b.String())+say.Units(row) > roomsLong {
			left++
			continue
		}
		b.WriteString(row + "\n")
	}
	if left > 0 {
		fmt.Fprintf(&b, "… dan %d kantor lagi.\n", left)
	}
	b.WriteString("Satu kantor: /tugas dishub. Yang lewat batas: /tugas lewat.")
	return b.String()
}

// rows are reports as lines of a list, with their office where it is not one and the same.
func (h *handling) rows(reports []report.Report, offices bool) string {
	var b strings.Builder
	for _, r := range reports {
		row := line(h.office, r)
		if offices {
			row += " · " + h.office.OfficeName(r.Agency)
		}
		b.WriteString(say.Clip(row, listedRow) + overdue(r, h.ev.At) + "\n")
	}
	return b.String()
}

// lines puts what is not empty below each other.
func lines(first string, more ...string) string {
	return strings.Join(slices.DeleteFunc(append([]string{first}, more...), func(s string) bool { return s == "" }), "\n")
}

// overdueOf are those of some reports that are late.
func overdueOf(all []report.Report, at time.Time) []report.Report {
	return slices.DeleteFunc(slices.Clone(all), func(r report.Report) bool { return overdue(r, at) == "" })
}

// tasksAsked reads words that ask for open reports: of whom, and which, as listWanted reads it.
func tasksAsked(p *profile.Profile, words []string) (arg string, ok bool) {
	has := func(of ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(of, w) })
	}
	notYet := has("belum", "blm")
	if !has("tugas", "tugasnya", "terbuka") && !slices.ContainsFunc(words, lateWord) && !(notYet && has("laporan", "laporannya")) {
		return "", false
	}
	if notYet { // "yang belum selesai"
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains([]string{"selesai", "beres", "kelar"}, w) })
	}
	return listArg(p, words)
}

// listArg makes of words that only choose a list what stands behind /tugas; ok is false where they say anything else.
func listArg(p *profile.Profile, words []string) (arg string, ok bool) {
	var office, chosen []string
	for _, w := range words {
		switch {
		case lateWord(w) && !slices.Contains(chosen, "lewat"):
			chosen = append(chosen, "lewat")
		case lateWord(w):
		case allWord(w) && !slices.Contains(chosen, "semua"):
			chosen = append(chosen, "semua")
		case ownWord(w) && !slices.Contains(chosen, "saya"):
			chosen = append(chosen, "saya")
		case allWord(w), ownWord(w), particle(w), listFiller(w), listSaid(w):
		default:
			office = append(office, w)
		}
	}
	if len(office) > 0 {
		said := strings.Join(office, " ")
		if !isOffice(p, said) {
			return "", false
		}
		chosen = append(chosen, said)
	}
	return strings.Join(chosen, " "), true
}

// listSaid are words in which people ask for a list and choose nothing of it.
func listSaid(w string) bool {
	return slices.Contains([]string{"hari", "ini", "ada", "lihat", "liat", "minta", "tunjukkan", "berapa", "sekarang", "skrg", "belum", "blm", "dijawab", "dikerjakan", "ditangani", "tampilkan", "tampilin", "tunjukin", "kirim", "kirimkan", "kasih", "sebutkan", "bisa", "bs", "boleh", "tolong", "siapa", "siapa2",
		"paling", "opd2", "dinas2", "ditanggapi", "direspon", "direspons", "pagi", "selamat", "siang", "sore", "malam", "mohon", "info", "infonya", "data", "datanya"}, w)
}

// officeAsked reads the question how an office stands: "dishub gimana pak".
func officeAsked(p *profile.Profile, words []string) (arg string, ok bool) {
	asks := func(w string) bool {
		return slices.Contains([]string{"gimana", "gmn", "gmna", "bagaimana", "bgmn", "kumaha", "piye", "kepriben", "progres", "progress", "progresnya", "perkembangan", "perkembangannya", "kabar", "kabarnya", "kondisi", "kondisinya",
			"status", "statusnya"}, w)
	}
	if !slices.ContainsFunc(words, asks) {
		return "", false
	}
	arg, ok = listArg(p, slices.DeleteFunc(slices.Clone(words), asks))
	return arg, ok && isOffice(p, arg)
}

// isOffice reports whether a text is the name of one office, letter by letter.
func isOffice(p *profile.Profile, text string) bool {
	said := officeKey(text)
	return said != "" && len(offices(p, func(name string) bool { return name == said })) == 1
}
