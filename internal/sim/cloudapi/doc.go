// Package cloudapi is a local, strict stand-in for Meta's WhatsApp Business Cloud API: the calls that send, the files, the
// templates, the health questions, and the webhook back. It refuses what Meta refuses, also what the product never sends, and
// lets people write, press, hide their numbers, change them, and fall silent.
//
// # What it is like
//
// Every answer and every webhook is JSON in ASCII alone, as Meta's are, with a field in each object that nobody knows. Sends
// are checked field by field: an unknown or misspelt one is refused. Lengths are counted in UTF-16 units, the stricter of the
// possible ways. All times come from Options.Now.
//
// A webhook call counts as taken at exactly 200 and is made again until then. The calls of one person's messages go one after
// the other, those of different people side by side; with Switches.Disorder they overtake each other, as Meta's do. Statuses
// go their own way.
//
// # What is not like Meta
//
// Groups, flows, catalogues, advertising and calls are not there. A template is approved or refused when a test says so. The
// spam brake and quality ratings never act by themselves. Plain HTTP is taken for the webhook.
package cloudapi
