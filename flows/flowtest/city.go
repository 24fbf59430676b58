// Package flowtest plays conversations: transcripts that a city clerk can read, against the real machine and flows and a
// small engine of its own. Everything in it is deterministic.
package flowtest

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// City is a small government for transcripts: few offices, few categories, so that a change of a real profile never
// changes a story.
func City() *profile.Profile {
	cat := func(code, name, en, agency, words string) profile.Category {
		return profile.Category{Code: code, Name: name, NameEN: en, Agency: agency, Keywords: strings.Split(words, "|")}
	}
	physical := func(c profile.Category) profile.Category { c.Physical = true; return c }
	sensitive := func(c profile.Category) profile.Category { c.Sensitive = true; return c }
	hidden := func(c profile.Category) profile.Category { c.Hidden = true; return c }
	ruled := func(c profile.Category, r profile.Rule) profile.Category { c.Rules = append(c.Rules, r); return c }
	return &profile.Profile{
		ID: "contoh", City: "Kota Serang", Government: "Pemerintah Kota Serang", Product: "Rabeg", Prefix: "SRG",
		Zone: "Asia/Jakarta", Coordinator: "Diskominfo / Bagian Organisasi",
		Emergency: []profile.Emergency{{Number: "112", Name: "Serang Siaga 112"}},
		Helplines: []profile.Helpline{{Number: "119 ext 8", Name: "Layanan krisis kejiwaan", For: []string{profile.ForSelf}},
			{Number: "129", Name: "SAPA perempuan dan anak", For: []string{profile.ForAbuse}},
			{Number: "110", Name: "Polisi", For: []string{profile.ForAbuse}}},
		OfficeHours: []profile.Hours{{Days: []string{"senin", "selasa", "rabu", "kamis", "jumat"}, Open: "07.30", Close: "16.00"}},
		Agencies: []profile.Agency{
			{Code: "DISHUB", Name: "Dinas Perhubungan", Short: "Dishub"},
			{Code: "DPUPR", Name: "Dinas PUPR", Short: "DPUPR"},
			{Code: "DLH", Name: "Dinas Lingkungan Hidup", Short: "DLH"},
			{Code: "DISDUKCAPIL", Name: "Disdukcapil", Short: "Disdukcapil"},
			{Code: "INSPEKTORAT", Name: "Inspektorat", Short: "Inspektorat"},
			{Code: "DINKES", Name: "Dinas Kesehatan", Short: "Dinkes"},
			{Code: "DAMKAR", Name: "Dinas Pemadam Kebakaran", Short: "Damkar"},
			{Code: "KEC-SERANG", Name: "Kecamatan Serang", Short: "Kec. Serang", District: "36.73.01"},
			{Code: "KEC-CURUG", Name: "Kecamatan Curug", Short: "Kec. Curug", District: "36.73.04"},
			{Code: "LUAR", Name: "Di luar kewenangan", Outside: true},
		},
		Owners: []profile.Owner{
			{Code: "PLN", Name: "PLN", Short: "PLN", About: "listrik rumah, tiang dan kabel listrik", AboutEN: "power at home, electric poles and cables",
				Words: []string{"pln", "listrik"}, Door: profile.Door{Phone: "123", App: "PLN Mobile", Checked: "2026-06-01", Source: "pln"}},
			{Code: "IMIGRASI", Name: "Kantor Imigrasi", Short: "Imigrasi", About: "paspor", AboutEN: "passports", Words: []string{"paspor"}},
			{Code: "PROVINSI", Name: "PUPR Provinsi", Short: "PUPR Provinsi", About: "jalan provinsi", AboutEN: "provincial roads",
				Door: profile.Door{App: "Jalan Provinsi", Checked: "2024-11-01", Source: "situs"}},
		},
		Groups: []profile.Group{
			{Code: "jalan", Name: "Jalan", NameEN: "Roads", Icon: "🛣️", Words: []string{"jalanan"}},
			{Code: "lampu", Name: "Lampu jalan", NameEN: "Street lights", Icon: "💡", Words: []string{"lampu"}},
			{Code: "sampah", Name: "Sampah & pohon", NameEN: "Rubbish & trees", Icon: "🗑️", Words: []string{"sampah"}},
			{Code: "air", Name: "Air & banjir", NameEN: "Water & floods", Icon: "💧", Words: []string{"air"}},
			{Code: "surat", Name: "Surat & kantor", NameEN: "Papers & offices", Icon: "🪪", Words: []string{"surat"}},
			{Code: "lain", Name: "Lainnya", NameEN: "Something else", Icon: "➕", Words: []string{"lain", "other"}},
		},
		Areas:   areas(),
		Matters: matters(),
		Categories: menu([]profile.Category{
			ruled(physical(cat("jalan_jembatan", "Jalan & jembatan", "Roads & bridges", "DPUPR", "jalan rusak|berlubang|aspal|jembatan|trotoar|pothole|road")),
				profile.Rule{Words: []string{"jalan provinsi", "provincial road"}, Agency: "LUAR", Owner: "PROVINSI"}),
			physical(cat("penerangan_jalan", "Penerangan jalan (PJU)", "Street lights", "DISHUB", "lampu|pju|penerangan|gelap|street light|streetlight")),
			physical(cat("sampah_kebersihan", "Sampah & kebersihan", "Waste & cleaning", "DLH", "sampah|kotor|tps|garbage|trash")),
			physical(cat("drainase_banjir", "Drainase, kali & banjir", "Drains & floods", "DPUPR", "banjir|got|selokan|mampet|genangan|flood")),
			physical(cat("pohon_taman", "Pohon & taman", "Trees & parks", "DLH", "pohon|dahan|taman|tree")),
			physical(cat("parkir", "Parkir", "Parking", "DISHUB", "parkir|jukir|parking")),
			cat("administrasi_kependudukan", "KTP, KK & akta", "ID cards & certificates", "DISDUKCAPIL", "ktp|kk|akta|kartu keluarga"),
			cat("kesehatan", "Kesehatan & puskesmas", "Health", "DINKES", "puskesmas|posyandu|dbd|nyamuk"),
			sensitive(cat("pungli_integritas", "Pungli & penyimpangan aparat", "Bribes & misconduct", "INSPEKTORAT", "pungli|suap|korupsi|pungutan liar|bribe")),
			cat("pelayanan_kelurahan", "Kelurahan, kecamatan, RT/RW", "Kelurahan & kecamatan", "KECAMATAN", "lurah|pak rt|surat pengantar"),
			cat("damkar", "Damkar & penyelamatan", "Fire & rescue", "DAMKAR", "tawon|ular|kebakaran|api"),
			cat("luar_kewenangan", "Luar kewenangan", "Outside the city", "LUAR", "pln|listrik padam|listrik mati|bpjs|paspor"),
			hidden(cat("darurat", "Darurat", "Emergency", "LUAR", "darurat")),
		}),
	}
}

