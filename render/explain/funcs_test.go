package explain

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/Masterminds/sprig/v3"
	"github.com/google/go-cmp/cmp"

	"github.com/mesh-check/mesh-check/render/chart"
)

// calls has a template for each function that Helm knows: sprig's without env
// and expandenv, Helm's own, and those of text/template.
var calls = map[string]string{
	"abbrev":                     `{{ abbrev 5 .Values.text }} {{ abbrev 99 .Values.text }}`,
	"abbrevboth":                 `{{ abbrevboth 5 10 "1234 5678 9123" }}`,
	"add":                        `{{ add 1 .Values.n 3 }}`,
	"add1":                       `{{ add1 .Values.n }}`,
	"add1f":                      `{{ add1f 1.5 }}`,
	"addf":                       `{{ addf 1.5 2 .Values.f }}`,
	"adler32sum":                 `{{ adler32sum .Values.text }}`,
	"ago":                        `{{ ago now }}`,
	"all":                        `{{ all 1 .Values.text }} {{ all 0 "x" }}`,
	"and":                        `{{ and .Values.text 8080 }} {{ and "" 1 }}`,
	"any":                        `{{ any 0 "" .Values.text }}`,
	"append":                     `{{ append .Values.list "d" | toJson }}`,
	"atoi":                       `{{ atoi "42" }} {{ atoi "x" }}`,
	"b32dec":                     `{{ b32dec "NBSWY3DP" }}`,
	"b32enc":                     `{{ b32enc .Values.text }}`,
	"b64dec":                     `{{ b64dec "aGVsbG8=" }} {{ b64dec "!" }}`,
	"b64enc":                     `{{ .Values.text | b64enc }}`,
	"base":                       `{{ base "a/b/c.yaml" }}`,
	"bcrypt":                     `{{ bcrypt "secret" }}`,
	"biggest":                    `{{ biggest 1 .Values.n 2 }}`,
	"buildCustomCert":            `{{ if false }}{{ buildCustomCert "a" "b" }}{{ end }}x`,
	"call":                       `{{ if false }}{{ call .Values.text }}{{ end }}x`,
	"camelcase":                  `{{ camelcase "some_text here" }}`,
	"cat":                        `{{ cat "a" .Values.n nil .Values.text }}`,
	"ceil":                       `{{ ceil 1.2 }}`,
	"chunk":                      `{{ chunk 2 .Values.list | toJson }}`,
	"clean":                      `{{ clean "a//b/../c" }}`,
	"coalesce":                   `{{ coalesce "" .Values.none .Values.text "x" }}`,
	"compact":                    `{{ compact (list "" "a" 0 1) | toJson }}`,
	"concat":                     `{{ concat .Values.list (list 1 2) | toJson }}`,
	"contains":                   `{{ contains "o w" .Values.text }}`,
	"date":                       `{{ date "2006" now }}`,
	"dateInZone":                 `{{ dateInZone "2006-01" (toDate "2006-01-02" "2020-02-03") "UTC" }}`,
	"dateModify":                 `{{ (toDate "2006-01-02" "2020-02-03" | dateModify "24h").Year }}`,
	"date_in_zone":               `{{ date_in_zone "2006" (toDate "2006-01-02" "2020-02-03") "UTC" }}`,
	"date_modify":                `{{ (toDate "2006-01-02" "2020-02-03" | date_modify "24h").Year }}`,
	"decryptAES":                 `{{ "plain" | encryptAES "key" | decryptAES "key" }}`,
	"deepCopy":                   `{{ deepCopy .Values.map | toYaml }} {{ deepCopy .Chart.Maintainers | toJson }}`,
	"deepEqual":                  `{{ deepEqual .Values.list (list "a" "b" "c") }}`,
	"default":                    `{{ default "d" .Values.none }} {{ .Values.text | default 1 }} {{ default 8 0 }}`,
	"derivePassword":             `{{ derivePassword 1 "long" "password" "user" "example.com" }}`,
	"dict":                       `{{ dict "a" 1 "b" .Values.text "c" | toJson }} {{ dict 1 2 | toJson }}`,
	"dig":                        `{{ dig "two" "x" "none" .Values.map }} {{ dig "q" "none" .Values.map }}`,
	"dir":                        `{{ dir "a/b/c.yaml" }}`,
	"div":                        `{{ div .Values.n 2 }}`,
	"divf":                       `{{ divf 10 2 4 }}`,
	"duration":                   `{{ duration 95 }} {{ duration "95" }}`,
	"durationRound":              `{{ durationRound "2h10m5s" }}`,
	"empty":                      `{{ empty "" }} {{ empty .Values.text }}`,
	"encryptAES":                 `{{ encryptAES "key" "plain" }}`,
	"eq":                         `{{ eq (int .Values.n) 7 }} {{ eq .Values.text "x" "hello world" }}`,
	"ext":                        `{{ ext "a/b.tar.gz" }}`,
	"fail":                       `{{ if false }}{{ fail "no" }}{{ end }}x`,
	"first":                      `{{ first .Values.list }}`,
	"float64":                    `{{ float64 "1.25" }} {{ float64 .Values.n }}`,
	"floor":                      `{{ floor 1.9 }}`,
	"fromJson":                   `{{ (fromJson "{\"a\": [1, true, null, \"x\"]}").a | toJson }} {{ fromJson "[" | toJson }}`,
	"fromJsonArray":              `{{ fromJsonArray "[1, \"x\"]" | toJson }} {{ fromJsonArray "{" | toJson }}`,
	"fromToml":                   `{{ fromToml "a = 1\n[b]\nc = \"x\"\n" | toJson }} {{ fromToml "=" | toJson }}`,
	"fromYaml":                   `{{ fromYaml "a: 1\nb: [x, true]\nc: {d: }" | toJson }} {{ fromYaml "[" | toJson }}`,
	"fromYamlArray":              `{{ fromYamlArray "- 1\n- x\n" | toJson }} {{ fromYamlArray "a: b" | toJson }}`,
	"ge":                         `{{ ge (int .Values.n) 7 }}`,
	"genCA":                      `{{ $ca := genCA "ca" 1 }}{{ $ca.Cert | nindent 2 }}{{ $ca.Key | b64enc }}`,
	"genCAWithKey":               `{{ $k := genPrivateKey "ecdsa" }}{{ (genCAWithKey "ca" 1 $k).Cert | b64enc }}`,
	"genPrivateKey":              `{{ genPrivateKey "ecdsa" | indent 2 }}`,
	"genSelfSignedCert":          `{{ (genSelfSignedCert "a" (list "1.2.3.4") (list "b.c") 1).Cert | quote }}`,
	"genSelfSignedCertWithKey":   `{{ (genSelfSignedCertWithKey "a" nil nil 1 (genPrivateKey "ecdsa")).Cert | b64enc }}`,
	"genSignedCert":              `{{ $ca := genCA "ca" 1 }}{{ (genSignedCert "a" nil (list "b.c") 1 $ca).Key | b64enc }}`,
	"genSignedCertWithKey":       `{{ $ca := genCA "ca" 1 }}{{ (genSignedCertWithKey "a" nil nil 1 $ca (genPrivateKey "ecdsa")).Cert | b64enc }}`,
	"get":                        `{{ get .Values.map "one" }}{{ get .Values.map "no" }}`,
	"getHostByName":              `x{{ getHostByName "localhost" }}`,
	"gt":                         `{{ gt (int .Values.n) 6 }}`,
	"has":                        `{{ has "a" .Values.list }}`,
	"hasKey":                     `{{ hasKey .Values.map "one" }}`,
	"hasPrefix":                  `{{ hasPrefix "he" .Values.text }}`,
	"hasSuffix":                  `{{ hasSuffix "ld" .Values.text }}`,
	"hello":                      `{{ hello }}`,
	"htmlDate":                   `{{ htmlDate (toDate "2006-01-02" "2020-02-03") }}`,
	"htmlDateInZone":             `{{ htmlDateInZone (toDate "2006-01-02" "2020-02-03") "UTC" }}`,
	"html":                       `{{ html "<a>" .Values.text }}`,
	"htpasswd":                   `{{ htpasswd "user" "secret" }} {{ htpasswd "a:b" "secret" }}`,
	"include":                    `{{ include "helper" . }} {{ include "helper" . | upper }}`,
	"indent":                     `{{ "a\nb\n" | indent 4 }}`,
	"index":                      `{{ index .Values.list 1 }} {{ index .Values.map "two" "x" }}`,
	"initial":                    `{{ initial .Values.list | toJson }}`,
	"initials":                   `{{ initials "First Try" }}`,
	"int":                        `{{ int .Values.n }} {{ int "12" }}`,
	"int64":                      `{{ int64 .Values.n }} {{ .Values.n | int64 | quote }}`,
	"isAbs":                      `{{ isAbs "/a" }}`,
	"join":                       `{{ join "," .Values.list }} {{ list 1 nil "x" true | join "-" }} {{ join "," "x" }}`,
	"js":                         `{{ js "it's" }}`,
	"kebabcase":                  `{{ kebabcase "FirstName" }}`,
	"keys":                       `{{ keys .Values.map | sortAlpha | join "," }}`,
	"kindIs":                     `{{ kindIs "map" .Values.map }}`,
	"kindOf":                     `{{ kindOf .Values.list }}`,
	"last":                       `{{ last .Values.list }}`,
	"le":                         `{{ le (int .Values.n) 7 }}`,
	"len":                        `{{ len .Values.list }}`,
	"list":                       `{{ list 1 "two" .Values.text true | toJson }}`,
	"lookup":                     `x{{ lookup "v1" "Secret" "ns" "name" | toJson }}`,
	"lower":                      `{{ lower "ÄBC" }} {{ lower "abc" }}`,
	"lt":                         `{{ lt (int .Values.n) 8 }}`,
	"max":                        `{{ max 1 .Values.n 3 }}`,
	"maxf":                       `{{ maxf 1 2.5 }}`,
	"merge":                      `{{ merge (dict "a" 1) (dict "a" 2 "b" .Values.map) | toJson }}`,
	"mergeOverwrite":             `{{ mergeOverwrite (dict "a" 1 "c" (dict "d" 1)) (dict "a" 2 "c" (dict "e" .Values.text)) | toYaml }}`,
	"min":                        `{{ min .Values.n 3 }}`,
	"minf":                       `{{ minf 1 2.5 }}`,
	"mod":                        `{{ mod .Values.n 4 }}`,
	"mul":                        `{{ mul 2 .Values.n 3 }}`,
	"mulf":                       `{{ mulf 1.5 2 }}`,
	"mustAppend":                 `{{ mustAppend .Values.list 1 | toJson }}`,
	"mustChunk":                  `{{ mustChunk 2 .Values.list | toJson }}`,
	"mustCompact":                `{{ mustCompact (list 0 1) | toJson }}`,
	"mustDateModify":             `{{ (toDate "2006-01-02" "2020-02-03" | mustDateModify "24h").Month }}`,
	"mustDeepCopy":               `{{ mustDeepCopy .Values.map | toJson }} {{ mustDeepCopy 1 }}`,
	"mustFirst":                  `{{ mustFirst .Values.list }}`,
	"mustFromJson":               `{{ (mustFromJson "{\"a\": 1.5}").a }} {{ index (mustFromJson "[\"x\"]") 0 }}`,
	"mustHas":                    `{{ mustHas 1 (list 1 2) }}`,
	"mustInitial":                `{{ mustInitial .Values.list | toJson }}`,
	"mustLast":                   `{{ mustLast .Values.list }}`,
	"mustMerge":                  `{{ mustMerge (dict "a" 1) (dict "b" 2) | toJson }}`,
	"mustMergeOverwrite":         `{{ mustMergeOverwrite (dict "a" 1) (dict "a" 2) | toJson }}`,
	"mustPrepend":                `{{ mustPrepend .Values.list "z" | toJson }}`,
	"mustPush":                   `{{ mustPush .Values.list "z" | toJson }}`,
	"mustRegexFind":              `{{ mustRegexFind "l+" .Values.text }}`,
	"mustRegexFindAll":           `{{ mustRegexFindAll "[eo]" .Values.text -1 | toJson }}`,
	"mustRegexMatch":             `{{ mustRegexMatch "^he" .Values.text }}`,
	"mustRegexReplaceAll":        `{{ mustRegexReplaceAll "l(l)" .Values.text "${1}" }}`,
	"mustRegexReplaceAllLiteral": `{{ mustRegexReplaceAllLiteral "l(l)" .Values.text "${1}" }}`,
	"mustRegexSplit":             `{{ mustRegexSplit " +" .Values.text -1 | toJson }}`,
	"mustRest":                   `{{ mustRest .Values.list | toJson }}`,
	"mustReverse":                `{{ mustReverse .Values.list | toJson }}`,
	"mustSlice":                  `{{ mustSlice .Values.list 1 2 | toJson }}`,
	"mustToDate":                 `{{ (mustToDate "2006-01-02" "2020-02-03").Day }}`,
	"mustToJson":                 `{{ mustToJson .Values.map }}`,
	"mustToPrettyJson":           `{{ mustToPrettyJson .Values.map }}`,
	"mustToRawJson":              `{{ mustToRawJson (dict "a" "<b>") }}`,
	"mustUniq":                   `{{ mustUniq (list 1 1 2) | toJson }}`,
	"mustWithout":                `{{ mustWithout .Values.list "a" | toJson }}`,
	"must_date_modify":           `{{ (toDate "2006-01-02" "2020-02-03" | must_date_modify "24h").Day }}`,
	"ne":                         `{{ ne (int .Values.n) 8 }}`,
	"nindent":                    `{{ .Values.block | nindent 4 }}`,
	"nospace":                    `{{ nospace " a b\tc " }}`,
	"not":                        `{{ not .Values.text }}`,
	"now":                        `{{ now.Year }} {{ now | unixEpoch | quote }}`,
	"omit":                       `{{ omit .Values.map "one" | toJson }}`,
	"or":                         `{{ or "" .Values.none 80 }} {{ or .Values.text 1 }}`,
	"osBase":                     `{{ osBase "a/b" }}`,
	"osClean":                    `{{ osClean "a//b" }}`,
	"osDir":                      `{{ osDir "a/b" }}`,
	"osExt":                      `{{ osExt "a.b" }}`,
	"osIsAbs":                    `{{ osIsAbs "a" }}`,
	"pick":                       `{{ pick .Values.map "one" | toJson }}`,
	"pluck":                      `{{ pluck "one" .Values.map (dict "one" 2) | toJson }}`,
	"plural":                     `{{ plural "one" "many" 1 }} {{ len .Values.list | plural "one" "many" }}`,
	"prepend":                    `{{ prepend .Values.list "z" | toJson }}`,
	"print":                      `{{ print "a" .Values.n 2 "b" nil .Values.list }}`,
	"printf":                     `{{ printf "%s-%d-%v-%q-%5.2f-%t%%" .Values.text (int .Values.n) .Values.map .Values.text .Values.f true }}`,
	"println":                    `{{ println "a" 1 .Values.text }}`,
	"push":                       `{{ push .Values.list 1 | toJson }}`,
	"quote":                      `{{ quote .Values.text .Values.n nil "a\"b\n" true }}`,
	"randAlpha":                  `a{{ randAlpha 8 }}b`,
	"randAlphaNum":               `a{{ randAlphaNum 8 | b64enc | quote }}b {{ randAlphaNum 0 }}`,
	"randAscii":                  `a{{ randAscii 8 | b64enc }}b`,
	"randBytes":                  `a{{ randBytes 8 }}b`,
	"randInt":                    `a{{ randInt 100 999 }}b`,
	"randNumeric":                `a{{ randNumeric 8 }}b`,
	"regexFind":                  `{{ regexFind "l+" .Values.text }}`,
	"regexFindAll":               `{{ regexFindAll "[eo]" .Values.text 1 | toJson }}`,
	"regexMatch":                 `{{ regexMatch "^he" .Values.text }}`,
	"regexQuoteMeta":             `{{ regexQuoteMeta "a.b" }}`,
	"regexReplaceAll":            `{{ regexReplaceAll "l(l)" .Values.text "${1}x" }}`,
	"regexReplaceAllLiteral":     `{{ regexReplaceAllLiteral "l" .Values.text "$" }}`,
	"regexSplit":                 `{{ regexSplit " " .Values.text -1 | last }}`,
	"repeat":                     `{{ repeat 3 .Values.text }} {{ "" | repeat 2 }}`,
	"replace":                    `{{ .Values.text | replace "l" "LL" }} {{ replace "" "-" "ab" }}`,
	"required":                   `{{ required "text is missing" .Values.text }}`,
	"rest":                       `{{ rest .Values.list | toJson }}`,
	"reverse":                    `{{ reverse .Values.list | toJson }}`,
	"round":                      `{{ round 1.2345 2 }} {{ round 1.5 0 0.6 }}`,
	"semver":                     `{{ semver "1.2.3-a" }} {{ (semver "1.2.3").Minor }}`,
	"semverCompare":              `{{ semverCompare ">=1.2-0" .Capabilities.KubeVersion.Version }}`,
	"seq":                        `{{ seq 1 2 7 }}`,
	"set":                        `{{ $m := dict "a" 1 }}{{ $_ := set $m "b" .Values.text }}{{ $m | toJson }}`,
	"sha1sum":                    `{{ sha1sum .Values.text }}`,
	"sha256sum":                  `{{ include "helper" . | sha256sum }}`,
	"sha512sum":                  `{{ sha512sum .Values.text }}`,
	"shuffle":                    `a{{ shuffle "abcdefgh" }}b`,
	"slice":                      `{{ slice .Values.list 1 | toJson }}`,
	"snakecase":                  `{{ snakecase "FirstName" }}`,
	"sortAlpha":                  `{{ list "c" "a" 1 | sortAlpha | toJson }}`,
	"split":                      `{{ (split "-" "a-b-c")._1 }}`,
	"splitList":                  `{{ splitList " " .Values.text | toJson }}`,
	"splitn":                     `{{ (splitn "-" 2 "a-b-c")._1 }}`,
	"squote":                     `{{ squote .Values.text .Values.n nil }}`,
	"sub":                        `{{ sub .Values.n 2 }}`,
	"subf":                       `{{ subf 7.5 2 3 }}`,
	"substr":                     `{{ substr 1 4 .Values.text }} {{ substr -1 2 "abc" }} {{ substr 1 -1 "abc" }}`,
	"swapcase":                   `{{ swapcase "Ab" }}`,
	"ternary":                    `{{ ternary "yes" "no" true }} {{ .Values.flag | ternary 1 2 }}`,
	"title":                      `{{ title "hello world" }}`,
	"toDate":                     `{{ (toDate "2006-01-02" "2020-02-03").Year }}`,
	"toDecimal":                  `{{ toDecimal "0777" }}`,
	"toJson":                     `{{ toJson .Values.map }} {{ toJson (dict "a" "<") }} {{ toJson .Values.none }}`,
	"toPrettyJson":               `{{ toPrettyJson .Values }}`,
	"toRawJson":                  `{{ toRawJson (dict "a" "<b>" "c" (list 1 2.5 nil)) }}`,
	"toString":                   `{{ toString .Values.n }} {{ toString "x" }} {{ .Files.GetBytes "a.txt" | toString }} {{ toString nil }}`,
	"toStrings":                  `{{ list 1 "a" true | toStrings | toJson }}`,
	"toToml":                     `{{ toToml .Values.map }} {{ toToml (dict "a" (list 1 2) "b" (dict "c" "x\"y")) }}`,
	"toYaml":                     `{{ toYaml .Values }} {{ toYaml nil }} {{ .Chart | toYaml }}`,
	"toYamlPretty":               `{{ toYamlPretty .Values.map }}`,
	"tpl":                        `{{ tpl .Values.tpl . }} {{ tpl "plain <no value>" . }}{{ tpl "{{ define \"x\" }}in{{ end }}{{ include \"x\" . }}" . }}`,
	"trim":                       `{{ trim " a " }}`,
	"trimAll":                    `{{ trimAll "$" "$5.00$" }}`,
	"trimPrefix":                 `{{ .Values.text | trimPrefix "he" }}`,
	"trimSuffix":                 `{{ .Values.text | trimSuffix "ld" }}`,
	"trimall":                    `{{ trimall "$" "$5.00$" }}`,
	"trunc":                      `{{ trunc 3 .Values.text }} {{ trunc -3 .Values.text }}`,
	"tuple":                      `{{ tuple 1 "a" | toJson }}`,
	"typeIs":                     `{{ typeIs "string" .Values.text }}`,
	"typeIsLike":                 `{{ typeIsLike "string" .Values.text }}`,
	"typeOf":                     `{{ typeOf .Values.n }} {{ typeOf .Values }}`,
	"uniq":                       `{{ uniq (list "a" "a" 1 1) | toJson }}`,
	"unixEpoch":                  `{{ unixEpoch (toDate "2006-01-02" "2020-02-03") }}`,
	"unset":                      `{{ $m := dict "a" 1 "b" 2 }}{{ $_ := unset $m "a" }}{{ toJson $m }}`,
	"until":                      `{{ range until 3 }}{{ . }},{{ end }}`,
	"untilStep":                  `{{ untilStep 3 9 2 | toJson }}`,
	"untitle":                    `{{ untitle "Hello World" }}`,
	"upper":                      `{{ upper .Values.text }} {{ upper "ß" }}`,
	"urlJoin":                    `{{ urlJoin (dict "scheme" "http" "host" "h:80" "path" "/p" "query" "q=1") }}`,
	"urlParse":                   `{{ (urlParse "http://u:p@h:80/p?q=1#f").host }}`,
	"urlquery":                   `{{ urlquery "a b&c" }}`,
	"uuidv4":                     `a{{ uuidv4 }}b`,
	"values":                     `{{ values (dict "a" .Values.text) | toJson }}`,
	"without":                    `{{ without .Values.list "a" "b" | toJson }}`,
	"wrap":                       `{{ wrap 5 .Values.text }}`,
	"wrapWith":                   `{{ wrapWith 5 "\t" .Values.text }}`,
}

