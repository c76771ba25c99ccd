// Readers differ: with larger text, without motion, with colours of their own,
// without scripts, on a slow line. The page is the same for all of them.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { address, fileURL, kinds, pagesOf, sites } from './pages.mjs';

const first = kinds.filter((k) => ['home', 'playbook', 'role'].includes(k.name));
const withRole = (kind) => `${address(kind)}?role=account-manager`;

// ---- larger

for (const kind of kinds) {
	test(`${kind.name} can be read at 200 %: the whole page, and its text alone`, async ({ browser }) => {
		const zoomed = await browser.newPage({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
		await zoomed.goto(address(kind));
		expect(await zoomed.evaluate(spoilt), 'the whole page').toEqual([]);
		await zoomed.close();

		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		const settings = await page.context().newCDPSession(page);
		await settings.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
		await page.goto(address(kind));
		expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('32px');
		expect(await page.evaluate(spoilt), 'text alone').toEqual([]);
		await page.close();
	});
}

test('at 200 % the panels fit into the window and can be scrolled to their end', async ({ browser }) => {
	const page = await browser.newPage({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
	for (const kind of first) {
		await page.goto(address(kind));
		for (const key of ['r', '?']) {
			await page.keyboard.press(key);
			const panel = page.locator('dialog[open]');
			const box = await panel.boundingBox();
			expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 640 && box.y + box.height <= 400, JSON.stringify(box)).toBe(true);
			const last = panel.locator('button, a, input').last();
			await last.scrollIntoViewIfNeeded();
			await expect(last).toBeInViewport({ ratio: 1 });
			await page.keyboard.press('Escape');
		}
	}
	await page.close();
});

// spoilt lists what a larger page loses: it is wider than its window, words are
// cut off or lie over each other, what stays in place leaves no room to read.
function spoilt() {
	const name = (e) => `${e.tagName}.${e.getAttribute('class') ?? ''} “${e.textContent.trim().slice(0, 30)}”`;
	const all = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility({ visibilityProperty: true }));
	const out = [];
	if (document.scrollingElement.scrollWidth > document.documentElement.clientWidth) out.push('the page scrolls sideways');
	// For screen readers alone: a box of a pixel, or one that is clipped away.
	const unseen = (e) => e.clientWidth <= 1 || getComputedStyle(e).clipPath === 'inset(50%)';
	const cuts = (e, axis) => /hidden|clip/.test(getComputedStyle(e)[`overflow${axis}`]);
	for (const e of all.filter((e) => e.textContent.trim() && !unseen(e))) {
		if ((cuts(e, 'X') && e.scrollWidth > e.clientWidth + 1) || (cuts(e, 'Y') && e.scrollHeight > e.clientHeight + 1)) out.push(`cut off: ${name(e)}`);
	}
	for (const e of all.filter((e) => /fixed|sticky/.test(getComputedStyle(e).position))) {
		if (e.offsetHeight > innerHeight / 2 && e.offsetWidth > innerWidth / 2) out.push(`in the way: ${name(e)}`);
	}
	const words = textBoxes(all.filter((e) => !unseen(e) && !e.closest('.skip, svg')));
	words.forEach((a, i) => words.slice(i + 1).forEach((b) => {
		if (a.of !== b.of && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) out.push(`${name(a.of)} lies over ${name(b.of)}`);
	}));
	return [...new Set(out)];

	// textBoxes are the boxes of the lines of text, about as high as small letters.
	function textBoxes(elements) {
		return elements.flatMap((of) => [...of.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()).flatMap((text) => {
			const range = document.createRange();
			range.selectNodeContents(text);
			return [...range.getClientRects()].map((r) => ({ of, left: r.left + 1, right: r.right - 1, top: r.top + r.height * 0.3, bottom: r.bottom - r.height * 0.3 }));
		}));
	}
}

test('at every width the bars of a crowded line say where they stand and how many playbooks they are', async ({ page }) => {
	await page.goto(`${sites.large.url}index.html`);
	for (const width of [320, 390, 640, 1280]) {
		await page.setViewportSize({ width, height: 800 });
		const bars = await page.evaluate(() => [...document.querySelectorAll('.bins li')].map((bar) => {
			const seen = [...bar.querySelectorAll('span')].filter((e) => e.children.length === 0 && e.clientWidth !== 1 && e.checkVisibility());
			return seen.map((e) => e.textContent).join(' ').trim();
		}));
		expect(bars.length).toBe(20);
		expect(bars.filter((text) => !/\d+\D+\d+/.test(text)), `${width}`).toEqual([]);
	}
});

// ---- without motion

test('nothing moves for a reader who asked for less motion', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const kind of kinds) {
		await page.goto(address(kind));
		expect(await page.evaluate(motions), kind.name).toEqual([]);
	}
	await page.locator('.tools [data-does=role]').click();
	expect(await page.evaluate(motions), 'a panel').toEqual([]);
});

