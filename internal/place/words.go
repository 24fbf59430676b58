package place

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is what a word says about the words beside it.
type cue uint8

const (
	plain      cue = iota
	cueArea        // kelurahan, desa
	cueKec         // kecamatan
	cueStreet      // jalan
	cueKampung     // kampung, lingkungan
	cueEstate      // perumahan, komplek
	cueNear        // depan, dekat, pertigaan: a note, and a place follows
	cueIn          // di, daerah: a place may follow
	cueRT          // RT, RW, no, blok, km, gang: a note with a number or name after it
	cueRegency     // kabupaten, kota: what follows is a whole government
)

// strong cues are followed by a place's name and hardly by anything else.
func (c cue) strong() bool { return c >= cueArea && c <= cueEstate }

// cueOf knows the words before a place and how people shorten them. canon is the word written out.
func cueOf(w string) (canon string, c cue) {
	switch w {
	case "kel", "kelurahan", "klurahan", "kelurhan", "kelrahan", "desa", "ds", "dsa", "klrhn":
		return "kelurahan", cueArea
	case "kec", "kecamatan", "kcmtn", "kecmtn", "kecamtan", "kcm", "district", "subdistrict":
		return "kecamatan", cueKec
	case "jl", "jln", "jalan", "jlan", "jlanan", "jaln", "jlm", "street", "road", "rd", "ruas":
		return "jalan", cueStreet
	case "kp", "kampung", "kmp", "kpg", "kmpg", "kampong", "kmpung", "link", "lingk", "lingkungan", "lingkngan", "lk", "ling", "dusun", "village":
		return "kampung", cueKampung
	case "perum", "perumahan", "prm", "prum", "perumhan", "komp", "komplek", "kompleks", "komplex", "kplk", "kmplk", "kmplek", "cluster", "perumnas", "prumahan", "residence", "estate", "housing":
		return "perumahan", cueEstate
	case "depan", "dpn", "dpan":
		return "depan", cueNear
	case "dekat", "dkt", "deket", "dket":
		return "dekat", cueNear
	case "belakang", "blkg", "blkng", "blakang":
		return "belakang", cueNear
	case "samping", "smping", "smpg", "smpng":
		return "samping", cueNear
	case "sebelah", "sblh", "sebela":
		return "sebelah", cueNear
	case "seberang", "sebrang", "sbrg", "sbrang":
		return "seberang", cueNear
	case "pertigaan", "prtgn", "pertgaan":
		return "pertigaan", cueNear
	case "perempatan", "prapatan", "prempatan", "prptn":
		return "perempatan", cueNear
	case "simpang", "simp":
		return "simpang", cueNear
	case "sekitar", "sktr", "sekitaran":
		return "sekitar", cueNear
	case "bunderan", "bundaran", "arah", "pojok", "ujung", "antara", "near", "behind", "beside", "opposite", "across", "around", "along", "front":
		return w, cueNear
	case "di", "d", "ke", "dari", "daerah", "drh", "wilayah", "wil", "area", "kawasan", "sepanjang", "lokasi", "tempat", "dalam", "at", "in", "on", "warga", "alamat":
		return w, cueIn
	case "rt", "rw", "no", "nomor", "nomer", "blok", "blk", "km", "gang", "gg":
		return w, cueRT
	case "kab", "kabupaten", "kota", "kodya", "prov", "provinsi", "propinsi":
		return w, cueRegency
	}
	return canonical(w), plain
}

// canonical writes a shortened word of a place's name out.
func canonical(w string) string {
	switch w {
	case "psr", "psar", "market":
		return "pasar"
	case "mesjid", "msjd", "masjd", "mosque":
		return "masjid"
	case "sta", "stsn", "stasiun", "station":
		return "stasiun"
	case "term", "trmnl", "trminal":
		return "terminal"
	case "sd", "sdn":
		return "sdn"
	case "smp", "smpn":
		return "smpn"
	case "sma", "sman":
		return "sman"
	case "rs", "rsu", "rsud":
		return "rsud"
	case "pkm", "pusk", "puskes":
		return "puskesmas"
	case "tmn", "tman":
		return "taman"
	case "grya", "gria":
		return "griya"
	case "kyai", "kiyai", "kiai", "kiyahi":
		return "ki"
	case "tubagus":
		return "tb"
	case "syekh", "syeh", "syaikh", "sheikh", "syeikh", "seh":
		return "syech"
	case "jend", "jendral", "jenderal", "jendr", "jnd":
		return "jenderal"
	case "ust", "ustadz", "ustaz":
		return "ustad"
	case "brt":
		return "barat"
	case "tmr":
		return "timur"
	case "slt", "sltn":
		return "selatan"
	case "utr":
		return "utara"
	case "keraton", "kraton":
		return "keraton"
	case "i":
		return "1"
	case "ii":
		return "2"
	case "iii":
		return "3"
	case "iv":
		return "4"
	case "alun2":
		return "alunalun"
	}
	return w
}

