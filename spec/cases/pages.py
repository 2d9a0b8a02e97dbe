"""Cases for LB-070 to LB-072: what may stand in a page, what it may load, and its policy (chapter 8). Most are rows of tables: PAGE
with one place changed. Script in them would only show a box, addresses lead to example.org or to files of the package."""
from kit.case import case, good
from kit.page import BODY, CHARSET, DOCTYPE, META, PAGE, POLICY, TITLE

NEW = "data/pages/more.html"
PLACES = (NEW, "index.html", "data/README.html", "data/documentation/more.html", "data/pages/2/more.html")
SCRIPT = "<script>alert(1)</script>"
BLOCK = '<script type="application/ld+json">%s</script>'


def page_case(decorate, path, name, words, content):
    def change(p):
        p.write(path, content)
        p.settle()
    change.__name__, change.__doc__ = name, words
    decorate(change)


def swapped(old, new):
    if old not in PAGE:
        raise ValueError("there is no %r in the page" % old)
    return PAGE.replace(old, new, 1)


def bad_pages(rule, *rows):
    """Rows: name, words, a place in the page, what stands there instead. Each of PLACES has its turn."""
    for number, (name, words, old, new) in enumerate(rows):
        path = PLACES[number % len(PLACES)]
        page_case(case(rule, base="lifeboat", path=path), path, name, words, swapped(old, new))


def good_pages(rule, *rows):
    for name, words, old, new in rows:
        page_case(good(rule, base="lifeboat"), NEW, name, words, swapped(old, new))


good_pages("LB-070",
           ("plain_page", "a further page in the plain form", BODY, BODY),
           ("data_block", "a page has a data block of JSON-LD", BODY, BLOCK % '{"@type": "ImageGallery", "name": "More"}'),
           ("data_block_with_angle", "a data block holds \"<\", written as a \\u escape", BODY,
            BLOCK % '{"name": "\\u003c/script>"}'),
           ("words_like_script", "a page speaks of script and of attributes, as text", BODY,
            "<p>&lt;script> onload= style=\"x\" javascript:</p>"),
           ("name_alone", "an attribute without a value, and an empty element with a slash", BODY, "<video controls/><hr/>"),
           ("angle_to_the_right", "\">\" as text and in a value", BODY, '<p class="a>b">1 > 0</p>'),
           ("drawing", "a small drawing inside the page", BODY,
            '<svg viewBox="0 0 2 2" aria-hidden="true"><rect x="0" y="0" width="1" height="1"/></svg>'),
           ("big_letters_in_charset", "the encoding is told in capitals", CHARSET, '<meta charset="UTF-8">'))

