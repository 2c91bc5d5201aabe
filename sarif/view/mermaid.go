package view

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/graph"
)

// The bounds of a flowchart. Mermaid draws no more than 500 edges and 50,000 characters unless its host allows it
// (mermaid.js.org, configuration: maxEdges, maxTextSize); GitHub does not.
const (
	maxMermaidEdges = 400
	maxMermaidBytes = 40_000
	maxMermaidLabel = 60
	maxMermaidPorts = 3
)

// writeMermaid writes a flowchart of the graphs: a frame for each input, in it one for each namespace.
func writeMermaid(b *bytes.Buffer, l *sarif.Log, o Options) error {
	b.WriteString("flowchart LR\n")
	m := &mermaid{b: b, faults: faultsOf(l)}
	inputs := graph.ByInput(l.Graphs())
	for i, sets := range inputs {
		title := titleOf(l, sets, pictured(l, inputs) != "", o)
		if n, word := setsIn(sets); n > 1 {
			title += " (" + plural(n, word) + " in one)"
		}
		m.graph(i, graph.Union(sets), title)
	}
	if m.nodes == 0 && m.left == 0 {
		fmt.Fprintf(b, "  none[\"%s\"]\n", mermaidText(noGraph(l)))
	}
	if m.left > 0 {
		fmt.Fprintf(b, "  more[\"%s left out\"]\n", plural(m.left, "more object"))
	}
	b.WriteString("  classDef error stroke:#cf222e,stroke-width:3px\n  classDef warning stroke:#bf8700,stroke-width:3px\n" +
		"  classDef missing stroke-dasharray:4 4\n")
	return nil
}

// noGraph says why a log has no picture.
func noGraph(l *sarif.Log) string {
	if name, _ := l.Tool(); name != "mesh-check" {
		return "No picture of the mesh: only logs of mesh-check have one"
	}
	return "No picture of the mesh: the log has nothing to draw"
}

// mermaid is one run of the view.
type mermaid struct {
	b            *bytes.Buffer
	faults       faults
	nodes, edges int
	left         int
}

// setsIn is how many values sets some graphs are of, those of none in particular among them; or how many environments.
func setsIn(graphs []graph.Graph) (n int, word string) {
	n, word = graphs[0].OtherSets, "environment"
	for _, g := range graphs {
		if len(g.Sets) > 0 || len(g.Environments) == 0 {
			word = "values set"
		}
		n += max(1, len(g.Sets))
	}
	return n, word
}

func (m *mermaid) graph(at int, g graph.Graph, title string) {
	m.left += g.LeftOut
	names := map[string]string{}
	var namespaces []string
	for _, n := range g.Nodes {
		if !slices.Contains(namespaces, n.Object.Namespace) {
			namespaces = append(namespaces, n.Object.Namespace)
		}
	}
	fmt.Fprintf(m.b, "  subgraph g%d[\"%s\"]\n", at, mermaidText(lastOf(title)))
	for j, ns := range namespaces {
		fmt.Fprintf(m.b, "  subgraph g%dn%d[\"%s\"]\n", at, j, mermaidText(orWord(ns, "without a namespace")))
		for _, n := range g.Nodes {
			if n.Object.Namespace != ns {
				continue
			}
			if m.b.Len() > maxMermaidBytes {
				m.left++
				continue
			}
			names[n.ID] = fmt.Sprintf("o%d", m.nodes)
			m.nodes++
			label := mermaidText(n.Object.Kind) + "<br/>" + mermaidText(n.Object.Name)
			for _, fact := range nodeFacts(n, maxMermaidPorts) {
				label += "<br/>" + mermaidText(fact)
			}
			fmt.Fprintf(m.b, "    %s[\"%s\"]\n", names[n.ID], label)
			switch level := m.faults.level(g, n); {
			case level == "error" || level == "warning":
				fmt.Fprintf(m.b, "    class %s %s\n", names[n.ID], level)
			case n.Missing, n.Unknown:
				fmt.Fprintf(m.b, "    class %s missing\n", names[n.ID])
			}
		}
		m.b.WriteString("  end\n")
	}
	m.b.WriteString("  end\n")
	for _, e := range g.Edges {
		from, to := names[e.From], names[e.To]
		if from == "" || to == "" || m.edges == maxMermaidEdges || m.b.Len() > maxMermaidBytes+8000 {
			continue
		}
		m.edges++
		arrow := "-->"
		if e.Unsure {
			arrow = "-.->"
		}
		fmt.Fprintf(m.b, "  %s %s|\"%s\"| %s\n", from, arrow, mermaidText(e.Label), to)
	}
}

