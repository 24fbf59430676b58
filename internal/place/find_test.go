package place

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rabeg/internal/profile"
)

// say writes a candidate down in one line: kind, name, kelurahan/kecamatan, note.
func say(c Candidate) string {
	s := c.Kind
	if c.Name != "" {
		s += " " + c.Name
	}
	if c.Whose != "" {
		return s + " " + c.Whose
	}
	s += " [" + c.AreaName + "/" + c.DistrictName + "]"
	if c.Note != "" {
		s += " (" + c.Note + ")"
	}
	return s
}

const (
	sure = "sure" // P from 0.9: taken without asking
	ask  = "ask"  // below: "maksud Anda …?"
)

func level(c Candidate) string {
	if c.P >= 0.9 {
		return sure
	}
	return ask
}

// Answers to "where?", as people type them.
func TestFind(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for words, want := range map[string][]string{
		// kelurahan and kecamatan
		"kaligandu":                      {sure, "kelurahan [Kaligandu/Serang]"},
		"KALIGANDU":                      {sure, "kelurahan [Kaligandu/Serang]"},
		"kel kaligandu":                  {sure, "kelurahan [Kaligandu/Serang]"},
		"kel. kaligandu kec. serang":     {sure, "kelurahan [Kaligandu/Serang]"},
		"kel.drangong,kec.taktakan":      {sure, "kelurahan [Drangong/Taktakan]"},
		"kaligndu":                       {sure, "kelurahan [Kaligandu/Serang]"},
		"kailgandu":                      {sure, "kelurahan [Kaligandu/Serang]"},
		"kali gandu":                     {sure, "kelurahan [Kaligandu/Serang]"},
		"kaliganduuu":                    {sure, "kelurahan [Kaligandu/Serang]"},
		"di kaligandu":                   {sure, "kelurahan [Kaligandu/Serang]"},
		"kaligandu ya pak":               {sure, "kelurahan [Kaligandu/Serang]"},
		"🙏🙏 kaligandu":                   {sure, "kelurahan [Kaligandu/Serang]"},
		"dkt kelurahan kaligandu serang": {sure, "kelurahan [Kaligandu/Serang] (dekat)"},
		"saya tinggal di unyur":          {sure, "kelurahan [Unyur/Serang]"},
		"lontar baru":                    {sure, "kelurahan [Lontarbaru/Serang]"},
		"lontarbaru":                     {sure, "kelurahan [Lontarbaru/Serang]"},
		"banjaragung":                    {sure, "kelurahan [Banjar Agung/Cipocok Jaya]"},
		"banjar sari":                    {sure, "kelurahan [Banjarsari/Cipocok Jaya]"},
		"kel penancangan":                {sure, "kelurahan [Panancangan/Cipocok Jaya]"},
		"penancangan":                    {sure, "kelurahan [Panancangan/Cipocok Jaya]"},
		"kepuren":                        {sure, "kelurahan [Kapuren/Walantaka]"},
		"trondol":                        {sure, "kelurahan [Terondol/Serang]"},
		"smr pecung":                     {ask, "kelurahan [Sumur Pecung/Serang]"},
		"taman baru":                     {ask, "kelurahan [Taman Baru/Taktakan]"},
		"kotabaru":                       {sure, "kelurahan [Kota Baru/Serang]"},
		"ds pasuluhan walantaka":         {sure, "kelurahan [Pasuluhan/Walantaka]"},
		"desa kiara":                     {sure, "kelurahan [Kiara/Walantaka]"},
		"kec. walantaka":                 {sure, "kecamatan [/Walantaka]"},
		"kec wlntk":                      {sure, "kecamatan [/Walantaka]"},
		"kec cpcok jaya":                 {sure, "kecamatan [/Cipocok Jaya]"},
		"kel cipocok jaya":               {sure, "kelurahan [Cipocok Jaya/Cipocok Jaya]"},
		"depan kantor kecamatan curug":   {sure, "kecamatan [/Curug] (depan kantor kecamatan curug)"},
		"Kel Sukawana Kec Curug":         {sure, "kelurahan [Sukawana/Curug]", "kelurahan [Sukawana/Serang]"},
		"sukawana curug":                 {sure, "kelurahan [Sukawana/Curug]", "kelurahan [Sukawana/Serang]"},
		"sukawana kec serang":            {sure, "kelurahan [Sukawana/Serang]", "kelurahan [Sukawana/Curug]"},
		"panancangan cipocok":            {sure, "kelurahan [Panancangan/Cipocok Jaya]"},
		"unyur kasemen":                  {ask, "kelurahan [Unyur/Serang]"}, // Unyur does not lie there
		// one name, two places
		"sukawana":     {ask, "kelurahan [Sukawana/Serang]", "kelurahan [Sukawana/Curug]"},
		"cpcok jaya":   {ask, "kecamatan [/Cipocok Jaya]"},
		"cipocok":      {sure, "kecamatan [/Cipocok Jaya]"},
		"ksmn":         {ask, "kecamatan [/Kasemen]"},
		"curug":        {sure, "kecamatan [/Curug]"},
		"serang":       {ask, "kecamatan [/Serang]"},
		"jl kaligandu": {ask, "kelurahan [Kaligandu/Serang] (jl kaligandu)"},
		// streets
		"jl veteran":                  {sure, "jalan Jalan Veteran [/Serang]"},
		"veteran street":              {sure, "jalan Jalan Veteran [/Serang]"},
		"jln veteran dpn alun2":       {sure, "jalan Jalan Veteran [/Serang] (dpn alun2)"},
		"jl a yani":                   {sure, "jalan Jalan Ahmad Yani [/]"},
		"jl. ahmad yani no 12":        {sure, "jalan Jalan Ahmad Yani [/] (no 12)"},
		"jl jend sudirman":            {sure, "jalan Jalan Jenderal Sudirman [/]"},
		"jl lontar baru":              {sure, "jalan Jalan Lontar Baru [Lontarbaru/Serang]"},
		"jl trip jamaksari kaligandu": {sure, "jalan Jalan Trip Jamaksari [Kaligandu/Serang]"},
		"jl saleh baimin cimuncang":   {sure, "jalan Jalan Saleh Baimin [Cimuncang/Serang]"},
		"jl kyai ajurum":              {sure, "jalan Jalan Ki Ajurum [/Cipocok Jaya]"},
		"jl tubagus suwandi":          {sure, "jalan Jalan Tb Suwandi [/Serang]"},
		"jl kimasjong":                {sure, "jalan Jalan Ki Mas Jong [/]"},
		"jl raya ciwaru":              {sure, "jalan Jalan Ciwaru Raya [Cipare/Serang]"},
		"jl bhayangkara cipocok":      {sure, "jalan Jalan Bhayangkara [/Cipocok Jaya]"},
		"jl kh abdul latif":           {ask, "jalan Jalan KH Abdul Latief [Sumur Pecung/Serang]"},
		// places
		"alun2":                     {sure, "tempat Alun-alun Kota Serang [/Serang]"},
		"alun-alun serang":          {sure, "tempat Alun-alun Kota Serang [/Serang]"},
		"psr rau":                   {sure, "tempat Pasar Rau [Cimuncang/Serang]"},
		"blkg psr lama":             {sure, "tempat Pasar Lama [/Serang] (belakang)"},
		"near pasar rau":            {sure, "tempat Pasar Rau [Cimuncang/Serang] (near)"},
		"in front of alun-alun":     {sure, "tempat Alun-alun Kota Serang [/Serang] (front)"},
		"stsn serang":               {sure, "tempat Stasiun Serang [/Serang]"},
		"trmnl pakupatan":           {sure, "tempat Terminal Pakupatan [Panancangan/Cipocok Jaya]"},
		"rs drajat":                 {sure, "tempat RSUD Drajat [/Serang]"},
		"rsud kota serang":          {sure, "tempat RSUD Kota Serang [Panancangan/Cipocok Jaya]"},
		"tpa cilowong":              {sure, "tempat TPA Cilowong [Cilowong/Taktakan]"},
		"sd kaligandu":              {sure, "tempat SDN Kaligandu [Kaligandu/Serang]"},
		"sblh sdn kaligandu rt 3/4": {sure, "tempat SDN Kaligandu [Kaligandu/Serang] (sebelah, RT 3/4)"},
		"perum graha walantaka":     {sure, "tempat Perumahan Graha Walantaka [Walantaka/Walantaka]"},
		"komp persada banten":       {sure, "tempat Komplek Persada Banten [/Walantaka]"},
		"perum ksb":                 {sure, "tempat Perumahan Kota Serang Baru (KSB) [Banjar Agung/Cipocok Jaya]"},
		"kp kubang semar":           {sure, "tempat Kampung Kubang Semar [Teritih/Walantaka]"},
		"link sumur putat":          {sure, "tempat Sumur Putat [Cipocok Jaya/Cipocok Jaya]"},
		"prtgn parung":              {sure, "tempat Lampu merah Parung [/] (pertigaan)"},
		// notes
		"depan SD 3 kaligandu":                 {sure, "kelurahan [Kaligandu/Serang] (depan SD 3)"},
		"rt 02/05 kel unyur":                   {sure, "kelurahan [Unyur/Serang] (RT 02/05)"},
		"rt 2 rw 5 unyur blok C no 5":          {sure, "kelurahan [Unyur/Serang] (RT 2 RW 5, blok C no 5)"},
		"kaligandu rt03 rw04":                  {sure, "kelurahan [Kaligandu/Serang] (RT03 RW04)"},
		"gg mawar unyur":                       {sure, "kelurahan [Unyur/Serang] (gg mawar)"},
		"jl mawar no 3 kel unyur":              {sure, "kelurahan [Unyur/Serang] (jl mawar, no 3)"},
		"puskesmas unyur":                      {sure, "kelurahan [Unyur/Serang] (puskesmas unyur)"},
		"lingk. cigebug banjar agung rt 02/05": {sure, "tempat Lingkungan Cigebug [Banjar Agung/Cipocok Jaya] (RT 02/05)"},
		// the neighbours'
		"kab serang": {sure, "luar Kabupaten Serang"},
		"cilegon":    {sure, "luar Kota Cilegon"},
		"kragilan":   {sure, "luar Kragilan Kabupaten Serang"},
		// nothing
		"": nil, "tidak tahu": nil, "rumah saya": nil, "asdf qwer": nil, "di situ": nil, "12345": nil, "?!": nil, "ok": nil,
		"kota serang": nil, "serang banten": nil, "jl": nil, "masjid": nil, "sdn 3": nil,
	} {
		got := g.Find(words)
		var said []string
		if len(got) > 0 {
			said = append(said, level(got[0]))
		}
		for _, c := range got {
			said = append(said, say(c))
		}
		if strings.Join(said, "\n") != strings.Join(want, "\n") {
			t.Errorf("%q: %v, want %v", words, said, want)
		}
	}
}

