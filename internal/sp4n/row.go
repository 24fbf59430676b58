// Package sp4n knows SP4N LAPOR!, the national channel that runs beside this one: the rows of its exports, what its words mean here, the
// packet by which a report of ours is typed in there. It is pure; sheet reads and writes files, exchange brings them into the store.
package sp4n

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/profile"
)

// Row is one report of an export, without who filed it: that column is read by nobody.
type Row struct {
	// Line is where it stands in the file, from 1.
	Line int
	// Tracking is its number there, digits alone. Own is the report's number with us, where the export is one of ours.
	Tracking, Own string
	// Received is when it came in; exports tell it in UTC.
	Received time.Time
	// Class is "Pengaduan Berkadar Pengawasan", "Aspirasi" …, "" for none yet.
	Class string
	// Category is the number of its category there, CategoryName its name. Mine is our own category, where the export is one of ours.
	Category, CategoryName, Mine string
	Title                        string
	// First is what was sent, Last the same after an admin's edit.
	First, Last       string
	Anonymous, Secret bool
	Source            string
	Parent, Office    string
	Status, Why       string
	District, Area    string
	// print is what Print gives, where that was asked for and the words it is of are gone.
	print string
}

// Light is a row without the words that are of no use any more once it is known what they told: of two texts the first one counts.
func (r Row) Light() Row {
	r.print = r.Print()
	if r.First != "" {
		r.Last = ""
	}
	return r
}

// Limits on what is taken of a row. Lapor cuts its own texts at 3,000 characters.
const (
	maxText  = 4000
	maxTitle = 300
	maxWord  = 200
)

// Column is a column that is read.
type Column int

// The columns.
const (
	Unread Column = iota
	ColTracking
	ColDate
	ColTime
	ColClass
	ColCategory
	ColCategoryName
	ColTitle
	ColFirst
	ColLast
	ColType
	ColSource
	ColParent
	ColOffice
	ColStatus
	ColWhy
	ColDistrict
	ColArea
	ColOwn
	ColMine
	columns
)

// columnNames are the headers as an export of the newest form has them; an export of ours has two more at its end.
var columnNames = [columns]string{
	ColTracking: "Tracking ID", ColDate: "Tanggal Laporan Masuk", ColTime: "Waktu Laporan Masuk", ColClass: "Klasifikasi Laporan",
	ColCategory: "ID Kategori", ColCategoryName: "Kategori", ColTitle: "Judul Laporan", ColFirst: "Isi Laporan Awal", ColLast: "Isi Laporan Akhir",
	ColType: "Tipe Laporan (Anonim/Rahasia)", ColSource: "Sumber Laporan", ColParent: "Instansi Induk", ColOffice: "Instansi Terdisposisi",
	ColStatus: "Status Laporan", ColWhy: "Alasan Tunda/Arsip", ColDistrict: "Kecamatan", ColArea: "Kelurahan",
	ColOwn: "Nomor Kanal", ColMine: "Kategori Kanal",
}

// needed are the columns without which a file is no export.
var needed = []Column{ColTracking, ColDate, ColFirst, ColStatus}

// Header tells which column of a file is which.
type Header []Column

// ReadHeader reads the line of a file that names the columns; ok is false for every other line.
func ReadHeader(cells []string) (h Header, ok bool) {
	h = make(Header, len(cells))
	seen := map[Column]bool{}
	for i, cell := range cells {
		key := headerKey(cell)
		for c := ColTracking; c < columns; c++ {
			if key == headerKey(columnNames[c]) && !seen[c] {
				h[i], seen[c] = c, true
			}
		}
	}
	return h, seen[ColTracking]
}

// Lacks names a column that an export must have and this one has not, "" where it has all.
func (h Header) Lacks() string {
next:
	for _, n := range needed {
		for _, c := range h {
			if c == n {
				continue next
			}
		}
		return columnNames[n]
	}
	return ""
}

// headerKey tells the names of columns apart by their letters alone, however they are written.
func headerKey(s string) string {
	if at := strings.IndexByte(s, '('); at > 0 { // "Tipe Laporan (Anonim/Rahasia)"
		s = s[:at]
	}
	key := strings.ReplaceAll(bot.Fold(s), " ", "")
	switch key {
	case "idtracking", "notrackingid", "nomortrackingid":
		return "trackingid"
	}
	return key
}

