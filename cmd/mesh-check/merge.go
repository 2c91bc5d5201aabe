package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mesh-check/mesh-check/cmd/mesh-check/config"
	"github.com/mesh-check/mesh-check/sarif"
	"github.com/mesh-check/mesh-check/sarif/view"
)

func mergeCommand(s streams) *cobra.Command {
	show, report := &showFlags{}, &reportFlags{}
	what := newGroup("What to report")
	report.failOnFlag(what.flags)
	return grouped(&cobra.Command{
		Use:   "merge [flags] F.sarif...",
		Short: "Merge the logs of several runs, such as those of --shard, into one report",
		Long: `Merge SARIF logs that mesh-check wrote about different inputs into one report, such as
those of the jobs of a matrix, each with its own --shard I/N. The report and the exit
code are those of one run over all inputs. A missing shard, an input that is in two
logs, and a log of another tool or version are errors. One file may be - for standard
input.`,
		Example: `  mesh-check --shard 1/3 -o sarif=1.sarif charts
  mesh-check merge -o text -o sarif=all.sarif 1.sarif 2.sarif 3.sarif`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return errors.New("merge takes SARIF files: the logs of mesh-check to merge")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, files []string) error {
			outputs, err := parseOutputs(show.outputs, view.Names())
			if err != nil {
				return err
			}
			look, err := show.options(s.out)
			if err != nil {
				return err
			}
			failing, err := report.failing()
			if err != nil {
				return err
			}
			log, err := mergeFiles(s, files)
			if err != nil {
				return err
			}
			return mergedVerdict(s, log, outputs, look, failing, show.quiet)
		},
	}, what, show.group())
}

// mergeFiles makes one log of those in files.
func mergeFiles(s streams, files []string) (*sarif.Log, error) {
	if first := slices.Index(files, "-"); first >= 0 && slices.Contains(files[first+1:], "-") {
		return nil, errors.New("merge: standard input (-) can be read only once")
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = oneLine(file)
	}
	m := sarif.NewMerger(sarif.MergeOptions{Names: names, Distinct: true, ShowSuppressed: true})
	for i, file := range files {
		log, err := readLog("merge", file, s.in, logTime)
		if err != nil {
			return nil, err
		}
		if err := m.Add(i, log); err != nil { // one log at a time is held whole
			return nil, fmt.Errorf("merge: %w", err)
		}
	}
	log, err := m.Log()
	if err != nil {
		return nil, fmt.Errorf("merge: %w", err)
	}
	return log, nil
}

// mergedVerdict writes the reports of a merged log and ends as the run would have.
func mergedVerdict(s streams, log *sarif.Log, outputs []output, look view.Options, on failing, quiet bool) error {
	if err := writeAll(s, outputs, log, look, quiet); err != nil {
		return err
	}
	if len(log.Failures()) > 0 && !showsErrors(outputs) {
		printError(s.err, errors.New("some input could not be analyzed completely; the report has the errors ("+config.Typed()+" view shows them)"))
	}
	return exitStatus(log, on, nil)
}
