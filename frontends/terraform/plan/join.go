package plan

import (
	"strings"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// sets are the attributes and blocks that the provider keeps as sets: plans show them
// in another order than they are written in. An entry is the name, or the name behind
// its block. Source: the schema of terraform-provider-kubernetes v3.2.1.
var sets = map[string]bool{
	"access_modes": true, "api_groups": true, "external_ips": true, "load_balancer_source_ranges": true,
	"match_label_keys": true, "monitors": true, "ceph_monitors": true, "mount_options": true, "namespaces": true,
	"resource_names": true, "resources": true, "scopes": true, "supplemental_groups": true, "target_ww_ns": true,
	"usages": true, "values": true, "verbs": true, "not_ready_address": true, "subset": true,
	"subset.address": true, "subset.port": true, "secret": true, "image_pull_secret": true,
}

// isSet reports whether an attribute is a set, by its name.
func isSet(name string) bool { return named(sets, name) }

// serverAttributes are the attributes and blocks that the provider or the server
// computes where nobody writes them. Where the configuration does not tell whether one
// is written, an unknown value of these means that it is not. An entry is the name, or
// the name behind its block. Source: what is Optional and Computed, and what is
// Computed alone, in the schema of terraform-provider-kubernetes v3.2.1.
var serverAttributes = wordSet(`active_deadline_seconds api_group audiences behavior bound_object_ref claim_ref
	client_ip cluster_ip cluster_ips completion_mode default_request dns_policy expiration_seconds
	external_traffic_policy generation health_check_node_port host_aliases host_ipc host_network host_pid hostname
	id image_pull_policy image_pull_secrets ingress_class_name internal_traffic_policy ip_families ip_family_policy
	keyring kind limits metric node_affinity node_name node_port node_selector persistent_volume_claim_retention_policy
	pod_management_policy priority_class_name readiness_gate replicas requests resource_version resources
	restart_policy revision_history_limit rolling_update rule runtime_class_name scale_down scale_up scheduler_name
	scope service_account_name service_port session_affinity_config status storage_class_name strategy subdomain
	target_cpu_utilization_percentage termination_grace_period_seconds termination_message_policy timeout_seconds
	uid volume_mode volume_name default_secret_name object`)

// computedAttributes are those of them that people do write in dynamic blocks: they
// count only in a block of which the attributes are known.
var computedAttributes = wordSet("metadata.name metadata.labels spec.selector spec.security_context port.target_port")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

func serverSet(name string, is written) bool {
	return named(serverAttributes, name) || is == noAttribute && named(computedAttributes, name)
}

// named reports whether a table has the last step of a name, or the last two.
func named(table map[string]bool, name string) bool {
	i := strings.LastIndexByte(name, '.')
	j := strings.LastIndexByte(name[:max(i, 0)], '.')
	return table[name[i+1:]] || table[name[j+1:]]
}

// list merges a list: of blocks, or of values.
func (m *merger) list(name string, after, unknown, sensitive *object.Node, k configured) *object.Node {
	out := &object.Node{Kind: object.List, Ref: m.place(k)}
	n := len(after.Items)
	if unknown != nil {
		n = max(n, len(unknown.Items))
	}
	if n == 0 {
		if k.is != isWritten {
			return nil
		}
		return out
	}
	partner := m.partners(name, after, n, k)
	for i := range n {
		element := func() {
			out.Items = append(out.Items, m.element(name, itemAt(after, i), itemAt(unknown, i), sensitiveAt(sensitive, i), partner[i]))
		}
		if a := itemAt(after, i); n == 1 && a != nil && a.Kind == object.Map {
			element() // the only block of its type
		} else {
			m.step("", i+1, element)
		}
	}
	return out
}

// element merges an element of a list, which is there even where nothing is set in it.
func (m *merger) element(name string, after, unknown, sensitive *object.Node, k configured) *object.Node {
	v := m.value(name, after, unknown, sensitive, k)
	switch {
	case v != nil:
		return v
	case after != nil && after.Kind == object.Map: // a block without anything in it
		return &object.Node{Kind: object.Map, Ref: m.place(k)}
	case after.Scalar(): // a zero value, but an element of a list is written by someone
		return &object.Node{Kind: after.Kind, Text: after.Text, Ref: m.place(k)}
	}
	// An element that is not set keeps the places of the others.
	return &object.Node{Kind: object.Null, Ref: m.place(k)}
}

// sensitiveAt is the mask of an element.
func sensitiveAt(mask *object.Node, i int) *object.Node {
	if isTrue(mask) {
		return mask
	}
	return itemAt(mask, i)
}

func itemAt(n *object.Node, i int) *object.Node {
	if n == nil || n.Kind != object.List || i >= len(n.Items) {
		return nil
	}
	return n.Items[i]
}

// partners finds for each element of a plan's list the element that was written: by
// position, and in sets, and where the numbers differ, by what they hold.
func (m *merger) partners(name string, after *object.Node, n int, k configured) []configured {
	partners := make([]configured, n)
	if k.node == nil || k.node.Kind != object.List {
		for i := range partners {
			partners[i] = m.inside(k)
		}
		return partners
	}
	elements := k.node.Items
	for i := range partners {
		if partners[i] = (configured{nil, maybeWritten}); m.sure {
			partners[i].is = notWritten
		}
	}
	if len(elements) == n && !isSet(name) {
		for i, e := range elements {
			partners[i] = configured{e, isWritten}
		}
		return partners
	}
	if n*len(elements) > maxJoined { // too many to compare
		return partners
	}
	used := make([]bool, len(elements))
	free := make([]bool, n)
	for i := range n {
		free[i] = true
		for j, e := range elements {
			if !used[j] && sameTree(itemAt(after, i), e) {
				partners[i], used[j], free[i] = configured{e, isWritten}, true, false
				break
			}
		}
	}
	for i := range n {
		if !free[i] {
			continue
		}
		best, at := -1, -1
		for j, e := range elements {
			if !used[j] {
				if score := alike(itemAt(after, i), e); score > best {
					best, at = score, j
				}
			}
		}
		if at >= 0 {
			partners[i], used[at] = configured{elements[at], isWritten}, true
		}
	}
	return partners
}

// maxJoined bounds how many elements of one list are compared with each other.
const maxJoined = 1 << 20

// sameTree reports whether all that a tree of the plan and a written one hold is known
// and equal; what one side alone has and is empty or a zero value counts as equal.
func sameTree(a, b *object.Node) bool {
	switch {
	case isNull(a) || isNull(b):
		return isNull(a) && isNull(b)
	case a.Scalar() && b.Scalar():
		return a.Text == b.Text
	case a.Kind != b.Kind:
		return false
	case a.Kind == object.Map:
		for _, e := range b.Entries {
			if !sameTree(a.Get(e.Key), e.Value) {
				return false
			}
		}
		return true
	case a.Kind == object.List && len(a.Items) == len(b.Items):
		for i := range a.Items {
			if !sameTree(a.Items[i], b.Items[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// alike counts the scalars that two trees have in common; -1 for scalars that differ.
func alike(a, b *object.Node) int {
	switch {
	case a == nil || b == nil || a.Kind == object.Unknown || b.Kind == object.Unknown:
		return 0
	case a.Scalar() && b.Scalar():
		if a.Text == b.Text {
			return 1
		}
		return -1
	case a.Kind == object.Map && b.Kind == object.Map:
		score := 0
		for _, e := range b.Entries {
			score += max(0, alike(a.Get(e.Key), e.Value))
		}
		return score
	case a.Kind == object.List && b.Kind == object.List:
		score := 0
		for i := range min(len(a.Items), len(b.Items)) {
			score += max(0, alike(a.Items[i], b.Items[i]))
		}
		return score
	}
	return 0
}
