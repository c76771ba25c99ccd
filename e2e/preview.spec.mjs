// What an author sees who has “plumb serve” and an editor open.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { launchOptions } from './chromium.mjs';
import { another, faults, hostile, marker, open, path, published, source, test, tool } from './preview.mjs';

const task = 'Map tools, sites and repair spend before the first offer.';

// visibility makes a page believe that its tab is shown or not.
function visibility(state) {
	Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
	document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

test.describe('errors', () => {
	test('a broken front matter shows over the last good page, and goes by itself when mended', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { errors, badge, said } = tool(page);
		await expect(errors).toBeHidden();
		await page.locator('main a').first().focus();

		site.edit(source, 'position: 78', 'position: seventy-eight');

		await expect(errors).toBeVisible();
		await expect(errors).toContainText('You are looking at the last good version of this page.');
		await expect(errors.getByRole('button', { name: `${source}:3:11` })).toBeVisible();
		await expect(errors.locator('mark')).toHaveText('seventy-eight');
		expect(await errors.locator('pre code').innerText()).toBe('position: seventy-eight');
		await expect(badge).toHaveText('1 error');
		await expect(said).toContainText('1 error');
		await expect(page.locator('main a').first()).toBeFocused();
		await expect(page.locator('h1')).toHaveText('Tool fleet contract');
		const [finding] = JSON.parse(site.plumb('check', '--format', 'json'));
		for (const text of [finding.message, finding.code, finding.hint]) await expect(errors).toContainText(text);

		site.edit(source, 'position: seventy-eight', 'position: 79');

		await expect(errors).toBeHidden();
		await expect(badge).toHaveText('Preview');
		await expect(page.locator('main')).toContainText('79 of 100');
		expect(await marker(page)).toBe('still here');
	});

	test('dismissed, they stay away until they are others', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { errors, badge, said } = tool(page);
		site.edit(source, 'position: 78', 'position: high');
		await expect(errors).toBeVisible();

		await page.keyboard.press('Escape');
		await expect(errors).toBeHidden();
		await expect(badge).toHaveText('1 error');
		site.edit('playbooks/about.md', 'A playbook answers', 'Every playbook answers');
		await page.reload();
		await expect(badge).toHaveText('1 error');
		await expect(errors).toBeHidden();

		site.edit(source, 'segment: mid', 'segmnt: mid');
		await expect(badge).toHaveText('2 errors');
		await expect(errors).toBeVisible();
		await errors.getByRole('button', { name: 'Dismiss' }).click();
		await expect(errors).toBeHidden();
		await expect(badge).toBeFocused();

		site.edit(source, 'position: high', 'position: 78');
		await expect(errors).toBeVisible();
		site.edit(source, 'segmnt: mid', 'segment: mid');
		await expect(errors).toBeHidden();
		await expect(said).toHaveText('The errors are mended');
	});

	test('an error that does not concern the page is a badge, which leads to it', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { errors, badge, panel } = tool(page);

		site.edit('playbooks/basix/online-reorder.md', /^position: .*$/m, 'position: everywhere');

		await expect(badge).toHaveText('1 error in the site');
		await expect(errors).toBeHidden();
		await badge.click();
		await expect(panel.getByRole('button', { name: /online-reorder\.md:\d+:11/ })).toBeVisible();
		site.edit(source, task, 'Work on this file goes on.');
		await expect(page.locator('main')).toContainText('Work on this file goes on.');
		expect(await marker(page)).toBe('still here');
	});

	test('at a first start a page shows the errors alone, and then itself', async ({ page, site }) => {
		const good = site.read(source);
		site.edit(source, 'position: 78', 'position: high');
		await site.start();
		await page.goto(site.url + path);
		const { errors } = tool(page);
		await expect(errors).toContainText(`${source}:3:11`);
		await expect(page.locator('main')).toContainText('appears here by itself');

		site.write(source, good);
		await expect(page.locator('h1')).toHaveText('Tool fleet contract');
		await expect(errors).toBeHidden();
	});

	test('broken settings concern every page', async ({ page, site }) => {
		await site.start();
		await open(page, site, 'roles.html');
		const { errors } = tool(page);
		site.edit('plumb.yaml', 'title: Northline', 'titel: Northline');
		await expect(errors).toContainText('plumb.yaml:2:1');
		await expect(page.locator('.brand')).toHaveText('Northline Tools playbooks');
		site.edit('plumb.yaml', 'titel: Northline', 'title: Southline');
		await expect(page.locator('.brand')).toHaveText('Southline Tools playbooks');
		await expect(errors).toBeHidden();
		expect(await marker(page)).toBe('still here');
	});

	test('what a source says is shown as text, and its place marked whatever its characters are', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		site.edit(source, 'position: 78', 'position: 工具<img src=x onerror=alert(1)>\u202e👷');
		const { errors, host } = tool(page);
		await expect(errors.locator('pre code')).toHaveText('position: 工具<img src=x onerror=alert(1)>\ufffd👷');
		await expect(errors.locator('mark')).toHaveText('工具<img src=x onerror=alert(1)>\ufffd👷');
		await expect(host.locator('img')).toHaveCount(0);
	});
});

