package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Receipt confirms a filed report: number, office, the day an answer is due, how to follow it.
func (v Voice) Receipt(r report.Report) string {
	if r.Status == report.Quarantined {
		return v.Quarantined(r)
	}
	s := v.f("Terima kasih! 🙏 Laporan diterima dengan nomor %s.\n", "Thank you! 🙏 Your report is filed under number %s.\n", bot.Bold(string(r.Code)))
	switch o, owned := v.Profile.Owner(r.Owner); {
	case owned:
		s += v.f("Petugas %s menyampaikannya ke %s", "Officers of %s pass it on to %s", v.Profile.Coordinator, bot.Bold(o.Short))
	case r.Agency == "" && v.Profile.Elsewhere(r.Category, r.Abroad()):
		s += v.f("Tempatnya di wilayah %s, jadi petugas %s melihatnya dulu", "The place is in %s, so officers of %s look at it first", r.Place.Whose, v.Profile.Coordinator)
	case r.Agency == "":
		s += v.f("Petugas %s mencarikan kantor yang tepat", "Officers of %s find the right office", v.Profile.Coordinator)
	default:
		s += v.f("Yang menangani: %s", "In charge: %s", bot.Bold(v.Office(r.Agency)))
	}
	if t, owed := r.Owes(); owed {
		s += v.f(". Dijawab paling lambat %s", ". You get an answer by %s", bot.Bold(v.Due(t.Due)))
	}
	return s + v.inBrowser(r, v.f(".\n\nKabarnya datang ke chat ini. Mau menambah? Balas pesan ini. Mau melihat laporan Anda? Tulis %s.",
		".\n\nNews comes to this chat. To add something, reply to this message. To see your reports, write %s.", bot.Bold("status")))
}

// inBrowser adds where everybody can follow a report in a browser, of one that everybody may know of.
func (v Voice) inBrowser(r report.Report, s string) string {
	if _, open := report.Public(r, v.Profile.Sensitive); !open || v.Profile.Pages == "" || r.Category == "" {
		return s
	}
	return s + v.f("\n\nDi browser: %s (tanpa nama dan tanpa kata-kata Anda).", "\n\nIn a browser: %s (without your name or your words).", v.Profile.Pages+"/laporan/"+string(r.Code))
}

// NoReports says that there are none.
func (v Voice) NoReports() string {
	return v.pick("Anda belum punya laporan. Mau melapor? Tulis saja apa masalahnya dan di mana.", "You have no reports yet. To report, just write what is wrong and where.")
}

// List lists the own reports, newest first.
func (v Voice) List(reports []report.Report) string {
	var b strings.Builder
	b.WriteString(bot.Bold(v.pick("Laporan Anda", "Your reports")) + "\n")
	for _, r := range reports {
		b.WriteString(v.line(r) + "\n")
	}
	b.WriteString(v.pick("Kirim nomornya untuk melihat selengkapnya.", "Send a number to see all of it."))
	return b.String()
}

func (v Voice) line(r report.Report) string {
	s := "• " + bot.Bold(string(r.Code)) + " " + v.Topic(r.Category)
	if where := v.area(r.Place); where != "" {
		s += ", " + where
	}
	return s + ": " + v.stands(r)
}

// stands is how a report stands: a plan with its date, what was closed with why.
func (v Voice) stands(r report.Report) string {
	s := v.Status(r.Status)
	switch {
	case r.Status == report.Planned && !r.Until.IsZero():
		s += v.f(" paling lambat %s", " for %s at the latest", v.LongDay(r.Until))
	case r.Status == report.Closed && r.Verdict == report.Fixed:
		return v.pick("sudah beres", "fixed")
	case r.Status == report.Closed && !r.Recalled.IsZero():
		return v.pick("Anda tarik", "taken back by you")
	case r.Status == report.Closed && r.Mirror != nil && r.Mirror.Word != "" && r.Ended.Equal(r.Mirror.At):
		return v.pick("ditutup di LAPOR!", "closed in LAPOR!")
	case r.Status == report.Closed:
		s += v.pick(" tanpa tanggapan", " without an answer")
	}
	return s
}

