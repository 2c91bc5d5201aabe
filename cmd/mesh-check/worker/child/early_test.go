package child

import (
	"os"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	if Is(os.Args[1:]) {
		os.Exit(0) // the child of TestEarly
	}
	os.Exit(m.Run())
}

// TestAsks holds that a child is started early for those who ask one.
func TestAsks(t *testing.T) {
	for args, want := range map[string]bool{
		"": true, Argument: false, "chart": true, "--quiet -o text chart": true, "check chart": true, "blame chart a.yaml:3": true,
		"checks": false, "chart --help": false, "--version": false, "-test.v -test.run x": false,
	} {
		if Asks(strings.Fields(args)) != want {
			t.Errorf("%q: want %t", args, want)
		}
	}
}

// TestEarly holds that a child is started for those who ask, and none for others.
func TestEarly(t *testing.T) {
	if c := <-startEarly([]string{"version"}); c != nil {
		t.Error("a child is started for nobody")
	}
	c := <-startEarly([]string{"chart"})
	if c == nil {
		t.Fatal("no child was started")
	}
	c.Kill()
	if code := c.Wait(); code != -1 && code != 0 {
		t.Errorf("the child exits with %d", code)
	}
	c.Close()
}
