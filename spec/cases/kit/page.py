"""A page of the plain form (chapter 8), and places in it that cases change."""
DOCTYPE = "<!DOCTYPE html>"
CHARSET = '<meta charset="utf-8">'
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'"
META = '<meta http-equiv="Content-Security-Policy" content="%s">' % POLICY
TITLE = "<title>More</title>"
BODY = "<p>More</p>"
PAGE = "\n".join([DOCTYPE, '<html lang="en">', "<head>", CHARSET, META, TITLE, "</head>", "<body>", BODY, "</body>", "</html>", ""])
