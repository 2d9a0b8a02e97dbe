#!/usr/bin/env python3
"""Makes the table by which the search folds letters: `python3 viewer/tools/fold.py > viewer/data/fold.inc`.

The table is made once and kept: data written by one version of the program is searched by the script that was written with it,
and neither asks what Unicode its machine knows. Each code point stands alone: what it becomes does not depend on its neighbours.
* All is decomposed (NFKD), then marks that only refine a letter are ignored, then case is folded, until nothing changes. So text
  gives the same words whether it arrives composed (NFC) or decomposed (NFD).
* Ignored are: combining marks of Latin, Greek, Cyrillic and of symbols, Hebrew points and accents, Arabic and Syriac vowel marks,
  the tatweel, every nukta (which typists leave out, and which NFC never composes), modifier apostrophes and primes, variation
  selectors, and format characters but the zero width space, which separates.
* The vowel signs and viramas of Indic scripts and of their neighbours are letters, and stay. The voicing marks of kana stay too,
  behind their kana, because "pari" is not "bari"; Hiragana stays apart from Katakana.
* Hangul syllables stay as they are; the tokeniser puts decomposed ones together (Unicode, section 3.12).
* Decimal digits of all scripts become 0 to 9.
* Left as they are, to keep the table small: Arabic ligatures (U+FBEA to U+FDFB) and the compatibility ideographs of plane 2, which
  typed text and NFC do not have.
* Words are not divided by spaces in Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar: class 2. Planes 2 and 3 are Han as a
  whole, so that ideographs of later versions of Unicode are found."""
import sys
import unicodedata

SEPARATOR, LETTER, PAIRED, IGNORED = range(4)
PAIRED_NAMES = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "IDEOGRAPHIC ITERATION MARK",
    "VERTICAL IDEOGRAPHIC ITERATION MARK", "IDEOGRAPHIC CLOSING MARK", "IDEOGRAPHIC NUMBER ZERO", "HANGZHOU NUMERAL", "HIRAGANA",
    "KATAKANA", "HALFWIDTH KATAKANA", "HENTAIGANA", "COMBINING KATAKANA", "THAI ", "LAO ", "KHMER ", "MYANMAR ")
IGNORED_MARKS = ("COMBINING", "HEBREW", "ARABIC", "SYRIAC", "VARIATION SELECTOR", "MONGOLIAN FREE VARIATION", "MUSICAL SYMBOL",
    "KHMER VOWEL INHERENT")
IGNORED_LETTERS = {0x0640, 0x115F, 0x1160, 0x3164, 0xFFA0}
ZERO_WIDTH_SPACE = 0x200B
# What Unicode does not decompose and a reader types as the plain letter.
PLAIN = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ȷ": "j", "ŋ": "n", "ĸ": "k",
    "\u0671": "\u0627", "\u0629": "\u0647", "\u0649": "\u064A", "\u06CC": "\u064A", "\u06A9": "\u0643", "\u06C1": "\u0647",
    "\u06BE": "\u0647", "\u06C3": "\u0647", "\u06D5": "\u0647",
    "\u05F0": "\u05D5\u05D5", "\u05F1": "\u05D5\u05D9", "\u05F2": "\u05D9\u05D9"}


def named(char, beginnings):
    return unicodedata.name(char, "").startswith(beginnings)


def is_ignored(char):
    code, category = ord(char), unicodedata.category(char)
    if code in (0x3099, 0x309A):
        return False
    if category in ("Mn", "Me", "Mc"):
        name = unicodedata.name(char)
        return name.startswith(IGNORED_MARKS) or "COMBINING" in name or "NUKTA" in name
    if category == "Lm" and 0x02B0 <= code <= 0x02FF:
        return unicodedata.decomposition(char) == ""
    return category == "Cf" and code != ZERO_WIDTH_SPACE or code in IGNORED_LETTERS


def plain(char):
    name = unicodedata.name(char, "")
    if name.startswith("LATIN SMALL LETTER ") and " WITH " in name:
        base = name[len("LATIN SMALL LETTER "):].split(" WITH ")[0]
        if len(base) == 1:
            return base.lower()
        if base in ("AE", "OE"):
            return base.lower()
        if base.startswith("DOTLESS "):
            return base[-1].lower()
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.decimal(char))
    return PLAIN.get(char, char)


