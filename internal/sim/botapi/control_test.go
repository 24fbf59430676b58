package botapi

import (
	"testing"
)

// TestRemote drives a citizen and an operator from "another process".
func TestRemote(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	ctx := soon(t)
	r := Remote{URL: w.URL(), Client: w.client}

	if err := r.Group(ctx, GroupSpec{ID: -1001, Title: "Meja", Forum: true, Members: []GroupGuest{{ID: 9, Name: "Sari", Admin: true}}}); err != nil {
		t.Fatal(err)
	}
	photo := pngOf(t, 20, 20)
	done := must[[]Acted](t)(r.Act(ctx,
		Act{Person: 5, Name: "Budi", Lang: "en", Out: Out{Text: "halo"}},
		Act{Person: 5, Out: Out{Photo: photo, Caption: "ini"}},
		Act{Person: 5, Do: "edit", Message: 1, Out: Out{Text: "halo lagi"}},
		Act{Person: 9, Chat: -1001, Out: Out{Text: "siap"}},
		Act{Person: 5, Chat: -1001, Out: Out{Text: "bukan anggota"}},
		Act{Person: 5, Do: "dance"},
		Act{Do: "send"},
	))
	if done[0].MessageID != 1 || done[1].MessageID != 2 || done[2].Error != "" || done[3].MessageID != 1 {
		t.Fatalf("acted %+v", done)
	}
	for i := 4; i < 7; i++ {
		if done[i].Error == "" {
			t.Fatalf("act %d passed", i)
		}
	}
	got := w.updates(nil)
	if len(got) != 4 || got[0].Message.Text != "halo" || got[0].Message.From.LanguageCode != "en" ||
		got[2].Edited.Text != "halo lagi" || got[3].Message.Chat.ID != -1001 {
		t.Fatalf("updates %+v", got)
	}

}

func TestRemoteWatch(t *testing.T) {
	t.Parallel()
	w := start(t, Options{})
	ctx := soon(t)
	r := Remote{URL: w.URL(), Client: w.client}
	must[[]Acted](t)(r.Act(ctx, Act{Person: 5, Name: "Budi", Out: Out{Text: "halo"}}))
	seq := w.Seq()
	m := w.send(fields{"chat_id": 5, "text": "pilih", "reply_markup": fields{
		"inline_keyboard": [][]fields{{{"text": "Ya", "callback_data": "y"}}}}})
	events := must[[]Event](t)(r.Events(ctx, 5, seq, 10))
	if len(events) != 1 || events[0].Kind != Sent || !events[0].Message.FromBot || events[0].Message.MessageID != m.MessageID {
		t.Fatalf("events %+v", events)
	}
	pressed := must[[]Acted](t)(r.Act(ctx, Act{Person: 5, Do: "press", Message: m.MessageID, Data: "Ya"}))
	if !w.call("answerCallbackQuery", fields{"callback_query_id": pressed[0].CallbackID, "text": "ok"}).OK {
		t.Fatal("answer refused")
	}
	events = must[[]Event](t)(r.Events(ctx, 0, events[0].Seq, 10))
	if len(events) != 1 || events[0].Kind != Answered || events[0].CallbackID != pressed[0].CallbackID {
		t.Fatalf("events of all %+v", events)
	}
	if h := must[[]Seen](t)(r.History(ctx, 5)); len(h) != 2 || h[0].Text != "halo" || h[1].Text != "pilih" {
		t.Fatalf("history %+v", h)
	}

	if err := r.Fail(ctx, Fault{Kind: Internal, Methods: []string{"getme"}}); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, w.call("getMe", nil), 500, "Internal")
	if err := r.Heal(ctx); err != nil {
		t.Fatal(err)
	}
	if !w.call("getMe", nil).OK {
		t.Fatal("not healed")
	}
	st := must[Stats](t)(r.Stats(ctx))
	if st.Messages != 1 || st.Calls["getMe"]["fault"] != 1 || st.Calls["getMe"]["200"] != 1 || st.Queued != 2 {
		t.Fatalf("stats %+v", st)
	}
}
