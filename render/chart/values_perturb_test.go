package chart

import (
	"maps"
	"slices"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestCorpusPlacesAreTheWinners changes one byte where locate says that a value
// was written, in the real charts, and merges again with Helm: the value must
// change. That the bytes there spell the value is not enough: another file may
// hold the same text.
func TestCorpusPlacesAreTheWinners(t *testing.T) {
	const perSet = 4
	tried := 0
	for _, each := range sourcetest.Charts(t) {
		c, err := Load(each.Dir)
		if err != nil {
			t.Fatal(err)
		}
		sets := valuesSets(t, each)
		for i, set := range slices.Sorted(maps.Keys(sets)) {
			if i > 1 && testing.Short() {
				break
			}
			in := mustPrepare(t, c, sets[set])
			var paths []Path
			for p, v := range scalars(in.Values, nil) {
				switch v.(type) {
				case string, float64:
					paths = append(paths, p)
				}
			}
			for k := range perSet {
				if k >= len(paths) {
					break
				}
				p := paths[k*len(paths)/perSet]
				step, ok := in.Locate(p)
				if !ok {
					continue
				}
				changed, ok := changeOne(step.Span)
				if !ok {
					continue
				}
				before, _ := p.lookup(in.Values)
				after, fine := again(t, c, sets[set], step.Span.File, changed).lookup(p)
				if tried++; fine && after == before {
					t.Errorf("%s with %s: a change at %s does not change %s", each.Name, set, step.Span, p)
				}
			}
		}
	}
	t.Logf("%d values changed", tried)
	want := 500
	if testing.Short() {
		want = 300
	}
	if tried < want {
		t.Errorf("only %d values were tried", tried)
	}
}

// merged are the values of a render.
type merged map[string]any

func (m merged) lookup(p Path) (any, bool) { return p.lookup(map[string]any(m)) }

// again loads and merges with one file changed; nothing where Helm refuses it.
func again(t *testing.T, c *Chart, o Options, file *source.File, data []byte) merged {
	t.Helper()
	files := map[string][]byte{}
	for name, f := range c.files {
		if files[name] = f.Data; f == file {
			files[name] = data
		}
	}
	for i, l := range o.Layers {
		if l.File == file {
			o.Layers = slices.Clone(o.Layers)
			o.Layers[i].File = source.NewFile(l.File.Root, l.File.Path, data)
		}
	}
	changed, err := LoadFiles(c.Root, files)
	if err != nil {
		return nil
	}
	in, err := changed.Prepare(o)
	if err != nil {
		return nil
	}
	return in.Values
}

// changeOne is the file with the last letter or digit of a span changed.
func changeOne(span source.Span) ([]byte, bool) {
	for i := span.End - 1; i >= span.Start; i-- {
		b := span.File.Data[i]
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z':
			b ^= 3 // another letter, or one of the few signs beside them
			if b < 'A' || b > 'z' || 'Z' < b && b < 'a' {
				b = 'q'
			}
		case '0' <= b && b <= '8':
			b++
		case b == '9':
			b = '8'
		default:
			continue
		}
		data := slices.Clone(span.File.Data)
		data[i] = b
		return data, true
	}
	return nil, false
}
