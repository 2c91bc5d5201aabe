package kube

import (
	"fmt"
	"reflect"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/eval"
	"github.com/mesh-check/mesh-check/render/source"
)

// unreadEntry is a block or attribute that no type has.
type unreadEntry struct {
	// field is the one that was probably meant, as Kubernetes names it; empty where
	// none is near.
	field string
	block bool
	value *object.Node // unknown
}

// unknown tells a block or attribute that no type has; is says that somebody wrote one.
func (m *structMapper) unknown(t reflect.Type, e object.Entry, path string) (u unreadEntry, is bool) {
	what := "attribute"
	if v := e.Value; v.Kind == object.List && len(v.Items) > 0 && v.Items[0].Kind == object.Map {
		what = "block"
	} else if v.Kind == object.List && len(v.Items) == 0 {
		return u, false // a block that is declared by the provider and not written
	}
	where := ""
	if path != "" {
		where = " in " + path
	}
	fault := &source.Error{What: fmt.Sprintf("%s: unknown %s %q%s", m.address, what, e.Key, where), At: e.Ref.Origin().Span}
	if !e.Ref.Known() {
		fault.At = e.Value.Ref.Origin().Span
	}
	u.block = what == "block"
	u.value = &object.Node{
		Kind: object.Unknown, Ref: e.Value.Ref,
		Text: fmt.Sprintf("%s %q of %s cannot be read", what, e.Key, eval.BlockAddress(m.address)),
	}
	if meant := nearest(t, e.Key); meant != "" {
		fault.Do = fmt.Sprintf("write %q", meant)
		u.field = targetOf(t, meant).json
	}
	m.faults = append(m.faults, fault)
	return u, true
}

// leaveOpen makes unknown what was not read of a structure: the fields that were
// probably meant and, where a block may have been any, every field that is not there.
func leaveOpen(n *object.Node, unread []unreadEntry) {
	for _, u := range unread {
		switch {
		case u.field != "" && n.Get(u.field) == nil:
			n.Entries = append(n.Entries, object.Entry{Key: u.field, Ref: u.value.Ref, Value: u.value})
		case u.field == "" && u.block && n.Partial == "":
			n.Partial = u.value.Text
		}
	}
}
