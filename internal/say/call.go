package say

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What is said while somebody may be in danger, or talks with a person of the office. Officers have no names here.

// Missing is the danger of somebody who cannot be found (understand.Reading.Danger): nobody is to get to safety then.
const Missing = "hilang"

// Danger puts the number first. It is the first thing said, whatever else there is. peril is the kind of danger, "" for any.
func (v Voice) Danger(peril string) string {
	return v.f("🚨 Ada yang dalam bahaya SEKARANG? Telepon %s. Gratis, 24 jam.\n%s\n\n"+
		"Pesan Anda saya teruskan ke petugas sekarang, begitu juga apa pun yang Anda tulis di sini. Chat ini tidak mengirim ambulans atau damkar.",
		"🚨 Is somebody in danger NOW? Call %s. Free, day and night.\n%s\n\n"+
			"Your message goes to an officer now, and so does all you write here. This chat does not send ambulances or fire engines.",
		bot.Bold(v.emergency()), v.FirstAid(peril))
}

// AskWhereDanger asks where the danger is, or where somebody was seen last, and nothing else.
func (v Voice) AskWhereDanger(peril string) string {
	if peril == Missing {
		return v.pick("Di mana dan jam berapa terakhir terlihat? Kirim juga nomor telepon Anda supaya petugas bisa menelepon.",
			"Where and at what time was the person last seen? Send your phone number, too, so that an officer can call you.")
	}
	return v.pick("Di mana tempatnya? Kirim lokasi, atau tulis alamat dan patokannya.",
		"Where is it? Send your location, or write the address and a landmark.")
}

// AskLastSeen asks what else those who look for somebody have to know, where the place was told, and to hear that the person is found.
func (v Voice) AskLastSeen() string {
	return v.pick("Jam berapa terakhir terlihat, dan sama siapa? Kirim juga nomor telepon Anda supaya petugas bisa menelepon.\nSudah ketemu? Kabari di sini.",
		"At what time was the person last seen, and with whom? Send your phone number, too, so that an officer can call you.\nFound already? Tell me here.")
}

// AskSafe asks whether the person is safe, or was found.
// of says that it is somebody else who is in danger.
func (v Voice) AskSafe(peril string, of bool) string {
	switch {
	case peril == Missing:
		return v.pick("Sudah ketemu?", "Has the person been found?")
	case of:
		return v.pick("Sudah ada yang menolong orangnya?", "Is somebody helping the person?")
	}
	return v.pick("Anda sudah aman?", "Are you safe now?")
}

// TellSafe asks to be told when it is over; it is no question any more.
func (v Voice) TellSafe(peril string, of bool) string {
	switch {
	case peril == Missing:
		return v.pick("Kabari kalau sudah ketemu.", "Tell me when the person is found.")
	case of:
		return v.f("Kabari kalau orangnya sudah ditolong. Belum: telepon %s.", "Tell me when the person has been helped. If not: call %s.", bot.Bold(v.emergency()))
	}
	return v.f("Kabari kalau sudah aman. Masih bahaya: telepon %s.", "Tell me when you are safe. Still in danger: call %s.", bot.Bold(v.emergency()))
}

// Told says that the room gets what was written.
func (v Voice) Told() string {
	return v.pick("Saya teruskan ke petugas.", "I pass it on to the officer.")
}

// StillHere ends an answer in danger when nothing is left to ask.
func (v Voice) StillHere() string {
	return v.f("Ada kabar lain? Tulis saja di sini. Masih bahaya: telepon %s.", "Any news? Just write here. Still in danger: call %s.",
		bot.Bold(v.emergency()))
}

// Calmed says that the room knows that it is no danger; the report goes on as any other.
func (v Voice) Calmed() string {
	return v.pick("Baik, saya beri tahu petugas: bukan darurat. Laporan Anda tetap saya lanjutkan seperti biasa.",
		"All right, I tell the officer: no emergency. Your report goes on as usual.")
}

// GladSafe answers who is safe.
func (v Voice) GladSafe(peril string, of bool) string {
	if peril == Missing || of {
		return v.pick("Syukurlah. Petugas saya beri tahu.", "That is good. I tell the officer.")
	}
	return v.pick("Syukurlah. Petugas saya beri tahu bahwa Anda sudah aman.", "That is good. I tell the officer that you are safe.")
}

