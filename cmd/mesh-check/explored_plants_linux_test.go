package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// plant is a fault in a branch: lines that are a finding wherever they are rendered, whatever is around them.
type plant struct {
	branch

	chart  *helmChart
	number int    // of the branch among those of the chart
	kind   string // of what is planted, where
	check  string // that must find it
	// at is where the lines go in, in bytes, and line that of the fault in the changed file.
	at, line int
	text     string
}

// mark is what a plain text search finds again in what Helm renders.
func (p *plant) mark() string { return fmt.Sprintf("# fault %d.", p.number) }

// planted is the file with the fault.
func (p *plant) planted(text string) string { return text[:p.at] + p.text + text[p.at:] }

// marked is the file with a comment in its place.
func (p *plant) marked(text string) string { return text[:p.at] + p.mark() + "\n" + text[p.at:] }

// documents are faults that are documents of their own, by turns.
var documents = []struct{ check, text string }{
	{"MESH104", `apiVersion: v1
kind: Service
metadata: {name: NAME}
spec:
  selector: {app: NAME}
  ports:
    - port: 80
      name: planted #!
`},
	{"MESH201", `apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME, version: v1}}
    spec:
      containers:
        - name: planted
          image: planted
          securityContext:
            runAsUser: 1337 #!
`},
	{"MESH806", `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: NAME}
spec:
  selector: {matchLabels: {app: NAME}}
  mtls:
    mode: STRONG #!
`},
	{"MESH501", `apiVersion: v1
kind: Pod
metadata: {name: NAME, labels: {app: NAME, version: v1}}
spec:
  containers:
    - name: planted
      image: planted
      ports:
        - containerPort: 15001 #!
`},
}

// podKeys are the keys above the metadata and spec of pods, by the kinds that are planted.
var podKeys = map[string]string{"Deployment": "spec.template.", "StatefulSet": "spec.template.", "DaemonSet": "spec.template."}

// indentation is what an action that writes lines says of it.
var indentation = regexp.MustCompile(`^\s*\{\{- .*\bnindent (\d+)\s*-?\}\}\s*$`)

// oldKubernetes are conditions for releases of Kubernetes on which no Istio of today runs.
var oldKubernetes = regexp.MustCompile(`PodSecurityPolicy|semverCompare "<=? ?1\.[12][0-9]`)

// plantIn is a fault for a branch, and nil where none is certain. number is that of the branch among those of the chart.
func plantIn(b branch, text string, number int) *plant {
	if slices.ContainsFunc(b.around, oldKubernetes.MatchString) {
		return nil // by intention, nothing is reported there
	}
	lines := strings.Split(text, "\n")
	for _, at := range b.lines() {
		i := strings.Count(text[:at], "\n")
		if strings.HasPrefix(lines[i], "apiVersion:") && startsDocument(lines, i) {
			d := documents[number%len(documents)]
			return b.plant(number, text, "document", d.check, at, strings.ReplaceAll(d.text, "NAME", fmt.Sprintf("planted-%d", number))+"---\n")
		}
		keys, kind := keysAbove(lines, i)
		if keys == "" {
			continue
		}
		if p := b.within(text, lines, at, i, keys, kind, number); p != nil {
			return p
		}
	}
	return nil
}

// within is a fault in the middle of a document.
func (b branch) within(text string, lines []string, at, i int, keys, kind string, number int) *plant {
	indent := lines[i][:indentOf(lines[i])]
	line := strings.TrimSpace(lines[i])
	item := strings.HasPrefix(line, "- ")
	lacks := func(key string) bool { return !strings.Contains(text, key) }
	pod, isPod := podKeys[kind]
	in := func(more string) bool { return isPod && keys == pod+more }
	metadata := keys == "metadata" || in("metadata")
	annotation := fmt.Sprintf("sidecar.istio.io/planted-%d: \"x\" #!\n", number)
	switch {
	case item && kind == "Service" && keys == "spec.ports":
		return b.plant(number, text, "port of a Service", "MESH104", at, fmt.Sprintf("%s- {name: planted-%d, port: %d} #!\n", indent, number, 10000+number))
	case strings.Contains(keys, "containers.[]") && !lacks("hostNetwork"):
		return nil // on the network of the node, a pod is not in the mesh
	case item && in("spec.containers.[].ports"):
		return b.plant(number, text, "port of a container", "MESH501", at, indent+"- {containerPort: 15001} #!\n")
	case item && in("spec.containers.[].env"):
		return b.plant(number, text, "variable", "MESH506", at, indent+"- name: PLANTED_LISTEN_PORT\n"+indent+"  value: \"15001\" #!\n")
	case item:
		return nil
	case keys == "metadata.annotations" || in("metadata.annotations"):
		return b.plant(number, text, "annotation", "MESH412", at, indent+annotation)
	case metadata && line == "annotations:" && i+1 < len(lines):
		by := indentOf(lines[i+1])
		if m := indentation.FindStringSubmatch(lines[i+1]); m != nil {
			by, _ = strconv.Atoi(m[1])
		} else if strings.HasPrefix(strings.TrimSpace(lines[i+1]), "{{") {
			return nil
		}
		if by <= len(indent) {
			return nil
		}
		return b.plant(number, text, "annotation", "MESH412", at+len(lines[i])+1, strings.Repeat(" ", by)+annotation)
	case in("spec") && lacks("hostNetwork"):
		return b.plant(number, text, "pod", "MESH408", at, indent+"hostNetwork: true #!\n")
	case in("spec.containers.[]") && lacks("ecurityContext"):
		return b.plant(number, text, "container", "MESH201", at, indent+"securityContext: {runAsUser: 1337} #!\n")
	case in("spec.containers.[]") && lacks(" ports:"):
		return b.plant(number, text, "container", "MESH501", at, indent+"ports: [{containerPort: 15001}] #!\n")
	}
	return nil
}

// plant is a fault with lines that have a mark where it is.
func (b branch) plant(number int, text, kind, check string, at int, marked string) *plant {
	p := &plant{branch: b, number: number, kind: kind, check: check, at: at}
	before, _, _ := strings.Cut(marked, " #!")
	p.line = strings.Count(text[:at]+before, "\n") + 1
	p.text = strings.Replace(marked, "#!", p.mark(), 1)
	return p
}

// startsDocument says whether nothing of a document stands above a line.
func startsDocument(lines []string, at int) bool {
	for i := at - 1; i >= 0; i-- {
		text := strings.TrimSpace(lines[i])
		switch {
		case strings.HasPrefix(lines[i], "---"):
			return true
		case text != "" && text[0] != '#' && !strings.HasPrefix(text, "{{") && !strings.HasSuffix(text, "}}"):
			return false
		}
	}
	return true
}
