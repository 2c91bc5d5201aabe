package object_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// TestCarriers holds where the kinds keep their pods: labels, containers, whether they end.
func TestCarriers(t *testing.T) {
	const pod = `{metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}], initContainers: [{name: s}]}}`
	decoded := map[string]bool{}
	for _, c := range carrierCases {
		spec := strings.ReplaceAll(c.spec, "POD", pod)
		if !strings.HasPrefix(spec, "{") {
			spec = "{" + spec + "}"
		}
		o := one(t, fmt.Sprintf("apiVersion: %s\nkind: %s\nmetadata: {name: n, labels: {own: o}}\nspec: %s\n", c.api, c.kind, spec))
		var got []string
		for _, w := range object.WorkloadsIn(o) {
			got = append(got, describe(w))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("%s %s: %s", c.kind, c.spec, diff)
		}
		if c.want != "" {
			decoded[o.Group()+" "+c.kind] = true
		}
	}
	t.Run("catalogue", func(t *testing.T) { ofCatalogue(t, decoded) })
}

// read is what the pods of most cases are.
const read = "app=a [c s]"

// carrierCases are objects of every kind but Kubernetes' own, and the pods in them; POD is a pod template.
var carrierCases = []struct{ api, kind, spec, want string }{
	{"argoproj.io/v1alpha1", "Rollout", "template: POD", read},
	{"argoproj.io/v1alpha1", "Rollout", "workloadRef: {name: web}", ""},
	{"apps.openshift.io/v1", "DeploymentConfig", "template: POD", read},
	{"serving.knative.dev/v1", "Service", "template: POD", read},
	{"serving.knative.dev/v1", "Configuration", "template: POD", read},
	{"keda.sh/v1alpha1", "ScaledJob", "jobTargetRef: {template: POD}", read + " ends"},
	{"apps.kruise.io/v1alpha1", "CloneSet", "template: POD", read},
	{"apps.kruise.io/v1beta1", "StatefulSet", "template: POD", read},
	{"apps.kruise.io/v1alpha1", "DaemonSet", "template: POD", read},
	{"apps.kruise.io/v1alpha1", "UnitedDeployment", "template: {deploymentTemplate: {spec: {template: POD}}}", read},
	{"apps.kruise.io/v1alpha1", "BroadcastJob", "template: POD", read + " ends"},
	{"apps.kruise.io/v1alpha1", "AdvancedCronJob", "template: {jobTemplate: {spec: {template: POD}}}", read + " ends"},
	{"batch.volcano.sh/v1alpha1", "Job", "tasks: [{template: POD}, {template: POD}]", read + " ends, " + read + " ends"},
	{"ray.io/v1", "RayCluster", "{headGroupSpec: {template: POD}, workerGroupSpecs: [{template: POD}]}", read + ", " + read},
	{"ray.io/v1", "RayService", "rayClusterConfig: {headGroupSpec: {template: POD}}", read},
	{"ray.io/v1", "RayJob", "{rayClusterSpec: {headGroupSpec: {template: POD}}, submitterPodTemplate: POD}", read + " ends, " + read + " ends"},
	{"flink.apache.org/v1beta1", "FlinkDeployment", "{podTemplate: POD, jobManager: {podTemplate: {metadata: {labels: {b: c}}}}}", read + ", b=c app=a [c s]"},
	{"kubeflow.org/v1", "PyTorchJob", "pytorchReplicaSpecs: {Master: {template: POD}, Worker: {template: POD}}", read + " ends, " + read + " ends"},
	{"jobset.x-k8s.io/v1alpha2", "JobSet", "replicatedJobs: [{template: {spec: {template: POD}}}]", read + " ends"},
	{"leaderworkerset.x-k8s.io/v1", "LeaderWorkerSet", "leaderWorkerTemplate: {workerTemplate: POD}", read},
	{"elasticsearch.k8s.elastic.co/v1", "Elasticsearch", "nodeSets: [{podTemplate: POD}, {count: 1}]", read},
	{"kibana.k8s.elastic.co/v1", "Kibana", "podTemplate: POD", read},
	{"postgresql.cnpg.io/v1", "Pooler", "template: POD", read},
	{"actions.github.com/v1alpha1", "AutoscalingRunnerSet", "{template: POD, listenerTemplate: POD}", read + " ends, " + read},
	{"serving.kserve.io/v1beta1", "InferenceService", "predictor: {labels: {app: a}, containers: [{name: c}], initContainers: [{name: s}]}", "app=a own=o [c s]"},
	{"sparkoperator.k8s.io/v1beta2", "SparkApplication", "driver: {labels: {app: a}, sidecars: [{name: c}]}", "app=a [spark-kubernetes-driver c] ends"},
	{
		"argoproj.io/v1alpha1", "Workflow", `{podMetadata: {labels: {app: all, x: z}}, templates: [{steps: []},
			{metadata: {labels: {app: a}}, container: {}, sidecars: [{name: s}]}, {script: {}}, {containerSet: {containers: [{name: c}]}}]}`,
		"app=a x=z [main s] ends, app=all x=z [main] ends, app=all x=z [c] ends",
	},
	{"argoproj.io/v1alpha1", "CronWorkflow", "workflowSpec: {templates: [{metadata: {labels: {app: a}}, container: {}}]}", "app=a [main] ends"},
	{"argoproj.io/v1alpha1", "WorkflowTemplate", "templates: [{metadata: {labels: {app: a}}, container: {}}]", "app=a [main] ends"},
	{"argoproj.io/v1alpha1", "ClusterWorkflowTemplate", "templates: [{metadata: {labels: {app: a}}, container: {}}]", "app=a [main] ends"},
	{"serving.knative.dev/v1", "Revision", "{containers: [{image: i}]}", "own=o [user-container]"},
	{"sparkoperator.k8s.io/v1beta2", "ScheduledSparkApplication", "template: {executor: {labels: {app: a}}}", "app=a [spark-kubernetes-executor] ends"},
	{"kubeflow.org/v1", "MPIJob", "mpiReplicaSpecs: {Launcher: {template: POD}}", read + " ends"},
	{"kubeflow.org/v1", "TFJob", "tfReplicaSpecs: {Worker: {template: POD}}", read + " ends"},
	{"kubeflow.org/v1", "XGBoostJob", "xgbReplicaSpecs: {Master: {template: POD}}", read + " ends"},
	{"kubeflow.org/v1", "PaddleJob", "paddleReplicaSpecs: {Worker: {template: POD}}", read + " ends"},
	{"monitoring.coreos.com/v1", "Prometheus", "{podMetadata: {labels: {app: a}}, containers: [{name: c}], initContainers: [{name: s}]}", read},
	{"monitoring.coreos.com/v1alpha1", "PrometheusAgent", "{podMetadata: {labels: {app: a}}}", "app=a []"},
	{"monitoring.coreos.com/v1", "Alertmanager", "{podMetadata: {labels: {app: a}}, containers: [{name: c}]}", "app=a [c]"},
	{"monitoring.coreos.com/v1", "ThanosRuler", "{podMetadata: {labels: {app: a}}}", "app=a []"},
	{"rabbitmq.com/v1beta1", "RabbitmqCluster", "override: {statefulSet: {spec: {template: POD}}}", read},
	{"rabbitmq.com/v1beta1", "RabbitmqCluster", "replicas: 3", ""},
	{"kafka.strimzi.io/v1beta2", "Kafka", "{kafka: {template: {pod: {metadata: {labels: {app: a}}}}}, entityOperator: {template: {pod: {metadata: {labels: {app: b}}}}}}", "app=a [], app=b []"},
	{"kafka.strimzi.io/v1beta2", "Kafka", "kafka: {replicas: 3}", ""},
	{"kafka.strimzi.io/v1beta2", "KafkaNodePool", "template: {pod: {metadata: {labels: {app: a}}}}", "app=a []"},
	{"kafka.strimzi.io/v1beta2", "KafkaConnect", "template: {pod: {metadata: {labels: {app: a}}}}", "app=a []"},
	{"kafka.strimzi.io/v1beta2", "KafkaMirrorMaker2", "template: {pod: {metadata: {labels: {app: a}}}}", "app=a []"},
	{"kafka.strimzi.io/v1beta2", "KafkaBridge", "template: {pod: {metadata: {labels: {app: a}}}}", "app=a []"},
	{"actions.summerwind.dev/v1alpha1", "RunnerDeployment", "template: POD", read + " ends"},
	{"actions.summerwind.dev/v1alpha1", "RunnerReplicaSet", "template: POD", read + " ends"},
	{"actions.summerwind.dev/v1alpha1", "RunnerSet", "template: POD", read + " ends"},
	{"actions.summerwind.dev/v1alpha1", "Runner", "{containers: [{name: c}], initContainers: [{name: s}]}", "own=o [c s] ends"},
	{"example.com/v1", "Rollout", "template: POD", ""},
}

