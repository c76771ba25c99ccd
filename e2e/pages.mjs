// One page of each kind, and what several tests ask of a page.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

export const sites = JSON.parse(process.env.PLUMB_SITES ?? '{}');

export const kinds = [
	{ name: 'home', path: 'index.html' },
	{ name: 'playbook', path: 'playbooks/tool-fleet-contract.html' },
	{ name: 'illustrative playbook', path: 'playbooks/cases/xiameter.html' },
	{ name: 'retired playbook', path: 'playbooks/northline/starter-kits.html' },
	{ name: 'role', path: 'roles/account-manager.html' },
	{ name: 'segment', path: 'segments/hospitals.html' },
	{ name: 'processes', path: 'processes.html' },
	{ name: 'metrics', path: 'metrics.html' },
	{ name: 'assets', path: 'assets.html' },
	{ name: 'roles', path: 'roles.html' },
	{ name: 'segments', path: 'segments.html' },
	{ name: 'ordinary page', path: 'about.html' },
	{ name: 'compare', path: 'compare.html' },
	{ name: 'search', path: 'search.html' },
	{ name: '404', path: 'no/such/page', status: 404 },
	{ name: 'offline', path: 'offline.html' },
	{ name: 'home with bins', site: 'large', path: 'index.html' },
	{ name: 'stretch of the line', site: 'large', path: 'line/5.html' },
	{ name: 'one of many pages', site: 'large', path: 'roles/account-manager.2.html' },
	{ name: 'search in letters', site: 'large', path: 'search.html' },
	{ name: 'letter', site: 'large', path: 'a-z/f.html' },
	{ name: 'Japanese playbook', site: 'large', path: 'playbooks/p7.html' },
];

export const address = (kind) => sites[kind.site ?? 'sample'].url + kind.path;

// Every page of a site as a path, 404.html left out: it stands at any address.
export function pagesOf(site) {
	return readdirSync(site.dir, { recursive: true }).filter((p) => p.endsWith('.html') && p !== '404.html').sort();
}

export const fileURL = (site, path) => pathToFileURL(`${site.dir}/${path}`).href;
