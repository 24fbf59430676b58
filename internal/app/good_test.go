package app

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// A government that fails while its profile is wrong begins anew with the profile that was right; one that never had a right one does not
// begin, and when it is put right that counts.
func TestAProfileThatSlippedIsServedAsItWas(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	folder := filepath.Join(t.TempDir(), "profile")
	source := filepath.Join("..", "profile", "serang")
	if _, err := os.Stat(source); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(folder, os.DirFS(source)); err != nil {
		t.Fatal(err)
	}
	var g Good
	file := filepath.Join(folder, "profile.yaml")
	right, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text []byte) {
		t.Helper()
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte(":\n\t- no profile"))
	if _, err := g.profile(folder, log); err == nil {
		t.Fatal("a profile that was never right is served")
	}
	write(right)
	first, err := g.profile(folder, log)
	if err != nil {
		t.Fatal(err)
	}
	write([]byte(":\n\t- no profile"))
	if p, err := g.profile(folder, log); err != nil || p != first {
		t.Errorf("after the slip it is %p, %v; want %p", p, err, first)
	}
	var alone *Good
	if _, err := alone.profile(folder, log); err == nil {
		t.Error("who serves one government alone is not told that its profile is wrong")
	}
	write(right)
	if p, err := g.profile(folder, log); err != nil || p == first {
		t.Errorf("put right it is %p, %v", p, err)
	}
}
