// How a question is understood: the same as query_parse.go and query_match.go.

const mostCharacters = 1000, mostUnits = 30, mostCompletions = 8, mostMended = 4;
const matchWord = 16, matchForm = 14, matchSynonym = 12, matchPrefix = 11, matchTypo = 8, matchAround = 6;

// parse cuts a question into units: words, runs of pairs, names of several
// words, phrases. None is there twice.
function parse(text) {
	const units = new Map();
	[...text].slice(0, mostCharacters).join('').split(/["“”„«»「」]/).forEach((part, i, parts) => {
		const words = cutWords(part), typing = i + 1 === parts.length && words.at(-1)?.to === part.length;
		takeWords(units, part, words, i % 2 > 0, typing);
	});
	const all = [...units.values()].slice(0, mostUnits), telling = all.filter((unit) => !isLittle(unit));
	return telling.length ? telling : all;
}

// isLittle tells whether no question is about a unit, if it has others.
const isLittle = ({ words, phrase, open }) => words.length === 1 && !phrase && !open && index.little.has(words[0]);

// takeWords adds the units of a part of the question. The last word of a phrase
// that is being typed is not of the phrase yet.
function takeWords(units, part, words, phrase, typing) {
	const count = words.length;
	if (phrase && typing && count > 1 && words[count - 1].run !== words[count - 2].run) {
		takeWords(units, part, words.slice(0, -1), true);
		return takeWords(units, part, words.slice(-1), false, true);
	}
	for (let i = 0, to; i < count; i = to) {
		to = phrase ? count : unitEnd(words, i);
		const { pair, text } = words[to - 1], these = textsOf(words.slice(i, to)), key = these.join(' ');
		const open = !phrase && to - i === 1 && (pair ? [...text].length < 2 : typing && to === count);
		if (!units.has(key)) units.set(key, { text: part.slice(words[i].from, words[to - 1].to), words: these, phrase, open });
	}
}

// unitEnd returns the end of the unit that begins with a word.
function unitEnd(words, from) {
	const { pair, run } = words[from];
	let to = from + 1;
	while (pair && words[to]?.pair && words[to].run === run) to++;
	for (const name of index.synonyms.flat()) {
		const n = from + name.words.length;
		if (n > to && isAt(name.words, textsOf(words), from)) to = n;
	}
	return to;
}

// isAt tells whether words, or forms of them, stand at a place among others.
const isAt = (words, among, from) => words.length + from <= among.length && words.every((word, i) => related(word, among[from + i]));
const isIn = (words, among) => among.some((_, i) => isAt(words, among, i));

// related tells whether two words may be forms of one: both remainders behind a
// common beginning of three letters and more are endings, and one of them is
// empty or both are shorter than the beginning.
function related(a, b) {
	if (a === b) return true;
	for (let at = 0, letters = 0; ; letters++) {
		const left = a.slice(at), right = b.slice(at);
		if (letters > 2 && index.endings.has(left) && index.endings.has(right)) {
			return !left || !right || letters > Math.max([...left].length, [...right].length);
		}
		const c = a.codePointAt(at);
		if (c === undefined || c !== b.codePointAt(at)) return false;
		at += widthAt(a, at);
	}
}

// understand looks a unit up.
async function understand(unit) {
	const { words, phrase, open } = unit, [word] = words;
	Object.assign(unit, { how: 'none', as: [], forms: new Map(), hits: newList(0), size: 0, left: false, titled: new Uint8Array(index.pages) });
	if (phrase || words.length > 1) await several(unit);
	else {
		const [own, [more, most]] = await Promise.all([find(word), open ? completions(word) : [[], 0]]);
		if (own) add(unit, 'word', matchWord, word, [own]);
		await addForms(unit, 'prefix', matchPrefix, more.filter(({ text }) => !own?.forms.includes(text)), most);
		if (unit.how === 'none') await mend(unit, [...word]);
	}
	if (!phrase) await addSynonyms(unit);
	weigh(unit);
}

// add lets a unit be met by entries that hold all of some groups. What was found
// first says how the unit was understood.
function add(unit, how, match, as, groups, least = groups.length) {
	const hits = both(groups, least);
	if (!hits.size) return;
	if (unit.how === 'none') unit.how = how;
	for (const form of groups.flatMap(({ forms }) => forms)) unit.forms.set(form, unit.forms.get(form) || how !== 'prefix');
	if (how === unit.how) {
		unit.as.push(as);
		unit.size += groups.length > 1 ? hits.size : sizeOf(groups[0]);
		unit.left ||= groups[0].left;
	}
	unit.hits = merge(unit.hits, valued(unit, hits, match), Math.max);
}

// addForms lets a unit be met by the groups of those of some forms that most
// entries hold; those that say little come last, and of forms that may be one word
// only the first is taken.
async function addForms(unit, how, match, all, most) {
	const chosen = [], common = ({ size }) => size > index.common;
	for (const one of all.sort((a, b) => common(a) - common(b) || b.size - a.size || (a.text < b.text ? -1 : 1))) {
		if (chosen.length < most && !chosen.some(({ text }) => related(one.text, text))) chosen.push(one);
	}
	const groups = await each(textsOf(chosen), find);
	groups.forEach((group, i) => group && groups.indexOf(group) === i && add(unit, how, match, chosen[i].text, [group]));
}