const callValues = `text: hello world
n: 7
f: 2.5
flag: false
list: [a, b, c]
map: {one: "1", two: {x: true}}
block: |
  first
  second
tpl: "{{ .Values.text }} and {{ .Values.none }}!"
`

// TestEveryFunction renders each function of Helm's list with both engines.
func TestEveryFunction(t *testing.T) {
	names := map[string]bool{}
	for name := range sprig.TxtFuncMap() {
		names[name] = true
	}
	for name := range builtins {
		names[name] = true
	}
	for _, name := range []string{"toToml", "fromToml", "toYaml", "toYamlPretty", "fromYaml", "fromYamlArray", "toJson",
		"fromJson", "fromJsonArray", "include", "tpl", "required", "lookup"} {
		names[name] = true
	}
	for _, name := range []string{"env", "expandenv", "break", "continue"} {
		delete(names, name)
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(names)), slices.Sorted(maps.Keys(calls))); diff != "" {
		t.Errorf("the functions of Helm and the calls of this test differ (-Helm +test):\n%s", diff)
	}
	files := map[string]string{
		"Chart.yaml":             webChart("description: a chart\nmaintainers: [{name: me, email: me@example.com}]\n"),
		"values.yaml":            callValues,
		"a.txt":                  "some\ntext\n",
		"templates/_helpers.tpl": `{{- define "helper" -}}help for {{ .Values.text }}{{- end -}}`,
	}
	for name, call := range calls {
		files["templates/"+name+".txt"] = call
	}
	result, err := rendered(chartOf(t, files), chart.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range result.Manifests {
		name := strings.TrimSuffix(strings.TrimPrefix(m.Name, "web/templates/"), ".txt")
		seen[name] = true
		if !m.Exact {
			t.Errorf("%s: %s\nHelm: %q\n own: %q", name, m.Reason, m.Text, m.explain.text)
		}
		random := false
		for other := range randomFuncs {
			random = random || strings.Contains(calls[name], other)
		}
		if m.aligned != nil && !random {
			t.Errorf("%s is not random, and yet differs: %q, %q", name, m.Text, m.explain.text)
		}
		for i := range m.Text {
			if o := m.Origin(i, i+1); !o.Span.Valid() || !o.Exact {
				t.Errorf("%s: byte %d of %q has no place: %+v", name, i, m.Text, o)
				break
			}
		}
	}
	for name := range calls {
		if !seen[name] {
			t.Errorf("%s renders nothing: %s", name, calls[name])
		}
	}
}

