package warelay

import (
	"maps"

	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/types"
)

// node builds a stanza with children.
func node(tag string, attrs waBinary.Attrs, children ...waBinary.Node) waBinary.Node {
	n := waBinary.Node{Tag: tag, Attrs: attrs}
	if len(children) > 0 {
		n.Content = children
	}
	return n
}

// leaf builds a stanza that holds bytes.
func leaf(tag string, attrs waBinary.Attrs, data []byte) waBinary.Node {
	return waBinary.Node{Tag: tag, Attrs: attrs, Content: data}
}

// text is a string attribute; empty when it is missing or of another type.
func text(n waBinary.Node, key string) string {
	s, _ := n.Attrs[key].(string)
	return s
}

// jid is an address attribute; empty when it is missing or of another type.
func jid(n waBinary.Node, key string) types.JID {
	j, _ := n.Attrs[key].(types.JID)
	return j
}

// printed is an attribute of either kind as it would be written.
func printed(n waBinary.Node, key string) string {
	switch v := n.Attrs[key].(type) {
	case string:
		return v
	case types.JID:
		return v.String()
	default:
		return ""
	}
}

// bytesIn is the content of a child; nil when there is none.
func bytesIn(n waBinary.Node, path ...string) []byte {
	child, ok := n.GetOptionalChildByTag(path...)
	if !ok {
		return nil
	}
	return content(child)
}

// content is a leaf's data, which decoders give as bytes or as a token.
func content(n waBinary.Node) []byte {
	switch v := n.Content.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	default:
		return nil
	}
}

// has says whether a node has a child with the tag.
func has(n waBinary.Node, tag string) bool {
	_, ok := n.GetOptionalChildByTag(tag)
	return ok
}

// with copies a node with further attributes.
func with(n waBinary.Node, extra waBinary.Attrs) waBinary.Node {
	attrs := maps.Clone(n.Attrs)
	if attrs == nil {
		attrs = waBinary.Attrs{}
	}
	maps.Copy(attrs, extra)
	n.Attrs = attrs
	return n
}

// corrupted copies a stanza with one bit flipped at the end of every
// ciphertext, where the signature or the MAC is.
func corrupted(n waBinary.Node) waBinary.Node {
	if data, ok := n.Content.([]byte); ok {
		if n.Tag != "enc" || len(data) == 0 {
			return n
		}
		bad := append([]byte(nil), data...)
		bad[len(bad)-1] ^= 1
		n.Content = bad
		return n
	}
	children := n.GetChildren()
	if len(children) == 0 {
		return n
	}
	bad := make([]waBinary.Node, len(children))
	for i, child := range children {
		bad[i] = corrupted(child)
	}
	n.Content = bad
	return n
}

// summary describes a stanza on a connection.
func (r *Relay) summary(c *conn, n waBinary.Node, in bool) Stanza {
	s := Stanza{
		At: r.now(), In: in, Tag: n.Tag,
		ID: text(n, "id"), Type: text(n, "type"), Class: text(n, "class"), Xmlns: text(n, "xmlns"),
		From: printed(n, "from"), To: printed(n, "to"), Member: printed(n, "participant"),
		Error: text(n, "error"), Offline: n.Attrs["offline"] != nil,
	}
	if n.Tag == "failure" {
		s.Error = text(n, "reason")
	}
	r.mu.Lock()
	if c.dev != nil {
		s.Phone, s.Device = c.dev.acct.phone, int(c.dev.id)
	}
	r.mu.Unlock()
	if children := n.GetChildren(); len(children) > 0 {
		s.Child = children[0].Tag
		gatherEncs(children, &s)
	}
	return s
}

func gatherEncs(children []waBinary.Node, s *Stanza) {
	for _, child := range children {
		switch child.Tag {
		case "enc":
			s.Encs = append(s.Encs, text(child, "type"))
			if count := text(child, "count"); count != "" {
				s.Retry = count
			}
		case "participants", "to":
			gatherEncs(child.GetChildren(), s)
		}
	}
}
