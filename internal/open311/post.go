package open311

import (
	"crypto/hmac"
	"crypto/sha256"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"rabeg/internal/open311/fetch"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

const (
	// mostDescription is how many characters a description may have, mostLine how many any other text.
	mostDescription = 4000
	mostLine        = 300
)

// posting is a request as a client posts it, once it is known to be in order.
type posting struct {
	service     profile.Category
	kind        report.Kind
	description string
	place       report.Place
	photos      []string // addresses
	name, phone string
	// who stands for the person on the client's side, as far as the client says; nothing of it is kept but a keyed hash.
	who string
}

// tags are what HTML looks like; "lubang <1 m" is none.
var tags = regexp.MustCompile(`(?s)<!--|</?[A-Za-z][^<>]*>`)

// line reads a text of one line.
func line(q url.Values, name string) (string, *Fault) {
	text, fault := one(q, name)
	if fault != nil {
		return "", fault
	}
	if utf8.RuneCountInString(text) > mostLine {
		return "", bad("%s has more than %d characters", name, mostLine)
	}
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " "), nil
}

// description reads what is wrong. HTML has no place there: its tags are taken out, and what it writes in other ways is put right.
func description(q url.Values) (string, *Fault) {
	text, fault := one(q, "description")
	if fault != nil {
		return "", fault
	}
	if tags.MatchString(text) {
		text = html.UnescapeString(tags.ReplaceAllString(text, " "))
	}
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text))
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", bad("description is missing")
	case n > mostDescription:
		return "", bad("description has more than %d characters", mostDescription)
	}
	return text, nil
}

// read reads what a client posts.
func (s *Server) read(f *form) (p posting, fault *Fault) {
	q := f.values
	code, fault := one(q, "service_code")
	if fault != nil {
		return p, fault
	}
	if code == "" {
		return p, bad("service_code is missing")
	}
	var ok bool
	if p.service, ok = service(s.Profile, code); !ok {
		return p, missing("service_code was not found")
	}
	if p.description, fault = description(q); fault != nil {
		return p, fault
	}
	if p.place, fault = s.where(q); fault != nil {
		return p, fault
	}
	if p.kind, fault = s.attributes(q, &p); fault != nil {
		return p, fault
	}
	if p.photos, fault = photos(q, len(f.files)); fault != nil {
		return p, fault
	}
	return p, p.person(q)
}

// person reads who it is from. An e-mail, a device and an account are looked at and kept nowhere.
func (p *posting) person(q url.Values) *Fault {
	said := map[string]string{}
	for _, name := range []string{"first_name", "last_name", "phone", "email", "device_id", "account_id"} {
		text, fault := line(q, name)
		if fault != nil {
			return fault
		}
		said[name] = text
	}
	if mail := said["email"]; mail != "" && (!strings.Contains(mail, "@") || strings.Contains(mail, " ")) {
		return bad("email is no address")
	}
	p.name = strings.TrimSpace(said["first_name"] + " " + said["last_name"])
	if phone := said["phone"]; phone != "" {
		number, ok := report.Dialled(phone)
		if !ok {
			return bad("phone is no number of a phone")
		}
		p.phone = number
	}
	p.who = strings.Join([]string{said["account_id"], said["device_id"], strings.ToLower(said["email"]), p.phone}, "\x00")
	return nil
}

// photos reads the addresses of photos. One address may be given twice, the photos once.
func photos(q url.Values, files int) ([]string, *Fault) {
	var out []string
	for _, name := range []string{"media_url", "media_url[]"} {
		for _, text := range q[name] {
			if text = strings.TrimSpace(text); text == "" || slices.Contains(out, text) {
				continue
			}
			if err := fetch.Check(text); err != nil {
				return nil, bad("media_url: %s", err)
			}
			out = append(out, text)
		}
	}
	if len(out)+files > mostPhotos {
		return nil, bad("more than %d photos", mostPhotos)
	}
	return out, nil
}

