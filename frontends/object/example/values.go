package example

import "sync"

// word is the key and the value of what we make up: a label, a name, a DNS label.
const word = "example"

// enums are values of the types that have few, the ones with the least effect. Source:
// the constants of k8s.io/api v0.37, which TestEnums looks up; UDP is none, and those that
// take a Service's port away from the sidecar are not either.
var enums = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"PullPolicy": "IfNotPresent", "DNSPolicy": "ClusterFirst", "TaintEffect": "NoSchedule", "TolerationOperator": "Exists",
		"UnsatisfiableConstraintAction": "ScheduleAnyway", "NodeInclusionPolicy": "Honor", "NodeSelectorOperator": "Exists",
		"LabelSelectorOperator": "Exists", "Protocol": "TCP", "URIScheme": "HTTP", "PodFSGroupChangePolicy": "OnRootMismatch",
		"TerminationMessagePolicy": "FallbackToLogsOnError", "SeccompProfileType": "RuntimeDefault", "AppArmorProfileType": "RuntimeDefault",
		"MountPropagationMode": "HostToContainer", "RecursiveReadOnlyMode": "IfPossible", "StorageMedium": "Memory",
		"PersistentVolumeAccessMode": "ReadWriteOnce", "PersistentVolumeMode": "Filesystem", "PersistentVolumeReclaimPolicy": "Retain",
		"VolumeBindingMode": "WaitForFirstConsumer", "ServiceType": "ClusterIP", "ServiceAffinity": "None", "IPFamily": "IPv4",
		"IPFamilyPolicy": "SingleStack", "ServiceExternalTrafficPolicy": "Local", "ServiceInternalTrafficPolicy": "Cluster",
		"DeploymentStrategyType": "RollingUpdate", "StatefulSetUpdateStrategyType": "RollingUpdate", "DaemonSetUpdateStrategyType": "RollingUpdate",
		"PodManagementPolicyType": "Parallel", "PersistentVolumeClaimRetentionPolicyType": "Retain", "ConcurrencyPolicy": "Forbid",
		"PathType": "Prefix", "PolicyType": "Ingress", "MetricSourceType": "Resource", "MetricTargetType": "Utilization",
		"HPAScalingPolicyType": "Pods", "ScalingPolicySelect": "Max", "UnhealthyPodEvictionPolicyType": "AlwaysAllow",
		"FailurePolicyType": "Ignore", "MatchPolicyType": "Equivalent", "SideEffectClass": "None", "ReinvocationPolicyType": "IfNeeded",
	}
})

