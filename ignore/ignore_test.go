package ignore

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/mesh-check/mesh-check/checks/suite"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestBudget holds that an input has no more ignore comments than it may, however many
// stand in its files, and that it is told from which on they do not hold.
func TestBudget(t *testing.T) {
	for _, test := range []struct{ name, line string }{
		{"values.yaml", "# mesh-check:ignore MESH201 -- x\n"},
		{"templates/web.yaml", "{{/* mesh-check:ignore MESH201 -- x */}}"},
		{"main.tf", "# mesh-check:ignore MESH201 -- x\n"},
		{"plain.yaml", "#\n"},
	} {
		text := strings.Repeat(test.line, 100_000) + "a: 1 # mesh-check:ignore MESH201 -- y\n"
		c := Read([]*source.File{source.NewFile("", test.name, []byte(text))}, "2026-11-28")
		all := c.All()
		if test.name == "plain.yaml" {
			if len(all) != 1 || all[0].line != 100_001 {
				t.Errorf("%s has %d comments", test.name, len(all))
			}
			continue
		}
		if len(all) != maxComments+1 {
			t.Fatalf("%s has %d comments, want %d", test.name, len(all), maxComments+1)
		}
		if last := all[maxComments]; !strings.Contains(last.Fault, "1,000") || last.holds {
			t.Errorf("%s: the last one is told %q", test.name, last.Fault)
		}
	}
}

// TestFor holds what a comment ignores: its checks alone, on its line alone, until its day
// has passed.
func TestFor(t *testing.T) {
	f := source.NewFile("", "x.yaml", []byte("# mesh-check:ignore-file MESH104 -- file\na: 1 # mesh-check:ignore MESH201 until=2026-11-28 -- line\nb: 2\n"))
	at := func(line int) source.Origin {
		start := f.Offset(source.Position{Line: line, Column: 1})
		return source.Origin{Span: source.Span{File: f, Start: start, End: start + 1}}
	}
	behind := source.Origin{Span: source.Span{File: source.NewFile("", "y.yaml", []byte("y")), End: 1}, Trace: []source.Step{{Role: source.Value, Span: at(2).Span}}}
	for _, test := range []struct {
		check, day, want string
		at               source.Origin
	}{
		{"MESH201", "2026-11-28", "line", at(2)},
		{"MESH201", "2026-11-28", "line", behind},
		{"MESH201", "2026-11-29", "", at(2)},
		{"MESH201", "2026-11-28", "", at(3)},
		{"MESH302", "2026-11-28", "", at(2)},
		{"MESH104", "2026-11-28", "file", at(3)},
	} {
		check, ok := suite.Find(test.check)
		if !ok {
			t.Fatalf("there is no check %s", test.check)
		}
		got := ""
		if c := Read([]*source.File{f}, test.day).For(check, test.at); c != nil {
			got = c.Reason
		}
		if got != test.want {
			t.Errorf("%s on %s at %s is ignored by %q, want %q", test.check, test.day, test.at.Span, got, test.want)
		}
	}
}

// TestNames holds that a comment names a check as flags and the configuration do: by its id in any
// case or by its name; that what it names besides is told, and that it holds for the others.
func TestNames(t *testing.T) {
	uid, _ := suite.Find("MESH201")
	for _, test := range []struct {
		names, fault string
		ignores      bool
	}{
		{"MESH201", "", true},
		{"mesh201", "", true},
		{"application-uid-1337", "", true},
		{"MESH104, application-uid-1337", "", true},
		{"named-ports", `this ignore comment names "named-ports", which is not a check; mesh-check checks lists all`, false},
		{"MESH000,application-uid-1337", `this ignore comment names "MESH000", which is not a check; mesh-check checks lists all`, true},
		{"Application-UID-1337", `this ignore comment names "Application-UID-1337" (write MESH201), which is not a check; mesh-check checks lists all`, false},
		{"MESH201 MESH104", `this ignore comment names "MESH201 MESH104", which is not a check; mesh-check checks lists all`, false},
		{"a,b,c,d", `this ignore comment names "a", "b", "c", …, which are not checks; mesh-check checks lists all`, false},
	} {
		f := source.NewFile("", "x.yaml", []byte("a: 1 # mesh-check:ignore "+test.names+" -- why\n"))
		c := Read([]*source.File{f}, "2026-11-28")
		if got := c.All()[0].Fault; got != test.fault {
			t.Errorf("%s: told\n%s\nwant\n%s", test.names, got, test.fault)
		}
		if got := c.For(uid, source.Origin{Span: source.Span{File: f, End: 1}}) != nil; got != test.ignores {
			t.Errorf("%s: ignores %v, want %v", test.names, got, test.ignores)
		}
	}
}

// TestBlanked holds that what is found is comment and nothing else: YAML means the same
// without the words in it.
func TestBlanked(t *testing.T) {
	seeds := sourcetest.Seeds(t, "data/charts", 64<<10, 200, sourcetest.Ending("values.yaml"))
	if data, err := os.ReadFile("testdata/find/values.yaml"); err == nil {
		seeds = append(seeds, string(data))
	}
	for _, text := range seeds {
		blanked := []byte(text)
		for _, c := range yamlComments(blanked) {
			for i := c.start + 1; i < c.end; i++ { // without its sign the line would be one of a block scalar
				blanked[i] = ' '
			}
		}
		var before, after any
		if yaml.Unmarshal([]byte(text), &before) != nil {
			continue
		}
		if err := yaml.Unmarshal(blanked, &after); err != nil {
			t.Errorf("with blanks it is broken: %v\n%s", err, text)
		} else if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("with blanks it means something else:\n%s", diff)
		}
	}
}
