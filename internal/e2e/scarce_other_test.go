//go:build !linux

package e2e

import "testing"

func fillsDatabase(t *testing.T, _ *pair) func() {
	t.Helper()
	t.Skip("a small disk is made on Linux alone")
	return nil
}

func fillsMedia(t *testing.T, w *pair) func() {
	t.Helper()
	return fillsDatabase(t, w)
}