// mermaidText is a text that others wrote as a label: what is not a letter, a digit or harmless is written by its number.
func mermaidText(s string) string {
	var b strings.Builder
	for i, r := range []rune(s) {
		switch {
		case i == maxMermaidLabel:
			b.WriteString("…")
			return b.String()
		case r == ' ' || r == '-' || r == '.' || r == '/' || r == ',' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return orWord(b.String(), " ")
}

// lastOf is a title that fits a label: paths end differently.
func lastOf(title string) string {
	if r := []rune(title); len(r) > maxMermaidLabel {
		return "…" + string(r[len(r)-maxMermaidLabel+1:])
	}
	return title
}

func orWord(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// faultKey is an object of an input.
type faultKey struct{ input, kind, namespace, name string }

// faults are the findings that count, by object.
type faults map[faultKey][]*indexedResult

// indexedResult is a finding, and the how manyth of the log it is.
type indexedResult struct {
	sarif.Result
	at           int
	environments []string // of its values sets, in their order; empty for a set of none
}

// pictured is the input that has the pictures of several inputs together, which are one cluster; empty where each has its own.
func pictured(l *sarif.Log, inputs [][]graph.Graph) string {
	if len(inputs) == 1 && inputs[0][0].Together && len(l.Inputs()) > 1 {
		return inputs[0][0].Input
	}
	return ""
}

// titleOf names the pictures of an input, or of all together.
func titleOf(l *sarif.Log, sets []graph.Graph, shared bool, o Options) string {
	if shared {
		return plural(len(l.Inputs()), "input") + " together"
	}
	return o.path(sets[0].Input)
}

func faultsOf(l *sarif.Log) faults {
	all := faults{}
	together := pictured(l, graph.ByInput(l.Graphs()))
	environments := map[string]map[string]string{}
	for _, in := range l.Inputs() {
		environments[in.Path] = in.Environments
	}
	for i, r := range l.Results() {
		if r.Suppressed != "" {
			continue
		}
		one := &indexedResult{Result: r, at: i}
		for _, set := range r.ValuesSets {
			one.environments = append(one.environments, environments[r.Input][set])
		}
		for _, o := range r.Objects {
			key := faultKey{r.Input, o.Kind, o.Namespace, o.Name}
			all[key] = append(all[key], one)
			if together != "" && r.Input != together {
				key.input = together
				all[key] = append(all[key], one)
			}
		}
	}
	return all
}

// in reports whether a finding is one of what a graph shows: it is there with one of its values sets, or in one of its environments.
// What exploring finds belongs to no set.
func (r *indexedResult) in(g graph.Graph) bool {
	switch {
	case len(r.ValuesSets) == 0 || len(r.Settings) > 0:
		return true
	case len(g.Sets) > 0:
		return slices.ContainsFunc(r.ValuesSets, func(set string) bool { return slices.Contains(g.Sets, set) })
	case len(g.Environments) > 0:
		return slices.ContainsFunc(r.environments, func(of string) bool { return of == "" || slices.Contains(g.Environments, of) })
	}
	return true
}

// of are the findings of a node.
func (f faults) of(g graph.Graph, n graph.Node) []*indexedResult {
	all := f[faultKey{g.Input, n.Object.Kind, n.Object.Namespace, n.Object.Name}]
	if i := slices.IndexFunc(all, func(r *indexedResult) bool { return !r.in(g) }); i < 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(r *indexedResult) bool { return !r.in(g) })
}

// level is the worst of a node; empty where it has none.
func (f faults) level(g graph.Graph, n graph.Node) string { return worst(f.of(g, n)) }

func worst(list []*indexedResult) string {
	level := ""
	for _, r := range list {
		if s := severity(r.Level); level == "" || weights[s] > weights[level] {
			level = s
		}
	}
	return level
}

// weights order severities.
var weights = map[string]int{"note": 1, "warning": 2, "error": 3}
