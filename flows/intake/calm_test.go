package intake

import (
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// TestOverAgain is TestOver with what people said next: somebody else is not safe, what is denied is followed by what it is, and not all
// who are found are found alive.
func TestOverAgain(t *testing.T) {
	t.Parallel()
	ends(t, map[string][]string{
		"safe": {
			"alhamdulillah udah aman", "saya udah aman pak", "udah surut", "udah ketemu pak alhamdulillah sehat", "anak saya udah pulang", "we are safe now", "wis aman kang", "geus aman pak",
			"udah ketangkep malingnya", "ularnya udah dibawa damkar", "kami semua aman pak", "udah sadar pak", "udah padam kebakarannya", "udah padam apinya pak warga yg madamin", "udah reda, kami pindah ke posko", "saya aman pak makasih", "selamat semua pak", "alhamdulillah semuanya selamat",
		},
		"calm": {
			"bukan kebakaran pak, orang bakar sate", "cuma iseng", "maaf becanda", "bukan darurat pak", "ga bahaya", "bukan kebakaran kok min cuma asap sampah", "salah pencet",
			"eh bukan kebakaran ternyata asap fogging", "not an emergency sorry", "just kidding", "guyon pak", "heureuy pak hampura", "bukan banjir cuma genangan", "sori iseng doang",
			"wkwkwk boong deng", "boongan kok hehe", "maaf pak bohong", "ngapusi kok kang", "ngabohong hampura", "haha just lying sorry",
		},
		"": {
			"saya aman cuma ibu saya belum keluar", "kami aman, tetangga masih kejebak", "aku aman tp adek gw di lt 2", "kami semua aman kecuali bapak", "i am safe, my mom is inside",
			"saya udah aman anak saya belum", "alhamdulillah saya aman, api nyamber rumah sebelah", "aman sih sy nya, bapak ketinggalan didalem", "kula aman, anak kula dereng",
			"abdi aman tapi budak di jero keneh", "saya aman di atap, air makin tinggi", "saya aman pak anak saya ilang", "sudah aman tapi banyak korban", "saya aman suami pingsan",
			"sudah aman ga ya", "aman dari mana", "boro2 aman", "jauh dari aman", "mana ada aman", "sudah aman katanya tapi blm", "bukan kebakaran, gas bocor",
			"bukan kebakaran pak tapi orang kesetrum", "bukan banjir, longsor pak", "bukan api biasa, pabrik kimia", "bukan maling, orang gila bawa parang",
			"bukan kebakaran lagi ini udah lautan api", "ga bahaya apanya ini anak saya kejang", "ga bahaya dari mana", "bukan bahaya lagi, gawat", "bukan darurat lagi namanya",
			"tidak bahaya gundulmu apinya gede", "not an emergency? the house is burning", "not dangerous my ass", "no danger? he has a knife", "bukan bercanda pak", "saya ga iseng",
			"ini bukan prank", "selamat pagi", "selamat pak", "belum selamat semua", "bohong", "bohong pak", "kok bohong sih pak", "petugasnya bohong deng", "112 bohong doang", "jangan bohong dong maaf", "bukan bohong pak maaf",
			"orang iseng nyalain api di rumah kosong", "bocah iseng lempar bom molotov", "prank orang malah kesetrum", "anak saya iseng minum baygon",
			"anak iseng masukin kepala ke pager kejepit", "teman saya iseng loncat ke kali ga muncul2", "becanda kalian? apinya gede", "udah ketemu tapi ga napas", "udah ketemu udah ga bernyawa",
			"ketemu pak udah kaku", "sudah ketemu almarhum", "udah ketemu ngambang", "sudah ditemukan meninggal dunia", "ketemu pak dalam keadaan tewas", "iya ketemu luka parah",
			"wis ketemu wis mati", "geus kapanggih maot", "found him but he is not breathing", "we found her body", "found her unconscious", "ketemu bu tapi lemes ga sadar",
			"udah ketemu pelakunya bawa pistol", "udah pulang tapi babak belur", "udah balik tapi dipukulin orang", "udah ketemu mayat nya", "udah ketemu bangkenya",
			"sudah padam di depan, belakang nyala", "udah surut tapi bapak kesetrum", "udah reda eh naik lagi", "udah pergi tapi balik bawa golok", "udah ditangkep satu, satunya bawa celurit",
			"apinya udah sampe dapur", "udah dibawa orang ga dikenal", "udah keluar semua kecuali nenek",
			"sudah ketemu kelelep", "udah ketemu, kelelep di kali", "udah ditemukan ketimbun longsor", "udah surut, kabelnya nyetrum", "udah reda, apinya pindah ke sebelah", "sudah ketemu tertimbun", "udah ketemu hanyut pak",
			"udah padam, gasnya meledak", "sudah surut, ada anak hanyut", "udah kelar, temboknya ambruk ke orang", "udah ketemu yang hanyut", "wis ketemu kerem kang", "geus kapanggih palid", "udah tenang, istrinya minum racun", "udah padam, malah rumah sebelah kebakar",
		},
	})
}

// TestWhoWasSaved: of a danger of their own kind, words that say who was saved, or caught, end it; what befell who was found does not.
func TestWhoWasSaved(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	m, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"udah ditolong yang kejebur": true, "sudah diselamatkan yang tenggelam": true, "udah ketemu pak": true, "udah ketemu kelelep": false, "udah ketemu yang kelelep": false,
		"sudah ditemukan tenggelam": false, "udah surut, anak hanyut": false,
	} {
		if got := saysSafe(text, m.Read(text), "air", m); got != want {
			t.Errorf("%q is safe: %v", text, got)
		}
	}
	if text := "udah diamankan malingnya"; !saysSafe(text, m.Read(text), "rumah", m) {
		t.Errorf("%q is not safe", text)
	}
}

