package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// flat is what a part says, a line for each piece; words that follow each other are one. The error is why it ended.
type flat struct{ lines []string }

func (f *flat) add(line string) { f.lines = append(f.lines, line) }

func (f *flat) say(words string) {
	if words == "" {
		return
	}
	if n := len(f.lines); n > 0 && strings.HasPrefix(f.lines[n-1], "=") {
		f.lines[n-1] += words
		return
	}
	f.add("=" + words)
}

func ours(in io.Reader) ([]string, error) {
	t := newTokens(io.NopCloser(in))
	var f flat
	for {
		if err := t.next(); err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return f.lines, err
		}
		switch t.kind {
		case opening:
			line := "<" + string(t.name)
			for _, name := range []string{"a", "r", "id"} {
				line += fmt.Sprintf(" %s=%q", name, t.attr(name))
			}
			f.add(line)
		case closing:
			f.add(">" + string(t.name))
		case content:
			words, err := t.text(nil)
			if err != nil {
				return f.lines, err
			}
			f.say(string(words))
		}
	}
}

func librarys(in io.Reader) ([]string, error) {
	d := xml.NewDecoder(in)
	var f flat
	for {
		tok, err := d.RawToken()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return f.lines, err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			line := "<" + el.Name.Local
			for _, name := range []string{"a", "r", "id"} {
				at := slices.IndexFunc(el.Attr, func(a xml.Attr) bool { return a.Name.Local == name })
				value := ""
				if at >= 0 {
					value = el.Attr[at].Value
				}
				line += fmt.Sprintf(" %s=%q", name, value)
			}
			f.add(line)
		case xml.EndElement:
			f.add(">" + el.Name.Local)
		case xml.CharData:
			f.say(string(el))
		}
	}
}

// Whatever a part of a workbook is made of, and in whatever pieces it comes, it is read as the library reads it.
func TestAPartIsReadAsTheLibraryReadsIt(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"<row>", "</row>", "<c r=\"A1\" t='s'>", "</c>", "<v/>", "<t xml:space=\"preserve\">", "</t>", "<x:is a = \"1\" r:id='r>2' >", "</x:is >", "<e\n\ta=\"/\"/>",
		"parit bau", " ", "\n", "\r\n", "\r", "&amp;", "&lt;b&gt;", "&#65;", "&#x1F600;", "&quot;&apos;", "é😀", "<!-- -> < > & -->", "<!---->", "<![CDATA[a < b && c > d]]>", "<![CDATA[]]>",
		"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='yes'?>", "<?mso x > y?>", strings.Repeat("panjang ", 9000), "<c r=\"" + strings.Repeat("x", 70_000) + "\">", "<!--" + strings.Repeat(" >", 40_000) + "-->"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 16).Draw(t, "pieces"), "")
		if rest, first := strings.CutPrefix(text, "<?xml "); first { // that line stands first, once
			text = "<?xml " + strings.ReplaceAll(rest, "<?xml ", "<?mso ")
		} else {
			text = strings.ReplaceAll(text, "<?xml ", "<?mso ")
		}
		want, err := librarys(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		for name, in := range map[string]io.Reader{"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text))} {
			got, err := ours(in)
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Fatalf("%s: %v (-library +ours)\n%s", name, err, d)
			}
		}
	})
}

// What is cut off or was never XML ends with a fault or at its end; a part that is read to its end says no more than the library found.
func FuzzAPart(f *testing.F) {
	for _, text := range []string{"<a", "<a b='", "<!--", "<![CDATA[", "<?", "<>", "</>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "&nbsp;", "&#0;", "&#xD800;", "&", "&amp", "\x00", "caf\xe9", "<a\xff>",
		"<?xml version='1.0' encoding='latin1'?>", "<a/ >", "< a>", "<a b=c>", "]]>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ours(strings.NewReader(text))
		want, other := librarys(strings.NewReader(text))
		if err == nil && other == nil && !slices.Equal(got, want) && !strings.ContainsAny(text, "=&'\"/:") {
			t.Errorf("%q is %q, the library reads %q", text, got, want)
		}
		if err != nil && strings.Contains(err.Error(), text) && len(text) > 3 {
			t.Errorf("the fault %q tells words of the file", err)
		}
	})
}
