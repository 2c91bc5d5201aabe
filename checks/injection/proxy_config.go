package injection

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/nearest"
)

// proxySetting is a field of ProxyConfig.
type proxySetting struct {
	name string
	// takes is what its value is: text, number, flag, duration, choice, list, texts (a mapping of texts) or settings.
	takes string
	// since is the first Istio that has it, empty for 1.7 or older; gone is the first that no longer has it.
	since, gone string
}

// proxySettings are the fields of the annotation proxy.istio.io/config. Source: istio/api mesh/v1alpha1/proxy.proto, the
// last patch of every minor release from 1.7 to 1.31.
var proxySettings = []proxySetting{
	{name: "availabilityZone", takes: "text"},
	{name: "binaryPath", takes: "text"},
	{name: "caCertificatesPem", takes: "list", since: "1.9"},
	{name: "concurrency", takes: "number"},
	{name: "configPath", takes: "text"},
	{name: "connectionSettings", takes: "settings", since: "1.31"},
	{name: "controlPlaneAuthPolicy", takes: "choice"},
	{name: "customConfigFile", takes: "text"},
	{name: "discoveryAddress", takes: "text"},
	{name: "discoveryRefreshDelay", takes: "duration"},
	{name: "drainDuration", takes: "duration"},
	{name: "envoyAccessLogService", takes: "settings"},
	{name: "envoyMetricsService", takes: "settings"},
	{name: "envoyMetricsServiceAddress", takes: "text"},
	{name: "extraStatTags", takes: "list"},
	{name: "fileFlushInterval", takes: "duration", since: "1.29"},
	{name: "fileFlushMinSizeKb", takes: "number", since: "1.29"},
	{name: "gatewayTopology", takes: "settings"},
	{name: "holdApplicationUntilProxyStarts", takes: "flag", since: "1.8"},
	{name: "image", takes: "settings", since: "1.12"},
	{name: "interceptionMode", takes: "choice"},
	{name: "meshId", takes: "text"},
	{name: "parentShutdownDuration", takes: "duration", gone: "1.17"},
	{name: "privateKeyProvider", takes: "settings", since: "1.14"},
	{name: "proxyAdminPort", takes: "number"},
	{name: "proxyBootstrapTemplatePath", takes: "text"},
	{name: "proxyHeaders", takes: "settings", since: "1.19"},
	{name: "proxyMetadata", takes: "texts"},
	{name: "proxyStatsMatcher", takes: "settings", since: "1.8"},
	{name: "readinessProbe", takes: "settings", since: "1.8"},
	{name: "runtimeValues", takes: "texts", since: "1.14"},
	{name: "sds", takes: "settings"},
	{name: "serviceCluster", takes: "text"},
	{name: "statNameLength", takes: "number"},
	{name: "statsCompression", takes: "flag", since: "1.29"},
	{name: "statsdUdpAddress", takes: "text"},
	{name: "statusPort", takes: "number"},
	{name: "terminationDrainDuration", takes: "duration"},
	{name: "tracing", takes: "settings"},
	{name: "tracingServiceName", takes: "choice", since: "1.13"},
	{name: "zipkinAddress", takes: "text"},
}

// wrongProxyConfig says what is wrong with the text of proxy.istio.io/config. refused is what makes Istio refuse the pods,
// ignored what it passes over: fields that it does not have. Both are empty for a valid text.
func wrongProxyConfig(mesh *checks.Mesh, text object.Str) (refused, ignored string) {
	tree, ok := checks.TextTree(text)
	switch {
	case !ok:
		return "it is not YAML", ""
	case tree.Kind == object.Null:
		return "", ""
	case tree.Kind != object.Map:
		return "it is not a mapping of settings", ""
	}
	var names []string
	for _, s := range proxySettings {
		names = append(names, s.name)
	}
	for _, e := range tree.Entries {
		s := settingOf(e.Key)
		switch {
		case s == nil:
			ignored = "has a setting Istio does not know, and ignores it"
			if near := nearest.Name(e.Key, names); near != "" {
				ignored += fmt.Sprintf("; did you mean %q?", near)
			}
		case s.since != "" && mesh.IstioBefore(s.since):
			ignored = fmt.Sprintf("has %s, which Istio %s does not know, and ignores: it came with %s", s.name, mesh.Istio, s.since)
		case s.gone != "" && mesh.IstioFrom(s.gone):
			ignored = fmt.Sprintf("has %s, which Istio ignores: %s dropped it", s.name, s.gone)
		default:
			if wrong := s.wrong(e.Value); wrong != "" {
				return wrong, ignored
			}
		}
	}
	return "", ignored
}

// settingOf is the setting of a name, in camel case or with underscores; nil for none.
func settingOf(name string) *proxySetting {
	camel := []rune{}
	for i, r := range name {
		if i > 0 && name[i-1] == '_' {
			r = unicode.ToUpper(r)
		}
		if r != '_' {
			camel = append(camel, r)
		}
	}
	for i := range proxySettings {
		if proxySettings[i].name == string(camel) || proxySettings[i].name == name {
			return &proxySettings[i]
		}
	}
	return nil
}

// wrong says what is wrong with the value of a setting; empty for a valid one.
func (s *proxySetting) wrong(v *object.Node) string {
	if v.Kind == object.Null {
		return ""
	}
	want := ""
	switch s.takes {
	case "text":
		if v.Kind != object.String {
			want = "a text, in quotes"
		}
	case "number":
		if _, err := strconv.ParseInt(v.Text, 10, 32); err != nil {
			want = "a whole number"
		}
	case "flag":
		if v.Kind != object.Bool {
			want = "true or false, without quotes"
		}
	case "duration":
		if _, err := time.ParseDuration(v.Text); v.Kind != object.String || err != nil {
			want = "a duration such as 10s"
		}
	case "settings":
		if v.Kind != object.Map {
			want = "a mapping"
		}
	case "list":
		if v.Kind != object.List {
			want = "a list"
		}
	case "texts":
		return s.wrongTexts(v)
	}
	if want == "" {
		return ""
	}
	return s.name + " must be " + want
}

// wrongTexts says which value of a mapping of texts is none: true and numbers need quotes.
func (s *proxySetting) wrongTexts(v *object.Node) string {
	if v.Kind != object.Map {
		return s.name + " must be a mapping"
	}
	for _, e := range v.Entries {
		if e.Value.Kind != object.String && e.Value.Kind != object.Null {
			return fmt.Sprintf("the value of %s in %s is not text: put it in quotes", strings.TrimSpace(e.Key), s.name)
		}
	}
	return ""
}
