package house

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// foreign are the marks of the machine something was made on: homes and
// workplaces as absolute paths, and the hosts packages came from. (Written so
// that this file does not hold them.)
var foreign = regexp.MustCompile(strings.Join([]string{
	`/work` + `/(main|shared)`,
	`/ro` + `ot/[\w.]`,
	`/ho` + `me/[a-z]\w*/`,
	`/Us` + `ers/\w+/`,
	`[a-z0-9.-]*\bproxy\.golang` + `\.org`,
	`sum\.golang` + `\.org`,
	`regis` + `try\.(npmjs|yarnpkg)\.`,
	`deb\.debian` + `\.org`,
	`files\.python` + `hosted\.org`,
}, "|"))

// linuxbrew is a home that is the same on every machine.
const linuxbrew = "/home/linuxbrew/"

// leftOut are folders that hold nothing of the repository.
var leftOut = []string{".git", ".rabeg", "bin", "node_modules"}

// largest is more than any file of the repository has; what is built belongs into bin.
const largest = 4 << 20

func TestNothingOfTheBuildMachineStays(t *testing.T) {
	t.Parallel()
	root := theTree(t).root
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(leftOut, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || d.Name() == ".git" { // a second working copy has a file that says where the first lies
			return nil
		}
		if info, err := d.Info(); err == nil && info.Size() > largest {
			t.Errorf("%s has %d bytes: a program that was built beside the sources?", path, info.Size())
			return nil
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // an editor's file, gone by now
			return nil
		}
		if err != nil {
			return err
		}
		if bytes.IndexByte(text, 0) >= 0 { // a picture or a model
			return nil
		}
		for i, line := range strings.Split(string(text), "\n") {
			if mark := foreignMark(line); mark != "" {
				t.Errorf("%s:%d names %q", path, i+1, mark)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func foreignMark(line string) string {
	return foreign.FindString(strings.ReplaceAll(line, linuxbrew, "/"))
}

func TestForeignMark(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"see /wo" + "rk/shared/x":                         true,
		"in /ho" + "me/ani/x":                             true,
		"in " + linuxbrew + "bin":                         false,
		`"resolved": "https://regis` + `try.npmjs.org/x"`: true,
		"GOPROXY=https://proxy.golang" + ".org":           true,
		"../shared/data":                                  false,
		"under /ro" + "ot/x":                              true,
		"https://example.com/homework/main":               false,
		"/var/lib/rabeg, /tmp":                            false,
	} {
		if got := foreignMark(line); (got != "") != want {
			t.Errorf("%s: %q, want a mark: %v", line, got, want)
		}
	}
}
