// The desk: the pages for those who write the playbooks, in a build that was asked
// for them and in the preview.
import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import jar from 'vnu-jar';
import { sites } from './pages.mjs';
import { open, Site } from './preview.mjs';
import { test } from './reader.mjs';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));
const plumb = join(sites.sample?.dir ?? '', '../../plumb');
const names = ['index', 'findings', 'owners', 'coverage', 'roles', 'reviews', 'completeness', 'metrics', 'processes', 'initiatives', 'compare', 'reading', 'reading/playbooks/tool-fleet-contract'];

let folder;
let url;

// The sample with a role on both sides, buyers that were copied, a playbook without
// an owner and formulas for names, built with --desk and read from disk. Its findings are none of errors.
base.beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'plumb-desk-'));
	for (const name of ['playbooks', 'plumb.yaml']) cpSync(join(repo, name), join(folder, name), { recursive: true });
	edit('playbooks/tool-fleet-contract.md', /^### Account manager$/m, '### Counter sales');
	edit('playbooks/tool-fleet-contract.md', /^owner:.*\n/m, '');
	edit('playbooks/renewed-tools.md', /^owner:.*$/m, 'owner: "=HYPERLINK(1)"');
	const auditors = `\n## Buyers\n\n${Array.from({ length: 20 }, (_, i) => `- **Auditor ${i + 1}** Buys on: proof\n`).join('')}`;
	for (const name of ['basix/diy-chain-tender', 'northline/hospital-uptime']) appendFileSync(join(folder, `playbooks/${name}.md`), auditors);
	execFileSync(plumb, ['build', folder, '--desk', '--as-of', '2026-11-01', '--quiet'], { stdio: ['ignore', 'inherit', 'ignore'] });
	url = pathToFileURL(join(folder, 'public/desk/')).href;
});
base.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edit(name, from, to) {
	const before = readFileSync(join(folder, name), 'utf8');
	const after = before.replace(from, to);
	if (after === before) throw new Error(`${name} has no ${from}`);
	writeFileSync(join(folder, name), after);
}

const read = (name) => readFileSync(join(folder, 'public', name), 'utf8');

// records are the fields of a CSV file; none of the sample's holds a line's end.
const records = (name) => read(name).replace(/^\ufeff/, '').trimEnd().split('\r\n').map((line) => JSON.parse(`[${line.replaceAll('\\', '\\\\').replaceAll('""', '\\"').replaceAll(',\\",', ',"",').replaceAll(',\\",', ',"",').replace(/,\\"$/, ',""')}]`));

test('every page is led to, and every link leads somewhere', async ({ page }) => {
	await page.goto(url + 'findings.html');
	const nav = await page.locator('.desk-nav a').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
	expect(nav).toEqual(names.slice(0, -1).map((n) => `${n}.html`));
	await page.goto(url + 'index.html');
	const pages = await page.locator('.desk-pages a').evaluateAll((list) => list.map((a) => a.getAttribute('href')));
	expect(pages).toEqual(nav.slice(1));
	for (const name of names) {
		await page.goto(`${url}${name}.html`);
		expect(await page.locator('h1').count(), name).toBe(1);
		const links = await page.locator('main a[href]').evaluateAll((list) => list.map((a) => a.href));
		for (const link of new Set(links)) {
			const [path, anchor] = link.split('#');
			const file = fileURLToPath(path.split('?')[0]);
			expect(existsSync(file), `${name}: ${link}`).toBe(true);
			if (anchor && file.endsWith('.html')) expect(readFileSync(file, 'utf8'), `${name}: ${link}`).toContain(`id="${decodeURIComponent(anchor)}"`);
		}
	}
});

test('a build that was not asked for it has nothing of the desk', () => {
	const files = readdirSync(sites.sample.dir, { recursive: true });
	expect(files.filter((f) => /^desk\b|theme.desk/.test(f))).toEqual([]);
	for (const f of files.filter((f) => /\.(html|js|json|css)$/.test(f))) {
		expect(readFileSync(join(sites.sample.dir, f), 'utf8').includes('desk/index.html'), f).toBe(false);
	}
});

