package twin

import "strings"

// spots are the places that words name.
type spots struct {
	// named are the names of streets, lanes and settlements, each by its kind.
	named map[string][]string
	// marks are what something lies in front of, near, behind.
	marks []string
	// bare are the names of its own place that no word before them tells the kind of: "di ciloak".
	bare []string
	// all are all words, for a name that the other text says without a word before it: "karangantu banjir".
	all map[string]bool
}

// kinds are the words before the name of a street or a settlement; those of one kind are called by each other's names.
var kinds = map[string]string{
	"jalan": "street", "jl": "street", "jln": "street", "street": "street", "road": "street",
	"gang": "lane", "gg": "lane", "lorong": "lane", "alley": "lane",
	"kampung": "settlement", "kp": "settlement", "perumahan": "settlement", "perum": "settlement", "komplek": "settlement", "dusun": "settlement",
	"link": "settlement", "lingkungan": "settlement", "cluster": "settlement",
	"puskesmas": "clinic", "pkm": "clinic", "rs": "clinic", "rsud": "clinic", "pustu": "clinic", "posyandu": "clinic",
	"pasar": "market", "market": "market",
	"kelurahan": "office", "kecamatan": "office",
}

// cues are the words before a landmark.
var cues = map[string]bool{
	"depan": true, "dekat": true, "seberang": true, "sebrang": true, "samping": true, "sebelah": true, "belakang": true, "pojok": true, "ujung": true, "arah": true,
	"tikungan": true, "perempatan": true, "pertigaan": true, "simpang": true, "sekitar": true, "ngarepe": true, "arepe": true, "mburi": true, "parek": true,
	"hareupeun": true, "gigireun": true, "tukangeun": true, "deukeut": true, "near": true, "behind": true, "opposite": true, "beside": true, "front": true,
}

// nameEnds are words that belong to no name.
var nameEnds = setOf(`yang dan di ke dari sudah belum tidak mohon tolong karena ada itu ini sangat sekali sampai untuk dengan saya kami kita pak bu min
 rusak mati padam banjir macet berlubang lubang bolong hancur gelap kotor bau sampah pju lampu sejak sekarang kemarin minggu bulan hari bocor mampet
 pohon tumbang oleh buang limbah bakar parkir numpuk menumpuk roboh amblas ambles ambruk longsor bikin minta mau bisa parah terus lagi kalau tiap
 setiap semua total pisan euy banget dong nih juga sering selalu jadi atau air tutup tutupnya hilang penuh nyala menyala besar tengah rumah masih
 is are has was and since with please broken the a of my aspal cor dicor diaspal retak licin becek berlumpur bergelombang kebanjiran terendam
 tergenang growak growong butut umum raya sini gede kecil sempit utama aja doang rawan sepanjang tinggi tergantung trus kerja tanah tidak diangkut
 no nomor rt rw blok km`)

// generic are words of names that tell nothing.
var generic = setOf(`raya kota kantor the sd smp sma negeri bu ibu haji`)

// alias are other words for a landmark.
var alias = map[string]string{"spbu": "bensin", "pom": "bensin", "pertamina": "bensin", "mesjid": "masjid", "lapang": "lapangan", "mosque": "masjid", "school": "sekolah",
	"mushola": "musola", "musholla": "musola", "musala": "musola", "musholah": "musola", "univ": "kampus", "universitas": "kampus"}

func setOf(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

func spotsIn(tokens []string) spots {
	s := spots{named: map[string][]string{}, all: map[string]bool{}}
	for i, w := range tokens {
		s.all[other(w)] = true
		kind, names := kinds[w]
		if !names && !cues[w] {
			continue
		}
		most := 2
		if !names {
			most = 3
		}
		for j := i + 1; j < len(tokens) && j <= i+most && !nameEnds[tokens[j]] && !cues[tokens[j]]; j++ {
			if k := tokens[j]; kinds[k] != "" {
				if names || kinds[k] == "street" || kinds[k] == "lane" || kinds[k] == "settlement" {
					break
				}
			}
			switch n := other(tokens[j]); {
			case len(n) < 2 || generic[n]:
			case names:
				s.named[kind] = append(s.named[kind], n)
			default:
				s.marks = append(s.marks, n)
			}
		}
	}
	return s
}

func other(w string) string {
	if a, ok := alias[w]; ok {
		return a
	}
	return w
}

// take adds what another text names.
func (s *spots) take(o spots) {
	for k, n := range o.named {
		s.named[k] = append(s.named[k], n...)
	}
	s.marks = append(s.marks, o.marks...)
	for w := range o.all {
		s.all[w] = true
	}
}

// where is what two texts say of their places.
type where int

const (
	elsewhere where = iota - 1 // they name different places
	unsaid                     // nothing to compare
	there                      // they name the same place
)

// meet compares what two texts say of their places. One street or landmark that both name is enough, unless they name two streets, two
// lanes or two settlements.
func (s spots) meet(o spots) where {
	at := unsaid
	for kind, names := range s.named {
		others := o.named[kind]
		switch {
		case len(others) == 0:
		case shared(names, others):
			at = there
		default:
			return elsewhere
		}
	}
	switch {
	case len(s.marks) == 0 || len(o.marks) == 0:
	case shared(s.marks, o.marks):
		return there
	case !s.says(o.marks) && !o.says(s.marks):
		return elsewhere
	}
	if at == there || s.says(o.names()) || o.says(s.names()) {
		return there
	}
	return at
}

// called compares the names of two texts' own places that no word tells the kind of.
func (s spots) called(o spots) where {
	switch {
	case s.says(o.bare), o.says(s.bare), shared(s.bare, o.bare):
		return there
	case len(s.bare) == 0 || len(o.bare) == 0:
		return unsaid
	}
	return elsewhere
}

// none reports whether a text names no street, landmark or other spot.
func (s spots) none() bool { return len(s.named)+len(s.marks)+len(s.bare) == 0 }

func (s spots) names() (out []string) {
	for _, n := range s.named {
		out = append(out, n...)
	}
	return append(out, s.marks...)
}

// says reports whether one of some names stands anywhere in a text.
func (s spots) says(names []string) bool {
	for _, n := range names {
		if len(n) > 2 && s.all[n] {
			return true
		}
	}
	return false
}

func shared(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if near(x, y) {
				return true
			}
		}
	}
	return false
}

// near reports whether two names are the same but for one letter; short ones must be the same.
func near(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