bad_pages("LB-070",
          ("no_doctype", "a page begins without <!DOCTYPE html>", DOCTYPE + "\n", ""),
          ("old_doctype", "a page is of an older HTML", DOCTYPE, '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">'),
          ("script", "a page has a script", BODY, SCRIPT),
          ("script_from_a_file", "a page loads a script from the package", BODY, '<script src="more.js"></script>'),
          ("script_in_capitals", "a script in capital letters", BODY, SCRIPT.upper()),
          ("script_with_a_slash", "a script whose name is followed by \"/\"", BODY,
           '<script/type="application/ld+json">alert(1)</script>'),
          ("script_with_a_tab", "a tab stands before an attribute", BODY,
           '<script\ttype="text/javascript">alert(1)</script>'),
          ("script_with_a_line_feed", "a line feed stands before an attribute", BODY, '<script\nsrc="more.js"></script>'),
          ("script_of_another_type", "a script of type module", BODY, '<script type="module">alert(1)</script>'),
          ("two_types", "a script has two types: a browser takes the first", BODY,
           '<script type="text/javascript" type="application/ld+json">1</script>'),
          ("block_with_source", "a data block has a source as well", BODY,
           '<script type="application/ld+json" src="more.js"></script>'),
          ("block_of_no_json", "a data block is no JSON", BODY, BLOCK % "alert(1)"),
          ("block_with_angle", "a data block has a \"<\": readers differ in where it ends", BODY,
           BLOCK % '{"name": "<!--<script>"}'),
          ("two_blocks", "a page has two data blocks", BODY, BLOCK % "{}" * 2),
          ("block_without_end", "a data block has no end", BODY, '<script type="application/ld+json">{}'),
          ("handler", "an attribute that is script", BODY, '<p onclick="alert(1)">More</p>'),
          ("handler_without_quotes", "an attribute without quotes", BODY, "<p onclick=alert(1)>More</p>"),
          ("handler_in_capitals", "an attribute in capital letters", BODY, '<p ONCLICK="alert(1)">More</p>'),
          ("handler_behind_no_blank", "no blank stands before an attribute", BODY,
           '<p class="a"onclick="alert(1)">More</p>'),
          ("handler_behind_a_slash", "a slash stands where a blank should", BODY, '<p/onclick="alert(1)">More</p>'),
          ("handler_behind_a_form_feed", "a form feed stands where a blank should", BODY, '<p\fonclick="alert(1)">More</p>'),
          ("apostrophes", "a value stands in apostrophes", BODY, "<p class='a\" onclick=\"alert(1)'>More</p>"),
          ("value_without_end", "the quotes around a value are not closed", BODY, '<p class="a>More</p>'),
          ("tag_without_end", "a tag is not closed", BODY, "<p"),
          ("tag_in_a_value", "a value holds a tag", BODY, '<p class="<b>">More</p>'),
          ("handler_of_a_drawing", "a drawing with script", BODY, '<svg onload="alert(1)"></svg>'),
          ("animation", "a drawing sets an attribute later", BODY, '<svg><set attributeName="href" to="x"/></svg>'),
          ("style", "an attribute style", BODY, '<p style="background: url(//example.org/x)">More</p>'),
          ("style_element", "an element style", TITLE, TITLE + "<style>@import '//example.org/x';</style>"),
          ("frame", "a page in the page", BODY, '<iframe src="index.html"></iframe>'),
          ("frame_with_its_own_text", "a page in the page, as a value", BODY,
           '<iframe srcdoc="&lt;script>alert(1)&lt;/script>"></iframe>'),
          ("object", "an element object", BODY, '<object data="more.svg"></object>'),
          ("embed", "an element embed", BODY, '<embed src="more.svg">'),
          ("form", "a form", BODY, '<form action="https://example.org/"><input name="a"></form>'),
          ("base", "an element base: all addresses lead elsewhere", TITLE, '<base href="https://example.org/">' + TITLE),
          ("template", "an element template", BODY, "<template><p>More</p></template>"),
          ("noscript", "an element noscript: what is in it depends on the browser", BODY,
           "<noscript><p>More</p></noscript>"),
          ("plaintext", "an element after which all is text", BODY, "<plaintext>"),
          ("unknown_element", "an element that the list does not have", BODY, "<x-more>More</x-more>"),
          ("refresh", "a page leads on by itself", TITLE,
           '<meta http-equiv="refresh" content="0; url=https://example.org/">' + TITLE),
          ("link_header", "another command in meta", TITLE,
           '<meta http-equiv="Link" content="&lt;x>; rel=preload">' + TITLE),
          ("link_target", "a link opens in a window of its own", BODY, '<a href="index.html" target="x">More</a>'),
          ("ping", "a link tells somebody that it was followed", BODY,
           '<a href="index.html" ping="https://example.org/">More</a>'),
          ("several_sources", "an image has sources to choose from", BODY,
           '<img src="x.png" srcset="//example.org/x.png 2x" alt="">'),
          ("comment", "a comment: readers differ in where it ends", BODY, "<!--> <p>More</p> -->"),
          ("comment_for_one_browser", "a comment that one browser obeyed", BODY, "<!--[if IE]>%s<![endif]-->" % SCRIPT),
          ("character_data", "a CDATA section", BODY, "<svg><![CDATA[ <p> ]]></svg>"),
          ("instruction", "an instruction of XML", BODY, '<?xml-stylesheet href="//example.org/x"?>'),
          ("end_of_nothing", "an end tag without a name", BODY, "</ p>"),
          ("angle_alone", "a \"<\" that begins no tag", BODY, "<p>0 < 1</p>"),
          ("blank_at_the_end_of_a_tag", "a blank that no attribute follows", BODY, "<br />"),
          ("end_of_title_in_a_value", "a title that ends within a value: to a browser what follows is script", TITLE,
           '<title><b class="</title>%s"></b></title>' % SCRIPT),
          ("tag_in_title", "a tag in the title, where a browser knows none", TITLE, "<title><b>More</b></title>"),
          ("title_without_end", "a title has no end", TITLE, "<title>More"),
          ("no_charset", "a page does not tell its encoding: a browser guesses", CHARSET, ""),
          ("other_charset", "a page tells an encoding in which other bytes are letters", CHARSET,
           '<meta charset="iso-2022-jp">'),
          ("late_charset", "a page tells its encoding after its title", CHARSET + "\n" + META + "\n" + TITLE,
           META + TITLE + CHARSET),
          ("nul", "a NUL in a page", BODY, "<p>More\0</p>"))

