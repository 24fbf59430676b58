package casework

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Under which category of LAPOR! a report is handed over is profile data, and a coordinator may put it right in the desk: LAPOR! renames
// and renumbers its categories without telling anybody.

// maxLaporName is how long a category's name there may be.
const maxLaporName = 100

// Newest are the mappings that hold now, by category, out of all their versions: without those that give the profile its say again.
func Newest(all []ledger.Mapping) map[string]ledger.Mapping {
	out := map[string]ledger.Mapping{}
	for _, m := range all {
		if m.Rev > out[m.Category].Rev {
			out[m.Category] = m
		}
	}
	for k, m := range out {
		if m.Code == "" {
			delete(out, k)
		}
	}
	return out
}

// Remapped is a profile with the mappings that hold now.
func Remapped(p *profile.Profile, all []ledger.Mapping) *profile.Profile {
	to := map[string]profile.LaporCategory{}
	for k, m := range Newest(all) {
		if _, known := p.Category(k); known {
			to[k] = profile.LaporCategory{Code: m.Code, Name: m.Name}
		}
	}
	return p.Remapped(to)
}

// LaporSaid is what somebody types to look at the mapping of a category, or to change it: "lampu jalan 1398 Penerangan Jalan".
type LaporSaid struct {
	// Category is ours, as it was named; Code the number there, "" where none was typed; Name what follows it.
	Category, Code, Name string
	// Back says that the profile's is wanted again.
	Back bool
}

var (
	laporNumber = regexp.MustCompile(`(?:^|[\s:=>→(,#])([0-9][0-9.]*)`)
	laporBack   = regexp.MustCompile(`(?i)[\s:,]+(asal|semula|awal|kembalikan|kembali|batal|urungkan|reset|default|profil|bawaan)[\s.!]*$`)
	laporJoins  = regexp.MustCompile(`(?i)[\s:=>→(,#-]*(\b(ke|jadi|menjadi|id|nomor|no|adalah)\b[\s:=>→(,#-]*)*$`)
)

// ReadLapor reads what was typed. What stands before the number is ours, what stands behind it is its name there.
func ReadLapor(said string) LaporSaid {
	said = line(said)
	if at := laporNumber.FindStringSubmatchIndex(said); at != nil {
		name := strings.Trim(said[at[3]:], " \t:=>→(),·-")
		return LaporSaid{Category: laporJoins.ReplaceAllString(said[:at[2]], ""), Code: strings.TrimRight(said[at[2]:at[3]], "."), Name: name}
	}
	if at := laporBack.FindStringIndex(said); at != nil {
		return LaporSaid{Category: strings.TrimSpace(said[:at[0]]), Back: true}
	}
	return LaporSaid{Category: said}
}

// Map puts a category of ours under another category of LAPOR!, or gives the profile its say again. all are the versions so far. The
// error is a *Refusal.
func (o *Office) Map(by report.Actor, category string, s LaporSaid, all []ledger.Mapping, t Occasion) (ledger.Mapping, ledger.Batch, error) {
	next := ledger.Mapping{Category: category, Rev: 1, By: by.ID, Who: by.Name, At: t.At.UTC()}
	for _, m := range all {
		if m.Category == category {
			next.Rev = max(next.Rev, m.Rev+1)
		}
	}
	now, has := Remapped(o.Profile, all).LaporCategory(category)
	if s.Back {
		if _, changed := Newest(all)[category]; !changed {
			return next, ledger.Batch{}, refuse(Already, "Padanan %s memang masih dari profil: %s.", o.CategoryName(category), LaporName(now, has))
		}
		return next, mapping(next, t), nil
	}
	next.Code, next.Name = s.Code, s.Name
	if err := o.fitsLapor(&next); err != nil {
		return next, ledger.Batch{}, err
	}
	if has && now.Code == next.Code && now.Name == next.Name {
		return next, ledger.Batch{}, refuse(Already, "%s memang sudah %s di LAPOR!.", o.CategoryName(category), LaporName(now, true))
	}
	return next, mapping(next, t), nil
}

func mapping(m ledger.Mapping, t Occasion) ledger.Batch {
	return ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Mapped{Mapping: m}}}
}

// fitsLapor refuses what no category of LAPOR! can be, and names one that the profile knows.
func (o *Office) fitsLapor(m *ledger.Mapping) error {
	const example = "/kategorilapor lampu jalan 1398 Penerangan Jalan"
	if n := strings.Trim(m.Code, "0123456789"); n != "" || len(m.Code) > 6 || m.Code[0] == '0' {
		return refuse(Choice, "ID kategori LAPOR! terdiri dari 1 sampai 6 angka tanpa nol di depan, misalnya: %s. (Tracking ID laporan lebih panjang.)", example)
	}
	known, listed := o.Profile.LaporNumbered(m.Code)
	m.Name = cmp.Or(m.Name, known.Name)
	switch letters := strings.Trim(bot.Fold(m.Name), "0123456789 "); {
	case m.Name == "" && !listed:
		return refuse(Choice, "ID %s belum dikenal; tulis juga namanya seperti di LAPOR!, misalnya: %s", m.Code, example)
	case letters == "":
		return refuse(Choice, "Sesudah ID-nya tulis nama kategorinya di LAPOR!, misalnya: %s", example)
	case say.Units(m.Name) > maxLaporName:
		return refuse(TooLong, "Nama kategorinya terlalu panjang; paling banyak %d huruf.", maxLaporName)
	}
	return nil
}

// LaporName is a category of LAPOR! as operators read it.
func LaporName(c profile.LaporCategory, has bool) string {
	if !has {
		return "belum ada padanannya"
	}
	return c.Code + " · " + c.Name
}

// VersionsOf are the versions of one category's mapping, newest first.
func VersionsOf(all []ledger.Mapping, category string) []ledger.Mapping {
	out := slices.DeleteFunc(slices.Clone(all), func(m ledger.Mapping) bool { return m.Category != category })
	slices.SortFunc(out, func(a, b ledger.Mapping) int { return b.Rev - a.Rev })
	return out
}
