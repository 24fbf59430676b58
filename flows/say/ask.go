package say

import (
	"strings"

	"rabeg/bot"
)

// AskWhat asks what is wrong. voice says that a voice note came; media is how many photos and files did.
func (v Voice) AskWhat(voice bool, media int) string {
	switch {
	case voice:
		return v.pick("Pesan suara Anda saya simpan sebagai lampiran. Tolong tulis satu kalimat: masalahnya apa dan di mana?",
			"Your voice note is kept with the report. Please write one line: what is wrong, and where?")
	case media > 0:
		return v.pick("Sekarang ceritakan singkat: ini masalah apa, dan di mana?", "Now tell me in a few words: what is the problem, and where?")
	}
	return v.pick("Silakan ceritakan: apa masalahnya, dan di mana?", "Please tell me: what is wrong, and where?")
}

// Listening says that a voice note is being listened to; nobody has to wait for it.
func (v Voice) Listening() string {
	return v.pick("Pesan suara tersimpan. Sebentar, saya dengarkan … Boleh juga langsung ditulis: masalahnya apa dan di mana?",
		"Voice note kept. One moment, I am listening … You may also write: what is wrong, and where?")
}

// Heard shows the words made out of a voice note.
func (v Voice) Heard(words string) string {
	return v.f("Saya dengar: %s", "I heard: %s", quote(words, MaxHeard))
}

// AskHeard asks whether they are right.
func (v Voice) AskHeard(words string) string {
	return v.Heard(words) + "\n" + v.pick("Benar?", "Is that right?")
}

// NotHeard says that nothing could be made out of a voice note.
func (v Voice) NotHeard() string {
	return v.pick("Maaf, suaranya belum bisa saya tangkap.", "Sorry, I could not make out the words.")
}

// WriteInstead asks for the words that were heard wrongly.
func (v Voice) WriteInstead() string {
	return v.pick("Baik, yang tadi tidak saya pakai.", "All right, I do not use those words.")
}

// MaxHeard is how long the words of a voice note may be, in runes: all of them are shown before they count, in one message.
const MaxHeard = 2500

// TooShort asks for more than a word or an emoji.
func (v Voice) TooShort() string {
	return v.pick("Terlalu singkat untuk saya pahami. 🙂", "That is too short for me to understand. 🙂")
}

// AskAbout asks for the category among the best guesses; faint says that the words told little.
func (v Voice) AskAbout(faint bool) string {
	if faint {
		return v.pick("Supaya sampai ke kantor yang tepat: ini tentang apa?", "So that it reaches the right office: what is it about?")
	}
	return v.pick("Ini tentang yang mana?", "Which of these is it about?")
}

// AskCategory heads a page of the full list.
func (v Voice) AskCategory(page, pages int) string {
	return v.f("Supaya sampai ke kantor yang tepat: ini tentang apa? (halaman %d dari %d)\nBoleh juga diketik dengan kata sendiri.",
		"So that it reaches the right office: what is it about? (page %d of %d)\nYou may also type it in your own words.", page, pages)
}

// AskPlace asks where. soft is for matters that may have no place; choices says that a menu stands below.
func (v Voice) AskPlace(soft, choices bool) string {
	if soft {
		return v.pick("Kalau ada tempatnya, di mana? Kirim lokasi, atau tulis jalan dan kelurahannya.",
			"If it has a place, where is it? Send a location, or write the street and kelurahan.")
	}
	s := v.pick("Di mana tempatnya? Kirim lokasi (pin), atau tulis jalan, patokan, dan kelurahannya.",
		"Where is it? Send a location (pin), or write the street, a landmark and the kelurahan.")
	if choices {
		return s
	}
	return s + v.f("\n(Tidak terkait tempat? Tulis %s.)", "\n(Not about a place? Write %s.)", bot.Bold(v.pick("lewati", "skip")))
}

// AskPlaceAgain asks for another place in place of the one there is.
func (v Voice) AskPlaceAgain() string {
	return v.pick("Kirim lokasi (pin) yang baru, atau tulis jalan, patokan, dan kelurahannya.",
		"Send the new location (pin), or write the street, a landmark and the kelurahan.")
}

