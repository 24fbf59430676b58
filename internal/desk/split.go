package desk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// The menus of splitting: the parts that are heard, and whether the second report is filed as it was shown.
const (
	splitKind  = "q"
	splitYes   = "ya"
	splitNo    = "batal"
	splitShown = "?"  // begins the page of a second report as it was shown
	partShown  = 300  // UTF-16 units of a part in a letter
	partLabel  = 50   // and on its button
	partsMost  = 8    // parts that are offered
	partLead   = "b"  // before the place of a part in its list
	pageLine   = "\n" // between the parts of a page
)

// proposed is a second report as it was shown to the officer.
type proposed struct {
	Words      string   `json:"w"`
	Categories []string `json:"c,omitempty"` // as it was read, best first
}

func (p proposed) page() string {
	doc, err := json.Marshal(p)
	if err != nil { // it holds strings alone
		return ""
	}
	return splitShown + string(doc)
}

func proposedIn(page string) (p proposed, ok bool) {
	doc, ok := strings.CutPrefix(page, splitShown)
	return p, ok && json.Unmarshal([]byte(doc), &p) == nil
}

// splitMenu offers the parts that a letter showed, or asks whether the second report that it showed is filed.
func splitMenu(p *profile.Profile, r report.Report, page string) bot.Menu {
	m := bot.Menu{ID: splitKind + "." + string(r.Code), Columns: 1}
	no := bot.Choice{ID: splitNo, Label: "✖️ Tidak jadi", Also: "batal|tidak|tidak jadi|ga jadi|gak jadi|jangan|jangan dipecah"}
	if plan, ok := proposedIn(page); ok {
		m.Choices = append(m.Choices, bot.Choice{ID: splitYes, Label: "✂️ Ya, pisahkan", Also: "ya|ya pisahkan|pisahkan|pecah|oke|setuju|lanjut"})
		for i, code := range plan.Categories {
			if c, known := p.Category(code); known && i > 0 {
				m.Choices = append(m.Choices, bot.Choice{ID: splitYes + "." + code, Label: "Ya, tapi: " + say.Clip(cmp.Or(c.Short, c.Name), partLabel)})
			}
		}
		m.Choices = append(m.Choices, no)
		return m
	}
	if page == "" {
		return m
	}
	o := &casework.Office{Profile: p}
	for i, part := range strings.Split(page, pageLine) {
		m.Choices = append(m.Choices, bot.Choice{ID: partLead + strconv.Itoa(i), Label: say.Clip(o.Veil(o.Own(r, part)), partLabel)})
	}
	m.Choices = append(m.Choices, no)
	return m
}

// splitPage is what the letter that is answered showed.
func (h *handling) splitPage() string {
	page, ok := strings.CutPrefix(h.to.Intent, string(Split)+":")
	if !ok {
		return ""
	}
	return page
}

// severalIn reports whether a card offers to split: what is about one matter for sure needs no such button.
func severalIn(r report.Report) bool {
	return open(r) && r.Visibility != report.Confidential && r.Erased.IsZero() && len(understand.Pieces(r.Text)) > 1
}

