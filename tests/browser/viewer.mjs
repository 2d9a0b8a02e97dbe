/* The viewer in both browsers: every view of every lifeboat, from folders with odd names, over http, with broken data, and full of hostile text. */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { NARROW, SERVED, check, rowsOf, sidewaysScroll, timed, unsound, urlOf } from './lib.mjs';

const PAGE = 'data/viewer/index.html';
/* Views that are there whatever a lifeboat holds, and what strangers may write behind the #. */
export const VIEWS = ['photos', 'photos?view=list', 'photos?q=boat', 'photos?has=comments&sort=views', 'albums', 'groups', 'galleries', 'collections', 'people', 'tags', 'timeline',
	'timeline?by=posted', 'map', 'places', 'statistics', 'missing', 'about', 'data', 'slides'];
const STRANGE = ['nowhere', '__proto__', 'constructor/x', 'photo/', 'photo/<script>window.pwned=1</script>', 'photo/..%2F..%2Fetc', 'photo/%E0%A4%A', 'photos?__proto__=1&constructor=2&q=%00',
	'photos?page=-3&per=x&sort=__proto__&view=<b>', 'photos?year=NaN&month=99&near=a,b&license=toString', 'person/__proto__', 'album/javascript:window.pwned=1', 'map?at=NaN,1e999,-5', 'tags?page=1e9'];

/* One view of each thing that a lifeboat has. */
function things(dir) {
	const views = (table, kind) => rowsOf(dir, table).map((row) => `${kind}/${encodeURIComponent(row[0])}`);
	return [...rowsOf(dir, 'id').map((id) => `photo/${id}`), ...views('albums', 'album'), ...views('groups', 'group'), ...views('galleries', 'gallery'), ...views('people', 'person')];
}

/* The first view of each kind of thing, and all others. */
export function showcase(dir) {
	const kinds = new Map();
	for (const view of things(dir))
		kinds.set(view.split('/')[0], kinds.get(view.split('/')[0]) || view);
	return [...VIEWS, ...kinds.values(), 'nowhere'];
}

/* Runs in the page: goes to a view and waits until it stands there complete. */
async function arrive(hash) {
	const content = document.getElementById('content'), before = content.firstElementChild, end = performance.now() + 30000;
	const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
	if (location.hash === hash)
		window.lifeboat.show();
	else
		location.hash = hash;
	while (content.children.length !== 1 || content.firstElementChild === before || content.firstElementChild.classList.contains('coming')) {
		if (performance.now() > end)
			return 'the view does not come';
		await pause(4);
	}
	await pause(5);
	return null;
}

export async function open(tab, url) {
	await tab.goto(url);
	await tab.evaluate(async () => {
		const end = performance.now() + 60000;
		while (!document.documentElement.classList.contains('ready') && performance.now() < end)
			await new Promise((resolve) => { setTimeout(resolve, 10); });
	});
}

export const show = (tab, view) => tab.evaluate(arrive, `#/${view}`);

/* Runs in the page. */
const told = () => (window.lifeboat.problems || []).splice(0).map(({ file, why }) => `problem: ${file}: ${why}`);

/* All of these in one call, since calls take longer than the checks: {complaints, html}. A function whose text holds those it needs. */
const look = (0, eval)(`async ({ hash, payload, places, keep }) => {
	const arrive = ${arrive}, unsound = ${unsound}, sidewaysScroll = ${sidewaysScroll}, told = ${told}, unsaid = ${unsaid};
	const complaints = [await arrive(hash), unsound(true), sidewaysScroll(), told(), payload ? unsaid(payload, places) : null];
	return { complaints, html: keep ? document.getElementById('content').innerHTML : '' };
}`);

/* Each view, one after the other, as a reader who follows links. `more(view)`: what else `look` is to be given; `kept`: a list of [view, html]. */
async function walk(tab, url, views, name, more = () => ({}), kept = null) {
	tab.noted.length = 0;
	await open(tab, url);
	for (const view of views) {
		const { complaints, html } = await tab.evaluate(look, { hash: `#/${view}`, keep: kept !== null, ...more(view) });
		check(`${tab.name} ${name} #/${view}`, [...tab.noted.splice(0), complaints]);
		if (kept)
			kept.push([view, html]);
	}
}

