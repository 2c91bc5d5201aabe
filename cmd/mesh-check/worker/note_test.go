package worker

import (
	"bytes"
	"errors"
	"runtime"
	"testing"
	"time"
)

// TestNote holds that a note tells what was written last and nothing after clear, that a text that was
// not finished does not count, and that lengths which a child made up are bounded.
func TestNote(t *testing.T) {
	n := &note{memory: make([]byte, noteSize)}
	if got := n.read(); got != nil {
		t.Errorf("an empty note tells %q", got)
	}
	for _, text := range []string{"one", "", "three", string(bytes.Repeat([]byte("x"), maxBegin))} {
		n.write([]byte(text))
		if got := n.read(); got == nil || string(got) != text {
			t.Errorf("%d bytes are noted, want %d", len(got), len(text))
		}
	}
	n.write([]byte("whole"))
	other := n.slot(2 - n.memory[0])
	copy(other, "\x00\x04half") // and then it dies
	if got := n.read(); string(got) != "whole" {
		t.Errorf("noted %q", got)
	}
	copy(n.slot(n.memory[0]-1), "\xff\xff")
	if got := n.read(); len(got) != maxBegin {
		t.Errorf("%d bytes of a length that a child made up", len(got))
	}
	n.memory[0] = 7
	if got := n.read(); got != nil {
		t.Errorf("slot 7 tells %d bytes", len(got))
	}
	n.clear()
	if got := n.read(); got != nil {
		t.Errorf("after clear: %q", got)
	}
	(*note)(nil).clear()
	if (*note)(nil).read() != nil {
		t.Error("no note tells something")
	}
}

// TestBegan holds that a death tells what the child worked on, by its note and, where the system
// has none, by frames; and never what it worked on for the request before.
func TestBegan(t *testing.T) {
	with := newNote
	if runtime.GOOS == "linux" && with() == nil {
		t.Error("there is no note")
	}
	for name, make := range map[string]func() *note{"note": with, "frames": func() *note { return nil }} {
		t.Run(name, func(t *testing.T) {
			newNote = make
			defer func() { newNote = with }()
			p := testPool(t, func(o *Options) { o.Jobs = 1 })
			for _, c := range []struct{ request, began string }{{"exit", "begun exit"}, {"silence", ""}} {
				if got := ask(t, p, "echo still here"); got != "still here" {
					t.Errorf("the pool answers %q", got)
				}
				if got := framesOf(t, c.request); got != (name == "frames" && c.began != "") {
					t.Errorf("%s: what it works on comes by a frame: %v", c.request, got)
				}
				err := p.Do([]byte(c.request), time.Minute, func([]byte) error { return nil })
				var death *Death
				if !errors.As(err, &death) || string(death.Began) != c.began {
					t.Errorf("%s: %v, began %q, want %q", c.request, err, death.Began, c.began)
				}
			}
		})
	}
}

// framesOf reports whether a child that dies of a request told by a frame what it worked on.
func framesOf(t *testing.T, request string) bool {
	t.Helper()
	child, err := start()
	if err != nil {
		t.Fatal(err)
	}
	_, began, _ := child.ask(Options{MaxAnswer: 1 << 20}, time.Minute, []byte(request), &answer{})
	_ = child.end()
	return began != nil
}
