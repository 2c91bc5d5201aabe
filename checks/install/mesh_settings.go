package install

// meshSettingNames are the settings of MeshConfig in the releases from 1.7 to 1.31, and those of Mixer before. Source: istio/api
// mesh/v1alpha1/config.proto of 1.7, 1.24 and 1.31.
var meshSettingNames = []string{
	"accessLogEncoding", "accessLogFile", "accessLogFormat", "authPolicy", "ca", "caCertificates", "certificates", "configSources",
	"connectTimeout", "defaultConfig", "defaultDestinationRuleExportTo", "defaultHttpRetryPolicy", "defaultProviders",
	"defaultServiceExportTo", "defaultTrafficPolicy", "defaultVirtualServiceExportTo", "disableEnvoyListenerLog",
	"disableMixerHttpReports", "disablePolicyChecks", "discoverySelectors", "dnsRefreshRate", "enableAutoMtls", "enableClientSidePolicyCheck",
	"enableEnvoyAccessLogService", "enablePrometheusMerge", "enableTracing", "extensionProviders", "h2UpgradePolicy", "hboneIdleTimeout",
	"inboundClusterStatName", "inboundTrafficPolicy", "ingressClass", "ingressControllerMode", "ingressSelector", "ingressService",
	"localityLbSetting", "meshMTLS", "mixerCheckServer", "mixerReportServer", "outboundClusterStatName", "outboundTrafficPolicy",
	"pathNormalization", "policyCheckFailOpen", "protocolDetectionTimeout", "proxyHttpPort", "proxyInboundListenPort", "proxyListenPort",
	"rdsRefreshDelay", "reportBatchMaxEntries", "reportBatchMaxTime", "rootNamespace", "sdsUdsPath", "serviceEntryVisibility",
	"serviceScopeConfigs", "serviceSettings", "sidecarToTelemetrySessionAffinity", "tcpKeepalive", "thriftConfig", "tlsDefaults", "trustDomain",
	"trustDomainAliases", "verifyCertificateAtClient", "zoneAwareLbSetting",
}

// meshSetting is a setting of MeshConfig, and what its value is: text, flag, list, settings or choice, of which words are the
// choices.
type meshSetting struct {
	path, takes string
	words       []string
}

// meshSettings are those whose values are checked: the scalars that people write, and what has settings of its own. What does
// not have its type makes the whole configuration invalid. Source: as above; istio/istio 1.32 pkg/config/mesh/mesh.go
// ApplyMeshConfig and pkg/config/mesh/meshwatcher/collection.go ("invalid mesh config").
var meshSettings = []meshSetting{
	{"accessLogFile", "text", nil},
	{"accessLogFormat", "text", nil},
	{"accessLogEncoding", "choice", []string{"TEXT", "JSON"}},
	{"defaultConfig", "settings", nil},
	{"defaultConfig.proxyMetadata", "settings", nil},
	{"defaultConfig.holdApplicationUntilProxyStarts", "flag", nil},
	{"discoverySelectors", "list", nil},
	{"enableAutoMtls", "flag", nil},
	{"enableEnvoyAccessLogService", "flag", nil},
	{"enablePrometheusMerge", "flag", nil},
	{"enableTracing", "flag", nil},
	{"extensionProviders", "list", nil},
	{"inboundTrafficPolicy", "settings", nil},
	{"inboundTrafficPolicy.mode", "choice", []string{"PASSTHROUGH", "LOCALHOST"}},
	{"outboundTrafficPolicy", "settings", nil},
	{"outboundTrafficPolicy.mode", "choice", []string{"REGISTRY_ONLY", "ALLOW_ANY"}},
	{"rootNamespace", "text", nil},
	{"trustDomain", "text", nil},
	{"trustDomainAliases", "list", nil},
}
