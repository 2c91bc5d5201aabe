package remote

import (
	"net/url"
	"strings"
)

// Chart is a chart of a repository or registry of charts, as a declaration names it.
type Chart struct {
	// Repository is its URL, or the host and the path of a registry.
	Repository string
	// Name is the chart's name there, and Version a version, a range of versions, or empty.
	Name, Version string
	// Unknown is the reason why one of them is not known; empty where all are.
	Unknown string
	// Dir is the directory, as the tree of files names it, in which the configuration has the
	// chart looked for by its name; empty where it names none.
	Dir string
}

// String names the chart; a password in the URL is left out.
func (m Chart) String() string {
	words := []string{m.Name, m.Version}
	if m.Repository != "" {
		words = append(words, "of", WithoutPassword(m.Repository))
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// Public is the chart without a password in its URL.
func (m Chart) Public() Chart {
	m.Repository = WithoutPassword(m.Repository)
	return m
}

// OCI reports whether the chart is in a registry: Argo CD takes what has no scheme for one.
//
// Source: util/helm/client.go, IsHelmOciRepo, of argoproj/argo-cd at 37ee0097cf.
func (m Chart) OCI() bool {
	if strings.HasPrefix(m.Repository, OCIScheme) {
		return true
	}
	u, err := url.Parse(m.Repository)
	return m.Repository != "" && err == nil && u.Host == ""
}

// OCIScheme begins the URL of a registry.
const OCIScheme = "oci://"

// reference is the chart as the configuration names it.
func (m Chart) reference() string {
	return strings.TrimSuffix(strings.TrimPrefix(m.Repository, OCIScheme), "/") + "/" + m.Name
}

// short is the last part of its name, which is what it is called on disk.
func (m Chart) short() string { return m.Name[strings.LastIndex(m.Name, "/")+1:] }

// WithoutPassword is a URL without the user that it names.
func WithoutPassword(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	host, _, _ := strings.Cut(rest, "/")
	if i := strings.LastIndex(host, "@"); i >= 0 {
		return scheme + "://***" + rest[i:]
	}
	return address
}
