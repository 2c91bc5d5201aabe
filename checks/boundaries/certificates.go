package boundaries

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"time"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// keyPairs are the keys of Secrets under which Istio looks for a certificate and its private key, and caKeys those for what
// verifies clients. Source: istio/istio pilot/pkg/credentials/kube/secrets.go (1.32).
var (
	keyPairs = [][2]string{{"cert", "key"}, {"tls.crt", "tls.key"}}
	caKeys   = []string{"cacert", "ca.crt"}
)

// caSuffix is behind the name of a Secret that has only what verifies clients. Source: the same.
const caSuffix = "-cacert"

// reportContents reports that a Secret has no certificate as Istio needs it, at the key of the Secret, and never what is in it.
func reportContents(p *checks.Pass, g views.Gateway, s views.Secret, mode object.Str) bool {
	if !s.Data().Exists() && !s.StringData().Exists() {
		return false // a controller, or a write-only argument of Terraform, fills it
	}
	for _, mapping := range []object.Field{s.Data(), s.StringData()} {
		if mapping.Unknown() || mapping.Partial() {
			p.Undecided(mapping)
			return false
		}
	}
	for _, pair := range keyPairs {
		cert, key := entryOf(s, pair[0]), entryOf(s, pair[1])
		if cert.at.Node() == nil || key.at.Node() == nil {
			continue
		}
		for _, e := range []secretEntry{cert, key} {
			if e.at.Unknown() {
				p.Undecided(e.at)
				return false
			}
			if e.text == "" {
				return false // it is filled by others
			}
		}
		return reportCertificate(p, g, s, cert, key) || mode.V == "MUTUAL" && reportCA(p, g, s)
	}
	at := s.Data()
	if !at.Exists() {
		at = s.StringData()
	}
	p.Report(at.AtKey(), "Secret %q has no tls.crt and tls.key, so that Gateway %q has no certificate: clients cannot connect", s.Name, g.Name).
		WithSeverity(checks.Error).WithAdvice("add the keys tls.crt and tls.key")
	return true
}

// secretEntry is what a Secret has under a key, decoded.
type secretEntry struct {
	at   object.Field
	text string
}

func entryOf(s views.Secret, key string) secretEntry {
	if v := s.StringData().Get(key).Str(); v.Node() != nil {
		return secretEntry{v.Field, v.V}
	}
	v := s.Data().Get(key).Str()
	text, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(v.V), ""))
	if err != nil {
		return secretEntry{v.Field, v.V} // which is no PEM either
	}
	return secretEntry{v.Field, string(text)}
}

func reportCertificate(p *checks.Pass, g views.Gateway, s views.Secret, cert, key secretEntry) bool {
	for _, e := range []secretEntry{cert, key} {
		if block, _ := pem.Decode([]byte(e.text)); block == nil {
			p.Report(e.at.AtKey(), "%s of Secret %q is not PEM, and Gateway %q uses it: clients cannot connect", e.at.Name(), s.Name, g.Name).
				WithSeverity(checks.Error).WithAdvice("put a PEM block into %s, from -----BEGIN to -----END", e.at.Name())
			return true
		}
	}
	block, _ := pem.Decode([]byte(cert.text))
	certs, err := x509.ParseCertificates(block.Bytes)
	if err != nil || len(certs) == 0 {
		return false // Go's parser is stricter than that of gateways
	}
	// A certificate that was expired when mesh-check came out is expired on every day on which it runs.
	day, err := time.Parse(time.DateOnly, checks.SupportedIstioOn())
	if err != nil || !certs[0].NotAfter.Before(day) {
		return false
	}
	p.Report(cert.at.AtKey(), "the certificate in Secret %q, which Gateway %q uses, expired on %s: clients refuse it",
		s.Name, g.Name, certs[0].NotAfter.Format(time.DateOnly)).WithSeverity(checks.Error).WithAdvice("renew the certificate")
	return true
}

// reportCA reports that there is nothing by which clients are verified.
func reportCA(p *checks.Pass, g views.Gateway, s views.Secret) bool {
	for _, key := range caKeys {
		if entryOf(s, key).at.Node() != nil {
			return false
		}
	}
	all := credentials(p)
	if len(all.by[s.Name+caSuffix]) > 0 || all.open.Object() != nil {
		return false
	}
	p.Report(s.Data().AtKey(), "Secret %q has no ca.crt, and there is no Secret %q: Gateway %q cannot verify clients (MUTUAL)", s.Name, s.Name+caSuffix, g.Name).
		WithAdvice("add the CA of the clients as ca.crt, or as a Secret of its own")
	return true
}
