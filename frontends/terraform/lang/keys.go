package lang

import "github.com/zclconf/go-cty/cty"

// KeyText is a known key of a mapping as text.
func KeyText(v cty.Value) (string, bool) {
	v, marks := v.Unmark()
	if _, secret := marks[SensitiveMark{}]; secret || !v.IsKnown() || v.IsNull() {
		return "", false
	}
	switch v.Type() {
	case cty.String:
		return v.AsString(), true
	case cty.Number:
		return v.AsBigFloat().Text('f', -1), true
	case cty.Bool:
		if v.True() {
			return "true", true
		}
		return "false", true
	}
	return "", false
}

// HasKey reports whether a mapping has a key, and whether that is sure.
func HasKey(v, key cty.Value) (has, sure bool) {
	text, ok := KeyText(key)
	switch {
	case !v.IsKnown() || !ok:
		return false, false
	case v.IsNull():
		return false, true
	case v.Type().IsObjectType():
		return v.Type().HasAttribute(text), true
	case v.Type().IsMapType():
		return v.HasIndex(cty.StringVal(text)).True(), true
	}
	return false, false
}
