package lab

import (
	"context"
	"slices"
	"strings"

	"rabeg/internal/lab/phones"
	"rabeg/internal/sim/botapi"
)

// told is what a visitor reads before a step is done, and whom the page shows then.
type told struct {
	title, tell phones.Words
	look        phones.Look
}

// tourWords are those of the story's steps, in their order.
var tourWords = []told{
	{phones.Words{ID: "Seorang petugas mendaftar", EN: "An officer asks to join"},
		phones.Words{ID: "Dedi dari Dishub menulis /daftar dishub di grup meja. Tanpa persetujuan tidak ada yang bisa bertindak atas nama dinas.", EN: "Dedi of Dishub writes /daftar dishub in the operators' group. Nobody acts for an office without being approved."},
		phones.Look{Desk: phones.Operator, View: "desk"}},
	{phones.Words{ID: "Koordinator menyetujui", EN: "The coordinator approves"},
		phones.Words{ID: "Rina, koordinator, menekan Terima. Sejak itu Dedi petugas Dishub.", EN: "Rina, the coordinator, presses Terima (accept). From then on Dedi is an officer of Dishub."},
		phones.Look{Desk: phones.Coordinator, View: "desk"}},
	{phones.Words{ID: "Warga bercerita dengan kata sendiri", EN: "A citizen tells it in her own words"},
		phones.Words{ID: "Ani menulis di Telegram bahwa lampu jalan mati. Tidak ada menu yang harus dilewati; bot mengenali perkaranya dan hanya menanyakan yang kurang.", EN: "Ani writes on Telegram that a street light is out. No menu has to be passed; the bot recognises the matter and asks only for what is missing."},
		phones.Look{View: "telegram"}},
	{phones.Words{ID: "Warga mengirim lokasi", EN: "The citizen sends a location"},
		phones.Words{ID: "Satu titik di peta menjadi kelurahan dan kecamatan, tanpa internet.", EN: "A point on the map becomes a kelurahan and kecamatan, without the internet."},
		phones.Look{View: "telegram"}},
	{phones.Words{ID: "Warga mengirim foto", EN: "The citizen sends a photo"},
		phones.Words{ID: "Foto masuk ke laporan yang sedang disusun; kartunya memperlihatkan semua yang akan dikirim dan ke dinas mana.", EN: "The photo joins the report being written; the card shows all that will be sent, and to which office."},
		phones.Look{View: "telegram"}},
	{phones.Words{ID: "Laporan dikirim", EN: "The report is sent"},
		phones.Words{ID: "Ani menekan Kirim dan mendapat nomor serta hari jawabannya jatuh tempo. Pada saat yang sama kartunya muncul di meja, di topik Dishub.", EN: "Ani presses Kirim (send) and gets a number and the day an answer is due. At once the card appears at the desk, in the topic of Dishub."},
		phones.Look{Desk: phones.Operator, View: "telegram"}},
	{phones.Words{ID: "Petugas mengambilnya", EN: "The officer takes it"},
		phones.Words{ID: "Dedi menekan Ambil di kartu. Ani mendengar bahwa laporannya sudah di tangan Dishub.", EN: "Dedi presses Ambil (take) on the card. Ani hears that Dishub has it in hand."},
		phones.Look{Desk: phones.Operator, View: "desk"}},
	{phones.Words{ID: "Petugas menjawab, dengan foto", EN: "The officer answers, with a photo"},
		phones.Words{ID: "Membalas kartu berarti menjawab warga. Jawaban ditahan sebentar supaya bisa diurungkan; lalu kartu memperlihatkan bahwa ia terkirim.", EN: "To reply to the card is to answer the citizen. The answer is held for a moment so that it can be undone; then the card shows that it was delivered."},
		phones.Look{Desk: phones.Operator, View: "desk"}},
	{phones.Words{ID: "Selesai, dengan bukti", EN: "Done, with evidence"},
		phones.Words{ID: "Dedi menekan Selesai; lampu jalan butuh foto bukti. Ani diminta menilai sendiri apakah memang beres.", EN: "Dedi presses Selesai (done); a street light needs a photo as evidence. Ani is asked to judge herself whether it is fixed."},
		phones.Look{Desk: phones.Operator, View: "desk"}},
	{phones.Words{ID: "Warga yang menilai", EN: "The citizen judges"},
		phones.Words{ID: "“udah nyala pak, makasih ya”: kata biasa sudah cukup, dan lima bintang. Laporan ditutup oleh pelapornya, bukan oleh mesin.", EN: "“udah nyala pak, makasih ya” (it is on again, thanks): plain words are enough, and five stars. The report is closed by its reporter, not by a machine."},
		phones.Look{View: "telegram"}},
	{phones.Words{ID: "Warga lain, di WhatsApp", EN: "Another citizen, on WhatsApp"},
		phones.Words{ID: "Budi menulis tentang sampah. Di WhatsApp tidak ada tombol: ia mengirim dengan mengetik 1. Kartunya datang ke meja yang sama.", EN: "Budi writes about rubbish. WhatsApp has no buttons: he sends by typing 1. His card comes to the same desk."},
		phones.Look{View: "whatsapp"}},
	{phones.Words{ID: "Dijawab dengan nomor laporan", EN: "Answered by the report's number"},
		phones.Words{ID: "Rina menulis nomor laporan dan jawabannya di grup. Budi membacanya di WhatsApp.", EN: "Rina writes the report's number and the answer in the group. Budi reads it on WhatsApp."},
		phones.Look{Desk: phones.Coordinator, View: "desk"}},
}

