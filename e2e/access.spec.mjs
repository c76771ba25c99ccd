// Every reader: with a screen reader, with the keyboard alone, on a small
// screen, in either colour scheme.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { address, kinds } from './pages.mjs';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// A scheme changes colours and nothing else, so that the rules on colours
// are enough for the second one.
const colours = ['color-contrast', 'link-in-text-block'];

for (const kind of kinds) {
	test(`${kind.name} has no fault that axe knows, light and dark, at three widths`, async ({ page }) => {
		await page.goto(address(kind));
		for (const width of [320, 768, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			expect(await faults(page, 'light'), `light, ${width}`).toEqual([]);
			expect(await faults(page, 'dark', colours), `dark, ${width}`).toEqual([]);
		}
	});

	test(`${kind.name} never scrolls sideways as a whole`, async ({ page }) => {
		await page.goto(address(kind));
		for (const width of [320, 390, 768, 1280]) {
			await page.setViewportSize({ width, height: 800 });
			expect(await page.evaluate(tooWide), `${width}`).toEqual([]);
		}
	});

	test(`${kind.name} can be used with the keyboard alone`, async ({ page }) => {
		await page.goto(address(kind));
		await page.keyboard.press('Tab');
		await expect(page.locator('a.skip')).toBeFocused();
		await expect(page.locator('a.skip')).toBeInViewport();

		const expected = await page.evaluate(controls);
		const reached = [];
		for (const _ of expected) {
			const { id, fault } = await page.evaluate(focused);
			expect(fault, id).toBe('');
			reached.push(id);
			await page.keyboard.press('Tab');
		}
		expect(reached).toEqual(expected);

		await page.locator('a.skip').focus();
		await page.keyboard.press('Enter');
		await expect(page.locator('main:target')).toHaveCount(1);
		await page.keyboard.press('Tab');
		expect(await page.evaluate(() => document.activeElement.closest('main, footer') !== null)).toBe(true);
	});
}

for (const javaScriptEnabled of [true, false]) {
	test(`on a phone, sheets lead to pages and headings ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({ browser }) => {
		const page = await browser.newPage({ javaScriptEnabled, viewport: { width: 320, height: 640 } });
		await page.goto(address(kinds.find((k) => k.name === 'playbook')));
		await page.getByRole('button', { name: 'On this page' }).click();
		await page.locator('.contents').getByRole('link', { name: 'Objections' }).click();
		await expect(page.locator('h2:target')).toBeInViewport();
		if (javaScriptEnabled) await expect(page.locator('.contents')).toBeHidden();
		await page.keyboard.press('Escape');
		await expect(page.locator('.contents')).toBeHidden();

		await page.getByRole('button', { name: 'Menu' }).click();
		await page.locator('.pages').getByRole('link', { name: 'Metrics' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Metrics');
		await page.close();
	});
}

// faults returns what axe finds in a colour scheme, by all rules or by some.
async function faults(page, colorScheme, some) {
	await page.emulateMedia({ colorScheme });
	const axe = new AxeBuilder({ page }).setLegacyMode();
	const { violations, passes } = await (some ? axe.withRules(some) : axe.withTags(standards)).analyze();
	expect(passes.map((p) => p.id)).toContain('color-contrast');
	return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`));
}

// tooWide lists what makes the page wider than its window.
function tooWide() {
	const wide = document.documentElement.clientWidth;
	if (document.scrollingElement.scrollWidth <= wide) return [];
	return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > wide + 1).map((e) => `${e.tagName}.${e.className}`);
}

// controls numbers what a reader can act on or scroll, in the order of the
// page, and returns their names.
function controls() {
	const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY) && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight);
	const acts = (e) => e.matches('a[href], button, input, select, textarea, summary, [tabindex="0"]') && !e.disabled;
	// A browser lets the keyboard scroll a container that holds nothing to act on.
	const all = [...document.querySelectorAll('body *')].filter((e) => e.checkVisibility() && (acts(e) || (scrolls(e) && ![...e.querySelectorAll('*')].some(acts))));
	return all.map((e, i) => (e.dataset.control = `${i} ${e.tagName} ${e.textContent.trim().slice(0, 40)}`));
}

// focused names the control that has the focus and says what keeps a reader
// from seeing that: at least two sides of its outline must show.
function focused() {
	const e = document.activeElement;
	const id = e.dataset.control ?? `${e.tagName}.${e.className}`;
	const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(e);
	if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return { id, fault: 'no outline' };
	const out = parseFloat(outlineWidth) + parseFloat(outlineOffset);
	const box = e.getClientRects()[0];
	if (!box || box.width < 2 || box.height < 2) return { id, fault: 'nothing to see' };
	const sides = { left: box.left - out, top: box.top - out, right: box.right + out, bottom: box.bottom + out };
	const seen = new Set(Object.keys(sides));
	const clip = (c) => {
		if (sides.left < c.left) seen.delete('left');
		if (sides.top < c.top) seen.delete('top');
		if (sides.right > c.right) seen.delete('right');
		if (sides.bottom > c.bottom) seen.delete('bottom');
	};
	clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
	for (let a = e.parentElement; a && a !== document.body; a = a.parentElement) {
		if (getComputedStyle(a).overflowX !== 'visible') clip(a.getBoundingClientRect());
	}
	return { id, fault: seen.size < 2 ? `only the ${[...seen].join()} side of the outline shows` : '' };
}
