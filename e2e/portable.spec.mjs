// One build works from a folder on disk, at the root of a host and below a
// path of it: every link leads somewhere, every page looks the same.
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { address, fileURL, kinds, pagesOf, sites } from './pages.mjs';

for (const name of ['sample', 'large']) {
	test(`from disk, every link of the ${name} site leads to a file and a place in it`, async ({ page }) => {
		test.slow();
		const site = sites[name];
		await check(page, pagesOf(site).map((p) => fileURL(site, p)), (url) => url.startsWith(fileURL(site, '')) && isFile(url));
	});
}

test('below a path of a host, every link leads to a page and a place in it', async ({ page, request }) => {
	const site = sites.below;
	const status = new Map();
	const stands = async (url) => {
		if (!status.has(url)) status.set(url, url.startsWith(site.url) && (await request.get(url)).ok());
		return status.get(url);
	};
	await check(page, pagesOf(site).map((p) => site.url + p), stands);
	await check(page, [site.url + 'no/such/page'], stands);
});

// check opens every page and fails with the list of links that lead nowhere.
async function check(page, urls, stands) {
	const wanted = [];
	const places = new Map();
	for (const url of urls) {
		await page.goto(url);
		const { links, ids } = await page.evaluate(() => ({
			links: [...document.querySelectorAll('[href], [src]')].map((e) => e.href?.baseVal ?? (e.href || e.src)),
			ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
		}));
		expect(links.length, url).toBeGreaterThan(3);
		wanted.push(...links.map((link) => [url, link]));
		places.set(url, new Set(ids));
	}
	const lost = [];
	for (const [from, link] of wanted) {
		const [to, id] = link.split('#');
		const found = (await stands(to)) && (id === undefined || !places.has(to) || places.get(to).has(decodeURIComponent(id)));
		if (!found && !/^(https?|mailto|tel):/.test(link.replace(sites.below.url, ''))) lost.push(`${from} → ${link}`);
	}
	expect([...new Set(lost)]).toEqual([]);
}

function isFile(url) {
	return statSync(fileURLToPath(url), { throwIfNoEntry: false })?.isFile() ?? false;
}

for (const kind of kinds.filter((k) => k.site === undefined)) {
	test(`${kind.name} looks the same wherever it stands`, async ({ page }) => {
		const look = async (url) => {
			await page.goto(url);
			expect(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')), `${url} is styled`).not.toBe('');
			return page.screenshot();
		};
		const first = await look(address(kind));
		expect(first.equals(await look(sites.below.url + kind.path)), 'below a path').toBe(true);
		if (kind.status !== 404) expect(first.equals(await look(fileURL(sites.sample, kind.path))), 'from disk').toBe(true);
	});
}
