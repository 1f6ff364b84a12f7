"""A file of proposals as spreadsheets give it back: marks, encodings, days, numbers, and what is no such file."""

import csv
import shutil

import pytest

from accepted import FIGURE, became, faults, sheet, taken
from folder_tables import row
from folders import write_folder
from test_exports_grids import workbook
from tiau.building.accepting import prepare
from tiau.faults import InputError
from tiau.readers.articles.proposal_table import read_proposals, write_proposals
from tiau.readers.articles.proposals import COLUMNS, Proposal

PROPOSAL = Proposal(
    "reports", 3, 40, "Nearly 300 people are there.\nIt is \u00abcold\u00bb, they said.", (0, 9), 0.9,
    {"report": "N1", "place": "-Delta", "value": "300", "note": "=1+1", "low": "-5"}, ("a rule",), ("look",), "a.txt",
)  # fmt: skip


def test_what_is_written_is_read_and_nothing_of_it_is_a_formula(tmp_path):
    path = tmp_path / "proposals.csv"
    write_proposals(path, [PROPOSAL])
    with path.open(encoding="utf-8", newline="") as stream:
        header, cells = csv.reader(stream)
    assert tuple(header) == COLUMNS
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell not in ("", "-5")]
    (found,) = read_proposals(path)
    assert found.number == 2
    assert {**PROPOSAL.cells, "quote": PROPOSAL.quote, "start": "3", "why": "a rule"}.items() <= found.cells.items()
    assert [path.name for path in tmp_path.iterdir()] == ["proposals.csv"]


@pytest.mark.parametrize(
    "how", [{"delimiter": ";", "encoding": "utf-8-sig", "lineterminator": "\r\n"},
            {"delimiter": "\t", "encoding": "utf-16"},
            {"encoding": "cp1252", "delimiter": ";", "quoting": csv.QUOTE_ALL}],
)  # fmt: skip
def test_a_file_that_a_spreadsheet_saved_reads_the_same(mine, how):
    missing = ("low", "high", "part", "unit", "confidence")
    columns = ("my own", *(name for name in reversed(COLUMNS) if name not in missing))
    path = sheet(mine.parent / "p.csv", FIGURE | {"quote": "300 r\u00e9fugi\u00e9s"}, columns=columns, **how)
    prepare(path, mine).write()
    assert row(mine, "reports", "N1")["note"] == '"300 r\u00e9fugi\u00e9s"'


def test_a_workbook_reads_the_same(mine):
    texts = [COLUMNS, [FIGURE.get(name, "") for name in COLUMNS]]
    written = [[f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in line] for line in texts]
    cells = "".join(f"<row>{''.join(line)}</row>" for line in written)
    plan = prepare(workbook(mine.parent / "p.xlsx", cells), mine)
    assert became(plan) == {2: "added"}
    assert (plan.lines[0].sheet, plan.rows[2].url) == ("S", "https://example.org/a")


def test_days_that_a_spreadsheet_wrote_its_own_way_are_read_where_their_order_is_told(mine):
    own = FIGURE | {"known_on": "13/03/2021", "published": "12/03/2021", "as_of": "11/03/2021"}
    taken(mine, own)
    found = row(mine, "reports", "N1")
    assert (found["known_on"], found["published"], found["as_of"]) == ("2021-03-13", "2021-03-12", "2021-03-11")
    shutil.rmtree(mine)
    write_folder(mine)
    assert ("proposals.csv", 2, "as_of") in faults(mine, FIGURE | {"as_of": "11/03/2021"})


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "report,known_on\nR1,2021-03-01\n", "words of a text\n"])
def test_what_is_no_file_of_proposals_is_told(mine, text):
    path = mine.parent / "p.csv"
    path.write_text(text)
    with pytest.raises(InputError, match="is no file of proposals; give the file that tiau read writes"):
        prepare(path, mine)


@pytest.mark.parametrize("column", ["value", "low", "high"])
def test_a_figure_that_may_be_of_thousands_is_a_fault_and_not_read_as_one(mine, column):
    cells = {"value": "", "low": "1", "high": "9000", "bound": "range"} if column != "value" else {}
    assert ("proposals.csv", 2, column) in faults(mine, FIGURE | cells | {column: "1.000"})


def test_apostrophes_by_which_a_spreadsheet_keeps_days_and_numbers_as_text_are_no_part_of_them(mine):
    taken(mine, FIGURE | {"as_of": "'2021-03-11", "value": "'300", "known_on": "'2021-03-12"})
    found = row(mine, "reports", "N1")
    assert (found["as_of"], found["value"], found["known_on"]) == ("2021-03-11", "300", "2021-03-12")
