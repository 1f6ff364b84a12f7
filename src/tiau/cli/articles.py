"""`tiau read`: what news texts say, proposed as rows of a scenario's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.text import Text

from tiau.cli.console import console, err, print_plain, whole_in
from tiau.cli.ending import WRONG_INPUT
from tiau.cli.options import GivenPath, IsoDay, OnlyOn
from tiau.cli.reading import in_a_shell, read_aloud, say
from tiau.cli.steps import steps_shown
from tiau.faults import InputError, number_of, some_of, wrong_argument
from tiau.progress import counted

if TYPE_CHECKING:
    from tiau.readers.articles.article import Article
    from tiau.readers.articles.proposals import Proposal

NOUNS = {"reports": "figure", "acts": "act", "events": "event"}


def read(
    files: Annotated[list[str], Parameter(negative="")],
    *,
    scenario: str | None = None,
    published: IsoDay | None = None,
    publisher: str = "",
    out: GivenPath = Path("proposals.csv"),
    texts: GivenPath | None = None,
    quiet: OnlyOn = False,
) -> None:
    """Read news texts, and propose rows for figures, acts and events, each with the words that carry it.

    You decide: open the table that is written, write yes into the column accept of the rows that are right, correct
    cells, and add them with `tiau accept`. Rules alone read the text, no model: of each row the columns why and check
    say by which rule it was read, and what to look at.

    Parameters
    ----------
    files
        Texts or saved pages (html), or - for the standard input.
    scenario
        A scenario folder or packaged scenario: its places are known, misspelt ones are repaired, and figures that it
        has already are told.
    published
        Day on which the texts were published, YYYY-MM-DD: "Friday" and "last week" count from it. Without it the day
        that the text or page gives.
    publisher
        Who published them, such as Reuters; without it who is named in the text or page.
    out
        Where the proposed rows are written.
    texts
        A folder for the texts as they were read of pages: start and end of a row count their characters.
    quiet
        Print counts alone, and no text.
    """
    from tiau.readers.articles.pages import read_articles
    from tiau.readers.articles.proposal_table import write_proposals
    from tiau.readers.articles.reading import propose

    _keep_marks(out)
    loaded = read_aloud(scenario) if scenario is not None else None
    articles, faults = read_articles(files, published=published, publisher=publisher)
    if not articles:
        raise InputError(faults)
    found = []
    with steps_shown(err) as steps, steps("reading", counted("text")) as progress:
        for number, article in enumerate(articles, 1):
            found.append(propose(article, loaded))
            progress(number, len(articles))
    proposals = [one for of_article in found for one in of_article]
    write_proposals(out, proposals)
    if texts is not None:
        _write_texts(articles, texts)
    with whole_in(out):
        if not quiet:
            from tiau.presentation.proposals_terminal import show_article

            for article, of_article in zip(articles, found, strict=True):
                show_article(article, of_article, console())
        _conclude(articles, proposals, out)
    if faults:
        say(faults)
        err.print(Text(f"{len(articles)} of {len(articles) + len(faults)} texts were read"))
        raise SystemExit(WRONG_INPUT)


def _keep_marks(out: Path) -> None:
    """Refuse to write over proposals that somebody has gone through."""
    from tiau.readers.articles.proposal_table import read_proposals

    if not out.is_file():
        return
    try:
        marked = sum(bool(row.cells.get("accept")) for row in read_proposals(out))
    except InputError:
        raise wrong_argument("out", "is another file, no proposals", "name another one", out) from None
    if marked:
        remedy = f"add them first: tiau accept {in_a_shell(out)} --into FOLDER; or name another file"
        raise wrong_argument("out", f"holds {number_of(marked, 'row')} that you marked", remedy, out)


def _write_texts(articles: Sequence[Article], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for article in articles:
            name = Path(article.file).name
            path = folder / (name if name.endswith(".txt") else f"{name}.txt")
            path.write_text(article.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise wrong_argument("texts", f"cannot be written ({error.strerror})", "name another folder", folder) from None


def _conclude(articles: Sequence[Article], proposals: Sequence[Proposal], out: Path) -> None:
    """Print how much was found, what is missing, and what comes next."""
    counts: Counter[str] = Counter(one.table for one in proposals)
    print_plain("")
    for article in articles:
        for note in article.notes:
            print_plain(f"{article.file}: {note}")
    if without := [article.file for article in articles if article.published is None]:
        names = some_of(without, 3)
        print_plain(f"the day of publication of {names} is not known, so days are missing: give --published YYYY-MM-DD")
    told = ", ".join(number_of(counts[table], one) for table, one in NOUNS.items() if counts[table]) or "nothing"
    print_plain(f"{number_of(len(articles), 'text')}: {told} proposed, in {out}")
    if proposals:
        print_plain(
            "next: open it, write yes into accept of each row that is right, correct cells, fill in what is missing; "
            f"then tiau accept {in_a_shell(out)} --into FOLDER"
        )
