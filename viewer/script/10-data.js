/* The data: shards are scripts that call lifeboatShard with strict JSON. Nothing here is trusted before it is checked: a shard that is
 * not there, is broken or is not what the list of tables expects is noted in lb.problems, and its rows count as absent. */
(function (lb) {
	'use strict';
	const FORMAT = 1;
	const FILES = /^(data\/(meta|[a-z]+(-[a-z]+)?\/\d+\/\d{3})|words\/[a-z]{2,3}(-[A-Za-z]+)?|land|views)\.js$/;
	const KEPT = 96; /* shards that stay in memory, of about 200 KB each */
	/* What stands for a row that could not be read, by table of photos. */
	const ABSENT = { id: '', title: null, thumb: 0, aspect: 0, owner: -1, taken: null, posted: null, license: -1, views: -1, faves: -1, comments: -1, flags: 0, geo: 0, place: -1 };

	function checked(url) {
		if (!FILES.test(url)) throw new TypeError(`no script of this lifeboat: ${url}`);
		return url;
	}
	const policy = window.trustedTypes ? window.trustedTypes.createPolicy('lifeboat', { createScriptURL: checked }) : { createScriptURL: checked };

	/* Runs one of our own script files: a promise that it was found and read. */
	lb.script = (url) => new Promise((resolve, reject) => {
		const script = document.createElement('script');
		script.src = policy.createScriptURL(url);
		script.onload = resolve;
		script.onerror = () => reject(new Error('missing'));
		lb.loading++;
		document.head.append(script);
		script.remove();
	}).finally(() => { lb.loading--; });
	lb.loading = 0;

	/* ---- problems ---- */

	lb.problems = [];
	lb.onproblem = () => {};
	lb.problem = function (file, why) {
		lb.problems.push({ file, why });
		lb.onproblem();
	};

	/* ---- shards ---- */

	const arrived = new Map(); /* "table/n" → the shard that called home and was not yet looked at */
	window.lifeboatShard = (shard) => { arrived.set(`${shard.table}/${shard.shard}`, shard); };

	function fault(shard, table, n) {
		if (!shard) return 'broken';
		if (shard.format !== FORMAT || shard.table !== table || shard.shard !== n || !Array.isArray(shard.rows)) return 'unexpected';
		return shard.rows.length === shard.count ? '' : 'incomplete';
	}

	/* The rows of a shard; a shard that cannot be used has none, and is named in lb.problems. */
	async function read(table, n) {
		const file = table === 'land' ? 'land.js' : table === 'meta' ? 'data/meta.js' : `data/${table}/${Math.floor(n / 500)}/${String(n % 500).padStart(3, '0')}.js`;
		let why = '', shard = null;
		try {
			await lb.script(file);
			shard = arrived.get(`${table}/${n}`);
			arrived.delete(`${table}/${n}`);
			why = fault(shard, table, n);
		} catch (error) {
			why = error.message;
		}
		if (why) lb.problem(file, why);
		return why ? [] : shard.rows;
	}

	const kept = new Map(); /* in order of use: the longest unused is the first to go */
	lb.shard = function (table, n) {
		const key = `${table}/${n}`;
		const rows = kept.get(key) || read(table, n);
		kept.delete(key);
		kept.set(key, rows);
		if (kept.size > KEPT) kept.delete(kept.keys().next().value);
		return rows;
	};

	lb.tableOf = (name) => lb.meta.tables[name] || { kind: 'dense', rows: 0, shards: 0, starts: [] };

	/* Order of Unicode code points, which is the order of UTF-8 bytes and of all tables. */
	const raised = (unit) => unit >= 0xE000 ? unit - 0x800 : unit >= 0xD800 ? unit + 0x2000 : unit;
	lb.compare = function (a, b) {
		if (typeof a === 'number') return a - b;
		const length = Math.min(a.length, b.length);
		for (let i = 0; i < length; i++)
			if (a.charCodeAt(i) !== b.charCodeAt(i)) return raised(a.charCodeAt(i)) - raised(b.charCodeAt(i));
		return a.length - b.length;
	};

	/* The first place in a sorted array where `before(item)` no longer holds. */
	lb.lower = function (items, before) {
		let low = 0, high = items.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (before(items[middle])) low = middle + 1; else high = middle;
		}
		return low;
	};

	/* ---- tables by key ---- */

	/* All rows of a key in a table of blocks, or sorted. */
	lb.blocks = async function (table, key) {
		const { starts } = lb.tableOf(table);
		const from = Math.max(0, lb.lower(starts, (start) => lb.compare(start, key) < 0) - 1);
		const to = lb.lower(starts, (start) => lb.compare(start, key) <= 0);
		const numbers = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
		const shards = await Promise.all(numbers.map((n) => lb.shard(table, n)));
		return shards.flatMap((rows) => rows.slice(lb.lower(rows, (row) => lb.compare(row[0], key) < 0), lb.lower(rows, (row) => lb.compare(row[0], key) <= 0)));
	};

	/* The number of a thing in its table, or -1: kinds are photo, person, tag, album, group, gallery. */
	lb.find = async function (kind, id) {
		const [row] = await lb.blocks('find', `${kind}:${id}`);
		return row ? row[1] : -1;
	};

	const absent = (table) => table in ABSENT ? ABSENT[table] : [];

	/* One row of a dense table; of a table of entries an empty array when it could not be read. */
	lb.row = async function (table, i) {
		const { starts, rows } = lb.tableOf(table);
		if (!(i >= 0 && i < rows)) return absent(table);
		const n = lb.lower(starts, (start) => start <= i) - 1;
		const found = (await lb.shard(table, n))[i - starts[n]];
		return found === undefined ? absent(table) : found;
	};

	/* Each row of a dense table is given to `take(row, i)`. The shards are not kept. */
	async function each(table, take) {
		const { starts } = lb.tableOf(table);
		await Promise.all(starts.map(async (first, n) => (await read(table, n)).forEach((row, i) => take(row, first + i))));
	}

	/* A function that makes what belongs to a key once. */
	lb.once = function (make) {
		const made = new Map();
		return Object.assign((key) => {
			if (!made.has(key)) made.set(key, make(key));
			return made.get(key);
		}, { made });
	};

	/* All rows of a dense table. */
	lb.all = lb.once(async (table) => {
		const rows = new Array(lb.tableOf(table).rows).fill(absent(table));
		await each(table, (row, i) => { rows[i] = row; });
		return rows;
	});

	/* All rows of a table of blocks, in order. */
	lb.allBlocks = async (table) => (await Promise.all(lb.tableOf(table).starts.map((_, n) => read(table, n)))).flat();

	async function places(count) {
		const geo = { lat: new Float32Array(count).fill(NaN), lon: new Float32Array(count).fill(NaN), accuracy: new Uint8Array(count) };
		await each('geo', (row, i) => { if (row) [geo.lat[i], geo.lon[i], geo.accuracy[i]] = row; });
		return geo;
	}

	/* A column of all photos: strings for id, title and thumb, else a typed array (unknown: NaN in dates, -1 in counts). */
	lb.column = lb.once(async (name) => {
		const count = lb.meta.photos;
		if (name === 'geo') return places(count);
		const column = ['id', 'title', 'thumb'].includes(name) ? new Array(count).fill(ABSENT[name])
			: ABSENT[name] === null ? new Float64Array(count).fill(NaN) : new Int32Array(count).fill(ABSENT[name]);
		await each(name, (row, i) => { if (row !== null) column[i] = row; });
		return column;
	});

	const SCATTERED = 8; /* shards: who needs more of a table is given all of it, once */

	/* What a table by photo says of some rows: of a column that is not there yet only the shards that hold them are read. */
	lb.values = async function (name, rows) {
		const { starts } = lb.tableOf(name), shards = new Set(Array.from(rows, (row) => lb.lower(starts, (start) => start <= row)));
		if (!lb.column.made.has(name) && shards.size <= SCATTERED) return Promise.all(Array.from(rows, (row) => lb.row(name, row)));
		const column = await lb.column(name);
		return Array.from(rows, (row) => Number.isNaN(column[row]) ? null : column[row]);
	};

	/* A list of photos as it is written in the data → their rows. */
	lb.list = function (steps) {
		const rows = [];
		let row = 0;
		steps.forEach((step, i) => {
			if (i === 0 || step > 0) rows.push(row += step);
			else for (let n = 0; n < -step; n++) rows.push(++row);
		});
		return rows;
	};

	/* The first thing to be read: what this lifeboat is, and which tables there are. */
	lb.readMeta = async function () {
		[lb.meta] = await read('meta', 0);
		return Boolean(lb.meta);
	};
})(window.lifeboat = window.lifeboat || {});
