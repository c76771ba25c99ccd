// Sites to measure: made, served, weighed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

export const here = dirname(fileURLToPath(import.meta.url));
export const repo = dirname(dirname(here));

const types = {
	'.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png',
	'.json': 'application/json', '.txt': 'text/plain', '.webmanifest': 'application/manifest+json', '.csv': 'text/csv',
};

// The policy under which Plumb's pages run.
export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
	+ "connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'";

export const run = (command, args) => execFileSync(command, args, { cwd: repo, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 });

// tools builds the command and the corpus maker once.
export function tools(tmp) {
	mkdirSync(join(tmp, 'bin'));
	run('go', ['build', '-o', join(tmp, 'bin') + '/', './cmd/plumb', './bench/corpus']);
	return { plumb: join(tmp, 'bin/plumb'), corpus: join(tmp, 'bin/corpus') };
}

// files lists what is below a folder, as paths from it.
export const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
	.filter((e) => e.isFile()).map((e) => relative(folder, join(e.parentPath, e.name)));

// packed is what of a file is transferred: by gzip -9, or as it is where that is
// less, as with files that are packed already.
export function packed(path) {
	const data = readFileSync(path);
	return Math.min(data.length, gzipSync(data, { level: 9 }).length);
}

// weigh sums up files: how many, their bytes stored and transferred, the largest.
export function weigh(folder, names) {
	const sum = { files: names.length, stored: 0, packed: 0, largest: { packed: 0, name: '' } };
	for (const name of names) {
		const size = packed(join(folder, name));
		sum.stored += statSync(join(folder, name)).size;
		sum.packed += size;
		if (size > sum.largest.packed) sum.largest = { packed: size, name };
	}
	return sum;
}

// serve answers with the files of a folder, and notes which were asked for. An
// empty page stands at bench.html. Without a policy pages may do anything.
export async function serve(folder, { csp = policy } = {}) {
	const asked = [];
	const server = createServer((request, response) => {
		const name = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
		const head = { 'Content-Type': types[extname(name)] ?? 'application/octet-stream', ...(csp && { 'Content-Security-Policy': csp }), 'Cache-Control': 'max-age=3600' };
		if (name === 'favicon.ico') return response.writeHead(204).end();
		if (name === 'bench.html') return response.writeHead(200, { ...head, 'Content-Type': types['.html'] }).end('<!doctype html><html lang="en"><title>bench</title>');
		const path = join(folder, name);
		if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end();
		asked.push(name);
		response.writeHead(200, head).end(readFileSync(path));
	});
	await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
	return {
		root: `http://127.0.0.1:${server.address().port}/`,
		// bytes tells what was transferred since it was asked last.
		bytes: () => asked.splice(0).reduce((n, name) => n + packed(join(folder, name)), 0),
		close: () => { server.closeAllConnections(); server.close(); },
	};
}