// attributes reads the answers to a service's questions. Those to others' questions are left aside: clients send what other systems ask.
func (s *Server) attributes(q url.Values, p *posting) (report.Kind, *Fault) {
	kind := report.Complaint
	for _, a := range attributes(p.service) {
		name := "attribute[" + a.code + "]"
		all := slices.Concat(q[name], q[name+"[]"])
		all = slices.DeleteFunc(slices.Clone(all), func(v string) bool { return strings.TrimSpace(v) == "" })
		switch {
		case len(all) == 0:
			continue
		case len(all) > 1:
			return kind, bad("%s takes one value", name)
		}
		v := strings.TrimSpace(all[0])
		if len(a.values) > 0 && !slices.ContainsFunc(a.values, func(c choice) bool { return c.key == v }) {
			return kind, bad("%s is none of its values", name)
		}
		if utf8.RuneCountInString(v) > mostLine {
			return kind, bad("%s has more than %d characters", name, mostLine)
		}
		switch a.code {
		case attrKind:
			kind = report.Kind(v)
		case attrLandmark:
			p.place.Note = v
		}
	}
	return kind, nil
}

// where reads the place: lat and long before address_id before address_string.
func (s *Server) where(q url.Values) (report.Place, *Fault) {
	lat, fault := one(q, "lat")
	if fault != nil {
		return report.Place{}, fault
	}
	long, fault := one(q, "long")
	if fault != nil {
		return report.Place{}, fault
	}
	id, fault := one(q, "address_id")
	if fault != nil {
		return report.Place{}, fault
	}
	said, fault := line(q, "address_string")
	switch {
	case fault != nil:
		return report.Place{}, fault
	case (lat == "") != (long == ""):
		return report.Place{}, bad("lat and long are given together")
	case lat != "":
		return s.point(lat, long, said)
	case id != "":
		return s.area(id, said)
	case said != "":
		return s.said(said), nil
	}
	return report.Place{}, bad("lat and long, address_string or address_id is missing")
}

func (s *Server) point(lat, long, said string) (report.Place, *Fault) {
	y, err := strconv.ParseFloat(lat, 64)
	if err != nil {
		return report.Place{}, bad("lat is no number")
	}
	x, err := strconv.ParseFloat(long, 64)
	if err != nil {
		return report.Place{}, bad("long is no number")
	}
	spot, ok := s.Finder.At(y, x)
	switch {
	case !ok:
		return report.Place{}, bad("lat and long are no place")
	case !spot.Inside:
		return report.Place{}, bad("lat and long lie outside %s", s.Profile.City)
	}
	return report.Place{Said: said, Pin: &report.Pin{Lat: spot.Lat, Lon: spot.Lon}, Area: spot.Area, AreaName: spot.AreaName,
		District: spot.District, DistrictName: spot.DistrictName, Unsure: len(spot.Near) > 0}, nil
}

// area is a place by its official code: of a kelurahan, or of a kecamatan.
func (s *Server) area(id, said string) (report.Place, *Fault) {
	for _, a := range s.Profile.Areas {
		switch id {
		case a.Code:
			return report.Place{Said: said, Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName}, nil
		case a.District:
			return report.Place{Said: said, District: a.District, DistrictName: a.DistrictName}, nil
		}
	}
	return report.Place{}, bad("address_id was not found")
}

// said is a place in words: what is surely meant, or only what was said.
func (s *Server) said(text string) report.Place {
	out := report.Place{Said: text}
	all := s.Finder.Find(text)
	if len(all) == 0 || all[0].Whose != "" || all[0].P < surely {
		return out
	}
	c := all[0]
	out.Area, out.AreaName, out.District, out.DistrictName, out.Note = c.Area, c.AreaName, c.District, c.DistrictName, c.Note
	return out
}

// surely is the probability from which a place in words needs no asking (place.Candidate).
const surely = 0.9

var _ place.Finder = (*place.Gazetteer)(nil)

// print tells a posting from every other, so that one that comes again soon is known: who, what, and where. Nobody can make it without
// the key.
func (p posting) print(key []byte, client string) (out [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	pin := ""
	if p.place.Pin != nil {
		pin = strconv.FormatFloat(p.place.Pin.Lat, 'f', 5, 64) + "," + strconv.FormatFloat(p.place.Pin.Lon, 'f', 5, 64)
	}
	for _, part := range []string{client, p.who, p.service.Code, string(p.kind), strings.Join(strings.Fields(p.description), " "), pin, p.place.Said, p.place.Area, p.place.District} {
		h.Write([]byte(strconv.Itoa(len(part)) + ":" + part))
	}
	return [sha256.Size]byte(h.Sum(nil))
}