good_pages("LB-071",
           ("own_image", "an image and a film of the package", BODY,
            '<img src="../media/icons/71000002@N06.jpg" alt=""><video poster="../media/icons/71000002@N06.jpg" src="x.mp4"></video>'),
           ("encoded_colon", "a relative path with a colon that is encoded", BODY, '<img src="a%3Ab/x%20y.png" alt="">'),
           ("colon_behind_a_slash", "a colon behind a slash or a #: no scheme", BODY,
            '<a href="./a:b">1</a> <a href="#a:b">2</a>'),
           ("up_to_the_root", "\"..\" up to the folder of the package", BODY,
            '<a href="../../README.txt">1</a> <a href="x/../../../index.html">2</a>'),
           ("dots_in_a_name", "names of dots that are not \"..\"", BODY, '<a href=".../..a/b..">More</a>'),
           ("links_out", "links that a reader may follow", BODY,
            '<a href="https://example.org/a?b=c&amp;d#e" rel="noopener">1</a> <a href="http://example.org/">2</a> <a href="mailto:a@example.org">3</a>'),
           ("empty_address", "an empty address: the page itself", BODY, '<a href="">More</a>'))

bad_pages("LB-071",
          ("image_from_outside", "an image from another host", BODY, '<img src="https://example.org/x.png" alt="">'),
          ("image_in_capitals", "a scheme in capital letters", BODY, '<img src="HTTPS://example.org/x.png" alt="">'),
          ("image_without_scheme", "an image from another host, without a scheme", BODY,
           '<img src="//example.org/x.png" alt="">'),
          ("image_by_backslashes", "backslashes, which browsers take for slashes", BODY,
           '<img src="\\\\example.org\\x.png" alt="">'),
          ("image_by_slash_and_backslash", "a slash and a backslash", BODY, '<img src="/\\example.org/x.png" alt="">'),
          ("image_behind_a_blank", "a blank before the address, which browsers take away", BODY,
           '<img src=" https://example.org/x.png" alt="">'),
          ("image_with_a_tab", "a tab in the address, which browsers take away", BODY,
           '<img src="/\t/example.org/x.png" alt="">'),
          ("image_with_a_line_feed", "a line feed in the scheme", BODY, '<img src="ht\ntps://example.org/x.png" alt="">'),
          ("slashes_as_references", "slashes written as references", BODY, '<img src="&#47;&#47;example.org/x.png" alt="">'),
          ("colon_as_a_reference", "a colon written as a reference", BODY,
           '<img src="https&colon;//example.org/x.png" alt="">'),
          ("data_address", "an address that is itself the file", BODY, '<img src="data:image/svg+xml,x" alt="">'),
          ("absolute_path", "an absolute path", BODY, '<img src="/etc/x.png" alt="">'),
          ("file_address", "a file of the reader's computer", BODY, '<img src="file:///etc/x.png" alt="">'),
          ("drive", "a drive of the reader's computer", BODY, '<img src="C:/x.png" alt="">'),
          ("above_the_package", "\"..\" leads above the package", BODY, '<img src="../../../../x.png" alt="">'),
          ("above_the_package_by_a_detour", "\"..\" leads above the package, after a folder", BODY,
           '<img src="x/../../../../../x.png" alt="">'),
          ("encoded_dots", "dots that are encoded lead above the package", BODY,
           '<img src="%2e%2E/.%2e/%2e./../x.png" alt="">'),
          ("dots_as_references", "dots written as references", BODY,
           '<img src="x/&#46;&#46;/&period;./../../../x.png" alt="">'),
          ("link_above_the_package", "a link leads above the package", BODY, '<a href="../../../../x.html">More</a>'),
          ("film", "a film from another host", BODY, '<video src="//example.org/x.mp4"></video>'),
          ("source_of_a_film", "a source of a film from another host", BODY,
           '<video><source src="//example.org/x.mp4"></video>'),
          ("poster", "the picture before a film, from another host", BODY, '<video poster="//example.org/x.png"></video>'),
          ("style_sheet", "a style sheet from another host", TITLE,
           '<link rel="stylesheet" href="https://example.org/x.css">' + TITLE),
          ("name_looked_up", "another host is only looked up", TITLE,
           '<link rel="dns-prefetch" href="//example.org">' + TITLE),
          ("link_that_runs", "a link that is script", BODY, '<a href="javascript:alert(1)">More</a>'),
          ("link_that_runs_in_capitals", "a link that is script, in mixed letters", BODY,
           '<a href="JavaScript:alert(1)">More</a>'),
          ("link_that_runs_by_references", "a link that is script, with a reference in its scheme", BODY,
           '<a href="java&#115;cript:alert(1)">More</a>'),
          ("link_that_runs_with_a_tab", "a link that is script, with a tab as a reference", BODY,
           '<a href="java&Tab;script:alert(1)">More</a>'),
          ("link_to_a_file", "a link to a file of the reader's computer", BODY, '<a href="file:///etc/passwd">More</a>'),
          ("link_without_scheme", "a link to another host, without a scheme", BODY, '<a href="//example.org/">More</a>'),
          ("link_with_backslash", "a link whose host is another one where \"\\\" is \"/\"", BODY,
           '<a href="https://example.org\\@example.com/">More</a>'),
          ("link_in_a_drawing", "a link of a drawing that is script", BODY,
           '<svg><a href="javascript:alert(1)"><rect width="1" height="1"/></a></svg>'))

