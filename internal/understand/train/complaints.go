package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// example is one labelled text. Category or kind may be "" when only the other is known.
type example struct {
	id, text, category, kind string
	source                   string  // the file it comes from; "seed", "keyword", "correction" for our own
	weight                   float64 // how much its source is trusted
}

// complaint is a line of complaints/*.jsonl.
type complaint struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Title    string `json:"judul"`
	Kategori string `json:"kategori"`
	Instansi string `json:"instansi"`
	Jenis    string `json:"jenis"`
	Source   string `json:"sumber"`
}

func (c complaint) full() string {
	if c.Title == "" || strings.Contains(strings.ToLower(c.Text), strings.ToLower(c.Title)) {
		return c.Text
	}
	return c.Title + ". " + c.Text
}

// labelRule is a line of classify/label_rules.csv.
type labelRule struct {
	field, target string
	re            *regexp.Regexp
	unless        *regexp.Regexp
}

// labeller turns a complaint's own labels into our category.
type labeller struct{ rules []labelRule }

var (
	unlabelled = regexp.MustCompile(`permasalahan kewilayahan|koordinasi antar instansi|^utilitas$|surat masuk untuk walikota`)
	roadLight  = regexp.MustCompile(`\bpju\b|lampu (jalan|penerangan)|penerangan jalan`)
	staffWords = regexp.MustCompile(`lurah|camat|pelayanan|petugas|pegawai|staf|loket|surat|\brt\b.{0,20}(pilih|minta|uang|tanda)|pengantar|antri|antre|jam kerja|kantor`)
	lookBehind = regexp.MustCompile(`\(\?!\.\*([^)]*)\)`)
)

func readLabeller(file string) (*labeller, error) {
	rows, err := readCSV(file)
	if err != nil {
		return nil, err
	}
	l := &labeller{}
	for _, r := range rows[1:] {
		rule := labelRule{field: r[1], target: strings.TrimSuffix(r[3], "?")}
		src := r[2]
		// Go's regexp has no look-ahead: "(?!.*x)" becomes a second expression that must not match.
		if m := lookBehind.FindStringSubmatch(src); m != nil {
			src = strings.Replace(src, m[0], "", 1)
			src = strings.TrimPrefix(src, "^")
			rule.unless = regexp.MustCompile(m[1])
		}
		if rule.re, err = regexp.Compile(src); err != nil {
			return nil, fmt.Errorf("%s: rule %s: %w", file, r[0], err)
		}
		l.rules = append(l.rules, rule)
	}
	return l, nil
}

func (l *labeller) find(field, value string) (string, bool) {
	value = strings.ToLower(strings.TrimSpace(value))
	for _, r := range l.rules {
		if r.field == field && r.re.MatchString(value) && (r.unless == nil || !r.unless.MatchString(value)) {
			return r.target, true
		}
	}
	return "", false
}

// category returns our category of a complaint, "" when its labels do not tell.
func (l *labeller) category(c complaint) string {
	if unlabelled.MatchString(strings.ToLower(c.Kategori)) {
		return ""
	}
	target, ok := "", false
	if c.Kategori != "" {
		target, ok = l.find("kategori", c.Kategori)
	}
	if !ok && c.Instansi != "" {
		target, _ = l.find("instansi", c.Instansi)
	}
	text := strings.ToLower(c.full())
	switch target {
	case "":
		return ""
	case "KEC", "?KEC":
		if staffWords.MatchString(text) {
			return "pelayanan_kelurahan_kecamatan"
		}
		return ""
	case "@JALAN":
		target = "jalan_jembatan"
	}
	if strings.HasPrefix(target, "@") {
		t, _ := l.find("text in "+target, text)
		return t
	}
	switch target {
	case "jalan_jembatan", "drainase_banjir", "perumahan_permukiman":
		if roadLight.MatchString(text) {
			return "penerangan_jalan"
		}
	}
	return target
}

// kindOf turns the sources' jenis into our kind.
func kindOf(jenis string) string {
	switch {
	case strings.HasPrefix(jenis, "Pengaduan"):
		return "pengaduan"
	case jenis == "Aspirasi":
		return "aspirasi"
	case jenis == "Permintaan Informasi":
		return "informasi"
	}
	return ""
}

// readComplaints reads all complaint files of the data folder, labelled where their labels tell.
func readComplaints(data string) ([]example, error) {
	l, err := readLabeller(filepath.Join(data, "classify", "label_rules.csv"))
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(data, "complaints", "*.jsonl"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no complaint files in %s: %w", data, err)
	}
	slices.Sort(files)
	var out []example
	for _, file := range files {
		err := eachLine(file, func(b []byte) error {
			var c complaint
			if err := json.Unmarshal(b, &c); err != nil {
				return err
			}
			out = append(out, example{
				id: c.ID, text: c.full(), category: l.category(c), kind: kindOf(c.Jenis), source: c.Source, weight: 1,
			})
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func eachLine(file string, f func([]byte) error) error {
	in, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("open data: %w", err)
	}
	defer func() { _ = in.Close() }() // only read
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, 1<<22)
	for n := 1; sc.Scan(); n++ {
		if len(sc.Bytes()) == 0 {
			continue
		}
		if err := f(sc.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return sc.Err()
}

func readCSV(file string) ([][]string, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("open data: %w", err)
	}
	defer func() { _ = in.Close() }() // only read
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("%s is empty", file)
	}
	return rows, nil
}
