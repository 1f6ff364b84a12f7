"""Commands as somebody sees them: in terminals of any width, and in pipes."""

import datetime as dt
import os
import re
import signal
import sys
import time

import pytest
from rich.text import Text

from flee_folders import write_files
from folders import SCENARIO, write_folder
from tiau.cli import steps
from tiau.cli.console import Terminal, console
from tiau.evaluation.assessment import assess
from tiau.loading import load
from tiau.presentation.columns import Column, Columns
from tiau.presentation.terminal import show_run
from tiau.progress import PARTS
from tiau.simulation import simulate

if os.name == "nt":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminals import COMMANDS, in_terminal, piped, resize, sound

CUT = "\N{HORIZONTAL ELLIPSIS}"
BAR = "\N{BOX DRAWINGS HEAVY HORIZONTAL}"


# Their lines are as long as they are, and the terminal continues them below.
LONG_LINES = ("check", "acts")


@pytest.mark.parametrize(
    ("command", "width"),
    [*((command, 40) for command in COMMANDS), ("flee", 80), ("flee", 200)],
)
def test_commands_end_well_in_a_terminal_and_nothing_is_cut(folders, command, width):
    seen = sound(in_terminal(*COMMANDS[command], cwd=folders, width=width))
    assert seen.status == 0
    assert CUT not in seen.plain
    laid_out = [line for line in seen.lines if not line.startswith("  tiau-out")]
    if command not in LONG_LINES:
        assert max(map(len, laid_out)) <= width, laid_out


@pytest.fixture(scope="module")
def short_run():
    scenario = load("mizoram-2021").until(dt.date(2021, 3, 5))
    return simulate(scenario, members=2)


@pytest.mark.parametrize("width", [40, 60])
def test_sentences_break_between_words_in_a_terminal_and_nowhere_in_a_pipe(folders, width):
    said = piped("check", "none", cwd=folders).stderr
    assert said.count("\n") == 1
    seen = sound(in_terminal("check", "none", cwd=folders, width=width))
    assert " ".join(" ".join(seen.lines).split()) == " ".join(said.split())
    assert max(map(len, seen.lines)) <= width
    assert all(line.startswith("    ") for line in seen.lines[1:] if line)


def test_a_path_that_is_longer_than_the_terminal_stays_whole(folders, tmp_path):
    path = tmp_path / ("x" * 50)
    assert f" {path}\n" in in_terminal("copy", "small", path, cwd=folders, width=40).plain


def test_warnings_of_a_case_are_not_cut(folders, tmp_path):
    write_files(tmp_path / "case")
    layout = tmp_path / "case" / "source_data" / "data_layout.csv"
    name = "Bossobolo of the long name beyond the river"
    layout.write_text(layout.read_text() + f"{name},{name}.csv\n")
    (layout.parent / f"{name}.csv").write_text("2020-01-01,7\n")
    said = piped("flee", "case", cwd=tmp_path).stderr
    assert name[:40] in said
    assert "or leave the row out\n" in said


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_dates_quantities_and_figures_are_whole_at_any_width(short_run, capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    show_run(assess(short_run), console())
    said = capsys.readouterr().out.splitlines()
    words = {word for line in said for word in line.split()}
    for whole in ("2021-03-03", "crossed_in_period", "arrived_cumulative", "R001", "reported", "p05", "p50", "p95"):
        assert whole in words, said


@pytest.mark.parametrize(
    ("changes", "bar", "colour"),
    [
        ({}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"COLUMNS": "\N{SUPERSCRIPT TWO}", "LINES": "-3"}, True, True),
    ],
)
def test_a_bar_moves_in_terminals_that_can_draw_it(folders, tmp_path, changes, bar, colour):
    # Long enough on any machine: a step that is over at once shows no bar.
    seen = sound(in_terminal("flee", "case", "--members", "8000", cwd=folders, width=100, **changes))
    assert seen.status == 0
    # Where no bar can be drawn, a slow machine is told in lines what is done.
    assert (BAR in seen.sent) == bar
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]m", seen.sent)) == colour
    if not bar:
        assert "\x1b" not in seen.sent


def test_the_bar_says_what_is_done(folders):
    seen = sound(in_terminal("run", "small", "--members", "3000", cwd=folders, width=80))
    assert seen.status == 0
    for step in ("preparing the engine", "simulating", "three small ensembles more", "writing", "drawing the report"):
        assert step in seen.plain
    days = [int(day) for day in re.findall(r"day (\d+) of 59", seen.plain)]
    assert len(set(days)) > 3
    assert not any(step in line for line in seen.lines for step in ("simulating ", "drawing"))
    assert max(len(line) for line in seen.lines if not line.startswith("  tiau-out")) <= 80


