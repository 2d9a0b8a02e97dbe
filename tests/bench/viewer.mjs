/* Times the viewer in Chromium over the collections that bench-viewer made, and compares with the budgets; Firefox for the beginning.
 * Usage: node viewer.mjs DIR N…   (DIR/N is what bench-viewer N wrote; made.json and alone.json there are what it said). */
import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const CHROMIUM = process.env.LIFEBOAT_CHROMIUM || '/usr/bin/chromium';
const FIREFOX = process.env.LIFEBOAT_FIREFOX || '/usr/bin/firefox-esr';
const TIMES = 3;
const PATIENCE = 60_000;
/* Most ms, MB; for collections up to so many photos. The second of two figures is for a processor a quarter as fast. */
const BUDGETS = [
	{ photos: 100_000, write: 20, memory: 300, paint: [300, 1000], ready: [600, 1200], recount: [50], page: [50], cold: 100, warm: 30, heap: 50 },
	{ photos: Infinity, write: Infinity, memory: Infinity, paint: [300, 1000], ready: [2500, 5000], recount: [100, 250], page: [100, 250], cold: 300, warm: 100, heap: 350 },
];
const [dir, ...sizes] = process.argv.slice(2);
const require = createRequire(new URL('../browser/package.json', import.meta.url));
const results = [];

const urlOf = (size) => pathToFileURL(resolve(join(dir, size, 'data/viewer/index.html'))).href;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

function note(size, what, value, budget, unit = 'ms') {
	const verdict = !Number.isFinite(budget) ? '' : value <= budget ? 'PASS' : 'over';
	results.push({ photos: Number(size), what, value: Math.round(value * 10) / 10, unit, budget, verdict });
	console.log(`${String(size).padStart(9)}  ${what.padEnd(44)} ${value.toFixed(value < 10 ? 1 : 0).padStart(8)} ${unit.padEnd(4)} ${
		!Number.isFinite(budget) ? '' : `<= ${budget}`.padEnd(8)} ${verdict}`);
}

/* ---- the writer ---- */

function written(size, budget) {
	const [made, alone] = ['made.json', 'alone.json'].map((name) => JSON.parse(readFileSync(join(dir, size, name))));
	note(size, 'data written, of the processor', made.seconds, budget.write, 's');
	note(size, 'memory of the writer', made.peakMB - alone.peakMB, budget.memory, 'MB');
	note(size, 'data', made.bytes / 1e6, undefined, 'MB');
	note(size, 'files of data', made.files, undefined, '');
	note(size, 'largest file of data', made.largest / 1e6, 1, 'MB');
}

/* ---- in the page ---- */

/* ms from changing the address until the view is in the page, until its filters have their counts, and, of a search, until its hits
 * are known. */
async function go(page, hash) {
	return page.evaluate(async (hash) => {
		const names = ['lifeboat:shown', 'lifeboat:counted'];
		const marks = () => names.map((name) => performance.getEntriesByName(name));
		const before = marks().map((list) => list.length);
		await new Promise((idle) => requestAnimationFrame(() => setTimeout(idle)));
		const from = performance.now();
		location.hash = hash;
		while (marks().some((list, i) => list.length === before[i])) await new Promise((later) => setTimeout(later, 1));
		const [shown, counted] = marks().map((list) => list.pop().startTime - from);
		const hits = performance.getEntriesByName('lifeboat:hits').pop();
		return { shown, counted: Math.max(shown, counted), hits: hits && hits.startTime - from };
	}, hash);
}

/* In the page: ms from the beginning until the first view has its counts. */
function readyAt() {
	const marks = ['lifeboat:shown', 'lifeboat:counted'].map((name) => performance.getEntriesByName(name)[0]);
	return marks.every(Boolean) && Math.max(...marks.map((mark) => mark.startTime));
}
const whenReady = async (page) => (await page.waitForFunction(readyAt, undefined, { timeout: PATIENCE })).jsonValue();
const paint = (page) => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime);
const hitsOf = (page, q) => page.evaluate((q) => lifeboat.select({ q }).then((found) => found.total), q);

/* ---- Chromium ---- */

