package say

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// What is answered to who asks something in the middle of a danger, and the one piece of advice that stands under the number.

// Inside is the danger of somebody who cannot get out: who writes must not be sent away from there.
const Inside = "dalam"

// advised holds the first thing to do, by the kind of danger (understand.Reading.Danger), in both languages.
var advised = map[string][2]string{
	"api":     {"Keluarlah dulu ke tempat aman, dan jangan kembali mengambil barang.", "Get out to a safe place first, and do not go back for things."},
	"gas":     {"Jangan nyalakan api atau sakelar. Buka pintu, lalu keluarlah ke tempat aman.", "Light nothing and touch no switch. Open the door, then get out to a safe place."},
	"setrum":  {"Jauhi kabel, tiang, dan air di dekatnya; jangan sentuh orang yang tersengat.", "Keep away from the wire, the pole and water near it; do not touch who is being shocked."},
	"tiang":   {"Jauhi tiang dan kabelnya, dan air di dekatnya.", "Keep away from the pole, its wires, and water near them."},
	"pohon":   {"Menjauhlah dari pohonnya, dan dari kabel yang tersangkut.", "Keep away from the tree, and from wires that it caught."},
	"runtuh":  {"Menjauhlah dari bangunan yang retak atau roboh.", "Keep away from what is cracked or has collapsed."},
	"banjir":  {"Naiklah ke tempat yang lebih tinggi; jangan menerobos arus.", "Go to a higher place; do not wade through the current."},
	"longsor": {"Jauhi lereng dan tanah yang retak. Jangan masuk ke bangunan yang tertimbun; tanah bisa turun lagi.", "Keep away from the slope and from cracked ground. Do not enter a buried building; more may come down."},
	"angin":   {"Berlindunglah di bangunan yang kokoh, jauh dari kaca, pohon, baliho, dan kabel.", "Take shelter in a solid building, away from glass, trees, billboards and wires."},
	"gempa":   {"Lindungi kepala, lalu keluarlah ke tempat terbuka. Di dekat pantai, segera ke tempat tinggi.", "Protect your head, then get out into the open. Near the coast, go to high ground at once."},
	"jebak":   {"Panggil orang sekitar, dan jangan menarik atau mendobrak dengan paksa. Sebutkan kepada 112 siapa yang terjebak.", "Call people around you; do not pull or break anything by force. Tell 112 who is trapped."},
	"luka":    {"Siram luka bakarnya dengan air mengalir yang tidak dingin, 20 menit. Jangan diolesi apa pun.", "Hold the burn under cool running water for 20 minutes. Put nothing on it."},
	"jiwa":    {"Temani atau tunggui dari dekat kalau aman, ajak bicara dengan tenang; jangan ditantang, jangan dimarahi.", "Stay close if it is safe, and talk calmly; no dares, no reproach."},
	"air":     {"Jangan ikut terjun: ulurkan tali, galah, atau pelampung.", "Do not jump in: reach out a rope, a pole or something that floats."},
	"medis":   {"Temani orangnya, dan sebutkan keadaannya kepada 112. Jangan beri minum kalau ia tidak sadar.", "Stay with the person, and tell 112 how he or she is. Give nothing to drink to who is unconscious."},
	"lalin":   {"Amankan diri dari kendaraan lain; jangan pindahkan korban kalau tidak terpaksa.", "Keep clear of traffic; do not move who is hurt unless you must."},
	"hewan":   {"Menjauhlah dari hewannya. Yang digigit jangan banyak bergerak.", "Keep away from the animal. Who was bitten should move little."},
	"jahat":   {"Menjauhlah dulu ke tempat aman, dan jangan melawan.", "Get to a safe place first, and do not fight back."},
	"rumah":   {"Kalau bisa, pergilah ke tempat yang ada orang lain.", "If you can, go to where other people are."},
	Inside:    {"Katakan kepada 112 siapa yang masih di dalam dan di bagian mana. Panggil orang sekitar; jangan masuk sendirian.", "Tell 112 who is still inside, and where. Call people around you; do not go in alone."},
	Missing:   {"Polisi: 110. Sebutkan nama, umur, dan bajunya; satu orang tetap di dekat tempat ia terakhir terlihat.", "Police: 110. Tell the name, the age and the clothes; let somebody stay near where the person was last seen."},
}

