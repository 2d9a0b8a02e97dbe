/* About this lifeboat; what is missing and why; and every file of the package explained. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PER_PAGE = 60, MISSING = 2, STUB = 4;
	/* What is documented: [path from data/viewer/ as shown, where it can be opened from data/, key of its words]. A path ending in "/" is a folder. */
	const FILES = [['index.html', '../index.html', 'start'], ['README.txt', '../README.txt', 'readme'], ['lifeboat.json', '../lifeboat.json', 'manifest'], ['METS.xml', '../METS.xml', 'mets'],
		['bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt', '../manifest-sha256.txt', 'bag'], ['data/README.html', 'README.html', 'words'],
		['data/ro-crate-metadata.json', 'ro-crate-metadata.json', 'crate'], ['data/media/originals/', null, 'originals'], ['data/media/thumbnails/', null, 'thumbnails'], ['data/media/icons/', null, 'icons'],
		['data/pages/', 'pages/index.html', 'pages'], ['data/provenance/', null, 'provenance'], ['data/documentation/', 'documentation/index.html', 'documentation'], ['data/viewer/', null, 'viewer']];
	const INDEXES = ['lifeboat', 'photoIndex', 'photoOrder', 'albumIndex', 'groupIndex', 'galleryIndex', 'collectionIndex', 'contributorIndex', 'profileIndex', 'licenseIndex', 'tagList', 'consentIndex', 'missing'];

	const local = (path, ...words) => el('a', { href: lb.local(path) }, ...words);
	const yes = (truth, words) => truth ? el('p', null, words) : '';

	/* Plain text with blank lines between paragraphs and line breaks within. */
	const plainText = (text) => text.split(/\n\s*\n/).map((block) => el('p', { dir: 'auto' }, ...block.split('\n').flatMap((line, i) => i ? [el('br'), line] : [line])));
	const isoDay = (text) => lb.day(Date.parse(text.length === 10 ? `${text}T00:00:00Z` : text) / 1000);

	function reasons() {
		return lb.meta.reasons.length ? lb.ranked(lb.meta.reasons.map(([text, count]) => [el('bdi', null, text), count])) : el('p', null, t('missing.nothing'));
	}

	/* ---- about ---- */

	function maker() {
		const { id, name } = lb.meta.maker || {};
		return lb.facts([['about.maker', name && el('bdi', null, name)], ['about.makerId', id && /^https?:/.test(id) ? lb.outward(id) : id], ['about.created', isoDay(lb.meta.created)],
			['about.id', el('code', null, lb.meta.id)], ['about.program', lb.meta.program], ['about.kept', lb.n('count.photos', lb.meta.counts.photos)]]);
	}

	function selection() {
		return lb.section(t('about.selection'), el('p', null, t('about.selection.intro')),
			el('ul', { class: 'lines' }, ...lb.meta.selection.map(([url, , count]) => el('li', null, lb.outward(url), ' ', el('span', { class: 'n' }, lb.n('count.photos', count))))));
	}

	function policy() {
		const rules = lb.meta.policy || {};
		return lb.section(t('about.policy'),
			rules.name === 'rescue' ? el('p', { class: 'rescue' }, t('about.rescue')) : '', rules.sentence ? el('p', null, rules.sentence) : '',
			yes(rules.pseudonymised, t('about.pseudonymised')), yes(rules.privateIncluded, t('about.private')), yes(rules.safety && rules.safety !== 'safe', t('about.safety', rules.safety)),
			typeof rules.account === 'string' ? el('p', null, t('about.account', rules.account)) : '', rules.layers && rules.layers.length ? el('p', null, t('about.layers', lb.join(rules.layers.map((name) => t(`layer.${name}`))))) : '',
			rules.agreed && rules.agreement ? el('section', { class: 'agreement' }, el('h3', null, t('about.agreement')), el('p', null, t('about.agreed', isoDay(rules.agreed))), el('blockquote', null, ...plainText(rules.agreement))) : '');
	}

	function consent() {
		const rows = lb.meta.consent || [];
		const line = ([name, status, date, deadline, note]) => el('tr', null, el('th', { scope: 'row' }, el('bdi', null, name || t('about.unnamed'))),
			...[status && t(`consent.${status}`), date && isoDay(date), deadline && isoDay(deadline), note].map((value) => el('td', null, value || '')));
		return lb.section(t('about.consent'), el('p', null, t(rows.length ? 'about.consent.intro' : 'about.consent.none'), ' ', rows.length ? t(lb.meta.policy.silenceIsConsent ? 'about.silence.yes' : 'about.silence.no') : ''),
			rows.length ? lb.table(t('about.consent'), ['who', 'status', 'asked', 'deadline', 'note'].map((name) => t(`consent.head.${name}`)), rows.map(line)) : '',
			el('p', { class: 'all' }, local('pages/rights.html', t('about.rights'))));
	}

	function render(route, main) {
		const { title, purpose, future, counts } = lb.meta;
		main.append(el('h1', null, t('about.title')), el('p', { class: 'intro' }, el('bdi', null, title)), maker(),
			purpose ? lb.section(t('about.purpose'), el('div', { class: 'letter' }, ...plainText(purpose))) : '',
			future ? lb.section(t('about.future'), el('div', { class: 'letter' }, ...plainText(future))) : '',
			selection(), policy(), consent(),
			lb.section(t('missing.title'), el('p', null, lb.n('missing.photos', counts.missing + counts.stubs)), reasons(), el('p', { class: 'all' }, lb.link('missing', {}, t('missing.all')), ' ', local('pages/missing.html', t('missing.plain')))),
			lb.section(t('about.check'), el('p', null, t('about.check.bag')), el('pre', null, 'sha256sum -c manifest-sha256.txt'), el('p', null, t('about.check.lifeboat')), el('pre', null, 'lifeboat verify DIR'), el('p', null, t('about.rebuild')), el('pre', null, 'lifeboat build --viewer DIR'),
				el('p', { class: 'all' }, lb.link('data', {}, t('data.title')))));
	}

	/* ---- missing ---- */

	async function renderMissing(route, main) {
		const flags = await lb.column('flags');
		const rows = [];
		for (let row = 0; row < flags.length; row++)
			if (flags[row] & (MISSING | STUB))
				rows.push(row);
		const { shown, pager } = lb.cut(route, rows, PER_PAGE);
		main.append(el('h1', null, t('missing.title')), lb.intro(t('missing.intro')), lb.section(t('missing.why'), reasons()),
			lb.section(lb.n('missing.photos', rows.length), await lb.tiles(shown), pager),
			el('p', { class: 'all' }, local('pages/missing.html', t('missing.plain'))));
	}

	/* ---- every file ---- */

	function files() {
		return el('dl', { class: 'facts wide' }, ...FILES.map(([shown, path, key]) => lb.figure(path ? local(path, el('code', null, shown)) : el('code', null, shown), t(`data.${key}`))));
	}

	function tables() {
		const lines = Object.entries(lb.meta.tables).map(([name, table]) => el('tr', null, el('th', { scope: 'row' }, el('code', null, name)),
			el('td', null, t(`data.kind.${table.kind}`)), el('td', { class: 'number' }, lb.number(table.rows)), el('td', { class: 'number' }, lb.number(table.shards)), el('td', null, t(`table.${name}`))));
		return lb.table(t('data.tables'), ['table', 'kind', 'rows', 'shards', 'what'].map((name) => t(`data.head.${name}`)), lines);
	}

	function renderData(route, main) {
		main.append(el('h1', null, t('data.title')), lb.intro(t('data.intro')), lb.section(t('data.files'), files()),
			lb.section(t('data.metadata'), el('p', null, t('data.metadata.intro')),
				el('dl', { class: 'facts wide' }, ...INDEXES.map((name) => lb.figure(local(`metadata/${name}.js`, el('code', null, `data/metadata/${name}.js`)), t(`data.index.${name}`))),
					lb.figure(el('code', null, 'data/metadata/photos/<id>.js'), t('data.index.photo')))),
			lb.section(t('data.without'), el('p', null, t('data.without.words')), el('pre', null, 'sed \'1s/^[^=]*= //; $s/;$//\' data/metadata/photos/ID.js | python3 -m json.tool'), el('p', null, t('data.without.media'))),
			lb.section(t('data.own'), el('p', null, t('data.own.words')), el('pre', null, 'lifeboatShard({"format":1,"table":"title","shard":0,"first":0,"count":8192,"rows":[\n…\n]});'), tables()));
	}

	lb.view('about', { title: () => t('about.title'), render });
	lb.view('missing', { title: () => t('missing.title'), render: renderMissing });
	lb.view('data', { title: () => t('data.title'), render: renderData });
})(window.lifeboat = window.lifeboat || {});
