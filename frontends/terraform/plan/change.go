package plan

import "github.com/mesh-check/mesh-check/frontends/object"

// changes reads resource_changes: what the plan creates, updates, replaces or keeps.
func (p *plan) changes(list *object.Node) {
	for _, item := range list.Items {
		r := p.header(item)
		if r == nil || item.Get("deposed") != nil {
			continue
		}
		change := p.member(item, "change", object.Map)
		if change == nil {
			p.fault(item, "change must be an object")
			continue
		}
		r.change = changeOf(change.Get("actions"))
		if r.change == object.Delete {
			p.gone[r.address] = true
			continue
		}
		if previous := item.Get("previous_address"); previous != nil && previous.Kind == object.String {
			p.gone[printable(previous.Text)] = true
		}
		r.unknown, r.sensitive = change.Get("after_unknown"), change.Get("after_sensitive")
		if r.after = p.member(change, "after", object.Map); r.after == nil {
			p.fault(change, "change.after must be an object")
			continue
		}
		p.resources = append(p.resources, r)
	}
}

// changeOf is what the actions of a plan come to: delete only where the resource is not
// there after the apply, which is also what giving it up (forget) means; create where
// it is replaced; empty where they say nothing that is known.
func changeOf(actions *object.Node) object.Change {
	if actions == nil || actions.Kind != object.List || len(actions.Items) == 0 {
		return ""
	}
	change := object.Delete
	for _, a := range actions.Items {
		if a.Kind != object.String || a.Text != "delete" && a.Text != "forget" {
			change = stayingChanges[a.Text]
		}
	}
	return change
}

// stayingChanges are the changes after which a resource is there, by Terraform's names.
var stayingChanges = map[string]object.Change{
	"create": object.Create, "update": object.Update, "no-op": object.NoOp, "read": object.Read,
}
