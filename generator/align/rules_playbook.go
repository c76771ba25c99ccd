package align

var playbookRules = []Rule{}