// Places in whole messages: the words they came from and the first candidate; "" for none.
func TestIn(t *testing.T) {
	t.Parallel()
	g, _ := gazetteer(t, "serang")
	for _, c := range []struct{ text, phrase, level, first string }{
		{"lampu pju mati dr kmrn di jl veteran dpn alun2 serang", "jl veteran dpn alun2", sure, "jalan Jalan Veteran [/Serang] (dpn alun2)"},
		{"jalan rusak parah di kaligandu dekat pasar", "kaligandu dekat pasar", sure, "kelurahan [Kaligandu/Serang] (dekat pasar)"},
		{"macet kaligandu", "kaligandu", sure, "kelurahan [Kaligandu/Serang]"},
		{"tolong jalan bolong di perumahan graha walantaka blok c", "perumahan graha walantaka blok c", sure, "tempat Perumahan Graha Walantaka [Walantaka/Walantaka] (blok c)"},
		{"sampah numpuk di kec curug sudah seminggu", "kec curug", sure, "kecamatan [/Curug]"},
		{"banjir di depan sdn kaligandu, air masuk rumah", "depan sdn kaligandu", sure, "tempat SDN Kaligandu [Kaligandu/Serang] (depan)"},
		{"pak, drainase mampet kel unyur rt 02/05 tolong", "kel unyur rt 02/05", sure, "kelurahan [Unyur/Serang] (RT 02/05)"},
		{"bansos belum cair, saya warga lingkungan cigebug", "lingkungan cigebug", sure, "tempat Lingkungan Cigebug [Banjar Agung/Cipocok Jaya]"},
		{"Rumah kebanjiran di Kp. Kubang Semar Kel. Teritih Kec. Walantaka Kota Serang RT.02 RW.03", "Kp. Kubang Semar Kel. Teritih Kec. Walantaka Kota Serang RT.02 RW.03", sure,
			"tempat Kampung Kubang Semar [Teritih/Walantaka] (RT.02 RW.03)"},
		{"jl raya pandeglang karundang longsor", "jl raya pandeglang karundang", sure, "jalan Jalan Raya Pandeglang [Karundang/Cipocok Jaya]"},
		{"di Kragilan buang limbah", "Kragilan", sure, "luar Kragilan Kabupaten Serang"},
		{"pabrik di kec. kragilan buang limbah ke kali", "kec. kragilan", sure, "luar Kragilan Kabupaten Serang"},
		{"banjir di kampung Sawo buang limbah", "kampung Sawo", "", ""},
		{"tiap hari macet di pertigaan parung arah kalodran", "pertigaan parung arah kalodran", sure, "tempat Lampu merah Parung [/] (pertigaan, arah kalodran)"},
		{"street light broken near pasar lama since monday", "near pasar lama", sure, "tempat Pasar Lama [/Serang] (near)"},
		{"The road in Walantaka is broken", "Walantaka", sure, "kecamatan [/Walantaka]"},
		{"jalanan di cpcok jaya gelap", "cpcok jaya", ask, "kecamatan [/Cipocok Jaya]"},
		{"pohon tumbang di jl mawar no 3", "jl mawar no 3", "", ""}, // sounds like a place that nobody knows
		{"pohon tumbang di gang mawar rt 01/02", "gang mawar rt 01/02", "", ""},
		{"anjing liar menyerang warga di kampung baru", "", "", ""},
		{"di kota serang banyak jalan rusak", "", "", ""},
		{"jalan di serang rusak semua", "", "", ""},
		{"ada curug bagus di sini", "", "", ""},
		{"jalan baru di cor sudah rusak lagi", "", "", ""},
		{"saya tinggal sendiri, sedangkan bantuan tidak ada", "", "", ""},
		{"saya mau lapor pungli", "", "", ""},
		{"halo selamat pagi", "", "", ""},
		{"jalan berlubang dan berdebu", "", "", ""},
		{"kampung kumuh tidak ada mck", "", "", ""},
		{"tembok perumahan roboh", "", "", ""},
		{"surat pengantar rt dipersulit", "", "", ""},
		{"kecelakaan di jalan raya", "", "", ""},
		{"banjir di perumahan Cempaka Putih", "perumahan Cempaka Putih", "", ""},
		{"lampu mati di Kp. Baru", "", "", ""},
		{"", "", "", ""},
	} {
		m, ok := g.In(c.text)
		if ok != (c.phrase != "") || m.Phrase != c.phrase || c.text[m.From:m.To] != m.Phrase {
			t.Errorf("%q: phrase %q at %d:%d, want %q", c.text, m.Phrase, m.From, m.To, c.phrase)
		}
		got, lv := "", ""
		if len(m.Candidates) > 0 {
			got, lv = say(m.Candidates[0]), level(m.Candidates[0])
		}
		if got != c.first || lv != c.level {
			t.Errorf("%q: %s %q, want %s %q", c.text, lv, got, c.level, c.first)
		}
		if s := g.Spotting(c.text); len(s) > 0 != ok {
			t.Errorf("%q: spotting %q", c.text, s)
		}
	}
}

