package postgres

// DisplayQuery is the statement by which displays are read.
var DisplayQuery = displayQuery
