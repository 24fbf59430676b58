package warelay

import (
	"bufio"
	"context"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/coder/websocket"
	waBinary "go.mau.fi/whatsmeow/binary"
	"go.mau.fi/whatsmeow/proto/waWa6"
	"google.golang.org/protobuf/proto"
)

const (
	// handshakeLimit bounds the handshake of a client that falls silent.
	handshakeLimit = 20 * time.Second
	// writeLimit bounds one write to a client that does not read.
	writeLimit = 10 * time.Second
	// patience is the pause after the handshake for clients that derive their
	// keys asynchronously and drop what arrives in the same tick (Baileys).
	patience = 100 * time.Millisecond
	// lastWords is the pause between a last stanza and the end of the
	// connection: whatsmeow drops a queued stanza when the socket dies first
	// (client.go, handlerQueueLoop).
	lastWords = 100 * time.Millisecond
)

// conn is one client's connection. dev and reg are guarded by Relay.mu.
type conn struct {
	r       *Relay
	ws      *websocket.Conn
	ctx     context.Context
	cut     context.CancelFunc // breaks the connection at once
	patient bool
	open    cipher.AEAD
	seal    cipher.AEAD

	dev *device       // the logged-in device
	reg *registration // or a device that wants to be paired

	mu   sync.Mutex // guards out
	out  []outgoing
	wake chan struct{} // capacity 1
}

// outgoing is one stanza in a connection's queue.
type outgoing struct {
	node waBinary.Node
	last bool // end the connection after it
	bare bool // already passed the fault hooks
}

// newConn enters a connection into the relay's books; nil when it is closing.
func (r *Relay) newConn(ws *websocket.Conn, patient bool) *conn {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.up == nil {
		return nil
	}
	c := &conn{r: r, ws: ws, patient: patient, wake: make(chan struct{}, 1)}
	c.ctx, c.cut = context.WithCancel(context.Background())
	r.conns[c] = struct{}{}
	r.wg.Add(1)
	return c
}

// serve does the handshake and reads stanzas until the connection ends.
func (c *conn) serve() {
	written := make(chan struct{})
	close(written)
	defer func() {
		c.cut()
		c.r.gone(c)
		<-written
	}()
	stream := websocket.NetConn(c.ctx, c.ws, websocket.MessageBinary)
	in := bufio.NewReader(stream)
	_ = stream.SetReadDeadline(time.Now().Add(handshakeLimit))
	static, payload, err := c.handshake(in, stream)
	if err != nil {
		return
	}
	_ = stream.SetReadDeadline(time.Time{})
	written = make(chan struct{})
	go func() {
		defer close(written)
		c.writeAll(stream)
	}()
	c.r.login(c, static, payload)
	c.readAll(in)
}

// readFrame reads one frame: three bytes of length, then that many.
func readFrame(in io.Reader) ([]byte, error) {
	var head [3]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	data := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
	_, err := io.ReadFull(in, data)
	return data, err
}

func writeFrame(out net.Conn, data []byte) error {
	_ = out.SetWriteDeadline(time.Now().Add(writeLimit))
	whole := make([]byte, 3, 3+len(data))
	whole[0], whole[1], whole[2] = byte(len(data)>>16), byte(len(data)>>8), byte(len(data))
	_, err := out.Write(append(whole, data...))
	return err
}

// readPrologue reads the four bytes before the first frame and skips the edge
// routing some clients put in front of them.
func readPrologue(in *bufio.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, err
	}
	if string(head[:2]) == "ED" {
		if _, err := readFrame(in); err != nil {
			return nil, err
		}
		if _, err := io.ReadFull(in, head); err != nil {
			return nil, err
		}
	}
	if string(head[:2]) != "WA" {
		return nil, errors.New("not a WhatsApp client")
	}
	return head, nil
}

func (c *conn) handshake(in *bufio.Reader, out net.Conn) (static [32]byte, p *waWa6.ClientPayload, err error) {
	prologue, err := readPrologue(in)
	if err != nil {
		return static, nil, fmt.Errorf("read the prologue: %w", err)
	}
	n, err := newNoise(prologue)
	if err != nil {
		return static, nil, err
	}
	hello, err := readHandshake(in)
	if err != nil {
		return static, nil, err
	}
	reply, eph, err := n.serverHello(c.r.certs, hello.GetClientHello().GetEphemeral())
	if err != nil {
		return static, nil, err
	}
	if err = writeFrame(out, reply); err != nil {
		return static, nil, err
	}
	final, err := readHandshake(in)
	if err != nil {
		return static, nil, err
	}
	static, p, err = n.finish(eph, final.GetClientFinish())
	if err != nil {
		return static, nil, err
	}
	c.open, c.seal, err = n.split()
	return static, p, err
}

func readHandshake(in io.Reader) (*waWa6.HandshakeMessage, error) {
	data, err := readFrame(in)
	if err != nil {
		return nil, err
	}
	var m waWa6.HandshakeMessage
	if err = proto.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("decode handshake: %w", err)
	}
	return &m, nil
}

// readAll hands every stanza of the client to the relay.
func (c *conn) readAll(in io.Reader) {
	for count := uint32(0); ; count++ {
		data, err := readFrame(in)
		if err != nil {
			return
		}
		plain, err := c.open.Open(data[:0], nonce(count), data, nil)
		if err != nil || len(plain) == 0 {
			return
		}
		body, err := waBinary.Unpack(plain)
		if err != nil {
			return
		}
		node, err := waBinary.Unmarshal(body)
		if err != nil {
			return
		}
		if node.Tag == "xmlstreamend" {
			return
		}
		c.r.received(c, *node)
	}
}

// send queues a stanza for the client. It never blocks.
func (c *conn) send(n waBinary.Node) { c.push(outgoing{node: n}) }

// finish queues a last stanza, after which the connection ends.
func (c *conn) finish(n waBinary.Node) { c.push(outgoing{node: n, last: true}) }

func (c *conn) push(o outgoing) {
	c.mu.Lock()
	c.out = append(c.out, o)
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *conn) take() []outgoing {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := c.out
	c.out = nil
	return out
}

// writeAll seals and writes queued stanzas in order until the connection ends.
func (c *conn) writeAll(out net.Conn) {
	defer c.cut()
	if c.patient && !c.pause(patience) {
		return
	}
	var count uint32
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-c.wake:
		}
		for _, o := range c.take() {
			n, ok := c.r.leaving(c, o)
			if !ok {
				return
			}
			for _, node := range n {
				data, err := waBinary.Marshal(node)
				if err != nil {
					return
				}
				if writeFrame(out, c.seal.Seal(nil, nonce(count), data, nil)) != nil {
					return
				}
				count++
			}
			if o.last {
				c.farewell()
				return
			}
		}
	}
}

// farewell waits until the client has read the last stanza, which its pong
// shows, and a little longer for what it does with it.
func (c *conn) farewell() {
	ctx, cancel := context.WithTimeout(c.ctx, writeLimit)
	defer cancel()
	if c.ws.Ping(ctx) == nil {
		c.pause(lastWords)
	}
}

// pause waits, and says whether the connection still stands.
func (c *conn) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-c.ctx.Done():
		return false
	}
}

// be32 reads a big-endian number of one to four bytes.
func be32(b []byte) uint32 {
	var full [4]byte
	copy(full[4-min(len(b), 4):], b[:min(len(b), 4)])
	return binary.BigEndian.Uint32(full[:])
}
