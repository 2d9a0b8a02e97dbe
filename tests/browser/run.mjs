/* Opens every page of the given lifeboats from disk in Chromium and in Firefox, as a reader would. Each DIR is a package.
 * Nothing may run, nothing may leave the disk, nothing may be out of reach. Usage: node run.mjs DIR… */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const CHROMIUM = process.env.LIFEBOAT_CHROMIUM || '/usr/bin/chromium';
const FIREFOX = process.env.LIFEBOAT_FIREFOX || '/usr/bin/firefox-esr';
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 900 };
const PATIENCE = 180_000; /* ms for a page: the machine may be busy with all other tests */
/* What a browser asks of its makers by itself says nothing about the pages. */
const VENDORS = /(^|\.)(mozilla\.(org|com|net)|firefox\.com|mozaws\.net|google(apis|usercontent)?\.com|gstatic\.com|gvt1\.com|digicert\.com)$/;
const AXE_RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

const result = { passed: 0, failed: 0 };

function check(name, complaints) {
	const all = [complaints].flat().filter(Boolean);
	if (all.length === 0) {
		result.passed++;
		return;
	}
	result.failed++;
	console.log(`not ok: ${name}`);
	all.slice(0, 8).forEach((text) => console.log(`    ${String(text).slice(0, 400)}`));
}

function skip(why) {
	if (process.env.LIFEBOAT_REQUIRE_BROWSERS === '1') {
		console.log(`browser: 0 passed, 1 failed (${why})`);
		process.exit(1);
	}
	console.log(`SKIP: browser tests: ${why}`);
	process.exit(0);
}

