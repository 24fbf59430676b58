package answer

import "testing"

// A question about the service is told from the story, and from what is wanted of a report.
func TestWondersAboutTheService(t *testing.T) {
	t.Parallel()
	lx := Must()
	for want, texts := range map[Fact][]string{
		FactKept: {"aku mau tau data yang kalian simpan", "kalian simpen nomer wa saya ga", "data apa aja yg disimpan min", "nomor hp saya disimpan ga?", "emang kalian nyimpen apa aja soal data saya",
			"data saya disimpen di mana ya?", "do you keep my phone number?", "bot ini tau nomer saya ga?"},
		FactPhone: {"Mau ganti nomer hp, laporan saya yg dulu ilang ga?", "kalo saya ganti kartu laporannya gimana", "hp saya rusak, laporan saya masih ada ga", "klo pindah hp laporan lama masih keliatan?",
			"ganti wa baru, laporan saya hangus gak min?", "if I change my phone will my report be lost?"},
		FactCode:   {"mana nomernya ilang", "nomornya berapa ya lupa", "saya lupa nomor laporannya", "nomer laporan saya mana ya", "nomernya kehapus"},
		FactSelf:   {"ini nomor berapa sih? salah sambung kayaknya", "ini siapa ya", "ini nomor siapa", "salah sambung ya?", "maaf ini wa siapa", "ini nomer apa ya"},
		FactMap:    {"bisa liat petanya ga", "ada petanya?", "petanya mana", "lihat peta dong bisa?", "is there a map?"},
		FactOffice: {"kok kantornya dishub bukannya PLN?", "kenapa ke dishub bukan pln", "bukannya ini tugas dpupr?", "lho kok masuknya ke dinas lingkungan", "harusnya kan dpu, kok dlh?"},
		FactDoor:   {"terus saya lapor kemana", "trus lapor kemana dong?", "lapornya ke siapa dong", "ngadunya kemana pak", "where do I report it then?"},
		NoFact: {"lampu mati di depan kantor pos", "damkar nomornya berapa min", "no ambulan brp min", "nomer pemadam berapa ya", "nomernya kehapus pak tapi ada stiker merah", "nomor rumahnya 12", "data bansos saya dihapus dari daftar", "kok belum dikerjain sih", "petanya salah, saya di Cipare", "hp saya hilang di pasar rau",
			"kapan dibenerin", "ini lampunya masih mati", "kok dinasnya lama banget", "makasih ya", "jangan sebut nama saya", "hapus data saya", "nomor tiangnya berapa saya ga tau pak", "udah lapor ke siapa siapa ga ditanggapi"},
	} {
		for _, text := range texts {
			if got := lx.Wonders(text); got != want {
				t.Errorf("%q: %d, want %d", text, got, want)
			}
		}
	}
}
