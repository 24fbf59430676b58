// Package house holds the rules this tree is built by, as tests: who may import
// what, which packages are pure, no hidden state, no people's words in the log, and
// nothing of the machine it was built on. It has no code of its own.
package house
