package understand

import "testing"

// TestBrink tells somebody else's life at stake now, which wants a rescue, from the sadness of who writes and of who is told of.
func TestBrink(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"pacar aku mau bunuh diri, dia udah di atas jembatan", "temen gue mau loncat dari jembatan ciujung sekarang", "adik saya naik tower mau bunuh diri",
		"suami saya bawa tali ke kamar katanya mau gantung diri, pintunya dikunci", "my boyfriend is on the bridge and wants to jump",
		"kanca kula arep nglalu, wis neng duwur jembatan", "babaturan abdi rek bunuh diri, geus di luhur jambatan",
		"kakak aku ngunci diri di kamar mandi bawa silet mau bundir", "mantan saya ngancem bunuh diri, dia di rel kereta skrg",
		"sahabatku mo bunuh diri di rooftop",
	} {
		if r := m.Read(text); !r.Emergency || r.Harm == SelfHarm || r.Danger != Longing {
			t.Errorf("%q: emergency %v %q, harm %q", text, r.Emergency, r.Danger, r.Harm)
		}
	}
	for _, text := range []string{"anak saya udah minum baygon", "temen kos saya barusan minum obat tidur sebotol"} {
		if r := m.Read(text); !r.Emergency || r.Danger != "medis" {
			t.Errorf("%q: emergency %v %q", text, r.Emergency, r.Danger)
		}
	}
	for text, other := range map[string]bool{
		"pacar aku pengen bunuh diri": true, "temen saya sering ngomong pengen mati, saya harus gimana": true, "adik saya depresi katanya capek hidup": true,
		"anak saya bilang ingin mati": true, "sahabatku bilang dia ga mau hidup lagi": true, "my friend says she wants to die": true,
		"kanca kula kepengin mati wae": true, "ibu saya pengen mati aja katanya": true,
		"saya mau bunuh diri": false, "aku pengen mati": false, "suami mukul saya terus, saya pengen mati aja": false, "capek hidup saya": false,
	} {
		if r := m.Read(text); r.Harm != SelfHarm || r.OfOther != other || r.Emergency {
			t.Errorf("%q: harm %q of another %v, emergency %v", text, r.Harm, r.OfOther, r.Emergency)
		}
	}
	for _, text := range []string{
		"pacar aku mati gaya di jembatan", "temen saya mau lompat tali di alun alun", "film bunuh diri di jembatan bagus", "bunuh nyamuk di atas jembatan",
		"adik saya main lompat lompatan di jembatan gantung", "temen gue bunuh karakternya di game", "suami saya naik tower bts buat kerja", "pacarku mau loncat kelas",
		"sekarang pacar saya mati gaya di rel",
	} {
		if r := m.Read(text); r.Emergency || r.Harm != NoHarm {
			t.Errorf("%q: emergency %v, harm %q", text, r.Emergency, r.Harm)
		}
	}
}

// TestTouched hears of whoever lays hands on a person in his or her keeping, whatever office the hands belong to.
func TestTouched(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"guru ngaji di ponpes megang2 santri", "pegawai dukcapil pegang2 saya waktu foto ktp", "ustad di pondok suka raba2 anak santri",
		"dokter puskesmas grepe saya waktu periksa", "petugas satpol pp nyolek2 pantat istri saya", "pak rt megang dada anak saya", "kiai cium cium santriwati",
		"guru olahraga meraba raba siswi", "oknum polisi pegang pegang saya pas tilang", "kepala sekolah ngeraba murid", "lurah meluk meluk saya maksa",
		"guru ngaji nyuruh anak saya buka baju", "teacher keeps touching my daughter", "guru ngaji ngemek ngemek santri", "guru nyekel nyekel bocah wadon",
		"ustad nyabak nyabak budak awewe", "anak sy dicolek2 sama pegawai kelurahan",
	} {
		if r := m.Read(text); r.Harm != Abuse || r.Emergency {
			t.Errorf("%q: harm %q, emergency %v", text, r.Harm, r.Emergency)
		}
	}
	for _, text := range []string{
		"saya cuma bisa ngelus dada lihat anak sekolah lewat jalan begitu", "yang bikin warga mengelus dada, anak kami belum punya guru", "ibu ibu ngurut dada liat harga cabe",
		"pegawai kelurahan megang2 HP terus pas kerja", "guru megang tangan santri bantu nulis", "petugas dukcapil pegang ktp saya", "santri pegang quran",
		"jangan pegang2 kucing liar", "pegawai pegang pegang sidik jari saya susah kebaca", "guru ngaji di ponpes baik sama santri",
		"anak anak suka pegang2 mainan di taman", "dokter megang megang perut saya pas periksa", "petugas pegang kunci gerbang", "anak saya megang2 HP terus",
	} {
		if r := m.Read(text); r.Harm != NoHarm {
			t.Errorf("%q: harm %q, %v", text, r.Harm, r.Why)
		}
	}
}

// TestSnakesByTheirOwnNames: who is bitten by one is in danger, whatever it is called; and words of danger are said of sandals, karcis and wifi.
func TestSnakesByTheirOwnNames(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"kule nyuwun tulung pak, niki lare kule dicokot ule weling, sikile sampun abuh ireng", "anak saya digigit weling tadi", "bapak dipatok welang di sawah", "dicokot ule bocahe",
		"saya ditodong pake pisau di parkiran", "ada maling di rumah saya bawa golok", "suami saya ditusuk orang dari belakang",
	} {
		if r := m.Read(text); !r.Emergency {
			t.Errorf("%q is no emergency", text)
		}
	}
	for _, text := range []string{
		"sinyal wifi taman kota sekarat", "maling sendal di mesjid agung terus2an, pasang cctv kek", "ditodong tukang parkir 5rb tiap mampir alfa",
		"denger2 mau ada tsunami bulan depan bener ga min?", "dah kaya ditusuk dari belakang rasanya, umkm di acc tp duit ga cair", "pln matiin listrik udah kaya minum obat 3x sehari",
	} {
		if r := m.Read(text); r.Emergency {
			t.Errorf("%q is an emergency: %v", text, r.Why)
		}
	}
}

// TestFinerKinds: what is to be done first hangs on more than the group of the phrase.
func TestFinerKinds(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for text, want := range map[string]string{
		"longsor di tembong, 2 rumah ketimbun": "longsor", "tebing longsor nutup jalan ada orang": "longsor", "taneuh urug nutup imah": "longsor",
		"puting beliung atap rumah terbang": "angin", "gempa barusan rumah retak": "gempa", "anak kekunci di mobil": "jebak", "saya kejebak di lift": "jebak",
		"kesiram air panas anak saya": "luka", "keracunan makanan sekelas": "medis", "air sudah sepinggang": "banjir", "rumah tetangga kebakaran": "api",
		"gas bocor di dapur": "gas", "tembok roboh menimpa anak": "runtuh",
	} {
		if r := m.Read(text); !r.Emergency || r.Danger != want {
			t.Errorf("%q: %v %q, want %q", text, r.Emergency, r.Danger, want)
		}
	}
}
