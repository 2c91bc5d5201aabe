package install

// operatorKeys are the keys that istioctl knows at three places of an IstioOperator; it refuses others since 1.24.
// Source: istio/istio operator/pkg/apis types.go and values_types.proto of 1.24 to 1.31 (their union).
var operatorKeys = map[string][]string{
	"": {
		"profile", "installPackagePath", "hub", "tag", "namespace", "revision", "compatibilityVersion", "meshConfig", "components", "values",
		"unvalidatedValues",
	},
	"components": {"base", "pilot", "cni", "ztunnel", "istiodRemote", "ingressGateways", "egressGateways"},
	"values": {
		"cni", "gateways", "global", "pilot", "ztunnel", "telemetry", "sidecarInjectorWebhook", "istio_cni", "revision", "ownerName", "meshConfig",
		"base", "istiodRemote", "revisionTags", "defaultRevision", "profile", "compatibilityVersion", "experimental", "gatewayClasses",
	},
}

// keysRefused is the release since which istioctl refuses unknown keys.
const keysRefused = "1.24"

// movedSetting is a setting of an IstioOperator that another one replaced.
type movedSetting struct {
	// path is below spec.
	path string
	// off is the value with which it says nothing.
	off string
	use string
}

const (
	addons = "install the add-on by itself: Istio has manifests in samples/addons"
	mixer  = "remove it: Mixer is gone since Istio 1.8"
)

// movedSettings were deprecated in 1.7 or 1.8. Source: istio/istio
// operator/pkg/apis/istio/v1alpha1/validation/validation.go of 1.7.8 to 1.23.6; none is in the types of 1.24.6.
var movedSettings = []movedSetting{
	{"addonComponents", "", addons},
	{"components.telemetry", "", mixer},
	{"components.policy", "", mixer},
	{"components.citadel", "", "remove it: istiod signs certificates since Istio 1.5"},
	{"components.galley", "", "remove it: istiod reads the configuration since Istio 1.5"},
	{"components.sidecarInjector", "", "remove it: istiod injects sidecars since Istio 1.5"},
	{"components.nodeAgent", "", "remove it: the proxies ask istiod for certificates since Istio 1.5"},
	{"components.certManager", "", "remove it, and install cert-manager by itself"},
	{"values.grafana", "", addons},
	{"values.kiali", "", addons},
	{"values.prometheus", "", addons},
	{"values.tracing", "", addons},
	{"values.mixer", "", mixer},
	{"values.istiocoredns", "", "let the proxies answer DNS: set proxyMetadata ISTIO_META_DNS_CAPTURE in meshConfig.defaultConfig"},
	{"values.telemetry.v1", "", mixer},
	{"values.global.disablePolicyChecks", "true", mixer},
	{"values.global.certificates", "", "write meshConfig.certificates"},
	{"values.global.outboundTrafficPolicy", "", "write meshConfig.outboundTrafficPolicy"},
	{"values.global.localityLbSetting", "", "write meshConfig.localityLbSetting"},
	{"values.global.enableTracing", "false", "write meshConfig.enableTracing"},
	{"values.global.trustDomain", "", "write meshConfig.trustDomain"},
	{"values.global.trustDomainAliases", "", "write meshConfig.trustDomainAliases"},
	{"values.global.mtls", "", "use a PeerAuthentication, and meshConfig.enableAutoMtls"},
	{"values.global.meshExpansion", "", "use a Gateway, as in samples/multicluster"},
	{"values.global.centralIstiod", "", "write values.global.externalIstiod"},
	{"values.global.proxy.accessLogFile", "", "write meshConfig.accessLogFile"},
	{"values.global.proxy.accessLogFormat", "", "write meshConfig.accessLogFormat"},
	{"values.global.proxy.accessLogEncoding", "", "write meshConfig.accessLogEncoding"},
	{"values.global.proxy.concurrency", "", "write meshConfig.defaultConfig.concurrency"},
	{"values.global.proxy.envoyAccessLogService", "", "write meshConfig.defaultConfig.envoyAccessLogService"},
	{"values.global.proxy.envoyMetricsService", "", "write meshConfig.defaultConfig.envoyMetricsService"},
	{"values.global.proxy.protocolDetectionTimeout", "", "write meshConfig.protocolDetectionTimeout"},
	{"values.pilot.ingress", "", "write meshConfig.ingressService, ingressControllerMode and ingressClass"},
	{"values.gateways.istio-ingressgateway.meshExpansionPorts", "", "write the ports of the gateway's Service in components.ingressGateways"},
}

// profile is a profile of istioctl, and the releases that have it.
type profile struct{ name, since, gone string }

// profiles are those in the releases of Istio. Source: istio/istio manifests/profiles of 1.7.8 to 1.31.
var profiles = []profile{
	{"default", "", ""},
	{"demo", "", ""},
	{"empty", "", ""},
	{"minimal", "", ""},
	{"preview", "", ""},
	{"remote", "", "1.15"},
	{"remote", "1.16", ""},
	{"openshift", "1.8", ""},
	{"external", "1.10", "1.22"},
	{"ambient", "1.16", ""},
	{"stable", "1.22", ""},
	{"openshift-ambient", "1.22", ""},
}
