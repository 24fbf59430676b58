package opendata

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"rabeg/internal/figures"
	"rabeg/internal/report"
)

// Column is one column of the CSV, and one property of the GeoJSON.
type Column struct {
	Name  string
	Type  string // as Table Schema has it: string, date, integer, number
	About string
	// value is what a row has there; nil for nothing.
	value func(Row) any
}

// Columns are all columns in their order.
func Columns() []Column {
	text := func(get func(Row) string) func(Row) any {
		return func(r Row) any {
			if s := get(r); s != "" {
				return s
			}
			return nil
		}
	}
	number := func(get func(Row) *int) func(Row) any {
		return func(r Row) any {
			if n := get(r); n != nil {
				return *n
			}
			return nil
		}
	}
	side := func(get func(report.Pin) float64) func(Row) any {
		return func(r Row) any {
			if r.Point != nil {
				return get(*r.Point)
			}
			return nil
		}
	}
	return []Column{
		{"id", "string", "Pembeda laporan, sama di setiap berkas. Bukan nomor laporan, dan nomornya tidak dapat dihitung dari situ.", text(func(r Row) string { return r.ID })},
		{"minggu", "date", "Senin dari minggu laporan masuk.", text(func(r Row) string { return r.Week })},
		{"jenis", "string", "pengaduan, aspirasi, atau informasi.", text(func(r Row) string { return string(r.Kind) })},
		{"kategori", "string", "Kode kategori. Kosong kalau terlalu sedikit yang serupa.", text(func(r Row) string { return r.Category })},
		{"nama_kategori", "string", "Nama kategori.", text(func(r Row) string { return r.CategoryName })},
		{"instansi", "string", "Kode instansi yang menangani. Kosong pada koordinator, dan kalau kantor kecamatan akan menyebut tempat yang tidak disebut.", text(func(r Row) string { return r.Office })},
		{"nama_instansi", "string", "Nama instansi.", text(func(r Row) string { return r.OfficeName })},
		{"status", "string", "received, assigned, in_progress, planned, reopened (terbuka); resolved, closed, rejected, merged, transferred (selesai), pada hari berkas dibuat.", text(func(r Row) string { return string(r.Status) })},
		{"kelurahan", "string", "Kode Kemendagri kelurahan. Kosong kalau terlalu sedikit yang serupa, atau tidak diketahui.", text(func(r Row) string { return r.Area })},
		{"nama_kelurahan", "string", "Nama kelurahan.", text(func(r Row) string { return r.AreaName })},
		{"kecamatan", "string", "Kode Kemendagri kecamatan. Kosong kalau terlalu sedikit yang serupa, atau tidak diketahui.", text(func(r Row) string { return r.District })},
		{"nama_kecamatan", "string", "Nama kecamatan.", text(func(r Row) string { return r.DistrictName })},
		{"hari_dijawab", "integer", "Hari penuh dari masuk sampai jawaban pertama. Kosong kalau belum.", number(func(r Row) *int { return r.AnsweredDays })},
		{"hari_selesai", "integer", "Hari penuh dari masuk sampai dinyatakan selesai. Kosong kalau belum, atau dibuka lagi.", number(func(r Row) *int { return r.ResolvedDays })},
		{"ketelitian", "string", "Seberapa teliti tempatnya: 100m (tengah kotak 100 m), kelurahan, kecamatan (tengah wilayahnya), atau kota (tanpa titik).", text(func(r Row) string { return string(r.Precision) })},
		{"lat", "number", "Lintang titik itu dalam derajat (WGS 84).", side(func(p report.Pin) float64 { return p.Lat })},
		{"lon", "number", "Bujur titik itu dalam derajat (WGS 84).", side(func(p report.Pin) float64 { return p.Lon })},
	}
}

