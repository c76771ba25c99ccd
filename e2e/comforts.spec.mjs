// What makes a site pleasant to come back to: light and dark, keys, copying,
// ticks, what has changed, a home page by segment and role.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { marker, open, Site, source, tool } from './preview.mjs';
import { forget, keep, kept, moved, places, root, test } from './reader.mjs';

const home = 'index.html';
const playbook = 'playbooks/tool-fleet-contract.html';
const role = 'roles/account-manager.html';
const panel = (page) => page.locator('dialog.panel');
const said = (page) => page.locator('.say');

test.describe('light and dark', () => {
	const scheme = (page) => page.locator('.tools [data-does=scheme]');
	const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

	test('follow the system until switched, and again when switched back', async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'light' });
		await page.goto(root + home);
		const light = await paper(page);
		await expect(scheme(page)).toHaveAccessibleName('Light colours, switch to dark');
		await page.emulateMedia({ colorScheme: 'dark' });
		const dark = await paper(page);
		expect(dark).not.toBe(light);
		await expect(scheme(page)).toHaveAccessibleName('Dark colours, switch to light');

		await scheme(page).press('Enter');
		expect(await paper(page)).toBe(light);
		await expect(scheme(page)).toHaveAccessibleName('Light colours, switch to dark');
		expect(await kept(page, 'scheme')).toBe('light');

		await scheme(page).click();
		expect(await paper(page)).toBe(dark);
		await page.emulateMedia({ colorScheme: 'light' });
		expect(await paper(page)).toBe(light);
	});

	test('a switch is remembered, before the page is painted', async ({ page, context }) => {
		await page.emulateMedia({ colorScheme: 'light' });
		await page.goto(root + home);
		const light = await paper(page);
		const second = await context.newPage();
		await second.emulateMedia({ colorScheme: 'light' });
		await second.goto(root + playbook);
		await scheme(page).click();
		await expect.poll(() => paper(second)).not.toBe(light);

		await page.route('**/theme/plumb.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
		await page.goto(root + playbook);
		await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark');
		expect(await paper(page)).not.toBe(light);
	});

	test('switch where nothing is kept', async ({ page }) => {
		await forget(page);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.goto(root + home);
		const light = await paper(page);
		await scheme(page).click();
		expect(await paper(page)).not.toBe(light);
		await scheme(page).click();
		expect(await paper(page)).toBe(light);
	});
});

