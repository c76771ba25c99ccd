// What the search has of the other scripts, and what its parts share.
const { make, said, word, button, read, keep, lang, load, pathOf, here } = plumb.tools;

// phrase is one of the site's words with several things in it. What is put in is
// never looked at again.
const phrase = (key, ...values) => plumb.words[key].replace(/%[ds]/g, () => values.shift());

// quoted is what a reader has written, for a phrase: by itself where the phrase
// runs the other way, and cut where it is long.
const longestQuote = 60;
function quoted(text) {
	const letters = [...text];
	const shown = letters.length > longestQuote ? `${letters.slice(0, longestQuote).join('')}…` : text;
	return `\u2068${shown}\u2069`;
}

// index is where the index is now. The preview's changes while a page is open: no
// question there is answered from one that is older than two seconds.
const isPreview = Boolean(document.querySelector('script[src^="/.plumb/"]'));
const index = () => (isPreview ? `search/root.js?${Math.floor(Date.now() / 2000)}` : 'search/root.js');

// ask asks the index, which comes with the first question.
async function ask(question) {
	await load(index());
	return plumb.search.ask({ kinds: [], roles: [], segments: [], from: 0, to: 100, at: 0, count: 10, role: plumb.role.id, ...question });
}

// latest returns a function that asks. Of the answers only the one to the newest
// question counts, and none after a question of null.
function latest(done, failed) {
	let newest = 0;
	return async (question) => {
		const turn = ++newest;
		if (!question) return;
		try {
			const answer = await ask(question);
			if (turn === newest) done(answer, question);
		} catch (error) {
			if (turn === newest && error?.name !== 'AbortError') failed(error);
		}
	};
}

// teller returns a function that has a text read out once nothing newer came for a
// moment: who types hears the last count only.
function teller(status) {
	let waiting = 0;
	status.className = 'quiet';
	return (text) => {
		clearTimeout(waiting);
		waiting = setTimeout(() => (status.textContent = text), 500);
	};
}

// searchURL is the address of a search that can be shared.
const searchURL = (query) => `${plumb.root}search.html?${new URLSearchParams(query)}`;

// The searches that led somewhere, the newest first. They stay in this browser.
const keptSearches = 8;
function recentSearches() {
	const list = read('searches');
	return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [];
}

function remember(text) {
	const asked = text.trim();
	if (asked) keep('searches', [asked, ...recentSearches().filter((t) => t !== asked)].slice(0, keptSearches));
}