// ends checks how each text ends a danger.
func ends(t *testing.T, table map[string][]string) {
	t.Helper()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	m, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	for want, texts := range table {
		for _, text := range texts {
			rd, got := m.Read(text), ""
			switch {
			case saysCalm(text, rd, m):
				got = "calm"
			case saysSafe(text, rd, "api", m):
				got = "safe"
			}
			if got != want {
				t.Errorf("%q is %q, want %q (%+v)", text, got, want, rd.Danger)
			}
		}
	}
}

// TestOver tells who says that a danger is over, or was none, from who tells how it goes on.
func TestOver(t *testing.T) {
	t.Parallel()
	ends(t, map[string][]string{
		"safe": {"apinya udah padam pak, damkar dah dateng", "udah bubar", "udah bubar pak", "udah ketangkep sama tetangga", "udh dibawa, makasih", "iya aman", "aman pak", "alhamdulillah ketemu pak",
			"orangnya udah dibawa ke rs", "ularnya udah ditangkep", "udah mati apinya", "udah surut pak", "pemadam udah dateng, udah padam", "it's over now, thanks", "udah beres pak", "udah dievakuasi",
			"udah ditolongin warga", "anaknya udah ketemu pak", "geus pareum seuneuna", "wis padam pak", "sudah aman"},
		"calm": {"cuma iseng pak maaf", "maaf iseng", "anak saya iseng pencet pencet", "ga bahaya kok pak", "ora ana bahaya, umah aman", "dudu kebakaran nak, mung got mampet", "bukan kebakaran pak, cuma bakar sampah", "ga ada bahaya kok"},
		"": {"saya aman tapi anak saya masih di dalam", "kami aman tapi tetangga kebakar", "i am safe but my son is inside", "bukan kebakaran, tabung gas meledak", "bukan kebakaran, ternyata tabung gas meledak", "bukan maling, begal bawa golok",
			"bukan banjir pak, ada orang hanyut", "ga bahaya gimana, apinya gede", "ga darurat gimana udah sampe atap", "ada orang iseng bakar rumah saya", "udah ketemu mayatnya pak",
			"sudah ditemukan jasadnya", "iya ketemu orangnya bawa golok", "she was found dead", "apinya belum padam", "udah mati orangnya", "anak saya udah dibawa kabur orang", "udah aman belum ya?", "adik saya udah ga sadar", "pelakunya udah kabur, korban masih berdarah",
			"damkar udah dateng tapi apinya masih gede", "aman apanya, apinya makin gede", "tolong pak udah mau roboh", "dia balik lagi", "udah masuk rumah airnya", "112 ga diangkat2", "orangnya masih di dalem",
			"udah padam tapi nyala lagi", "sudah sejam belum ada yang datang", "di kp. baru dekat masjid", "udah telpon 112", "tidak jadi", "my son is gone", "aman kah", "aman gimana", "anak saya udah pergi", "the water is over the door"},
	})
}
