package eval

import (
	"fmt"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/hcl/v2"

	"github.com/mesh-check/mesh-check/frontends/terraform/lang"
	"github.com/mesh-check/mesh-check/render/source"
)

// Options are what a configuration is evaluated with.
type Options struct {
	// Tree is where the files are; nil is the disk.
	Tree source.Tree
	// Vars are the --var and --var-file flags in the order of the command line; what
	// comes later wins.
	Vars []Var
	// VarFiles are files of variables (.tfvars, .tfvars.json) that come before Vars.
	VarFiles []string
	// Workspace is terraform.workspace; empty is "default".
	Workspace string
	// Given are files of variables that the caller has read already, by the path by
	// which Vars names them: a pipe can be read but once.
	Given map[string][]byte
	// Environ is the environment as os.Environ gives it; TF_VAR_NAME=VALUE sets
	// variables.
	Environ []string
	// Within is the outermost directory that files may be read from; empty is the
	// repository around the root, else the root.
	Within string
	// Deadline is when the evaluation ends, with what it has; zero is never.
	Deadline time.Time
	// SkipVarFiles leaves terraform.tfvars and *.auto.tfvars of the root unread: for a
	// plan, which says all values itself.
	SkipVarFiles bool
}

// Var is one value of a variable of the root module, or a file of them.
type Var struct {
	Name, Value string
	// JSON says that Value is JSON, as a plan holds it; else it is what a person types
	// behind --var: the text itself for a variable of a primitive type, else an
	// expression.
	JSON bool
	// File is a file of variables; Name and Value are then empty.
	File string
	// Flag is the flag as it was given, such as "--var uid=1337"; empty for none.
	Flag string
}

// Configuration is a root module with all that it calls, evaluated.
type Configuration struct {
	// Root is the directory, as the user spelled it.
	Root string
	// Resources are the instances of all kubernetes_*, kubectl_* and helm_release
	// resources, and of the data sources that only read local files, in the order of
	// modules, files and blocks.
	Resources []*Resource
	// Notes are what a person should know: modules that are not here, files that are
	// not read, blocks without instances.
	Notes []string
	// Errors are faults of the input, each with its place.
	Errors []*source.Error
	// Blocks is the number of those blocks, whether they have instances or not.
	Blocks int
	// Empty are the blocks that have no instance with these variables; a note counts
	// them.
	Empty []Empty
	// Files are the files that were read, by their cleaned path on disk.
	Files map[string]*source.File
}

// Empty is a block without instances.
type Empty struct {
	// Address is the address of the block, without instance keys of its own.
	Address string
	Type    string
	// Block is its header.
	Block source.Span
}

// Limits of one root. A configuration that a person writes stays far below: the largest
// public root of the shared data has 54,000 tokens, 67 resources and modules, 10 modules
// and 887 blocks, and keeps 1,615 units of values.
const (
	maxInstances   = 1_000  // of one block
	maxTotal       = 20_000 // resources and modules of a root
	maxModules     = 4_000
	maxModuleDepth = 8        // of calls inside calls
	maxFileSize    = 8 << 20  // bytes
	maxAllFiles    = 64 << 20 // bytes of all files
	maxEvaluations = 20_000_000
	maxValueSize   = 500_000   // elements and 64-byte pieces of text of one value
	maxKept        = 2_000_000 // the same, of all variables, local values, outputs and resources
	maxBlocks      = 30_000    // blocks inside blocks, with those of dynamic blocks
	maxTokens      = 600_000   // of HCL, in a root
	maxDepth       = 500       // of references behind references
)

// Evaluate reads the configuration in a directory and works out its resources. The
// error is for a root that cannot be read at all; faults inside are in
// Configuration.Errors, and what they do not touch is evaluated all the same.
func Evaluate(root string, o Options) (c *Configuration, err error) {
	e, err := newEvaluator(root, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			bug, _ := source.Caught(r)
			e.fault(bug.Fault(root))
			c = e.finish()
		}
	}()
	e.run()
	return e.finish(), nil
}

// Relevant reports whether a resource type becomes Kubernetes objects.
func Relevant(resourceType string) bool {
	return strings.HasPrefix(resourceType, "kubernetes_") || strings.HasPrefix(resourceType, "kubectl_") ||
		resourceType == "helm_release"
}

