//go:build (amd64 || arm64) && !race

package ahead

import (
	"bytes"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"testing"
)

// TestHeap holds that Go's runtime still does what mapAhead relies on: the system tells of
// all that the heap has from the start that huge pages are advised.
func TestHeap(t *testing.T) {
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	if !bytes.Contains(maps, []byte("AnonHugePages:")) || os.Getenv("GOGC")+os.Getenv("GOMEMLIMIT") != "" {
		t.Skip("the system has no huge pages, or the environment says how memory is collected")
	}
	mapping := regexp.MustCompile(`(?s)\nSize: +(\d+) kB\n.*?\nVmFlags: ([^\n]*)`)
	advised := 0
	for _, m := range mapping.FindAllSubmatch(maps, -1) {
		if bytes.Contains(append(m[2], ' '), []byte(" hg ")) && bytes.Contains(m[2], []byte("wr ")) {
			kib, _ := strconv.Atoi(string(m[1]))
			advised += kib << 10
		}
	}
	if end := reflect.ValueOf(skipped).Pointer() + uintptr(len(skipped)); end%hugePage != 0 {
		t.Errorf("the heap that is free begins %d KiB behind the last huge page", end%hugePage>>10)
	}
	if advised < Bytes {
		t.Errorf("huge pages are advised for %d MiB of the heap, want %d at least", advised>>20, Bytes>>20)
	}
}