test('a table is sorted with the keyboard, up and then down', async ({ page }) => {
	await page.goto(`${url}reviews.html`);
	const table = page.locator('[data-list=reviews] table');
	const column = () => table.locator('tbody td:nth-child(4)').allTextContents();
	const before = await column();
	const head = table.getByRole('columnheader', { name: 'Position' });
	await head.getByRole('button').focus();
	await page.keyboard.press('Enter');
	await expect(head).toHaveAttribute('aria-sort', 'ascending');
	const up = await column();
	expect(up.map(Number)).toEqual(before.map(Number).sort((a, b) => a - b));
	await page.keyboard.press('Space');
	await expect(head).toHaveAttribute('aria-sort', 'descending');
	expect(await column()).toEqual(up.reverse());
	await table.getByRole('columnheader', { name: 'Due' }).getByRole('button').click();
	await expect(head).not.toHaveAttribute('aria-sort');
	const days = await table.locator('tbody th').evaluateAll((list) => list.map((c) => c.dataset.sort));
	expect(days).toEqual([...days].sort());
});

test('a role on both sides is said so in words, and drawn', async ({ page }) => {
	await page.goto(`${url}roles.html`);
	const row = page.getByRole('row', { name: /Counter sales/ });
	await expect(row).toContainText('Both sides');
	await expect(row).toContainText('8 · 25 · 78');
	await expect(row).toHaveClass('odd');
	await expect(page.getByRole('row', { name: /^Legal/ })).toContainText('shared on purpose');
	const [first, last] = await row.locator('circle').evaluateAll((list) => [list[0], list.at(-1)].map((c) => c.getBoundingClientRect().x));
	expect(last - first).toBeGreaterThan(80);
});

test('findings lead to the part of the page they are about', async ({ page }) => {
	await page.goto(`${url}findings.html`);
	await page.locator('[data-list=rules]').getByRole('link', { name: 'role-on-both-sides' }).click();
	await expect(page.locator('tr:target th')).toHaveText('role-on-both-sides');
	await page.locator('tr:target [data-col=evidence] a').first().click();
	await expect(page.locator('main :target')).toBeInViewport();
	expect(page.url()).toContain('/playbooks/');
});

test('the files say what the tables say, and no field is a formula', async ({ page }) => {
	for (const name of names.slice(1, -1)) {
		await page.goto(`${url}${name}.html`);
		for (const list of await page.locator('.desk-list:has(table)').all()) {
			const [link] = await list.locator('a[download]').evaluateAll((l) => l.map((a) => a.getAttribute('href')));
			const text = read(`desk/${link}`);
			expect(text.startsWith('\ufeff"'), link).toBe(true);
			expect(text.replaceAll('\r\n', ''), link).not.toMatch(/[\r\n]/);
			expect(text, link).not.toMatch(/(^\ufeff?|[,\n])"[=+\-@\t]/m);
			const lines = text.trimEnd().split('\r\n');
			const rows = await list.locator('tbody tr').count();
			expect(lines.length - 1, link).toBeGreaterThanOrEqual(rows);
		}
	}
	expect(records('desk/reviews.csv')[0]).toEqual(['Due', 'When', 'Playbook', 'Position', 'Owner', 'Reviewed']);
	expect(read('desk/reviews.csv')).toContain('"\'=HYPERLINK(1)"');
});

test('the calendar has every date once', async () => {
	const text = read('desk/reviews.ics');
	expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
	expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
	const ids = text.match(/^UID:.*$/gm);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.length).toBe(records('desk/reviews.csv').slice(1).filter(([due]) => due).length);
});

