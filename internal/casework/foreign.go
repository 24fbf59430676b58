package casework

import (
	"net/url"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Limits on what is kept of a number elsewhere: a card shows all of it.
const (
	maxSource  = 40
	maxForeign = 60
	maxLink    = 160
)

// link keeps the number that the report has somewhere else.
func (c *change) link(a report.Link) error {
	f := report.Foreign{Source: line(a.Source), Number: line(a.Number), URL: strings.TrimSpace(a.URL)}
	switch {
	case f.Source == "" || f.Number == "":
		return refuse(Empty, "Sebutkan asal dan nomornya, misalnya: SP4N 1234567.")
	case say.Units(f.Source) > maxSource || say.Units(f.Number) > maxForeign || say.Units(f.URL) > maxLink:
		return refuse(TooLong, "Asal, nomor, atau tautannya terlalu panjang.")
	case f.URL != "" && !webLink(f.URL):
		return refuse(Choice, "Tautannya harus diawali https://")
	case slices.Contains(c.was.Foreign, f):
		return refuse(Already, "Nomor itu sudah tercatat di laporan %s.", c.was.Code)
	}
	c.fact(report.Fact{What: report.WasLinked, Foreign: &f})
	c.card()
	return nil
}

// line is what somebody typed as one line of text.
func line(s string) string { return strings.Join(strings.Fields(bot.Clean(s)), " ") }

func webLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \t\r\n")
}
