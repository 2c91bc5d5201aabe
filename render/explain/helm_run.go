package explain

import (
	"helm.sh/helm/v3/pkg/engine"

	"github.com/mesh-check/mesh-check/render/chart"
)

// helmRun is one run of Helm's engine. Nothing can stop it.
type helmRun struct {
	*chart.Background
	files map[string]string // by Helm's names; may be read when it has ended
	err   error
}

// startHelm lets Helm's engine render a chart with values that it may change.
func startHelm(in *chart.Inputs) *helmRun {
	t := &helmRun{}
	t.Background = chart.InBackground(func() {
		t.err = in.Chart.Guard(in.Chart.InputPath(), func() (err error) {
			t.files, err = engine.Render(in.Helm, in.Top)
			return err
		})
	})
	return t
}

// wait waits for the engine's end.
func (t *helmRun) wait() (map[string]string, error) {
	<-t.Ended
	return t.files, t.err
}
