package understand

import "testing"

// TestTiredOfLife hears who would rather be dead in the middle of a complaint, and leaves lamps and fish alone that may as well die. The
// last third of each list was never looked at while the words were chosen.
func TestTiredOfLife(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"jalan lingkungan saya rusak parah kaya kubangan kebo. udah lapor rt rw lurah ga ada yg peduli. saya cape bayar pajak. mending mati aja",
		"lapor got mampet ga digubris mulu, udah mending mati aja gue", "udah cape ngurus ktp bolak balik. mending mati aja lah",
		"bansos ga pernah dapet anak 3 suami phk. rasanya pengen mati aja", "jualan digusur satpol pp, utang numpuk, mending gue mati aja",
		"ora ana sing peduli, mending mati bae", "teu aya nu paduli, leuwih hade paeh we", "air keruh terus bikin emosi mending mati aja gue",
		"lampu jalan rusak udah lapor ga ada yg peduli cape gue mending mati aja", "ktp ditolak lagi ditolak lagi, lebih baik mati saja",
		"i might as well die, nobody cares about us here", "saya jompo hidup sendiri listrik dicabut, mending mati aja saya",
		"bpjs nonaktif obat ga kebeli, mending saya mati aja", "kios saya digusur, pengen mati aja rasanya",
		"cape. udah ga mau ada lagi. obatnya udah saya kumpulin semua di meja", "saya capek, obat udah saya siapin semua", "udah ga pengen ada lagi di dunia",
		"lelah banget pak, pil nya udah dikumpulin banyak", "obat tidur udah saya siapin", "ga mau ada lagi, talinya udah saya siapin",
		"jalan rusak ga dibenerin2, cape, mendingan mati aja deh saya", "leuwih hade paeh wae lah, teu aya nu nulungan",
	} {
		if r := m.Read(text); r.Harm != SelfHarm {
			t.Errorf("%q: harm %q, %v", text, r.Harm, r.Why)
		}
	}
	for _, text := range []string{
		"lampunya mending mati aja daripada kedip2", "lampu pju kedip2 terus mending mati aja sekalian", "mending mati aja lampunya drpd kedip kedip",
		"air pdam keruh bau, mending mati aja sekalian airnya", "toa masjid suaranya pecah mending mati aja", "cctv rusak ya mending mati aja",
		"ac puskesmas ga dingin, mending mati aja", "mesin antriannya error terus mending mati aja", "lampu merahnya ngaco mending mati aja biar polisi yang atur",
		"mending pohonnya mati aja daripada numpuk sampah daun", "mending hp saya mati aja daripada ditelpon pinjol", "ikan di kolam mati semua",
		"capek ngumpulin obat kadaluarsa, dibuang kemana semua", "udah ga mau ada lagi pungli di sini", "obat kadaluarsa udah saya kumpulin semua buang kemana",
		"capek pak, ga mau ada lagi sampah di meja", "ga mau ada lagi antrian obat di puskesmas", "apotek puskesmas belum nyiapin obat semua",
		"antri 5 jam mau mati rasanya", "usaha saya mati gara2 jalan ditutup", "ktp ayah saya yang sudah mati",
		"kipas di ruang tunggu mending mati aja, berisik", "videotron alun2 mending mati aja silau", "sim saya mati kemarin",
	} {
		if r := m.Read(text); r.Harm != NoHarm {
			t.Errorf("%q: harm %q", text, r.Harm)
		}
	}
}

