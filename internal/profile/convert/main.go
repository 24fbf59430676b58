// Convert turns kelurahan polygons in GeoJSON (properties kode, nama, kecamatan, kode_kec) into a profile's areas file:
//
//	go run ./internal/profile/convert < kota_serang.geojson > internal/profile/serang/areas.tsv
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"rabeg/internal/profile"
)

type collection struct {
	Features []struct {
		Geometry struct {
			Type        string
			Coordinates json.RawMessage
		}
		Properties struct {
			Kode      string
			Nama      string
			Kecamatan string
			KodeKec   string `json:"kode_kec"`
		}
	}
}

func main() {
	if err := convert(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func convert(in io.Reader, out io.Writer) error {
	var c collection
	if err := json.NewDecoder(in).Decode(&c); err != nil {
		return fmt.Errorf("read GeoJSON: %w", err)
	}
	areas := make([]profile.Area, 0, len(c.Features))
	for _, f := range c.Features {
		a := profile.Area{Code: f.Properties.Kode, Name: f.Properties.Nama, District: f.Properties.KodeKec, DistrictName: f.Properties.Kecamatan}
		var err error
		switch f.Geometry.Type {
		case "Polygon":
			a.Polygons = make([][][][2]float64, 1)
			err = json.Unmarshal(f.Geometry.Coordinates, &a.Polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(f.Geometry.Coordinates, &a.Polygons)
		default:
			err = fmt.Errorf("the geometry %q is no polygon", f.Geometry.Type)
		}
		if err != nil {
			return fmt.Errorf("%s (%s): %w", a.Name, a.Code, err)
		}
		areas = append(areas, a)
	}
	slices.SortFunc(areas, func(a, b profile.Area) int { return strings.Compare(a.Code, b.Code) })
	return profile.WriteAreas(out, areas)
}
