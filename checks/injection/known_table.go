package injection

// known is an annotation or label of Istio.
type known struct {
	name string
	// since is the first Istio that has it, empty for 1.7 or older; gone is the first that no longer has it, empty for
	// one that the newest has.
	since, gone string
	// deprecated is the first Istio that calls it deprecated, 1.9 or older as "1.9"; empty for none.
	deprecated string
	// instead is what replaces a deprecated one, where that is known; it comes behind "use".
	instead string
	// mature says that it is beta or stable, and not alpha.
	mature bool
	// kinds are the kinds that it works on, with a space between; empty for pods, "Any" for all.
	kinds string
}

// annotations are those that Istio has documented since 1.7. Source: istio/api annotation/annotations.yaml, the last patch
// of every minor release from 1.7 to 1.31; what replaces the deprecated ones is from their descriptions and mesh/v1alpha1/proxy.proto.
var annotations = []known{
	{name: "alpha.istio.io/canonical-serviceaccounts", deprecated: "1.9", kinds: "Service"},
	{name: "alpha.istio.io/identity", gone: "1.24", deprecated: "1.9"},
	{name: "alpha.istio.io/kubernetes-serviceaccounts", deprecated: "1.9", kinds: "Service"},
	{name: "ambient.istio.io/bypass-inbound-capture", since: "1.24"},
	{name: "ambient.istio.io/dns-capture", since: "1.25"},
	{name: "ambient.istio.io/redirection", since: "1.24", mature: true},
	{name: "ambient.istio.io/waypoint-inbound-binding", since: "1.24", kinds: "GatewayClass Gateway"},
	{name: "galley.istio.io/analyze-suppress", kinds: "Any"},
	{name: "gateway.istio.io/controller-version", since: "1.16", kinds: "Any"},
	{name: "gateway.istio.io/name-override", since: "1.24", kinds: "Gateway"},
	{name: "gateway.istio.io/service-account", since: "1.24", kinds: "Gateway"},
	{name: "inject.istio.io/templates", since: "1.10"},
	{name: "install.operator.istio.io/chart-owner", gone: "1.24", kinds: "Any"},
	{name: "install.operator.istio.io/owner-generation", gone: "1.24", kinds: "Any"},
	{name: "install.operator.istio.io/version", gone: "1.24", kinds: "Any"},
	{name: "istio.io/autoRegistrationGroup", since: "1.13", kinds: "WorkloadEntry"},
	{name: "istio.io/connectedAt", since: "1.13", kinds: "WorkloadEntry"},
	{name: "istio.io/disconnectedAt", since: "1.13", kinds: "WorkloadEntry"},
	{name: "istio.io/dry-run", since: "1.10", kinds: "AuthorizationPolicy"},
	{name: "istio.io/reroute-virtual-interfaces", since: "1.25"},
	{name: "istio.io/rev", since: "1.18"},
	{name: "istio.io/use-waypoint-canary-weight", since: "1.31", kinds: "Service ServiceEntry Namespace"},
	{name: "istio.io/workloadController", since: "1.13", kinds: "WorkloadEntry"},
	{name: "kubernetes.io/ingress.class", mature: true, kinds: "Ingress"},
	{name: "networking.istio.io/exportTo", kinds: "Service"},
	{name: "networking.istio.io/gatewayPort", since: "1.13", gone: "1.14", kinds: "Service"},
	{name: "networking.istio.io/service-type", since: "1.24", kinds: "Gateway"},
	{name: "networking.istio.io/traffic-distribution", since: "1.24", kinds: "Service ServiceEntry Namespace"},
	{name: "policy.istio.io/check", gone: "1.8"},
	{name: "policy.istio.io/checkBaseRetryWaitTime", gone: "1.8"},
	{name: "policy.istio.io/checkMaxRetryWaitTime", gone: "1.8"},
	{name: "policy.istio.io/checkRetries", gone: "1.8"},
	{name: "policy.istio.io/lang", gone: "1.8"},
	{name: "prometheus.istio.io/merge-metrics"},
	{name: "proxy.istio.io/config", mature: true},
	{name: "proxy.istio.io/overrides", since: "1.10"},
	{name: "readiness.status.sidecar.istio.io/applicationPorts"},
	{name: "readiness.status.sidecar.istio.io/failureThreshold"},
	{name: "readiness.status.sidecar.istio.io/initialDelaySeconds"},
	{name: "readiness.status.sidecar.istio.io/periodSeconds"},
	{name: "security.istio.io/tlsMode", gone: "1.10", deprecated: "1.9"},
	{name: "sidecar.istio.io/agentLogLevel", since: "1.10"},
	{name: "sidecar.istio.io/bootstrapOverride"},
	{name: "sidecar.istio.io/componentLogLevel"},
	{name: "sidecar.istio.io/controlPlaneAuthPolicy", gone: "1.24", deprecated: "1.9"},
	{name: "sidecar.istio.io/discoveryAddress", deprecated: "1.9", instead: "discoveryAddress in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/enableCoreDump", gone: "1.25"},
	{name: "sidecar.istio.io/extraStatTags", since: "1.12", deprecated: "1.21", instead: "extraStatTags in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/inject", deprecated: "1.15", mature: true},
	{name: "sidecar.istio.io/interceptionMode"},
	{name: "sidecar.istio.io/logLevel"},
	{name: "sidecar.istio.io/nativeSidecar", since: "1.24"},
	{name: "sidecar.istio.io/proxyCPU"},
	{name: "sidecar.istio.io/proxyCPULimit"},
	{name: "sidecar.istio.io/proxyImage"},
	{name: "sidecar.istio.io/proxyImageType", since: "1.12"},
	{name: "sidecar.istio.io/proxyMemory"},
	{name: "sidecar.istio.io/proxyMemoryLimit"},
	{name: "sidecar.istio.io/rewriteAppHTTPProbers"},
	{name: "sidecar.istio.io/statsCompression", since: "1.26", deprecated: "1.29", instead: "statsCompression in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/statsEvictionInterval", since: "1.28"},
	{name: "sidecar.istio.io/statsFlushInterval", since: "1.28"},
	{name: "sidecar.istio.io/statsHistogramBins", since: "1.28"},
	{name: "sidecar.istio.io/statsHistogramBuckets", since: "1.19"},
	{name: "sidecar.istio.io/statsInclusionPrefixes", deprecated: "1.9", instead: "proxyStatsMatcher.inclusionPrefixes in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/statsInclusionRegexps", deprecated: "1.9", instead: "proxyStatsMatcher.inclusionRegexps in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/statsInclusionSuffixes", deprecated: "1.9", instead: "proxyStatsMatcher.inclusionSuffixes in the annotation proxy.istio.io/config"},
	{name: "sidecar.istio.io/status"},
	{name: "sidecar.istio.io/userVolume"},
	{name: "sidecar.istio.io/userVolumeMount"},
	{name: "status.sidecar.istio.io/port"},
	{name: "topology.istio.io/controlPlaneClusters", since: "1.15", kinds: "Namespace"},
	{name: "traffic.istio.io/nodeSelector", since: "1.15", mature: true, kinds: "Service"},
	{name: "traffic.sidecar.istio.io/excludeInboundPorts"},
	{name: "traffic.sidecar.istio.io/excludeInterfaces", since: "1.15"},
	{name: "traffic.sidecar.istio.io/excludeOutboundIPRanges"},
	{name: "traffic.sidecar.istio.io/excludeOutboundPorts"},
	{name: "traffic.sidecar.istio.io/includeInboundPorts"},
	{name: "traffic.sidecar.istio.io/includeOutboundIPRanges"},
	{name: "traffic.sidecar.istio.io/includeOutboundPorts"},
	{name: "traffic.sidecar.istio.io/kubevirtInterfaces", deprecated: "1.25", instead: "the annotation istio.io/reroute-virtual-interfaces"},
}

