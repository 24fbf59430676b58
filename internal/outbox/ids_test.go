package outbox

import (
	"testing"

	"pgregory.net/rapid"
)

// A set of ids holds what a plain one holds, and keeps nothing of what was taken out.
func TestIDsAreASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		set, plain := ids{}, map[int64]bool{}
		id := rapid.OneOf(rapid.Int64Range(1, 200), rapid.Int64Range(1<<40, 1<<40+200))
		for range rapid.IntRange(0, 300).Draw(t, "steps") {
			n := id.Draw(t, "id")
			if rapid.Bool().Draw(t, "add") {
				set.add(n)
				plain[n] = true
			} else {
				set.drop(n)
				delete(plain, n)
			}
			n = id.Draw(t, "asked")
			if set.has(n) != plain[n] {
				t.Fatalf("has(%d) = %v, want %v", n, set.has(n), plain[n])
			}
		}
		for n := range plain {
			set.drop(n)
		}
		if len(set) != 0 {
			t.Fatalf("%d words are left of an empty set", len(set))
		}
	})
}
