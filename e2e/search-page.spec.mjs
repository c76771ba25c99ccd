// The page of the search: what narrows it down, all of it in the address, and a
// list from A to Z while nothing is asked for.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { fileURL, sites } from './pages.mjs';
import { keep, kept, root, test } from './reader.mjs';

const field = (page) => page.getByRole('searchbox', { name: 'What are you looking for?' });
const results = (page) => page.locator('#page\\:find .ref');
const heading = (page) => page.locator('#page\\:find .pair h2').last();
const status = (page) => page.locator('#page\\:find [role=status]');
const kind = (page, name) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) });
const handle = (page, name) => page.getByRole('slider', { name });
const range = (page) => page.locator('.facet .value');
const query = (page) => Object.fromEntries([...new URL(page.url()).searchParams].filter(([name]) => name !== 'role'));

const count = async (page) => Number((await heading(page).textContent()).match(/^(\d+) results?$/)[1]);

// open opens the page with a search.
async function open(page, asked, from = root) {
	await page.goto(`${from}search.html?${new URLSearchParams(asked)}`);
	await expect(heading(page)).toHaveText(/\d+ result/);
}

for (const [name, from] of [['over HTTP', root], ['below a path', sites.below?.url], ['from disk', fileURL(sites.sample ?? { dir: '' }, '')]]) {
	test(`${name}, a search can be typed, shared and gone back to`, async ({ page, context }) => {
		await page.goto(`${from}search.html`);
		await expect(page.locator('.az')).toBeVisible();
		await field(page).fill('crew hours');
		await expect(results(page).first()).toBeVisible();
		await expect(page.locator('.az')).toBeHidden();
		await expect.poll(() => query(page)).toEqual({ q: 'crew hours' });
		await field(page).press('Enter');
		await field(page).fill('loan pool');
		await kind(page, 'Processes').check();
		await expect.poll(() => query(page)).toEqual({ q: 'loan pool', kind: 'process' });
		const texts = await results(page).allTextContents();
		expect(texts.filter((text) => !text.includes('Process'))).toEqual([]);
		await field(page).press('Enter');

		const other = await context.newPage();
		await other.goto(page.url());
		await expect(results(other)).toHaveText(texts);
		await expect(kind(other, 'Processes')).toBeChecked();
		await expect(field(other)).toHaveValue('loan pool');

		await page.goBack();
		await expect(field(page)).toHaveValue('crew hours');
		await expect(kind(page, 'Processes')).not.toBeChecked();
		await expect(results(page).first()).toContainText(/crew|hours/i);
		await page.goBack();
		await expect(field(page)).toHaveValue('');
		await expect(page.locator('.az')).toBeVisible();
		await expect(results(page)).toHaveCount(0);
		await page.goForward();
		await page.goForward();
		await expect(results(page)).toHaveText(texts);

		await results(page).getByRole('link').first().click();
		await expect(page.locator(':target')).toBeVisible();
		await page.goBack();
		await expect(results(page)).toHaveText(texts);
	});
}

test('each count is what a choice leaves', async ({ page }) => {
	await open(page, { q: 'crew' });
	const all = await count(page);
	const tasks = Number(await page.locator('.facet label', { hasText: 'Tasks' }).locator('.count').textContent());
	expect(tasks).toBeGreaterThan(0);
	expect(tasks).toBeLessThan(all);
	await kind(page, 'Tasks').check();
	await expect(heading(page)).toHaveText(tasks === 1 ? '1 result' : `${tasks} results`);
	await kind(page, 'Objections').check();
	await expect.poll(() => new URL(page.url()).searchParams.getAll('kind')).toEqual(['task', 'objection']);
	expect(await count(page)).toBeGreaterThanOrEqual(tasks);

	for (const name of ['Role', 'Segment']) {
		await open(page, { q: 'crew' });
		const select = page.getByRole('combobox', { name });
		const choice = await select.locator('option').nth(1).textContent();
		const left = Number(choice.match(/\((\d+)\)$/)[1]);
		await select.selectOption({ index: 1 });
		await expect(heading(page)).toHaveText(left === 1 ? '1 result' : `${left} results`);
		await expect(select).toHaveValue(/./);
		await expect.poll(() => query(page)).toHaveProperty(name === 'Role' ? 'for' : 'segment');
		await page.reload();
		await expect(heading(page)).toHaveText(left === 1 ? '1 result' : `${left} results`);
	}
});

