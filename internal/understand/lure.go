package understand

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Lure is what a message that goes round tries to get people to do.
type Lure string

// The lures. NoLure is every other text.
const (
	NoLure Lure = ""
	Fraud  Lure = "fraud" // somebody pretends to be an office, or gives what no office gives by a link
	Advert Lure = "ad"    // a loan, a game for money
	Chain  Lure = "chain" // it wants to be passed on to many
	Paid   Lure = "paid"  // work, a place or aid is promised for a payment beforehand
)

// lured are the words of lures.
//
//nolint:gochecknoglobals // a table that never changes
var lured = map[string][]string{
	"bait":    strings.Fields("bantuan bansos blt pkh hadiah undian pemenang menang dana uang saldo kuota voucher subsidi santunan thr prize winner grant giveaway kupon"),
	"hook":    strings.Fields("klik clik click link linknya tautan http https www bit ly wa me apk aplikasi download donlot unduh install instal pasang otp transfer tf kode pin rekening registrasi"),
	"program": strings.Fields("apk download donlot unduh install instal otp"),
	"office":  strings.Fields("walikota wali bupati gubernur pemkot pemda pemerintah dukcapil disdukcapil capil kelurahan kecamatan dinsos kemensos pajak djp bapenda samsat polisi pln bpjs presiden menteri ikd identitas tilang petugas bank bri bca"),
	"poses":   strings.Fields("ngaku mengaku ngakunya ngaku2 ngakungaku mengatasnamakan mengatasnama ngatasnamain atasnama catut mencatut nyatut palsu gadungan pura pretending claiming"),
	"doubts":  strings.Fields("bnran bneran beneran bener benar beneran bnr asli hoax hoaks penipuan nipu tipu modus scam valid resmi aman betul percaya real true fake"),
	"touched": strings.Fields("ditelpon ditelepon ditlp ditelfon dihubungi dichat diwa disms dikirimin dapet dapat nerima terima menerima telpon telepon sms wa whatsapp pesan chat got received called"),
	"loan":    strings.Fields("pinjaman pinjol pinjam jaminan tenor cair dana gajian cuan slot gacor deposit judi casino maxwin komisi freelance investasi profit passive income togel"),
	"spread":  strings.Fields("sebarkan sebarin sebar forward forwardin teruskan terusin share bagikan viralkan broadcast kirimkan"),
	"crowd":   strings.Fields("grup group grub kontak kontakmu teman temanmu orang kerabat groups contacts friends"),
	"promise": strings.Fields("lowongan loker kerja kerjaan kerjanya job cpns pppk honorer magang rekrutmen penerimaan beasiswa bansos bantuan rusun kios lapak umroh"),
	"fee":     strings.Fields("admin administrasi adm dp uang biaya deposit transfer tf pendaftaran seragam pelicin fee bayar membayar mbayar pay"),
	"advance": strings.Fields("dulu dl duluan transfer tf rekening muka dimuka pendaftaran admin administrasi upfront first"),
	"suffers": strings.Fields("teror diteror diteror2 ditagih korban kecanduan meresahkan marak warung tetangga suami anak"),
}

// LureIn tells messages that go round from what happened to somebody. It answers only where words of several kinds stand together.
func LureIn(text string) Lure {
	ws := strings.Fields(bot.Fold(text))
	has := func(kind string) bool {
		return slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(lured[kind], w) })
	}
	low := strings.ToLower(text)
	link := strings.Contains(low, "http") || strings.Contains(low, "bit.ly") || strings.Contains(low, "wa.me/") || strings.Contains(low, "www.") || strings.Contains(low, "t.me/") || strings.Contains(low, ".apk")
	asks := strings.Contains(text, "?") || slices.ContainsFunc(ws, func(w string) bool {
		return slices.Contains([]string{"ga", "gak", "nggak", "ngga", "tidak", "kah", "apa", "apakah", "kan", "gk"}, w)
	})
	calls := slices.ContainsFunc(ws, func(w string) bool { return slices.Contains([]string{"klik", "clik", "click"}, w) })
	switch {
	case len(ws) < 3 || len(ws) > 80 || has("suffers"):
		return NoLure
	case has("bait") && (calls || link && has("office")):
		return Fraud
	case has("poses") && (has("office") || has("bait")) && has("hook"):
		return Fraud
	case has("program") && has("office") && (has("touched") || has("doubts") && asks):
		return Fraud
	case has("doubts") && asks && has("touched") && (has("hook") && link || has("bait") && has("office")):
		return Fraud
	case has("loan") && (link || calls):
		return Advert
	case passedOn(ws):
		return Chain
	case has("promise") && has("fee") && has("advance") && (has("doubts") && asks || PaidAlready(text) && has("doubts")):
		return Paid
	}
	return NoLure
}