export async function openViews(browser, dirs) {
	const tab = await browser.tab({ viewport: NARROW });
	for (const dir of dirs)
		await walk(tab, urlOf(dir, PAGE), [...VIEWS, ...things(dir), ...STRANGE], basename(dir));
	await tab.close();
}

/* ---- where a lifeboat may lie ---- */

/* What the viewer needs of a lifeboat. */
function copyTo(dir, to) {
	mkdirSync(join(to, 'data'), { recursive: true });
	for (const part of ['index.html', 'data/viewer', 'data/media', 'data/pages', 'data/metadata'])
		cpSync(join(dir, part), join(to, part), { recursive: true });
	return to;
}

function seal(folder) {
	for (const name of readdirSync(folder, { recursive: true }))
		chmodSync(join(folder, name), name.includes('.') ? 0o444 : 0o555);
	chmodSync(folder, 0o555);
}

const PLACES = ['with some spaces', '#1 #2', '50% of %41', 'what? & =', '写真と生活', 'read-only'];

export async function openElsewhere(browser, dir) {
	const tab = await browser.tab({ viewport: NARROW });
	const folder = mkdtempSync(join(tmpdir(), 'lifeboat-places-'));
	const views = [...VIEWS.slice(0, 6), ...things(dir).filter((_, i) => i % 20 === 0), 'map', 'data', 'slides'];
	for (const place of PLACES) {
		const copy = copyTo(dir, join(folder, place));
		if (place === 'read-only')
			seal(copy);
		await walk(tab, urlOf(copy, PAGE), views, `in "${place}"`);
	}
	browser.canary.root = dir;
	await walk(tab, SERVED + PAGE, views, 'over http');
	rmSync(folder, { recursive: true });
	await tab.close();
}

/* ---- data that is not there, or broken ---- */

const FAULTS = [['title/0/000.js', null, 'missing'], ['detail/0/000.js', 'lifeboatShard({"format":1,"table":"detail"', 'broken'], ['flags/0/000.js', '', 'broken'],
	['people/0/000.js', (text) => text.replace('"shard":0', '"shard":7'), 'other'], ['tags/0/000.js', (text) => text.replace(/"count":\d+/, '"count":999999'), 'cut short'],
	['find/0/000.js', null, 'missing'], ['search/0/000.js', null, 'missing'], ['fold/0/000.js', 'x', 'broken']];

async function withFault(tab, dir, [file, content, name]) {
	const path = join(dir, 'data/viewer/data', file), whole = readFileSync(path, 'utf8');
	rmSync(path);
	if (content !== null)
		writeFileSync(path, typeof content === 'function' ? content(whole) : content);
	await open(tab, urlOf(dir, PAGE));
	const complaints = [];
	let named = false;
	for (const view of ['photos', 'photos?q=boat', things(dir)[0], 'people', 'tags', 'timeline', 'about', 'data']) {
		const found = await tab.evaluate(() => ({ rows: document.querySelectorAll('.grid li, .list li').length, problems: document.getElementById('problems').innerText, pwned: 'pwned' in window }));
		complaints.push(await show(tab, view), view === 'photos?q=boat' && found.rows === 0 && 'no photographs are shown', found.pwned && 'executed');
		named = named || found.problems.includes(file);
	}
	named = named || await tab.evaluate((text) => document.getElementById('problems').innerText.includes(text), file);
	check(`${tab.name} with ${file} ${name}`, [!named && 'it is not named on screen', ...complaints]);
	writeFileSync(path, whole);
}

/* What fails is named on screen, and the rest works. */
export async function openBroken(browser, dir) {
	const tab = await browser.tab();
	const folder = mkdtempSync(join(tmpdir(), 'lifeboat-broken-'));
	const copy = copyTo(dir, join(folder, 'boat'));
	for (const fault of FAULTS)
		await withFault(tab, copy, fault);
	rmSync(folder, { recursive: true });
	await tab.close();
}

