// A question and its answer: the same as query.go and rank_texts.go.

const mostResults = 50, mostWithout = 96;

// ask returns a promise of an answer.
async function ask(asked) {
	const query = { kinds: [], roles: [], segments: [], from: 0, to: 100, role: '', countSegments: true, ...asked };
	const at = Math.max(0, query.at || 0), behind = at + Math.min(mostResults, query.count > 0 ? query.count : 10);
	// The oldest go first; a question needs some forty.
	if (kept.size > mostShards) for (const name of [...kept.keys()].slice(0, mostShards / 2)) kept.delete(name);
	const units = parse(query.text);
	// Which playbooks are of which segments is much to load on a large site.
	const wanted = index.of && (query.countSegments || query.segments.length);
	const [of] = await Promise.all([wanted ? shard(index.of, segmentsOf) : [], each(units, understand)]);
	const all = rank(units, query, of), phrases = bitsOf(units, ({ phrase }) => phrase);
	const entries = phrases ? (await withPhrases(all, units, phrases, behind)).slice(at) : await look(all, units, first(all, behind).slice(at));
	return {
		words: units.map(({ text, how, as }) => ({ text, how, as })),
		results: results(entries, units),
		...count(all, of),
	};
}

// look returns entries by their texts.
const look = (all, units, entries) => each(entries, async (i) => {
	const page = all.pages[i], column = all.columns[i], tier = all.tiers[i], text = await textOf(page);
	const [anchor, head, body = ''] = text.entries[column][all.keys[i] % placeCount];
	const entry = { i, page, column, tier, text, anchor, head: newField(head, units), body: newField(body, units) };
	entry.score = ((all.order[i] + i) / orderStep - tier * tierStep) * (16 + nearness(entry.head, entry.body, units.length));
	return entry;
});

// withPhrases returns the first entries in whose texts the words of phrases stand
// one behind the other. Those in which they do not are no results; where many do
// not, the rest is given up.
async function withPhrases(all, units, phrases, behind) {
	const found = [], candidates = first(all, behind + mostWithout);
	let without = 0, last = 0;
	const enough = () => found.length === behind || without === mostWithout;
	while (candidates.length && !enough()) {
		for (const entry of await look(all, units, candidates.splice(0, 10))) {
			if (enough()) break;
			last = all.order[entry.i];
			if (phrases & ~(entry.head.meets | entry.body.meets)) {
				without++;
				all.tiers[entry.i] = 0;
			} else found.push(entry);
		}
	}
	if (without === mostWithout) all.order.forEach((order, i) => order < last && (all.tiers[i] = 0));
	return found;
}

// results returns entries as they are shown: in their tier anew in order, and of
// passages of one thing only the best.
function results(entries, units) {
	const shown = new Map();
	for (const { page, column, tier, text, anchor, head, body } of entries.sort((a, b) => b.tier - a.tier || b.score - a.score)) {
		const { url, title, lang = '', at = null, place = '', segments = [] } = text, { kind, role } = index.columns[column];
		const key = JSON.stringify([page, column, anchor]), [part, found] = excerpt(body);
		if (!shown.has(key)) shown.set(key, {
			url, anchor, kind: kinds[kind], role, title, lang, at, place,
			segments: segments.map((segment) => index.segments[segment].id),
			head: head.text, body: part,
			marks: { title: marks(newField(title, units).words), head: marks(head.words), body: found },
			whole: tier > 2,
		});
	}
	return [...shown.values()];
}
