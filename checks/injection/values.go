package injection

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// annotationValue says how the value of an annotation is checked.
type annotationValue struct {
	name string
	// wrong says what is wrong with a value, without repeating it: annotations hold secrets too; empty for a valid one.
	wrong func(value string) string
	// since is the first Istio that checks it; empty for 1.7 or older.
	since string
	// effect is what comes of a wrong value; empty: the injector refuses the pods.
	effect string
}

// The effects of values that are wrong.
const (
	refusedByInjector = "Istio refuses to inject the pods, which do not start"
	refusedByEnvoy    = "Envoy ends with an error, and the pods do not get ready"
)

// annotationValues are the annotations whose values Istio's injector or its proxy checks: pods with an invalid one do not start.
// Source: istio/istio pkg/kube/inject/validate.go of
// 1.12 to 1.31. Before 1.28, quantities that are none fail when the pod is put together.
var annotationValues = []annotationValue{
	{name: "sidecar.istio.io/interceptionMode", wrong: wrongInterceptionMode},
	{name: "status.sidecar.istio.io/port", wrong: wrongPort},
	{name: "readiness.status.sidecar.istio.io/initialDelaySeconds", wrong: wrongNumber},
	{name: "readiness.status.sidecar.istio.io/periodSeconds", wrong: wrongNumber},
	{name: "readiness.status.sidecar.istio.io/failureThreshold", wrong: wrongNumber},
	{name: "traffic.sidecar.istio.io/includeOutboundIPRanges", wrong: orAll(wrongRanges)},
	{name: "traffic.sidecar.istio.io/excludeOutboundIPRanges", wrong: wrongRanges},
	{name: "traffic.sidecar.istio.io/includeInboundPorts", wrong: orAll(wrongPorts)},
	{name: "traffic.sidecar.istio.io/excludeInboundPorts", wrong: wrongPorts},
	{name: "traffic.sidecar.istio.io/excludeOutboundPorts", wrong: wrongPorts},
	{name: "traffic.sidecar.istio.io/excludeInterfaces", wrong: wrongInterfaces, since: "1.30"},
	{name: "traffic.sidecar.istio.io/kubevirtInterfaces", wrong: wrongInterfaces, since: "1.30"},
	{name: "istio.io/reroute-virtual-interfaces", wrong: wrongInterfaces, since: "1.30"},
	{name: "prometheus.istio.io/merge-metrics", wrong: wrongBool},
	{name: "sidecar.istio.io/proxyCPU", wrong: wrongQuantity},
	{name: "sidecar.istio.io/proxyMemory", wrong: wrongQuantity},
	{name: "sidecar.istio.io/proxyCPULimit", wrong: wrongQuantity},
	{name: "sidecar.istio.io/proxyMemoryLimit", wrong: wrongQuantity},
	{name: "sidecar.istio.io/logLevel", wrong: wrongLogLevel, effect: refusedByEnvoy},
	{name: "sidecar.istio.io/componentLogLevel", wrong: wrongLogLevel, effect: refusedByEnvoy},
}

// envoyLogLevels are the levels that Envoy takes on its command line. Source: envoyproxy/envoy source/server/options_impl_base.cc
// (OptionsImplBase::parseAndValidateLogLevel).
var envoyLogLevels = []string{"trace", "debug", "info", "warning", "warn", "error", "critical", "off"}

// wrongLogLevel reads a level, and levels of components such as misc:error, as pilot-agent splits them before it starts
// Envoy: the last level alone counts. Source: istio/istio pkg/envoy/proxy.go 1.31.
func wrongLogLevel(v string) string {
	level := ""
	for _, item := range strings.Split(v, ",") {
		component, of, isOf := strings.Cut(item, ":")
		switch {
		case !isOf:
			level = component
		case !strings.Contains(of, ":") && !slices.Contains(envoyLogLevels, of):
			return "the level of a component is not one of " + strings.Join(envoyLogLevels, ", ")
		}
	}
	if level != "" && !slices.Contains(envoyLogLevels, level) {
		return "it is not one of " + strings.Join(envoyLogLevels, ", ")
	}
	return ""
}