/* ---- hostile text ---- */

const FROM_HTML = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#13': '\r' };
const plain = (html) => html.replace(/&(amp|lt|gt|quot|#39|#13);/g, (_, name) => FROM_HTML[name]);

export function readPayloads(dir) {
	const file = `${dir}.expected.json`;
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).map(({ photo, name, decoded, pieces }) => ({ photo, name: plain(name), decoded: plain(decoded), pieces })) : [];
}

/* Runs in the page: what does not stand where it should. Places are selectors; white space counts for nothing. */
function unsaid({ name, decoded, pieces }, places) {
	const bare = (text) => text.replace(/\s+/g, '');
	document.querySelectorAll('details').forEach((details) => { details.open = true; });
	const complaints = [];
	for (const [selector, isRich] of places) {
		const text = bare([...document.querySelectorAll(selector)].map((element) => element.value || element.textContent).join('\n'));
		let at = 0;
		for (const piece of isRich ? pieces : [name]) {
			const found = Math.max(text.indexOf(bare(piece), at), isRich ? -1 : text.indexOf(bare(decoded)));
			if (found < 0)
				complaints.push(`${selector} has lost: ${piece.slice(0, 120)} (has: ${text.slice(0, 120)})`);
			at = Math.max(at, found);
		}
	}
	return complaints;
}

const PHOTO_PLACES = [['h1', false], ['.by', false], ['.tags', false], ['.description', true], ['.comments', true], ['section.notes', true], ['.people .lines', false], ['.faves', false], ['.exif', false],
	['.facts', false], ['.gaps', false], ['.history', false], ['.spot', true]];

const SET_PLACES = [['h1', false], ['.text', true]];
const AT_ONCE = 40;

/* DOMPurify finds nothing to remove in what the views are made of. It also guards text that will be read as XML, which no view is. */
async function nothingToRemove(browser, tools, kept) {
	const judge = await browser.tab();
	await judge.goto('about:blank');
	await judge.evaluate(tools.purify);
	for (let i = 0; i < kept.length; i += AT_ONCE) {
		const removed = await judge.evaluate((views) => views.map(([view, html]) => {
			window.DOMPurify.sanitize(html, { SANITIZE_DOM: false, SAFE_FOR_XML: false });
			return window.DOMPurify.removed.map((one) => `#/${view}: ${one.element ? one.element.outerHTML || one.element.nodeName : `${one.attribute.name}=${one.attribute.value} of ${one.from.outerHTML.slice(0, 200)}`}`);
		}), kept.slice(i, i + AT_ONCE));
		removed.forEach((complaints, n) => check(`DOMPurify, #/${kept[i + n][0]}`, complaints));
	}
	await judge.close();
}

export async function openHostile(browser, tools, dir, payloads) {
	const tab = await browser.tab(), kept = [], url = urlOf(dir, PAGE);
	const of = (places, views) => walk(tab, url, views.map(([view]) => view), 'hostile', (view) => ({ payload: new Map(views).get(view), places }), kept);
	await timed(`${tab.name}: hostile photos`, () => of(PHOTO_PLACES, payloads.map((payload) => [`photo/${payload.photo}`, payload])));
	/* Firefox, the slower one, sees each text in one of the four. */
	const sets = (i) => [`album/${900 + i}`, `group/${encodeURIComponent(`${i}@N01`)}`, `gallery/7-${i}`, `person/${61000 + i}@N00`].filter((_, kind) => tab.name !== 'firefox' || kind === i % 4);
	await timed(`${tab.name}: hostile albums, groups, galleries, people`, () => of(SET_PLACES, payloads.flatMap((payload, i) => sets(i).map((view) => [view, payload]))));
	const questions = payloads.filter((_, i) => i % 8 === 0).map(({ name }) => `photos?q=${encodeURIComponent(name)}`);
	await timed(`${tab.name}: hostile views`, () => walk(tab, url, [...VIEWS, ...questions], 'hostile', undefined, kept));
	await timed('DOMPurify', () => nothingToRemove(browser, tools, kept));
	await tab.close();
}
