package page

import (
	"bytes"
	"strings"
	"testing"
)

const hostile = `</script><script>document.body.id='pwned'</script><img src=x onerror="document.body.id='pwned'">"'&` + "\u2028"

func everywhere(text string) Page {
	return Page{
		Headline: text, Summary: text, Tool: text, Checks: []string{text}, Inputs: []string{text}, Environments: []string{text},
		Levels: []Count{{text, 1}}, Coverage: []Coverage{{text, 20, 40, text}}, Troubles: []Trouble{{text, text, text}},
		Pictures: []Picture{{Title: text, Input: text, Told: text, Level: text, Open: true, Choice: text, Left: text, Graphs: []Graph{{Name: text, Told: text, Environments: []string{text}}, {
			Name: text, Told: text, Environments: []string{text},
			Nodes: []Node{{Lane: 0, Namespace: text, Kind: text, Name: text, Facts: []string{text, text}, Title: []string{text, text}, Level: "error", Finding: 1, Findings: 1}, {Lane: 3, Name: text}},
			Edges: []Edge{{From: 0, To: 1, Title: []string{text, text}, Note: text, Level: text, Finding: 1}},
		}}}},
		Findings: []Finding{{
			ID: 1, Level: "error", Check: text, Message: text, Advice: text, Object: text, Path: text, Place: text, Input: text, Sets: text,
			Reason: text, Environments: []string{text}, Frames: []Frame{{text, text, 1, text, text, text}},
		}},
	}
}

func written(t testing.TB, p Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHostile holds that no text becomes an element or asks for anything, and that equal pages are equal bytes.
func TestHostile(t *testing.T) {
	out := written(t, everywhere(hostile))
	if strings.Count(out, "<script") != 1 || strings.Contains(out, "<img") || strings.Contains(out, "http://") || strings.Contains(out, "https://") {
		t.Error("a text is more than a text")
	}
	if out != written(t, everywhere(hostile)) {
		t.Error("two pages differ")
	}
}