// finish makes the notes, which count over the whole root.
func (e *evaluator) finish() *Configuration {
	c := e.out
	c.Files = e.files.read
	c.Blocks = len(e.blockOrder)
	for _, b := range e.blockOrder {
		if b.instances == 0 {
			c.Empty = append(c.Empty, b.empty)
		}
	}
	if n := len(c.Empty); n > 0 {
		byType := map[string]int{}
		for _, b := range c.Empty {
			byType[b.Type]++
		}
		noun := "resources have"
		if n == 1 {
			noun = "resource has"
		}
		e.note("%d %s no instances with these variables: %s", n, noun, counted(byType))
	}
	if n := len(e.missing); n > 0 {
		names := make([]string, 0, n)
		for name, src := range e.missing {
			names = append(names, name+" ("+src+")")
		}
		sort.Strings(names)
		noun, they := "modules are", "them"
		if n == 1 {
			noun, they = "module is", "it"
		}
		const shown = 5
		more := ""
		if n > shown {
			names, more = names[:shown], fmt.Sprintf(" and %d more", n-shown)
		}
		e.note("%d %s not available: %s%s; run terraform init to have %s analyzed", n, noun, strings.Join(names, ", "), more, they)
	}
	sort.Strings(e.unread)
	if n := len(e.unread); n > 0 {
		noun := "files are"
		if n == 1 {
			noun = "file is"
		}
		e.note("%d %s not read (only *.tf are): %s", n, noun, strings.Join(e.unread, ", "))
	}
	if n := e.files.textLinks; n > 0 {
		e.note("%d files are symbolic links that were checked out as text; the files that they name were read", n)
	}
	c.Notes = append(c.Notes, e.notes...)
	return c
}

// counted is "kubernetes_service 3, kubernetes_job 1", the most frequent first.
func counted(byType map[string]int) string {
	types := make([]string, 0, len(byType))
	for t := range byType {
		types = append(types, t)
	}
	sort.Slice(types, func(i, j int) bool {
		if byType[types[i]] != byType[types[j]] {
			return byType[types[i]] > byType[types[j]]
		}
		return types[i] < types[j]
	})
	for i, t := range types {
		types[i] = fmt.Sprintf("%s %d", t, byType[t])
	}
	return strings.Join(types, ", ")
}

// evaluator is one root while it is evaluated.
type evaluator struct {
	options Options
	root    string // as the user spelled it
	files   *files
	sources map[string]*moduleSource // by directory on disk
	top     *module
	out     *Configuration

	notes   []string
	told    map[string]bool   // faults and notes, to tell each once
	missing map[string]string // addresses of modules that are not here, and their source
	needs   map[hcl.Expression]*references
	broken  map[string][]int // offsets of syntax errors, by file
	unread  []string
	// installed are the directories of modules that terraform init fetched, by the
	// dotted path of the call.
	installed map[string]string

	// blocks count instances by the address of the block, in the order of blockOrder.
	blocks     map[string]*blockCount
	blockOrder []*blockCount

	// mu guards the evaluation of places, which are looked up when they are asked for.
	mu          sync.Mutex
	meter       lang.Meter
	evaluations int
	depth       int
	total       int // of resources and modules
	modules     int
	kept        int // units of values that are kept
	expanded    int // blocks inside blocks
	tokens      int // of HCL
	readings    map[string]*reading
	readBytes   int // of the texts of readings
}

func newEvaluator(root string, o Options) (*evaluator, error) {
	if o.Workspace == "" {
		o.Workspace = "default"
	}
	o.Tree = source.Or(o.Tree)
	fs, err := newFiles(o.Tree, root, o.Within)
	if err != nil {
		return nil, err
	}
	e := &evaluator{
		options: o, root: root, files: fs, sources: map[string]*moduleSource{},
		out: &Configuration{Root: root}, told: map[string]bool{}, missing: map[string]string{},
		needs: map[hcl.Expression]*references{}, broken: map[string][]int{}, blocks: map[string]*blockCount{},
	}
	e.meter.Deadline = o.Deadline
	e.installed = e.readInstalled()
	return e, nil
}

// run evaluates the root module and everything that it calls.
func (e *evaluator) run() {
	src := e.load(filepath.Clean(e.root))
	if src == nil {
		return
	}
	e.top = e.newModule(nil, nil, src, "")
	e.top.bindRoot(e.rootValues(src))
	e.top.expand()
}

// fault reports an error once.
func (e *evaluator) fault(err *source.Error) {
	if err.Path == "" {
		err.Path = e.root
	}
	if key := err.Error(); !e.told[key] {
		e.told[key] = true
		e.out.Errors = append(e.out.Errors, err)
	}
}

// faultAt reports an error at a place.
func (e *evaluator) faultAt(at source.Span, do, format string, args ...any) {
	e.fault(&source.Error{What: fmt.Sprintf(format, args...), At: at, Do: do})
}

func (e *evaluator) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !e.told[text] {
		e.told[text] = true
		e.notes = append(e.notes, text)
	}
}
