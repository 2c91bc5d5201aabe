package views

import (
	"net/netip"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// Machine is a proxy outside of pods, such as that of a virtual machine: a WorkloadEntry, or what a WorkloadGroup makes
// WorkloadEntries from.
type Machine struct {
	*object.Object
	// Labels are what selectors are compared with. Those of the metadata of a WorkloadEntry count beside these of its spec.
	Labels []object.Field
}

// Machines are the proxies outside of pods of a set. Source: istio.io/api v1.32.0 networking/v1alpha3/workload_entry.proto and
// workload_group.proto.
func Machines(set *object.Set) []Machine {
	var all []Machine
	for _, o := range set.ByKind(Networking, "WorkloadEntry") {
		all = append(all, Machine{o, []object.Field{o.Get("spec", "labels"), o.OwnLabels()}})
	}
	for _, o := range set.ByKind(Networking, "WorkloadGroup") {
		all = append(all, Machine{o, []object.Field{o.Get("spec", "metadata", "labels"), o.Get("spec", "template", "labels")}})
	}
	return all
}

// MachineLabel is a label of a WorkloadEntry: that of its metadata, else that of its spec. Source: istio/istio
// pilot/pkg/serviceregistry/serviceentry/conversion.go convertWorkloadEntry (1.32).
func MachineLabel(entry *object.Object, key string) object.Str {
	if own := entry.OwnLabels().Get(key).Str(); own.Exists() || own.Unknown() {
		return own
	}
	return entry.Get("spec", "labels").Get(key).Str()
}

// MachineHasIP reports whether the address of a WorkloadEntry is an IP, or is that of its network's gateway, as it is missing: Istio
// gives those with a name or a socket to ServiceEntries with DNS resolution alone. Source: istio/istio
// pilot/pkg/serviceregistry/serviceentry/conversion.go convertWorkloadEntryToWorkloadInstance (1.32).
func MachineHasIP(entry *object.Object) object.Truth {
	address := entry.Get("spec", "address").Str()
	if !address.Exists() && address.Known() {
		return object.Yes()
	}
	return address.Matches(func(v string) bool {
		_, err := netip.ParseAddr(v)
		return v == "" || err == nil
	})
}
