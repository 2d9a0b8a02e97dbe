/* Tokens: what texts and questions are taken apart into, by the table "fold". The program that wrote the index does the same
 * (viewer/data/tokens.h says what a token is); nothing here asks the browser what it knows of Unicode. */
(function (lb) {
	'use strict';

	const PLAIN = 1, IGNORED = 3, LONGEST = 40;

	/* The table for look-ups: rows [first, last, letter, what]. */
	function Folds(rows) {
		this.first = Int32Array.from(rows, function (row) { return row[0]; });
		this.last = Int32Array.from(rows, function (row) { return row[1]; });
		this.rows = rows;
	}
	Folds.prototype.find = function (point) {
		let low = 0, high = this.rows.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (this.last[middle] < point) low = middle + 1;
			else high = middle;
		}
		return low < this.rows.length && this.first[low] <= point ? this.rows[low] : null;
	};

	/* A Hangul syllable of two parts (Unicode, section 3.12), or 0. */
	function hangul(before, point) {
		const lead = before - 0x1100, vowel = point - 0x1161, syllable = before - 0xAC00, final = point - 0x11A7;
		if (lead >= 0 && lead < 19 && vowel >= 0 && vowel < 21) return 0xAC00 + (lead * 21 + vowel) * 28;
		if (syllable >= 0 && syllable < 11172 && syllable % 28 === 0 && final > 0 && final < 28) return before + final;
		return 0;
	}

	/* Runs of letters of one kind: {letter, points, starts, ends}; points are folded, starts and ends say where they stand in the
	 * text. A run of plain letters is cut to LONGEST. */
	function runs(text, folds) {
		const all = [];
		let run = null, cut = false;
		function add(letter, point, start, end) {
			if (!run || run.letter !== letter) {
				run = { letter: letter, points: [], starts: [], ends: [] };
				all.push(run);
				cut = false;
			}
			const last = run.points.length - 1;
			const joined = letter === PLAIN && last >= 0 && !cut ? hangul(run.points[last], point) : 0;
			if (joined) {
				run.points[last] = joined;
				run.ends[last] = end;
			} else if (letter !== PLAIN || last + 1 < LONGEST) {
				run.points.push(point);
				run.starts.push(start);
				run.ends.push(end);
			} else cut = true;
		}
		for (let at = 0, end; at < text.length; at = end) {
			const point = text.codePointAt(at), fold = folds.find(point);
			end = at + (point > 0xFFFF ? 2 : 1);
			if (!fold) run = null;
			else if (fold[2] === IGNORED) {
				if (run && !cut) run.ends[run.ends.length - 1] = end;
			} else if (typeof fold[3] === 'number') add(fold[2], point + fold[3], at, end);
			else for (const part of fold[3]) add(fold[2], part.codePointAt(0), at, end);
		}
		return all;
	}

	function word(run, from, to) {
		return { word: String.fromCodePoint.apply(null, run.points.slice(from, to)), start: run.starts[from], end: run.ends[to - 1] };
	}

	/* The tokens of a text in order, each {word, start, end}: where it stands in the text. */
	lb.tokens = function (text, folds) {
		const out = [];
		for (const run of runs(text, folds)) {
			const n = run.points.length;
			if (run.letter === PLAIN) out.push(word(run, 0, n));
			else for (let i = 0; i < n; i++) out.push(word(run, i, Math.min(i + 2, n)));
		}
		return out;
	};

	/* The tokens of a question, each {word, prefix}, without repetitions: the last one need only be how a word begins, unless it is a
	 * single a-z or digit, as which very many begin. Of letters that are paired the pairs say all, unless there is only one. */
	lb.questionTokens = function (text, folds) {
		const words = [];
		for (const run of runs(text, folds)) {
			const n = run.points.length;
			if (run.letter === PLAIN || n === 1) words.push(word(run, 0, n).word);
			else for (let i = 0; i + 1 < n; i++) words.push(word(run, i, i + 2).word);
		}
		const last = words.pop();
		const out = Array.from(new Set(words), function (each) { return { word: each, prefix: false }; });
		if (last !== undefined) out.push({ word: last, prefix: !/^[a-z0-9]$/.test(last) });
		return out;
	};

	/* The table, loaded once. */
	let folds = null;
	lb.folds = function () {
		if (!folds) folds = lb.all('fold').then(function (rows) { return new Folds(rows); });
		return folds;
	};
})(window.lifeboat = window.lifeboat || {});
