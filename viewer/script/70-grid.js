/* The photographs: as a grid or a list, page by page, with the filters that narrow them. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const FACETS = ['year', 'month', 'has', 'owner', 'tag', 'album', 'group', 'gallery', 'place', 'license', 'type', 'state'];
	const TABLES = { tag: 'tags', album: 'albums', group: 'groups', gallery: 'galleries', place: 'places', owner: 'people' };
	const SEVERAL = ['tag', 'album', 'group', 'gallery'];
	const QUICK = 150; /* ms: counts that come sooner are waited for, so that nothing jumps */
	const opened = new Set(['year', 'has']);

	/* ---- small pictures ---- */

	lb.marks = (flags) => [[lb.VIDEO, 'video'], [lb.WITHHELD, 'withheld'], [lb.MISSING, 'missing']].filter(([bit]) => flags & bit).map(([, name]) => name);
	lb.titled = (title) => title === null || title === '' ? el('span', { class: 'untitled' }, t('untitled')) : el('bdi', null, title);

	async function seen(rows, names) {
		const columns = await Promise.all(names.map((name) => lb.values(name, rows)));
		return Array.from(rows, (row, i) => Object.fromEntries([['row', row], ...names.map((name, n) => [name, columns[n][i]])]));
	}

	function picture({ id, thumb, flags }) {
		const src = lb.thumb(id, thumb);
		return src ? el('img', { src, alt: '', decoding: 'async', loading: 'lazy' }) : el('span', { class: 'nopic' }, lb.marks(flags & ~lb.VIDEO).length ? '' : t('mark.nopicture'));
	}

	function tile(photo, selection) {
		const marks = lb.marks(photo.flags).map((name) => el('span', { class: `mark ${name}` }, t(`mark.${name}`)));
		const item = el('li', null, el('a', { href: lb.href(`photo/${photo.id}`, selection) },
			el('span', { class: 'pic' }, picture(photo), ...marks), el('span', { class: 'name' }, lb.titled(photo.title))));
		item.style.setProperty('--a', Math.min(2.6, Math.max(0.62, (photo.aspect || 100) / 100)));
		return item;
	}

	/* A grid of real links; with a selection (the parameters of an address) the photo's page knows what comes before and after. */
	lb.tiles = async function (rows, selection) {
		const photos = await seen(rows, ['id', 'title', 'thumb', 'aspect', 'flags']);
		return el('ul', { class: 'grid' }, ...photos.map((photo) => tile(photo, selection)));
	};

	/* The pages of a list in the current view. */
	lb.pager = function (total, page, perPage, params) {
		const pages = Math.ceil(total / perPage);
		if (pages < 2) return el('div');
		const link = (to, words, attributes) => el('li', null, el('a', { href: lb.href(lb.here(lb.route), { ...params, page: to > 1 ? to : null }), ...attributes }, words));
		const near = new Set([1, page - 1, page, page + 1, pages]);
		const numbers = [...near].filter((to) => to >= 1 && to <= pages).sort((a, b) => a - b);
		const items = numbers.flatMap((to, i) => [i && to - numbers[i - 1] > 1 ? el('li', { 'aria-hidden': 'true' }, el('span', null, '…')) : null,
			link(to, lb.number(to), { 'aria-label': t('pager.page', lb.number(to)), 'aria-current': to === page ? 'page' : null })]);
		return el('nav', { class: 'pager', 'aria-label': t('pager.label') }, el('ul', null, page > 1 && link(page - 1, t('pager.previous'), { rel: 'prev' }), ...items,
			page < pages && link(page + 1, t('pager.next'), { rel: 'next' })));
	};

	/* ---- the list, with the place in the text where a word was found ---- */

	const LISTED = ['id', 'title', 'thumb', 'flags', 'owner', 'taken', 'views', 'faves', 'comments'];

	async function listItem(photo, selection) {
		const numbers = ['views', 'faves', 'comments'].filter((name) => photo[name] > 0).map((name) => lb.n(`count.${name}`, photo[name]));
		return el('li', null, el('a', { class: 'pic', href: lb.href(`photo/${photo.id}`, selection), tabindex: '-1', 'aria-hidden': 'true' }, picture(photo)),
			el('div', null, el('h2', null, el('a', { href: lb.href(`photo/${photo.id}`, selection) }, lb.titled(photo.title))),
				el('p', { class: 'sum' }, await lb.person(photo.owner), ' · ', lb.taken(photo.taken, lb.granularity(photo.flags)), numbers.length ? ` · ${numbers.join(' · ')}` : '',
					...lb.marks(photo.flags).map((name) => el('span', { class: `mark ${name}` }, t(`mark.${name}`))))));
	}

	async function list(rows, selection) {
		const photos = await seen(rows, LISTED);
		return el('ol', { class: 'list' }, ...await Promise.all(photos.map((photo) => listItem(photo, selection))));
	}

	/* Texts of a photo in which a word may have been found: [[field, text or rich text], …]. */
	async function texts(row, fields) {
		const details = (await lb.blocks('detail', row)).map((block) => block[1]), [first = {}] = details, found = [];
		if (fields & lb.FIELDS.description) found.push(['description', first.description]);
		if (fields & lb.FIELDS.notes) found.push(...(first.notes || []).map((note) => ['note', note[5]]));
		if (fields & lb.FIELDS.comments) found.push(...details.flatMap((facts) => facts.comments || []).map((comment) => ['comment', comment[2]]));
		if (fields & lb.FIELDS.tags) found.push(...(await Promise.all((first.tags || []).map((tag) => lb.row('tags', tag)))).map((tag) => ['tag', tag[1]]));
		if (fields & lb.FIELDS.places && first.location) found.push(['place', (first.location.names || []).filter(Boolean).join(', ')]);
		return found;
	}

	async function snippets(items, rows, found) {
		const fields = new Map(Array.from(found.rows, (row, i) => [row, found.fields[i]]));
		await Promise.all(Array.from(rows, async (row, i) => {
			for (const [kind, text] of await texts(row, fields.get(row))) {
				const { before, match, after } = lb.snippet(text, found.tokens);
				if (!match) continue;
				items[i].lastChild.append(el('p', { class: 'snippet' }, el('span', { class: 'kind' }, t(`in.${kind}`)), ' ', el('bdi', null, before, el('mark', null, match), after)));
				return;
			}
		}));
	}

	/* Things with a name in which the question is found. */
	async function named(question) {
		const wanted = lb.plain(question).trim(), kinds = [['album', 'albums'], ['group', 'groups'], ['person', 'people'], ['tag', 'tags']];
		const found = await Promise.all(kinds.map(async ([kind, table]) => {
			if (lb.tableOf(table).rows > 20000) return [];
			const rows = (await lb.all(table)).filter((row) => [row[1], kind === 'person' && row[2]].some((name) => name && lb.plain(name).includes(wanted)));
			return rows.slice(0, 6).map((row) => el('li', null, el('a', { href: kind === 'tag' ? lb.href('photos', { tag: row[0] }) : lb.href(`${kind}/${row[0]}`) }, el('bdi', null, row[1])),
				' ', el('span', { class: 'n' }, t(`in.${kind}`))));
		}));
		return found.flat().length ? el('nav', { class: 'named', 'aria-label': t('found.named') }, el('ul', null, ...found.flat())) : null;
	}

	/* ---- filters ---- */

	function toggled(params, name, value) {
		const values = lb.filterValues(params, name), rest = values.filter((one) => one !== value);
		return { ...params, page: null, [name]: rest.length < values.length ? rest : [...rest, value] };
	}

	async function facetList(name, params, selection) {
		const chosen = lb.filterValues(params, name);
		const entries = await selection.facets(name, SEVERAL.includes(name) || name === 'owner' || name === 'place' ? 25 : 200);
		const items = entries.map(([value, words, count]) => el('li', null, el('a', { id: `f-${name}-${value}`, href: lb.href('photos', toggled(params, name, value)),
			'aria-current': chosen.includes(value) ? 'true' : null }, el('bdi', null, words), ' ', el('span', { class: 'n' }, lb.number(count)))));
		return items.length ? el('ul', { class: `facet facet-${name}` }, ...items) : el('p', { class: 'n' }, t('filter.none'));
	}

	function facetGroup(name, params, selection, waits) {
		const group = el('details', { open: opened.has(name) || lb.filterValues(params, name).length > 0 }, el('summary', { id: `g-${name}` }, t(`filter.${name}`)));
		const fill = async () => group.append(await facetList(name, params, selection));
		let filled = group.open;
		if (filled) waits.push(fill());
		group.addEventListener('toggle', () => {
			if (group.open) opened.add(name); else opened.delete(name);
			if (group.open && !filled) fill();
			filled = filled || group.open;
		});
		return group;
	}

	function panel(params, selection, waits) {
		const by = params.by === 'posted' ? 'posted' : 'taken', other = by === 'taken' ? 'posted' : 'taken';
		const there = FACETS.filter((name) => !(name in TABLES) || lb.tableOf(TABLES[name]).rows > 0);
		const groups = there.map((name) => facetGroup(name, params, selection, waits));
		groups[0].append(el('p', { class: 'by' }, t(`by.${by}`), ' · ', el('a', { id: 'f-by', href: lb.href('photos', { ...params, by: other, page: null }) }, t(`by.${other}`))));
		return el('details', { class: 'panel', open: window.matchMedia('(min-width: 58rem)').matches }, el('summary', { id: 'filters' }, t('filter.head')), ...groups);
	}

	async function chips(params) {
		const active = lb.FILTERS.flatMap((name) => lb.filterValues(params, name).map((value) => [name, value]));
		if (active.length === 0) return null;
		const items = await Promise.all(active.map(async ([name, value]) => {
			const words = await lb.valueWords(name, value);
			return el('li', null, el('a', { href: lb.href('photos', toggled(params, name, value)), 'aria-label': t('filter.remove', t(`filter.${name}`), words) },
				el('span', { class: 'n' }, t(`filter.${name}`)), ' ', el('bdi', null, words), el('span', { 'aria-hidden': 'true' }, ' ×')));
		}));
		return el('ul', { class: 'chips', 'aria-label': t('filter.active') }, ...items, el('li', null, el('a', { class: 'clear', href: lb.href('photos', { sort: params.sort, view: params.view }) }, t('filter.clear'))));
	}

	/* ---- the head: search, order, form ---- */

	function options(values, current) {
		return values.map(([value, words]) => el('option', { value, selected: value === current }, words));
	}

	function searchForm(params) {
		const field = el('input', { type: 'search', id: 'q', value: params.q || '', autocomplete: 'off', enterkeyhint: 'search', placeholder: t('search.hint'), 'aria-label': t('search.label') });
		const where = el('select', { id: 'in', 'aria-label': t('search.in') }, ...options([['', t('search.all')], ...Object.keys(lb.FIELDS).map((name) => [name, t(`search.${name}`)])], params.in || ''));
		const form = el('form', { class: 'search', role: 'search' }, field, where, el('button', { class: 'main' }, t('search.go')));
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			location.hash = lb.href('photos', { ...params, q: field.value.trim(), in: where.value, page: null });
		});
		return form;
	}

	function tools(params, form, per) {
		const current = String(params.sort || '').split(':')[0];
		const sort = el('select', { id: 'sort' }, ...options(lb.SORTS.map((name) => [name, t(`sort.${name || 'order'}`)]), current));
		sort.addEventListener('change', () => {
			location.hash = lb.href('photos', { ...params, page: null, sort: sort.value === 'random' ? `random:${Math.floor(Math.random() * 1e6)}` : sort.value });
		});
		const way = (name, value, words, isCurrent) => el('a', { id: `w-${words}`, href: lb.href('photos', { ...params, page: null, [name]: value }), 'aria-current': isCurrent ? 'true' : null }, t(`way.${words}`));
		return el('div', { class: 'tools' }, el('label', null, el('span', { class: 'unseen' }, t('sort.label')), sort),
			el('span', { class: 'ways' }, way('view', 'grid', 'grid', form === 'grid'), way('view', 'list', 'list', form === 'list')),
			el('span', { class: 'ways' }, way('per', null, '60', per === 60), way('per', 120, '120', per === 120)),
			el('a', { href: lb.href('slides', params) }, t('nav.slides')));
	}

	function counted(total, page, per) {
		if (total === 0) return t('found.none');
		return total <= per ? lb.n('found.all', total) : lb.n('found.part', total, lb.number((page - 1) * per + 1), lb.number(Math.min(total, page * per)));
	}

	async function render(route, main) {
		const { params } = route, waits = [];
		const selection = await lb.select(params);
		if (params.q) performance.mark('lifeboat:hits');
		const per = params.per === '120' ? 120 : 60, page = Math.max(1, Math.min(Number(params.page) || 1, Math.ceil(selection.total / per)));
		const form = params.view || (params.q ? 'list' : 'grid');
		const rows = selection.rows.subarray((page - 1) * per, page * per);
		const { page: _, ...chosen } = params;
		const count = counted(selection.total, page, per);
		const filters = panel(params, selection, waits);
		const parts = await Promise.all([chips(params), params.q && named(params.q),
			selection.total ? (form === 'list' ? list : lb.tiles)(rows, chosen) : el('p', { class: 'intro' }, t('found.none.words'))]);
		const results = el('div', { class: 'results' }, ...parts, lb.pager(selection.total, page, per, params));
		main.append(el('div', { class: 'head' }, el('h1', null, t('nav.photos')), searchForm(params)), el('div', { class: 'under' }, el('p', { class: 'count' }, count), tools(params, form, per)),
			el('div', { class: 'browse' }, filters, results));
		lb.say(count);
		if (page > 1) lb.key('p', t('pager.previous'), () => main.querySelector('.pager [rel="prev"]').click());
		if (page * per < selection.total) lb.key('n', t('pager.next'), () => main.querySelector('.pager [rel="next"]').click());
		const counts = Promise.all(waits).then(() => performance.mark('lifeboat:counted'));
		await Promise.race([counts, new Promise((resolve) => { setTimeout(resolve, QUICK); })]);
		if (params.q && form === 'list') snippets([...main.querySelectorAll('.list > li')], rows, await lb.searched(params));
	}

	lb.view('photos', { title: (route) => route.params.q ? t('search.head', route.params.q) : t('nav.photos'), render });
})(window.lifeboat = window.lifeboat || {});
