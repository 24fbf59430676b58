//go:build race

package warelay

const raceEnabled = true
