package argocd

import (
	"path"
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/release"
	"github.com/mesh-check/mesh-check/frontends/release/remote"
)

// remoteOf is the chart that a source of an Application names in a repository of charts; nil for
// a path of a git repository. Since 3.1 a registry may be named without a chart.
func remoteOf(s object.Field) *remote.Chart {
	chart, repository, version := s.Get("chart"), s.Get("repoURL"), s.Get("targetRevision")
	m := &remote.Chart{Repository: repository.Str().V, Name: chart.Str().V, Version: version.Str().V}
	m.Unknown = release.FirstUnknown(chart, repository, version)
	switch {
	case chart.Unknown() || m.Name != "":
		return m
	case !strings.HasPrefix(m.Repository, remote.OCIScheme):
		return nil
	}
	registry, last := path.Split(strings.Trim(strings.TrimPrefix(m.Repository, remote.OCIScheme), "/"))
	m.Repository, m.Name = remote.OCIScheme+strings.TrimSuffix(registry, "/"), last
	return m
}
