package understand

import "testing"

// TestOwnWords hears a child and a woman who have no word for what is done to them, and verbs with the endings of speech; what has the
// same words and is none is left alone.
func TestOwnWords(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"om tolong, kakak saya suka buka baju saya malem2", "anak saya dilecehin gurunya di sekolah", "keponakan saya dicabulin tetangga", "bapak tiri plorotin celana saya",
		"pacar maksa saya buka baju", "celana anak saya diturunin sama om nya", "budak abdi dilecehkeun ku guruna", "anakku dilecehake gurune", "murid dilecehin wali kelas",
		"my uncle pulled my pants down", "aku dikunciin di gudang sama mama semaleman", "dosen ngajak tidur mahasiswi biar lulus",
		"wali kelas suka elus2 paha murid", "oknum puskesmas gerayangi saya", "pak rt suka cium2 anak kecil", "guru ngaji ngagerepe budak", "kula sering disepak bojo kula",
	} {
		if r := m.Read(text); r.Harm != Abuse || r.Emergency || r.NoReport {
			t.Errorf("%q: harm %q, emergency %v, no report %v", text, r.Harm, r.Emergency, r.NoReport)
		}
	}
	for _, text := range []string{
		"dokter minta buka baju buat rontgen", "anak saya suka buka baju kalo panas di kelas", "baju seragam anak saya belum dibagi", "ibu ibu angkat rok lewat banjir",
		"tolong angkatin sampah di gang", "pegawai buka baju dinas jam 2 udah pulang", "lampu dimatiin terus tiap malam", "kios saya dikunci sama pengelola pasar", "saya pamit dulu pak makasih",
		"guru ngajak murid tidur siang di kelas karena panas", "cuma bisa elus dada liat jalan rusak", "kaki saya disepak bola",
	} {
		if r := m.Read(text); r.Harm != NoHarm {
			t.Errorf("%q: harm %q, %v", text, r.Harm, r.Why)
		}
	}
}

// TestUpAgain: who fell last night, or falls there again and again, is up again: the road is what is told of. Who lies there is not.
func TestUpAgain(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"tadi malem ada ibu2 jatoh dari motor gara2 lubang", "motor pada jatoh di tikungan itu", "dalanna ruksak, loba nu labuh", "semalam ada yang jatuh dari motor di situ",
		"tadi pagi ada yang keserempet mobil depan sekolah, minta zebra cross", "orang pada jatoh dari motor lewat sini licin", "udah 5 motor jatuh minggu ini di tikungan itu",
	} {
		if r := m.Read(text); r.Emergency {
			t.Errorf("%q: %q", text, r.Danger)
		}
	}
	for _, text := range []string{
		"ada ibu2 jatoh dari motor", "tadi malem ada tabrakan, korbannya masih tergeletak", "tadi pagi bapak saya ketabrak motor, sekarang ga sadar", "motor pada jatoh ada yang berdarah",
		"barusan ada ibu2 jatoh dari motor", "tadi siang ada kecelakaan belum ada yang nolong",
	} {
		if r := m.Read(text); !r.Emergency {
			t.Errorf("%q: no danger", text)
		}
	}
}

// TestFitOfFever: a child's fit is told by its own word.
func TestFitOfFever(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{"anakku step badan panas", "bayi saya step tolong", "adek panas tinggi terus step"} {
		if r := m.Read(text); !r.Emergency || r.Danger != "medis" {
			t.Errorf("%q: emergency %v, %q", text, r.Emergency, r.Danger)
		}
	}
	if r := m.Read("step by step bikin ktp gimana"); r.Emergency {
		t.Error("an alarm for steps")
	}
}

// TestAboutToLeap: who stands where one leaps from, and is about to, is in danger, whoever writes of it.
func TestAboutToLeap(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	for _, text := range []string{
		"ada bapak2 di atas menara mau lompat", "orang di pinggir flyover arep loncat", "anak tetangga mau loncat dari balkon", "pemuda berdiri di atas jembatan nekat mau terjun",
		"kanca kula pan nyebur kali, jere pan mati bae", "tolong dia udah di rel nungguin kereta, mau mati katanya",
	} {
		if r := m.Read(text); !r.Emergency || r.Danger != Longing {
			t.Errorf("%q: emergency %v, %q", text, r.Emergency, r.Danger)
		}
	}
	for _, text := range []string{"lampu di atas jembatan mati", "pagar jembatan mau dicat kapan", "anak anak suka loncat dari jembatan ke kali"} {
		if r := m.Read(text); r.Danger == Longing {
			t.Errorf("%q: %q", text, r.Danger)
		}
	}
}
