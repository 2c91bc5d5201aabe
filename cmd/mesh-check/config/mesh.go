package config

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode"

	"github.com/mesh-check/mesh-check/checks"
)

// form is how a switch is written.
type form int

const (
	word   form = iota // one word
	truth              // true or false
	list               // a list of words
	labels             // labels of namespaces: a mapping of mappings
)

// Switch is one switch of the mesh: a key of mesh: in the file, and a flag.
type Switch struct {
	// Key is its name in the file, Flag that of the flag; they differ where a flag is
	// given once for each word.
	Key, Flag string

	form form
	set  func(m *checks.Mesh, value string) error

	// Words are those that it may be; nil, if there is no such list. The empty one says
	// nothing.
	Words []string
}

// Switches are all switches of the mesh, in the order of the help text.
var Switches = []Switch{
	{Key: "istio-version", Flag: "istio-version", form: word, set: setIstio},
	{"data-plane", "data-plane", word, func(m *checks.Mesh, v string) error {
		m.DataPlane = checks.Mode(v)
		return nil
	}, []string{"", string(checks.Sidecar), string(checks.Ambient)}},
	{Key: "cni", Flag: "cni", form: truth, set: setTruth(func(m *checks.Mesh) *bool { return &m.CNI })},
	{"native-sidecars", "native-sidecars", word, setWord(func(m *checks.Mesh) *string { return &m.NativeSidecars }), []string{"auto", "on", "off"}},
	{Key: "istio-namespace", Flag: "istio-namespace", form: word, set: func(m *checks.Mesh, v string) error {
		if v != "" && !isLabel(v, "-") {
			return fmt.Errorf("must be the name of a namespace")
		}
		m.IstioNamespace = v
		return nil
	}},
	{"mtls-mode", "mtls-mode", word, setWord(func(m *checks.Mesh) *string { return &m.MTLSMode }), []string{"", "STRICT", "PERMISSIVE", "DISABLE"}},
	{"outbound-traffic-policy", "outbound-traffic-policy", word,
		setWord(func(m *checks.Mesh) *string { return &m.OutboundTrafficPolicy }), []string{"", "ALLOW_ANY", "REGISTRY_ONLY"}},
	{Key: "psp-enforced", Flag: "psp-enforced", form: truth, set: setTruth(func(m *checks.Mesh) *bool { return &m.PSPEnforced })},
	{Key: "ingress-in-mesh", Flag: "ingress-in-mesh", form: truth, set: setTruth(func(m *checks.Mesh) *bool { return &m.IngressInMesh })},
	{"platform", "platform", word, setWord(func(m *checks.Mesh) *string { return &m.Platform }), []string{"", "openshift"}},
	{Key: "known-hosts", Flag: "known-host", form: list, set: setList(func(m *checks.Mesh) *[]string { return &m.KnownHosts }, "a host")},
	{Key: "known-gateways", Flag: "known-gateway", form: list, set: setList(func(m *checks.Mesh) *[]string { return &m.KnownGateways }, "namespace/name")},
	{Key: "namespace-labels", Flag: "namespace-labels", form: labels, set: setLabels},
}

// Setting is a value for one switch.
type Setting struct {
	Switch Switch
	values []string
}

// Set checks the values of a switch, each as one writes it behind the flag; only those
// of lists and labels may be several. The error says what a value must be.
func (s Switch) Set(values ...string) (Setting, error) {
	for _, v := range values {
		if err := s.put(&checks.Mesh{}, v); err != nil {
			return Setting{}, err
		}
	}
	return Setting{s, values}, nil
}

// Apply sets the switch of a mesh. What an earlier setting of the same switch said is
// gone: a list is not added to.
func (s Setting) Apply(m *checks.Mesh) {
	switch s.Switch.Key {
	case "known-hosts":
		m.KnownHosts = nil
	case "known-gateways":
		m.KnownGateways = nil
	case "namespace-labels":
		m.NamespaceLabels = nil
	}
	for _, v := range s.values {
		_ = s.Switch.put(m, v) // Set has checked it
	}
}

// Mesh is the mesh of some settings, the later of which win.
func Mesh(settings ...Setting) *checks.Mesh {
	m := &checks.Mesh{NativeSidecars: "auto", IstioNamespace: "istio-system"}
	for _, s := range settings {
		s.Apply(m)
	}
	return m
}