// Every kelurahan of every profile is found by its name with its kecamatan's, right and with a slip of the finger.
func TestFindEveryArea(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		g, p := gazetteer(t, name)
		slips, wrong, confident := 0, 0, 0
		for _, a := range p.Areas {
			words := fmt.Sprintf("kel %s kec %s", a.Name, a.DistrictName)
			if got := g.Find(words); len(got) == 0 || got[0].Area != a.Code || got[0].P < 0.9 {
				t.Errorf("%s: %q is %+v", name, words, got)
			}
			if len(a.Name) < 6 {
				continue
			}
			for _, slip := range []string{a.Name[:3] + a.Name[4:], a.Name[:2] + a.Name[3:4] + a.Name[2:3] + a.Name[4:], a.Name[:4] + a.Name[3:]} {
				slips++
				got := g.Find(fmt.Sprintf("kel %s kec %s", slip, a.DistrictName))
				if len(got) == 0 || got[0].Area != a.Code {
					wrong++
					if len(got) > 0 && got[0].P >= 0.9 && got[0].Area != "" {
						confident++
						t.Logf("%s: %q (%s) is surely %s", name, slip, a.Name, say(got[0]))
					}
				}
			}
		}
		t.Logf("%s: %d slips, %d not the kelurahan meant, %d of them without asking", name, slips, wrong, confident)
		if wrong*100 > slips*4 || confident*200 > slips {
			t.Errorf("%s: %d of %d slips wrong, %d without asking", name, wrong, slips, confident)
		}
	}
}

