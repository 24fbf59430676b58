package understand

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Chat is what people say to the bot as to somebody they meet.
type Chat int

// The chats. NoChat is every other text.
const (
	NoChat    Chat = iota
	ChatLife       // "kamu udah makan belum"
	ChatMaker      // who made it
	ChatWork       // work is looked for
	ChatPlea       // a cry for help that tells nothing: "tolong pak"
	ChatHeart      // a sweetheart who has "gone missing"
)

// chatMost is how many words small talk has at most.
const chatMost = 8

// The words of small talk: those that speak to the bot, those of daily life, those of making, those of work, and those that say nothing else.
//
//nolint:gochecknoglobals // tables that never change
var (
	chatYou  = strings.Fields("kamu lu lo elu loe kau anda min mimin admin bot rabeg ente sampeyan maneh you kowe sia")
	chatLife = strings.Fields("makan ngopi minum tidur bobo mandi pacar jomblo nikah kawin umur umurnya hobi sibuk sehat cewek cowok capek gabut ngapain kabar kabarnya eat dinner lunch")
	chatMake = strings.Fields("bikin buat buatin bikinin nyiptain nciptain ciptain menciptakan pembuat pembuatnya pencipta developer programmer made built")
	chatWork = strings.Fields("loker lowongan lowker lokernya vacancy vacancies")
	chatPlea = strings.Fields("tolong tulung tolongin tolonglah tolongg bantu bantuin bantulah help helpp please pls tulungan nulungan")
	chatCall = strings.Fields("pak bu bang kak mas mbak min admin bapak ibu ya dong atuh saya aku me us gan om tante nak wali pa")
	chatLove = strings.Fields("mantan pacar gebetan jodoh jodohku doi crush cowokku cewekku ex mantanku pacarku")
	chatGone = strings.Fields("hilang ilang ngilang menghilang ghosting kabur minggat missing gone lost")
	chatFill = strings.Fields("udah sudah udh dah belum blm lagi apa siapa sapa sp berapa brp dimana mana di punya suka ya sih dong deh bang pak bu kak mas mbak gan bro ini itu nih kah ga gak nggak ngga tidak are who how old yet yg yang " +
		"have had hari pagi siang malam halo hai hi aplikasi wa nomor gimana apakah kok")
)

// ChatIn reads small talk: every word of it says nothing else, but for where work is looked for.
func ChatIn(text string) Chat {
	ws := strings.Fields(bot.Fold(text))
	if len(ws) > 0 && len(ws) <= chatMost && all(ws, chatPlea, chatCall) && slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(chatPlea, w) }) {
		return ChatPlea
	}
	if len(ws) < 2 || len(ws) > chatMost {
		return NoChat
	}
	in := func(list []string) bool {
		return slices.ContainsFunc(ws, func(w string) bool { return slices.Contains(list, w) })
	}
	only := func(list []string) bool {
		return !slices.ContainsFunc(ws, func(w string) bool {
			return !slices.Contains(list, w) && !slices.Contains(chatYou, w) && !slices.Contains(chatFill, w)
		})
	}
	switch {
	case in(chatWork) && !in(strings.Fields("penipuan ditipu bayar palsu pungli calo dimintai uang tipu dibohongi ditolak bohong curang")):
		return ChatWork
	case in(strings.Fields("siapa sapa sp who")) && in(chatMake) && only(chatMake) && (in(chatYou) || in(strings.Fields("ini aplikasi"))):
		return ChatMaker
	case in(chatYou) && in(chatLife) && only(chatLife) && len(ws) >= 3:
		return ChatLife
	case in(chatLove) && in(chatGone) && !in(strings.Fields("hari anak umur polisi kemarin semalam kontak hp hpnya motor dompet takut tolong")):
		return ChatHeart
	}
	return NoChat
}

// all reports whether every word stands in one of the lists.
func all(ws []string, lists ...[]string) bool {
	return !slices.ContainsFunc(ws, func(w string) bool {
		return !slices.ContainsFunc(lists, func(l []string) bool { return slices.Contains(l, w) })
	})
}
