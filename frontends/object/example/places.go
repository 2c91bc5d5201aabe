package example

import "sync"

// places are the types whose fields charts have settings for.
var places = sync.OnceValue(func() map[string]place {
	return map[string]place{
		"ObjectMeta":            {"v1", "Pod", []string{"metadata"}},
		"PodSpec":               {"v1", "Pod", []string{"spec"}},
		"Container":             {"v1", "Pod", []string{"spec", "containers"}},
		"VolumeMount":           {"v1", "Pod", []string{"spec", "containers", "volumeMounts"}},
		"Probe":                 {"v1", "Pod", []string{"spec", "containers", "livenessProbe"}},
		"SecurityContext":       {"v1", "Pod", []string{"spec", "containers", "securityContext"}},
		"ResourceRequirements":  {"v1", "Pod", []string{"spec", "containers", "resources"}},
		"ContainerPort":         {"v1", "Pod", []string{"spec", "containers", "ports"}},
		"PodSecurityContext":    {"v1", "Pod", []string{"spec", "securityContext"}},
		"Affinity":              {"v1", "Pod", []string{"spec", "affinity"}},
		"EmptyDirVolumeSource":  {"v1", "Pod", []string{"spec", "volumes", "emptyDir"}},
		"ServiceSpec":           {"v1", "Service", []string{"spec"}},
		"ServicePort":           {"v1", "Service", []string{"spec", "ports"}},
		"ServiceAccount":        {"v1", "ServiceAccount", nil},
		"PersistentVolumeClaim": {"v1", "PersistentVolumeClaim", []string{"spec"}},
		"Deployment":            {"apps/v1", "Deployment", []string{"spec"}},
		"StatefulSet":           {"apps/v1", "StatefulSet", []string{"spec"}},
		"DaemonSet":             {"apps/v1", "DaemonSet", []string{"spec"}},
		"DeploymentRolling":     {"apps/v1", "Deployment", []string{"spec", "strategy", "rollingUpdate"}},
		"StatefulSetStrategy":   {"apps/v1", "StatefulSet", []string{"spec", "updateStrategy"}},
		"DeploymentStrategy":    {"apps/v1", "Deployment", []string{"spec", "strategy"}},
		"DaemonSetStrategy":     {"apps/v1", "DaemonSet", []string{"spec", "updateStrategy"}},
		"Job":                   {"batch/v1", "Job", []string{"spec"}},
		"CronJob":               {"batch/v1", "CronJob", []string{"spec"}},
		"Ingress":               {"networking.k8s.io/v1", "Ingress", []string{"spec"}},
		"NetworkPolicy":         {"networking.k8s.io/v1", "NetworkPolicy", []string{"spec"}},
		"Autoscaler":            {"autoscaling/v2", "HorizontalPodAutoscaler", []string{"spec"}},
		"AutoscalerBehavior":    {"autoscaling/v2", "HorizontalPodAutoscaler", []string{"spec", "behavior"}},
		"PodDisruptionBudget":   {"policy/v1", "PodDisruptionBudget", []string{"spec"}},
		"Role":                  {"rbac.authorization.k8s.io/v1", "Role", nil},
		"Webhook":               {"admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", []string{"webhooks"}},
		"StorageClass":          {"storage.k8s.io/v1", "StorageClass", nil},
		"LabelSelector":         {"networking.k8s.io/v1", "NetworkPolicy", []string{"spec", "podSelector"}},
	}
})

// sectionTypes are the parts of values that charts name after a kind. The names are those
// of the 121 charts of the shared data that have empty settings below them.
var sectionTypes = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"service":                   {"ServiceSpec", "ServicePort", "ObjectMeta"},
		"services":                  {"ServiceSpec", "ServicePort", "ObjectMeta"},
		"ingress":                   {"Ingress", "ObjectMeta"},
		"ingressInternal":           {"Ingress", "ObjectMeta"},
		"persistence":               {"PersistentVolumeClaim", "EmptyDirVolumeSource", "ObjectMeta"},
		"persistentVolume":          {"PersistentVolumeClaim", "EmptyDirVolumeSource", "ObjectMeta"},
		"persistentVolumeClaim":     {"PersistentVolumeClaim", "ObjectMeta"},
		"volumeClaimTemplate":       {"PersistentVolumeClaim", "ObjectMeta"},
		"volumeClaimTemplates":      {"PersistentVolumeClaim", "ObjectMeta"},
		"pvc":                       {"PersistentVolumeClaim", "ObjectMeta"},
		"networkPolicy":             {"NetworkPolicy", "ObjectMeta"},
		"pdb":                       {"PodDisruptionBudget", "ObjectMeta"},
		"podDisruptionBudget":       {"PodDisruptionBudget", "ObjectMeta"},
		"autoscaling":               {"Autoscaler", "ObjectMeta"},
		"autoscaler":                {"Autoscaler", "ObjectMeta"},
		"hpa":                       {"Autoscaler", "ObjectMeta"},
		"horizontalPodAutoscaler":   {"Autoscaler", "ObjectMeta"},
		"serviceAccount":            {"ServiceAccount", "ObjectMeta"},
		"job":                       {"Job", "ObjectMeta"},
		"cronjob":                   {"CronJob", "Job", "ObjectMeta"},
		"cronJob":                   {"CronJob", "Job", "ObjectMeta"},
		"rbac":                      {"Role", "ObjectMeta"},
		"role":                      {"Role", "ObjectMeta"},
		"clusterRole":               {"Role", "ObjectMeta"},
		"admissionWebhooks":         {"Webhook", "ObjectMeta"},
		"webhooks":                  {"Webhook", "ObjectMeta"},
		"storageClass":              {"StorageClass", "ObjectMeta"},
		"podSecurityContext":        {"PodSecurityContext"},
		"containerSecurityContext":  {"SecurityContext"},
		"containerSecurityContexts": {"SecurityContext"},
	}
})