test.describe('keys', () => {
	const help = (page) => page.locator('.tools [data-does=help]');
	const listed = (page) => panel(page).locator('kbd').allTextContents();

	test('the help lists those that work on the page, and each does', async ({ page }) => {
		await page.goto(root + playbook);
		await page.keyboard.press('?');
		await expect(panel(page)).toHaveAccessibleName('Keyboard shortcuts');
		expect(await listed(page)).toEqual(['r', '[', ']', 'c', '/', '?']);
		await page.keyboard.press('r');
		await page.keyboard.press(']');
		await expect(panel(page)).toHaveAccessibleName('Keyboard shortcuts');
		await page.keyboard.press('Escape');
		await expect(panel(page)).toHaveCount(0);

		const [before, after] = await Promise.all(['prev', 'next'].map((rel) => page.locator(`a[rel~=${rel}]`).first().evaluate((a) => a.href)));
		await page.keyboard.press(']');
		await page.waitForURL(after);
		await page.goto(root + playbook);
		await page.keyboard.press('[');
		await page.waitForURL(before);
		await page.goto(root + playbook);
		await page.keyboard.press('c');
		await page.waitForURL(/compare\.html/);

		await page.goto(root + home);
		await help(page).click();
		expect(await listed(page)).toEqual(['r', '/', '?']);
		await page.keyboard.press('Escape');
		await expect(help(page)).toBeFocused();
		await page.keyboard.press('r');
		await expect(panel(page)).toHaveAccessibleName('Your role');
	});

	test('never act with a modifier, in a field or while a word is composed', async ({ page }) => {
		await page.goto(root + playbook);
		for (const modifier of ['Control', 'Alt', 'Meta']) {
			await page.evaluate((m) => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true, ctrlKey: m === 'Control', altKey: m === 'Alt', metaKey: m === 'Meta' })), modifier);
		}
		await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true, isComposing: true })));
		await expect(panel(page)).toHaveCount(0);
		for (const field of ['<input>', '<textarea></textarea>', '<select><option>x</select>', '<p contenteditable>x</p>']) {
			await page.evaluate((html) => {
				document.querySelector('main').insertAdjacentHTML('afterbegin', `<div id="field">${html}</div>`);
				document.querySelector('#field').firstChild.focus();
			}, field);
			for (const key of 'rc?[') await page.keyboard.press(key);
			await expect(panel(page), field).toHaveCount(0);
			await page.evaluate(() => document.querySelector('#field').remove());
		}
		expect(page.url()).toBe(root + playbook);
		await page.locator('.tick').first().focus();
		await page.keyboard.press('r');
		await expect(panel(page)).toHaveCount(1);
	});

	test('write brackets with AltGr, where a keyboard has them there', async ({ page }) => {
		await page.goto(root + playbook);
		const after = await page.locator('a[rel~=next]').first().evaluate((a) => a.href);
		await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true, ctrlKey: true, altKey: true, modifierAltGraph: true })));
		await page.waitForURL(after);
	});

	test('are switched off in the help, which its button still opens', async ({ page }) => {
		await page.goto(root + home);
		await page.keyboard.press('?');
		const on = panel(page).getByRole('checkbox', { name: 'Use single keys as shortcuts' });
		await expect(on).toBeChecked();
		await on.focus();
		await page.keyboard.press('Space');
		await page.keyboard.press('Escape');
		await page.keyboard.press('r');
		await page.keyboard.press('?');
		await expect(panel(page)).toHaveCount(0);

		await page.goto(root + playbook);
		await page.keyboard.press('r');
		await expect(panel(page)).toHaveCount(0);
		await help(page).press('Enter');
		await expect(on).not.toBeChecked();
		await on.click();
		await page.keyboard.press('Escape');
		await page.keyboard.press('r');
		await expect(panel(page)).toHaveAccessibleName('Your role');
	});

	for (const colorScheme of ['light', 'dark']) {
		test(`the help has no fault that axe knows, ${colorScheme}`, async ({ page }) => {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width: 320, height: 700 });
			await page.goto(root + playbook);
			await page.keyboard.press('?');
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
			expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`))).toEqual([]);
			const box = await panel(page).boundingBox();
			expect(box.x >= 0 && box.x + box.width <= 320 && box.y >= 0 && box.y + box.height <= 700).toBe(true);
		});
	}
});

test.describe('copying', () => {
	const answer = 'Per tool, yes. Ask what a stopped crew costs an hour, then show last year’s stopped hours from their own records.';

	// pasted is what the clipboard holds.
	async function pasted(page) {
		await page.evaluate(() => document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' })));
		await page.locator('#paste').press('Control+V');
		const text = await page.locator('#paste').inputValue();
		await page.locator('#paste').evaluate((e) => e.remove());
		return text;
	}

	for (const place of places.slice(0, 2)) {
		for (const way of ['with the clipboard', 'without one']) {
			test(`an answer and the address, ${place.name}, ${way}`, async ({ page, context }) => {
				if (way === 'with the clipboard') await context.grantPermissions(['clipboard-read', 'clipboard-write']);
				else await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
				await page.goto(`${place.root}${playbook}?role=inside-sales#buyers`);
				const copy = page.locator('[data-kind=objections] .copy').first();
				await expect(copy).toHaveAccessibleName('Copy this answer');
				await copy.click();
				await expect(said(page)).toHaveText('Copied');
				await expect(copy).toHaveText('Copied');
				await expect(copy).toBeFocused();
				expect(await pasted(page)).toBe(answer);
				await expect(copy).toHaveText('Copy this answer');

				const link = page.locator('[data-does=copy-link]');
				const before = await link.textContent();
				await link.click();
				await expect(link).toHaveText('Copied');
				expect(await pasted(page)).toBe(`${place.root}${playbook}?role=inside-sales`);
				await expect(link).toHaveText(before);
			});
		}
	}

	test('says so where a browser does not allow it', async ({ page }) => {
		await page.addInitScript(() => {
			Object.defineProperty(navigator, 'clipboard', { value: undefined });
			document.execCommand = () => false;
		});
		await page.goto(root + playbook);
		await page.locator('.copy').first().click();
		await expect(said(page)).toContainText('does not let the page copy');
		await expect(page.locator('.copy').first()).toHaveText('Copy this answer');
	});

	test('each answer of a table has its button, and a table its text only', async ({ page }) => {
		await page.goto(`${root}playbooks/basix/trade-counters.html`);
		const answers = page.locator('[data-kind=objections] :is(td, dd, .entry-text, article)').filter({ has: page.locator('.copy') });
		expect(await answers.count()).toBeGreaterThan(1);
		expect(await page.locator('[data-kind=objections] .copy').count()).toBe(await answers.count());
	});
});