// annotationValuesByName is the table by name, made when somebody first asks.
var annotationValuesByName = sync.OnceValue(func() map[string]*annotationValue {
	named := make(map[string]*annotationValue, len(annotationValues))
	for i := range annotationValues {
		named[annotationValues[i].name] = &annotationValues[i]
	}
	return named
})

func wrongInterceptionMode(v string) string {
	if v == "REDIRECT" || v == "TPROXY" || v == "NONE" {
		return ""
	}
	return "it is not one of REDIRECT, TPROXY and NONE"
}

func wrongPort(v string) string {
	if _, err := strconv.ParseUint(strings.TrimSpace(v), 10, 16); err != nil {
		return "it is not a port number"
	}
	return ""
}

func wrongNumber(v string) string {
	if _, err := strconv.ParseUint(v, 10, 32); err != nil {
		return "it is not a whole number"
	}
	return ""
}

func wrongBool(v string) string {
	if _, err := strconv.ParseBool(v); err != nil {
		return "it is neither true nor false"
	}
	return ""
}

// orAll accepts * too.
func orAll(wrong func(string) string) func(string) string {
	return func(v string) string {
		if v == "*" {
			return ""
		}
		return wrong(v)
	}
}

// wrongItem says which item of a list with commas is wrong; an empty list is valid.
func wrongItem(v, want string, valid func(item string) bool) string {
	if v == "" {
		return ""
	}
	items := strings.Split(v, ",")
	for i, item := range items {
		switch {
		case valid(item):
		case len(items) > 1:
			return fmt.Sprintf("item %d of the list is no %s", i+1, want)
		case strings.ContainsAny(item, "; |"):
			return "it is not a comma-separated list of " + plural(want)
		default:
			return "it is no " + want
		}
	}
	return ""
}

// plural is the plural of what the items of a list are.
func plural(what string) string {
	if head, tail, of := strings.Cut(what, " of "); of {
		return head + "s of " + tail
	}
	return what + "s"
}

func wrongPorts(v string) string {
	return wrongItem(strings.TrimSpace(v), "port number", func(item string) bool { return wrongPort(item) == "" })
}

func wrongRanges(v string) string {
	wrong := wrongItem(v, "range of addresses such as 10.0.0.0/8", func(item string) bool {
		_, err := netip.ParsePrefix(item)
		return err == nil
	})
	if wrong != "" && wrongItem(strings.ReplaceAll(v, " ", ""), "", func(item string) bool { _, err := netip.ParsePrefix(item); return err == nil }) == "" {
		return "Istio does not accept the spaces in it"
	}
	return wrong
}

// maxInterfaceName is how long the name of a network interface of Linux may be.
const maxInterfaceName = 15

func wrongInterfaces(v string) string {
	return wrongItem(v, "network interface name", func(item string) bool {
		item = strings.TrimSpace(item)
		return item != "" && len(item) <= maxInterfaceName && !strings.ContainsAny(item, "/ \t")
	})
}

// suffixes are the units of Kubernetes' quantities. Source: k8s.io/apimachinery pkg/api/resource suffix.go.
var suffixes = []string{"Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "n", "u", "m", "k", "M", "G", "T", "P", "E"}

// wrongQuantity follows the grammar of Kubernetes' quantities: a decimal number with a unit or an exponent.
func wrongQuantity(v string) string {
	const wrong = "it is not a quantity such as 100m or 128Mi"
	number := strings.TrimLeft(v, "+-")
	if len(v)-len(number) > 1 {
		return wrong
	}
	end := strings.IndexFunc(number, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	unit := ""
	if end >= 0 {
		number, unit = number[:end], number[end:]
	}
	if strings.Trim(number, ".") == "" || strings.Count(number, ".") > 1 {
		return wrong
	}
	if unit == "" {
		return ""
	}
	for _, s := range suffixes {
		if unit == s {
			return ""
		}
	}
	if _, err := strconv.ParseInt(unit[1:], 10, 32); err == nil && (unit[0] == 'e' || unit[0] == 'E') {
		return ""
	}
	return wrong
}