// AskWhich asks which of n places was meant.
func (v Voice) AskWhich(said string, n int) string {
	if n == 1 {
		return v.f("%s: maksud Anda di sini?", "%s: do you mean this place?", quote(said, 80))
	}
	return v.f("%s: maksud Anda yang mana?", "%s: which one do you mean?", quote(said, 80))
}

// AskNear asks on which side of a border a pin is.
func (v Voice) AskNear() string {
	return v.pick("Pin Anda dekat batas wilayah. Tempatnya masuk yang mana?", "Your pin is close to a border. Which side is it?")
}

// Outside says that a pin lies outside, and whose it may be ("" = not known); the report stays.
func (v Voice) Outside(whose string, kept bool) string {
	s := v.f("Pin itu di luar %s", "That pin is outside %s", v.Profile.City)
	if whose != "" {
		s += v.f(", kemungkinan wilayah %s", ", probably in %s", whose)
	}
	s += v.pick(". Laporan Anda tetap saya simpan.", ". Your report is kept.")
	if kept {
		return s + " " + v.pick("Tempat yang tadi tidak saya ubah.", "The place given before stays as it was.")
	}
	return s
}

// AskOutside asks what to do about a pin outside.
func (v Voice) AskOutside() string {
	return v.f("Kalau tempatnya di %s, kirim pin lain atau tulis jalan dan kelurahannya.",
		"If it is in %s, send another pin or write the street and kelurahan.", v.Profile.City)
}

// BadPin says that a pin can not be read.
func (v Voice) BadPin() string {
	return v.pick("Lokasinya tidak terbaca. Coba kirim sekali lagi, atau tulis saja nama jalannya.", "I can not read that location. Please send it again, or write the street.")
}

// ShortLink says that a short map link holds no place that can be read here.
func (v Voice) ShortLink() string {
	return v.pick("Tautan peta pendek itu tidak bisa saya buka. Kirim lokasi (pin) dari chat ini, ya.", "I can not open that short map link. Please send a location (pin) from this chat.")
}

// PlaceUnsettled tells that typed words were kept as the place.
func (v Voice) PlaceUnsettled() string {
	return v.pick("Baik, saya pakai tulisan Anda sebagai tempatnya.", "All right, I use your words as the place.")
}

// Photos says how many photos there are, and how many were too many.
func (v Voice) Photos(n, over int) string {
	switch {
	case over > 0:
		return v.f("Foto tersimpan: %d. Paling banyak %d, jadi %d lainnya tidak ikut.", "Photos kept: %d. The limit is %d, so %d more were left out.", n, n, over)
	case n == 1 && v.Lang == "en":
		return "1 photo received."
	}
	return v.f("%d foto saya terima.", "%d photos received.", n)
}

// Files says that a file or voice note was kept; full that there were too many.
func (v Voice) Files(voice, full bool) string {
	switch {
	case full:
		return v.pick("Berkasnya sudah 5, jadi yang ini tidak ikut. Foto dan tulisan masih bisa.", "There are 5 files already, so this one was left out.")
	case voice:
		return v.pick("Pesan suara saya simpan.", "Voice note kept.")
	}
	return v.pick("Berkas saya simpan.", "File kept.")
}

// Added says that words were added to the text of the report in the making.
func (v Voice) Added() string {
	return v.pick("Saya tambahkan ke laporan ini.", "Added to this report.")
}

// TextFull says that the description is as long as it may be.
func (v Voice) TextFull() string {
	return v.pick("Ceritanya sudah sangat lengkap (8.000 huruf), jadi tambahan tadi tidak muat.", "The description is as long as it can be (8,000 characters), so that did not fit.")
}

// Changed says that a change was noted.
func (v Voice) Changed() string { return v.pick("Perubahan Anda saya catat.", "Your change is noted.") }

// EmergencyAgain is the number in one line.
func (v Voice) EmergencyAgain() string {
	return v.f("🚨 Bahaya sekarang? Telepon %s dulu.", "🚨 In danger now? Call %s first.", bot.Bold(v.emergency()))
}

