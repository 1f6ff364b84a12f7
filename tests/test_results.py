import csv
import datetime as dt
import hashlib
import json
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import toys
from folders import PLACES, TABLES, changed, write_folder
from tiau.engine.members import draw
from tiau.evaluation.assessment import assess
from tiau.faults import InputError
from tiau.loading import load
from tiau.presentation.report.page import Told, page
from tiau.results import folder as folders
from tiau.results.disclosure import nearest
from tiau.results.fit_table import COLUMNS as FIT_COLUMNS
from tiau.results.saving import save
from tiau.results.variables import AREA_QUANTITIES, PLACE_QUANTITIES, QUANTILES
from tiau.simulation import simulate

MEMBERS = 12
FILES = [
    "README.txt",
    "areas.csv",
    "fit.csv",
    "needs.csv",
    "places.csv",
    "provenance.json",
    "report.html",
    "result.nc",
    "scenario.zip",
]


def report_of(result):
    return partial(page, Told(assess(result)))


def plain_page(provenance):
    return "<html>"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def everything_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def result():
    scenario = load("mizoram-2021").until(dt.date(2021, 3, 31))
    return simulate(scenario, members=MEMBERS, seed=1)


@pytest.fixture(scope="session")
def written(result, tmp_path_factory):
    out = tmp_path_factory.mktemp("results") / "deep" / "mizoram"
    save(result, out, report=report_of(result), command="tiau run mizoram-2021")
    return out


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return simulate(load(write_folder(tmp_path_factory.mktemp("small"))), members=3, seed=1, jobs=1)


@pytest.fixture
def earlier(small, tmp_path):
    """A whole result to be changed or replaced."""
    save(small, tmp_path / "out", report=plain_page)
    return tmp_path / "out"


def test_folder_holds_the_files_of_the_contract_and_nothing_else(written):
    assert sorted(path.name for path in written.iterdir()) == FILES
    assert [path.name for path in written.parent.iterdir()] == ["mizoram"]


def test_provenance_names_every_other_file_with_its_size_and_hash(written):
    files = json.loads((written / "provenance.json").read_text(encoding="utf-8"))["files"]
    assert sorted([*files, "provenance.json"]) == FILES
    for name, description in files.items():
        content = (written / name).read_bytes()
        assert description == {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_provenance_says_what_was_run_and_with_what(result, written):
    found = json.loads((written / "provenance.json").read_text(encoding="utf-8"))
    assert (found["members"], found["seed"], found["chance"]) == (MEMBERS, 1, True)
    assert found["scenario"] == {
        "name": "mizoram-2021",
        "start": "2021-02-01",
        "end": "2021-03-31",
        "sha256": result.network.scenario.digest(),
        "posterior": {
            "known_until": "2021-12-31", "figures": 110, "members": 200, "seed": 1,
            "sha256": result.network.scenario.posterior.digest(),
        },
    }  # fmt: skip
    assert found["command"] == "tiau run mizoram-2021"
    assert found["parameters"]["distance_decay"] == 0.005
    assert found["environment"]["numpy"] == np.__version__
    assert dt.datetime.fromisoformat(found["made"]).tzinfo is not None


def test_whole_result_is_a_result(written, earlier):
    assert folders.is_result(written)
    assert folders.is_result(earlier)


@pytest.mark.parametrize("name", [name for name in FILES if name != "provenance.json"])
def test_changed_or_missing_file_makes_it_no_result(earlier, name):
    content = (earlier / name).read_bytes()
    (earlier / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert not folders.is_result(earlier)
    (earlier / name).write_bytes(content)
    assert folders.is_result(earlier)
    (earlier / name).unlink()
    assert not folders.is_result(earlier)


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"files": {}}', '{"files": {"fit.csv": 3}}', "\xff"])
def test_folder_without_a_readable_provenance_is_no_result(earlier, text):
    path = earlier / "provenance.json"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="latin-1")
    assert not folders.is_result(earlier)
    assert not folders.is_result(earlier / "nowhere")


