package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rabeg/internal/understand/words"
)

// How much each source of labels is trusted, and how much small classes are lifted. Found by cross-validation.
const (
	seedTrust       = 4
	correctionTrust = 1.5 // an officer corrects where the duty is shared: no more than our own phrases
	stemmedTrust    = 1.0
)

// dataset is everything that is learnt from, read once.
type dataset struct {
	lx    *words.Lexicon
	all   []example // complaints, seeds, key words, corrections: labelled by category or not
	texts []words.Text
	twins int

	emergency, small, kind []example
	signals, sequel        []example
	around                 []example // see amid
}

func (d *dataset) labelled() int {
	n := 0
	for _, e := range d.all {
		if e.category != "" {
			n++
		}
	}
	return n
}

// gather reads all sources and leaves out what is nearly equal to a text of the evaluation.
func gather(o options, lx *words.Lexicon) (*dataset, error) {
	d := &dataset{lx: lx}
	var err error
	if d.all, err = readComplaints(o.data); err != nil {
		return nil, err
	}
	stemmed, err := readStemmed(filepath.Join(o.data, "complaints", "laporgub_jateng_2024_2025_stemmed.csv"))
	if err != nil {
		return nil, err
	}
	d.all = append(d.all, stemmed...)
	if err := d.leaveOut(filepath.Join(o.data, "eval", "dev.jsonl")); err != nil {
		return nil, err
	}
	patterns := []string{"more*.txt", "border*.txt", "tongue*.txt"}
	if o.firstSeeds {
		patterns = append(patterns, "category.txt")
	}
	for _, pattern := range patterns {
		if err := d.addSeeds(pattern); err != nil {
			return nil, err
		}
	}
	keywords, err := readKeywords(o.data)
	if err != nil {
		return nil, err
	}
	d.all = append(d.all, keywords...)
	if o.corrections != "" {
		own, err := readCorrections(o.corrections)
		if err != nil {
			return nil, err
		}
		d.all = append(d.all, own...)
	}
	for _, s := range []struct {
		to      *[]example
		pattern string
	}{{&d.emergency, "emergency*.txt"}, {&d.small, "smalltalk*.txt"}, {&d.kind, "kind*.txt"}} {
		if !o.firstSeeds {
			s.pattern = strings.Replace(s.pattern, "*", "_more*", 1)
		}
		if *s.to, err = readSeeds(s.pattern); err != nil {
			return nil, err
		}
	}
	if d.signals, err = readSeeds("signals*.txt"); err != nil {
		return nil, err
	}
	if d.sequel, err = readSeeds("sequel*.txt"); err != nil {
		return nil, err
	}
	if d.around, err = readSeeds("around.txt"); err != nil {
		return nil, err
	}
	d.texts = make([]words.Text, len(d.all))
	for i := range d.all {
		d.texts[i] = lx.Read(d.all[i].text)
	}
	return d, nil
}

func (d *dataset) addSeeds(pattern string) error {
	s, err := readSeeds(pattern)
	if err != nil {
		return err
	}
	for i := range s {
		s[i].weight = seedTrust
	}
	d.all = append(d.all, s...)
	return nil
}

// leaveOut drops the texts that are twins of evaluation texts, so that the evaluation stays honest.
func (d *dataset) leaveOut(file string) error {
	if _, err := os.Stat(file); err != nil {
		return nil //nolint:nilerr // no evaluation, nothing to keep apart
	}
	var dev, mine [][]string
	err := eachLine(file, func(b []byte) error {
		var r struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		dev = append(dev, d.forms(r.Text))
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range d.all {
		mine = append(mine, d.forms(e.text))
	}
	twin := twins(mine, dev)
	kept := d.all[:0]
	for i, e := range d.all {
		if twin[i] {
			d.twins++
			continue
		}
		kept = append(kept, e)
	}
	d.all = kept
	return nil
}

func (d *dataset) forms(text string) []string {
	t := d.lx.Read(text)
	var out []string
	for i := range t.Words {
		if !t.Words[i].Number {
			out = append(out, t.Words[i].Form)
		}
	}
	return out
}

// stemmedCategory maps the labels of the stemmed set that are ours as well; its other labels are too wide.
var stemmedCategory = map[string]string{
	"kepegawaian": "kepegawaian", "bencana": "bencana", "pertanian": "pertanian_pangan_hewan",
	"permades dan kependudukan": "pelayanan_kelurahan_kecamatan", "pariwisata dan budaya": "pariwisata_olahraga",
	"ekonomi dan industri": "pasar_umkm_konsumen",
}

// readStemmed reads the set that holds stemmed words only: "id;['word', …];label".
func readStemmed(file string) ([]example, error) {
	var out []example
	plain := strings.NewReplacer("[", " ", "]", " ", "'", "", ",", " ")
	err := eachLine(file, func(b []byte) error {
		f := strings.Split(string(b), ";")
		if len(f) < 3 {
			return nil
		}
		if c := stemmedCategory[strings.TrimSpace(f[2])]; c != "" {
			out = append(out, example{id: "jtg-" + f[0], text: plain.Replace(f[1]), category: c, source: "stemmed", weight: stemmedTrust})
		}
		return nil
	})
	return out, err
}

// readCorrections reads what a city's operators corrected: {"text","category"} lines.
func readCorrections(file string) ([]example, error) {
	var out []example
	err := eachLine(file, func(b []byte) error {
		var c struct {
			Text     string `json:"text"`
			Category string `json:"category"`
		}
		if err := json.Unmarshal(b, &c); err != nil {
			return err
		}
		if c.Text == "" || c.Category == "" {
			return fmt.Errorf("a correction needs text and category")
		}
		out = append(out, example{
			id: fmt.Sprintf("correction:%d", len(out)+1), text: c.Text, category: c.Category, source: "correction",
			weight: correctionTrust,
		})
		return nil
	})
	return out, err
}
