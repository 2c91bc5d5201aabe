package kube

import (
	"github.com/mesh-check/mesh-check/frontends/object"
)

// nameUnknown gives an object whose name or namespace is not known what it goes by: its
// address, and the expression of the namespace. Of a Namespace the name is that
// expression too, since it is the namespace of others.
func nameUnknown(o *object.Object) {
	if o.Name == "" {
		o.Name = o.Address
		if name := o.Get("metadata", "name"); o.Is("", "Namespace") && name.Unknown() {
			o.Name = givenOr(name, o.Address+".metadata[0].name")
		}
	}
	if ns := o.Get("metadata", "namespace"); ns.Unknown() && !o.ClusterWide() {
		o.Namespace = givenOr(ns, o.Address+".metadata[0].namespace")
	}
}

func givenOr(f object.Field, otherwise string) string {
	if given := f.Given(); given != "" {
		return given
	}
	return "${" + otherwise + "}"
}
