"""Folders that are odd as a whole: links, pipes, huge files, tables that cannot be read, answers that fit a screen."""

import os

import pytest

from folders import PLACES, REPORTS_HEADER, TABLES, added, changed, write_folder
from test_faults import DEPARTURES, event, faults_of, report
from tiau.faults import Fault, InputError, Suggestions, listing
from tiau.loading import examine, load
from tiau.readers import native
from tiau.scenario import library


def test_ways_and_crossings_that_are_gone_are_told_without_every_place_behind_them(tmp_path):
    folder = write_folder(tmp_path, routes=TABLES["routes"].splitlines()[0] + "\n", acts=TABLES["acts"].splitlines()[0])
    (fault,) = faults_of(folder)
    assert (fault.file, fault.problem, fault.level) == ("routes.csv", "has no rows", "warning")
    assert load(folder).routes == ()


def test_misprint_of_the_report_of_2021_is_repaired(tmp_path):
    native.copy(library.folder("mizoram-2021"), tmp_path / "mine")
    path = tmp_path / "mine" / "acts.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",register,Mizoram,", ",register,Mirozam,", 1), encoding="utf-8", newline="")
    (fault,) = faults_of(tmp_path / "mine")
    row = next(n for n, line in enumerate(text.splitlines(), 1) if ",register,Mizoram," in line)
    assert (fault.file, fault.row, fault.column, fault.cell) == ("acts.csv", row, "places", "Mirozam")
    assert fault.remedy == 'did you mean "Mizoram"?'


@pytest.mark.parametrize("table", ["reports", "events", "acts", "areas", "departures"])
def test_file_with_a_header_alone_is_fine(tmp_path, table):
    header = DEPARTURES if table == "departures" else TABLES[table].splitlines()[0] + "\n"
    expected = ["no events"] if table == "events" else []
    found = faults_of(write_folder(tmp_path, **{table: header}))
    assert [(fault.kind, fault.level) for fault in found] == [(kind, "warning") for kind in expected]


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path):
    text = TABLES["events"] + '\n"E2",2021-02-02,2021-02-04,Alpha,clash,5,2021-02-05,,,no,"a\nb\r\nc"\n,,,,,,,,,,\n'
    text += event("Betta") + "\n" + event().replace("clash,5", "clash,x").replace("E9", "E8") + "\n"
    said = faults_of(write_folder(tmp_path, events=text))
    assert [(fault.row, fault.cell) for fault in said] == [(6, "Betta"), (7, "x")]


def test_rows_keep_their_numbers_but_are_equal_wherever_they_stand(tmp_path):
    one = load(write_folder(tmp_path / "one"))
    other = load(write_folder(tmp_path / "other", places=PLACES.replace("Beta,,", "\nBeta,,")))
    assert [place.number for place in one.places] == [2, 3, 4, 5, 6]
    assert [place.number for place in other.places] == [2, 4, 5, 6, 7]
    assert one == other
    assert hash(one.places[1]) == hash(other.places[1])
    assert one.digest() == other.digest()
    assert "number" not in one.places[0].model_dump()


def test_line_ends_of_an_old_mac_make_no_difference(tmp_path):
    plain = load(write_folder(tmp_path / "plain"))
    odd = {name: text.replace("\n", "\r") for name, text in TABLES.items() if name != "scenario"}
    assert load(write_folder(tmp_path / "odd", **odd)) == plain


def test_file_that_cannot_be_read_stops_only_the_checks_that_need_it(tmp_path):
    folder = write_folder(
        tmp_path,
        groups=TABLES["groups"].encode("utf-16"),
        routes=changed("routes", "Beta,Gamma", "Beta,Gamna"),
        events=changed("events", "Alpha", "Alhpa"),
        acts=changed("acts", "River bridge,", "River bridge,polise"),
        reports=added("reports", report(known="2021-02-01")),
    )
    scenario, said = examine(folder)
    assert scenario is None
    assert [(f.file, f.row, f.column) for f in said if f.level == "fault"] == [
        ("routes.csv", 3, "to"), ("groups.csv", None, ""), ("events.csv", 2, "place"), ("reports.csv", 8, "as_of"),
    ]  # fmt: skip
    (left_out,) = [fault for fault in said if fault.level == "warning"]
    assert left_out.file == "groups.csv"
    assert "could not be read in full, so checks were left out: unknown homes" in left_out.problem
    assert left_out.remedy == "correct it, then check again"


