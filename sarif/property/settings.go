package property

import "strings"

// Settings are settings of a chart as logs have them: key=value of what is behind --set, and
// other flags with an equals sign, --api-versions=x/v1. typed is how one types them in a shell.
func Settings(typed []string) []string {
	var list []string
	for _, s := range typed {
		flag, text, is := strings.Cut(s, " ")
		if is {
			text = unquoted(text)
		}
		switch {
		case !is || !strings.HasPrefix(flag, "-"):
			list = append(list, s)
		case flag == "--set":
			list = append(list, text)
		default:
			list = append(list, flag+"="+text)
		}
	}
	return list
}

// unquoted is a word of a shell without the single quotes around it, in which a quote is
// written as '\”.
func unquoted(word string) string {
	if len(word) < 2 || word[0] != '\'' || word[len(word)-1] != '\'' {
		return word
	}
	return strings.ReplaceAll(word[1:len(word)-1], `'\''`, "'")
}
