package checks

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// evidence is why a port is taken for one where the server sends the first bytes.
type evidence struct {
	// what is the evidence in a few words: image "mysql".
	what string
	// field is where it stands.
	field object.Field
	// image says that the container's image (or the label that says what runs) is
	// the evidence: nothing is surer.
	image bool
	// number is the port's number as far as it is one of serverFirstPorts.
	number int64
}

// serverFirst looks for evidence that a Service port ends at a server that speaks
// first. w is the workload behind the Service; nil where the input has none.
func (p *Pass) serverFirst(port object.ServicePort, w *object.Workload) (evidence, bool) {
	if port.L4() != "TCP" || saysOtherwise(port.Name.V) || saysOtherwise(port.TargetPort.V) {
		return evidence{}, false
	}
	numbers := []object.Num{port.Number, port.TargetPort.Num()}
	var behind *object.Container
	if w != nil {
		target, at, ok := port.Resolve(w)
		if !ok {
			target = port.Number.V
		} else if at.Object() == w.Object {
			numbers = append(numbers, at.Num())
		}
		if behind = containerOf(w, port, target); behind != nil && sideTool().MatchString(behind.ImageName()) {
			return evidence{}, false
		}
	}
	for _, n := range numbers {
		if tlsFirst[n.V] {
			return evidence{}, false
		}
	}
	var number object.Num
	for _, n := range numbers {
		if _, known := serverFirstPorts[n.V]; n.OK && known {
			number = n
			break
		}
	}
	if image, ok := imageEvidence(w, behind, numbers); ok {
		image.number = number.V
		return image, true
	}
	if known := serverFirstPorts[number.V]; number.OK && known.alone {
		return evidence{what: "port " + number.Field.Str().V + " is usual for " + known.protocol, field: number.Field, number: number.V}, true
	}
	for _, name := range []object.Str{port.Name, port.TargetPort} {
		if word := serverFirstWord(name.V); word != "" {
			return evidence{what: "the name says " + word, field: name.Field, number: number.V}, true
		}
	}
	return evidence{}, false
}

// serverFirstCase is a Service port with evidence, and the workload behind it (nil
// where the input has none).
type serverFirstCase struct {
	evidence
	port object.ServicePort
	w    *object.Workload
}

// serverFirstCases returns the Service ports of the input at which servers speak
// first, one for each port and workload.
func (p *Pass) serverFirstCases() []serverFirstCase {
	var cases []serverFirstCase
	for _, svc := range p.MeshServices() {
		if !p.Sure(svc.External().Not()) {
			continue
		}
		behind := p.WorkloadsOf(svc)
		workloads := behind.Sure
		if len(workloads) == 0 {
			workloads = []*object.Workload{nil}
		}
		for _, port := range svc.Ports() {
			for _, w := range workloads {
				if e, ok := p.serverFirst(port, w); ok {
					cases = append(cases, serverFirstCase{e, port, w})
				}
			}
			for _, maybe := range behind.Maybe {
				if _, ok := p.serverFirst(port, maybe.Of); ok {
					p.Open(maybe.Because)
				}
			}
		}
	}
	return cases
}

// containerPort is the port of the pods at which the Service port ends.
func (c serverFirstCase) containerPort() int64 {
	if c.w != nil {
		if n, _, ok := c.port.Resolve(c.w); ok {
			return n
		}
	}
	return c.port.Number.V
}

// imageEvidence asks what runs behind the port: the image of the container that the
// port ends at, or the labels that name the software of the pods.
func imageEvidence(w *object.Workload, behind *object.Container, numbers []object.Num) (evidence, bool) {
	if behind == nil {
		return evidence{}, false
	}
	speaks := func(software string) bool {
		return slices.ContainsFunc(numbers, func(n object.Num) bool {
			return n.OK && slices.Contains(serverFirstSoftware[software], n.V)
		})
	}
	if name := behind.ImageName(); speaks(name) {
		return evidence{what: "image " + name, field: behind.Image().Field, image: true}, true
	}
	for _, key := range softwareLabels {
		label := w.PodLabel(key)
		software := label.V
		if key == chartLabel {
			software = chartVersion().ReplaceAllString(software, "")
		}
		if speaks(software) {
			return evidence{what: "label " + key + ": " + label.V, field: label.Field, image: true}, true
		}
	}
	return evidence{}, false
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

// serverFirstWord returns the word in a port's name that stands for a protocol or a
// server of which the server speaks first; smtps and imaps speak TLS, and so the
// client speaks first.
func serverFirstWord(name string) string {
	for _, word := range nameWords(name) {
		if slices.Contains(serverFirstWords, strings.TrimRight(word, "0123456789")) {
			return word
		}
	}
	return ""
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
