package place

import "testing"

func BenchmarkFind(b *testing.B) {
	for _, name := range []string{"serang", "pandeglang"} {
		g, _ := gazetteer(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				g.Find("kel kaligndu kec serang rt 02/05")
			}
		})
	}
}

func BenchmarkIn(b *testing.B) {
	const text = "selamat pagi pak, mau lapor lampu pju mati dari kemarin di jl veteran dpn alun2 serang, gelap sekali dan rawan begal kalau malam, mohon segera diperbaiki ya terima kasih"
	for _, name := range []string{"serang", "pandeglang"} {
		g, _ := gazetteer(b, name)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.In(text)
			}
		})
	}
}
