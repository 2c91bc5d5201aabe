package eval

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/mesh-check/mesh-check/frontends/object"
	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// The data sources of the kubectl provider that only read local files. Source:
// gavinbunney/terraform-provider-kubectl v1.19.0 and alekc/terraform-provider-kubectl
// v2.1.3.

// fileDocuments is kubectl_file_documents: the documents of a text.
func fileDocuments(config cty.Value, _ lang.Env) (cty.Value, bool) {
	content, ok := knownText(config, "content")
	if !ok {
		return cty.NilVal, false
	}
	return withDocuments(config, documentsOf(content)), true
}

// pathDocuments is kubectl_path_documents: the documents of the files that match a
// pattern, each of which is a template unless disable_template is set.
func pathDocuments(config cty.Value, env lang.Env) (cty.Value, bool) {
	pattern, ok := knownText(config, "pattern")
	if !ok {
		return cty.NilVal, false
	}
	names, ok := matching(pattern, env)
	if !ok {
		return cty.NilVal, false
	}
	vars := map[string]cty.Value{}
	for _, attribute := range []string{"vars", "sensitive_vars"} {
		v := member(config, attribute)
		if v.IsNull() {
			continue
		}
		if v.IsMarked() || !v.IsKnown() || !v.Type().IsMapType() && !v.Type().IsObjectType() {
			return cty.NilVal, false
		}
		maps.Copy(vars, v.AsValueMap())
	}
	plainText := member(config, "disable_template")
	if !plainText.IsNull() && (plainText.IsMarked() || !plainText.IsKnown() || plainText.Type() != cty.Bool) {
		return cty.NilVal, false
	}
	var documents []string
	for _, name := range names {
		text, ok := "", false
		if !plainText.IsNull() && plainText.True() {
			data, err := env.Content(name)
			text, ok = string(data), err == nil
		} else {
			v, err := lang.Functions(env)["templatefile"].Call([]cty.Value{cty.StringVal(name), cty.ObjectVal(vars)})
			if ok = err == nil && !v.IsMarked() && v.IsKnown() && !v.IsNull() && v.Type() == cty.String; ok {
				text = v.AsString()
			}
		}
		if !ok {
			return cty.NilVal, false
		}
		documents = append(documents, documentsOf(text)...)
	}
	return withDocuments(config, documents), true
}

// filenameList is kubectl_filename_list: the files that match a pattern.
func filenameList(config cty.Value, env lang.Env) (cty.Value, bool) {
	pattern, ok := knownText(config, "pattern")
	if !ok {
		return cty.NilVal, false
	}
	names, ok := matching(pattern, env)
	if !ok {
		return cty.NilVal, false
	}
	all := members(config)
	base := make([]string, len(names))
	for i, name := range names {
		base[i] = path.Base(name)
	}
	all["matches"], all["basenames"] = textList(names), textList(base)
	return cty.ObjectVal(all), true
}

// matching are the files that match a pattern, sorted.
func matching(pattern string, env lang.Env) ([]string, bool) {
	dir := "."
	if path.IsAbs(pattern) {
		dir, pattern = "/", strings.TrimLeft(pattern, "/")
	}
	found, err := env.Fileset([]string{dir, pattern})
	if err != nil || !found.IsKnown() {
		return nil, false
	}
	var names []string
	for _, v := range found.AsValueSlice() {
		names = append(names, path.Join(dir, v.AsString()))
	}
	slices.Sort(names)
	return names, true
}

// withDocuments is a data source with what it has read.
func withDocuments(config cty.Value, documents []string) cty.Value {
	all := members(config)
	manifests := map[string]cty.Value{}
	for _, text := range documents {
		if link := selfLink(text); link != "" {
			manifests[link] = cty.StringVal(text)
		}
	}
	all["documents"], all["manifests"] = textList(documents), cty.MapValEmpty(cty.String)
	if len(manifests) > 0 {
		all["manifests"] = cty.MapVal(manifests)
	}
	return cty.ObjectVal(all)
}

// documentsOf splits a text as kubectl does; what holds comments alone is left out.
func documentsOf(text string) []string {
	var documents []string
	var lines []string
	end := func() {
		said := slices.ContainsFunc(lines, func(line string) bool {
			line = strings.TrimSpace(line)
			return line != "" && line[0] != '#' && line[0] != '%'
		})
		if said {
			documents = append(documents, strings.Trim(strings.Join(lines, "\n"), "\r\n"))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		if bare := strings.TrimRight(line, "\r \t"); bare == "---" || strings.HasPrefix(line, "--- ") {
			end()
			continue
		}
		lines = append(lines, line)
	}
	end()
	return documents
}

// selfLink is the key of a document in manifests; empty where it is no object.
func selfLink(text string) string {
	d := object.Decode(text, nowhere{}, object.Kubectl)
	if len(d.Objects) == 0 {
		return ""
	}
	o := d.Objects[0]
	link := "/apis/"
	if o.Group() == "" {
		link = "/api/"
	}
	link += o.APIVersion
	if o.Namespace != "" {
		link += "/namespaces/" + o.Namespace
	}
	return link + "/" + strings.ToLower(o.Kind) + "s/" + o.Name
}

// nowhere is for texts of which no place is asked for.
type nowhere struct{}

// Origin implements object.TextLocator.
func (nowhere) Origin(int, int) source.Origin { return source.Origin{} }

// member is an attribute of a configuration; null where it is not written.
func member(config cty.Value, name string) cty.Value {
	if !config.IsMarked() && config.IsKnown() && !config.IsNull() && config.Type().IsObjectType() && config.Type().HasAttribute(name) {
		return config.GetAttr(name)
	}
	return cty.NullVal(cty.DynamicPseudoType)
}

// members are all attributes of a configuration.
func members(config cty.Value) map[string]cty.Value {
	all := map[string]cty.Value{}
	if !config.IsMarked() && config.IsKnown() && !config.IsNull() && config.Type().IsObjectType() {
		maps.Copy(all, config.AsValueMap())
	}
	return all
}

// knownText is an attribute that is a text and known.
func knownText(config cty.Value, name string) (string, bool) {
	v := member(config, name)
	if v.IsMarked() || !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return "", false
	}
	return v.AsString(), true
}

// textList is a list of texts.
func textList(all []string) cty.Value {
	if len(all) == 0 {
		return cty.ListValEmpty(cty.String)
	}
	values := make([]cty.Value, len(all))
	for i, s := range all {
		values[i] = cty.StringVal(s)
	}
	return cty.ListVal(values)
}
