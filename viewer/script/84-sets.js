/* Albums, groups and galleries: covers, and one page each in the set's own order; collections as a tree. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PER_PAGE = 60;
	const ID = 0, TITLE = 1, OWNER = 2, HERE = 3, COVER = 4, ABOUT = 5, URL = 6, CREATED = 7, LISTED = 8, FACTS = 9, COMMENTS = 10, RULES = 11;
	const one = { albums: 'album', groups: 'group', galleries: 'gallery' };

	async function coverOf(table, set) {
		const picture = set[COVER] >= 0 ? await lb.picture(set[COVER]) : '';
		return el('li', null, lb.link(`${one[table]}/${set[ID]}`, {}, el('span', { class: 'cover' }, picture), lb.titled(set[TITLE])), el('span', { class: 'sum' }, lb.n('count.photos', set[HERE])));
	}

	async function renderAll(table, route, main) {
		const sets = await lb.entries(table);
		const found = lb.matching(sets, route.params.q, (set) => set[TITLE] || '');
		const { shown, pager } = lb.cut(route, found, PER_PAGE);
		lb.begin(main, t(`sets.${table}`), t(`sets.${table}.intro`), sets.length > PER_PAGE ? lb.finder(route, t('sets.find')) : '',
			lb.counted(lb.n(`sets.${table}.count`, found.length)),
			el('ul', { class: 'index covers' }, ...await Promise.all(shown.map((set) => coverOf(table, set)))), pager);
	}

	function factsOf(set) {
		const { members, topics } = set[FACTS] || {};
		const created = set[CREATED] && `${set[CREATED].slice(0, 10)}T00:00:00Z`;
		return lb.facts([['sets.kept', set[LISTED] > set[HERE] ? t('sets.keptOf', lb.number(set[HERE]), lb.number(set[LISTED])) : lb.n('count.photos', set[HERE])],
			['sets.created', created && lb.day(created)], ['sets.members', members && lb.number(members)], ['sets.topics', topics && lb.number(topics)], ['sets.address', set[URL] && lb.out(set[URL], set[URL].replace(/^https?:\/\/(www\.)?/, ''))]]);
	}

	/* The photographs in the set's order; in a gallery with the curator's words beside each. */
	async function picturesOf(table, number, route) {
		const blocks = await lb.blocks(`${table}-photos`, number);
		const words = blocks.flatMap((block) => block[2] || []);
		const { from, shown, pager } = lb.cut(route, blocks.flatMap((block) => block[1]), PER_PAGE);
		const tiles = await lb.tiles(shown);
		if (words.some(Boolean))
			tiles.classList.add('curated');
		shown.forEach((_, i) => words[from + i] && tiles.children[i].append(lb.text(words[from + i])));
		return [tiles, pager];
	}

	/* Those for which the album's own row had no room are in a table of their own. */
	async function commentsOf(table, number, set) {
		const comments = [...set[COMMENTS], ...(await lb.blocks(`${table}-comments`, number)).flatMap((block) => block[1])];
		const items = await Promise.all(comments.map(async ([person, date, text]) => el('li', null,
			el('p', { class: 'who' }, await lb.person(person), ' ', el('span', { class: 'when' }, lb.when(date))), lb.text(text))));
		return items.length ? lb.section(lb.n('count.comments', items.length), el('ol', { class: 'comments' }, ...items)) : '';
	}

	async function renderOne(table, route, main) {
		const number = await lb.find(one[table], route.id);
		if (number < 0)
			return lb.notFound(main);
		const set = await lb.row(table, number);
		const selection = { [one[table]]: set[ID] };
		main.append(el('h1', null, lb.titled(set[TITLE])), el('p', { class: 'by' }, t(`sets.${one[table]}`), ' ', set[OWNER] >= 0 ? await lb.person(set[OWNER]) : ''),
			lb.text(set[ABOUT]), factsOf(set), set[RULES] ? lb.section(t('sets.rules'), lb.text(set[RULES])) : '', lb.ways(selection),
			el('h2', null, t('sets.order')), ...await picturesOf(table, number, route), await commentsOf(table, number, set));
	}

	/* ---- collections ---- */

	function branch([, title, about, , numbers], albums) {
		const inside = numbers.map((number) => albums[number]).filter((set) => set && set.length);
		return el('li', null, el('h2', null, lb.titled(title)), lb.text(about),
			inside.length ? el('ul', { class: 'lines' }, ...inside.map((set) => el('li', null, lb.link(`album/${set[ID]}`, {}, lb.titled(set[TITLE])), ' ', lb.sum(lb.number(set[HERE]))))) : '');
	}

	/* The entries come in order, each with its depth. */
	function treeOf(entries, albums) {
		const path = [{ depth: -1, list: el('ul', { class: 'tree' }) }];
		for (const entry of entries) {
			while (path[path.length - 1].depth >= entry[3])
				path.pop();
			const above = path[path.length - 1], item = branch(entry, albums);
			if (!above.list)
				above.item.append(above.list = el('ul', { class: 'tree' }));
			above.list.append(item);
			path.push({ depth: entry[3], item });
		}
		return path[0].list;
	}

	async function renderTree(route, main) {
		const [entries, albums] = await Promise.all([lb.entries('collections'), lb.all('albums')]);
		lb.begin(main, t('sets.collections'), t(entries.length ? 'sets.collections.intro' : 'sets.collections.none'), treeOf(entries, albums));
	}

	for (const table of Object.keys(one)) {
		lb.view(table, { title: () => t(`sets.${table}`), render: (route, main) => renderAll(table, route, main) });
		lb.view(one[table], { title: () => t(`sets.${one[table]}`), render: (route, main) => renderOne(table, route, main) });
	}
	lb.view('collections', { title: () => t('sets.collections'), render: renderTree });
})(window.lifeboat = window.lifeboat || {});
