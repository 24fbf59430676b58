package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// The menus of clearing a picture: which photo, what is done to it, which part of it. The parts are the nine of a telephone's keys, so that
// they can be typed as well as pressed; whoever wants smaller ones writes squares.
const (
	exposeKind = "z"
	photosPage = "foto"
	photoLead  = "f" // before the name of a photo
	partKey    = "n" // before the number of a part
	showIt     = "tampil"
	dropIt     = "batal"
	goBack     = "kembali"
	photosMost = 9 // photos that are offered; others by their numbers
)

// clearing is what a menu showed of a picture that is about to be cleared: which photo, what is done to it so far, and for what a part
// is wanted. The photo goes by its fact: numbers move when an answer is taken back.
type clearing struct {
	of, nth int
	squares string // as readMask reads them
	wants   string // "kabur" or "potong", "" for nothing
}

func (c clearing) page() string {
	return fmt.Sprintf("%d.%d|%s|%s", c.of, c.nth, c.wants, c.squares)
}

func clearingIn(page string) (c clearing, ok bool) {
	parts := strings.SplitN(page, "|", 3)
	if len(parts) != 3 {
		return c, false
	}
	c.wants, c.squares = parts[1], parts[2]
	n, err := fmt.Sscanf(parts[0], "%d.%d", &c.of, &c.nth)
	return c, err == nil && n == 2
}

// shown is what is done so far, for people: "samarkan F6-H8, potong B2-G8".
func (c clearing) shown() string {
	var out []string
	for w := range strings.FieldsSeq(c.squares) {
		if masking(w) == "" && len(out) > 0 {
			out[len(out)-1] += " " + strings.ToUpper(w)
			continue
		}
		if w == "kabur" {
			w = "samarkan"
		}
		out = append(out, w)
	}
	return strings.Join(out, ", ")
}

// showable reports whether cards offer to clear something: strangers may know of the report, and there are pages for them.
func showable(p *profile.Profile, r report.Report) bool {
	_, known := report.Public(r, p.Sensitive)
	return known && p.Pages != "" && r.Erased.IsZero() && r.Recalled.IsZero()
}

// doneWith is when there is something to see of an office's work.
func doneWith(r report.Report) bool { return r.Status == report.Resolved || r.Status == report.Closed }

// exposeMenu is the menu of a page.
func exposeMenu(_ *profile.Profile, r report.Report, page string) bot.Menu {
	m := bot.Menu{ID: exposeKind + "." + string(r.Code), Columns: 1}
	no := bot.Choice{ID: dropIt, Label: "✖️ Tidak jadi", Also: "batal|tidak|tidak jadi|ga jadi|gak jadi|jangan|jangan dulu"}
	if list, ok := strings.CutPrefix(page, photosPage+" "); ok {
		for i, name := range strings.Fields(list) {
			m.Choices = append(m.Choices, bot.Choice{ID: photoLead + name, Label: fmt.Sprintf("🖼 Foto %d", i+1)})
		}
		m.Columns = 3
		m.Choices = append(m.Choices, no)
		return m
	}
	c, ok := clearingIn(page)
	switch {
	case !ok:
		return m
	case c.wants != "":
		m.Columns = 3
		for i, p := range keys() {
			m.Choices = append(m.Choices, bot.Choice{ID: fmt.Sprint(partKey, i+1), Label: p.name})
		}
		m.Choices = append(m.Choices, bot.Choice{ID: goBack, Label: "↩️ Kembali", Also: "kembali|batal|tidak jadi"})
		return m
	}
	show := "🌐 Tampilkan apa adanya"
	if c.squares != "" {
		show = "🌐 Tampilkan"
	}
	m.Choices = []bot.Choice{
		{ID: showIt, Label: show, Also: "tampilkan|ya tampilkan|apa adanya|tampilkan saja|tampilkan aja"},
		{ID: "kabur", Label: "🟦 Samarkan bagian", Also: "samarkan|kabur|kaburkan|blur|sensor|tutup|buramkan"},
		{ID: "potong", Label: "✂️ Hanya bagian tertentu", Also: "potong|crop|hanya bagian"},
		no,
	}
	return m
}

// key is a part of a picture, by its place.
type key struct{ name, squares string }

// keys are the nine parts, each a little larger than a ninth: what stands at the edge of one is covered, too.
func keys() []key {
	return []key{
		{"↖ kiri atas", "a1-c3"}, {"⬆ atas", "c1-f3"}, {"↗ kanan atas", "f1-h3"},
		{"⬅ kiri", "a3-c6"}, {"⏺ tengah", "c3-f6"}, {"➡ kanan", "f3-h6"},
		{"↙ kiri bawah", "a6-c8"}, {"⬇ bawah", "c6-f8"}, {"↘ kanan bawah", "f6-h8"},
	}
}

// saysMask reports whether what was typed names squares or a sentence: it chooses nothing from a menu.
func saysMask(words string) bool {
	head, _, sentence := strings.Cut(words, ":")
	_, rest := photoNumber(masked(head))
	return sentence || slices.ContainsFunc(rest, func(w string) bool { _, ok := squares(w); return ok })
}

// masked are the words of what is to be done to a picture.
func masked(head string) []string {
	return strings.Fields(strings.ToLower(strings.NewReplacer(",", " ", ";", " ", " - ", "-").Replace(head)))
}

// clearingPage is what the letter that is answered showed.
func (h *handling) clearingPage() string {
	page, _ := strings.CutPrefix(h.to.Intent, string(Expose)+":")
	return page
}

