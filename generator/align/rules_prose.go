package align

var proseRules = []Rule{}
