package desk

import (
	"fmt"
	"strconv"
	"strings"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// The verbs that clear something for everybody and take it back.
const (
	Expose   Verb = "tampilkan"
	Unexpose Verb = "turunkan"
)

// exhibits are the rows of those verbs.
var exhibits = table{
	{
		name: Expose, does: report.Exposing, also: "tampil|publik|publikasikan|tayangkan|umumkan", numbers: true,
		said:  "tampilkan ke publik|tampilkan untuk umum|tampilkan ke umum|publikasikan|publikasikan fotonya|tayangkan fotonya",
		label: label{20, "🌐 Tampilkan ke publik"}, on: doneWith, public: true,
		usage: "/tampilkan foto ke publik", about: "Tampilkan foto atau kalimat ke publik: balas kartu dengan /tampilkan",
		may: officers, takes: takesWords, menu: &menu{kind: exposeKind, show: exposeMenu}, says: saysMask, asks: exposable, done: exposed, written: true, act: expose,
	},
	{
		name: Unexpose, does: report.Unexposing, also: "batal_tampil|bataltampil|turunkanfoto|hapustampilan", numbers: true, alone: true,
		usage: "/turunkan dari publik",
		said:  "turunkan fotonya|turunkan dari publik|jangan tampilkan|batal tampilkan|sembunyikan dari publik",
		may:   officers, takes: takesWords, asks: fixed("nomor yang diturunkan, dalam urutan tampilnya; tanpa nomor semuanya"),
		done: func(_ *casework.Office, _, r report.Report) string {
			return fmt.Sprintf("Diturunkan: tidak tampil lagi di halaman publik (%s).", r.Code)
		},
		act: unexpose,
	},
}

// grid is how many squares a picture has each way: officers name them as on a chessboard, from the upper left corner on.
const grid = 8

const gridText = "Wajah, pelat nomor, dan nomor rumah harus disamarkan: foto dibagi 8 × 8 kotak seperti papan catur, A–H dari kiri, 1–8 dari atas. " +
	"Misalnya: 2 kabur C3-D4 F1 (menyamarkan), 2 potong B2-G8 (hanya bagian itu). Kalimat untuk umum sesudah titik dua: 2: Lampu sudah diganti. " +
	"Kalimat saja: kata: Lampu sudah diganti"

// exposable asks which photo, and how.
func exposable(h *handling, on subject) string {
	var b strings.Builder
	b.WriteString("nomor foto yang boleh dilihat umum")
	if all := casework.Photos(on.facts); len(all) > 0 {
		b.WriteString(":\n")
		for i, p := range all {
			fmt.Fprintf(&b, "%d = foto %s, %s\n", i+1, h.sender(p), clock(p.Fact.At, h.office.Profile))
		}
		b.WriteString(gridText)
		return b.String()
	}
	return "kalimat untuk umum, misalnya: kata: Lampu sudah diganti (laporan ini belum punya foto)"
}

// expose reads which photo is cleared, what of it is made unrecognisable, and the sentence for everybody.
func expose(h *handling, c Command, on subject) (report.Action, bool, error) {
	if err := h.office.Permit(on.report, on.by, report.Expose{}); err != nil {
		return nil, false, err
	}
	_, known := report.DisplayOf(on.report, on.facts, h.office.Profile.Sensitive)
	switch {
	case !known:
		return nil, false, h.no(casework.Choice, "Laporan %s tidak boleh diketahui umum, jadi tidak ada yang bisa ditampilkan.", on.report.Code)
	case c.media():
		return nil, false, h.no(casework.Choice, mediaText)
	case c.Exact:
		return exposeChosen(h, c.Arg, on)
	case c.Bare || strings.TrimSpace(c.Words) == "":
		h.askPhoto(on)
		return nil, true, nil
	}
	if of, ok := clearingIn(h.clearingPage()); ok {
		if a, asked, done, err := exposeTyped(h, of, c.Words, on); done {
			return a, asked, err
		}
	}
	head, words, _ := strings.Cut(c.Words, ":")
	a := report.Expose{Words: strings.TrimSpace(words)}
	all, said := casework.Photos(on.facts), masked(head)
	nth, rest := photoNumber(said)
	switch {
	case nth == 0 && alone(rest) && a.Words != "":
		return a, false, nil
	case nth == 0 && len(all) == 1 && len(rest) > 0 && masking(rest[0]) != "":
		nth = 1
	case nth == 0:
		return nil, false, h.no(casework.Choice, "Sebutkan %s.", exposable(h, on))
	}
	if nth > len(all) {
		return nil, false, h.no(casework.Choice, "Laporan %s punya %d foto; foto %d tidak ada.", on.report.Code, len(all), nth)
	}
	mask, odd := readMask(rest)
	if odd != "" {
		return nil, false, h.no(casework.Choice, "%s tidak terbaca. %s.", h.repeat(odd), gridText)
	}
	a.Of, a.Nth, a.Mask = all[nth-1].Of, all[nth-1].Nth, mask
	return a, false, nil
}

// sender is who sent a photo.
func (h *handling) sender(p casework.Photo) string {
	if p.Citizen {
		return "pelapor"
	}
	return h.office.OfficeName(p.Fact.By.Home)
}

// photoNumber reads the number of a photo at the beginning: "2", "foto 2", "nomor 2".
func photoNumber(said []string) (n int, rest []string) {
	for len(said) > 0 && (said[0] == "foto" || said[0] == "nomor" || said[0] == "no" || said[0] == "no." || said[0] == "gambar" || said[0] == "ke") {
		said = said[1:]
	}
	if len(said) == 0 {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimRight(said[0], "."))
	if err != nil || n < 1 {
		return 0, said
	}
	return n, said[1:]
}

// masking is what a word asks for: "blur", "crop", "" for nothing.
func masking(word string) string {
	switch word {
	case "kabur", "kaburkan", "samar", "samarkan", "blur", "sensor", "tutup", "buram", "buramkan":
		return "blur"
	case "potong", "crop", "hanya", "bagian":
		return "crop"
	}
	return ""
}

// readMask reads squares: "kabur c3-d4 f1 potong b2-g8". odd is a word that is none.
func readMask(said []string) (m report.Mask, odd string) {
	mode := "blur"
	for i, w := range said {
		if to := masking(w); to != "" {
			mode = to
			if i == len(said)-1 {
				return m, w // and no square
			}
			continue
		}
		if w == "dan" || w == "&" || w == "kotak" || w == "di" {
			continue
		}
		box, ok := squares(w)
		switch {
		case !ok:
			return m, w
		case mode == "crop":
			m.Crop = &box
		default:
			m.Blur = append(m.Blur, box)
		}
	}
	return m, ""
}

// squares reads "c3" or "c3-d4" as a part of a picture.
func squares(w string) (report.Box, bool) {
	from, to, several := strings.Cut(w, "-")
	if !several {
		to = from
	}
	x1, y1, ok1 := square(from)
	x2, y2, ok2 := square(to)
	if !ok1 || !ok2 {
		return report.Box{}, false
	}
	const step = 1000 / grid
	return report.Box{Left: min(x1, x2) * step, Top: min(y1, y2) * step, Right: (max(x1, x2) + 1) * step, Bottom: (max(y1, y2) + 1) * step}, true
}

func square(w string) (x, y int, ok bool) {
	if len(w) != 2 {
		return 0, 0, false
	}
	x, y = int(w[0]-'a'), int(w[1]-'1')
	return x, y, x >= 0 && x < grid && y >= 0 && y < grid
}

// unexpose reads what is taken back: the number of what is shown, in its order; without one all of it.
func unexpose(h *handling, c Command, on subject) (report.Action, bool, error) {
	n, _ := photoNumber(strings.Fields(strings.ToLower(c.Words)))
	if n == 0 {
		return report.Unexpose{}, false, nil
	}
	d, _ := report.DisplayOf(on.report, on.facts, h.office.Profile.Sensitive)
	if n > len(d.Exhibits) {
		return nil, false, h.no(casework.Choice, "Yang tampil dari laporan %s hanya %d.", on.report.Code, len(d.Exhibits))
	}
	return report.Unexpose{Of: d.Exhibits[n-1].Seq}, false, nil
}

// exposed tells what everybody may see now.
func exposed(o *casework.Office, _, r report.Report) string {
	text := fmt.Sprintf("🌐 Boleh dilihat umum sekarang (%s). Periksa hasilnya: wajah, pelat, dan nomor rumah tidak boleh dikenali.", r.Code)
	if o.Profile.Pages != "" {
		text += " " + o.Profile.Pages + "/laporan/" + string(r.Code)
	}
	return text + fmt.Sprintf(" Menurunkannya: /turunkan %s.", r.Code)
}
