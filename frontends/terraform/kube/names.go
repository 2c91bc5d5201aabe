package kube

import (
	"reflect"
	"strings"
	"sync"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// The names of the provider's attributes and blocks against those of Kubernetes.
// Nearly all follow a rule: without underscores and case the name is the JSON name,
// or its singular where the field is a list or a mapping. What does not follow it
// is in the tables below. Source: the schema of
// hashicorp/terraform-provider-kubernetes v3.2.1 (2026-08-21) walked beside
// k8s.io/api v0.33.4, and that of v2.38.0 for PodSecurityPolicy.

// renamed are attributes with a name of their own: owner and name to JSON name. The
// owner is the Go type in k8s.io/api.
var renamed = map[string]string{
	"AzureDiskVolumeSource.data_disk_uri":            "diskURI",
	"DaemonSetSpec.strategy":                         "updateStrategy",
	"Endpoint.condition":                             "conditions",
	"GlusterfsVolumeSource.endpoints_name":           "endpoints",
	"GlusterfsPersistentVolumeSource.endpoints_name": "endpoints",
	"RBDVolumeSource.ceph_monitors":                  "monitors",
	"RBDVolumeSource.rados_user":                     "user",
	"RBDVolumeSource.rbd_image":                      "image",
	"RBDVolumeSource.rbd_pool":                       "pool",
	"RBDPersistentVolumeSource.ceph_monitors":        "monitors",
	"RBDPersistentVolumeSource.rados_user":           "user",
	"RBDPersistentVolumeSource.rbd_image":            "image",
	"RBDPersistentVolumeSource.rbd_pool":             "pool",
	"Secret.binary_data":                             "data",
	"StorageClass.storage_provisioner":               "provisioner",
}

// inlined are blocks whose fields Kubernetes has in the parent itself.
var inlined = map[string]bool{"PersistentVolumeSpec.persistent_volume_source": true}

// terraformOnly are attributes that no Kubernetes object has: they steer the
// provider, or the server sets them. An owner of * is any.
var terraformOnly = map[string]bool{
	"*.auto_approve": true, "*.id": true, "*.target_state": true, "*.timeouts": true,
	"*.wait_for_completion": true, "*.wait_for_default_service_account": true, "*.wait_for_load_balancer": true,
	"*.wait_for_rollout": true, "*.wait_for_service_account_token": true, "*.wait_until_bound": true,
	"AzureFileVolumeSource.secret_namespace": true, "LocalObjectReference.namespace": true, "Volume.local": true,
	"CertificateSigningRequest.certificate": true, "TokenRequest.token": true, // of the status
	"HorizontalPodAutoscalerSpec.target_cpu_utilization_percentage": true, // where v1 is not meant
	"ObjectMeta.generation": true, "ObjectMeta.resource_version": true, "ObjectMeta.uid": true,
	"ObjectMeta.self_link":          true,                                        // until provider 2.0
	"Ingress.load_balancer_ingress": true, "Service.load_balancer_ingress": true, // until provider 2.0
	"Secret.binary_data_wo": true, "Secret.binary_data_wo_revision": true, "Secret.data_wo": true, "Secret.data_wo_revision": true,
	"ServiceAccount.default_secret_name": true,
}

// meanings of a name in a block.
type meaning uint8

const (
	unknownName meaning = iota
	fieldName           // a field of the Kubernetes object
	inlineName          // a block that stands for its parent
	droppedName         // Terraform's own
)

// target is what a name in a block becomes.
type target struct {
	meaning meaning
	json    string
	typ     reflect.Type
}

type nameKey struct {
	t    reflect.Type
	name string
}

var targets sync.Map // map[nameKey]target

// targetOf says what a name of the provider means in a struct of Kubernetes.
func targetOf(t reflect.Type, name string) target {
	key := nameKey{t, name}
	if known, ok := targets.Load(key); ok {
		return known.(target)
	}
	found := lookUp(t, name)
	targets.Store(key, found)
	return found
}

func lookUp(t reflect.Type, name string) target {
	fields := object.JSONFields(t)
	field := func(json string) target {
		return target{fieldName, json, t.FieldByIndex(fields[json]).Type}
	}
	own := t.Name() + "." + name
	if json, ok := renamed[own]; ok {
		if _, has := fields[json]; has {
			return field(json)
		}
	}
	if inlined[own] {
		return target{meaning: inlineName}
	}
	// A field that the rule finds comes first: HorizontalPodAutoscalerSpec has a
	// target_cpu_utilization_percentage in autoscaling/v1 alone.
	if !terraformOnly[own] || t.Name() == "HorizontalPodAutoscalerSpec" {
		if json, ok := byRule(t, fields, name); ok {
			return field(json)
		}
	}
	if terraformOnly[own] || terraformOnly["*."+name] {
		return target{meaning: droppedName}
	}
	return target{}
}

// byRule finds the JSON name that a name stands for: the same letters, else its
// plural where the field is a list or a mapping.
func byRule(t reflect.Type, fields map[string][]int, name string) (json string, ok bool) {
	letters := strings.ToLower(strings.ReplaceAll(name, "_", ""))
	plurals := []string{letters + "s", letters + "es"}
	if stem, y := strings.CutSuffix(letters, "y"); y {
		plurals = append(plurals, stem+"ies")
	}
	for field, index := range fields {
		lower := strings.ToLower(field)
		if lower == letters {
			return field, true
		}
		kind := t.FieldByIndex(index).Type.Kind()
		if kind != reflect.Slice && kind != reflect.Map {
			continue
		}
		for _, plural := range plurals {
			if lower == plural {
				json, ok = field, true
			}
		}
	}
	return json, ok
}

// nearest is the name of a block or attribute that was probably meant; empty where
// none is near.
func nearest(t reflect.Type, name string) string {
	best, distance := "", 3
	for field := range object.JSONFields(t) {
		for _, candidate := range []string{snake(field), strings.TrimSuffix(snake(field), "s")} {
			if d := editDistance(name, candidate); d < distance || d == distance && candidate < best {
				if targetOf(t, candidate).meaning == fieldName {
					best, distance = candidate, d
				}
			}
		}
	}
	return best
}

// snake writes a JSON name as the provider would: runAsUser is run_as_user, hostIPC
// is host_ipc.
func snake(json string) string {
	var b strings.Builder
	for i := range len(json) {
		c := json[i]
		upper := c >= 'A' && c <= 'Z'
		if upper && i > 0 && (json[i-1] >= 'a' || i+1 < len(json) && json[i+1] >= 'a') {
			b.WriteByte('_')
		}
		b.WriteByte(c)
	}
	return strings.ToLower(b.String())
}

// editDistance is the number of letters to add, drop, change or swap with their
// neighbour to make b of a.
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
