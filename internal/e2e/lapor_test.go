package e2e

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sp4n/sp4ntest"
)

// A report is typed into LAPOR!: its packet comes field by field and as a zip with the picture, its number is pasted, and what LAPOR! says
// of it comes back in a file, to the citizen as well. A report of LAPOR! out of that file is answered in the desk, and ticked off when the
// answer is typed in there.
func TestSideBySideWithLapor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	officer := w.operator(t, "dishub")
	ani, code := w.filed(t, tale{text: "lampu jalan mati sudah tiga hari", lat: -6.1227, lon: 106.1754, photo: geotagged(1)})
	card := w.card(t, code)
	rina := w.head.In(w.desk.ID()).Topic(card.ThreadID)
	says := func(seat botapi.Seat, out botapi.Out, what string, fits func(botapi.Seen) bool) botapi.Seen {
		t.Helper()
		sent, err := seat.Send(out)
		if err != nil {
			t.Fatal(err)
		}
		return w.wait(t, w.desk.ID(), sent.MessageID, what, fits)
	}

	ask := says(rina, botapi.Out{Text: "/sp4n " + code}, "the packet", said(code, "Balas pesan ini dengan Tracking ID"))
	packet := w.wait(t, w.desk.ID(), card.MessageID, "the zip of the packet", func(m botapi.Seen) bool {
		return m.Document != nil
	})
	w.isPacket(t, packet, code)
	says(rina, botapi.Out{Text: "https://www.lapor.go.id/pengaduan/8123456", ReplyTo: ask.MessageID}, "that the number is kept", said(code, "8123456", "Pelapor dikabari"))
	w.wait(t, ani.p.ID(), 0, "both numbers", said(code, "8123456"))

	answered, theirs := sp4ntest.New(1), sp4ntest.New(2)
	answered.Tracking, answered.Status = "8123456", "Ditindaklanjuti oleh Instansi"
	theirs.Tracking, theirs.Type = "8123457", ""
	file := sp4ntest.Book(t, sp4ntest.TwentyOne, time.Now().UTC().Truncate(24*time.Hour), answered, theirs)
	preview := says(rina, botapi.Out{Document: file, FileName: "laporan-ringkas.xlsx", MIME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		"what the file would bring", said("Baru: 1", "Berubah: 1", "Impor?"))
	w.presses(t, rina, preview, "Impor")
	w.wait(t, w.desk.ID(), preview.MessageID, "what it has brought", said("1 baru, 1 berubah"))
	w.wait(t, ani.p.ID(), 0, "that it was answered there", said(code, "LAPOR!", "8123456", "jawab"))
	if r := w.byCode(code); r.Tracking() != "8123456" || r.Status != report.InProgress || r.Mirror.Means != "answered" {
		t.Errorf("it stands as %s, in LAPOR! as %+v", r.Status, r.Mirror)
	}

	came := w.wait(t, w.desk.ID(), preview.MessageID, "the card of a report of LAPOR!", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, "8123457") && button(m, "Balas") != ""
	})
	seat := officer.In(w.desk.ID()).Topic(came.ThreadID)
	const answer = "Lampunya sudah kami ganti semalam, silakan dicek kembali"
	w.ears.keepPrivate("the operator", answer)
	says(seat, botapi.Out{Text: answer, ReplyTo: came.MessageID}, "the line by which it can be taken back", offers("Urungkan"))
	owed := w.head.In(w.desk.ID())
	row := says(owed, botapi.Out{Text: "/salinan"}, "what is to be typed in", said("8123457", answer, "Status yang cocok"))
	w.presses(t, owed, row, "Sudah disalin")
	if n := w.number(`SELECT count(*) FROM reports WHERE tracking = '8123457' AND doc #>> '{mirror,owing}' IS NULL AND doc #>> '{mirror,copied}' IS NOT NULL`); n != 1 {
		t.Error("it is not ticked off")
	}
	says(owed, botapi.Out{Text: "/salinan"}, "that nothing is left", said("Tidak ada yang perlu disalin"))
	if n := w.number(`SELECT count(*) FROM facts WHERE doc::text ILIKE '%' || $1 || '%'`, strings.Fields(sp4ntest.Name)[0]); n != 0 {
		t.Errorf("who filed it in LAPOR! stands in %d facts", n)
	}
	w.nobodyStumbled()
}

// isPacket checks that a zip holds what is typed into LAPOR!, and the picture, small enough and without what a camera tells.
func (w *world) isPacket(t *testing.T, m botapi.Seen, code string) {
	t.Helper()
	data, ok := w.api.File(m.Document.FileID)
	if !ok {
		t.Fatal("the zip is not there")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		held[f.Name] = string(body)
	}
	fields, photo := held["isian.txt"], held["lampiran-1.jpg"]
	if len(held) != 2 || !strings.HasPrefix(photo, "\xff\xd8") || len(photo) > 1<<20 || strings.Contains(photo, "Exif") {
		t.Errorf("the zip holds %d files, a picture of %d bytes", len(held), len(photo))
	}
	for _, part := range []string{code, "JUDUL", "lampu jalan mati", "Jenis: Pengaduan", "Dinas Perhubungan", "1398", "Lampiran: 1 foto"} {
		if !strings.Contains(fields, part) {
			t.Errorf("the fields lack %q:\n%s", part, fields)
		}
	}
	if strings.Contains(fields, "Warga-") {
		t.Error("the fields name who filed it")
	}
}
