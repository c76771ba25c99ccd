// Pagefind, driven by its own API in a browser.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { files, here, weigh } from './site.mjs';

export const folder = 'pagefind';

// The pages that hold the texts: lists that only repeat them are left out, and of
// a page what is no text. That is to Pagefind's advantage. One index for all
// languages, as Plumb's is.
const options = [
	'--glob', '{playbooks/**/*,about}.html', '--root-selector', 'main', '--force-language', 'en', '--quiet',
	'--exclude-selectors', '.crumbs,.contents,.contents-open,.write,.jump,.no-tasks,.stamp,.trade',
];

export function build(site) {
	rmSync(join(site, folder), { recursive: true, force: true });
	const begun = performance.now();
	execFileSync(join(here, 'node_modules/.bin/pagefind'), ['--site', site, '--output-subdir', folder, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
	return performance.now() - begun;
}

// index weighs what searching needs: neither its user interfaces nor the code for
// other languages.
export function index(site) {
	const path = join(site, folder);
	return weigh(path, files(path).filter((name) => !/ui\.(js|css)$|highlight|wasm\.unknown/.test(name)));
}

// open loads the API into an empty page.
export async function open(page, root) {
	await page.goto(`${root}bench.html`);
	await page.evaluate(async (address) => { window.pagefind = await import(address); }, `${root}${folder}/pagefind.js`);
}

// ask returns the pages of the first results, their texts loaded.
export const ask = (page, query, count) => page.evaluate(async ([text, n]) => {
	const { results } = await window.pagefind.search(text);
	const data = await Promise.all(results.slice(0, n).map((r) => r.data()));
	return data.map((d) => decodeURI(d.url.slice(1)));
}, [query, count]);

// refused tells what a browser says where the policy of Plumb's pages holds.
export async function refused(page, root) {
	const said = [];
	page.on('console', (message) => said.push(message.text()));
	try {
		await open(page, root);
		const found = await ask(page, 'customer price', 3);
		return found.length > 0 ? '' : said.join(' ');
	} catch (error) {
		return error.message.split('\n').slice(0, 2).join(' ');
	}
}