def test_row_with_a_fault_still_gives_its_name_to_other_tables(tmp_path):
    folder = write_folder(
        tmp_path, places=changed("places", "camp", "kamp"), routes=added("routes", "Epsilon,Zeta,1,foot,")
    )
    assert [(fault.file, fault.column) for fault in faults_of(folder)] == [("places.csv", "kind"), ("routes.csv", "")]


def test_file_whose_name_is_nearly_right_is_told(tmp_path):
    folder = write_folder(tmp_path)
    (folder / "departure.csv").write_text(DEPARTURES, encoding="utf-8")
    (folder / "SOURCES.md").write_text("# Sources", encoding="utf-8")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.level, fault.remedy) == ("departure.csv", "warning", 'did you mean "departures.csv"?')


def test_folder_of_something_else_is_told_in_one_line(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="is not a scenario folder") as caught:
        load(tmp_path)
    assert len(caught.value.faults) == 1
    with pytest.raises(InputError, match="is blank"):
        load("")


def links_work(folder):
    try:
        (folder / "try").symlink_to(folder)
    except OSError:  # pragma: no cover
        return False
    (folder / "try").unlink()
    return True


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("../secret.csv", "is a link to something outside the folder"),
        ("/etc/passwd", "is a link to something outside the folder"),
        ("nothing.csv", "is a link to a file that does not exist"),
        ("events.csv", "is a link to a file that does not exist"),
    ],
)
def test_link_is_followed_inside_the_folder_only(tmp_path, target, problem):
    if not links_work(tmp_path):
        pytest.skip("links cannot be made here")
    folder = write_folder(tmp_path / "small", events=None)
    (tmp_path / "secret.csv").write_text(TABLES["events"], encoding="utf-8")
    (folder / "events.csv").symlink_to(target)
    fault = faults_of(folder)[0]
    assert (fault.file, fault.problem) == ("events.csv", problem)
    assert "in place of" in fault.remedy


def test_link_inside_the_folder_is_fine(tmp_path):
    if not links_work(tmp_path):
        pytest.skip("links cannot be made here")
    folder = write_folder(tmp_path / "small", events=None)
    (folder / "old.csv").write_text(TABLES["events"], encoding="utf-8")
    (folder / "events.csv").symlink_to("old.csv")
    (tmp_path / "link").symlink_to(folder)
    assert load(tmp_path / "link") == load(write_folder(tmp_path / "plain"))


def test_copy_leaves_links_out_of_the_folder_behind(tmp_path):
    if not links_work(tmp_path):
        pytest.skip("links cannot be made here")
    folder = write_folder(tmp_path / "small")
    for name, target in (("zero.csv", "/dev/zero"), ("up", ".."), ("copy.csv", "places.csv")):
        (folder / name).symlink_to(target)
    native.copy(folder, tmp_path / "copied")
    names = {path.name for path in folder.iterdir()} - {"zero.csv", "up"}
    assert {path.name for path in (tmp_path / "copied").iterdir()} == names
    assert not any(path.is_symlink() for path in (tmp_path / "copied").iterdir())


def test_each_file_has_a_turn_before_one_has_many():
    said = [Fault("a.csv", "x" * 400, "y", row) for row in range(50)] + [Fault("b.csv", "is wrong", "z", 3)]
    text = listing(said)
    assert "b.csv row 3: is wrong" in text
    assert 10 < text.count("a.csv") < 20
    assert text.endswith(f"and {51 - text.count('csv')} more")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_pipe_is_not_waited_for(tmp_path):
    folder = write_folder(tmp_path, events=None)
    os.mkfifo(folder / "events.csv")
    fault = faults_of(folder)[0]
    assert (fault.file, fault.problem) == ("events.csv", "cannot be read (it is a pipe or a device)")


