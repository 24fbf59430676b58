package casework

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// lateFile is when the letters that show a file have gone without it.
const lateFile = 3 * time.Minute

// gather is how long the news of a file that cannot be seen waits for more of the same.
const gather = 5 * time.Second

// Stored puts a file of a fact on record, as it could be kept. Who sent one that nobody can see hears of it, once for all that come
// at the same time; one that came when its letter had gone without it is shown after all. r is the report, f the fact, from the file
// as its network named it.
func (o *Office) Stored(r report.Report, f report.Fact, from bot.MediaRef, file ledger.File, t Occasion) ledger.Batch {
	waited := f.Waiting > 0
	b := ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Stored{Report: r.ID, From: from, File: file}}}
	if r.ID == 0 {
		return b
	}
	citizen := f.What == report.WasFiled || f.What == report.WasAdded
	late := t.At.Sub(f.At) > lateFile
	unseen := file.Lost != "" || file.Odd
	switch {
	case unseen && citizen && !r.Reporter.Zero():
		v := say.For(o.Profile, r.Lang)
		words, fold := v.NoticeUnseen(r), "unseen:"
		if file.Odd {
			words, fold = v.NoticeOdd(r), "odd:"
		}
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/unseen", To: r.Reporter, Report: r.ID, Purpose: ledger.Notice,
			Message: bot.Message{Text: quietly(v, r, words)}, Hold: t.At.Add(gather), Fold: fold + string(r.Code)})
	case file.Lost != "":
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/unseen", To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID,
			Purpose: ledger.ToDesk, Answers: r.CardKey, Hold: t.At.Add(gather), Fold: "unseen:" + string(r.Code),
			Message: bot.Message{Text: "⚠️ Ada lampiran petugas untuk " + string(r.Code) + " yang tidak bisa dibuka: " + file.Lost +
				". Kirim lagi sebagai foto biasa dengan membalas kartunya."}})
	}
	if file.Sealed && citizen {
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/sealed", To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID, Purpose: ledger.ToDesk,
			Answers: r.CardKey, Hold: t.At.Add(gather), Fold: "sealed:" + string(r.Code), Message: bot.Message{Text: "📎 Ada berkas di laporan " + string(r.Code) +
				" yang tidak bisa dibersihkan (terkunci, rusak, atau berisi berkas lain). Isinya mungkin memuat nama penulis atau lokasi foto: jangan diteruskan ke luar."}})
	}
	if r.CardKey == "" {
		return b // in quarantine: nothing in the desk shows it yet
	}
	if late && citizen && file.Lost == "" && !o.Secret(r) {
		m := bot.Message{Text: "Lampiran laporan " + string(r.Code) + " yang tertunda"}
		if file.Odd || !slices.Contains(f.Photos, from) {
			m.Files = []bot.MediaRef{file.Ref}
		} else {
			m.Photos = []bot.MediaRef{file.Ref}
		}
		b.Letters = append(b.Letters, ledger.Letter{Key: t.Cause + "/late", To: o.Desk, Desk: true, Room: r.Agency, Report: r.ID,
			Purpose: ledger.ToDesk, Answers: r.CardKey, Message: m})
	}
	if unseen || late || waited {
		b.Letters = append(b.Letters, o.renew(r, r.CardKey, r.Agency, t.Cause+"/card"))
	}
	return b
}

// Waits puts on record that a file cannot be kept yet, because the product's own store does not take it. The card says so.
func (o *Office) Waits(r report.Report, from bot.MediaRef, why string, t Occasion) ledger.Batch {
	b := ledger.Batch{Cause: t.Cause, At: t.At, Changes: []ledger.Change{ledger.Stored{Report: r.ID, From: from, File: ledger.File{Waits: why}}}}
	if r.CardKey != "" {
		b.Letters = []ledger.Letter{o.renew(r, r.CardKey, r.Agency, t.Cause+"/card")}
	}
	return b
}
