"""A page as a tree: scripts, styles and comments apart, what is no story marked, in bounded time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tiau.readers.exports.rows import refused

MOST_TAGS = 200_000
MOST_NESTED = 500
MOST_ATTRIBUTES, MOST_OF_A_TAG = 1_000_000, 2_000
"""The parser's time grows with the square of the attributes of a tag."""
REMEDY = "copy the text of the article into a text file and give that"
_APART = re.compile(r"<!--|<(script|style|svg|noscript|template|iframe)(?=[\s>/])", re.IGNORECASE)
_ENDS = {"": re.compile("-->")} | {
    name: re.compile(f"</{name}[^>]{{0,80}}>", re.IGNORECASE)
    for name in ("script", "style", "svg", "noscript", "template", "iframe")
}
_TAG = re.compile(r"<[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?|[\s/]*=|[\s/]+")
_LINKED_DATA = re.compile(r"application/ld\+json", re.IGNORECASE)
_SAVED_FROM = re.compile(r"\s*saved from url=\([0-9]{1,6}\)(\S{1,2000})")
_NO_STORY = {
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "video", "audio",
    "map", "nav", "footer", "aside", "button", "select", "textarea", "input", "dialog", "menu", "head", "datalist",
}  # fmt: skip
_ROLES = {
    "navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar",
}  # fmt: skip
_WORDS = re.compile(
    r"cookies?|consent|gdpr|newsletter|subscri\w*|share|sharing|social|related|recommend\w*|comments?|disqus|promo\w*|"
    r"adverts?|advertisement|ads?|sponsored|sidebar|breadcrumbs?|menu|nav|navbar|navigation|footer|popup|modal|trending|"
    r"login|signup|signin|tags|tagcloud|outbrain|taboola|pagination"
)
_UNSEEN_CLASSES = {"hidden", "sr-only", "visually-hidden", "screen-reader-text", "d-none", "skip-link"}
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
Node = Any
"""An element of lxml, which has no types."""
Step = tuple[Literal["open", "text", "close"], Any]


@dataclass
class Page:
    """A page.

    Attributes
    ----------
    root : element of lxml
    linked : list of str
        What its scripts of JSON-LD hold.
    saved_from : str
        The address that a browser wrote into it.
    dropped : set of elements
        What is no story: how pages are used, and whatever does not show.
    sizes : dict of element to int
        Characters of text in each element that is left.
    """

    root: Node
    linked: list[str]
    saved_from: str = ""
    dropped: set[Node] = field(default_factory=set)
    sizes: dict[Node, int] = field(default_factory=dict)

    def story(self) -> Node:
        """Return the element that holds the story: an article or main part with most of the text, else all of it."""
        body = next(self.root.iter("body"), self.root)
        for name in ("article", "main"):
            for element in body.iter(name):
                if 2 * self.sizes.get(element, 0) > self.sizes.get(body, 0):
                    return element
        return body


def page_of(file: str, markup: str) -> Page:
    """Return the tree of a page.

    Raises
    ------
    InputError
        Where it has more tags, or more in each other, than any page with a story.
    """
    import lxml.html

    markup, linked, saved_from = _parted(markup.replace("\0", ""))
    if markup.count("<") > MOST_TAGS:
        raise refused(file, f"has more than {MOST_TAGS:,} tags", REMEDY)
    _check_attributes(file, markup)
    # A string must not say how its bytes are written.
    markup = re.sub(r"<\?xml[^>]{0,200}>", " ", markup, count=1) + " "
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(markup, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        raise refused(file, "has tags but no text", REMEDY) from None
    page = Page(root, linked, saved_from)
    sizes = _sizes(file, root, ())
    page.dropped = {element for element in sizes if _no_story(element, sizes[element], sizes[root])}
    page.sizes = _sizes(file, root, page.dropped)
    return page


def _parted(markup: str) -> tuple[str, list[str], str]:
    """Return the markup without what is never text, its scripts of JSON-LD and the address that a comment tells."""
    kept, linked, saved_from, place = [], [], "", 0
    endless: set[str] = set()
    while found := _APART.search(markup, place):
        name = (found[1] or "").lower()
        ends = None if name in endless else _ENDS[name].search(markup, found.end())
        if ends is None:
            # Looking for the end of each of them again would take a time that grows with the square of the page.
            endless.add(name)
            kept.append(markup[place : found.end()])
            place = found.end()
            continue
        kept += [markup[place : found.start()], " "]
        inside, place = markup[found.end() : ends.start()], ends.end()
        if name == "script" and _LINKED_DATA.search(inside.partition(">")[0]):
            linked.append(inside.partition(">")[2])
        elif not name and not saved_from and (saved := _SAVED_FROM.match(inside)):
            saved_from = saved[1]
    return "".join([*kept, markup[place:]]), linked, saved_from


def _check_attributes(file: str, markup: str) -> None:
    """Raise InputError where tags have more attributes than the parser can bear."""
    total, place = 0, 0
    while tag := _TAG.search(markup, place):
        count, place = 0, tag.end()
        while attribute := _ATTRIBUTE.match(markup, place):
            count, place = count + 1, attribute.end()
            if count > MOST_OF_A_TAG:
                raise refused(file, f"has a tag with more than {MOST_OF_A_TAG:,} attributes", REMEDY)
        total += count
        if total > MOST_ATTRIBUTES:
            raise refused(file, f"has more than {MOST_ATTRIBUTES:,} attributes of tags", REMEDY)


def steps(root: Node, dropped: Collection[Node]) -> Iterator[Step]:
    """Yield what is met on the way through an element: where others open and close, and text."""
    from lxml import etree

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if not isinstance(element.tag, str):
            continue
        if event == "start" and element in dropped:
            walker.skip_subtree()
        elif event == "start":
            yield "open", element
            if element.text:
                yield "text", element.text
        else:
            if element not in dropped:
                yield "close", element
            if element.tail and element is not root:
                yield "text", element.tail


def _sizes(file: str, root: Node, dropped: Collection[Node]) -> dict[Node, int]:
    sizes, open_ones = {}, [0]
    for step, what in steps(root, dropped):
        if step == "text":
            open_ones[-1] += len(what.strip())
        elif step == "open":
            open_ones.append(0)
            if len(open_ones) > MOST_NESTED:
                raise refused(file, f"has more than {MOST_NESTED} tags in each other", REMEDY)
        else:
            sizes[what] = open_ones.pop()
            open_ones[-1] += sizes[what]
    return sizes


def _no_story(element: Node, size: int, whole: int) -> bool:
    """Whether an element is part of how a page is used, or does not show: by its name, or by what it is called."""
    if element.tag in ("html", "body"):
        return False
    if element.tag in _NO_STORY or _hidden(element):
        return True
    called = f"{element.get('class', '')} {element.get('id', '')}"[:500].lower()
    spoken = element.get("role", "").lower() in _ROLES or any(map(_WORDS.fullmatch, re.split(r"[\s_-]+", called)))
    return (spoken or element.tag == "form" or _page_head(element)) and 2 * size < whole


def _hidden(element: Node) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden", "").lower() == "true"
        or not _UNSEEN_CLASSES.isdisjoint(element.get("class", "")[:500].lower().split())
        or bool(style and _UNSEEN.search(style[:1000]))
    )


def _page_head(element: Node) -> bool:
    """Whether an element is the head of a page and not of a story, which has a heading."""
    return element.tag == "header" and next(element.iter("h1", "h2"), None) is None
