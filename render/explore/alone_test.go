package explore

import (
	"fmt"
	"testing"
)

// TestAlone holds that what was tried with others alone is tried alone too, where nothing has reached it and renders
// are left.
func TestAlone(t *testing.T) {
	hidden := "{{- if .Values.diag }}\nb: 2\n{{- else }}{{- if .Values.probe }}\nc: 3\n{{- end }}{{- end }}"
	testExploring(t, []exploring{
		{name: "hidden by another switch", values: "diag: false\nprobe: false\n", template: hidden, renders: 3, want: "1: diag=true + probe=true\n1: probe=true"},
		{name: "hidden below a branch", values: "outer: false\ndiag: false\nprobe: false\nother: false\n", template: "{{- if .Values.outer }}\nd: 4\n" + hidden + "{{- end }}" + when(".Values.other"), renders: 4,
			want: "3: outer=true + other=true + diag=true + probe=true\n1: outer=true + probe=true"},
		{name: "with what is behind it", values: "diag: false\nprobe: false\ndeep: false\n",
			template: "{{- if .Values.diag }}\nb: 2\n{{- else }}{{- if .Values.probe }}\nc: 3\n{{- if .Values.deep }}\nd: 4\n{{- end }}{{- end }}{{- end }}", want: "1: probe=true + diag=true\n2: probe=true + deep=true"},
		{name: "no renders left", values: "diag: false\nprobe: false\n", template: hidden, o: Options{Budget: 2}, renders: 2, stopped: StoppedBudget, want: "1: diag=true + probe=true"},
		{name: "notes, which nobody installs", values: "diag: false\nprobe: false\n", files: map[string]string{"templates/NOTES.txt": hidden}, renders: 2, want: "1: probe=true + diag=true"},
		{name: "six that exclude each other", files: exclusive(6), renders: 14,
			want: "1: s0.enabled=true\n1: s1.enabled=true\n1: s2.enabled=true\n1: s3.enabled=true\n1: s4.enabled=true\n1: s5.enabled=true"},
	})
}

// exclusive is a chart of so many switches of which no two go together, which nothing says of them.
func exclusive(n int) map[string]string {
	values, template := "", "{{- $n := 0 }}{{- range .Values }}{{ if .enabled }}{{ $n = add1 $n }}{{ end }}{{ end }}{{ if gt (int $n) 1 }}{{ fail \"only one\" }}{{ end }}\n"
	for i := range n {
		values += fmt.Sprintf("s%d: {enabled: false}\n", i)
		template += when(fmt.Sprintf(".Values.s%d.enabled", i)) + "\n"
	}
	return map[string]string{"values.yaml": values, "templates/c.yaml": template}
}
