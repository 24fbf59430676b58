package desk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
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
	// foundShown is how many reports one answer names, searchLong how long what is looked for may be, in UTF-16 units, searchWords how
	// many words it may have.
	foundShown  = 10
	searchLong  = 120
	searchWords = 8
	// foundWords is how much of what was said stands in a line.
	foundWords = 100
)

const (
	searchHow  = "Tulis /cari dan nomornya (boleh sebagian), kata-katanya, atau jalannya. Misalnya: /cari 7K3M, atau /cari lampu mati sukawana."
	othersHow  = "Balas kartu laporannya dengan /cari orang ini, di chat pribadi Anda dengan bot."
	othersOpen = "Pelapor tidak dicari di grup. Tulis /buka %s; lalu balas pesan pribadi dari bot dengan /cari orang ini."
	narrowText = "Persempit dengan menambah kata, nama jalan, atau kelurahannya."
)

// search finds reports by their number, by a part of it, or by words: of the sender's own office, for a coordinator and for leaders of all. In reply
// to a card that was opened to the sender alone it finds what else its reporter has filed.
func (h *handling) search(c Command, _ report.Actor) error {
	by, err := h.actor(report.Report{})
	if err != nil {
		return err
	}
	said := strings.Join(strings.Fields(c.Arg), " ")
	if c.Code != "" {
		said = string(c.Code)
	}
	if samePerson(said) {
		return h.others(by)
	}
	q := ledger.Search{Agency: by.Home, Everywhere: by.Role == report.Coordinator || by.Role == report.Leader, Most: foundShown}
	if code, found, valid := report.FindCode(h.office.Profile.Prefix, said); found && valid {
		return h.byNumber(code, q)
	}
	if q, err = h.sought(q, said); err != nil {
		return err
	}
	got, err := h.Reader.Search(h.ctx, q)
	if part := otherPart(q, said); err == nil && len(got.Reports) == 0 && part != "" {
		q.Part, q.Words = part, nil
		got, err = h.Reader.Search(h.ctx, q)
	}
	if err == nil {
		got, err = h.otherwise(q, got)
	}
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	got.Reports = slices.DeleteFunc(got.Reports, func(r report.Report) bool { return h.office.NamedBy(r, q.Words) })
	h.tellFound(said, q, got)
	return nil
}

// calledFirst is how many of the first words of a matter are names for it: what follows them tells what is wrong with it.
const calledFirst = 8

// synonyms are a word with what else people call the matter that it names, with bars between.
func synonyms(p *profile.Profile, w string) string {
	for _, m := range p.Matters {
		var names []string
		for _, name := range m.Words {
			if len(names) < calledFirst && len(ledger.SearchWords(name)) == 1 && !strings.Contains(name, " ") {
				names = append(names, ledger.SearchWords(name)[0])
			}
		}
		if !slices.Contains(names, w) {
			continue
		}
		all := []string{w}
		for _, name := range names {
			if len(name) >= ledger.WordBegins && !slices.ContainsFunc(all, func(has string) bool { return strings.HasPrefix(name, has) }) {
				all = append(all, name)
			}
		}
		return strings.Join(all, "|")
	}
	return w
}

// otherwise adds what says the same in other words ("pju" for "lampu") behind what was found, where that was not enough.
func (h *handling) otherwise(q ledger.Search, got ledger.Found) (ledger.Found, error) {
	if got.AtLeast || got.More > 0 || len(got.Reports) >= q.Most || len(q.Words) == 0 {
		return got, nil
	}
	wide := q
	wide.Words = slices.Clone(q.Words)
	for i, w := range wide.Words {
		wide.Words[i] = synonyms(h.office.Profile, w)
	}
	if slices.Equal(wide.Words, q.Words) {
		return got, nil
	}
	more, err := h.Reader.Search(h.ctx, wide)
	if err != nil {
		return got, err
	}
	for _, r := range more.Reports {
		if len(got.Reports) < q.Most && !slices.ContainsFunc(got.Reports, func(has report.Report) bool { return has.ID == r.ID }) {
			got.Reports = append(got.Reports, r)
		}
	}
	got.More, got.AtLeast = max(0, len(more.Reports)+more.More-len(got.Reports)), more.AtLeast // what was found is found so, too
	return got, nil
}

// byNumber finds the one report that a whole number names.
func (h *handling) byNumber(code report.Code, q ledger.Search) error {
	r, err := h.Reader.ByCode(h.ctx, code)
	if err != nil && !errors.Is(err, ledger.ErrUnknown) {
		return fmt.Errorf("search by number: %w", err)
	}
	var got ledger.Found
	if err == nil && (q.Everywhere || r.Agency == q.Agency) {
		got.Reports = []report.Report{r}
	}
	h.tellFound(string(code), q, got)
	return nil
}

