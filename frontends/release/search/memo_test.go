package search

import (
	"testing"
	"time"

	"github.com/mesh-check/mesh-check/frontends/helm"
)

// TestMemo holds that a search is remembered, but not one that ran out of time.
func TestMemo(t *testing.T) {
	root := t.TempDir()
	var m Memo
	late, err := m.Find(Options{Root: root, Helm: helm.Options{Deadline: time.Now().Add(-time.Second)}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := m.Find(Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	again, err := m.Find(Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	if first == late || first != again {
		t.Errorf("late %p, first %p, again %p", late, first, again)
	}
}
