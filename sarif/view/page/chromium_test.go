package page

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

//go:embed testdata/driver.js
var driver string

// shown is the document of a page after its scripts ran in headless Chromium. The driver's script stands behind the page's own,
// whose policy allows it for this page alone. The test is skipped where there is no chromium; MESHCHECK_CHROMIUM names one that must be there.
func shown(t *testing.T, p Page) string {
	t.Helper()
	named := os.Getenv("MESHCHECK_CHROMIUM")
	browser, err := exec.LookPath(cmp.Or(named, "chromium"))
	if err != nil && named != "" {
		t.Fatal(err)
	} else if err != nil {
		t.Skip("there is no chromium; MESHCHECK_CHROMIUM names one")
	}
	own := script
	script += fmt.Sprintf("document.body.dataset.first = %d;\n", len(p.First())) + driver
	defer func() { script = own }()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(written(t, p)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for crashes := 0; ; crashes++ {
		cmd := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+file)
		out, err := cmd.Output()
		if err == nil {
			return string(out)
		}
		if crashes == 2 || cmd.ProcessState == nil || cmd.ProcessState.Exited() || ctx.Err() != nil { // a browser that crashes says nothing about the page
			t.Fatal(err)
		}
	}
}

// many is a page of n findings in two checks, levels, inputs and environments, with a picture whose second node has the last one.
func many(n int) Page {
	p := Page{
		Headline: "many", Checks: []string{"MESH101", "MESH102"}, Inputs: []string{"a", "b"}, Environments: []string{"dev", "prod"},
		Levels: []Count{{"error", n / 2}, {"warning", n - n/2}},
		Pictures: []Picture{{Title: "b", Input: "b", Graphs: []Graph{
			{Name: "default", Nodes: []Node{{Kind: "Service", Name: "s", Lane: 2}}}, {Name: "first", Environments: []string{"dev"}}, {Name: "second", Environments: []string{"qa", "prod"}},
		}}, {Title: "a", Input: "a", Open: true, Graphs: []Graph{{
			Environments: []string{"prod"},
			Nodes:        []Node{{Kind: "Service", Name: "s", Lane: 2}, {Kind: "Pod", Name: "p", Lane: 3, Level: "error", Finding: n, Findings: 1}},
			Edges:        []Edge{{From: 0, To: 1, Title: []string{"selects"}, Level: "error", Finding: n - 1}},
		}}}},
	}
	for i := range n {
		p.Findings = append(p.Findings, Finding{
			ID: i + 1, Level: []string{"error", "warning"}[i%2], Check: p.Checks[i%2], Message: fmt.Sprintf("message %d", i+1), Advice: "Set it.",
			Input: p.Inputs[i/2%2], Place: "templates/a.yaml:1:2", Environments: p.Environments[i%2 : i%2+1],
			Frames: []Frame{{"template", "templates/a.yaml:1:2", 1, "before ", "marked", " after"}, {"value", "values.yaml:3:4", 3, "a: ", "1", ""}},
		})
	}
	return p
}

// TestChromium holds that clicks, filters, search and keys do what they say, where all findings are there from the start, and
// where most come later.
func TestChromium(t *testing.T) {
	defer func(first, size int) { firstRows, chunk = first, size }(firstRows, chunk)
	for _, first := range []int{100, 2} {
		firstRows, chunk = first, 4
		dom := shown(t, many(8))
		told := regexp.MustCompile(`data-driver="([^"]*)"`).FindStringSubmatch(dom)
		if told == nil || told[1] != "ok" {
			t.Errorf("with %d findings first, the driver says %q", first, told)
		}
		if strings.Contains(dom, `id="later"`) {
			t.Error("all findings are there and said to come")
		}
	}
}

// TestWithoutScript holds that a browser without scripts shows all findings and each picture: the texts that the script makes
// elements of are elements by themselves.
func TestWithoutScript(t *testing.T) {
	p := many(300)
	out := written(t, p)
	if got := strings.Count(out, "<article "); got != 300 || strings.Count(out, "<noscript>") != strings.Count(out, "</noscript>") {
		t.Errorf("%d findings, %d texts, %d ends of them", got, strings.Count(out, "<noscript>"), strings.Count(out, "</noscript>"))
	}
	if got := strings.Count(out, "<svg width"); got != 4 {
		t.Errorf("%d pictures", got)
	}
	last := 0
	for _, f := range regexp.MustCompile(`<article id="f(\d+)"`).FindAllStringSubmatch(out, -1) {
		if n, _ := strconv.Atoi(f[1]); n != last+1 {
			t.Fatalf("f%d is behind f%d", n, last)
		}
		last++
	}
}

// TestChromiumHostile holds that no text of a page runs or becomes an element, whatever is clicked.
func TestChromiumHostile(t *testing.T) {
	dom := shown(t, everywhere(hostile))
	if !strings.Contains(dom, "of 1</output>") || strings.Contains(dom, `id="pwned"`) || strings.Contains(dom, "<img") {
		t.Error("the page does not run as it should")
	}
}

// TestChromiumLoads holds that a page of 5,000 findings opens soon whether 6,000 boxes are in 20 pictures of one input, or in one picture each of
// 20 inputs: in under a second where nothing else runs, which no test can know, so that it only fails beyond five. What is not seen
// at once is not there at once.
func TestChromiumLoads(t *testing.T) {
	sets, inputs := many(5000), many(5000)
	for range 20 {
		g := Graph{}
		for i := range 300 {
			g.Nodes = append(g.Nodes, Node{Lane: 2 + i/150, Namespace: fmt.Sprint("ns", i%10), Kind: "Service", Name: fmt.Sprint("a-service-", i), Facts: []string{"http:80 HTTP"}, Title: []string{"a", "b"}})
			g.Edges = append(g.Edges, Edge{From: i % 150, To: 150 + i*7%150, Title: []string{"selects"}}, Edge{From: i % 150, To: 150 + i%150})
		}
		sets.Pictures[1].Graphs = append(sets.Pictures[1].Graphs, g)
		inputs.Pictures = append(inputs.Pictures, Picture{Title: "one of many", Graphs: []Graph{g}})
	}
	for name, p := range map[string]Page{"values sets": sets, "inputs": inputs} {
		dom := shown(t, p)
		told, there := regexp.MustCompile(`data-ms="(\d+)"`).FindStringSubmatch(dom), regexp.MustCompile(`data-there="([^"]*)"`).FindStringSubmatch(dom)
		if told == nil || there == nil {
			t.Fatal("the page does not say how long it took")
		}
		ms, _ := strconv.Atoi(told[1])
		t.Logf("%s: the page is there after %d ms", name, ms)
		if ms > 5000 {
			t.Errorf("%s: it takes %d ms", name, ms)
		}
		if there[1] != "100 of 5000, 2 boxes" {
			t.Errorf("%s: there are %s", name, there[1])
		}
	}
}
