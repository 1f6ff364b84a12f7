"""tiau compare: what-ifs by file or name, wrong use, and the example of the documentation."""

import re
from pathlib import Path

import pytest

from folders import write_folder
from tiau.faults import InputError
from tiau.results.folder import is_result
from tiau.what_ifs.comparison import compare

DOCS = Path(__file__).parent.parent / "docs" / "what-ifs.md"
CLOSED = 'title = "The bridge stays shut"\nwhy = "made up"\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 1\n'


def test_command_prints_writes_and_ends_with_zero(tmp_path, here):
    folder = write_folder(tmp_path / "small")
    (tmp_path / "shut.toml").write_text(CLOSED, encoding="utf-8")
    done = here("compare", folder, "--change", "shut.toml", "--until", "2021-03-05", "--members", "3")
    assert done.returncode == 0, done.stderr
    assert "shut: The bridge stays shut" in done.stdout
    assert "What if: The bridge stays shut?" in done.stdout
    assert str(Path("tiau-out") / "small-compare" / "compare.html") in done.stdout
    assert is_result(tmp_path / "tiau-out" / "small-compare")


def test_a_folder_is_enough_and_its_what_ifs_are_found_by_name(tmp_path):
    folder = write_folder(tmp_path / "small")
    (folder / "what-ifs").mkdir()
    (folder / "what-ifs" / "shut.toml").write_text(CLOSED, encoding="utf-8")
    done = compare(folder, "shut", members=1)
    assert done.outcomes[0].change.what_if.title == "The bridge stays shut"
    with pytest.raises(InputError, match=r'change: "shutt" .*did you mean "shut"'):
        compare(str(folder), "shutt", members=1)


def test_command_finds_what_ifs_in_the_scenario_s_folder_and_lists_them(tmp_path, here):
    folder = write_folder(tmp_path / "small")
    assert "has no what-ifs" in here("compare", folder, "--list").stdout
    (folder / "what-ifs").mkdir()
    (folder / "what-ifs" / "shut.toml").write_text(CLOSED, encoding="utf-8")
    assert here("compare", folder, "--list").stdout == "shut: The bridge stays shut\n"
    done = here("compare", folder, "--change", "shut", "--until", "2021-02-10", "--members", "1", "--out", "out")
    assert done.returncode == 0
    assert "warning: shut.toml key set[1].from" in done.stderr
    assert "nothing differs" in " ".join(done.stdout.split())


def test_command_lists_the_seven(here):
    done = here("compare", "mizoram-2021", "--list")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--change: is missing"),
        (["--change", "border-fence"], 'did you mean "border-fenced"?'),
        (["--change", "bad.toml"], 'bad.toml key set[1].id: "P999" is not an id of acts'),
        (["--change", "border-fenced", "--change", "border-fenced"], "given before"),
        (["--change", "border-fenced", "--members", "0"], "give a whole number from 1 to 1,000,000"),
        (["--change", "border-fenced", "--until", "2020-01-01"], "give a day from"),
        (["--change", "border-fenced", "--out", "mine"], "holds something that is not a result of Tiau"),
    ],
)
def test_wrong_usage_ends_with_two(tmp_path, here, arguments, said):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    (tmp_path / "bad.toml").write_text(CLOSED.replace("A1", "P999"), encoding="utf-8")
    done = here("compare", "mizoram-2021", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.toml", "mine"]


def test_example_of_the_documentation_runs_as_it_stands(tmp_path, here, capsys):
    text = DOCS.read_text(encoding="utf-8")
    batches = {
        kind: re.search(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1] for kind in ("toml", "python")
    }
    (tmp_path / "stricter.toml").write_text(batches["toml"], encoding="utf-8")
    done = here(
        "compare", "mizoram-2021", "--change", "stricter.toml", "--until", "2021-05-31", "--members", "2", "--prior"
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    assert "act X1 added" in done.stdout
    exec(compile(batches["python"], str(DOCS), "exec"), {"__name__": "docs"})
    assert len(capsys.readouterr().out.strip().splitlines()) >= 2
