package documented

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// shapes are the ways in which charts document values, and those that look like them.
var shapes = []struct {
	name, values string
	want         []string // path=values as JSON; path~keys below; what is not here is not said
}{
	{"below, deeper", "limits: {}\n  # cpu: 1\n  # pods: 2\n", []string{`limits=[{"cpu":1,"pods":2}]`, "limits.cpu=[1]", "limits.pods=[2]", "limits~[cpu pods]"}},
	{"below, in the same column", "zones: []\n# - east\n# - west\n\nother: 1\n", []string{`zones=[["east","west"]]`}},
	{"below, shifted", "hosts: []\n#  - host: shop.local\n", []string{`hosts=[[{"host":"shop.local"}]]`}},
	{"below, without a blank", "hosts: []\n#- shop.local\n", []string{`hosts=[["shop.local"]]`}},
	{"below, shifted map", "labels: {}\n#   team: blue\n", []string{`labels=[{"team":"blue"}]`, `labels.team=["blue"]`, "labels~[team]"}},
	{"below null", "tls:\n  # enabled: true\n", []string{`tls=[{"enabled":true}]`, "tls.enabled=[true]", "tls~[enabled]"}},
	{"below an empty map in the next line", "labels:\n  {}\n  # team: blue\n", []string{`labels=[{"team":"blue"}]`, `labels.team=["blue"]`, "labels~[team]"}},
	{"below an empty list in the next line", "a:\n  args:\n    []\n    # - --fast\n", []string{`a.args=[["--fast"]]`}},
	{"below with text", "quota: {}\n  # Leave this empty unless you know.\n  # cpu: 1\n", []string{`quota=[{"cpu":1}]`, "quota.cpu=[1]", "quota~[cpu]"}},
	{"named by the text", "quota: {}\n# To set it, delete the braces after 'quota:'.\n# cpu: 1\n# pods: 5\n", []string{`quota=[{"cpu":1,"pods":5}]`, "quota.cpu=[1]", "quota.pods=[5]", "quota~[cpu pods]"}},
	{"below, marks in the first column", "web:\n  labels: {}\n#     team: blue\n", []string{`web.labels=[{"team":"blue"}]`, `web.labels.team=["blue"]`, "web.labels~[team]"}},
	{"a list of two lines and text", "hosts: []\n  # - host: a.local\n  #   # all of it\n  #   paths: [/]\n", []string{`hosts=[[{"host":"a.local","paths":["/"]}]]`}},
	{"a list without its own indentation", "vols: []\n# vols:\n# - name: x\n#   size: 1\n", []string{`vols=[[{"name":"x","size":1}]]`}},
	{"above, with its name", "## What to add.\n## e.g:\n## vars:\n##   - name: A\n##     value: b\n##\nvars: []\n", []string{`vars=[[{"name":"A","value":"b"}]]`}},
	{"above, with its name, text behind it", "# mode: fast\n# It is not recommended.\nmode: \"\"\n", []string{`mode=["fast"]`}},
	{"above, an example", "# Example:\n# team: blue\nlabels: {}\n", []string{`labels=[{"team":"blue"}]`, `labels.team=["blue"]`, "labels~[team]"}},
	{"above, deeper than its text", "# Labels of the pods\n#   team: blue\nlabels: {}\n", []string{`labels=[{"team":"blue"}]`, `labels.team=["blue"]`, "labels~[team]"}},
	{"above, a list", "# Zones to use\n# - east\nzones: []\n", []string{`zones=[["east"]]`}},
	{"a parameter", "## @param web.hosts Names\n## hosts:\n##   - a.local\n##\nweb:\n  hosts: []\n", []string{`web.hosts=[["a.local"]]`}},
	{"a parameter that is not there", "## @param web.none Names\n## hosts:\n##   - a.local\n##\nweb:\n  hosts: []\n", nil},
	{"an old description", "# web.mode -- One of `a` or `b`\nother: 1\nweb:\n  mode: \"\"\n", []string{`web.mode=["a","b"]`}},
	{"a commented key", "service:\n  type: A\n  # nodePort: 30000\n  port: 80\n", []string{"service.nodePort=[30000]", "service~[nodePort]"}},
	{"a commented key in front", "service:\n  # nodePort: 30000\n  port: 80\n", []string{"service.nodePort=[30000]", "service~[nodePort]"}},
	{"a commented key at the end", "service:\n  port: 80\n  # nodePort: 30000\n\nnext: 1\n", []string{"service.nodePort=[30000]", "service~[nodePort]"}},
	{"a commented key at the root", "service:\n  port: 80\n\n# tls: true\n\nnext: 1\n", []string{"tls=[true]", "~[tls]"}},
	{"commented keys with text", "a:\n  b: 1\n  # -- The port\n  # port: 80\n  # -- The host\n  # host: x\n  # -- Labels\n  labels: {}\n", []string{`a.host=["x"]`, "a.port=[80]", "a~[port host]"}},
	{"a commented map", "a:\n  b: 1\n  # tls:\n  #   enabled: true\n  #   secret: web\n", []string{`a.tls=[{"enabled":true,"secret":"web"}]`, "a.tls.enabled=[true]", `a.tls.secret=["web"]`, "a.tls~[enabled secret]", "a~[tls]"}},
	{"a commented key without a value", "a:\n  b: 1\n  # port:\n", []string{"a~[port]"}},
	{"a commented key of the first column", "a:\n  b: 1\n#  port: 80\n  c: 2\n", []string{"a.port=[80]", "a~[port]"}},
	{"a commented key of the first column, another mark", "a:\n  b: 1\n#   port: 80\n  c: 2\n", []string{"a.port=[80]", "a~[port]"}},
	{"another value", "mode: fast\n# mode: slow\n", []string{`mode=["slow"]`}},
	{"the same value", "mode: fast\n# mode: fast\n", nil},
	{"the map around it", "a:\n  b: null\n  # a:\n  #   b: 1\n  #   c: 2\n", []string{`a=[{"b":1,"c":2}]`, "a.b=[1]", "a.c=[2]", "a~[c]"}},
	{"a text of lines", "body: \"\"\n# body: |\n#   one\n#   two\n", []string{`body=["one\ntwo\n"]`}},
	{"brackets over lines", "conf:\n  # {\n  #   \"a\": {\"b\": true}\n  # }\n", []string{`conf=[{"a":{"b":true}}]`, `conf.a=[{"b":true}]`, "conf.a.b=[true]", "conf.a~[b]", "conf~[a]"}},
	{"on behind a blank line", "all: {}\n#   main:\n#     a: 1\n\n#     b: 2\n", []string{`all=[{"main":{"a":1,"b":2}}]`, `all.main=[{"a":1,"b":2}]`, "all.main.a=[1]", "all.main.b=[2]", "all.main~[a b]", "all~[main]"}},
	{"beside, a map", "labels: {} # team: blue\n", []string{`labels=[{"team":"blue"}]`, `labels.team=["blue"]`, "labels~[team]"}},
	{"beside, a list", "zones: [] # - east\n", []string{`zones=[["east"]]`}},
	{"beside, others", "type: A # or B\n", []string{`type=["B"]`}},
	{"beside, all", "type: A # A, B or C\n", []string{`type=["B","C"]`}},
	{"beside, text", "type: A # what kind it is\n", nil},
	{"allowed values", "# Allowed values: `soft` or `hard`\nkind: \"\"\n", []string{`kind=["soft","hard"]`}},
	{"allowed values in brackets", "# The size (allowed values: none, small, large).\nsize: small\n", []string{`size=["none","large"]`}},
	{"allowed values with bars", "# Options: x|b|c\nsize: b\n", []string{`size=["x","c"]`}},
	{"one of", "# One of: local, cloud. Else it is guessed.\nwhere: local\n", []string{`where=["cloud"]`}},
	{"can be", "# Can be set to Recreate or Rolling\nhow: Rolling\n", []string{`how=["Recreate"]`}},
	{"quoted, over two lines", "# Valid values are 'A',\n# 'B' and 'C'\nhow: \"\"\n", []string{`how=["A","B","C"]`}},
	{"values as a list", "# Possible values:\n# - one\n# - two\nhow: \"\"\n", []string{`how=["one","two"]`}},
	{"numbers", "# One of: 1, 3, 5\ncount: 1\n", []string{"count=[3,5]"}},
	{"a default", "# -- How long\n# @default -- 30s\nwait: \"\"\n", []string{`wait=["30s"]`}},
	{"a default in brackets", "## @param on [default: false] Whether\non: null\n", []string{"on=[false]"}},
	{"an example in a text", "# A class, e.g. `fast`\nclass: \"\"\n", []string{`class=["fast"]`}},
	{"alternatives in an example", "rules: []\n  # - op: \"Equal|Exists\"\n", []string{`rules=[[{"op":"Equal"}]]`}},
	{"a number for a text", "tag: \"\"\n# tag: 1.20\n", []string{`tag=["1.20"]`}},
	{"a bool of YAML 1.1", "a:\n  b: 1\n  # on2: yes\n", []string{"a.on2=[true]", "a~[on2]"}},

	{"nothing but comments", "# port: 80\n", []string{"port=[80]", "~[port]"}},

	// What is not said.
	{"two lists", "hosts: []\n# - a.local\ntls: []\n", nil},
	{"two maps", "a: {}\n# team: blue\nb: {}\n", nil},
	{"a key or a value", "a: {}\n# port: 80\n\nb: 1\n", nil},
	{"a key or an example", "a: 1\n# port: 80\nlabels: {}\n", nil},
	{"another type, a list", "labels: {}\n  # - a\n", nil},
	{"another type, a map", "hosts: []\n  # a: b\n", nil},
	{"another type, a text", "count: 1\n# count: many\n", nil},
	{"another type in a map", "a:\n  b: {c: 1}\n# a:\n#   b: {c: x}\n", nil},
	{"a placeholder", "secret: \"\"\n# secret: <your-secret>\n", nil},
	{"a placeholder in a list", "hosts: []\n  # - name: a\n  #   host: ...\n", nil},
	{"a template", "hosts: []\n  # - '{{ .Release.Name }}.local'\n", nil},
	{"an ellipsis as YAML", "boxes: {}\n  # one:\n  #   image: x\n  #   ...\n", nil},
	{"a dash for nothing", "claim: \"\"\n# claim: \"-\"\n", nil},
	{"letters for digits", "address: \"\"\n# address: X.X.X.X\n", nil},
	{"an example that breaks off", "hosts: []\n  # - name: a\n  #   port:\n", nil},
	{"prose", "# Note: this is new\n# see: the docs\n# Ref: https://x.example/y\na: 1\n", nil},
	{"prose that begins as a key", "# host: the name of the host to use\nhost: \"\"\n", nil},
	{"prose in a list", "# - When true, it is faster\n# - When false, it is slower\nfast: \"\"\n", nil},
	{"in a text", "script: |\n  # mode: fast\n  run\nmode: \"\"\n", nil},
	{"in quotes", "a: \"x\n  # mode: fast\n  y\"\nmode: \"\"\n", nil},
	{"in brackets", "a: [\n  x,\n  # y\n]\n# b: 1\n", []string{"b=[1]", "~[b]"}},
	{"in a list", "a:\n  - b: 1\n    # c: 2\n", nil},
	{"behind a commented key", "a:\n  b: {}\n\n  # c: 1\n    # d: 2\n", []string{"a.c=[1]", "a~[c]"}},
	{"an anchor", "a: {}\n  # b: &x 1\n", nil},
	{"a default that is a path", "a:\n  b: 1\n# Defaults to `a.b`\nc: \"\"\n", nil},
	{"a default in words", "# Defaults to the name of the chart\nc: \"\"\n", nil},
	{"names of settings", "# Only one of 'a' or 'b' can be set\na: \"\"\nb: \"\"\n", nil},
	{"values of something else", "# Allowed values: `x` or `y`\nhow: z\n", nil},
	{"not next to it", "# Allowed values: `x` or `y`\n\nhow: \"\"\n", nil},
	{"an example of nothing", "a:\n  b: 1\n  # Example:\n  # c: 2\n\nd: 1\n", nil},
	{"a name of that kind", "# Example:\n# webLimits:\n#   cpu: 1\nlimits: {}\n", nil},
	{"a license", "# SPDX-License-Identifier: Apache-2.0\na: 1\n", nil},
}