// sought reads what is looked for; the refusal says what to write instead.
func (h *handling) sought(q ledger.Search, said string) (ledger.Search, error) {
	p := h.office.Profile
	words := slices.Compact(ledger.SearchWords(said))
	part, only := numberPart(p.Prefix, said)
	switch {
	case said == "":
		return q, h.no(casework.Empty, "%s", searchHow)
	case say.Units(said) > searchLong || len(words) > searchWords:
		return q, h.no(casework.Choice, "Itu terlalu panjang untuk dicari; cukup dua atau tiga kata yang paling khas. %s", searchHow)
	case part == "" && casework.Veil(said) != said:
		return q, h.no(casework.Choice, "Nomor orang (NIK, telepon, kendaraan) dan alamat surel tidak dicari di sini. %s", searchHow)
	}
	q.Part = part
	if !only {
		q.Words = words
	}
	if q.Part == "" && !slices.ContainsFunc(q.Words, func(w string) bool { return len(w) >= ledger.WordBegins && strings.Trim(w, "0123456789") != "" }) {
		return q, h.no(casework.Choice, "Itu terlalu pendek untuk dicari; paling sedikit satu kata dengan tiga huruf. %s", searchHow)
	}
	q.Categories = []string{""}
	for _, c := range p.Categories {
		if !p.Sensitive(c.Code) {
			q.Categories = append(q.Categories, c.Code)
		}
	}
	return q, nil
}

// numberPart reads a part of a number; only says that it can be nothing else, for its prefix or its dash stands with it.
func numberPart(prefix, said string) (part string, only bool) {
	words := strings.Fields(strings.ToLower(said))
	for len(words) > 1 && introduces(bot.Fold(words[0])) {
		words = words[1:]
	}
	if len(words) == 0 || len(words) > 3 {
		return "", false
	}
	all := strings.Join(words, "-")
	bare, prefixed := strings.CutPrefix(all, strings.ToLower(prefix))
	part = strings.Map(func(r rune) rune {
		if r == '-' || r == '/' || r == '#' {
			return -1
		}
		return r
	}, bare)
	digits := strings.ContainsAny(part, "0123456789")
	switch {
	case !partOf(part) || !prefixed && (len(words) > 1 || !digits):
		return "", false
	case prefixed && (len(bare) > len(part) || digits): // "srg-7k3", "srg7k3"; but not "serang"
		return part, true
	case prefixed:
		return "", false
	}
	return part, strings.ContainsAny(all, "-/")
}

// otherPart is what else may be a part of a number where nothing was found: a word without a digit, or a number without its last
// character, which is only there to catch a slip.
func otherPart(q ledger.Search, said string) string {
	word := strings.ToLower(said)
	switch {
	case q.Part == "" && partOf(word):
		return word
	case len(q.Part) == 6:
		return q.Part[:5]
	}
	return ""
}

