#include <stdio.h>
#include <string.h>

#include "format/text/text.h"
#include "tests/support/html_check.h"
#include "tests/support/support.h"

/* ---- helpers ------------------------------------------------------------------------------------------------------ */

static const char *html_of(const char *source, struct lb_arena *a)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(256 << 20);
	lb_rich_html(&b, lb_rich_parse(source, a), NULL, NULL);
	ck_assert(!b.overflow);
	const char *at = "", *wrong = html_check(lb_buf_str(&b), &at);
	ck_assert_msg(!wrong, "%s: at %.80s\nfrom %.200s", wrong, at, source);
	return lb_arena_strndup(a, lb_buf_str(&b), b.len);
}

static const char *text_of(const char *source, struct lb_arena *a)
{
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(256 << 20);
	lb_rich_text(&b, lb_rich_parse(source, a));
	return lb_arena_strndup(a, lb_buf_str(&b), b.len);
}

struct pair { const char *in, *out; };

static void check_html(const struct pair *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		const char *html = html_of(cases[i].in, &a);
		ck_assert_msg(strcmp(html, cases[i].out) == 0, "%s\ngives  %s\nwanted %s", cases[i].in, html, cases[i].out);
	}
}

#define OUT(address, words) "<a class=\"out\" rel=\"noopener noreferrer nofollow ugc\" href=\"" address "\">" words "</a>"
#define IMG(address, words) "<a class=\"out image\" rel=\"noopener noreferrer nofollow ugc\" href=\"" address "\">[image: " words "]</a>"
#define HOST(name) " <span class=\"host\">(" name ")</span>"

/* ---- structure ------------------------------------------------------------------------------------------------------ */

