"""The HTML of a page within the preview."""

from catalog.drafts import NO_DRAFTS, named
from fitpages.desk.preview.html import previewed

PAGE = """<html><head><title>A &amp; B</title>
<link rel="canonical" href="https://site.example/gpus/a/">
<meta property="og:url" content="https://site.example/gpus/a/"><meta name="description" content="D">
<link rel="stylesheet" href="/static/site.css"><script type="application/ld+json">{"@id": "https://site.example/"}
</script><script src="/static/site.js" defer></script></head><body>
<header class="site"><a class="name" href="/">Home</a>
<form role="search" action="/search/" method="get"><input name="q"></form></header>
<a rel="x" href="/gpus/?a=1&amp;b=2">List</a> <a href="https://example.org/?a=1&amp;b=2">Source</a>
<p>A link is written as href=&#34;/gpus/&#34;.</p></body></html>"""


def test_links_and_forms_stay_and_the_rest_is_as_it_was() -> None:
    page = previewed(PAGE, "<aside>Banner</aside>", "/static/preview.css", named(["gpu:a"]))
    assert '<a class="name" href="/admin/preview/?with=gpu:a">' in page
    assert '<a rel="x" href="/admin/preview/gpus/?a=1&amp;b=2&amp;with=gpu:a">' in page
    assert 'action="/admin/preview/search/" method="get"><input type="hidden" name="with" value="gpu:a">' in page
    assert '<a href="https://example.org/?a=1&amp;b=2">' in page
    assert 'src="/static/site.js"' in page
    assert "<p>A link is written as href=&#34;/gpus/&#34;.</p>" in page


def test_the_public_address_is_told_to_nobody() -> None:
    page = previewed(PAGE, "", "/static/preview.css", NO_DRAFTS)
    assert "site.example" not in page
    assert '<meta name="description" content="D">' in page


def test_title_and_banner_say_that_it_is_a_preview() -> None:
    page = previewed(PAGE, "<aside>Banner</aside>", "/static/preview.css", NO_DRAFTS)
    assert "<title>Preview: A &amp; B</title>" in page
    assert '<aside>Banner</aside>\n<header class="site">' in page
    assert page.index("/static/site.css") < page.index("/static/preview.css") < page.index("</head>")
    assert "with" not in page
