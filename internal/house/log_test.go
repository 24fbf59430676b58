package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// personal are the words that name what a person wrote, who the person is, or a
// secret. A log line holds ids.
var personal = []string{
	"text", "caption", "token", "phone", "name", "person", "body", "message", "description", "content",
	"label", "choice", "password", "secret", "dsn", "username", "first_name", "last_name", "nama", "nomor_hp",
	"lat", "lon", "latitude", "longitude", "location", "transcript",
}

func TestLogLinesHoldNoPersonalWords(t *testing.T) {
	t.Parallel()
	tr := theTree(t)
	for _, p := range tr.own {
		fset, files := tr.sources(t, p)
		// A logger may come in a field declared in another file of the package.
		if !slices.ContainsFunc(files, func(s source) bool { return !s.test && imported(s.file, "log/slog") != "" }) {
			continue
		}
		for _, s := range files {
			if s.test {
				continue
			}
			for _, c := range logged(fset, s) {
				t.Error(c)
			}
		}
	}
}

// logMethods are the calls of log/slog, with the place of their message; what
// comes after it is keys and values.
var logMethods = map[string]int{
	"Debug": 0, "Info": 0, "Warn": 0, "Error": 0,
	"DebugContext": 1, "InfoContext": 1, "WarnContext": 1, "ErrorContext": 1,
	"Log": 2, "LogAttrs": 2, "With": -1, "WithGroup": -1,
}

// attributes are the makers of one key and value in log/slog.
var attributes = []string{
	"String", "Any", "Int", "Int64", "Uint64", "Float64", "Bool", "Time", "Duration", "Group", "GroupAttrs",
}

// logged lists personal words among the keys, and personal fields among the
// values, of what a file logs.
func logged(fset *token.FileSet, s source) (complaints []string) {
	slog := imported(s.file, "log/slog")
	ast.Inspect(s.file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		args := call.Args
		from, isIdent := sel.X.(*ast.Ident)
		message, method := logMethods[sel.Sel.Name]
		switch {
		case isIdent && slog != "" && from.Name == slog && slices.Contains(attributes, sel.Sel.Name):
		case method && len(args) > message+1:
			args = args[message+1:]
		default:
			return true
		}
		for _, a := range args {
			if word := personalWord(a); word != "" {
				complaints = append(complaints, fmt.Sprintf("%s: %q in a log line", fset.Position(a.Pos()), word))
			}
		}
		return true
	})
	return complaints
}

// personalWord is the personal word that an argument is or hands on: "text",
// ev.Text, letter.Message.Text, or a Sprintf of one.
func personalWord(e ast.Expr) string {
	found := ""
	ast.Inspect(e, func(n ast.Node) bool {
		word := ""
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				word, _ = strconv.Unquote(n.Value) // the parser has read it
			}
		case *ast.SelectorExpr:
			word = n.Sel.Name
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "len" {
				return false // a length tells nothing
			}
		}
		if slices.Contains(personal, strings.ToLower(word)) {
			found = word
		}
		return true
	})
	return found
}

func TestLogged(t *testing.T) {
	t.Parallel()
	const head = "import \"log/slog\"\nfunc f(log *slog.Logger, ev struct{ ID, Text string; From struct{ Name string } }) {\n"
	for body, want := range map[string]int{
		`log.Info("sent", "letter", ev.ID)`:                       0,
		`log.Info("text")`:                                        0,
		`log.Info("sent", "text", ev.ID)`:                         1,
		`log.Info("sent", "letter", ev.Text)`:                     1,
		`log.Error("sent", "who", ev.From.Name)`:                  1,
		`log.InfoContext(nil, "sent", slog.String("Phone", "x"))`: 2,
		`slog.Warn("sent", slog.Any("x", ev.Text))`:               2,
		`log.With("token", "x").Info("sent")`:                     1,
		`log.Info("sent", "bytes", len(ev.Text))`:                 0,
		`log.LogAttrs(nil, 0, "sent", slog.Int("report", 3))`:     0,
	} {
		fset := token.NewFileSet()
		got := logged(fset, snippet(t, fset, head+body+"\n}")[0])
		if (len(got) > 0) != (want > 0) {
			t.Errorf("%s: %q, want %d complaints", body, got, want)
		}
	}
}