// CSV writes a sheet with a head. Spreadsheets run none of its cells.
func (s Sheet) CSV(to io.Writer) error {
	w := csv.NewWriter(to)
	columns := Columns()
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = c.Name
	}
	if err := w.Write(line); err != nil {
		return err
	}
	for _, r := range s.Rows {
		for i, c := range columns {
			line[i] = cell(c.value(r))
		}
		if err := w.Write(line); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func cell(v any) string {
	switch v := v.(type) {
	case string:
		return figures.Defuse(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64) // a number is no formula, also below zero
	}
	return ""
}

// GeoJSON writes a sheet as a FeatureCollection (RFC 7946): a point for each row, or none where only the city is told.
func (s Sheet) GeoJSON(to io.Writer) error {
	head, err := json.Marshal(map[string]any{"city": s.City, "month": s.Month, "made": s.Made, "license": s.License, "withheld": s.Withheld})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(to, "{\"type\":\"FeatureCollection\",\"metadata\":%s,\"features\":[", head); err != nil {
		return err
	}
	columns := Columns()
	for i, r := range s.Rows {
		properties := map[string]any{}
		for _, c := range columns {
			if c.Name != "lat" && c.Name != "lon" {
				properties[c.Name] = c.value(r)
			}
		}
		f := map[string]any{"type": "Feature", "geometry": nil, "properties": properties}
		if r.Point != nil {
			f["geometry"] = map[string]any{"type": "Point", "coordinates": []float64{r.Point.Lon, r.Point.Lat}}
		}
		text, err := json.Marshal(f)
		if err != nil {
			return err
		}
		comma := ",\n"
		if i == 0 {
			comma = "\n"
		}
		if _, err := io.WriteString(to, comma+string(text)); err != nil {
			return err
		}
	}
	_, err = io.WriteString(to, "\n]}\n")
	return err
}

// Package writes what a folder of months holds, for programs (datapackage.json): files are the CSVs.
func Package(to io.Writer, city, license string, files []string) error {
	var fields, resources []map[string]any
	for _, c := range Columns() {
		fields = append(fields, map[string]any{"name": c.Name, "type": c.Type, "description": c.About})
	}
	for _, f := range files {
		resources = append(resources, map[string]any{"name": f[:len(f)-len(".csv")], "path": f, "format": "csv", "encoding": "utf-8", "profile": "tabular-data-resource",
			"schema": map[string]any{"fields": fields, "primaryKey": "id", "missingValues": []string{""}}})
	}
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"name": "laporan", "title": "Laporan warga " + city, "profile": "tabular-data-package", "licenses": []map[string]any{{"name": license}}, "resources": resources})
}

var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Data terbuka: laporan warga {{.City}}</title>
<style>body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{border:1px solid #767676;padding:.3rem .6rem;text-align:left;vertical-align:top}</style>
<h1>Laporan warga {{.City}}</h1>
<p>Satu berkas untuk setiap bulan laporan masuk. Tanpa nama, nomor, isi, dan titik persis. Kalau dalam sebulan kurang dari {{.K}} laporan serupa kategori dan tempatnya, tempatnya
disebut lebih luas, lalu kategorinya tidak disebut; kalau tetap kurang, barisnya tidak ada. Yang dihitung laporan, bukan orang: lima laporan serupa dapat berasal dari satu
orang. Laporan rahasia dan perkara yang peka tidak ada di sini.</p>
<p>Berkas ini bukan satu-satunya yang terbuka. Halaman laporan dan, kalau dinyalakan, antarmuka Open311 menyebut nomor, kategori, tempat, dan waktu setiap laporan yang tidak rahasia, juga
yang di sini disebut lebih luas atau tidak ada. Dengan itu sebuah baris dapat dicocokkan dengan nomornya.</p>
<p>Lisensi: {{.License}}. Sebutkan sumbernya: {{.City}}.</p>
<h2>Berkas</h2>
<ul>{{range .Files}}<li><a href="{{.}}.csv">{{.}}.csv</a> · <a href="{{.}}.geojson">{{.}}.geojson</a></li>{{end}}</ul>
<h2>Kolom</h2>
<table><thead><tr><th scope="col">Nama</th><th scope="col">Jenis</th><th scope="col">Arti</th></tr></thead>
<tbody>{{range .Columns}}<tr><th scope="row">{{.Name}}</th><td>{{.Type}}</td><td>{{.About}}</td></tr>{{end}}</tbody></table>
<p>Untuk program: <a href="datapackage.json">datapackage.json</a>.</p>
</html>
`))

// Page writes what the columns mean, for people: files are those of the months, without their endings.
func Page(to io.Writer, city, license string, files []string) error {
	return page.Execute(to, map[string]any{"City": city, "License": license, "Files": files, "Columns": Columns(), "K": K})
}
