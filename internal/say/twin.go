package say

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// withOf is the number of the other report of a fact.
func withOf(f report.Fact) report.Code {
	if f.With == nil {
		return ""
	}
	return f.With.Code
}

// followTail ends what a follower hears.
func (v Voice) followTail() string {
	return v.f("Anda mengikuti laporan ini. Balas pesan ini untuk menambah keterangan; tulis %s kalau tidak mau dikabari lagi.",
		"You follow this report. Reply to add something; write %s to hear no more of it.", bot.Bold(v.pick("berhenti", "unfollow")))
}

// NoticeMerged tells whoever filed or follows a report that it is handled together with another from now on: both numbers.
func (v Voice) NoticeMerged(r report.Report, into report.Code) string {
	return v.f("Laporan %s digabung dengan laporan %s, karena menurut petugas tentang hal yang sama. Keduanya ditangani bersama, dan kabar %s datang ke chat ini.\n\nBukan hal yang sama? Balas pesan ini.",
		"Report %s was joined with report %s, for the officers find them to be about the same thing. Both are handled together, and news of %s comes to this chat.\n\nNot the same thing? Reply to this message.",
		bot.Bold(string(r.Code)), bot.Bold(string(into)), bot.Bold(string(into)))
}

// NoticeTogether tells the same where the two differ in something: an officer joined them all the same, and nobody says that they are one.
func (v Voice) NoticeTogether(r report.Report, into report.Code) string {
	return v.f("Petugas menangani laporan %s bersama laporan %s, karena menurut petugas saling berkaitan. Kabar %s datang ke chat ini.\n\nMenurut Anda lain? Balas pesan ini.",
		"The officers handle report %s together with report %s, for they find that the two are connected. News of %s comes to this chat.\n\nDo you see it otherwise? Reply to this message.",
		bot.Bold(string(r.Code)), bot.Bold(string(into)), bot.Bold(string(into)))
}

// NoticeUnmerged tells that it is handled by itself again.
func (v Voice) NoticeUnmerged(r report.Report, from report.Code) string {
	return v.f("Laporan %s ternyata bukan hal yang sama dengan %s, jadi kembali ditangani sendiri. Kabarnya tetap datang ke chat ini.",
		"Report %s turned out not to be the same thing as %s, so it is handled by itself again. Its news still comes to this chat.",
		bot.Bold(string(r.Code)), bot.Bold(string(from)))
}
