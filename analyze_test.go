package meshcheck

import (
	"testing"
	"time"
)

// TestSetDeadline holds that each values set gets its part of the time that is left.
func TestSetDeadline(t *testing.T) {
	now := time.Now()
	a := analyzer{deadline: now.Add(90 * time.Second)}
	for n, want := range map[int]time.Duration{1: 90 * time.Second, 3: 45 * time.Second} {
		if got := a.setDeadline(n).Sub(now); got < want-time.Second || got > want+time.Second {
			t.Errorf("the first of %d sets ends after %s, want %s", n, got, want)
		}
	}
	if none := (&analyzer{}); !none.setDeadline(2).IsZero() {
		t.Error("a deadline where there is none")
	}
}
