// The viewer's script in the hands of viewer_search.c: `viewer_search.mjs tokens|search FOLDER`, where FOLDER has tables and texts.
// Ends with status 1, saying where, when the script and the program differ.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import vm from 'node:vm';

const [, , what, folder] = process.argv;

// The parts of the script that need little of a page: a script element that is put into it is read and run.
function load() {
	const context = vm.createContext({});
	const run = (path) => vm.runInContext(fs.readFileSync(path, 'utf8'), context, { filename: path });
	const append = (script) => {
		try {
			run(`${folder}/${script.src}`);
			script.onload();
		} catch (error) {
			script.onerror(error);
		}
	};
	Object.assign(context, { window: context, document: { createElement: () => ({ remove() {} }), head: { append } } });
	for (const part of ['10-data.js', '55-tokens.js', '60-search.js']) run(`viewer/script/${part}`);
	return context.lifeboat;
}
const lb = load();
assert.ok(await lb.readMeta());
const folds = await lb.folds();
const lines = (name) => fs.readFileSync(`${folder}/${name}`, 'utf8').split('\n').slice(0, -1);

function checkTokens() {
	const expected = lines('tokens');
	lines('texts').forEach((text, i) => {
		const tokens = lb.tokens(text, folds);
		assert.equal(tokens.map((token) => ` ${token.word}`).join(''), expected[i], JSON.stringify(text));
		for (const { word, start, end } of tokens)
			assert.ok(lb.tokens(text.slice(start, end), folds).some((token) => token.word === word), `${JSON.stringify(text)}: where is ${word}?`);
	});
	assert.equal(lb.tokens('a\uD800b\uDC00', folds).map((token) => token.word).join(' '), 'a b');
}

function checkQuestions() {
	const ask = (question) => lb.questionTokens(question, folds).map((token) => (token.prefix ? '^' : '=') + token.word).join(' ');
	assert.equal(ask(''), '');
	assert.equal(ask(' - '), '');
	assert.equal(ask('Sea'), '^sea');
	assert.equal(ask('the sea, the BOAT'), '=the =sea ^boat');
	assert.equal(ask('東京都'), '=東京 ^京都');
	assert.equal(ask('東 tower'), '=東 ^tower');
	assert.equal(ask('京'), '^京');
	assert.equal(ask('강'), '^강');
	assert.equal(ask('the É'), '=the =e');
}

function checkSnippets() {
	const snip = (nodes, question) => Object.values(lb.snippet(nodes, lb.questionTokens(question, folds))).join('|');
	assert.equal(snip('An old pier', 'pie'), 'An old |pier|');
	assert.equal(snip('Vue de l’E\u0301glise Saint-Ouen', 'eglise'), 'Vue de l’|E\u0301glise| Saint-Ouen');
	assert.equal(snip(['One ', ['b', 'ti', ['i', 'ny']], ['br'], ['a', 'https://x.example/', 'boat'], '.'], 'boat'), 'One tiny |boat|.');
	assert.equal(snip('東京都の夜', '京都'), '東|京都|の夜');
	assert.equal(snip('新東京都の夜', '東京都'), '新|東京都|の夜');
	assert.equal(snip('nothing', 'boat'), 'nothing||');
	assert.equal(snip(null, 'boat'), '||');
	const long = snip(`${'word '.repeat(100)}harbour${' word'.repeat(100)}`, 'harbour').split('|');
	assert.ok(long[0].startsWith('…word') && long[1] === 'harbour' && long[2].endsWith('word…'));
	assert.ok(!/^…[\uDC00-\uDFFF]/.test(snip(`${'𝓕'.repeat(99)} sea`, 'sea')));
}

// Words of each photo and the fields that have them, by scanning all texts.
function scan() {
	const photos = Array.from({ length: lb.meta.photos }, () => new Map());
	for (const line of lines('texts')) {
		const [row, field, text] = JSON.parse(line);
		for (const { word } of lb.tokens(text, folds)) photos[row].set(word, photos[row].get(word) | field);
	}
	return photos;
}

function brute(photos, tokens, wanted) {
	const rows = [], fields = [];
	photos.forEach((words, row) => {
		let mask = 0;
		const has = tokens.every((token) => {
			let own = 0;
			if (!token.prefix) own = words.get(token.word);
			else for (const [word, where] of words) if (word.startsWith(token.word)) own |= where;
			mask |= own;
			return own & wanted;
		});
		if (has) rows.push(row), fields.push(mask & wanted);
	});
	return { rows, fields };
}

async function checkSearch() {
	const photos = scan();
	let seed = 7;
	const chance = (below) => (seed = (seed * 48271) % 2147483647) % below;
	const questions = ['half', 'h', 'ha', 'harbour half', 'half harb', 'nowhere', '\u{10FFFF}', '', 'a', 'ω', '京', '가', '𝓐 h'];
	while (questions.length < 250) {
		const words = [...photos[chance(photos.length)].keys()];
		if (!words.length) continue;
		const some = Array.from({ length: 1 + chance(3) }, () => words[chance(words.length)]);
		const last = [...some.pop()];
		questions.push([...some, last.slice(0, 1 + chance(last.length)).join('')].join(' '));
	}
	let found = 0;
	for (const question of questions) {
		const wanted = [0, 1, 4, 127, 96][chance(5)];
		const is = await lb.search(question, wanted);
		const tokens = lb.questionTokens(question, folds);
		const expected = tokens.length ? brute(photos, tokens, wanted || 127) : { rows: [], fields: [] };
		assert.deepEqual({ rows: Array.from(is.rows), fields: Array.from(is.fields) }, expected, JSON.stringify([question, wanted]));
		found += is.rows.length > 0;
	}
	assert.ok(found > 100);
}

// A shard that is not there: the rest is found, and the loss is named.
async function checkLoss() {
	const before = (await lb.search('가')).rows.length;
	const broken = load();
	fs.rmSync(`${folder}/data/search/0/000.js`);
	await broken.readMeta();
	assert.equal((await broken.search('가')).rows.length, before);
	await broken.search('0a');
	assert.deepEqual(Array.from(broken.problems, (problem) => problem.file), ['data/search/0/000.js']);
}

if (what === 'tokens') {
	checkTokens();
	checkQuestions();
	await lb.search('boat'); // snippets come after a search
	checkSnippets();
} else {
	await checkSearch();
	await checkLoss();
}
