package answer_test

import (
	"testing"

	"rabeg/internal/understand/answer"
)

func TestWhatIsKeptAboutMe(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for want, texts := range map[answer.Meaning][]string{
		answer.Mine: {
			"data saya", "Data saya?", "lihat data saya dong", "data apa saja yang kalian simpan tentang saya", "apa yang kalian tahu tentang saya",
			"apa aja data saya yang disimpan", "what do you know about me", "What data do you have on me?", "show me my data please", "minta salinan data pribadi saya",
			"saya mau lihat data saya", "informasi apa yang disimpan tentang saya?", "kirim semua data saya", "can i get a copy of my data", "dataku apa saja yang disimpan tentang aku",
			"bot ini menyimpan data apa tentang saya", "my personal data", "everything you have about me", "data mau saya lihat",
		},
		answer.Forget: {
			"hapus data saya", "tolong hapus semua data saya", "hapus dataku", "saya minta data saya dihapus", "delete my data", "please erase everything you know about me",
			"hapus akun saya", "forget me", "saya mau hapus data pribadi saya", "bisa hapus data saya?", "delete all my information now", "apus data sy dong", "hapus semua tentang saya",
			"bagaimana cara menghapus data saya", "i want you to delete my account",
			"bisa gak hapus data saya?", "bisa tidak data saya dihapus", "boleh gak hapus akun saya", "mau ga hapus data saya", "data saya bisa dihapus gak", "hapus data saya bisa gak?",
			"hapus data saya, jangan disimpan", "hapus data saya jangan disimpan lagi", "saya tidak mau data saya disimpan, tolong hapus", "saya tidak mau data saya disimpan tolong hapus",
			"jangan simpan data saya, hapus saja", "don't keep my data, delete it", "ya jadi hapus data saya", "jadi hapus data saya ya", "stop, delete my data",
			"kenapa data saya tidak dihapus", "kok data saya belum dihapus", "why is my data not deleted", "data saya tidak dihapus?", "tidak bisa hapus data saya", "data saya gak bisa dihapus",
			"hapus data saya ya, tidak usah disimpan", "tidak, hapus data saya",
		},
		answer.Spare: {
			"jangan hapus data saya", "batal hapus data", "tidak jadi hapus data saya", "batalkan penghapusan", "ga jadi hapus data", "don't delete my data", "cancel the deletion",
			"saya tidak mau data saya dihapus", "saya gak mau data saya dihapus", "tolong jangan dihapus data saya", "hapus data saya gak jadi", "hapus data saya, batal", "hapus datanya jangan dulu",
			"data saya tidak usah dihapus", "jangan, jangan hapus data saya", "gak jadi hapus data saya ya?", "i do not want my data deleted", "jangan hapus atau hilangkan data saya",
			"jangan hapus data saya, saya mau simpan", "penghapusan data dibatalkan", "cancel my data deletion please", "jangan hapus semua tentang saya", "stop deletion of my data",
		},
		"": {
			"data saya di ktp salah", "hapus data bansos ganda", "hapus foto saya", "hapus nama saya", "jangan sebut nama saya", "saya mau minta informasi", "minta info jadwal sampah",
			"data saya tidak masuk dtks", "hapus coretan di tembok", "tolong hapus grafiti", "akun saya diblokir bpjs", "saya", "tahu", "lampu mati", "ada yang tahu jalan ini milik siapa",
			"informasi dong", "info pak", "batal", "jangan", "hapus", "data", "saya minta data jumlah penduduk",
			"jangan lupakan saya", "don't forget me", "kenapa data saya belum dicatat", "kok data saya", "data saya belum",
		},
	} {
		for _, text := range texts {
			if got := lx.Own(text); got != want {
				t.Errorf("%q is %q, not %q", text, got, want)
			}
		}
	}
}
