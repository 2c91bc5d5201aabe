package traffic

import (
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/checks/commands"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// emptyPass is a pass over no objects at all.
func emptyPass(mesh *checks.Mesh) *checks.Pass {
	return checks.NewPass(directPodAddress, object.NewSet("default", nil), mesh)
}

func TestReach(t *testing.T) {
	p := emptyPass(&checks.Mesh{KnownHosts: []string{"known.com", "*.known.org"}, NamespaceLabels: map[string]map[string]string{"cloud": {}}})
	for want, hosts := range map[reach][]string{
		outside: {"api.stripe.com", "stripe.com", "a.b.co.uk", "8.8.8.8", "2001:4860:4860::8888", "eu.github.io", "web.api.dev"},
		inside: {
			"web", "web.back", "web.back.svc", "web.back.svc.cluster.local", "web-0.web.prod.svc.cluster.local", "db.corp", "db.eu.corp",
			"localhost", "127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.3.4", "100.64.1.1", "fd00::1", "::1", "0.0.0.0", "224.0.0.1",
			"example.com", "api.example.org", "x.test", "node.local", "metadata.google.internal", "www.w3.org", "json-schema.org",
			"your-domain.com", "my-company.com", "mydomain.com", "api.mydomain.com", "changeme.com", "db-0.staging.internal",
			"known.com", "a.known.org", "db.cloud", "web.istio-system", "1.2.3",
		},
		doubtful: {"api.dev", "db.prod", "web.app", "db.qa"},
	} {
		for _, host := range hosts {
			if got := reachOf(p, commands.Endpoint{Host: host, Plain: true}); got != want {
				t.Errorf("reachOf(%s) = %d, want %d", host, got, want)
			}
		}
	}
	if got := reachOf(p, commands.Endpoint{Host: "$host.com"}); got != unwritten {
		t.Errorf("a variable has reach %d", got)
	}
}

func TestServiceName(t *testing.T) {
	for host, want := range map[string]string{
		"web": "web.prod", "web.prod": "web.prod", "web.prod.svc": "web.prod", "Web.prod.svc.cluster.local.": "web.prod",
		"web.back": "web.back", "a.b.com": "a.b.com",
	} {
		if got := serviceName(host, "prod"); got != want {
			t.Errorf("serviceName(%q) = %q, want %q", host, got, want)
		}
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]bool{
		"PUBLIC_URL": true, "publicUrl": true, "--web.public-url": true, "ROOT_URL": true, "CORS_ALLOWED_ORIGINS": true,
		"PUBLICATION_URL": false, "API_URL": false, "DOCKER_HOST": false, "": false,
	} {
		if got := named(name, notCalled); got != want {
			t.Errorf("named(%q) = %v", name, got)
		}
	}
}
