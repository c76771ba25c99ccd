// One build works from a folder on disk, at the root of a host and below a
// path of it: every link leads somewhere, every page looks the same.
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { address, fileURL, kinds, pagesOf, sites } from './pages.mjs';

for (const name of ['sample', 'large']) {
	test(`from disk, every link of the ${name} site leads to a file and a place in it`, async ({ page }) => {
		const root = fileURL(sites[name], '');
		const read = async (url) => (isFile(url) ? readFileSync(fileURLToPath(url), 'utf8') : null);
		expect(await lost(page, root, pagesOf(sites[name]), read)).toEqual([]);
	});
}

test('below a path of a host, every link leads to a page and a place in it', async ({ page, request }) => {
	const root = sites.below.url;
	const read = async (url) => {
		const answer = await request.get(url);
		return answer.ok() || url.endsWith('/no/such/page') ? answer.text() : null;
	};
	expect(await lost(page, root, [...pagesOf(sites.below), 'no/such/page'], read)).toEqual([]);
});

// lost returns the links of the pages below root that lead nowhere: to what
// cannot be read, to what is not below root, to a place that a page does not
// have. It parses with the browser and does not load the pages.
async function lost(page, root, paths, read) {
	const texts = new Map();
	const get = async (url) => texts.get(url) ?? texts.set(url, await read(url)).get(url);
	const html = await Promise.all(paths.map((p) => get(root + p)));
	const parsed = await page.evaluate((list) => list.map((text) => {
		const doc = new DOMParser().parseFromString(text, 'text/html');
		return {
			links: [...doc.querySelectorAll('[href], [src]')].map((e) => e.getAttribute('href') ?? e.getAttribute('src')),
			ids: [...doc.querySelectorAll('[id]')].map((e) => e.id),
		};
	}), html);
	const places = new Map(paths.map((p, i) => [root + p, new Set(parsed[i].ids)]));
	const out = new Set();
	for (const [i, { links }] of parsed.entries()) {
		expect(links.length, paths[i]).toBeGreaterThan(3);
		for (const link of links) {
			const to = new URL(link, root + paths[i]);
			if (to.protocol === 'mailto:' || to.origin !== new URL(root).origin) continue;
			const id = decodeURIComponent(to.hash.slice(1));
			to.hash = '';
			const leads = to.href.startsWith(root) && (await get(to.href)) !== null && (id === '' || (places.get(to.href)?.has(id) ?? false));
			if (!leads) out.add(`${paths[i]} → ${link}`);
		}
	}
	return [...out];
}

function isFile(url) {
	return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() ?? false;
}

for (const kind of kinds.filter((k) => k.site === undefined)) {
	test(`${kind.name} looks the same wherever it stands`, async ({ page }) => {
		const look = async (url) => {
			await page.goto(url);
			expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')), `${url} is styled`).not.toBe('');
			return kind.name === 'search' ? settled(page) : page.screenshot();
		};
		const first = await look(address(kind));
		expect(first.equals(await look(sites.below.url + kind.path)), 'below a path').toBe(true);
		if (kind.status !== 404) expect(first.equals(await look(fileURL(sites.sample, kind.path))), 'from disk').toBe(true);
	});
}

// settled is where everything stands on a page that no longer changes: the
// search draws itself once its index is there, and a part that is drawn later is
// smoothed otherwise, so that pictures of it differ in single points.
async function settled(page) {
	await page.locator('#page\\:find input').first().waitFor();
	const layout = () => page.evaluate(() => JSON.stringify([...document.body.querySelectorAll('*')].map((e) => {
		const { x, y, width, height } = e.getBoundingClientRect();
		return width > 0 && height > 0 && [e.tagName, Math.round(x), Math.round(y), Math.round(width), Math.round(height), getComputedStyle(e).backgroundColor];
	}).filter(Boolean)));
	let before = '';
	for (let now = await layout(); now !== before; now = await layout()) {
		before = now;
		await page.waitForLoadState('networkidle');
	}
	return Buffer.from(before);
}