test.describe('updates', () => {
	test('an edited task changes in place: scroll, focus, open panels, inputs and what scripts did stay', async ({ page, site }) => {
		const layout = site.override('layouts/base.html');
		site.edit(layout, '</footer>', '<details><summary>More</summary><p>Closed</p><input value="a"><select><option>one<option>two</select></details></footer>');
		await site.start();
		await open(page, site);
		await page.evaluate(() => {
			document.documentElement.dataset.role = 'account-manager';
			document.body.dataset.side = 'by-script';
			document.documentElement.classList.add('by-script');
			localStorage.setItem('role', 'account-manager');
			document.querySelector('h1').after(Object.assign(document.createElement('p'), { id: 'added', textContent: 'Added by a script.' }));
			document.querySelector('details').open = true;
			document.querySelector('footer input').value = 'typed';
			document.querySelector('select').value = 'two';
			window.updates = 0;
			document.addEventListener('plumb:update', () => window.updates++);
			window.kept = document.querySelector('.tasks li:nth-child(2)');
		});
		const edited = page.locator('.tasks li').first();
		await edited.scrollIntoViewIfNeeded();
		const link = edited.locator('a').first();
		await link.focus();
		const before = await page.evaluate(() => scrollY);
		expect(before).toBeGreaterThan(100);

		site.edit(source, task, 'Map tools, sites and repair spend *twice*.');

		await expect(edited).toContainText('repair spend twice.');
		await expect(link).toBeFocused();
		expect(await page.evaluate(() => ({
			scroll: scrollY, marker: window.marker, updates: window.updates, kept: window.kept.isConnected,
			role: document.documentElement.dataset.role, side: document.body.dataset.side, class: document.documentElement.className, chosen: localStorage.getItem('role'),
			added: document.querySelector('h1 + #added')?.textContent, open: document.querySelector('details').open,
			input: document.querySelector('footer input').value, select: document.querySelector('select').value,
		}))).toEqual({
			scroll: before, marker: 'still here', updates: 1, kept: true,
			role: 'account-manager', side: 'by-script', class: 'js by-script', chosen: 'account-manager',
			added: 'Added by a script.', open: true, input: 'typed', select: 'two',
		});
	});

	// Not every browser keeps the place by itself.
	for (const anchored of ['auto', 'none']) {
		test(`text inserted above does not move what is read, overflow-anchor: ${anchored}`, async ({ page, site }) => {
			await site.start();
			await open(page, site);
			const read = page.locator('#objections');
			await read.evaluate((e, value) => {
				document.documentElement.style.overflowAnchor = value;
				e.scrollIntoView();
			}, anchored);
			const { y } = await read.boundingBox();
			const moved = async () => Math.abs((await read.boundingBox()).y - y);

			site.edit(source, '## Buyers', '- **Proof:** one more\n\nAnother paragraph.\n\n## Buyers');
			await expect(page.locator('main')).toContainText('Another paragraph.');
			await expect.poll(moved).toBeLessThan(2);
			site.edit(source, /- \*\*Proof:\*\* one more\n\nAnother paragraph\.\n\n/, '');
			await expect(page.locator('main')).not.toContainText('Another paragraph.');
			await expect.poll(moved).toBeLessThan(2);
		});
	}

	test('a change is marked for a moment, or said where it is', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { changes, away } = tool(page);
		await page.locator('#objections').evaluate((e) => e.scrollIntoView());
		site.edit(source, '## Buyers', 'Another paragraph.\n\n## Buyers');
		await expect(away).toHaveText('Changed above ↑');
		await away.click();
		await expect(changes.first()).toBeVisible();
		await expect(away).toBeHidden();
		await expect(page.getByText('Another paragraph.')).toBeInViewport();
		await expect(changes).toHaveCount(0);

		const edited = page.locator('.statement');
		await edited.scrollIntoViewIfNeeded();
		site.edit(source, 'one monthly fee', 'a monthly fee');
		await expect(changes).toHaveCount(1);
		const [mark, block] = [await changes.boundingBox(), await edited.boundingBox()];
		for (const side of ['x', 'y', 'width', 'height']) expect(Math.abs(mark[side] - block[side]), side).toBeLessThan(1);
		await expect(away).toBeHidden();
		expect(await marker(page)).toBe('still here');
	});

	test('tasks that change their order, come and go leave the page that the server has', async ({ page, site, request }) => {
		await site.start();
		// What the theme's scripts add is not in the page that the server has.
		await page.route(/(site|plumb)\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
		await open(page, site);
		const edits = [
			(text) => text.replace(/(1\. Map tools[^]*?)(2\. Show the[^]*?)(3\. Get one)/, '$2$1$3'),
			(text) => text.replace('### Field engineer', '### Inside sales\n\n- Listen.\n\n### Field engineer'),
			(text) => text.replace(/## Buyers[^]*?## Qualify/, '## Qualify').replace('## Questions', '## Buyers\n\n- **Nobody:** at all\n\n## Questions'),
			(text) => text.replace('title: Tool fleet contract', 'title: Fleet'),
			() => site.original,
		];
		site.original = site.read(source);
		const served = async () => (await request.get(site.url + path)).text();
		const equal = (text) => {
			const doc = new DOMParser().parseFromString(text, 'text/html');
			return document.body.isEqualNode(doc.body) && document.head.isEqualNode(doc.head);
		};
		for (const edit of edits) {
			const before = await served();
			site.write(source, edit(site.read(source)));
			await expect.poll(served).not.toBe(before);
			await expect.poll(async () => page.evaluate(equal, await served())).toBe(true);
		}
		expect(await page.title()).toContain('Tool fleet contract');
		expect(await marker(page)).toBe('still here');
	});

	test('an edited style sheet is swapped in place, alone and together with the page', async ({ page, site }) => {
		const css = site.override('styles/10-base.css');
		await site.start();
		await open(page, site);
		const h1 = page.locator('h1');

		site.write(css, `${site.read(css)}\nh1 { letter-spacing: 7px }`);
		await expect(h1).toHaveCSS('letter-spacing', '7px');
		site.write(css, `${site.read(css)}\nh1 { letter-spacing: 9px }`);
		site.edit(source, task, 'Both at once.');
		await expect(h1).toHaveCSS('letter-spacing', '9px');
		await expect(page.locator('main')).toContainText('Both at once.');
		await expect(page.locator('head link[rel=stylesheet]')).toHaveCount(1);
		expect(await marker(page)).toBe('still here');
	});

	test('a new theme script takes a reload, which keeps the place and what is open', async ({ page, site }) => {
		const layout = site.override('layouts/base.html');
		site.edit(layout, '</footer>', '<details><summary>More</summary><p>Closed</p></details></footer>');
		await site.start();
		await open(page, site);
		await page.evaluate(() => {
			document.querySelector('details').open = true;
			document.querySelector('#objections').scrollIntoView();
		});
		const { y } = await page.locator('#objections').boundingBox();
		site.edit(layout, '</head>', '<script src="{{.Root}}theme/extra.js" defer></script></head>');
		site.write('themes/default/assets/extra.js', 'document.documentElement.dataset.extra = "1";');
		await expect(page.locator('html[data-extra="1"]')).toBeAttached();
		await expect(page.locator('details[open]')).toBeAttached();
		await expect.poll(async () => Math.abs((await page.locator('#objections').boundingBox()).y - y)).toBeLessThan(2);

		await page.evaluate(() => (window.marker = 'still here'));
		site.write('themes/default/assets/extra.js', 'document.documentElement.dataset.extra = "2";');
		await expect(page.locator('html[data-extra="2"]')).toBeAttached();
		expect(await marker(page)).toBeUndefined();
	});

	test('an edit of another page does nothing here', async ({ page, site, request }) => {
		await site.start();
		await open(page, site);
		const asked = [];
		page.on('request', (r) => asked.push(new URL(r.url()).pathname));

		site.edit('playbooks/about.md', 'A playbook answers', 'Every playbook answers');
		await expect.poll(async () => (await request.get(`${site.url}about.html`)).text()).toContain('Every playbook answers');
		site.edit(source, task, 'Now this one.');
		await expect(page.locator('main')).toContainText('Now this one.');

		expect(asked).toEqual([`/${path}`]);
		expect(await marker(page)).toBe('still here');
	});

	test('a page can be deleted, made again and renamed', async ({ page, site }) => {
		const text = '---\ntitle: Fresh\n---\n\nHello.\n';
		site.write('playbooks/fresh.md', text);
		await site.start();
		await open(page, site, 'fresh.html');
		await expect(page.locator('h1')).toHaveText('Fresh');

		site.delete('playbooks/fresh.md');
		await expect(page.locator('h1')).not.toHaveText('Fresh');
		site.write('playbooks/fresh.md', text);
		await expect(page.locator('h1')).toHaveText('Fresh');
		site.rename('playbooks/fresh.md', 'playbooks/stale.md');
		await expect(page.locator('h1')).not.toHaveText('Fresh');
		await page.goto(`${site.url}stale.html`);
		await expect(page.locator('h1')).toHaveText('Fresh');
		site.write('playbooks/stale.md', text.replace('Hello', 'Goodbye'));
		await expect(page.locator('main')).toContainText('Goodbye.');
	});

	// The new page is as long as the old one. With a cache it changes in place.
	for (const cached of [true, false]) {
		test(`a page that changed while it loaded is brought up to date, ${cached ? 'with' : 'without'} a cache`, async ({ page, site, context }) => {
			const css = site.override('styles/10-base.css');
			await site.start();
			const devtools = await context.newCDPSession(page);
			await devtools.send('Network.enable');
			await devtools.send('Network.setCacheDisabled', { cacheDisabled: !cached });
			await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/.plumb/preview.js' }] });
			const styled = page.waitForResponse('**/plumb.css').then((answer) => answer.finished());
			devtools.once('Fetch.requestPaused', async ({ requestId }) => {
				await styled;
				site.write(css, `${site.read(css)}\nh1 { letter-spacing: 7px }`);
				site.edit(source, task, cached ? task.replace('Map', 'Mop') : 'Changed meanwhile.');
				await expect.poll(async () => (await fetch(`${site.url}theme/plumb.css`)).text()).toContain('7px');
				await expect.poll(async () => (await fetch(site.url + path)).text()).not.toContain(task);
				await devtools.send('Fetch.disable');
				await devtools.send('Fetch.continueRequest', { requestId }).catch(() => {}); // disabling lets it go
			});
			await page.goto(site.url + path);
			await expect(page.locator('main')).toContainText(cached ? 'Mop tools' : 'Changed meanwhile.');
			await expect(page.locator('h1')).toHaveCSS('letter-spacing', '7px');
			expect(await page.evaluate(() => performance.getEntriesByType('navigation')[0].type)).toBe(cached ? 'navigate' : 'reload');
		});
	}

	test('a tab that was opened in the background knows what it shows', async ({ page, site }) => {
		const css = site.override('styles/10-base.css');
		await site.start();
		await page.addInitScript(visibility, 'hidden');
		await page.goto(site.url + path, { waitUntil: 'networkidle' });
		await page.evaluate(() => (window.marker = 'still here'));
		site.write(css, `${site.read(css)}\nh1 { letter-spacing: 7px }`);
		site.edit(source, task, 'Changed in the background.');
		await expect.poll(async () => (await fetch(site.url + path)).text()).toContain('Changed in the background.');
		await expect(page.locator('main')).toContainText(task);
		await page.evaluate(visibility, 'visible');
		await expect(page.locator('main')).toContainText('Changed in the background.');
		await expect(page.locator('h1')).toHaveCSS('letter-spacing', '7px');
		expect(await marker(page)).toBe('still here');
	});

	test('back on a page that was left, it shows what it is now', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		await page.goto(`${site.url}about.html`);
		site.edit(source, task, 'Changed while away.');
		await expect.poll(async () => (await fetch(site.url + path)).text()).toContain('Changed while away.');
		await page.goBack();
		await expect(page.locator('main')).toContainText('Changed while away.');
		site.edit(source, 'Changed while away.', 'Changed while here.');
		await expect(page.locator('main')).toContainText('Changed while here.');
	});

	test('--navigate follows the file that is edited', async ({ page, site }) => {
		await site.start('--navigate');
		await open(page, site);
		site.edit('playbooks/about.md', 'A playbook answers', 'Every playbook answers');
		await page.waitForURL('**/about.html');
		await expect(page.locator('main')).toContainText('Every playbook answers');
		await page.goto(site.url + path);
		site.edit(source, task, 'Back here.');
		await expect(page.locator('main')).toContainText('Back here.');
		expect(page.url()).toBe(site.url + path);
	});

	test('a server that stops leaves the page, one that starts again is found', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { badge } = tool(page);
		await site.stop();
		await expect(badge).toHaveText('Preview stopped; start plumb serve again');
		await expect(page.locator('h1')).toHaveText('Tool fleet contract');
		site.edit(source, task, 'Written while nothing ran.');
		await site.start('', site.port);
		await expect(page.locator('main')).toContainText('Written while nothing ran.', { timeout: 15_000 });
		await expect(badge).toHaveText('Preview');
		expect(await marker(page)).toBe('still here');
	});

	test('of eight tabs only the visible one holds a stream, and each is up to date when shown', async ({ context, site }) => {
		await site.start();
		const streams = new Set();
		let most = 0;
		context.on('request', (r) => r.url().includes('/.plumb/events') && streams.add(r) && (most = Math.max(most, streams.size)));
		for (const end of ['requestfinished', 'requestfailed']) context.on(end, (r) => streams.delete(r));
		const show = (page, visible) => page.evaluate(visibility, visible ? 'visible' : 'hidden');
		const tabs = [];
		for (let i = 0; i < 8; i++) {
			if (i > 0) await show(tabs[i - 1], false);
			tabs.push(await context.newPage());
			await open(tabs[i], site);
		}
		await show(tabs[7], false);
		await expect.poll(() => streams.size).toBe(0);
		site.edit(source, task, 'Seen in every tab.');
		for (const tab of tabs) {
			await expect(tab.locator('main')).not.toContainText('Seen in every tab.');
			await show(tab, true);
			await expect(tab.locator('main')).toContainText('Seen in every tab.');
			expect(await marker(tab)).toBe('still here');
			await show(tab, false);
		}
		await expect.poll(() => streams.size).toBe(0);
		expect(most).toBeLessThan(3);
	});
});

