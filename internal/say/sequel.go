package say

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// What is said when unquoted words were taken for a report that is filed.

// TakenMenuKind begins the id of the menu under what was taken for a report, RecallMenuKind of that under a report that was taken
// back; the report's number follows. That of what was taken names the turn as well: it stands under each message that was.
const (
	TakenMenuKind  = "tk."
	RecallMenuKind = "rc."
)

// MeantMenuKind begins the id of the menu under a wish that was carried out while somebody waited for an answer; who that is follows.
// Behind each of the three stands which words it was under, for what was said to the same report before has a menu of the same kind.
const MeantMenuKind = "ja."

// ToOfficer is the choice that says so.
const ToOfficer = "toofficer"

// MeantMenu lets somebody say that some words were an answer to whom it names.
func (v Voice) MeantMenu(to, words string) *bot.Menu {
	return v.MenuOf(MeantMenuKind+to+"."+words, ToOfficer)
}

// TakenMenu lets somebody say that another report was meant; words are which words were taken.
func (v Voice) TakenMenu(code report.Code, words string) *bot.Menu {
	return v.MenuOf(TakenMenuKind+string(code)+"."+words, "nottaken")
}

// RecallMenu lets somebody change his or her mind about taking a report back.
func (v Voice) RecallMenu(code report.Code) *bot.Menu {
	return v.MenuOf(RecallMenuKind+string(code), "afterall")
}

// named is a report as it is named beside its number.
func (v Voice) named(r report.Report) string {
	s := bot.Bold(string(r.Code)) + " (" + v.Topic(r.Category)
	if where := v.area(r.Place); where != "" {
		s += ", " + where
	}
	return s + ")"
}

// Taken says which report got what was said, and who reads it; answer says that it was an answer to what an office had asked.
func (v Voice) Taken(r report.Report, answer bool, what string, at time.Time) string {
	if answer {
		return v.f("Saya teruskan ke %s sebagai jawaban untuk laporan %s: %s.", "Passed on to %s as the answer for report %s: %s.", v.brief(r), v.named(r), what)
	}
	s := v.f("Siap, saya sampaikan ke %s untuk laporan %s", "All right, passed on to %s for report %s", v.brief(r), v.named(r))
	if what != v.What(1, 0, 0, false) { // words need no name
		s += ": " + what
	}
	s += "."
	if !r.Status.Open() {
		return s
	}
	return s + "\n" + v.dueLine(r, at)
}

// AccusedApart says why words are not added to a report: whom they accuse might read it.
func (v Voice) AccusedApart(code report.Code) string {
	return v.f("Ini menyangkut orang kantor, jadi tidak saya tambahkan ke laporan %s: itu dibaca di grup petugas. Saya siapkan sebagai laporan tersendiri, rahasia.",
		"This is about somebody of an office, so I do not add it to report %s, which is read in the officers' group. I make a confidential report of its own.", bot.Bold(string(code)))
}

// Opposed confirms that the office and the coordinator know that its reporter does not take a plan, and that it stands meanwhile.
func (v Voice) Opposed(r report.Report) string {
	who := v.holder(r)
	if city := v.holder(report.Report{}); city != who {
		who += v.pick(" dan ", " and ") + city
	}
	s := v.f("Saya sampaikan ke %s: Anda tidak setuju dengan rencana laporan %s.", "I have told %s that you do not agree with the plan for report %s.", who, v.named(r))
	if r.Until.IsZero() {
		return s
	}
	return s + "\n" + v.f("Selama belum diubah, rencananya tetap paling lambat %s. Kabarnya datang ke chat ini.", "Until it is changed, the plan stays: %s at the latest. News comes to this chat.", bot.Bold(v.LongDay(r.Until)))
}

// GivenLate says which report got words whose question was not answered.
func (v Voice) GivenLate(words string, code report.Code, label string) string {
	what := v.pick("Kiriman Anda tadi", "What you sent before")
	if words != "" {
		what = quote(words, 100)
	}
	return v.f("%s saya sampaikan untuk laporan %s, %s.", "%s was passed on for report %s, %s.", what, bot.Bold(string(code)), label)
}

// IfDanger gives the emergency number, where words passed on may tell of a danger and most probably do not.
func (v Voice) IfDanger() string {
	return v.f("Ada yang dalam bahaya sekarang? Telepon %s.", "Is somebody in danger now? Call %s.", bot.Bold(v.emergency()))
}

