package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

const (
	mapLike     = "/kategorilapor lampu jalan 1398 Penerangan Jalan"
	mapVersions = 6
	mapText     = 3600
)

// mapLapor shows under which categories of LAPOR! ours are handed over, or puts one under another. Packets, exports and files that are
// brought in follow at once.
func (h *handling) mapLapor(c Command, by report.Actor) error {
	if c.media() {
		return h.no(casework.Choice, "Foto dan berkas tidak dipakai di sini. Tulis misalnya: %s", mapLike)
	}
	all, err := h.Reader.Mappings(h.ctx)
	if err != nil {
		return fmt.Errorf("read the mappings: %w", err)
	}
	said := casework.ReadLapor(c.Arg)
	if said.Category == "" && said.Code == "" && !said.Back {
		h.letter(ledger.Letter{Intent: string(MapLapor), Message: bot.Message{Text: h.mappings(all)}})
		return nil
	}
	category, err := h.oneCategory(said.Category)
	if err != nil {
		return err
	}
	if said.Code == "" && !said.Back {
		h.say(h.mappingOf(all, category))
		return nil
	}
	was, had := casework.Remapped(h.office.Profile, all).LaporCategory(category)
	m, b, err := h.office.Map(by, category, said, all, h.at())
	if err != nil {
		return err
	}
	h.batch.Add(b)
	now, has := casework.Remapped(h.office.Profile, append(all, m)).LaporCategory(category)
	name := h.office.CategoryName(category)
	undo := "/kategorilapor " + category + " asal"
	if _, changed := casework.Newest(all)[category]; changed {
		undo = fmt.Sprintf("/kategorilapor %s %s %s", category, was.Code, was.Name)
	}
	h.say(fmt.Sprintf("✅ %s di LAPOR! sekarang: %s; sebelumnya: %s. Paket, ekspor, dan impor memakainya mulai sekarang.\nKeliru? Kembalikan: %s",
		name, casework.LaporName(now, has), casework.LaporName(was, had), undo))
	return nil
}

// oneCategory reads a category of ours that a person typed; the refusal says what could have been meant.
func (h *handling) oneCategory(said string) (string, error) {
	if said == "" {
		return "", h.no(casework.Choice, "Sebut dulu kategori di sini, lalu ID dan namanya di LAPOR!, misalnya: %s", mapLike)
	}
	code, near := casework.FindCategory(h.office.Profile, said)
	switch {
	case code != "":
		return code, nil
	case len(near) == 0:
		return "", h.no(casework.Choice, "Kategori %s tidak dikenal di sini. Lihat semuanya dengan /kategorilapor, lalu tulis misalnya: %s", h.repeat(said), mapLike)
	}
	for i, k := range near {
		near[i] = fmt.Sprintf("%s (%s)", h.office.CategoryName(k), k)
	}
	return "", h.no(casework.Choice, "Kategori mana: %s? Tulis lagi dengan nama di dalam kurung, misalnya: /kategorilapor %s 1398 Penerangan Jalan",
		strings.Join(near, ", "), strings.TrimSuffix(near[0][strings.LastIndexByte(near[0], '(')+1:], ")"))
}

// mappings are all categories with what they are in LAPOR!.
func (h *handling) mappings(all []ledger.Mapping) string {
	p, changed := casework.Remapped(h.office.Profile, all), casework.Newest(all)
	var b strings.Builder
	b.WriteString("Kategori di sini dan di SP4N LAPOR!:\n")
	left := 0
	for _, c := range p.Offered() {
		to, has := p.LaporCategory(c.Code)
		row := fmt.Sprintf("• %s → %s", h.office.CategoryName(c.Code), casework.LaporName(to, has))
		if _, own := changed[c.Code]; own {
			row += " ✏️"
		}
		if say.Units(b.String())+say.Units(row) > mapText {
			left++
			continue
		}
		b.WriteString(row + "\n")
	}
	if left > 0 {
		fmt.Fprintf(&b, "… dan %d lagi: /kategorilapor nama kategori\n", left)
	}
	if len(changed) > 0 {
		b.WriteString("✏️ diubah di sini; yang lain dari profil.\n")
	}
	b.WriteString("Mengubah: " + mapLike + "\nRiwayat satu kategori: /kategorilapor lampu jalan")
	return b.String()
}

// mappingOf is one category with its versions.
func (h *handling) mappingOf(all []ledger.Mapping, category string) string {
	now, has := casework.Remapped(h.office.Profile, all).LaporCategory(category)
	theirs, known := h.office.Profile.LaporCategory(category)
	var b strings.Builder
	fmt.Fprintf(&b, "%s → LAPOR!: %s\nMenurut profil: %s\n", h.office.CategoryName(category), casework.LaporName(now, has), casework.LaporName(theirs, known))
	versions := casework.VersionsOf(all, category)
	for _, m := range versions[:min(len(versions), mapVersions)] {
		what := casework.LaporName(profile.LaporCategory{Code: m.Code, Name: m.Name}, true)
		if m.Code == "" {
			what = "kembali ke profil"
		}
		fmt.Fprintf(&b, "%d. %s (%s, %s)\n", m.Rev, what, say.Clip(m.Who, 40), clock(m.At, h.office.Profile))
	}
	fmt.Fprintf(&b, "Mengubah: /kategorilapor %s 1398 Penerangan Jalan", category)
	if len(versions) > 0 && versions[0].Code != "" {
		fmt.Fprintf(&b, "\nKembali ke profil: /kategorilapor %s asal", category)
	}
	return b.String()
}
