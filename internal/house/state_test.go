package house

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// blankAllowed are the imports for their effect alone: embed makes a directive
// work, and the program carries the time zones because a scratch image has none.
func blankAllowed(pkg, path string) bool {
	return path == "embed" || (path == "time/tzdata" && in(pkg, "cmd"))
}

func TestNothingHappensByImport(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		_, files := tr.sources(t, p)
		for _, s := range files {
			for _, c := range importEffects(p.pkg(), s) {
				t.Errorf("%s: %s", s.path, c)
			}
		}
	}
}

func importEffects(pkg string, s source) (complaints []string) {
	for _, d := range s.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			complaints = append(complaints, "func init runs behind everybody's back")
		}
	}
	for _, spec := range s.file.Imports {
		path := strings.Trim(spec.Path.Value, `"`)
		if spec.Name != nil && spec.Name.Name == "_" && !blankAllowed(pkg, path) {
			complaints = append(complaints, "blank import of "+path)
		}
		if spec.Name != nil && spec.Name.Name == "." {
			complaints = append(complaints, "dot import of "+path)
		}
	}
	return complaints
}

func TestImportEffects(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`import _ "embed"`:       0,
		`import _ "image/jpeg"`:  1,
		`import _ "time/tzdata"`: 1,
		`import . "fmt"`:         1,
		`func init() {}`:         1,
		`type t struct{}; func (t) init() {}; func initial() {}`:    0,
		"import _ \"image/jpeg\"\nfunc init() {}\nfunc other() { }": 2,
	} {
		if got := importEffects("bot", snippet(t, token.NewFileSet(), body)[0]); len(got) != want {
			t.Errorf("%s: %q, want %d complaints", body, got, want)
		}
	}
	if got := importEffects("cmd/rabeg", snippet(t, token.NewFileSet(), `import _ "time/tzdata"`)[0]); len(got) != 0 {
		t.Errorf("in cmd: %q", got)
	}
}

// excused are package variables that have to be, by package.
var excused = map[string][]string{
	// Guards the global variables of two libraries that offer no other way.
	"internal/sim/warelay": {"foreign"},
}

func TestNoPackageKeepsState(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		if in(p.pkg(), testSupport...) { // their state is a test's
			continue
		}
		fset, files := tr.sources(t, p)
		for _, c := range state(fset, slices.DeleteFunc(slices.Clone(files), func(s source) bool { return s.test })) {
			if !slices.Contains(excused[p.pkg()], c.variable) {
				t.Errorf("%s: package variable %s %s", c.at, c.variable, c.what)
			}
		}
	}
}

// change is one way in which a package variable can change.
type change struct {
	at             token.Position
	variable, what string
}

// state lists what can change in package variables: those that are assigned to,
// in whole or in part, counted up, deleted from or pointed at inside a function,
// and those whose type exists to change. It cannot see a change through a method
// or through a pointer held elsewhere.
func state(fset *token.FileSet, files []source) (changes []change) {
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: noImports{}, Error: func(error) {}} // names resolve without the types of imports
	var parsed []*ast.File
	for _, s := range files {
		parsed = append(parsed, s.file)
	}
	pkg, _ := conf.Check("checked", fset, parsed, info) // its errors are about imports left out
	report := func(at ast.Node, what string, id *ast.Ident) {
		changes = append(changes, change{at: fset.Position(at.Pos()), variable: id.Name, what: what})
	}
	touched := func(at ast.Node, e ast.Expr, what string) {
		if id := rootOf(e); id != nil && pkg != nil {
			if v, ok := info.Uses[id].(*types.Var); ok && v.Parent() == pkg.Scope() {
				report(at, what, id)
			}
		}
	}
	for _, f := range parsed {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for _, e := range n.Lhs {
					touched(n, e, "is assigned to")
				}
			case *ast.IncDecStmt:
				touched(n, n.X, "is counted")
			case *ast.RangeStmt:
				touched(n, n.Key, "is assigned to")
				touched(n, n.Value, "is assigned to")
			case *ast.UnaryExpr:
				if n.Op == token.AND {
					touched(n, n.X, "is pointed at")
				}
			case *ast.CallExpr:
				if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "delete" || id.Name == "clear") && len(n.Args) > 0 {
					touched(n, n.Args[0], "is emptied")
				}
			}
			return true
		})
		for _, d := range f.Decls {
			changing(d, report)
		}
	}
	return changes
}

