// The search over any page: a combobox that is typed into at once, walked through
// with the arrows, and leads to the very task.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { sites } from './pages.mjs';
import { forget, keep, kept, places, root, test } from './reader.mjs';

const home = 'index.html';
const playbook = 'playbooks/tool-fleet-contract.html';
const task = 'cost per working hour, not price per tool';

const panel = (page) => page.locator('dialog.finder');
const field = (page) => page.getByRole('combobox', { name: 'Search' });
const options = (page) => panel(page).getByRole('option');
const option = (page, text) => options(page).filter({ hasText: text });
const active = (page) => panel(page).locator('[aria-selected=true]');
const status = (page) => panel(page).getByRole('status');
const recent = (page) => panel(page).locator('[data-search]');

// What a reader has written stands by itself, whichever way it runs.
const quoted = (text) => `“\u2068${text}\u2069”`;

// find opens the panel and types.
async function find(page, text) {
	await page.keyboard.press('/');
	await page.keyboard.type(text);
	await expect(options(page).first()).toBeVisible();
}

// hold keeps the scripts of the search from arriving until it is called.
async function hold(page) {
	let release;
	const released = new Promise((done) => (release = done));
	await page.route(/\/(theme\/search|search\/.*)\.js/, async (route) => {
		await released;
		await route.continue();
	});
	return release;
}

// later has answers come when they are let go, by their text.
const later = (page) => page.evaluate(() => {
	const { ask } = plumb.search;
	window.letGo = {};
	plumb.search.ask = async (question) => {
		const answer = await ask({ ...question });
		await new Promise((done) => (window.letGo[question.text] = done));
		return answer;
	};
});

for (const place of places) {
	test(`${place.name}, a few words and Enter lead to the very task`, async ({ page, context }) => {
		if (place.forgetful) await forget(context);
		await page.goto(place.root + home);
		await find(page, 'director cost per working hour');
		await expect(options(page).first()).toContainText(task);
		await expect(options(page).first()).toContainText(/Task · Account manager · Tool fleet contract · 78 of 100/);
		await page.keyboard.press('Enter');
		await expect(page.locator('h1')).toHaveText('Tool fleet contract');
		await expect(page.locator(':target')).toContainText(task);
		await expect(page.locator(':target')).toBeInViewport();
	});
}

test('below a path of a host it finds the same', async ({ page }) => {
	await page.goto(sites.below.url + playbook);
	await find(page, 'loan pool');
	await option(page, 'Loan pool').first().click();
	await expect(page.locator(':target')).toBeVisible();
	expect(page.url().startsWith(sites.below.url)).toBe(true);
});

test('no key is lost while its scripts are on their way, Enter neither', async ({ page }) => {
	const release = await hold(page);
	await page.goto(root + home);
	await page.keyboard.press('/');
	await page.keyboard.type('director cost per working');
	await expect(field(page)).toHaveValue('director cost per working');
	await expect(field(page)).toBeFocused();
	release();
	await expect(options(page).first()).toContainText(task);

	await later(page);
	await page.keyboard.type(' hour');
	await page.keyboard.press('Enter');
	await page.waitForFunction(() => Object.keys(window.letGo).some((text) => text.endsWith('hour')));
	await page.evaluate(() => Object.values(window.letGo).forEach((go) => go()));
	await expect(page.locator(':target')).toContainText(task);
});

test('the keyboard alone: arrows walk and wrap, Home and End stay in the text, Escape clears, then closes', async ({ page }) => {
	await page.goto(root + playbook);
	await expect(page.locator('[data-does=search]')).toHaveAttribute('aria-keyshortcuts', '/');
	await page.keyboard.press('/');
	await expect(field(page)).toBeFocused();
	await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
	await expect(field(page)).toHaveAttribute('aria-autocomplete', 'list');
	await page.keyboard.type('crew');
	await expect(field(page)).toHaveAttribute('aria-expanded', 'true');
	const list = page.getByRole('listbox', { name: 'Results' });
	expect(await field(page).getAttribute('aria-controls')).toBe(await list.getAttribute('id'));

	const at = async () => {
		await expect(active(page)).toHaveCount(1);
		expect(await field(page).getAttribute('aria-activedescendant')).toBe(await active(page).getAttribute('id'));
		return options(page).evaluateAll((all) => all.findIndex((e) => e.ariaSelected === 'true'));
	};
	const last = (await options(page).count()) - 1;
	expect(last).toBeGreaterThan(2);
	expect(await at()).toBe(0);
	await page.keyboard.press('ArrowDown');
	expect(await at()).toBe(1);
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	expect(await at()).toBe(last);
	await expect(active(page)).toBeInViewport();
	await expect(active(page)).toHaveText(`All results for ${quoted('crew')}`);
	await page.keyboard.press('ArrowDown');
	expect(await at()).toBe(0);
	await expect(active(page)).toBeInViewport();

	await page.keyboard.press('Home');
	expect(await field(page).evaluate((e) => e.selectionStart)).toBe(0);
	await page.keyboard.press('End');
	expect(await field(page).evaluate((e) => e.selectionStart)).toBe(4);

	await page.keyboard.press('Escape');
	await expect(field(page)).toHaveValue('');
	await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
	await expect(field(page)).not.toHaveAttribute('aria-activedescendant');
	await expect(options(page)).toHaveCount(0);
	await page.keyboard.press('Escape');
	await expect(panel(page)).toHaveCount(0);
	await expect(page.locator('[data-does=search]')).toBeFocused();
});

