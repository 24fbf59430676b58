package desk

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// WantsIn is what somebody says among people who wants to be an officer.
const WantsIn Verb = "maudaftar"

// badCode answers a number that nobody has: where exactly one that the sender may act on is a slip away, that one is offered, and nothing that was
// written is lost.
func (h *handling) badCode(c Command) error {
	r, by, ok, err := h.nearest(c.Code)
	if err != nil {
		return err
	}
	if !ok {
		return h.noSuch(c.Code)
	}
	rest := withoutCode(c.Words, c.Code)
	if _, short := report.CompleteCode(h.office.Profile.Prefix, string(c.Code)); short && rest == "" && !c.media() && c.Said == "" { // it lacks its last character alone
		return h.run(Command{Verb: Show, Code: r.Code})
	}
	if rest == "" && !c.media() && c.Said == "" {
		return h.no(casework.Choice, "Nomor %s tidak ada. Maksudnya %s? Tulis /laporan %s", c.Code, r.Code, r.Code)
	}
	order := strings.HasPrefix(rest, "/") || c.Said != ""
	if verb, _ := h.verbs.opens(rest); order || verb != Silent && verb != Reply {
		return h.no(casework.Choice, "Nomor %s tidak ada; belum ada yang ditindak. Maksudnya %s? Tulis lagi dengan nomor itu.", c.Code, r.Code)
	}
	if err := h.office.Permit(r, by, report.Reply{Words: rest, Photos: c.Photos, Files: c.Files}); err != nil {
		return err
	}
	k := kept{Words: rest, Photos: c.Photos, Files: c.Files, Album: c.Album, For: Reply}
	h.confirm(r, k, fmt.Sprintf("Nomor %s tidak ada. Maksudnya %s (%s)?\nBelum saya kirim ke warga: %s.", c.Code, r.Code, categoryOf(h.office.Profile, r), k.shown(h.secret(r))))
	return nil
}

// nearest finds the one report a slip away from a wrong number, and the sender as somebody who may act on it.
func (h *handling) nearest(wrong report.Code) (r report.Report, by report.Actor, ok bool, err error) {
	near := report.NearCodes(h.office.Profile.Prefix, string(wrong))
	if whole, ok := report.CompleteCode(h.office.Profile.Prefix, string(wrong)); ok {
		near = []report.Code{whole}
	}
	for _, code := range near {
		found, err := h.Reader.ByCode(h.ctx, code)
		if errors.Is(err, ledger.ErrUnknown) {
			continue
		}
		if err != nil {
			return r, by, false, fmt.Errorf("read a number a slip away: %w", err)
		}
		actor, err := h.actor(found)
		if _, refused := casework.AsRefusal(err); refused {
			continue
		}
		if err != nil {
			return r, by, false, err
		}
		if ok {
			return r, by, false, nil
		}
		r, by, ok = found, actor, true
	}
	return r, by, ok, nil
}

// withoutCode is a text without the wrong number that it begins with, however that was typed.
func withoutCode(text string, code report.Code) string {
	plain := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, strings.ToUpper(s))
	}
	words := strings.Fields(text)
	for from := range min(len(words), 4) {
		for n := 1; n <= 3 && from+n <= len(words); n++ {
			if plain(strings.Join(words[from:from+n], "")) == plain(string(code)) {
				return strings.TrimLeft(strings.Join(words[from+n:], " "), ":,.;-–— ")
			}
		}
	}
	return text
}

// joinAsked reports whether somebody says among people that he or she wants to be an officer here: "mau daftar jadi petugas dinas PU".
func joinAsked(text string) bool {
	const most = 14
	words := strings.Fields(bot.Fold(text))
	has := func(list ...string) bool {
		for _, w := range words {
			if slices.Contains(list, w) {
				return true
			}
		}
		return false
	}
	return len(words) <= most && has("daftar", "mendaftar", "didaftarkan", "daftarin", "daftarkan", "registrasi", "gabung", "bergabung", "dimasukkan") &&
		has("petugas", "operator", "admin", "anggota", "staf", "staff", "pegawai") &&
		has("mau", "ingin", "pengen", "pgn", "gimana", "bagaimana", "cara", "caranya", "izin", "ijin", "mohon", "minta", "tolong", "bisa")
}

// howToJoin tells who wants to be an officer how it is asked, with the office where words name one.
func (h *handling) howToJoin(words string) error {
	if _, err := h.member(); err == nil { // an officer speaks of somebody else
		return nil
	} else if _, stranger := casework.AsRefusal(err); !stranger {
		return err
	}
	fields := strings.Fields(words)
	for i := range fields {
		rest := strings.Join(fields[i:], " ")
		codes, _ := FindOffice(h.office.Profile, rest)
		if len(codes) == 1 && codes[0] != "" {
			h.say(fmt.Sprintf("Untuk mendaftar sebagai petugas %s, tulis: /daftar %s\nKoordinator yang menerimanya.", h.office.OfficeName(codes[0]), strings.ToLower(codes[0])))
			return nil
		}
		lead := strings.ToLower(fields[i])
		if lead != "dinas" && lead != "kantor" && (i == 0 || strings.ToLower(fields[i-1]) != "dinas") {
			continue
		}
		if near, _, _ := nearOffices(h.office.Profile, rest); len(near) > 0 {
			h.say(fmt.Sprintf("Untuk mendaftar sebagai petugas, tulis /daftar dan nama kantornya. Maksud Anda %s? Misalnya: /daftar %s\nKoordinator yang menerimanya.",
				namesOf(near), strings.ToLower(near[0].Code)))
			return nil
		}
	}
	h.say("Untuk mendaftar sebagai petugas, tulis /daftar dan nama kantor Anda, misalnya /daftar dishub. Koordinator yang menerimanya.")
	return nil
}