// AskResume offers the report that was left. words are its text, aside says that the new message is kept.
func (v Voice) AskResume(words string, aside bool) string {
	s := v.pick("Laporan Anda yang lalu belum terkirim", "Your last report was not sent yet")
	if words != "" {
		s += ": " + quote(words, 100)
	}
	s += v.pick(". Dilanjutkan?", ". Go on with it?")
	if aside {
		s += "\n" + v.pick("Pesan baru Anda saya simpan; dipakai untuk pilihan Anda.", "Your new message is kept and goes where you choose.")
	}
	return s
}

// Nudge reminds, once, of a report that was not sent.
func (v Voice) Nudge(words string) string {
	s := v.pick("Laporan Anda belum terkirim", "Your report has not been sent yet")
	if words != "" {
		s += ": " + quote(words, 100)
	}
	return s + v.pick(".\nMasih saya simpan 7 hari. Saya tidak akan mengingatkan lagi.", ".\nI keep it for 7 days and will not remind you again.")
}

// Resumed says that the new message joined the old report.
func (v Voice) Resumed() string {
	return v.pick("Saya lanjutkan laporan yang tadi, dengan pesan baru Anda.", "Going on with your report, with your new message.")
}

// NewOne says that a new report begins and the old one is on the shelf.
func (v Voice) NewOne() string {
	return v.f("Baik, laporan baru. Yang lama bisa kembali dengan menulis %s.", "All right, a new report. The old one comes back when you write %s.",
		bot.Bold(v.pick("urungkan", "undo")))
}

// Expired says that a report was not kept longer than 7 days.
func (v Voice) Expired() string {
	return v.pick("Draf laporan Anda yang lama sudah lewat 7 hari, jadi tidak saya simpan lagi.", "Your old unsent report is more than 7 days old, so it is no longer kept.")
}

// Cancelled says that the report was put aside.
func (v Voice) Cancelled() string {
	return v.pick("Laporan dibatalkan dan tidak dikirim. Salah tekan? Masih bisa diurungkan.", "Cancelled: nothing was sent. Pressed by mistake? You can undo it.")
}

// NothingTo answers words like "batal" when there is no report in the making.
func (v Voice) NothingTo() string {
	return v.pick("Belum ada laporan yang sedang dibuat.", "There is no report in the making.")
}

// Back says that the cancelled report is back.
func (v Voice) Back() string { return v.pick("Laporan Anda kembali.", "Your report is back.") }

// NotYet says what is missing before sending.
func (v Voice) NotYet() string {
	return v.pick("Belum bisa dikirim, tinggal satu hal:", "Not ready to send yet, one thing is missing:")
}

// NothingToSkip answers "lewati" where nothing can be skipped.
func (v Voice) NothingToSkip() string {
	return v.pick("Yang ini perlu dijawab, ya.", "This one needs an answer.")
}

// Second heads what was kept for another report, once the first is settled.
func (v Voice) Second(words string) string {
	if words == "" {
		return v.pick("Sekarang yang berikutnya.", "Now the next one.")
	}
	return v.f("Sekarang laporan berikutnya: %s", "Now the next report: %s", quote(words, 80))
}

// KeptForLater says that words were taken off the report and will begin the next one.
func (v Voice) KeptForLater(words string) string {
	return v.f("Baik, %s jadi laporan tersendiri setelah yang ini terkirim.", "All right, %s becomes a report of its own after this one is sent.", quote(words, 80))
}

// AskLate offers the report just filed for what came right after it.
func (v Voice) AskLate(code string, what string) string {
	return v.f("Tambahkan %s ke laporan %s yang baru saja Anda kirim?", "Add %s to report %s that you just sent?", what, bot.Bold(code))
}

// What names what a message brought: "2 foto dan lokasi".
func (v Voice) What(words, photos, files int, pin bool) string {
	var parts []string
	if words > 0 {
		parts = append(parts, v.pick("tulisan", "your words"))
	}
	if photos > 0 {
		parts = append(parts, v.f("%d foto", "%d photo(s)", photos))
	}
	if files > 0 {
		parts = append(parts, v.f("%d berkas", "%d file(s)", files))
	}
	if pin {
		parts = append(parts, v.pick("lokasi", "the location"))
	}
	switch n := len(parts); n {
	case 0:
		return v.pick("pesan", "your message")
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + v.pick(" dan ", " and ") + parts[n-1]
	}
}
