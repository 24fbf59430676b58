package intake

import (
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// TestOver tells who says that a danger is over, or was none, from who tells how it goes on.
func TestOver(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	m, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	for want, texts := range map[string][]string{
		"safe": {"apinya udah padam pak, damkar dah dateng", "udah bubar", "udah bubar pak", "udah ketangkep sama tetangga", "udh dibawa, makasih", "iya aman", "aman pak", "alhamdulillah ketemu pak",
			"orangnya udah dibawa ke rs", "ularnya udah ditangkep", "udah mati apinya", "udah surut pak", "pemadam udah dateng, udah padam", "it's over now, thanks", "udah beres pak", "udah dievakuasi",
			"udah ditolongin warga", "anaknya udah ketemu pak", "geus pareum seuneuna", "wis padam pak", "sudah aman"},
		"calm": {"cuma iseng pak maaf", "maaf iseng", "anak saya iseng pencet pencet", "ga bahaya kok pak", "ora ana bahaya, umah aman", "dudu kebakaran nak, mung got mampet", "bukan kebakaran pak, cuma bakar sampah", "ga ada bahaya kok"},
		"": {"saya aman tapi anak saya masih di dalam", "kami aman tapi tetangga kebakar", "i am safe but my son is inside", "bukan kebakaran, tabung gas meledak", "bukan kebakaran, ternyata tabung gas meledak", "bukan maling, begal bawa golok",
			"bukan banjir pak, ada orang hanyut", "ga bahaya gimana, apinya gede", "ga darurat gimana udah sampe atap", "ada orang iseng bakar rumah saya", "udah ketemu mayatnya pak",
			"sudah ditemukan jasadnya", "iya ketemu orangnya bawa golok", "she was found dead", "apinya belum padam", "udah mati orangnya", "anak saya udah dibawa kabur orang", "udah aman belum ya?", "adik saya udah ga sadar", "pelakunya udah kabur, korban masih berdarah",
			"damkar udah dateng tapi apinya masih gede", "aman apanya, apinya makin gede", "tolong pak udah mau roboh", "dia balik lagi", "udah masuk rumah airnya", "112 ga diangkat2", "orangnya masih di dalem",
			"udah padam tapi nyala lagi", "sudah sejam belum ada yang datang", "di kp. baru dekat masjid", "udah telpon 112", "tidak jadi", "my son is gone", "aman kah", "aman gimana", "anak saya udah pergi", "the water is over the door"},
	} {
		for _, text := range texts {
			rd, got := m.Read(text), ""
			switch {
			case saysCalm(text, rd, m):
				got = "calm"
			case saysSafe(text, rd, "api"):
				got = "safe"
			}
			if got != want {
				t.Errorf("%q is %q, want %q (%+v)", text, got, want, rd.Danger)
			}
		}
	}
}
