package say

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Leaves reads words by which somebody ends the following of a report. bare are words that may end other things as well ("stop");
// sure ones mean nothing else ("tidak usah dikabari lagi").
func Leaves(text string) (sure, bare bool) {
	words := strings.Fields(bot.Fold(strings.ReplaceAll(text, "'", "")))
	if len(words) == 0 || len(words) > 12 {
		return false, false
	}
	said := strings.Join(words, " ")
	switch said {
	case "berhenti", "stop", "sudahi", "brenti", "udahan", "mandeg", "eureun", "henti", "berenti", "berhenti dong", "stop dong", "stop aja", "berhenti aja", "stop ya", "berhenti ya", "stop pak", "berhenti pak":
		return false, true
	}
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(list, w) })
	}
	ends := has("berhenti", "stop", "brenti", "berenti", "henti", "hentikan", "batal", "keluar", "leave", "eureun", "mandeg", "unsubscribe", "quit")
	denies := has("tidak", "tdk", "gak", "ga", "gk", "nggak", "ngga", "engga", "enggak", "jangan", "jgn", "gausah", "ora", "teu", "no", "dont", "not")
	follows := has("ikut", "ikuti", "ikutin", "mengikuti", "ngikut", "ngikutin", "ikutan", "follow", "following", "melu")
	news := has("kabar", "kabari", "dikabari", "kabarin", "dikabarin", "ngabarin", "kabarnya", "berita", "notif", "notifikasi", "news", "updates", "update", "message", "messages")
	again := has("lagi", "more", "anymore", "any", "usah", "need", "deui", "maning")
	others := has("tetangga", "tetangganya", "warga", "suami", "istri", "keluarga", "orang", "rt", "rw", "pengikut", "pengikutnya", "followers", "dia", "mereka", "lurah", "neighbours", "neighbors", "husband", "wife") // who is not to be told is somebody else
	coded := strings.Contains(text, "-") && len(words) <= 5 && has("berhenti", "stop", "unfollow")
	return slices.Contains(words, "unfollow") || ends && (follows || news && !others) || denies && follows && again || denies && news && again && !others || coded, false
}

// FollowsNone says that nothing is followed.
func (v Voice) FollowsNone() string {
	return v.pick("Anda tidak sedang mengikuti laporan warga lain.", "You follow no report of another citizen.")
}

// LeftReport says that a report is not followed any more.
func (v Voice) LeftReport(code report.Code) string {
	return v.f("Baik, Anda tidak lagi dikabari tentang laporan %s. Masalahnya tetap ditangani.", "All right, you hear no more of report %s. The problem is still being handled.",
		bot.Bold(string(code)))
}

// ListFollowed lists what somebody follows.
func (v Voice) ListFollowed(all []report.Report) string {
	var b strings.Builder
	b.WriteString(bot.Bold(v.pick("Laporan warga lain yang Anda ikuti", "Reports of others that you follow")) + "\n")
	for _, r := range all {
		b.WriteString(v.line(r) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// AskLeave asks which report is not to be followed any more.
func (v Voice) AskLeave() string {
	return v.pick("Yang mana yang tidak mau diikuti lagi?", "Which one do you not want to follow any more?")
}

// AskFollow asks who has the number of somebody else's report whether its news is wanted.
func (v Voice) AskFollow() string {
	return v.pick("Mau ikut dikabari setiap ada perkembangan? Warga lain tidak tahu siapa yang mengikuti.",
		"Would you like to hear of every step? Nobody else learns who follows it.")
}

// FollowsNow says that the citizen follows a report from now on.
func (v Voice) FollowsNow(code report.Code) string {
	return v.f("👍 Anda sekarang mengikuti laporan %s. Kabarnya datang ke chat ini. Mau menambah keterangan? Balas pesan ini. Tidak mau dikabari lagi? Tulis %s.",
		"👍 You now follow report %s. Its news comes to this chat. To add something, reply to this message. To hear no more of it, write %s.",
		bot.Bold(string(code)), bot.Bold(v.pick("berhenti", "unfollow")))
}

// NotFollowed answers who does not want it.
func (v Voice) NotFollowed() string {
	return v.pick("Baik. Nomornya bisa Anda tulis lagi kapan saja.", "All right. You can write its number again at any time.")
}

// CanNotFollow says that a report cannot be followed any more.
func (v Voice) CanNotFollow() string {
	return v.pick("Laporan itu sudah tidak bisa diikuti.", "That report can no longer be followed.")
}

// FollowedOutline is what a follower is told of a report besides its outline.
func (v Voice) FollowedOutline() string {
	return v.f("Anda mengikuti laporan ini. Tulis %s kalau tidak mau dikabari lagi.", "You follow this report. Write %s to hear no more of it.",
		bot.Bold(v.pick("berhenti", "unfollow")))
}
