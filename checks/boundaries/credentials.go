package boundaries

import (
	"slices"
	"strings"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

// everywhere is a kind that makes Secrets in namespaces of its choice.
const everywhere = "ClusterExternalSecret"

// credentialIndex has the Secrets of the input, and what controllers make Secrets from, by the names of the Secrets.
type credentialIndex struct {
	by    map[string][]*object.Object
	names []string
	open  object.Field // a name that is not known
}

type credentialsKey struct{}

func credentials(p *checks.Pass) *credentialIndex {
	return checks.Once(p, credentialsKey{}, func() *credentialIndex {
		x := &credentialIndex{by: map[string][]*object.Object{}}
		add := func(o *object.Object, name object.Str) {
			if name.Unknown() {
				x.open = name.Field
				return
			}
			if len(x.by[name.V]) == 0 {
				x.names = append(x.names, name.V)
			}
			x.by[name.V] = append(x.by[name.V], o)
		}
		for _, o := range p.ByKind("", "Secret") {
			add(o, o.NameField().Str())
		}
		for _, made := range views.MadeSecrets(p.Set) {
			add(made.Object, made.Name)
		}
		return x
	})
}

// credential is what a credentialName names: a Secret, perhaps with its namespace.
type credential struct{ namespace, name string }

// parseCredential reads a credentialName; ok is false where it names no Secret. Source: istio/istio
// pilot/pkg/model/credentials/resource.go ParseResourceName (1.32).
func parseCredential(text string) (c credential, ok bool) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		scheme, rest = "kubernetes", text
	}
	if scheme != "kubernetes" && scheme != "kubernetes-gateway" {
		return c, false
	}
	if namespace, name, both := strings.Cut(rest, "/"); both {
		return credential{namespace, name}, true
	}
	return credential{name: rest}, true
}

// lookup is where the pods of a Gateway look for a Secret.
type lookup struct {
	names []string // none where nobody knows
	// pods are those whose namespaces these are; none where the name of the Secret has its own.
	pods []*object.Workload
}

func (c credential) namespaces(p *checks.Pass, g views.Gateway) lookup {
	if c.namespace != "" {
		return lookup{names: []string{c.namespace}}
	}
	l := lookup{}
	for _, w := range podsOfGateway(p, g).pods {
		if w.NamespaceField().Unknown() {
			return lookup{}
		}
		l.names, l.pods = append(l.names, p.NamespaceOf(w.Object)), append(l.pods, w)
	}
	return l
}

// mayBe reports whether the pods may find what is made in the namespace of an object.
func (l lookup) mayBe(p *checks.Pass, o *object.Object) bool {
	return len(l.names) == 0 || slices.Contains(l.names, p.NamespaceOf(o)) || len(l.pods) == 0 && o.Namespace == "" ||
		slices.ContainsFunc(l.pods, func(w *object.Workload) bool { return mayMeet(w.Object, o) })
}
