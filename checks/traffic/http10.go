package traffic

import (
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// http10Variable has istiod let proxies accept HTTP/1.0; http10Metadata does so for one proxy. Source: istio/istio
// pilot/pkg/features/pilot.go, pkg/model/proxy.go (NodeMetadata.HTTP10, "1"), pilot/pkg/networking/core/listener.go
// enableHTTP10; 1.7 .. 1.32.
const (
	http10Variable = "PILOT_HTTP10"
	http10Metadata = "ISTIO_META_HTTP10"
)

// http10Undetected is the first release that takes HTTP/1.0 at a port whose protocol is detected for TCP, and so lets it
// through. Source: istio/istio pilot/pkg/networking/core/v1alpha3/listener.go plaintextHTTPALPNs, 1.12.9 and 1.13.9.
const http10Undetected = "1.13"

// nginxHTTP11Since is the first release of nginx that passes requests on in HTTP/1.1 unless its configuration has another version. Source: the
// changes of nginx 1.29.7, proxy_http_version.
const nginxHTTP11Since = "1.29.7"

// speaksHTTP11 reports whether a container is nginx' own image of a release that speaks HTTP/1.1; a tag that moves with the
// releases, as latest and 1.29 do, stands for the newest.
func speaksHTTP11(c object.Container) bool {
	if name := c.ImageName(); name != "nginx" && name != "nginx-unprivileged" {
		return false
	}
	image, _, _ := strings.Cut(c.Image().V, "@")
	_, tag, tagged := strings.Cut(image[strings.LastIndexByte(image, '/')+1:], ":")
	version, _, _ := strings.Cut(tag, "-")
	if !tagged || version == "" || version[0] < '0' || version[0] > '9' {
		return c.Image().Known()
	}
	_, floats := strings.CutPrefix(nginxHTTP11Since+".", version+".")
	return floats || checks.CompareVersions(version, nginxHTTP11Since) >= 0
}

// acceptsHTTP10 reports whether the proxies of a workload are told to accept HTTP/1.0, by themselves or with all others.
func acceptsHTTP10(p *checks.Pass, w *object.Workload) bool {
	if p.ProxySettings(w).ProxyMetadata[http10Metadata] == "1" {
		return true
	}
	for _, v := range p.MeshConfig("defaultConfig", "proxyMetadata", http10Metadata) {
		if v.Unknown() || v.Str().V == "1" {
			return true
		}
	}
	return false
}
