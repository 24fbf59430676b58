package sp4n

import "fmt"

// Fault is why a file cannot be read. It names no word of the file.
type Fault struct {
	// Words are for who sent it, what is wrong and what to do; Plain is the same for the terminal.
	Words, Plain string
}

// Error is the line for the terminal.
func (f *Fault) Error() string { return f.Plain }

func fault(words, plain string, args ...any) *Fault {
	return &Fault{Words: fmt.Sprintf(words, args...), Plain: fmt.Sprintf(plain, args...)}
}

const again = " Unduh lagi Laporan Ringkas dari LAPOR! (XLSX atau CSV), lalu kirim berkas itu apa adanya."

// IsPDF is what a PDF under a sheet's name is told.
func IsPDF() *Fault {
	return fault("Isinya PDF, bukan lembar data."+again, "the file is a PDF, whatever its name says; example: Laporan Ringkas as XLSX or CSV")
}

// OldBook is what an XLS file, or a locked one, is told.
func OldBook() *Fault {
	return fault("Berkas ini berformat Excel lama (.xls) atau dikunci kata sandi. Buka, simpan sebagai XLSX tanpa kata sandi, lalu kirim lagi.",
		"the file is an old XLS or is locked with a password; save it as XLSX without one")
}

// IsPage is what a page under a sheet's name is told.
func IsPage() *Fault {
	return fault("Isinya halaman web, bukan lembar data."+again, "the file is a web page, whatever its name says; example: Laporan Ringkas as XLSX or CSV")
}

// NoBook is what a zip that is no workbook is told.
func NoBook() *Fault {
	return fault("Berkas ini bukan buku kerja Excel yang utuh."+again, "the file is no whole XLSX workbook; download it again")
}

// Macros is what a workbook with a program in it is told.
func Macros() *Fault {
	return fault("Berkas ini berisi makro; tidak saya buka."+again, "the workbook holds macros and is not opened; save it as XLSX without them")
}

// TooBig is what a file is told that is larger than is read.
func TooBig(what string) *Fault {
	return fault("Berkas ini terlalu besar (%s). Unduh untuk periode yang lebih pendek, lalu kirim satu per satu.", "the file is too large (%s); export a shorter period", what)
}

// Broken is what a file is told that ends in the middle, or is damaged.
func Broken(line int) *Fault {
	return fault("Berkas ini rusak atau terpotong (sekitar baris %d)."+again, "the file is damaged or cut off near line %d; download it again", line)
}

// NotUTF8 is what a text in another encoding is told.
func NotUTF8(line int) *Fault {
	return fault("Huruf di berkas ini tidak terbaca (baris %d, bukan UTF-8). Simpan sebagai XLSX, atau CSV UTF-8, lalu kirim lagi.",
		"line %d is not UTF-8; save the file as XLSX or as CSV UTF-8", line)
}

// Formula is what a sheet is told whose cells are computed.
func Formula(cell string) *Fault {
	return fault("Sel %s berisi rumus; ekspor LAPOR! tidak pernah."+again, "cell %s is a formula, which an export never has; download it again", cell)
}

// Wide is what a sheet is told that has more columns than any export.
func Wide(most int) *Fault {
	return fault("Kolomnya lebih dari %d; ini bukan ekspor LAPOR!."+again, "the sheet has more than %d columns and is no export of LAPOR!", most)
}

// Long is what a sheet is told that has more rows than are read at once.
func Long(most int) *Fault {
	return fault("Barisnya lebih dari %d. Unduh untuk periode yang lebih pendek, lalu kirim satu per satu.", "the sheet has more than %d rows; export a shorter period", most)
}

// NoHeader is what a file is told in which no line names the columns.
func NoHeader() *Fault {
	return fault("Tidak ada baris judul dengan kolom Tracking ID."+again, "no line names the column Tracking ID within the first 40 lines; example: Tracking ID, Tanggal Laporan Masuk, …")
}

// Lacking is what a file is told that lacks a column.
func Lacking(column string) *Fault {
	return fault("Kolom %s tidak ada."+again, "the column %s is missing; example: Laporan Ringkas as LAPOR! writes it", column)
}

// Twice is what a sheet is told in which one line has one place, and another is said to be there too.
func Twice(line int) *Fault {
	return fault("Baris %d tertulis dua kali; berkasnya rusak."+again, "line %d stands twice in the sheet; download it again", line)
}

// Swapped is what a file is told whose days are written month first.
func Swapped(line int) *Fault {
	return fault("Tanggal di baris %d tertulis bulan/hari/tahun, sehingga tanggal lain di berkas ini bisa tertukar. Berkas ini rupanya pernah disimpan ulang."+again,
		"line %d has its day as month/day/year, so that other days of the file cannot be told from months; download it again", line)
}

// Mixed is what a file is told in which the columns are named once more, in another order.
func Mixed(line int) *Fault {
	return fault("Di baris %d kolom-kolomnya disebut lagi dengan urutan lain; rupanya dua berkas digabung. Kirim berkas dari LAPOR! satu per satu, apa adanya.",
		"line %d names the columns once more in another order; bring in the files one by one", line)
}
