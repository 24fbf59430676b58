package eval

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/understand"
)

// data is the folder of labelled messages, beside the project.
const data = "../../../../shared/data/eval/dev.jsonl"

func TestDev(t *testing.T) {
	t.Parallel()
	in, err := os.Open(filepath.FromSlash(data))
	if err != nil {
		t.Skip("the labelled messages (../shared/data/eval) are not here")
	}
	defer in.Close()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	r, err := understand.New(p)
	if err != nil {
		t.Fatal(err)
	}
	table, err := Eval(in, r, p, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", table)
	if testing.Verbose() {
		t.Log(table.ByAgency)
	}
}
