package figures

import (
	"fmt"
	"strings"
	"time"
)

// Tell is the figures of one line as people read them, in Indonesian, one thing a line. A percentage stands with what it is of.
func (f Figures) Tell() string {
	var b strings.Builder
	say := func(form string, args ...any) { fmt.Fprintf(&b, form+"\n", args...) }
	say("Masuk: %d · dari itu dijawab petugas %d, berakhir %d", f.Filed, f.FollowedUp, f.Settled)
	if f.Due > 0 {
		say("Dijawab tepat waktu: %s yang batasnya sudah lewat", Share(f.InTime, f.Due))
	}
	if f.Filed > 0 {
		say("Jawaban pertama: %s", f.Answer.tell(f.AnswerLived))
		say("Tuntas: %s", f.Finish.tell(f.FinishLived))
	}
	if f.Resolved > 0 {
		say("Dinyatakan selesai: %d · dengan bukti %s", f.Resolved, Share(f.Proved, f.Resolved))
		say("Penilaian warga: %d beres, %d sebagian, %d belum, %d tanpa tanggapan, %d masih ditunggu", f.Fixed, f.Partly, f.NotFixed, f.Lapsed, f.Awaited)
	}
	if f.Rated() > 0 {
		say("Nilai warga: %s", f.tellStars())
	}
	if f.Held > 0 {
		say("Dibuka lagi: %s yang masanya habis", Share(f.Reopened, f.Held))
	}
	if n := f.Rejected + f.Merged + f.Transferred + f.Recalled; n > 0 {
		say("Berakhir lain pada masa ini: %d ditolak, %d digabung, %d dialihkan, %d ditarik warga", f.Rejected, f.Merged, f.Transferred, f.Recalled)
	}
	if n := f.Delivered + f.Undelivered; n > 0 {
		say("Kabar tidak sampai: %s", Share(f.Undelivered, n))
	}
	if f.Returned+f.Astray > 0 {
		say("Bukan kewenangan: %d dikembalikan, %d kembali setelah diteruskan", f.Returned, f.Astray)
	}
	if f.Spells > 0 {
		say("Lama di tangan kantor: %s, jumlah dari %d kali dipegang", workingDays(Days(f.Kept)), f.Spells)
	}
	if f.Late > 0 {
		say("Masih terbuka: %d, lewat batas: %d (%s)", f.Open, f.Late, f.tellLate())
	} else {
		say("Masih terbuka: %d, lewat batas: 0", f.Open)
	}
	return b.String()
}

// tellLate says what of that which is late waits for what. One can wait for both.
func (f Figures) tellLate() string {
	var out []string
	for _, one := range []struct {
		n    int
		name string
	}{{f.LateAnswer, "menunggu jawaban"}, {f.LateFinish, "menunggu selesai"}} {
		if one.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", one.n, one.name))
		}
	}
	if len(out) == 0 {
		return "menunggu diteruskan"
	}
	return strings.Join(out, ", ")
}

// tellStars is the mean of the marks with how many there are and how they spread, those of most stars first; of few the spread alone.
func (f Figures) tellStars() string {
	var spread []string
	for i := len(f.Stars) - 1; i >= 0; i-- {
		if n := f.Stars[i]; n > 0 {
			spread = append(spread, fmt.Sprintf("%d bintang %d kali", i+1, n))
		}
	}
	text := fmt.Sprintf("%d dari %d warga yang menjawab memberi nilai: %s", f.Rated(), f.Fixed+f.Partly+f.NotFixed, strings.Join(spread, ", "))
	if mean, ok := f.MeanStars(); ok {
		return fmt.Sprintf("rata-rata %s dari 5; %s", number(mean), text)
	}
	return text
}

// tell is how long something took, in working days and as lived.
func (s Spread) tell(lived Spread) string {
	switch {
	case !s.Median.Told:
		return fmt.Sprintf("sudah %d dari %d (lamanya dihitung mulai %d laporan)", s.Over, s.N, Enough)
	case !s.Median.Reached:
		return fmt.Sprintf("sudah %d dari %d, belum separuhnya", s.Over, s.N)
	}
	ninth := "9 dari 10 " + NotYet
	if s.P90.Reached {
		ninth = "9 dari 10 dalam " + s.P90.tell()
	}
	text := fmt.Sprintf("separuhnya dalam %s hari kerja, %s (dari %d laporan", s.Median.tell(), ninth, s.N)
	if lived.Median.Reached {
		text += "; dialami warga " + lived.Median.tell()
		if lived.P90.Reached {
			text += " dan " + lived.P90.tell()
		}
		text += " hari"
	}
	return text + ")"
}

func (p Percentile) tell() string { return number(Days(p.Within)) }

// workingDays is a time in working days; of less than one only that.
func workingDays(days float64) string {
	if days > 0 && days < 1 {
		return "kurang dari sehari kerja"
	}
	return number(days) + " hari kerja"
}

// number is a number with a comma, to a tenth, or to a hundredth below one.
func number(v float64) string {
	form := "%.1f"
	if v < 1 {
		form = "%.2f"
	}
	text := strings.TrimRight(strings.TrimRight(fmt.Sprintf(form, v), "0"), ".")
	return strings.ReplaceAll(text, ".", ",")
}

// Share is "12 dari 14 (86 %)"; the percentage is left out of fewer than Enough.
func Share(n, of int) string {
	if of < Enough {
		return fmt.Sprintf("%d dari %d", n, of)
	}
	return fmt.Sprintf("%d dari %d (%d %%)", n, of, (200*n+of)/(2*of))
}

// Few is the least that a line with reports in it that must not be recognised has of them all: of fewer, somebody who knows of one
// could read how it stands.
const Few = 5

// Short is a line in one breath.
func (f Figures) Short() string {
	if f.Hushed > 0 && max(f.Filed, f.Spells) < Few {
		return fmt.Sprintf("kurang dari %d laporan", Few)
	}
	text := fmt.Sprintf("%d masuk", f.Filed)
	if f.Due > 0 {
		text += ", tepat waktu " + Share(f.InTime, f.Due)
	}
	text += fmt.Sprintf(", %d terbuka", f.Open)
	if f.Late > 0 {
		text += fmt.Sprintf(" (%d lewat batas)", f.Late)
	}
	return text
}

// Tell is the three marks of LAPOR in one line.
func (m Marks) Tell() string {
	return fmt.Sprintf("Ukuran LAPOR: ditindaklanjuti %s, kantor terhubung %s, aktif %s", Share(m.FollowedUp, m.Filed), Share(m.Linked, m.Offices), Share(m.Active, m.Linked))
}

// Goes is what a period that is not over says of itself.
func Goes(q Query, in *time.Location) string {
	if !q.At.Before(q.To) {
		return ""
	}
	at := q.At.In(in)
	return fmt.Sprintf(", sampai %d/%d pukul %s", at.Day(), at.Month(), at.Format("15.04"))
}
