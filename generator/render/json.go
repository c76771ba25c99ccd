package render

import (
	"io"
	"strconv"
	"unicode/utf8"
)

// object writes JSON piece by piece: a site's whole model is written anew with
// each build, so that it is written straight from the playbooks. What could end
// a script, or a line of one, is escaped.
type object struct {
	buf []byte
	to  io.Writer // what spill writes to
	err error     // of to
}

// spillAt is the size of the pieces, in bytes, in which a large file is written.
const spillAt = 64 << 10

// spill writes what there is, if it is longer than some bytes, but for the last
// byte: by that next knows what goes before. At 0 it writes that, too.
func (o *object) spill(above int) {
	if len(o.buf) <= above {
		return
	}
	keep := min(above, 1)
	cut := len(o.buf) - keep
	if o.err == nil {
		_, o.err = o.to.Write(o.buf[:cut])
	}
	o.buf = append(o.buf[:0], o.buf[cut:]...)
}

// next parts a value from the one before it.
func (o *object) next() {
	if n := len(o.buf); n > 0 {
		switch o.buf[n-1] {
		case '{', '[', ':', ',', '(', '\n':
		default:
			o.buf = append(o.buf, ',')
		}
	}
}

// key writes the name of the value that follows; "" within an array.
func (o *object) key(name string) {
	o.next()
	if name != "" {
		o.buf = append(appendString(o.buf, name), ':')
	}
}

// open begins an object or an array.
func (o *object) open(name string, bracket byte) {
	o.key(name)
	o.buf = append(o.buf, bracket)
}

func (o *object) close(bracket byte) { o.buf = append(o.buf, bracket) }

// text writes a value that says something.
func (o *object) text(name, value string) {
	if value != "" {
		o.key(name)
		o.buf = appendString(o.buf, value)
	}
}

func (o *object) texts(name string, values []string) {
	o.open(name, '[')
	for _, v := range values {
		o.text("", v)
	}
	o.close(']')
}

func (o *object) number(name string, n int) {
	o.key(name)
	o.buf = strconv.AppendInt(o.buf, int64(n), 10)
}

// flag writes what is true.
func (o *object) flag(name string, on bool) {
	if on {
		o.key(name)
		o.buf = append(o.buf, "true"...)
	}
}

// plainJSON are the bytes that stand in a text as they are.
var plainJSON = func() (plain [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\' && c != '<'
	}
	return plain
}()

// appendString appends a text as JSON.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		if plainJSON[s[i]] {
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(s[i:])
		if c >= utf8.RuneSelf && c != '\u2028' && c != '\u2029' && (c != utf8.RuneError || n > 1) {
			i += n
			continue
		}
		dst = appendEscape(append(dst, s[from:i]...), c)
		i += n
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}

func appendEscape(dst []byte, c rune) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', byte(c))
	case '\n':
		return append(dst, `\n`...)
	}
	return append(dst, '\\', 'u', hex[c>>12], hex[c>>8&15], hex[c>>4&15], hex[c&15])
}
