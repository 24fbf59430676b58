package desk_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// What a citizen told, each piece in words that stand nowhere else, and where it is.
var pieces = []string{"kataawal", "katatambahan", "katatempat", "katapatokan", "Sukawana", "-6.12", "106.15", "katafoto"}

// deeds are what may happen to the newest report, by its number @n. Officers repeat the citizen's words.
var deeds = []string{
	"warga katatambahan pak", "Dewi: /ambil @n", "Dewi: @n sudah kami cek kataawal pak", "Dewi: @n siap kataawal", "Rina: /laporan @n", "Dewi: /laporan @n",
	"Dewi: @n", "Budi: @n", "Rina: /tugas", "Dewi: /tugas", "Rina: /tugas dpupr", "Dewi: /catatan @n pelapor bilang katatambahan", "Dewi: /tanya @n kataawal itu di mana?",
	"Dewi: /rencana @n 31-12-2026 menunggu kataawal", "Rina: /rencana @n 2027 kataawal", "Rina: /teruskan @n dishub kataawal", "Rina: /teruskan @n pupr", "Rina: /teruskan @n",
	"Budi: /bukan @n katatambahan bukan urusan kami", "Rina: /kategori @n bantuan", "Rina: /kategori @n jalan", "Rina: /kategori @n kataawal", "Dewi: /tolak @n bohong kataawal tidak benar",
	"Rina: /selesai @n kataawal sudah beres", "Rina foto: @n kataawal selesai", "Rina foto album=q: /balas @n kataawal", "Rina foto album=q: katatambahan", "Rina: /urungkan @n", "Rina: /akurasi",
	"Dewi: /buka @n", "Rina: buka @n", "Budi: buka @n", "+30s", "nomor LAPOR: 123 https://lapor.go.id/kataawal", "hp: kataawal sudah kami urus", "pendapat jalan", "diblokir", "lampiran", "ringkas",
	"tempat", "teruskan", "warga menilai belum: kataawal masih", "warga menilai beres: kataawal sudah", "warga tidak setuju: kataawal", "warga memberi nilai 2: kataawal",
	"Dewi: /riwayat @n", "Rina: /alihkan @n pln kataawal", "Dewi: /alihkan @n pln kataawal", "Rina: /alihkan @n pln 12 kataawal", "Dewi: /teruskan @n pln kataawal", "Rina: /riwayat @n", "Dewi: /gabung @n @1", "Rina: /gabung @n @1", "Rina: /pisah @n", "tetangga Cici ikut @1", "tetangga Cici tambah @1: katatambahan sama", "tetangga Cici berhenti @1", "Rina: /bukalagi @n kataawal", "Rina foto: @n selesai kataawal", "Rina: /tolak @n bohong kataawal", "+400h",
}

// Whatever happens to a report that is kept from the group, in whatever order, and whatever word says so: nothing that the citizen
// told, no picture and no place finer than the kecamatan is ever written to the group. Of all others it is.
func TestAGroupHasNoSecrets(t *testing.T) {
	t.Parallel()
	open := 0
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.SampledFrom([]report.Visibility{report.Normal, report.Anonymous, report.Confidential, "tetangga", ""}).Draw(rt, "word")
		category := rapid.SampledFrom([]string{"jalan", "bantuan", "-"}).Draw(rt, "category")
		done := rapid.SliceOfN(rapid.SampledFrom(deeds), 1, 25).Draw(rt, "deeds")
		s := newStage(t)
		s.visibility, s.place = &word, report.Place{Said: "katatempat", Note: "katapatokan"}
		s.file(category, []string{"foto=2"}, "kataawal di jalan")
		s.deliver()
		secret := s.office.Secret(s.report())
		for _, d := range done {
			s.happens(d)
			secret = secret || s.office.Secret(s.report())
			s.deliver()
		}
		for _, m := range s.seen {
			if m.secret {
				quiet(rt, m)
			} else if strings.Contains(m.text, "kataawal") {
				open++
			}
		}
		if got := s.office.Secret(s.report()); got != secret {
			rt.Errorf("what was secret is not any more")
		}
	})
	if open == 0 {
		t.Error("the group reads nothing of what it may read: the test looks at nothing")
	}
}

// quiet fails where a message to the group tells of what is kept from it.
func quiet(rt *rapid.T, m overheard) {
	for _, w := range pieces {
		if strings.Contains(m.text, w) {
			rt.Errorf("the group reads %q in %q", w, m.text)
		}
	}
	if m.media > 0 {
		rt.Errorf("the group sees %d pictures under %q", m.media, m.text)
	}
}

