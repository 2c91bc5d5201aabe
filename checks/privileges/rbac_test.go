package privileges

import (
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/manifest"
	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/object/views"
)

const (
	usePSP   = "{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use]}"
	account  = "{kind: ServiceAccount, name: web, namespace: default}"
	document = "---\napiVersion: rbac.authorization.k8s.io/v1\n"
)

func clusterRoleText(name, more string) string {
	return document + "kind: ClusterRole\nmetadata: {name: " + name + "}\n" + more + "\n"
}

func labelledRole(name, label string) string {
	return document + "kind: ClusterRole\nmetadata: {name: " + name + ", labels: {" + label + "}}\nrules: [" + usePSP + "]\n"
}

func binding(kind, metadata, role, subject string) string {
	return document + "kind: " + kind + "\nmetadata: {name: b" + metadata + "}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: " +
		role + "}\nsubjects: [" + subject + "]\n"
}

// TestCan asks whether the account default/web may use the policy "open", of which
// the API server of a cluster would say the same.
func TestCan(t *testing.T) {
	role := clusterRoleText("use", "rules: ["+usePSP+"]")
	for _, c := range []struct {
		name, text string
		want       bool
	}{
		{"nothing", "", false},
		{"role without binding", role, false},
		{"binding without role", binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"cluster role", role + binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"cluster binding", role + binding("ClusterRoleBinding", "", "ClusterRole, name: use", account), true},
		{"binding of another namespace", role + binding("RoleBinding", ", namespace: other", "ClusterRole, name: use", account), false},
		{"cluster role as role", role + binding("RoleBinding", "", "Role, name: use", account), false},
		{"other account", role + binding("RoleBinding", "", "ClusterRole, name: use", strings.Replace(account, "web", "db", 1)), false},
		{"account of another namespace", role + binding("RoleBinding", "", "ClusterRole, name: use", strings.Replace(account, "default", "other", 1)), false},
		{"all accounts", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: Group, name: "system:serviceaccounts"}`), true},
		{"all of the namespace", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: Group, name: "system:serviceaccounts:default"}`), true},
		{"all of another", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: Group, name: "system:serviceaccounts:other"}`), false},
		{"all users", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: Group, name: "system:authenticated"}`), true},
		{"anonymous", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: Group, name: "system:unauthenticated"}`), false},
		{"by user name", role + binding("RoleBinding", "", "ClusterRole, name: use", `{kind: User, name: "system:serviceaccount:default:web"}`), true},
		{"second subject", role + binding("RoleBinding", "", "ClusterRole, name: use", "{kind: User, name: jane}, "+account), true},
		{
			"role of the namespace", document + "kind: Role\nmetadata: {name: use}\nrules: [" + usePSP + "]\n" +
				binding("RoleBinding", "", "Role, name: use", account), true,
		},
		{
			"role of another namespace", document + "kind: Role\nmetadata: {name: use, namespace: other}\nrules: [" + usePSP + "]\n" +
				binding("RoleBinding", "", "Role, name: use", account), false,
		},
		{"named policy", clusterRoleText("use", "rules: ["+strings.Replace(usePSP, "}", ", resourceNames: [shut, open]}", 1)+"]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"other policy", clusterRoleText("use", "rules: ["+strings.Replace(usePSP, "}", ", resourceNames: [shut]}", 1)+"]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"other verb", clusterRoleText("use", "rules: ["+strings.Replace(usePSP, "use", "get", 1)+"]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"other group", clusterRoleText("use", "rules: ["+strings.Replace(usePSP, "policy", "apps", 1)+"]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"old group", clusterRoleText("use", "rules: ["+strings.Replace(usePSP, "policy", "extensions", 1)+"]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"everything", clusterRoleText("use", `rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]`) +
			binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"two halves make no rule", clusterRoleText("use", "rules: [{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [get]}, {apiGroups: [policy], resources: [evictions], verbs: [use]}]") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"cluster-admin", binding("ClusterRoleBinding", "", "ClusterRole, name: cluster-admin", account), true},
		{"edit", binding("ClusterRoleBinding", "", "ClusterRole, name: edit", account), false},
		{"added to view", labelledRole("psp", `rbac.authorization.k8s.io/aggregate-to-view: "true"`) +
			binding("ClusterRoleBinding", "", "ClusterRole, name: admin", account), true},
		{"added to admin", labelledRole("psp", `rbac.authorization.k8s.io/aggregate-to-admin: "true"`) +
			binding("ClusterRoleBinding", "", "ClusterRole, name: view", account), false},
		{"aggregated", labelledRole("psp", "part: psp") +
			clusterRoleText("use", "aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: psp}}]}") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"aggregated twice", labelledRole("psp", "part: psp") +
			document + "kind: ClusterRole\nmetadata: {name: middle, labels: {part: middle}}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {part: psp}}]}\n" +
			clusterRoleText("use", "aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: part, operator: In, values: [middle]}]}]}") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), true},
		{"aggregated from itself", document + "kind: ClusterRole\nmetadata: {name: use, labels: {a: b}}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\nrules: [" + usePSP + "]\n" +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
		{"not selected", labelledRole("psp", "part: psp") +
			clusterRoleText("use", "aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: part, operator: DoesNotExist}]}]}") +
			binding("RoleBinding", "", "ClusterRole, name: use", account), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			policy := "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: open}\n"
			p := privilegesPass(t, &checks.Mesh{}, policy+c.text)
			usables, more := usablePolicies(p, serviceAccount{"default", "web"}, views.PodSecurityPolicies(p.Set))
			if !more.False() || len(usables) > 0 != c.want {
				t.Errorf("usable: %v (undecided: %v), want %v", len(usables) > 0, !more.False(), c.want)
			}
			for _, u := range usables {
				if u.binding == nil {
					t.Error("no binding is named")
				}
			}
		})
	}
}

// TestCanUnknown says that an unknown value is neither a yes nor a no.
func TestCanUnknown(t *testing.T) {
	text := "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: open}\n" +
		clusterRoleText("use", "rules: ["+usePSP+"]") + binding("RoleBinding", "", "ClusterRole, name: use", account)
	for _, path := range [][]string{{"subjects"}, {"roleRef", "name"}, {"metadata", "namespace"}} {
		p := privilegesPass(t, &checks.Mesh{}, text)
		o := p.ByKind(rbacGroup, "RoleBinding")[0]
		makeUnknown(o.Tree, path)
		usables, more := usablePolicies(p, serviceAccount{"default", "web"}, views.PodSecurityPolicies(p.Set))
		if len(usables) > 0 || more.False() || len(p.Questions()) != 1 {
			t.Errorf("%v unknown: %d usable, undecided %v, %d open questions; want 0, true, 1", path, len(usables), !more.False(), len(p.Questions()))
		}
	}
}

// makeUnknown puts an unknown value at a path of a tree; of lists, the first element
// is meant.
func makeUnknown(n *object.Node, path []string) {
	unknown := &object.Node{Kind: object.Unknown, Text: "not known"}
	if n.Kind == object.List {
		makeUnknown(n.Items[0], path[1:])
		return
	}
	for i, e := range n.Entries {
		if e.Key == path[0] {
			if len(path) == 1 {
				n.Entries[i].Value = unknown
			} else {
				makeUnknown(e.Value, path[1:])
			}
			return
		}
	}
	n.Entries = append(n.Entries, object.Entry{Key: path[0], Value: unknown})
}

func TestRefusesInit(t *testing.T) {
	for _, c := range []struct{ spec, want string }{
		{"{allowedCapabilities: [NET_ADMIN, NET_RAW]}", ""},
		{`{allowedCapabilities: ["*"]}`, ""},
		{"{allowedCapabilities: [NET_ADMIN], defaultAddCapabilities: [NET_RAW]}", ""},
		{"{defaultAddCapabilities: [NET_ADMIN, NET_RAW]}", ""},
		{"{}", "does not allow NET_ADMIN and NET_RAW"},
		{"{privileged: true}", "does not allow NET_ADMIN and NET_RAW"},
		{"{allowedCapabilities: [NET_RAW]}", "does not allow NET_ADMIN"},
		{"{allowedCapabilities: [CAP_NET_ADMIN, CAP_NET_RAW]}", "does not allow NET_ADMIN and NET_RAW"},
		{`{allowedCapabilities: ["*"], requiredDropCapabilities: [ALL]}`, "drops NET_ADMIN and NET_RAW"},
		{`{allowedCapabilities: ["*"], requiredDropCapabilities: [NET_RAW, MKNOD]}`, "drops NET_RAW"},
		{`{allowedCapabilities: ["*"], runAsUser: {rule: RunAsAny}}`, ""},
		{`{allowedCapabilities: ["*"], runAsUser: {rule: MustRunAsNonRoot}}`, "does not allow UID 0, which istio-init runs as"},
		{`{allowedCapabilities: ["*"], runAsUser: {rule: MustRunAs, ranges: [{min: 1000, max: 2000}, {min: 0, max: 0}]}}`, ""},
		{`{allowedCapabilities: ["*"], runAsUser: {rule: MustRunAs, ranges: [{min: 1, max: 65535}]}}`, "does not allow UID 0, which istio-init runs as"},
		{`{allowedCapabilities: [NET_RAW], runAsUser: {rule: MustRunAsNonRoot}}`, "does not allow NET_ADMIN, does not allow UID 0, which istio-init runs as"},
	} {
		p := privilegesPass(t, &checks.Mesh{}, "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: x}\nspec: "+c.spec+"\n")
		reasons, open := refusesInit(views.PodSecurityPolicies(p.Set)[0])
		var whats []string
		for _, r := range reasons {
			whats = append(whats, r.what)
		}
		if got := strings.Join(whats, ", "); got != c.want || !open.False() {
			t.Errorf("%s: %q, want %q", c.spec, got, c.want)
		}
	}
}

// privilegesPass is a pass over the objects of a text.
func privilegesPass(t *testing.T, mesh *checks.Mesh, text string) *checks.Pass {
	t.Helper()
	objects, errs := manifest.Read("test.yaml", []byte(text))
	for _, err := range errs {
		t.Fatal(err)
	}
	return checks.NewPass(&checks.Check{ID: "MESH000"}, object.NewSet("default", objects), mesh)
}