// menu gives categories what a citizen reads of them.
func menu(all []profile.Category) []profile.Category {
	for i, c := range all {
		f := map[string][4]string{
			"jalan_jembatan": {"Jalan & jembatan", "Roads & bridges", "🛣️", "jalan"}, "penerangan_jalan": {"Lampu jalan", "Street lights", "💡", "lampu"},
			"sampah_kebersihan": {"Sampah", "Rubbish", "🗑️", "sampah"}, "drainase_banjir": {"Got, kali & banjir", "Drains & floods", "🌊", "air"},
			"pohon_taman": {"Pohon & taman", "Trees & parks", "🌳", "sampah"}, "parkir": {"Parkir", "Parking", "🅿️", "jalan"},
			"administrasi_kependudukan": {"KTP, KK & akta", "ID cards & certificates", "🪪", "surat"}, "kesehatan": {"Puskesmas & kesehatan", "Health", "🩺", "lain"},
			"pungli_integritas": {"Pungli & ulah pegawai", "Bribes & misconduct", "⚖️", "lain"}, "pelayanan_kelurahan": {"Kelurahan, RT & RW", "Neighbourhood offices", "🏛️", "surat"},
			"damkar": {"Damkar & penyelamatan", "Fire & rescue", "🚒", "lain"}, "luar_kewenangan": {"PLN, BPJS & lainnya", "Outside the city", "🔌", "lain"},
		}[c.Code]
		all[i].Short, all[i].ShortEN, all[i].Icon, all[i].Group = f[0], f[1], f[2], f[3]
	}
	return all
}

