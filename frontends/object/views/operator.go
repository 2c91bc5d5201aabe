package views

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Operator is the view of install.istio.io IstioOperator.
type Operator struct{ *object.Object }

// AsOperator returns the view of an IstioOperator.
func AsOperator(o *object.Object) Operator { return Operator{o} }

// MeshConfigs are where it sets MeshConfig: spec.meshConfig and spec.values.meshConfig.
func (o Operator) MeshConfigs() []object.Field {
	return []object.Field{o.Get("spec", "meshConfig"), o.Get("spec", "values", "meshConfig")}
}

// Spec is spec: what istioctl is to install.
func (o Operator) Spec() object.Field { return o.Get("spec") }

// Values is spec.values: the values of Istio's charts.
func (o Operator) Values() object.Field { return o.Get("spec", "values") }

// Profile is spec.profile: the name or the file of the profile that the rest is laid over.
func (o Operator) Profile() object.Str { return o.Get("spec", "profile").Str() }

// Revision is spec.revision.
func (o Operator) Revision() object.Str { return o.Get("spec", "revision").Str() }

// Tag is spec.tag: that of Istio's images.
func (o Operator) Tag() object.Str { return o.Get("spec", "tag").Str() }

// Components is spec.components.
func (o Operator) Components() object.Field { return o.Get("spec", "components") }

// CNI is spec.components.cni.enabled.
func (o Operator) CNI() object.Field { return o.Get("spec", "components", "cni", "enabled") }

// PilotEnv is what spec.components.pilot.k8s.env gives to an environment variable of istiod.
func (o Operator) PilotEnv(name string) []object.Field {
	var all []object.Field
	for _, env := range o.Get("spec", "components", "pilot", "k8s", "env").Items() {
		if env.Get("name").Str().V == name {
			all = append(all, env.Get("value"))
		}
	}
	return all
}

// OperatorGateway is a gateway that an IstioOperator installs.
type OperatorGateway struct{ object.Field }

// Gateways are the elements of spec.components.ingressGateways and egressGateways.
func (o Operator) Gateways() []OperatorGateway {
	var all []OperatorGateway
	for _, list := range o.GatewayLists() {
		for _, f := range list.Items() {
			all = append(all, OperatorGateway{f})
		}
	}
	return all
}

// GatewayLists are spec.components.ingressGateways and egressGateways themselves.
func (o Operator) GatewayLists() []object.Field {
	return []object.Field{o.Components().Get("ingressGateways"), o.Components().Get("egressGateways")}
}

// GatewayName is the name of the gateway, by which it is one of the profile's or a new one.
func (g OperatorGateway) GatewayName() object.Str { return g.Get("name").Str() }

// Enabled is enabled; a gateway without it is installed.
func (g OperatorGateway) Enabled() object.Str { return g.Get("enabled").Str() }

// HookCommand is the command of a hook (postStart, preStop) of a container's lifecycle.
func HookCommand(lifecycle object.Field, hook string) object.Field {
	return lifecycle.Get(hook, "exec", "command")
}

// Setting returns the field at a dotted path below another one: global.proxy.lifecycle.
func Setting(below object.Field, path string) object.Field {
	return below.Get(strings.Split(path, ".")...)
}

// Settings are the fields at a dotted path of an object, in which [] is each element of a list:
// spec.http[].fault.delay. Those that are missing are left out; where one on the way is not known, it is returned
// itself.
func Settings(o *object.Object, path string) []object.Field {
	found := []object.Field{o.Root()}
	for _, step := range strings.Split(path, ".") {
		key, list := strings.CutSuffix(step, "[]")
		var next []object.Field
		for _, f := range found {
			switch below := f.Get(key); {
			case f.Unknown():
				next = append(next, f)
			case list && below.Known():
				next = append(next, below.Items()...)
			case below.Exists():
				next = append(next, below)
			}
		}
		found = next
	}
	return found
}

// GatewayLabels are label of spec.components.ingressGateways and egressGateways: labels of the pods of the gateways that it
// installs, beside those that they have anyway.
func (o Operator) GatewayLabels() []object.Field {
	components := o.Get("spec", "components")
	return append(each(components.Get("ingressGateways"), "label"), each(components.Get("egressGateways"), "label")...)
}

// Data is data of a ConfigMap, or one entry of it.
func Data(o *object.Object, entry ...string) object.Field {
	return o.Get(append([]string{"data"}, entry...)...)
}

// APIVersion is apiVersion of any object: the group and the version in which it is written.
func APIVersion(o *object.Object) object.Str { return o.Get("apiVersion").Str() }