// TestNotNow knows who tells of violence that is over for now, or wants no report of it, from who is beaten at this moment.
func TestNotNow(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"saya dipukuli suami lagi tadi malam", "suami saya suka mukul tp sekarang dia lagi kerja, saya aman, cuma mau tanya kalo mau visum dimana",
		"semalem digebukin laki gue, sekarang dia udah berangkat kerja", "saya cuma mau curhat, suami suka mukulin saya", "kemarin anak saya ditampar bapaknya",
		"my husband beat me last night, i am safe now, where can i go", "diperkosa paman tadi malam",
		"ditampar suami kemarin sore, mau tanya ke siapa", "pacar mukulin saya semalam, skrg dia udah pergi",
	} {
		if r := m.Read(text); r.Harm != Abuse || r.Emergency {
			t.Errorf("%q: harm %q, emergency %v", text, r.Harm, r.Emergency)
		}
	}
	for _, text := range []string{
		"tolong suami saya mukulin saya sekarang", "saya lagi dipukuli suami tolong", "dipukul suami tadi pagi, sekarang darahnya ga berhenti",
		"suami ngamuk mukulin saya, anak saya aman di kamar", "bapak mukulin ibu sekarang tolong cepat", "suami lagi nyekik saya tolong",
	} {
		if r := m.Read(text); !r.Emergency {
			t.Errorf("%q is no emergency", text)
		}
	}
	for text, want := range map[string]bool{
		"tapi jangan dilaporin ya saya cuma mau nanya harus kemana": true, "ga usah dilaporin": true, "jangan dilaporin dulu": true, "saya blm siap lapor polisi": true,
		"ulah dilaporkeun heula": true, "please do not report, just asking": true, "gak usah dilaporkan pak": true, "cuma mau nanya pak": true,
		"tolong dilaporkan": false, "jangan lama lama ya": false, "saya mau lapor": false, "jangan sebut nama saya": false,
	} {
		if r := m.Read(text); r.Unfiled != want {
			t.Errorf("%q: unfiled %v", text, r.Unfiled)
		}
	}
}

// TestWhoNeedsHelpNow: births, the ill who have no car, and animals and thieves that are no danger any more.
func TestWhoNeedsHelpNow(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"bini gua mau lairan ga ada mobil gmn nih", "istri mau lahiran tolong", "ketuban udah pecah ambulan lama bgt", "mules2 hamil 9 bulan ga ada kendaraan",
		"bapak sesak nafas ga ada mobil ke rs", "ibu saya stroke mendadak", "anak kejang2", "kakek digigit ular di sawah", "bojoku arep lairan ora ana mobil",
		"pamajikan rek ngalahirkeun euweuh mobil", "butuh ambulan sekarang bapak saya kritis", "suami jatoh dari tangga ga sadar", "my wife is in labour no car",
		"orang ketabrak motor mati di tempat", "anak ditabrak motor tolong", "nenek kelindas truk", "maling masih di dalam rumah", "maling barusan kabur bawa motor saya",
		"rumah dirampok, perampok udah kabur, bapak luka bacok", "begal barusan, pelaku udah kabur ke arah ciruas", "anak saya diculik orangnya udah kabur",
	} {
		if r := m.Read(text); !r.Emergency {
			t.Errorf("%q is no emergency", text)
		}
	}
	for _, text := range []string{
		"mau lahiran di puskesmas syaratnya apa", "biaya lahiran pake bpjs berapa", "ibu hamil di posyandu ga dikasih vitamin", "ambulan desa mau dipinjam buat apa syaratnya",
		"kucing saya mati di tabrak orang :( sedih bgt", "anjing tetangga kelindas truk", "ada kucing mati ketabrak di jl veteran bau", "ayam saya ditabrak motor ga tanggung jawab",
		"meong katabrak motor", "bangkai kucing kelindas di tengah jalan", "cat hit by a car, dead in the road", "kambing ketabrak kereta",
	} {
		if r := m.Read(text); r.Emergency {
			t.Errorf("%q is an emergency: %v", text, r.Why)
		}
	}
	for _, text := range []string{
		"rumah saya kemalingan td malem skrg malingnya udah kabur", "motor saya dicuri semalem malingnya udah kabur", "warung kebobolan maling, orangnya udah pergi",
		"kecopetan di angkot copetnya udah ngilang", "kamalingan motor tadi peuting malingna geus kabur",
	} {
		if r := m.Read(text); r.Emergency || len(r.Guesses) == 0 || r.Guesses[0].Category != outside {
			t.Errorf("%q: emergency %v, %v", text, r.Emergency, r.Guesses)
		}
	}
}
