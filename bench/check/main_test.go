package main

import (
	"slices"
	"testing"
)

func TestATenthMoreIsTooMuch(t *testing.T) {
	then := map[string]cost{"whole": {Allocations: 1000, Bytes: 50000}}
	for _, c := range []struct {
		now  map[string]cost
		want []verdict
	}{
		{map[string]cost{"whole": {1000, 50000}}, []verdict{same, same}},
		{map[string]cost{"whole": {1099, 54999}}, []verdict{same, same}},
		{map[string]cost{"whole": {1101, 50000}}, []verdict{worse, same}},
		{map[string]cost{"whole": {1000, 55001}}, []verdict{same, worse}},
		{map[string]cost{"whole": {899, 44999}}, []verdict{better, better}},
		{map[string]cost{}, []verdict{worse, worse}},
		{map[string]cost{"other": {1, 1}, "whole": {1000, 50000}}, []verdict{worse, worse, same, same}},
	} {
		if got := compare(then, c.now, func(string) {}); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.now, got, c.want)
		}
	}
}
