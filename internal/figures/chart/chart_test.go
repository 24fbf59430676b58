package chart_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"rabeg/internal/figures/chart"
	"rabeg/internal/profile"
)

// look keeps a picture where PICTURES says, for people to look at, and reads it.
func look(t *testing.T, name string, data []byte, err error) image.Image {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != chart.Width || m.Bounds().Dy() > 1900 {
		t.Errorf("%s is %v", name, m.Bounds())
	}
	return m
}

func week(bars ...chart.Bar) chart.Week {
	return chart.Week{Title: "Kota Serang", Period: "16–22 November 2026", Head: "Masih terbuka per kantor", Bars: bars,
		Numbers: []chart.Number{{"128", "masuk"}, {"83 %", "tepat waktu"}, {"212", "terbuka"}}, Empty: "Tidak ada laporan yang terbuka.", Foot: "Angka lengkap: /statistik semua"}
}

// run is how many pixels of a colour follow each other from a point to the right.
func run(m image.Image, x, y int, c color.Color) int {
	n := 0
	for r, g, b, _ := c.RGBA(); x+n < m.Bounds().Dx(); n++ {
		if r2, g2, b2, _ := m.At(x+n, y).RGBA(); r2 != r || g2 != g || b2 != b {
			break
		}
	}
	return n
}

// Bars begin at zero: twice as many are twice as long, and what is late is its own part of them.
func TestBarsFromZero(t *testing.T) {
	t.Parallel()
	data, err := week(chart.Bar{Name: "PUPR", All: 40}, chart.Bar{Name: "DLH", All: 20, Late: 10}, chart.Bar{Name: "Dishub"}).PNG()
	m := look(t, "bars", data, err)
	blue, orange := color.RGBA{0, 114, 178, 255}, color.RGBA{213, 94, 0, 255}
	at := func(row int) int { return 490 + row*96 + 46 + 18 }
	all, over := run(m, 44, at(0), blue), run(m, 44, at(1), orange)
	rest := run(m, 44+over, at(1), blue)
	if all < 800 || over < all/4-2 || over > all/4+2 || rest < all/4-2 || rest > all/4+2 || run(m, 44, at(2), blue) > 0 {
		t.Errorf("bars of 40, 10+10 and 0: %d, %d+%d", all, over, rest)
	}
}

// Weeks as they come: nothing at all, one office, all thirty-five, names that are too long.
func TestWeeks(t *testing.T) {
	t.Parallel()
	empty := week()
	empty.Numbers = []chart.Number{{"0", "masuk"}, {"–", "tepat waktu"}, {"0", "terbuka"}}
	var many, long []chart.Bar
	for i := range 35 {
		many = append(many, chart.Bar{Name: fmt.Sprintf("Dinas %d", i+1), All: 70 - 2*i, Late: (35 - i) / 3, Beside: fmt.Sprintf("tepat waktu %d %%", 40+i)})
	}
	for i := range 9 {
		long = append(long, chart.Bar{Name: "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana", All: 9000 >> i, Late: 4000 >> i, Beside: "tepat waktu 100 %"})
	}
	wide := week(long...)
	wide.Title = "Pemerintah Kabupaten yang Namanya Panjang Sekali dan Masih Lebih Panjang dari Itu"
	wide.Numbers[0].Value = "1.234.567"
	for name, w := range map[string]chart.Week{"empty": empty, "one": week(chart.Bar{Name: "Dishub", All: 3, Late: 1, Beside: "tepat waktu 2 dari 3"}), "many": week(many...), "long": wide} {
		data, err := w.PNG()
		look(t, name, data, err)
		if len(data) > 300_000 {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
}

// Who draws beside others draws what he or she draws alone.
func TestTogether(t *testing.T) {
	t.Parallel()
	square := [][][][2]float64{{{{106.1, -6.1}, {106.2, -6.1}, {106.2, -6.2}, {106.1, -6.2}, {106.1, -6.1}}}}
	m := chart.Map{Title: "Kota", Period: "Oktober 2026", Places: []chart.Place{{Name: "Cipare", Reports: 3, Outlines: square}}}
	for name, draw := range map[string]func() ([]byte, error){"week": week(chart.Bar{Name: "PUPR", All: 40}, chart.Bar{Name: "DLH", All: 20, Late: 10}).PNG, "map": m.PNG} {
		want, err := draw()
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				if got, err := draw(); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: beside others it is another picture: %v", name, err)
				}
			})
		}
		wg.Wait()
	}
}

// Maps of the governments that the product knows: full, with one report, with none.
func TestMaps(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"serang", "pandeglang", "denpasar", "banjarmasin"} {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"full", "one", "none"} {
			m := chart.Map{Title: p.City, Period: "Oktober 2026", Foot: "3 laporan tanpa tempat atau dirahasiakan tidak ada di peta."}
			for i, a := range p.Areas {
				n := 0
				if kind == "full" {
					n = i * i * 31 % 47
				} else if kind == "one" && i == 5 {
					n = 1
				}
				m.Places = append(m.Places, chart.Place{Name: a.Name, Reports: n, Outlines: a.Polygons})
			}
			if !m.Drawable() {
				t.Fatalf("%s has no map", name)
			}
			data, err := m.PNG()
			look(t, "map-"+name+"-"+kind, data, err)
		}
	}
	if (chart.Map{Places: []chart.Place{{Name: "tanpa garis", Reports: 3}}}).Drawable() {
		t.Error("areas without outlines are drawn")
	}
}
