package yamltext_test

import (
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	helmyaml "sigs.k8s.io/yaml"

	"github.com/mesh-check/mesh-check/render/source/sourcetest"
	"github.com/mesh-check/mesh-check/render/source/yamltext"
)

// TestPlantedFaults plants a fault in real files, a token that is missing or there twice, and
// holds that it is found in its line, or in the first line behind it at which the text cannot
// go on: never before it, and not behind where another parser gives up.
func TestPlantedFaults(t *testing.T) {
	files := realFiles(t)
	random := rand.New(rand.NewPCG(1, 2))
	wrong, exact := 0, 0
	for wrong < 400 {
		text := files[random.IntN(len(files))]
		planted, line, ok := plant(random, text)
		if !ok {
			continue
		}
		if json.Valid([]byte(text)) {
			_, offset, bad := yamltext.JSONFault([]byte(planted))
			if got := lineAt(planted, offset); bad && got < line && !ends(planted, got) {
				t.Errorf("a fault of JSON in line %d is found in line %d:\n%s", line, got, around(planted, line))
			}
		}
		offset, bad := yamltext.FaultOffset(planted)
		err := helmyaml.Unmarshal([]byte(planted), new(any))
		if !bad || err == nil {
			continue
		}
		wrong++
		got, other := lineAt(planted, offset), problemLine(err)
		if got == line {
			exact++
		}
		if strings.Contains(err.Error(), "found unexpected end of stream") {
			continue // found at the quote that nothing closes
		}
		if got < line && !ends(planted, got) || other > 0 && got > other {
			t.Errorf("a fault in line %d is found in line %d, and by another parser in line %d (%v):\n%s", line, got, other, err, around(planted, line))
		}
	}
	t.Logf("%d of %d faults are found in their very line", exact, wrong)
}

// realFiles are the texts of YAML and JSON files of the shared data that have one document
// and are not templates.
func realFiles(t *testing.T) (texts []string) {
	for _, dir := range []string{"data/charts", "data/gitops", "data/terraform", "data/istio-cases"} {
		_ = filepath.WalkDir(sourcetest.Shared(t, dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(name) != ".yaml" && filepath.Ext(name) != ".json" {
				return nil
			}
			info, err := d.Info()
			if err != nil || info.Size() > 40<<10 || info.Size() < 100 {
				return nil
			}
			data, err := os.ReadFile(name)
			text := string(data)
			if err == nil && !strings.Contains(text, "\n---") && !strings.Contains(text, "{{") && helmyaml.Unmarshal(data, new(any)) == nil {
				texts = append(texts, text)
			}
			return nil
		})
	}
	if len(texts) < 100 {
		t.Fatalf("only %d real files", len(texts))
	}
	return texts
}

// token is one that gives a text its form.
var token = regexp.MustCompile(`[{}\[\],:"']|- `)

// plant takes away a token of a text or writes it twice; line is where.
func plant(random *rand.Rand, text string) (planted string, line int, ok bool) {
	all := token.FindAllStringIndex(text, -1)
	if len(all) == 0 {
		return "", 0, false
	}
	at := all[random.IntN(len(all))]
	middle := ""
	if random.IntN(2) == 0 {
		middle = strings.Repeat(text[at[0]:at[1]], 2)
	}
	return text[:at[0]] + middle + text[at[1]:], lineAt(text, at[0]), true
}

func lineAt(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }

// ends reports whether a line is the last one that is not blank: what a text lacks at its end
// is missing there.
func ends(text string, line int) bool {
	return strings.Count(strings.TrimSpace(text), "\n") < line
}

// around is a text around a line.
func around(text string, line int) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, line-4):min(len(lines), line+3)], "\n")
}

var problem = regexp.MustCompile(`yaml: line (\d+): (did not find)?`)

// problemLine is the line at which the parser of Helm's library gives up, which counts from 0
// in some of its messages; 0 where it does not say.
func problemLine(err error) int {
	m := problem.FindStringSubmatch(err.Error())
	if m == nil {
		return 0
	}
	line, _ := strconv.Atoi(m[1])
	if m[2] != "" {
		line++
	}
	return line
}
