// Package lab is the product on local networks: a Telegram and a WhatsApp of this machine, for trying, showing and measuring
// it. The shipped program holds none of it, and so no way to trust another WhatsApp than the real one.
package lab
