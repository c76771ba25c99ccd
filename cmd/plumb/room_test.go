package main

import "testing"

// TestRoomShrinks gives a large site no more room than a small one, and each some.
func TestRoomShrinks(t *testing.T) {
	before := ampleRoom
	for _, texts := range []int{0, 1, 10, 125, 126, 500, 1000, 10_000, 100_000} {
		room := roomFor(texts)
		if room > before || room < usualRoom {
			t.Errorf("%d texts have a room of %d, fewer %d", texts, room, before)
		}
		before = room
	}
	if roomFor(10) != ampleRoom || roomFor(10_000) != usualRoom {
		t.Errorf("ten texts have a room of %d, ten thousand of %d", roomFor(10), roomFor(10_000))
	}
}
