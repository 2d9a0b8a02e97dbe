/* Pictures of every view, to be looked at: node screenshots.mjs PACKAGE FOLDER. An index.html in the folder shows all of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadTools, startChromium, urlOf } from './lib.mjs';
import { open, show, showcase } from './viewer.mjs';

const PAGE = 'data/viewer/index.html';
const PHONE = { width: 390, height: 844 };
const SMALL = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 860 };
const WAYS = [
	{ name: 'desktop', options: { viewport: DESKTOP } },
	{ name: 'dark', options: { viewport: DESKTOP, colorScheme: 'dark' } },
	{ name: 'phone', options: { viewport: PHONE, deviceScaleFactor: 2 } },
	{ name: 'small-phone', options: { viewport: SMALL, deviceScaleFactor: 2 } },
	{ name: 'right-to-left', options: { viewport: DESKTOP, locale: 'ar' } },
	{ name: 'print', options: { viewport: { width: 794, height: 1123 } }, media: 'print' },
];

const nameOf = (view) => view.replace(/[^a-z0-9]+/gi, '-').replace(/^(photo|album|group|gallery|person)-.*/, '$1');

async function take(browser, dir, out, way) {
	const tab = await browser.tab(way.options);
	if (way.media)
		await tab.page.emulateMedia({ media: way.media });
	const taken = [];
	for (const page of ['index.html', 'data/pages/photos-0001.html']) {
		await tab.goto(urlOf(dir, page));
		taken.push([page.replace(/^.*\/|-0001|\.html$/g, '').replace('index', 'start').replace('photos', 'plain'), way.name]);
		await tab.page.screenshot({ path: join(out, `${taken.at(-1).join('.')}.png`) });
	}
	await open(tab, urlOf(dir, PAGE));
	for (const view of showcase(dir).filter((one) => one !== 'nowhere')) {
		await show(tab, view);
		await tab.evaluate(() => Promise.all([...document.images].slice(0, 40).filter((image) => image.getBoundingClientRect().top < innerHeight).map((image) => image.decode().catch(() => {}))));
		taken.push([nameOf(view), way.name]);
		await tab.page.screenshot({ path: join(out, `${taken.at(-1).join('.')}.png`) });
	}
	await tab.close();
	return taken;
}

function contactPage(taken) {
	const views = [...new Set(taken.map(([view]) => view))];
	const figure = (view, way) => `<td><a href="${view}.${way}.png"><img src="${view}.${way}.png" alt="${view}, ${way}" loading="lazy"></a></td>`;
	return `<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Views of a lifeboat</title>\n<style>body { font: 15px/1.4 system-ui; margin: 1rem; } img { height: 15rem; border: 1px solid #ccc; }
th { text-align: start; padding: .5rem; position: sticky; top: 0; background: #fff; }</style>\n<h1>Views of a lifeboat</h1>\n<table>\n<tr><th></th>${WAYS.map(({ name }) => `<th>${name}</th>`).join('')}</tr>
${views.map((view) => `<tr><th>${view}</th>${WAYS.map(({ name }) => figure(view, name)).join('')}</tr>`).join('\n')}\n</table>\n</html>\n`;
}

const [dir, out] = process.argv.slice(2).map((path) => resolve(path));
if (!out) {
	console.error('usage: node screenshots.mjs PACKAGE FOLDER');
	process.exit(2);
}
mkdirSync(out, { recursive: true });
const browser = await startChromium(await loadTools());
const taken = [];
for (const way of WAYS)
	taken.push(...await take(browser, dir, out, way));
writeFileSync(join(out, 'index.html'), contactPage(taken));
await browser.close();
console.log(`${taken.length} pictures: ${join(out, 'index.html')}`);
process.exit(0);
