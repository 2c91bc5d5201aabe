package eval

import (
	"errors"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestBugOfAFunction holds that a bug in one of our own functions is told once, at the
// expression that is evaluated, and that the rest is evaluated.
func TestBugOfAFunction(t *testing.T) {
	root := laidOut(t, map[string]string{"main.tf": "locals {\n  x = upper(\"x\")\n}\n" + pod("{}", "local.x")})
	e, err := newEvaluator(root, Options{})
	if err != nil {
		t.Fatal(err)
	}
	e.meter.Bug = &source.Bug{What: "secret words"}
	e.run()
	c := e.finish()
	bugs := 0
	for _, err := range c.Errors {
		if b := (*source.Bug)(nil); errors.As(err, &b) {
			bugs++
			if !err.At.Valid() || err.At.File.Path != "main.tf" {
				t.Errorf("%v, without its place", err)
			}
		}
	}
	if bugs != 1 {
		t.Errorf("%d bugs in %v", bugs, c.Errors)
	}
	if len(c.Resources) == 0 {
		t.Error("the resource is lost")
	}
}
