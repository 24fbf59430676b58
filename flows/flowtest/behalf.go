package flowtest

import (
	"rabeg/bot"
	"rabeg/flows"
)

// filed files a draft, one that was taken for somebody without a chat and only while who writes is an officer.
func (e *Engine) filed(f flows.File) flows.Filed {
	behalf := f.Draft.How.OnBehalf()
	if behalf && !e.OnDuty {
		return flows.Filed{}
	}
	r := e.file(f.Draft, f.Lang)
	line := fileLine(r)
	if behalf {
		r.Reporter = bot.Address{}
		e.reports[len(e.reports)-1] = r
		line += " lewat=" + string(r.How) + " nomor=" + f.Contact
	}
	e.Log(Line{Effect: line})
	return flows.Filed{Report: r}
}