// TestRandomFunctionsAreHelms shows that the list of random functions holds
// functions of Helm alone: a name that is none would excuse nothing.
func TestRandomFunctionsAreHelms(t *testing.T) {
	for name := range randomFuncs {
		if calls[name] == "" {
			t.Errorf("%s is in the list of random functions and not a function of Helm", name)
		}
	}
}

// TestCopyDataIsDeepCopy compares the copy of plain data with sprig's.
func TestCopyDataIsDeepCopy(t *testing.T) {
	for _, v := range []any{
		map[string]any{"a": []any{1, "x", nil, 2.5, true, []any{}, map[string]any{}}, "b": nil},
		[]any{map[string]any{"a": map[string]any{"b": int64(1)}}},
		"text", 1, map[string]any{}, []any{},
		map[string]any{"m": map[string]any(nil), "l": []any(nil)},
		[]string{"a"}, struct{ A []string }{[]string{"x"}},
	} {
		want, wantErr := sprigDeepCopy(v)
		got, err := copyDeep(v)
		if diff := cmp.Diff(want, got); diff != "" || fmt.Sprint(err) != fmt.Sprint(wantErr) {
			t.Errorf("copyDeep(%v) (-sprig +own):\n%s%v, %v", v, diff, wantErr, err)
		}
	}
}