// partOf reports whether it may be a part of a number.
func partOf(s string) bool {
	return len(s) >= 3 && len(s) <= 6 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// thisPerson is how the reporter of a card is looked for.
const thisPerson = "orang ini"

// samePerson reports whether the reporter of the card is looked for.
func samePerson(said string) bool {
	switch strings.TrimPrefix(strings.TrimPrefix(bot.Fold(said), "laporan lain "), "dari ") {
	case thisPerson, "orangnya", "orang itu", "orang yang sama", "orang sama", "pelapor", "pelapornya", "pelapor ini", "pelapor yang sama", "warga ini", "warganya",
		"dia", "nya", "this person", "same person", "laporan lain", "laporan lainnya", "laporannya yang lain":
		return true
	}
	return false
}

// others lists what else the reporter of a card has filed, for who has opened the card alone. What was filed without a name is not
// among it: it would tell who filed it. Each such look is written down.
func (h *handling) others(by report.Actor) error {
	r := h.to.Report
	if r.ID == 0 {
		return h.no(casework.Choice, "%s", othersHow)
	}
	if err := cmp.Or(h.office.MayOpen(r, by), h.seen()); err != nil {
		return err
	}
	switch {
	case !r.Erased.IsZero():
		return h.no(casework.Gone, "Pelapor %s sudah dihapus datanya; laporannya yang lain tidak dapat dicari.", r.Code)
	case hides(h.office.Profile, r, report.Operators):
		return h.no(casework.NoRight, "Pelapor %s tidak menunjukkan siapa dirinya, jadi laporannya yang lain tidak dicari.", r.Code)
	case r.Reporter.Zero():
		return h.no(casework.Choice, "Laporan %s dicatat untuk warga tanpa chat; laporannya yang lain tidak dapat dicari.", r.Code)
	case !h.alone():
		return h.no(casework.NoRight, othersOpen, r.Code)
	}
	if kin, err := h.kin(r); err != nil || slices.ContainsFunc(kin, h.office.Nameless) {
		return cmp.Or(err, h.no(casework.NoRight, "Pelapor %s tidak menunjukkan siapa dirinya di bagian lain laporan itu, jadi laporannya yang lain tidak dicari.", r.Code))
	}
	all, err := h.Reader.Mine(h.ctx, r.Reporter, casework.MoveMost)
	if err != nil {
		return fmt.Errorf("read what else somebody has filed: %w", err)
	}
	all = slices.DeleteFunc(all, func(o report.Report) bool {
		return o.ID == r.ID || hides(h.office.Profile, o, report.Operators) || by.Role != report.Coordinator && o.Agency != by.Home
	})
	h.batch.Looks = append(h.batch.Looks, ledger.Look{At: h.ev.At, Who: by.ID, Act: ledger.LookUnmask, Report: r.ID, About: casework.LookedAtOthers})
	n := min(len(all), foundShown)
	if n == 0 {
		h.say(fmt.Sprintf("Tidak ada laporan lain dari pelapor %s yang boleh Anda lihat. Pencarian ini tercatat.", r.Code))
		return nil
	}
	head := fmt.Sprintf("🔎 Laporan lain dari pelapor %s, terbaru dulu (pencarian ini tercatat):", r.Code)
	h.list(h.foundList(head, ledger.Found{Reports: all[:n], More: len(all) - n}, ""), all[:n])
	return nil
}

// tellFound answers a search.
func (h *handling) tellFound(said string, q ledger.Search, got ledger.Found) {
	where := "di semua kantor"
	if !q.Everywhere {
		where = "di " + h.office.OfficeName(q.Agency)
	}
	said = say.Clip(said, 60)
	if len(got.Reports) == 0 {
		h.say(fmt.Sprintf("Tidak ada yang ditemukan untuk “%s” %s. Coba kata lain, kata yang lebih sedikit, atau sebagian nomornya. Isi laporan rahasia tidak dicari; yang itu hanya lewat nomornya.",
			said, where))
		return
	}
	order := ""
	if len(got.Reports) > 1 {
		order = ", terbaru dulu"
	}
	h.list(h.foundList(fmt.Sprintf("🔎 “%s” %s%s:", said, where, order), got, narrowText), got.Reports)
}

// foundList names reports, how many there are besides, and how to go on.
func (h *handling) foundList(head string, got ledger.Found, narrow string) string {
	var b strings.Builder
	b.WriteString(head + "\n")
	for _, r := range got.Reports {
		b.WriteString(h.foundLine(r) + "\n")
	}
	if got.More > 0 {
		least := ""
		if got.AtLeast {
			least = "lebih dari "
		}
		b.WriteString(strings.TrimSpace(fmt.Sprintf("… dan %s%d lagi. %s", least, got.More, narrow)) + "\n")
	}
	b.WriteString("Buka satu dengan /laporan NOMOR.")
	return b.String()
}

// foundLine is a report in a list: number, office, how it stands, how old it is, and the beginning of what it says as far as
// everybody in the group may read it.
func (h *handling) foundLine(r report.Report) string {
	o := h.office
	r = o.Discreet(r)
	text := fmt.Sprintf("%s %s · %s · %s · %s", mark(r.Status), bot.Bold(string(r.Code)), say.Clip(o.OfficeName(r.Agency), 30), casework.StatusName(r.Status), age(r.Filed, h.ev.At, o.Profile.Location()))
	words := strings.Join(strings.Fields(h.office.Veil(r.Text)), " ")
	switch {
	case !r.Erased.IsZero():
		return text + "\n   🗑 isinya dihapus"
	case o.Secret(r):
		return text + "\n   🔒 isinya tidak ditampilkan: /buka " + string(r.Code)
	case words == "":
		words = o.CategoryName(r.Category)
	default:
		words = "“" + say.Clip(words, foundWords) + "”"
	}
	if where := area(o, r); where != "" {
		words += " 📍 " + h.office.Veil(where)
	}
	return text + "\n   " + words
}

// age is how long ago something was, in days of the government's zone and then in round months and years.
func age(t, now time.Time, in *time.Location) string {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(in).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	switch days := int(day(now).Sub(day(t)).Hours() / 24); {
	case days <= 0:
		return "hari ini"
	case days == 1:
		return "kemarin"
	case days < 60:
		return fmt.Sprintf("%d hari lalu", days)
	case days < 730:
		return fmt.Sprintf("%d bulan lalu", days/30)
	default:
		return fmt.Sprintf("%d tahun lalu", days/365)
	}
}

// personal are the verbs about no report that also who runs the group, enrolled or not, may ask for in his or her own chat.
var personal = []Verb{Find, Count, Tasks, Score, People, Duty, Roll, Dismiss, HandOver, Quarantine, PutBy, Paste, ToType, Handovers, MapLapor}

// commands reports whether a command in the sender's own chat is the desk's: an enrolled person's, or of somebody who waits to be, unless
// citizens have one that is called so. What an enrolled person asks help for is what he or she may do; to begin anew and to choose is a citizen's.
func (h *handling) commands(command string) (bool, error) {
	v := h.verbs.named(command)
	switch v {
	case Unknown, Show, Undo, TakeFor, Join:
		return false, nil
	}
	by, op, err := h.me()
	switch {
	case err != nil:
		return false, err
	case by.Role == report.Leader:
		return true, nil
	case v == Help:
		return by.Role != "" && helpWord(command), nil
	case by.Role != "", op.ID != "" && op.Approved == "" && op.Ended.IsZero():
		return true, nil
	case slices.Contains(personal, v):
		return h.admin()
	}
	return false, nil
}
