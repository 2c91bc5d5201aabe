package source_test

import (
	"errors"
	"runtime/debug"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestCaught holds that a panic of this program is told from one of a library that was
// given odd data, also where it shows in the standard library or was raised again.
func TestCaught(t *testing.T) {
	var nothing func()
	for _, tc := range []struct {
		name string
		do   func()
		ours bool
	}{
		{"a nil function", func() { nothing() }, true},
		{"the standard library on our behalf", func() { _ = strings.Repeat("x", -1) }, true},
		{"raised again", func() {
			defer func() { panic(recover()) }()
			nothing()
		}, true},
		{"a library", func() { _ = yaml.NewEncoder(nil).Encode(oddMarshaler{}) }, true},
		{"a library on its own", func() { yaml.NewEncoder(&strings.Builder{}).SetIndent(-1) }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			defer func() {
				b, ours := source.Caught(recover())
				if ours != tc.ours || b.What == "" || len(b.Stack) == 0 {
					t.Errorf("ours %v, want %v: %q", ours, tc.ours, b.What)
				}
			}()
			defer func() { // as a library catches it
				p := recover()
				b, ours := source.CaughtBy(p, debug.Stack())
				if ours != tc.ours || b.What == "" || len(b.Stack) == 0 {
					t.Errorf("by its stack: ours %v, want %v: %q\n%s", ours, tc.ours, b.What, b.Stack)
				}
				panic(p)
			}()
			tc.do()
			t.Error("no panic")
		})
	}
}

// oddMarshaler is code of ours that a library calls.
type oddMarshaler struct{}

func (oddMarshaler) MarshalYAML() (any, error) { panic("odd") }

// TestBugFault holds that a bug stays the cause of the error of its input.
func TestBugFault(t *testing.T) {
	b := &source.Bug{What: "boom"}
	fault := b.Fault("charts/web")
	if !errors.Is(fault, b) || !strings.HasPrefix(fault.Error(), "charts/web: a bug in mesh-check") || strings.Contains(fault.Error(), "boom") {
		t.Error(fault)
	}
	if b.Error() != "a bug in mesh-check: boom" {
		t.Error(b)
	}
}