// overheard is a message that the group has read, or an edit. secret says that the report was kept from it by then.
type overheard struct {
	text   string
	media  int
	secret bool
}

// overhears keeps what goes to the group.
func (s *stage) overhears(l ledger.Letter, m bot.Message) {
	if s.visibility == nil || !l.Desk && l.To.Chat() != s.office.Desk.Chat() {
		return
	}
	text := m.Text
	if m.Menu != nil {
		for _, c := range m.Menu.Choices {
			text += "\n" + c.Label
		}
	}
	s.seen = append(s.seen, overheard{text: bot.Unmark(text), media: len(m.Photos) + len(m.Files), secret: s.office.Secret(s.report())})
}

func (s *stage) report() report.Report {
	r, err := s.mem.ByID(context.Background(), s.last)
	if err != nil {
		s.Fatal(err)
	}
	return r
}

// happens is do, and what only machines and citizens do besides.
func (s *stage) happens(deed string) {
	ctx := context.Background()
	r := s.report()
	w, err := s.mem.Whole(ctx, r.ID)
	if err != nil {
		s.Fatal(err)
	}
	s.events++
	at := casework.Occasion{Cause: fmt.Sprintf("deed:%d", s.events), At: s.now, Facts: w.Facts}
	citizen := report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Chat: s.reporter}
	pin := &report.Place{Said: "katatempat", AreaName: "Sukawana", DistrictName: "Kota", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}
	var b ledger.Batch
	switch deed {
	case "lampiran": // a photo that was long in coming
		at.At = s.now.Add(3600e9)
		b = s.office.Stored(r, w.Facts[0], w.Facts[0].Photos[0], ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: fmt.Sprintf("%d.jpg", s.events)}}, at)
	case "tempat":
		_, b, err = s.office.Act(r, citizen, report.Add{Words: "katatambahan", Place: pin}, at)
	case "teruskan":
		photo := []bot.MediaRef{{Network: bot.WhatsApp, ID: fmt.Sprintf("katafoto%d", s.events)}}
		_, b, err = s.office.Act(r, citizen, report.Add{Words: "katatambahan", Photos: photo, Files: photo}, at)
	case "ringkas": // several cards at once
		m, _, err := s.desk.Digest(ctx, []ledger.Letter{{Report: r.ID, Purpose: ledger.Card}, {Report: r.ID, Purpose: ledger.Card}})
		if err != nil {
			s.Fatal(err)
		}
		s.overhears(ledger.Letter{Desk: true}, m)
		return
	default:
		s.do(strings.ReplaceAll(deed, "@n", string(r.Code)))
		return
	}
	if _, refused := casework.AsRefusal(err); refused {
		return
	}
	if err != nil {
		s.Fatal(err)
	}
	if err := s.mem.Commit(ctx, b); err != nil {
		s.Fatal(err)
	}
}

// Who may read it reads all of it, in private, and every time is written down; in the group there is no word of it meanwhile.
func TestWhoMayReadsAllOfIt(t *testing.T) {
	t.Parallel()
	for _, word := range []report.Visibility{report.Confidential, "tetangga", ""} {
		for who, may := range map[string]bool{"Dewi": true, "Rina": true, "Budi": false, "Tamu": false} {
			s := newStage(t)
			s.visibility, s.place = &word, report.Place{Said: "katatempat", Note: "katapatokan"}
			s.file("jalan", []string{"foto=2"}, "kataawal di jalan")
			s.happens("tempat")
			s.deliver()
			s.happens(who + ": /buka @n")
			s.deliver()
			looks, err := s.mem.Looks(t.Context(), s.last, 9)
			if err != nil {
				t.Fatal(err)
			}
			read, photos := "", 0
			for _, m := range s.sent {
				if m.ref.Chat == (bot.Address{Network: bot.Telegram, ID: who}) {
					read, photos = read+m.m.Text, photos+len(m.m.Photos)
				}
			}
			if !may {
				if read != "" || len(looks) != 0 {
					t.Errorf("%q: %s reads %q, and %d looks are noted", word, who, read, len(looks))
				}
				continue
			}
			for _, w := range []string{"kataawal", "katatambahan", "katatempat", "katapatokan", "Sukawana", "-6.12", "106.15"} {
				if !strings.Contains(read, w) {
					t.Errorf("%q: %s does not read %q", word, who, w)
				}
			}
			if want := []ledger.Look{{At: s.now, Who: "telegram:" + who, Act: ledger.LookOpen, Report: s.last, About: "asked"}}; photos != 2 || !slices.Equal(looks, want) {
				t.Errorf("%q: %s sees %d photos, noted is %+v", word, who, photos, looks)
			}
		}
	}
}
