package example_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mesh-check/mesh-check/frontends/object/example"
)

const (
	affinity   = `{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"preference":{"matchExpressions":[{"key":"example","operator":"Exists"}]},"weight":1}]}}`
	container  = `[{"image":"example/example:1.0.0","name":"example"}]`
	initial    = `[{"image":"example/example:1.0.0","name":"example-init"}]`
	ingressTLS = `[{"hosts":["example.com"],"secretName":"example"}]`
	metric     = `[{"resource":{"name":"cpu","target":{"averageUtilization":80,"type":"Utilization"}},"type":"Resource"}]`
	mounts     = `[{"mountPath":"/example","name":"example"}]`
	probe      = `{"exec":{"command":["/bin/true"]}}`
	relabeling = `[{"replacement":"example","targetLabel":"example"}]`
	resources  = `{"limits":{"cpu":"100m","memory":"128Mi"},"requests":{"cpu":"100m","memory":"128Mi"}}`
	selector   = `{"matchLabels":{"example":"example"}}`
	spread     = `[{"labelSelector":{"matchLabels":{"example":"example"}},"maxSkew":1,"topologyKey":"kubernetes.io/hostname","whenUnsatisfiable":"ScheduleAnyway"}]`
	variables  = `[{"name":"EXAMPLE","value":"example"}]`
	volumes    = `[{"emptyDir":{"sizeLimit":"1Gi"},"name":"example"}]`
)

