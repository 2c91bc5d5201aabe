package suite_test

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks/suite"
)

// TestReplacedExist holds that checks replace checks that there are, and never each other.
func TestReplacedExist(t *testing.T) {
	replaces := 0
	for _, c := range suite.Checks {
		for _, id := range c.Replaces {
			other, known := suite.Find(id)
			if !known || other == c {
				t.Errorf("%s replaces %s, which is no other check", c.ID, id)
				continue
			}
			for _, back := range other.Replaces {
				if back == c.ID {
					t.Errorf("%s and %s replace each other", c.ID, id)
				}
			}
			replaces++
		}
	}
	if replaces < 5 {
		t.Errorf("only %d checks are replaced", replaces)
	}
}
