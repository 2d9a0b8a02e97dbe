/* Selections: which photos pass all filters of an address, in which order, and how many of them each further filter would leave.
 * Everything is counted over typed arrays, one pass each; a column is loaded when a filter first needs it. */
(function (lb) {
	'use strict';
	lb.VIDEO = 1; lb.MISSING = 2; lb.WITHHELD = 4; lb.NO_ORIGINAL = 8;
	const HAS = { comments: 16, notes: 32, people: 64, map: 128, faves: 256, description: 512 };
	const STATES = { withheld: lb.WITHHELD, missing: lb.MISSING, original: lb.NO_ORIGINAL };
	const UNKNOWN = -1;
	const ROLES = { took: 0, shown: 1, commented: 2, tagged: 3, noted: 4, faved: 5 };
	const TYPES = ['photo', 'video'];
	const SETS = { tag: 'tags', album: 'albums', group: 'groups', gallery: 'galleries' };
	/* Fields of the search index that can be chosen, by their bits. */
	lb.FIELDS = { title: 1, description: 2, tags: 4, comments: 8, people: 16, notes: 32, places: 64 };
	lb.FILTERS = ['q', 'year', 'month', 'license', 'owner', 'tag', 'album', 'group', 'gallery', 'place', 'near', 'has', 'type', 'state', 'took', 'shown', 'commented', 'tagged', 'noted', 'faved'];
	lb.SORTS = ['', '-taken', 'taken', '-posted', 'posted', 'views', 'faves', 'comments', 'title', 'random'];

	lb.granularity = (flags) => flags >> 10 & 3;
	lb.audience = (flags) => flags >> 12 & 7;

	/* ---- codes: a small number for each photo ---- */

	/* Months since the year 0 of seconds since 1970, in the calendar of today. */
	lb.monthOf = function (seconds) {
		const z = Math.floor(seconds / 86400) + 719468;
		const era = Math.floor(z / 146097), day = z - era * 146097;
		const year = Math.floor((day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
		const rest = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
		return (year + era * 400) * 12 + Math.floor((5 * rest + 2) / 153) + 2; /* the year begins in March */
	};

	const months = lb.once(async (by) => {
		const column = await lb.column(by), all = new Int32Array(column.length);
		for (let i = 0; i < all.length; i++) all[i] = Number.isNaN(column[i]) ? UNKNOWN : lb.monthOf(column[i]);
		return all;
	});
	const years = lb.once(async (by) => (await months(by)).map((month) => month < 0 ? UNKNOWN : Math.floor(month / 12)));
	/* Of a photo of which only the year is known no month is known. */
	const seasons = lb.once(async (by) => {
		const [all, flags] = await Promise.all([months(by), lb.column('flags')]);
		return all.map((month, row) => month < 0 || (by === 'taken' && lb.granularity(flags[row]) > 1) ? UNKNOWN : month % 12 + 1);
	});
	const types = lb.once(async () => (await lb.column('flags')).map((flags) => flags & lb.VIDEO));
	const by = (params) => params.by === 'posted' ? 'posted' : 'taken';

	lb.placeKey = (place) => `${place[0] || ''}~${place[1] || ''}`;

	/* Facets with one value for each photo: where its codes are, the code of a value in an address, and the value and words of a code. */
	const CODED = {
		year: { inOrder: true, codes: (params) => years(by(params)), code: (value) => value === 'unknown' ? UNKNOWN : Number(value),
			told: (code) => code < 0 ? ['unknown', lb.t('unknown')] : [String(code), String(code)] },
		month: { inOrder: true, codes: (params) => seasons(by(params)), code: Number, told: (code) => [String(code), lb.monthName(code - 1)] },
		license: { codes: () => lb.column('license'), code: (slug) => lb.meta.licenses.findIndex((one) => one[0] === slug), told: (code) => lb.meta.licenses[code] },
		owner: { codes: () => lb.column('owner'), code: (nsid) => lb.find('person', nsid), told: (code) => lb.row('people', code) },
		place: { codes: () => lb.column('place'), code: async (key) => (await lb.all('places')).findIndex((place) => lb.placeKey(place) === key),
			told: async (code) => {
				const place = await lb.row('places', code);
				return [lb.placeKey(place), place.slice(0, 2).filter(Boolean).join(', ')];
			} },
		type: { codes: types, code: (value) => TYPES.indexOf(value), told: (code) => [TYPES[code], lb.t(`type.${TYPES[code]}`)] },
	};

	/* ---- filters ---- */

	const listed = (value) => [value].flat().filter((one) => one !== null && one !== undefined && one !== '').map(String);
	const apart = (value) => listed(value).flatMap((one) => one.split(','));
	const nothing = () => new Uint8Array(lb.meta.photos);

	async function coded(name, values, params) {
		const facet = CODED[name];
		const [codes, wanted] = await Promise.all([facet.codes(params), Promise.all(values.map(facet.code))]);
		/* A value that nobody has must not pass for the unknown. */
		const set = new Set(wanted.filter((code, i) => code >= 0 || (code === UNKNOWN && values[i] === 'unknown')));
		const ok = nothing(), [only] = set;
		if (set.size === 1) for (let i = 0; i < ok.length; i++) ok[i] = codes[i] === only ? 1 : 0;
		else if (set.size) for (let i = 0; i < ok.length; i++) ok[i] = set.has(codes[i]) ? 1 : 0;
		return ok;
	}

	function marked(lists) {
		const ok = nothing();
		for (const rows of lists) for (const row of rows) ok[row] = 1;
		return ok;
	}

	const members = (kind, block) => kind === 'tag' ? lb.list(block[1]) : block[1];
	const member = async (kind, id) => marked((await lb.blocks(`${SETS[kind]}-photos`, await lb.find(kind, id))).map((block) => members(kind, block)));
	const related = async (role, nsid) => marked((await lb.blocks('people-photos', await lb.find('person', nsid)))
		.filter((block) => block[1] === ROLES[role]).map((block) => lb.list(block[2])));

	async function flagged(bits) {
		const flags = await lb.column('flags'), ok = nothing();
		for (let i = 0; i < ok.length; i++) ok[i] = flags[i] & bits ? 1 : 0;
		return ok;
	}

	/* Photos in a box of the map: south, west, north, east; it may cross the line where the days meet. */
	async function near(text) {
		const [south, west, north, east] = text.split(',').map(Number);
		const { lat, lon } = await lb.column('geo'), ok = nothing();
		for (let i = 0; i < ok.length; i++) {
			const across = west <= east ? lon[i] >= west && lon[i] <= east : lon[i] >= west || lon[i] <= east;
			ok[i] = lat[i] >= south && lat[i] <= north && across ? 1 : 0;
		}
		return ok;
	}

	/* The search of an address: {rows, fields, tokens, lost}. */
	lb.searched = (params) => lb.search(String(params.q), apart(params.in).reduce((sum, field) => sum | (lb.FIELDS[field] || 0), 0));

	/* The filters of an address: [{name, ok: a promise of who passes}, …]. Values of one facet are alternatives, except of those a photo
	 * can have several of: tags, albums, what it has. */
	function filtersOf(params) {
		const filters = [];
		const add = (name, ok) => filters.push({ name, ok });
		for (const name of lb.FILTERS) {
			const value = params[name], values = listed(value);
			if (values.length === 0) continue;
			if (name in CODED) add(name, coded(name, name === 'place' ? values : apart(value), params));
			else if (name in SETS) values.forEach((one) => add(name, member(name, one)));
			else if (name in ROLES) values.forEach((one) => add(name, related(name, one)));
			else if (name === 'has') apart(value).forEach((one) => add(name, flagged(HAS[one])));
			else if (name === 'state') add(name, flagged(apart(value).reduce((bits, one) => bits | STATES[one], 0)));
			else if (name === 'near') add(name, near(values[0]));
			else if (name === 'q') add(name, lb.searched(params).then((found) => marked([found.rows])));
		}
		return filters;
	}

	/* How many filters each photo fails, and by which it fails last. */
	async function passed(filters) {
		const masks = await Promise.all(filters.map((filter) => filter.ok));
		const fails = new Uint8Array(lb.meta.photos), last = new Uint8Array(lb.meta.photos);
		masks.forEach((ok, f) => {
			for (let i = 0; i < ok.length; i++)
				if (!ok[i]) {
					fails[i]++;
					last[i] = f;
				}
		});
		return { fails, last };
	}

	/* ---- order ---- */

	/* Sorting by numbers: key and row are packed in one number when it is exact. */
	function byNumbers(keys, descending) {
		const count = keys.length, sign = descending ? -1 : 1, packed = new Float64Array(count);
		let most = 0;
		for (let i = 0; i < count; i++) {
			packed[i] = Number.isNaN(keys[i]) || (descending && keys[i] < 0 && keys instanceof Int32Array) ? Infinity : sign * keys[i];
			if (packed[i] !== Infinity) most = Math.max(most, Math.abs(packed[i]));
		}
		if ((most + 2) * count >= Number.MAX_SAFE_INTEGER) {
			const value = (i) => packed[i] === Infinity ? Number.MAX_VALUE : packed[i];
			return Uint32Array.from(keys, (_, i) => i).sort((a, b) => value(a) - value(b) || a - b);
		}
		for (let i = 0; i < count; i++) packed[i] = (packed[i] === Infinity ? most + 1 : packed[i]) * count + i;
		packed.sort();
		const rows = new Uint32Array(count);
		for (let i = 0; i < count; i++) rows[i] = packed[i] - Math.floor(packed[i] / count) * count;
		return rows;
	}

	function shuffled(seed) {
		const keys = new Float64Array(lb.meta.photos);
		for (let i = 0; i < keys.length; i++) {
			let x = Math.imul(i ^ Math.imul(seed, 0x9E3779B1), 0x85EBCA6B);
			x = Math.imul(x ^ x >>> 15, 0xC2B2AE35);
			keys[i] = (x ^ x >>> 13) >>> 0;
		}
		return byNumbers(keys, false);
	}

	async function byTitle() {
		const titles = await lb.column('title'), collator = lb.collator();
		return Uint32Array.from(titles, (_, i) => i).sort((a, b) => titles[a] === null || titles[b] === null
			? (titles[a] === null) - (titles[b] === null) || a - b : collator.compare(titles[a], titles[b]) || a - b);
	}

	let order = { key: '', rows: null }; /* the last order of all photos: who filters keeps it */
	async function ordered(sort) {
		const key = `${sort} ${lb.language}`;
		if (order.key === key) return order.rows;
		const [name, seed] = sort.replace(/^-/, '').split(':');
		let rows = null;
		if (name === 'random') rows = shuffled(Number(seed) || 1);
		else if (name === 'title') rows = await byTitle();
		else if (['taken', 'posted', 'views', 'faves', 'comments'].includes(name)) rows = byNumbers(await lb.column(name), sort.startsWith('-') || !['taken', 'posted'].includes(name));
		order = { key, rows };
		return rows;
	}

	function rowsThat(fails, rows) {
		const out = new Uint32Array(fails.length);
		let count = 0;
		for (let i = 0; i < out.length; i++) {
			const row = rows ? rows[i] : i;
			if (!fails[row]) out[count++] = row;
		}
		return out.slice(0, count);
	}

	/* ---- facets ---- */

	/* The lists of photos of all tags, albums …: [[number, rows], …]. */
	const setsOf = lb.once(async (kind) => (await lb.allBlocks(`${SETS[kind]}-photos`)).map((block) => [block[0], Uint32Array.from(members(kind, block))]));

	async function countSets(kind, counts) {
		const found = new Map();
		for (const [number, rows] of await setsOf(kind)) {
			let count = 0;
			for (let i = 0; i < rows.length; i++) count += counts[rows[i]];
			if (count) found.set(number, (found.get(number) || 0) + count);
		}
		return found;
	}

	async function countCodes(name, params, counts) {
		const codes = await CODED[name].codes(params);
		let most = 0;
		for (let i = 0; i < codes.length; i++) if (codes[i] > most) most = codes[i];
		const sums = new Int32Array(most + 2);
		for (let i = 0; i < codes.length; i++) if (counts[i]) sums[codes[i] + 1]++;
		const found = new Map();
		sums.forEach((sum, i) => { if (sum) found.set(i - 1, sum); });
		return found;
	}

	async function countFlags(table, counts) {
		const flags = await lb.column('flags'), sums = new Int32Array(1 << 15); /* by all values of flags */
		for (let i = 0; i < flags.length; i++) if (counts[i]) sums[flags[i]]++;
		const total = (bit) => sums.reduce((sum, count, value) => value & bit ? sum + count : sum, 0);
		return Object.keys(table).map((name) => [name, lb.t(`has.${name}`), total(table[name])]).filter((entry) => entry[2]);
	}

	/* The values of a facet with words and numbers: [[value, words, count], …], the most frequent first (years and months in order). A
	 * photo counts when it passes all other filters. */
	async function facet(name, most, params, filters, { fails, last }) {
		const own = name in SETS || name === 'has' ? -1 : filters.findIndex((filter) => filter.name === name);
		const counts = new Uint8Array(fails.length);
		for (let i = 0; i < counts.length; i++) counts[i] = fails[i] === 0 || (fails[i] === 1 && last[i] === own) ? 1 : 0;
		if (name === 'has') return countFlags(HAS, counts);
		if (name === 'state') return countFlags(STATES, counts);
		const found = [...await (name in SETS ? countSets(name, counts) : countCodes(name, params, counts))];
		const isOrdered = name in CODED && CODED[name].inOrder;
		found.sort((a, b) => isOrdered ? (a[0] < 0) - (b[0] < 0) || a[0] - b[0] : b[1] - a[1]);
		const told = (number) => name in SETS ? lb.row(SETS[name], number) : CODED[name].told(number);
		const shown = found.filter(([number]) => number >= 0 || name === 'year').slice(0, isOrdered ? undefined : most);
		return Promise.all(shown.map(async ([number, count]) => [...(await told(number)).slice(0, 2), count]));
	}

	/* The words for a value of a filter in an address. */
	lb.valueWords = async function (name, value) {
		if (name === 'q') return `“${value}”`;
		if (name === 'near') return lb.t('near.words');
		if (name === 'has' || name === 'state') return lb.t(`has.${value}`);
		if (name in ROLES || name === 'owner') return (await lb.row('people', await lb.find('person', value)))[1] || value;
		if (name in SETS) return (await lb.row(SETS[name], await lb.find(name, value)))[1] || value;
		const code = await CODED[name].code(value);
		return code >= 0 ? (await CODED[name].told(code))[1] : lb.t(value);
	};
	lb.filterValues = (params, name) => ['q', 'near', 'place'].includes(name) || name in SETS || name in ROLES ? listed(params[name]) : apart(params[name]);

	const recent = new Map();
	async function passing(params) {
		const key = JSON.stringify(['in', 'by', ...lb.FILTERS].map((name) => params[name]));
		const filters = recent.has(key) ? recent.get(key).filters : filtersOf(params);
		const made = recent.get(key) || { filters, outcome: passed(filters) };
		recent.delete(key);
		recent.set(key, made);
		if (recent.size > 3) recent.delete(recent.keys().next().value);
		return { filters, outcome: await made.outcome };
	}

	/* The selection that an address names. */
	lb.select = async function (params) {
		const { filters, outcome } = await passing(params);
		const rows = rowsThat(outcome.fails, params.sort ? await ordered(String(params.sort)) : null);
		return { rows, total: rows.length, facets: (name, most = 30) => facet(name, most, params, filters, outcome) };
	};
})(window.lifeboat = window.lifeboat || {});