// changing reports package variables of a type that exists to change.
func changing(d ast.Decl, report func(ast.Node, string, *ast.Ident)) {
	vars, ok := d.(*ast.GenDecl)
	if !ok || vars.Tok != token.VAR {
		return
	}
	for _, spec := range vars.Specs {
		v, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, id := range v.Names {
			kind := v.Type
			if kind == nil && i < len(v.Values) {
				kind = made(v.Values[i])
			}
			switch kind := kind.(type) {
			case *ast.ChanType:
				report(v, "is a channel", id)
			case *ast.SelectorExpr:
				if from, ok := kind.X.(*ast.Ident); ok && (from.Name == "sync" || from.Name == "atomic") {
					report(v, "is made to change", id)
				}
			case *ast.IndexExpr: // atomic.Pointer[T]
				if s, ok := kind.X.(*ast.SelectorExpr); ok {
					if from, ok := s.X.(*ast.Ident); ok && from.Name == "atomic" {
						report(v, "is made to change", id)
					}
				}
			}
		}
	}
}

// made is the type that a value's expression names, as far as it does.
func made(e ast.Expr) ast.Expr {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return e.Type
	case *ast.UnaryExpr:
		return made(e.X)
	case *ast.CallExpr:
		if id, ok := e.Fun.(*ast.Ident); ok && (id.Name == "make" || id.Name == "new") && len(e.Args) > 0 {
			return e.Args[0]
		}
	}
	return nil
}

// rootOf is the variable at the bottom of x, x.f, x[i], *x and (x).
func rootOf(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("left out") }

func TestState(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`var x = 1; func f() { x = 2 }`:                                              1,
		`var x = 1; func f() { x := 2; x = 3; _ = x }`:                               0,
		`var x = 1; func f(x int) { x++ }`:                                           0,
		`var x int; func f() { x++ }`:                                                1,
		`var m = map[string]int{}; func f() { m["a"] = 1 }`:                          1,
		`var m = map[string]int{}; func f() int { return m["a"] }`:                   0,
		`var m = map[string]int{}; func f() { delete(m, "a"); clear(m) }`:            2,
		`var s []int; func f() { s = append(s, 1) }`:                                 1,
		`var s struct{ a struct{ b []int } }; func f() { s.a.b[3] = 1 }`:             1,
		`var p *int; func f() { *p = 1 }`:                                            1,
		`var x int; func f() *int { return &x }`:                                     1,
		`var x int; func f() { for x = range 3 {} }`:                                 1,
		`import "sync"; var mu sync.Mutex`:                                           1,
		`import "sync"; var o = sync.OnceValue(func() int { return 1 })`:             0,
		`import "sync/atomic"; var n atomic.Pointer[int]; var c = new(atomic.Int64)`: 2,
		`var c = make(chan int); var d chan int`:                                     2,
		`import "errors"; var ErrX = errors.New("x")`:                                0,
		`type t struct{ x int }; func (v *t) f() { v.x = 1 }`:                        0,
		`import "unknown"; var x = unknown.Y; func f() { unknown.Z = 3; x.A = 1 }`:   1,
	} {
		fset := token.NewFileSet()
		if got := state(fset, snippet(t, fset, body)); len(got) != want {
			t.Errorf("%s: %v, want %d complaints", body, got, want)
		}
	}
}

func TestPureRoomsHaveNoClock(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		if !isPure(p.pkg()) {
			continue
		}
		fset, files := tr.sources(t, p)
		for _, s := range files {
			if s.test {
				continue
			}
			for _, c := range clocks(fset, s) {
				t.Error(c)
			}
		}
	}
}

// clocks lists what in package time reads the clock or waits for it.
func clocks(fset *token.FileSet, s source) (complaints []string) {
	name := imported(s.file, "time")
	if name == "" {
		return nil
	}
	reads := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if from, ok := sel.X.(*ast.Ident); ok && from.Name == name && slices.Contains(reads, sel.Sel.Name) {
			complaints = append(complaints, fmt.Sprintf("%s: a pure pkg calls time.%s", fset.Position(n.Pos()), sel.Sel.Name))
		}
		return true
	})
	return complaints
}

func TestClocks(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`import "time"; var t = time.Now()`:                                         1,
		`import clock "time"; func f() { g := clock.Now; _ = g }`:                   1,
		`import "time"; func f(t time.Time) time.Duration { return time.Since(t) }`: 1,
		`import "time"; func f(t time.Time) time.Time { return t.Add(time.Hour) }`:  0,
	} {
		fset := token.NewFileSet()
		if got := clocks(fset, snippet(t, fset, body)[0]); len(got) != want {
			t.Errorf("%s: %q, want %d complaints", body, got, want)
		}
	}
}
