// The promises of DESIGN §2.3: nothing inline, nothing from another host,
// everything readable without scripts.
import { expect, test } from '@playwright/test';
import { address, kinds } from './pages.mjs';

for (const kind of kinds) {
	test(`${kind.name} runs under the strict policy and asks nobody else`, async ({ page }) => {
		const faults = [];
		const { host } = new URL(address(kind));
		page.on('console', (m) => m.location().url.endsWith(kind.path) && kind.status === 404 && m.text().includes('404') || faults.push(`console: ${m.text()}`));
		page.on('pageerror', (err) => faults.push(`script: ${err}`));
		page.on('requestfailed', (r) => faults.push(`failed: ${r.url()}`));
		page.on('request', (r) => new URL(r.url()).host === host || faults.push(`another host: ${r.url()}`));
		page.on('response', (r) => r.status() < 400 || r.url() === address(kind) || faults.push(`${r.status()}: ${r.url()}`));
		await page.addInitScript(() => {
			window.violations = [];
			document.addEventListener('securitypolicyviolation', (e) => window.violations.push(`${e.violatedDirective}: ${e.blockedURI}`));
		});

		const response = await page.goto(address(kind), { waitUntil: 'networkidle' });

		expect(response.status()).toBe(kind.status ?? 200);
		expect(response.headers()['content-security-policy']).toContain("default-src 'none'");
		expect(await page.evaluate(() => window.violations)).toEqual([]);
		expect(faults).toEqual([]);
	});
}

// What only works with scripts is only there with them.
const controls = '.filters, .choose, .acts button, .my-role, .copy, .tick, .news, .late, .jump .all, #page\\:find *';

test('every page says the same without JavaScript', async ({ page, browser }) => {
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const quiet = await plain.newPage();
	for (const kind of kinds) {
		await page.goto(address(kind));
		await quiet.goto(address(kind));
		const text = await quiet.locator('main').innerText();
		expect(text.length, kind.name).toBeGreaterThan(20);
		await page.evaluate((list) => document.querySelectorAll(list).forEach((e) => e.remove()), controls);
		expect(lines(text), kind.name).toEqual(lines(await page.locator('main').innerText()));
	}
	await plain.close();
});

const lines = (text) => text.split('\n').map((line) => line.trim()).filter((line) => line);