test('options are links that hold no other, and the last leads to all results', async ({ page }) => {
	await page.goto(root + playbook);
	await find(page, 'crew');
	const kinds = await options(page).evaluateAll((all) => all.map((e) => [e.localName, e.tabIndex, e.parentElement.getAttribute('role'), e.querySelectorAll('a, button, input, [tabindex]').length]));
	expect(kinds.filter((kind) => String(kind) !== 'a,-1,listbox,0')).toEqual([]);
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await page.waitForURL(/search\.html\?q=crew/);
	await expect(page.locator('.find .field')).toHaveValue('crew');
});

test('a held key or the middle button opens a tab of its own', async ({ page, context }) => {
	await page.goto(root + home);
	await find(page, 'loan pool');
	for (const act of [() => page.keyboard.press('Control+Enter'), () => options(page).first().click({ button: 'middle' })]) {
		const [tab] = await Promise.all([context.waitForEvent('page'), act()]);
		await tab.waitForURL(/#/);
		await tab.close();
		await expect(panel(page)).toBeVisible();
	}
	expect(page.url()).toContain(home);
});

test('how much is found is read out once the reader pauses', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'crew');
	await expect(status(page)).toHaveText(/^\d+ results$/);
	await page.keyboard.type(' zzxqy');
	await expect(status(page)).toContainText(`Not found: ${quoted('zzxqy')}.`);
	await field(page).fill('zzxqy');
	await expect(status(page)).toHaveText(`Nothing found for ${quoted('zzxqy')}.`);
	await expect(options(page)).toHaveCount(0);
	await expect(field(page)).toHaveAttribute('aria-expanded', 'false');
	await panel(page).getByRole('link', { name: 'Look in the list from A to Z' }).click();
	await page.waitForURL(/search\.html/);
});

test('an answer that comes after a newer question is never shown', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'loan');
	await later(page);
	await field(page).fill('crew hours');
	await field(page).fill('audit form');
	await page.waitForFunction(() => 'audit form' in window.letGo);
	await page.evaluate(() => window.letGo['audit form']());
	await expect(options(page).last()).toHaveText(`All results for ${quoted('audit form')}`);
	await page.evaluate(() => window.letGo['crew hours']?.());
	await page.evaluate(() => new Promise(requestAnimationFrame));
	await expect(options(page).last()).toHaveText(`All results for ${quoted('audit form')}`);
});

test('a typo is mended and said, a word in part is found', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'forman');
	await expect(panel(page)).toContainText(/Showing results for “\S+”/);
	await field(page).fill('calib');
	await expect(options(page).first()).toContainText(/calib/i);
	await expect(panel(page).locator('mark').first()).toHaveText(/^calib/i);
});

test('the reader’s own tasks come first, and what only others have is said', async ({ page }) => {
	for (const [id, title] of [['field-engineer', 'Field engineer'], ['inside-sales', 'Inside sales']]) {
		await page.goto(`${root}${home}?role=${id}`);
		await find(page, 'review');
		const roles = await options(page).allTextContents();
		const tasks = roles.filter((text) => text.includes('Task · '));
		if (tasks.some((text) => text.includes(title))) expect(tasks[0]).toContain(title);
		await page.evaluate(() => localStorage.clear());
	}
	await page.goto(`${root}${home}?role=legal`);
	await find(page, 'finance director cost per working hour');
	const hint = panel(page).getByRole('link', { name: /^Nothing for Legal; \d+ for / });
	await expect(hint).toBeVisible();
	await hint.click();
	await page.waitForURL(/search\.html\?q=finance.*&for=/);
});