// said is all that is said about a file.
func said(d *Documents) []string {
	var all []string
	eachEntry(d.root, nil, func(path []string, _ *entry) {
		name := strings.Join(path, ".")
		var values []any
		for _, v := range d.At(path...) {
			values = append(values, v.Value)
		}
		if values != nil {
			text := &strings.Builder{}
			enc := json.NewEncoder(text)
			enc.SetEscapeHTML(false)
			_ = enc.Encode(values)
			all = append(all, name+"="+strings.TrimSpace(text.String()))
		}
		if keys := d.Below(path...); keys != nil {
			all = append(all, fmt.Sprintf("%s~%v", name, keys))
		}
	})
	slices.Sort(all)
	return all
}

func TestShapes(t *testing.T) {
	for _, s := range shapes {
		slices.Sort(s.want)
		if got := said(Read([]byte(s.values), nil)); !slices.Equal(got, s.want) {
			t.Errorf("%s:\n%s\ngot  %s\nwant %s", s.name, s.values, strings.Join(got, "  "), strings.Join(s.want, "  "))
		}
		crlf := strings.ReplaceAll(s.values, "\n", "\r\n")
		if got := said(Read([]byte("\ufeff"+crlf), nil)); !slices.Equal(got, s.want) {
			t.Errorf("%s, with other line ends: %s", s.name, strings.Join(got, "  "))
		}
	}
}
