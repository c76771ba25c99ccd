package markdown

// A document is hundreds of small values that come and go together. So they are
// made a room full at once.

// roomy is how many values are made at once.
const roomy = 16

// made puts a value into a room, and returns where it stands.
func made[T any](room *[]T, v T) *T {
	if len(*room) == cap(*room) {
		*room = make([]T, 0, roomy)
	}
	*room = append(*room, v)
	return &(*room)[len(*room)-1]
}

// vacant returns an empty list with room for so many values, cut from a larger one.
func vacant[T any](room *[]T, n int) []T {
	if n > cap(*room)-len(*room) {
		*room = make([]T, 0, max(n, 2*roomy))
	}
	begin := len(*room)
	*room = (*room)[:begin+n]
	return (*room)[begin : begin : begin+n]
}

// carve returns a copy of a list, cut from a room.
func carve[T any](room *[]T, list []T) []T {
	return append(vacant(room, len(list)), list...)
}