test('two playbooks are set side by side, with what both have', async ({ page }) => {
	await page.goto(`${url}compare.html`);
	const both = page.locator('.desk-same > div');
	await expect(both.locator('li.odd')).toContainText('Buyers 20 of 24 are the same copiedAuditor 1 · Auditor 2');
	const made = await both.innerHTML();
	await page.locator('#page\\:a').selectOption({ index: 2 });
	await expect(both).not.toContainText('Auditor');
	await page.locator('#page\\:a').selectOption({ index: 1 });
	await expect(page.locator('.sides h2').first()).toHaveText('DIY chain tender');
	await expect.poll(() => both.innerHTML()).toBe(made); // as the generator wrote it
	await page.getByRole('button', { name: 'Swap' }).click();
	await expect(page.locator('.sides h2').first()).toHaveText('Hospital uptime');
	await expect(both.locator('li.odd')).toContainText('Buyers 20 of 24');
	await page.locator('.sides h2 a').first().click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hospital uptime');
});

test('what the table of findings marks stands in the other tables too', async ({ page }) => {
	await page.goto(`${url}findings.html`);
	await expect(page.locator('[data-list=rules]')).toContainText('copied-across-the-line');
	await page.goto(`${url}compare.html`);
	await page.locator('[data-list=pairs]').getByRole('link', { name: 'Side by side' }).first().click();
	await expect(page.locator('.desk-same li.odd').first()).toContainText('copied');
});

// To look at style sheets axe asks for them anew, which a page on disk may not: the
// console says so, and nothing is wrong.
const colours = ['color-contrast', 'link-in-text-block'];
for (const name of names) {
	base(`${name} has no fault that axe knows, and is no wider than a phone`, async ({ page }) => {
		await page.goto(`${url}${name}.html`);
		for (const width of [320, 768, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			for (const colorScheme of ['light', 'dark']) {
				await page.emulateMedia({ colorScheme });
				const axe = new AxeBuilder({ page }).setLegacyMode();
				const { violations } = await (colorScheme === 'dark' ? axe.withRules(colours) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])).analyze();
				expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), `${colorScheme}, ${width}`).toEqual([]);
			}
			expect(await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth), `${width}`).toBe(0);
		}
	});
}

test('without scripts the pages say the same', async ({ browser, page }) => {
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const quiet = await plain.newPage();
	for (const name of names.filter((n) => n !== 'compare')) {
		await quiet.goto(`${url}${name}.html`);
		await page.goto(`${url}${name}.html`);
		expect(await quiet.locator('main table, main dl').allInnerTexts(), name).toEqual(await page.locator('main table, main dl').allInnerTexts());
		expect(await quiet.locator('main button').count(), name).toBe(0);
	}
	await plain.close();
});

test('the checker finds nothing in any page of the desk', async () => {
	test.setTimeout(120_000);
	const dir = join(folder, 'public/desk');
	const files = readdirSync(dir, { recursive: true }).filter((f) => f.endsWith('.html')).map((f) => join(dir, f));
	const args = ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', String(jar), '--exit-zero-always', '--stdout', '--format', 'json', ...files];
	const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 64 << 20 });
	expect(JSON.parse(stdout).messages.map((m) => `${m.url}:${m.lastLine} ${m.message} ${m.extract}`)).toEqual([]);
});

test('the preview has the desk of what was saved last', async ({ page }) => {
	const site = new Site();
	try {
		await site.start();
		await open(page, site, 'desk/reviews.html');
		await expect(page.locator('[data-list=reviews] tbody')).toContainText('Tool fleet contract');
		site.edit('playbooks/tool-fleet-contract.md', /^title:.*$/m, 'title: Tool fleet, renamed');
		await expect(page.locator('[data-list=reviews] tbody')).toContainText('Tool fleet, renamed');
		const head = page.getByRole('columnheader', { name: 'Position' });
		await head.getByRole('button').click();
		await expect(head).toHaveAttribute('aria-sort', 'ascending');
	} finally {
		await page.close(); // its stream would be cut off
		await site.stop();
		site.remove();
	}
});
