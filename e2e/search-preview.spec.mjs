// The search in “plumb serve”, where the index changes while a page stands open. A
// page may meet an index that has just gone; a browser's word on that is no fault.
import { expect, test as base } from '@playwright/test';
import { open, Site, source } from './preview.mjs';

const test = base.extend({
	site: async ({}, use) => {
		const site = new Site();
		await site.start();
		await use(site);
		await site.stop();
		site.remove();
	},
});

// found types a text anew until the first result has some words: an index may be
// two seconds old.
async function found(field, first, text, words) {
	await expect(async () => {
		await field.fill('');
		await field.fill(text);
		await expect(first).toContainText(words, { timeout: 1000 });
	}).toPass({ timeout: 20_000 });
}

test('what was saved while a page stands open is found there, without leaving it', async ({ page, site }) => {
	await open(page, site);
	await page.keyboard.press('/');
	const field = page.getByRole('combobox', { name: 'Search' });
	const first = page.getByRole('option').first();
	await found(field, first, 'map tools sites', 'Map tools, sites');
	await field.fill('zebrafish');
	await expect(page.locator('dialog.finder')).toContainText('Nothing found');

	site.edit(source, 'Map tools, sites', 'Map zebrafish, sites');
	await found(field, first, 'zebrafish', 'Map zebrafish, sites');
	site.edit(source, 'Map zebrafish, sites', 'Map axolotls, sites');
	await found(field, first, 'axolotls', 'Map axolotls, sites');
});

test('on its page the results and the choices are new too', async ({ page, site }) => {
	await open(page, site, 'search.html');
	const field = page.getByRole('searchbox');
	const first = page.locator('#page\\:find .ref').first();
	await found(field, first, 'map tools sites', 'Map tools, sites');
	const segments = page.getByRole('combobox', { name: 'Segment' });
	await expect(segments).not.toContainText('Zebrafish');

	site.edit('plumb.yaml', 'title: Mid-size contractors', 'title: Zebrafish contractors');
	site.edit(source, 'Map tools, sites', 'Map zebrafish, sites');
	await found(field, first, 'map zebrafish sites', 'Map zebrafish, sites');
	await expect(segments).toContainText('Zebrafish contractors');
});
