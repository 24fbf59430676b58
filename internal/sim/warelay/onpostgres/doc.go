// Package onpostgres holds the tests of the relay with whatsmeow's own store on
// PostgreSQL, as the product uses it: a device provisioned by the relay lives
// in the database, and what a handler refuses is kept and comes again. They
// are apart because the tests' database server outlives them, which the leak
// check of the relay's own tests forbids.
package onpostgres
