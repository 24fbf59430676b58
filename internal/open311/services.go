package open311

import (
	"slices"
	"strings"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// The attributes that every service has.
const (
	attrKind     = "jenis"
	attrLandmark = "patokan"
)

// mostKeywords is how many words of a category stand in the list of services.
const mostKeywords = 12

// services are the categories that other software may file: what is offered to citizens, but for sensitive matters, of which nobody would
// hear through a stranger's app.
func services(p *profile.Profile) []profile.Category {
	var out []profile.Category
	for _, c := range p.Categories {
		if !c.Hidden && !c.Sensitive {
			out = append(out, c)
		}
	}
	return out
}

func service(p *profile.Profile, code string) (profile.Category, bool) {
	c, ok := p.Category(code)
	return c, ok && !c.Hidden && !c.Sensitive
}

func groupOf(p *profile.Profile, code string) any {
	for _, g := range p.Groups {
		if g.Code == code {
			return g.Name
		}
	}
	return nil
}

// listed are all services.
func listed(p *profile.Profile) document {
	all := list{item: "service"}
	for _, c := range services(p) {
		var about any
		if ag, ok := p.Agency(c.Agency); ok && !ag.Outside && !ag.Emergency {
			about = c.Name + " (" + ag.Name + ")"
		} else {
			about = c.Name
		}
		all.items = append(all.items, object{
			{"service_code", c.Code}, {"service_name", c.Name}, {"description", about}, {"metadata", true}, {"type", "realtime"},
			{"keywords", keywords(c)}, {"group", groupOf(p, c.Group)},
		})
	}
	return document{root: "services", value: all}
}

// keywords are the first of a category's words, each once; a comma would end one.
func keywords(c profile.Category) words {
	var out words
	for _, k := range c.Keywords {
		if k = strings.TrimSpace(k); k != "" && !strings.Contains(k, ",") && !slices.Contains(out, k) && len(out) < mostKeywords {
			out = append(out, k)
		}
	}
	return out
}

// attribute is one question of a service.
type attribute struct {
	code, datatype, asks, hint string
	values                     []choice
}

type choice struct{ key, name string }

func attributes(c profile.Category) []attribute {
	all := []attribute{{code: attrKind, datatype: "singlevaluelist", asks: "Jenis laporan", hint: "Tanpa pilihan: pengaduan.",
		values: []choice{{string(report.Complaint), "Pengaduan"}, {string(report.Wish), "Aspirasi"}, {string(report.Question), "Permintaan informasi"}}}}
	if c.Physical {
		all = append(all, attribute{code: attrLandmark, datatype: "string", asks: "Patokan di dekatnya", hint: "Misalnya: depan SD Negeri 3, RT 02/05."})
	}
	return all
}

// defined is the definition of one service.
func defined(c profile.Category) document {
	all := list{item: "attribute"}
	for i, a := range attributes(c) {
		o := object{
			{"variable", true}, {"code", a.code}, {"datatype", a.datatype}, {"required", false}, {"datatype_description", orNil(a.hint)},
			{"order", i + 1}, {"description", a.asks},
		}
		if len(a.values) > 0 {
			values := list{item: "value"}
			for _, v := range a.values {
				values.items = append(values.items, object{{"key", v.key}, {"name", v.name}})
			}
			o = append(o, field{"values", values})
		}
		all.items = append(all.items, o)
	}
	return document{root: "service_definition", value: object{{"service_code", c.Code}, {"attributes", all}}}
}
