package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// faults are what a run did that it must not, or the other way round.
type faults []string

func (f *faults) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// report fails the test by each fault.
func (f faults) report(t *testing.T) {
	t.Helper()
	for _, fault := range f {
		t.Error(fault)
	}
}

// pendingFile lists what of the shared data does not hold yet.
const pendingFile = "testdata/cases/pending.json"

// pending says what may fail for now, and why: classes of cases, names of bad inputs.
// What is in it and holds fails the test, so that the list gets shorter.
type pending struct {
	Cases    map[string]string
	BadInput map[string]string
}

func readPending(t *testing.T) (p pending) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", pendingFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatalf("%s: %v", pendingFile, err)
	}
	for _, list := range []map[string]string{p.Cases, p.BadInput} {
		for name, reason := range list {
			if reason == "" {
				t.Errorf("%s: %s has no reason", pendingFile, name)
			}
		}
	}
	return p
}
