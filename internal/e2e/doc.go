// Package e2e holds the tests of the whole product: the real program, built once and run as a child, against a local
// Telegram, a local WhatsApp, a private PostgreSQL and a private Redis. People in them press buttons by their labels, or
// write the numbers of choices, and answer what is asked; nothing here knows the program from inside but its tables.
//
// The logs of every run are read back: no line of them may hold what anybody said, a name, a number or a token.
//
// Where WhatsApp is served, the program is rabeg-lab: the same product, which can be told to trust a local WhatsApp.
//
// E2E_PROGRAM and E2E_LAB name programs to be tested in place of those built from this tree. With THOROUGH
// all cases of a kind are played, with more people and longer outages: make thorough.
package e2e
