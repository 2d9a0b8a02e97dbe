/* People: everyone who took, said, faved or is shown; and one page each. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PER_PAGE = 120, TILES = 60, SAID = 20;
	const NSID = 0, NAME = 1, REAL = 2, ALIAS = 3, ICON = 4, LOCATION = 5, ABOUT = 6, COUNTS = 7;
	const ROLES = ['took', 'shown', 'said', 'tagged', 'noted', 'faved'];
	const SORTS = ['took', 'said', 'faved', 'shown', 'name'];

	const icon = (person) => person[ICON] ? el('img', { src: lb.local(person[ICON]), alt: '', width: 48, height: 48, loading: 'lazy' }) : '';
	const display = (person) => lb.visible(person[NAME], person[REAL], person[NSID]);

	function compare(sort) {
		if (sort === 'name') {
			const { compare: order } = lb.collator();
			return (a, b) => order(display(a), display(b));
		}
		const role = ROLES.indexOf(sort);
		return (a, b) => b[COUNTS][role] - a[COUNTS][role];
	}

	function entry(person) {
		const did = ROLES.map((role, i) => person[COUNTS][i] ? lb.n(`people.${role}.sum`, person[COUNTS][i]) : '').filter(Boolean);
		return el('li', null, el('a', { href: lb.href(`person/${person[NSID]}`) }, el('span', { class: 'icon' }, icon(person)), el('bdi', null, display(person))),
			person[REAL] && person[REAL] !== person[NAME] ? el('span', { class: 'real' }, el('bdi', null, person[REAL])) : '', el('code', null, person[NSID]), el('span', { class: 'sum' }, did.join(' · ')));
	}

	async function renderAll(route, main) {
		const people = await lb.entries('people');
		const sort = SORTS.includes(route.params.sort) ? route.params.sort : 'took';
		const found = lb.matching(people, route.params.q, (person) => person.slice(0, 4).join(' ')).sort(compare(sort));
		const { shown, pager } = lb.cut(route, found, PER_PAGE);
		lb.begin(main, t('people.title'), t('people.intro'), lb.finder(route, t('people.find')),
			lb.choices(t('list.sort'), route, 'sort', SORTS.map((name) => [name, t(`people.sort.${name}`)]), sort),
			lb.counted(lb.n('people.count', found.length)),
			el('ul', { class: 'folk' }, ...shown.map(entry)), pager);
	}

	/* ---- one person ---- */

	async function rowsOf(number, role) {
		const blocks = await lb.blocks('people-photos', number);
		return blocks.filter((block) => block[1] === role).flatMap((block) => lb.list(block[2]));
	}

	/* What they wrote about these photographs: pictures beside words. */
	async function sayings(number, rows, member, text) {
		const tiles = await lb.tiles(rows);
		tiles.classList.add('curated');
		await Promise.all(rows.map(async (row, i) => {
			const blocks = await lb.blocks('detail', row);
			const own = blocks.flatMap((block) => block[1][member] || []).filter((said) => said[0] === number);
			tiles.children[i].append(el('div', { class: 'said-of' }, ...own.map((said) => text(said))));
		}));
		return tiles;
	}

	const comment = ([, date, words]) => el('div', { class: 'text' }, lb.rich(words), el('p', { class: 'when' }, lb.when(date)));
	const note = ([, , , , , words]) => el('div', { class: 'text' }, lb.rich(words));

	async function part(number, role, rows, route) {
		const perPage = role === 'said' || role === 'noted' ? SAID : TILES;
		const { shown, pager } = lb.cut(route, rows, perPage);
		const list = role === 'said' ? await sayings(number, shown, 'comments', comment) : role === 'noted' ? await sayings(number, shown, 'notes', note) : await lb.tiles(shown);
		return [list, pager];
	}

	function portrait(person) {
		const alias = person[ALIAS] && person[ALIAS] !== person[NSID] ? person[ALIAS] : null;
		const facts = [['people.real', person[REAL] && el('bdi', null, person[REAL])], ['people.nsid', el('code', null, person[NSID])], ['people.alias', alias && el('bdi', null, alias)],
			['people.location', person[LOCATION] && el('bdi', null, person[LOCATION])], ['sets.address', lb.out(`https://www.flickr.com/people/${encodeURIComponent(alias || person[NSID]).replace('%40', '@')}/`, `flickr.com/people/${alias || person[NSID]}`)]];
		return [el('h1', { class: 'portrait' }, icon(person), el('bdi', null, display(person))),
			lb.text(person[ABOUT]),
			lb.facts(facts)];
	}

	async function renderOne(route, main) {
		const number = await lb.find('person', route.id);
		if (number < 0)
			return lb.notFound(main);
		const person = await lb.row('people', number);
		const offered = ROLES.filter((_, i) => person[COUNTS][i]);
		const role = offered.includes(route.params.tab) ? route.params.tab : offered[0];
		main.append(...portrait(person));
		if (!role) {
			main.append(el('p', null, t('people.nothing')));
			return;
		}
		main.append(lb.choices(t('people.what'), route, 'tab', offered.map((name) => [name, lb.n(`people.${name}.sum`, person[COUNTS][ROLES.indexOf(name)])]), role),
			el('h2', null, t(`people.${role}.head`)),
			role === 'took' ? lb.ways({ owner: person[NSID] }) : '',
			...await part(number, role, await rowsOf(number, ROLES.indexOf(role)), route));
	}

	lb.view('people', { title: () => t('people.title'), render: renderAll });
	lb.view('person', { title: () => t('people.person'), render: renderOne });
})(window.lifeboat = window.lifeboat || {});