// Story tells its owner all about a report: what was sent, where it stands and what happened, newest last.
func (v Voice) Story(r report.Report, facts []report.Fact) string {
	var b strings.Builder
	b.WriteString(v.f("%s: %s\n", "%s: %s\n", bot.Bold(string(r.Code)), v.stands(r)))
	if r.Text != "" {
		b.WriteString("“" + Clip(r.Text, 300) + "”\n")
	}
	b.WriteString(v.topic(r.Draft))
	if where := v.Where(r.Place); where != "" {
		b.WriteString(" · 📍 " + where)
	}
	b.WriteString(" · " + v.Office(r.Agency) + "\n")
	if t, owed := r.Owes(); owed && r.Status.Open() {
		b.WriteString(v.f("Dijawab paling lambat %s.\n", "You get an answer by %s.\n", bot.Bold(v.Due(t.Due))))
	}
	told := make([]string, 0, len(facts))
	for _, f := range facts {
		if s := v.fact(f); s != "" {
			told = append(told, "• "+v.When(f.At)+" "+s)
		}
	}
	if len(told) > 10 {
		told = append([]string{told[0], "• …"}, told[len(told)-8:]...)
	}
	if len(told) > 0 {
		b.WriteString("\n" + strings.Join(told, "\n"))
	}
	return strings.TrimSpace(b.String())
}

// fact tells one fact to the citizen; "" for what is the operators' own (notes, withdrawn answers).
func (v Voice) fact(f report.Fact) string {
	words := ""
	if f.Words != "" {
		words = ": " + quote(f.Words, 200)
	}
	switch f.What {
	case report.WasFiled:
		return v.pick("Laporan Anda diterima", "Your report was received")
	case report.WasAssigned:
		return v.f("Masuk ke %s", "Went to %s", v.Office(f.Agency))
	case report.WasTaken:
		return v.pick("Mulai ditangani petugas", "An officer took it in hand")
	case report.WasAnswered:
		return v.pick("Jawaban petugas", "The officers answered") + words
	case report.WasForwarded:
		return v.f("Diteruskan ke %s", "Passed on to %s", v.Office(f.Agency))
	case report.WasCategorised:
		return v.f("Kategorinya dibetulkan: %s", "Filed under another heading: %s", v.Category(f.Category))
	case report.WasReturned:
		return v.pick("Dicarikan kantor lain", "Another office is being found")
	case report.WasResolved:
		return v.pick("Dinyatakan selesai oleh kantor", "The office says it is done") + words
	case report.WasPlanned:
		return v.planned(f.Until) + words
	case report.WasJudged:
		return v.judged(f.Verdict) + words
	case report.WasDisputed:
		return v.pick("Anda tidak setuju; petugas memeriksanya lagi", "You disagreed; officers look at it again") + words
	case report.WasLapsed:
		return v.pick("Ditutup tanpa tanggapan", "Closed without an answer")
	case report.WasReopened:
		return v.pick("Dibuka lagi oleh petugas", "Opened again by officers")
	case report.WasRated:
		return v.f("Anda memberi nilai %d", "You gave a mark of %d", f.Stars)
	case report.WasRejected:
		return v.pick("Tidak bisa dikerjakan", "Cannot be acted upon") + words
	case report.WasTransferred:
		return v.handedTo(f)
	case report.WasAdded:
		return v.addition(f, words)
	case report.WasMerged:
		return v.f("Digabung dengan laporan %s", "Joined with report %s", withOf(f))
	case report.WasUnmerged:
		return v.f("Dipisah lagi dari laporan %s", "Parted again from report %s", withOf(f))
	case report.WasSplit, report.WasSplitOff, report.WasCovered:
		return v.splitFact(f)
	case report.WasPhoned:
		return v.pick("Petugas menulis langsung dari HP kantor", "An officer wrote by hand from the office's phone") + words
	case report.WasAsked:
		return v.pick("Pertanyaan petugas", "The officers asked") + words
	case report.WasQuarantined:
		return v.pick("Disimpan, dilihat petugas dulu", "Kept; officers look at it first")
	case report.WasAdmitted:
		return v.pick("Diterima sesudah dilihat petugas", "Accepted after officers had looked at it")
	case report.WasLinked, report.WasMirrored:
		return v.laporFact(f)
	default:
		return v.afterwards(f, words)
	}
}

// Outline is what anybody may know of a report.
func (v Voice) Outline(o report.Outline) string {
	s := v.f("Laporan %s: %s", "Report %s: %s", bot.Bold(string(o.Code)), v.Topic(o.Category))
	if where := v.area(report.Place{AreaName: o.AreaName, DistrictName: o.DistrictName}); where != "" {
		s += ", " + where
	}
	return s + ". " + v.f("Sekarang: %s.\nIsi lengkapnya hanya untuk pelapornya.", "It is %s.\nOnly the person who filed it sees the rest.", v.Status(o.Status))
}

// NotFound says that no such report exists, or none that may be shown.
func (v Voice) NotFound(code report.Code) string {
	return v.f("Laporan %s tidak saya temukan. Periksa lagi nomornya, atau tulis %s.", "I cannot find report %s. Please check the number, or write %s.",
		bot.Bold(string(code)), bot.Bold("status"))
}