def test_a_terminal_that_changes_its_width_on_the_way_is_no_trouble(folders):
    widths = iter((30, 200, 45, 120, 50))

    def at(process, terminal, sent):
        if "simulating" not in sent:
            return False
        width = next(widths, None)
        if width is not None:
            resize(terminal, width)
            process.send_signal(signal.SIGWINCH)
        return width is None

    arguments = ("run", "small", "--members", "2000", "--no-width-sources")
    seen = sound(in_terminal(*arguments, cwd=folders, width=80, at=at))
    assert seen.status == 0
    # The last width counts for the tables.
    assert max(len(line) for line in seen.lines if not line.startswith("  tiau-out")) <= 50


def test_what_force_color_asks_for_in_a_pipe_is_colours_and_no_bar(folders):
    done = piped(*COMMANDS["flee"], cwd=folders, changes={"FORCE_COLOR": "1"})
    assert done.returncode == 0
    assert "\x1b[" in done.stdout
    assert "\x1b[2K" not in done.stderr


@pytest.mark.parametrize(
    ("columns", "widest"), [("60", 60), ("110", 110), (None, 110), ("0", 110), ("many", 110), ("9" * 30, 1000)]
)
def test_output_without_a_terminal_is_as_wide_as_columns_says(capsys, monkeypatch, columns, widest):
    monkeypatch.setenv("LINES", "1")
    monkeypatch.setenv("COLUMNS", columns or "")
    if columns is None:
        monkeypatch.delenv("COLUMNS")
    console().print(Text("word " * 1000))
    lines = capsys.readouterr().out.splitlines()
    assert widest - 5 <= max(len(line.rstrip()) for line in lines) <= widest


def test_piped_tables_are_plain_and_have_no_blanks_at_the_end(folders):
    done = piped(*COMMANDS["flee"], cwd=folders, changes={"COLUMNS": "70", "LINES": "2"})
    assert done.returncode == 0
    assert "\x1b" not in done.stdout + done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 70
    assert not [line for line in done.stdout.splitlines() if line.endswith("  ")]


def test_without_a_terminal_a_line_now_and_then_says_what_is_done(capsys, monkeypatch):
    monkeypatch.setattr(steps, "EVERY", 0.05)
    with steps.steps_shown(Terminal("stderr")) as step, step("writing", first="getting ready") as progress:
        time.sleep(0.2)
        progress(3, 7)
        time.sleep(0.2)
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "getting ready"
    assert said[-1] == "writing, part 3 of 7"


def test_a_step_that_is_over_at_once_is_drawn_all_the_same(monkeypatch, capsys):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(steps, "UNSEEN", -1.0)
    monkeypatch.setattr(steps, "REFRESHES", 0.001)
    terminal = Terminal("stderr")
    assert terminal.draws
    with steps.steps_shown(terminal) as step:
        for name in ("reading", "writing"):
            with step(name):
                pass
    said = capsys.readouterr().err
    assert "reading" in said
    assert "writing" in said


def test_what_is_left_is_told_by_the_parts_after_the_first(monkeypatch):
    clock = iter((160.0, 160.0, 170.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    step = steps.Step("writing", PARTS, "getting ready")
    step(1, 9)
    assert step.clock == ""
    step(2, 9)
    assert step.clock == "1:10 left"


def test_wide_letters_are_lined_up_and_control_characters_stay_out(tmp_path):
    table = Columns([Column("camp", least=8), Column("people", right=True)])
    table.add("\u5317\u4eac\u5e02", "12")
    table.add("Old\x1b[2Jcamp\u202e", "3,000")
    screen = console()
    with screen.capture() as caught:
        screen.print(table)
    lines = caught.get().splitlines()
    assert lines[1].endswith("12")
    assert lines[1].index("12") + len("12") + 3 == len(lines[0])
    assert "\x1b" not in caught.get()
    assert "\u202e" not in caught.get()
    assert "3,000" in lines[2]


@pytest.mark.parametrize("width", range(20, 50))
def test_columns_fit_with_the_gaps_between_them(width):
    screen = console()
    table = Columns([Column(name, right=True) for name in ("reported", "p05", "p50", "p95")])
    table.add("12,345", "10,000", "12,000", "15,000")
    # As the table lays them out: a console would fold lines that are too long.
    lines = [line.plain for line in table.__rich_console__(screen, screen.options.update(width=width))]
    assert max(map(len, lines)) <= width
    assert lines[-1].endswith("15,000")


@pytest.mark.filterwarnings("ignore:Cyclopts application invoked without tokens")
def test_a_title_in_disguise_commands_no_terminal(here, tmp_path):
    title = SCENARIO.replace("Two countries", "Two :sun: [bold]countries[/bold]")
    write_folder(tmp_path / "small", scenario=title)
    done = here("run", "small", "--members", "1", "--no-width-sources")
    assert done.stdout.startswith("Two :sun: [bold]countries[/bold] and a river")