// token is a word of a text.
type token struct {
	text     string // folded and written out
	from, to int    // bytes of the text
	cue      cue
	brk      bool // a comma, a bracket, a line's or sentence's end stands before it
}

// maxTokens is how many words of a text are looked at: a place named beyond is not worth the time.
const maxTokens = 400

// tokens takes a text apart.
func tokens(text string) []token {
	var out []token
	brk := false
	for i := 0; i < len(text) && len(out) < maxTokens; {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isWord(r) {
			brk = brk || breaks(r, out)
			i += n
			continue
		}
		from, digit := i, unicode.IsDigit(r)
		var b strings.Builder
		for i < len(text) {
			r, n := utf8.DecodeRuneInString(text[i:])
			if (r == '\'' || r == '’' || r == '`') && b.Len() > 0 && i+n < len(text) && isLetter(text[i+n:]) {
				i += n
				continue
			}
			if !isWord(r) || unicode.IsDigit(r) != digit && !alun2(b.String(), text[i:]) {
				break
			}
			b.WriteRune(plainLetter(r))
			i += n
		}
		canon, c := cueOf(squeeze(b.String()))
		out = append(out, token{text: canon, from: from, to: i, cue: c, brk: brk})
		brk = false
	}
	return out
}

// alun2 lets "alun2" be one word: everywhere else a number is a word of its own.
func alun2(word, rest string) bool { return word == "alun" && strings.HasPrefix(rest, "2") }

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isLetter(s string) bool { r, _ := utf8.DecodeRuneInString(s); return unicode.IsLetter(r) }

// breaks says whether a sign parts what stands before from what follows. A full stop does only after a whole word:
// "jl. veteran" and "kec.curug" belong together.
func breaks(r rune, before []token) bool {
	switch r {
	case ',', ';', '\n', '(', ')', '!', '?', '|', '"', '[', ']':
		return true
	case '.':
		return len(before) > 0 && before[len(before)-1].cue == plain && len(before[len(before)-1].text) > 3
	}
	return false
}

// plainLetter is the letter in lower case and without accent.
func plainLetter(r rune) rune {
	switch r = unicode.ToLower(r); r {
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'á', 'à', 'â', 'ã', 'å':
		return 'a'
	case 'í', 'ì', 'î':
		return 'i'
	case 'ó', 'ò', 'ô':
		return 'o'
	case 'ú', 'ù', 'û':
		return 'u'
	}
	return r
}

// squeeze makes one letter of three and more: "kaliganduuu".
func squeeze(w string) string {
	run := 0
	var last rune
	for _, r := range w {
		if r == last {
			if run++; run >= 3 {
				break
			}
		} else {
			last, run = r, 1
		}
	}
	if run < 3 || unicode.IsDigit(last) {
		return w
	}
	var b strings.Builder
	runes := []rune(w)
	for i := 0; i < len(runes); {
		k := i
		for k < len(runes) && runes[k] == runes[i] {
			k++
		}
		n := k - i
		if n >= 3 {
			n = 1
		}
		for range n {
			b.WriteRune(runes[i])
		}
		i = k
	}
	return b.String()
}

// ordinaryWords are names of places that are words, names of persons or of whole regions as well: they name a place only
// beside a cue.
const ordinaryWords = `banten serang curug bendung pancur gelam salak garuda solo royal pandawa diponegoro veteran gandaria banjar sumur
pagelaran munjul perdana karya serangan mawar melayu gadang teluk pasar taman kota lama baru jaya raya indah sehati mandiri
sejahtera persada pemkot rutan lingkar selatan utara timur barat tengah pusat puri permata griya adhyaksa jengkol ampel kenari
tanggul buah bali jakarta persis peradaban iqra bhayangkara bhayangkari sudirman jami jaha pasir sumber sungai kebun kebon sawah
mutiara murung seberang mesjid masjid teratai sukamaju kebayan polda
pangkalan tegal rahayu lebak tugu kejaksaan pemda satria neglasari melati cempaka`

