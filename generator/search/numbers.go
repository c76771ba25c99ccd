package search

import "strings"

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// appendNumber appends a number: five bits a character, the least first, and
// 32 more on each that is not the last.
func appendNumber(dst []byte, n uint32) []byte {
	for n >= 32 {
		dst = append(dst, digits[n&31|32])
		n >>= 5
	}
	return append(dst, digits[n])
}

// number takes the first number off a list; ok is false where there is none.
func number(list string) (n uint32, rest string, ok bool) {
	for i, shift := 0, 0; i < len(list) && shift < 32; i, shift = i+1, shift+5 {
		digit := strings.IndexByte(digits, list[i])
		if digit < 0 {
			return 0, list, false
		}
		n |= uint32(digit&31) << shift
		if digit < 32 {
			return n, list[i+1:], true
		}
	}
	return 0, list, false
}