// DangerFiled is the receipt of a report about a danger. silent says that it was sent because nobody wrote any more.
func (v Voice) DangerFiled(r report.Report, silent bool) string {
	code := bot.Bold(string(r.Code))
	head := v.f("Laporan Anda tercatat: nomor %s.", "Your report is filed: number %s.", code)
	if silent {
		head = v.f("Supaya tidak hilang, laporan Anda saya kirim apa adanya: nomor %s.", "So that it is not lost, your report was sent as it is: number %s.", code)
	}
	return head + "\n" + v.StillHere()
}

// WaitsBehind says that the report in the making waits while somebody is in danger.
func (v Voice) WaitsBehind(category string) string {
	if category == "" {
		return v.pick("Laporan Anda yang tadi saya simpan dulu; tidak hilang.", "The report you were making is kept; it is not lost.")
	}
	return v.f("Laporan Anda yang tadi (%s) saya simpan dulu; tidak hilang.", "The report you were making (%s) is kept; it is not lost.", v.Topic(category))
}

// StillUnsent says, when a danger is over, that the report from before it is there and was not sent.
func (v Voice) StillUnsent(words string) string {
	s := v.pick("Laporan Anda yang tadi masih saya simpan dan belum terkirim", "The report you were making before is still here and has not been sent")
	if words != "" {
		s += ": " + quote(words, 100)
	}
	return s + v.f(".\nUntuk meneruskan, tulis %s.", ".\nTo go on, write %s.", bot.Bold(v.pick("lanjutkan", "continue")))
}

// Earlier comes before the question of the report that waited while another was sent.
func (v Voice) Earlier(words string) string {
	if words == "" {
		return v.pick("Sekarang laporan Anda yang tadi.", "Now the report from before.")
	}
	return v.f("Sekarang laporan Anda yang tadi: %s", "Now the report from before: %s", quote(words, 80))
}

// FromOfficer brings an officer's words as they stand.
func (v Voice) FromOfficer(words string) string {
	return "💬 " + bot.Bold(v.pick("Petugas", "Officer")) + ": " + words
}

// OfficerFiles heads what an officer sent.
func (v Voice) OfficerFiles() string { return "💬 " + bot.Bold(v.pick("Petugas", "Officer")) }

// OfficerFiled says that an officer made a report of a talk.
func (v Voice) OfficerFiled(r report.Report) string {
	s := v.f("Petugas menjadikan percakapan ini laporan dengan nomor %s.", "The officer made a report of this talk: number %s.",
		bot.Bold(string(r.Code)))
	return s + "\n" + v.pick("Kabarnya datang ke chat ini. Balas pesan ini untuk menambah keterangan atau foto.",
		"News comes to this chat. Reply to this message to add words or photos.")
}

// HumanCalled says that a person was called, and when one answers. lost says that it was not asked for: the citizen was not
// understood.
func (v Voice) HumanCalled(at time.Time, lost bool) string {
	s := v.pick("Baik, saya panggilkan petugas. Tulis saja di sini; langsung saya teruskan.",
		"All right, I call an officer. Just write here; I pass it on at once.")
	if lost {
		s = v.pick("Maaf, saya belum paham. Saya panggilkan petugas; tulis saja di sini, langsung saya teruskan.",
			"Sorry, I do not understand. I call an officer; just write here, I pass it on at once.")
	}
	return s + "\n" + v.Attended(at)
}

// Attended says when somebody will answer.
func (v Voice) Attended(at time.Time) string {
	now, next := v.Profile.Attended(at)
	switch {
	case now:
		return v.pick("Petugas membalas di chat ini.", "An officer answers in this chat.")
	case next.IsZero():
		return v.pick("Petugas membalas pada jam kerja.", "An officer answers in office hours.")
	}
	return v.f("Sekarang di luar jam kerja; petugas membalas mulai %s.", "The office is closed now; an officer answers from %s on.", v.When(next))
}

// TalkGoesOn answers a line of a talk with an officer.
func (v Voice) TalkGoesOn() string {
	return v.pick("✓ Diteruskan ke petugas.", "✓ Passed on to the officer.")
}