// motions lists the elements with a transition or an animation that can be seen.
function motions() {
	const longest = (list) => Math.max(...list.split(',').map((s) => parseFloat(s) / (s.trim().endsWith('ms') ? 1000 : 1)));
	const out = [];
	for (const e of document.querySelectorAll('*')) {
		for (const part of ['', '::before', '::after', '::marker', '::backdrop', '::details-content']) {
			const s = getComputedStyle(e, part);
			const moves = longest(s.transitionDuration) > 0.01 || (s.animationName !== 'none' && longest(s.animationDuration) > 0.01) || s.scrollBehavior === 'smooth';
			if (moves) out.push(`${e.tagName}.${e.getAttribute('class') ?? ''}${part}`);
		}
	}
	return out;
}

// ---- with colours of their own

for (const colorScheme of ['light', 'dark']) {
	test(`with forced colours, ${colorScheme}, the line, its marks and the focus can be seen`, async ({ page }) => {
		await page.emulateMedia({ forcedColors: 'active', colorScheme });
		for (const [kind, selectors] of Object.entries({
			home: ['.rule', '.dot .mini', '[data-does=mine]'],
			playbook: ['.rule', '.stop .bob', '.place .mark', '.tick', '.tools button'],
			role: ['.stretch', '.mini', '[data-does=my-role]'],
		})) {
			await page.goto(withRole(kinds.find((k) => k.name === kind)));
			for (const selector of selectors) {
				expect(await isSeen(page, await page.locator(`${selector}:visible`).first().elementHandle()), `${kind}: ${selector}`).toBe(true);
			}
			await page.keyboard.press('Tab');
			await page.keyboard.press('Tab');
			const { outline, paper } = await page.evaluate(() => ({
				outline: getComputedStyle(document.activeElement).outline,
				paper: getComputedStyle(document.documentElement).backgroundColor,
			}));
			expect(outline, kind).not.toContain('none');
			expect(outline, kind).not.toContain(paper);
		}
	});

	test(`with forced colours, ${colorScheme}, the chosen role’s marks differ from the others’`, async ({ page }) => {
		await page.emulateMedia({ forcedColors: 'active', colorScheme });
		await page.goto(withRole(kinds[0]));
		const looks = async (selector) => {
			const box = await page.locator(`${selector} .mini`).first().evaluate((e) => {
				const { left, width } = getComputedStyle(e, '::before');
				const r = e.getBoundingClientRect();
				return { x: r.left + parseFloat(left) + parseFloat(width) / 2, y: r.top + r.height / 2 };
			});
			return page.screenshot({ clip: { x: box.x - 1, y: box.y - 1, width: 2, height: 2 } });
		};
		const own = await looks('.dot[data-roles~=account-manager]');
		expect(own.equals(await looks('.dot:not([data-roles~=account-manager])'))).toBe(false);
	});
}

// isSeen tells whether the screen is another without the element.
async function isSeen(page, element) {
	await element.scrollIntoViewIfNeeded();
	const shown = await page.screenshot();
	await element.evaluate((e) => e.style.setProperty('visibility', 'hidden'));
	const hidden = await page.screenshot();
	await element.evaluate((e) => e.style.removeProperty('visibility'));
	return !shown.equals(hidden);
}

// ---- without scripts

test('without scripts every page of the sample is whole, and shows no control that does nothing', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	const faults = [];
	for (const path of [...pagesOf(sites.sample), '404.html']) {
		await page.goto(sites.sample.url + path);
		faults.push(...(await page.evaluate(idle)).map((e) => `${path}: does nothing: ${e}`));
		faults.push(...(await page.evaluate(withheld)).map((e) => `${path}: not shown: ${e}`));
	}
	expect(faults).toEqual([]);
	await context.close();
});

// idle lists the controls that can be seen and do nothing without a script.
function idle() {
	const controls = document.querySelectorAll('button, input, select, textarea, [data-does]:not([href]), [role=button], a:not([href]):not([id])');
	return [...controls].filter((e) => e.checkVisibility() && !e.matches('[popovertarget]')).map((e) => e.outerHTML.slice(0, 120));
}