good_pages("LB-072",
           ("strictest", "a policy that allows nothing", POLICY, "default-src 'none'"),
           ("wide_but_own", "a policy that allows files of the package", POLICY,
            "default-src 'none';img-src 'self';;base-uri 'none'; style-src 'none'"))

bad_pages("LB-072",
          ("no_policy", "a page has no policy", META, ""),
          ("two_policies", "a page has two policies", META, META * 2),
          ("policy_is_empty", "a policy says nothing", POLICY, ""),
          ("policy_without_content", "a policy has no content", ' content="%s"' % POLICY, ""),
          ("policy_turned_round", "content stands before http-equiv", META,
           '<meta content="%s" http-equiv="Content-Security-Policy">' % POLICY),
          ("policy_is_a_name", "the policy is a name, not a command", META,
           '<meta name="Content-Security-Policy" content="%s">' % POLICY),
          ("default_is_self", "what is not named may come from the package", POLICY, "default-src 'self'"),
          ("default_is_second", "another directive stands before default-src", POLICY, "img-src 'self'; default-src 'none'"),
          ("default_is_named_twice", "default-src has a second source", POLICY, "default-src 'none' 'self'"),
          ("any_image", "images may come from anywhere", POLICY, "default-src 'none'; img-src *"),
          ("images_of_a_host", "images may come from a host", POLICY,
           "default-src 'none'; img-src 'self' https://example.org"),
          ("data_images", "images may be addresses", POLICY, "default-src 'none'; img-src data:"),
          ("inline_script", "script may stand in the page", POLICY, "default-src 'none'; script-src 'unsafe-inline'"),
          ("report", "somebody is told of what was refused", POLICY, "default-src 'none'; report-uri https://example.org/"),
          ("blank_as_a_reference", "a blank written as a reference", POLICY, "default-src 'none'; img-src&#32;*"),
          ("tab_in_policy", "a tab, which a browser takes for a blank", POLICY, "default-src 'none'; img-src\t*"),
          ("semicolon_as_a_reference", "a semicolon written as a reference", POLICY,
           "default-src 'none'&semi; img-src 'self'"),
          ("policy_behind_the_title", "a policy stands behind the title", META + "\n" + TITLE, TITLE + META),
          ("policy_behind_a_link", "a policy stands behind what it should hold for", META,
           '<link rel="stylesheet" href="x.css">' + META),
          ("policy_behind_text", "a policy stands behind text: to a browser it is in the body, where none counts", META,
           "More" + META),
          ("policy_behind_a_vertical_tab", "a policy stands behind a character that HTML takes for text", META, "\v" + META),
          ("policy_in_the_body", "a policy stands in the body, where none counts", META + "\n" + TITLE + "\n</head>\n<body>",
           TITLE + "</head><body>" + META),
          ("policy_behind_the_head", "a policy stands behind the head", META + "\n" + TITLE + "\n</head>", "</head>" + META))


# ---- which files are pages ----

def other_name(path, words):
    name = "is_a_page_" + path.rpartition("/")[2].replace(".", "_").lower()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg">%s</svg>' % SCRIPT
    page_case(case("LB-070", base="lifeboat", path=path), path, name, words, drawing)


other_name("data/pages/drawing.svg", "a drawing with script among the pages")
other_name("data/pages/short.htm", "a page of the name .htm")
other_name("data/pages/ending", "a file without an ending among the pages")
other_name("data/documentation/CAPITALS.HTML", "a page among the documentation whose ending is in capitals")
other_name("data/documentation/strict.xhtml", "a page among the documentation that is XML")


@good("LB-070", base="lifeboat")
def viewer_is_script(p):
    "script below data/viewer/, which no rule looks into"
    p.write("data/viewer/index.html", "<script src=\"viewer.js\"></script>")
    p.write("data/viewer/viewer.js", "alert(1);\n")
    p.settle()


@case("LB-070", base="lifeboat", path=NEW)
def not_utf8(p):
    "a page is Latin-1"
    p.write(NEW, PAGE.encode().replace(b"<p>", b"<p>M\xfcller "))
    p.settle()


@case("LB-070", base="lifeboat", path=NEW)
def empty(p):
    "a page of no bytes"
    p.write(NEW, "")
    p.settle()
