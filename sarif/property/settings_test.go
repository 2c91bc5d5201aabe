package property

import (
	"slices"
	"testing"
)

// TestSettings holds how settings are written in logs.
func TestSettings(t *testing.T) {
	typed := []string{
		"--set a=true", "--set 'a=x y'", `--set-json 'a={"b":"it'\''s"}'`, "--api-versions x/v1", "--kube-version 1.20.0", "--is-upgrade", "odd", "odd text",
	}
	want := []string{"a=true", "a=x y", `--set-json=a={"b":"it's"}`, "--api-versions=x/v1", "--kube-version=1.20.0", "--is-upgrade", "odd", "odd text"}
	if got := Settings(typed); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Settings(nil); len(got) > 0 {
		t.Errorf("%q of none", got)
	}
}

// TestCoverageOfExploring holds that what cannot be is left out.
func TestCoverageOfExploring(t *testing.T) {
	n := func(n int) *int { return &n }
	for _, c := range []struct {
		in   Coverage
		want bool
	}{
		{Coverage{Lines: 4, Reached: 2, Explored: n(4), Renders: 3, Stopped: "why"}, true},
		{Coverage{Lines: 4, Reached: 2, Explored: n(2)}, true},
		{Coverage{Lines: 4, Reached: 2, Explored: n(1), Renders: 3}, false},
		{Coverage{Lines: 4, Reached: 2, Explored: n(5), Renders: 3, Dropped: 1}, false},
		{Coverage{Lines: 4, Reached: 2, Explored: n(3), Renders: -3}, false},
		{Coverage{Lines: 4, Reached: 2, Renders: 3, Stopped: "why"}, false},
	} {
		v := c.in.Valid()
		if v == nil || v.Lines != 4 || v.Reached != 2 || (v.Explored != nil) != c.want || !c.want && (v.Renders != 0 || v.Dropped != 0 || v.Stopped != "") {
			t.Errorf("%+v is %+v", c.in, v)
		}
	}
}