// NumberAlone asks what a number is to say that was written under news of a report, where nothing is to be chosen.
func (v Voice) NumberAlone(said string, code report.Code) string {
	return v.f("“%s” tidak memilih apa pun di sini. Mau menambah sesuatu ke laporan %s? Tulis dengan kata-kata.",
		"“%s” chooses nothing here. Is there something to add to report %s? Please write it in words.", said, bot.Bold(string(code)))
}

// LostNumber says that the report of a number is probably gone with what a gap lost, and asks for it again.
func (v Voice) LostNumber(code report.Code, gap report.Gap) string {
	return v.f("Maaf 🙏, laporan %s tidak ada lagi pada kami. Sistem kami sempat rusak: yang masuk antara %s dan %s hilang, mungkin juga laporan ini.\n\n"+
		"Ceritakan sekali lagi apa masalahnya dan di mana; nomor barunya langsung ada. Petugas sudah saya beri tahu.",
		"Sorry 🙏, we no longer have report %s. Our system broke down: what came in between %s and %s was lost, this report probably too.\n\n"+
			"Please tell once more what is wrong and where; you get a new number at once. The officers have been told.",
		bot.Bold(string(code)), v.When(gap.From), v.When(gap.Until))
}

// Unkept says that a report is gone because a server of ours failed just after it was filed, and asks for it again.
func (v Voice) Unkept(code report.Code) string {
	return v.f("Maaf sekali 🙏, laporan %s tidak tersimpan karena gangguan di sistem kami; nomor itu tidak berlaku lagi. Bukan salah Anda.\n\n"+
		"Kirim lagi ceritanya ya: pesan Anda yang tadi masih ada di atas, boleh disalin atau diteruskan ke sini. Bila masih ada bahaya, telepon 112 sekarang.",
		"We are very sorry 🙏, report %s was not kept because our system failed; that number is no longer valid. It is not your fault.\n\n"+
			"Please send it once more: what you wrote is still above, you may copy or forward it here. If there is still danger, call 112 now.",
		bot.Bold(string(code)))
}

// WordsUnkept says that what was said last may be gone because a server of ours failed.
func (v Voice) WordsUnkept() string {
	return v.f("Maaf 🙏, sistem kami sempat terganggu. Pesan Anda yang terakhir mungkin tidak tersimpan. Bila itu untuk laporan Anda, kirim sekali lagi ya.",
		"Sorry 🙏, our system failed for a moment. Your last message may not have been kept. If it was for your report, please send it once more.")
}

// Typo says that a number cannot be right.
func (v Voice) Typo(code report.Code, like string) string {
	return v.f("Nomor %s sepertinya salah ketik. Contohnya: %s. Tulis %s untuk melihat laporan Anda sendiri.",
		"The number %s seems to be mistyped. A right one looks like %s. Write %s to see your own reports.",
		bot.Bold(Clip(string(code), 16)), like, bot.Bold("status"))
}

// AddedTo says what was added to a filed report.
func (v Voice) AddedTo(code report.Code, what string) string {
	return v.f("Saya tambahkan ke laporan %s: %s. Petugas juga menerimanya.", "Added to report %s: %s. The officers receive it too.",
		bot.Bold(string(code)), what)
}

// Gone says that the report something was meant for is not there any more.
func (v Voice) Gone() string {
	return v.f("Laporannya tidak saya temukan lagi. Tulis %s untuk melihat laporan Anda.", "I cannot find that report any more. Write %s to see your reports.", bot.Bold("status"))
}

// CanNotAdd says that a report can no longer be added to.
func (v Voice) CanNotAdd(code report.Code) string {
	return v.f("Laporan %s sudah ditutup, jadi tidak bisa ditambah lagi. Masalahnya masih ada? Tulis saja sebagai laporan baru.",
		"Report %s is closed, so nothing can be added. Is the problem still there? Just write it as a new report.", bot.Bold(string(code)))
}

// AskAddWords offers to add the words that came with a number.
func (v Voice) AskAddWords(code report.Code, words string) string {
	return v.f("Tambahkan %s ke laporan %s?", "Add %s to report %s?", quote(words, 100), bot.Bold(string(code)))
}

// NotAddedTo confirms that nothing was added.
func (v Voice) NotAddedTo() string {
	return v.pick("Baik, tidak saya tambahkan.", "All right, nothing was added.")
}

// AskNumber asks which of the own reports to show.
func (v Voice) AskNumber() string {
	return v.pick("Laporan mana yang mau dilihat?", "Which report would you like to see?")
}

// StillOpen reminds, after a side step, that a report waits to be finished.
func (v Voice) StillOpen() string {
	return v.f("Laporan yang sedang Anda buat masih saya simpan. Untuk meneruskan, tulis %s.", "The report you are making is still here. To go on, write %s.",
		bot.Bold(v.pick("lanjutkan", "continue")))
}
