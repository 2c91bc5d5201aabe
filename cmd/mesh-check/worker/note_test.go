package worker

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/worker/child"
)

// TestBegan holds that a death tells what the child worked on, by its note and, where the system
// has none, by frames; and never what it worked on for the request before.
func TestBegan(t *testing.T) {
	with := newNote
	if runtime.GOOS == "linux" && with() == nil {
		t.Error("there is no note")
	}
	for name, make := range map[string]func() *child.Note{"note": with, "frames": func() *child.Note { return nil }} {
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
	started, err := start()
	if err != nil {
		t.Fatal(err)
	}
	_, began, _ := started.ask(Options{MaxAnswer: 1 << 20}, time.Minute, []byte(request), &answer{})
	started.end()
	return began != nil
}
