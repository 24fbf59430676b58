package house

import (
	"bytes"
	"go/ast"
	"os"
	"path/filepath"
	"testing"
)

// longest is how many lines a file may have: more than one sitting can hold reads as two files.
const longest = 400

func TestFilesCanBeReadInOneSitting(t *testing.T) {
	t.Parallel()
	for _, p := range theTree(t).own {
		for _, name := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if n := bytes.Count(text, []byte("\n")); n > longest {
				t.Errorf("%s/%s has %d lines, more than %d", p.pkg(), name, n, longest)
			}
		}
	}
}

// undocumented names the declarations of a file that others can use and that no comment explains.
func undocumented(f *ast.File) []string {
	var out []string
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			known := d.Recv != nil && (d.Name.Name == "Error" || d.Name.Name == "String") // by their interfaces
			if d.Doc == nil && d.Name.IsExported() && ofExported(d) && !known {
				out = append(out, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
						out = append(out, s.Name.Name)
					}
				case *ast.ValueSpec:
					for _, n := range s.Names {
						if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
							out = append(out, n.Name)
						}
					}
				}
			}
		}
	}
	return out
}

// ofExported reports whether a function is none of a type that others cannot name.
func ofExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

func TestWhatOthersCanUseIsExplained(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		_, files := tr.sources(t, p)
		for _, s := range files {
			if s.test {
				continue
			}
			for _, what := range undocumented(s.file) {
				t.Errorf("%s: %s has no comment", s.path, what)
			}
		}
	}
}
