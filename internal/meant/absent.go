package meant

import (
	"rabeg/internal/understand"
)

// absent decides about what is plainly said of a report by somebody who has none.
func (m Mind) absent(said Said, rd understand.Reading, h Heard) Decision {
	const few, long = 12, 24
	switch {
	case rd.Emergency || rd.Harm != understand.NoHarm || rd.Human || said.Media || said.Pin:
	case rd.NoReport && rd.Small != "" && h.is(surely, understand.AimUnfit, understand.AimPart, understand.AimAnger, understand.AimNews, understand.AimDispute),
		h.is(certain, understand.AimWithdraw, understand.AimResume) && h.aims.P(understand.AimNew) < newBelow:
		return Decision{Act: Absent, Why: "said of a report, and there is none"}
	case words(said.Text) <= long && names(said.Text) && h.aims.P(understand.AimNew) < newBelow &&
		h.is(certain, understand.AimNews, understand.AimPlace, understand.AimFixed, understand.AimPart, understand.AimUnfit, understand.AimDispute, understand.AimOppose):
		return Decision{Act: Absent, Why: "said of a report that is named, and there is none"}
	case words(said.Text) > few:
	case h.is(plainly, understand.AimHuman):
		return Decision{Act: Person, Why: "a person is asked for"}
	case rd.NoReport && h.is(0, understand.AimGreet, understand.AimThanks) && (rd.Small == "greeting" || rd.Small == "thanks" || rd.Small == "test"):
	case h.is(surely, understand.AimThanks, understand.AimNod, understand.AimGreet):
		return Decision{Act: Courtesy, Aim: h.Aim, Why: "small talk, as it sounds"}
	case h.is(plainly, understand.AimInfo) && rd.NoReport:
		return Decision{Act: Ask, Why: "a question of another sort"}
	case h.is(surely, understand.AimFixed, understand.AimWithdraw, understand.AimResume), h.is(plainly, understand.AimUnfit) && words(said.Text) <= 2 && len(m.told(said.Text)) == 0,
		h.is(surely, understand.AimNews, understand.AimDispute, understand.AimAnger) && len(m.told(said.Text)) == 0:
		return Decision{Act: Absent, Why: "said of a report, and there is none"}
	}
	return Decision{Why: "no report is open"}
}
