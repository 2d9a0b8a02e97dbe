/* What all tests in browsers share: the two browsers, the canary on whose port nothing may arrive, and the count of checks. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CHROMIUM = process.env.LIFEBOAT_CHROMIUM || '/usr/bin/chromium';
const FIREFOX = process.env.LIFEBOAT_FIREFOX || '/usr/bin/firefox-esr';
export const NARROW = { width: 320, height: 640 };
export const WIDE = { width: 1280, height: 900 };
const PATIENCE = 180_000; /* ms for a page: the machine may be busy with all other tests */
/* What a browser asks of its makers by itself says nothing about the pages. */
const VENDORS = /(^|\.)(mozilla\.(org|com|net)|firefox\.com|mozaws\.net|google(apis|usercontent)?\.com|gstatic\.com|gvt1\.com|digicert\.com)$/;
const AXE_RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

export const result = { passed: 0, failed: 0 };

export function check(name, complaints) {
	const all = [complaints].flat(Infinity).filter(Boolean);
	if (all.length === 0) {
		result.passed++;
		return;
	}
	result.failed++;
	console.log(`not ok: ${name}`);
	all.slice(0, 8).forEach((text) => console.log(`    ${String(text).slice(0, 400)}`));
	if (all.length > 8)
		console.log(`    … ${all.length} in all`);
}