// put sets the switch of a mesh to one value, if it may be that.
func (s Switch) put(m *checks.Mesh, value string) (err error) {
	if s.Words != nil {
		if value, err = OneOf(value, s.Words...); err != nil {
			return err
		}
	}
	return s.set(m, value)
}

func setWord(field func(*checks.Mesh) *string) func(*checks.Mesh, string) error {
	return func(m *checks.Mesh, value string) error {
		*field(m) = value
		return nil
	}
}

func setList(field func(*checks.Mesh) *[]string, what string) func(*checks.Mesh, string) error {
	return func(m *checks.Mesh, value string) error {
		if value == "" || strings.ContainsFunc(value, unicode.IsSpace) {
			return fmt.Errorf("must be %s", what)
		}
		*field(m) = append(*field(m), value)
		return nil
	}
}

func setTruth(field func(*checks.Mesh) *bool) func(*checks.Mesh, string) error {
	return func(m *checks.Mesh, value string) error {
		if value != "true" && value != "false" {
			return fmt.Errorf("must be true or false")
		}
		*field(m) = value == "true"
		return nil
	}
}

// setIstio takes 1.27 of v1.27.3, or all; empty is what Istio supports.
func setIstio(m *checks.Mesh, v string) error {
	if v == "" || strings.EqualFold(v, checks.AllIstio) {
		m.Istio = strings.ToLower(v)
		return nil
	}
	short := Minor(v)
	n, err := strconv.Atoi(strings.TrimPrefix(short, "1."))
	if err != nil || n < 0 || !strings.HasPrefix(short, "1.") || checks.CompareVersions(short, checks.OldestIstio) < 0 {
		return fmt.Errorf("must be all, or a release since %s, such as %s", checks.OldestIstio, checks.NewestIstio)
	}
	m.Istio = "1." + strconv.Itoa(n)
	return nil
}

// Minor is "1.27" of "v1.27.3-gke.1"; what is no version stays as it is.
func Minor(v string) string {
	parts := strings.SplitN(strings.TrimPrefix(v, "v"), ".", 3)
	if len(parts) < 2 {
		return v
	}
	return parts[0] + "." + strings.TrimRight(parts[1], "+")
}

// setLabels takes NAMESPACE=key=value[,key=value].
func setLabels(m *checks.Mesh, text string) error {
	namespace, pairs, ok := strings.Cut(text, "=")
	if !ok || namespace == "" || pairs == "" {
		return fmt.Errorf("must be NAMESPACE=key=value[,key=value]")
	}
	if !isLabel(namespace, "-") {
		return fmt.Errorf("%s is not a valid namespace name", quoted(namespace))
	}
	all := map[string]string{}
	for _, pair := range strings.Split(pairs, ",") {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return fmt.Errorf("%s is not key=value", quoted(pair))
		}
		prefix, name, prefixed := strings.Cut(key, "/")
		if !prefixed {
			name = prefix
		}
		if prefixed && !isLabel(prefix, "-.") || !isLabel(name, "-_.") {
			return fmt.Errorf("%s is not a valid label key", quoted(key))
		}
		if value != "" && !isLabel(value, "-_.") {
			return fmt.Errorf("%s is not a valid label value", quoted(value))
		}
		all[key] = value
	}
	if m.NamespaceLabels == nil {
		m.NamespaceLabels = map[string]map[string]string{}
	}
	if m.NamespaceLabels[namespace] == nil {
		m.NamespaceLabels[namespace] = map[string]string{}
	}
	maps.Copy(m.NamespaceLabels[namespace], all)
	return nil
}

// isLabel reports whether a text can be a name or the value of a label: letters and
// digits, with some marks between them
// (kubernetes.io/docs/concepts/overview/working-with-objects/labels).
func isLabel(s, marks string) bool {
	alphanumeric := func(c byte) bool {
		return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	for i := range len(s) {
		inside := i > 0 && i < len(s)-1
		if !alphanumeric(s[i]) && !(inside && strings.IndexByte(marks, s[i]) >= 0) {
			return false
		}
	}
	return s != "" && len(s) <= 253
}
