package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// today is the day by which ignore comments end, as 2026-11-28: that of SOURCE_DATE_EPOCH,
// for those who want the same report again on another day, else that of the clock, in UTC.
// Nothing else of a report depends on the day. See
// https://reproducible-builds.org/specs/source-date-epoch/.
func today() (string, error) {
	const name = "SOURCE_DATE_EPOCH"
	now := time.Now()
	if text := os.Getenv(name); text != "" {
		seconds, err := strconv.ParseInt(text, 10, 40)
		if err != nil || seconds < 0 {
			return "", fmt.Errorf("$%s is not a number of seconds since 1970; leave it out or correct it", name)
		}
		now = time.Unix(seconds, 0)
	}
	return now.UTC().Format(time.DateOnly), nil
}
