package main

import (
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
)

// meshFlags say what mesh and cluster the objects are meant for. They are the switches
// that the configuration has too.
type meshFlags struct{ set *pflag.FlagSet }

func (f *meshFlags) group() group {
	g := newGroup("The mesh")
	f.set = g.flags
	fs := g.flags
	fs.String("istio-version", "", fmt.Sprintf("target Istio `version`: %s to %s, or all (default those that Istio supports, %s)",
		checks.OldestIstio, checks.NewestIstio, strings.Join(checks.SupportedIstio(), " and ")))
	fs.String("data-plane", "", "data plane of workloads that do not specify one: `MODE` sidecar or ambient")
	fs.Bool("cni", false, "Istio's CNI plugin sets up the pods' network")
	fs.String("native-sidecars", "auto", "`auto|on|off`: sidecars are restartable init containers")
	fs.String("istio-namespace", "istio-system", "`namespace` of the control plane")
	fs.String("mtls-mode", "", "mesh-wide `MODE` (STRICT, PERMISSIVE, DISABLE; default from the input, else PERMISSIVE)")
	fs.String("outbound-traffic-policy", "", "mesh-wide `POLICY` (ALLOW_ANY, REGISTRY_ONLY; default from the input)")
	fs.Bool("psp-enforced", false, "PodSecurityPolicies are enforced even if the input has none")
	fs.Bool("ingress-in-mesh", false, "ingress controllers that the input does not have are in the mesh, with sidecars")
	fs.String("platform", "", "`PLATFORM` of the cluster (openshift)")
	fs.StringSlice("known-host", nil, "`host` that exists although the input does not define it")
	fs.StringSlice("known-gateway", nil, "`namespace/name` of a Gateway that exists although the input does not define it")
	fs.StringArray("namespace-labels", nil, "`LABELS` of a namespace that the input does not define, as NAMESPACE=key=value[,key=value]")
	return g
}

// settings are the switches that flags set, checked.
func (f *meshFlags) settings() ([]config.Setting, error) {
	var all []config.Setting
	for _, s := range config.Switches {
		flag := f.set.Lookup(s.Flag)
		if !flag.Changed {
			continue
		}
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			if _, err := s.Set(v); err != nil {
				return nil, fmt.Errorf("--%s %s: %w", s.Flag, oneLine(v), err)
			}
		}
		setting, err := s.Set(values...)
		if err != nil {
			return nil, fmt.Errorf("--%s: %w", s.Flag, err)
		}
		all = append(all, setting)
	}
	return all, nil
}

// oneOf checks that a flag has one of some values, in any case, and spells it so.
func oneOf(flag string, value *string, of ...string) error {
	spelled, err := config.OneOf(*value, of...)
	if err != nil {
		return fmt.Errorf("--%s %s: %w", flag, oneLine(*value), err)
	}
	*value = spelled
	return nil
}
