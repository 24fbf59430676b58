//go:build race

package media_test

// raced says that this test runs under the race detector, whose own memory is a multiple of the program's.
const raced = true
