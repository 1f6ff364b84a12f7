"""What a page says of itself: the day of publication, who published it, where it stands."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

from tiau.readers.articles.markup import Node, Page
from tiau.readers.articles.text_facts import day_of
from tiau.texts import visible

_MOST_LOOKED_AT = 5_000
_LONGEST_NAME = 80
_DAYS_APART = 1
_ARTICLE = re.compile(r"\w*(?:article|posting|report|pressrelease)", re.IGNORECASE)
_FIRM_DAYS = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished")
_OTHER_DAYS = (
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "date",
    "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date",
    "article.published", "parsely-pub-date", "sailthru.date", "citation_publication_date",
    "cxenseparse:recs:publishtime", "rnews:datepublished",
)  # fmt: skip
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "application-name")
_BROKEN_DAY = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
_ADDRESS = re.compile(r"https?://[^\s<>\"'\x00-\x20]{1,2000}", re.IGNORECASE)


class PageFacts(NamedTuple):
    """What a page says of itself; None and blank texts where it says nothing, or not one thing."""

    published: dt.date | None
    publisher: str
    url: str


def page_facts(page: Page) -> PageFacts:
    """Return what a page says of itself."""
    said = _metas(page.root)
    linked = list(_articles(page.linked))
    return PageFacts(_published(page, said, linked), _publisher(said, linked), _url(page, said))


def _metas(root: Node) -> dict[str, str]:
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        for key in ("property", "name", "itemprop"):
            if name := element.get(key):
                said.setdefault(name.strip().lower(), (element.get("content") or "").strip())
    return said


def _published(page: Page, said: dict[str, str], linked: list[dict[str, Any]]) -> dt.date | None:
    """Return the day of publication, as it stands on the clock of whoever published."""
    firm = [day_of(said.get(name, "")) for name in _FIRM_DAYS]
    firm += [day_of(str(one.get("datePublished", ""))) for one in linked[:1]]
    if not any(firm) and not linked:
        firm += [day_of(found) for text in page.linked for found in _BROKEN_DAY.findall(text)[:1]]
    if known := [day for day in firm if day]:
        return known[0] if (max(known) - min(known)).days <= _DAYS_APART else None
    others = (day_of(said.get(name, "")) for name in _OTHER_DAYS)
    return next((day for day in (*others, *_times(page)) if day), None)


def _times(page: Page) -> Iterator[dt.date | None]:
    """Yield the days of the tags for times, those that say that they tell the day of publication first."""
    times = [one for one in page.root.iter("time") if one.get("datetime")][:_MOST_LOOKED_AT]
    for one in times:
        if "published" in one.get("itemprop", "").lower() or one.get("pubdate") is not None:
            yield day_of(one.get("datetime"))
    story = next((page.root.iter("article")), None)
    here = [one for one in times if one in page.sizes and (story is None or story in one.iterancestors("article"))]
    days = {day_of(one.get("datetime")) for one in here[:1]} if story is not None else set(map(day_of, _texts(here)))
    yield days.pop() if len(days) == 1 else None


def _texts(times: list[Node]) -> list[str]:
    return [one.get("datetime") for one in times]


def _publisher(said: dict[str, str], linked: list[dict[str, Any]]) -> str:
    names = [said.get(name, "") for name in _PUBLISHERS]
    of_article = linked[0].get("publisher") if linked else None
    if isinstance(of_article, list):
        of_article = of_article[0] if of_article else None
    name = of_article.get("name") if isinstance(of_article, dict) else of_article
    names.insert(1, name if isinstance(name, str) else "")
    tidy = (" ".join(visible(name).split()) for name in names)
    return next((name for name in tidy if 0 < len(name) <= _LONGEST_NAME), "")


def _url(page: Page, said: dict[str, str]) -> str:
    links = [one.get("href") or "" for one in page.root.iter("link") if "canonical" in (one.get("rel") or "").lower()]
    given = (*links[:1], said.get("og:url", ""), page.saved_from)
    return next((address.strip() for address in given if _ADDRESS.fullmatch(address.strip())), "")


def _articles(linked: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD tells of articles with a day, the outermost first."""
    waiting: deque[Any] = deque()
    for text in linked:
        try:
            waiting.append(json.loads(text))
        except (ValueError, RecursionError):
            continue
    looked_at = 0
    while waiting and looked_at < _MOST_LOOKED_AT:
        looked_at += 1
        match waiting.popleft():
            case list() as some:
                waiting.extend(some[:_MOST_LOOKED_AT])
            case dict() as one:
                kinds = one.get("@type")
                if any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                    yield one
                waiting.extend(value for value in one.values() if isinstance(value, dict | list))