// AskReportToo asks whether a report shall be made of what was told to a person.
func (v Voice) AskReportToo() string {
	return v.pick("Mau saya jadikan laporan juga? Laporannya langsung ke kantor yang mengurus.", "Shall I make a report of it as well? It goes straight to the office in charge.")
}

// NoReportToo answers who does not want one.
func (v Voice) NoReportToo() string {
	return v.pick("Baik, tidak saya jadikan laporan. Tulis saja terus; langsung saya teruskan ke petugas.", "All right, no report. Just write on; I pass it to the officer.")
}

// TalkHidden answers who does not want to be named, or read, in a talk with an officer.
func (v Voice) TalkHidden(words bool) string {
	if words {
		return v.pick("Baik 🙏. Percakapan ini sekarang rahasia: isinya hanya untuk satu petugas, secara pribadi. Jujur saja: yang sudah membacanya sebelum ini tidak bisa dibuat lupa.",
			"All right 🙏. This talk is confidential now: what you write is for one officer, in private. To be honest: whoever read it before this cannot be made to forget it.")
	}
	return v.pick("Baik 🙏. Mulai sekarang nama Anda tidak tampil di percakapan ini. Jujur saja: petugas yang sudah melihatnya sebelum ini tidak bisa dibuat lupa.",
		"All right 🙏. From now on your name does not show in this talk. To be honest: officers who saw it before this cannot be made to forget it.")
}

// NamelessHere answers who does not want to be known where nobody was shown the name. helped says that it is a talk with who helps.
func (v Voice) NamelessHere(helped bool) string {
	if helped {
		return v.pick("Tenang, nama Anda tidak ditampilkan di sini sejak awal, dan cerita Anda dirahasiakan: hanya dikirim ke petugas pendamping.",
			"Do not worry: your name has not been shown here from the start, and what you tell is confidential: it is sent to the officer who helps, and to nobody else.")
	}
	return v.pick("Tenang, nama Anda memang tidak tampil di percakapan ini.", "Do not worry: your name does not show in this talk.")
}

// WithYou answers a line of who is harmed. n is how many lines there were: nobody is answered the same each time.
func (v Voice) WithYou(n int) string {
	all := [...]string{
		v.pick("Terima kasih sudah bercerita. Saya sampaikan ke petugas pendamping, secara rahasia.", "Thank you for telling. I pass it on to the officer who helps, confidentially."),
		v.pick("Saya di sini. Ceritakan pelan-pelan saja; semuanya saya sampaikan ke petugas pendamping.", "I am here. Take your time; all of it is passed on to the officer who helps."),
		v.pick("Anda tidak sendirian. Tulisan Anda saya teruskan ke petugas pendamping.", "You are not alone. What you write is passed on to the officer who helps."),
	}
	return all[n%len(all)]
}

// EndangeredNow answers who is harmed and in danger at this moment.
func (v Voice) EndangeredNow() string {
	return v.f("🚨 Dalam bahaya sekarang? Telepon %s, gratis. Menjauhlah dulu ke tempat yang ada orang.\nTulisan Anda saya sampaikan ke petugas pendamping.",
		"🚨 In danger now? Call %s, free. Go where there are people.\nWhat you write is passed on to the officer who helps.", bot.Bold(v.emergency()))
}

// HelperTold answers who is harmed and wants a person. spoken says that one has written.
func (v Voice) HelperTold(at time.Time, spoken bool) string {
	if spoken {
		return v.pick("Baik, saya sampaikan ke petugas pendamping yang menulis di sini.", "All right, I tell the officer who writes here.")
	}
	return v.pick("Baik, petugas pendamping sudah saya panggil, orang, bukan robot.", "All right, I have called the officer who helps, a person, not a robot.") + "\n" + v.Attended(at)
}

// StillCalled answers who asks for a person again before one has written.
func (v Voice) StillCalled(at time.Time) string {
	return v.pick("Petugasnya sudah saya panggil, orang, bukan robot. Pesan Anda sudah sampai.", "I have called an officer, a person, not a robot. Your message is there.") + "\n" + v.Attended(at)
}

// TalkOver ends a talk at the citizen's wish.
func (v Voice) TalkOver() string {
	return v.pick("Baik, percakapan dengan petugas selesai.", "All right, the talk with the officer is over.")
}

