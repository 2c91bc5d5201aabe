package wire

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/lazyregexp"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// Evidence is why a port is taken for one that carries a protocol that is not
// HTTP.
type Evidence struct {
	Protocol *Protocol
	// What is the evidence in a few words: image "mysql".
	What string
	// Field is where it is.
	Field object.Field
	// Image says that the container's image (or the label that says what runs) is
	// the evidence: nothing is surer.
	Image bool
	// Number is the port's number as far as it is one that the protocol has.
	Number int64
}

// EvidenceOf looks for evidence that a Service port ends at a server whose protocol
// is not HTTP. w is the workload behind the Service; nil where the input has none.
func EvidenceOf(port object.ServicePort, w *object.Workload) (Evidence, bool) {
	if port.L4() != "TCP" || saysOtherwise(port.Name.V) || saysOtherwise(port.TargetPort.V) {
		return Evidence{}, false
	}
	numbers := []object.Num{port.Number, port.TargetPort.Num()}
	target := port.Number.V
	var behind *object.Container
	if w != nil {
		if number, at, ok := port.Resolve(w); ok {
			target = number
			if at.Object() == w.Object {
				numbers = append(numbers, at.Num())
			}
		}
		if behind = containerOf(w, port, target); behind != nil && sideTool().MatchString(behind.ImageName()) {
			return Evidence{}, false
		}
	}
	for _, n := range numbers {
		if tlsFirst[n.V] {
			return Evidence{}, false
		}
	}
	if e, ok := evidenceOfImage(w, behind, target); ok {
		return e, true
	}
	if e, ok := evidenceOfNumber(numbers); ok {
		return e, true
	}
	return evidenceOfName(port, numbers)
}

// evidenceOfImage asks what runs behind the port: the image of the container that the
// port ends at, or the labels that name the software of the pods.
func evidenceOfImage(w *object.Workload, behind *object.Container, target int64) (Evidence, bool) {
	if behind == nil {
		return Evidence{}, false
	}
	if name := behind.ImageName(); protocols().bySoftware[name][target] != nil {
		return Evidence{protocols().bySoftware[name][target], "image " + name, behind.Image().Field, true, target}, true
	}
	for _, key := range softwareLabels {
		label := w.PodLabel(key)
		software := label.V
		if key == ChartLabel {
			software = chartVersion().ReplaceAllString(software, "")
		}
		if pr := protocols().bySoftware[software][target]; pr != nil {
			return Evidence{pr, "label " + key + ": " + label.V, label.Field, true, target}, true
		}
	}
	return Evidence{}, false
}

// evidenceOfNumber takes a number at which nobody puts anything else.
func evidenceOfNumber(numbers []object.Num) (Evidence, bool) {
	for _, n := range numbers {
		if pr := protocols().byNumber[n.V]; n.OK && pr != nil {
			return Evidence{pr, "port " + n.Field.Str().V + " is commonly used for " + pr.Name, n.Field, false, n.V}, true
		}
	}
	return Evidence{}, false
}

// evidenceOfName takes a word in the port's names. A protocol in which the client
// speaks first needs its number as well: nothing hangs, whatever the name says.
func evidenceOfName(port object.ServicePort, numbers []object.Num) (Evidence, bool) {
	for _, name := range []object.Str{port.Name, port.TargetPort} {
		for _, word := range nameWords(name.V) {
			speaks := protocols().byWord[strings.TrimRight(word, "0123456789")]
			speaks = append(speaks[:len(speaks):len(speaks)], protocols().byWord[word]...)
			for _, pr := range speaks {
				for _, n := range numbers {
					if n.OK && slices.Contains(pr.ports, n.V) {
						return Evidence{pr, "the name says " + word, name.Field, false, n.V}, true
					}
				}
			}
			for _, pr := range speaks {
				if pr.ServerFirst() {
					return Evidence{pr, "the name says " + word, name.Field, false, 0}, true
				}
			}
		}
	}
	return Evidence{}, false
}

// containerOf returns the container that declares the port at which a Service port
// ends; the only long-running one where none does.
func containerOf(w *object.Workload, port object.ServicePort, target int64) *object.Container {
	var only *object.Container
	running := 0
	for _, c := range w.Containers() {
		if !c.LongRunning() || checks.ProxyContainer(c.Name) {
			continue
		}
		for _, declared := range c.Ports() {
			if declared.Number.V == target && declared.L4() == port.L4() {
				return &c
			}
		}
		running++
		only = &c
	}
	if running != 1 {
		return nil
	}
	return only
}

// saysOtherwise reports whether the name of a port tells that something else than the
// server's own protocol is spoken there: metrics, a web interface, TLS.
func saysOtherwise(name string) bool {
	words := nameWords(name)
	if len(words) > 0 && checks.ParseProtocol(name, nil).Family() == checks.FamilyHTTP {
		words = words[1:] // whether that is true is another question
	}
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(otherWords, w) })
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
}

// ChartLabel is the label by which charts name themselves, with their version. Source: helm.sh, "Labels and Annotations".
const ChartLabel = "helm.sh/chart"

// softwareLabels are the labels whose value names the software of a pod. Source: kubernetes.io "Recommended Labels"; helm.sh
// "Labels and Annotations", and its forms before Helm 3.
var softwareLabels = []string{"app.kubernetes.io/name", "app.kubernetes.io/component", "app", ChartLabel, "chart"}

var chartVersion = lazyregexp.New(`-v?[0-9].*$`)
