package checks

import (
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// suppressAnnotation is Istio's own way to silence its analyzers on one object.
// Source: istio/api annotation GalleyAnalyzeSuppress; istioctl analyze reads it on
// any resource.
const suppressAnnotation = "galley.istio.io/analyze-suppress"

// suppressedByAnnotation says what suppresses a finding: the object's
// annotation galley.istio.io/analyze-suppress with "*", or with a comma-separated
// list that has the check's id, its name or a code of istioctl analyze for the same
// fault. It is empty for a finding that counts.
func suppressedByAnnotation(f *Finding) string {
	_, codes := Suppressed(f.Field.Object())
	for _, code := range codes {
		if code == "*" || f.Check.answersTo(code) {
			return "annotation " + suppressAnnotation + ": " + code
		}
	}
	return ""
}

func (c *Check) answersTo(code string) bool {
	if code == c.ID || code == c.Name {
		return true
	}
	for _, ist := range c.Istio {
		if code == ist {
			return true
		}
	}
	return false
}

// IstioCode is a code of istioctl analyze.
type IstioCode struct {
	Code, Name string
	// Until is the last Istio, as "1.27", whose istioctl has the code; empty for one that the newest has.
	Until string
	// Why says why no check can report it from files; empty for a code that checks answer to, now or later.
	Why string
}

// IstioCodes are all that istioctl analyze has had since Istio 1.6, in their order. Source: istio/istio
// pkg/config/analysis/msg/messages.yaml of every minor release from 1.6 to 1.32.
var IstioCodes = []IstioCode{
	{"IST0001", "InternalError", "", "an error of istioctl itself"},
	{"IST0002", "Deprecated", "", ""},
	{"IST0101", "ReferencedResourceNotFound", "", ""},
	{"IST0102", "NamespaceNotInjected", "", ""},
	{"IST0103", "PodMissingProxy", "", "needs running pods: in manifests no pod has its proxy yet"},
	{"IST0104", "GatewayPortNotOnWorkload", "1.19", ""},
	{"IST0105", "IstioProxyImageMismatch", "1.17", "needs running pods"},
	{"IST0106", "SchemaValidationError", "", ""},
	{"IST0107", "MisplacedAnnotation", "", ""},
	{"IST0108", "UnknownAnnotation", "", ""},
	{"IST0109", "ConflictingMeshGatewayVirtualServiceHosts", "", ""},
	{"IST0110", "ConflictingSidecarWorkloadSelectors", "", ""},
	{"IST0111", "MultipleSidecarsWithoutWorkloadSelectors", "", ""},
	{"IST0112", "VirtualServiceDestinationPortSelectorRequired", "", ""},
	{"IST0113", "MTLSPolicyConflict", "1.20", ""},
	{"IST0114", "PolicySpecifiesPortNameThatDoesntExist", "1.7", "the v1alpha1 Policy that it is about is gone since Istio 1.8"},
	{"IST0115", "DestinationRuleUsesMTLSForWorkloadWithoutSidecar", "1.7", ""},
	{"IST0116", "DeploymentAssociatedToMultipleServices", "", ""},
	{"IST0117", "DeploymentRequiresServiceAssociated", "1.19", ""},
	{"IST0118", "PortNameIsNotUnderNamingConvention", "", ""},
	{"IST0119", "JwtFailureDueToInvalidServicePortPrefix", "1.20", "the v1alpha1 Policy that it is about is gone since Istio 1.8"},
	{"IST0120", "PolicyResourceIsDeprecated", "1.7", "the v1alpha1 Policy that it is about is gone since Istio 1.8; MESH950 reports the API"},
	{"IST0121", "MeshPolicyResourceIsDeprecated", "1.7", "the v1alpha1 MeshPolicy that it is about is gone since Istio 1.8; MESH950 reports the API"},
	{"IST0122", "InvalidRegexp", "1.22", ""},
	{"IST0123", "NamespaceMultipleInjectionLabels", "", ""},
	{"IST0125", "InvalidAnnotation", "", ""},
	{"IST0126", "UnknownMeshNetworksServiceRegistry", "", ""},
	{"IST0127", "NoMatchingWorkloadsFound", "", ""},
	{"IST0128", "NoServerCertificateVerificationDestinationLevel", "", ""},
	{"IST0129", "NoServerCertificateVerificationPortLevel", "", ""},
	{"IST0130", "VirtualServiceUnreachableRule", "", ""},
	{"IST0131", "VirtualServiceIneffectiveMatch", "", ""},
	{"IST0132", "VirtualServiceHostNotFoundInGateway", "", ""},
	{"IST0133", "SchemaWarning", "", ""},
	{"IST0134", "ServiceEntryAddressesRequired", "", ""},
	{"IST0135", "DeprecatedAnnotation", "", ""},
	{"IST0136", "AlphaAnnotation", "", ""},
	{"IST0137", "DeploymentConflictingPorts", "", ""},
	{"IST0138", "GatewayDuplicateCertificate", "", ""},
	{"IST0139", "InvalidWebhook", "", ""},
	{"IST0140", "IngressRouteRulesNotAffected", "", ""},
	{"IST0141", "InsufficientPermissions", "", "needs a cluster: whether istioctl may read it"},
	{"IST0142", "UnsupportedKubernetesVersion", "", "needs a cluster: its version"},
	{"IST0143", "LocalhostListener", "", ""},
	{"IST0144", "InvalidApplicationUID", "", ""},
	{"IST0145", "ConflictingGateways", "", ""},
	{"IST0146", "ImageAutoWithoutInjectionWarning", "", ""},
	{"IST0147", "ImageAutoWithoutInjectionError", "", ""},
	{"IST0148", "NamespaceInjectionEnabledByDefault", "", ""},
	{"IST0149", "JwtClaimBasedRoutingWithoutRequestAuthN", "", ""},
	{"IST0150", "ExternalNameServiceTypeInvalidPortName", "", ""},
	{"IST0151", "EnvoyFilterUsesRelativeOperation", "", ""},
	{"IST0152", "EnvoyFilterUsesReplaceOperationIncorrectly", "", ""},
	{"IST0153", "EnvoyFilterUsesAddOperationIncorrectly", "", ""},
	{"IST0154", "EnvoyFilterUsesRemoveOperationIncorrectly", "", ""},
	{"IST0155", "EnvoyFilterUsesRelativeOperationWithProxyVersion", "", ""},
	{"IST0156", "UnsupportedGatewayAPIVersion", "", "needs a cluster: the CRDs that it has"},
	{"IST0157", "InvalidTelemetryProvider", "", ""},
	{"IST0158", "PodsIstioProxyImageMismatchInNamespace", "", "needs running pods"},
	{"IST0159", "ConflictingTelemetryWorkloadSelectors", "", ""},
	{"IST0160", "MultipleTelemetriesWithoutWorkloadSelectors", "", ""},
	{"IST0161", "InvalidGatewayCredential", "", ""},
	{"IST0162", "GatewayPortNotDefinedOnService", "", ""},
	{"IST0163", "InvalidExternalControlPlaneConfig", "", ""},
	{"IST0164", "ExternalControlPlaneAddressIsNotAHostname", "", ""},
	{"IST0165", "ReferencedInternalGateway", "", ""},
	{"IST0166", "IneffectiveSelector", "", ""},
	{"IST0167", "IneffectivePolicy", "", ""},
	{"IST0168", "UnknownUpgradeCompatibility", "", "needs two releases of Istio: it is about an upgrade"},
	{"IST0169", "UpdateIncompatibility", "", "needs two releases of Istio: it is about an upgrade"},
	{"IST0170", "MultiClusterInconsistentService", "", "needs several clusters"},
	{"IST0171", "NegativeConditionStatus", "", ""},
	{"IST0172", "FutureUnsupportedGatewayAPIVersion", "", "needs a cluster: the CRDs that it has"},
	{"IST0173", "DestinationRuleSubsetNotSelectPods", "", ""},
	{"IST0174", "UnknownDestinationRuleHost", "", ""},
	{"IST0175", "JwksUriFetchUnrestricted", "", ""},
	{"IST0176", "GatewayAPICRDVersionBelowMinimum", "", ""},
	{"IST0177", "ConflictingServiceEntryProtocol", "", ""},
}

// Suppressible reports whether a code in the annotation galley.istio.io/analyze-suppress can suppress anything: it is
// one of istioctl analyze, or a check of the suite has it as its id or name.
func (p *Pass) Suppressible(code string) bool {
	return code == "*" || slices.ContainsFunc(IstioCodes, func(c IstioCode) bool { return c.Code == code }) ||
		slices.ContainsFunc(p.facts.suite, func(c *Check) bool { return c.answersTo(code) })
}

// Suppressed is the annotation galley.istio.io/analyze-suppress of an object, and the codes in it.
func Suppressed(o *object.Object) (annotation object.Str, codes []string) {
	annotation = o.Annotation(suppressAnnotation)
	return annotation, SplitList(annotation.V)
}
