package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// module is the import path everything of this tree begins with.
const module = "rabeg"

// listed is what `go list -json` says of one package.
type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Module     *struct {
		Path string
		Main bool
	}
	GoFiles, CgoFiles          []string
	TestGoFiles, XTestGoFiles  []string
	Imports, Deps              []string
	TestImports, XTestImports  []string
	IgnoredGoFiles, EmbedFiles []string
}

// package is the package's path inside the module: "bot/telegram", "" for the root.
func (p listed) pkg() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

func (p listed) ours() bool { return p.Module != nil && p.Module.Main }

// tree is every package of the module with all it depends on.
type tree struct {
	root string
	all  map[string]listed // by import path
	own  []listed          // the module's own
}

// loadTree asks the go command once for all tests.
var loadTree = sync.OnceValues(func() (*tree, error) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return nil, err
	}
	// -e: a package that does not compile at the moment is somebody's work under way.
	cmd := exec.Command("go", "list", "-e", "-deps", "-json", "./...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	t := &tree{root: root, all: map[string]listed{}}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return t, nil
		} else if err != nil {
			return nil, fmt.Errorf("read go list: %w", err)
		}
		t.all[p.ImportPath] = p
		if p.ours() {
			t.own = append(t.own, p)
		}
	}
})

func theTree(t *testing.T) *tree {
	t.Helper()
	tr, err := loadTree()
	if err != nil {
		t.Fatal(err)
	}
	if len(tr.own) == 0 {
		t.Fatal("no package of this module was listed")
	}
	return tr
}

// source is one parsed file.
type source struct {
	path string // inside the module, with slashes
	test bool
	file *ast.File
}

// loadSources parses every file once for all tests, with its comments. Rules read the trees and never change them.
var loadSources = sync.OnceValue(func() parsed {
	all := parsed{fset: token.NewFileSet(), of: map[string][]source{}}
	tr, err := loadTree()
	if err != nil {
		return all // said by whoever asks for the tree
	}
	for _, p := range tr.own {
		all.read(p, false, p.GoFiles, p.CgoFiles, p.IgnoredGoFiles) // the ignored are those of other systems
		all.read(p, true, p.TestGoFiles, p.XTestGoFiles)
	}
	return all
})

// parsed are the files of all packages.
type parsed struct {
	fset  *token.FileSet
	of    map[string][]source // by import path
	wrong []string            // why some could not be read
}

func (all *parsed) read(p listed, test bool, lists ...[]string) {
	for _, name := range slices.Concat(lists...) {
		f, err := parser.ParseFile(all.fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			all.wrong = append(all.wrong, err.Error())
			continue
		}
		all.of[p.ImportPath] = append(all.of[p.ImportPath], source{path: p.pkg() + "/" + name, test: test, file: f})
	}
}

// sources are the package's files, those of its tests too.
func (tr *tree) sources(t *testing.T, p listed) (*token.FileSet, []source) {
	t.Helper()
	all := loadSources()
	for _, w := range all.wrong {
		t.Logf("not read: %s", w)
	}
	return all.fset, all.of[p.ImportPath]
}

// snippet parses one file of a made-up package, for the tests of the rules.
func snippet(t *testing.T, fset *token.FileSet, body string) []source {
	t.Helper()
	f, err := parser.ParseFile(fset, "snippet.go", "package snippet\n"+body, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return []source{{path: "snippet/snippet.go", file: f}}
}

// imported is the name under which a file uses the package, "" when it does not.
func imported(f *ast.File, path string) string {
	for _, spec := range f.Imports {
		if strings.Trim(spec.Path.Value, `"`) != path {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return path[strings.LastIndex(path, "/")+1:]
	}
	return ""
}

// in reports whether the package is one of, or lies inside one of, the folders.
func in(pkg string, folders ...string) bool {
	for _, folder := range folders {
		if pkg == folder || strings.HasPrefix(pkg, folder+"/") {
			return true
		}
	}
	return false
}