/* With LIFEBOAT_TIMES=1, how long each part took. */
export async function timed(name, work) {
	const start = performance.now();
	await work();
	if (process.env.LIFEBOAT_TIMES === '1')
		console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${name}`);
}

export async function loadTools() {
	const require = createRequire(import.meta.url);
	const source = (name) => readFileSync(require.resolve(name), 'utf8');
	const missing = [CHROMIUM, FIREFOX].find((path) => !existsSync(path));
	try {
		if (missing)
			throw new Error(`no ${missing}`);
		return { chromium: (await import('playwright-core')).chromium, puppeteer: (await import('puppeteer-core')).default,
			axe: source('axe-core/axe.min.js'), purify: source('dompurify/dist/purify.min.js') };
	} catch (error) {
		const why = missing ? error.message : `npm ci was not run in tests/browser (${error.code || error.message})`;
		const required = process.env.LIFEBOAT_REQUIRE_BROWSERS === '1';
		console.log(required ? `browser: 0 passed, 1 failed (${why})` : `SKIP: browser tests: ${why}`);
		return process.exit(required ? 1 : 0);
	}
}

/* Works on the list with so many workers, each a tab of its own. */
export async function shared(list, tabs, work) {
	let next = 0;
	await Promise.all(tabs.map(async (tab) => {
		while (next < list.length)
			await work(tab, list[next++]);
	}));
}

/* ---- files of a package ---- */

/* Of a page in a folder, or on the host that the canary serves. */
const HOST = 'lifeboat.test';
export const SERVED = `http://${HOST}/`;
export const urlOf = (dir, page, rest = '') => pathToFileURL(join(dir, page)).href + rest;

export const pagesOf = (dir) => readdirSync(dir, { recursive: true }).filter((name) => name.endsWith('.html')).sort();

/* The rows of a table of the viewer's data: each shard is strict JSON inside one call. */
export const shardText = (text) => JSON.parse(text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')));
export function rowsOf(dir, table) {
	const folder = join(dir, 'data/viewer/data', table);
	const files = existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.js')).sort() : [];
	return files.flatMap((name) => shardText(readFileSync(join(folder, name), 'utf8')).rows);
}

/* ---- the canary: every request that is not for a file arrives here, whatever its host: it is the browser's proxy. What is asked of
 * one host is served from a folder, as an institution would. ---- */

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.png': 'image/png', '.jpg': 'image/jpeg' };

function serve(root, url, response) {
	const path = join(root, decodeURIComponent(new URL(url).pathname));
	if (!existsSync(path)) /* browsers ask for an icon of the site unbidden */
		return response.writeHead(path.endsWith('/favicon.ico') ? 204 : 404).end();
	return response.writeHead(200, { 'content-type': TYPES[extname(path)] || 'application/octet-stream' }).end(readFileSync(path));
}

async function startCanary() {
	const hits = [], canary = { hits, root: null };
	const note = (host) => { if (!VENDORS.test(host.replace(/:\d+$/, ''))) hits.push(host); };
	const server = createServer((request, response) => {
		if (canary.root && request.headers.host === HOST)
			return serve(canary.root, request.url, response);
		note(request.headers.host || request.url);
		return response.writeHead(204).end();
	});
	server.on('connect', (request, socket) => {
		note(request.url);
		socket.destroy();
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	return Object.assign(canary, { port: server.address().port, close: () => server.close() });
}

/* ---- the two browsers; a tab hides what differs between their drivers ---- */

/* Runs in the page before anything of its own. */
function watchPolicy() {
	window.policyViolations = [];
	document.addEventListener('securitypolicyviolation', (event) => window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
}

/* Turning the page cuts the loading of pictures short; only a file that is not there is a fault. */
const isThere = (url) => url.startsWith('file:') && existsSync(fileURLToPath(url.replace(/[?#].*/, '')));

function tabOf(name, page, size) {
	const noted = [];
	page.setDefaultTimeout(PATIENCE);
	page.on('console', (message) => noted.push(`console ${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => noted.push(`error: ${error.message}`));
	page.on('request', (request) => { if (!/^(file:|data:|blob:|about:|http:\/\/lifeboat\.test\/)/.test(request.url())) noted.push(`request: ${request.url()}`); });
	page.on('requestfailed', (request) => { if (/^file:/.test(request.url()) && !isThere(request.url())) noted.push(`not loaded: ${request.url()}`); });
	page.on('dialog', (dialog) => { noted.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
	return { name, page, noted, size, goto: (url) => page.goto(url), evaluate: (work, given) => page.evaluate(work, given),
		press: (key) => page.keyboard.press(key), close: () => page.close() };
}

export async function startChromium(tools) {
	const canary = await startCanary();
	const browser = await tools.chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
		'--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic', `--proxy-server=http://127.0.0.1:${canary.port}`, '--proxy-bypass-list=<-loopback>'] });
	/* `options` are those of a context: viewport, colorScheme, forcedColors … */
	const tab = async (options = {}) => {
		const context = await browser.newContext({ viewport: WIDE, ...options });
		const page = await context.newPage();
		await page.addInitScript(watchPolicy);
		const made = tabOf('chromium', page, (size) => page.setViewportSize(size));
		return { ...made, close: () => context.close() };
	};
	return { name: 'chromium', canary, tab, close: () => browser.close() };
}

export async function startFirefox(tools) {
	const canary = await startCanary();
	const browser = await tools.puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, extraPrefsFirefox: {
		'security.fileuri.strict_origin_policy': true, /* the driver's own profile turns this off */
		'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': canary.port, 'network.proxy.ssl': '127.0.0.1',
		'network.proxy.ssl_port': canary.port, 'network.proxy.allow_hijacking_localhost': true, 'network.proxy.no_proxies_on': '' } });
	const tab = async ({ viewport = WIDE } = {}) => {
		const page = await browser.newPage();
		await page.setViewport(viewport);
		await page.evaluateOnNewDocument(watchPolicy);
		return tabOf('firefox', page, (size) => page.setViewport(size));
	};
	return { name: 'firefox', canary, tab, close: () => browser.close() };
}

export async function stop(browser) {
	await browser.close();
	browser.canary.close();
	check(`${browser.name} asked nothing of the network`, browser.canary.hits);
}

/* ---- checks of any page ---- */

/* Runs in the page: nothing stands in it that could run, load or break out. A script may set styles, which no text can. */
export function unsound(scripted) {
	const complaints = (window.policyViolations || []).splice(0);
	if ('pwned' in window)
		complaints.push('text was executed');
	for (const element of document.querySelectorAll('*'))
		for (const { name } of element.attributes)
			if (/^on|^style$|^srcdoc$|^formaction$/.test(name) && !(scripted && name === 'style'))
				complaints.push(`${element.localName} has ${name}`);
	for (const element of document.querySelectorAll('[src], [poster], link'))
		if (new URL(element.currentSrc || element.src || element.href || location.href, location.href).origin !== location.origin)
			complaints.push(`${element.localName} loads ${element.src || element.href}`);
	for (const link of document.querySelectorAll('a[href]')) {
		const url = new URL(link.getAttribute('href'), location.href);
		if (!/^(https?|mailto|file):$/.test(url.protocol) || url.protocol === 'file:' && (url.host || location.protocol !== 'file:'))
			complaints.push(`a link to ${url}`);
	}
	if (!document.querySelector('h1') || !document.title)
		complaints.push('no h1 or no title');
	return complaints;
}

export const sidewaysScroll = () => document.documentElement.scrollWidth > window.innerWidth && `scrolls sideways: ${document.documentElement.scrollWidth} px wide`;

/* What the colours decide. All else is the same whatever they are, and checked once. */
export const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

export async function checkAxe(tab, axe, label, only) {
	await tab.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
	await tab.evaluate(axe);
	const found = await tab.evaluate((rules) => window.axe.run(document, rules), only ? { runOnly: only } : AXE_RULES);
	check(`axe ${label}`, found.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.help}: ${v.nodes[0].html}`));
}
