// What two playbooks both have: what the generator's align/copies.go and
// align/beside.go say of them, from their models (see plumb.json), from the keys of
// what a model does not say in full, and from the rules of the site.

// thingsOf are the things of a kind that a playbook has, of tasks those of a role,
// by their keys; each in the words in which it stands first.
function thingsOf({ model, keys }, kind, role) {
	const lists = {
		'selling-tasks': () => model.tasks.filter((t) => (t.role ?? '') === role).map((t) => [t.key, t.text]),
		'support-processes': () => model.processes.map((x) => [x.key, x.name]),
		metrics: () => model.metrics.map((x) => [x.key, x.name]),
		assets: () => model.assets.map((x) => [x.key, x.name]),
	};
	const out = new Map();
	for (const [key, text] of lists[kind]?.() ?? keys[kind] ?? []) {
		if (key && text !== undefined && !out.has(key)) out.set(key, text);
	}
	return out;
}

// copyOf is what both have of a kind; null for nothing.
function copyOf(a, b, rule, role, shared) {
	const [inA, inB] = [thingsOf(a, rule.kind, role), thingsOf(b, rule.kind, role)];
	const both = [...inA.keys()].filter((key) => inB.has(key));
	if (both.length === 0) return null;
	const house = new Set(rule.house?.[role]);
	const own = (keys) => [...keys].filter((key) => !house.has(key)).length;
	const [ownA, ownB, ownBoth] = [inA.keys(), inB.keys(), both].map(own);
	const isFar = Math.abs(a.model.position.value - b.model.position.value) >= rule.apart;
	return {
		kind: rule.kind, role, names: both.map((key) => inA.get(key)), of: Math.max(inA.size, inB.size), house: both.length - ownBoth,
		copied: isFar && !shared.includes(role) && Math.min(ownA, ownB) >= rule.items && ownBoth * 100 >= rule.same * Math.max(ownA, ownB),
	};
}

// copiesOf are in the order of the first: tasks that are everyone's, then those of
// its roles.
function copiesOf(a, b, { kinds, shared }) {
	return kinds.flatMap((rule) => {
		const roles = rule.kind === 'selling-tasks' ? ['', ...a.model.roles.map(({ id }) => id)] : [''];
		return roles.map((role) => copyOf(a, b, rule, role, shared));
	}).filter(Boolean);
}

// fileOf is the number of the file that holds a path: render/deskcompare.go, spread.
function fileOf(path, files) {
	let hash = 2166136261;
	for (const byte of new TextEncoder().encode(path)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
	return hash % files;
}
