package sarif

import "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// A property of a log is of any shape, whoever wrote it, and of one of two forms: the
// one that Build made, or the one that reading JSON gives. What is of another shape
// than asked for is taken for missing.

// textIn is a text among properties.
func textIn(properties map[string]any, name string) string {
	s, _ := properties[name].(string)
	return s
}

// cleanIn is a text among properties, safe to show.
func cleanIn(properties map[string]any, name string) string { return clean(textIn(properties, name)) }

// intIn is a number among properties.
func intIn(properties map[string]any, name string) int {
	switch n := properties[name].(type) {
	case int:
		return n
	case float64:
		return int(n)
	}
	return 0
}

// textsIn is a list of texts, each safe to show; never nil.
func textsIn(properties map[string]any, name string) []string {
	switch list := properties[name].(type) {
	case []string:
		return cleanAll(list)
	case []any:
		texts := make([]string, 0, len(list))
		for _, e := range list {
			if s, ok := e.(string); ok {
				texts = append(texts, clean(s))
			}
		}
		return texts
	}
	return []string{}
}

// mapsIn is a list of objects.
func mapsIn(properties map[string]any, name string) []map[string]any {
	list, _ := properties[name].([]any)
	objects := make([]map[string]any, 0, len(list))
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			objects = append(objects, m)
		}
	}
	return objects
}

// objectIn is the property object.
func objectIn(properties map[string]any) Object {
	o, _ := properties["object"].(map[string]any)
	return Object{cleanIn(o, "apiVersion"), cleanIn(o, "kind"), cleanIn(o, "namespace"), cleanIn(o, "name")}
}

// ownProperties are the properties of one of our own runs; nil for others.
func ownProperties(run *sarif.Run) map[string]any {
	if !writtenByUs(run) || run.Properties == nil {
		return nil
	}
	return run.Properties.Properties
}
