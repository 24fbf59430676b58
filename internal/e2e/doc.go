// Package e2e holds the tests of the whole product: the real program, built once and run as a child, against a local
// Telegram, a local WhatsApp, a private PostgreSQL and a private Redis. People in them press buttons by their labels, or
// write the numbers of choices, and answer what is asked; nothing here knows the program from inside but its tables.
//
// The logs of every run are read back: no line of them may hold what anybody said, a name, a number or a token.
//
// E2E_PROGRAM names a program to be tested in place of the one built from this tree. With -short outages last 8 seconds
// in place of 20.
package e2e
