package kube

import "testing"

// Versions that the provider sends for names without a version.
func TestVersions(t *testing.T) {
	for resource, want := range map[string]string{
		"kubernetes_cron_job": "batch/v1beta1 CronJob", "kubernetes_cron_job_v1": "batch/v1 CronJob",
		"kubernetes_daemonset": "apps/v1 DaemonSet", "kubernetes_daemon_set_v1": "apps/v1 DaemonSet",
		"kubernetes_service_v1": "v1 Service", "kubernetes_network_policy_v1": "networking.k8s.io/v1 NetworkPolicy",
		"kubernetes_pod_disruption_budget": "policy/v1beta1 PodDisruptionBudget",
	} {
		if k, ok := kindOfType(resource); !ok || k.APIVersion+" "+k.Kind != want {
			t.Errorf("%s makes %v, want %s", resource, k, want)
		}
	}
}
