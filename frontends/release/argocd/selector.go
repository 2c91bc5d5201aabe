package argocd

import (
	"fmt"
	"slices"

	"github.com/mesh-check/mesh-check/frontends/object"
)

// selected are the parameters that the selector of a generator takes: it looks at them as
// flat texts.
func selected(all []parameters, selector *object.Node) ([]parameters, error) {
	if selector == nil || selector.Kind != object.Map {
		return all, nil
	}
	var kept []parameters
	for _, p := range all {
		takes, err := takes(selector, flattened(p.values))
		if err != nil {
			return nil, err
		}
		if takes {
			kept = append(kept, p)
		}
	}
	return kept, nil
}

func takes(selector *object.Node, flat map[string]any) (bool, error) {
	if labels := selector.Get("matchLabels"); labels != nil {
		for _, e := range labels.Entries {
			if v, has := flat[e.Key]; !has || v != e.Value.Text {
				return false, nil
			}
		}
	}
	expressions := selector.Get("matchExpressions")
	if expressions == nil {
		return true, nil
	}
	for _, e := range expressions.Items {
		key, operator := e.Get("key"), e.Get("operator")
		if key == nil || operator == nil {
			return false, fmt.Errorf("selector: an expression has no key or operator")
		}
		v, has := flat[key.Text]
		among := false
		if values := e.Get("values"); values != nil {
			among = slices.ContainsFunc(values.Items, func(n *object.Node) bool { return has && v == n.Text })
		}
		holds, known := map[string]bool{"In": among, "NotIn": !among, "Exists": has, "DoesNotExist": !has}[operator.Text]
		if !known {
			return false, fmt.Errorf("selector: %q is not an operator", operator.Text)
		}
		if !holds {
			return false, nil
		}
	}
	return true, nil
}