// Row reads one line of a file. blank says that there is nothing in it, why, "" for nothing, what is wrong with it. The reporter's name
// has no column here, so it never leaves the line.
func (h Header) Row(line int, cells []string) (r Row, blank bool, why string) {
	var date, clock string
	blank = true
	r.Line = line
	for i, c := range h {
		if c == Unread || i >= len(cells) {
			continue
		}
		v := strings.TrimSpace(cells[i])
		if v == "" {
			continue
		}
		blank = false
		switch c {
		case ColTracking:
			r.Tracking = v
		case ColDate:
			date = v
		case ColTime:
			clock = v
		case ColFirst:
			r.First = clip(v, maxText)
		case ColLast:
			r.Last = clip(v, maxText)
		case ColTitle:
			r.Title = clip(oneLine(v), maxTitle)
		case ColType:
			folded := bot.Fold(v)
			r.Anonymous, r.Secret = strings.Contains(folded, "anonim"), strings.Contains(folded, "rahasia")
		default:
			r.short(c, clip(oneLine(v), maxWord))
		}
	}
	if blank {
		return Row{}, true, ""
	}
	return r.checked(date, clock)
}

func (r *Row) short(c Column, v string) {
	switch c {
	case ColClass:
		r.Class = v
	case ColCategory:
		r.Category = whole(v)
	case ColCategoryName:
		r.CategoryName = v
	case ColSource:
		r.Source = v
	case ColParent:
		r.Parent = v
	case ColOffice:
		r.Office = v
	case ColStatus:
		r.Status = v
	case ColWhy:
		r.Why = v
	case ColDistrict:
		r.District = v
	case ColArea:
		r.Area = v
	case ColOwn:
		r.Own = v
	case ColMine:
		r.Mine = v
	}
}

// MonthsFirst is what is wrong with a row whose day is written month first. It is the whole file's fault (Swapped): of its other days nobody
// can tell which of two numbers is the month.
const MonthsFirst = "Tanggal Laporan Masuk tertulis bulan/hari/tahun"

// checked is the row with its number and time, or what is wrong with them.
func (r Row) checked(date, clock string) (Row, bool, string) {
	var ok bool
	if r.Tracking != "" || r.Own == "" {
		number, good := cellID(r.Tracking)
		if !good {
			return r, false, "Tracking ID harus 6 sampai 10 angka"
		}
		r.Tracking = number
	}
	if r.Received, ok = received(date, clock); !ok {
		if monthFirst(date) {
			return r, false, MonthsFirst
		}
		return r, false, "Tanggal Laporan Masuk tidak terbaca, misalnya: 29 May 2023"
	}
	return r, false, ""
}

// whole is a number that a sheet keeps as one, without what a sheet makes of it ("1398.0", "8.507246E6").
func whole(s string) string {
	if !strings.ContainsAny(s, ".eE") {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != float64(int64(f)) || f < 0 {
		return s
	}
	return strconv.FormatInt(int64(f), 10)
}

func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for at := range s {
		if n++; n > most {
			return s[:at]
		}
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Print tells two states of one row apart: what LAPOR! changes of a report after it came in.
func (r Row) Print() string {
	if r.print != "" {
		return r.print
	}
	h := fnv.New64a()
	for _, s := range []string{bot.Fold(r.Status), r.Why, r.Class, r.Category, bot.Fold(r.Office), r.Last} {
		_, _ = h.Write([]byte(s)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// Text is what the report says: the title too, where the words do not begin with it.
func (r Row) Text() string {
	words := r.First
	if words == "" {
		words = r.Last
	}
	switch {
	case r.Title == "" || r.Own != "" || strings.HasPrefix(bot.Fold(words), strings.TrimRight(bot.Fold(r.Title), ".… ")):
		return words
	case words == "":
		return r.Title
	}
	return r.Title + "\n" + words
}

// Rank is how far a meaning is in a report's life there (profile.LaporMeanings); -1 for none.
func Rank(means string) int {
	for i, m := range profile.LaporMeanings() {
		if m == means {
			return i
		}
	}
	return -1
}

// Valid reports whether a text is one that can be kept: UTF-8 without zeros.
func Valid(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