// passedOn reports whether words want to be passed on to many: "forward ke 20 grup", and "sebarkan!" at the very beginning.
func passedOn(ws []string) bool {
	const reach = 4
	for i, w := range ws {
		if !slices.Contains(lured["spread"], w) {
			continue
		}
		if i == 0 && len(ws) > 5 && (w == "sebarkan" || w == "sebarin" || w == "viralkan" || w == "forward") {
			return true
		}
		near := ws[i+1 : min(len(ws), i+1+reach)]
		if slices.ContainsFunc(near, func(x string) bool { return slices.Contains(lured["crowd"], x) }) &&
			slices.ContainsFunc(near, func(x string) bool {
				return x == "semua" || x == "all" || strings.Trim(x, "0123456789") == "" || slices.Contains(lured["crowd"][:3], x)
			}) {
			return true
		}
	}
	return false
}

// PaidAlready reports whether a text says that money was sent: "saya udah transfer".
func PaidAlready(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	for i, w := range ws {
		if slices.Contains(strings.Fields("sudah udah udh sdh telanjur terlanjur dah already have"), w) && slices.ContainsFunc(ws[i+1:min(len(ws), i+4)], func(x string) bool {
			return slices.Contains(strings.Fields("transfer tf ditransfer bayar dibayar mbayar kirim setor nyetor paid transferred"), x)
		}) {
			return true
		}
	}
	return false
}

// Doubts reports whether a few words ask only whether something is true ("ini bener ga min?", "hoax bukan ya").
func Doubts(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	if len(ws) < 2 || len(ws) > 7 {
		return false
	}
	doubts, asks := false, strings.Contains(text, "?")
	for _, w := range ws {
		switch {
		case slices.Contains(lured["doubts"], w):
			doubts = true
		case slices.Contains(strings.Fields("ga gak nggak ngga gk tidak kah apa apakah bukan"), w):
			asks = true
		case slices.Contains(strings.Fields("ini itu ya min mimin admin pak bu kak bang sih gan atau pesan info link linknya berita beritanya is this it or that"), w):
		default:
			return false
		}
	}
	return doubts && asks
}

// things are what is stolen or lost, and what of it is the city's own or has a way of its own is none of them.
//
//nolint:gochecknoglobals // a table that never changes
var things = strings.Fields("motor motornya mobil mobilnya sepeda hp hape handphone ponsel dompet dompetnya laptop helm tas perhiasan emas kambing sapi ayam uang duit motorcycle bike phone wallet car")

// Stolen reports whether a text tells of a thing that was stolen or lost before now, or asks where that is told: it is for the police.
func Stolen(text string) bool {
	ws := strings.Fields(bot.Fold(text))
	if len(ws) < 2 || len(ws) > 30 {
		return false
	}
	some := func(list string) bool {
		return slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(strings.Fields(list), w) })
	}
	if some("ktp kk akta kia surat ijazah sertifikat sim stnk bpkb paspor bpjs kartu petugas pegawai oknum lurah token bantuan bansos listrik") {
		return false
	}
	lost := slices.IndexFunc(ws, func(w string) bool {
		return slices.Contains(strings.Fields("hilang ilang kehilangan keilangan dicuri kecurian kemalingan dimaling digondol raib stolen kecopetan dicopet dijambret kejambretan dibegal"), w)
	})
	if lost < 0 || some("air lampu jalan sinyal rambu tiang kabel penutup tutup sampah") {
		return false
	}
	return AsksWhere(text) || slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(things, w) })
}

// AsksWhere reports whether a text asks where something is reported.
func AsksWhere(text string) bool {
	said := " " + bot.Fold(text) + " "
	some := func(list string) bool {
		return slices.ContainsFunc(strings.Fields(list), func(w string) bool { return strings.Contains(said, " "+w+" ") })
	}
	return some("lapor ngelapor melapor laporan laporin ngadu report") && some("dimana kemana mana where gimana caranya")
}
