package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// spot is where a value stands.
type spot struct {
	file      string
	line, col int
}

// decoder reads YAML files into one value, strictly: every unknown key and every wrong type is a Problem, and all of them
// are collected instead of the first alone. Later files write over earlier ones: entries of lists whose items have a
// code are merged by that code, lists under an "append" tag grow, everything else is replaced.
type decoder struct {
	fsys     fs.FS
	file     string
	spots    map[string]spot // path → where its value stands: "categories[parkir].agency"
	problems Problems
	taints   []string // paths whose value could not be read: what is wrong because of that is not told again
}

// taint says that what stands at path, and inside it, could not be read.
func (d *decoder) taint(path string) {
	if path != "" {
		d.taints = append(d.taints, path)
	}
}

// unnamed behind the path of a list marks that one of its entries has no code: who names that entry is not told off.
const unnamed = "#"

func (d *decoder) tainted(path string) bool {
	return slices.ContainsFunc(d.taints, func(t string) bool {
		rest, inside := strings.CutPrefix(path, t)
		return inside && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

func (d *decoder) fail(tk *token.Token, what, example string) {
	p := Problem{File: d.file, What: what, Example: example}
	if tk != nil && tk.Position != nil {
		p.Line, p.Col = tk.Position.Line, tk.Position.Column
	}
	d.problems = append(d.problems, p)
}

// at is the place of the first of paths that was written.
func (d *decoder) at(paths ...string) spot {
	for _, p := range paths {
		if s, ok := d.spots[p]; ok {
			return s
		}
	}
	return spot{file: d.file}
}

// read decodes one file into v, a pointer to a struct; false when the file as a whole could not be read.
func (d *decoder) read(name string, v any) bool {
	d.file = name
	text, ok := d.text(name, largestYAML)
	if !ok {
		return false
	}
	if line, col := tooDeep(text); line > 0 {
		d.problems = append(d.problems, Problem{File: name, Line: line, Col: col, What: fmt.Sprintf("more than %d lists or brackets stand inside each other", deepest)})
		return false
	}
	tree, err := parser.ParseBytes(text, 0)
	if err != nil {
		if at, ok := errors.AsType[yaml.Error](err); ok {
			what, like := "is not YAML: "+at.GetMessage(), "key: value"
			if strings.ContainsRune(what, '\t') {
				what, like = "is not YAML: a tab stands at the beginning of the line", "spaces in its place, as many as in the lines around"
			}
			d.fail(at.GetToken(), what, like)
			return false
		}
		d.fail(nil, "is not YAML: "+firstLine(err.Error()), "key: value")
		return false
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		d.fail(nil, "needs exactly one YAML document", "id: serang")
		return false
	}
	d.value(tree.Docs[0].Body, reflect.ValueOf(v).Elem(), "", false)
	return true
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

func (d *decoder) value(n ast.Node, v reflect.Value, path string, grow bool) {
	tk := n.GetToken()
	if tk != nil && tk.Position != nil && path != "" {
		d.spots[path] = spot{file: d.file, line: tk.Position.Line, col: tk.Position.Column}
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Slice:
		d.list(n, v, path, grow)
	case reflect.Map:
		d.mapping(n, v, path)
	case reflect.Array:
		d.pair(n, v, path)
	default:
		d.scalar(n, v, path)
	}
}

// entries gives the keys of a mapping node; ok is false when it is none.
func entries(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func (d *decoder) structure(n ast.Node, v reflect.Value, path string) {
	pairs, ok := entries(n)
	if !ok {
		d.fail(n.GetToken(), fmt.Sprintf("%s must be keys with values, not %s", label(path), kind(n)), "name: Dinas Perhubungan")
		d.taint(path)
		return
	}
	fields := map[string][]int{}
	fieldsOf(v.Type(), nil, fields)
	for _, kv := range pairs {
		key := kv.Key.GetToken().Value
		at, ok := fields[key]
		if !ok {
			known := make([]string, 0, len(fields))
			for k := range fields {
				known = append(known, k)
			}
			hint := mean(key, known)
			like := nearest(key, known)
			if like == "" {
				slices.Sort(known)
				like = known[0]
			}
			d.fail(kv.Key.GetToken(), fmt.Sprintf("unknown key %q in %s%s", key, label(path), hint), like+": …")
			if hint != "" {
				d.taint(join(path, like))
			}
			continue
		}
		f := v.Type().FieldByIndex(at)
		_, opt, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		d.value(kv.Value, v.FieldByIndex(at), join(path, key), opt == "append")
	}
}

// fieldsOf lists a struct's keys by their yaml tags; an outer field hides an embedded one.
func fieldsOf(t reflect.Type, at []int, into map[string][]int) {
	for i := range t.NumField() {
		f := t.Field(i)
		here := append(slices.Clone(at), i)
		if f.Anonymous {
			fieldsOf(f.Type, here, into)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" || !f.IsExported() {
			continue
		}
		if old, ok := into[name]; !ok || len(here) < len(old) {
			into[name] = here
		}
	}
}

func (d *decoder) list(n ast.Node, v reflect.Value, path string, grow bool) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.fail(n.GetToken(), fmt.Sprintf("%s must be a list, not %s", label(path), kind(n)), "- DISHUB")
		d.taint(path)
		return
	}
	fields := map[string][]int{}
	if v.Type().Elem().Kind() == reflect.Struct {
		fieldsOf(v.Type().Elem(), nil, fields)
	}
	if at, ok := fields["code"]; ok {
		d.coded(seq, v, path, at)
		return
	}
	out := reflect.MakeSlice(v.Type(), 0, len(seq.Values))
	if grow {
		out = reflect.AppendSlice(out, v)
	}
	for _, item := range seq.Values {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(item, e, fmt.Sprintf("%s[%d]", path, out.Len()), false)
		out = reflect.Append(out, e)
	}
	v.Set(out)
}

// coded merges a list by the code of its items, so that a city's file changes one thing of a shared list.
func (d *decoder) coded(seq *ast.SequenceNode, v reflect.Value, path string, at []int) {
	mine := map[string]bool{}
	for _, item := range seq.Values {
		code, where := codeOf(item)
		if code == "" {
			d.fail(where, "an entry of "+label(path)+" has no code", "- code: DISHUB")
			d.taint(path + unnamed)
			continue
		}
		if mine[code] {
			d.fail(where, fmt.Sprintf("the code %q stands twice in %s", code, label(path)), "every code once")
			d.taint(path + unnamed)
			continue
		}
		mine[code] = true
		i := 0
		for i < v.Len() && v.Index(i).FieldByIndex(at).String() != code {
			i++
		}
		if i == v.Len() {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
		}
		d.value(item, v.Index(i), fmt.Sprintf("%s[%s]", path, code), false)
	}
}

func codeOf(n ast.Node) (string, *token.Token) {
	pairs, _ := entries(n)
	for _, kv := range pairs {
		if kv.Key.GetToken().Value == "code" {
			return kv.Value.GetToken().Value, kv.Value.GetToken()
		}
	}
	return "", n.GetToken()
}

// mapping reads a map of words to words.
func (d *decoder) mapping(n ast.Node, v reflect.Value, path string) {
	pairs, ok := entries(n)
	if !ok {
		d.fail(n.GetToken(), fmt.Sprintf("%s must be keys with values, not %s", label(path), kind(n)), "DPUPR: PUPR")
		d.taint(path)
		return
	}
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for _, kv := range pairs {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(kv.Value, e, join(path, kv.Key.GetToken().Value), false)
		v.SetMapIndex(reflect.ValueOf(kv.Key.GetToken().Value), e)
	}
}

// pair reads a list of fixed length, as a point's two numbers.
func (d *decoder) pair(n ast.Node, v reflect.Value, path string) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok || len(seq.Values) != v.Len() {
		d.fail(n.GetToken(), fmt.Sprintf("%s must be %d numbers: latitude, longitude", label(path), v.Len()), "[-6.12, 106.15]")
		d.taint(path)
		return
	}
	for i, item := range seq.Values {
		d.value(item, v.Index(i), fmt.Sprintf("%s[%d]", path, i), false)
	}
}

func (d *decoder) scalar(n ast.Node, v reflect.Value, path string) {
	tk := n.GetToken()
	switch n.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.LiteralNode:
	default:
		d.fail(tk, fmt.Sprintf("%s must be one value, not %s", label(path), kind(n)), example(v.Kind()))
		d.taint(path)
		return
	}
	text := tk.Value
	if lit, ok := n.(*ast.LiteralNode); ok {
		text = strings.TrimSpace(lit.Value.Value)
	}
	var err error
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		var b bool
		if b, err = strconv.ParseBool(text); err == nil {
			v.SetBool(b)
		}
	case reflect.Int:
		var i int
		if i, err = strconv.Atoi(text); err == nil {
			v.SetInt(int64(i))
		}
	case reflect.Float64:
		var f float64
		if f, err = strconv.ParseFloat(text, 64); err == nil {
			v.SetFloat(f)
		}
	default:
		err = fmt.Errorf("a %s is not read from YAML", v.Type())
	}
	if err != nil {
		d.fail(tk, fmt.Sprintf("%s must be %s, not %q", label(path), wanted(v.Kind()), text), example(v.Kind()))
		d.taint(path)
	}
}

func wanted(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	}
	return "a word"
}

func example(k reflect.Kind) string {
	switch k {
	case reflect.Bool:
		return "true"
	case reflect.Int:
		return "72"
	case reflect.Float64:
		return "106.15"
	}
	return "Dishub"
}

func kind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "keys with values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		return "an anchor, alias or tag (profiles use none)"
	}
	return "one value"
}

func label(path string) string {
	if path == "" {
		return "the profile"
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
