package desk

import (
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// How much of a story is shown: its newest lines, and of each so much.
const (
	historyMost = 30
	historyLine = 120
)

// history shows what happened to a report, newest last. Whoever may not read what was said reads that it was said.
func (h *handling) history(r report.Report, by report.Actor) error {
	if _, err := h.ofOthers(r, by); err != nil {
		return err
	}
	whole, err := h.Reader.Whole(h.ctx, r.ID)
	if err != nil {
		return fmt.Errorf("show a history: %w", err)
	}
	hidden := h.office.Secret(r)
	whole.Facts = h.office.DiscreetFacts(r, whole.Facts)
	gone := withdrawn(whole.Facts)
	var lines []string
	for _, f := range whole.Facts {
		if line := h.line(f, hidden); line != "" {
			if gone[f.Seq] {
				line += " (ditarik)"
			}
			lines = append(lines, line)
		}
	}
	text := "📜 Riwayat " + bot.Bold(string(r.Code)) + ": " + casework.StatusName(r.Status) + "\n"
	if n := len(lines) - historyMost; n > 0 {
		text += fmt.Sprintf("(%d baris lebih lama tidak ditampilkan)\n", n)
		lines = lines[n:]
	}
	h.letter(ledger.Letter{Report: r.ID, Message: bot.Message{Text: text + strings.Join(lines, "\n")}})
	h.quotes("quote")
	return nil
}

// line is a fact in one line; "" for what is no step of the report.
func (h *handling) line(f report.Fact, hidden bool) string {
	what := deedWord(f)
	if what == "" {
		return ""
	}
	line := "• " + clock(f.At, h.office.Profile) + " " + what
	switch f.What {
	case report.WasAssigned, report.WasForwarded:
		line += " ke " + h.office.OfficeName(f.Agency)
	case report.WasCategorised:
		line += ": " + h.office.CategoryName(f.Category)
	case report.WasPlanned:
		line += " sampai " + longDay(f.Until, h.office.Profile)
	case report.WasDisposed:
		if f.Receiver != nil {
			line += " ke " + casework.ReceiverName(*f.Receiver)
		}
	case report.WasRated:
		line += fmt.Sprintf(": %d dari 5", f.Stars)
	}
	if f.By.Name != "" && f.By.Role != report.Citizen {
		line += " (" + say.Clip(f.By.Name, 40) + ")"
	}
	if f.Words != "" && !hidden && f.What != report.WasFiled && f.What != report.WasHidden && f.What != report.WasRevealed {
		line += ": “" + say.Clip(strings.Join(strings.Fields(h.told(f)), " "), historyLine) + "”"
	}
	if n := len(f.Photos) + len(f.Files); n > 0 {
		line += fmt.Sprintf(" + %d lampiran", n)
	}
	return line
}

// told is what a fact says, as the group reads it.
func (h *handling) told(f report.Fact) string {
	if f.By.Role == report.Citizen {
		return h.office.Veil(f.Words)
	}
	return f.Words
}

// clockedWord names a step of the ladder.
func clockedWord(f report.Fact) string {
	what := map[string]string{"verify": "diteruskan", "answer": "dijawab", "finish": "diselesaikan"}[f.Stage]
	switch {
	case f.Step >= report.Leaders:
		return "⏰ masih belum " + what + "; naik ke tingkat pimpinan"
	case f.Step == report.Breach:
		return "⏰ belum " + what + ", lewat batas; koordinator diberi tahu"
	case f.Step == report.LastReminder:
		return "⏰ diingatkan: hampir habis waktunya untuk " + what
	}
	return "⏰ diingatkan: separuh waktu untuk " + what
}

// deedWord names what a fact tells, "" for what is the product's own.
func deedWord(f report.Fact) string {
	if f.What == report.WasJudged {
		return "pelapor: " + verdictWord(f.Verdict)
	}
	if f.What == report.WasHidden {
		return "pelapor: jadikan " + string(f.Visibility)
	}
	if f.What == report.WasRevealed {
		return "pelapor: tidak jadi disembunyikan, kini " + string(f.Visibility)
	}
	if f.What == report.WasClassed {
		return "⚖️ " + casework.ClassName(f.Class)
	}
	if f.What == report.WasAdded && f.Unmeant {
		return "pelapor: pesan sebelumnya bukan untuk laporan ini"
	}
	if f.Beside {
		return "tambahan dari warga yang mengikuti"
	}
	if f.What == report.WasClocked {
		return clockedWord(f)
	}
	return map[report.What]string{
		report.WasFiled: "masuk", report.WasAssigned: "masuk", report.WasTaken: "diambil", report.WasAnswered: "dijawab",
		report.WasForwarded: "diteruskan", report.WasReturned: "dikembalikan: bukan kewenangan", report.WasResolved: "dinyatakan selesai",
		report.WasRejected: "ditolak", report.WasAdded: "tambahan dari pelapor", report.WasWithdrawn: "jawaban ditarik",
		report.WasAsked: "ditanyakan ke pelapor", report.WasNoted: "catatan", report.WasIdentified: "🪪 identitas pelapor dilihat", report.WasUnveiled: "🔓 nomor yang disamarkan dibuka", report.WasPlanned: "direncanakan", report.WasEnclosed: "lampiran menyusul",
		report.WasPhoned: "dibalas dari HP kantor", report.WasLinked: "nomor lain dicatat", report.WasCategorised: "kategori dibetulkan",
		report.WasDisputed: "pelapor tidak setuju ditolak", report.WasLapsed: "ditutup tanpa tanggapan", report.WasReopened: "dibuka lagi",
		report.WasRated: "nilai dari pelapor", report.WasSplit: "dipecah", report.WasSplitOff: "dibuat dari bagian laporan lain", report.WasCovered: "dirahasiakan karena bagiannya hal peka",
		report.WasRecalled: "ditarik oleh pelapor", report.WasLeft: "pelapor mundur, yang lain tetap menunggu",
		report.WasResumed: "dilanjutkan lagi oleh pelapor", report.WasUrged: "pelapor menanyakan kabarnya", report.WasOpposed: "pelapor tidak setuju dengan rencananya",
		report.WasDisposed: "didisposisikan", report.WasUndisposed: "disposisi berakhir", report.WasCounselled: "jawaban disposisi, untuk petugas",
		report.WasRecounted: "batas waktu dihitung ulang menurut aturan baru",
		report.WasDisplayed: "🌐 ditampilkan ke publik", report.WasUndisplayed: "🌐 diturunkan dari publik",
	}[f.What]
}
