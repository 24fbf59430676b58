package say

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Door says how people reach somebody outside the government, as of at: "telepon 123 atau aplikasi PLN Mobile"; "" where no door is
// known that can be trusted. What was not looked up for a year is shown with the wish to check it first.
func (v Voice) Door(o profile.Owner, at time.Time) string {
	var ways []string
	for _, w := range []struct{ is, id, en string }{
		{o.Door.Phone, "telepon %s", "call %s"}, {o.Door.WhatsApp, "WhatsApp %s", "WhatsApp %s"},
		{o.Door.App, "aplikasi %s", "the app %s"}, {o.Door.Web, "%s", "%s"},
	} {
		if w.is != "" {
			ways = append(ways, v.f(w.id, w.en, bot.Bold(w.is)))
		}
	}
	if len(ways) == 0 {
		return ""
	}
	s := strings.Join(ways, ", ")
	if n := len(ways); n > 1 {
		s = strings.Join(ways[:n-1], ", ") + v.pick(" atau ", " or ") + ways[n-1]
	}
	if o.Door.Stale(at) {
		s += v.f(" (terakhir dicek %s, jadi periksa dulu)", " (last looked up in %s, so please check first)", v.month(o.Door.Day()))
	}
	return s
}

// AskOwner tells whose duty a matter is that is not the city's, how to reach them, and asks whether it is to be filed all the same.
func (v Voice) AskOwner(o profile.Owner, at time.Time) string {
	s := bigger(v.about(o)) + " ditangani " + bot.Bold(o.Name) + ", bukan pemerintah kota"
	if v.Lang == "en" {
		s = bot.Bold(o.Name) + " looks after " + v.about(o) + ", the city does not"
	}
	if door := v.Door(o, at); door != "" {
		s += v.f(". Paling cepat langsung ke mereka: %s.", ". The quickest way is to turn to them: %s.", door)
	} else {
		s += v.pick(". Nomor resminya belum ada pada saya.", ". I have no official number of theirs.")
	}
	return s + "\n\n" + v.f("Mau tetap saya catat? Petugas kami yang menyampaikannya ke %s.", "Shall I file it all the same? Our officers pass it on to %s.", o.Short)
}

// TurnTo tells once more how somebody outside the government is reached, to whoever goes there.
func (v Voice) TurnTo(o profile.Owner, at time.Time) string {
	if door := v.Door(o, at); door != "" {
		return v.f("%s: %s.", "%s: %s.", bot.Bold(o.Short), door)
	}
	return v.f("Silakan langsung ke %s.", "Please turn to %s.", bot.Bold(o.Name))
}

// NoticeTransferred says that a report was handed over to somebody outside the government, how to reach them, and who follows it.
func (v Voice) NoticeTransferred(r report.Report, o profile.Owner, number string, at time.Time) string {
	s := v.f("Laporan %s sudah kami alihkan ke %s, yang menangani %s.", "We have handed report %s over to %s, who look after %s.",
		bot.Bold(string(r.Code)), bot.Bold(o.Name), v.about(o))
	if number != "" {
		s += v.f(" Nomornya di sana: %s.", " Its number there is %s.", bot.Bold(number))
	}
	if door := v.Door(o, at); door != "" {
		s += v.f("\n\nMau bertanya langsung? %s.", "\n\nTo ask them yourself: %s.", bigger(door))
	}
	return s + v.f("\n\nPetugas %s tetap memantaunya.", "\n\nOfficers of %s keep an eye on it.", v.Profile.Coordinator)
}

// NoticeNumbered says under which number somebody outside the government keeps a report.
func (v Voice) NoticeNumbered(r report.Report, o profile.Owner, number string) string {
	return v.f("Laporan %s tercatat di %s dengan nomor %s.", "Report %s is kept at %s under number %s.",
		bot.Bold(string(r.Code)), bot.Bold(o.Name), bot.Bold(number))
}

func (v Voice) about(o profile.Owner) string { return v.pick(o.About, o.AboutEN) }

// month is a month with its year: "November 2025".
func (v Voice) month(day time.Time) string {
	return fmt.Sprintf("%s %d", v.pick(months[day.Month()-1], day.Month().String()), day.Year())
}

// bigger begins a sentence.
func bigger(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// handedTo tells that a report was handed over to somebody outside the government, or their number of it.
func (v Voice) handedTo(f report.Fact) string {
	name := f.Owner
	if o, ok := v.Profile.Owner(f.Owner); ok {
		name = o.Name
	}
	s := v.f("Dialihkan ke %s", "Handed over to %s", name)
	if f.Foreign != nil {
		s += v.f(" (nomor di sana: %s)", " (number there: %s)", f.Foreign.Number)
	}
	return s
}

// Reason tells why a report was refused, what can be done instead, whose door it is and which report was there before; "" for no
// reason. What a profile does not put into words is told by its name.
func (v Voice) Reason(r profile.Rejection, o profile.Owner, other report.Code, at time.Time) string {
	s := v.pick(cmp.Or(r.Words, r.Name), cmp.Or(r.WordsEN, r.NameEN, r.Name))
	more := func(words string) {
		if words != "" {
			s = strings.TrimSpace(s + " " + words)
		}
	}
	switch door := v.Door(o, at); {
	case door != "":
		more(v.f("Yang menanganinya %s: %s.", "It is for %s: %s.", bot.Bold(o.Name), door))
	case o.Code != "":
		more(v.f("Yang menanganinya %s.", "It is for %s.", bot.Bold(o.Name)))
	}
	if other != "" {
		more(v.f("Nomor laporan itu: %s.", "The number of that report: %s.", bot.Bold(string(other))))
	}
	more(v.pick(r.Next, r.NextEN))
	return s
}
