/* Search: photos in which all words of a question are found, by the index in table "search", of which only the shards are loaded
 * that can hold these words. And snippets: the place in a text where a word was found. */
(function (lb) {
	'use strict';

	const ALL_FIELDS = 127, KEPT = 16;

	const isWanted = (token, word) => token.prefix ? word.startsWith(token.word) : word === token.word;

	/* Numbers of the shards that may have rows of the token. A term may begin in one shard and go on in the next. */
	function shardsOf(token) {
		const { starts } = lb.tableOf('search');
		const from = Math.max(0, lb.lower(starts, (start) => lb.compare(start, token.word) < 0) - 1);
		const to = lb.lower(starts, (start) => lb.compare(start, token.word) < 0 || isWanted(token, start));
		return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
	}

	function mark(masks, list, fields) {
		let row = 0, count = 0;
		const set = () => {
			if (!masks[row]) count++;
			masks[row] |= fields;
		};
		for (let i = 0; i < list.length; i++) {
			if (list[i] >= 0) {
				row += list[i];
				set();
			} else {
				for (let n = list[i]; n < 0; n++) {
					row++;
					set();
				}
			}
		}
		return count;
	}

	/* What the index says of a token: the fields of each photo that have it, and how many photos that are. */
	async function lookUp(token) {
		const masks = new Uint8Array(lb.meta.photos);
		const counts = await Promise.all(shardsOf(token).map(async (n) => {
			const rows = await lb.shard('search', n);
			let count = 0;
			for (let i = lb.lower(rows, (row) => lb.compare(row[0], token.word) < 0); i < rows.length && isWanted(token, rows[i][0]); i++)
				count += mark(masks, rows[i][2], rows[i][1]);
			return count;
		}));
		return { masks, count: counts.reduce((sum, count) => sum + count, 0) };
	}

	/* The last tokens that were looked up: whoever refines a question asks for most of it again. */
	const kept = new Map();
	function postings(token) {
		const key = (token.prefix ? '^' : '=') + token.word;
		const known = kept.get(key) || lookUp(token);
		kept.delete(key);
		kept.set(key, known);
		if (kept.size > KEPT) kept.delete(kept.keys().next().value);
		return known;
	}

	/* Rows where every one of the postings has a wanted field, with all wanted fields that any has. */
	function intersect(all, wanted) {
		all.sort((a, b) => a.count - b.count);
		const rows = new Uint32Array(all[0].count), fields = new Uint8Array(all[0].count), first = all[0].masks;
		let n = 0;
		for (let row = 0; row < first.length; row++) {
			if (!(first[row] & wanted)) continue;
			let mask = first[row];
			let i = 1;
			while (i < all.length && all[i].masks[row] & wanted) mask |= all[i++].masks[row];
			if (i < all.length) continue;
			rows[n] = row;
			fields[n++] = mask & wanted;
		}
		return { rows: rows.slice(0, n), fields: fields.slice(0, n) };
	}

	let folds = null; // once they are loaded

	/* Photos that have all tokens of the question in the wanted fields (0 or none: in any): {rows ascending, fields: in which, tokens}.
	 * A question without a word finds nothing and has no tokens. A shard that could not be read is named in lb.problems. */
	lb.search = async function (question, wanted) {
		folds = await lb.folds();
		const tokens = lb.questionTokens(question, folds);
		if (!tokens.length) return { rows: new Uint32Array(0), fields: new Uint8Array(0), tokens };
		return { ...intersect(await Promise.all(tokens.map(postings)), wanted || ALL_FIELDS), tokens };
	};

	/* Rich text (or plain) as one line. */
	function flat(node) {
		if (typeof node === 'string') return node;
		const inside = (from) => node.slice(from).map(flat).join('');
		switch (node[0]) {
		case 'br': return ' ';
		case 'a': case 'photo': return inside(2);
		case 'img': return '';
		case 'quote': case 'ul': case 'li': return ` ${inside(1)} `;
		default: return inside(1);
		}
	}

	/* The range of the first match; matches that overlap it, as pairs of ideographs do, make it longer. */
	function firstMatch(text, tokens) {
		let start = -1, end = -1;
		for (const each of lb.tokens(text, folds)) {
			if (start >= 0 && each.start >= end) break;
			if (!tokens.some((token) => isWanted(token, each.word))) continue;
			if (start < 0) start = each.start;
			end = Math.max(end, each.end);
		}
		return [start, end];
	}

	const isHalf = (text, at) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xFC00) === 0xDC00;

	/* The end of the text of at most `most` units, the beginning of it; where it must be cut, at a space if there is one near. */
	function lastPart(text, most) {
		if (text.length <= most) return text;
		let cut = text.length - most;
		const space = text.indexOf(' ', cut);
		if (space >= 0 && space < cut + most / 2) cut = space + 1;
		return `…${text.slice(isHalf(text, cut) ? cut + 1 : cut)}`;
	}
	function firstPart(text, most) {
		if (text.length <= most) return text;
		const space = text.lastIndexOf(' ', most);
		const cut = space > most / 2 ? space : most;
		return `${text.slice(0, isHalf(text, cut) ? cut - 1 : cut)}…`;
	}

	/* {before, match, after}: where the first of the tokens is found in a text or rich text, as it is written there, with some text
	 * around it. match is '' when none is. After lb.search, whose tokens these are. */
	lb.snippet = function (nodesOrText, tokens) {
		const text = (typeof nodesOrText === 'string' ? nodesOrText : (nodesOrText || []).map(flat).join('')).replace(/\s+/g, ' ').trim();
		const [start, end] = firstMatch(text, tokens);
		if (start < 0) return { before: firstPart(text, 160), match: '', after: '' };
		return { before: lastPart(text.slice(0, start), 60), match: text.slice(start, end), after: firstPart(text.slice(end), 100) };
	};
})(window.lifeboat = window.lifeboat || {});
