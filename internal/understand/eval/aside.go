package eval

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

//go:embed aside/*.txt
var asideFiles embed.FS

// Apart are own phrases that the training never sees: one file of them.
type Apart struct {
	Name string // the file's name without its ending
	Rows []Row
}

// Aside reads the phrases that are kept out of training. Their labels are "[category kind OFFICE,ALSO]"; without offices
// the category's own office of p is the right one, and those it names beside it are acceptable.
func Aside(p *profile.Profile) ([]Apart, error) {
	files, err := fs.Glob(asideFiles, "aside/*.txt")
	if err != nil {
		return nil, fmt.Errorf("find the phrases apart: %w", err)
	}
	var out []Apart
	for _, file := range files {
		b, err := asideFiles.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the phrases apart: %w", err)
		}
		a := Apart{Name: strings.TrimSuffix(path.Base(file), ".txt")}
		var label Row
		n := 0
		for l := range strings.Lines(string(b)) {
			n++
			l = strings.TrimSpace(l)
			switch {
			case l == "" || l[0] == '#':
			case l[0] == '[' && l[len(l)-1] == ']':
				if label, err = labelOf(p, l[1:len(l)-1]); err != nil {
					return nil, fmt.Errorf("%s:%d: %w", file, n, err)
				}
			default:
				row := label
				row.ID, row.Text = fmt.Sprintf("%s:%d", a.Name, n), l
				a.Rows = append(a.Rows, row)
			}
		}
		out = append(out, a)
	}
	return out, nil
}

func labelOf(p *profile.Profile, s string) (Row, error) {
	f := strings.Fields(s)
	if len(f) < 2 || len(f) > 3 {
		return Row{}, fmt.Errorf("%q is not \"category kind OFFICE,ALSO\"", s)
	}
	row := Row{Category: f[0], Kind: f[1]}
	if row.Kind == noReport || row.Kind == danger {
		return row, nil
	}
	c, ok := p.Category(row.Category)
	if !ok {
		return Row{}, fmt.Errorf("the profile has no category %q", row.Category)
	}
	row.Agency, row.Also = c.Agency, c.Others
	if len(f) == 3 {
		offices := strings.Split(f[2], ",")
		row.Agency, row.Also = offices[0], offices[1:]
	}
	return row, nil
}

// Measure measures the reader on labelled messages that were read already.
func Measure(rows []Row, reader understand.Reader, p *profile.Profile, now func() time.Time) Table {
	g := newGauge()
	for _, row := range rows {
		g.take(row, reader, p, now)
	}
	return g.table()
}