def test_fit_has_a_row_a_report_in_order(result, written):
    rows = rows_of(written / "fit.csv")
    assert tuple(rows[0]) == FIT_COLUMNS
    assert FIT_COLUMNS[:13] == (
        "report", "place", "group", "quantity", "as_of", "value", "bound", "p05", "p50", "p95", "suppressed",
        "log_likelihood", "status",
    )  # fmt: skip
    reports = result.network.scenario.reports
    assert [row["report"] for row in rows] == [report.report for report in reports]
    assert [row["as_of"] for row in rows] == [str(report.as_of) for report in reports]
    assert [row["said_by"] for row in rows] == [report.said_by for report in reports]


def test_fit_has_numbers_where_placed_and_a_reason_elsewhere(written):
    rows = rows_of(written / "fit.csv")
    assert {row["status"] for row in rows} <= {"placed", "not placed", "not modelled", "not scored"}
    numbers = ("p05", "p50", "p95")
    placed = [row for row in rows if row["status"] == "placed"]
    assert 0 < len(placed) < len(rows)
    for row in rows:
        assert bool(row["reason"]) == (row["status"] != "placed")
        assert bool(row["log_likelihood"]) == (row["status"] == "placed")
        assert row["suppressed"] == "; ".join(name for name in numbers if row in placed and not row[name])
        assert row in placed or not any(row[name] for name in numbers)
    for row in placed:
        shown = [int(row[name]) for name in numbers if row[name]]
        assert shown == sorted(shown)
        assert not any(number % 10 for number in shown)
        assert np.isfinite(float(row["log_likelihood"]))


def test_netcdf_opens_with_units_and_labels(result, written):
    with xr.open_dataset(written / "result.nc", engine="h5netcdf") as data:
        people = [name for name in data.data_vars if not str(name).startswith("parameter_")]
        assert set(PLACE_QUANTITIES) | {f"area_{name}" for name in AREA_QUANTITIES} <= set(people)
        assert {"flow", "on_the_way", "crossing_entries", "report_truth", "report_figure"} <= set(people)
        for name in people:
            assert data[name].attrs["units"] == "persons"
            assert data[name].attrs["long_name"]
        assert data["present"].dims == ("quantile", "day", "group", "place")
        assert data["quantile"].values.tolist() == list(QUANTILES)
        assert str(data["day"].values[-1])[:10] == "2021-03-31"
        assert data["place"].values.tolist() == list(result.network.place_names)
        assert data.sizes["member"] == MEMBERS
        assert data.attrs["scenario"] == "mizoram-2021"
        assert data["present"].attrs["rounded_to"] == 10
        assert np.array_equal(data["present"].values, nearest(result.places["present"], 10))
        mizoram = data["area_present"].sel(area="Mizoram").values
        assert np.array_equal(mizoram, nearest(result.area("Mizoram"), 10))