test('a task of another role is shown, on the page that is open too and each time', async ({ page }) => {
	await page.goto(`${root}${playbook}?role=field-engineer`);
	await page.evaluate(() => (window.same = true));
	for (const _ of [1, 2]) {
		await find(page, 'director cost per working hour');
		await page.keyboard.press('Enter');
		await expect(panel(page)).toHaveCount(0);
		await expect(page.locator(':target')).toContainText(task);
		await expect(page.locator(':target')).toBeInViewport();
		await page.emulateMedia({ forcedColors: 'active' });
		await expect(page.locator(':target')).toHaveCSS('outline-style', 'solid');
		await page.emulateMedia({ forcedColors: null });
		await page.locator('.jump').getByRole('link', { name: 'Field engineer' }).click();
		await expect(page.locator(':target')).toBeHidden();
	}
	expect(await page.evaluate(() => window.same)).toBe(true);

	await page.goto(`${root}${home}?role=field-engineer`);
	await find(page, 'director cost per working hour');
	await page.keyboard.press('Enter');
	await expect(page.locator(':target')).toContainText(task);
	await expect(page.locator(':target')).toBeInViewport();
});

test('recent searches are kept here alone, can be taken up and removed', async ({ page }) => {
	await page.goto(root + home);
	await keep(page, 'searches', ['a', 'b', 'c', 'd', 'e', 'f', 'g', '<b>h</b>']);
	await find(page, ' loan pool ');
	await page.keyboard.press('Enter');
	await page.waitForURL(/#/);
	expect(await kept(page, 'searches')).toEqual(['loan pool', 'a', 'b', 'c', 'd', 'e', 'f', 'g']);

	await page.keyboard.press('/');
	await expect(recent(page)).toHaveCount(8);
	await page.keyboard.press('ArrowDown');
	await expect(recent(page).first()).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Delete');
	await expect(recent(page)).toHaveText(['loan pool', 'b', 'c', 'd', 'e', 'f', 'g']);
	await expect(recent(page).nth(1)).toBeFocused();
	await panel(page).getByRole('button', { name: 'Remove “g”' }).click();
	await expect(recent(page).last()).toBeFocused();
	await expect(recent(page).last()).toHaveText('f');
	await recent(page).first().focus();
	await page.keyboard.press('ArrowUp');
	await expect(field(page)).toBeFocused();

	await recent(page).first().click();
	await expect(field(page)).toHaveValue('loan pool');
	await expect(option(page, 'Loan pool').first()).toBeVisible();
	await page.keyboard.press('Escape');
	await panel(page).getByRole('button', { name: 'Remove all' }).click();
	await expect(field(page)).toBeFocused();
	expect(await kept(page, 'searches')).toEqual([]);
	await expect(panel(page)).toContainText('a phrase in “quotes”');
});

for (const value of [7, {}, [1, null, 'x'], '"']) {
	test(`whatever was kept as searches does no harm: ${JSON.stringify(value)}`, async ({ page }) => {
		await page.goto(root + home);
		await keep(page, 'searches', value);
		await page.keyboard.press('/');
		await expect(panel(page).locator('.detail')).toBeVisible();
		await expect(recent(page)).toHaveCount(Array.isArray(value) ? 1 : 0);
	});
}

test('keys that compose a word are the composer’s', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'loan');
	const id = await active(page).getAttribute('id');
	for (const key of ['Enter', 'ArrowDown', 'Escape']) {
		const isLeft = await field(page).evaluate((e, k) => e.dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true, cancelable: true, isComposing: true })), key);
		expect(isLeft, key).toBe(true);
	}
	expect(await active(page).getAttribute('id')).toBe(id);
	await expect(field(page)).toHaveValue('loan');
	expect(page.url()).toContain(home);
});

test('a query is text, whatever it is', async ({ page }) => {
	await page.goto(root + home);
	await page.keyboard.press('/');
	for (const text of ['<img src=x onerror=alert(1)>', '"', '<b>crew</b>', '\\', '.*', '(', '__proto__', '%s %d', '“crew', 'x'.repeat(200)]) {
		await field(page).fill('');
		await field(page).fill(text);
		await expect(panel(page), text).toContainText(quoted(text.length > 60 ? `${text.slice(0, 60)}…` : text));
		expect(await panel(page).locator('img, b, script').count(), text).toBe(0);
	}
});