// askPhoto asks which photo is cleared, or for a sentence where there is none.
func (h *handling) askPhoto(on subject) {
	all := casework.Photos(on.facts)
	text := fmt.Sprintf("%s: balas pesan ini dengan %s.", on.report.Code, exposable(h, on))
	h.notice = "Pilih fotonya di bawah."
	if len(all) == 0 {
		h.ask(on.report, string(Expose), text, nil)
		h.notice = "Balas pesan bot di bawah ini."
		return
	}
	names := []string{photosPage}
	for _, p := range all[:min(len(all), photosMost)] {
		names = append(names, fmt.Sprintf("%d.%d", p.Of, p.Nth))
	}
	page := strings.Join(names, " ")
	m := exposeMenu(h.office.Profile, on.report, page)
	h.ask(on.report, string(Expose)+":"+page, text, &m)
}

// askMask shows what is about to be cleared, and asks what is done to it.
func (h *handling) askMask(on subject, c clearing) error {
	i := slices.IndexFunc(casework.Photos(on.facts), func(p casework.Photo) bool { return p.Of == c.of && p.Nth == c.nth })
	if i < 0 {
		return h.no(casework.Choice, "Foto itu tidak ada di laporan %s.", on.report.Code)
	}
	m := exposeMenu(h.office.Profile, on.report, c.page())
	text := fmt.Sprintf("%s, %s.", on.report.Code, h.photoName(on, i))
	if c.squares != "" {
		text += " Yang dilakukan: " + c.shown() + "."
	}
	switch c.wants {
	case "":
		text += " Belum tampil. Wajah, pelat nomor, dan nomor rumah tidak boleh dikenali. Kalimat di bawah foto: balas pesan ini dengan titik dua di depan, misalnya: “: Lampu sudah diganti”."
	case "potong":
		text += " Bagian mana saja yang tampil?"
	default:
		text += " Bagian mana yang disamarkan?"
	}
	if c.wants != "" {
		text += " Lebih tepat dengan kotak: balas pesan ini, misalnya: C3-D4 F1 (8 × 8 kotak seperti papan catur, A–H dari kiri, 1–8 dari atas)."
	}
	h.ask(on.report, string(Expose)+":"+c.page(), text, &m)
	h.notice = "Lanjutkan di bawah."
	return nil
}

// photoName is a photo with its number, who sent it and when.
func (h *handling) photoName(on subject, i int) string {
	p := casework.Photos(on.facts)[i]
	return fmt.Sprintf("foto %d (%s, %s)", i+1, h.sender(p), clock(p.Fact.At, h.office.Profile))
}

// exposeChosen goes on with what was chosen from a menu.
func exposeChosen(h *handling, choice string, on subject) (report.Action, bool, error) {
	page := h.clearingPage()
	c, clears := clearingIn(page)
	name, isPhoto := strings.CutPrefix(choice, photoLead)
	n, isPart := strings.CutPrefix(choice, partKey)
	switch {
	case choice == dropIt:
		h.say(fmt.Sprintf("Baik, tidak ada yang ditampilkan dari laporan %s.", on.report.Code))
		return nil, true, nil
	case isPhoto && strings.HasPrefix(page, photosPage+" ") && slices.Contains(strings.Fields(page)[1:], name):
		c, _ = clearingIn(name + "||")
	case !clears:
		return nil, false, h.no(casework.Choice, staleText)
	case choice == showIt && c.wants == "":
		mask, odd := readMask(strings.Fields(c.squares))
		if odd != "" {
			return nil, false, h.no(casework.Choice, staleText)
		}
		return report.Expose{Of: c.of, Nth: c.nth, Mask: mask}, false, nil
	case isPart && c.wants != "":
		i := slices.Index([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, n)
		if i < 0 {
			return nil, false, h.no(casework.Choice, staleText)
		}
		c.squares, c.wants = strings.TrimSpace(c.squares+" "+c.wants+" "+keys()[i].squares), ""
	case (choice == "kabur" || choice == "potong") && c.wants == "":
		c.wants = choice
	case choice == goBack:
		c.wants = ""
	default:
		return nil, false, h.no(casework.Choice, staleText)
	}
	return nil, true, h.askMask(on, c)
}

// exposeTyped reads a reply to a question about one photo: squares for it, or a sentence under it. done is false where the reply names a
// photo itself, or a sentence that is to stand alone.
func exposeTyped(h *handling, c clearing, words string, on subject) (a report.Action, asked, done bool, err error) {
	head, sentence, has := strings.Cut(words, ":")
	said := masked(head)
	if n, _ := photoNumber(said); n > 0 || len(said) > 0 && alone(said) {
		return nil, false, false, nil
	}
	more := strings.TrimSpace(c.wants + " " + strings.Join(said, " "))
	mask, odd := readMask(strings.Fields(strings.TrimSpace(c.squares + " " + more)))
	switch {
	case odd != "":
		return nil, false, true, h.no(casework.Choice, "%s tidak terbaca. %s.", h.repeat(odd), gridText)
	case has:
		return report.Expose{Of: c.of, Nth: c.nth, Mask: mask, Words: strings.TrimSpace(sentence)}, false, true, nil
	}
	c.squares, c.wants = strings.TrimSpace(c.squares+" "+plainMask(more)), ""
	return nil, true, true, h.askMask(on, c)
}

// plainMask writes what readMask read in the words of menus.
func plainMask(more string) string {
	mode, out := "kabur", []string{}
	for w := range strings.FieldsSeq(more) {
		switch to := masking(w); {
		case to == "crop":
			mode = "potong"
		case to != "":
			mode = "kabur"
		default:
			if _, ok := squares(w); ok {
				out = append(out, mode, w)
			}
		}
	}
	return strings.Join(out, " ")
}

// alone reports whether words announce a sentence that stands alone.
func alone(said []string) bool {
	return len(said) == 1 && slices.Contains([]string{"kata", "kalimat", "teks"}, said[0])
}
