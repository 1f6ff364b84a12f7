"""The story of a page as paragraphs: jusText tells them from menus, banners and lists of links."""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace

from tiau.readers.articles.language import imprints, languages
from tiau.readers.articles.markup import REMEDY, Node, Page, steps
from tiau.readers.exports.rows import refused

MOST_OF_STORY, MOST_PARAGRAPHS = 2_000_000, 5_000
"""jusText reads each word a few times, and compares short paragraphs with all that stand around them."""
LIMITS = {
    "length_low": 40, "length_high": 100, "stopwords_low": 0.2, "stopwords_high": 0.25, "max_link_density": 0.4,
}  # fmt: skip
"""Paragraphs of agencies are short, full of names and linked: jusText's own limits are those of essays."""
_MOST_LINKED, _MOST_LINKED_SENTENCE = 0.5, 0.9
_SENTENCE = re.compile(r"[.!?\u2026][\"'\u2019\u201d\u00bb)]*\s*\Z")
_BLOCKS = {
    "body", "blockquote", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "form", "legend", "p", "pre",
    "table", "td", "tfoot", "th", "thead", "tbody", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6",
    "article", "section", "main", "header", "figure", "figcaption", "address", "details", "summary", "hr", "hgroup",
}  # fmt: skip
_NO_TEXT = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff"))
_LONGEST_NOISE = 500


class _Blocks:
    """The paragraphs of an element, in order, as jusText has them."""

    def __init__(self) -> None:
        self.found: list[Node] = []
        self._parents: list[int] = [0]
        self._headings = self._links = self._opened = 0
        self._broken = False
        self._begin("")

    def take(self, step: str, what: Node) -> None:
        """Take the next step on the way through the element."""
        if step == "text":
            self._text(what)
        elif what.tag == "br":
            if step == "open" and self._broken:
                self._begin("br")
            elif step == "open":
                self._broken = True
                self.found[-1].append_text(" ")
        else:
            self._element(step, what.tag)

    def _element(self, step: str, tag: str) -> None:
        way = 1 if step == "open" else -1
        self._broken = False
        self._links += way * (tag == "a")
        self._headings += way * (tag in ("h1", "h2", "h3", "h4", "h5", "h6"))
        if tag in _BLOCKS:
            if step == "open":
                self._begin(tag)
                self._opened += 1
                self._parents.append(self._opened)
            else:
                self._parents.pop()
                self._begin("")

    def _begin(self, tag: str) -> None:
        from justext.paragraph import Paragraph

        if self.found and not self.found[-1].text:
            self.found.pop()
        path = "h2" if self._headings else tag
        self.found.append(Paragraph(SimpleNamespace(dom=path, xpath=str(self._parents[-1]))))
        self._broken = False

    def _text(self, text: str) -> None:
        paragraph = self.found[-1]
        if text.isspace():
            # jusText itself joins words that only stand in tags of their own.
            paragraph.append_text(" ")
            return
        text = paragraph.append_text(text.translate(_NO_TEXT))
        paragraph.chars_count_in_links += len(text) if self._links > 0 else 0
        self._broken = False


def paragraphs(file: str, page: Page) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a page's story, and everything that stands in its part of the page.

    Raises
    ------
    InputError
        Where there is no text, or more than any story has.
    """
    blocks = _Blocks()
    story = page.story()
    if page.sizes.get(story, 0) > MOST_OF_STORY:
        raise refused(file, f"has more than {MOST_OF_STORY // 1_000_000} MB of text", REMEDY)
    for step, what in steps(story, page.dropped):
        blocks.take(step, what)
        if len(blocks.found) > MOST_PARAGRAPHS:
            raise refused(file, f"has more than {MOST_PARAGRAPHS:,} paragraphs", REMEDY)
    found = [one for one in blocks.found if one.text]
    kept = [" ".join(one.text.split()) for one in _story(found)]
    if not kept:
        raise refused(file, "is a page without text: it may be filled by scripts when it is opened", REMEDY)
    return kept, [" ".join(one.text.split()) for one in found]


def _story(found: list[Node]) -> list[Node]:
    from justext.core import classify_paragraphs, revise_paragraph_classification

    possible = [one for one in found if not (len(one.text) < _LONGEST_NOISE and _noise().search(one.text))]
    classify_paragraphs(possible, _stop_words(), **LIMITS)
    revise_paragraph_classification(possible)
    good = {id(one) for one in possible if one.class_type == "good"}
    # A paragraph that is short or full of links stands where the others do.
    beside = {one.xpath for one in possible if id(one) in good and not one.heading}
    told = [one for one in possible if _tells(one)]
    kept = [one for one in told if id(one) in good or (one.xpath in beside and one.dom_path == "p")] or told
    return _without_ends(kept)


def _tells(one: Node) -> bool:
    """Whether a paragraph is no list of links: a sentence may be one for the most part, but not all of it."""
    links = one.links_density()
    return bool(links <= _MOST_LINKED or (links < _MOST_LINKED_SENTENCE and _SENTENCE.search(one.text)))


def _without_ends(kept: list[Node]) -> list[Node]:
    """Return paragraphs without headings that nothing follows."""
    while len(kept) > 1 and kept[-1].heading:
        kept.pop()
    return kept


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:cookies?|newsletter|javascript)\b|{imprints('rights')}|{imprints('noise')}|"
        rf"^{imprints('noise_heads')}\b.{{0,40}}$",
        re.IGNORECASE,
    )


@cache
def _stop_words() -> frozenset[str]:
    """Return the ordinary words of each language; where jusText has no list of them, those of its table."""
    import justext

    listed = justext.get_stoplists()
    return frozenset[str]().union(
        *(justext.get_stoplist(one.name) if one.name in listed else one.common for one in languages())
    )