test.describe('the panel', () => {
	test('says what Plumb understood, follows each build, and can be used by keyboard', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		const { badge, panel } = tool(page);
		await badge.focus();
		await page.keyboard.press('Enter');
		await expect(badge).toHaveAttribute('aria-expanded', 'true');
		await expect(panel).toContainText('78 of 100');
		await expect(panel.locator('tr', { hasText: 'Field engineer' }).first()).toContainText('role field-engineer');
		const tasks = panel.locator('summary', { hasText: 'Selling tasks' });
		await expect(tasks).toContainText('10 tasks');
		await tasks.click();
		await expect(panel.getByRole('listitem').filter({ hasText: task })).toBeVisible();

		site.edit(source, task, 'One task more.\n1. And another.');
		await expect(tasks).toContainText('11 tasks');
		await expect(panel.getByRole('listitem').filter({ hasText: 'One task more.' })).toBeVisible();
		await expect(panel.locator('.line')).toContainText(`${source} changed`);

		await page.goto(`${site.url}roles.html`);
		await expect(panel).toContainText('This page has no source of its own');
		await panel.getByRole('button', { name: 'Close' }).focus();
		await page.keyboard.press('Escape');
		await expect(panel).toBeHidden();
		await expect(badge).toBeFocused();
	});

	test('warnings of the file stand in it and are counted in the corner', async ({ page, site }) => {
		site.edit(source, '### Inside sales', '### Inside sale');
		await site.start();
		await open(page, site);
		const { badge, errors, panel } = tool(page);
		await expect(badge).toHaveText('1 warning');
		await expect(errors).toBeHidden();
		await badge.click();
		await expect(panel.locator('.finding.warning')).toContainText('Inside sale');
	});

	test('with source lines a click on a task copies its place, and no link is followed', async ({ page, site, context }) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await site.start();
		await open(page, site);
		const { badge, panel, said, host } = tool(page);
		await badge.click();
		await panel.getByRole('button', { name: 'Source lines' }).click();
		const place = `${source}:${site.lineOf(source, task)}`;
		const li = page.locator('.tasks li').first();
		await li.locator('.task').hover();
		await expect(host.locator('.source')).toHaveText(place);
		await li.locator('.task').click();
		await expect(said).toHaveText(`Copied ${place}`);
		expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(place);
		await page.locator('h2#objections').click();
		await expect(said).toHaveText(`Copied ${source}:${site.lineOf(source, '## Objections')}`);
		await page.locator('h1').click();
		await expect(said).toHaveText(`Copied ${source}:1`);
		await li.locator('.notes').evaluate((notes) => { notes.open = true; });
		await li.locator('a').first().click();
		await expect(said).toHaveText(`Copied ${place}`);
		expect(page.url()).toBe(site.url + path);

		await page.keyboard.press('Escape');
		await expect(host.locator('.source')).toHaveCount(0);
		await page.keyboard.press('Escape');
		await page.keyboard.down('Alt');
		await page.locator('h2#objections').hover();
		await expect(host.locator('.source')).toHaveText(`${source}:${site.lineOf(source, '## Objections')}`);
		await page.keyboard.up('Alt');
		await expect(host.locator('.source')).toHaveCount(0);
	});

	test('with an editor, places are links that open it', async ({ page, site }) => {
		await site.start('--editor vscode');
		await open(page, site);
		site.edit(source, 'position: 78', 'position: high');
		const link = tool(page).errors.locator('a.place');
		await expect(link).toHaveAttribute('href', `vscode://file/${site.dir}/${source}:3:11`);
	});

	for (const colorScheme of ['light', 'dark']) {
		test(`has no fault that axe knows, ${colorScheme}, and fits small windows`, async ({ browser, site }) => {
			await site.start();
			const page = await browser.newPage({ colorScheme, reducedMotion: 'reduce' });
			await open(page, site);
			const { badge, errors, panel } = tool(page);
			site.edit(source, 'position: 78', 'position: high');
			await expect(errors).toBeVisible();
			expect(await faults(page)).toEqual([]);
			await badge.click();
			await expect(panel).toContainText('Findings');
			site.edit(source, 'position: high', 'position: 78\npositon: 78');
			await expect(panel).toContainText('Line by line');
			for (const width of [320, 640, 1280]) {
				await page.setViewportSize({ width, height: 640 });
				expect(await faults(page), `${width}`).toEqual([]);
				expect(await panel.evaluate((e) => e.scrollWidth - e.clientWidth), `${width}`).toBe(0);
				await expect(badge).toBeInViewport({ ratio: 1 });
			}
			await page.close();
		});
	}
});

