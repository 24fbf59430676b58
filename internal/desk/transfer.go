package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// FindOwner reads somebody outside the government at the beginning of a text, as FindOffice reads an office.
func FindOwner(p *profile.Profile, text string) (codes []string, rest string) {
	return findNamed(text, func(fits func(string) bool) []string {
		var out []string
		for _, o := range p.Owners {
			if slices.ContainsFunc(o.Calls(), func(name string) bool { k := officeKey(name); return k != "" && fits(k) }) {
				out = append(out, o.Code)
			}
		}
		return out
	})
}

// ownerMenuKind begins the id of OwnerMenu.
const ownerMenuKind = "o"

// OwnerMenu offers those outside the government: who the report is taken for first.
func OwnerMenu(p *profile.Profile, r report.Report) bot.Menu {
	const most = 10
	m := bot.Menu{ID: ownerMenuKind + "." + string(r.Code), Columns: 2}
	add := func(o profile.Owner) {
		if len(m.Choices) < most && !slices.ContainsFunc(m.Choices, func(c bot.Choice) bool { return c.ID == o.Code }) {
			m.Choices = append(m.Choices, bot.Choice{ID: o.Code, Label: say.Clip(o.Short, 40), Also: strings.Join(o.Calls(), "|")})
		}
	}
	if o, ok := p.Owner(r.Owner); ok {
		add(o)
	}
	for _, o := range p.Owners {
		add(o)
	}
	return m
}

// transfer reads who outside the government gets the report, and under which number they keep it.
func transfer(h *handling, c Command, on subject) (report.Action, bool, error) {
	a := report.Transfer{Owner: c.Arg, Why: c.Words}
	if err := h.office.Permit(on.report, on.by, a); err != nil {
		return nil, false, err
	}
	if c.media() {
		return nil, false, h.no(casework.Choice, mediaText)
	}
	if again, ok := h.numbered(c, on); ok {
		return again, false, nil
	}
	switch {
	case c.Exact:
		return h.fitting(c.Arg, c.Words, c, on)
	case c.Arg == "" && on.report.Status == report.Transferred:
		return nil, true, h.prompt(h.verbs.row(Transfer), string(Transfer)+":"+on.report.Owner, on, a)
	case c.Arg == "":
		m := OwnerMenu(h.office.Profile, on.report)
		h.ask(on.report, string(Transfer), string(on.report.Code)+": dialihkan ke siapa? Pilih, atau balas pesan ini dengan namanya, dan nomor laporan di sana kalau sudah ada.", &m)
		h.notice = "Pilih di bawah."
		return nil, true, nil
	}
	if owner, rest, ok := h.oneOwner(c.Arg); ok {
		return h.fitting(owner, unparticled(rest), c, on)
	}
	if codes, why := FindOffice(h.office.Profile, c.Arg); len(codes) == 1 { // "alihkan ke dishub" is passing on
		return report.Forward{To: codes[0], Why: unparticled(why)}, false, nil
	}
	known := make([]string, 0, len(h.office.Profile.Owners))
	for _, o := range h.office.Profile.Owners {
		known = append(known, o.Short)
	}
	return nil, false, h.no(casework.Choice, "Pihak luar %s tidak ada di daftar. Yang ada: %s.", h.repeat(c.Arg), strings.Join(known, ", "))
}

// oneOwner reads the one owner that a text begins with.
func (h *handling) oneOwner(text string) (code, rest string, ok bool) {
	codes, rest := FindOwner(h.office.Profile, text)
	if len(codes) != 1 {
		return "", text, false
	}
	return codes[0], rest, true
}

// theirNumber reads the number that somebody outside keeps a report under, at the beginning of a text: "12345", "no. K-1234 sudah kami
// telepon".
func theirNumber(text string) (number, rest string) {
	words := strings.Fields(text)
	at := 0
	for at < len(words) && slices.Contains([]string{"nomor", "nomer", "no", "nmr", "nomornya", "tiket", "laporan", "dengan"}, bot.Fold(words[at])) {
		at++
	}
	if at == len(words) || !strings.ContainsAny(words[at], "0123456789") || len(words[at]) < 3 {
		return "", text
	}
	return strings.Trim(words[at], ".,;:()"), strings.TrimLeft(strings.Join(words[at+1:], " "), ":;-, ")
}

// numbered is the reply to a question for the number of a report that was handed over.
func (h *handling) numbered(c Command, on subject) (report.Action, bool) {
	if on.report.Status != report.Transferred || c.Arg != on.report.Owner || c.Words == "" {
		return nil, false
	}
	number, why := theirNumber(c.Words)
	return report.Transfer{Owner: c.Arg, Number: number, Why: why}, true
}

// owners is the menu of those outside until one is chosen: then the number is awaited.
func owners(p *profile.Profile, r report.Report, chosen string) bot.Menu {
	if chosen != "" {
		return bot.Menu{}
	}
	return OwnerMenu(p, r)
}

func transferred(o *casework.Office, was, now report.Report) string {
	switch {
	case now.Status != report.Transferred && now.Owner != "":
		return fmt.Sprintf("Usul mengalihkan laporan %s ke %s disampaikan ke koordinator.", now.Code, o.OwnerName(now.Owner))
	case now.Status != report.Transferred:
		return forwarded(o, was, now)
	case was.Status == report.Transferred && was.Owner == now.Owner:
		return fmt.Sprintf("Nomor laporan %s di %s dicatat.", now.Code, o.OwnerName(now.Owner))
	}
	if was.Agency == "" && o.Hold >= 0 { // the line that holds the news tells it
		return ""
	}
	told := "warga dikabari"
	if !now.Left.IsZero() {
		told = "yang mengikutinya dikabari"
	} else if now.Reporter.Zero() {
		told = "sampaikan sendiri ke pelapornya"
	}
	return fmt.Sprintf("Laporan %s dialihkan ke %s; %s. Koordinator memantau sampai selesai.", now.Code, o.OwnerName(now.Owner), told)
}

// handedOver lists what somebody outside has: the coordinator follows it.
func (h *handling) handedOver() error {
	by, err := h.actor(report.Report{})
	if err != nil {
		return err
	}
	if by.Role != report.Coordinator {
		return h.no(casework.NoRight, headOnlyText, "melihat daftar yang dialihkan")
	}
	all, err := h.Reader.HandedOver(h.ctx, listed+1)
	if err != nil {
		return fmt.Errorf("list what was handed over: %w", err)
	}
	if len(all) == 0 {
		h.say("Tidak ada laporan yang sedang di pihak luar.")
		return nil
	}
	var b strings.Builder
	b.WriteString("Laporan di pihak luar, yang terlama dulu:\n")
	for _, r := range all[:min(len(all), listed)] {
		b.WriteString(line(h.office, r) + " · " + h.office.OwnerName(r.Owner))
		for _, f := range r.Foreign {
			if !h.secret(r) && f.Source == h.office.OwnerName(r.Owner) {
				b.WriteString(" " + f.Number)
			}
		}
		b.WriteString("\n")
	}
	if len(all) > listed {
		fmt.Fprintf(&b, "… dan masih ada lagi; ini %d yang terlama.\n", listed)
	}
	b.WriteString("Buka satu dengan /laporan NOMOR.")
	h.list(b.String(), all[:min(len(all), listed)])
	return nil
}
