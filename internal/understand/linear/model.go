package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// Table is one set of one-vs-rest machines over the same hashed features: a row of bytes per feature that matters, one
// byte per class.
type Table struct {
	// Labels are the classes in the order of the columns.
	Labels []string
	// IDF holds the rarity weights; its length is the number of hashes and a power of two.
	IDF IDF
	// Scale and Bias are per class: score = Scale · Σ value·byte + Bias.
	Scale, Bias []float32
	// Heat and Shift calibrate: one-vs-rest tables give softmax(Heat·score), tables of independent machines
	// sigmoid(Heat·score + Shift), per class.
	Heat, Shift []float32
	rows        []uint16 // hash → 1 + row, 0: the feature does not matter
	bytes       []byte   // row · len(Labels) + class: signed, and in a file's own memory when it was read from one
}

// NewTable squeezes weights (by class, by hash) into bytes. Rows whose every weight is below least times the largest of
// its class are left out: they move no score.
func NewTable(labels []string, idf IDF, weights [][]float32, bias []float32, least float64) (*Table, error) {
	k := len(labels)
	if len(weights) != k || len(bias) != k {
		return nil, fmt.Errorf("make table: %d labels, %d weights, %d biases", k, len(weights), len(bias))
	}
	t := &Table{
		Labels: labels, IDF: idf, Bias: bias, Scale: make([]float32, k), Heat: make([]float32, k), Shift: make([]float32, k),
		rows: make([]uint16, len(idf)),
	}
	for c, w := range weights {
		if len(w) != len(idf) {
			return nil, fmt.Errorf("make table: class %s has %d weights, want %d", labels[c], len(w), len(idf))
		}
		var most float32
		for _, v := range w {
			most = max(most, v, -v)
		}
		t.Scale[c], t.Heat[c] = most/127, 1
	}
	n := 0
	for h := range idf {
		var share float64
		for c, w := range weights {
			if t.Scale[c] > 0 {
				share = max(share, math.Abs(float64(w[h]/(t.Scale[c]*127))))
			}
		}
		if share <= least || idf[h] == 0 {
			continue
		}
		if n == math.MaxUint16 {
			break
		}
		n++
		t.rows[h] = uint16(n)
		for c, w := range weights {
			q := float32(0)
			if t.Scale[c] > 0 {
				q = w[h] / t.Scale[c]
			}
			t.bytes = append(t.bytes, byte(int8(math.Round(float64(q)))))
		}
	}
	return t, nil
}

// Rows is how many features matter.
func (t *Table) Rows() int { return len(t.bytes) / max(1, len(t.Labels)) }

// Scores adds up the weights of a text's features into out, which has one place per class.
func (t *Table) Scores(s *Scratch, out []float32) {
	k := len(t.Labels)
	out = out[:k]
	clear(out)
	for i, h := range s.Index {
		r := int(t.rows[h])
		if r == 0 {
			continue
		}
		v := s.Value[i]
		row := t.bytes[(r-1)*k : r*k][:len(out)]
		for c, q := range row {
			out[c] += v * float32(int8(q))
		}
	}
	norm := max(s.Norm, 1e-6)
	for c := range out {
		out[c] = out[c]*t.Scale[c]/norm + t.Bias[c]
	}
}

// Weight is what one feature adds to a class before its value, 0 when it does not matter.
func (t *Table) Weight(hash uint32, class int) float32 {
	r := int(t.rows[hash&uint32(len(t.rows)-1)])
	if r == 0 {
		return 0
	}
	return float32(int8(t.bytes[(r-1)*len(t.Labels)+class])) * t.Scale[class] * float32(t.IDF[hash&uint32(len(t.rows)-1)]) / 16
}

