// Two playbooks side by side: made by the generator for the two ends of the line,
// by the page's script for any other pair, and both must say the same.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { fileURL, sites } from './pages.mjs';

const repo = dirname(dirname(fileURLToPath(import.meta.url)));
const plumb = join(sites.sample?.dir ?? '', '../../plumb');

const fleet = 'playbooks/tool-fleet-contract.html';
const torque = 'playbooks/northline/measured-torque.html';
const counters = 'playbooks/basix/trade-counters.html';
const ends = ['playbooks/basix/diy-chain-tender.html', 'playbooks/northline/hospital-uptime.html'];

const query = (a, b, more = '') => `compare.html?${new URLSearchParams({ ...(a && { a }), ...(b && { b }) })}${more}`;

// Pages must run without a word on the console, within the policy, from this
// site alone.
test.beforeEach(async ({ page }, info) => {
	const faults = (info.faults = []);
	page.on('console', (m) => faults.push(`console: ${m.text()}`));
	page.on('pageerror', (err) => faults.push(`script: ${err}`));
	await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) => console.log(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
});
test.afterEach(({}, info) => expect(info.faults).toEqual([]));

// open shows a comparison once it is there.
async function open(page, url) {
	await page.goto(url);
	await expect(page.locator('#page\\:b')).toBeEnabled();
	await expect(page.locator('.comparison')).not.toHaveAttribute('aria-busy');
}

const html = (page) => page.locator('.comparison').innerHTML();
const sides = (page) => page.locator('.sides h2').allInnerTexts();
const roles = (page) => page.locator('.comparison .moves > h2').allInnerTexts();

// made returns the comparison that the generator made.
async function made(page, file) {
	const text = readFileSync(file, 'utf8');
	return page.evaluate((t) => new DOMParser().parseFromString(t, 'text/html').querySelector('.comparison').innerHTML, text);
}

// built builds a site of files for one test.
const temporary = [];
test.afterAll(() => temporary.forEach((dir) => rmSync(dir, { recursive: true })));
function built(files, from) {
	const dir = mkdtempSync(join(tmpdir(), 'plumb-compare-'));
	temporary.push(dir);
	if (from) for (const name of ['playbooks', 'plumb.yaml']) cpSync(join(from, name), join(dir, name), { recursive: true });
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(dir, name)), { recursive: true });
		writeFileSync(join(dir, name), text);
	}
	execFileSync(plumb, ['build', dir, '--out', join(dir, 'public'), '--as-of', '2026-11-01', '--quiet'], { stdio: 'inherit' });
	return { dir: join(dir, 'public') };
}

// endsAt is the sample with all playbooks retired but two.
function endsAt(...pair) {
	const files = {};
	for (const name of readdirSync(join(repo, 'playbooks'), { recursive: true })) {
		const path = `playbooks/${name}`;
		const text = name.endsWith('.md') ? readFileSync(join(repo, path), 'utf8') : '';
		if (!/^position:/m.test(text) || pair.includes(path.replace(/md$/, 'html'))) continue;
		files[path] = text.replace(/^status:.*\n/m, '').replace('---\n', '---\nstatus: retired\n');
	}
	return built(files, repo);
}

test('the script compares the ends of the line as the page does', async ({ page }) => {
	await open(page, sites.sample.url + query(...ends));
	expect(await html(page)).toBe(await made(page, join(sites.sample.dir, 'compare.html')));
});

for (const pair of [[counters, fleet], [torque, fleet], ['playbooks/cases/xiameter.html', 'playbooks/renewed-tools.html']]) {
	test(`the script compares as the generator does: ${pair.join(' with ')}`, async ({ page }) => {
		const site = endsAt(...pair);
		await open(page, sites.sample.url + query(...pair));
		const want = await made(page, join(site.dir, 'compare.html'));
		expect(await html(page)).toBe(want);
		expect(want).toContain('data-kind="metrics"');
	});
}

// hostile is two playbooks that try to be more than text, and hold all that the
// rules have to tell apart.
const hostile = {
	'playbooks/a & b+c.md': `---
title: "<img src=x onerror=alert(1)> </script> $& %s"
position: 10
segment: s
lang: ar
illustrative: true
---
## Value proposition

\`<script>alert(1)</script>\` & "more" $1 %d

## Selling tasks

- Everyone \`</script>\`

### Account manager

#### Before \`<b>\`

1. Same task
2. same TASK!
3. Mine %s

### Field engineer

- Alone

## Metrics

| Metric | Target |
| --- | --- |
| Price | 1 |
| \`<i>\` | 2 |

## People

- **Hire for:** calm
- **\`<u>\`:** odd
`,
	'playbooks/z.md': `---
title: Z
position: 90
segment: s
---
## Selling tasks

- Mine %s

### Account manager

#### After

1. Same task.

### Pricing analyst

- Price

## Metrics

| Metric | Target |
| --- | --- |
| Price | 3 |

## People

- **Hire for:** calm
- **Pay on:** profit
`,
	'playbooks/empty.md': '---\nposition: 50\nsegment: s\n---\n',
};

