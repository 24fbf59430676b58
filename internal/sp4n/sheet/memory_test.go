package sheet_test

import (
	"runtime"
	"strings"
	"testing"

	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/sheet"
	"rabeg/internal/sp4n/sp4ntest"
)

// Rows that are kept keep nothing of the column with the name of who filed them in memory: of two hundred rows with a name of fifty
// kilobytes each a tenth of a megabyte is left, not ten. It runs by itself, since it looks at the memory of all.
func TestAKeptRowHoldsNoName(t *testing.T) { //nolint:paralleltest // see above
	var named []sp4ntest.Report
	for n := range 200 {
		named = append(named, sp4ntest.New(n))
	}
	long := strings.Repeat(sp4ntest.Name+" ", 2400)
	for name, file := range map[string][]byte{
		"text": []byte(strings.ReplaceAll(string(sp4ntest.Text(t, sp4ntest.TwentyOne, ';', named...)), sp4ntest.Name, long)),
		"book": sp4ntest.Book(t, sp4ntest.TwentyOne, day, named...),
	} {
		if name == "text" && len(file) < 10_000_000 {
			t.Fatalf("the file has %d bytes", len(file))
		}
		var rows []sp4n.Row
		before := heap()
		f, err := sheet.Read(file, func(r sp4n.Row) error { rows = append(rows, r); return nil })
		if err != nil || f.Rows != 200 || len(rows) != 200 {
			t.Fatalf("%s: %+v, %d rows: %v", name, f, len(rows), err)
		}
		if held := int64(heap()) - int64(before); held > 2<<20 {
			t.Errorf("%s: 200 rows hold %d KB", name, held>>10)
		}
		runtime.KeepAlive(rows)
		runtime.KeepAlive(file)
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