async function opened(browser, size, slower) {
	const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	if (slower > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
	page.on('pageerror', (error) => console.log(`! ${error.message}`));
	await page.goto(urlOf(size), { waitUntil: 'commit' });
	const ready = await whenReady(page);
	return { page, cdp, ready, close: () => page.context().close() };
}

/* ms that the page's thread had of the processor since it was opened: what other programs take is not in it. */
async function busy(cdp) {
	const { metrics } = await cdp.send('Performance.getMetrics');
	return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

async function load(browser, size, slower, budget) {
	const paints = [], readies = [], works = [], recounts = [], pages = [];
	for (let i = 0; i < TIMES; i++) {
		const { page, cdp, ready, close } = await opened(browser, size, slower);
		paints.push(await paint(page));
		readies.push(ready);
		works.push(await busy(cdp));
		await go(page, '#/photos?year=2020');
		recounts.push((await go(page, '#/photos?year=2021&has=comments')).counted);
		await go(page, '#/photos?page=2');
		for (const n of [3, 7, 4]) pages.push((await go(page, `#/photos?page=${n}`)).shown);
		await close();
	}
	const suffix = slower > 1 ? ` (processor ${slower} times slower)` : '', which = slower > 1 ? 1 : 0;
	note(size, `first paint${suffix}`, median(paints), budget.paint[which]);
	note(size, `filters usable${suffix}`, median(readies), budget.ready[which]);
	note(size, `  of these the processor${suffix}`, median(works));
	note(size, `recount${suffix}`, median(recounts), budget.recount[which]);
	note(size, `page turn${suffix}`, median(pages), budget.page[which]);
}

async function search(browser, size, budget) {
	const expected = JSON.parse(readFileSync(join(dir, size, 'expected.json')));
	const times = Number(size) > 100_000 ? 1 : TIMES; /* each begins with a fresh page */
	let wrong = 0;
	for (const { kind, query, hits } of expected) {
		const hash = `#/photos?q=${encodeURIComponent(query)}`, cold = [], warm = [], listed = [];
		let found;
		for (let i = 0; i < times; i++) {
			const { page, close } = await opened(browser, size, 1);
			const first = await go(page, hash);
			cold.push(first.hits);
			listed.push(first.shown);
			await go(page, '#/photos?q=river');
			await go(page, '#/photos?year=2021');
			await go(page, '#/photos?year=2022');
			warm.push((await go(page, hash)).hits);
			found = await hitsOf(page, query);
			await close();
		}
		note(size, `search ${kind} "${query}": cold (${found} hits)`, median(cold), budget.cold);
		note(size, `search ${kind} "${query}": warm`, median(warm), budget.warm);
		note(size, `search ${kind} "${query}": cold, first page listed`, median(listed));
		if (found !== hits) {
			wrong++;
			console.log(`! "${query}": the viewer finds ${found}, a scan ${hits}`);
		}
	}
	note(size, `searches whose hits differ from a scan's, of ${expected.length}`, wrong, 0, '');
}

async function heap(browser, size, budget) {
	const { page, cdp, close } = await opened(browser, size, 1);
	await go(page, '#/photos?year=2020');
	await go(page, '#/photos?q=harbour');
	await go(page, '#/photos?page=2&sort=views');
	await cdp.send('HeapProfiler.collectGarbage');
	const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage');
	note(size, 'memory of the script, after filter, search, sort', (usedSize + backingStorageSize) / 1e6, budget.heap, 'MB');
	await close();
}

/* ---- Firefox ---- */

async function firefox(size) {
	const puppeteer = require('puppeteer-core');
	const paints = [], readies = [];
	for (let i = 0; i < TIMES; i++) {
		const browser = await puppeteer.launch({ browser: 'firefox', executablePath: FIREFOX, headless: true,
			extraPrefsFirefox: { 'security.fileuri.strict_origin_policy': true } });
		const page = await browser.newPage();
		await page.goto(urlOf(size), { timeout: PATIENCE });
		const ready = await page.waitForFunction(readyAt, { timeout: PATIENCE });
		readies.push(await ready.jsonValue());
		paints.push(await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN));
		await browser.close();
	}
	note(size, 'first paint in Firefox', median(paints));
	note(size, 'filters usable in Firefox', median(readies));
}

const { chromium } = require('playwright-core');
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
const load1 = () => loadavg()[0].toFixed(1);
console.log(`Chromium ${browser.version()}; medians of ${TIMES}; load of this machine ${load1()}`);
for (const size of sizes) {
	const budget = BUDGETS.find(({ photos }) => Number(size) <= photos);
	written(size, budget);
	await load(browser, size, 1, budget);
	await load(browser, size, 4, budget);
	await search(browser, size, budget);
	await heap(browser, size, budget);
	if (existsSync(FIREFOX)) await firefox(size);
}
await browser.close();
console.log(`load of this machine ${load1()}: above its number of processors, times mean little`);
writeFileSync(join(dir, 'results.json'), `${JSON.stringify(results, null, '\t')}\n`);
