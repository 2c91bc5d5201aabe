package install

import "github.com/mesh-check/mesh-check/checks"

// deprecatedField is a field of Istio's resources that has a successor.
type deprecatedField struct {
	group, kind string
	// path is where it is; [] is each element of a list.
	path string
	// value is the one value that is deprecated; empty where the field is, with any.
	value string
	// zero is the value with which the field says nothing.
	zero string
	// what says what Istio does with it, behind the name of the field.
	what string
	// use is the advice.
	use      string
	severity checks.Severity
	// since is the first release that has what is to be used; empty for all.
	since string
}

const (
	networking = "networking.istio.io"
	warned     = "is deprecated, and Istio's webhook warns about it"
	stillRead  = "is deprecated: Istio still reads it"
	notRead    = "is deprecated and has no effect: Istio does not read it, and Envoy's default holds"
)

// deprecatedFields are those of Istio's resources. Source: the fields that are marked as deprecated or as hidden from
// the reference in istio/api v1.31 networking/v1alpha3, security/v1beta1, telemetry/v1alpha1 and extensions/v1alpha1;
// what Istio warns about: istio/istio pkg/config/validation (outlierDetection, consistentHash, mirrorPercent),
// pkg/config/analysis/analyzers/deprecation (delay.percent, egressProxy) of 1.31. Those that end in trafficPolicy
// are in each traffic policy of a DestinationRule.
var deprecatedFields = append([]deprecatedField{
	{
		networking, "VirtualService", "spec.http[].fault.delay.percent", "", "0", "is deprecated, and istioctl analyze warns about it",
		"write percentage: {value: ...}", checks.Warning, "",
	},
	{
		networking, "VirtualService", "spec.http[].mirrorPercent", "", "", warned,
		"write mirrorPercentage: {value: ...}", checks.Warning, "",
	},
	{
		networking, "VirtualService", "spec.http[].mirror_percent", "", "", warned,
		"write mirrorPercentage: {value: ...}", checks.Warning, "",
	},
	{
		networking, "VirtualService", "spec.http[].corsPolicy.allowOrigin", "", "", stillRead,
		"write allowOrigins with a list of matches: [{exact: ...}]", checks.Note, "",
	},
	{
		networking, "Sidecar", "spec.outboundTrafficPolicy.egressProxy", "", "", "is hidden from the reference, and istioctl analyze calls it ignored",
		"route to the egress gateway with a VirtualService", checks.Warning, "",
	},
	{
		networking, "Gateway", "spec.servers[].port.targetPort", "", "0", "is deprecated and has no effect on a gateway",
		"remove it; the gateway listens on the number of the port", checks.Warning, "",
	},
	{
		networking, "Sidecar", "spec.ingress[].port.targetPort", "", "0", "is deprecated and has no effect in a Sidecar",
		"remove it; defaultEndpoint is where the traffic goes", checks.Warning, "",
	},
	{
		networking, "Sidecar", "spec.egress[].port.targetPort", "", "0", "is deprecated and has no effect in a Sidecar",
		"remove it", checks.Warning, "",
	},
	{"security.istio.io", "AuthorizationPolicy", "spec.targetRef", "", "", stillRead, oneOrMore, checks.Note, refsSince},
	{"security.istio.io", "RequestAuthentication", "spec.targetRef", "", "", stillRead, oneOrMore, checks.Note, refsSince},
	{"telemetry.istio.io", "Telemetry", "spec.targetRef", "", "", stillRead, oneOrMore, checks.Note, refsSince},
	{"extensions.istio.io", "WasmPlugin", "spec.targetRef", "", "", stillRead, oneOrMore, checks.Note, refsSince},
}, inTrafficPolicies(
	deprecatedField{
		path: "outlierDetection.consecutiveErrors", what: notRead,
		use: "write consecutive5xxErrors or consecutiveGatewayErrors", severity: checks.Warning,
	},
	deprecatedField{
		path: "loadBalancer.consistentHash.minimumRingSize", what: warned,
		use: "write ringHash: {minimumRingSize: ...}", severity: checks.Warning,
	},
	deprecatedField{
		path: "loadBalancer.simple", value: "LEAST_CONN", what: "is deprecated: Istio treats it as LEAST_REQUEST",
		use: "write LEAST_REQUEST", severity: checks.Note,
	},
	deprecatedField{
		path: "loadBalancer.warmupDurationSecs", what: stillRead,
		use: "write warmup: {duration: ...}", severity: checks.Note, since: "1.24",
	},
)...)

const (
	oneOrMore = "write targetRefs, a list"
	refsSince = "1.22"
)

// trafficPolicies are the places in which a DestinationRule has traffic policies. Source: istio/api
// networking/v1alpha3/destination_rule.proto.
var trafficPolicies = []string{
	"spec.trafficPolicy", "spec.trafficPolicy.portLevelSettings[]",
	"spec.subsets[].trafficPolicy", "spec.subsets[].trafficPolicy.portLevelSettings[]",
}

func inTrafficPolicies(fields ...deprecatedField) []deprecatedField {
	var all []deprecatedField
	for _, f := range fields {
		for _, at := range trafficPolicies {
			one := f
			one.group, one.kind, one.path = networking, "DestinationRule", at+"."+f.path
			all = append(all, one)
		}
	}
	return all
}
