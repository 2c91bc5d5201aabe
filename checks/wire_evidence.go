package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// wireEvidence is why a port is taken for one that carries a protocol that is not
// HTTP.
type wireEvidence struct {
	protocol *wireProtocol
	// what is the evidence in a few words: image "mysql".
	what string
	// field is where it stands.
	field object.Field
	// image says that the container's image (or the label that says what runs) is
	// the evidence: nothing is surer.
	image bool
	// number is the port's number as far as it is one that the protocol has.
	number int64
}

// wireEvidence looks for evidence that a Service port ends at a server whose protocol
// is not HTTP. w is the workload behind the Service; nil where the input has none.
func (p *Pass) wireEvidence(port object.ServicePort, w *object.Workload) (wireEvidence, bool) {
	if port.L4() != "TCP" || saysOtherwise(port.Name.V) || saysOtherwise(port.TargetPort.V) {
		return wireEvidence{}, false
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
			return wireEvidence{}, false
		}
	}
	for _, n := range numbers {
		if tlsFirst[n.V] {
			return wireEvidence{}, false
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
func evidenceOfImage(w *object.Workload, behind *object.Container, target int64) (wireEvidence, bool) {
	if behind == nil {
		return wireEvidence{}, false
	}
	if name := behind.ImageName(); wire().bySoftware[name][target] != nil {
		return wireEvidence{wire().bySoftware[name][target], "image " + name, behind.Image().Field, true, target}, true
	}
	for _, key := range softwareLabels {
		label := w.PodLabel(key)
		software := label.V
		if key == chartLabel {
			software = chartVersion().ReplaceAllString(software, "")
		}
		if pr := wire().bySoftware[software][target]; pr != nil {
			return wireEvidence{pr, "label " + key + ": " + label.V, label.Field, true, target}, true
		}
	}
	return wireEvidence{}, false
}

// evidenceOfNumber takes a number at which nobody puts anything else.
func evidenceOfNumber(numbers []object.Num) (wireEvidence, bool) {
	for _, n := range numbers {
		if pr := wire().byNumber[n.V]; n.OK && pr != nil {
			return wireEvidence{pr, "port " + n.Field.Str().V + " is usual for " + pr.name, n.Field, false, n.V}, true
		}
	}
	return wireEvidence{}, false
}

// evidenceOfName takes a word in the port's names. A protocol in which the client
// speaks first needs its number as well: nothing hangs, whatever the name says.
func evidenceOfName(port object.ServicePort, numbers []object.Num) (wireEvidence, bool) {
	for _, name := range []object.Str{port.Name, port.TargetPort} {
		for _, word := range nameWords(name.V) {
			speaks := wire().byWord[strings.TrimRight(word, "0123456789")]
			speaks = append(speaks[:len(speaks):len(speaks)], wire().byWord[word]...)
			for _, pr := range speaks {
				for _, n := range numbers {
					if n.OK && slices.Contains(pr.ports, n.V) {
						return wireEvidence{pr, "the name says " + word, name.Field, false, n.V}, true
					}
				}
			}
			for _, pr := range speaks {
				if pr.serverFirst() {
					return wireEvidence{pr, "the name says " + word, name.Field, false, 0}, true
				}
			}
		}
	}
	return wireEvidence{}, false
}

// containerOf returns the container that declares the port at which a Service port
// ends; the only long-running one where none does.
func containerOf(w *object.Workload, port object.ServicePort, target int64) *object.Container {
	var only *object.Container
	running := 0
	for _, c := range w.Containers() {
		if !c.LongRunning() || proxyContainer(c.Name) {
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

// saysOtherwise says whether the name of a port tells that something else than the
// server's own protocol is spoken there: metrics, a web interface, TLS.
func saysOtherwise(name string) bool {
	words := nameWords(name)
	if len(words) > 0 && ParseProtocol(name, nil).Family() == FamilyHTTP {
		words = words[1:] // whether that is true is another question
	}
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(otherWords, w) })
}

func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
}

const chartLabel = "helm.sh/chart"

// softwareLabels are the labels whose value names the software of a pod.
var softwareLabels = []string{"app.kubernetes.io/name", "app.kubernetes.io/component", "app", chartLabel, "chart"}

var chartVersion = lazily(`-v?[0-9].*$`)