// areas are the finder's kelurahan, so that names that two have are known.
func areas() []profile.Area {
	var out []profile.Area
	for _, q := range squares() {
		out = append(out, profile.Area{Code: q.Area, Name: q.AreaName, District: q.District, DistrictName: q.DistrictName})
	}
	return out
}

// Machine is the real machine with the small city.
func Machine() *flows.Machine { return machine(flows.Options{}) }

// Hearing is a machine that has voice notes turned into words.
func Hearing() *flows.Machine { return machine(flows.Options{Hears: true}) }

func machine(o flows.Options) *flows.Machine {
	p := City()
	o.Profile, o.Reader, o.Finder = p, NewReader(p), NewFinder()
	if o.Flows == nil {
		o.Flows = errands.All()
	}
	return flows.New(o)
}

// Reader reads by key words: one category is sure, two are a choice, "masalah" alone is faint.
type Reader struct {
	profile *profile.Profile
	places  *regexp.Regexp
}

var _ understand.Reader = Reader{}

// NewReader reads for a profile.
func NewReader(p *profile.Profile) Reader {
	return Reader{p, regexp.MustCompile(`(?i)\b(?:jl|jln|jalan|kel|kelurahan|kp|komplek|perum|depan|dekat)\b\.? +[\pL\d]+(?: +[\pL\d]+)?`)}
}

// Read implements understand.Reader.
func (r Reader) Read(text string) understand.Reading {
	said := " " + bot.Fold(text) + " "
	out := understand.Reading{Kind: report.Complaint, Places: r.placesIn(text)}
	var hits []string
	for _, c := range r.profile.Categories {
		if c.Hidden {
			continue
		}
		for _, k := range c.Keywords {
			if strings.Contains(said, " "+k+" ") {
				hits = append(hits, c.Code)
				break
			}
		}
	}
	for i, h := range hits {
		if i < 3 {
			out.Guesses = append(out.Guesses, report.Guess{Category: h, P: 0.9/float64(len(hits)) - 0.01*float64(i)})
		}
	}
	out.Emergency = anyOf(said, "kebakaran", "tolong cepat", "tenggelam", "kecelakaan parah",
		"anak hilang", "anak saya hilang", "terjebak")
	if out.Emergency && anyOf(said, "hilang") {
		out.Danger = say.Missing
	}
	switch {
	case anyOf(said, "bunuh diri", "mengakhiri hidup", "tidak ingin hidup lagi"):
		out.Harm = understand.SelfHarm
	case anyOf(said, "dipukuli suami", "dipukul suami", "dicabuli"):
		out.Harm = understand.Abuse
	}
	out.Human = anyOf(said, "ngomong sama orang", "bicara dengan petugas", "talk to a person")
	switch {
	case anyOf(said, "usul", "sebaiknya", "saran", "suggest"):
		out.Kind = report.Wish
	case anyOf(said, "syarat", "bagaimana cara", "jam berapa", "how do i"):
		out.Kind = report.Question
	}
	if len(hits) > 0 || out.Emergency || out.Human || out.Harm != "" {
		return out
	}
	switch s := strings.TrimSpace(said); {
	case s == "halo" || s == "assalamualaikum" || s == "selamat pagi" || s == "hello":
		out.NoReport, out.Small = true, "greeting"
	case strings.Contains(s, "terima kasih") || s == "makasih" || s == "thanks":
		out.NoReport, out.Small = true, "thanks"
	case s == "tes" || s == "p" || s == "test":
		out.NoReport, out.Small = true, "test"
	case anyOf(said, "pinjol", "slot gacor"):
		out.NoReport, out.Small = true, "spam"
	}
	return out
}

func anyOf(said string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(said, " "+w+" ") {
			return true
		}
	}
	return false
}

func (r Reader) placesIn(text string) []string {
	var out []string
	for _, m := range r.places.FindAllString(text, 4) {
		if w := strings.Fields(m); len(w) > 1 && w[1] != "rusak" && w[1] != "mati" && w[1] != "berlubang" {
			out = append(out, m)
		}
	}
	return out
}

