// A reader's browser: a page that must run without a word on the console, at each
// place a site is read from.
import { expect, test as base } from '@playwright/test';
import { fileURL, sites } from './pages.mjs';

const url = sites.sample?.url;
const disk = fileURL(sites.sample ?? { dir: '' }, '');

// The places a site is read from; some browsers keep nothing there.
export const places = [
	{ name: 'over HTTP', root: url },
	{ name: 'from disk', root: disk },
	{ name: 'over HTTP with nothing kept', root: url, forgetful: true },
	{ name: 'from disk with nothing kept', root: disk, forgetful: true },
];

export const root = url;

// test has pages on which whatever the console says is a fault. No service worker
// stands between them and the server.
export const test = base.extend({
	serviceWorkers: 'block',
	context: async ({ context }, use) => {
		const faults = [];
		context.on('console', (m) => m.text().includes('blocked by Playwright') || faults.push(`console: ${m.text()}`));
		context.on('weberror', (e) => faults.push(`script: ${e.error().stack}`));
		await use(context);
		expect(faults).toEqual([]);
	},
});

// forget makes a browser keep nothing, as some do in a private window.
export const forget = (target) => target.addInitScript(() => {
	Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
});

export const kept = (page, name) => page.evaluate((n) => JSON.parse(localStorage.getItem(plumb.keyOf(n))), name);

export const keep = (page, name, value) => page.evaluate(([n, v]) => localStorage.setItem(plumb.keyOf(n), JSON.stringify(v)), [name, value]);

// moved opens a page on a slow line: its last script comes after it was painted.
// It returns what this moves or resizes, by the browser's count and by comparing
// the boxes of all elements, also of those further down.
export async function moved(page, address) {
	let release;
	const released = new Promise((done) => (release = done));
	const slow = async (route) => {
		await released;
		await route.continue();
	};
	await page.route('**/theme/plumb.js', slow);
	await page.goto(address, { waitUntil: 'commit' });
	await page.waitForFunction(() => document.readyState === 'interactive' && performance.getEntriesByName('first-contentful-paint').length > 0);
	await page.evaluate(measure);
	release();
	await page.waitForLoadState('load');
	const out = await page.evaluate(compare);
	await page.unroute('**/theme/plumb.js', slow);
	return out;
}

function measure() {
	window.shifts = [];
	new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => `shift of ${e.value}`))).observe({ type: 'layout-shift' });
	window.boxes = [...document.querySelectorAll('body *')].map((e) => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
}

async function compare() {
	await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
	const out = window.boxes.flatMap(([e, before]) => {
		const after = e.getBoundingClientRect();
		const differs = ['left', 'top', 'width', 'height'].filter((side) => Math.abs(before[side] - after[side]) > 0.1);
		return differs.map((side) => `${side} of ${e.outerHTML.slice(0, 80)}: ${before[side]}, ${after[side]}`);
	});
	return [...window.shifts, ...out].slice(0, 5);
}
