package install

import (
	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/frontends/object"
)

// maxRevisions is how many revisions are tried on webhooks that do not name them.
const maxRevisions = 4

// reportOverlaps tries the labels that decide about injection on all webhooks: no pod may be selected by two of them.
func reportOverlaps(p *checks.Pass, hooks []hook) {
	common, seen := []string{""}, map[string]bool{"": true}
	for _, h := range hooks {
		for _, rev := range h.revisions {
			if !seen[rev] && len(common) <= maxRevisions {
				seen[rev] = true
				common = append(common, rev)
			}
		}
	}
	selected := map[[2]labelling][]int{} // the webhooks by the labels of a namespace and a pod
	var order [][2]labelling
	for i, h := range hooks {
		revisions := common
		for _, rev := range h.revisions {
			if !seen[rev] {
				revisions = append(revisions[:len(revisions):len(revisions)], rev)
			}
		}
		for _, pair := range h.selected(p, revisions) {
			if selected[pair] == nil {
				order = append(order, pair)
			}
			selected[pair] = append(selected[pair], i)
		}
	}
	reported := map[[2]*object.Object]bool{} // two configurations overlap in many webhooks for one reason
	for _, pair := range order {
		these := selected[pair]
		for at, i := range these {
			other := hooks[these[(at+1)%len(these)]]
			configurations := [2]*object.Object{hooks[i].of, other.of}
			if len(these) < 2 || reported[configurations] {
				continue
			}
			reported[configurations] = true
			p.Report(hooks[i].WebhookName(), "webhook %q and %q of MutatingWebhookConfiguration %q select the same pods: a sidecar may be injected twice",
				hooks[i].WebhookName().V, other.WebhookName().V, other.of.Name).WithRelated(other.WebhookName(), "the other webhook")
		}
	}
}

// labelling is what a namespace or pod says about injection: whether, and by which revision; empty for no label.
type labelling struct{ inject, revision string }

// labels are the labels of which the one about injection has a name.
func (l labelling) labels(inject string) map[string]string {
	labels := map[string]string{}
	if l.inject != "" {
		labels[inject] = l.inject
	}
	if l.revision != "" {
		labels[checks.RevisionLabel] = l.revision
	}
	return labels
}

// selected are the labels of namespaces and pods that the webhook certainly selects.
func (h hook) selected(p *checks.Pass, revisions []string) [][2]labelling {
	namespaces, objects := h.Selectors()
	type choice struct {
		labelling
		selected object.Truth
	}
	choices := func(label string, values []string, matches func(map[string]string) object.Truth) []choice {
		var all []choice
		for _, v := range values {
			for _, rev := range revisions {
				l := labelling{v, rev}
				if t := matches(l.labels(label)); !t.False() {
					all = append(all, choice{l, t})
				}
			}
		}
		return all
	}
	pods := choices(checks.InjectKey, []string{"", "true", "false"}, objects.Matches)
	var pairs [][2]labelling
	for _, ns := range choices(checks.InjectionLabel, []string{"", "enabled", "disabled"}, namespaces.Matches) {
		for _, pod := range pods {
			if p.Decide(ns.selected.And(pod.selected)) {
				pairs = append(pairs, [2]labelling{ns.labelling, pod.labelling})
			}
		}
	}
	return pairs
}
