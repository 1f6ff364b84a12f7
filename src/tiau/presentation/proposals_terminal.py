"""A text in the terminal with what was read of it marked, and the proposed rows beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from tiau.presentation.words.proposals import found, summary
from tiau.readers.articles.article import Article
from tiau.readers.articles.proposals import Proposal

SIDE_BY_SIDE = 100
"""Columns of a terminal from which rows stand beside the text; in a narrower one below it."""
FIRST_ROW = 2
"""Behind the header, as a spreadsheet counts."""
LONG = 20_000
"""Characters of a text of which those paragraphs alone are shown that give a row."""
MARK, ROW, LOOK, REST = "bold cyan", "cyan", "yellow", "dim"


def show_article(article: Article, proposals: Sequence[Proposal], console: Console, first_row: int = FIRST_ROW) -> None:
    """Print a text, paragraph by paragraph, with its marks and rows.

    Parameters
    ----------
    article : Article
    proposals : sequence of Proposal
        Those of this text.
    console : Console
    first_row : int
        The row of proposals.csv in which the first of them stands: rows have their numbers there.
    """
    console.print()
    console.print(Text(_heading(article, proposals), style="bold"))
    numbered = sorted(enumerate(proposals, first_row), key=lambda row: (row[1].marked, row[0]))
    wide = console.width >= SIDE_BY_SIDE
    for start, end in _paragraphs(article):
        here = [(number, one) for number, one in numbered if start <= one.start < end]
        if not here and len(article.text) > LONG:
            continue
        text = _marked(article.text, start, end, here)
        rows = [_row(number, one) for number, one in here]
        console.print()
        if wide and rows:
            both = Table.grid(padding=(0, 2, 0, 0), expand=True)
            both.add_column(ratio=5)
            both.add_column(ratio=6)
            both.add_row(text, Group(*rows))
            console.print(both)
        else:
            console.print(text)
            for row in rows:
                console.print(row)


def _heading(article: Article, proposals: Sequence[Proposal]) -> str:
    of = ", ".join(filter(None, (article.publisher, str(article.published or ""), article.language.name)))
    return f"{article.file} ({of}): {found(proposals) if proposals else 'nothing proposed'}"


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of a text begin and end."""
    begins: dict[int, tuple[int, int]] = {}
    for sentence in article.sentences:
        first, _ = begins.get(sentence.paragraph, (sentence.start, 0))
        begins[sentence.paragraph] = (first, sentence.end)
    yield from begins.values()


def _marked(whole: str, start: int, end: int, here: Sequence[tuple[int, Proposal]]) -> Text:
    """Return a paragraph in which the words that carry a row stand in brackets with the number of the row."""
    text, at = Text(), start
    style = "" if here else REST
    spans: dict[tuple[int, int], list[int]] = {}
    for number, one in here:
        spans.setdefault(one.marked, []).append(number)
    for (first, last), numbers in sorted(spans.items()):
        if first < at:
            # Within what is marked already: its number is enough.
            text.append(f"[{', '.join(map(str, numbers))}]", style=MARK)
            continue
        text.append(whole[at:first], style=style)
        text.append(f"[{', '.join(map(str, numbers))}: {whole[first:last]}]", style=MARK)
        at = last
    text.append(whole[at:end], style=style)
    return text


def _row(number: int, one: Proposal) -> Text:
    row = Text(f"{number}  {summary(one)}  [{one.confidence:.2f}]", style=ROW)
    for look in one.check:
        row.append(f"\n     look: {look}", style=LOOK)
    return row