// Finder knows five kelurahan as squares of 0.02 degrees, and two streets.
type Finder struct{ links *regexp.Regexp }

// NewFinder makes it.
func NewFinder() Finder {
	return Finder{regexp.MustCompile(`(?:@|q=|geo:)(-?\d+\.\d+),(-?\d+\.\d+)`)}
}

var _ place.Finder = Finder{}

type square struct {
	place.Choice
	lat, lon float64 // its middle
}

func squares() []square {
	c := func(area, name, district, districtName string) place.Choice {
		return place.Choice{Area: area, AreaName: name, District: district, DistrictName: districtName}
	}
	return []square{
		{c("36.73.01.1002", "Cipare", "36.73.01", "Serang"), -6.12, 106.15},
		{c("36.73.01.1001", "Serang", "36.73.01", "Serang"), -6.12, 106.17},
		{c("36.73.01.1008", "Sukawana", "36.73.01", "Serang"), -6.14, 106.15},
		{c("36.73.04.1007", "Sukawana", "36.73.04", "Curug"), -6.18, 106.15},
		{c("36.73.04.1001", "Curug", "36.73.04", "Curug"), -6.18, 106.17},
	}
}

// At implements place.Finder.
func (Finder) At(lat, lon float64) (place.Spot, bool) {
	if math.IsNaN(lat) || math.IsNaN(lon) || math.Abs(lat) > 90 || math.Abs(lon) > 180 || lat == 0 && lon == 0 {
		return place.Spot{}, false
	}
	var s place.Spot
	for _, q := range squares() {
		dy, dx := math.Abs(lat-q.lat), math.Abs(lon-q.lon)
		switch {
		case dy <= 0.01 && dx <= 0.01 && !s.Inside:
			s.Inside = true
			s.Area, s.AreaName, s.District, s.DistrictName = q.Area, q.AreaName, q.District, q.DistrictName
		case dy <= 0.0115 && dx <= 0.0115:
			s.Near = append(s.Near, q.Choice)
		}
	}
	if !s.Inside {
		s = place.Spot{AreaName: "Kramatwatu", Meters: 4000, Whose: "Kab. Serang"}
	}
	return s, true
}

// Find implements place.Finder.
func (Finder) Find(words string) []place.Candidate {
	said := " " + bot.Fold(words) + " "
	var out []place.Candidate
	for _, st := range []struct {
		name string
		area int
		lon  float64
	}{{"Jl. Veteran", 1, 106.17}, {"Alun-alun", 1, 106.171}} {
		folded := bot.Fold(st.name)
		last := folded[strings.LastIndexByte(folded, ' ')+1:]
		switch {
		case strings.Contains(said, " "+last+" "):
			out = append(out, place.Candidate{Choice: squares()[st.area].Choice, Name: st.name, Kind: "jalan", P: 0.95})
		case last == "veteran" && strings.Contains(said, " vetran "):
			out = append(out, place.Candidate{Choice: squares()[st.area].Choice, Name: st.name, Kind: "jalan", P: 0.7})
		}
	}
	for _, q := range squares() {
		name := bot.Fold(q.AreaName)
		if !strings.Contains(said, " "+name+" ") || len(out) > 2 || len(out) > 0 && out[0].Name != "" {
			continue
		}
		p := 0.95
		if name == "sukawana" {
			p = 0.8
			if strings.Contains(said, " "+bot.Fold(q.DistrictName)+" ") {
				return []place.Candidate{{Choice: q.Choice, Kind: "kelurahan", P: 0.95}}
			}
		}
		out = append(out, place.Candidate{Choice: q.Choice, Kind: "kelurahan", P: p})
	}
	return out
}

// Link implements place.Finder.
func (f Finder) Link(text string) (lat, lon float64, ok, short bool) {
	if m := f.links.FindStringSubmatch(text); m != nil {
		lat, err1 := strconv.ParseFloat(m[1], 64)
		lon, err2 := strconv.ParseFloat(m[2], 64)
		return lat, lon, err1 == nil && err2 == nil, false
	}
	return 0, 0, false, strings.Contains(text, "maps.app.goo.gl")
}
