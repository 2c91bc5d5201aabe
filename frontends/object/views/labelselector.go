package views

import "github.com/mesh-check/mesh-check/frontends/object"

// SelectorPairs are the members of matchLabels of a LabelSelector.
func SelectorPairs(selector object.Field) []object.Field {
	return selector.Get("matchLabels").Entries()
}

// EmptySelector reports whether a LabelSelector certainly asks for nothing.
func EmptySelector(selector object.Field) bool {
	pairs, expressions := selector.Get("matchLabels"), selector.Get("matchExpressions")
	return selector.Known() && !selector.Partial() && pairs.Known() && !pairs.Partial() && len(pairs.Entries()) == 0 &&
		expressions.Known() && len(expressions.Items()) == 0
}

// PlainSelector is the text of a LabelSelector that has known matchLabels alone: equal texts select the same.
func PlainSelector(selector object.Field) (text string, plain bool) {
	pairs := SelectorPairs(selector)
	if len(selector.Entries()) != 1 || len(pairs) == 0 || selector.Partial() || selector.Get("matchLabels").Partial() {
		return "", false
	}
	for _, pair := range pairs {
		if pair.Unknown() {
			return "", false
		}
		text += pair.Name() + "=" + pair.Str().V + ","
	}
	return text, true
}

// SelectsLabels evaluates a LabelSelector, with matchLabels and matchExpressions, on labels; an empty one selects
// everything. Source: Kubernetes, "Labels and Selectors".
func SelectsLabels(selector, labels object.Field) object.Truth {
	if selector.Unknown() {
		return object.Undecided(selector)
	}
	selected := object.Yes()
	if pairs := selector.Get("matchLabels"); pairs.Unknown() || pairs.Partial() || len(pairs.Entries()) > 0 {
		selected = object.Selects(pairs, labels)
	}
	for _, e := range selector.Get("matchExpressions").Items() {
		value := labels.Get(e.Get("key").Str().V).Str()
		in := object.AnyItem(e.Get("values"), func(want object.Str) object.Truth {
			if want.Unknown() {
				return object.Undecided(want.Field)
			}
			return value.Is(want.V)
		})
		switch operator := e.Get("operator").Str(); operator.V {
		case "In":
			selected = selected.And(in)
		case "NotIn":
			selected = selected.And(in.Not())
		case "Exists":
			selected = selected.And(value.Written())
		case "DoesNotExist":
			selected = selected.And(value.Written().Not())
		default:
			selected = selected.And(operator.Is("").And(object.No()))
		}
	}
	return selected
}