test('a range of places is chosen with two handles that cannot cross, by keys alone', async ({ page }) => {
	await open(page, { q: 'price' });
	await expect(range(page)).toHaveText('between 0 and 100');
	await expect(page.locator('.handles rect').first()).toBeAttached();
	const all = await count(page);
	await handle(page, 'From').focus();
	await page.keyboard.press('PageUp');
	await page.keyboard.press('ArrowRight');
	const from = Number(await handle(page, 'From').inputValue());
	expect(from).toBeGreaterThan(1);
	await expect(handle(page, 'From')).toHaveAttribute('aria-valuetext', `${from} of 100`);
	await expect(range(page)).toHaveText(`between ${from} and 100`);
	await page.keyboard.press('End');
	await expect(handle(page, 'From')).toHaveValue('100');
	await page.keyboard.press('Home');
	await page.keyboard.press('Tab');
	await expect(handle(page, 'To')).toBeFocused();
	await page.keyboard.press('Home');
	await expect(range(page)).toHaveText('between 0 and 0');
	for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowRight');
	await expect(range(page)).toHaveText('between 0 and 30');
	await handle(page, 'From').focus();
	await page.keyboard.press('End');
	await expect(range(page)).toHaveText('between 30 and 30');
	await page.keyboard.press('Home');

	await expect.poll(() => query(page)).toEqual({ q: 'price', to: '30' });
	await expect(results(page).first()).toBeVisible();
	expect(await count(page)).toBeLessThan(all);
	const places = await results(page).locator('.place').allTextContents();
	expect(places.filter((text) => !(Number(text.match(/(\d+) of 100/)?.[1]) <= 30))).toEqual([]);
});

test('a handle that lies on the other can be taken away from it with the mouse', async ({ page }) => {
	for (const [at, name, to] of [['100', 'From', 20], ['0', 'To', 80]]) {
		await open(page, { q: 'price' });
		await page.locator('.handles').scrollIntoViewIfNeeded();
		const box = await page.locator('.handles').boundingBox();
		const x = (value) => box.x + 14 + (box.width - 28) * value / 100;
		const y = box.y + box.height / 2;
		const drag = async (a, b) => {
			await page.mouse.move(x(a), y);
			await page.mouse.down();
			await page.mouse.move(x(b), y, { steps: 4 });
			await page.mouse.up();
		};
		await drag(100 - Number(at), Number(at));
		await expect(range(page)).toHaveText(`between ${at} and ${at}`);
		await drag(Number(at), to);
		await expect(handle(page, name)).toHaveValue(/^(19|20|21|79|80|81)$/);
	}
});

test('more results come at the end, and the focus goes to the first of them', async ({ page }) => {
	await open(page, { q: 'price' });
	const all = await count(page);
	expect(all).toBeGreaterThan(10);
	await expect(results(page)).toHaveCount(10);
	await page.getByRole('button', { name: 'Show more' }).press('Enter');
	await expect(results(page)).toHaveCount(Math.min(all, 20));
	await expect(results(page).nth(10).getByRole('link')).toBeFocused();
	await expect(status(page)).toHaveText(new RegExp(`^${Math.min(all, 20)} of ${all} results$`));
	const links = await results(page).getByRole('link').evaluateAll((list) => list.map((a) => a.href));
	expect(new Set(links).size).toBe(links.length);
});

