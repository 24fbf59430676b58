package desk

import (
	"fmt"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// The verbs of a disposition: the officer's, what an officer does with the draft that comes back, and the receiver's.
const (
	Dispose Verb = "disposisi"
	Draft   Verb = casework.DraftIntent
	Counsel Verb = casework.DisposedIntent
)

// disposals are the rows of those verbs.
var disposals = table{
	{
		name: Dispose, guarded: true, does: report.Disposing, also: "dispo|disposisikan|naikkan|dispose", said: "disposisi|disposisikan|didisposisikan|disposisi ke|naikkan ke|naikkan ke kepala|minta arahan|minta petunjuk",
		label: label{15, "📨 Disposisi"}, on: func(r report.Report) bool { return r.Status.Working() && r.Agency != "" },
		usage: "/disposisi kepala atau bidang, lalu pesannya", about: "Disposisi: balas kartu dengan /disposisi kepala pesannya",
		may: officers, takes: takesWords, split: object, menu: &menu{kind: disposeKind, show: disposeMenu}, done: disposed, act: dispose,
	},
	{
		name: Draft, guarded: true, does: report.Replying, also: "draf|draft|konsepjawaban", may: officers, takes: takesWords | takesPhotos | takesFiles,
		usage: "/konsep mengirim konsep jawaban disposisi",
		menu:  &menu{kind: casework.DraftMenuKind, show: draftMenu}, act: sendDraft,
	},
	{
		name: Counsel, does: report.Counselling, also: "jawabdisposisi|jawab_disposisi", may: officers, takes: takesWords | takesPhotos | takesFiles,
		usage: "/tanggapi jawaban disposisi",
		asks:  fixed("jawaban disposisinya (teks atau foto)"), done: counselled,
		act: plain(func(c Command) report.Action { return report.Counsel{Words: c.Words, Photos: c.Photos, Files: c.Files} }),
	},
}

func disposed(o *casework.Office, was, now report.Report) string {
	switch {
	case was.Agency != now.Agency || was.Owner != now.Owner:
		return transferred(o, was, now)
	case now.Disposed == nil:
		return fmt.Sprintf("Disposisi laporan %s dibatalkan.", now.Code)
	}
	return fmt.Sprintf("Laporan %s didisposisikan ke %s di chat pribadinya. Jawabannya datang ke sini sebagai konsep; batas jawab ke warga tetap berjalan. "+
		"Membatalkan: /disposisi %s batal", now.Code, casework.ReceiverName(now.Disposed.Receiver), now.Code)
}

func counselled(_ *casework.Office, _, now report.Report) string {
	return fmt.Sprintf("Jawaban Anda atas disposisi %s diserahkan ke petugas sebagai konsep; warga belum menerimanya. Tambahan boleh ditulis di sini.", now.Code)
}
