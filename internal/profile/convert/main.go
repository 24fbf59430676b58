// Convert turns kelurahan polygons in GeoJSON (properties kode, nama, kecamatan, kode_kec) into a profile's areas.tsv, which
// is a tenth as large. A city's own folder can hold the GeoJSON as it is: areas.geojson.
//
//	go run ./internal/profile/convert < kota_serang.geojson > internal/profile/serang/areas.tsv
package main

import (
	"fmt"
	"io"
	"os"

	"rabeg/internal/profile"
)

func main() {
	if err := convert(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func convert(in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("read GeoJSON: %w", err)
	}
	areas, problems := profile.ReadGeoJSON("GeoJSON", text)
	if len(problems) > 0 {
		return problems
	}
	return profile.WriteAreas(out, areas)
}