// filled are the fields that a value of a type needs beside those that the tags of its Go
// type require; the API server asks for them, or it would say nothing. Ports and paths are
// fields of fieldValues. Source: the validation of Kubernetes 1.34 (pkg/apis/core/validation).
var filled = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"Affinity":                         `{"nodeAffinity":` + nodeAffinity + `}`,
		"NodeAffinity":                     nodeAffinity,
		"PodAffinity":                      podAffinity,
		"PodAntiAffinity":                  podAffinity,
		"Toleration":                       `{"key":"example","operator":"Exists"}`,
		"TopologySpreadConstraint":         `{"labelSelector":{"matchLabels":{"example":"example"}}}`,
		"LabelSelector":                    `{"matchLabels":{"example":"example"}}`,
		"LocalObjectReference":             `{"name":"example"}`,
		"ObjectReference":                  `{"name":"example"}`,
		"Volume":                           `{"emptyDir":{"sizeLimit":"1Gi"}}`,
		"EmptyDirVolumeSource":             `{"sizeLimit":"1Gi"}`,
		"EnvVar":                           `{"value":"example"}`,
		"EnvFromSource":                    `{"configMapRef":{"name":"example"}}`,
		"Container":                        `{"image":"example/example:1.0.0"}`,
		"Probe":                            `{"exec":{"command":["/bin/true"]}}`,
		"ExecAction":                       `{"command":["/bin/true"]}`,
		"HTTPGetAction":                    `{"path":"/","port":` + port + `}`,
		"TCPSocketAction":                  `{"port":` + port + `}`,
		"Lifecycle":                        `{"preStop":{"exec":{"command":["/bin/true"]}}}`,
		"LifecycleHandler":                 `{"exec":{"command":["/bin/true"]}}`,
		"ResourceRequirements":             `{"limits":{"cpu":"100m","memory":"128Mi"},"requests":{"cpu":"100m","memory":"128Mi"}}`,
		"VolumeResourceRequirements":       `{"requests":{"storage":"1Gi"}}`,
		"PodSecurityContext":               `{"runAsNonRoot":true}`,
		"SecurityContext":                  `{"runAsNonRoot":true}`,
		"SELinuxOptions":                   `{"level":"s0"}`,
		"Capabilities":                     `{"drop":["ALL"]}`,
		"PodDNSConfig":                     `{"options":[{"name":"edns0"}]}`,
		"PodDNSConfigOption":               `{"name":"edns0"}`,
		"HostAlias":                        `{"hostnames":["example.com"]}`,
		"SessionAffinityConfig":            `{"clientIP":{"timeoutSeconds":10800}}`,
		"ClientIPConfig":                   `{"timeoutSeconds":10800}`,
		"ServicePort":                      `{"name":"tcp-example"}`,
		"TypedLocalObjectReference":        `{"apiGroup":"snapshot.storage.k8s.io","kind":"VolumeSnapshot"}`,
		"TypedObjectReference":             `{"apiGroup":"snapshot.storage.k8s.io","kind":"VolumeSnapshot"}`,
		"DeploymentStrategy":               `{"type":"RollingUpdate"}`,
		"StatefulSetUpdateStrategy":        `{"type":"RollingUpdate"}`,
		"DaemonSetUpdateStrategy":          `{"type":"RollingUpdate"}`,
		"RollingUpdateDeployment":          `{"maxUnavailable":1}`,
		"RollingUpdateDaemonSet":           `{"maxUnavailable":1}`,
		"RollingUpdateStatefulSetStrategy": `{"maxUnavailable":1}`,
		"StatefulSetPersistentVolumeClaimRetentionPolicy": `{"whenDeleted":"Retain","whenScaled":"Retain"}`,
		"IngressTLS":                      `{"hosts":["example.com"],"secretName":"example"}`,
		"IngressRule":                     `{"host":"example.com","http":{"paths":[` + ingressPath + `]}}`,
		"HTTPIngressPath":                 ingressPath,
		"IngressBackend":                  `{"service":{"name":"example","port":{"number":80}}}`,
		"NetworkPolicyIngressRule":        `{"from":[{"podSelector":{"matchLabels":{"example":"example"}}}]}`,
		"NetworkPolicyEgressRule":         `{"to":[{"podSelector":{"matchLabels":{"example":"example"}}}]}`,
		"NetworkPolicyPeer":               `{"podSelector":{"matchLabels":{"example":"example"}}}`,
		"NetworkPolicyPort":               `{"port":` + port + `,"protocol":"TCP"}`,
		"MetricSpec":                      `{"resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}`,
		"HorizontalPodAutoscalerBehavior": `{"scaleDown":{"stabilizationWindowSeconds":300}}`,
		"HPAScalingRules":                 `{"stabilizationWindowSeconds":300}`,
		"PolicyRule":                      `{"apiGroups":[""],"resources":["configmaps"],"verbs":["get"]}`,
		"PersistentVolumeClaim":           `{"metadata":{"name":"example"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}`,
		"Sysctl":                          `{"name":"net.ipv4.ip_local_port_range","value":"1024 65535"}`,
	}
})

const (
	// port is one that no proxy of Istio, no database and no web server has.
	port         = "12345"
	term         = `{"matchExpressions":[{"key":"example","operator":"Exists"}]}`
	nodeAffinity = `{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"preference":` + term + `}]}`
	podAffinity  = `{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"example":"example"}}}}]}`
	ingressPath  = `{"path":"/example","pathType":"Prefix","backend":{"service":{"name":"example","port":{"number":80}}}}`
)

