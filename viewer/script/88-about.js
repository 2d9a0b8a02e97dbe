/* About this lifeboat; what is missing and why; and every file of the package explained. */
(function (lb) {
	'use strict';
	const { el, t } = lb;
	const PER_PAGE = 60, TOP = 200;
	/* What is documented: path in the package → where it can be opened from data/viewer/, if anywhere; its words are "data.1", "data.2" …. */
	const FILES = { 'index.html': '../../index.html', 'README.txt': '../../README.txt', 'lifeboat.json': '../../lifeboat.json', 'METS.xml': '../../METS.xml', 'manifest-sha256.txt': '../../manifest-sha256.txt',
		'data/README.html': '../README.html', 'data/ro-crate-metadata.json': '../ro-crate-metadata.json', 'data/media/originals/': null, 'data/media/thumbnails/': null, 'data/media/icons/': null,
		'data/pages/': '../pages/index.html', 'data/provenance/': null, 'data/documentation/': '../documentation/index.html', 'data/viewer/': null, 'data/metadata/photos/': null };
	const INDEXES = ['lifeboat', 'photoIndex', 'photoOrder', 'albumIndex', 'groupIndex', 'galleryIndex', 'collectionIndex', 'contributorIndex', 'profileIndex', 'licenseIndex', 'tagList', 'consentIndex', 'missing'];

	const p = (words) => words && el('p', null, words);
	const all = (...links) => el('p', { class: 'all ways-on' }, ...links);
	const pre = (text) => el('pre', null, text);
	const plainPage = (page, key) => el('a', { href: `../pages/${page}.html` }, t(key));

	/* Plain text: an empty line ends a paragraph, and each line break is kept. */
	const letter = (text) => el('div', { class: 'letter' }, ...text.split(/\n\s*\n/).map((block) => el('p', { dir: 'auto' }, ...block.split('\n').flatMap((line, i) => i ? [el('br'), line] : [line]))));

	const reasons = () => lb.meta.reasons.length ? lb.ranked(lb.meta.reasons.map(([text, count]) => [el('bdi', null, text), count])) : p(t('missing.nothing'));

	/* ---- about ---- */

	function maker() {
		const { id, name } = lb.meta.maker;
		return lb.facts([['about.maker', name && el('bdi', null, name)], ['about.makerId', id && lb.out(id, id)], ['about.created', lb.day(lb.meta.created)], ['about.id', el('code', null, lb.meta.id)],
			['about.program', lb.meta.program], ['about.kept', lb.n('count.photos', lb.meta.photos)]]);
	}

	function selection() {
		const chosen = lb.meta.selection, item = ([url, , count]) => el('li', null, url ? lb.out(url, url.replace(/^https?:\/\/(www\.)?/, '')) : t('unknown'), ' ', lb.sum(lb.n('count.photos', count)));
		return lb.section(t('about.selection'), p(t('about.selection.intro')), el('ul', { class: 'lines' }, ...chosen.slice(0, TOP).map(item)), chosen.length > TOP && p(t('about.selection.more', lb.number(chosen.length - TOP))));
	}

	function policy() {
		const rules = lb.meta.policy;
		return lb.section(t('about.policy'), rules.name === 'rescue' && el('p', { class: 'rescue' }, t('about.rescue')), p(rules.sentence), p(rules.pseudonymised && t('about.pseudonymised')), p(rules.privateIncluded && t('about.private')),
			p(rules.safety && rules.safety !== 'safe' && t('about.safety', t(`safety.${rules.safety}`))), p(rules.account && t('about.account', rules.account)), p(rules.layers.length > 0 && t('about.layers', lb.join(rules.layers.map((name) => t(`layer.${name}`))))),
			rules.agreement && el('section', { class: 'agreement' }, el('h3', null, t('about.agreement')), p(rules.agreed && t('about.agreed', lb.day(rules.agreed))), el('blockquote', null, letter(rules.agreement))));
	}

	function consent() {
		const rows = lb.meta.consent;
		const line = ([name, status, date, deadline, note]) => [el('bdi', null, name || t('about.unnamed')), status && t(`consent.${status}`), date && lb.day(date), deadline && lb.day(deadline), note];
		return lb.section(t('about.consent'), p(t(rows.length ? 'about.consent.intro' : 'about.consent.none')), p(rows.length > 0 && t(lb.meta.policy.silenceIsConsent ? 'about.silence.yes' : 'about.silence.no')),
			rows.length > 0 && lb.table(t('about.consent'), ['who', 'status', 'asked', 'deadline', 'note'].map((name) => t(`consent.head.${name}`)), rows.map(line)), all(plainPage('rights', 'about.rights')));
	}

	function render(route, main) {
		const { title, purpose, future, counts } = lb.meta;
		lb.begin(main, t('about.title'), el('bdi', null, title), maker(), purpose ? lb.section(t('about.purpose'), letter(purpose)) : '', future ? lb.section(t('about.future'), letter(future)) : '', selection(), policy(), consent(),
			lb.section(t('missing.title'), p(lb.n('missing.photos', counts.missing + counts.stubs)), reasons(), all(lb.link('missing', {}, t('missing.all')), plainPage('missing', 'missing.plain'))),
			lb.section(t('about.check'), p(t('about.check.bag')), pre('sha256sum -c manifest-sha256.txt'), p(t('about.check.lifeboat')), pre('lifeboat verify DIR'), p(t('about.rebuild')), pre('lifeboat build --viewer DIR'), all(lb.link('data', {}, t('data.title')))));
	}

	/* ---- missing ---- */

	/* What is not here of photographs that are, by kind and reason. */
	async function parts() {
		const counts = new Map();
		for (const [, , , layer, message] of await lb.entries('gaps')) {
			const key = JSON.stringify([layer, message]);
			counts.set(key, (counts.get(key) || 0) + 1);
		}
		return lb.ranked([...counts].sort((a, b) => b[1] - a[1]).slice(0, PER_PAGE).map(([key, count]) => {
			const [layer, message] = JSON.parse(key);
			return [el('span', null, layer && lb.part(layer), layer && message && ': ', el('bdi', null, message)), count];
		}));
	}

	async function renderMissing(route, main) {
		const flags = await lb.column('flags');
		const { shown, pager } = lb.cut(route, Array.from(flags, (_, row) => row).filter((row) => flags[row] & (lb.MISSING | lb.WITHHELD)), PER_PAGE);
		lb.begin(main, t('missing.title'), t('missing.intro'), lb.section(t('missing.why'), reasons()), lb.section(lb.n('missing.photos', lb.meta.counts.missing + lb.meta.counts.stubs), await lb.tiles(shown), pager),
			lb.meta.counts.gaps ? lb.section(lb.n('missing.gaps', lb.meta.counts.gaps), await parts()) : '', all(plainPage('missing', 'missing.plain')));
	}

	/* ---- every file ---- */

	const files = (list) => el('dl', { class: 'facts wide' }, ...list.map(([path, href, words]) => lb.figure(href ? el('a', { href }, el('code', null, path)) : el('code', null, path), words)));

	function renderData(route, main) {
		const tables = Object.entries(lb.meta.tables).map(([name, { kind, rows, shards }]) => [el('code', null, name), t(`data.kind.${kind}`), rows, shards, t(`table.${name}`)]);
		lb.begin(main, t('data.title'), t('data.intro'), lb.section(t('data.files'), files(Object.entries(FILES).map(([path, href], i) => [path, href, t(`data.${i + 1}`)]))),
			lb.section(t('data.metadata'), p(t('data.metadata.intro')), files(INDEXES.map((name) => [`data/metadata/${name}.js`, `../metadata/${name}.js`, t(`data.index.${name}`)]))),
			lb.section(t('data.without'), p(t('data.without.words')), pre('sed \'1s/^[^=]*= //; $s/;$//\' data/metadata/photos/ID.js | python3 -m json.tool'), p(t('data.without.media'))),
			lb.section(t('data.own'), p(t('data.own.words')), pre('lifeboatShard({"format":1,"table":"title","shard":0,"first":0,"count":8192,"rows":[\n…\n]});'), lb.table(t('data.tables'), ['table', 'kind', 'rows', 'shards', 'what'].map((name) => t(`data.head.${name}`)), tables)));
	}

	lb.view('about', { title: () => t('about.title'), render });
	lb.view('missing', { title: () => t('missing.title'), render: renderMissing });
	lb.view('data', { title: () => t('data.title'), render: renderData });
})(window.lifeboat = window.lifeboat || {});
