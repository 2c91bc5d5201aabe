package checktest

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/checks"
)

// settings are what a fixture's flags say; they are named as on the command line.
type settings struct {
	mesh      checks.Mesh
	namespace string
}

func parseFlags(args []string) (*settings, error) {
	s := &settings{}
	var plane string
	var labels []string
	fs := pflag.NewFlagSet("flags", pflag.ContinueOnError)
	fs.StringVar(&s.mesh.Istio, "istio-version", "", "")
	fs.StringVar(&s.mesh.Kubernetes, "kube-version", "", "")
	fs.StringVar(&plane, "data-plane", "", "")
	fs.BoolVar(&s.mesh.CNI, "cni", false, "")
	fs.StringVar(&s.mesh.NativeSidecars, "native-sidecars", "", "")
	fs.StringVar(&s.mesh.IstioNamespace, "istio-namespace", "", "")
	fs.StringVar(&s.mesh.MTLSMode, "mtls-mode", "", "")
	fs.StringVar(&s.mesh.OutboundTrafficPolicy, "outbound-traffic-policy", "", "")
	fs.BoolVar(&s.mesh.PSPEnforced, "psp-enforced", false, "")
	fs.BoolVar(&s.mesh.IngressInMesh, "ingress-in-mesh", false, "")
	fs.StringVar(&s.mesh.Platform, "platform", "", "")
	fs.StringSliceVar(&s.mesh.KnownHosts, "known-host", nil, "")
	fs.StringSliceVar(&s.mesh.KnownGateways, "known-gateway", nil, "")
	fs.StringArrayVar(&labels, "namespace-labels", nil, "")
	fs.StringVarP(&s.namespace, "namespace", "n", "default", "")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	s.mesh.DataPlane = checks.Mode(plane)
	s.mesh.NamespaceLabels = map[string]map[string]string{}
	for _, l := range labels {
		namespace, pairs, _ := strings.Cut(l, "=")
		s.mesh.NamespaceLabels[namespace] = map[string]string{}
		for _, pair := range strings.Split(pairs, ",") {
			key, value, ok := strings.Cut(pair, "=")
			if !ok {
				return nil, fmt.Errorf("--namespace-labels %s: must be NAMESPACE=key=value[,key=value]", l)
			}
			s.mesh.NamespaceLabels[namespace][key] = value
		}
	}
	return s, nil
}

// kubeVersion is the version to render with, as Helm wants it; empty for the newest.
func (s *settings) kubeVersion() string {
	if v := s.mesh.Kubernetes; strings.Count(v, ".") == 1 {
		return v + ".0"
	}
	return s.mesh.Kubernetes
}
