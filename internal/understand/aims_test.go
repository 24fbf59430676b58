package understand

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// No danger that the reader sees is talked away by what was learnt of talk with an office: neither by the reading itself, nor by a
// probability of danger so low that meant.Mind would rule it out (0.01).
func TestNoDangerIsTalkedAway(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	lx := answer.Must()
	seen, lowest := 0, 1.0
	for _, file := range []string{"danger", "danger_aside", "last_aside", "newest_aside", "wide_aside"} {
		for _, text := range sayings(t, file+".txt")["danger"] {
			r := m.Read(text)
			if !r.Emergency || r.Harm != NoHarm {
				continue
			}
			seen++
			aims := m.Aims(lx, text)
			if got := r.Calmed(aims); !got.Emergency {
				t.Errorf("%s: %q is no danger any more: %v", file, text, aims[:2])
			}
			if p := aims.P(AimDanger); len(aims) > 0 && p < lowest {
				lowest = p
			}
		}
	}
	t.Logf("%d sentences of danger, the lowest probability of danger %.4f", seen, lowest)
	if seen < 390 || lowest < 0.01 {
		t.Errorf("%d sentences of danger, the lowest probability of danger %.4f", seen, lowest)
	}
}
