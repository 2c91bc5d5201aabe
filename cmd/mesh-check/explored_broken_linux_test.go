package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"k8s.io/client-go/kubernetes/scheme"
	"sigs.k8s.io/yaml"

	"k8s.io/apimachinery/pkg/runtime"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
)

// brokenBranch is the check that reports a switch which renders what no API server takes, or with which a template fails.
const brokenBranch = "MESH970"

// brokenKnown are branches of real charts that are broken, read by a person: the settings, with a blank between two,
// and what is wrong in the template that they turn on. A dot at the end stands for some key.
var brokenKnown = map[string]map[string]string{
	"prometheus-community+helm-charts/prometheus": {
		"server.verticalAutoscaler.enabled=true": "vpa.yaml writes an empty list at the column of its key",
	},
	"bitnami+charts/argo-workflows": {
		"commonAnnotations.":            "nindent 4 in a block of annotations at column 8",
		"externalDatabase.enabled=true": "tpl takes texts alone, and the port of values.yaml is 3306",
	},
	"bitnami+charts/nessie": {
		"usePasswordFiles=false": "{{- else -}} in a helper takes the end of the line: value: \"5432\"- name: …",
	},
	"MaverickDR+axon-server-helm/axon-server": {
		"config.accessControl.enabled=true": "the value of a variable is true, and not a text",
	},
	"helm+charts/vsphere-cpi": {
		"ingress.enabled=true ingress.annotations.":                     "indent 4 behind annotations at column 4",
		"service.enabled=true service.annotations.":                     "the same",
		"podSecurityPolicy.enabled=true podSecurityPolicy.annotations.": "the same",
	},
	"prometheus-community+helm-charts/kube-prometheus-stack": {
		"prometheus.servicePerReplica.enabled=true prometheus.servicePerReplica.ipDualStack.enabled=true": "ipFamilies stands deeper than the keys beside it",
	},
	"helm+charts/druid": {
		"gCloudStorage.enabled=true": "secrets.yaml reads .Values.google.gcsAPIKey, of which the chart says nothing elsewhere",
	},
	"helm+charts/etcd": {
		"persistentVolume.enabled=true": "storage stands in a comment of values.yaml alone: an empty quantity",
	},
}

// TestExploredBroken holds that the broken branches that are known are found with their setting, that every one that
// is reported is known, and that Helm's output is broken with the setting and not without.
func TestExploredBroken(t *testing.T) {
	runs := exploredDocumented.of(t, "documented")
	found := map[string]map[string]bool{}
	explored(runs, func(r *exploredRun, f *exploredFinding) {
		if f.ID != brokenBranch {
			return
		}
		t.Logf("%s: %s", r.chart.Name, f)
		name := r.chart.Name
		if found[name] == nil {
			found[name] = map[string]bool{}
		}
		if len(f.Settings) > 2 || f.Severity != "warning" {
			t.Errorf("%s: %s: %d settings, level %s", name, f, len(f.Settings), f.Severity)
		}
		known := ""
		for setting := range brokenKnown[name] {
			if isSettings(setting, f.Settings) {
				known = setting
			}
		}
		if found[name][known] = true; known == "" {
			t.Errorf("%s: nobody has looked at %s", name, f)
		}
		c := helmChartAt(t, r.chart.Dir, nil)
		if err := brokenManifest(c, nil); err != nil {
			t.Errorf("%s: broken without settings: %v", name, err)
		}
		err := brokenManifest(c, f.Settings)
		if err == nil {
			t.Errorf("%s: not broken: %s", name, f)
		}
		t.Logf("%s: Helm's output with %s: %v", name, f.Settings, err)
	})
	for _, chart := range slices.Sorted(maps.Keys(brokenKnown)) {
		if !slices.ContainsFunc(runs, func(r *exploredRun) bool { return r.chart.Name == chart }) {
			continue
		}
		for setting, what := range brokenKnown[chart] {
			if !found[chart][setting] {
				t.Errorf("%s: %s is not found: %s", chart, setting, what)
			}
		}
	}
}

// isSettings reports whether settings are those of the table.
func isSettings(known string, settings []string) bool {
	return slices.EqualFunc(strings.Fields(known), settings, func(known, setting string) bool {
		return strings.HasPrefix(setting, known) || strings.HasPrefix(setting, "--set-json="+strings.TrimSuffix(known, ".")+"=")
	})
}

// brokenManifest says how a template fails with settings, or what of the objects that Helm renders with them is not YAML, or
// not what the types of Kubernetes take.
func brokenManifest(c *helmChart, settings []string) error {
	rendered, err := c.render(settings)
	if err != nil {
		if text := err.Error(); !strings.HasPrefix(text, "template: ") || strings.Contains(text, "error calling fail: ") || strings.Contains(text, "error calling required: ") {
			return nil // a chart may refuse
		}
		return err
	}
	var all []error
	for _, name := range slices.Sorted(maps.Keys(rendered)) {
		for _, text := range documentsOf(manifestsOf(map[string]string{name: rendered[name]})) {
			if err := brokenDocument(text); err != nil {
				all = append(all, fmt.Errorf("%s: %w", name, err))
			}
		}
	}
	return errors.Join(all...)
}

// documentsOf are the YAML documents of a text.
func documentsOf(text string) []string { return strings.Split("\n"+text, "\n---") }

func brokenDocument(text string) error {
	var object map[string]any
	if err := yaml.Unmarshal([]byte(text), &object); err != nil || object == nil {
		return err
	}
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return err
	}
	if _, _, err = scheme.Codecs.UniversalDeserializer().Decode(data, nil, nil); runtime.IsNotRegisteredError(err) || runtime.IsMissingKind(err) || runtime.IsMissingVersion(err) {
		return nil // of an API that is not Kubernetes' own
	}
	return err
}

// TestExploredBrokenKnown holds that the table is true: each setting renders what is broken, says Helm alone.
func TestExploredBrokenKnown(t *testing.T) {
	if testing.Short() {
		t.Skip("explores all charts of the shared data")
	}
	for _, shared := range sourcetest.Charts(t) {
		for setting := range brokenKnown[shared.Name] {
			settings := strings.Fields(setting)
			for i, s := range settings {
				if strings.HasSuffix(s, ".") {
					settings[i] += "a=b"
				}
			}
			c := helmChartAt(t, shared.Dir, nil)
			if err := brokenManifest(c, nil); err != nil {
				t.Errorf("%s: broken by default: %v", shared.Name, err)
			}
			err := brokenManifest(c, settings)
			if err == nil {
				t.Errorf("%s: %s: not broken", shared.Name, setting)
			}
			t.Logf("%s %s: %v", shared.Name, setting, err)
		}
	}
}
