package align

import "plumb/generator/diag"

// The codes of findings about exceptions.
const (
	UnknownAllow       diag.Code = "allow-unknown"
	AllowWithoutReason diag.Code = "allow-without-reason"
	AllowExpired       diag.Code = "allow-expired"
	AllowUnused        diag.Code = "allow-unused"
)

// allowRules look at the exceptions themselves: see [judgement].
var allowRules = []Rule{
	{
		Code: UnknownAllow, Severity: diag.Warning,
		Title: "An exception names a rule or a role that does not exist",
		Text:  "An exception, a comment `<!-- plumb: allow CODE reason -->` or an item of `checks: allow:` in plumb.yaml, names a code that no finding has, or a role that is not in the register.",
		Why:   "It silences nothing, and whoever wrote it believes that it does.",
		Bad:   "<!-- plumb: allow role-on-both-side one person serves both brands -->",
		Good:  "<!-- plumb: allow role-on-both-sides one person serves both brands -->",
	},
	{
		Code: AllowWithoutReason, Severity: diag.Warning,
		Title: "An exception gives no reason",
		Text:  "An exception says that a finding may stand. It must say why, in a few words behind the code, or as `reason:` in plumb.yaml. Until it does, the finding is shown.",
		Why:   "A choice whose reason nobody wrote down cannot be looked at again when the reason is gone.",
		Bad:   "<!-- plumb: allow middle-without-reason -->",
		Good:  "<!-- plumb: allow middle-without-reason the board decides in March -->",
	},
	{
		Code: AllowExpired, Severity: diag.Warning,
		Title: "An exception has ended",
		Text:  "The day that `until:` of the exception names is past, on the day that is built for (`--as-of`, else today in UTC). What it silenced is shown again.",
		Why:   "An end was set so that somebody looks again.",
		Bad:   "allow:\n  - {code: role-on-both-sides, role: legal, reason: One for both brands, until: 2020-06-30}",
		Good:  "allow:\n  - {code: role-on-both-sides, role: legal, reason: One for both brands, until: 2030-06-30}",
	},
	{
		Code: AllowUnused, Severity: diag.Warning,
		Title: "An exception has no effect",
		Text:  "Nothing is found where the exception holds. A comment by itself holds for what follows it (below a heading, for the whole section), one within a text for that text, one above all of the text for the file; one of plumb.yaml for the role and the path that it names. While a text cannot be read, exceptions are not looked at.",
		Why:   "What it excused is mended, or it never reached it; and it would silence the next, different finding.",
		Bad:   "<!-- plumb: allow role-on-both-sides one person serves both brands -->\n### A role that sells at one end alone",
		Good:  "### A role that sells at one end alone",
	},
}
