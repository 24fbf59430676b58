package botapi

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"strings"
	"testing"
	"testing/quick"
)

func show(t richText) string {
	var b strings.Builder
	b.WriteString(t.text)
	for _, e := range t.entities {
		fmt.Fprintf(&b, " |%s %d+%d", e.Type, e.Offset, e.Length)
		if e.URL+e.Language != "" {
			b.WriteString(" " + e.URL + e.Language)
		}
	}
	return b.String()
}

func TestMarkup(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ mode, in, want string }{
		{"HTML", "a &lt;b&gt; &amp; &quot;c&quot; &#65;&#x42; & &nbsp; <", "!Unclosed start tag at byte offset"},
		{"HTML", "a &lt;b&gt; &amp; &quot;c&quot; &#65;&#x42; & &nbsp;", `a <b> & "c" AB & &nbsp;`},
		{"HTML", "😀<b>x<i>y</i></b>", "😀xy |bold 2+2 |italic 3+1"},
		{"HTML", `<a href="https://x.id/?a=1&amp;b=2">x</a>`, "x |text_link 0+1 https://x.id/?a=1&b=2"},
		{"HTML", `<pre><code class="language-go">x</code></pre><code>y</code>`, "xy |pre 0+1 go |code 1+1"},
		{"HTML", `<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>`, "xy |spoiler 0+1 |spoiler 1+1"},
		{"HTML", `<blockquote expandable>x</blockquote>`, "x |expandable_blockquote 0+1"},
		{"HTML", "  <b> x </b>  ", "x |bold 0+1"},
		{"HTML", "<b>x</i>", `!Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{"HTML", "x</b>", "!Unexpected end tag at byte offset 1"},
		{"HTML", "<b>x", `!Can't find end tag corresponding to start tag "b"`},
		{"HTML", "<br>", `!Unsupported start tag "br" at byte offset 0`},
		{"HTML", "1 < 2 and 3 > 2", `!Unsupported start tag ""`},
		{"HTML", `<span class="x">x</span>`, "!tg-spoiler"},
		{"HTML", `<a href="x>x</a>`, "!broken attribute"},
		{"MarkdownV2", `*b* _i_ __u__ ~s~ ||p|| \*`, "b i u s p * |bold 0+1 |italic 2+1 |underline 4+1 |strikethrough 6+1 |spoiler 8+1"},
		{"MarkdownV2", "*a _b_*", "a b |bold 0+3 |italic 2+1"},
		{"MarkdownV2", "[x](https://x.id/a) `c*d` ```go\ny```", "x c*d y |text_link 0+1 https://x.id/a |code 2+3 |pre 6+1 go"},
		{"MarkdownV2", ">q\n>r\nx", "q\nr\nx |blockquote 0+3"},
		{"MarkdownV2", "a.", "!Character '.' is reserved"},
		{"MarkdownV2", "1-2", "!Character '-' is reserved"},
		{"MarkdownV2", "*a", "!Can't find end of the entity starting at byte offset 0"},
		{"MarkdownV2", "*a _b*_", "!Can't find end of the entity"},
		{"MarkdownV2", "`a", "!Can't find end of the entity starting at byte offset 0"},
		{"MarkdownV2", "[a] x", "!Can't find end of a URL"},
		{"Markdown", "a. *b* _i_ (x)", "a. b i (x) |bold 3+1 |italic 5+1"},
	} {
		got, err := makeText(row.in, row.mode, nil, maxText, "message is too long")
		if want, ok := strings.CutPrefix(row.want, "!"); ok {
			if err == nil || !strings.Contains(err.Text, "can't parse entities") || !strings.Contains(err.Text, want) {
				t.Errorf("%s %q: %v, want refusal with %q", row.mode, row.in, err, want)
			}
			continue
		}
		if err != nil || show(got) != row.want {
			t.Errorf("%s %q:\n got %q %v\nwant %q", row.mode, row.in, show(got), err, row.want)
		}
	}
}

// TestEscapedSurvives: whatever a person writes comes out as written when it was escaped for HTML.
func TestEscapedSurvives(t *testing.T) {
	t.Parallel()
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	survives := func(s string) bool {
		got, err := parseHTML("<b>" + escape.Replace(s) + "</b>")
		return err == nil && got.text == s && (s == "" || got.entities[0].Length == units(s))
	}
	if err := quick.Check(survives, nil); err != nil {
		t.Fatal(err)
	}
}

// FuzzMarkup: no input makes the parsers panic or mark what is not there.
func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"<b>x</b>", "*a _b_*", "&#x41;", "```go\nx```", ">a\n>b", "[x](y)", "<a href='", "\\", "😀<i>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, mode := range []string{"HTML", "MarkdownV2", "Markdown"} {
			got, err := makeText(s, mode, nil, 1<<20, "")
			if err != nil {
				continue
			}
			if e := checkEntities(got.text, got.entities); e != nil {
				t.Fatalf("%s %q gave %q: %v", mode, s, show(got), e)
			}
		}
		detect(s)
	})
}

// FuzzMultipart: the server's own splitting agrees with the standard library wherever that reads a whole body.
func FuzzMultipart(f *testing.F) {
	f.Add("a", "1", "file.txt", []byte("data"))
	f.Add("text", "\r\n--XY", "b \"q\".bin", []byte("\r\n\r\n--XYZ\r\n"))
	f.Fuzz(func(t *testing.T, name, value, file string, data []byte) {
		if name == "" || name == "upload" || strings.ContainsAny(name+file, "\r\n\x00") {
			return
		}
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		if m.SetBoundary("XYZXYZXYZ") != nil || m.WriteField(name, value) != nil {
			return
		}
		w, err := m.CreateFormFile("upload", file)
		if err != nil {
			return
		}
		_, _ = w.Write(data)
		_ = m.Close()
		r := multipart.NewReader(bytes.NewReader(b.Bytes()), "XYZXYZXYZ")
		p := &params{}
		broken := p.addMultipart(b.Bytes(), "XYZXYZXYZ")
		for {
			part, err := r.NextPart()
			if err == io.EOF {
				return
			}
			if err != nil || part.FormName() == "" {
				return // not readable for the standard library either
			}
			if broken != nil {
				t.Fatalf("%q: %v", b.String(), broken)
			}
			want, _ := io.ReadAll(part)
			got := []byte(p.get(part.FormName()))
			if part.FormName() == "upload" {
				got = p.files["upload"].Data
			}
			if !bytes.Equal(got, want) {
				t.Fatalf("%s: got %q want %q", part.FormName(), got, want)
			}
		}
	})
}
