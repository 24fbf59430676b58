// Package judges runs clients that others have written against the local
// WhatsApp of package warelay, so that relay and whatsmeow do not only agree
// with each other.
//
// There is one: Baileys 7.0.0-rc14, in JavaScript, with an implementation of
// Noise, of the binary stanzas and of Signal of its own. It needs Node 20 and
// npm, which fetches it once into a cache folder of the user.
package judges