// dueLine says until when an answer must come, or that it should have come.
func (v Voice) dueLine(r report.Report, at time.Time) string {
	owes, owed := r.Owes()
	switch {
	case r.Status == report.Planned && !r.Until.IsZero():
		return v.f("Rencananya dikerjakan paling lambat %s.", "It is planned for %s at the latest.", bot.Bold(v.LongDay(r.Until)))
	case owed && r.Reopens > 0 && at.After(owes.Due):
		return v.f("Sesudah dibuka lagi belum dijawab, padahal batasnya %s. Maaf. 🙏", "There is no answer yet since it was opened again, though it was due by %s. Sorry. 🙏", bot.Bold(v.Due(owes.Due)))
	case owed && r.Reopens > 0:
		return v.f("Dibuka lagi; dijawab paling lambat %s.", "It was opened again; an answer is due by %s.", bot.Bold(v.Due(owes.Due)))
	case !r.Answered.IsZero():
		return v.pick("Petugas sudah pernah menjawab; kabar berikutnya datang ke chat ini.", "The officers have answered before; further news comes to this chat.")
	case !owed:
		return v.pick("Belum dijawab.", "There is no answer yet.")
	case at.After(owes.Due):
		return v.f("Belum dijawab, padahal batasnya %s. Maaf. 🙏", "There is no answer yet, though it was due by %s. Sorry. 🙏", bot.Bold(v.Due(owes.Due)))
	}
	return v.f("Belum dijawab; paling lambat %s.", "There is no answer yet; it is due by %s.", bot.Bold(v.Due(owes.Due)))
}

// News tells how a report stands to who asks after it: where it is, what was said last, until when, and that its office is reminded.
func (v Voice) News(r report.Report, facts []report.Fact, at time.Time, urged bool) string {
	s := v.f("Laporan %s: %s, di %s.", "Report %s: %s, with %s.", v.named(r), v.stands(r), v.holder(r))
	if last := v.lastSaid(facts); last != "" {
		s += "\n" + last
	}
	if r.Status.Open() {
		s += "\n" + v.dueLine(r, at)
	}
	switch {
	case !r.Asked.IsZero():
		s += "\n" + v.pick("Petugas masih menunggu jawaban Anda atas pertanyaannya. Tulis saja di sini.", "The officers still wait for your answer to their question. Just write it here.")
	case urged:
		s += "\n" + v.f("Saya ingatkan %s sekarang.", "I remind %s now.", v.holder(r))
	case r.Status.Working() && at.Sub(r.Urged) < 24*time.Hour:
		s += "\n" + v.f("%s sudah saya ingatkan %s.", "I reminded %s on %s.", bigger(v.holder(r)), v.When(r.Urged))
	case r.Status == report.Resolved:
		s += "\n" + v.pick("Belum beres? Tulis saja di sini.", "Not fixed? Just write it here.")
	}
	return s
}

// PassedBeside says that what was told beside a question goes to the office of a report; of one that was joined with another, that nothing is lost.
func (v Voice) PassedBeside(r report.Report) string {
	s := v.f("Tulisan Anda saya sampaikan ke %s.", "What you wrote goes to %s.", v.brief(r))
	if r.Status == report.Merged {
		return v.NothingLost() + " " + s
	}
	return s
}

// NothingLost says that a report goes on that was joined with another.
func (v Voice) NothingLost() string {
	return v.pick("Tidak ada yang hilang: laporan Anda tetap ada, hanya ditangani bersama. Kalau memang beda, petugas bisa memisahkannya lagi. 🙏", "Nothing is lost: your report is still there, it is only handled together. If it is another matter, officers can part it again. 🙏")
}

// lastSaid quotes what an office said last, "" where it said nothing.
func (v Voice) lastSaid(facts []report.Fact) string {
	gone := map[int]bool{}
	for _, f := range facts {
		if f.What == report.WasWithdrawn {
			gone[f.Of] = true
		}
	}
	for _, f := range slices.Backward(facts) {
		if gone[f.Seq] || f.Words == "" {
			continue
		}
		switch f.What {
		case report.WasAnswered, report.WasAsked, report.WasResolved, report.WasPlanned, report.WasRejected:
			return v.f("Terakhir petugas menulis (%s): %s", "The officers last wrote (%s): %s", v.When(f.At), quote(f.Words, 200))
		}
	}
	return ""
}

