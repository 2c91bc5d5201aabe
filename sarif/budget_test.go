package sarif

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/sarif/memory"
)

// TestAffordable holds that a log which would take far more memory than its text is
// refused, however it is spelled, and that the largest log of ours is not.
func TestAffordable(t *testing.T) {
	many := func(head, item string, n int, tail string) []byte {
		return []byte(head + strings.Repeat(item+",", n) + item + tail)
	}
	const run = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},`
	for name, log := range map[string][]byte{
		"results":               many(run+`"results":[`, "{}", 500_000, "]}]}"),
		"results, in blanks":    many(run+"\"results\" : [\n", "{ }", 500_000, "]}]}"),
		"results behind BOM":    append([]byte("\ufeff"), many(run+`"results":[`, "{}", 500_000, "]}]}")...),
		"results, escaped":      many(run+`"r\u0065sults":[`, "{}", 500_000, "]}]}"),
		"results, folded":       many(run+`"reſULTS":[`, "{}", 500_000, "]}]}"),
		"runs":                  many(`{"version":"2.1.0","runs":[`, "{}", 500_000, "]}"),
		"locations of one":      many(run+`"results":[{"locations":[`, "{}", 1_000_000, "]}]}]}"),
		"artifacts":             many(run+`"artifacts":[`, "{}", 1_000_000, "]}]}"),
		"numbers in a bag":      many(run+`"properties":{"x":[`, "0", 4_000_000, "]}}]}"),
		"lists in a bag":        many(run+`"properties":{"x":[`, "[]", 3_000_000, "]}}]}"),
		"members of a bag":      many(run+`"properties":{"x":[`, `{"a":{}}`, 1_000_000, "]}}]}"),
		"open questions":        many(run+`"properties":{"undecided":[`, "{}", 150_000, "]}}]}"),
		"texts in fingerprints": many(run+`"results":[`, `{"fingerprints":{"a":"","b":"","c":""}}`, 200_000, "]}]}"),
	} {
		if _, err := Read(bytes.NewReader(log)); err == nil || !strings.Contains(err.Error(), "MiB of memory") {
			t.Errorf("%s: %d bytes are read: %v", name, len(log), err)
		}
	}
	log := Build(heavy(t), options())
	var b bytes.Buffer
	if err := log.Write(&b); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(&b); err != nil {
		t.Errorf("the largest log of ours: %v", err)
	}
}

// TestAffordableIsTrue holds that what a log takes in memory is not more than was counted.
func TestAffordableIsTrue(t *testing.T) {
	const run = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},`
	for _, part := range []string{
		`"results":[` + items(`{}`) + `]`,
		`"results":[` + items(`{"ruleId":"a","message":{"text":"b"},"locations":[{"physicalLocation":{"region":{"startLine":1}}}],"properties":{"a":{"b":[1,"c"]}}}`) + `]`,
		`"results":[{"locations":[` + items(`{}`) + `]}]`,
		`"properties":{"x":[` + items(`{"a":{}}`) + `]}`,
		`"properties":{"x":[` + items(`0`) + `]}`,
		`"results":[` + items(`{"fingerprints":{"a":"","b":"b"}}`) + `]`,
		`"artifacts":[` + items(`{"hashes":{"a":"b"}}`) + `]`,
	} {
		data := []byte(run + part + "}]}")
		cost := memory.Cost(data)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		log, err := ParseOwn(data)
		if err != nil {
			t.Fatal(err)
		}
		results := log.Results()
		runtime.GC()
		runtime.ReadMemStats(&after)
		took := int(after.HeapAlloc) - int(before.HeapAlloc) + len(data)
		if took > cost*5/4 {
			t.Errorf("%.60s…: %d bytes take %d, counted were %d", part, len(data), took, cost)
		}
		runtime.KeepAlive(log)
		runtime.KeepAlive(results)
		runtime.KeepAlive(data)
	}
}

// items are some thousand times the same item.
func items(item string) string { return fmt.Sprint(strings.Repeat(item+",", 9_999), item) }