// split offers the parts of a report, shows what would be filed, and files it.
func split(h *handling, c Command, on subject) (report.Action, bool, error) {
	r := on.report
	if err := h.office.Permit(r, on.by, report.Split{}); err != nil {
		return nil, false, err
	}
	if h.office.Secret(r) && !h.alone() {
		return nil, false, h.no(casework.NoRight, "Isi laporan %s dirahasiakan dari grup. Buka dulu (/buka %s), lalu tulis /pecah %s di chat pribadi dengan bot.", r.Code, r.Code, r.Code)
	}
	if stale(c, r) && c.Arg != splitNo {
		h.batch.Looks = append(h.batch.Looks, h.office.Looked(r, on.facts, on.by, h.at())...)
		h.offerParts(r, fmt.Sprintf("Laporan %s sudah berubah sejak tombol itu ditampilkan.\n", r.Code))
		return nil, true, nil
	}
	before, err := h.parts(r)
	if err != nil {
		return nil, false, err
	}
	h.batch.Looks = append(h.batch.Looks, h.office.Looked(r, on.facts, on.by, h.at())...) // what is secret is read here
	page := h.splitPage()
	words := c.Words
	switch plan, shown := proposedIn(page); {
	case c.Exact && c.Arg == splitNo:
		h.say(fmt.Sprintf("Baik, laporan %s tidak dipecah.", r.Code))
		return nil, true, nil
	case c.Exact && shown && (c.Arg == splitYes || strings.HasPrefix(c.Arg, splitYes+".")):
		a, err := h.second(r, plan, strings.TrimPrefix(strings.TrimPrefix(c.Arg, splitYes), "."), before)
		return a, false, err
	case c.Exact && strings.HasPrefix(c.Arg, partLead) && page != "" && !shown:
		all := strings.Split(page, pageLine)
		at, err := strconv.Atoi(strings.TrimPrefix(c.Arg, partLead))
		if err != nil || at < 0 || at >= len(all) {
			return nil, false, h.no(casework.Choice, staleText)
		}
		words = all[at]
	case c.Exact:
		return nil, false, h.no(casework.Choice, staleText)
	case c.media():
		return nil, false, h.no(casework.Choice, "Foto tidak ikut dipecah: foto warga tetap tampil di kedua laporan. Tulis bagiannya saja.")
	}
	if words == "" {
		h.offerParts(r, "")
		return nil, true, nil
	}
	if err := h.office.MaySplit(r, on.facts, words, before); err != nil {
		if no, refused := casework.AsRefusal(err); refused && no.Why == casework.Choice && len(understand.Pieces(r.Text)) > 1 {
			h.offerParts(r, no.Words+"\n")
			return nil, true, nil
		}
		return nil, false, err
	}
	return nil, true, h.showSecond(r, h.office.OwnWords(r, on.facts, words))
}

// parts are the reports that were made of parts of a report.
func (h *handling) parts(r report.Report) ([]report.Report, error) {
	var out []report.Report
	for _, p := range r.Parts {
		got, err := h.Reader.ByID(h.ctx, p.ID)
		if err != nil {
			return nil, fmt.Errorf("find a part of the report: %w", err)
		}
		out = append(out, got)
	}
	return out, nil
}

// offerParts asks which part becomes a report of its own.
func (h *handling) offerParts(r report.Report, lead string) {
	var page []string
	if h.Hears != nil {
		for _, p := range understand.Parts(h.Hears, r.Text) {
			page = append(page, p.Text)
		}
	}
	if len(page) < 2 {
		page = h.matters(understand.Pieces(r.Text))
	}
	for i := range page {
		page[i] = strings.Join(strings.Fields(page[i]), " ")
	}
	page = page[:min(len(page), partsMost)]
	h.notice = "Pilih bagiannya di bawah."
	if len(page) < 2 {
		h.ask(r, string(Split), lead+fmt.Sprintf("%s: hanya satu masalah yang terbaca di sini. Memang ada dua? Balas pesan ini dengan bagian yang menjadi laporan kedua, disalin dari kata-kata warga.", r.Code), nil)
		return
	}
	shown := strings.Join(page, pageLine)
	m := splitMenu(h.office.Profile, r, shown)
	h.ask(r, string(Split)+":"+shown, lead+fmt.Sprintf("%s: bagian mana yang menjadi laporan kedua? Pilih, atau balas dengan kata-kata warga sendiri. Belum ada yang dibuat.", r.Code), &m)
	h.quotes("quote")
}

// matters are those of some pieces of a text that tell of a matter; none where all of them tell of one and the same, however often its citizen
// says so.
func (h *handling) matters(pieces []string) []string {
	const sure = 0.6
	if h.Hears == nil {
		return pieces
	}
	var out []string
	categories := map[string]bool{}
	for _, p := range pieces {
		if g := h.Hears.Read(p).Guesses; len(g) > 0 && g[0].P >= sure {
			out, categories[g[0].Category] = append(out, p), true
		}
	}
	if len(categories) < 2 {
		return nil
	}
	return out
}

