//go:build !race

package main

// underRace says that the race detector runs: a whole training then takes minutes.
const underRace = false