test.describe('nothing but a preview', () => {
	test('no built file and no printed page has anything of it', async ({ page, site }) => {
		await site.start();
		await open(page, site);
		site.edit(source, 'position: 78', 'position: high');
		const { errors, host } = tool(page);
		await expect(errors).toBeVisible();
		await page.emulateMedia({ media: 'print' });
		await expect(errors).toBeHidden();
		expect(await host.evaluate((e) => getComputedStyle(e).display)).toBe('none');

		site.edit(source, 'position: high', 'position: 78');
		site.plumb('build', '--out', join(site.dir, 'public'));
		const files = readdirSync(join(site.dir, 'public'), { recursive: true }).filter((f) => /\.(html|css|js)$/.test(f));
		expect(files.length).toBeGreaterThan(20);
		expect(files.filter((f) => !/(plumb|search)\.js$/.test(f) && /plumb-preview|\.plumb\/|plumb:update/.test(readFileSync(join(site.dir, 'public', f), 'utf8')))).toEqual([]);
	});

	test('without JavaScript the pages are read as ever, and the errors too', async ({ browser, site }) => {
		site.edit('playbooks/about.md', /^---\n/, '---\npositon: 3\n');
		await site.start();
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(site.url + path);
		await expect(page.locator('h1')).toHaveText('Tool fleet contract');
		await page.goto(`${site.url}about.html`);
		await expect(page.locator('pre')).toContainText('playbooks/about.md:2:1: error:');
		await context.close();
	});

	for (const [name, worker] of [['from its cache', 'sw.js'], ['at any address', 'deep/worker.js']]) {
		test(`a service worker that a published site left, answering ${name}, goes`, async ({ page, site }) => {
			const old = await published(worker);
			await page.goto(old.url);
			await page.waitForFunction(() => navigator.serviceWorker.controller);
			await old.stop();

			await site.start('', old.port);
			expect(site.port).toBe(old.port);
			await page.goto(site.url).catch(() => {}); // the worker may load it again meanwhile
			await expect(page.locator('h1')).not.toHaveText('Published');
			await expect(tool(page).badge).toBeVisible();
			await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
			await open(page, site);
			expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
		});
	}

	for (const host of ['127.0.0.1', 'localhost']) {
		test(`a page of another origin on ${host} reads nothing`, async ({ browser, site }) => {
			await site.start();
			const attacker = await another(host, hostile(site.url));
			const page = await browser.newPage();
			await page.goto(attacker.url);
			await page.waitForFunction(() => window.results?.length === 9);
			expect(await page.evaluate(() => window.results.filter((r) => !r.endsWith(': nothing')))).toEqual([]);
			await page.close();
			await attacker.stop();
		});
	}

	test('a name made to lead to this machine is refused', async ({ site }) => {
		await site.start();
		const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, '--host-resolver-rules=MAP evil.test 127.0.0.1'] });
		const page = await browser.newPage();
		for (const address of ['', path, '.plumb/events', '.plumb/inspect', '.plumb/preview.js']) {
			const answer = await page.goto(`http://evil.test:${site.port}/${address}`);
			expect(answer.status(), address).toBe(421);
			expect(await answer.text(), address).not.toContain('Northline');
		}
		await browser.close();
	});
});