@pytest.mark.parametrize("name", ["scenario.toml", "places.csv"])
def test_folder_in_place_of_a_file_is_told(tmp_path, name):
    folder = write_folder(tmp_path)
    (folder / name).unlink()
    (folder / name).mkdir()
    (fault,) = [fault for fault in faults_of(folder) if fault.level == "fault"]
    assert (fault.file, fault.problem) == (name, "cannot be read (it is a folder)")


def test_folder_or_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    folder = write_folder(tmp_path)

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.open", refuse)
        said = [fault for fault in faults_of(folder) if fault.level == "fault"]
    assert {fault.problem for fault in said} == {"cannot be read (Permission denied)"}
    assert len(said) == 8
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.iterdir", refuse)
        with pytest.raises(InputError, match=r"cannot be opened \(Permission denied\)"):
            load(folder)
    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.is_dir", refuse)
        with pytest.raises(InputError, match=r"cannot be opened \(Permission denied\)"):
            load(folder)
    with pytest.raises(InputError, match=r"cannot be opened|is neither a folder"):
        load("x" * 5000)


def test_file_of_two_hundred_megabytes_is_not_read(tmp_path):
    folder = write_folder(tmp_path)
    with (folder / "reports.csv").open("ab") as stream:
        stream.truncate(200_000_000)
    fault = next(fault for fault in faults_of(folder) if fault.file == "reports.csv")
    assert fault.problem == "is larger than 32 MB"


def test_hundred_thousand_faults_are_bounded_and_said(tmp_path):
    text = TABLES["events"] + "".join(f"E{i},2021-02-02,never,Alpha,clash,5,2021-02-05,,,no,\n" for i in range(100_000))
    said = faults_of(write_folder(tmp_path, events=text))
    assert len(said) == 20_002
    assert "has more than 20,000 faults: the rest was not read" in [fault.problem for fault in said]
    text = listing(said)
    assert len(text) <= 6000
    assert text.endswith("more")


def test_any_answer_fits_a_screen_and_says_how_to_see_the_rest(tmp_path, here):
    rows = [
        REPORTS_HEADER,
        *(report(f"R{i}", place=f"Nowhere {i}", known=f"2021-03-{i % 28 + 1:02d}") + "\n" for i in range(300)),
    ]
    events = [event(f"Somewhere {'far ' * 9}{i}").replace("E9", f"E{i}") for i in range(100, 400)]
    folder = write_folder(tmp_path / "warned", reports="".join(rows))
    done = here("check", folder)
    assert (done.returncode, len(done.stdout) <= 6000, "--all" in done.stdout) == (0, True, True)
    folder = write_folder(tmp_path / "bad", reports="".join(rows), events=added("events", *events))
    done = here("check", folder)
    assert (done.returncode, len(done.stdout) <= 6000, "--all" in done.stdout) == (2, True, True)
    done = here("check", folder, "--all")
    assert (done.returncode, done.stdout.count("fault: events.csv")) == (2, 300)
    done = here("run", folder)
    assert (done.returncode, done.stdout, len(done.stderr) <= 6000, "--all" in done.stderr) == (2, "", True, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "warned"]


def test_text_of_a_fault_is_one_line_that_can_be_printed():
    fault = Fault("a.csv", "is wrong", "mend it", 2, "b", "one\ntwo\x1b[31m\udcff\u202e" + "x" * 100)
    assert str(fault).startswith('a.csv row 2 column b: "one two\ufffd[31m\ufffd\ufffdxxx')
    assert str(fault).endswith('xxx..." is wrong; mend it')
    assert str(fault).isprintable()
    assert len(fault.cell) == 41


def test_suggestions_are_found_among_many_names_and_the_work_is_bounded():
    names = [f"Village {i}" for i in range(5000)] + ["Mizoram"]
    suggest = Suggestions(names, "look it up")
    assert suggest("Mirozam") == 'did you mean "Mizoram"?'
    assert suggest("qqqqqq") == "look it up"
    said = [suggest(f"Vilage {i}") for i in range(2000)]
    assert said[0].startswith("did you mean")
    assert said[-1] == "look it up"