// notCarriers are the kinds of the catalogue that are read as no workload, and why.
var notCarriers = map[string]string{
	"kueue.x-k8s.io Workload":       "kueue writes it, of objects that are read themselves",
	"core.strimzi.io StrimziPodSet": "Strimzi writes it, of Kafka and its like, which are read themselves",
}

// ofCatalogue holds that every kind that makes pods in the catalogue of the shared data is decoded, or listed with the reason.
func ofCatalogue(t *testing.T, decoded map[string]bool) {
	t.Helper()
	var catalogue struct {
		Tables struct {
			Carriers []struct{ Kind, APIGroup string }
		}
	}
	sourcetest.JSON(t, "data/tables/catalogue2.json", &catalogue)
	rows := catalogue.Tables.Carriers
	if len(rows) != 29 {
		t.Errorf("the catalogue has %d rows, and 29 are expected", len(rows))
	}
	kinds := 0
	for _, row := range rows {
		group, _, _ := strings.Cut(row.APIGroup, " ")
		for _, kind := range regexp.MustCompile(`[A-Z][A-Za-z]+`).FindAllString(row.Kind, -1) {
			kinds++
			key := strings.Replace(group, "*", strings.ToLower(kind), 1) + " " + kind
			if _, told := notCarriers[key]; told == decoded[key] {
				t.Errorf("%s is decoded: %v, and stands in notCarriers: %v", key, decoded[key], told)
			}
		}
	}
	t.Logf("%d rows, %d kinds, of which %d are not read", len(rows), kinds, len(notCarriers))
}

