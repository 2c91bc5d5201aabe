package object

// carrier is a kind whose objects make pods.
type carrier struct {
	group, kind string
	// pods are where its objects keep what they make pods of, as paths: "x[]" is each
	// item of a list, "*" each member of a mapping, and "" the object itself.
	pods []string
	// read reads one of these; nil where it is a pod template: metadata and spec.
	read func(o *Object, at Field) podParts
	// ends says that the pods run to completion.
	ends bool
	// selector is the path of the labels by which the object knows its pods; empty
	// where it has none.
	selector string
	// labelled says that the controller gives the pods labels of its own that name the
	// application, and makes their Services: what is written is not all.
	labelled bool
	// unnamed is the name that the controller gives to a container without one.
	unnamed string
	// source is where this is known from.
	source string
}

// Sources of several carriers.
const (
	kubernetesAPI = "k8s.io/api core/v1, apps/v1, batch/v1"
	crdCatalog    = "datreeio/CRDs-catalog, the schema of the kind"
	argoTypes     = "argoproj/argo-workflows pkg/apis/workflow/v1alpha1 workflow_types.go"
	kruiseTypes   = "openkruise/kruise apis/apps"
	rayTypes      = "ray-project/kuberay ray-operator/apis/ray/v1"
	promTypes     = "prometheus-operator/prometheus-operator pkg/apis/monitoring/v1, podMetadata; its page \"Strategic Merge Patch\""
	strimziTypes  = "strimzi/strimzi-kafka-operator api common/template/PodTemplate.java"
	runnerTypes   = "actions/actions-runner-controller apis/actions.summerwind.net/v1alpha1 runner_types.go"
	kubeflowTypes = "kubeflow/training-operator pkg/apis/kubeflow.org/v1; the MPIJob in datreeio/CRDs-catalog"
)

const (
	template     = "spec.template"
	matchLabels  = "spec.selector.matchLabels"
	kruiseGroup  = "apps.kruise.io"
	argoGroup    = "argoproj.io"
	rayGroup     = "ray.io"
	elasticGroup = "k8s.elastic.co"
	promGroup    = "monitoring.coreos.com"
	strimziGroup = "kafka.strimzi.io"
	strimziPod   = "spec.template.pod"
)