// WhichMeant asks which report a message is about; alone says that only one is offered beside a new one.
func (v Voice) WhichMeant(words string, alone bool) string {
	what := v.pick("Kiriman Anda barusan", "What you just sent")
	if words != "" {
		what = quote(words, 100)
	}
	if alone {
		return v.f("%s: untuk laporan ini, atau laporan baru?", "%s: is it for this report, or a new one?", what)
	}
	return v.f("%s: untuk laporan yang mana?", "%s: for which report is it?", what)
}

// AskFresh asks whether words that were not for a report begin a new one.
func (v Voice) AskFresh(words string) string {
	return v.f("Baik, petugas saya beri tahu. %s: jadikan laporan baru?", "All right, the officers are told. %s: shall it be a new report?", quote(words, 100))
}

// SayAgain asks for words again that are not remembered any more.
func (v Voice) SayAgain() string {
	return v.pick("Itu sudah agak lama. Tulis sekali lagi, sebutkan nomor atau masalahnya, nanti saya sampaikan ke yang tepat.",
		"That was a while ago. Write it once more with the number or the matter, and I pass it on to the right one.")
}

// SaidMore says that a tap under what was said before takes back nothing: more was said since.
func (v Voice) SaidMore() string {
	return v.pick("Sesudah itu Anda sudah mengirim yang lain. Tulis sekali lagi yang ini, sebutkan nomor atau masalahnya, nanti saya sampaikan ke yang tepat.",
		"You have sent something else since. Write this once more with the number or the matter, and I pass it on to the right one.")
}

// NotWithdrawn says that a report stays.
func (v Voice) NotWithdrawn(code report.Code) string {
	return v.f("Baik, laporan %s tetap jalan.", "All right, report %s goes on.", bot.Bold(string(code)))
}

// NotWithdrawnTold is NotWithdrawn where something was told along with the wish.
func (v Voice) NotWithdrawnTold(code report.Code, words string) string {
	return v.f("%s Petugasnya juga menerima: %s", "%s Its officers also get: %s", v.NotWithdrawn(code), quote(words, 100))
}

// NoneWithdrawn says that no report was taken back, because it was not said which one.
func (v Voice) NoneWithdrawn() string {
	return v.pick("Belum ada laporan yang saya tarik, karena belum dipilih yang mana. Kalau masih mau ditarik, tulis lagi, ya.",
		"No report was taken back, since it was not said which one. If you still want that, just write it again.")
}

// NothingToWithdraw says that a report is over already.
func (v Voice) NothingToWithdraw(r report.Report) string {
	return v.f("Laporan %s sudah tidak dikerjakan lagi, jadi tidak ada yang perlu ditarik.", "Report %s is no longer worked on, so there is nothing to take back.", v.named(r))
}

// PlaceStays says that a report's place stays as it is.
func (v Voice) PlaceStays() string {
	return v.pick("Baik, tempat laporannya tidak saya ubah.", "All right, the report's place stays as it is.")
}

// PlaceAwaited says that the right place may follow.
func (v Voice) PlaceAwaited() string {
	return v.pick("Baik, saya tunggu. 🙏 Sampai Anda tulis yang benar, tempat laporannya tetap.", "All right, take your time. 🙏 Until you write the right one, the report's place stays as it is.")
}

// PlaceUnknown says that who is in charge is told that the place is wrong, where nobody knows the right one.
func (v Voice) PlaceUnknown(code report.Code) string {
	return v.f("Tidak apa-apa. Petugasnya saya beri tahu bahwa tempat laporan %s keliru; yang benar boleh menyusul kapan saja.",
		"Never mind. The officers are told that the place of report %s is wrong; you can send the right one at any time.", bot.Bold(string(code)))
}

// AskPlaceAnew asks for the right place of a report.
func (v Voice) AskPlaceAnew(code report.Code, label string) string {
	return v.f("Di mana tempat yang benar untuk laporan %s, %s? Tulis saja, atau kirim lokasinya.", "What is the right place of report %s, %s? Just write it, or send the location.",
		bot.Bold(string(code)), label)
}

// PlaceMoved says where a report is now, and who hears of it.
func (v Voice) PlaceMoved(r report.Report) string {
	return v.f("Tempat laporan %s saya betulkan: 📍 %s. %s diberi tahu.", "The place of report %s is put right: 📍 %s. %s is told.", v.named(r), v.Where(r.Place), bigger(v.holder(r)))
}