// draft is a part as it would be filed.
func (h *handling) draft(r report.Report, words, category string) report.Draft {
	d := report.Draft{Text: strings.TrimSpace(words), Category: category, Place: r.Place}
	if h.Hears == nil {
		return d
	}
	read := h.Hears.Read(words)
	d.Guesses = read.Guesses
	d.Emergency = read.Emergency && r.Emergency
	if len(read.Places) > 0 { // the pin is that of the other matter
		d.Place.Pin, d.Place.Note, d.Place.Nowhere, d.Place.Unknown = nil, "", false, false
		d.Place.Said = strings.Join(read.Places, ", ")
	}
	return d
}

// likely are the categories of a part, best first: the sure one alone, or those that it may be.
func (h *handling) likely(words string) []string {
	var out []string
	if h.Hears == nil {
		return nil
	}
	for _, g := range h.Hears.Read(words).Guesses {
		if c, ok := h.office.Profile.Category(g.Category); ok && !c.Hidden {
			out = append(out, g.Category)
		}
	}
	return out
}

// showSecond shows the second report as it would be filed.
func (h *handling) showSecond(r report.Report, words string) error {
	plan := proposed{Words: words, Categories: h.likely(words)}
	d := h.draft(r, words, first(plan.Categories))
	var failed error
	owner, meant, _ := h.office.SplitOwner(d, func(agency string) bool {
		ok, err := h.Reader.Served(h.ctx, agency)
		failed = cmp.Or(failed, err)
		return ok
	})
	if failed != nil {
		return fmt.Errorf("ask who is served: %w", failed)
	}
	to := h.office.OfficeName(owner)
	if owner == "" && meant != "" {
		to += " (seharusnya " + h.office.OfficeName(meant) + ")"
	}
	kind := "belum pasti, dipilih koordinator"
	if d.Category != "" {
		kind = h.office.CategoryName(d.Category)
	}
	where := cmp.Or(d.Place.Said, d.Place.AreaName, "sama seperti laporan pertama")
	tells := "Pelapornya menerima satu kabar dengan kedua nomor."
	if r.Reporter.Zero() {
		tells = "Pelapornya tidak punya chat di sini: sampaikan sendiri kedua nomornya."
	}
	page := plan.page()
	m := splitMenu(h.office.Profile, r, page)
	h.ask(r, string(Split)+":"+page, fmt.Sprintf("Laporan kedua dari %s:\n“%s”\nKategori: %s\nUntuk: %s\nTempat: %s\nMasuk: sama seperti %s; batas jawabnya dihitung dari situ.\n\n%s Belum ada yang dibuat.",
		r.Code, say.Clip(h.office.Veil(h.office.Own(r, words)), partShown), kind, to, h.office.Veil(h.office.Own(r, where)), r.Code, tells), &m)
	h.quotes("quote")
	h.notice = "Baca dulu di bawah; belum dibuat."
	return nil
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// second is the second report with a number of its own.
func (h *handling) second(r report.Report, plan proposed, category string, before []report.Report) (report.Action, error) {
	id, code, err := h.Reader.NextID(h.ctx, string(h.ev.ID))
	if err != nil {
		return nil, fmt.Errorf("draw a number: %w", err)
	}
	return report.Split{Part: h.draft(r, plan.Words, cmp.Or(category, first(plan.Categories))), ID: id, Code: code, Before: before}, nil
}

func splitDone(o *casework.Office, _, r report.Report) string {
	if len(r.Parts) == 0 {
		return ""
	}
	part := r.Parts[len(r.Parts)-1].Code
	told := "Pelapornya diberi tahu kedua nomor."
	if r.Reporter.Zero() {
		told = "Pelapornya tidak punya chat di sini: sampaikan sendiri kedua nomor itu."
	}
	return fmt.Sprintf("Laporan %s dipecah: %s dibuat dari bagiannya. %s Keliru? Tulis /gabung %s %s (dua kantor: oleh koordinator).", r.Code, part, told, part, r.Code)
}

// partLines tell which reports were made of parts of this one, or of which it is a part.
func (w *cardWriter) partLines() {
	r := w.Report
	if len(r.Parts) > 0 {
		w.line("🪓 Dipecah; bagiannya: %s", codes(r.Parts))
	}
	if r.PartOf != nil {
		w.line("🪓 Bagian dari %s", r.PartOf.Code)
	}
}
