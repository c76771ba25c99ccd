package align

var acrossRules = []Rule{}