test.describe('ticks', () => {
	const ticks = (page) => page.locator('.tasks > li > .tick');
	const ticked = (page) => page.locator('.tasks > li > .tick:checked');

	for (const place of places) {
		test(`are set, and cleared at will, ${place.name}`, async ({ page }) => {
			if (place.forgetful) await forget(page);
			await page.goto(`${place.root}${playbook}?role=account-manager`);
			expect(await ticks(page).count()).toBe(10);
			const first = page.getByRole('checkbox', { name: 'Map tools, sites and repair spend before the first offer.' });
			await first.check();
			await ticks(page).nth(1).focus();
			await page.keyboard.press('Space');
			await expect(ticked(page)).toHaveCount(2);
			await ticks(page).nth(1).uncheck();
			if (!place.forgetful) await page.reload();
			await expect(first).toBeChecked();
			await expect(ticked(page)).toHaveCount(1);

			await page.locator('[data-does=clear-ticks]').click();
			await expect(ticked(page)).toHaveCount(0);
			await expect(said(page)).toHaveText('The ticks on this page are cleared.');
			await page.reload();
			await expect(ticked(page)).toHaveCount(0);
		});
	}

	test('agree between two tabs, and belong to one page', async ({ page, context }) => {
		const second = await context.newPage();
		for (const p of [page, second]) await p.goto(root + playbook);
		await ticks(page).nth(0).check();
		await expect(ticked(second)).toHaveCount(1);
		await ticks(second).nth(1).check();
		await expect(ticked(page)).toHaveCount(2);
		await second.goto(`${root}playbooks/northline/hospital-uptime.html`);
		expect(await ticks(second).count()).toBeGreaterThan(0);
		await expect(ticked(second)).toHaveCount(0);
		await second.locator('[data-does=clear-ticks]').click();
		await page.reload();
		await expect(ticked(page)).toHaveCount(2);
	});

	test('of tasks that are gone are forgotten after a while, and those of pages long ago', async ({ page }) => {
		await page.goto(root + playbook);
		const key = await page.locator('.tasks > li').first().getAttribute('data-key');
		const today = Math.floor(Date.now() / 864e5);
		const old = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`playbooks/p${i}`, { x: today }]));
		await keep(page, 'ticks', { ...old, 'playbooks/tool-fleet-contract': { [key]: today - 90, gone: today - 90, back: today - 30 } });
		await page.reload();
		await expect(ticked(page)).toHaveCount(1);
		const after = await kept(page, 'ticks');
		expect(after['playbooks/tool-fleet-contract']).toEqual({ [key]: today, back: today - 30 });
		expect(Object.keys(after).length).toBe(300);
		expect(after['playbooks/p0']).toBeUndefined();
	});

	test('stay when the preview changes the page, and new tasks get theirs', async ({ page }) => {
		const site = new Site();
		try {
			await site.start();
			await open(page, site);
			await ticks(page).first().check();
			site.edit(source, '- Use the customer', '- Always use the customer');
			site.edit(source, '## Objections', '## Objections\n\n### "It is new"\n\nIt is, and it works.\n');
			await expect(page.locator('[data-kind=objections]')).toContainText('It is, and it works.');
			await expect(page.locator('[data-kind=objections] article').first().locator('.copy')).toHaveCount(1);
			await expect(page.locator('[data-kind=objections] .copy')).toHaveCount(4);
			await expect(ticked(page)).toHaveCount(1);
			expect(await ticks(page).count()).toBe(10);
			site.edit(source, 'Map tools, sites and repair spend before the first offer.', 'Map tools and sites.');
			await expect(page.getByRole('checkbox', { name: 'Map tools and sites.' })).not.toBeChecked();
			expect(await marker(page)).toBe('still here');
			await expect(tool(page).errors).toBeHidden();
			await page.goto('about:blank');
		} finally {
			await site.stop();
			site.remove();
		}
	});
});

