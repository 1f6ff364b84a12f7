"""Pages as browsers save them, with all that stands around a story; made for the tests."""

STORY = (
    "AIZAWL, India, March 19 (Example Press) \u2013 More than 1,000 people have crossed the border from Myanmar into "
    "Mizoram since the end of February, a member of parliament said on Friday.",
    "“They cannot go back,” said K. Vanlalvena. The state\u2019s home minister said that food & shelter were short.",
    "Where they stay",
    "Churches and schools in Champhai host 264 police officers and their families, according to the district\u2019s "
    "administration, which said that 40 others were on the way.",
    "Relief is slow.",
    "The Ministry of Home Affairs asked four states last week to prevent people from entering.",
)
MENU = "Home World Asia Africa Business Sport Weather"
BANNER = (
    "We and our partners use cookies to give you the best experience on this site. By going on you agree to their use."
)
RELATED = ("Fifty thousand flee floods in the south of the country", "What we know of the coup, in ten maps and charts")
COMMENT = "I think that more than 90,000 people will have come to the town by the end of the year, as my uncle told me."
SCRIPT = "var story = '<p>More than 77,000 people have crossed the border into Manipur in a script of this page.</p>';"
HIDDEN = "At least 66,000 people have been displaced in the text that nobody sees on the page, a spokesman said."
LINKED_DATA = (
    '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"}, {"@type": "NewsArticle", '
    '"datePublished": "2021-03-19T18:04:00+05:30", "publisher": {"@type": "Organization", "name": "Example Daily"}}]}'
)


def news_page(*, head="", wrapper="article", story=STORY):
    """Return a page of a paper: menus, a banner, links to other stories, comments, scripts, and a story among them."""
    first, second, heading, third, short, last = story
    second = second.replace("&", "&amp;").replace("\u2019", "&rsquo;")
    related = "".join(f"<li><a href='/{number}'>{text}</a></li>" for number, text in enumerate(RELATED))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Story</title><style>p {{ color: red }}</style>
<link rel="canonical" href="https://example.org/2021/03/19/story">{head}<script>{SCRIPT}</script></head>
<body><!-- {HIDDEN} -->
<div class="cookie-banner"><p>{BANNER}</p><button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li>{MENU}</li></ul></nav></header>
<{wrapper}><h1>Over a thousand people have fled to Mizoram</h1>
<p>{first.replace("1,000 people", "<b>1,000</b> <i>people</i>")}</p>
<p>{second}</p>
<div class="advert-box"><p>Buy the new book of the year, which is now in all of the shops of the land.</p></div>
<h2>{heading}</h2>
<p>{third.replace("Champhai", '<a href="/champhai">Champhai</a>')}</p>
<p style="display: none">{HIDDEN}</p>
<p>{short}</p>
<script>{SCRIPT}</script>
<p>{last}</p>
<h3>More from the region</h3><ul class="links">{related}</ul>
</{wrapper}>
<aside><h3>Most read</h3><p>{COMMENT}</p></aside>
<section id="comments"><h3>2 comments</h3><p>{COMMENT}</p><p>{COMMENT}</p></section>
<footer><p>© 2021 Example Daily. All rights reserved. The terms of use and the privacy policy are for you.</p></footer>
<script type="text/javascript">{SCRIPT}</script></body></html>"""


SPANISH = """<!doctype html><html lang="es"><head><meta charset="iso-8859-1"><title>Noticia</title>
<meta property="og:site_name" content="El Diario de Prueba"></head><body>
<div id="menu"><a href="/">Inicio</a> <a href="/mundo">Mundo</a></div>
<main><h1>Más de 3.000 personas huyen hacia Arauca</h1><p class="fecha">Publicado el 24 de marzo de 2021</p>
<p>Más de 3.000 personas cruzaron la frontera de Venezuela hacia Arauquita, en Colombia, desde el domingo por los
combates en el estado de Apure, dijo el martes la alcaldía de la ciudad.</p>
<p>Las familias están en albergues y en casas de sus parientes, según la Defensoría.</p></main>
<p>Usamos cookies para mejorar la experiencia de los usuarios en el sitio y para mostrar la publicidad.</p>
</body></html>"""