// SelfHarm answers who thinks of ending his or her life. It quotes nothing and asks for nothing.
func (v Voice) SelfHarm() string {
	s := v.pick("Terima kasih sudah bercerita. Anda tidak sendirian, dan apa yang Anda rasakan penting.\n\n",
		"Thank you for telling me. You are not alone, and what you feel matters.\n\n")
	s += v.pick("Ada orang yang siap mendengarkan sekarang:", "There are people who listen, right now:") + "\n" + v.helplines(profile.ForSelf)
	s += v.f("\nKalau Anda atau orang lain dalam bahaya saat ini: %s.", "\nIf you or somebody else is in danger at this moment: %s.", bot.Bold(v.emergency()))
	return s + "\n\n" + v.pick("Seorang petugas juga saya panggil dan akan membalas di chat ini. Kalau bisa, dekatlah dengan orang yang Anda percaya. Saya tetap di sini.",
		"I have also called a person, who will answer in this chat. If you can, stay close to somebody you trust. I am still here.")
}

// SelfHarmOther answers who fears that somebody else thinks of ending his or her life.
func (v Voice) SelfHarmOther() string {
	s := v.pick("Terima kasih sudah memberi tahu; itu sudah menolong dia.\n\nTemani, dengarkan tanpa menghakimi, dan jauhkan benda yang berbahaya. Untuk dia, juga untuk Anda bertanya:",
		"Thank you for telling me; that is a help already.\n\nWhat you can do: stay with the person, listen without judging, ask openly, and put dangerous things away.\n\nFor him or her, and for you to ask how:") +
		"\n" + v.helplines(profile.ForSelf)
	s += v.f("\nKalau hendak terjadi sekarang: %s, lalu tulis di mana tempatnya.", "\nIf it is about to happen now: %s, then write where.", bot.Bold(v.emergency()))
	return s + "\n\n" + v.pick("Seorang petugas juga saya panggil dan akan membalas di chat ini.", "I have also called a person, who will answer in this chat.")
}

// SelfHarmAgain answers who says it again, before an officer has written.
func (v Voice) SelfHarmAgain() string {
	return v.Hears() + "\n" + v.helplines(profile.ForSelf) + "\n• " + bot.Bold(v.emergency())
}

// Hears answers what follows. It stays short: who writes should be heard, not lectured.
func (v Voice) Hears() string {
	return v.pick("Saya di sini. Tulisan Anda sampai ke petugas.", "I am here. What you write reaches a person.")
}

// Abuse answers who tells of violence against a woman or a child.
func (v Voice) Abuse() string {
	s := v.pick("Terima kasih sudah berani bercerita. Ini bukan salah korban.\n\nBantuan yang bisa dihubungi:",
		"Thank you for having the courage to tell. The victim is not to blame.\n\nHelp that can be reached:") + "\n" + v.helplines(profile.ForAbuse)
	s += v.f("\nSedang terjadi sekarang: %s.", "\nHappening right now: %s.", bot.Bold(v.emergency()))
	return s + "\n\n" + v.pick("Petugas pendamping saya panggil; cerita Anda dirahasiakan.", "I call somebody who can help; what you tell stays confidential.") + "\n" + v.ReadByOthers()
}

// AbuseHelp are the numbers beside 112 for who is beaten or abused.
func (v Voice) AbuseHelp() string {
	return v.pick("Ini bukan salah korban. Bantuan lain:", "The victim is not to blame. More help:") + "\n" + v.helplines(profile.ForAbuse) + "\n" +
		v.ReadByOthers()
}

// ReadByOthers tells whose phone others read what to do.
func (v Voice) ReadByOthers() string {
	return v.pick("🗑 Kalau HP ini dibaca orang lain, hapus chat ini setelah membaca.", "🗑 If others read this phone, delete this chat after reading.")
}

// LongingHelp are the numbers beside 112 for who sees somebody about to end his or her life.
func (v Voice) LongingHelp() string {
	return v.pick("Bantuan lain, juga untuk cara bicaranya:", "More help, also on how to talk:") + "\n" + v.helplines(profile.ForCrime) + "\n" + v.helplines(profile.ForSelf)
}

