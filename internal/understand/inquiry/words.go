package inquiry

import (
	"slices"
	"strings"
)

// sort is what a word is in a question; a word may be several.
type sort uint32

const (
	asking   sort = 1 << iota // a word that asks
	begging                   // "minta": what follows is asked for
	number                    // what is called
	calling                   // to call
	address                   // where an office is
	where                     // "di mana"
	opening                   // of hours
	clock                     // of hours by itself
	when                      // "kapan"
	way                       // "cara", "syarat"
	cost                      // what it costs
	rescue                    // who comes in a danger
	trouble                   // something is amiss
	not                       // "tidak"
	courtesy                  // said in passing
	empty                     // says nothing of the matter
	span                      // how long: of a price, for what time; else since when something is amiss
	service                   // what an office does for people, and not a thing that lies somewhere
)

// sorts are the words of questions and of complaints, after alike.
//
//nolint:gochecknoglobals // a table that never changes
var sorts = table(map[sort]string{
	asking | empty:         "apa apakah siapa gimana berapa adakah bisakah bolehkah what which who can do does is are bisa boleh",
	asking | where | empty: "mana dimana kemana where",
	asking | when | empty:  "kapan when jadwal",
	asking | way | empty:   "how cara syarat prosedur persyaratan langkah alur aktivasi online requirements procedure apply dokumen berkas",
	clock:                  "jam hours",
	opening:                "buka tutup open opens close closes hari sabtu minggu senin libur weekend saturday",
	begging | empty:        "minta mohon tanya nanya bertanya info informasi boleh tolong need want ask know tahu bagi share kirim ada",
	number:                 "nomor telepon hp wa whatsapp kontak hotline phone number contact cp callcenter center",
	calling:                "hubungi menghubungi lapor call nelpon dihubungi ngehubungin",
	address:                "alamat lokasi address location letak",
	cost:                   "bayar gratis biaya tarif harga ongkos retribusi iuran denda free cost fee price pay",
	span | trouble:         "bulan sebulan seminggu setahun telat terlambat",
	service:                "spmb vaksin vaksinasi imunisasi beasiswa kip pip kuota zonasi formulir legalisir mutasi surat rujukan vaccine enrolment enrollment scholarship",
	rescue:                 "damkar pemadam kebakaran ambulans fire ambulance",
	not | courtesy | empty: "tidak",
	courtesy | empty:       "ya kak pak bu min admin sih dong deh kah nih mas mbak bang gan please pls thanks makasih terima kasih punten permisi ndan om tante halo hai salam saja atau",
	empty:                  "di ke yang itu ini the a an of to for i my me saya kami mau untuk dari dan atau pada kalau sama ingin lewat bikin urus city kota kantor office dinas anak sebelah",
	trouble:                "padahal terus selalu melulu mulu sering jarang malah kenapa mengapa why laporan laporin aduan pengaduan kabar dikerjakan dikerjain dikerja besok masih ribu rb juta uang diminta dimintain kok belum lama lambat rusak mati hilangnya salah gagal error ditolak tolak pungli liar bau numpuk menumpuk antre antri ngantri marah kasar parah bocor macet banjir padam sampai-sampai nyangkut macetnya keadilan curang dimintai dipersulit dipungut disuruh dibiarkan jelek kotor bising ganggu keluhan komplain lagi percuma bohong kosong habis broken slow late not never nobody hasnt isnt doesnt dirty bribe complain complaint delayed still berbulan tahunan months weeks penipuan ditipu kecewa lelet muter dipimpong dipingpong tanggung segini mahal",
})

// stems begin words of trouble.
//
//nolint:gochecknoglobals // a table that never changes
var stems = []string{"mengeluh", "merusak", "dirusak", "memungut", "diperas", "memeras", "dipalak", "terbengkalai", "mangkrak", "meninggal", "korban", "diselewengkan", "korup"}

// alike are spellings of the same word.
//
//nolint:gochecknoglobals // a table that never changes
var alike = spellings(map[string]string{
	"tidak":      "ga gak g gk ngga nggak enggak engga tdk tak kagak kaga ora teu henteu ndak nda",
	"nomor":      "nomer no nmr nomornya nomernya nomere",
	"telepon":    "telp telpon tlp tlpn telfon tel",
	"nelpon":     "menelepon menelpon nelfon nelepon telponnya ditelpon",
	"whatsapp":   "wasap watsap",
	"berapa":     "brp brapa pira sabaraha",
	"gimana":     "bagaimana gmn gmna gimna kumaha piye kepriben kepremen kepriwe priben pripun premen",
	"mana":       "mn ndi",
	"dimana":     "dmn dmna dimna",
	"kemana":     "kmn kmna",
	"kapan":      "kpn iraha kapankah",
	"cara":       "caranya tatacara cr carane carana",
	"syarat":     "syaratnya sarat persyaratannya syarate",
	"bikin":      "buat membuat bikinnya pembuatan bkin nyieun gawe ngurus urus mengurus pengurusan ngurusin ngurusnya diurus mengurusnya izinnya daftar mendaftar pendaftaran daftarnya get make replace",
	"ktp":        "ektp e-ktp ktpel",
	"id card":    "idcard",
	"akta":       "akte aktanya",
	"lahir":      "kelahiran lahiran",
	"hilang":     "ilang kehilangan lost kehilang",
	"belum":      "blm blom belom blum durung acan",
	"yang":       "yg sing nu",
	"untuk":      "utk buat2 tuk",
	"saja":       "aja aj sj doang doank",
	"bisa":       "bs dapat dpt",
	"apa":        "apaan apa2 opo naon",
	"tahu":       "tau",
	"kantor":     "ktr kantornya",
	"kelurahan":  "kel",
	"kecamatan":  "kec",
	"pak":        "bpk bapak",
	"bu":         "ibu ibuk",
	"kak":        "ka kakak kk2",
	"min":        "mimin atmin",
	"ambulans":   "ambulan ambulance",
	"alamat":     "almt alamatnya",
	"kenapa":     "knp napa knapa",
	"bayar":      "dibayar mbayar membayar bayarnya berbayar",
	"gratis":     "free gratisan",
	"puskesmas":  "pkm puskes",
	"jam":        "pukul jamnya jm",
	"spmb":       "ppdb",
	"kebakaran":  "kebakar",
	"ya":         "y yaa iya yah",
	"sampai":     "sampe smp2",
	"antre":      "antrian antrean ngantre",
	"urusan":     "urusannya",
	"dihubungi":  "dikontak",
	"kebersihan": "kebersihannya",
})

// englishNames are English names of offices, with a name that a profile may have for them.
func englishNames() map[string]string {
	return map[string]string{"civil registry": "disdukcapil", "registry office": "disdukcapil", "transport office": "dishub", "transportation office": "dishub",
		"public works": "dpupr", "health office": "dinkes", "education office": "dindikbud", "social office": "dinsos"}
}

func table(sorted map[sort]string) map[string]sort {
	out := map[string]sort{}
	for s, list := range sorted {
		for w := range strings.FieldsSeq(list) {
			out[w] |= s
		}
	}
	return out
}

func spellings(of map[string]string) map[string]string {
	out := map[string]string{}
	for word, list := range of {
		for w := range strings.FieldsSeq(list) {
			out[w] = word
		}
	}
	return out
}

// content are the words of a text that tell which question it is.
func content(text string) []string {
	var out []string
	for _, w := range words(text) {
		if sorts[w]&(empty|courtesy) == 0 && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