def test_quantiles_rise_and_cumulative_figures_never_fall(result):
    for name, values in result.places.items():
        assert (np.diff(values, axis=0) >= 0).all()
        if name.endswith("_cumulative"):
            assert (np.diff(values[len(QUANTILES) // 2], axis=0) >= 0).all()
    assert (np.diff(result.areas["arrived_cumulative"], axis=1) >= 0).all()
    assert (np.diff(result.crossings, axis=1) >= 0).all()
    assert result.area("Mizoram")[-1].min() > 0


def test_areas_hold_their_parts(result):
    parts = sorted({place.admin2 for place in result.network.scenario.places if place.admin1 == "Mizoram"})
    together = sum(result.area(name) for name in parts)
    assert len(parts) > 5
    assert np.array_equal(together, result.area("mizoram"))


def test_entries_by_class_sum_to_entries_and_agree_with_reports_of_a_class(result):
    assert result.risk_classes == ("civilians", "police and officials")
    assert np.array_equal(result.entries_by_class.sum(0), result.area("Mizoram", "arrived_cumulative"))
    row = next(row for row, entry in enumerate(result.placements) if entry.report.report == "R009")
    day = result.network.day_index(dt.date(2021, 3, 5))
    assert np.array_equal(result.entries_by_class[1, day], result.truth[row])


def test_without_a_series_entries_by_class_are_over_all_crossings(tmp_path):
    head, _, rest = TABLES["scenario"].partition("[series]")
    text = head + "[rules]" + rest.partition("[rules]")[2]
    found = simulate(load(write_folder(tmp_path, scenario=text)), members=3, jobs=1)
    assert found.crossings[:, -1].any()
    assert np.array_equal(found.entries_by_class.sum(0), found.crossings.sum(0))


def test_reports_on_a_stock_show_what_the_area_shows(result):
    for row, entry in enumerate(result.placements):
        report = entry.report
        if entry.status == "placed" and (report.quantity, report.group) == ("present", "all"):
            shown = result.area(report.place)[entry.first : entry.last + 1].mean(0)
            assert result.truth[row] == pytest.approx(shown)
            break
    else:
        pytest.fail("no placed report of people present")


def test_area_that_is_not_kept_is_named_with_those_that_are(result):
    with pytest.raises(InputError, match='name: "Omega" has no present kept; choose from Myanmar, '):
        result.area("Omega")
    with pytest.raises(InputError, match='did you mean "Champhai district"'):
        result.area("Champai district")
    with pytest.raises(InputError, match='quantity: "presents" is no quantity of areas; did you mean "present"'):
        result.area("Mizoram", "presents")


def test_members_that_were_run_can_be_changed_and_run_again_by_the_same_kernels():
    toy = toys.line(base=toys.LIVELY)
    drawn = draw(toy, members=2, seed=1)
    first = simulate(toy, members=drawn)
    drawn.parameters["crowd_power"][:] = 0.5
    assert simulate(toy, members=drawn).parameters["crowd_power"].tolist() == [0.5, 0.5]
    assert all(column.flags.writeable for column in drawn.parameters.values())
    assert not first.parameters["crowd_power"].flags.writeable


def test_a_result_cannot_be_changed(result):
    for values in (result.flow, result.places["present"], result.area("Mizoram"), result.parameters["news_days"]):
        with pytest.raises(ValueError, match="read-only"):
            values[:] = 0


def test_result_shows_itself(result):
    text = repr(result)
    assert "mizoram-2021: 2021-02-01 to 2021-03-31, 12 members, seed 1" in text
    assert "xarray" in result._repr_html_()


def test_report_is_one_file_that_needs_no_network(result, written):
    html = (written / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)\b", html)
    assert not re.search(r"""(src|href)=["']https?:""", html)
    assert "@import" not in html
    assert "<svg" in html
    assert "not for deterrence, interdiction or decisions about" in html
    for report in result.network.scenario.reports:
        assert re.search(rf"<th[^>]*>{re.escape(report.report)}</th>", html)


def test_report_escapes_what_tables_say(tmp_path):
    names = {
        table: TABLES[table].replace("Epsilon", "<b>Eps</b>") for table in ("places", "groups", "routes", "reports")
    }
    title = changed("scenario", '"Two countries and a river"', '"<script>1</script>"')
    scenario = load(write_folder(tmp_path, scenario=title, **names)).until(dt.date(2021, 2, 12))
    run = simulate(scenario, members=2, seed=1)
    save(run, tmp_path / "out", report=report_of(run))
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<b>Eps" not in html
    assert "&lt;script&gt;" in html


def test_earlier_result_is_replaced_whole(small, earlier):
    before = everything_in(earlier)
    save(small, earlier, report=lambda provenance: "<html>again")
    assert (earlier / "report.html").read_text(encoding="utf-8") == "<html>again"
    assert before["fit.csv"] == (earlier / "fit.csv").read_bytes()
    assert folders.is_result(earlier)
    assert [path.name for path in earlier.parent.iterdir()] == ["out"]


def test_empty_folder_is_filled(small, tmp_path):
    (tmp_path / "empty").mkdir()
    save(small, tmp_path / "empty", report=plain_page)
    assert folders.is_result(tmp_path / "empty")


@pytest.mark.parametrize(
    "what", ["folder with a letter", "file", "link to a result", "provenance of something else", "result with a letter"]
)
def test_anything_else_is_refused_and_left_as_it_was(small, earlier, tmp_path, what):
    target = tmp_path / "mine"
    if what == "file":
        target.write_text("dear", encoding="utf-8")
    elif what == "folder with a letter":
        target.mkdir()
        (target / "letter.txt").write_text("dear", encoding="utf-8")
    elif what == "provenance of something else":
        target.mkdir()
        (target / "provenance.json").write_text('{"files": {}}', encoding="utf-8")
        (target / "letter.txt").write_text("dear", encoding="utf-8")
    elif what == "result with a letter":
        save(small, target, report=plain_page)
        (target / "letter.txt").write_text("dear", encoding="utf-8")
    else:
        target.symlink_to(earlier, target_is_directory=True)
    before = everything_in(tmp_path)
    with pytest.raises(InputError, match="out: "):
        save(small, target, report=plain_page)
    assert everything_in(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_result_that_was_changed_is_refused(small, earlier):
    (earlier / "fit.csv").write_text("my own notes", encoding="utf-8")
    before = everything_in(earlier)
    with pytest.raises(InputError, match="out: "):
        save(small, earlier, report=plain_page)
    assert everything_in(earlier) == before


@pytest.mark.parametrize("failure", [RuntimeError, OSError, KeyboardInterrupt])
def test_failure_while_writing_leaves_the_earlier_result(small, earlier, failure):
    def fail(provenance):
        raise failure

    before = everything_in(earlier)
    with pytest.raises(failure):
        save(small, earlier, report=fail)
    assert everything_in(earlier) == before
    assert folders.is_result(earlier)
    assert [path.name for path in earlier.parent.iterdir()] == ["out"]


def test_failure_while_renaming_puts_the_earlier_result_back(small, earlier, monkeypatch):
    before = everything_in(earlier)
    rename = Path.rename

    def fail_for_the_new(path, target):
        if "-earlier" not in path.name and Path(target) == earlier:
            raise OSError
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_for_the_new)
    with pytest.raises(OSError):  # noqa: PT011
        save(small, earlier, report=plain_page)
    assert everything_in(earlier) == before
    assert [path.name for path in earlier.parent.iterdir()] == ["out"]


def test_failure_of_a_first_writing_leaves_nothing(small, tmp_path):
    def fail(provenance):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save(small, tmp_path / "out", report=fail)
    assert list(tmp_path.iterdir()) == []


def test_same_seed_gives_the_same_numbers_on_any_number_of_threads(tmp_path, small):
    scenario = load(write_folder(tmp_path))
    again = simulate(scenario, members=3, seed=1, jobs=3)
    assert np.array_equal(again.truth, small.truth, equal_nan=True)
    assert np.array_equal(again.figures, small.figures, equal_nan=True)
    assert all(np.array_equal(again.places[name], small.places[name]) for name in small.places)
    other = simulate(scenario, members=3, seed=2, jobs=3)
    assert not np.array_equal(other.truth, small.truth, equal_nan=True)


def test_without_chance_there_is_one_member_and_figures_are_the_truth(tmp_path):
    scenario = load(write_folder(tmp_path)).until(dt.date(2021, 2, 12))
    one = simulate(scenario, members=9, seed=1, chance=False)
    assert one.members == 1
    assert np.array_equal(one.figures, one.truth, equal_nan=True)
    assert one.truth[0, 0] > 0


@pytest.mark.parametrize("members", [0, -1])
def test_number_of_members_must_be_positive(tmp_path, members):
    with pytest.raises(ValueError, match="members must be a whole number from 1 to 1,000,000"):
        simulate(load(write_folder(tmp_path)), members=members, seed=1)


def test_progress_ends_with_all_days_done(tmp_path):
    calls = []
    scenario = load(write_folder(tmp_path)).until(dt.date(2021, 2, 12))
    simulate(scenario, members=1, seed=1, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (12, 12)
    assert calls == sorted(calls)


def test_scenario_without_events_reports_or_ways_abroad_runs_and_is_written(tmp_path):
    bare = {table: TABLES[table].splitlines()[0] + "\n" for table in ("routes", "acts", "events", "reports")}
    settings = TABLES["scenario"].partition("[series]")[0]
    quiet = simulate(load(write_folder(tmp_path / "in", scenario=settings, **bare)), members=2, seed=1)
    save(quiet, tmp_path / "out", report=report_of(quiet))
    assert folders.is_result(tmp_path / "out")
    assert rows_of(tmp_path / "out" / "fit.csv") == []
    assert rows_of(tmp_path / "out" / "areas.csv") == []
    assert len(PLACES.splitlines()) == 1 + len(quiet.network.place_names)
