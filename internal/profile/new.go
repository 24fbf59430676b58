package profile

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

//go:embed skeleton
var skeleton embed.FS

// New writes a city to begin with into a folder: small, complete, and explained for the clerk who goes on. A folder that
// holds anything is left as it is.
func New(dir string) error {
	there, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("%s: %s", dir, unreadable(err))
	case len(there) > 0:
		return fmt.Errorf("%s is not empty (it holds %s): name a new folder", dir, there[0].Name())
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	files, err := fs.Sub(skeleton, "skeleton")
	if err == nil {
		err = os.CopyFS(dir, files)
	}
	if err != nil {
		return fmt.Errorf("write the folder: %w", err)
	}
	// What comes out of the program cannot be written to; people are to change it.
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(filepath.Join(dir, name), 0o644)
	})
	if err != nil {
		return fmt.Errorf("write the folder: %w", err)
	}
	return nil
}

// Check reads the profile of that name, or in that folder, and says what is wrong with it, or else what it holds. The error
// only counts: each mistake has a line of its own in out.
func Check(out io.Writer, name string) error {
	p, err := Open(name)
	if ps, ok := errors.AsType[Problems](err); ok {
		_, _ = fmt.Fprintln(out, ps.Error())
		return fmt.Errorf("%s in the profile %s", count(len(ps), "mistake"), name)
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, p.Summary())
	if err != nil {
		return fmt.Errorf("write the summary: %w", err)
	}
	return nil
}

// Summary tells in a few lines what a profile holds, what it could hold besides, and what is worth a look.
func (p *Profile) Summary() string {
	var b strings.Builder
	line := func(what, says string) { fmt.Fprintf(&b, "  %-12s %s\n", what, says) }
	fmt.Fprintf(&b, "%s is well: report numbers begin with %s, region %s\n", p.City, p.Prefix, p.Region())
	unconfirmed, districts := 0, map[string]bool{}
	for _, a := range p.Agencies {
		if a.Unconfirmed {
			unconfirmed++
		}
	}
	for _, a := range p.Areas {
		districts[a.District] = true
	}
	offices := fmt.Sprint(len(p.Agencies))
	if unconfirmed > 0 {
		offices += fmt.Sprintf(", %d of them unconfirmed", unconfirmed)
	}
	line("offices", offices)
	line("owners", p.outsiders())
	line("categories", fmt.Sprintf("%d, in %s of the menu", len(p.Categories), count(len(p.Groups), "group")))
	line("areas", fmt.Sprintf("%d kelurahan in %d kecamatan", len(p.Areas), len(districts)))
	line("places", fmt.Sprintf("%s, %s", count(len(p.Streets), "street"), count(len(p.Landmarks), "landmark")))
	line("clocks", fmt.Sprint(len(p.Clocks)))
	last := ""
	for _, h := range p.Holidays {
		last = max(last, h)
	}
	line("holidays", fmt.Sprintf("%d, the last %s", len(p.Holidays), either(last == "", "none", last)))
	if without := p.lacks(); len(without) > 0 {
		line("without", strings.Join(without, ", ")+" (nothing of it is required)")
	}
	if p.Partial != "" {
		line("partial", p.Partial)
	}
	for _, n := range p.notes {
		line("note", n.String())
	}
	return b.String()
}

// lacks names what a profile may hold and this one does not.
func (p *Profile) lacks() []string {
	var out []string
	for _, l := range []struct {
		what string
		none bool
	}{
		{"streets.csv", len(p.Streets) == 0}, {"landmarks.csv", len(p.Landmarks) == 0}, {"neighbours", len(p.Neighbours) == 0},
		{"holidays", len(p.Holidays) == 0}, {"helplines", len(p.Helplines) == 0}, {"office_hours", len(p.OfficeHours) == 0},
	} {
		if l.none {
			out = append(out, l.what)
		}
	}
	return out
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Region is the code of the government whose kelurahan these are, as the Kemendagri numbers them: "36.73"; "" where they
// share none.
func (p *Profile) Region() string {
	shared := ""
	for i, a := range p.Areas {
		above := a.District[:max(0, strings.LastIndexByte(a.District, '.'))]
		if i == 0 {
			shared = above
		}
		for shared != "" && above != shared && !strings.HasPrefix(above, shared+".") {
			shared = shared[:max(0, strings.LastIndexByte(shared, '.'))]
		}
	}
	return shared
}
