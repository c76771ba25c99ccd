// What is shown of an entry: the same as excerpt.go.

const excerptLength = 158, excerptBefore = 48;

// newField cuts a text of an entry into words, with the units that each meets.
function newField(text, units) {
	const words = cutWords(text);
	for (const word of words) word.meets = bitsOf(units, ({ phrase, forms }) => !phrase && forms.has(word.text));
	units.forEach((unit, k) => unit.phrase && words.forEach((_, i) => {
		const part = words.slice(i, i + unit.words.length);
		if (textsOf(part).join(' ') === unit.words.join(' ')) for (const word of part) word.meets |= 1 << k;
	}));
	return { text, words, meets: words.reduce((all, { meets }) => all | meets, 0) };
}

const ones = (bits) => bits ? 1 + ones(bits & (bits - 1)) : 0;

// nearness says in sixteenths how much more an entry counts for how its words
// stand: one behind the other, close together, in a head that has no others.
function nearness(head, body, units) {
	const inHead = closest(head), inBody = closest(body);
	const best = inBody.met > inHead.met || (inBody.met === inHead.met && inBody.to - inBody.from < inHead.to - inHead.from) ? inBody : inHead;
	let near = 2 * Math.max(inTurn(head), inTurn(body));
	if (best.met > 1) near += Math.max(0, 4 - best.to + best.from + best.met);
	if (head.words.every(({ meets }) => meets)) near += Math.floor(12 * inHead.met / units);
	return near;
}

// inTurn counts the pairs of units that stand one behind the other, each pair
// once.
const inTurn = ({ words }) => ones(words.reduce((turns, { meets }, i) => turns | words[i - 1]?.meets << 1 & meets, 0));

// closest returns the first of the shortest ranges of words that meet all units
// which the field meets, and how many those are.
function closest({ words, meets }) {
	const last = [], met = ones(meets);
	let best = { from: 0, to: met && words.length + 1, met };
	words.forEach((word, i) => {
		if (!word.meets) return;
		for (let k = 0; word.meets >> k; k++) if (word.meets >> k & 1) last[k] = i;
		const seen = last.filter((at) => at >= 0), from = Math.min(...seen), to = i + 1;
		if (seen.length === met && to - from < best.to - best.from) best = { from, to, met };
	});
	return best;
}

// marks are the places of the words that meet a unit; those that touch are one.
function marks(words, moved = 0) {
	const all = [];
	for (const word of words) {
		const from = word.from + moved, to = word.to + moved, last = all.at(-1);
		if (!word.meets) continue;
		if (from <= last?.[1]) last[1] = Math.max(last[1], to);
		else all.push([from, to]);
	}
	return all;
}

// excerpt returns the part of a field around what was found, with the marks in
// it.
function excerpt(field) {
	const { text, words } = field;
	const [from, to] = text.length > excerptLength ? excerptOf(field) : [0, text.length];
	const before = from ? '…' : '';
	return [before + text.slice(from, to) + (to < text.length ? '…' : ''), marks(words.filter((word) => word.from >= from && word.to <= to), before.length - from)];
}

// excerptOf returns where an excerpt of a long text begins and ends: at words.
function excerptOf(field) {
	const { text, words } = field, found = words[closest(field).from];
	if (!found) return [0, 0];
	const from = found.from > excerptBefore ? words.find((word) => word.from >= found.from - excerptBefore).from : 0;
	return [from, text.length <= from + excerptLength ? text.length : Math.max(found.to, ...words.map(({ to }) => to).filter((to) => to <= from + excerptLength))];
}
