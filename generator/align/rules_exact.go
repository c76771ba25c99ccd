package align

var exactRules = []Rule{}