START_TEST(tags)
{
	static const struct pair cases[] = {
		{"", ""}, {"plain", "plain"}, {"<b>a</b><strong>b</strong>", "<b>a</b><b>b</b>"}, {"<i>a</i> <EM>b</em >", "<i>a</i> <i>b</i>"},
		{"<u>a</u><ins>b</ins>", "<u>a</u><u>b</u>"}, {"<s>a</s><strike>b</strike><del>c</del>", "<s>a</s><s>b</s><s>c</s>"},
		{"<b class=\"x\" style='y' onclick=alert(1)>a</b>", "<b>a</b>"}, {"a<br>b<br/>c<BR />d", "a<br>b<br>c<br>d"},
		{"<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b>cd"}, {"</b>a</i></a></ul>", "a"}, {"<b>a", "<b>a</b>"},
		{"<span style=\"color:red\">a</span> <font color=red>b</font>", "a b"}, {"x<sup>2</sup>", "x2"},
		{"<b>a<blockquote>b</b>c</blockquote>d</b>e", "<b>a<blockquote>bc</blockquote>d</b>e"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(lines)
{
	static const struct pair cases[] = {
		{"a\nb", "a<br>b"}, {"a\r\nb\rc\n\nd", "a<br>b<br>c<br><br>d"}, {"a&#10;b&#13;c", "a<br>b<br>c"},
		{"<p>a</p><p>b</p>", "a<br>b"}, {"<p>a</p>\n<p>b</p>", "a<br>b"}, {"a<div><div><p>b</p></div></div>c", "a<br>b<br>c"},
		{"<div>a</div>", "a"}, {"a\n<p>b", "a<br>b"}, {"<p>a</p> <p>b</p>", "a<br>b"}, {"<h1>t</h1>x", "t<br>x"}, {"a<hr>b", "a<br>b"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b<br>c"},
		{"<p></p><p></p>", ""}, {"a<p></p><p></p>b", "a<br>b"}, {"a\n\n<p>b</p>", "a<br><br>b"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(quotes_and_lists)
{
	static const struct pair cases[] = {
		{"<blockquote>a</blockquote>b", "<blockquote>a</blockquote>b"}, {"a\n<blockquote>\nb</blockquote>\nc", "a<br><blockquote>b</blockquote>c"},
		{"<ul>\n<li>a</li>\n<li>b\n</ul>\nc", "<ul><li>a</li><li>b<br></li></ul>c"}, {"<ol><li>a<li>b</ol>", "<ul><li>a</li><li>b</li></ul>"},
		{"<ul>a<br>b<b>c</b></ul>", "<ul><li>a<br>b<b>c</b></li></ul>"}, {"<ul><ul>a</ul></ul>", "<ul><li><ul><li>a</li></ul></li></ul>"},
		{"<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
		{"x<li>a</li><li>b</li>", "x<br>a<br>b"}, {"<ul><b><li>a</ul>", "<ul><li><b></b></li><li>a</li></ul>"}, {"<ul><br>\n</ul>a", "<ul></ul>a"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(links)
{
	static const struct pair cases[] = {
		{"<a href=\"https://example.org/x\" rel=\"noreferrer nofollow\">w</a>", OUT("https://example.org/x", "w") HOST("example.org")},
		{"<a href=\"https://example.org/x\">example.org/x</a>", OUT("https://example.org/x", "example.org/x")},
		{"<a href=\"https://example.org/\">https://EXAMPLE.org/</a>", OUT("https://example.org/", "https://EXAMPLE.org/")},
		{"<a href=\"https://evil.org/\">good-evil.org</a>", OUT("https://evil.org/", "good-evil.org") HOST("evil.org")},
		{"<a href=\"https://evil.org/\">evil.org.good.net</a>", OUT("https://evil.org/", "evil.org.good.net") HOST("evil.org")},
		{"<a href=\"https://www.flickr.com@evil.org/\">evil.org</a>", OUT("https://www.flickr.com@evil.org/", "evil.org") HOST("evil.org")},
		{"<a href=/groups/x/>g</a>", OUT("https://www.flickr.com/groups/x/", "g") HOST("www.flickr.com")},
		{"<a href='//host/x'>g</a>", OUT("https://host/x", "g") HOST("host")},
		{"<a href=\"mailto:a@b.org\">m</a>", OUT("mailto:a@b.org", "m")},
		{"<a href=\"https://a.org/?x=1&amp;y='2'\">a.org</a>", OUT("https://a.org/?x=1&amp;y=&#39;2&#39;", "a.org")},
		{"<a href=\"https://a.org/\"></a>", OUT("https://a.org/", "https://a.org/")},
		{"<a href=\"https://a.org/\">a.org<a href=\"https://b.org/\">b.org</a>", OUT("https://a.org/", "a.org") OUT("https://b.org/", "b.org")},
		{"<a href=\"https://a.org/\">a.org<blockquote><a href=https://b.org/>b.org",
			OUT("https://a.org/", "a.org<blockquote></blockquote>") OUT("https://b.org/", "b.org")},
		{"<a name=\"x\">n</a>", "n"}, {"<a>n</a>", "n"}, {"<a href=\"\">n</a>", "n"},
		{"<a href=\"javascript:alert(1)\">w</a> z", "w [javascript:alert(1)] z"}, {"<a href='file:///etc/passwd'>w", "w [file:///etc/passwd]"},
		{"<a href=\"https://a.org/\" HREF=\"javascript:x\">a.org</a>", OUT("https://a.org/", "a.org")},
		{"<a href=\"https://a.org/&#34;onclick=&#34;x\">a.org</a>", OUT("https://a.org/%22onclick=%22x", "a.org")},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(images)
{
	static const struct pair cases[] = {
		{"<img src=\"http://farm1.static.flickr.com/1/2_3.jpg\" width=\"1\" alt=\"a &amp; b\" />",
			IMG("http://farm1.static.flickr.com/1/2_3.jpg", "a &amp; b http://farm1.static.flickr.com/1/2_3.jpg")},
		{"<img src=//h.org/x>", IMG("https://h.org/x", "https://h.org/x")},
		{"<img src=x title=t>", IMG("https://www.flickr.com/x", "t https://www.flickr.com/x")},
		{"<a href=\"https://a.org/\"><img src=\"https://a.org/i.png\"></a>", OUT("https://a.org/", "[image: https://a.org/i.png]")},
		{"<img src=\"data:image/png;base64,AAAA\" alt=\"dot\">", "[image: dot data:image/png;base64,AAAA]"},
		{"<img src=\"\\\\host\\share\">", "[image: \\\\host\\share]"}, {"<img alt=only>", "[image: only]"},
		{"<img width=\"1\">", "&lt;img width=&quot;1&quot;&gt;"}, {"a</img>b", "ab"},
		{"<ul><img alt=x></ul>", "<ul><li>[image: x]</li></ul>"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(what_is_no_tag_stays)
{
	static const struct pair cases[] = {
		{"I <3 it", "I &lt;3 it"}, {"a < b > c", "a &lt; b &gt; c"}, {"<foo a=\"1\">x</foo>", "&lt;foo a=&quot;1&quot;&gt;x&lt;/foo&gt;"},
		{"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"}, {"<foo a=\"&lt;\">", "&lt;foo a=&quot;&amp;lt;&quot;&gt;"},
		{"if a <b and c> d", "if a &lt;b and c&gt; d"}, {"<b", "&lt;b"}, {"<", "&lt;"}, {"</", "&lt;/"}, {"<>", "&lt;&gt;"}, {"</>", "&lt;/&gt;"},
		{"<a href=\"x", "&lt;a href=&quot;x"}, {"<a href=>x", "&lt;a href=&gt;x"}, {"<a href=\"x\"y\">z", "&lt;a href=&quot;x&quot;y&quot;&gt;z"},
		{"<!-- <b>x</b> -->y", "&lt;!-- &lt;b&gt;x&lt;/b&gt; --&gt;y"}, {"<!-- <b>x</b>", "&lt;!-- <b>x</b>"}, {"<!-->x-->", "&lt;!--&gt;x--&gt;"},
		{"<http://a.org/>", "&lt;http://a.org/&gt;"}, {"<me@a.org>", "&lt;me@a.org&gt;"}, {"</b x=\"1\">", "&lt;/b x=&quot;1&quot;&gt;"},
		{"<b\n>x</b>", "<b>x</b>"}, {"<foo\n>", "&lt;foo<br>&gt;"}, {"<bb>x", "&lt;bb&gt;x"}, {"<\xC4\xB0>", "&lt;\xC4\xB0&gt;"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(characters)
{
	static const struct pair cases[] = {
		{"&lt;b&gt; &amp;lt; &quot;&apos;&#39;&#x27;", "&lt;b&gt; &amp;lt; &quot;&#39;&#39;&#39;"},
		{"&eacute;&Eacute;&nbsp;&hellip;&thetasym;", "\xC3\xA9\xC3\x89\xC2\xA0\xE2\x80\xA6\xCF\x91"},
		{"&#65;&#x42;&#X43;&#68", "ABCD"}, {"&#128;&#x9F;&#x81;", "\xE2\x82\xAC\xC5\xB8\xC2\x81"},
		{"&#0;&#xD800;&#x110000;&#99999999999999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"&;&#;&#x;&amp&nosuch;&", "&amp;;&amp;#;&amp;#x;&amp;amp&amp;nosuch;&amp;"}, {"&#1;\x01\x7F", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"a\tb", "a\tb"}, {"\xFF\xC3", "\xEF\xBF\xBD\xEF\xBF\xBD"}, {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"a\xE2\x80\xAE" "b&#8238;\xE2\x81\xA9\xE2\x80\x8B\xE2\x81\xA0\xEF\xBB\xBF", "a[U+202E]b[U+202E][U+2069][U+200B][U+2060][U+FEFF]"},
		{"\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F", "\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F"},
		{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\xA8", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8E\xA8"},
		{"<img alt=\"\xE2\x80\xAE\">", "[image: [U+202E]]"}, {"&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"},
	};
	check_html(cases, LB_COUNT(cases));
}
END_TEST

START_TEST(plain_text)
{
	static const struct pair cases[] = {
		{"", ""}, {"a<br>b\nc", "a\nb\nc"}, {"a<blockquote>b</blockquote>c", "a\nb\nc"}, {"<ul><li>a<li><b>b</b></ul>", "a\nb"},
		{"<b></b>x<blockquote></blockquote>", "x"}, {"<a href=\"https://a.org/\">w</a>", "w"},
		{"<img src=\"https://a.org/i\" alt=t> <img src='file:x'>", "[image: t https://a.org/i] [image: file:x]"}, {"&lt;b&gt;", "<b>"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		ck_assert_str_eq(text_of(cases[i].in, &a), cases[i].out);
	}
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(100);
	lb_buf_adds(&b, "before");
	lb_rich_text(&b, lb_rich_parse("<blockquote>x</blockquote>", &a));
	lb_rich_text(&b, lb_rich_parse(NULL, &a));
	ck_assert_str_eq(lb_buf_str(&b), "beforex");
}
END_TEST

static const char *to_local(void *arg, const char *url)
{
	++*(int *)arg;
	return strstr(url, "/photos/") ? "../photo/1.html?a=1&b=\"" : NULL;
}

START_TEST(links_inside_the_package)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	int asked = 0;
	lb_rich_html(&b, lb_rich_parse("<a href=/photos/x/1>w</a><img src=https://www.flickr.com/photos/x/1><a href=https://a.org/>a.org</a>"
		"<a href=javascript:1>j</a>", &a), to_local, &asked);
	ck_assert_str_eq(lb_buf_str(&b), "<a href=\"../photo/1.html?a=1&amp;b=&quot;\">w</a>"
		"<a class=\"image\" href=\"../photo/1.html?a=1&amp;b=&quot;\">[image: https://www.flickr.com/photos/x/1]</a>"
		OUT("https://a.org/", "a.org") "j [javascript:1]");
	ck_assert_int_eq(asked, 3);
}
END_TEST

START_TEST(names_and_titles)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	lb_rich_name(&b, "<b>\"x\" & 'y'\xE2\x80\xAE\xE2\x80\x8D\x01\xFF");
	lb_rich_name(&b, NULL);
	ck_assert_str_eq(lb_buf_str(&b), "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;[U+202E]\xE2\x80\x8D\xEF\xBF\xBD\xEF\xBF\xBD");
	ck_assert_str_eq(lb_html_unescape("Darren&#039;s &lt;b&gt; &amp;amp; caf&eacute;", &a), "Darren's <b> &amp; caf\xC3\xA9");
	ck_assert_str_eq(lb_html_unescape("", &a), "");
	ck_assert_ptr_null(lb_html_unescape(NULL, &a));
}
END_TEST

START_TEST(addresses)
{
	static const struct pair cases[] = {
		{"http://a.org", "http://a.org"}, {"HTTPS://A.Org:443/X?y#z", "https://a.org:443/X?y#z"}, {" \t\nhttps://a.org/\r\n ", "https://a.org/"},
		{"ht\ntps://a.org/a\tb", "https://a.org/ab"}, {"//a.org/x", "https://a.org/x"}, {"/x/y", "https://www.flickr.com/x/y"},
		{"x/y", "https://www.flickr.com/x/y"}, {"#//x", "https://www.flickr.com/#//x"}, {"?q=1", "https://www.flickr.com/?q=1"},
		{"../x", "https://www.flickr.com/../x"}, {"/.//a.org", "https://www.flickr.com/.//a.org"},
		{"www.flickr.com/groups/1@N2", "https://www.flickr.com/groups/1@N2"}, {"www.a.org", "https://www.a.org"}, {"www.x", "https://www.flickr.com/www.x"},
		{"photos/www.a.org", "https://www.flickr.com/photos/www.a.org"}, {"mailto:a@b.org?subject=x y", "mailto:a@b.org?subject=x%20y"},
		{"https://a.org/a b\"<>`{}|^\xC3\xA9%41%4%zz", "https://a.org/a%20b%22%3C%3E%60%7B%7D%7C%5E%C3%A9%41%254%25zz"},
		{"https://a.org/#a#b#c", "https://a.org/#a%23b%23c"}, {"https://u:p@a.org/", "https://u:p@a.org/"}, {"https://a@b@c.org", "https://a%40b@c.org"},
		{"https://www.flickr.com@evil.org/", "https://www.flickr.com@evil.org/"}, {"http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"},
		{"https://b\xC3\xBC" "cher.de/", "https://b%C3%BCcher.de/"}, {"https://a.org:/x", "https://a.org/x"}, {"http://1.2.3.4/", "http://1.2.3.4/"},
		{"javascript&colon;alert(1)", "https://www.flickr.com/javascript&colon;alert(1)"}, {"1:2", "https://www.flickr.com/1:2"},
		{"a/b:c", "https://www.flickr.com/a/b:c"}, {"\xE2\x80\xAE", "https://www.flickr.com/%E2%80%AE"}, {"\xFF", "https://www.flickr.com/%FF"},
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		const char *got = lb_rich_href(cases[i].in, &a);
		ck_assert_msg(got && strcmp(got, cases[i].out) == 0, "%s gives %s", cases[i].in, got ? got : "nothing");
		ck_assert_str_eq(lb_rich_href(got, &a), got);
	}
}
END_TEST

START_TEST(addresses_refused)
{
	static const char *const cases[] = {
		"", " ", "\n", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
		"java\tscript\r:alert(1)", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "file://host/share", "blob:x", "about:blank",
		"ftp://a.org/", "tel:1", "intent://x", "view-source:https://a.org", "\\\\host\\share", "/\\host", "\\/host", "https:\\\\a.org", "https://a.org/\\x",
		"//", "///", "///a.org", "//?x", "https://", "https:///x", "https:a.org", "https:/a.org", "http:", "http://?", "https://@", "https://:80/",
		"https://a.org:99999/", "https://a.org:8a/", "https://a..org/", "https://.org/", "https://-a.org/", "https://a b.org/", "https://a%2eorg/", "https://a%", "https://a%c", "https://%41.org/",
		"https://a.org%00.b.org/", "https://[::1", "https://[]/", "https://[x]/", "https://a]b/", "https://\xFF.org/", "https://a<b/", "mailto:", "mailto:x",
		"https://.../", "https://_-_/", "//a\"b/",
	};
	for (size_t i = 0; i < LB_COUNT(cases); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		const char *got = lb_rich_href(cases[i], &a);
		ck_assert_msg(!got, "%s gives %s", cases[i], got);
	}
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	ck_assert_ptr_null(lb_rich_href(NULL, &a));
	char host[300] = "https://";
	memset(host + 8, 'a', 254);
	ck_assert_ptr_null(lb_rich_href(host, &a));
	host[8 + 253] = '\0';
	ck_assert_ptr_nonnull(lb_rich_href(host, &a));
}
END_TEST

/* ---- hostile text ----------------------------------------------------------------------------------------------------- */

/* Words, parted by spaces, that must still be readable. */
static const struct { const char *html, *words; } payloads[] = {
	{"<script>alert(1)</script>", "alert(1)"}, {"<SCRIPT SRC=https://evil.org/x.js></SCRIPT>", "https://evil.org/x.js"},
	{"<scr<script>ipt>alert(1)</scr</script>ipt>", "alert(1)"}, {"<script\n>alert(2)</script\t>", "alert(2)"},
	{"<script/src=data:,alert(1)>x", "x alert(1)"}, {"<<script>alert(1)//<</script>", "alert(1)//"}, {"<script>alert(1)", "alert(1)"},
	{"<script ~~~>alert(0%0)</script ~~~>", "alert(0%0)"}, {"</script><script>alert(1)</script>", "alert(1)"},
	{"<img src=x onerror=alert(1)>after", "after"}, {"<img src=\"x\" onerror=\"alert(1)\">after", "after"},
	{"<img/src=x/onerror=alert(1)>after", "after"}, {"<img src='x'onerror='alert(1)'>after", "after"},
	{"<IMG SRC=javascript:alert('x')>after", "after"}, {"<IMG SRC=`javascript:alert(1)`>after", "after"},
	{"<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">after", "alert(1) after"}, {"<img src=//evil.org/x>after", "evil.org after"},
	{"<img src=file://evil/share/x.png>after", "file://evil/share/x.png after"}, {"<img src=\\\\evil\\share>after", "\\\\evil\\share after"},
	{"<img src=data:image/svg+xml,<svg/onload=alert(1)>>after", "after"}, {"<img src=x:x onerror=alert(1) alt=word>", "word"},
	{"<img srcset=\"https://evil.org/x 1x\" alt=word>", "word"}, {"<img src=\"\" alt=word>", "word"}, {"<image src=x onerror=alert(1)>after", "after"},
	{"<svg onload=alert(1)>after", "after"}, {"<svg><script>alert(1)</script></svg>", "alert(1)"}, {"<svg/onload=alert(1)//after", "after"},
	{"<svg><style><img src=x onerror=alert(1)></style></svg>after", "after"}, {"<svg><a xlink:href=\"javascript:alert(1)\">word</a></svg>", "word"},
	{"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">after", "after"},
	{"<math href=\"javascript:alert(1)\">word</math>", "word"}, {"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">word", "word"},
	{"<a href=\"javascript:alert(1)\">word</a>", "word javascript:alert(1)"}, {"<a href=\"JaVaScRiPt:alert(1)\">word</a>", "word"},
	{"<a href=\" javascript:alert(1)\">word</a>", "word"}, {"<a href=\"java&#10;script:alert(1)\">word</a>", "word"},
	{"<a href=\"java&Tab;script:alert(1)\">word</a>", "word"}, {"<a href=\"&#106;&#97;&#118;ascript:alert(1)\">word</a>", "word alert(1)"},
	{"<a href=\"&#x6A&#x61&#x76&#x61script:alert(1)\">word</a>", "word"}, {"<a href=\"javascript&colon;alert(1)\">word</a>", "word"},
	{"<a href=\"javascript&#58;alert(1)\">word</a>", "word"}, {"<a href=\"\x01javascript:alert(1)\">word</a>", "word"},
	{"<a href=\"&#1;javascript:alert(1)\">word</a>", "word"}, {"<a href=\"jav\tascript:alert(1)\">word</a>", "word"},
	{"<a href=\"data:text/html,<script>alert(1)</script>\">word</a>", "word alert(1)"}, {"<a href=\"vbscript:msgbox(1)\">word</a>", "word vbscript:msgbox(1)"},
	{"<a href=\"file:///C:/x\">word</a>", "word file:///C:/x"}, {"<a href=\"\\\\evil\\share\">word</a>", "word \\\\evil\\share"},
	{"<a href=\"/\\evil.org\">word</a>", "word /\\evil.org"}, {"<a href=\"//evil.org\">word</a>", "word"}, {"<a href=\"////evil.org\">word</a>", "word"},
	{"<a href=\"https:\\\\evil.org\">word</a>", "word"}, {"<a href=\"https://www.flickr.com@evil.org/\">word</a>", "word"},
	{"<a href=\"https://www.flickr.com%2F@evil.org/\">word</a>", "word"}, {"<a href=\"blob:https://a.org/1\">word</a>", "word"},
	{"<a href=\"feed:javascript:alert(1)\">word</a>", "word"}, {"<a href=javascript:alert(1)>word</a>", "word"}, {"<a href='javascript:alert(1)'>word</a>", "word"},
	{"<a href=\"https://a.org/\" onclick=\"alert(1)\" style=\"x\" target=\"_top\" id=\"x\">a.org</a>", "a.org"},
	{"<a href=\"https://a.org/\" onmouseover=alert(1)//>word</a>", "word"}, {"<a href=\"https://a.org/&quot; onclick=&quot;alert(1)\">word</a>", "word"},
	{"<a href='https://a.org/\" onclick=\"alert(1)'>word</a>", "word"}, {"<a href=https://a.org/\"onclick=alert(1)>word</a>", "word"},
	{"<a/href=\"https://a.org/\">word</a>", "word"}, {"<a\nhref\n=\n\"https://a.org/\"\n>word</a\n>", "word"}, {"<a href>word</a>", "word"},
	{"<a href=\"x\" href=\"javascript:alert(1)\">word</a>", "word"}, {"<a xlink:href=\"javascript:1\" formaction=\"javascript:1\">word</a>", "word"},
	{"<iframe src=\"javascript:alert(1)\">word</iframe>", "word"}, {"<iframe srcdoc=\"<script>alert(1)</script>\">word</iframe>", "word"},
	{"<object data=\"javascript:alert(1)\">word</object>", "word"}, {"<embed src=\"//evil.org/x.swf\">word", "word"}, {"<base href=\"//evil.org/\">word", "word"},
	{"<link rel=stylesheet href=//evil.org/x.css>word", "word"}, {"<style>@import '//evil.org/x.css';</style>word", "@import word"},
	{"<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\">word", "word"}, {"<form action=//evil.org><input name=p><button>word</button></form>", "word"},
	{"<div style=\"background:url(//evil.org/x)\">word</div>", "word"}, {"<div style=\"width:expression(alert(1))\">word</div>", "word"},
	{"<b onmouseover=alert(1)>word</b>", "word"}, {"<b/onmouseover=alert(1)>word</b>", "word"}, {"<body onload=alert(1)>word", "word"},
	{"<video><source onerror=\"alert(1)\">word</video>", "word"}, {"<audio src=x onerror=alert(1)>word", "word"}, {"<details open ontoggle=alert(1)>word", "word"},
	{"<marquee onstart=alert(1)>word</marquee>", "word"}, {"<isindex action=javascript:alert(1) type=image>word", "word"}, {"<plaintext>word", "word"},
	{"<textarea><script>alert(1)</script></textarea>word", "alert(1) word"}, {"<title><script>alert(1)</script></title>word", "word"}, {"<xmp><b>word</xmp>", "word"},
	{"<template><script>alert(1)</script></template>word", "word"}, {"<select><option><script>alert(1)</script>word", "word"},
	{"<!--<img src=\"--><img src=x onerror=alert(1)//\">word", "word"}, {"<!--><script>alert(1)</script>-->word", "alert(1) word"},
	{"<!DOCTYPE html><b>word</b>", "word"}, {"<![CDATA[<script>alert(1)</script>]]>word", "alert(1) word"}, {"<?xml version=\"1.0\"?>word", "word"},
	{"<![endif]--><script>alert(1)</script>word", "word"}, {"&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"},
	{"&amp;lt;script&amp;gt;alert(1)", "&lt;script&gt;alert(1)"}, {"&#60;script&#62;alert(1)", "<script>alert(1)"}, {"&#x3c;img src=x&#x3e;word", "<img src=x>word"},
	{"&#60script&#62alert(1)", "alert(1)"}, {"&lt<b>word</b>", "word"}, {"<b>word</b title=\"</b><script>\">more", "word more"},
	{"\"><script>alert(1)</script>", "\"> alert(1)"}, {"'><img src=x onerror=alert(1)>word", "'> word"}, {"\" onmouseover=\"alert(1)", "onmouseover=\"alert(1)"},
	{"`onmouseover=alert(1)`", "`onmouseover=alert(1)`"}, {"javascript:alert(1)", "javascript:alert(1)"}, {"{{constructor.constructor('alert(1)')()}}", "{{constructor.constructor('alert(1)')()}}"},
	{"${alert(1)}", "${alert(1)}"}, {"__proto__", "__proto__"}, {"<b title=__proto__>constructor</b>", "constructor"}, {"%3Cscript%3Ealert(1)", "%3Cscript%3Ealert(1)"},
	{"+ADw-script+AD4-alert(1)", "+ADw-script+AD4-alert(1)"}, {"\xC0\xBCscript\xC0\xBE" "alert(1)", "alert(1)"}, {"\xEF\xBC\x9Cscript\xEF\xBC\x9E" "alert(1)", "\xEF\xBC\x9Cscript\xEF\xBC\x9E" "alert(1)"},
	{"\xFF<script>\xFE" "alert(1)", "alert(1)"}, {"<b\xFF>word</b>", "word"}, {"<\x01script>alert(1)", "alert(1)"}, {"<s\x01" "cript>alert(1)", "alert(1)"},
	{"\xE2\x80\xAEtxt.exe", "[U+202E]txt.exe"}, {"a\xE2\x81\xA6" "b\xE2\x81\xA9", "a[U+2066]b[U+2069]"}, {"\xE2\x80\xA8<script>\xE2\x80\xA9" "alert(1)", "alert(1)"},
	{"\xED\xA0\x80\xED\xB0\x80word", "word"}, {"zero\xE2\x80\x8Bwidth", "zero[U+200B]width"}, {"<a href=\"https://a.org/\xE2\x80\xAEgpj.exe\">word</a>", "word"},
	{"<blockquote><ul><li><b><a href=x>word", "word"}, {"</ul></li></blockquote></a>word", "word"}, {"<ul><li><ul><li></ul></ul></ul>word", "word"},
	{"<li><li><li>word</ul>", "word"}, {"<a><a><a href=x><a>word", "word"}, {"<b><i></b></i><u></b>word</u>", "word"}, {"<p><table><b><td>word<p>", "word"},
	{"<script>/*<img src=x onerror=alert(1)>*/</script>word", "word"}, {"<style>*{x:</style><img src=x onerror=alert(1)>}</style>word", "word"},
};

START_TEST(hostile_text)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	const char *html = html_of(payloads[_i].html, &a), *text = text_of(payloads[_i].html, &a);
	ck_assert_ptr_null(strstr(html, "<script"));
	ck_assert_ptr_null(strstr(html, "<img"));
	struct lb_span words = lb_span(payloads[_i].words), word;
	while (lb_span_cut(&words, ' ', &word))
		ck_assert_msg(strstr(text, lb_arena_strndup(&a, word.p, word.n)), "%.*s is lost from %s", (int)word.n, word.p, payloads[_i].html);
}
END_TEST

/* A payload inside another, or cut off anywhere, is as harmless. */
START_TEST(hostile_text_combined)
{
	for (size_t k = 0; k < LB_COUNT(payloads); k++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		html_of(lb_arena_printf(&a, "<a href=\"%s\"><img alt='%s'>%s", payloads[_i].html, payloads[k].html, payloads[_i].html), &a);
		html_of(lb_arena_printf(&a, "<ul>%s<blockquote>%s</ul>%s", payloads[_i].html, payloads[k].html, payloads[_i].html), &a);
	}
	for (size_t n = strlen(payloads[_i].html); n > 0; n--) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		html_of(lb_arena_strndup(&a, payloads[_i].html, n), &a);
	}
}
END_TEST

/* ---- size ------------------------------------------------------------------------------------------------------------------ */

static const char *const repeated[] = {
	"<b>", "<a href=", "</b>", "<", "&", "<!--", "<a href=\"", "<a href='x\"", "<a b=\"<a c='", "&#", "&#x", "&a;", "<ul>", "<ul><li>", "<li>", "<p>",
	"<a href=x>", "<a href=javascript:x>y", "<img src=x>", "<b><i></b>", "\n", "\xE2\x80\xAE", "\xFF", "<b a=\"1\" ", "-->", "<!-- -->", "<a ", "<blockquote>",
	"<td>", "x", "\"", "='", "</", "<b></b>", "&nosuch12;", "<a href=https://a.org/>", "<!-- <a href='\">", "<nosuch>", "<nosuch a=\"",
};

START_TEST(a_megabyte_takes_no_time)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(2 << 20);
	while (b.len < 1 << 20)
		lb_buf_adds(&b, repeated[_i]);
	int64_t start = lb_time_mono();
	struct lb_rich *tree = lb_rich_parse(lb_buf_str(&b), &a);
	LB_AUTO(lb_buf_clear) struct lb_buf out = LB_BUF(512 << 20);
	lb_rich_html(&out, tree, NULL, NULL);
	lb_rich_text(&out, tree);
	int64_t took = lb_time_mono() - start;
	ck_assert(!out.overflow);
	ck_assert_msg(took < 8000, "%s: %lld ms", repeated[_i], (long long)took);
	html_of(lb_buf_str(&b), &a);
}
END_TEST

static size_t depth_of(const struct lb_rich *node)
{
	size_t deepest = 0;
	for (; node; node = node->next) {
		size_t depth = 1 + depth_of(node->child);
		if (depth > deepest)
			deepest = depth;
	}
	return deepest;
}

START_TEST(depth_is_bounded)
{
	static const char *const openers[] = { "<b>", "<ul>", "<ul><li>", "<blockquote><ul>", "<b><ul>" };
	for (size_t i = 0; i < LB_COUNT(openers); i++) {
		LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
		LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(2 << 20);
		for (int k = 0; k < 10000; k++)
			lb_buf_adds(&b, openers[i]);
		lb_buf_adds(&b, "<a href=https://a.org/>word</a>");
		struct lb_rich *tree = lb_rich_parse(lb_buf_str(&b), &a);
		ck_assert_uint_le(depth_of(tree), 35);
		const char *text = text_of(lb_buf_str(&b), &a);
		ck_assert(strstr(text, "word") && strstr(text, "[https://a.org/]"));
		html_of(lb_buf_str(&b), &a);
	}
}
END_TEST

START_TEST(tags_that_gave_way_end_nothing)
{
	LB_AUTO(lb_arena_clear) struct lb_arena a = {0};
	LB_AUTO(lb_buf_clear) struct lb_buf b = LB_BUF(4096);
	for (int k = 0; k < 40; k++)
		lb_buf_adds(&b, "<b>");
	for (int k = 0; k < 8; k++)
		lb_buf_adds(&b, "</b>");
	lb_buf_adds(&b, "x");
	const char *html = html_of(lb_buf_str(&b), &a);
	size_t open = 0;
	for (const char *p = html; strncmp(p, "<b>", 3) == 0; p += 3)
		open++;
	ck_assert_uint_eq(open, 32);
	ck_assert_int_eq(html[open * 3], 'x');
}
END_TEST

Suite *test_suite(void)
{
	Suite *s = suite_create("text: untrusted HTML");
	TCase *t = tcase_create("tree");
	tcase_add_test(t, tags);
	tcase_add_test(t, lines);
	tcase_add_test(t, quotes_and_lists);
	tcase_add_test(t, links);
	tcase_add_test(t, images);
	tcase_add_test(t, what_is_no_tag_stays);
	tcase_add_test(t, characters);
	tcase_add_test(t, plain_text);
	tcase_add_test(t, links_inside_the_package);
	tcase_add_test(t, names_and_titles);
	tcase_add_test(t, addresses);
	tcase_add_test(t, addresses_refused);
	suite_add_tcase(s, t);
	TCase *hostile = tcase_create("hostile");
	tcase_set_timeout(hostile, 60);
	tcase_add_loop_test(hostile, hostile_text, 0, LB_COUNT(payloads));
	tcase_add_loop_test(hostile, hostile_text_combined, 0, LB_COUNT(payloads));
	suite_add_tcase(s, hostile);
	TCase *size = tcase_create("size");
	tcase_set_timeout(size, 120);
	tcase_add_loop_test(size, a_megabyte_takes_no_time, 0, LB_COUNT(repeated));
	tcase_add_test(size, depth_is_bounded);
	tcase_add_test(size, tags_that_gave_way_end_nothing);
	suite_add_tcase(s, size);
	return s;
}
