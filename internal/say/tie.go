package say

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// networkName is how people call a network.
func networkName(n bot.Network) string {
	if n == bot.WhatsApp || n == bot.WhatsAppCloud {
		return "WhatsApp"
	}
	return "Telegram"
}

// tieCode is a code as it is shown: in two halves.
func tieCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + "-" + code[4:]
}

// firstCodes names reports, three at most, and counts the rest.
func (v Voice) firstCodes(list []report.Code) string {
	const most = 3
	s := codes(list[:min(len(list), most)])
	if n := len(list) - most; n > 0 {
		s += v.f(" dan %d lainnya", " and %d more", n)
	}
	return s
}

// TieCode shows the code by which another chat of the same person is tied to this one.
func (v Voice) TieCode(code string, lasts time.Duration) string {
	return v.f("Tulis ini di chat Anda yang lain dengan kami, WhatsApp atau Telegram:\n\n%s\n\nBerlaku %d menit, sekali pakai. Sesudah itu saya tanya lagi di sini. Jangan berikan kepada siapa pun.",
		"Write this in your other chat with us, on WhatsApp or Telegram:\n\n%s\n\nIt holds for %d minutes, once. Then I ask again here. Give it to nobody.",
		bot.Bold(v.pick("hubungkan ", "link ")+tieCode(code)), int(lasts.Minutes()))
}

// TieLost says what is left to who cannot open the other chat any more.
func (v Voice) TieLost() string {
	return v.f("Chat yang lama tidak bisa dibuka lagi? Laporannya tetap ditangani: tulis nomornya untuk melihat sampai di mana, atau tulis %s untuk bicara dengan orang.",
		"Can you not open the old chat any more? Its reports are handled all the same: write their number to see how far they are, or write %s to talk to a person.",
		bot.Bold(v.pick("petugas", "officer")))
}

// AskTieHere asks whoever typed a code whether the chat that showed it is his or her own.
func (v Voice) AskTieHere(other bot.Network, mine []report.Code) string {
	s := v.f("Kode ini dari sebuah chat %s. ", "This code comes from a %s chat. ", networkName(other))
	if len(mine) > 0 {
		s += v.f("Kalau disambungkan, laporan Anda di sini (%s) terbaca juga dari sana, yang rahasia juga.\n\n",
			"If they are linked, your reports here (%s) can be read there too, confidential ones as well.\n\n", v.firstCodes(mine))
	} else {
		s += v.pick("Kalau disambungkan, laporan Anda nanti terbaca dari kedua chat.\n\n", "If they are linked, your reports can be read from both chats.\n\n")
	}
	return s + bot.Bold(v.pick("Chat itu milik Anda sendiri? Kalau kodenya dari orang lain, jawab bukan.", "Is that chat your own? If somebody gave you the code, answer no."))
}

// TieKnown reminds who begins to write from a number that has reports on another network.
func (v Voice) TieKnown(other bot.Network) string {
	return v.f("Nomor ini juga dikenal di chat %s kami yang lain, dan ada laporannya. Itu Anda? Tulis %s supaya terbaca di sini.",
		"This number is known in our other chat on %s, too, and has reports there. Is that you? Write %s to see them here.",
		networkName(other), bot.Bold(v.pick("hubungkan", "link my account")))
}

// AskTieSame asks whose number another chat has, too, whether that one is his or her own.
func (v Voice) AskTieSame(other bot.Network, reports int, last time.Time) string {
	last = last.In(v.Profile.Location())
	when := v.pick(MonthName(last)+last.Format(" 2006"), last.Format("January 2006"))
	return v.f("Nomor ini juga dikenal di chat %s kami yang lain, dengan %d laporan, terakhir %s. Kalau disambungkan, semuanya terbaca di sini juga, yang rahasia juga; di sana diberi tahu.\n\n",
		"This number is known in our other chat on %s, too, with %d reports, the last of %s. If they are linked, all of them can be read here as well, confidential ones too; that chat is told.\n\n",
		networkName(other), reports, when) +
		bot.Bold(v.pick("Itu Anda sendiri? Kalau nomor ini dulu milik orang lain, jawab bukan.", "Is that you? If this number was somebody else's before, answer no."))
}

// TieGoThere says that the other chat has to agree, too.
func (v Voice) TieGoThere(other bot.Network) string {
	return v.f("Baik. Sekarang buka chat %s Anda dan jawab %s di sana.", "All right. Now open your %s chat and answer %s there.",
		networkName(other), bot.Bold(v.pick("ya", "yes")))
}

// AskTieThere asks whoever showed a code whether the chat in which it was typed is his or her own.
func (v Voice) AskTieThere(other bot.Network, mine []report.Code) string {
	s := v.f("Kode Anda baru saja ditulis di sebuah chat %s. ", "Your code has just been written in a %s chat. ", networkName(other))
	if len(mine) > 0 {
		s += v.f("Kalau disambungkan, laporan Anda di sini (%s) terbaca juga dari sana, yang rahasia juga. ",
			"If they are linked, your reports here (%s) can be read there too, confidential ones as well. ", v.firstCodes(mine))
	}
	return s + bot.Bold(v.pick("Itu Anda?", "Is that you?"))
}

