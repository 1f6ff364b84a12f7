"""What-ifs of a page as files, kept in an own folder and nowhere else; reports and forecasts as a page gets them."""

import os
from types import SimpleNamespace

import pytest

import tiau
from explorer_asked import asked, never, said
from folders import write_folder
from tiau.explorer import folder
from tiau.explorer.exploration import Exploration
from tiau.what_ifs import editing
from tiau.what_ifs.files import load_changes

CONTENT = {
    "title": "The closure ends early", "why": "It is <b>assumed</b>.", "drop": [], "add": [], "scale": [],
    "set": [{"table": "acts", "id": ["A1"], "until": "2021-03-05", "enforcement": 0.25}],
    "parameter": [{"name": "news_days", "value": 4}],
}  # fmt: skip


def page(source):
    return Exploration(str(source), members=6, seed=1, horizon=0)


def writing(name="early end", content=None, *, into=True):
    return SimpleNamespace(what_if=SimpleNamespace(content=content or CONTENT), name=name, into=into)


def reading(text, file="mine.toml"):
    return SimpleNamespace(file=file, text=text)


@pytest.fixture
def small(tmp_path):
    return write_folder(tmp_path / "small")


def test_a_what_if_is_kept_in_the_folder_and_compare_finds_and_carries_it_out(small):
    explored = page(small)
    written = explored.write(writing())
    assert written["file"] == "early end.toml"
    assert (small / "what-ifs" / "early end.toml").read_text() == written["text"]
    assert [path.name for path in (small / "what-ifs").iterdir()] == ["early end.toml"]
    (changed,) = load_changes(["early end"], tiau.load(small), folder=small)
    assert len(changed.sentences) == 2
    back = explored.read(reading(written["text"], written["file"]))
    assert back["what_if"] == CONTENT
    assert back["sentences"] == list(changed.sentences)
    assert explored.refresh()
    assert [preset["name"] for preset in explored.opening()["presets"]] == ["early end"]


def test_a_cell_without_anything_is_written_blank(small):
    content = CONTENT | {"set": [{"table": "acts", "id": ["A1"], "until": None}]}
    assert 'until = ""' in page(small).write(writing(content=content, into=False))["text"]


def test_a_what_if_without_title_and_reason_reads_back_too(small):
    written = page(small).write(writing(content=CONTENT | {"title": "", "why": " "}, into=False))
    assert not (small / "what-ifs").exists()
    assert page(small).read(reading(written["text"]))["what_if"]["title"] == "early end"


@pytest.mark.parametrize("name", ["", "  ", "../out", "a/b", "a\\b", ".hidden", "..", "nul\0", "x" * 300, "a\nb"])
def test_a_name_that_leads_elsewhere_is_refused(small, tmp_path, name):
    with pytest.raises(tiau.InputError, match="name"):
        page(small).write(writing(name))
    assert {path.name for path in tmp_path.iterdir()} == {"small"}


