package explain

import (
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
)

// clockFuncs are the functions that look at the clock where they are given no time, or
// say how long ago one is: here it is always fixedTime. Source: sprig 3.3.0, date.go.
func (e *tracer) clockFuncs() template.FuncMap {
	base := sprig.TxtFuncMap()
	round := base["durationRound"].(func(any) string)
	funcs := template.FuncMap{
		"now": func() time.Time { return fixedTime },
		"ago": func(v any) string {
			args := e.before("ago", v)
			var t time.Time
			switch v := v.(type) {
			case time.Time:
				t = v
			case int64:
				t = time.Unix(v, 0)
			case int:
				t = time.Unix(int64(v), 0)
			default:
				t = fixedTime
			}
			return e.made("ago", fixedTime.Sub(t).Round(time.Second).String(), args...)
		},
		"durationRound": func(v any) string {
			args := e.before("durationRound", v)
			if t, ok := v.(time.Time); ok {
				return e.random("durationRound", round(int64(fixedTime.Sub(t))), args...)
			}
			return e.made("durationRound", round(v), args...)
		},
	}
	for _, name := range []string{"date", "htmlDateInZone"} { // one takes a layout and a date, one a date and a zone
		switch of := base[name].(type) {
		case func(string, any) string:
			funcs[name] = func(layout string, v any) string {
				args := e.before(name, layout, v)
				return e.made(name, of(layout, dateOf(v)), args...)
			}
		case func(any, string) string:
			funcs[name] = func(v any, zone string) string {
				args := e.before(name, v, zone)
				return e.made(name, of(dateOf(v), zone), args...)
			}
		}
	}
	for _, name := range []string{"dateInZone", "date_in_zone"} {
		of := base[name].(func(string, any, string) string)
		funcs[name] = func(layout string, v any, zone string) string {
			args := e.before(name, layout, v, zone)
			return e.made(name, of(layout, dateOf(v), zone), args...)
		}
	}
	html := base["htmlDate"].(func(any) string)
	funcs["htmlDate"] = func(v any) string {
		args := e.before("htmlDate", v)
		return e.made("htmlDate", html(dateOf(v)), args...)
	}
	return funcs
}

// dateOf is what the functions take for a date: what is none stands for now.
func dateOf(v any) any {
	switch v.(type) {
	case time.Time, *time.Time, int64, int, int32:
		return v
	}
	return fixedTime
}