// commonWords are words of everyday complaints, those above all that look like a place's name with a slip in it, and
// cities elsewhere: alone they are never a misspelt place.
const commonWords = `sekarang lurahnya dicor minta ya yah pak bu min kak om bos gan deh nih tuh bang mas mbak bpk ada adalah agar air aja akan akses aku alat aman ambil anak anda angkot antara apa apakah aparat api arus asap aspal atap atas atau awal awas ayo
bagaimana bagian bahaya bahwa baik banget bangunan banjir bantu bantuan banyak bapak barang baru basah batas batu bau bawah bayar beberapa beda begitu belum benar benda berada berat berhenti berikan berlubang bermain bersih besar beton biar biasa biaya bikin bisa bocor bolong buang buat bukan buka bulan bus
camat cari cat cepat coba contoh cor cuma curah dan dalam dana dapat data datang dengan dinas diri ditindak diperbaiki dong dua gak galian ganti gantung gelap genangan gotong got gua guna guru
habis hari harap harga harus hampir hati hidup hilang hitam hujan ibu ikan ini itu izin jadi jadwal jaga jangan jauh jam jembatan jelas juga jukir kabel kabar kadang kali kalau kalo kalian kami kamu kandang kantor karena kasih kawan keluar kelas kemarin kembali kena kendaraan kerja kepada ketua kita kok korban kota kotor kurang kursi
lagi lahan lain lalu lama lambat lampu langsung lantai lapak lapangan laporan lapor lebar lebih lewat liar licin limbah listrik lubang luar lurah macet main makan malam mana marka mas masa masalah masih masuk mati mau meluap memang menyerang merah minggu minta mobil mohon motor mulai nama nanti naik nya
orang padahal padam pagi pak pake pakai paling pandang panas parah paret parit parkir pasang pasien pas pasir patah pedagang pejalan pengendara penuh perbaikan perlu pernah petugas pintu pipa pohon pos pungli pulang pulih puskesmas putus ramai rambu ranting rawan rumah rusak saat sakit salah saluran sama sampai sampah sangat saya sebab sedang segera sehari sekali sekolah selalu selama selokan semua sepi sering siang siapa sih sore suara sudah sulit supaya surat susah
tadi tahun tak tambal tanah tanda tanggul tanpa tau telah teman tempat terima terlalu terus tiap tiang tidak tikungan tinggi tolong tong tiba truk tua tumbang tumpukan turun tutup udah udara ujung uang untuk urus usaha warga warung waktu wali yang yg
the and for this that with have been very please street light lights water broken garbage trash there from some many here help school house front
tanggal sedangkan tinggal katanya serta para gorong kelahiran peraturan seorang pertama karyawan tegas tanyakan penghasilan kira tembok muncul kanan
kiri lebat tunggu panjang bingung kematian kencang bawa kasihan tangga umur seragam usulan trus karang tingkat pimpinan padat catatan pengadilan
tanggung jaringan sebulan lowongan tanjung perda gading pelaporan kejahatan karung larangan pemohon panggilan bangun wisata sidang terang cerita
kebakaran tunjangan mendukung golongan maju gudang potongan kiriman selang pilihan puluhan tertib letak baca kotoran serahkan tunggal sadar pidana
pengeras kerjasama sarang kasian melawan tanggungan kandung semangat lelang terpilih keuangan pangan manual percaya burung kunjungan pemegang hancur
tebang gelar lobang sabar melarang tabungan senang pengajian pengisian kalangan kebenaran seumur koran lurus jangka penawaran sarankan sudetan kemari
pedoman tanjakan suasana teliti kehabisan rekaman dagangan mentang karangan angkatan pengembangan melintang perkara takutkan unsur palang tangguh
mending tambang relawan tanggap omongan larang layang menantang layar padi cocok turut bohong pikiran pengurangan bendungan pemecahan ujungnya perkasa
peran legal sayur rame jengkel pemecatan monitor pergudangan naungan begal kediaman sombong patungan menang tebal pengamanan payung matahari pemaksaan
persatu skrang jalanya tega padamnya pelabuhan bandar tenggara ambulan subur tulus pengalihan dihitung rangkaian pengusiran tegangan kesan menimbang
patung kurus terisi lapang borongan telur geram melaju pameran janggal gendong sekrng penyambungan ketahanan kemasan sukarela terbang pangkal
pemenuhan panjangnya katakan pacaran menduga terlarang melalu parking kelaparan ancur undur apel kurungan kesadaran peraga paparan tebing pegangan
pantat meraung pengasapan tenggat ladang kacang bata menggali tabrakan kencing kutipan penambangan pegunungan sumber daya manusia situ sini sana
negeri swasta
bandung surabaya jakarta tangerang semarang bekasi bogor depok cilegon rangkasbitung medan padang palembang banjarmasin banjarbaru denpasar badung yogyakarta malang cianjur cimahi`