// AskSafeHere asks whether answers in this chat endanger the person.
func (v Voice) AskSafeHere() string {
	return v.pick("Apakah aman kalau kami membalas di chat ini?", "Is it safe if we answer in this chat?")
}

// Silent says that nothing more is written to a chat that others read.
func (v Voice) Silent() string {
	return v.pick("Baik, kami tidak menulis lagi di sini. Hapus chat ini sekarang. Kalau sudah aman, tulis kapan saja.",
		"All right, we write no more here. Delete this chat now. When it is safe, write at any time.")
}

// Neutral is what whoever holds the phone reads after somebody has said that this chat is not safe: it tells of no talk.
func (v Voice) Neutral() string {
	return v.f("Ini layanan informasi dan laporan warga: jalan, lampu, sampah, dan lainnya. Tulis %s untuk melihat pilihannya.",
		"This is the city's service for information and reports: streets, lamps, waste and more. Write %s to see what there is.", bot.Bold("menu"))
}

// SafeHere goes on with who can be answered.
func (v Voice) SafeHere() string {
	return v.pick("Baik. Ceritakan sebanyak yang Anda mau; langsung saya teruskan, secara rahasia.\nKalau nanti mau dijadikan laporan resmi, tulis "+bot.Bold("jadikan laporan")+".",
		"Good. Tell as much as you like; I pass it on, confidentially.\nIf you want a report made of it later, write "+bot.Bold("make it a report")+".")
}

// helplines are the numbers for a need, one a line.
func (v Voice) helplines(need string) string {
	var b strings.Builder
	for i, h := range v.Profile.Help(need) {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "• %s %s", bot.Bold(h.Number), h.Name)
	}
	return b.String()
}

// NumberKept says that a phone number went to the officers' card and nowhere else.
func (v Voice) NumberKept() string {
	return v.pick("Nomor Anda saya teruskan ke petugas, hanya untuk keadaan ini.", "I pass your number on to the officer, for this emergency only.")
}

// NumberUseless says that a phone number is not needed.
func (v Voice) NumberUseless() string {
	return v.pick("Nomor telepon tidak saya perlukan, dan tidak saya simpan.", "I need no phone number, and do not keep it.")
}

// callLabel holds the fixed choices of talks. In danger no short "ya" or "tidak" means anything: an officer may just have
// asked something else.
func callLabel(id string) labels {
	switch id {
	case "safe":
		return labels{"Sudah aman", "I am safe", "saya aman|aman|sudah selamat|safe"}
	case "unsafe":
		return labels{"Belum aman", "Not safe yet", "belum|masih bahaya|not safe|not yet"}
	case "found":
		return labels{"Sudah ketemu", "Found", "ketemu|found"}
	case "notfound":
		return labels{"Belum ketemu", "Not found yet", "belum|not yet"}
	case "helped":
		return labels{"Sudah ditolong", "Helped", "sudah ditolong|sudah tertolong|ditolong|helped"}
	case "nothelped":
		return labels{"Belum", "Not yet", "belum ditolong|belum ada|not yet"}
	case "nodanger":
		return labels{"Bukan darurat", "Not an emergency", "tidak darurat|bukan bahaya|no emergency"}
	case "keepfile":
		return labels{"Jadikan laporan", "Make it a report", "ya|iya|boleh|perlu|kirim|catat|laporkan|lapor|yes|ok|oke|file"}
	case "prior":
		return labels{"Yang sebelumnya", "The one before it", "yang tadi|yang lama|sebelumnya|yang sebelum itu|the earlier one|the old one"}
	case "nofile":
		return labels{"Tidak usah", "No need", "tidak|ga|gak|nggak|ga usah|gak usah|tidak perlu|ga perlu|jangan|no|cukup"}
	case "herefine":
		return labels{"Aman", "It is safe", "ya|iya|aman|boleh|yes|safe"}
	case "herebad":
		return labels{"Tidak aman", "It is not safe", "tidak|jangan|nggak|gak|ga|bahaya|no"}
	case "makereport":
		return labels{"Jadikan laporan", "Make it a report", "buat laporan|laporan|report"}
	case "endtalk":
		return labels{"Selesai", "Done", "cukup|tutup|done|end"}
	}
	return labels{id, id, ""}
}
