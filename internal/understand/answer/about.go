package answer

import (
	"slices"
	"strings"
)

// Fact is what a question wants to know of the service that is a fact: it has one true answer, and is no part of any report.
type Fact int

// The facts. NoFact is every other text.
const (
	NoFact     Fact = iota
	FactKept        // what is kept of who writes, and whether the phone number is
	FactPhone       // what becomes of the reports when the phone, or its number, is another
	FactCode        // which number the own report has
	FactSelf        // who answers at this number
	FactMap         // whether there is a map to look at
	FactOffice      // why it is with that office, and not with another
	FactDoor        // where else one turns to
)

// factMost is how many words such a question may have.
const factMost = 14

// The words of such questions.
var (
	keepWords    = ListOf("keep")
	keepsYou     = ListOf("keep-you")
	phoneWords   = ListOf("phone")
	dataWords    = ListOf("my-data")
	otherWords   = ListOf("another-one")
	lastWords    = ListOf("lasts")
	mapWords     = ListOf("map")
	givenTo      = ListOf("given-to")
	doorWords    = ListOf("turn-to")
	mislaidWords = ListOf("mislaid")
	// reportNumber are what a number that something has is called.
	reportNumber = ListOf("report-number")
)

// Wonders reads a question about a fact of the service ("kalian simpen nomer saya ga", "ganti hp laporan saya ilang ga?"). What tells of a
// place, or asks for something to be done, is none.
func (lx *Lexicon) Wonders(text string) Fact {
	if len(text) > 160 {
		return NoFact
	}
	return lx.memo.wonders.of(lx.memo, text, lx.wonders)
}

func (lx *Lexicon) wonders(text string) Fact {
	ts, mark := lx.tokens(text)
	c := clause(ts) // also what is said in passing asks: "ini siapa sih"
	if len(c) == 0 || len(c) > factMost || c.has("tolong", "mohon", "please", "hapus", "jangan") {
		return NoFact
	}
	last := ""
	for _, t := range c {
		if !t.stop {
			last = t.word
		}
	}
	asks := mark || c.has("apa", "gimana", "mana", "siapa", "berapa", "kah", "sih", "kenapa") || c.typed(whyWords) || last == "tidak" || last == "belum"
	mine := c.typed(theReport) || c.has("laporan") || c.raws("aduanku", "pengaduanku", "lapuranku", "aduane")
	phone := c.typed(phoneWords) || c.number() || c.raws("kartu", "simcard", "sim")
	switch {
	case c.reportsNumber() && len(c) <= 8 && c.mislaid():
		return FactCode
	case phone && c.typed(otherWords) && (mine || c.typed(dataWords)) && (asks || c.typed(lastWords)):
		return FactPhone
	case (c.typed(keepWords) || c.typed(keepsYou) && c.raws("bot", "botnya", "kalian", "anda", "kamu", "sistem", "sistemnya", "you")) && (c.typed(dataWords) || phone && !mine) && (asks || c.has("tahu", "mau", "lihat") || c.raws("liat")):
		return FactKept
	case c.self():
		return FactSelf
	case c.number() && (mine || !c.typed(phoneWords)) && len(c) <= 8 && c.mislaid() && (mine || lx.bareNumber(c)):
		return FactCode
	case c.typed(mapWords) && len(c) <= 7 && (asks || c.has("bisa", "ada", "lihat")):
		return FactMap
	case c.whyThere(mark):
		return FactOffice
	case c.whereElse():
		return FactDoor
	}
	return NoFact
}

// raws reports whether a word was typed just so.
func (c clause) raws(words ...string) bool {
	return slices.ContainsFunc(c, func(t token) bool { return slices.Contains(words, t.raw) })
}

// number reports whether a number that something has is spoken of.
func (c clause) number() bool {
	return c.typed(reportNumber)
}