// officially is what is told of the citizen on WhatsApp where it is the official one.
var officially = phones.Words{ID: "Budi menulis tentang sampah. Di WhatsApp resmi ada tombol, tetapi mengetik 1 sama saja. Kartunya datang ke meja yang sama.",
	EN: "Budi writes about rubbish. The official WhatsApp has buttons, but typing 1 does as well. His card comes to the same desk."}

// tour is the case as a visitor is led through it, and then what goes wrong, and what becomes late.
func (w *world) tour(s *story) []phones.Step {
	var all []phones.Step
	words := slices.Clone(tourWords)
	if w.meta != nil {
		words[slices.IndexFunc(words, func(t told) bool { return t.look.View == "whatsapp" })].tell = officially
	}
	for i, step := range s.steps() {
		t := words[i]
		all = append(all, phones.Step{Title: t.title, Tell: t.tell, Look: t.look, Do: step.do})
	}
	return append(all,
		phones.Step{
			Title: phones.Words{ID: "Program mati, warga tetap menulis", EN: "The program dies, a citizen writes on"},
			Tell: phones.Words{ID: "Proses rabeg dimatikan dengan SIGKILL. Sementara itu Budi bertanya kapan sampahnya diangkut. Lalu program dinyalakan lagi, dan Budi mendapat jawabannya: tidak ada yang hilang, tidak ada yang dua kali.",
				EN: "The process of rabeg is killed with SIGKILL. Meanwhile Budi asks when the rubbish will go. Then the program is started again, and Budi gets his answer: nothing is lost, nothing comes twice."},
			Look: phones.Look{View: "whatsapp"}, Do: s.survives},
		phones.Step{
			Title: phones.Words{ID: "Tiga hari kemudian", EN: "Three days later"},
			Tell: phones.Words{ID: "Jam diputar tiga hari ke depan. Laporan Budi belum selesai: meja diingatkan, dan yang terlambat tidak diam-diam terlambat.",
				EN: "The clock is turned three days ahead. Budi's report is not done: the desk is reminded, and what is late is not late in silence."},
			Look: phones.Look{Desk: phones.Coordinator, View: "desk"}, Do: s.waits},
	)
}

// survives kills the program while Budi writes, and starts it again.
func (s *story) survives(ctx context.Context) error {
	s.st.w.program.kill()
	err := s.budi.Write(ctx, "kapan diangkutnya pak?")
	if again := s.st.w.program.start(ctx); again != nil {
		return again
	}
	if err != nil {
		return err
	}
	_, err = s.hears(ctx, s.other)
	return err
}

// waits turns the clock until the desk hears of the report again.
func (s *story) waits(ctx context.Context) error {
	desk := s.st.w.desk.ID()
	last := 0
	for _, m := range s.st.w.api.History(desk) {
		last = max(last, m.MessageID)
	}
	if _, err := s.st.w.turn("+3d"); err != nil {
		return err
	}
	_, err := s.st.wait(ctx, desk, "a reminder", last, func(m botapi.Seen) bool { return strings.Contains(m.Text, s.other) })
	return err
}
