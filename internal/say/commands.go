package say

// Command is one line of the menu that a network shows beside the input field.
type Command struct{ Name, About string }

// Commands are what a citizen can write at any time, for networks that show such a list.
func (v Voice) Commands() []Command {
	return []Command{
		{"lapor", v.pick("Kirim laporan baru", "Send a new report")},
		{"status", v.pick("Lihat laporan Anda", "See your reports")},
		{"menu", v.pick("Semua pilihan", "All choices")},
		{"bantuan", v.pick("Cara memakai", "How to use it")},
		{"batal", v.pick("Batalkan laporan yang belum dikirim", "Cancel the report you have not sent")},
		{"privasi", v.pick("Siapa melihat data Anda", "Who sees your data")},
		{"bahasa", v.pick("Bahasa Indonesia / Inggris", "Indonesian / English")},
	}
}
