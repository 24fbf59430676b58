package say

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// OfferQuestion asks whether an office is to be asked, "" for the officers who find one.
func (v Voice) OfferQuestion(agency string) string {
	if short := v.short(agency); short != "" {
		return v.f("Teruskan sebagai pertanyaan ke %s?", "Shall I ask %s for you?", bot.Bold(short))
	}
	return v.pick("Teruskan sebagai pertanyaan ke petugas?", "Shall I ask the officers for you?")
}

// AskLater says how the office is asked once what is open is done.
func (v Voice) AskLater(agency string) string {
	short := v.short(agency)
	if short == "" {
		short = v.pick("petugas", "the officers")
	}
	return v.f("Sesudah laporan ini selesai, tulis %s dan saya teruskan ke %s.",
		"Once this report is done, write %s and I ask %s.", bot.Bold(v.pick("tanyakan", "ask")), short)
}

// NoAnswer says that the answer is not known here.
func (v Voice) NoAnswer() string {
	return v.pick("Saya belum punya jawabannya.", "I have no answer to that yet.")
}

// NotAsked says that nothing was sent.
func (v Voice) NotAsked() string {
	return v.pick("Baik, tidak saya teruskan. Ada lagi yang ingin ditanyakan atau dilaporkan? Tulis saja.",
		"All right, I asked nobody. Is there anything else you want to ask or report? Just write.")
}

// OfficerAnswer is an answer in an officer's words.
func (v Voice) OfficerAnswer(words, agency string) string {
	from := v.short(agency)
	if from == "" {
		from = v.pick("petugas", "our officers")
	}
	return words + "\n" + v.f("(Jawaban dari %s.)", "(An answer of %s.)", from)
}

// CommonAnswer is the profile's answer, with the wish to check it where it was looked up long before at.
func (v Voice) CommonAnswer(q profile.Question, at time.Time) string {
	s := q.Answer
	if v.Lang == "en" && q.AnswerEN != "" {
		s = q.AnswerEN
	}
	if q.Stale(at) {
		s += v.lookedUp(q.Day())
	}
	return s
}

func (v Voice) lookedUp(day time.Time) string {
	return v.f(" (Terakhir dicek %s, jadi pastikan dulu.)", " (Last looked up in %s, so please check first.)", v.month(day))
}

// RescueNumber is the number of who comes in a danger.
func (v Voice) RescueNumber(e profile.Emergency) string {
	return v.f("Pemadam, ambulans dan keadaan darurat: telepon %s (%s).", "Fire brigade, ambulance and all emergencies: call %s (%s).", bot.Bold(e.Number), e.Name)
}

// InCharge names an office that looks after what was asked.
func (v Voice) InCharge(a profile.Agency) string {
	if a.District != "" {
		return v.f("Ini urusan %s.", "%s looks after this.", bot.Bold(a.Name))
	}
	if a.Short == a.Name {
		return v.f("Ini urusan %s.", "%s looks after this.", bot.Bold(a.Name))
	}
	return v.f("Ini urusan %s (%s).", "%s (%s) looks after this.", bot.Bold(a.Short), a.Name)
}

// OfficeAddress tells where an office is, or that it is not known.
func (v Voice) OfficeAddress(a profile.Agency, at time.Time) string {
	if a.Address == "" {
		return v.pick("Alamat kantornya belum ada pada saya.", "I do not have its address.")
	}
	return v.checked(v.f("Alamat: %s.", "Address: %s.", bot.Bold(a.Address)), a, at)
}

// OfficePhone tells the number of an office, or that it is not known.
func (v Voice) OfficePhone(a profile.Agency, at time.Time) string {
	if a.Phone == "" {
		return v.pick("Nomor teleponnya belum ada pada saya. Untuk melapor tidak perlu menelepon: tulis saja di sini.",
			"I do not have its phone number. You need not call to report something: just write it here.")
	}
	return v.checked(v.f("Telepon: %s.", "Phone: %s.", bot.Bold(a.Phone)), a, at)
}

func (v Voice) checked(s string, a profile.Agency, at time.Time) string {
	if a.Stale(at) {
		s += v.lookedUp(a.Day())
	}
	return s
}

// OpenHours tells when an office is open; own says that the hours are its own, and not those of all offices.
func (v Voice) OpenHours(hours []profile.Hours, own bool) string {
	parts := make([]string, 0, len(hours))
	for _, h := range hours {
		parts = append(parts, v.runs(h.Days)+" "+h.Open+"–"+h.Close)
	}
	s := strings.Join(parts, ", ")
	if own {
		return v.f("Buka: %s.", "Open: %s.", s)
	}
	return v.f("Jam kerja kantor pemerintah: %s. Loket bisa tutup lebih awal, dan tutup di hari libur.",
		"Government offices work: %s. Counters may close earlier, and are closed on holidays.", s)
}

// OpenOn tells whether an office is open on a day, and from when to when; off says that it is a day off, own that the hours are its own.
func (v Voice) OpenOn(hours []profile.Hours, day time.Time, off, own bool) string {
	name := profile.Weekday(day)
	shown := bot.Bold(bigger(v.weekday(name)))
	for _, h := range hours {
		if off && !own || !slices.Contains(h.Days, name) {
			continue
		}
		return v.f("%s: buka %s–%s.", "%s: open %s–%s.", shown, h.Open, h.Close)
	}
	return v.f("%s: tutup.", "%s: closed.", shown)
}

// week are the days in their order.
var week = [...]string{"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"}

// runs names days, those that follow each other by the first and the last: "Senin–Kamis, Sabtu".
func (v Voice) runs(days []string) string {
	var out []string
	for i := 0; i < len(week); i++ {
		if !slices.Contains(days, week[i]) {
			continue
		}
		end := i
		for end+1 < len(week) && slices.Contains(days, week[end+1]) {
			end++
		}
		run := v.weekday(week[i])
		if end > i {
			run += "–" + v.weekday(week[end])
		}
		out, i = append(out, run), end
	}
	return strings.Join(out, ", ")
}

// weekday is a day of the week by its Indonesian name.
func (v Voice) weekday(name string) string {
	en := map[string]string{"senin": "Monday", "selasa": "Tuesday", "rabu": "Wednesday", "kamis": "Thursday", "jumat": "Friday", "sabtu": "Saturday", "minggu": "Sunday"}
	if v.Lang == "en" {
		return en[name]
	}
	return bigger(name)
}
