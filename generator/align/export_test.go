package align

import "plumb/generator/diag"

// StructuralCodes are those of the rules that rest on places, not on words.
func StructuralCodes() (out []diag.Code) {
	for _, group := range [][]Rule{exactRules, acrossRules, playbookRules} {
		for _, r := range group {
			out = append(out, r.Code)
		}
	}
	return out
}

// LastDay is what the end of an initiative is read as.
var LastDay = lastDay