// fieldValues are values of single fields whose type says too little about them. Addresses
// are of the ranges for documentation (RFC 5737), hosts of RFC 2606.
var fieldValues = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"HostAlias.ip": `"192.0.2.1"`, "ServiceSpec.loadBalancerIP": `"192.0.2.1"`, "ServiceSpec.clusterIP": `"10.96.0.10"`,
		"ServiceSpec.clusterIPs": `["10.96.0.10"]`, "ServiceSpec.externalIPs": `["192.0.2.1"]`,
		"ServiceSpec.loadBalancerSourceRanges": `["192.0.2.0/24"]`, "ServiceSpec.loadBalancerClass": `"example.com/example"`,
		"ServiceSpec.healthCheckNodePort": `31235`, "ServiceSpec.trafficDistribution": `"PreferClose"`,
		"ServicePort.port": port, "ServicePort.targetPort": port, "ServicePort.nodePort": `31234`, "ContainerPort.containerPort": port,
		"PodSpec.schedulerName": `"default-scheduler"`, "PodSpec.terminationGracePeriodSeconds": `60`, "PodSpec.activeDeadlineSeconds": `3600`,
		"Container.image": `"example/example:1.0.0"`, "Container.workingDir": `"/example"`, "Container.args": `["--example"]`,
		"Container.command": `["example"]`, "Container.terminationMessagePath": `"/dev/termination-log"`, "EnvVar.name": `"EXAMPLE"`,
		"VolumeMount.mountPath": `"/example"`, "TopologySpreadConstraint.topologyKey": `"kubernetes.io/hostname"`,
		"EmptyDirVolumeSource.sizeLimit": `"1Gi"`, "VolumeResourceRequirements.requests": `{"storage":"1Gi"}`, "VolumeResourceRequirements.limits": `{"storage":"1Gi"}`,
		"PodSpec.initContainers":       `[{"name":"example-init","image":"example/example:1.0.0"}]`,
		"PodSecurityContext.runAsUser": `1000`, "PodSecurityContext.runAsGroup": `1000`, "PodSecurityContext.fsGroup": `1000`,
		"PodSecurityContext.supplementalGroups": `[1000]`, "SecurityContext.runAsUser": `1000`, "SecurityContext.runAsGroup": `1000`,
		"Capabilities.add": `["NET_BIND_SERVICE"]`, "Capabilities.drop": `["ALL"]`,
		"Sysctl.name": `"net.ipv4.ip_local_port_range"`, "Sysctl.value": `"1024 65535"`,
		"ObjectMeta.finalizers": `["example.com/example"]`, "HTTPHeader.name": `"X-Example"`,
		"HTTPGetAction.path": `"/"`, "HTTPGetAction.port": port, "TCPSocketAction.port": port, "HTTPGetAction.host": `"example.com"`,
		"PersistentVolumeClaimSpec.volumeName": `"example"`,
		"IngressRule.host":                     `"example.com"`, "IngressTLS.hosts": `["example.com"]`,
		"StorageClass.provisioner": `"example.com/example"`, "StorageClass.mountOptions": `["noatime"]`,
		"CronJobSpec.schedule": `"0 3 * * *"`, "CronJobSpec.timeZone": `"Etc/UTC"`, "CronJobSpec.startingDeadlineSeconds": `300`,
		"JobSpec.ttlSecondsAfterFinished": `3600`, "JobSpec.activeDeadlineSeconds": `3600`,
		"DeploymentSpec.progressDeadlineSeconds": `600`, "MutatingWebhook.timeoutSeconds": `10`, "MutatingWebhook.admissionReviewVersions": `["v1"]`,
		"DeploymentSpec.replicas": `2`, "StatefulSetSpec.replicas": `2`,
		"HorizontalPodAutoscalerSpec.minReplicas": `2`, "HorizontalPodAutoscalerSpec.maxReplicas": `3`,
		"HPAScalingRules.stabilizationWindowSeconds": `300`, "HPAScalingPolicy.periodSeconds": `60`,
		"PodDNSConfig.nameservers": `["192.0.2.1"]`, "PodDNSConfig.searches": `["example.com"]`,
		"SeccompProfile.localhostProfile": `"example.json"`, "MetricSpec.type": `"Resource"`,
		"NetworkPolicySpec.policyTypes": `["Ingress"]`, "PolicyRule.apiGroups": `[""]`, "PolicyRule.resources": `["configmaps"]`, "PolicyRule.verbs": `["get"]`,
		"IPBlock.cidr": `"192.0.2.0/24"`, "IPBlock.except": `["192.0.2.1/32"]`, "SELinuxOptions.level": `"s0"`,
	}
})