// both returns the entries that hold words of so many groups.
function both(groups, least) {
	const all = groups.map(hitsOf).reduce((a, b) => merge(a, b, Math.min));
	return least > 1 ? filtered(all, (i) => all.more[i] >= least) : all;
}

// several looks up what is more than one word. Of a phrase, words of which the
// index knows not all entries are left to the texts. What no entry holds is met by
// those that hold half of it, and at least two words.
async function several(unit) {
	const { words, phrase } = unit, as = fold(unit.text);
	const [groups, whole] = await findAll(words), sure = groups.filter(({ left }) => !phrase || !left);
	if (whole) add(unit, 'word', matchWord, as, sure.length ? sure : groups);
	const least = Math.max(2, Math.ceil(words.length / 2));
	if (unit.how === 'none' && !phrase && groups.length >= least) add(unit, 'typo', matchTypo, as, groups, least);
}

// completions returns the forms that begin with a word, and how many of them may
// be taken: from the shards of terms if they are few, else from those of words, and
// then fewer of a short beginning, as each may need a shard.
async function completions(word) {
	if (between(index.terms, word, word + end).length > 2) return [await known(word, word + end), Math.min(mostCompletions, 2 * [...word].length)];
	return [(await groupsOf(word, word + end)).map((group) => ({ text: group.forms.find((form) => form.startsWith(word)), size: sizeOf(group) })).filter(({ text }) => text), mostCompletions];
}

// mend understands a word that is not there: as another form of one that is,
// else as a slip. Slips in the first letter are looked for last.
async function mend(unit, letters) {
	const word = letters.join('');
	if (letters.length < 3) return;
	const near = await known(letters[0], letters[0] + end);
	await addForms(unit, 'form', matchForm, near.filter(({ text }) => related(word, text)), mostMended);
	if (unit.how !== 'none' || letters.length < 4 || !/[^0-9]/.test(word)) return;
	await addForms(unit, 'typo', matchTypo, nearest(letters, near, unit.open), mostMended);
	if (unit.how === 'none') await addForms(unit, 'typo', matchTypo, nearest(letters, await known('', end), unit.open), mostMended);
}

// nearest returns the forms that are the fewest slips away from a word; of a
// word that may go on, their beginnings count.
function nearest(letters, among, open) {
	let limit = letters.length < 8 ? 1 : 2, all = [];
	for (const form of among) {
		const slips = distance(letters, [...form.text], limit, open);
		if (slips < limit) all = [];
		if (slips <= limit) all.push(form);
		limit = Math.min(limit, slips);
	}
	return all;
}

// distance is how many letters must be added, left out, changed or swapped with
// their neighbour to make one word of another, or its beginning: beyond the
// limit some larger number.
function distance(a, b, limit, open) {
	if (a.length - b.length > limit || (!open && b.length - a.length > limit)) return limit + 1;
	b = b.slice(0, a.length + limit);
	let before = [], row = [0, ...b.keys()].map((_, j) => j);
	for (let i = 0; i < a.length; i++) {
		const next = [i + 1];
		for (let j = 0; j < b.length; j++) {
			next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (a[i] !== b[j]), i && j && a[i] === b[j - 1] && a[i - 1] === b[j] ? before[j - 1] + 1 : Infinity));
		}
		before = row;
		row = next;
		if (Math.min(...row, ...before) > limit) break;
	}
	return open ? Math.min(...row) : row.at(-1);
}

// addSynonyms lets a unit be met by the other names of what it names.
async function addSynonyms(unit) {
	const isOther = ({ words }) => !(words.length + unit.words.length < 3 && unit.forms.get(words[0])) && !isIn(words, unit.words);
	for (const set of index.synonyms) {
		const others = set.filter(isOther);
		if (others.length < set.length) (await each(others, ({ words }) => findAll(words))).forEach(([groups, whole], i) => whole && add(unit, 'synonym', matchSynonym, others[i].id, groups));
	}
}

// weigh says how much a unit tells, and what has it in its title.
function weigh(unit) {
	const { phrase, size } = unit, has = ({ words }) => !phrase && isTitle(unit, words);
	unit.idf = 16 + Math.max(0, logarithm(index.entries + 1) - logarithm(size + 1));
	unit.common = !phrase && (unit.left || size > index.common);
	const roles = index.roles.filter(has).map(({ id }) => id);
	unit.roles = index.columns.map(({ role }) => roles.includes(role));
}

// isTitle tells whether a title has a unit.
function isTitle({ words: [first, ...rest], forms, open }, words) {
	return rest.length ? isIn([first, ...rest], words) : words.some((word) => forms.get(word) || related(first, word) || (open && word.startsWith(first)));
}

// logarithm is that to the base of two, in sixteenths.
function logarithm(n) {
	const k = 31 - Math.clz32(n);
	return 16 * k + Math.floor(n * 16 / 2 ** k) - 16;
}