test('nothing found: what helps is said, the list from A to Z comes back, filters can be dropped', async ({ page }) => {
	await page.goto(`${root}search.html?q=zzxqy`);
	await expect(heading(page)).toHaveText('Nothing found for “\u2068zzxqy\u2069”.');
	await expect(status(page)).toHaveText('Nothing found for “\u2068zzxqy\u2069”.');
	await expect(page.locator('#page\\:find')).toContainText('Try fewer words');
	await expect(page.locator('.az')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Remove all filters' })).toHaveCount(0);

	await page.goto(`${root}search.html?q=three+years+too+long&kind=buyer&from=40&to=41`);
	await expect(heading(page)).toHaveText(/^Nothing found/);
	await expect(page.locator('.fold')).toHaveAttribute('open');
	await page.getByRole('button', { name: 'Remove all filters' }).click();
	await expect(results(page).first()).toContainText('Three years is too long');
	await expect(field(page)).toBeFocused();
	await expect.poll(() => query(page)).toEqual({ q: 'three years too long' });
});

test('results with some of the words stand below a heading, or it is said that none has all', async ({ page }) => {
	await open(page, { q: 'three years too long' });
	await expect(page.locator('#page\\:find h3')).toHaveText('With some of the words');
	await open(page, { q: 'foreman calibration pallet' });
	await expect(page.locator('#page\\:find')).toContainText('Nothing has all words; these have some.');
	await expect(page.locator('#page\\:find h3')).toHaveCount(0);
});

test('what only other roles have is a choice away', async ({ page }) => {
	await page.goto(`${root}index.html?role=legal`);
	await open(page, { q: 'finance director cost per working hour' });
	const before = await count(page);
	await page.getByRole('link', { name: /^Nothing for Legal/ }).click();
	await expect.poll(() => query(page).for).toBeTruthy();
	expect(await count(page)).toBeLessThanOrEqual(before);
	await expect(page.locator('.place').first()).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Role' })).not.toHaveValue('');
});

test('an address with what the site does not know shows what it does', async ({ page }) => {
	await open(page, { q: 'price', kind: 'nonsense', for: '__proto__', segment: '<b>', from: '9e9', to: '-3' });
	await expect(range(page)).toHaveText('between 0 and 100');
	for (const [from, to, text] of [['999', '', '100 and 100'], ['80', '20', '20 and 80'], ['', '7', '0 and 7']]) {
		await page.goto(`${root}search.html?q=price&from=${from}&to=${to}`);
		await expect(range(page)).toHaveText(`between ${text}`);
	}
	expect(await page.locator('#page\\:find b').count()).toBe(0);
});

test('a slash goes to its field, and a search that led somewhere is remembered', async ({ page }) => {
	await open(page, { q: 'loan pool' });
	await keep(page, 'searches', []);
	await page.locator('h1').click();
	await page.keyboard.press('/');
	await expect(field(page)).toBeFocused();
	await results(page).getByRole('link').first().click();
	await expect(page.locator(':target')).toBeVisible();
	expect(await kept(page, 'searches')).toEqual(['loan pool']);
});

test('what cannot be loaded is said, and the list from A to Z is there', async ({ browser }) => {
	for (const lost of ['**/theme/search.js', '**/search/root.js']) {
		const page = await browser.newPage({ serviceWorkers: 'block' });
		await page.route(lost, (route) => route.abort());
		await page.goto(`${root}search.html?q=loan+pool`);
		await expect(page.locator('#page\\:find')).toContainText('The search could not be loaded.');
		await expect(page.locator('.az')).toBeVisible();
		await page.close();
	}
});

test('on paper are the results, not what asks for them', async ({ page }) => {
	await open(page, { q: 'price', from: '10' });
	await page.emulateMedia({ media: 'print' });
	await expect(results(page).first()).toBeVisible();
	for (const gone of [page.locator('.find'), page.locator('.fold'), page.locator('.facet').first(), page.getByRole('button', { name: 'Show more' })]) await expect(gone).toBeHidden();
});

for (const colorScheme of ['light', 'dark']) {
	test(`with results it has no fault that axe knows, and fits, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await open(page, { q: 'three years too long', from: '10' });
		for (const width of colorScheme === 'dark' ? [1280] : [320, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
			expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), `${width}`).toEqual([]);
			expect(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth)).toBe(true);
		}
	});
}
