// My role: chosen once, known on every page, and a link carries it.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { fileURL, sites } from './pages.mjs';
import { Site } from './preview.mjs';
import { forget, keep, kept, moved, places, root, test } from './reader.mjs';

const home = 'index.html';
const playbook = 'playbooks/tool-fleet-contract.html';
const other = 'playbooks/basix/trade-counters.html';

const chooser = (page) => page.locator('.tools [data-does=role]');
const panel = (page) => page.locator('dialog.panel');
const option = (page, name) => panel(page).getByRole('button', { name, exact: true });
const tab = (page, name) => page.locator('.jump').getByRole('link', { name, exact: true });

async function choose(page, name) {
	await chooser(page).click();
	await option(page, name).click();
	await expect(panel(page)).toHaveCount(0);
}

// shown lists the roles whose tasks can be seen; “” is everyone's.
const shown = (page) => page.evaluate(() => {
	const lists = [...document.querySelectorAll('[data-kind=selling-tasks] .tasks')].filter((e) => e.firstElementChild.checkVisibility({ contentVisibilityAuto: true }));
	return [...new Set(lists.map((e) => e.dataset.roles ?? ''))];
});

const everyRole = ['account-manager', 'field-engineer', 'inside-sales'];

const asked = (page) => new URL(page.url()).searchParams.get('role');

for (const place of places) {
	test.describe(place.name, () => {
		test.beforeEach(async ({ context }) => {
			if (place.forgetful) await forget(context);
		});

		test('a role chosen on one page is known on the next ones', async ({ page }) => {
			await page.goto(place.root + home);
			await expect(chooser(page)).toContainText('All roles');

			await choose(page, 'Field engineer');

			await expect(chooser(page)).toContainText('Field engineer');
			await expect(chooser(page)).toBeFocused();
			await expect(page.locator('.say')).toHaveText('Role: Field engineer');
			expect(asked(page)).toBe('field-engineer');

			await page.locator('.dot a', { hasText: 'Tool fleet contract' }).click();
			await expect(page.locator('h1')).toHaveText('Tool fleet contract');
			await expect(chooser(page)).toContainText('Field engineer');
			expect(await shown(page)).toEqual(['field-engineer']);
			await expect.poll(() => asked(page)).toBe('field-engineer');

			await page.getByRole('link', { name: 'Roles', exact: true }).click();
			await page.locator('main').getByRole('link', { name: 'Legal', exact: true }).click();
			await expect(chooser(page)).toContainText('Field engineer');

			await choose(page, 'All roles');
			await expect(chooser(page)).toContainText('All roles');
			expect(asked(page)).toBeNull();
			await page.goto(place.root + playbook);
			expect(await shown(page)).toEqual(everyRole);
		});

		test('an address carries the role, and keeps the rest of itself', async ({ page }) => {
			await page.goto(`${place.root}${playbook}?from=mail&role=inside-sales#buyers`);
			await expect(chooser(page)).toContainText('Inside sales');
			expect(await shown(page)).toEqual(['inside-sales']);
			const before = page.url();
			await choose(page, 'Account manager');
			expect(page.url()).toBe(before.replace('inside-sales', 'account-manager'));
			expect(await shown(page)).toEqual(['account-manager']);
		});
	});
}

test('a role of an address is kept if there is no other, and else serves this visit', async ({ page }) => {
	await page.goto(`${root}${playbook}?role=inside-sales`);
	expect((await kept(page, 'role')).id).toBe('inside-sales');

	await page.goto(`${root}${playbook}?role=field-engineer`);
	await expect(chooser(page)).toContainText('Field engineer');
	expect((await kept(page, 'role')).id).toBe('inside-sales');
	await page.locator('.brand').click();
	await expect(page.locator('h1')).toHaveText('Where we compete');
	await expect(chooser(page)).toContainText('Field engineer');
	expect(asked(page)).toBe('field-engineer');

	await page.goto(root + playbook);
	await expect(chooser(page)).toContainText('Inside sales');
	const links = await page.locator('main a[href*="role="]').count();
	expect(links).toBe(0);
});

