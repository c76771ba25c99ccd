// The index in a page: scripts that hand over what they hold. It works from any
// server and from disk, where nothing can be fetched.

const here = new URL('.', document.currentScript.src);
const patience = 20000;

let latest = 0;
const arrived = new Map();

// MissingFile says that a file cannot be had, or is of another index.
class MissingFile extends Error {}

// addScript returns a promise that a script has run.
const addScript = (path) => new Promise((resolve, reject) => {
	const script = document.createElement('script');
	script.onload = () => resolve(script.remove());
	script.onerror = () => reject(new MissingFile(`${path} cannot be loaded`));
	setTimeout(script.onerror, patience);
	script.src = new URL(path, here);
	document.head.append(script);
});

// loadShard returns a promise of what a shard holds.
async function loadShard(name) {
	await addScript(`${name}.js`);
	if (!arrived.has(name)) throw new MissingFile(`${name}.js is not of this index`);
	const value = arrived.get(name);
	arrived.delete(name);
	return value;
}

const search = {
	kinds,
	open(root) {
		openIndex(root, loadShard);
		Object.assign(search, { roles: root.roles, segments: root.segments });
	},
	shard: (name, value) => arrived.set(name, value),
	// ask answers a question, unless a newer one has been asked meanwhile. Where a
	// shard is gone there is a newer index: its root answers.
	async ask(query) {
		const mine = ++latest;
		const abortIfSuperseded = () => {
			if (mine !== latest) throw new DOMException('', 'AbortError');
		};
		const answer = await ask(query).catch(async (error) => {
			if (query.anew || !(error instanceof MissingFile)) throw error;
			abortIfSuperseded();
			// With a query the address is nobody's copy, neither a cache's nor a worker's.
			await addScript(`root.js?${Date.now()}`);
			abortIfSuperseded();
			return plumb.search.ask({ ...query, anew: true });
		});
		abortIfSuperseded();
		return answer;
	},
};

(window.plumb ??= {}).search = search;
