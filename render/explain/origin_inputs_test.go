package explain

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/render/source"
)

// TestSubjects asks for the origin of what functions make of a text, with a value as the
// text and constants as everything else: the value is told first. Then the other way
// round: the constant is what the text comes from, whatever pattern a value gives.
func TestSubjects(t *testing.T) {
	for _, c := range []struct{ pipeline, swapped string }{
		{`printf "x-%s" V`, ``},
		{`printf "x-%s-%s" V "y"`, ``},
		{`printf "x-%05d" (int W)`, ``},
		{`printf "%s: %q" V "y"`, ``},
		{`regexReplaceAll "e" V "o"`, `regexReplaceAll V "text" "o"`},
		{`mustRegexReplaceAll "e" V "o"`, ``},
		{`regexReplaceAllLiteral "e" V "o"`, ``},
		{`regexReplaceAllLiteral "^" V "o"`, `regexReplaceAllLiteral "t" "text" V`},
		{`regexFind "[a-z]+" V`, `regexFind "t.*" "text"`},
		{`V | replace "w" "x"`, `"text" | replace "t" V`},
		{`V | trunc 2`, ``},
		{`V | trunc -2`, ``},
		{`V | abbrev 5`, ``},
		{`V | abbrevboth 5 8`, ``},
		{`V | substr 0 2`, ``},
		{`V | trimAll "w"`, ``},
		{`V | trimSuffix "b"`, ``},
		{`V | trimPrefix "w"`, ``},
		{`V | wrap 5`, ``},
		{`V | wrapWith 5 "-"`, ``},
		{`V | repeat 2`, ``},
		{`V | indent 2`, ``},
		{`V | nindent 2`, ``},
		{`list V "y" | join "-"`, ``},
		{`V | snakecase`, ``},
		{`V | camelcase`, ``},
		{`V | kebabcase`, ``},
		{`V | initials`, ``},
		{`V | title`, ``},
		{`V | b64enc`, ``},
		{`V | b64enc | trunc 3`, ``},
		{`V | sha256sum | printf "x-%s"`, ``},
		{`add 1 W`, ``},
		{`add 1 W | printf "x-%d"`, ``},
		{`mul 2 W | add 3`, ``},
		{`round W 2`, ``},
		{`cat V "y"`, ``},
		{`htmlDateInZone (W | int64) "UTC"`, ``},
		{`date "2006" (W | int64)`, ``},
		{`dateInZone "2006" (W | int64) "UTC"`, ``},
	} {
		values := strings.NewReplacer("wrapWith", "wrapWith", "V", ".Values.text", "W", ".Values.number")
		if got := originsOf(t, values.Replace(c.pipeline)); len(got) == 0 || got[0].Role != source.Value {
			t.Errorf("%s: the value is not the first of %v", c.pipeline, got)
		}
		if c.swapped == "" {
			continue
		}
		if got := originsOf(t, values.Replace(c.swapped)); len(got) == 0 || got[0].Role != source.LiteralStep || !strings.Contains(got[0].Span.Text(), "ex") {
			t.Errorf("%s: the text is not the first of %v", c.swapped, got)
		}
	}
}

// originsOf is the trace of what a pipeline prints, without calls.
func originsOf(t *testing.T, pipeline string) (steps []source.Step) {
	t.Helper()
	m := renderOne(t, map[string]string{
		"Chart.yaml": webChart(""), "values.yaml": "text: wide web-\nnumber: 86400\n",
		"templates/x.yaml": "a: |\n{{ " + pipeline + " }}\n",
	})
	o := m.Origin(len("a: |\n"), len(m.Text)-1)
	if !o.Exact || o.Kind == source.Text {
		t.Fatalf("%s: %s at %v, exact: %v", pipeline, o.Kind, o.Span, o.Exact)
	}
	for _, s := range o.Trace {
		if !s.Call() {
			steps = append(steps, s)
		}
	}
	return steps
}
