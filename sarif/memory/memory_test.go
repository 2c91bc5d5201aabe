package memory

import (
	"encoding/json"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

const run = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},`

// in is a run with a list of so many equal items.
func in(list, item string, n int) []byte {
	return []byte(run + `"` + list + `":[` + strings.Repeat(item+",", n) + item + `]}]}`)
}

// TestCost holds that the cost is what go-sarif's structs take, and not less where somebody tries to hide it.
func TestCost(t *testing.T) {
	plain := Cost(in("results", `{"ruleId":"a"}`, 1000))
	for name, log := range map[string][]byte{
		"blanks":        in("results", "{ \"ruleId\" :\n\t\"a\" }", 1000),
		"escaped names": in(`r\u0065sults`, `{"rule\u0049d":"a"}`, 1000),
		"folded names":  in("RESULTS", `{"RuleID":"a"}`, 1000),
		"null members":  in("results", `{"ruleId":"a","locations":null}`, 1000),
	} {
		if got := Cost(log); got < plain {
			t.Errorf("%s: %d, and %d when it is plain", name, got, plain)
		}
	}
	for _, c := range []struct {
		name        string
		more, fewer []byte
	}{
		{"what is skipped", in("results", `{"ruleId":"a"}`, 1000), in("nothing", `{"ruleId":"a"}`, 1000)},
		{"properties of a run, which are read once more", []byte(run + `"properties":{"undecided":[{},{},{}]}}]}`), []byte(run + `"x":{"undecided":[{},{},{}]}}]}`)},
		{"nodes of graphs", in("graphs", `{"nodes":[{"id":"a","properties":{"lane":"service","ports":[{"name":"a"}]}}]}`, 100), in("graphs", `{"nodes":[{"id":"a"}]}`, 100)},
		{"maps", in("results", `{"fingerprints":{"a":"b"}}`, 100), in("results", `{"fingerprints":{}}`, 100)},
	} {
		if a, b := Cost(c.more)-len(c.more), Cost(c.fewer)-len(c.fewer); a <= b {
			t.Errorf("%s: %d, not more than %d", c.name, a, b)
		}
	}
}

// TestCostIsTrue holds that a decoded log takes no more than was counted.
func TestCostIsTrue(t *testing.T) {
	for name, log := range map[string][]byte{
		"nodes":     in("graphs", `{"nodes":[{"id":"a","label":{"text":"b"},"properties":{"lane":"service","object":{"kind":"Pod","name":"a"},"ports":[{"name":"a","protocol":"b"}]}}]}`, 5000),
		"edges":     in("graphs", `{"edges":[{"id":"a","label":{"text":"b"},"sourceNodeId":"c","targetNodeId":"d","properties":{"path":"e","unsure":true}}]}`, 5000),
		"texts":     in("results", `{"message":{"text":"`+strings.Repeat("x", 1000)+`"}}`, 1000),
		"empty":     in("results", `{}`, 20_000),
		"artifacts": in("artifacts", `{"location":{"uri":"a"},"hashes":{"sha-256":"b"}}`, 5000),
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		report := &sarif.Report{}
		if err := json.Unmarshal(log, report); err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if took, cost := int(after.HeapAlloc)-int(before.HeapAlloc), Cost(log); took > cost {
			t.Errorf("%s: %d bytes take %d, counted were %d", name, len(log), took, cost)
		}
		runtime.KeepAlive(report)
		runtime.KeepAlive(log)
	}
}

// TestAffordable holds which logs are refused, that texts that are no JSON are not our affair, and that counting ends soon.
func TestAffordable(t *testing.T) {
	for name, c := range map[string]struct {
		log     []byte
		refused bool
	}{
		"nothing":          {nil, false},
		"a text":           {[]byte("not JSON"), false},
		"a text, cut":      {in("results", "{}", 500_000)[:1_000_000], false},
		"a number":         {[]byte("1"), false},
		"a list":           {[]byte("[{},{}]"), false},
		"null":             {[]byte(" null "), false},
		"an ordinary log":  {in("results", `{"ruleId":"a"}`, 1000), false},
		"many results":     {in("results", "{}", 500_000), true},
		"many graphs":      {in("graphs", `{"nodes":[{},{},{},{}]}`, 200_000), true},
		"many skipped":     {in("nothing", "{}", 2_000_000), false},
		"deep, but plain":  {[]byte(run + `"properties":{"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "}}]}"), false},
		"a wrong shape":    {[]byte(run + `"results":{"a":[1,2,3]},"graphs":"x"}]}`), false},
		"names of no list": {[]byte(`{"runs":{"results":[{}]}}`), false},
	} {
		began := time.Now()
		err := Affordable(c.log)
		if (err != nil) != c.refused {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && !strings.Contains(err.Error(), "MiB of memory") {
			t.Errorf("%s: %v does not say what to do", name, err)
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: it took %s", name, took)
		}
	}
}

// FuzzCost holds that counting ends, and counts the text itself, for every text that is JSON.
func FuzzCost(f *testing.F) {
	for _, seed := range []string{"{}", `{"runs":[{"results":[{"properties":{"a":[1,"b",{"c":null}]}}]}]}`, `{"\u0072uns":[[]]}`, `"\""`, "[1,2]", ` {"a" : -1.5e3 } `} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if json.Valid([]byte(text)) && Cost([]byte(text)) < len(text) {
			t.Errorf("it costs less than its %d bytes", len(text))
		}
	})
}
