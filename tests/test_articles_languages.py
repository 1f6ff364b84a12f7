"""A language is a table: the three that are read have every word in theirs, and a fourth one needs nothing else."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tiau.readers import articles
from tiau.readers.articles.language import FOLDER, languages

LUMI = Path(__file__).parent / "known_languages" / "lumi.toml"
TEXT = (
    "Drukat eki 2021-03-20\n\n"
    "Supra tria milo dua cento lumoil fugis sel Vorna versu Kelmar ekde 3 triaro, dikis vo urbestro ta Kelmar, "
    "Ana Dor.\n\n"
    "Cirka 450 domoil transis vo limo eki venio. Nur. 5 olo pe zi.\n\n"
    "Vo inundo trafis eki Vorna hieri. Vo prezanto klosis vo limo hieri.\n"
)
PAGE = (
    "<!doctype html><html><body><article><h1>Vo limo</h1>"
    "<p>Supra tria milo dua cento lumoil fugis sel Vorna versu Kelmar ekde 3 triaro, vo urbestro ta Kelmar dikis "
    "pe zi.</p>"
    "<p>Abonir vo klubo nau</p><p>Vo keksil mur olo pe zi ta vo na eki sel uno vo na vo ta pe.</p>"
    "<p>Cirka 450 domoil transis vo limo eki venio na vo inundo trafis eki vo urbo Vorna, olo pe zi na mur.</p>"
    "</article></body></html>"
)
READ = """
import dataclasses, json, sys
from pathlib import Path
from tiau.readers.articles import language
language.FOLDER = Path(sys.argv[1])
from tiau.readers.articles.pages import read_article
from tiau.readers.articles.persons import masked
from tiau.readers.articles.reading import propose
article = read_article(sys.argv[2])
rows = [{**one.cells, "table": one.table} for one in propose(article)]
whole = Path(sys.argv[2]).read_text(encoding="utf-8")
names = [masked(text, article.language) for text in sys.argv[3:]]
print(json.dumps({"language": article.language.name, "published": str(article.published), "rows": rows,
                  "sentences": [one.text for one in article.sentences], "text": article.text, "masked": names}))
"""


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Read a text where the folder of tables holds one more: in a process of its own, as tables are read once."""
    folder = tmp_path_factory.mktemp("languages")
    for table in (*FOLDER.glob("*.toml"), LUMI):
        shutil.copy(table, folder)

    def read_one(text, name="a.txt", names=()):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", READ, str(folder), str(path), *names], check=False, timeout=120,
                              capture_output=True, text=True, encoding="utf-8")  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return read_one


@pytest.fixture(scope="module")
def lumi(read):
    return read(TEXT, names=("Vo prezanto Ana Dor dikis.", "Vo klubo prezanto Ana Dor dikis.", "Senyor Ana Dor fugis."))


def rows(found, table):
    return [row for row in found["rows"] if row["table"] == table]


def test_a_table_more_is_a_language_more(lumi):
    assert lumi["language"] == "Lumi"
    assert lumi["published"] == "2021-03-20"


def test_its_figures_are_read_with_places_days_and_who_said_it(lumi):
    figures = {row["value"]: row for row in rows(lumi, "reports")}
    assert set(figures) == {"3200", "450"}
    assert {
        "bound": "at_least", "unit": "persons", "place": "Kelmar", "origin": "Vorna", "as_of": "2021-03-03/2021-03-20",
    }.items() <= figures["3200"].items()  # fmt: skip
    assert "urbestro" in figures["3200"]["said_by"]
    assert {
        "bound": "about", "unit": "households", "quantity": "crossed_in_period", "as_of": "2021-03-19",
    }.items() <= figures["450"].items()  # fmt: skip


def test_its_acts_and_events_are_read(lumi):
    (act,), (event,) = rows(lumi, "acts"), rows(lumi, "events")
    assert (act["effect"], act["as_of"]) == ("close", "2021-03-19")
    assert (event["kind"], event["place"], event["as_of"]) == ("flood", "Vorna", "2021-03-19")


def test_its_abbreviations_end_no_sentence(lumi):
    assert any(sentence.startswith("Nur. 5 olo") for sentence in lumi["sentences"])


def test_its_officials_keep_their_names_and_those_of_clubs_do_not(lumi):
    official, of_a_club, private = lumi["masked"]
    assert "Ana Dor" in official
    assert "Ana Dor" not in of_a_club
    assert "Ana Dor" not in private


def test_what_its_papers_print_around_a_story_is_left_out(read):
    text = read(PAGE, "page.html")["text"]
    assert "Supra tria milo" in text
    assert "Cirka 450" in text
    assert "keksil" not in text
    assert "Abonir" not in text


def test_the_others_are_read_as_before(read):
    found = read("More than 300 people fled to Delta on 3 March 2021, the mayor of Delta said on Friday.")
    assert found["language"] == "English"
    assert [row["value"] for row in rows(found, "reports")] == ["300"]


@pytest.mark.parametrize("language", [one.code for one in languages()])
def test_no_table_names_a_word_of_rules_that_it_lacks(language):
    table = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    words = table["told"].get("words", {})
    used = set(re.findall(r"@(\w+)", json.dumps(table)))
    assert used <= set(words)


# Words that no program text has for anything else: with one of them in a pattern, a language is in the code.
TELLING = re.compile(
    r"(?<![\w-])(?:the|and|said|people|who|were|from|with|while|los|las|una|que|dijo|personas|familias|les|dans|avec|"
    r"personnes|selon|pour)(?![\w-])"
)
IN_PATTERNS = re.compile(r"\(\?|\\[swWZb]")
# Names of elements and classes of pages, which are English everywhere, and names of persons, where a word too many
# hides a name rather than showing one.
ELSEWHERE = {"markup.py", "opening.py", "persons.py", "officials.py", "page_facts.py"}


def patterns(path):
    """Yield the texts of a file that are written like patterns, without the names of their groups."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_PATTERNS.search(node.value):
            yield re.sub(r"\?P<\w+>", "", node.value)


@pytest.mark.parametrize(
    "path", [path for path in sorted(Path(articles.__file__).parent.glob("*.py")) if path.name not in ELSEWHERE],
    ids=lambda path: path.name,
)  # fmt: skip
def test_no_word_of_a_language_stands_in_the_patterns_of_the_code(path):
    assert [text for text in patterns(path) if TELLING.search(text)] == []
