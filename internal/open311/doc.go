// Package open311 lets other software file and follow reports, by Open311 GeoReport v2: services, requests, tokens, and the updates
// extension of mySociety, each in XML and JSON (docs/open311.md). What it shows to everybody comes from the projection without persons;
// what it files lives like any other report.
package open311