// FirstAid is the first thing to do in a kind of danger, "" for any.
func (v Voice) FirstAid(peril string) string {
	a, ok := advised[peril]
	if !ok {
		return v.pick("Menjauhlah dulu ke tempat aman.", "Get to a safe place first.")
	}
	return strings.NewReplacer("112", v.emergency(), "110", v.police()).Replace(v.pick(a[0], a[1]))
}

// AboutEmergency says what the emergency number is.
func (v Voice) AboutEmergency() string {
	name, about := "", ""
	if e := v.Profile.Emergency; len(e) > 0 {
		name, about = e[0].Name, e[0].About
	}
	s := v.f("%s adalah nomor darurat", "%s is the emergency number", bot.Bold(v.emergency()))
	if name != "" {
		s += " (" + name + ")"
	}
	s += v.pick(": gratis walau tanpa pulsa, 24 jam.", ": free of charge even without credit, day and night.")
	if about != "" && v.Lang != "en" {
		s += "\n" + about
	}
	return s
}

// NumberTyped answers who types the emergency number into the chat.
func (v Voice) NumberTyped() string {
	return v.f("🚨 Ada bahaya SEKARANG? Telepon %s langsung dari HP Anda: gratis walau tanpa pulsa, 24 jam. Chat ini tidak tersambung ke sana.\nTulis juga di sini apa yang terjadi dan di mana; petugas langsung saya beri tahu.",
		"🚨 In danger NOW? Call %s from your phone: free of charge even without credit, day and night. This chat does not connect you.\nWrite here too what is happening and where; I tell an officer at once.",
		bot.Bold(v.emergency()))
}

// Unanswered is for who called the emergency number in vain: other numbers, those that fit the danger first.
func (v Voice) Unanswered(peril string) string {
	others := v.otherNumbers(peril)
	if others != "" {
		others = v.pick(" Nomor lain:\n", " Other numbers:\n") + others
	}
	return v.f("Coba %s lagi sambil menunggu.", "Try %s again meanwhile.", bot.Bold(v.emergency())) + others + "\n" +
		v.pick("Petugas saya beri tahu sekarang bahwa nomor itu tidak menjawab. Mintalah juga bantuan orang terdekat.",
			"I tell the officer now that the number does not answer. Ask people near you for help, too.")
}

// NumbersInDanger answers who asks for a number to call.
func (v Voice) NumbersInDanger(peril string) string {
	return v.pick("Nomornya:", "The numbers:") + fmt.Sprintf("\n• %s ", bot.Bold(v.emergency())) + v.pick("semua darurat, juga damkar dan ambulans", "any emergency, also fire brigade and ambulance") + strings.TrimRight("\n"+v.otherNumbers(peril), "\n")
}

// helpful holds who can do something about a kind of danger, the first to be called first: who has called in vain loses no time with others.
var helpful = map[string][]string{
	"api": {profile.ForCrime, profile.ForMedical}, "gas": {profile.ForCrime, profile.ForMedical}, "medis": {profile.ForMedical, profile.ForCrime},
	"lalin": {profile.ForMedical, profile.ForCrime}, "hewan": {profile.ForMedical, profile.ForCrime}, "jahat": {profile.ForCrime, profile.ForMedical},
	"rumah": {profile.ForAbuse, profile.ForCrime, profile.ForMedical}, Missing: {profile.ForCrime, profile.ForRescue},
	"air": {profile.ForRescue, profile.ForMedical, profile.ForCrime}, "banjir": {profile.ForRescue, profile.ForCrime, profile.ForMedical},
	"runtuh": {profile.ForRescue, profile.ForMedical, profile.ForCrime}, Inside: {profile.ForRescue, profile.ForMedical, profile.ForCrime},
	"setrum": {profile.ForPower, profile.ForMedical, profile.ForCrime}, "tiang": {profile.ForPower, profile.ForMedical, profile.ForCrime},
	"pohon": {profile.ForPower, profile.ForMedical, profile.ForCrime},
}

