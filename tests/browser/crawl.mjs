/* With scripts off: from index.html a reader comes by links to every photograph, comment, tag and licence. Counted against lifeboat.json
 * and the metadata, without a browser. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { check } from './lib.mjs';

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const decode = (text) => text.replace(/&(#x[0-9a-f]+|#[0-9]+|[a-z]+);/gi, (whole, name) => name[0] !== '#' ? NAMED[name] || whole
	: String.fromCodePoint(name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1))));
const VOID = new Set(['meta', 'link', 'img', 'br', 'hr', 'input', 'source']);

/* The pages are written in one narrow form: every attribute in double quotes, every element closed, no comments. Calls
 * enter(element), leave(element), text(words); an element is {name, attributes, parent}. */
function read(html, { enter, leave, text }) {
	let element = null;
	for (const [, word, close, name, attributes] of html.matchAll(/([^<]+)|<(\/?)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|<!DOCTYPE html>/gi)) {
		if (word !== undefined && element && element.name !== 'script') /* a block of data is not told to the reader */
			text(decode(word), element);
		else if (word !== undefined)
			continue;
		else if (close) {
			leave(element);
			element = element.parent;
		} else if (name) {
			const pairs = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, key, value = '']) => [key, decode(value)]);
			const child = { name, attributes: Object.fromEntries(pairs), parent: element, text: '' };
			enter(child);
			element = VOID.has(name) || attributes.endsWith('/') || /^(rect|path|circle)$/.test(name) ? element : child;
		}
	}
}

const within = (element, test) => element !== null && (test(element) || within(element.parent, test));
const hasClass = (name) => (element) => (element.attributes.class || '').split(' ').includes(name);

/* What one page tells of: links, and of each photo its comments, tags and licence. */
function readPage(html) {
	const links = [], photos = new Map();
	let photo = null, label = '';
	read(html, {
		enter(element) {
			if (element.name === 'a' && element.attributes.href)
				links.push(element.attributes.href);
			if (element.name === 'article' && hasClass('photo')(element))
				photos.set(element.attributes.id.slice(1), photo = { comments: [], tags: [], license: '' });
			if (photo && element.name === 'li' && element.parent && element.parent.name === 'ol' && within(element.parent, hasClass('comments')))
				photo.comments.push('');
			if (photo && element.name === 'li' && hasClass('tags')(element.parent))
				photo.tags.push('');
			if (element.name === 'dt')
				label = '';
		},
		leave(element) {
			if (element.name === 'article')
				photo = null;
		},
		text(words, element) {
			if (element && element.name === 'dt')
				label += words;
			if (!photo)
				return;
			if (within(element, (one) => one.name === 'a' && hasClass('tags')(one.parent.parent)))
				photo.tags[photo.tags.length - 1] += words;
			else if (photo.comments.length && within(element, hasClass('comments')) && within(element, hasClass('text')))
				photo.comments[photo.comments.length - 1] += words;
			else if (label === 'Licence' && within(element, (one) => one.name === 'dd'))
				photo.license += words;
		},
	});
	return { links, photos };
}

/* All pages that links lead to, from index.html on. */
function crawl(dir) {
	const seen = new Set(['index.html']), photos = new Map(), dead = [];
	for (const page of seen) {
		const { links, photos: here } = readPage(readFileSync(join(dir, page), 'utf8'));
		here.forEach((photo, id) => photos.set(id, photo));
		for (const href of links.filter((link) => !/^[a-z]+:|^#/i.test(link))) {
			const path = normalize(join(dirname(page), decodeURIComponent(href.replace(/[#?].*/, ''))));
			if (!existsSync(join(dir, path)))
				dead.push(`${page}: ${href}`);
			else if (path.endsWith('.html') && !path.startsWith('data/viewer/'))
				seen.add(path);
		}
	}
	return { pages: seen, photos, dead };
}

const metadata = (file) => JSON.parse(readFileSync(file, 'utf8').replace(/^const [A-Za-z]+ = /, '').replace(/;\s*$/, ''));
const bare = (text) => text.replace(/\s+/g, '');

/* What of a photo's metadata its article does not tell. Texts are compared where they are plain words. */
function untold(id, found, photo, labels) {
	const tags = photo.tags || [], comments = photo.comments || [], label = labels.get(photo.licenseId);
	const isPlain = (text) => text && text.trim() && !/[\0-\x1f\x7f]|[<>&\n\r\t[\]\u0080-\uffff]|:\/\//.test(text);
	return [found.comments.length !== comments.length && `${id}: ${found.comments.length} comments, not ${comments.length}`,
		found.tags.length !== tags.length && `${id}: ${found.tags.length} tags, not ${tags.length}`,
		label && !found.license.includes(label) && !found.license.includes(photo.licenseId) && isPlain(label) && `${id}: licence "${found.license}", not "${label}"`,
		...comments.map(({ text }, i) => isPlain(text) && bare(found.comments[i] || '') !== bare(text) && `${id}: comment "${text}" is "${found.comments[i]}"`),
		...tags.map(({ rawValue }, i) => isPlain(rawValue) && bare(found.tags[i] || '') !== bare(rawValue) && `${id}: tag "${rawValue}" is "${found.tags[i]}"`)];
}

export function checkScriptless(dir) {
	const { counts, photos: listed, missing, licenses } = JSON.parse(readFileSync(join(dir, 'lifeboat.json'), 'utf8'));
	const { pages, photos, dead } = crawl(dir);
	const labels = new Map(licenses.map(({ id, label }) => [id, label]));
	const all = [...listed, ...missing.map((one) => one.id || one)];
	const sum = (name) => [...photos.values()].reduce((total, photo) => total + photo[name].length, 0);
	const files = readdirSync(join(dir, 'data/metadata/photos')).map((name) => metadata(join(dir, 'data/metadata/photos', name)));
	const told = files.filter(({ id }) => photos.has(id)).flatMap((photo) => untold(photo.id, photos.get(photo.id), photo, labels));
	const orphans = readdirSync(join(dir, 'data/pages'), { recursive: true }).filter((name) => name.endsWith('.html') && !pages.has(`data/pages/${name}`));
	check(`scripts off: every photograph of ${dir}`, [photos.size !== all.length && `${photos.size} photographs, not ${all.length}`, ...all.filter((id) => !photos.has(id)).map((id) => `no ${id}`)]);
	check(`scripts off: every comment, tag and licence of ${dir}`, [sum('comments') !== counts.comments && `${sum('comments')} comments, not ${counts.comments}`,
		sum('tags') !== files.reduce((total, photo) => total + (photo.tags || []).length, 0) && `${sum('tags')} tags in all`, files.length !== listed.length && `${files.length} files of metadata`, ...told]);
	check(`scripts off: every link of ${dir}`, [...dead, ...orphans.map((name) => `no link leads to ${name}`)]);
}
