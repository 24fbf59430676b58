//go:build !race

package engine_test

// raced says that the race detector runs: a play takes some times as long.
const raced = false