// Tied says that two chats are one person's now.
func (v Voice) Tied(other bot.Network) string {
	return v.f("Sudah tersambung dengan chat %s Anda. Laporan bisa dilihat dan dibalas dari keduanya; kabar datang ke chat yang terakhir Anda pakai.\n\nMemisahkannya lagi: tulis %s.",
		"Linked with your %s chat. You can see and answer your reports from both; news comes to the chat you used last.\n\nTo part them again, write %s.",
		networkName(other), bot.Bold(v.pick("putuskan", "unlink")))
}

// TieNot says that chats are not tied.
func (v Voice) TieNot() string {
	return v.pick("Baik, chat-nya tidak disambungkan. Tidak ada yang berubah.", "All right, the chats are not linked. Nothing has changed.")
}

// TieRefused tells whoever wanted a code that its chat did not agree.
func (v Voice) TieRefused() string {
	return v.pick("Chat yang satunya menjawab bukan, jadi tidak disambungkan. Tidak ada yang berubah.", "The other chat answered no, so they are not linked. Nothing has changed.")
}

// TieOver says that a code is none, or none any more.
func (v Voice) TieOver() string {
	return v.f("Kode itu tidak berlaku: salah ketik, sudah lewat waktunya, atau sudah dipakai. Minta kode baru di chat yang satunya dengan menulis %s.",
		"That code is not valid: mistyped, too old, or used before. Ask for a new one in the other chat by writing %s.",
		bot.Bold(v.pick("hubungkan", "link my account")))
}

// TieTooOften says that too many wrong codes were typed.
func (v Voice) TieTooOften() string {
	return v.pick("Sudah terlalu banyak kode yang salah dari chat ini. Coba lagi satu jam lagi.", "Too many wrong codes came from this chat. Please try again in an hour.")
}

// TieOwn says that a code belongs into another chat.
func (v Voice) TieOwn() string {
	return v.pick("Itu kode chat ini sendiri. Tulislah di chat Anda yang lain dengan kami, WhatsApp atau Telegram.",
		"That is this chat's own code. Write it in your other chat with us, on WhatsApp or Telegram.")
}

// TieSame says that chats are tied already.
func (v Voice) TieSame() string {
	return v.pick("Kedua chat itu memang sudah tersambung.", "Those two chats are linked already.")
}

// TieFull says that one person has tied as many chats as may be.
func (v Voice) TieFull() string {
	return v.f("Paling banyak lima chat bisa disambungkan. Tulis %s di chat yang tidak dipakai lagi.", "At most five chats can be linked. Write %s in one you do not use any more.",
		bot.Bold(v.pick("putuskan", "unlink")))
}

// TieBarred says that chats cannot be tied for now.
func (v Voice) TieBarred() string {
	return v.pick("Untuk saat ini chat itu belum bisa disambungkan.", "Those chats cannot be linked for now.")
}

// Untied says that this chat is by itself again.
func (v Voice) Untied() string {
	return v.pick("Chat ini sudah terpisah dari chat Anda yang lain. Tiap laporan kembali ke chat tempat ia dibuat; tidak ada yang hilang.",
		"This chat is parted from your other chats. Each report is back with the chat it was made in; nothing is lost.")
}

// UntiedThere tells a chat that another has parted from it.
func (v Voice) UntiedThere(other bot.Network) string {
	return v.f("Chat %s Anda sudah terpisah dari chat ini. Tiap laporan kembali ke chat tempat ia dibuat.",
		"Your %s chat has parted from this one. Each report is back with the chat it was made in.", networkName(other))
}

// UntiedNone says that there is nothing to part.
func (v Voice) UntiedNone() string {
	return v.f("Chat ini tidak tersambung dengan chat lain. Menyambungkannya: tulis %s.", "This chat is linked with no other. To link one, write %s.",
		bot.Bold(v.pick("hubungkan", "link my account")))
}

// EraseThere tells a chat that an erasing of all tied chats was asked for in another.
func (v Voice) EraseThere(other bot.Network) string {
	return v.f("Dari chat %s Anda diminta menghapus data semua chat Anda, juga yang ini, dalam 10 menit. Bukan Anda? Tulis %s sekarang.",
		"From your %s chat it was asked to erase the data of all your chats, this one too, in 10 minutes. Not you? Write %s now.",
		networkName(other), bot.Bold(v.pick("jangan hapus data saya", "do not delete my data")))
}

// AskScope asks whether all tied chats are meant.
func (v Voice) AskScope(erase bool) string {
	if erase {
		return v.pick("Chat ini tersambung dengan chat Anda yang lain. Data mana yang dihapus?", "This chat is linked with others of yours. Which data is to be erased?")
	}
	return v.pick("Chat ini tersambung dengan chat Anda yang lain. Data mana yang dikirim ke sini?", "This chat is linked with others of yours. Which data shall I send here?")
}

func tieLabel(id string) labels {
	switch id {
	case "tie":
		return labels{"Ya, itu chat saya", "Yes, it is my chat", "ya|iya|y|ok|oke|betul|benar|yes|milik saya|punya saya|itu saya|itu chat saya|sambungkan|hubungkan"}
	case "nottie":
		return labels{"Bukan", "No", "bukan|tidak|gak|ga|nggak|no|bukan saya|bukan punya saya|batal|jangan|dari orang lain|orang lain"}
	case "alltied":
		return labels{"Semua chat saya", "All my chats", "semua|semuanya|all|kedua|keduanya|dua duanya|both|semua chat"}
	case "thischat":
		return labels{"Chat ini saja", "This chat only", "ini|ini saja|ini aja|satu|satu saja|this|only this|chat ini"}
	}
	return labels{}
}
