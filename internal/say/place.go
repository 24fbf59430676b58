package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// AskPlace asks where. soft is for matters that may have no place, fixed for those that always have one; choices says
// that a menu stands below.
func (v Voice) AskPlace(soft, fixed, choices bool) string {
	if soft {
		return v.pick("Kalau ada tempatnya, di mana? Kirim lokasi, atau tulis nama jalan atau kampungnya.",
			"If it has a place, where is it? Send a location, or write the street or kampung.")
	}
	s := v.pick("Di mana tempatnya? Kirim lokasi, atau tulis nama jalan atau kampungnya, dan dekat apa.",
		"Where is it? Send a location, or write the street or kampung, and what it is near.")
	if choices || fixed {
		return s
	}
	return s + v.f("\n(Tidak terkait tempat? Tulis %s.)", "\n(Not about a place? Write %s.)", bot.Bold(v.pick("lewati", "skip")))
}

// AskPlaceHelp asks once more, of somebody who does not know: what is near, or the pin in two steps.
func (v Voice) AskPlaceHelp() string {
	return v.pick("Tidak apa-apa. Tulis yang paling dekat saja: sekolah, masjid, RT, atau nama gang.\n",
		"No problem. Just write what is nearest: a school, a mosque, the RT, or an alley.\n") + v.PinSteps()
}

// PinSteps tells how a location is sent, in two steps that hold on every phone.
func (v Voice) PinSteps() string {
	return v.pick("Atau kirim lokasi: ketuk 📎 (di iPhone ＋) dan pilih Lokasi, lalu ketuk Kirim lokasi saat ini.",
		"Or send the location: tap 📎 (＋ on an iPhone) and choose Location, then tap Send your current location.")
}

// AskNarrow asks where in a kecamatan, once.
func (v Voice) AskNarrow(name string) string {
	return v.f("%s sebelah mana? Tulis nama jalan atau kampungnya, atau kirim lokasi.\n(Tidak tahu? Tulis %s.)",
		"Where in %s? Write the street or kampung, or send a location.\n(Not sure? Write %s.)", name, bot.Bold(v.pick("lewati", "skip")))
}

// AskPlaceAgain asks for another place in place of the one there is.
func (v Voice) AskPlaceAgain() string {
	return v.pick("Kirim lokasi yang baru, atau tulis nama jalan atau kampungnya, dan dekat apa.",
		"Send the new location, or write the street or kampung, and what it is near.") + "\n" + v.KeepOld()
}

// KeepOld offers to leave a place as it was.
func (v Voice) KeepOld() string {
	return v.f("(Tetap yang tadi? Tulis %s.)", "(Keep the old one? Write %s.)", bot.Bold(v.pick("kembali", "back")))
}

// AskWhich asks which of n places was meant.
func (v Voice) AskWhich(said string, n int) string {
	if n == 1 {
		return v.f("%s: maksud Anda di sini?", "%s: do you mean this place?", quote(said, 80))
	}
	return v.f("%s: maksud Anda yang mana?", "%s: which one do you mean?", quote(said, 80))
}

// AskNear asks on which side of a border a pin is.
func (v Voice) AskNear() string {
	return v.pick("Lokasi Anda dekat batas. Tempatnya masuk yang mana?", "Your location is close to a border. Which side is it?")
}

// AskDiffer asks which is right, the place in words or the pin.
func (v Voice) AskDiffer(words, pin string) string {
	return v.f("Tulisan Anda menyebut %s, tapi lokasi yang dikirim ada di %s. Yang benar yang mana?",
		"You wrote %s, but the location you sent is in %s. Which is right?", words, pin)
}

// Outside says that a pin lies outside, and whose it may be ("" = not known); the report stays.
func (v Voice) Outside(whose string, kept bool) string {
	s := v.f("Lokasi itu di luar %s", "That location is outside %s", v.Profile.City)
	if whose != "" {
		s += v.f(", sepertinya di %s", ", probably in %s", whose)
	}
	s += v.pick(". Laporan Anda tetap saya simpan.", ". Your report is kept.")
	if kept {
		return s + " " + v.pick("Tempat yang tadi tidak saya ubah.", "The place given before stays as it was.")
	}
	return s
}

