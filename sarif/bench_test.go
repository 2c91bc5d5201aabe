package sarif

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
)

// fragment is the log of one input with n findings, as a worker writes it.
func fragment(t testing.TB, input string, n int) []byte {
	t.Helper()
	r := &checks.Report{Inputs: []checks.Input{{Path: input, Kind: "chart", ValuesSets: []string{"default"}, Objects: n, Result: checks.OK}}}
	many(t, r, input, n)
	o := options()
	o.Suite, o.Help = nil, nil
	data, err := Build(r, o).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// many adds n findings of one input, each at a line of its own.
func many(t testing.TB, r *checks.Report, input string, n int) {
	t.Helper()
	one := sample(t).Findings[0]
	f := source.NewFile(input, "templates/all.yaml", bytes.Repeat([]byte("  runAsUser: {{ .Values.uid }}\n"), n))
	for i := range n {
		found := *one
		found.Input, found.Object.Name = input, fmt.Sprint("web-", i)
		found.Severity = []checks.Severity{checks.Note, checks.Warning, checks.Error}[i%3]
		found.Origin.Span = source.Span{File: f, Start: i*30 + 13, End: i*30 + 29}
		r.Findings = append(r.Findings, &found)
	}
}

// BenchmarkFragment is what a run pays for the log of one input: the worker builds and
// encodes it, the run reads and merges it.
func BenchmarkFragment(b *testing.B) {
	for _, n := range []int{0, 1, 10, 100} {
		data := fragment(b, "charts/web", n)
		b.Run(fmt.Sprint("Read/", n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(bytes.NewReader(data)); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprint("ReadMerge/", n), func(b *testing.B) {
			for b.Loop() {
				l, err := Read(bytes.NewReader(data))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Merge([]*Log{l}, MergeOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkMany builds, writes and reads a log of more findings than it holds.
func BenchmarkMany(b *testing.B) {
	r := &checks.Report{}
	many(b, r, "charts/web", 20_000)
	b.Run("Build", func(b *testing.B) {
		for b.Loop() {
			Build(r, options())
		}
	})
	log := Build(r, options())
	b.Run("Write", func(b *testing.B) {
		for b.Loop() {
			if err := log.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Results", func(b *testing.B) {
		for b.Loop() {
			log.cachedResults = nil
			log.Results()
		}
	})
	data := bytesOf(b, log)
	b.Run("Read", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if _, err := Read(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