test('what an author wrote is text, by the generator and by the script', async ({ page }) => {
	const site = built(hostile);
	const a = 'playbooks/a & b+c.html';
	await open(page, fileURL(site, '') + query(a, 'playbooks/z.html'));
	const script = await html(page);
	expect(script).toBe(await made(page, join(site.dir, 'compare.html')));
	expect(await page.locator('.comparison :is(img, script, b, i, u)').count()).toBe(0);
	expect((await sides(page))[0]).toBe('<img src=x onerror=alert(1)> </script> $& %s');
	expect(await page.title()).toBe('<img src=x onerror=alert(1)> </script> $& %s → Z · Compare · Playbooks');
	expect(await page.locator('.comparison [lang=ar][dir=rtl]').count()).toBeGreaterThan(3);
	expect(await roles(page)).toEqual(['Account manager', 'Field engineer', 'Pricing analyst', 'Everyone else']);
	expect(await page.locator('[data-role=account-manager] li').allInnerTexts()).toEqual(['Everyone </script>', 'Mine %s\nBefore <b>', 'Same task.\nBefore <b> → After']);
	await page.locator('#page\\:b').selectOption('playbooks/empty.html');
	await expect(page.locator('.sides h2').nth(1)).toHaveText('Empty');
	expect(await page.locator('.compared').innerText()).toContain('<img src=x');

	const link = page.locator('.do-compare');
	await page.goto(fileURL(site, a));
	await link.click();
	await expect(page.locator('.sides h2').nth(1)).toHaveText('Z');
	expect(new URL(page.url()).searchParams.get('a')).toBe(a);
});

for (const from of ['host', 'disk']) {
	const root = () => (from === 'host' ? sites.below.url : fileURL(sites.sample, ''));

	test(`a reader compares any two playbooks, from ${from}`, async ({ page }) => {
		await open(page, root() + 'compare.html');
		expect(await sides(page)).toEqual(['DIY chain tender', 'Hospital uptime']);
		await expect(page.locator('#page\\:a')).toHaveValue(ends[0]);
		expect(page.url()).toBe(root() + 'compare.html');
		expect(await page.locator('.compared').innerText()).toBe('');

		const groups = await page.locator('#page\\:a optgroup').evaluateAll((list) => list.map((g) => [g.label, g.children[0].textContent]));
		expect(groups[0]).toEqual(['Make it for less', '0 · DIY chain tender']);
		expect(groups.at(-1)).toEqual(['Retired', '62 · Contractor starter kits']);

		await page.locator('#page\\:a').selectOption(torque);
		await expect(page.locator('.compared')).toHaveText('From “Measured torque” to “Hospital uptime”');
		await page.locator('#page\\:b').selectOption(fleet);
		await expect(page.locator('.compared')).toHaveText('From “Measured torque” to “Tool fleet contract”');
		expect(page.url()).toBe(`${root()}compare.html?a=${torque}&b=${fleet}`);
		expect(await page.title()).toBe('Measured torque → Tool fleet contract · Compare · Northline Tools playbooks');
		expect(await page.locator('[data-kind=support-processes] .both li').allInnerTexts()).toEqual(['Contract desk']);

		await page.getByRole('button', { name: 'Swap' }).click();
		await expect(page.locator('.compared')).toHaveText('From “Tool fleet contract” to “Measured torque”');
		await expect(page.locator('#page\\:a')).toHaveValue(fleet);
		await page.reload();
		await expect(page.locator('.sides h2').first()).toHaveText('Tool fleet contract');
	});
}

test('the chosen role stands first, the others are a tap away', async ({ page }) => {
	await open(page, sites.sample.url + query(torque, fleet, '&role=field-engineer'));
	expect((await roles(page))[0]).toBe('Field engineer');
	expect(await page.locator('.others .moves > h2').allTextContents()).toEqual(['Account manager', 'Inside sales', 'Calibration engineer']);
	await expect(page.locator('.others .moves').first()).toBeHidden();
	await page.locator('.others summary').click();
	await expect(page.locator('.others .moves').first()).toBeVisible();
	await page.locator('#page\\:a').selectOption(counters);
	await expect(page.locator('.sides h2').first()).toHaveText('Trade counter pallets');
	expect(new URL(page.url()).searchParams.get('role')).toBe('field-engineer');

	await page.evaluate(() => (document.documentElement.dataset.role = 'legal'));
	await expect(page.locator('.moves > h2').first()).toHaveText('Legal');
	await expect(page.locator('.moves[data-role=legal] .none')).toHaveText('Neither playbook has tasks for this role.');
	await page.evaluate(() => delete document.documentElement.dataset.role);
	await expect(page.locator('.others')).toHaveCount(0);
});

