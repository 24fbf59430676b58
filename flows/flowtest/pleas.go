package flowtest

import (
	"time"

	"rabeg/flows"
)

// pleas is what the citizen has asked for about his or her data.
type pleas struct {
	until, copied time.Time
}

// graced is how long an erasing can be called off.
const graced = 10 * time.Minute

func (e *Engine) plead(f flows.Plead) flows.Pleaded {
	out := flows.Pleaded{What: f.What, Until: e.pleas.until, Pending: e.Now.Before(e.pleas.until)}
	for _, r := range e.reports {
		if r.Reporter != e.Chat {
			continue
		}
		if r.Status.Open() {
			out.Open = append(out.Open, r.Code)
		} else {
			out.Gone++
		}
	}
	switch f.What {
	case flows.PleadExport:
		if out.OK = e.pleas.copied.IsZero() || e.Now.Sub(e.pleas.copied) >= graced; out.OK {
			e.pleas.copied = e.Now
			e.Log(Line{Effect: "salinan data dibuat"})
		}
	case flows.PleadErase, flows.PleadRecall:
		if out.OK = !out.Pending; out.OK {
			e.pleas.until = e.Now.Add(graced)
			out.Until = e.pleas.until
			said := "hapus data dalam 10 menit"
			if f.What == flows.PleadRecall {
				said += ", laporan ditarik"
			}
			e.Log(Line{Effect: said})
		}
	case flows.PleadSpare:
		if out.OK = out.Pending; out.OK {
			e.pleas.until = time.Time{}
			e.Log(Line{Effect: "penghapusan dibatalkan"})
		}
	}
	return out
}
