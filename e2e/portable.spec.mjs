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

// settled is a picture of a page that no longer changes: the index of the search
// is there when it comes.
async function settled(page) {
	await page.locator('#page\\:find input').first().waitFor();
	let before = await page.screenshot();
	for (;;) {
		await page.waitForLoadState('networkidle');
		const now = await page.screenshot();
		if (now.equals(before)) return now;
		before = now;
	}
}
