package explain

import (
	"testing"

	"github.com/mesh-check/mesh-check/render/chart"
)

// TestMergeOfCyclicData holds that a merge looks no deeper than it has to, as Helm's:
// data that holds itself is merged where it meets nothing of the same kind.
func TestMergeOfCyclicData(t *testing.T) {
	for name, text := range map[string]string{
		"a source that holds itself":   cyclic + "{{ $m := mergeOverwrite (dict \"a\" 1) $d (dict \"a\" 2) }}k: {{ $m.a }}\n",
		"a target that holds itself":   cyclic + "{{ $m := merge $d (dict \"a\" 2) }}k: {{ $m.a }}\n",
		"values that hold themselves":  "{{ $_ := set .Values \"me\" (dict \"v\" .Values) }}{{ $m := mustMergeOverwrite (dict \"a\" 1) .Values (dict \"a\" 2) }}k: {{ $m.a }}\n",
		"one that meets no dictionary": cyclic + "{{ $m := mustMerge (dict \"self\" \"x\" \"a\" 2) $d }}k: {{ $m.a }}\n",
	} {
		t.Run(name, func(t *testing.T) {
			result, err := rendered(chartOf(t, x(text)), chart.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if m := result.Manifests[0]; !m.Exact || m.Text[len(m.Text)-5:] != "k: 2\n" {
				t.Errorf("exact %v: %q %s", m.Exact, m.Text, m.Reason)
			}
		})
	}
}