func describe(w *object.Workload) string {
	var labels, names []string
	for _, l := range w.Labels().Entries() {
		labels = append(labels, l.Name()+"="+l.Str().V)
		if got := w.PodLabel(l.Name()).V; got != l.Str().V {
			labels = append(labels, "otherwise "+got)
		}
	}
	for _, c := range w.Containers() {
		names = append(names, c.Name)
	}
	text := strings.Join(labels, " ") + " [" + strings.Join(names, " ") + "]"
	if w.RunsToCompletion().True() {
		text += " ends"
	}
	return text
}

// TestLayers holds that a member of several mappings keeps its path and its place.
func TestLayers(t *testing.T) {
	o := one(t, `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: n}
spec:
  hostNetwork: true
  podMetadata:
    labels:
      team: shop
  templates:
  - container: {image: i}
    metadata:
      labels:
        app: web
`)
	w := object.WorkloadsIn(o)[0]
	for _, c := range []struct {
		at          object.Field
		path, place string
	}{
		{w.PodLabel("app").Field, "spec.templates[0].metadata.labels.app", "13:14 web"},
		{w.PodLabel("team").Field, "spec.podMetadata.labels.team", "8:13 shop"},
		{w.PodAnnotation("x").Field, "spec.templates[0].metadata.annotations.x", "11:5 metadata"},
		{w.HostNetwork().Field, "spec.hostNetwork", "5:16 true"},
		{w.Containers()[0].Get("image"), "spec.templates[0].container.image", "10:24 i"},
	} {
		span := c.at.Origin().Span
		if got := strings.TrimPrefix(span.String(), "in.yaml:") + " " + span.Text(); c.at.Path() != c.path || got != c.place {
			t.Errorf("%s at %s, want %s at %s", c.at.Path(), got, c.path, c.place)
		}
	}
}

// TestUnreadPods holds which containers nobody reads.
func TestUnreadPods(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"apiVersion: example.com/v1\nkind: Fleet\nspec: {a: [{containers: [{image: i}]}], b: {containers: [{name: n}]}}", "spec.a[0].containers"},
		{"apiVersion: kyverno.io/v1\nkind: Policy\nspec: {containers: [{image: i}]}", ""},
		{"apiVersion: v1\nkind: ConfigMap\ndata: {containers: x}", ""},
		{"apiVersion: tekton.dev/v1\nkind: Task\nspec: {steps: [{image: i}]}", "spec.steps"},
		{"apiVersion: tekton.dev/v1\nkind: Pipeline\nspec: {tasks: [{taskSpec: {steps: [{image: i}]}}, {taskRef: {name: a}}]}", "spec.tasks[0].taskSpec.steps"},
		{"apiVersion: example.com/v1\nkind: Recipe\nspec: {steps: [{image: i}]}", ""},
		{"apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nspec: {containers: [{name: oauth, image: i}]}", ""},
		{"apiVersion: kueue.x-k8s.io/v1beta1\nkind: Workload\nspec: {podSets: [{template: {spec: {containers: [{image: i}]}}}]}", ""},
		{"apiVersion: template.openshift.io/v1\nkind: Template\nobjects: [{spec: {template: {spec: {containers: [{image: i}]}}}}]", "objects[0].spec.template.spec.containers"},
		{"apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nspec: {template: {spec: {containers: [{image: i}]}}}", ""},
	} {
		var got []string
		for _, f := range object.UnreadPods(one(t, c.text)) {
			got = append(got, f.Path())
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}