// withheld lists the text that cannot be seen and stands nowhere else on the
// page; what a reader can open is not withheld, nor what belongs to controls that
// need a script, nor the head of a table whose cells carry labels instead, nor
// what is for paper or only a clock can tell.
function withheld() {
	const meant = 'details:not([open]) > :not(summary), [popover], button, thead, .no-tasks, .tools, .filters, .legend, .acts, .choose, .stamp, .late, [hidden]';
	const seen = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
	const plain = (text) => text.toLowerCase().replace(/\W+$/, '').trim();
	const shown = plain(document.body.innerText);
	const out = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let text = walker.nextNode(); text; text = walker.nextNode()) {
		const e = text.parentElement;
		if (!seen(e) && !e.closest(meant) && !shown.includes(plain(text.data))) out.push(e.outerHTML.slice(0, 120));
	}
	return out;
}

// ---- on a slow line

for (const width of [390, 1280]) {
	for (const address of [(kind) => sites.sample.url + kind.path, withRole]) {
		const role = address === withRole;
		test(`at ${width} px ${role ? 'with a role chosen before' : 'at a first visit'} nothing moves while the page arrives`, async ({ page }) => {
			await page.setViewportSize({ width, height: 844 });
			await page.addInitScript(() => {
				window.moved = [];
				new PerformanceObserver((list) => {
					for (const e of list.getEntries()) window.moved.push([e.value, ...e.sources.map((s) => s.node?.outerHTML?.slice(0, 100) ?? String(s.node))]);
				}).observe({ type: 'layout-shift', buffered: true });
			});
			if (role) await page.goto(withRole(kinds[0]));
			const line = await page.context().newCDPSession(page);
			await line.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
			for (const kind of [...first, ...kinds.filter((k) => k.name === 'segment' || k.name === 'illustrative playbook')]) {
				await page.goto(sites.sample.url + kind.path, { waitUntil: 'load' });
				await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
				expect(await page.evaluate(() => window.moved), kind.name).toEqual([]);
			}
		});
	}
}

for (const kind of first) {
	test(`${kind.name} asks for at most six files, all of this host`, async ({ browser }) => {
		const context = await browser.newContext({ serviceWorkers: 'block' });
		const page = await context.newPage();
		const asked = new Set();
		page.on('request', (r) => asked.add(r.url()));
		await page.goto(address(kind), { waitUntil: 'networkidle' });
		// A browser without a window asks for neither.
		for (const link of await page.locator('link[rel=icon], link[rel=manifest]').all()) asked.add(await link.evaluate((e) => e.href));
		expect([...asked].filter((url) => !url.startsWith(sites.sample.url))).toEqual([]);
		expect(asked.size, [...asked].join('\n')).toBeLessThanOrEqual(6);
		await context.close();
	});
}

// ---- weight

const packed = (site, path) => gzipSync(readFileSync(`${site.dir}/${path}`), { level: 9 }).length;

test('pages, style and scripts are as light as promised', async ({ page }) => {
	for (const site of [sites.sample, sites.below]) {
		const playbooks = pagesOf(site).filter((path) => path.startsWith('playbooks/'));
		expect(playbooks.length).toBeGreaterThan(8);
		const heavy = playbooks.filter((path) => packed(site, path) > 12_000);
		expect(heavy.map((path) => `${path}: ${packed(site, path)}`)).toEqual([]);
	}
	for (const kind of first) {
		await page.goto(fileURL(sites.sample, kind.path));
		const files = await page.evaluate(() => [...document.querySelectorAll('script[src], link[rel=stylesheet]')].map((e) => e.getAttribute('src') ?? e.getAttribute('href')));
		const sum = (ending) => files.filter((f) => f.endsWith(ending)).reduce((n, f) => n + packed(sites.sample, f.replace(/^(\.\.\/)+/, '')), 0);
		expect(sum('.css'), kind.name).toBeGreaterThan(1000);
		expect(sum('.css'), kind.name).toBeLessThanOrEqual(9 * 1024);
		expect(sum('.js'), kind.name).toBeGreaterThan(1000);
		expect(sum('.js'), kind.name).toBeLessThanOrEqual(8_000);
		expect(await page.locator('img:not([width][height])').count(), `${kind.name}: pictures without a size`).toBe(0);
	}
});