// TestValue has settings of real charts, what is there, and the example; none where
// the last column is empty.
func TestValue(t *testing.T) {
	for _, test := range [][3]string{
		{"affinity", "map", affinity},
		{"tolerations", "list", `[{"key":"example","operator":"Exists"}]`},
		{"primary.nodeSelector", "map", `{"example-primary-nodeselector":"example"}`},
		{"topologySpreadConstraints", "list", spread},
		{"priorityClassName", "string", `"example"`},
		{"priorityClassName", "", `"example"`},
		{"runtimeClassName", "string", `"example"`},
		{"schedulerName", "string", `"default-scheduler"`},
		{"terminationGracePeriodSeconds", "string", `60`},
		{"terminationGracePeriodSeconds", "", `60`},
		{"dnsPolicy", "string", `"ClusterFirst"`},
		{"dnsConfig", "map", `{"options":[{"name":"edns0"}]}`},
		{"hostAliases", "list", `[{"hostnames":["example.com"],"ip":"192.0.2.1"}]`},
		{"imagePullSecrets", "list", `[{"name":"example"}]`},
		{"image.pullSecrets", "list", `[{"name":"example"}]`},
		{"image.digest", "string", `"sha256:` + strings.Repeat("e", 64) + `"`},
		{"automountServiceAccountToken", "", `true`},
		{"initContainers", "list", initial},
		{"sidecars", "list", container},
		{"server.extraContainers", "list", container},
		{"extraContainers", "string", `"- {name: example, image: 'example/example:1.0.0'}"`},
		{"extraEnv", "list", variables},
		{"metrics.extraEnvVars", "list", variables},
		{"env", "list", variables},
		{"env", "map", `{"EXAMPLE":"example"}`},
		{"env", "", ``},
		{"extraEnvVarsCM", "string", `"example"`},
		{"extraEnvVarsSecret", "string", `"example"`},
		{"controller.extraEnvFrom", "list", `[{"configMapRef":{"name":"example"}}]`},
		{"extraArgs", "list", `["--example"]`},
		{"extraArgs", "map", `{"example-extraargs":"example"}`},
		{"args", "string", ``},
		{"command", "list", `["example"]`},
		{"extraVolumes", "list", volumes},
		{"extraVolumeMounts", "list", mounts},
		{"extraVolumes", "string", ``},
		{"extraVolumes", "map", ``},
		{"resources", "map", resources},
		{"volumePermissions.resources", "map", resources},
		{"persistence.resources", "map", `{"requests":{"storage":"1Gi"}}`},
		{"kubectl.resources.limits", "map", `{"cpu":"100m","memory":"128Mi"}`},
		{"securityContext", "map", `{"runAsNonRoot":true}`},
		{"podSecurityContext.sysctls", "list", `[{"name":"net.ipv4.ip_local_port_range","value":"1024 65535"}]`},
		{"podSecurityContext.supplementalGroups", "list", `[1000]`},
		{"containerSecurityContext.seLinuxOptions", "map", `{"level":"s0"}`},
		{"containerSecurityContext.capabilities.add", "list", `["NET_BIND_SERVICE"]`},
		{"customLivenessProbe", "map", probe},
		{"readinessProbe", "map", probe},
		{"livenessProbe.httpGet.httpHeaders", "list", `[{"name":"X-Example","value":"example"}]`},
		{"server.probe.readiness.httpGet", "map", `{"path":"/","port":12345}`},
		{"lifecycleHooks", "map", `{"preStop":{"exec":{"command":["/bin/true"]}}}`},
		{"podAnnotations", "map", `{"example-podannotations":"example"}`},
		{"serviceAccount.annotations", "map", `{"example-serviceaccount-annotations":"example"}`},
		{"podLabels", "map", `{"example-podlabels":"example"}`},
		{"commonLabels", "map", `{"example-commonlabels":"example"}`},
		{"podAnnotations", "list", ``},
		{"updateStrategy", "map", `{"type":"RollingUpdate"}`},
		{"updateStrategy.rollingUpdate", "map", `{"maxUnavailable":1}`},
		{"podManagementPolicy", "string", `"Parallel"`},
		{"service.loadBalancerIP", "string", `"192.0.2.1"`},
		{"service.loadBalancerSourceRanges", "list", `["192.0.2.0/24"]`},
		{"service.externalIPs", "list", `["192.0.2.1"]`},
		{"service.externalTrafficPolicy", "string", `"Local"`},
		{"service.ipFamilyPolicy", "string", `"SingleStack"`},
		{"service.ipFamilies", "list", `["IPv4"]`},
		{"service.sessionAffinity", "string", `"None"`},
		{"service.extraPorts", "list", `[{"name":"tcp-example","port":12345}]`},
		{"service.nodePorts.http", "string", `31292`},
		{"service.nodePort", "", `31541`},
		{"service.appProtocol", "string", ``},
		{"service.name", "string", ``},
		{"ingress.ingressClassName", "string", `"example"`},
		{"ingress.tls", "list", ingressTLS},
		{"cas.ingressAPI.extraTls", "list", ingressTLS},
		{"tls", "list", ``},
		{"ingress.hosts", "list", `["example.com"]`},
		{"ingress.hosts.0.paths", "list", ``},
		{"alertmanager.ingress.paths", "list", `["/example"]`},
		{"hosts", "list", ``},
		{"ingress.extraHosts", "list", `[{"name":"example.com","path":"/example"}]`},
		{"networkPolicy.extraIngress", "list", `[{"from":[{"podSelector":` + selector + `}]}]`},
		{"networkPolicy.egress", "list", `[{"to":[{"podSelector":` + selector + `}]}]`},
		{"networkPolicy.ingressNSMatchLabels", "map", `{"example-networkpolicy-ingressnsmatchlabels":"example"}`},
		{"networkPolicy.metrics.podSelector", "map", selector},
		{"pdb.minAvailable", "string", `1`},
		{"podDisruptionBudget.maxUnavailable", "", `1`},
		{"podDisruptionBudget.unhealthyPodEvictionPolicy", "", `"AlwaysAllow"`},
		{"autoscaling.behavior", "map", `{"scaleDown":{"stabilizationWindowSeconds":300}}`},
		{"autoscaling.behavior.scaleUp", "map", `{"stabilizationWindowSeconds":300}`},
		{"vmauth.horizontalPodAutoscaler.metrics", "list", metric},
		{"persistence.selector", "map", selector},
		{"persistence.dataSource", "map", `{"apiGroup":"snapshot.storage.k8s.io","kind":"VolumeSnapshot","name":"example"}`},
		{"persistence.storageClass", "string", `"example"`},
		{"shmVolume.sizeLimit", "string", `"1Gi"`},
		{"persistence.existingClaim", "string", `"example"`},
		{"auth.existingSecret", "string", `"example"`},
		{"backup.cronjob.timeZone", "string", `"Etc/UTC"`},
		{"backup.cronjob.ttlSecondsAfterFinished", "string", `3600`},
		{"rbac.rules", "list", `[{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}]`},
		{"controller.admissionWebhooks.objectSelector", "map", selector},
		{"serviceAccount.name", "string", `"example-serviceaccount"`},
		{"nodeAffinityPreset.values", "list", `["example"]`},
		{"metrics.serviceMonitor.relabelings", "list", relabeling},
		{"metrics.serviceMonitor.selector", "map", `{"example-metrics-servicemonitor-selector":"example"}`},
		{"metrics.serviceMonitor.interval", "string", `"30s"`},
		{"selector", "map", ``},
		{"deployment.affinity.node", "map", ``},
		// What has the name of a field and is none.
		{"ldap.port", "string", ``}, {"ldap.server", "string", ``}, {"ports", "list", ``}, {"name", "string", ``}, {"extraHosts", "list", ``},
		{"additionalHosts", "list", ``}, {"rawResources", "map", ``}, {"namespaceOverride", "string", ``}, {"auth.password", "string", ``}, {"rules", "list", ``},
		{"config", "map", ``}, {"type", "string", ``}, {"namespace", "string", ``},
		// What a chart must not be given.
		{"hostNetwork", "bool", ``}, {"hostNetwork", "", ``}, {"securityContext.privileged", "bool", ``}, {"nodeName", "string", ``}, {"cronjob.suspend", "bool", ``},
		// Other types than the field's.
		{"tolerations", "string", ``}, {"tolerations", "map", ``}, {"affinity", "list", ``}, {"priorityClassName", "map", ``}, {"shareProcessNamespace", "string", ``},
		{"shareProcessNamespace", "bool", `true`}, {"revisionHistoryLimit", "number", `1`}, {"pdb.minAvailable", "number", `1`}, {"priorityClassName", "number", ``},
		{"", "string", ``},
	} {
		v, ok := example.Value(strings.Split(test[0], "."), test[1])
		got := ""
		if ok {
			got = text(t, v)
		}
		if got != test[2] {
			t.Errorf("%s, a %q: %s, want %s", test[0], test[1], got, test[2])
		}
	}
	for _, path := range [][]string{nil, slices.Repeat([]string{"affinity"}, 1000), {strings.Repeat("A", 1<<20) + "Labels"}} {
		if v, ok := example.Value(path, "map"); ok {
			t.Errorf("%.100q is %v", path, v)
		}
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestOwn holds that callers may change what they get.
func TestOwn(t *testing.T) {
	for _, path := range [][]string{{"podAnnotations"}, {"tolerations"}, {"affinity"}, {"service", "extraPorts"}, {"extraDeploy"}, {"resources"}} {
		for _, has := range []string{"map", "list"} {
			v, ok := example.Value(path, has)
			if !ok {
				continue
			}
			want := text(t, v)
			spoil(v)
			if again, _ := example.Value(path, has); text(t, again) != want {
				t.Errorf("%v: %s, and after a change %s", path, want, text(t, again))
			}
		}
	}
}

// spoil changes all that a value is made of.
func spoil(v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, x := range v {
			spoil(x)
			v[key] = "spoiled"
		}
		v["spoiled"] = true
	case []any:
		for i, x := range v {
			spoil(x)
			v[i] = "spoiled"
		}
	}
}

// decoded reports whether a value is of the types that JSON is decoded to.
func decoded(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			if !decoded(x) {
				return false
			}
		}
		return true
	case []any:
		for _, x := range v {
			if !decoded(x) {
				return false
			}
		}
		return true
	case string, int64, bool:
		return true
	}
	return false
}

// FuzzValue asks for names that nobody expects.
func FuzzValue(f *testing.F) {
	f.Add("service.nodePorts.*", "string")
	f.Add("..", "")
	f.Add("a.0.livenessProbe.1.httpGet", "map")
	f.Fuzz(func(t *testing.T, path, has string) {
		v, ok := example.Value(strings.Split(path, "."), has)
		if !ok && v != nil || ok && !decoded(v) {
			t.Errorf("%q, %q: %v, %v", path, has, v, ok)
		}
		if again, _ := example.Value(strings.Split(path, "."), has); !reflect.DeepEqual(again, v) {
			t.Errorf("%q, %q: %v, then %v", path, has, v, again)
		}
	})
}

func BenchmarkValue(b *testing.B) {
	for b.Loop() {
		example.Value([]string{"primary", "persistence", "selector"}, "map")
	}
}
