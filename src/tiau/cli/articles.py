"""`tiau read`: what news texts say, proposed as rows of a scenario's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter
from rich.text import Text

from tiau.cli.answers import parted
from tiau.cli.console import console, err, print_plain, whole_in
from tiau.cli.ending import WRONG_INPUT
from tiau.cli.options import GivenPath, OnlyOn
from tiau.cli.reading import in_a_shell, read_aloud, say
from tiau.cli.steps import steps_shown
from tiau.faults import Fault, InputError, number_of, wrong_argument
from tiau.progress import counted
from tiau.scenario.vocabulary import parse_day

if TYPE_CHECKING:
    from tiau.readers.articles.article import Article
    from tiau.readers.articles.proposals import Proposal

T = TypeVar("T")
Answered = Annotated[list[str] | None, Parameter(negative="")]


def read(
    files: Annotated[list[str], Parameter(negative="", allow_leading_hyphen=True)],
    *,
    scenario: str | None = None,
    published: Answered = None,
    publisher: Answered = None,
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
        that the text or page gives. Written as FILE=DAY it holds for one file.
    publisher
        Who published them, such as Reuters; without it who is named in the text or page. FILE=NAME for one file.
    out
        Where the proposed rows are written.
    texts
        A folder for the texts as they were read of pages: start and end of a row count their characters.
    quiet
        Print counts alone, and no text.
    """
    from tiau.readers.articles.proposal_table import write_proposals
    from tiau.readers.articles.reading import propose

    _keep_marks(out)
    _require_files(files)
    days, publishers = _told(files, published, "published", parse_day), _told(files, publisher, "publisher", str)
    loaded = read_aloud(scenario) if scenario is not None else None
    articles, faults = _articles(files, days, publishers)
    if not articles:
        raise InputError(faults)
    if texts is not None:
        _keep_sources(files, articles, texts)
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
            from tiau.presentation.proposals_terminal import FIRST_ROW, show_article

            row = FIRST_ROW
            for article, of_article in zip(articles, found, strict=True):
                show_article(article, of_article, console(), row)
                row += len(of_article)
        _conclude(articles, proposals, out)
    if faults:
        say(faults)
        err.print(Text(f"{len(articles)} of {len(articles) + len(faults)} texts were read"))
        raise SystemExit(WRONG_INPUT)


def _require_files(files: Sequence[str]) -> None:
    """Refuse what looks like an option: a single hyphen alone is the standard input."""
    help_ = "tiau read --help says what can be given"
    if wrong := [file for file in files if file.startswith("-") and file != "-"]:
        raise InputError([Fault("tiau read", "is not an option", help_, cell=file) for file in wrong])
    once = "write --published, or --publisher, before each FILE=ANSWER"
    if wrong := [file for file in files if "=" in file and file.partition("=")[0] in files]:
        raise InputError(
            [Fault("tiau read", "is the answer for a file, and no file", once, cell=file) for file in wrong]
        )
    if files.count("-") > 1:
        raise InputError([Fault("tiau read", "is given twice: there is one standard input", "give it once", cell="-")])


def _names(files: Sequence[str]) -> list[str]:
    from tiau.building.importing import names_of

    return names_of([Path(file) for file in files])


def _told(
    files: Sequence[str], texts: Sequence[str] | None, option: str, parse: Callable[[str], T]
) -> dict[str, T]:  # fmt: skip
    """Return what an option says of each file, by name; raise InputError with every answer that is none."""
    names = _names(files)
    of_all: dict[str, T] = {}
    of_one: dict[str, T] = {}
    faults = []
    for text in texts or ():
        file, answer = parted(text, names)
        try:
            value = parse(answer)
        except ValueError as error:
            problem = str(error).partition("; ")[0]
            faults.append(Fault(f"--{option}", problem, "write it as YYYY-MM-DD", cell=text))
            continue
        if file:
            of_one[file] = value
        else:
            of_all = dict.fromkeys(names, value)
    if faults:
        raise InputError(faults)
    return of_all | of_one


def _articles(
    files: Sequence[str], days: Mapping[str, dt.date], publishers: Mapping[str, str]
) -> tuple[list[Article], list[Fault]]:
    """Return the texts that can be read, and a fault for each other."""
    from tiau.readers.articles.pages import read_article

    articles: list[Article] = []
    faults: list[Fault] = []
    for file, name in zip(files, _names(files), strict=True):
        try:
            article = read_article(file, published=days.get(name), publisher=publishers.get(name, ""))
        except InputError as error:
            faults += error.faults
        else:
            articles.append(replace(article, file=article.file if file == "-" else name))
    return articles, faults


def _keep_marks(out: Path) -> None:
    """Refuse to write over proposals that somebody has gone through."""
    from tiau.readers.articles.proposal_table import read_proposals

    if not out.is_file():
        if out.exists() or out.is_symlink():
            raise wrong_argument("out", "is no file", "name a file, such as proposals.csv", out)
        return
    try:
        marked = sum(bool(row.cells.get("accept")) for row in read_proposals(out))
    except InputError:
        raise wrong_argument("out", "is another file, no proposals", "name another one", out) from None
    if marked:
        remedy = f"add them first: tiau accept {in_a_shell(out)} --into FOLDER; or name another file"
        raise wrong_argument("out", f"holds {number_of(marked, 'row')} that you marked", remedy, out)


def _text_file(article: Article, folder: Path) -> Path:
    name = article.file.replace("/", "-")
    return folder / (name if name.endswith(".txt") else f"{name}.txt")


def _keep_sources(files: Sequence[str], articles: Sequence[Article], folder: Path) -> None:
    """Refuse to write a text over a file that was read: it may be written in other letters."""
    sources = {Path(file).resolve() for file in files}
    if any(_text_file(article, folder).resolve() in sources for article in articles):
        raise wrong_argument("texts", "is where files stand that were read", "name another folder", folder)


def _write_texts(articles: Sequence[Article], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for article in articles:
            _text_file(article, folder).write_text(article.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise wrong_argument("texts", f"cannot be written ({error.strerror})", "name another folder", folder) from None


def _conclude(articles: Sequence[Article], proposals: Sequence[Proposal], out: Path) -> None:
    """Print how much was found, what is missing, and what comes next."""
    from tiau.presentation.words.proposals import found

    print_plain("")
    for article in articles:
        for note in article.notes:
            print_plain(f"{article.file}: {note}")
    if without := [article.file for article in articles if article.published is None]:
        are = "is" if len(without) == 1 else "are"
        day = f"{in_a_shell(without[0])}=YYYY-MM-DD, one for each" if len(articles) > 1 else "YYYY-MM-DD"
        names = ", ".join(without)
        print_plain(f"without a day of publication {are} {names}, so days are missing: give --published {day}")
    print_plain(f"{number_of(len(articles), 'text')}: {found(proposals)} proposed, in {out}")
    if proposals:
        print_plain(
            "next: open it, write yes into accept of each row that is right, correct cells, fill in what is missing; "
            f"then tiau accept {in_a_shell(out)} --into FOLDER"
        )