func check(t *testing.T, text string, cs []Candidate) {
	t.Helper()
	if len(cs) > mostCandidates {
		t.Errorf("%q: %d candidates", text, len(cs))
	}
	for i, c := range cs {
		if !(c.P >= 0 && c.P <= 1) || c.Kind == "" || c.Name == "" && c.District == "" && c.Whose == "" || i > 0 && c.P > cs[i-1].P {
			t.Errorf("%q: %+v", text, cs)
		}
		if !utf8.ValidString(c.Note) && utf8.ValidString(text) {
			t.Errorf("%q: note %q is cut inside a letter", text, c.Note)
		}
		if c.Area != "" && c.District == "" {
			t.Errorf("%q: a kelurahan without its kecamatan: %+v", text, c)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"kel kaligandu", "jl veteran dpn alun2 serang", "rt 02/05", "é'ë ''", "kec", "kab serang", "dikaligandu diciruas", "pabuaran kab serang", "sukawana, curug\x00", "jl jl jl kel", "\xff\xfe jl \xc3", strings.Repeat("kaligandu ", 100)} {
		f.Add(s)
	}
	g, _ := gazetteer(f, "serang")
	f.Fuzz(func(t *testing.T, text string) {
		check(t, text, g.Find(text))
		m, ok := g.In(text)
		check(t, text, m.Candidates)
		if ok != (m.Phrase != "") || text[m.From:m.To] != m.Phrase {
			t.Errorf("%q: %+v", text, m)
		}
	})
}