// labels are those that Istio documents, and istio-injection. Source: istio/api label/labels.yaml, the last patch of every
// minor release from 1.9 to 1.31 (istio.io/tag was for namespaces before it was for webhooks); istio/istio
// manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml for the last one.
var labels = []known{
	{name: "gateway.istio.io/managed", since: "1.24", mature: true, kinds: "ServiceAccount Deployment Service"},
	{name: "gateway.networking.k8s.io/gateway-class-name", since: "1.28", mature: true, kinds: "ServiceAccount Deployment Service PodDisruptionBudget HorizontalPodAutoscaler"},
	{name: "gateway.networking.k8s.io/gateway-name", since: "1.24", mature: true, kinds: "ServiceAccount Deployment Service PodDisruptionBudget HorizontalPodAutoscaler"},
	{name: "istio.io/dataplane-mode", since: "1.24", mature: true, kinds: "Pod Namespace"},
	{name: "istio.io/ingress-use-waypoint", since: "1.30", mature: true, kinds: "Service ServiceEntry Namespace"},
	{name: "istio.io/rev", mature: true, kinds: "Namespace Gateway Pod"},
	{name: "istio.io/tag", since: "1.24", kinds: "Any"},
	{name: "istio.io/use-waypoint", since: "1.24", mature: true, kinds: "Pod WorkloadEntry Service ServiceEntry Namespace"},
	{name: "istio.io/use-waypoint-canary", since: "1.31", kinds: "Service ServiceEntry Namespace"},
	{name: "istio.io/use-waypoint-canary-namespace", since: "1.31", kinds: "Service ServiceEntry Namespace"},
	{name: "istio.io/use-waypoint-namespace", since: "1.24", mature: true, kinds: "Pod WorkloadEntry Service ServiceEntry Namespace"},
	{name: "istio.io/waypoint-for", since: "1.24", mature: true, kinds: "GatewayClass Gateway"},
	{name: "networking.istio.io/enable-autoallocate-ip", since: "1.24", mature: true, kinds: "ServiceEntry"},
	{name: "networking.istio.io/gatewayPort", since: "1.14", kinds: "Service"},
	{name: "operator.istio.io/component", kinds: "Any"},
	{name: "operator.istio.io/managed", kinds: "Any"},
	{name: "operator.istio.io/version", kinds: "Any"},
	{name: "security.istio.io/tlsMode", deprecated: "1.9"},
	{name: "service.istio.io/canonical-name"},
	{name: "service.istio.io/canonical-revision"},
	{name: "service.istio.io/workload-name", since: "1.25", kinds: "Pod WorkloadEntry"},
	{name: "sidecar.istio.io/inject", since: "1.16", mature: true},
	{name: "topology.istio.io/cluster"},
	{name: "topology.istio.io/locality", since: "1.29"},
	{name: "topology.istio.io/network", mature: true, kinds: "Namespace Pod Service"},
	{name: "topology.istio.io/subzone", mature: true, kinds: "Node"},
	{name: "istio-injection", mature: true, kinds: "Namespace"},
}

