package flowtest

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// Every spelling by which people say "not", "not yet" and "do not" holds an order to send: what they refuse is not filed.
func TestEveryNoHoldsAnOrder(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	m := whole(p, finder, reader)
	slang, err := os.ReadFile("../../internal/understand/words/slang.txt")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for l := range strings.Lines(string(slang)) {
		spellings, word, ok := strings.Cut(strings.TrimSpace(l), " = ")
		if !ok || !slices.Contains([]string{"tidak", "belum", "jangan"}, word) || strings.HasPrefix(l, "#") {
			continue
		}
		for no := range strings.FieldsSeq(spellings) {
			n++
			for _, text := range []string{no + " dikirim", no + " mau dikirim", no + " usah dikirim"} {
				if got := typed(t, m, p, "review", text); strings.HasPrefix(got, "send") {
					t.Errorf("%q is sent", text)
				}
			}
		}
	}
	if n < 20 {
		t.Fatalf("only %d spellings were found", n)
	}
}