def is_hangul(char):
    return 0xAC00 <= ord(char) <= 0xD7A3


def step(text):
    out = ""
    for char in text:
        for part in char if is_hangul(char) else unicodedata.normalize("NFKD", char):
            if not is_ignored(part):
                out += "".join(plain(c) for c in part.casefold())
    return out


def folded(char):
    """What the code point becomes."""
    text, before = step(char), None
    while text != before:
        text, before = step(text), text
    return text


def is_word(char):
    return unicodedata.category(char)[0] in "LMN"


def class_of(char):
    """Of a code point that stands for itself."""
    if 0x20000 <= ord(char) <= 0x3FFFD:
        return PAIRED
    if not is_word(char):
        return SEPARATOR
    return PAIRED if ord(char) in (0x3099, 0x309A, 0x30FC) or named(char, PAIRED_NAMES) else LETTER


def is_symbol_of_letters(char):
    """One letter in a circle or a square."""
    shape = unicodedata.decomposition(char).split(" ")
    return shape[0] in ("<circle>", "<square>") and len(shape) == 2


def stays(code):
    return 0xFBEA <= code <= 0xFDFB or 0x2F800 <= code <= 0x2FA1D


def row(code):
    """(class, text) of a code point."""
    char = chr(code)
    if 0xD800 <= code <= 0xDFFF:
        return SEPARATOR, ""
    if is_ignored(char):
        return IGNORED, ""
    if not is_word(char) and not is_symbol_of_letters(char) and class_of(char) == SEPARATOR:
        return SEPARATOR, ""
    text = char if stays(code) else folded(char)
    letters = "".join(c for c in text if class_of(c) != SEPARATOR)
    if letters != text and unicodedata.category(char)[0] != "L":
        return SEPARATOR, ""
    classes = {class_of(c) for c in letters}
    if len(classes) > 1:
        return SEPARATOR, ""
    return (classes.pop(), letters) if classes else (IGNORED, "")


def joined(rows):
    """Ranges (first, last, class, offset, text): neighbours that are folded alike. A range goes on over code points that no character
    has yet."""
    out = []
    for code, (kind, text) in rows:
        offset = ord(text) - code if len(text) == 1 else 0
        string = text if len(text) > 1 else ""
        near = out and out[-1][1] == code - 1
        if out and out[-1][2:] == [kind, offset, string] and (near or offset == 0 and string == "" and unassigned(out[-1][1] + 1, code)):
            out[-1][1] = code
        elif near and out[-1][2] == kind and text and one(out[-1]) == text:
            out[-1] = [out[-1][0], code, kind, 0, text]
        else:
            out.append([code, code, kind, offset, string])
    return out


def unassigned(first, end):
    return end - first < 256 and all(unicodedata.category(chr(code)) == "Cn" for code in range(first, end))


def one(entry):
    """The text that all of a range become, where it is one."""
    first, last, kind, offset, string = entry
    return string or (chr(first + offset) if first == last else "")


def check():
    """Composed or decomposed, the words are the same."""
    for code in range(0x110000):
        char = chr(code)
        if not 0xD800 <= code <= 0xDFFF and not is_hangul(char) and not stays(code):
            for form in ("NFC", "NFD"):
                other = unicodedata.normalize(form, char)
                if other != char and "".join(row(ord(c))[1] for c in other) != row(code)[1]:
                    sys.exit("U+%04X is folded differently in %s" % (code, form))


def main():
    check()
    rows = [(code, row(code)) for code in range(0x110000)]
    print("/* Made by viewer/tools/fold.py from Unicode %s; see there for what is folded, and why. */" % unicodedata.unidata_version)
    print('#define FOLD_UNICODE "%s"' % unicodedata.unidata_version)
    print("#define FOLD_ASCII 3 /* rows of ASCII: digits, upper case, lower case */")
    print("static const struct lb_fold folds[] = {")
    for first, last, kind, offset, string in joined([r for r in rows if r[1][0] != SEPARATOR]):
        what = '"%s"' % "".join("\\%03o" % b if b > 127 else chr(b) for b in string.encode()) if string else "NULL"
        print("\t{0x%X, 0x%X, %d, %d, %s}," % (first, last, kind, offset, what))
    print("};")


if __name__ == "__main__":
    main()