// ofMetadata are the fields of ObjectMeta that a chart may leave to its users.
var ofMetadata = sync.OnceValue(func() map[string]bool {
	return map[string]bool{"labels": true, "annotations": true, "finalizers": true}
})

// never are fields, of a type or of all, that have no example: what weakens a pod's
// isolation or takes it out of the mesh, stops what it belongs to, is refused without
// another field or a feature that few clusters have, chooses where a pod runs, or which
// pods an object is about.
var never = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"kind": true, "apiVersion": true, "metadata": true, "status": true,
		"hostNetwork": true, "hostPID": true, "hostIPC": true, "privileged": true, "procMount": true, "hostPort": true, "hostIP": true,
		"allowPrivilegeEscalation": true, "suspend": true, "paused": true, "manualSelector": true,
		"PodSpec.nodeName": true, "PodSpec.priority": true, "PodSpec.preemptionPolicy": true, "PodSpec.overhead": true, "PodSpec.os": true,
		"PodSpec.ephemeralContainers": true, "PodSpec.schedulingGates": true, "PodSpec.schedulingGroup": true,
		"PodSpec.resourceClaims": true, "PodSpec.resources": true, "PodSpec.hostnameOverride": true, "PodSpec.evictionResponders": true,
		"PodSpec.setHostnameAsFQDN": true, "PodSpec.serviceAccount": true, "PodSpec.readinessGates": true, "PodSpec.restartPolicy": true,
		"Container.restartPolicyRules": true, "Container.restartPolicy": true, "Container.volumeDevices": true, "Container.resizePolicy": true,
		"ResourceRequirements.claims": true, "windowsOptions": true,
		"PodSecurityContext.seLinuxChangePolicy": true, "PodSecurityContext.supplementalGroupsPolicy": true,
		"MutatingWebhook.matchConditions": true, "EmptyDirVolumeSource.mode": true, "VolumeMount.bindMountOptions": true, "Probe.grpc": true, "Probe.terminationGracePeriodSeconds": true,
		"ServiceSpec.externalName": true, "ServiceSpec.selector": true, "DeploymentSpec.selector": true, "StatefulSetSpec.selector": true,
		"DaemonSetSpec.selector": true, "JobSpec.selector": true,
		"ServicePort.name": true, "ServicePort.appProtocol": true, "JobSpec.podReplacementPolicy": true,
		"JobSpec.managedBy": true, "JobSpec.successPolicy": true,
		"JobSpec.podFailurePolicy": true, "JobSpec.maxFailedIndexes": true, "JobSpec.backoffLimitPerIndex": true, "JobSpec.completionMode": true,
		"HorizontalPodAutoscalerSpec.scaleTargetRef": true, "StatefulSetSpec.serviceName": true, "volumeMode": true,
		"StatefulSetSpec.ordinals": true, "template": true, "jobTemplate": true, "HPAScalingRules.tolerance": true,
	}
})

// generic are names that mean something only below the part of a chart, or the field, that
// they belong to: `port` of `ldap` is not that of a Service.
var generic = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"name": true, "type": true, "ports": true, "port": true, "protocol": true, "selector": true, "rules": true, "ingress": true, "egress": true,
		"metrics": true, "data": true, "secrets": true, "parameters": true, "provisioner": true, "hosts": true, "tls": true,
		"PersistentVolumeClaimSpec.resources": true, "hostname": true, "subdomain": true, "exec": true, "stdin": true, "stdinOnce": true, "tty": true, "readOnly": true, "subPathExpr": true,
		"add": true, "drop": true, "clientConfig": true, "restartPolicy": true, "scaleUp": true, "scaleDown": true, "medium": true,
		"requests": true, "limits": true, "partition": true, "policyTypes": true, "podSelector": true, "webhooks": true,
		"activeDeadlineSeconds": true, "image": true, "command": true, "volumeName": true, "matchPolicy": true, "sideEffects": true,
		"timeoutSeconds": true, "periodSeconds": true, "defaultBackend": true, "ipBlock": true,
		"schedule": true, "parallelism": true, "completions": true,
	}
})

// endings are the fields whose name may have words before it: podAnnotations is
// annotations of the pod, extraVolumes are volumes. Of other names these words change the
// meaning: extraHosts of an Ingress are not its hosts.
var endings = sync.OnceValue(func() map[string]bool {
	return map[string]bool{
		"labels": true, "annotations": true, "matchLabels": true, "nodeSelector": true, "tolerations": true, "affinity": true,
		"topologySpreadConstraints": true, "securityContext": true, "initContainers": true, "containers": true,
		"envFrom": true, "volumes": true, "volumeMounts": true, "livenessProbe": true, "readinessProbe": true, "startupProbe": true,
		"lifecycle": true, "hostAliases": true, "imagePullSecrets": true, "dnsConfig": true, "dnsPolicy": true,
		"priorityClassName": true, "runtimeClassName": true, "schedulerName": true, "serviceAccountName": true, "ingressClassName": true,
		"storageClassName": true, "loadBalancerIP": true, "loadBalancerClass": true, "loadBalancerSourceRanges": true, "externalTrafficPolicy": true,
		"terminationGracePeriodSeconds": true, "imagePullPolicy": true, "accessModes": true,
	}
})