// otherNumbers are the numbers beside the emergency number, one a line, those for the kind of danger first.
func (v Voice) otherNumbers(peril string) string {
	needs, known := helpful[peril]
	if !known {
		needs = []string{profile.ForCrime, profile.ForMedical, profile.ForRescue}
	}
	var lines []string
	for _, need := range needs {
		for _, h := range v.Profile.Help(need) {
			if line := fmt.Sprintf("• %s %s", bot.Bold(h.Number), h.Name); !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// WhatToDo answers who asks what to do now.
func (v Voice) WhatToDo(peril string) string {
	return v.FirstAid(peril) + "\n" + v.f("Kalau belum, telepon %s sekarang. Petugas membaca chat ini; tulis apa yang berubah.",
		"If you have not yet, call %s now. An officer reads this chat; write what changes.", bot.Bold(v.emergency()))
}

// HelpWhere says where somebody who suffers violence turns to. visum says that it is asked for the medical report.
func (v Voice) HelpWhere(visum bool) string {
	s := v.pick("Yang bisa Anda hubungi, tanpa laporan apa pun di sini:", "Whom you can turn to, without any report here:") + "\n" + v.helplines(profile.ForAbuse)
	if code, _ := v.Profile.Office(profile.Violence, "", ""); code != "" {
		if a, ok := v.Profile.Agency(code); ok {
			s += "\n• " + a.Name + v.pick(" (pendampingan)", " (somebody to stand by you)")
		}
	}
	if visum {
		s += "\n\n" + v.f("Soal visum: tanyakan kepada polisi (%s) atau pendamping di atas. Polisilah yang memintanya ke rumah sakit.",
			"About the medical report (visum): ask the police (%s) or those above. It is the police who ask the hospital for it.", bot.Bold(v.police()))
	}
	return s
}

func (v Voice) police() string {
	if h := v.Profile.Help(profile.ForCrime); len(h) > 0 {
		return h[0].Number
	}
	return "110"
}

// HeldBack says that no report is made against somebody's wish, and that a person can be had.
func (v Voice) HeldBack() string {
	return v.pick("Baik, tidak saya jadikan laporan. Petugas yang saya panggil hanya menjawab di chat ini, secara rahasia; tulis saja kalau perlu.",
		"All right, I make no report of it. The officer I called only answers in this chat, in confidence; just write if you need to.")
}

// QuietlyFiled says that a danger was filed by itself, in words that tell nothing to who else reads the phone.
func (v Voice) QuietlyFiled() string {
	return v.pick("Pesan Anda sudah saya catat untuk petugas. Tulis kapan pun aman.", "I have noted your message for an officer. Write whenever it is safe.")
}

// QuietNews says that there is news, in words that tell nothing to who else reads the phone.
func (v Voice) QuietNews() string {
	return v.f("Ada kabar untuk Anda. Tulis %s kapan pun aman.", "There is news for you. Write %s whenever it is safe.", bot.Bold(v.pick("kabar", "news")))
}

// AskHandled asks whether a danger that others have seen to is to become a report.
func (v Voice) AskHandled() string {
	return v.pick("Perlu saya catat sebagai laporan untuk kantor yang mengurusnya?", "Shall I file it as a report, for the office in charge?")
}

// NotFiled says that no report was made.
func (v Voice) NotFiled() string {
	return v.pick("Baik, tidak saya jadikan laporan. Ada apa-apa lagi? Tulis saja.", "All right, no report is made. If anything comes up, just write.")
}
