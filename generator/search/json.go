package search

import (
	"strconv"
	"unicode/utf8"
)

// appendText appends a text as JSON that is a script as well.
func appendText(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		for len(s)-i >= 8 && plain(eight(s[i:])) {
			i += 8
		}
		if i == len(s) {
			break
		}
		if c := s[i]; c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r >= utf8.RuneSelf && r != '\u2028' && r != '\u2029' && (r != utf8.RuneError || n > 1) {
			i += n
			continue
		}
		dst = appendEscape(append(dst, s[from:i]...), r)
		i += n
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}

// plain reports whether eight bytes are ASCII and stand for themselves. Each line
// sets the high bit of a byte that is none such; a byte before it may go along,
// and is then looked at alone.
func plain(bytes uint64) bool {
	const each = 0x0101010101010101
	odd := bytes
	odd |= bytes - ' '*each
	odd |= (bytes ^ '"'*each) - each
	odd |= (bytes ^ '\\'*each) - each
	return odd&(0x80*each) == 0
}

func appendEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, '\\', 'n')
	}
	const hex = "0123456789abcdef"
	return append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
}

// appendMember appends the name of a member of an object and what stands
// before it.
func appendMember(dst []byte, name string) []byte {
	if last := dst[len(dst)-1]; last != '{' {
		dst = append(dst, ',')
	}
	return append(append(append(dst, '"'), name...), '"', ':')
}

// appendMemberText appends a member that is a text.
func appendMemberText(dst []byte, name, text string) []byte {
	return appendText(appendMember(dst, name), text)
}

// appendMemberNumber appends a member that is a number.
func appendMemberNumber(dst []byte, name string, n int) []byte {
	return strconv.AppendInt(appendMember(dst, name), int64(n), 10)
}

// appendPair appends a list of two texts to a list of such.
func appendPair(dst []byte, a, b string) []byte {
	if dst[len(dst)-1] != '[' {
		dst = append(dst, ',')
	}
	dst = appendText(append(dst, '['), a)
	return append(appendText(append(dst, ','), b), ']')
}
