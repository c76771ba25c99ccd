// How results are ordered and counted: the same as rank.go and rank_facets.go.

// What a kind is worth, in the order of kinds, and what it is worth where a word
// stands: in a body, in a long head, a short one, a very short one.
const kindValues = [22, 17, 17, 18, 17, 14, 15, 12, 16];
const fieldValues = [4, 8, 10, 12];

// merge joins two lists in the order of keys.
function merge(a, b, join) {
	if (!a.size) return b;
	const all = newList(a.size + b.size);
	let i = 0, j = 0, n = 0;
	while (i < a.size || j < b.size) {
		const left = i < a.size ? a.keys[i] : Infinity, right = j < b.size ? b.keys[j] : Infinity;
		all.keys[n] = Math.min(left, right);
		all.values[n] = left < right ? a.values[i] : left > right ? b.values[j] : join(a.values[i], b.values[j]);
		if (left <= right) all.more[n] += a.more[i++];
		if (right <= left) all.more[n] += b.more[j++];
		n++;
	}
	all.size = n;
	return all;
}

// filtered returns the entries of a list that pass a test.
function filtered({ keys, values, size }, test) {
	const all = newList(size);
	all.size = 0;
	for (let i = 0; i < size; i++) {
		if (!test(i)) continue;
		all.keys[all.size] = keys[i];
		all.values[all.size++] = values[i];
	}
	return all;
}

// valued turns kinds and weights into values. It notes which pages have the unit in
// their title.
function valued(unit, { keys, values, size }, match) {
	const all = { ...newList(size), keys };
	for (let i = 0; i < size; i++) {
		const kind = values[i] >> 2, weight = values[i] & 3;
		if (weight && (kind === 0 || kind === 8)) unit.titled[pageOf(keys[i])] = 1;
		all.values[i] = match * kindValues[kind] * fieldValues[weight];
	}
	return all;
}

// An entry's order is its tier, then its score, then its number: all in one.
const tierStep = 2 ** 30, orderStep = 2 ** 21;

// enough is how many results with more than half of a question are enough; where
// nothing has all of it and there are fewer, whatever has some is a result.
const enough = 10;

// bitsOf returns those units that pass a test, a bit each.
const bitsOf = (units, test) => units.reduce((bits, unit, i) => bits | test(unit) << i, 0);

// unite returns the entries that meet a unit, with their scores and those units.
const unite = (units) => units.reduce((all, { hits, idf }, k) => {
	for (let i = 0; i < hits.size; i++) {
		hits.values[i] *= idf;
		hits.more[i] = 1 << k;
	}
	return merge(all, hits, (a, b) => a + b);
}, newList(0));

// rank finds all results: of each its tier (3 with all units, 2 with more than
// half, 1; 0 is none), which filters it does not pass, and its order.
function rank(units, query, of) {
	const all = unite(units), { keys, size } = all;
	const need = bitsOf(units, ({ common }) => !common) || ~0, phrases = bitsOf(units, ({ phrase }) => phrase);
	const needs = units.map(({ idf }, k) => (need >> k & 1) * idf), half = needs.reduce((a, b) => a + b, 0) / 2;
	const columns = filters(query), pages = pageFilter(query, of), counts = [0, 0, 0, 0];
	const pageNumbers = new Int32Array(size), columnNumbers = new Int32Array(size);
	const tiers = new Uint8Array(size), fails = new Uint8Array(size), order = new Float64Array(size);
	for (let i = 0; i < size; i++) {
		let met = all.more[i], weight = 0, score = all.values[i];
		if (!(met & need) || phrases & ~met) continue;
		const page = pageOf(keys[i]), number = Math.floor(keys[i] / placeCount) - page * columns.length, column = columns[number];
		for (let k = 0; k < units.length; k++) {
			if (!(met >> k & 1)) {
				if (!units[k].titled[page] && !units[k].roles[number]) continue;
				met |= 1 << k;
				score += units[k].idf * column.around;
			}
			weight += needs[k];
		}
		const tier = weight === 2 * half ? 3 : weight > half ? 2 : 1;
		counts[tier]++;
		tiers[i] = tier;
		pageNumbers[i] = page;
		columnNumbers[i] = number;
		fails[i] = column.fails | pages(page);
		order[i] = (tier * tierStep + score * (page < index.positions.length ? column.factor : column.shared)) * orderStep - i;
	}
	if (counts[3] || counts[2] >= enough) for (let i = 0; i < size; i++) if (tiers[i] < 2) tiers[i] = 0;
	return { keys, size, tiers, fails, order, pages: pageNumbers, columns: columnNumbers };
}