test('the choice of all roles can be overruled by an address as any other', async ({ page }) => {
	await page.goto(root + home);
	await choose(page, 'Legal');
	await choose(page, 'All roles');
	await page.goto(`${root}${playbook}?role=field-engineer`);
	expect(await shown(page)).toEqual(['field-engineer']);
	await page.goto(root + playbook);
	expect(await shown(page)).toEqual(everyRole);
});

for (const id of ['nobody', '"]{}*{display:none}', '%E0%A4%A', '__proto__']) {
	test(`a role that the site does not know is ignored: ${id}`, async ({ page }) => {
		await page.goto(`${root}${playbook}?role=${id}`);
		await expect(chooser(page)).toContainText('All roles');
		expect(await shown(page)).toEqual(everyRole);
		expect(await kept(page, 'role')).toBeNull();
	});
}

test('what was kept of a role that is gone, or is no role at all, is ignored', async ({ page }) => {
	await page.goto(root + playbook);
	for (const value of [{ id: 'gone', title: 'Gone' }, 7, 'x', { id: 3 }, []]) {
		await keep(page, 'role', value);
		await page.reload();
		await expect(chooser(page)).toContainText('All roles');
		expect(await shown(page)).toEqual(everyRole);
	}
});

test('the keyboard alone chooses a role: arrows, ends, typing, Enter, Escape', async ({ page }) => {
	await page.goto(root + home);
	await chooser(page).focus();
	await page.keyboard.press('Enter');
	await expect(option(page, 'All roles')).toBeFocused();
	await expect(option(page, 'All roles')).toHaveAttribute('aria-current', 'true');
	await page.keyboard.press('ArrowDown');
	await expect(option(page, 'Account manager')).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('ArrowUp');
	await expect(option(page, 'Field technician')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(option(page, 'All roles')).toBeFocused();
	await page.keyboard.press('End');
	await expect(option(page, 'Field technician')).toBeFocused();
	await page.keyboard.press('Home');
	await page.keyboard.type('ins');
	await expect(option(page, 'Inside sales')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(panel(page)).toHaveCount(0);
	await expect(chooser(page)).toBeFocused();
	await expect(chooser(page)).toContainText('All roles');

	await page.keyboard.press('Space');
	await page.keyboard.type('grader');
	await page.keyboard.press('Enter');
	await expect(panel(page)).toHaveCount(0);
	await expect(chooser(page)).toContainText('Workshop grader');
	await expect(chooser(page)).toBeFocused();

	await page.keyboard.press('r');
	await expect(option(page, 'Workshop grader')).toBeFocused();
	await page.keyboard.press('Tab');
	await expect(panel(page).locator(':focus')).toHaveCount(1);
});

test('a click beside the panel or on its button closes it', async ({ page }) => {
	await page.goto(root + home);
	await chooser(page).click();
	await page.mouse.click(5, 5);
	await expect(panel(page)).toHaveCount(0);
	await chooser(page).click();
	await panel(page).getByRole('button', { name: 'Close' }).click();
	await expect(panel(page)).toHaveCount(0);
});

test('on a playbook the other roles are a tap away, for this page only', async ({ page }) => {
	await page.goto(`${root}${playbook}?role=field-engineer`);
	await expect(tab(page, 'Field engineer')).toHaveAttribute('aria-current', 'true');

	await tab(page, 'Account manager').click();
	expect(await shown(page)).toEqual(['account-manager']);
	await expect(page.locator('.jump [aria-current]')).toHaveText('Account manager');
	await expect(chooser(page)).toContainText('Field engineer');
	expect(asked(page)).toBe('field-engineer');

	await tab(page, 'All roles').press('Enter');
	expect(await shown(page)).toEqual(everyRole);
	await expect(page.locator('.jump [aria-current]')).toHaveText('All roles');

	await page.reload();
	expect(await shown(page)).toEqual(['field-engineer']);
});

test('without a role everything is shown, and the tabs say so', async ({ page }) => {
	await page.goto(root + playbook);
	expect(await shown(page)).toEqual(everyRole);
	await expect(page.locator('.jump [aria-current]')).toHaveText('All roles');
	await expect(page.locator('.no-tasks')).toBeHidden();
});

test('without scripts there is no choice and nothing is hidden', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`${root}${playbook}?role=field-engineer`);
	for (const id of everyRole) await expect(page.locator(`.tasks[data-roles~=${id}]`)).toBeVisible();
	await expect(chooser(page)).toBeHidden();
	await expect(tab(page, 'All roles')).toHaveCount(0);
	await expect(page.locator('.no-tasks')).toBeHidden();
	await context.close();
});

