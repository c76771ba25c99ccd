// What the index holds, as doc.go says it.

const kinds = ['playbook', 'task', 'objection', 'process', 'metric', 'asset', 'buyer', 'section', 'page'];
const placeCount = 0x10000, mostShards = 4096;

// end is behind all words that begin with what stands before it.
const end = '\uffff';

const each = (list, of) => Promise.all(list.map(of));
const textsOf = (words) => words.map(({ text }) => text);
const titled = ([id, title]) => ({ id, words: textsOf(cutWords(title)) });

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digitOf = new Uint8Array(128);
for (let i = 0; i < 64; i++) digitOf[digits.charCodeAt(i)] = i;

// numbers reads a list of numbers.
function numbers(list) {
	const all = new Uint32Array(list.length);
	let n = 0, shift = 0;
	for (let i = 0; i < list.length; i++) {
		const digit = digitOf[list.charCodeAt(i)];
		all[n] |= (digit & 31) << shift;
		shift += 5;
		if (digit < 32) {
			n++;
			shift = 0;
		}
	}
	return all.subarray(0, n);
}

// The index that was opened, and a function that returns a promise of what a
// shard of it holds.
let index, load;
const kept = new Map();

// openIndex takes what root.js hands over.
function openIndex(root, loader) {
	load = loader;
	index = {
		...root,
		columns: root.columns.map(([kind, role]) => ({ kind: kinds.indexOf(kind), role })),
		roles: root.roles.map(titled),
		segments: root.segments.map(titled),
		terms: split(root.terms),
		words: split(root.words),
		texts: split(root.texts),
		dirs: split(root.dirs),
		synonyms: root.synonyms.map((set) => set.map((text) => titled([text, text]))),
		little: new Set(split(root.little)),
		endings: new Set(['', ...split(root.endings)]),
		common: Math.max(64, Math.floor(root.entries / 8)),
	};
	index.positions = root.line.flatMap((count, i, line) => i % 2 ? Array(count).fill(line[i - 1]) : []);
}

// segmentsOf reads the segments of each playbook.
function segmentsOf(list) {
	const of = [];
	let more = 0;
	for (const n of numbers(list)) {
		if (!more) of.push([]);
		of.at(-1).push(n >> 1);
		more = n & 1;
	}
	return of;
}

// shard returns a promise of what a shard holds, read; it is kept.
function shard(name, read) {
	if (!kept.has(name)) {
		const loading = load(name).then(read);
		kept.set(name, loading);
		loading.catch(() => kept.delete(name));
	}
	return kept.get(name);
}

// between returns the names of the shards in a list, each behind the least of its
// words, that may hold words from one to another.
function between(list, from, to) {
	let low = 1, high = 0;
	for (let i = 0; i < list.length; i += 2) {
		if (list[i] <= from) low = i + 1;
		if (list[i] <= to) high = i + 2;
	}
	return list.slice(low, high).filter((_, i) => i % 2 < 1);
}

// shards returns what several hold, read.
const shards = async (list, from, to, read) => (await each(between(list, from, to), (name) => shard(name, read))).flat();

// groupsOf reads shards of terms: words with all their forms, and the lists of the
// entries that hold one. Of a word that very many hold, not all are listed.
const groupsOf = (from, to) => shards(index.terms, from, to, (text) => split(text).map((group) => {
	const [forms, gaps, columns, places, count] = group.split('.');
	return { forms: forms.split(','), gaps, columns, places, left: !!count, size: numbers(count ?? '')[0] };
}));

// sizeOf returns how many entries hold a group.
const sizeOf = (group) => group.size ??= numbers(group.gaps).length;

// find returns the group of a form, if there is one.
const find = async (form) => (await groupsOf(form, form)).find(({ forms }) => forms.includes(form));

// findAll returns the groups of words, each once; null where one has none.
async function findAll(words) {
	const groups = await each(words, find);
	return [[...new Set(groups.filter(Boolean))], groups.every(Boolean)];
}

// known returns all forms from one to another, with how many entries hold one:
// more or less.
const known = async (from, to) => (await shards(index.words, from, to, (text) => split(text).map((word) => ({ text: word.slice(1), size: 2 ** digitOf[word.charCodeAt()] }))))
	.filter(({ text }) => text >= from && text < to);

// A list of entries in the order of pages, columns and places, which make one
// key. What more says depends: of how many words they hold one, or which units
// they meet.
const newList = (size) => ({ keys: new Float64Array(size), values: new Int32Array(size), more: new Int32Array(size), size });

// hitsOf returns the entries that hold a group, with four times their kind and the
// weight of the word.
function hitsOf(group) {
	if (group.hits) return group.hits;
	const gaps = numbers(group.gaps), columns = numbers(group.columns), places = numbers(group.places);
	const all = group.hits = newList(gaps.length);
	let page = 0;
	for (let i = 0; i < gaps.length; i++) {
		page += gaps[i];
		all.keys[i] = (page * index.columns.length + columns[i]) * placeCount + (places[i] >> 2);
		all.values[i] = index.columns[columns[i]].kind * 4 + (places[i] & 3);
		all.more[i] = 1;
	}
	return all;
}

const pageOf = (key) => Math.floor(key / placeCount / index.columns.length);

// textOf returns a promise of a page's texts.
const textOf = async (page) => shard(index.texts[page] ?? (await shard(index.dirs[page >> 5], split))[page & 31]);
