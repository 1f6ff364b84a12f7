"""A file or standard input as an article: a text as it stands, of a page its story; told from what is no article."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import IO

from tiau.readers.articles.article import Article
from tiau.readers.articles.language import Language, language_of, languages
from tiau.readers.articles.markup import page_of
from tiau.readers.articles.opening import letters_of, read_bytes
from tiau.readers.articles.page_facts import PageFacts, page_facts
from tiau.readers.articles.page_text import paragraphs
from tiau.readers.articles.sentences import folded
from tiau.readers.articles.text_facts import published_of, publisher_of
from tiau.readers.exports.rows import refused

_TOLD_BY = 30_000
"""Characters by which the language is told."""


def read_article(
    path_or_dash: str | Path,
    *,
    published: dt.date | None = None,
    publisher: str = "",
    stdin: IO[bytes] | IO[str] | None = None,
) -> Article:
    """Return the article of a file.

    Parameters
    ----------
    path_or_dash : str or Path
        A text or a saved page; ``-`` for standard input.
    published : date, optional
        When it was published; by default what it says itself.
    publisher : str
        Who published it; by default what it says itself.
    stdin : stream, optional
        What to read for standard input.

    Raises
    ------
    InputError
        With one fault: the file is none or no text, has no story or too much, or is in no language that has a table.
    """
    name, raw = read_bytes(path_or_dash, stdin)
    text, is_page, notes = letters_of(name, raw)
    del raw
    said, beginning = PageFacts(None, "", ""), text
    if is_page:
        page = page_of(name, text)
        said = page_facts(page)
        story, whole = paragraphs(name, page)
        text, beginning = "\n\n".join(story), "\n\n".join(whole)
    language = _language(name, text)
    return Article(
        name,
        text,
        language,
        published or said.published or published_of(beginning),
        publisher.strip() or said.publisher or publisher_of(text),
        said.url,
        notes,
    )


def _language(name: str, text: str) -> Language:
    if not any(letter.isalpha() for letter in text[:_TOLD_BY]):
        raise refused(name, "has no words", "give a file with the text of an article")
    if language := language_of(folded(text[:_TOLD_BY])):
        return language
    *others, last = [language.name for language in languages()]
    known = f"{', '.join(others)} or {last}" if others else last
    raise refused(name, "is in a language that Tiau does not read", f"give a text in {known}")
