package desk_test

import (
	"slices"

	"rabeg/internal/casework/casetest"
	"rabeg/internal/understand"
)

// hears reads by the key words of the made-up government.
func hears() understand.Reader {
	p := *casetest.Profile()
	p.Categories = slices.Clone(p.Categories)
	for i, c := range p.Categories {
		switch c.Code {
		case "penerangan_jalan":
			p.Categories[i].Keywords = []string{"lampu", "pju"}
		case "jalan":
			p.Categories[i].Keywords = []string{"berlubang", "jalan rusak"}
		case "bantuan":
			p.Categories[i].Keywords = []string{"sembako"}
		case "sampah":
			p.Categories[i].Keywords = []string{"sampah", "garbage"}
		}
	}
	return understand.Keywords(&p)
}
