package say

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Twin is an open report that may be about what somebody is about to file, as far as he or she may know it.
type Twin struct {
	Category string
	Metres   int // away, -1 for not known
	Street   bool
	Place    report.Place // kelurahan and kecamatan alone
	Filed    time.Time
	Status   report.Status
	People   int
	Own      bool
	Photo    bool
}

// AskTwin shows what there is already, and asks whether it is the same.
func (v Voice) AskTwin(all []Twin) string {
	var b strings.Builder
	if len(all) == 1 {
		b.WriteString(bot.Bold(v.pick("Sudah ada laporan yang mirip. Apakah ini sama?", "There is a report like this. Is it the same?")) + "\n")
	} else {
		b.WriteString(bot.Bold(v.pick("Sudah ada laporan yang mirip. Apakah salah satunya sama?", "There are reports like this. Is one of them the same?")) + "\n")
	}
	shown := false
	for i, t := range all {
		mark := "• "
		if len(all) > 1 {
			mark = fmt.Sprintf("%d. ", i+1)
		}
		b.WriteString(mark + v.twin(t))
		if t.Photo && !shown {
			shown = true
			b.WriteString(v.pick(" (lihat fotonya)", " (see the photo)"))
		}
		b.WriteString("\n")
	}
	unsure := false
	for _, t := range all {
		unsure = unsure || t.Metres < 0 && !t.Street
	}
	if unsure {
		b.WriteString(v.pick("Jaraknya tidak saya ketahui: apakah tempatnya sama?\n", "I do not know how far away it is: is it the same place?\n"))
	}
	if !slices.ContainsFunc(all, func(t Twin) bool { return !t.Own }) {
		return b.String() + "\n" + v.pick("Kalau sama, cerita Anda saya tambahkan ke laporan itu. Kalau bukan, laporan baru saya teruskan.",
			"If it is the same, I add what you wrote to that report. If not, we go on with a new one.")
	}
	return b.String() + "\n" + v.pick("Kalau sama, ikuti saja: kabarnya datang ke chat ini, dan cerita Anda ikut sampai ke petugas. Kalau bukan, laporan Anda saya teruskan.",
		"If it is the same, follow it: its news comes to this chat, and what you wrote reaches the officers. If not, we go on with your report.")
}

func (v Voice) twin(t Twin) string {
	parts := []string{v.Topic(t.Category)}
	switch where := v.area(t.Place); {
	case t.Metres >= 0:
		parts = append(parts, v.away(t.Metres))
	case t.Street && where != "":
		parts = append(parts, v.f("di tempat yang Anda sebut, %s", "at the place you named, %s", where))
	case where != "":
		parts = append(parts, where)
	}
	parts = append(parts, v.f("sejak %s", "since %s", v.Day(t.Filed)), v.Status(t.Status))
	switch {
	case t.Own:
		parts = append(parts, v.pick("laporan Anda sendiri", "your own report"))
	case t.People > 1:
		parts = append(parts, v.f("%d warga", "%d people", t.People))
	}
	return strings.Join(parts, " · ")
}

// away is a distance as people say it: rounded, for it was measured between two fingers on a map.
func (v Voice) away(metres int) string {
	switch {
	case metres < 10:
		return v.pick("di titik yang sama", "at the same spot")
	case metres < 100:
		return v.f("sekitar %d m dari titik Anda", "about %d m from your spot", (metres+5)/10*10)
	}
	return v.f("sekitar %d m dari titik Anda", "about %d m from your spot", (metres+25)/50*50)
}

// FollowChoice is the button that follows the i-th of n, from 0.
func (v Voice) FollowChoice(i, n int, own bool) bot.Choice {
	c := bot.Choice{ID: fmt.Sprintf("follow%d", i+1)}
	switch {
	case own:
		c.Label = v.pick("Tambahkan ke laporan itu", "Add it to that report")
	default:
		c.Label = v.pick("Ikuti laporan ini", "Follow this report")
	}
	if n > 1 {
		c.Label += fmt.Sprintf(" (%d)", i+1)
	}
	return c
}

// WhichTwin asks which of several is meant.
func (v Voice) WhichTwin() string {
	return v.pick("Yang nomor berapa?", "Which number?")
}

// TwinGone says that a report can no longer be followed.
func (v Voice) TwinGone(code report.Code) string {
	return v.f("Laporan %s sudah tidak bisa diikuti, jadi laporan Anda saya teruskan.", "Report %s can no longer be followed, so we go on with yours.", bot.Bold(string(code)))
}

// Following says that the citizen follows a report from now on; fresh is false for who did already.
func (v Voice) Following(code report.Code, fresh bool) string {
	if !fresh {
		return v.f("Laporan %s memang sudah Anda ikuti. Kabarnya tetap datang ke chat ini; untuk menambah keterangan, balas pesan ini.",
			"You follow report %s already. Its news comes to this chat; to add something, reply to this message.", bot.Bold(string(code)))
	}
	return v.f("👍 Anda sekarang mengikuti laporan %s. Kabarnya datang ke chat ini, dan cerita Anda sudah sampai ke petugasnya. Warga lain tidak tahu siapa yang mengikuti.\n\nMau menambah? Balas pesan ini. Tidak mau dikabari lagi? Tulis %s.",
		"👍 You now follow report %s. Its news comes to this chat, and what you wrote has reached its officers. Nobody else learns who follows it.\n\nTo add something, reply to this message. To hear no more of it, write %s.",
		bot.Bold(string(code)), bot.Bold(v.pick("berhenti", "unfollow")))
}

// AddedToOwn says that what was told was added to the citizen's own report.
func (v Voice) AddedToOwn(code report.Code) string {
	return v.f("👍 Saya tambahkan ke laporan Anda %s. Petugas juga menerimanya.", "👍 Added to your report %s. The officers receive it too.", bot.Bold(string(code)))
}
