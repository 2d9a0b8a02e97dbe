#include "tests/support/hostile.h"

#include <string.h>

#include "format/base/base.h"

static char long_text[(1 << 20) + 1];

static const char *payloads[] = {
	/* out of an element or attribute, into script */
	"<script>window.pwned=1</script>",
	"</title><script>window.pwned=1</script>",
	"</style><script>window.pwned=1</script>",
	"</textarea><script>window.pwned=1</script>",
	"</script><script>window.pwned=1</script>",
	"</ScRiPt ><sCrIpT>window.pwned=1</sCrIpT>",
	"<script src=//localhost:8099/x.js></script>",
	"<script\nsrc='http://localhost:8099/x.js'>",
	"<scr<script>ipt>window.pwned=1</scr</script>ipt>",
	"\"><script>window.pwned=1</script>",
	"'><script>window.pwned=1</script>",
	"\" autofocus onfocus=\"window.pwned=1",
	"' onmouseover='window.pwned=1",
	"` onerror=`window.pwned=1",
	"--><script>window.pwned=1</script><!--",
	"<!--><script>window.pwned=1</script>-->",
	"<![CDATA[<script>window.pwned=1</script>]]>",
	"]]><script>window.pwned=1</script>",
	"<?xml version=\"1.0\"?><?php system('id') ?>",
	"<!DOCTYPE html><!ENTITY x SYSTEM \"file:///etc/passwd\">&x;",
	"<img src=x onerror=window.pwned=1>",
	"<img/src=x/onerror=window.pwned=1>",
	"<img src=\"x\" onerror=\"window.pwned=1\" alt=\"a cat\">",
	"<img src=http://localhost:8099/pixel.gif>",
	"<img src=//localhost:8099/pixel.gif>",
	"<img src=\"\\\\localhost\\share\\x.png\">",
	"<img srcset=\"http://localhost:8099/a 1x\">",
	"<img src=file:///etc/passwd>",
	"<svg onload=window.pwned=1>",
	"<svg><script>window.pwned=1</script></svg>",
	"<svg><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
	"<svg><use href=\"data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'/>#x\"></svg>",
	"<math><mtext><table><mglyph><style><img src=x onerror=window.pwned=1>",
	"<iframe src=javascript:window.pwned=1></iframe>",
	"<iframe srcdoc=\"<script>window.pwned=1</script>\"></iframe>",
	"<object data=javascript:window.pwned=1></object>",
	"<embed src=javascript:window.pwned=1>",
	"<applet code=x></applet>",
	"<body onload=window.pwned=1>",
	"<html onclick=window.pwned=1>",
	"<base href=\"http://localhost:8099/\">",
	"<link rel=stylesheet href=http://localhost:8099/x.css>",
	"<link rel=prefetch href=http://localhost:8099/x>",
	"<meta http-equiv=refresh content=\"0;url=http://localhost:8099/\">",
	"<meta charset=utf-7>+ADw-script+AD4-window.pwned=1+ADw-/script+AD4-",
	"<style>@import url(http://localhost:8099/x.css);</style>",
	"<style>*{background:url(http://localhost:8099/x)}</style>",
	"<div style=\"background:url(//localhost:8099/x)\">styled</div>",
	"<p style=\"position:fixed;inset:0\">over everything</p>",
	"<form action=http://localhost:8099/><input name=q autofocus><button>send</button></form>",
	"<input type=image src=http://localhost:8099/x onerror=window.pwned=1>",
	"<button formaction=javascript:window.pwned=1>press</button>",
	"<video poster=http://localhost:8099/x src=http://localhost:8099/y autoplay onerror=window.pwned=1>",
	"<audio src=http://localhost:8099/x autoplay>",
	"<source src=http://localhost:8099/x onerror=window.pwned=1>",
	"<details open ontoggle=window.pwned=1>open</details>",
	"<marquee onstart=window.pwned=1>roll</marquee>",
	"<template><script>window.pwned=1</script></template>",
	"<noscript><p title=\"</noscript><img src=x onerror=window.pwned=1>\">",
	"<textarea autofocus onfocus=window.pwned=1>",
	"<select onchange=window.pwned=1><option>1",
	"<table background=http://localhost:8099/x><tr><td>cell",
	"<frameset onload=window.pwned=1><frame src=javascript:1>",
	"<plaintext>the rest of the page",
	"<xmp><script>window.pwned=1</script></xmp>",
	"<isindex action=javascript:window.pwned=1>",
	"<dialog open>modal</dialog>",
	"<portal src=http://localhost:8099/>",
	/* addresses */
	"<a href=\"javascript:window.pwned=1\">javascript</a>",
	"<a href=\"JaVaScRiPt:window.pwned=1\">case</a>",
	"<a href=\"java\tscript:window.pwned=1\">tab</a>",
	"<a href=\"java\nscript:window.pwned=1\">newline</a>",
	"<a href=\" \x01javascript:window.pwned=1\">control</a>",
	"<a href=\"&#106;avascript&colon;window.pwned=1\">references</a>",
	"<a href=\"&#x6A&#x61vascript:window.pwned=1\">hex</a>",
	"<a href=\"data:text/html,<script>window.pwned=1</script>\">data</a>",
	"<a href=\"vbscript:msgbox(1)\">vbscript</a>",
	"<a href=\"file:///etc/passwd\">file</a>",
	"<a href=\"FILE://localhost/share\">file host</a>",
	"<a href=\"//localhost:8099/x\">no scheme</a>",
	"<a href=\"///localhost:8099/x\">three slashes</a>",
	"<a href=\"\\\\localhost\\share\">backslashes</a>",
	"<a href=\"/\\localhost/share\">slash backslash</a>",
	"<a href=\"https:\\\\localhost:8099\\x\">https backslash</a>",
	"<a href=\"/groups/x/\">of the site</a>",
	"<a href=\"../../../../etc/passwd\">upwards</a>",
	"<a href=\"#//x\">fragment</a>",
	"<a href=\"http://user:password@localhost:8099/\">user</a>",
	"<a href=\"http://www.flickr.com@localhost:8099/\">looks like Flickr</a>",
	"<a href=\"https://www.flickr.com/photos/x/1/\" onclick=\"window.pwned=1\" style=\"color:red\" target=\"_blank\">attributes</a>",
	"<a href=\"ms-msdt:/id PCWDiagnostic\">handler</a>",
	"<a href=\"https://xn--80ak6aa92e.com/\">punycode</a>",
	"<a href=''>empty</a><a>none</a><a href>bare</a>",
	"<a href=\"https://example.org/\"><a href=\"javascript:1\">nested</a></a>",
	"javascript:window.pwned=1",
	"file:///C:/Windows/win.ini",
	"\\\\localhost\\share\\file",
	"//localhost:8099/x",
	"..\\..\\..\\etc\\passwd",
	"../../../etc/passwd%00.jpg",
	/* names that mean something to a program */
	"__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "null", "undefined", "NaN", "-1", "0", "{0}", "{1}|{0}", "%s%n%x",
	"${window.pwned=1}", "{{constructor.constructor('window.pwned=1')()}}", "'; DROP TABLE photos; --", "=cmd|' /C calc'!A0", "CON", "NUL.txt",
	/* text that is hard to write down */
	"\xe2\x80\xaegnp.txt", "\xe2\x81\xa6isolate without end", "\xe2\x80\x8fmark", "zero\xe2\x80\x8bwidth\xe2\x80\x8d", "\xef\xbb\xbf byte order mark",
	"line\xe2\x80\xa8" "separator", "paragraph\xe2\x80\xa9separator", "bell\x07 escape\x1b[31m", "delete\x7f", "next line\xc2\x85",
	"lone surrogate \xed\xa0\x80 high", "lone surrogate \xed\xbf\xbf low", "overlong \xc0\xbc" "script>", "overlong \xe0\x80\xbc" "script>",
	"cut short \xe2\x82", "continuation \x80\x80\x80", "no character \xef\xbf\xbe \xf4\x90\x80\x80 \xff\xfe",
	"Z\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88\xcc\x89\xcc\x8a\xcc\x8b\xcc\x8c\xcc\x8d\xcc\x8e\xcc\x8f stack",
	"\xd8\xb5\xd9\x88\xd8\xb1\xd8\xa9 \xd9\x82\xd8\xaf\xd9\x8a\xd9\x85\xd8\xa9 <b>\xd9\x85\xd9\x87\xd9\x85</b>", "\xe5\x86\x99\xe7\x9c\x9f\xef\xbc\x9c" "script\xef\xbc\x9e",
	"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 family \xf0\x9f\x87\xb3\xf0\x9f\x87\xb1", "\xe1\x9a\x80\xe3\x80\x80 wide spaces",
	/* character references and broken markup */
	"&lt;script&gt;window.pwned=1&lt;/script&gt;", "&amp;lt;script&amp;gt;", "&#0;&#x110000;&#xD800;&bogus;&", "&quot;&apos;&#39;&#34;",
	"<", "<<<<", ">", "<>", "</", "</>", "< script>", "<b", "<b><i>crossed</b></i>", "<b><b><b><b>deep", "</div></article></main></body></html>",
	"<!--", "<!-- comment -->", "<![endif]-->", "<a href=\"x", "\"", "'", "`", "&",
	"<blockquote><ul><li>one<li>two</blockquote>", "one\r\ntwo\rthree\n\n\nfour", "\t tabs \t", " ",
};

const char *const *test_hostile(size_t *count)
{
	static const char *all[LB_COUNT(payloads) + 1];
	if (!all[0]) {
		memcpy(all, payloads, sizeof payloads);
		for (size_t i = 0; i + 1 < sizeof long_text; i++)
			long_text[i] = i % 7 == 6 ? ' ' : "<b>&\"'x"[i % 7];
		all[LB_COUNT(payloads)] = long_text;
	}
	*count = LB_COUNT(all);
	return all;
}
