// Package coverage knows which lines of a chart's templates can be rendered, and which of
// them a render has come to.
//
// A line counts where it has text of its own that the template writes: text that is not a
// blank, a YAML comment or the --- between documents. A line with an action alone does not
// count: the lines of the template that it includes do, and a guard that writes nothing is
// not missed. NOTES.txt and library charts are left out by those who add up.
//
// In: the source of a template file and its parse trees, as they were before anything
// rewrote them. Out: the stretches of it that are executed as one (Run), the branches that
// hold them and the lines that they write. The package renders nothing and reads no files.
package coverage