// carriers are the kinds that make pods: Kubernetes' own and those of controllers
// beside it. Pods are injected whoever makes them, so that labels and annotations count
// where they reach the pods. Of some the operator makes the pods and takes patches of them
// (Prometheus, RabbitmqCluster, Kafka): these have the labels and annotations, and the
// containers in part. Not here are those that only controllers write (Workload of kueue,
// StrimziPodSet).
var carriers = []carrier{
	{kind: "Pod", pods: []string{""}, source: kubernetesAPI},
	{kind: "PodTemplate", pods: []string{"template"}, source: kubernetesAPI},
	{kind: "ReplicationController", pods: []string{template}, selector: "spec.selector", source: kubernetesAPI},
	{group: "apps", kind: "Deployment", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "apps", kind: "StatefulSet", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "apps", kind: "DaemonSet", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "apps", kind: "ReplicaSet", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "extensions", kind: "Deployment", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "extensions", kind: "DaemonSet", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "extensions", kind: "ReplicaSet", pods: []string{template}, selector: matchLabels, source: kubernetesAPI},
	{group: "batch", kind: "Job", pods: []string{template}, selector: matchLabels, ends: true, source: kubernetesAPI},
	{group: "batch", kind: "CronJob", pods: []string{"spec.jobTemplate.spec.template"}, ends: true, source: kubernetesAPI},

	{group: argoGroup, kind: "Rollout", pods: []string{template}, selector: matchLabels, source: crdCatalog + "; istio/istio pkg/kube/util.go"},
	{group: "apps.openshift.io", kind: "DeploymentConfig", pods: []string{template}, selector: "spec.selector", source: crdCatalog + "; istio/istio pkg/kube/util.go"},
	{group: "serving.knative.dev", kind: "Service", pods: []string{template}, labelled: true, unnamed: "user-container", source: crdCatalog},
	{group: "serving.knative.dev", kind: "Configuration", pods: []string{template}, labelled: true, unnamed: "user-container", source: crdCatalog},
	{group: "serving.knative.dev", kind: "Revision", pods: []string{""}, labelled: true, unnamed: "user-container", source: crdCatalog},
	{group: "keda.sh", kind: "ScaledJob", pods: []string{"spec.jobTargetRef.template"}, ends: true, source: crdCatalog},
	{group: argoGroup, kind: "Workflow", pods: []string{"spec.templates[]"}, read: workflowPods("spec"), ends: true, source: argoTypes},
	{group: argoGroup, kind: "WorkflowTemplate", pods: []string{"spec.templates[]"}, read: workflowPods("spec"), ends: true, source: argoTypes},
	{group: argoGroup, kind: "ClusterWorkflowTemplate", pods: []string{"spec.templates[]"}, read: workflowPods("spec"), ends: true, source: argoTypes},
	{group: argoGroup, kind: "CronWorkflow", pods: []string{"spec.workflowSpec.templates[]"}, read: workflowPods("spec", "workflowSpec"), ends: true, source: argoTypes},

	{group: kruiseGroup, kind: "CloneSet", pods: []string{template}, selector: matchLabels, source: kruiseTypes},
	{group: kruiseGroup, kind: "StatefulSet", pods: []string{template}, selector: matchLabels, source: kruiseTypes},
	{group: kruiseGroup, kind: "DaemonSet", pods: []string{template}, selector: matchLabels, source: kruiseTypes},
	{group: kruiseGroup, kind: "UnitedDeployment", pods: []string{
		"spec.template.statefulSetTemplate.spec.template", "spec.template.advancedStatefulSetTemplate.spec.template",
		"spec.template.cloneSetTemplate.spec.template", "spec.template.deploymentTemplate.spec.template",
	}, selector: matchLabels, source: kruiseTypes},
	{group: kruiseGroup, kind: "BroadcastJob", pods: []string{template}, ends: true, source: kruiseTypes},
	{group: kruiseGroup, kind: "AdvancedCronJob", pods: []string{
		"spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template",
	}, ends: true, source: kruiseTypes},

	{group: "batch.volcano.sh", kind: "Job", pods: []string{"spec.tasks[].template"}, ends: true, source: "volcano-sh/apis pkg/apis/batch/v1alpha1"},
	{group: rayGroup, kind: "RayCluster", pods: rayPods("spec"), labelled: true, source: rayTypes},
	{group: rayGroup, kind: "RayService", pods: rayPods("spec.rayClusterConfig"), labelled: true, source: rayTypes},
	{group: rayGroup, kind: "RayJob", pods: append(rayPods("spec.rayClusterSpec"), "spec.submitterPodTemplate"), labelled: true, ends: true, source: rayTypes},
	{group: "sparkoperator.k8s.io", kind: "SparkApplication", pods: []string{"spec.driver", "spec.executor"}, read: sparkPods("spec"), labelled: true, ends: true, source: crdCatalog},
	{group: "sparkoperator.k8s.io", kind: "ScheduledSparkApplication", pods: []string{"spec.template.driver", "spec.template.executor"}, read: sparkPods("spec", "template"), labelled: true, ends: true, source: crdCatalog},
	{group: "flink.apache.org", kind: "FlinkDeployment", pods: []string{"spec.podTemplate", "spec.jobManager.podTemplate", "spec.taskManager.podTemplate"}, read: flinkPods, labelled: true, source: crdCatalog},
	{group: "kubeflow.org", kind: "MPIJob", pods: []string{"spec.mpiReplicaSpecs.*.template"}, labelled: true, ends: true, source: kubeflowTypes},
	{group: "kubeflow.org", kind: "PyTorchJob", pods: []string{"spec.pytorchReplicaSpecs.*.template"}, labelled: true, ends: true, source: kubeflowTypes},
	{group: "kubeflow.org", kind: "TFJob", pods: []string{"spec.tfReplicaSpecs.*.template"}, labelled: true, ends: true, source: kubeflowTypes},
	{group: "kubeflow.org", kind: "XGBoostJob", pods: []string{"spec.xgbReplicaSpecs.*.template"}, labelled: true, ends: true, source: kubeflowTypes},
	{group: "kubeflow.org", kind: "PaddleJob", pods: []string{"spec.paddleReplicaSpecs.*.template"}, labelled: true, ends: true, source: kubeflowTypes},
	{group: "jobset.x-k8s.io", kind: "JobSet", pods: []string{"spec.replicatedJobs[].template.spec.template"}, labelled: true, ends: true, source: "kubernetes-sigs/jobset api/jobset/v1alpha2"},
	{group: "leaderworkerset.x-k8s.io", kind: "LeaderWorkerSet", pods: []string{
		"spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate",
	}, labelled: true, source: "kubernetes-sigs/lws api/leaderworkerset/v1"},
	{group: "serving.kserve.io", kind: "InferenceService", pods: []string{"spec.predictor", "spec.transformer", "spec.explainer"}, read: inferencePods, labelled: true, source: crdCatalog},
	{group: "elasticsearch." + elasticGroup, kind: "Elasticsearch", pods: []string{"spec.nodeSets[].podTemplate"}, labelled: true, source: crdCatalog},
	{group: "kibana." + elasticGroup, kind: "Kibana", pods: []string{"spec.podTemplate"}, labelled: true, source: crdCatalog},
	{group: "postgresql.cnpg.io", kind: "Pooler", pods: []string{template}, labelled: true, source: crdCatalog},
	{group: promGroup, kind: "Prometheus", pods: []string{"spec"}, read: patchedPods("podMetadata"), labelled: true, source: promTypes},
	{group: promGroup, kind: "PrometheusAgent", pods: []string{"spec"}, read: patchedPods("podMetadata"), labelled: true, source: promTypes},
	{group: promGroup, kind: "Alertmanager", pods: []string{"spec"}, read: patchedPods("podMetadata"), labelled: true, source: promTypes},
	{group: promGroup, kind: "ThanosRuler", pods: []string{"spec"}, read: patchedPods("podMetadata"), labelled: true, source: promTypes},
	{group: "rabbitmq.com", kind: "RabbitmqCluster", pods: []string{"spec.override.statefulSet.spec.template"}, labelled: true, source: crdCatalog},
	{group: strimziGroup, kind: "Kafka", pods: []string{
		"spec.kafka.template.pod", "spec.zookeeper.template.pod", "spec.entityOperator.template.pod",
		"spec.cruiseControl.template.pod", "spec.kafkaExporter.template.pod",
	}, read: patchedPods("metadata"), labelled: true, source: strimziTypes},
	{group: strimziGroup, kind: "KafkaNodePool", pods: []string{strimziPod}, read: patchedPods("metadata"), labelled: true, source: strimziTypes},
	{group: strimziGroup, kind: "KafkaConnect", pods: []string{strimziPod}, read: patchedPods("metadata"), labelled: true, source: strimziTypes},
	{group: strimziGroup, kind: "KafkaMirrorMaker2", pods: []string{strimziPod}, read: patchedPods("metadata"), labelled: true, source: strimziTypes},
	{group: strimziGroup, kind: "KafkaBridge", pods: []string{strimziPod}, read: patchedPods("metadata"), labelled: true, source: strimziTypes},
	{group: "actions.github.com", kind: "AutoscalingRunnerSet", pods: []string{template}, labelled: true, ends: true, source: crdCatalog},
	{group: "actions.github.com", kind: "AutoscalingRunnerSet", pods: []string{"spec.listenerTemplate"}, labelled: true, source: crdCatalog},
	{group: "actions.summerwind.dev", kind: "RunnerDeployment", pods: []string{template}, labelled: true, ends: true, source: crdCatalog},
	{group: "actions.summerwind.dev", kind: "RunnerReplicaSet", pods: []string{template}, labelled: true, ends: true, source: runnerTypes},
	{group: "actions.summerwind.dev", kind: "Runner", pods: []string{""}, labelled: true, ends: true, source: runnerTypes},
	{group: "actions.summerwind.dev", kind: "RunnerSet", pods: []string{template}, labelled: true, ends: true, source: crdCatalog},
}

// rayPods are where a cluster of Ray keeps its pod templates.
func rayPods(cluster string) []string {
	return []string{cluster + ".headGroupSpec.template", cluster + ".workerGroupSpecs[].template"}
}

// carriersOf finds the carriers of a kind.
var carriersOf = func() map[groupKind][]*carrier {
	index := map[groupKind][]*carrier{}
	for i := range carriers {
		c := &carriers[i]
		index[groupKind{c.group, c.kind}] = append(index[groupKind{c.group, c.kind}], c)
	}
	return index
}()