test.describe('what has changed', () => {
	const news = (page) => page.locator('.news');
	const since = (page) => page.locator('.since');

	// after visits a list once and then makes it look as if a playbook had changed
	// and another was new.
	async function after(page, path) {
		await page.goto(root + path);
		await expect(news(page)).toHaveCount(0);
		await expect(since(page)).toHaveCount(0);
		const seen = await kept(page, 'seen');
		seen['playbooks/tool-fleet-contract'] = 'another';
		delete seen['playbooks/northline/hospital-uptime'];
		await keep(page, 'seen', seen);
		await page.reload();
	}

	for (const path of [home, role]) {
		test(`is said on ${path}, and read by opening the playbook`, async ({ page }) => {
			await after(page, path);
			await expect(since(page)).toContainText('2 new or changed since your last visit');
			const texts = await page.evaluate(() => [...document.querySelectorAll('.news')].map((e) => [e.parentElement.pathname.split('/').pop(), e.textContent].join()));
			expect([...new Set(texts)].sort()).toEqual(['hospital-uptime.html,New', 'tool-fleet-contract.html,Changed']);

			await page.goto(root + playbook);
			await page.goto(root + path);
			await expect(since(page)).toContainText('1 new or changed since your last visit');

			await since(page).getByRole('button', { name: 'Mark all as read' }).click();
			await expect(since(page)).toHaveCount(0);
			await expect(news(page)).toHaveCount(0);
			await page.reload();
			await expect(page.locator('h1')).toBeVisible();
			await expect(news(page)).toHaveCount(0);
		});
	}

	test('is known to all open tabs', async ({ page, context }) => {
		await after(page, home);
		await expect(since(page)).toContainText('2 new');
		const second = await context.newPage();
		await second.goto(root + playbook);
		await expect(since(page)).toContainText('1 new');
		await second.close();
	});

	test('is not kept without bounds', async ({ page }) => {
		await page.goto(root + home);
		await keep(page, 'seen', Object.fromEntries(Array.from({ length: 4000 }, (_, i) => [`playbooks/p${i}`, 'x'])));
		await page.reload();
		const seen = await kept(page, 'seen');
		expect(Object.keys(seen).length).toBe(3000);
		expect(seen['playbooks/tool-fleet-contract']).toBeTruthy();
	});

	test('is nothing where nothing is kept', async ({ page }) => {
		await forget(page);
		await page.goto(root + home);
		await page.reload();
		await expect(page.locator('h1')).toBeVisible();
		await expect(since(page)).toHaveCount(0);
		await expect(news(page)).toHaveCount(0);
	});

	for (const width of [360, 1280]) {
		test(`at ${width} px neither this nor ticks move the page`, async ({ page }) => {
			await page.setViewportSize({ width, height: 800 });
			await page.goto(root + playbook);
			for (const box of await page.locator('.tick').all()) await box.check();
			await page.goto(root + role);
			await after(page, home);
			for (const path of [home, role, 'segments/mid-size-contractors.html', playbook]) {
				expect(await moved(page, root + path), path).toEqual([]);
				await expect(page.locator('.news, .tick').first()).toBeVisible();
			}
		});
	}

	for (const colorScheme of ['light', 'dark']) {
		test(`the marks have no fault that axe knows, ${colorScheme}`, async ({ page }) => {
			await page.emulateMedia({ colorScheme });
			await after(page, home);
			for (const path of [home, role, playbook]) {
				await page.setViewportSize({ width: path === home ? 320 : 1280, height: 800 });
				await page.goto(root + path);
				if (path !== playbook) await expect(since(page)).toBeVisible();
				const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
				expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), path).toEqual([]);
			}
		});
	}
});