const passes = (list, one) => !list.length || list.includes(one);

// What an entry can fail, one bit each: 1 kinds, 2 roles, 4 segments, 8 the range.
// filters tells of each column what it fails, eight times what it counts, and
// what a unit counts that stands around its entries.
const filters = (query) => index.columns.map(({ kind, role }) => {
	const factor = !query.role || !role ? 8 : role === query.role ? 12 : kind === 1 ? 4 : 8;
	return {
		fails: !passes(query.kinds, kinds[kind]) + 2 * !((kind === 1 && !role) || passes(query.roles, role || 0)),
		factor,
		shared: kind === 3 || kind === 4 ? factor * 5 / 4 : factor,
		around: matchAround * kindValues[kind] * fieldValues[0],
	};
});

// pageFilter returns a function that tells which filters a page fails.
function pageFilter({ segments, from, to }, of) {
	const chosen = index.segments.map(({ id }) => segments.includes(id)), all = from <= 0 && to >= 100;
	return (page) => 4 * !(!segments.length || of[page]?.some((segment) => chosen[segment]))
		+ 8 * !(all || (index.positions[page] >= from && index.positions[page] <= to));
}

// first returns the numbers of the first entries that pass all filters.
function first({ size, tiers, fails, order }, count) {
	const best = new Float64Array(2 * count + 512);
	let n = 0, least = 0;
	for (let i = 0; i < size; i++) {
		if (!tiers[i] || fails[i] || order[i] <= least) continue;
		best[n++] = -order[i];
		if (n < best.length) continue;
		best.sort();
		n = count;
		least = -best[n - 1];
	}
	return [...best.subarray(0, n).sort().subarray(0, count)].map((order) => (orderStep + order % orderStep) % orderStep);
}

// count counts entries: all that pass, and for each facet those that fail no
// filter but its own.
function count({ size, tiers, fails, pages, columns }, of) {
	const { positions, segments } = index, found = { total: 0, whole: 0 };
	const [ofKind, ofRole] = [0, 0].map(() => new Int32Array(index.columns.length));
	const ofSegment = new Int32Array(segments.length), ofPosition = new Int32Array(101);
	for (let i = 0; i < size; i++) {
		if (!tiers[i]) continue;
		const fail = fails[i], page = pages[i];
		if (!(fail & ~1)) ofKind[columns[i]]++;
		if (!(fail & ~2)) ofRole[columns[i]]++;
		if (page < positions.length) {
			if (!(fail & ~4)) for (const segment of of[page] ?? []) ofSegment[segment]++;
			if (!(fail & ~8)) ofPosition[positions[page]]++;
		}
		if (!fail) {
			found.total++;
			if (tiers[i] > 2) found.whole++;
		}
	}
	return {
		...found,
		facets: {
			kinds: named(ofKind, (i) => kinds[index.columns[i].kind]),
			roles: named(ofRole, (i) => index.columns[i].role),
			everyone: index.columns.reduce((sum, { kind, role }, i) => sum + (kind === 1 && !role && ofRole[i]), 0),
			segments: named(ofSegment, (i) => segments[i].id),
			positions: named(ofPosition, String),
		},
	};
}

// named returns the counts that are not zero by their names.
function named(counts, name) {
	const sums = new Map();
	counts.forEach((n, i) => n && sums.set(name(i), (sums.get(name(i)) ?? 0) + n));
	sums.delete('');
	return Object.fromEntries(sums);
}
