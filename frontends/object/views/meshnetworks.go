package views

import "github.com/mesh-check/mesh-check/frontends/object"

// remoteClusters is the label of the Secrets with which istiod reaches other clusters. Source: istio/istio
// pkg/kube/multicluster/secretcontroller.go.
const remoteClusters = "istio/multiCluster"

// clusterID is the variable by which istiod knows its own cluster. Source: istio/istio manifests/charts/istio-control/
// istio-discovery/templates/deployment.yaml.
const clusterID = "CLUSTER_ID"

// Networks is networks of a configuration of networks.
func Networks(config object.Field) object.Field { return config.Get("networks") }

// NetworkRegistries are the fromRegistry of the endpoints of networks, given as a mapping by the networks' names.
func NetworkRegistries(networks object.Field) []object.Str {
	var all []object.Str
	for _, network := range networks.Entries() {
		for _, endpoint := range network.Get("endpoints").Items() {
			if f := endpoint.Get("fromRegistry"); f.Exists() {
				all = append(all, f.Str())
			}
		}
	}
	return all
}

// RemoteClusters are the entries of the Secrets that give istiod access to other clusters; their names are the
// names of the clusters. whole is false where there may be more than is known.
func RemoteClusters(set *object.Set) (clusters []object.Field, whole object.Truth) {
	whole = object.Yes()
	for _, o := range set.ByKind("", "Secret") {
		if !o.Label(remoteClusters).Is("true").True() {
			continue
		}
		for _, at := range []string{"data", "stringData"} {
			data := o.Get(at)
			if data.Unknown() || data.Partial() {
				whole = object.Undecided(data)
			}
			clusters = append(clusters, data.Entries()...)
		}
	}
	return clusters, whole
}

// ClusterIDs are the names that the istiods of a set have for their own cluster.
func ClusterIDs(set *object.Set) []object.Str {
	var all []object.Str
	for _, w := range set.Workloads() {
		for _, c := range w.Containers() {
			for _, env := range c.Env() {
				if env.VarName() == clusterID {
					all = append(all, env.Value())
				}
			}
		}
	}
	return all
}
