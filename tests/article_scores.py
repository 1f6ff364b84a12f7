"""How well the rows that are proposed of texts agree with those that they are known to give.

`python tests/article_scores.py [FILE.toml ...]` prints what came out, a line for each text, and the rates.
"""

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from article_texts import TEXTS, texts_of
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import language_of
from tiau.readers.articles.sentences import folded
from tiau.scenario.countries import country

CELLS = ("unit", "bound", "quantity", "place", "as_of", "origin", "said_by")
GENERIC = re.compile(
    r"\b(?:the|la|el|le|les|los|district|province|region|state|township|county|department|departamento|provincia|"
    r"departement|municipality|municipio|commune|camp|village|city|town|river|island|of|de|du)\b"
)


def figure(cells):
    """Return the figure of a proposal as (value, low, high), ends of a range alone where it is one."""
    value, low, high = (float(cells[key]) if cells.get(key) else None for key in ("value", "low", "high"))
    return (None, low, high) if cells.get("bound") == "range" else (value, None, None)


def gives(proposal, row):
    """Whether a proposal is of a row's figure, whatever it says of it."""
    return figure(proposal.cells) == (row.value, row.low, row.high)


def _name(text):
    if meant := country(text.strip()):
        return folded(meant.name)
    return " ".join(GENERIC.sub(" ", folded(text).replace("-", " ").replace("'", " ")).split())


def _same_place(cell, names):
    written = {_name(name) for name in names}
    return _name(cell) in written or bool(written & {_name(part) for part in cell.split(";")})


def _same_days(cell, row):
    if row.since:
        return cell.split("/")[-1] in {period.split("/")[-1] for period in row.as_of}
    return cell in row.as_of


def agree(proposal, row):
    """Return by column whether a proposal says what the row does; columns that the row leaves open are left out."""
    cells = proposal.cells
    right = {"unit": (cells.get("unit") or "persons") == row.unit}
    for column in ("bound", "quantity"):
        if getattr(row, column):
            right[column] = cells.get(column, "") in getattr(row, column)
    if row.place:
        right["place"] = _same_place(cells.get("place", ""), row.place)
    if row.as_of:
        right["as_of"] = _same_days(cells.get("as_of", ""), row)
    if row.origin:
        right["origin"] = _same_place(cells.get("origin", ""), row.origin)
    if row.said_by:
        right["said_by"] = any(folded(word) in folded(cells.get("said_by", "")) for word in row.said_by)
    return right


@dataclass(frozen=True)
class Score:
    """What came out for a text: of its main figure, and of each of its rows."""

    text: object
    proposals: list
    first: bool = False
    some: bool = False
    cells: dict = field(default_factory=dict)
    rows: tuple = ()

    @property
    def told(self):
        """What was proposed, in a line."""
        return "; ".join(_told(proposal.cells) for proposal in self.proposals) or "nothing"


def _told(cells):
    number = cells.get("value") or f"{cells.get('low')}-{cells.get('high')}"
    keys = ("bound", "unit", "quantity", "place", "as_of", "origin", "said_by")
    return f"{number} " + "|".join(cells.get(key, "") for key in keys)


def proposals_of(text, propose):
    """Return a text as it is read, and everything that is proposed of it: nothing where its language has no table."""
    article = Article(
        file=f"{text.name}.txt", text=text.text, language=language_of(folded(text.text)),
        published=text.published, publisher=text.publisher,
    )  # fmt: skip
    return article, propose(article, None) if article.language else []


def score(text, propose):
    """Set what is proposed of a text against what it gives."""
    _, everything = proposals_of(text, propose)
    reports = [proposal for proposal in everything if proposal.table == "reports"]
    found = [(row, next((one for one in reports if gives(one, row)), None)) for row in text.rows]
    main = [(row, one) for row, one in found if one is not None and row in text.main]
    return Score(
        text, reports,
        first=bool(reports) and any(gives(reports[0], row) for row in text.main),
        some=bool(main),
        cells=agree(main[0][1], main[0][0]) if main else {},
        rows=tuple((row, agree(one, row)) for row, one in found if one is not None),
    )  # fmt: skip


def rates(scores):
    """Return the rates by name as (right, of how many).

    Of the main figure, over texts that have one: `first`, `some`. Over those where it was proposed, by column: what was
    said of it. `households`: over all rows in households whose figure was proposed. `rows`: over all rows. `none`: over
    texts without figures, of which nothing should be proposed.
    """
    counted, right = Counter(), Counter()

    def count(name, good):
        counted[name] += 1
        right[name] += bool(good)

    for one in scores:
        if not one.text.rows:
            count("none", not one.proposals)
            continue
        count("first", one.first)
        count("some", one.some)
        for column, good in one.cells.items():
            count(column, good)
        for row, cells in one.rows:
            if row.unit == "households":
                count("households", cells["unit"])
        counted["rows"] += len(one.text.rows)
        right["rows"] += len(one.rows)
    return {name: (right[name], counted[name]) for name in counted}


def table(scores):
    """Return lines: a text each, what was wrong of it, then the rates by language and of all."""
    lines = []
    for one in scores:
        wrong = [column for column, good in one.cells.items() if not good]
        if one.text.rows:
            state = "first" if one.first else "some" if one.some else "MISSED"
        else:
            state = "MISSED" if one.proposals else "none"
        lines.append(f"{state:7}{one.text.name[:44]:46}{', '.join(wrong)}")
        if wrong or state in ("MISSED", "some"):
            lines.append(f"{'':7}  {one.told}")
    languages = sorted({one.text.language for one in scores})
    for name in [*languages, "all"] if len(languages) > 1 else ["all"]:
        chosen = [one for one in scores if name in ("all", one.text.language)]
        told = (f"{rate} {good}/{of} {good / of:.2f}" for rate, (good, of) in rates(chosen).items())
        lines.append(f"{name}, {len(chosen)} texts: " + ", ".join(told))
    return lines


def main(paths):
    """Print the scores of files of texts, or of those of the tests."""
    from tiau.readers.articles.reading import propose

    texts = [text for path in paths for text in texts_of(Path(path))] if paths else TEXTS
    sys.stdout.write("\n".join(table([score(text, propose) for text in texts])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
