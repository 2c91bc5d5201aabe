package documented

import "slices"

// maxItems is how deep schemas of items are followed within each other.
const maxItems = 6

// list is a list of one item as a schema describes it; nil where it does not say what an item is. Nothing is made up: an
// item has the values that the schema gives as examples, allows or has as defaults.
func (s *schemaFile) list(n *jsonNode, depth int) any {
	items := n.field("items")
	if items == nil || items.kind != '{' || depth > maxItems || !takesOne(n) {
		return nil
	}
	item := s.example(items, depth+1)
	if item == nil {
		return nil
	}
	return []any{item}
}

// takesOne reports whether a list may have one item.
func takesOne(n *jsonNode) bool {
	if types := n.field("type"); types != nil && types.scalar != "array" && !slices.ContainsFunc(types.items, func(t *jsonNode) bool { return t.scalar == "array" }) {
		return false
	}
	for name, refused := range map[string]func(int64) bool{"minItems": func(v int64) bool { return v > 1 }, "maxItems": func(v int64) bool { return v < 1 }} {
		if field := n.field(name); field != nil {
			v, _ := field.value(0)
			if count, is := v.(int64); !is || refused(count) {
				return false
			}
		}
	}
	return true
}

// example is a value that a schema gives, or one that consists of such values; nil where there is none.
func (s *schemaFile) example(n *jsonNode, depth int) any {
	parts := s.whole([]*jsonNode{n})
	for _, part := range parts {
		if v := part.given(); v != nil {
			return v
		}
	}
	object := map[string]any{}
	for _, part := range parts {
		if part.field("anyOf") != nil || part.field("oneOf") != nil {
			return nil // one of several, which do not go together
		}
		if part.isSwitch() {
			return true
		}
		if list := s.list(part, depth); list != nil {
			return list
		}
		properties := part.field("properties")
		if properties == nil || depth > maxItems {
			continue
		}
		for _, key := range properties.keys {
			if v := s.example(properties.fields[key], depth+1); v != nil {
				object[key] = v
			}
		}
	}
	for _, part := range parts {
		if required := part.field("required"); required != nil {
			for _, name := range required.items {
				if key, is := name.scalar.(string); is && object[key] == nil {
					return nil
				}
			}
		}
	}
	if len(object) == 0 {
		return nil
	}
	return object
}

// given is the first value of a schema that is not blank; nil for none.
func (n *jsonNode) given() any {
	all := []*jsonNode{n.field("const")}
	for _, name := range []string{"examples", "enum"} {
		if list := n.field(name); list != nil {
			all = append(all, list.items...)
		}
	}
	for _, one := range append(all, n.field("default")) {
		if one != nil {
			if v, ok := one.value(0); ok && !blank(v) {
				return v
			}
		}
	}
	return nil
}
