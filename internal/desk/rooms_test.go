package desk_test

import (
	"strconv"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
)

// room is where people of the desk write: which network it is on, the topic of the group, or their own chat with the bot.
type room struct {
	name    string
	network bot.Network
	topic   string
	alone   bool
}

var fourRooms = []room{
	{name: "a forum's topic", network: bot.Telegram, topic: "7"},
	{name: "a plain group", network: bot.Telegram},
	{name: "a WhatsApp group", network: bot.WhatsApp},
	{name: "one's own chat", network: bot.Telegram, alone: true},
}

// deedLine is how a verb is asked for in words, by whom; before are the lines that lead there, always in the group.
type deedLine struct {
	who, says string
	photo     bool
	reply     int // to which message, 0: to none
	before    []string
	became    string // "" for done
}

const (
	lampFiled  = "lapor penerangan_jalan: lampu mati dan jalannya berlubang"
	lampFiled2 = "lapor penerangan_jalan dari=62822: lampu padam"
	lampDone   = "Budi foto: @1 selesai sudah menyala"
)

// walked has a line for each verb that a room takes. Whoever adds a verb adds its line.
var walked = map[desk.Verb]deedLine{
	desk.Tasks: {who: "Budi", says: "/tugas"}, desk.Find: {who: "Budi", says: "/cari lampu"}, desk.Score: {who: "Rina", says: "/akurasi"}, desk.Count: {who: "Rina", says: "/statistik"},
	desk.Open: {who: "Budi", says: "/buka @1", before: []string{"lapor penerangan_jalan rahasia: lampu mati"}}, desk.History: {who: "Budi", says: "/riwayat @1"},
	desk.Take: {who: "Budi", says: "/ambil @1"}, desk.Reply: {who: "Budi", says: "@1 regu berangkat sore ini"}, desk.Canned: {who: "Budi", says: "/jawab @1", became: "asked"},
	desk.PutBy: {who: "Budi", says: "/jawabtetap Lampu: Lampu {nomor} kami ganti malam ini."}, desk.Resolve: {who: "Budi", says: "@1 selesai sudah menyala", photo: true},
	desk.Forward: {who: "Budi", says: "/teruskan @1 pupr tiangnya milik mereka"}, desk.Transfer: {who: "Rina", says: "/alihkan @1 pln 512345678 tiang milik PLN"}, desk.Category: {who: "Rina", says: "/kategori @1 jalan"},
	desk.NotOurs: {who: "Budi", says: "/bukan @1 bukan lampu kami"}, desk.Ask: {who: "Budi", says: "/tanya @1 tiang nomor berapa?"}, desk.Note: {who: "Budi", says: "/catatan @1 sudah disurvei"},
	desk.Identity: {who: "Budi", says: "/identitas @1 mencocokkan alamat rumahnya", before: []string{lampFiled, "Budi: /ambil @1"}}, desk.Plan: {who: "Budi", says: "/rencana @1 31-12-2027 menunggu anggaran"},
	desk.Reject: {who: "Budi", says: "/tolak @1 bohong tidak ada lampu di sana"}, desk.Reopen: {who: "Rina", says: "/bukalagi @1 mati lagi", before: []string{lampFiled, lampDone, "+30s"}},
	desk.Merge:   {who: "Budi", says: "/gabung @2 @1", before: []string{lampFiled, lampFiled2}},
	desk.Unmerge: {who: "Budi", says: "/pisah @2", before: []string{lampFiled, lampFiled2, "Budi: /gabung @2 @1"}},
	desk.Split:   {who: "Budi", says: "/pecah @1 jalannya berlubang", became: "asked"}, desk.Undo: {who: "Budi", says: "/urungkan @1", before: []string{lampFiled, "Budi: @1 regu berangkat sore ini"}},
	desk.People: {who: "Rina", says: "/petugas"}, desk.Duty: {who: "Budi", says: "/piket saya"}, desk.Roll: {who: "Budi", says: "/absen"}, desk.Dismiss: {who: "Rina", says: "/keluarkan Sari"},
	desk.HandOver: {who: "Rina", says: "/pindahkan dlh", before: []string{"lapor sampah: sampah menumpuk", "Lina: /daftar dlh", "Rina balas 2: /terima"}}, desk.Quarantine: {who: "Rina", says: "/karantina"},
	desk.Admit: {who: "Rina", says: "/loloskan @2", before: []string{"batas 1", lampFiled, "lapor penerangan_jalan: lampu padam juga"}},
	desk.Warn:  {who: "Rina", says: "/peringatkan @1 laporannya selalu sama"}, desk.Mute: {who: "Rina", says: "/bisukan @1 7 hari laporan yang sama terus"},
	desk.Block: {who: "Rina", says: "/blokir @1 30 hari menghina petugas"}, desk.Unblock: {who: "Rina", says: "/bukablokir @1 sudah minta maaf", before: []string{lampFiled, "Rina: /blokir @1 30 hari menghina petugas"}},
	desk.Retract: {who: "Budi", says: "/belumselesai @1 lampunya mati lagi", before: []string{lampFiled, lampDone, "+30s"}},
	desk.Paste:   {who: "Rina", says: "/tautan"}, desk.Dispose: {who: "Budi", says: "/disposisi @1 kepala mohon arahan", before: []string{lampFiled, "Ani: /daftar dishub kepala", "Rina balas 2: /terima", "Ani pribadi: halo"}},
	desk.Expose: {who: "Budi", says: "/tampilkan @1 kata: Lampu di gang ini sudah diganti."}, desk.Unexpose: {who: "Budi", says: "/turunkan @1", before: []string{lampFiled, "Budi: /tampilkan @1 kata: Lampu sudah diganti."}},
	desk.ToLapor: {who: "Rina", says: "/lapor_sp4n @1"}, desk.ToType: {who: "Rina", says: "/salinan"}, desk.Handovers: {who: "Rina", says: "/serahan"}, desk.MapLapor: {who: "Rina", says: "/padanan"},
	desk.Classify: {who: "Rina", says: "/kadar @1 berkadar"}, desk.Weighty: {who: "Rina", says: "/berkadar @1"}, desk.Plain: {who: "Rina", says: "/tidakberkadar @1"},
	desk.Show: {who: "Budi", says: "/laporan @1"}, desk.Help: {who: "Budi", says: "/bantuan"}, desk.TakeFor: {who: "Budi", says: "/lapor"}, desk.Join: {who: "Tini", says: "/daftar dpupr"},
	desk.Accept: {who: "Rina", says: "/terima", reply: 1, before: []string{"Tini: /daftar dpupr"}}, desk.Refuse: {who: "Rina", says: "/jangan", reply: 1, before: []string{"Tini: /daftar dpupr"}},
}

