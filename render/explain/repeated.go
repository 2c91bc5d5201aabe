package explain

import (
	"bytes"
	"path"
	"strings"
)

// repeated returns the partials among some templates, given in the order in which
// they are parsed, that come again: the dependencies of a chart often bring a copy
// each of one library. Of equal files the last one counts, since it defines anew what
// the others define, so only that one need be parsed. Helm's own engine parses all.
//
// A file can also be called by its path; where a template seems to do that, nothing is
// taken for repeated.
func repeated(names []string, all map[string]scope) map[string]bool {
	again, last := map[string]bool{}, map[string]string{}
	for _, name := range names {
		if !strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		text := viewString(all[name].template.Data)
		if earlier, is := last[text]; is {
			again[earlier] = true
		}
		last[text] = name
	}
	extensions := map[string]bool{}
	for name := range again {
		extensions[path.Ext(name)] = true
	}
	for ext := range extensions {
		if mentioned(ext, all) {
			return nil
		}
	}
	return again
}

// mentioned reports whether a template has a text that ends in the extension of a file.
func mentioned(ext string, all map[string]scope) bool {
	for _, quote := range []string{`"`, "`"} {
		for _, s := range all {
			if bytes.Contains(s.template.Data, []byte(ext+quote)) {
				return true
			}
		}
	}
	return false
}