// Softmax turns scores into probabilities that sum to 1, in place.
func (t *Table) Softmax(scores []float32) {
	best := float32(math.Inf(-1))
	for c, v := range scores {
		scores[c] = v*t.Heat[c] + t.Shift[c]
		best = max(best, scores[c])
	}
	var sum float32
	for c, v := range scores {
		scores[c] = float32(math.Exp(float64(v - best)))
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
}

// Sigmoid is the probability of one independent machine's score.
func (t *Table) Sigmoid(class int, score float32) float64 {
	return 1 / (1 + math.Exp(-float64(t.Heat[class]*score+t.Shift[class])))
}

// magic begins a model file; its last byte is the version of the layout.
const magic = "RABEGLM\x01"

// ErrFile says that bytes are no model file of this version, or a damaged one.
var ErrFile = errors.New("no usable model file")

// File is everything a model file holds.
type File struct {
	// Version names the training ("2026-11-22"), Note says from what in a few words.
	Version, Note string
	Tables        []*Table
	Known         Bloom
}

// Marshal writes the file: magic, fields, checksum.
func (f *File) Marshal() []byte {
	b := []byte(magic)
	b = putString(b, f.Version)
	b = putString(b, f.Note)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Tables)))
	for _, t := range f.Tables {
		b = t.append(b)
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Known)))
	b = append(b, f.Known...)
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func (t *Table) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(t.Labels)))
	for c, l := range t.Labels {
		b = putString(b, l)
		for _, v := range [...]float32{t.Scale[c], t.Bias[c], t.Heat[c], t.Shift[c]} {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(t.IDF)))
	b = append(b, t.IDF...)
	kept := make([]byte, len(t.rows)/8)
	for h, r := range t.rows {
		if r != 0 {
			kept[h/8] |= 1 << (h % 8)
		}
	}
	b = append(b, kept...)
	b = binary.LittleEndian.AppendUint32(b, uint32(t.Rows()))
	return append(b, t.bytes...)
}

func putString(b []byte, s string) []byte {
	b = binary.LittleEndian.AppendUint16(b, uint16(len(s)))
	return append(b, s...)
}

// Unmarshal reads a model file. It checks the checksum and every length, so that a damaged file is an error (ErrFile),
// never a wrong answer. The file goes on living in b, which must not change any more.
func Unmarshal(b []byte) (*File, error) {
	if len(b) < len(magic)+4 || string(b[:len(magic)]) != magic {
		return nil, fmt.Errorf("%w: it does not begin like one of this version", ErrFile)
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return nil, fmt.Errorf("%w: the checksum differs", ErrFile)
	}
	r := &reader{b: body[len(magic):]}
	f := &File{Version: r.text(), Note: r.text()}
	n := r.length(16)
	for range n {
		f.Tables = append(f.Tables, r.table())
	}
	f.Known = Bloom(r.take(r.length(1 << 20)))
	if r.bad || len(r.b) != 0 {
		return nil, fmt.Errorf("%w: its lengths do not fit", ErrFile)
	}
	return f, nil
}

// reader reads fields until one does not fit; then bad stays set and everything reads as zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad = true
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) length(most int) int {
	b := r.take(4)
	if r.bad {
		return 0
	}
	n := int(binary.LittleEndian.Uint32(b))
	if n > most {
		r.bad = true
		return 0
	}
	return n
}

func (r *reader) text() string {
	b := r.take(2)
	if r.bad {
		return ""
	}
	return string(r.take(int(binary.LittleEndian.Uint16(b))))
}

func (r *reader) float() float32 {
	b := r.take(4)
	if r.bad {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(b))
}

func (r *reader) table() *Table {
	t := &Table{}
	for range r.length(1024) {
		t.Labels = append(t.Labels, r.text())
		t.Scale = append(t.Scale, r.float())
		t.Bias = append(t.Bias, r.float())
		t.Heat = append(t.Heat, r.float())
		t.Shift = append(t.Shift, r.float())
	}
	n := r.length(1 << 20)
	if n&(n-1) != 0 || n < 8 {
		r.bad = true
		return t
	}
	t.IDF = IDF(r.take(n))
	kept := r.take(n / 8)
	rows := r.length(math.MaxUint16)
	raw := r.take(rows * len(t.Labels))
	if r.bad {
		return t
	}
	t.rows = make([]uint16, n)
	at := 0
	for h := range t.rows {
		if kept[h/8]&(1<<(h%8)) != 0 {
			at++
			t.rows[h] = uint16(at)
		}
	}
	if at != rows {
		r.bad = true
		return t
	}
	t.bytes = raw
	return t
}
