package desk

import (
	"slices"

	"plumb/generator/align"
	"plumb/generator/diag"
)

// The rules whose findings the pages are about.
const (
	sectionMissing          diag.Code = "section-missing"
	reviewOverdue           diag.Code = "review-overdue"
	metricDefinedTwice      diag.Code = "metric-defined-twice"
	metricWithoutDefinition diag.Code = "metric-without-definition"
	processNotCalled        diag.Code = "process-not-called"
	initiativeWithoutValue  diag.Code = "initiative-without-value"
	initiativeWithoutMetric diag.Code = "initiative-without-metric"
	initiativeEnded         diag.Code = "initiative-ended"
	unknownMetric           diag.Code = "unknown-metric"
)

// codesOf are the rules by the page that shows what they find.
var codesOf = map[string][]diag.Code{
	"roles":        {align.RoleOnBothSides},
	"reviews":      {reviewOverdue},
	"completeness": {sectionMissing},
	"metrics":      {metricDefinedTwice},
	"processes":    {processNotCalled},
	"initiatives":  {initiativeWithoutValue, initiativeWithoutMetric, initiativeEnded, unknownMetric},
	"compare":      {align.CopiedAcross, align.KitCopiedAcross, align.OneSegmentTwoAnswer},
}

// Count is how much there is to do on a page, in the unit of the page's own words.
// What is found is counted as the check found it: what the authors allow is not.
func (d *Desk) Count(name string) (n int) {
	switch name {
	case "findings":
		return len(d.Findings)
	case "owners":
		return d.ownersWithFindings()
	case "coverage":
		return len(d.holes())
	case "reading":
		paths, _ := d.Files()
		return len(paths)
	}
	for _, code := range codesOf[name] {
		n += len(d.told.of[code])
	}
	return n
}

func (d *Desk) ownersWithFindings() int {
	seen := map[string]bool{}
	for i := range d.Findings {
		if i == 0 || d.Findings[i].Path != d.Findings[i-1].Path {
			seen[d.ownerOf(d.Findings[i].Path)] = true
		}
	}
	return len(seen)
}

// told is what was found by the rules that the pages are about.
type told struct {
	of map[diag.Code][]*diag.Diagnostic
	// places are where each was found, its line only; files where at all; several
	// are the files in which one finding speaks of more places than it names.
	places         map[spot]bool
	files, several map[spot]bool
}

// spot is a place of what a rule found.
type spot struct {
	code diag.Code
	path string
	line int
}

func tell(findings []diag.Diagnostic) told {
	t := told{map[diag.Code][]*diag.Diagnostic{}, map[spot]bool{}, map[spot]bool{}, map[spot]bool{}}
	for i := range findings {
		f := &findings[i]
		if !isShown(f.Code) {
			continue
		}
		t.of[f.Code] = append(t.of[f.Code], f)
		t.files[spot{f.Code, f.Path, 0}] = true
		t.places[spot{f.Code, f.Path, f.Line}] = true
		for _, r := range f.Related {
			t.files[spot{f.Code, r.Path, 0}] = true
			t.places[spot{f.Code, r.Path, r.Line}] = true
		}
		if len(f.Related) >= handful {
			t.several[spot{f.Code, f.Path, 0}] = true
		}
	}
	return t
}

// handful is from how many related places on a finding may speak of more.
const handful = 5

func isShown(code diag.Code) bool {
	if code == metricWithoutDefinition {
		return true
	}
	for _, codes := range codesOf {
		if slices.Contains(codes, code) {
			return true
		}
	}
	return false
}

// in reports whether a rule found something in a file.
func (t *told) in(path string, code diag.Code) bool { return t.files[spot{code, path, 0}] }

// at reports whether a rule found something at a place.
func (t *told) at(pos diag.Pos, code diag.Code) bool {
	return t.places[spot{code, pos.Path, pos.Line}] || t.several[spot{code, pos.Path, 0}]
}
