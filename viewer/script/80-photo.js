/* One photo: the picture, what its owner said of it, and everything that others left around it. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const NOTE_SCALE = 500, A_PLAIN_PAGE = 50, AT_ONCE = 100;
	const SHOWN = /^image\/(jpeg|png|gif|webp|avif|bmp)$/;
	const STEPS = [0.1, 0.15, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4];

	/* ---- the picture ---- */

	/* A box in per cent of the picture; boxes are measured on one whose longest edge is 500. */
	function place(box, [x, y, w, h], file) {
		const longest = Math.max(file[2], file[3]);
		const across = (value) => `${value * longest / NOTE_SCALE / file[2] * 100}%`, down = (value) => `${value * longest / NOTE_SCALE / file[3] * 100}%`;
		Object.assign(box.style, { left: across(x), top: down(y), width: across(w), height: down(h) });
		return box;
	}

	function boxes(marks, file) {
		return marks.filter((mark) => mark.box).map((mark) => place(lb.button({ class: 'spot', 'aria-label': mark.words }, () => {
			const item = document.getElementById(mark.id);
			item.focus();
			item.scrollIntoView({ block: 'center' });
		}, el('span', { dir: 'auto' }, mark.words)), mark.box, file));
	}

	/* The picture with its steps of size: null fits it to the window. */
	class Stage {
		constructor(img, frame, file) {
			Object.assign(this, { img, frame, file, scale: null });
			this.state = el('output', { class: 'n' });
			this.view = el('div', { class: 'stage', tabindex: '0', role: 'group', 'aria-label': t('zoom.picture') }, frame);
			new ResizeObserver(() => this.tell()).observe(img);
			this.view.addEventListener('pointerdown', (event) => this.grab(event));
		}

		get now() {
			return this.scale || this.img.clientWidth / this.file[2];
		}

		step(direction) {
			const next = direction > 0 ? STEPS.find((one) => one > this.now * 1.01) : STEPS.findLast((one) => one < this.now * 0.99);
			if (next) this.set(next);
		}

		set(scale) {
			const { view } = this;
			const middle = [(view.scrollLeft + view.clientWidth / 2) / view.scrollWidth, (view.scrollTop + view.clientHeight / 2) / view.scrollHeight];
			this.scale = scale;
			view.classList.toggle('zoomed', scale !== null);
			this.img.style.width = scale ? `${this.file[2] * scale}px` : '';
			view.scrollTo(middle[0] * view.scrollWidth - view.clientWidth / 2, middle[1] * view.scrollHeight - view.clientHeight / 2);
			this.tell();
		}

		tell() {
			if (this.img.clientWidth) this.state.textContent = t(this.scale ? 'zoom.at' : 'zoom.fits', lb.percent(this.now));
		}

		grab(event) {
			if (!this.scale || event.pointerType !== 'mouse' || event.target.closest('button')) return;
			const { view } = this, left = view.scrollLeft + event.clientX, top = view.scrollTop + event.clientY;
			const move = (at) => view.scrollTo(left - at.clientX, top - at.clientY);
			event.preventDefault();
			window.addEventListener('pointermove', move);
			window.addEventListener('pointerup', () => window.removeEventListener('pointermove', move), { once: true });
		}

		bar(original) {
			const actions = [['-', '−', 'zoom.out', () => this.step(-1)], ['+', '+', 'zoom.in', () => this.step(1)], ['0', t('zoom.fit'), 'zoom.fit.words', () => this.set(null)], ['1', lb.percent(1), 'zoom.full', () => this.set(1)]];
			actions.forEach(([key, , words, act]) => lb.key(key, t(words), act));
			return el('div', { class: 'zoom', role: 'group', 'aria-label': t('zoom.label') }, ...actions.map(([, shown, words, act]) => lb.button({ 'aria-label': shown.length > 1 ? null : t(words), title: t(words) }, act, shown)),
				this.state, original);
		}
	}

	function unseen(flags, facts) {
		const reason = facts.withheld || (facts.gaps || []).map((gap) => gap[2]).filter(Boolean)[0];
		return el('div', { class: 'nothing' }, el('p', null, el('strong', null, t(flags & lb.MISSING ? 'photo.missing' : flags & lb.WITHHELD ? 'photo.withheld' : 'photo.nopicture'))),
			reason && el('p', null, el('bdi', null, reason)), facts.url && el('p', null, lb.out(facts.url, t('photo.flickr'))));
	}

	function figure(photo, facts, marks) {
		const { original, thumbnail } = facts, isVideo = photo.flags & lb.VIDEO;
		const link = original && el('a', { href: lb.local(original[0]) }, t('photo.original'));
		if (isVideo && original)
			return el('figure', null, el('video', { controls: true, preload: 'metadata', src: lb.local(original[0]), poster: thumbnail && lb.local(thumbnail[0]), 'aria-label': photo.title || t('untitled') }));
		const file = original && SHOWN.test(original[5]) ? original : thumbnail;
		if (!file) return el('figure', null, unseen(photo.flags, facts));
		const img = el('img', { src: lb.local(file[0]), width: file[2] || null, height: file[3] || null, alt: photo.title === null ? t('untitled') : photo.title });
		const stage = new Stage(img, el('div', { class: 'frame' }, img, ...boxes(marks, file)), file);
		return el('figure', null, stage.view, stage.bar(link), file === thumbnail && !(facts.withheld || isVideo) && el('figcaption', { class: 'n' }, t('photo.small')), facts.withheld && unseen(photo.flags, facts));
	}

	/* ---- what is known ---- */

	const links = (list) => list.length > 0 && el('ul', { class: 'lines' }, ...list.map((link) => el('li', null, link)));
	const entry = (kind) => ([id, title]) => el('a', { href: lb.href(`${kind}/${id}`) }, lb.titled(title));
	const rowsOf = (table, numbers) => Promise.all((numbers || []).map((number) => lb.row(table, number)));

	async function whereabouts(facts, geo) {
		const names = ((facts.location || {}).names || []).filter(Boolean);
		if (!geo && names.length === 0) return null;
		return [el('bdi', null, [...new Set(names)].join(', ')), geo && el('a', { class: 'geo', href: lb.href('map', { at: [geo[0], geo[1], Math.min(16, geo[2] || 10)].join() }) }, t('photo.map', lb.number(geo[0], { maximumFractionDigits: 5 }), lb.number(geo[1], { maximumFractionDigits: 5 })))];
	}

	function tagList(tags) {
		return tags.length > 0 && el('ul', { class: 'tags' }, ...tags.map(([tag, typed]) => el('li', null, el('a', { href: lb.href('photos', { tag }) }, el('bdi', null, typed || tag)))));
	}

	async function facts(photo, known) {
		const license = lb.meta.licenses[photo.license];
		const [tags, albums, groups, galleries, geo] = await Promise.all([rowsOf('tags', known.tags), rowsOf('albums', known.albums), rowsOf('groups', known.groups), rowsOf('galleries', known.galleries), lb.row('geo', photo.row)]);
		const counts = ['views', 'faves', 'comments'].filter((name) => photo[name] >= 0).map((name) => lb.n(`count.${name}`, photo[name]));
		const audience = lb.audience(photo.flags);
		const lines = [['taken', photo.taken !== null && lb.taken(photo.taken, lb.granularity(photo.flags))], ['posted', photo.posted !== null && lb.when(photo.posted)],
			['license', license && [license[2] ? lb.out(license[2], license[1]) : license[1], ' ', el('a', { class: 'n', href: lb.href('photos', { license: license[0] }) }, t('photo.alike'))]],
			['place', await whereabouts(known, geo)], ['counts', counts.join(' · ')], ['audience', audience > 0 && t(`audience.${audience}`)], ['safety', known.safety && known.safety !== 'safe' && t(`safety.${known.safety}`)],
			['tags', tagList(tags)], ['albums', links(albums.map(entry('album')))], ['groups', links(groups.map(entry('group')))], ['galleries', links(galleries.map(entry('gallery')))],
			['camera', known.camera], ['selected', (known.selectedBy || []).length > 0 && links(known.selectedBy.map((n) => lb.out(lb.meta.selection[n][0], lb.meta.selection[n][0].replace(/^https?:\/\/(www\.)?/, ''))))],
			['updated', known.updated && lb.when(known.updated)], ['captured', known.captured && lb.when(known.captured)], ['id', el('code', null, photo.id)]];
		return el('dl', { class: 'facts' }, ...lines.filter(([, value]) => value).map(([name, value]) => lb.figure(t(`fact.${name}`), ...[value].flat())));
	}

	/* ---- what others said ---- */

	const section = (name, count, ...children) => el('section', { class: name }, el('h2', null, t(`photo.${name}`), count ? [' ', el('span', { class: 'n' }, lb.number(count))] : null), ...children);

	async function comment([person, date, words, permalink], owner) {
		const icon = person < 0 ? null : (await lb.row('people', person))[4];
		return el('li', { class: person === owner ? 'owner' : null }, icon ? el('img', { class: 'icon', src: lb.local(icon), alt: '', width: 40, height: 40, loading: 'lazy' }) : el('span', { class: 'icon' }),
			el('div', null, el('p', { class: 'who' }, await lb.person(person), person === owner && el('span', { class: 'role' }, t('photo.owner')), ' ',
				el('span', { class: 'when' }, lb.day(date)), ' ', permalink && lb.outward(permalink) && el('a', { class: 'out when', rel: 'noopener noreferrer nofollow ugc', href: permalink, 'aria-label': t('comment.flickr') })), el('div', { class: 'text', dir: 'auto' }, lb.rich(words))));
	}

	/* A list of which the first hundred are shown, and the rest on demand. */
	async function longList(tag, name, items, make) {
		const list = el(tag, { class: name }, ...await Promise.all(items.slice(0, AT_ONCE).map(make)));
		const more = items.length > AT_ONCE && lb.button({ class: 'rest' }, async () => {
			const rest = await Promise.all(items.slice(AT_ONCE).map(make));
			list.append(...rest);
			rest[0].tabIndex = -1;
			rest[0].focus();
			more.remove();
		}, t('list.rest', lb.number(items.length)));
		return [list, more];
	}

	async function marksOf(known) {
		const notes = await Promise.all((known.notes || []).map(async ([person, x, y, w, h, words], i) => ({ id: `note-${i}`, box: [x, y, w, h], words: lb.richText(words), rich: words, by: await lb.person(person) })));
		const people = await Promise.all((known.people || []).map(async ([person, , box], i) => {
			const link = await lb.person(person);
			return { id: `shown-${i}`, box, words: link.textContent, link };
		}));
		return { notes, people };
	}

	async function others(photo, known, all, { notes, people }) {
		const comments = all.flatMap((facts) => facts.comments || []), faves = all.flatMap((facts) => facts.faves || []);
		const fave = async ([person, date]) => el('li', null, await lb.person(person), date ? [' ', el('span', { class: 'when' }, lb.day(date))] : null);
		return [people.length > 0 && section('people', people.length, el('ul', { class: 'lines' }, ...people.map((one) => el('li', { id: one.id, tabindex: '-1' }, one.link)))),
			notes.length > 0 && section('notes', notes.length, el('ol', { class: 'notes' }, ...notes.map((note) => el('li', { id: note.id, tabindex: '-1' }, el('p', { class: 'who' }, note.by), el('div', { class: 'text', dir: 'auto' }, lb.rich(note.rich)))))),
			comments.length > 0 && section('comments', comments.length, ...await longList('ol', 'comments', comments, (one) => comment(one, photo.owner))),
			faves.length > 0 && section('faves', faves.length, ...await longList('ul', 'faves', faves, fave))];
	}

	/* ---- how to cite and to take it along ---- */

	const bib = (text) => text.replace(/[\\{}%&#$_~^]/g, (sign) => ({ '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' })[sign] || `\\${sign}`);
	const html = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

	function citations(photo, known, name) {
		const title = photo.title || t('untitled'), license = lb.meta.licenses[photo.license] || ['', '', ''], url = known.url || `https://www.flickr.com/photo.gne?id=${photo.id}`;
		const year = photo.taken === null ? '' : String(new Date(photo.taken * 1000).getUTCFullYear()), kept = t('cite.kept', lb.meta.title, lb.day(lb.meta.created));
		const taken = photo.taken === null ? '' : `, ${lb.taken(photo.taken, lb.granularity(photo.flags))}`;
		const csl = { id: `flickr-${photo.id}`, type: 'graphic', title, author: [{ literal: name }], ...(year && { issued: { 'date-parts': [[Number(year)]] } }), publisher: 'Flickr', URL: url, note: `${license[1]}. ${kept}` };
		return [['plain', `${name}: “${title}”${taken}. Flickr, ${url}. ${license[1]}. ${kept}`],
			['html', `<p>${html(name)}: <a href="${html(url)}">${html(title)}</a>${html(taken)}. ${license[2] ? `<a rel="license" href="${html(license[2])}">${html(license[1])}</a>` : html(license[1])}. ${html(kept)}</p>`],
			['bibtex', `@misc{flickr-${photo.id},\n  author = {{${bib(name)}}},\n  title = {${bib(title)}},\n${year && `  year = {${year}},\n`}  howpublished = {Flickr},\n  url = {${url}},\n  note = {${bib(`${license[1]}. ${kept}`)}}\n}`],
			['csl', JSON.stringify([csl], null, 2)]];
	}

	/* Copying without the permission to do so leaves the text selected, ready for the keys that copy. */
	function copyable([name, text]) {
		const area = el('textarea', { id: `cite-${name}`, readonly: true, rows: Math.min(12, text.split('\n').length + 2), dir: 'auto' }, text);
		const copy = lb.button(null, async () => {
			area.select();
			const done = await (navigator.clipboard ? navigator.clipboard.writeText(text).then(() => true, () => false) : false) || document.execCommand('copy');
			copy.textContent = t(done ? 'cite.copied' : 'cite.selected');
			lb.say(copy.textContent);
		}, t('cite.copy'));
		return el('div', { class: 'citation' }, el('label', { for: area.id }, t(`cite.${name}`)), area, copy);
	}

	function downloads(photo, known) {
		const file = (one, words) => one && el('a', { href: lb.local(one[0]), download: true }, t(words, one[2] ? `${lb.number(one[2])} × ${lb.number(one[3])}` : '', one[4] ? lb.bytes(one[4]) : ''));
		const page = `pages/photos-${String(Math.floor(photo.row / A_PLAIN_PAGE) + 1).padStart(4, '0')}.html`;
		return [file(known.original, 'take.original'), file(known.thumbnail, 'take.thumbnail'), !(photo.flags & lb.MISSING) && el('a', { href: lb.local(`metadata/photos/${photo.id}.js`), download: true }, t('take.metadata')),
			el('a', { href: `${lb.local(page)}#p${encodeURIComponent(photo.id)}` }, t('take.plain')), known.url && lb.out(known.url, t('photo.flickr'))].filter(Boolean);
	}

	const folded = (name, ...children) => el('details', { class: name }, el('summary', null, t(`photo.${name}`)), ...children);

	function record(known, all) {
		const exif = all.flatMap((facts) => facts.exif || []), history = known.licenseHistory || [], gaps = known.gaps || [];
		const row = ([label, raw, clean]) => el('tr', null, el('th', { scope: 'row' }, label), el('td', { dir: 'auto' }, clean || raw));
		return [gaps.length > 0 && el('section', { class: 'gaps' }, el('h2', null, t('photo.gaps')), el('ul', null, ...gaps.map(([kind, layer, message]) => el('li', null, el('strong', null, lb.part(layer)), ': ', el('bdi', null, message || kind))))),
			history.length > 0 && folded('history', el('ul', { class: 'lines' }, ...history.map(([date, before, after]) => el('li', null, `${lb.day(date)}: ${before || '?'} → ${after || '?'}`)))),
			exif.length > 0 && folded('exif', el('table', null, el('tbody', null, ...exif.map(row))))];
	}

	/* ---- what comes before and after ---- */

	async function around(photo, params) {
		let { rows } = await lb.select(params), at = rows.indexOf(photo.row), chosen = params;
		if (at < 0) {
			({ rows } = await lb.select({}));
			[at, chosen] = [photo.row, {}];
		}
		const [before, after] = await Promise.all([at - 1, at + 1].map((i) => i >= 0 && i < rows.length && lb.row('id', rows[i])));
		const per = params.per === '120' ? 120 : 60, page = Math.floor(at / per) + 1;
		const link = (id, rel) => id && el('a', { rel, id: `go-${rel}`, href: lb.href(`photo/${id}`, chosen) }, t(`photo.${rel}`));
		const back = lb.href('photos', { ...chosen, page: page > 1 ? page : null });
		const nav = el('nav', { class: 'around', 'aria-label': t('photo.around') }, link(before, 'prev') || el('span'), el('a', { href: back }, t('photo.position', lb.number(at + 1), lb.number(rows.length))), link(after, 'next') || el('span'));
		const go = (rel) => () => { const found = nav.querySelector(`[rel="${rel}"]`); if (found) found.click(); };
		const isRtl = document.documentElement.dir === 'rtl';
		lb.key('ArrowLeft', t(isRtl ? 'photo.next' : 'photo.prev'), go(isRtl ? 'next' : 'prev'));
		lb.key('ArrowRight', t(isRtl ? 'photo.prev' : 'photo.next'), go(isRtl ? 'prev' : 'next'));
		lb.key('u', t('photo.back'), () => { location.hash = back; });
		return nav;
	}

	async function render(route, main) {
		const row = await lb.find('photo', route.id);
		if (row < 0) return lb.notFound(main);
		const names = ['title', 'flags', 'owner', 'taken', 'posted', 'license', 'views', 'faves', 'comments'];
		const [blocks, ...values] = await Promise.all([lb.blocks('detail', row), ...names.map((name) => lb.row(name, row))]);
		const photo = Object.assign({ row, id: route.id }, ...names.map((name, i) => ({ [name]: values[i] })));
		const all = blocks.map((block) => block[1]), known = all[0] || {}, marks = await marksOf(known);
		const owner = await lb.person(photo.owner), license = lb.meta.licenses[photo.license];
		main.append(await around(photo, route.params), figure(photo, known, [...marks.notes, ...marks.people]),
			el('div', { class: 'story' }, el('div', { class: 'about' }, el('h1', null, lb.titled(photo.title)), el('p', { class: 'by' }, owner, license && [' · ', license[1]]),
				el('p', { class: 'printed' }, known.url, el('br'), t('foot.saved', lb.day(lb.meta.created), lb.meta.maker.name), ' ', lb.meta.title),
				known.description && el('div', { class: 'text description', dir: 'auto' }, lb.rich(known.description)), ...await others(photo, known, all, marks)),
			el('aside', { 'aria-label': t('photo.facts') }, await facts(photo, known), el('section', { class: 'take' }, el('h2', null, t('photo.take')), links(downloads(photo, known))),
				folded('cite', ...citations(photo, known, owner.textContent).map(copyable)), ...record(known, all))));
	}

	async function title(route) {
		const row = await lb.find('photo', route.id);
		return row < 0 ? t('nothing') : await lb.row('title', row) || t('untitled');
	}

	lb.view('photo', { title, render });
})(window.lifeboat = window.lifeboat || {});
