// What the site says of itself to a browser: whether it can be installed, and
// what a first view asks for.
import { expect, test } from '@playwright/test';
import { sites } from './pages.mjs';

for (const name of ['sample', 'below']) {
	test(`a browser can install the ${name} site`, async ({ page }) => {
		const { url } = sites[name];
		await page.goto(`${url}index.html`);
		const cdp = await page.context().newCDPSession(page);
		const manifest = await cdp.send('Page.getAppManifest');
		expect(manifest.url).toBe(`${url}manifest.webmanifest`);
		expect(manifest.errors).toEqual([]);
		const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
		expect(installabilityErrors.filter((e) => e.errorId !== 'in-incognito')).toEqual([]);
		const parsed = JSON.parse(manifest.data);
		expect(new URL(parsed.start_url, manifest.url).href).toBe(`${url}index.html`);
		expect(new URL(parsed.scope, manifest.url).href).toBe(url);
	});
}

test('every page leads to the icons and the manifest, and loads no icon but one', async ({ page }) => {
	const asked = [];
	page.on('request', (r) => asked.push(r.url().slice(sites.below.url.length)));
	for (const path of ['index.html', 'playbooks/tool-fleet-contract.html', 'no/such/page']) {
		asked.length = 0;
		await page.goto(sites.below.url + path, { waitUntil: 'networkidle' });
		expect(asked.filter((p) => p.startsWith('theme/icon')), path).toEqual([]);
		for (const rel of ['manifest', 'apple-touch-icon', 'icon']) {
			const href = await page.locator(`link[rel=${rel}]`).evaluate((link) => link.href);
			expect((await page.request.get(href)).status(), `${path}: ${rel}`).toBe(200);
		}
	}
});