// OutsideWords says that a place in words seems to lie in a neighbour's area; name is "" for the whole of it.
func (v Voice) OutsideWords(name, whose string) string {
	if name == "" {
		return v.f("Itu sepertinya di %s, bukan %s. Laporan Anda tetap saya simpan.",
			"That seems to be in %s, not in %s. Your report is kept.", whose, v.Profile.City)
	}
	return v.f("%s itu sepertinya di %s, bukan %s. Laporan Anda tetap saya simpan.",
		"%s seems to be in %s, not in %s. Your report is kept.", name, whose, v.Profile.City)
}

// AskOutside asks what to do about a place outside.
func (v Voice) AskOutside() string {
	return v.f("Benar di sana? Kalau di %s, kirim lokasi atau tulis nama jalan atau kampungnya.",
		"Is it there? If it is in %s, send a location or write the street or kampung.", v.Profile.City)
}

// OutsideYes is the choice that it lies there, for a pin when name is "".
func (v Voice) OutsideYes(name string) string {
	if name == "" {
		return v.Choice("keep").Label
	}
	return v.pick("Ya, di ", "Yes, in ") + Clip(name, 16)
}

// OutsideNo is the choice that it lies in our own area.
func (v Voice) OutsideNo() string { return v.pick("Bukan, di ", "No, in ") + v.Profile.City }

// BadPin says that a pin cannot be read.
func (v Voice) BadPin() string {
	return v.pick("Lokasinya tidak terbaca. Coba kirim sekali lagi, atau tulis saja nama jalannya.", "I cannot read that location. Please send it again, or write the street.")
}

// ShortLink says that a short map link cannot be read here.
func (v Voice) ShortLink() string {
	return v.pick("Tautan peta pendek itu tidak bisa saya buka.", "I cannot open that short map link.")
}

// PlaceUnsettled tells that typed words were kept as the place.
func (v Voice) PlaceUnsettled() string {
	return v.pick("Baik, saya pakai tulisan Anda sebagai tempatnya.", "All right, I use your words as the place.")
}

// PinHere says which place a pin was understood as.
func (v Voice) PinHere(p report.Place) string {
	return v.f("Lokasi saya terima: %s.", "Location received: %s.", v.Spot(p))
}

// AskWhatHere asks what is wrong, of somebody who has told where.
func (v Voice) AskWhatHere() string {
	return v.pick("Apa masalahnya di sana?", "What is wrong there?")
}

// Spot is a place as people say it: what was said, and the kelurahan. The kecamatan stands behind a name only where two
// kelurahan share it.
func (v Voice) Spot(p report.Place) string {
	var parts []string
	add := func(s string) {
		if s != "" && !strings.Contains(" "+bot.Fold(strings.Join(parts, " "))+" ", " "+bot.Fold(s)+" ") {
			parts = append(parts, Clip(strings.Join(strings.Fields(s), " "), 60))
		}
	}
	add(p.Said)
	switch {
	case p.AreaName != "" && v.twice(p.AreaName):
		add(p.AreaName + " (" + p.DistrictName + ")")
	case p.AreaName != "":
		add(p.AreaName)
	default:
		add(p.DistrictName)
	}
	add(p.Whose)
	if len(parts) == 0 {
		return v.Where(p)
	}
	return strings.Join(parts, ", ")
}

// twice reports whether two kelurahan are called so.
func (v Voice) twice(name string) bool {
	n := 0
	for _, a := range v.Profile.Areas {
		if strings.EqualFold(a.Name, name) {
			n++
		}
	}
	return n > 1
}

// Spots names places to choose from, each by what tells it from the others.
func (v Voice) Spots(ps []report.Place) []string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = v.Spot(p)
		if p.Area == "" && p.Said == "" && p.DistrictName != "" {
			out[i] = v.pick("Kecamatan ", "Kecamatan ") + p.DistrictName
		}
	}
	for i, p := range ps {
		for k := range ps {
			same := ps[k].AreaName == p.AreaName && ps[k].Said == p.Said || ps[k].Whose != "" && ps[k].Said == p.AreaName
			if k != i && ps[k].District != p.District && p.DistrictName != "" && same {
				out[i] = strings.TrimSuffix(out[i], " ("+p.DistrictName+")") + " (" + p.DistrictName + ")"
				break
			}
		}
	}
	return out
}
