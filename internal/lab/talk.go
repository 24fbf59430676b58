package lab

import (
	"bufio"
	"context"
	"fmt"
	"image/color"
	"io"
	"slices"
	"strconv"
	"strings"

	"rabeg/internal/sim/botapi"
)

const talkHelp = `
Now it is your turn. Type as a citizen; what the bot answers comes by itself.
  a number     presses that button of the last message with buttons
  /pin LAT LON sends a location     /photo [words] sends a photo     /voice sends a voice note
  /desk        become an operator   /coordinator   become a coordinator there
  /citizen     a citizen again      /new           another citizen, who has never written
  /reply N …   answer message N of the desk (numbers stand before the messages)
  /leader      the Sekda, in her own chat (write /daftar sekda there first)
  /waktu +3d   turns the clock: reminders, what is late, the roll call (also +5h, 08.00)
  /quit        ends`

// talk lets a person at the terminal be a citizen and an operator.
func (w *world) talk(ctx context.Context, in io.Reader, out io.Writer) error {
	watching, stop := context.WithCancel(ctx)
	defer stop()
	st := newStage(w, out, map[int64]string{w.desk.ID(): "desk", you: "you"})
	t := &talker{st: st, citizen: st.person(you, "You"), operator: st.person(operatorID, "Dedi (Dishub)"),
		coordinator: st.person(coordinatorID, "Rina (koordinator)"), leader: st.person(leaderID, "Ratna (Sekda)")}
	st.know(leaderID, "Ratna (Sekda)")
	w.desk.Add(t.operator.Person)
	w.desk.AddAdmin(t.coordinator.Person)
	go st.watch(watching)
	st.say("%s\n", talkHelp)
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(in); s.Scan(); {
			select {
			case lines <- s.Text():
			case <-watching.Done():
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-w.program.failed:
			return err
		case line, ok := <-lines:
			if !ok || strings.TrimSpace(line) == "/quit" {
				return nil
			}
			if err := t.line(strings.TrimSpace(line)); err != nil {
				st.say("  ! %v", err)
			}
		}
	}
}

// you is the first citizen at the terminal.
const you = 3001

type talker struct {
	st                *stage
	citizen, operator person
	coordinator       person
	leader            person
	atDesk, leads     bool
	above             bool  // the leader
	people            int64 // citizens so far
}

func (t *talker) seat() botapi.Seat {
	if t.atDesk && t.leads {
		return t.coordinator.In(t.st.w.desk.ID())
	}
	if t.atDesk {
		return t.operator.In(t.st.w.desk.ID())
	}
	if t.above {
		return t.leader.Seat
	}
	return t.citizen.Seat
}

func (t *talker) line(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	var err error
	switch word {
	case "":
	case "/desk":
		t.atDesk, t.leads = true, false
		t.st.say("You are Dedi, operator of Dishub, in the desk.")
	case "/coordinator":
		t.atDesk, t.leads = true, true
		t.st.say("You are Rina, coordinator, in the desk.")
	case "/leader":
		t.atDesk, t.above = false, true
		t.st.say("You are Ratna, the Sekda, in your own chat. Write /daftar sekda; the coordinator presses Terima.")
		return nil
	case "/waktu":
		to, err := t.st.w.turn(rest)
		if err != nil {
			return err
		}
		t.st.say("It is %s now. Reminders come within seconds.", to.Format("Monday, 2 January 2006, 15:04"))
	case "/new":
		t.people++
		name := fmt.Sprintf("You %d", t.people+1)
		t.citizen = t.st.person(you+t.people, name)
		t.above = false
		t.st.know(you+t.people, name)
		t.atDesk = false
		t.st.say("You are a citizen who has never written.")
	case "/citizen":
		t.atDesk, t.above = false, false
		t.st.say("You are a citizen.")
	case "/help", "/?":
		t.st.say("%s", talkHelp)
	case "/pin":
		var lat, lon float64
		if _, err := fmt.Sscan(rest, &lat, &lon); err != nil {
			return fmt.Errorf("/pin takes two numbers (example: /pin -6.1169 106.1539)")
		}
		_, err = t.seat().Location(lat, lon)
	case "/photo":
		_, err = t.seat().Photo(picture(color.RGBA{200, 60, 60, 255}, len(rest)), rest)
	case "/voice":
		_, err = t.seat().Send(botapi.Out{Voice: []byte("OggS a few seconds of speech"), Seconds: 4})
	case "/reply":
		err = t.reply(rest)
	default:
		err = t.other(line)
	}
	return err
}

func (t *talker) reply(rest string) error {
	n, words, _ := strings.Cut(rest, " ")
	id, err := strconv.Atoi(n)
	if err != nil || words == "" {
		return fmt.Errorf("/reply takes a message's number and words (example: /reply 12 sudah kami cek)")
	}
	_, err = t.seat().Reply(id, words)
	return err
}

// other is a number that presses a button, or words.
func (t *talker) other(line string) error {
	if n, err := strconv.Atoi(line); err == nil {
		if id, label := t.button(n); id != 0 {
			_, err := t.seat().Press(id, label)
			return err
		}
	}
	_, err := t.seat().Text(line)
	return err
}

// button finds the nth button of the last message that has any.
func (t *talker) button(n int) (int, string) {
	all := t.st.w.api.History(t.seat().Chat())
	for _, m := range slices.Backward(all) {
		if !m.FromBot || m.ReplyMarkup == nil {
			continue
		}
		for _, row := range m.ReplyMarkup.Rows {
			for _, b := range row {
				if n--; n == 0 {
					return m.MessageID, b.Text
				}
			}
		}
		return 0, ""
	}
	return 0, ""
}
