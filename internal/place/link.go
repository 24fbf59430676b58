package place

import (
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLinkText is how much of a text is looked through for a link, in bytes: no map link stands beyond.
const maxLinkText = 16 << 10

// patterns of a point, compiled once: number pairs as map links write them.
var (
	linkRE = regexp.MustCompile(`(?i)(?:https?://|geo:|\b(?:www\.)?google\.[a-z.]{2,6}/maps|\bmaps\.(?:app\.goo\.gl|google\.)|\bgoo\.gl/maps)[^\s<>"]*`)
	pairRE = regexp.MustCompile(`^\s*(?:loc:)?\s*([+-]?\d{1,3}(?:\.\d{1,20})?)\s*[,+ ]\s*([+-]?\d{1,3}(?:\.\d{1,20})?)(?:[^0-9.].*)?$`)
	atRE   = regexp.MustCompile(`[@/]([+-]?\d{1,3}\.\d{1,20}),\+?([+-]?\d{1,3}\.\d{1,20})`)
	dataRE = regexp.MustCompile(`!3d([+-]?\d{1,3}(?:\.\d{1,20})?)!4d([+-]?\d{1,3}(?:\.\d{1,20})?)`)
	// A pair without a link needs decimals on both sides, so that "5, 10" stays a pair of house numbers.
	bareRE = regexp.MustCompile(`(?:^|[^\d.,:/])([+-]?\d{1,3}[.]\d{2,20})\s*°?\s*(?:[,;]\s*|\s+)([+-]?\d{1,3}[.]\d{2,20})(?:\s*°)?(?:$|[^\d.]|\.(?:\s|$))`)
)

// Link reads the coordinates of the first map link (Google Maps in its many forms, geo:) or bare pair of decimal degrees
// in a text. short is true, and ok false, for a shortened link or a map link that holds no coordinates: ask for the pin.
// Nothing is fetched. The numbers are on earth, but nobody has said that they are the right way round: At tells.
func (g *Gazetteer) Link(text string) (lat, lon float64, ok, short bool) { return Link(text) }

// Link is Gazetteer.Link: it needs no map.
func Link(text string) (lat, lon float64, ok, short bool) {
	if len(text) > maxLinkText {
		text = text[:maxLinkText]
	}
	for _, raw := range linkRE.FindAllString(text, 8) {
		lat, lon, ok, isMap := readLink(raw)
		if ok {
			return lat, lon, true, false
		}
		short = short || isMap
	}
	if short {
		return 0, 0, false, true
	}
	text = linkRE.ReplaceAllString(text, " ") // numbers in other links are no places
	for _, m := range bareRE.FindAllStringSubmatch(text, 8) {
		if lat, lon, ok := degrees(m[1], m[2]); ok && (indonesia(lat, lon) || indonesia(lon, lat)) {
			return lat, lon, true, false
		}
	}
	return 0, 0, false, false
}

// indonesia reports whether a point may lie in the country, roughly: other pairs of bare numbers are prices and times.
func indonesia(lat, lon float64) bool { return lat > -11.5 && lat < 6.5 && lon > 94.5 && lon < 141.5 }

// readLink reads one link. isMap says that it is a map's link, with coordinates or without.
func readLink(raw string) (lat, lon float64, ok, isMap bool) {
	raw = strings.TrimRight(raw, ".,;:!?)]}'*_~")
	if rest, is := cutFold(raw, "geo:"); is {
		lat, lon, ok = geo(rest)
		return lat, lon, ok, ok
	}
	if !strings.Contains(raw, "://") {
		raw = "https://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return 0, 0, false, false
	}
	host := strings.ToLower(u.Hostname())
	switch {
	case host == "maps.app.goo.gl", host == "goo.gl" && strings.HasPrefix(u.Path, "/maps"), host == "g.co" && strings.HasPrefix(u.Path, "/kgs"):
		return 0, 0, false, true
	case host == "openstreetmap.org", host == "www.openstreetmap.org":
		return pairOf(u.Query().Get("mlat") + "," + u.Query().Get("mlon"))
	case host == "maps.apple.com", host == "waze.com", host == "www.waze.com":
	case isGoogle(host) && (strings.HasPrefix(host, "maps.") || strings.HasPrefix(u.Path, "/maps")):
	default:
		return 0, 0, false, false
	}
	lat, lon, ok = mapLink(u)
	return lat, lon, ok, true
}

// LinkName is the name of the place that a map link without coordinates tells, "" when it tells none:
// google.com/maps/place/Alun-alun+Serang, ?q=Alun-alun+Serang.
func LinkName(text string) string {
	if len(text) > maxLinkText {
		text = text[:maxLinkText]
	}
	for _, raw := range linkRE.FindAllString(text, 8) {
		raw = strings.TrimRight(raw, ".,;:!?)]}'*_~")
		if !strings.Contains(raw, "://") {
			raw = "https://" + raw
		}
		u, err := url.Parse(raw)
		if err != nil || !isGoogle(strings.ToLower(u.Hostname())) {
			continue
		}
		name := u.Query().Get("q")
		if name == "" {
			name = u.Query().Get("query")
		}
		for _, before := range []string{"/maps/place/", "/maps/search/"} {
			if rest, ok := strings.CutPrefix(u.Path, before); ok && name == "" {
				name, _, _ = strings.Cut(rest, "/")
			}
		}
		if name = strings.Join(strings.Fields(strings.ReplaceAll(name, "+", " ")), " "); len(name) >= 3 && len(name) <= 200 && utf8.ValidString(name) {
			return name
		}
	}
	return ""
}

// isGoogle knows google.com, google.co.id and their kin, and not google.evil.example.
func isGoogle(host string) bool {
	host = strings.TrimPrefix(strings.TrimPrefix(host, "www."), "maps.")
	rest, ok := strings.CutPrefix(host, "google.")
	if !ok {
		return false
	}
	switch rest {
	case "com", "co.id", "id", "com.sg", "com.my", "co.uk", "co.jp", "com.au", "nl", "de":
		return true
	}
	return false
}

// mapLink tries the places of a Google Maps link from the most to the least telling: the marked point (!3d!4d), the
// asked-for point, the way's end, then where the map looks at (@).
func mapLink(u *url.URL) (lat, lon float64, ok bool) {
	path := u.EscapedPath()
	if p, err := url.PathUnescape(path); err == nil {
		path = p
	}
	if all := dataRE.FindAllStringSubmatch(path, -1); len(all) > 0 {
		m := all[len(all)-1]
		if lat, lon, ok := degrees(m[1], m[2]); ok {
			return lat, lon, true
		}
	}
	q := u.Query()
	for _, key := range []string{"q", "query", "destination", "daddr", "ll", "coordinate", "center", "viewpoint", "sll", "cbll"} {
		if lat, lon, ok, _ := pairOf(q.Get(key)); ok {
			return lat, lon, true
		}
	}
	for _, m := range atRE.FindAllStringSubmatch(path, 4) {
		if lat, lon, ok := degrees(m[1], m[2]); ok {
			return lat, lon, true
		}
	}
	return 0, 0, false
}

// geo reads what follows "geo:" (RFC 5870, and Android's geo:0,0?q=lat,lon(label)).
func geo(rest string) (lat, lon float64, ok bool) {
	point, query, _ := strings.Cut(rest, "?")
	if v, err := url.ParseQuery(query); err == nil {
		if lat, lon, ok, _ := pairOf(v.Get("q")); ok {
			return lat, lon, true
		}
	}
	point, _, _ = strings.Cut(point, ";")
	parts := strings.Split(point, ",")
	if len(parts) < 2 || len(parts) > 3 { // a third number is the height
		return 0, 0, false
	}
	return degrees(parts[0], parts[1])
}

func pairOf(s string) (lat, lon float64, ok, isMap bool) {
	m := pairRE.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false, true
	}
	lat, lon, ok = degrees(m[1], m[2])
	return lat, lon, ok, true
}

// degrees reads two numbers; ok is false when they cannot be a place, either way round, or are 0,0.
func degrees(a, b string) (lat, lon float64, ok bool) {
	lat, err1 := strconv.ParseFloat(strings.TrimSpace(a), 64)
	lon, err2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
	if err1 != nil || err2 != nil || math.IsNaN(lat) || math.IsNaN(lon) {
		return 0, 0, false
	}
	lo, hi := min(math.Abs(lat), math.Abs(lon)), max(math.Abs(lat), math.Abs(lon))
	if lo > 90 || hi > 180 || hi < 0.01 {
		return 0, 0, false
	}
	return lat, lon, true
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}