test.describe('the home page', () => {
	const segment = (page) => page.getByRole('combobox', { name: 'Segment' });
	const mine = (page) => page.getByRole('checkbox', { name: 'Only my role' });
	const dots = (page) => page.locator('.dot:visible .name').allTextContents();

	test('by segment, in the address too', async ({ page }) => {
		await page.goto(root + home);
		const before = await dots(page);
		await segment(page).selectOption('Hospitals');
		expect(await dots(page)).toEqual(['Hospital uptime']);
		await expect(said(page)).toHaveText('1 playbook shown');
		expect(page.url()).toBe(`${root}${home}?segment=hospitals`);

		expect(await moved(page, `${root}${home}?segment=mid-size-contractors`)).toEqual([]);
		expect(await dots(page)).toEqual(['Tool fleet contract']);
		await expect(segment(page)).toHaveValue('segments/mid-size-contractors.html');

		await segment(page).selectOption('All segments');
		expect(await dots(page)).toEqual(before);
		expect(page.url()).toBe(root + home);
		await page.goto(`${root}${home}?segment=nobody`);
		expect(await dots(page)).toEqual(before);
	});

	test('by role, which is asked for where there is none', async ({ page }) => {
		await page.goto(root + home);
		const before = await dots(page);
		await mine(page).click();
		await expect(panel(page)).toHaveAccessibleName('Your role');
		await page.keyboard.press('Escape');
		await expect(mine(page)).not.toBeChecked();
		expect(await dots(page)).toEqual(before);

		await mine(page).click();
		await panel(page).getByRole('button', { name: 'Account manager', exact: true }).click();
		await expect(mine(page)).toBeChecked();
		const own = await dots(page);
		expect(own).toContain('Tool fleet contract');
		expect(own.length).toBe(3);
		expect(await page.locator('.row:visible').count()).toBe(3);

		await mine(page).uncheck();
		expect(await dots(page)).toEqual(before);
		await mine(page).check();
		await page.locator('.tools [data-does=role]').click();
		await panel(page).getByRole('button', { name: 'All roles', exact: true }).click();
		await expect(mine(page)).not.toBeChecked();
		expect(await dots(page)).toEqual(before);
	});
});

test('what was kept by another hand does no harm', async ({ page }) => {
	for (const value of [7, 'x', [], { 'playbooks/tool-fleet-contract': 7 }, { '': null }]) {
		await page.goto(root + playbook);
		for (const name of ['ticks', 'seen', 'scheme', 'keys', 'role']) await keep(page, name, value);
		for (const path of [home, playbook]) await page.goto(root + path);
		await page.locator('.tick').first().check();
		await page.reload();
		await expect(page.locator('.tick').first()).toBeChecked();
		await page.keyboard.press('?');
		await expect(panel(page)).toHaveCount(1);
	}
});

test('a review is overdue on the day after it was due', async ({ page }) => {
	const due = page.locator('[data-due]');
	const at = (...day) => page.addInitScript((now) => {
		const Real = Date;
		window.Date = class extends Real {
			constructor(...args) {
				super(...(args.length > 0 ? args : [now]));
			}
		};
	}, Number(new Date(...day)));
	await at(2027, 4, 11, 23, 59);
	await page.goto(`${root}playbooks/basix/hire-shop-standing-order.html`);
	await expect(due).toHaveAttribute('data-due', '2027-05-11');
	await expect(due.getByText('overdue')).toBeHidden();
	await at(2027, 4, 12, 0, 1);
	expect(await moved(page, page.url())).toEqual([]);
	await expect(due.getByText('overdue')).toBeVisible();
});
