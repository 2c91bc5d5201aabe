package render

import "helm.sh/helm/v3/pkg/engine"

// truth is one run of Helm's engine. Nothing can stop it.
type truth struct {
	*background
	files map[string]string // by Helm's names; may be read when it has ended
	err   error
}

// startTruth lets Helm's engine render a chart with values that it may change.
func startTruth(in *inputs) *truth {
	t := &truth{}
	t.background = inBackground(func() {
		t.err = in.chart.guard(in.chart.inputPath(), func() (err error) {
			t.files, err = engine.Render(in.helm, in.top)
			return err
		})
	})
	return t
}

// wait waits for the engine's end.
func (t *truth) wait() (map[string]string, error) {
	<-t.ended
	return t.files, t.err
}
