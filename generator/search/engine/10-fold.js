// Words: how texts and questions are cut and folded. The same as fold.go and
// words.go; a test compares them, and the three lists of characters.

const wordCharacters = '1c 9 8 p 7 p 1c 0 8 1 2 0 4 1 2 2 2 m 2 u 2 cp 5 b f 4 8 0 2 0 i 38 2 7 2 0 7 0 2 31 2 3u 2 5y 7 14 9 18 2 0 2 1 2 1 2 17 u a 6 21 5 2t 2 7 3 9 2 i 3 0 h 6d 5 3 3 19 j r 5 13 2 5 a 21 2 3k 3 9 2 3k 3 5 3 0 2 u4 6 e 2 9 14 3j o 1 7 j 2 0 2 0 2 0 5 1y 2 1i a 0 1m 21 7 25 3 jj a lf 3 g 2 9e 4 0 5 t i 2 2 1kd 38 9 6 a 7 c 1g w i 0 5 0 3 9 2 0 4 4 7 0 2 0 2 0 2 3 2 a 3 3 6 4 5 0 2 1l k7 1n 27 l hj t vh e7 1c 0 d2 2 q e 2 4 3 4 5 2h 3 2 2 2h 2 42 4 3 b v 1d f x 9 v 7 2 e x 9 14 e 8x 533 1t r97 6it zf 39 3w k 9 8 p 7 p c 1l 1 1o 10 1533 sh sf 1dt 35r 2k1 9 sn 2t4v';
const pairCharacters = '2rl 72 75 4f 2p 73 135 3j 4qu ax 2q f e9 533 1t g73 1up v 2p v 2p v ap 8or 6it e7 vb 3a ysk a7 fip 2t4v';
const silentCharacters = '4t 0 gj 33 f6 18 2 0 2 1 2 1 2 0 21 a 2 0 10 0 b k h 0 2u 6 3 9 2 3 3dq 4 1ks 4 r 4 1e f 2p w 17o0 f h f 5s 0 i9kx dr';

const isWord = 1, isPair = 2, isSilent = 3, isApostrophe = 4;

const ranges = [];
[wordCharacters, pairCharacters, silentCharacters].forEach((list, i) => {
	let at = 0;
	list.split(' ').forEach((number, k) => {
		const from = at;
		at += parseInt(number, 36);
		if (k % 2) ranges.push([from, at, i + 1]);
	});
});

// classOf tells what a character is to a text that is cut into words. Only what is
// a character of words is cut into pairs.
const classes = [];
const classOf = (c) => classes[c] ??= /['‘’ʼ＇]/.test(String.fromCodePoint(c)) ? isApostrophe
	: ranges.reduce((is, [from, to, as]) => from <= c && c <= to && (as !== isPair || is === isWord) ? as : is, 0);
const classAt = (text, at) => at < text.length ? classOf(text.codePointAt(at)) : 0;
const widthAt = (text, at) => text.codePointAt(at) > 0xffff ? 2 : 1;

const split = (list) => list.split(' ').filter(Boolean);

const letters = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', ς: 'σ' };

// fold returns the form in which words are compared.
function fold(text) {
	if (/^[ -&(-~]*$/.test(text)) return text.toLowerCase();
	let plain = '';
	for (const c of text.normalize('NFKD')) if (classAt(c, 0) < isSilent) plain += c;
	return plain.normalize('NFKC').toLowerCase().replace(/[ßæœþøłđðıς]/g, (c) => letters[c]);
}

// isFolded tells whether a folded word may have a character.
const isLetter = (is) => is === isWord || is === isPair;
const isFolded = (c) => (c < '\ue000' || c > '\uffff') && isLetter(classAt(c, 0));

// cutWords returns the words of a text: folded, with their places, whether they
// are pairs of a run that is not parted, and the number of the run.
function cutWords(text) {
	const words = [];
	for (let at = 0, run = 0; at < text.length;) {
		const of = classAt(text, at);
		if (isLetter(of)) {
			const to = runEnd(text, at, of);
			(of === isPair ? cutPairs : cutLetters)(words, text, at, to, run++);
			at = to;
		} else at += widthAt(text, at);
	}
	return words;
}

function runEnd(text, at, of) {
	for (; at < text.length; at += widthAt(text, at)) {
		const is = classAt(text, at);
		if (is !== of && is !== isSilent && (is !== isApostrophe || of !== isWord || !joins(text, at))) break;
	}
	return at;
}

// joins tells whether the apostrophe at a place goes on with the word before it.
function joins(text, at) {
	let count = 0, first = 0;
	for (let to = at + 1, is; count < 3 && ((is = classAt(text, to)) === isWord || is === isSilent); to += widthAt(text, to)) {
		if (is === isWord && !count++) first = text.charCodeAt(to);
	}
	return count > 0 && (count < 3 || first <= 0x39 || first >= 0x370 && first >> 8 !== 0x1e);
}

// cutLetters folds a run of letters, and cuts it again where that gives what no
// word can hold: “1⁄2” is what ½ folds to.
function cutLetters(words, text, from, to, run) {
	const plain = [...fold(text.slice(from, to))].map((c) => isFolded(c) ? c : ' ').join('');
	for (const piece of split(plain)) words.push({ text: piece, from, to, run });
}

function cutPairs(words, text, from, to, run) {
	const cells = [];
	while (from < to) {
		let end = from + widthAt(text, from);
		while (end < to && (classAt(text, end) === isSilent || follows(text, end))) end += widthAt(text, end);
		for (const c of fold(text.slice(from, end))) if (isFolded(c)) cells.push({ c, from, to: end });
		from = end;
	}
	if (cells.length === 1) cells.push({ ...cells[0], c: '' });
	cells.slice(1).forEach(({ c, to }, i) => words.push({ text: cells[i].c + c, from: cells[i].from, to, pair: true, run }));
}

// follows tells whether a character is apart from the one before it only by how
// the text was encoded.
const follows = (text, at) => /[\u3099\u309a\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb]/.test(text[at]);