// reportsNumber reports whether the number of the report is spoken of in so many words ("kode laporannya"), and not that of a phone that changes.
func (c clause) reportsNumber() bool {
	if c.raws("ganti", "gonta", "keganti", "gentos", "pindah", "baru", "change", "changed", "new") {
		return false
	}
	for i := 0; i+1 < len(c); i++ {
		if of := c[i+1 : i+2]; c[i:i+1].number() && (of.typed(theReport) || of.has("laporan") || of.raws("aduanku", "pengaduanku", "lapuranku", "aduane")) {
			return true
		}
	}
	return false
}

// mislaid reports whether it is said of a number that it is not at hand.
func (c clause) mislaid() bool {
	return c.has("mana", "lupa", "berapa", "where") || c.typed(mislaidWords) || c.has("tidak") && c.raws("ketemu", "nemu", "kesimpen", "nemuin") || c.has("kirim") && (c.raws("ulang") || c.has("lagi"))
}

// bareNumber reports whether nothing but the number is spoken of: that of a lamp post, or of the fire brigade, is another.
func (lx *Lexicon) bareNumber(c clause) bool {
	for i := range c {
		one := c[i : i+1]
		if !c[i].stop && !lx.filler[c[i].word] && c[i].word != "tidak" && c[i].word != "kirim" && c[i].raw != "ulang" && c[i].raw != "bisa" && !one.number() && !one.mislaid() && !one.has("ya", "yang", "saya", "aku", "ini", "itu", "sih", "apa", "dong", "pak", "bu", "min", "mas", "kak", "lagi", "tadi", "sudah") {
			return false
		}
	}
	return true
}

// self reports whether it is asked who answers at this number: "ini nomor siapa", "salah sambung kayaknya".
func (c clause) self() bool {
	if len(c) > 8 {
		return false
	}
	wrong := c.has("salah") && c.raws("sambung", "nyambung", "nomor", "nomer") && !c.has("kamar")
	here := c.has("ini", "this") || c.raws("ini", "iki", "kie", "ieu", "this", "situ", "anda", "kamu", "lu")
	who := c.has("siapa", "who") || c.raws("siapa", "sapa", "saha", "sinten", "who", "sp", "spa")
	owns := c.raws("nomor", "nomer", "no", "nope", "wa", "kontak", "number")
	return wrong || here && who && (owns || len(c) <= 3 && !c.has("petugas", "lapor", "laporan")) || here && owns && (c.has("apa", "mana", "berapa", "what") && len(c) <= 5 && !c.typed(theReport) && !c.has("laporan"))
}

// whyThere reports whether it is asked why one office has it and not another: "kok kantornya dishub bukannya PLN?". Which offices are named
// is for who knows them.
func (c clause) whyThere(mark bool) bool {
	really := c.raws("emang", "emangnya", "memang", "memangnya", "apa", "apakah") && c.raws("hubungannya", "hubungane", "hubunganna", "ngurus", "urus", "mengurus", "ngurusin", "nangani", "nanganin", "menangani")
	why := c.typed(whyWords) || c.has("kenapa") || c.raws("bukannya", "bukane", "knp", "kenopo", "nopo") || really
	against := c.has("bukan", "harusnya", "not") || c.raws("bukannya", "bukane") || c.typed(givenTo) || really
	return why && against && len(c) <= 11 && (mark || really || c.raws("kok", "bukannya", "kenapa", "knp", "bukane", "why", "naha", "ngapa", "kenopo", "nopo")) &&
		!c.has("belum", "lama", "masih") && !c.typed(muteWords) && !c.typed(slowWords)
}

// whereElse reports whether it is asked whom one turns to: "terus saya lapor kemana".
func (c clause) whereElse() bool {
	whither := c.raws("kemana", "kmn", "kmana", "ke", "dimana", "dmn", "where", "endi", "mendi", "kamana") || c.has("mana", "siapa")
	return len(c) <= 9 && whither && !c.has("sudah", "tidak", "belum") && (c.has("lapor") || c.typed(doorWords)) && (c.raws("kemana", "kmn", "kmana", "kamana", "mendi", "where") || c.raws("ke") && c.has("mana", "siapa") || c.has("mana") && !strings.Contains(c[0].raw, "mana"))
}