// undocumented are annotations and labels that Istio's code reads or writes though it does not document them. Source: istio/istio 1.7 to
// 1.31, pilot, pkg, cni, operator and the injection templates.
var undocumented = []string{
	"ambient.istio.io/xfcc-include-client-identity",
	"envoyfilter.istio.io/referenced-services",
	"experimental.istio.io/disable-gateway-port-translation",
	"gateway.istio.io/agentgatewayImage",
	"gateway.istio.io/alias-for",
	"gateway.istio.io/defaults-for-class",
	"gateway.istio.io/listener-protocol",
	"gateway.istio.io/tls-cipher-suites",
	"gateway.istio.io/tls-terminate-mode",
	"install.istio.io/ignoreReconcile",
	"istio.io/connect-strategy",
	"istio.io/draining",
	"istio.io/for-service-account",
	"istio.io/gateway-name",
	"istio.io/ignore-policy-attachment",
	"istio.io/inferencepool-extension-failure-mode",
	"istio.io/inferencepool-extension-port",
	"istio.io/inferencepool-extension-service",
	"istio.io/inferencepool-name",
	"istio.io/persistent-session",
	"istio.io/persistent-session-header",
	"istio.io/service-account.name",
	"istio.io/test-vm",
	"istio.io/test-vm-version",
	"leader.istio.io/holder-key",
	"networking.istio.io/address-type",
	"networking.istio.io/cluster",
	"networking.istio.io/tunnel",
	"prometheus.istio.io/scrape-targets",
	"prometheus.istio.io/secure-envoy-port",
	"prometheus.istio.io/secure-port",
	"proxy.istio.io/health-checks-enabled",
	"sidecar.istio.io/capNetBindService",
}

// ownDomains are the domains of what Istio's installers, controllers and tests write for themselves. Source:
// istio/istio operator/pkg/manifest/name.go, pkg/config/constants/constants.go, pilot/pkg/features/pilot.go (1.32).
var ownDomains = []string{"install.operator.istio.io", "operator.istio.io", "internal.istio.io", "cni.istio.io", "test.istio.io"}

// misspelt are the ways in which istio.io is misspelt; none is the end of a domain of other software's annotations.
var misspelt = []string{"isito.io", "itsio.io", "isto.io", "istoi.io", "istio.oi", "istio.com", "istio.org", "istio", "istio.ai", "istio.dev"}
