package figures

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// leftShown is how many questions are named at which people stop.
const leftShown = 3

// questionNames are what the questions ask, for people; one without a name is told by its own.
func questionNames() map[string]string {
	return map[string]string{
		"intake.what": "apa masalahnya", "intake.about": "tentang apa", "intake.category": "jenis masalah", "intake.place": "di mana", "intake.where": "kepastian tempat",
		"intake.review": "kirim atau ubah", "intake.edit": "apa yang diubah", "intake.text": "cerita baru", "intake.newplace": "tempat baru", "intake.photos": "foto",
		"intake.visibility": "nama ditampilkan atau tidak", "intake.kind": "pengaduan atau usul", "intake.emergency": "di mana bahayanya", "intake.safe": "apakah aman",
		"intake.resume": "lanjutkan draf", "intake.undo": "urungkan", "intake.isreport": "laporan atau bukan", "intake.heard": "isi pesan suara", "intake.rival": "yang mana dari dua",
		"intake.owner": "milik pihak luar", "intake.contact": "nomor warga", "intake.twin": "laporan serupa", "intake.several": "beberapa masalah", "intake.severaledit": "ubah beberapa masalah",
	}
}

// TellFunnel is how far people came, for each network: how many began and filed, with how many messages, where they stop, and how
// often the bot did not understand. "" where nobody wrote.
func TellFunnel(all []ledger.Footfall, name func(bot.Network) string) string {
	networks := map[bot.Network]map[ledger.Step]int{}
	for _, f := range all {
		if networks[f.Network] == nil {
			networks[f.Network] = map[ledger.Step]int{}
		}
		networks[f.Network][f.Step] += f.N
	}
	order := make([]bot.Network, 0, len(networks))
	for n := range networks {
		order = append(order, n)
	}
	slices.Sort(order)
	var b strings.Builder
	for _, n := range order {
		steps := networks[n]
		began, filed := steps[ledger.StepBegan], steps[ledger.StepFiled]
		if began+filed+steps[ledger.StepLost] == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s: %d mulai, %d terkirim", name(n), began, filed)
		if filed > 0 {
			fmt.Fprintf(&b, ", %s pesan per laporan", number(float64(steps[ledger.StepMessage])/float64(filed)))
		}
		fmt.Fprintf(&b, ", %d pesan tidak dipahami", steps[ledger.StepLost])
		if left := stops(steps); left != "" {
			b.WriteString("; berhenti di " + left)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// stops names the questions that were left most often without an answer.
func stops(steps map[ledger.Step]int) string {
	type stop struct {
		question    string
		left, asked int
	}
	var all []stop
	for step, asked := range steps {
		question, ok := strings.CutPrefix(string(step), string(ledger.StepAsked))
		if left := asked - steps[ledger.StepAnswered+ledger.Step(question)]; ok && left > 0 && strings.HasPrefix(question, "intake.") {
			all = append(all, stop{question, left, asked})
		}
	}
	slices.SortFunc(all, func(a, b stop) int {
		return cmp.Or(cmp.Compare(b.left, a.left), cmp.Compare(a.question, b.question))
	})
	names := questionNames()
	var out []string
	for _, s := range all[:min(len(all), leftShown)] {
		out = append(out, fmt.Sprintf("“%s” %d dari %d", cmp.Or(names[s.question], s.question), s.left, s.asked))
	}
	return strings.Join(out, ", ")
}
