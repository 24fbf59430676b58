package place

import (
	"math"
	"strings"
	"testing"
)

func TestLink(t *testing.T) {
	t.Parallel()
	type want struct {
		lat, lon  float64
		ok, short bool
	}
	point := want{-6.1201, 106.1503, true, false}
	short, none := want{short: true}, want{}
	for text, w := range map[string]want{
		"https://www.google.com/maps?q=-6.1201,106.1503":                                                             point,
		"https://maps.google.com/?q=-6.1201,106.1503":                                                                point,
		"https://maps.google.com/maps?q=-6.1201%2C106.1503&z=17&hl=id":                                               point,
		"http://maps.google.co.id/maps?q=loc:-6.1201,106.1503":                                                       point,
		"https://maps.google.com/maps?q=loc:-6.1201+106.1503":                                                        point,
		"lokasi: https://www.google.com/maps/@-6.1201,106.1503,17z ya pak":                                           point,
		"https://www.google.co.id/maps/@-6.1201,106.1503,3a,75y,90h,90t/data=!3m6!1e1":                               point,
		"https://www.google.com/maps/place/Alun-alun/@-6.5,106.9,17z/data=!3m1!4b1!4m6!3m5!8m2!3d-6.1201!4d106.1503": point,
		"https://www.google.com/maps/place/-6.1201,106.1503":                                                         point,
		"https://www.google.com/maps/place/-6.1201,106.1503/@-6.2,106.2,17z":                                         point,
		"https://www.google.com/maps/search/-6.1201,+106.1503?entry=tts":                                             point,
		"https://www.google.com/maps/search/?api=1&query=-6.1201,106.1503":                                           point,
		"https://www.google.com/maps/search/?api=1&query=-6.1201%2C%20106.1503":                                      point,
		"https://www.google.com/maps/dir/?api=1&destination=-6.1201,106.1503&travelmode=driving":                     point,
		"https://maps.google.com/maps?ll=-6.1201,106.1503&z=16":                                                      point,
		"https://maps.google.com/maps?saddr=-6.3,106.3&daddr=-6.1201,106.1503":                                       point,
		"(https://www.google.com/maps?q=-6.1201,106.1503).":                                                          point,
		"www.google.com/maps?q=-6.1201,106.1503":                                                                     point,
		"google.com/maps/@-6.1201,106.1503,15z":                                                                      point,
		"maps.google.com/?q=-6.1201,106.1503":                                                                        point,
		"HTTPS://WWW.GOOGLE.COM/maps?q=-6.1201,106.1503":                                                             point,
		"https://maps.apple.com/?ll=-6.1201,106.1503&q=Pin":                                                          point,
		"https://www.openstreetmap.org/?mlat=-6.1201&mlon=106.1503#map=17/-6.1/106.1":                                point,
		"https://waze.com/ul?ll=-6.1201,106.1503&navigate=yes":                                                       point,
		"geo:-6.1201,106.1503":                               point,
		"geo:-6.1201,106.1503,12;u=35":                       point,
		"geo:-6.1201,106.1503?z=17":                          point,
		"geo:0,0?q=-6.1201,106.1503(Tiang%20roboh)":          point,
		"GEO:-6.1201,106.1503":                               point,
		"-6.1201, 106.1503":                                  point,
		"-6.1201,106.1503":                                   point,
		"titiknya -6.1201 106.1503 tolong":                   point,
		"koordinat: -6.1201; 106.1503.":                      point,
		"-6.1201°, 106.1503°":                                point,
		"https://maps.app.goo.gl/AbCdEf12345":                short,
		"di sini ya https://goo.gl/maps/AbCdEf":              short,
		"maps.app.goo.gl/AbCdEf":                             short,
		"https://www.google.com/maps/place/Alun-alun+Serang": short,
		"https://www.google.com/maps?q=Alun-alun":            short,
		"https://www.google.com/maps?q=91.5,191.5":           short,
		"https://maps.app.goo.gl/Ab lalu https://maps.google.com/?q=-6.1201,106.1503": point,
		"106.1503, -6.1201":         {106.1503, -6.1201, true, false}, // the other way round: At says so
		"":                          none,
		"jl veteran no 5, 10":       none,
		"harga naik 12.500, 13.500": none,
		"jam 16.30, 17.30 macet":    none,
		"rt 02/05":                  none,
		"0.000, 0.000":              none,
		"geo:0,0":                   none,
		"geo:91,181":                none,
		"geo:abc":                   none,
		"geo:":                      none,
		"https://evil.example/maps/@-6.1201,106.1503,17z":         none,
		"https://google.com.evil.example/maps?q=-6.1201,106.1503": none,
		"https://google.com@evil.example/maps?q=-6.1201,106.1503": none,
		"https://evil.example/?u=https://x&q=-6.1201,106.1503":    none,
		"https://www.google.com/search?q=-6.1201,106.1503":        none,
		"https://www.google.com/maps?q=1e5,1e5":                   short,
		"https://www.google.com/maps?q=NaN,NaN":                   short,
		"https://www.google.com/maps?q=-6.1201,106.1503%00":       point,
		"https://www.google.com/maps?q=%zz":                       short,
		"https://[::1]:namedport/maps":                            none,
		strings.Repeat("9", 5000) + ".5,5":                        none,
		strings.Repeat("a ", 20000) + "geo:-6.1201,106.1503":      none, // beyond what is read
		"192.168.10.20, 10.20.30.40":                              none,
	} {
		lat, lon, ok, isShort := Link(text)
		if (want{lat, lon, ok, isShort}) != w {
			t.Errorf("%.90q: %g %g ok %v short %v, want %+v", text, lat, lon, ok, isShort, w)
		}
	}
}

func TestLinkName(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"https://www.google.com/maps/place/Alun-alun+Serang":                      "Alun-alun Serang",
		"https://www.google.com/maps/place/Pasar+Rau/":                            "Pasar Rau",
		"https://www.google.com/maps?q=Pasar%20Rau":                               "Pasar Rau",
		"lihat https://www.google.com/maps/search/?api=1&query=Stasiun+Serang ya": "Stasiun Serang",
		"https://maps.app.goo.gl/AbCdEf12345":                                     "",
		"https://evil.example/maps/place/Pasar+Rau":                               "",
		"pasar rau": "",
		"https://www.google.com/maps/place/%ff%fe%ff": "",
	} {
		if got := LinkName(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzLink(f *testing.F) {
	for _, s := range []string{"geo:-6.12,106.15", "https://maps.google.com/?q=-6.12,106.15", "https://goo.gl/maps/x", "-6.12, 106.15", "https://google.com/maps/@1.1,2.2!3d4!4d5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lat, lon, ok, short := Link(text)
		if ok && short {
			t.Error("both found and short")
		}
		if !ok && (lat != 0 || lon != 0) {
			t.Error("numbers without ok")
		}
		if math.IsNaN(lat) || math.IsNaN(lon) || math.Abs(lat) > 180 || math.Abs(lon) > 180 {
			t.Errorf("%g %g is nowhere", lat, lon)
		}
	})
}