test('a playbook without tasks for the role says so and names who has some', async ({ page }) => {
	await page.goto(`${root}${other}?role=field-engineer`);
	expect(await shown(page)).toEqual([]);
	await expect(page.locator('.no-tasks')).toBeVisible();
	await expect(page.locator('.jump [aria-current]')).toHaveCount(0);
	await page.locator('.jump a').first().click();
	await expect(page.locator('.no-tasks')).toBeHidden();
	expect((await shown(page)).length).toBe(1);
});

test('an address that leads to a task of another role shows that role', async ({ page }) => {
	await page.goto(root + playbook);
	const task = await page.locator('.tasks[data-roles=account-manager] > li').last().getAttribute('id');
	await page.goto(`${root}${playbook}?role=field-engineer#${task}`);
	await expect(page.locator(`#${task}`)).toBeInViewport();
	expect(await shown(page)).toEqual(['account-manager']);
	await expect(chooser(page)).toContainText('Field engineer');

	await page.evaluate(() => (location.hash = '#inside-sales'));
	await expect(page.locator('#inside-sales')).toBeInViewport();
	expect(await shown(page)).toEqual(['inside-sales']);

	await page.evaluate(() => (location.hash = '#%E0%A4%A'));
	expect(await shown(page)).toEqual(['inside-sales']);
});

test('a search in the page finds the tasks of other roles', async ({ page }) => {
	await page.goto(`${root}${playbook}?role=field-engineer`);
	await page.goto(`${root}${playbook}?role=field-engineer&again#:~:text=cost%20per%20working%20hour%2C%20not%20price`);
	await expect.poll(() => shown(page)).toEqual(['account-manager']);
	await expect(page.locator('.tasks[data-roles=account-manager] > li').nth(1)).toBeInViewport();
});

test('a role is chosen on its own page, and given up there', async ({ page }) => {
	await page.goto(`${root}roles/field-engineer.html`);
	const mine = page.locator('[data-does=my-role]');
	await expect(mine).toHaveAttribute('aria-pressed', 'false');
	await mine.click();
	await expect(mine).toHaveAttribute('aria-pressed', 'true');
	await expect(chooser(page)).toContainText('Field engineer');
	expect((await kept(page, 'role')).title).toBe('Field engineer');
	await mine.click();
	await expect(mine).toHaveAttribute('aria-pressed', 'false');
	await expect(chooser(page)).toContainText('All roles');
});

test('all open tabs follow a choice', async ({ page, context }) => {
	await page.goto(root + playbook);
	const second = await context.newPage();
	await second.goto(root + home);
	await choose(second, 'Field engineer');
	await expect(chooser(page)).toContainText('Field engineer');
	expect(await shown(page)).toEqual(['field-engineer']);
	expect(asked(page)).toBe('field-engineer');
});

test('a page that comes back from the browser’s memory knows a choice made meanwhile', async ({ page }) => {
	await page.goto(root + playbook);
	await page.locator('.brand').click();
	await expect(page.locator('h1')).toHaveText('Where we compete');
	await choose(page, 'Field engineer');
	await page.goBack();
	await expect(page.locator('h1')).toHaveText('Tool fleet contract');
	await expect(chooser(page)).toContainText('Field engineer');
	expect(await shown(page)).toEqual(['field-engineer']);
});

