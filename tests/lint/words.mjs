/* Lints about the viewer's words: each language has the words of en.js, with the same places for values and all plurals of its own, and
 * the script uses what there is. Prints what is wrong, nothing when all is well. */
import { readFileSync, readdirSync } from 'node:fs';
import vm from 'node:vm';

const FEW = ['zero', 'one', 'two']; /* forms that can name the number in a word */
const read = (path) => readFileSync(path, 'utf8');
const filesOf = (folder) => readdirSync(folder).map((name) => `${folder}/${name}`);
const places = (text) => [...new Set(text.match(/\{\d\}/g))].sort().join(' ');
const complain = (...words) => console.log(words.join(': '));

const languages = new Map();
for (const path of filesOf('viewer/words')) {
	const lifeboatWords = (code, table) => languages.set(code, { path, ...table });
	vm.runInNewContext(read(path), { lifeboatWords });
}

/* A form with "two" may leave out the number itself, which is {0}, and nothing else. */
function checkPlaces(path, key, name, text, wanted) {
	const found = places(text);
	if (found !== wanted && !(FEW.includes(name) && found === wanted.replace(/\{0\} ?/, '')))
		complain(path, `'${key}' has the places "${found}", not "${wanted}"`, text);
}

function checkLanguage(code, { path, dir, locale, strings }, english) {
	if (path !== `viewer/words/${code}.js`)
		complain(path, `calls itself ${code}`);
	if (dir !== (new Intl.Locale(code).textInfo ?? new Intl.Locale(code).getTextInfo()).direction)
		complain(path, `dir is ${dir}`);
	const plurals = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.sort().join(' ');
	const own = Object.keys(strings), all = Object.keys(english);
	if (own.join() !== all.join())
		complain(path, 'the keys, or their order, are not those of en.js', [...own.filter((key) => !(key in english)), ...all.filter((key) => !(key in strings))].join(', '));
	for (const [key, model] of Object.entries(english)) {
		const words = strings[key] ?? model, isPlural = typeof model !== 'string';
		if (isPlural !== (typeof words !== 'string'))
			complain(path, `'${key}' is ${isPlural ? 'to have' : 'to have no'} plurals`);
		else if (isPlural && Object.keys(words).sort().join(' ') !== plurals)
			complain(path, `'${key}' is to have the plurals ${plurals}`);
		else
			Object.entries(isPlural ? words : { other: words }).forEach(([name, text]) => checkPlaces(path, key, name, text, places(isPlural ? model.other : model)));
	}
}

/* What the script and its page ask for: keys as they are, and patterns of those that are put together. */
function checkUses(english) {
	const keys = Object.keys(english), heads = new Set(keys.filter((key) => key.includes('.')).map((key) => key.split('.')[0])), used = new Set();
	for (const path of [...filesOf('viewer/script'), 'viewer/assets/viewer.html']) {
		const text = read(path);
		for (const [, quoted] of text.matchAll(/['"]([a-z][\w.-]*)['"]/gi))
			if (keys.includes(quoted))
				used.add(quoted);
			else if (/^[a-z]+(\.[a-zA-Z]+)+$/.test(quoted) && heads.has(quoted.split('.')[0]) && !/\.(js|json|html)$/.test(quoted))
				complain(path, `'${quoted}' is not in en.js`);
		for (const [, key] of text.matchAll(/\b[tn]\('([^']+)'/g))
			if (!keys.includes(key))
				complain(path, `'${key}' is not in en.js`);
		for (const [, made] of text.matchAll(/\b[tn]\(`([^`]+)`/g)) {
			const parts = new RegExp(`^${made.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[^.]+')}$`), meant = keys.filter((key) => parts.test(key));
			meant.forEach((key) => used.add(key));
			if (meant.length === 0)
				complain(path, `\`${made}\` meets nothing in en.js`);
		}
	}
	keys.filter((key) => !used.has(key)).forEach((key) => complain('viewer/words/en.js', `'${key}' is used nowhere`));
}

/* The switch offers what there is. */
function checkOffer() {
	const offered = [...read('viewer/script/20-words.js').match(/lb\.languages = (.*);/)[1].matchAll(/\['(\w+)', '([^']+)'\]/g)];
	const told = offered.map(([, code, name]) => `${code} ${name}`).sort().join(), there = [...languages].map(([code, { name }]) => `${code} ${name}`).sort().join();
	if (told !== there)
		complain('viewer/script/20-words.js', `offers the languages ${told}, not ${there}`);
}

const english = languages.get('en').strings;
languages.forEach((table, code) => checkLanguage(code, table, english));
checkUses(english);
checkOffer();