async function load() {
	const require = createRequire(import.meta.url);
	const missing = [CHROMIUM, FIREFOX].find((path) => !existsSync(path));
	if (missing)
		skip(`no ${missing}`);
	try {
		return { chromium: (await import('playwright-core')).chromium, puppeteer: (await import('puppeteer-core')).default,
			axe: readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') };
	} catch (error) {
		return skip(`npm ci was not run in tests/browser (${error.code || error.message})`);
	}
}

/* The chapters of the specification are the same bytes in every package: those of the first are looked at. */
function pagesOf(dir) {
	const again = dir !== dirs[0];
	return readdirSync(dir, { recursive: true }).filter((name) => name.endsWith('.html') && !(again && name.startsWith('data/documentation/'))).sort();
}

const urlOf = (dir, page) => pathToFileURL(join(dir, page)).href;

/* Every request that is not for a file arrives here, whatever its host: it is the proxy of both browsers. */
async function startCanary() {
	const hits = [];
	const note = (host) => { if (!VENDORS.test(host.replace(/:\d+$/, ''))) hits.push(host); };
	const server = createServer((request, response) => {
		note(request.headers.host || request.url);
		response.writeHead(204).end();
	});
	server.on('connect', (request, socket) => {
		note(request.url);
		socket.destroy();
	});
	await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
	return { hits, port: server.address().port, close: () => server.close() };
}

/* Runs in the page. */
function watchPolicy() {
	window.policyViolations = [];
	document.addEventListener('securitypolicyviolation', (event) => window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
}

function inspect() {
	const complaints = [...(window.policyViolations || [])];
	if (document.scripts.length > 1)
		complaints.push(`${document.scripts.length} script elements`);
	for (const script of document.scripts) {
		const names = [...script.attributes].map((attribute) => `${attribute.name}=${attribute.value}`);
		if (names.join() !== 'type=application/ld+json')
			complaints.push(`a script with ${names}`);
		try {
			JSON.parse(script.textContent);
		} catch (error) {
			complaints.push(`a block of data that is no JSON: ${error.message}`);
		}
	}
	if ('pwned' in window)
		complaints.push('text was executed');
	for (const element of document.querySelectorAll('*'))
		for (const attribute of element.attributes)
			if (/^on|^style$|^srcdoc$|^formaction$/.test(attribute.name))
				complaints.push(`${element.localName} has ${attribute.name}`);
	for (const element of document.querySelectorAll('[src], [poster], link'))
		if (!(element.currentSrc || element.src || element.href || 'file:').startsWith('file:'))
			complaints.push(`${element.localName} loads ${element.src || element.href}`);
	if (!document.querySelector('h1') || !document.title)
		complaints.push('no h1 or no title');
	if (getComputedStyle(document.body).marginTop !== '0px')
		complaints.push('the style sheet is not in force');
	return complaints;
}

const sidewaysScroll = () => document.documentElement.scrollWidth > window.innerWidth && `scrolls sideways: ${document.documentElement.scrollWidth} px wide`;

/* ---- one package in one browser; `tab` hides what differs between the two drivers ---- */

async function openAll(name, dir, tab) {
	for (const page of pagesOf(dir)) {
		tab.noted.length = 0;
		await tab.size(WIDE);
		await tab.goto(urlOf(dir, page));
		check(`${name} ${page}`, [...tab.noted, ...await tab.evaluate(inspect)]);
		await tab.size(NARROW);
		check(`${name} ${page} at 320 px`, await tab.evaluate(sidewaysScroll));
	}
}

async function openAlone(name, dir, tab) {
	const folder = mkdtempSync(join(tmpdir(), 'lifeboat-alone-'));
	cpSync(join(dir, 'index.html'), join(folder, 'index.html'));
	await tab.goto(urlOf(folder, 'index.html'));
	check(`${name} index.html alone`, await tab.evaluate(() => {
		const notice = document.querySelector('.extract');
		return [getComputedStyle(notice).display === 'none' && 'the notice is hidden', notice.getBoundingClientRect().height < 20 && 'the notice has no height',
			document.querySelectorAll('.note p').length < 2 && 'no text of the maker', !document.body.innerText.includes('manifest-sha256.txt') && 'not how to check it'];
	}));
	rmSync(folder, { recursive: true });
	await tab.goto(urlOf(dir, 'index.html'));
	check(`${name} index.html in its folder hides the notice`,
		await tab.evaluate(() => getComputedStyle(document.querySelector('.extract')).display !== 'none' && 'the notice is shown'));
}

/* ---- accessibility, in Chromium ---- */

function showcase(dir) {
	const wanted = [/^index\.html$/, /^data\/README\.html$/, /photos-0001\.html$/, /pages\/years\.html$/, /people-0001\.html$/, /pages\/tags\.html$/, /pages\/missing\.html$/,
		/albums-0001\.html$/, /groups-0001\.html$/, /galleries-0001\.html$/, /pages\/collections\.html$/, /pages\/rights\.html$/];
	return wanted.map((pattern) => pagesOf(dir).find((page) => pattern.test(page))).filter(Boolean);
}

async function checkAxe(page, axe, label) {
	await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
	await page.evaluate(axe);
	const found = await page.evaluate((rules) => window.axe.run(document, rules), AXE_RULES);
	check(`axe ${label}`, found.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.help}: ${v.nodes[0].html}`));
}

async function checkAccess(browser, dir, axe) {
	for (const colorScheme of ['light', 'dark'])
		for (const viewport of [WIDE, NARROW]) {
			const context = await browser.newContext({ colorScheme, viewport });
			const page = await context.newPage();
			page.setDefaultTimeout(PATIENCE);
			for (const name of showcase(dir)) {
				await page.goto(urlOf(dir, name));
				await checkAxe(page, axe, `${name} ${colorScheme} ${viewport.width} px`);
			}
			await context.close();
		}
}

async function checkKeyboard(page, dir) {
	await page.setViewportSize(WIDE);
	await page.goto(urlOf(dir, 'data/pages/photos-0001.html'));
	await page.keyboard.press('Tab');
	const box = await page.locator('.skip').boundingBox();
	check('the first Tab shows the skip link', box.x < 0 && 'it is out of sight');
	await page.keyboard.press('Enter');
	check('the skip link leads to the content', await page.evaluate(() => document.activeElement.id !== 'content' && document.activeElement.outerHTML.slice(0, 80)));
}

async function checkPrint(page, dir) {
	await page.emulateMedia({ media: 'print' });
	await page.goto(urlOf(dir, 'data/pages/photos-0001.html'));
	check('printed, a page keeps what it tells', await page.evaluate(() => {
		const shown = (selector) => [...document.querySelectorAll(selector)].every((element) => element.getBoundingClientRect().height > 0);
		return ['h2', '.facts > div', 'figure', '.bottom'].filter((selector) => !shown(selector)).map((selector) => `${selector} is hidden`);
	}));
	await page.emulateMedia({ media: 'screen' });
}

/* ---- the two browsers ---- */

function watch(page, noted) {
	page.on('console', (message) => noted.push(`console ${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => noted.push(`error: ${error.message}`));
	page.on('request', (request) => { if (!/^(file|data|blob|about):/.test(request.url())) noted.push(`request: ${request.url()}`); });
	/* Turning the page cuts the loading of pictures short; only a file that is not there is a fault. */
	const isThere = (url) => url.startsWith('file:') && existsSync(fileURLToPath(url.replace(/[?#].*/, '')));
	page.on('requestfailed', (request) => { if (!isThere(request.url())) noted.push(`not loaded: ${request.url()}`); });
	page.on('dialog', (dialog) => { noted.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
}

async function inChromium(tools, dirs, canary) {
	const browser = await tools.chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
		'--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic', `--proxy-server=http://127.0.0.1:${canary.port}`, '--proxy-bypass-list=<-loopback>'] });
	const page = await browser.newPage();
	page.setDefaultTimeout(PATIENCE);
	const tab = { noted: [], goto: (url) => page.goto(url), evaluate: (fn) => page.evaluate(fn), size: (size) => page.setViewportSize(size) };
	watch(page, tab.noted);
	await page.addInitScript(watchPolicy);
	for (const dir of dirs) {
		await openAll('chromium', dir, tab);
		await openAlone('chromium', dir, tab);
		await checkKeyboard(page, dir);
		await checkPrint(page, dir);
		await checkAccess(browser, dir, tools.axe);
	}
	await browser.close();
	check('chromium asked nothing of the network', canary.hits.splice(0));
}

async function inFirefox(tools, dirs, canary) {
	const browser = await tools.puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true, extraPrefsFirefox: {
		'security.fileuri.strict_origin_policy': true, /* the driver's own profile turns this off */
		'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': canary.port, 'network.proxy.ssl': '127.0.0.1',
		'network.proxy.ssl_port': canary.port, 'network.proxy.allow_hijacking_localhost': true, 'network.proxy.no_proxies_on': '' } });
	const page = await browser.newPage();
	page.setDefaultTimeout(PATIENCE);
	const tab = { noted: [], goto: (url) => page.goto(url), evaluate: (fn) => page.evaluate(fn), size: (size) => page.setViewport(size) };
	watch(page, tab.noted);
	await page.evaluateOnNewDocument(watchPolicy);
	for (const dir of dirs) {
		await openAll('firefox', dir, tab);
		await openAlone('firefox', dir, tab);
	}
	await browser.close();
	check('firefox asked nothing of the network', canary.hits.splice(0));
}

const dirs = process.argv.slice(2).map((dir) => resolve(dir));
if (dirs.length === 0) {
	console.error('usage: node run.mjs DIR…');
	process.exit(2);
}
const absent = dirs.find((dir) => !existsSync(join(dir, 'index.html')));
if (absent) {
	console.error(`no index.html in ${relative('.', absent) || '.'}`);
	process.exit(2);
}
const tools = await load();
const canary = await startCanary();
try {
	await inChromium(tools, dirs, canary);
	await inFirefox(tools, dirs, canary);
} catch (error) {
	check('the run', error.stack);
}
canary.close();
console.log(`browser: ${result.passed} passed, ${result.failed} failed`);
process.exit(result.failed ? 1 : 0);
