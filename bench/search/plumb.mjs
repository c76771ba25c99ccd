// Plumb's search, driven by the interface that its own pages use.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { files, run, weigh } from './site.mjs';

export const folder = 'search';

const units = { h: 3600e3, m: 60e3, s: 1e3, ms: 1, µs: 1e-3, ns: 1e-6 };

// milliseconds reads a duration as Go writes it: “1m2.5s”.
const milliseconds = (text) => [...text.matchAll(/([\d.]+)(h|ms|m|µs|ns|s)/g)].reduce((sum, [, n, unit]) => sum + n * units[unit], 0);

// build makes the whole site and returns the time of it and of its stages.
export function build(plumb, site) {
	rmSync(join(site, 'public'), { recursive: true, force: true });
	const begun = performance.now();
	const said = run('bash', ['-c', '"$0" build "$1" --timings 2>&1', plumb, site]);
	const whole = performance.now() - begun;
	const stage = (name) => milliseconds(said.match(new RegExp(`\\b${name} ([\\d.hmsµn]+)`))?.[1] ?? '0s');
	return { whole, search: stage('search') };
}

// index weighs the shards, the root and the engine in it; not the pages A–Z, which
// are for readers without scripts.
export const index = (site) => weigh(join(site, folder), files(join(site, folder)).filter((name) => name.endsWith('.js')));

// open loads the engine and the root into an empty page.
export async function open(page, root) {
	await page.goto(`${root}bench.html`);
	await page.addScriptTag({ url: `${root}${folder}/root.js` });
}

// ask returns the places of the first results.
export const ask = (page, query, count) => page.evaluate(async ([text, n]) => {
	const { results } = await window.plumb.search.ask({ text, kinds: [], roles: [], segments: [], from: 0, to: 100, role: '', at: 0, count: n });
	return results.map((r) => `${r.url}#${r.anchor}`);
}, [query, count]);