test('the marks of playbooks without tasks for the role are hollow', async ({ page }) => {
	await page.goto(`${root}${home}?role=field-engineer`);
	const fills = await page.evaluate(() => [...document.querySelectorAll('.dot')].map((e) => [getComputedStyle(e).getPropertyValue('--fill') === 'transparent', e.dataset.roles.split(' ').includes('field-engineer')]));
	expect(fills.some(([, own]) => own)).toBe(true);
	expect(fills.filter(([hollow, own]) => hollow === own)).toEqual([]);
});

test('before its last script is there a page is painted for the role', async ({ page }) => {
	await page.goto(`${root}${home}?role=field-engineer`);
	await page.route('**/theme/plumb.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
	await page.goto(root + playbook);
	expect(await shown(page)).toEqual(['field-engineer']);
	await page.goto(root + other);
	await expect(page.locator('.no-tasks')).toBeVisible();
});

for (const width of [360, 1280]) {
	test(`at ${width} px nothing moves when the scripts arrive after the paint`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		for (const role of ['', 'product-support-representative']) {
			await page.goto(`${root}${home}?role=${role}`);
			for (const path of [home, playbook, other, 'playbooks/cases/dealer-service-agreement.html', 'roles/product-support-representative.html']) {
				expect(await moved(page, root + path), path).toEqual([]);
				await expect(chooser(page)).toContainText(role ? 'Product support representative' : 'All roles');
			}
		}
	});
}

for (const colorScheme of ['light', 'dark']) {
	test(`the panel has no fault that axe knows, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 700 });
			await page.goto(`${root}${home}?role=legal`);
			await chooser(page).click();
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
			expect(violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html}`)), `${width}`).toEqual([]);
			expect(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth)).toBe(true);
			const box = await panel(page).boundingBox();
			expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= 700).toBe(true);
		}
	});
}

test('a site with hundreds of roles lets each be chosen on its page', async ({ page }) => {
	const site = new Site();
	try {
		const roles = Array.from({ length: 201 }, (_, i) => `  role-${i}: {title: Role ${i}}`).join('\n');
		site.edit('plumb.yaml', /^roles:$/m, `roles:\n${roles}`);
		site.plumb('build', '--quiet');
		const from = fileURL({ dir: `${site.dir}/public` }, '');
		await page.goto(`${from}roles/field-engineer.html`);
		await page.locator('[data-does=my-role]').click();
		await expect(chooser(page)).toContainText('Field engineer');
		await page.goto(from + playbook);
		await expect(chooser(page)).toContainText('Field engineer');
		expect(await shown(page)).toEqual(['field-engineer']);
		await chooser(page).click();
		await expect(panel(page)).toContainText('too many roles');
		await expect(panel(page).getByRole('link')).toHaveAttribute('href', `${from}roles.html`);
		await option(page, 'All roles').click();
		expect(await shown(page)).toEqual(everyRole);
		await page.goto(`${from}${playbook}?role=inside-sales`);
		expect(await shown(page)).toEqual(['inside-sales']);
	} finally {
		site.remove();
	}
});

test('two sites of one host keep a role each', async ({ page }) => {
	await page.goto(`${fileURL(sites.sample, '')}${home}?role=legal`);
	await page.goto(`${fileURL(sites.below, '')}${home}`);
	await expect(chooser(page)).toContainText('All roles');
	await page.goto(`${fileURL(sites.sample, '')}${home}`);
	await expect(chooser(page)).toContainText('Legal');
});

test('who comes back to a page finds the role that they have chosen since', async ({ page }) => {
	await page.goto(root + playbook);
	await choose(page, 'Field engineer');
	await page.goto(root + home);
	await choose(page, 'Account manager');
	await page.goBack();
	await expect(page.locator('[data-role-name]')).toHaveText('Account manager');
	expect(await shown(page)).toEqual(['account-manager']);
	await page.reload();
	expect(asked(page)).toBe('account-manager');
});
