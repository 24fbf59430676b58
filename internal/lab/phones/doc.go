// Package phones shows the lab to a browser on the same machine: a WhatsApp phone, a Telegram phone and the operators' desk side by
// side, a clock to turn, faults to switch on, and what is kept of a report beside them. Whoever acts here acts on the local networks, as
// people do; the product sees no difference.
//
// The page is one for one person at one machine: it is served on the loopback address alone, under a path that nobody can guess, to
// requests that name this very address. What people write stands in it as text and never as markup.
package phones
