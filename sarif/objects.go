package sarif

import (
	"fmt"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/mesh-check/mesh-check/checks"
	"github.com/mesh-check/mesh-check/render/source"
	"github.com/mesh-check/mesh-check/sarif/property"
	"github.com/mesh-check/mesh-check/sarif/snippet"
)

// maxObjectPlaces is how many places of further objects a result has; all objects are in
// its properties.
const maxObjectPlaces = 10

// causePlace is where a finding is shown and where its value was written.
func (b *builder) causePlace(f *checks.Reported) (shown, value source.Span) {
	shown, _ = b.primary(f.Origin)
	value, _ = valuePlace(f.Origin)
	return shown, value
}

// objects adds places of the further objects that a finding is about, each place once, and
// returns all its objects, the first one in front; nil where there is but one.
func (b *builder) objects(r *sarif.Result, f *checks.Reported, links *[]string) []property.Object {
	if len(f.Others) == 0 {
		return nil
	}
	all := []property.Object{objectProperties(f.Object)}
	ids := map[source.Span]int{}
	for _, o := range f.Others {
		entry := objectProperties(o.ObjectRef)
		if id, known := ids[o.At]; known {
			entry.Location = id
		} else if o.At.Valid() && len(ids) < maxObjectPlaces {
			name := cleanObject(o.ObjectRef).String()
			l := b.place(o.At, name, snippet.ShowNothing).WithID(len(r.RelatedLocations) + 1)
			r.AddRelatedLocation(l)
			ids[o.At], entry.Location = l.ID, l.ID
			*links = append(*links, link(name, l.ID))
		}
		all = append(all, entry)
	}
	return all
}

// objectProperties and objectOf are an object as the log and as views have it.
func objectProperties(o checks.ObjectRef) property.Object {
	return property.Object{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}
}

func objectOf(o property.Object) Object { return Object{o.APIVersion, o.Kind, o.Namespace, o.Name} }

func cleanObject(o checks.ObjectRef) Object {
	return Object{clean(o.APIVersion), clean(o.Kind), clean(o.Namespace), clean(o.Name)}
}

// maxOthers is how many further objects are named before the rest is counted.
const maxOthers = 6

// AndOthers says of what further objects a finding is true, by their names: "and 2 others:
// Job b, Job c". Of many the first are named. It is empty where there are none.
func AndOthers(names []string) string {
	if len(names) == 0 {
		return ""
	}
	head, more := "and 1 other: ", ""
	if n := len(names); n > 1 {
		head = fmt.Sprintf("and %d others: ", n)
	}
	if n := len(names) - maxOthers; n > 1 {
		names, more = names[:maxOthers], fmt.Sprintf(" and %d more", n)
	}
	return head + strings.Join(names, ", ") + more
}

// Others are the names of the further objects that the finding is about.
func (r Result) Others() []string {
	var names []string
	for _, o := range r.Objects[min(1, len(r.Objects)):] {
		names = append(names, o.String())
	}
	return names
}

func otherNames(f *checks.Reported) []string {
	names := make([]string, len(f.Others))
	for i, o := range f.Others {
		names[i] = cleanObject(o.ObjectRef).String()
	}
	return names
}
