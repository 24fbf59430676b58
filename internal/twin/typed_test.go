package twin_test

import "testing"

func TestTyped(t *testing.T) { figureOf(t, "testdata/typed-tuning.txt") }
