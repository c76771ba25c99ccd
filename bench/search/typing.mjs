// How long it takes from a key to the painted results, in Plumb's overlay.
import { join } from 'node:path';
import { files } from './site.mjs';

export const slowdown = 4;

// watch runs in the page. A key's time ends with the first frame behind the last
// change of the list that its answer brought.
function watch() {
	const now = { key: 0, answered: 0, painted: 0, asks: 0 };
	window.bench = now;
	addEventListener('keydown', (event) => { Object.assign(now, { key: event.timeStamp, answered: 0, painted: 0 }); }, true);
	const { port1, port2 } = new MessageChannel();
	port2.onmessage = () => { now.painted = performance.now(); };
	const frame = () => requestAnimationFrame(() => port1.postMessage(0));
	const { ask } = window.plumb.search;
	window.plumb.search.ask = async function counted(...wanted) {
		const mine = ++now.asks;
		const answer = await ask.apply(this, wanted);
		if (mine === now.asks) {
			now.answered = performance.now();
			frame();
		}
		return answer;
	};
	const list = document.getElementById(document.querySelector('[role=combobox]').getAttribute('aria-controls'));
	new MutationObserver(() => { if (now.answered) frame(); }).observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
}

// settled waits in the page until a key's results are painted and nothing moves
// any more, and returns the milliseconds: until the answer, until the paint.
function settled() {
	const { bench } = window;
	return new Promise((done) => {
		let frames = 0;
		const look = () => {
			frames++;
			const still = bench.painted > 0 && performance.now() - bench.painted > 60;
			if (still || frames > 600) return done(still ? { answered: bench.answered - bench.key, ms: bench.painted - bench.key } : { ms: -1 });
			requestAnimationFrame(look);
		};
		look();
	});
}

const field = '[role=combobox]';

async function type(page, query) {
	const times = [];
	await page.fill(field, '');
	for (const letter of query) {
		await page.keyboard.type(letter);
		times.push({ query, letter, ...await page.evaluate(settled) });
	}
	return times;
}

// keystrokes types the queries letter by letter, once to load all shards, then
// slowed down. It returns a time for each key.
export async function keystrokes(context, root, site, queries) {
	const page = await context.newPage();
	await page.goto(root + files(site).filter((name) => name.startsWith(join('playbooks', '')) && name.endsWith('.html')).sort()[0]);
	await page.keyboard.press('/');
	await page.waitForSelector(field);
	await page.waitForFunction(() => window.plumb?.search?.ask && document.querySelector('[role=combobox][aria-controls]'));
	await page.evaluate(watch);
	for (const query of queries) await type(page, query);
	const tools = await page.context().newCDPSession(page);
	await tools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
	const times = [];
	for (const query of queries) times.push(...await type(page, query));
	await page.close();
	const lost = times.filter((t) => t.ms < 0);
	if (lost.length > 0) throw new Error(`never painted: ${lost.map((t) => `“${t.letter}” of “${t.query}”`).join(', ')}`);
	return times;
}