// elsewhere are the verbs that a room does not take, each with the reason.
var elsewhere = map[desk.Verb]string{
	desk.LetGo: "there is no stage with requests to be erased: internal/rights plays them", desk.KeepOn: "as before",
	desk.Draft: "it answers a draft, which only a receiver makes: disposisi_konsep.txt", desk.Counsel: "it is the receiver's, in his or her own chat: disposisi.txt",
	desk.TakeSheet: "it is a file: sp4n.txt",
	desk.Typed:     "it is of a report that LAPOR! has: sp4n_salin.txt",
}

// citizens are the verbs whose names are a citizen's too: in one's own chat they are that, and what an officer wants has another way.
var citizens = map[desk.Verb]string{
	desk.TakeFor: "the conversation itself takes it: flows/behalf",
	desk.Join:    "only leaders ask alone", desk.Accept: "answers a request that stands in the group", desk.Refuse: "as before",
}

// Every verb does the same in each of the four rooms, typed, and what it does is the same on record. Whose name a citizen's command has stays a
// citizen's in an officer's own chat.
func TestEveryVerbInEveryRoom(t *testing.T) {
	t.Parallel()
	for _, v := range desk.AllVerbs() {
		l, walks := walked[v.Verb]
		if why := elsewhere[v.Verb]; walks == (why != "") {
			t.Errorf("%s is walked: %v, and is left out because %q", v.Verb, walks, why)
			continue
		}
		if !walks {
			continue
		}
		t.Run(string(v.Verb), func(t *testing.T) {
			t.Parallel()
			first := ""
			for i, r := range fourRooms {
				got := walk(t, r, v.Verb, l)
				if r.alone && citizens[v.Verb] != "" {
					if !strings.Contains(got, "seperti warga") {
						t.Errorf("in %s /%s is a citizen's: %s", r.name, v.Verb, got)
					}
					continue
				}
				if i == 0 {
					first = got
				}
				if got != first {
					t.Errorf("in %s: %s\nin %s: %s", r.name, got, fourRooms[0].name, first)
				}
			}
		})
	}
}

// walk asks for a verb in a room and tells what became of it: what the desk calls it, and what is on record since.
func walk(t *testing.T, r room, v desk.Verb, l deedLine) string {
	t.Helper()
	s := newStageOn(t, r.network)
	before := l.before
	if before == nil {
		before = []string{lampFiled}
	}
	for _, line := range before {
		s.do(line)
		s.deliver()
	}
	seen := s.out.Len()
	clear(s.became)
	s.topic = r.topic
	var how []string
	if l.photo {
		how = append(how, "foto")
	}
	if l.reply > 0 {
		how = append(how, "balas", strconv.Itoa(l.reply))
	}
	if r.alone {
		how = append(how, "pribadi")
	}
	s.speak(l.who, how, l.says)
	s.topic = ""
	out := s.out.String()[seen:]
	s.deliver()
	want := string(v) + " " + orDone(l.became)
	if !s.became[want] && (!r.alone || citizens[v] == "") {
		t.Errorf("in %s %q became %v:\n%s", r.name, l.says, s.became, s.out.String()[seen:])
	}
	out = strings.NewReplacer(string(r.network)+":", "", "tg:", "", "wa:", "").Replace(out)
	return strings.TrimSpace(out)
}

func orDone(became string) string {
	if became == "" {
		return "done"
	}
	return became
}
