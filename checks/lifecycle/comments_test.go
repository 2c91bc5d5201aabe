package lifecycle

import (
	"strings"
	"testing"
	"time"
)

// TestQuitsInTime holds that a text that was made for it takes no time.
func TestQuitsInTime(t *testing.T) {
	start := time.Now()
	for _, text := range []string{
		strings.Repeat("# quitquitquit ", 1<<16), strings.Repeat("x # quitquitquit\n", 1<<12), strings.Repeat("((# ", 1<<14) + "quitquitquit",
	} {
		quits(text)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}
