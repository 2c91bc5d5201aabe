package views

import "github.com/mesh-check/mesh-check/frontends/object"

// Operator is the view of install.istio.io IstioOperator.
type Operator struct{ *object.Object }

// AsOperator returns the view of an IstioOperator.
func AsOperator(o *object.Object) Operator { return Operator{o} }

// MeshConfigs are where it sets MeshConfig: spec.meshConfig and spec.values.meshConfig.
func (o Operator) MeshConfigs() []object.Field {
	return []object.Field{o.Get("spec", "meshConfig"), o.Get("spec", "values", "meshConfig")}
}

// Values is spec.values: the values of Istio's charts.
func (o Operator) Values() object.Field { return o.Get("spec", "values") }

// CNI is spec.components.cni.enabled.
func (o Operator) CNI() object.Field { return o.Get("spec", "components", "cni", "enabled") }

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