test('an option that is taller than the list is shown from its beginning', async ({ page }) => {
	await page.setViewportSize({ width: 320, height: 256 });
	await page.goto(root + home);
	await find(page, 'price');
	for (let i = 0; i < 3; i++) {
		await page.keyboard.press('ArrowUp');
		await expect(active(page).locator('p').first()).toBeInViewport({ ratio: 1 });
	}
});

test('a word that is met in part is not said to be another, nor one that is nowhere to be found', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'crew');
	await page.evaluate(() => {
		const { ask } = plumb.search;
		plumb.search.ask = async (question) => ({ ...await ask(question), words: window.understood });
	});
	const understood = async (...words) => {
		await page.evaluate((list) => (window.understood = list), words);
		await field(page).fill('');
		await field(page).fill('crew');
		await expect(options(page).first()).toBeVisible();
	};
	await understood({ text: 'Ａ社の値段', how: 'typo', as: ['a社の値段'] }, { text: 'Crew', how: 'word', as: ['crew'] });
	await expect(panel(page)).not.toContainText('Showing');
	await understood({ text: 'forman', how: 'typo', as: ['foreman'] }, { text: 'zzxqy', how: 'none', as: [] });
	await expect(panel(page)).toContainText(`Showing results for ${quoted('foreman')}.`);
	await expect(panel(page)).toContainText(`Not found: ${quoted('zzxqy')}.`);
});

test('a title is text', async ({ page }) => {
	await page.goto(root + home);
	await find(page, 'crew');
	await page.evaluate(() => {
		const { ask } = plumb.search;
		const bad = '<img src=x onerror=alert(1)>';
		plumb.search.ask = async (question) => {
			const answer = await ask(question);
			for (const r of answer.results) Object.assign(r, { title: bad, head: `${bad} crew`, body: bad, place: bad, url: 'javascript:alert(1)', anchor: '"><b>', marks: { title: [], head: [[0, 4]], body: [] } });
			return answer;
		};
	});
	await page.keyboard.type('s');
	await expect(options(page).first()).toContainText('<img src=x onerror=alert(1)> crew');
	expect(await panel(page).locator('img, b').count()).toBe(0);
	expect(await options(page).first().evaluate((e) => e.href)).toContain(root);
});

test('what cannot be loaded is said, and the next key tries again', async ({ browser }) => {
	for (const lost of ['**/theme/search.js', '**/search/root.js']) {
		const page = await browser.newPage({ serviceWorkers: 'block' });
		await page.route(lost, (route) => route.abort());
		await page.goto(root + home);
		await page.keyboard.press('/');
		await page.keyboard.type('loan poo');
		await expect(panel(page)).toContainText('The search could not be loaded.');
		await page.unroute(lost);
		await page.keyboard.type('l');
		await expect(option(page, 'Loan pool').first()).toBeVisible();
		await expect(panel(page)).not.toContainText('The search could not be loaded.');
		await page.close();
	}
});

test('without scripts, and with a held key, its sign is a link to its page', async ({ page, browser, context }) => {
	const plain = await browser.newContext({ javaScriptEnabled: false });
	const quiet = await plain.newPage();
	await quiet.goto(root + playbook);
	await quiet.getByRole('link', { name: 'Search', exact: true }).click();
	await expect(quiet.locator('h1')).toHaveText('Search');
	await expect(quiet.locator('.az')).toBeVisible();
	await plain.close();

	await page.goto(root + playbook);
	const [tab] = await Promise.all([context.waitForEvent('page'), page.locator('[data-does=search]').click({ modifiers: ['Control'] })]);
	await expect(tab.locator('h1')).toHaveText('Search');
	await expect(panel(page)).toHaveCount(0);
});

for (const [colorScheme, sizes] of [['light', [[320, 640], [1280, 700]]], ['dark', [[1280, 700]]]]) {
	test(`the panel has no fault that axe knows, and fits, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto(root + playbook);
		await keep(page, 'searches', ['loan pool']);
		await page.keyboard.press('/');
		for (const [width, height] of sizes) {
			await page.setViewportSize({ width, height });
			for (const text of ['', 'zzxqy', 'crew hours']) {
				await field(page).fill(text);
				if (text) await expect(status(page)).toContainText(text === 'zzxqy' ? 'Nothing' : 'result');
				const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('dialog').analyze();
				expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), `${width} ${text}`).toEqual([]);
				expect(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth)).toBe(true);
				const box = await panel(page).boundingBox();
				expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, `${width} ${text}`).toBe(true);
			}
			const low = await panel(page).locator('[role=option], .field, .close').evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height < 44).length);
			expect(low).toBe(0);
		}
	});
}