def test_nothing_is_written_through_a_link_or_into_a_packaged_scenario(small, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (small / "what-ifs").symlink_to(outside, target_is_directory=True)
    with pytest.raises(tiau.InputError, match="leads out"):
        page(small).write(writing())
    (small / "what-ifs").unlink()
    (small / "what-ifs").mkdir()
    (small / "what-ifs" / "early end.toml").symlink_to(outside / "stolen.toml")
    with pytest.raises(tiau.InputError, match="leads out"):
        page(small).write(writing())
    assert list(outside.iterdir()) == []
    packaged = page("mizoram-2021")
    content = {"title": "t", "why": "w", "set": [{"table": "acts", "id": ["P21"], "enforcement": 1}]}
    with pytest.raises(tiau.InputError, match="tiau copy"):
        packaged.write(writing(content=content))
    assert packaged.write(writing(content=content, into=False))["file"] == "early end.toml"


def test_a_file_of_somebody_else_is_not_written_over_and_an_own_one_is(small):
    explored, kept = page(small), small / "what-ifs" / "early end.toml"
    first = explored.write(writing())["text"]
    second = explored.write(writing(content=CONTENT | {"why": "Another."}))["text"]
    assert kept.read_text() == second != first
    kept.write_text(f"# by hand\n{second}")
    for one in (explored, page(small)):
        with pytest.raises(tiau.InputError, match="is there already"):
            one.write(writing())
        assert kept.read_text() == f"# by hand\n{second}"
        assert one.write(writing(into=False))["text"] == first
    kept.write_text(first)
    assert page(small).write(writing())["text"] == first
    assert [path.name for path in kept.parent.iterdir()] == ["early end.toml"]


def test_faults_of_a_file_are_told_where_they_stand(small):
    explored = page(small)
    for text, column in (
        ("title = ", ""),
        ('title = "t"\nwhy = "w"\n[[set]]\ntable = "acts"\nid = "A7"\nenforcement = 1\n', "set[1].id"),
        ('why = "w"\n', "title"), ('title = "t"\nwhy = "w"\n[[drop]]\ntable = "places"\nid = "Delta"\n', ""),
    ):  # fmt: skip
        with pytest.raises(tiau.InputError) as told:
            explored.read(reading(text))
        assert told.value.faults[0].file == "mine.toml"
        assert told.value.faults[0].column == column
    with pytest.raises(tiau.InputError):
        explored.write(writing(content=CONTENT | {"drop": [{"table": "acts", "id": ["none"]}]}))


def test_a_report_tells_of_the_run_and_of_the_what_if(small):
    messages = list(page(small).report(asked(CONTENT, members=3), never))
    assert messages[-1].lstrip().lower().startswith("<!doctype html")
    assert "The closure ends early" in messages[-1]
    assert "<b>assumed</b>" not in messages[-1]
    assert {message["kind"] for message in messages[:-1]} == {"progress"}
    stopped = list(page(small).report(asked(CONTENT, members=3), lambda: True))
    assert stopped == []


def test_a_scenario_of_which_nothing_can_be_said_ahead_gives_its_faults(tmp_path):
    few = write_folder(tmp_path / "few", reports=None)
    (few / "reports.csv").write_text("report,known_on,as_of,place,group,quantity,value,bound\n")
    explored = page(few)
    assert explored.opening()["usable"]
    (fault,) = said(list(explored.forecast(never)), "faults")["faults"]
    assert fault["problem"] == "counts nobody"


def test_thousands_of_unknown_names_are_told_without_looking_for_the_nearest_of_each(small, monkeypatch):
    looked = []
    monkeypatch.setattr(editing, "nearest", lambda *_: looked.append(1) or "")
    names = "".join(f'"B{number}", ' for number in range(3_000))
    columns = "".join(f"c{number} = 1\n" for number in range(3_000))
    text = f'title = "t"\nwhy = "w"\n[[drop]]\ntable = "acts"\nid = [{names}]\n'
    with pytest.raises(tiau.InputError) as told:
        page(small).read(reading(f'{text}[[set]]\ntable = "acts"\nid = "A1"\n{columns}'))
    assert len(told.value.faults) == 6_000
    assert 0 < len(looked) <= 100


def test_rows_are_gone_through_once_however_many_names_a_change_has(small, monkeypatch):
    looked = []
    keys = editing.Editor._keys
    monkeypatch.setattr(editing.Editor, "_keys", lambda *given: looked.append(1) or keys(*given))
    names = ", ".join(['"Alpha"'] * 2_000)
    text = f'title = "t"\nwhy = "w"\n[[set]]\ntable = "places"\nid = [{names}]\nnote = "x"\n'
    assert page(small).read(reading(text))["sentences"]
    assert 0 < len(looked) <= 10


def test_a_part_of_the_folder_that_goes_away_meanwhile_is_not_seen(small, monkeypatch):
    (small / "drafts").mkdir()
    scandir = os.scandir

    def gone(path="."):
        if os.fspath(path).endswith("drafts"):
            raise FileNotFoundError(2, "No such file or directory", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", gone)
    assert "acts.csv" in {name for name, _, _ in folder.seen(str(small))}