test('a playbook is compared with the end of the line that is farther away', async ({ page }) => {
	for (const [path, other] of [[counters, ends[1]], [fleet, ends[0]], [ends[0], ends[1]], [ends[1], ends[0]], ['playbooks/northline/starter-kits.html', ends[0]]]) {
		await open(page, sites.sample.url + query(path));
		await expect(page.locator('#page\\:b')).toHaveValue(other);
		await open(page, sites.sample.url + query('', path));
		await expect(page.locator('#page\\:a')).toHaveValue(other);
	}
	await page.goto(sites.sample.url + fleet);
	await page.locator('.do-compare').click();
	await expect(page.locator('.sides h2').first()).toHaveText('Tool fleet contract');
});

test('an address that names no playbook says so and leaves the choice', async ({ page }) => {
	const asked = [];
	page.on('request', (r) => asked.push(r.url()));
	for (const bad of ['playbooks/no.html', '//example.com/x.js', '../../x', 'javascript:alert(1)', '__proto__', '<img src=x>', ' ']) {
		await open(page, sites.sample.url + query(bad, fleet));
		await expect(page.locator('.comparison')).toHaveText('There is no playbook at this address. Choose one above.');
		await expect(page.locator('#page\\:b')).toHaveValue(fleet);
		await page.locator('#page\\:a').selectOption(counters);
		await expect(page.locator('.sides h2').first()).toHaveText('Trade counter pallets');
	}
	const known = ['', '/tool-fleet-contract', '/basix/trade-counters'].map((name) => `${sites.sample.url}data/playbooks${name}.js`);
	expect(new Set(asked.filter((url) => !url.startsWith(sites.sample.url) || url.includes('/data/')))).toEqual(new Set(known));
});

test('what cannot be loaded is said, and can be tried again', async ({ page }, info) => {
	await open(page, sites.sample.url + 'compare.html');
	await page.route('**/data/playbooks/tool-fleet-contract.js', (route) => route.abort());
	await page.locator('#page\\:a').selectOption(fleet);
	await expect(page.locator('.comparison')).toHaveText('This could not be loaded. Check your connection, then try again.');
	await page.unroute('**/data/playbooks/tool-fleet-contract.js');
	await page.locator('#page\\:a').selectOption(fleet);
	await expect(page.locator('.sides h2').first()).toHaveText('Tool fleet contract');
	expect(info.faults.splice(0)).toEqual(['console: Failed to load resource: net::ERR_FAILED']);
});

test('without JavaScript the ends of the line are compared, and nothing asks for a choice', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(sites.sample.url + query(torque, fleet));
	expect(await sides(page)).toEqual(['DIY chain tender', 'Hospital uptime']);
	await expect(page.locator('.choose')).toBeHidden();
	expect(await page.locator('.moves').count()).toBeGreaterThan(3);
	await context.close();
});

test('a large site is chosen from in parts', async ({ page }) => {
	const files = {};
	for (let i = 0; i < 900; i++) files[`playbooks/a-long-folder-name/p${i}.md`] = `---\ntitle: ${'Offer '.repeat(6)}${i}\nposition: ${i % 101}\nsegment: s\n---\n## Selling tasks\n\n- Task ${i}\n`;
	const site = built(files);
	const scripts = readdirSync(join(site.dir, 'data')).filter((name) => name.startsWith('playbooks-'));
	expect(scripts.length).toBeGreaterThan(1);
	const path = (i) => `playbooks/a-long-folder-name/p${i}.html`;
	await open(page, fileURL(site, '') + query(path(7), path(8)));
	await expect(page.locator('#page\\:a')).toHaveValue(path(7));
	const parts = page.getByRole('combobox', { name: 'Another part of the line: To' });
	await parts.selectOption({ index: scripts.length });
	await page.locator('#page\\:b').selectOption(path(98));
	await expect(page.locator('.moves .come li')).toHaveText('Task 98');
	await page.locator('#page\\:b').selectOption(path(8));
	await expect(page.locator('.moves .come li')).toHaveText('Task 8');
});

test('the comparison has no fault that axe knows and fits every screen', async ({ page }) => {
	await open(page, sites.sample.url + query(torque, fleet, '&role=account-manager'));
	await page.locator('.others summary').click();
	for (const colorScheme of ['light', 'dark']) {
		await page.emulateMedia({ colorScheme });
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
			expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`))).toEqual([]);
			expect(await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
		}
	}
});

test('the keyboard alone chooses', async ({ page }) => {
	await open(page, sites.sample.url + query(torque, fleet));
	await page.locator('#page\\:a').focus();
	await page.keyboard.press('Home');
	await expect(page.locator('.sides h2').first()).toHaveText('DIY chain tender');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('button', { name: 'Swap' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('.sides h2').nth(1)).toHaveText('DIY chain tender');
	await expect(page.getByRole('button', { name: 'Swap' })).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(page.locator('#page\\:b')).toBeFocused();
});

test('a comparison prints on two pages', async ({ page }) => {
	await open(page, sites.sample.url + query(torque, fleet));
	const pdf = await page.pdf({ format: 'A4' });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length).toBeLessThanOrEqual(2);
});
