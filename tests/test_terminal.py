"""Commands as somebody sees them: in terminals of any width, in pipes that close, on disks that are full."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from rich.text import Text

from flee_folders import write_files
from folders import REPORTS, SCENARIO, changed, with_kinds, write_folder
from tiau.cli import steps
from tiau.cli.console import Terminal, console
from tiau.evaluation.assessment import assess
from tiau.loading import load
from tiau.presentation.columns import Column, Columns
from tiau.presentation.terminal import show_run
from tiau.progress import PARTS
from tiau.results.folder import is_result
from tiau.simulation import simulate

if os.name == "nt":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

from terminals import environment, in_terminal, resize

SHORT = ("run", "mizoram-2021", "--until", "2021-03-05", "--members", "2", "--no-width-sources")
CUT = "\N{HORIZONTAL ELLIPSIS}"
BAR = "\N{BOX DRAWINGS HEAVY HORIZONTAL}"
WHAT_IF = 'title = "The bridge is shut"\nwhy = "a test"\n\n[[drop]]\ntable = "acts"\nid = "A1"\n'


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A small scenario, a small case of Flee's and a what-if; what is run on them is compiled."""
    cwd = tmp_path_factory.mktemp("terminal")
    write_folder(cwd / "small", reports=with_kinds(REPORTS))
    write_files(cwd / "case")
    (cwd / "shut.toml").write_text(WHAT_IF, encoding="utf-8")
    for arguments in (("run", "small", "--members", "2"), ("flee", "case")):
        assert piped(*arguments, cwd=cwd).returncode == 0
    return cwd


def piped(*arguments, cwd, **how):
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    changes = how.pop("changes", {})
    return subprocess.run([sys.executable, "-m", "tiau", *map(str, arguments)], cwd=cwd, check=False, timeout=240,
                          text=True, encoding="utf-8", env=environment(**changes), **how)  # fmt: skip


def sound(seen):
    assert "Traceback" not in seen.sent, seen.plain
    assert "Exception ignored" not in seen.sent
    assert "\x1b[?25l" not in seen.sent, "the cursor is hidden"
    return seen


COMMANDS = {
    "run": ("run", "small", "--members", "3", "--no-width-sources"),
    "run a case": ("run", "case"),
    "compare": ("compare", "small", "--change", "shut.toml", "--members", "3"),
    "flee": ("flee", "case", "--members", "3"),
    "destinations": ("flee", "case", "--model", "destinations"),
    "check": ("check", "small"),
    "acts": ("acts", "small", "--at", "River bridge", "--on", "2021-03-02"),
    "help": ("--help",),
    "help of a command": ("run", "--help"),
}
# Their lines are as long as they are, and the terminal continues them below.
LONG_LINES = ("check", "acts")


@pytest.mark.parametrize(
    ("command", "width"),
    [*((command, 40) for command in COMMANDS), ("run", 80), ("flee", 80), ("flee", 200)],
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


def said_of(done):
    """Return what a command said on its standard error, line by line, without progress: a slow machine gets some."""
    steps = "reading|preparing|simulating|three small|assessing|writing|drawing|comparing|copying|importing|checking"
    return [line for line in done.stderr.splitlines() if not re.match(rf"({steps})\b", line)]


def test_libraries_do_not_talk_in_between(folders, tmp_path):
    done = piped("run", "small", "--members", "2", "--out", tmp_path / "o", cwd=folders,
                 changes={"HOME": "/dev/null", "MPLCONFIGDIR": "/dev/null/x"})  # fmt: skip
    assert (done.returncode, said_of(done)) == (0, [])


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
    seen = sound(in_terminal("run", "mizoram-2021", "--members", "8", "--until", "2021-07-31", cwd=folders, width=100))
    assert seen.status == 0
    for step in ("preparing the engine", "simulating", "three small ensembles more", "writing", "drawing the report"):
        assert step in seen.plain
    days = [int(day) for day in re.findall(r"day (\d+) of 181", seen.plain)]
    assert len(set(days)) > 3
    assert not any(step in line for line in seen.lines for step in ("simulating ", "drawing"))


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

    arguments = ("run", "mizoram-2021", "--members", "10", "--until", "2021-05-31", "--no-width-sources", "--prior")
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


def closing_pipe(*arguments, cwd):
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return piped(*arguments, cwd=cwd, stdout=writing)
    finally:
        os.close(writing)


ALL = {
    **{name: COMMANDS[name] for name in ("run", "run a case", "compare", "flee", "check")},
    "list": ("compare", "mizoram-2021", "--list"),
    "version": ("--version",),
    "copy": ("copy", "small", "copied"),
    "import": ("import", "case", "--into", "imported"),
}
WITH_RESULT = ("run", "run a case", "compare")


def test_what_is_left_is_told_by_the_parts_after_the_first(monkeypatch):
    clock = iter((160.0, 160.0, 170.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    step = steps.Step("writing", PARTS, "getting ready")
    step(1, 9)
    assert step.clock == ""
    step(2, 9)
    assert step.clock == "1:10 left"


@pytest.mark.parametrize("command", ALL)
def test_a_closed_pipe_ends_every_command_as_if_all_had_been_read(folders, tmp_path, command):
    arguments = [tmp_path / name if name in ("copied", "imported") else name for name in ALL[command]]
    arguments += ["--out", tmp_path / "out"] if command in WITH_RESULT else []
    done = closing_pipe(*arguments, cwd=folders)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert is_result(tmp_path / "out") == (command in WITH_RESULT)
    if command in ("run", "compare"):
        assert said_of(done) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")  # noqa: PTH110
@pytest.mark.parametrize("command", [command for command in ALL if command != "run a case"])
def test_a_full_output_is_one_sentence(folders, tmp_path, command):
    arguments = [tmp_path / name if name in ("copied", "imported") else name for name in ALL[command]]
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = piped(*arguments, cwd=folders, stdout=full)
    assert done.returncode == 1
    told = ("put right", "warning", "--all shows them")
    said = [line for line in said_of(done) if not any(words in line for words in told)]
    assert len(said) == 1
    assert said[0].startswith("  failed: the output could not be written (No space left on device); ")
    if command in ("run", "compare", "copy", "import"):
        assert "the result is whole in " in said[0]


@pytest.mark.parametrize(
    ("command", "closed"),
    [("run", (1,)), ("run", (2,)), ("compare", (0, 1, 2)), ("flee", (1,)), ("check", (1, 2)), ("help", (1,))],
)
def test_standard_streams_that_are_closed_crash_nothing(folders, tmp_path, command, closed):
    script = " ".join(f"{number}>&-" for number in closed)
    writes = ("--out", str(tmp_path / "out")) if command in ("run", "compare") else ()
    arguments = ["sh", "-c", f'"$@" {script}', "sh", sys.executable, "-m", "tiau", *COMMANDS[command], *writes]
    done = subprocess.run(arguments, cwd=folders, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0
    assert said_of(done) == []
    assert is_result(tmp_path / "out") == bool(writes)


def test_check_keeps_its_answer_when_nobody_reads_it(tmp_path):
    write_folder(tmp_path / "bad", places=changed("places", "camp", "kamp"))
    assert closing_pipe("check", "bad", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        ("preparing the engine", signal.SIGINT),
        ("simulating", signal.SIGTERM),
        ("three small", signal.SIGINT),
        ("writing", signal.SIGHUP),
        ("drawing", signal.SIGINT),
    ],
)
def test_signals_stop_a_run_and_leave_nothing(folders, tmp_path, moment, number):
    def at(process, terminal, sent):
        if moment in sent:
            for _ in range(3):
                process.send_signal(number)
                time.sleep(0.02)
        return moment in sent

    # The last steps are over soon: of many days they take longer than a loaded machine sleeps, of few members too.
    late = moment in ("writing", "drawing")
    size = ("--members", "3", "--no-width-sources") if late else ("--members", "10", "--until", "2021-07-31")
    seen = sound(in_terminal("run", "mizoram-2021", *size, "--out", "new/out", cwd=tmp_path, at=at))
    if seen.status == 0 and moment in ("writing", "drawing"):
        assert is_result(tmp_path / "new" / "out")
        return
    assert seen.status == 128 + number
    assert seen.lines[-2:] == ["stopped; nothing half-written is left", ""]
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_does_not_wait_for_the_compiler(folders, tmp_path):
    begun = []

    def at(process, terminal, sent):
        if "compiling" in sent and not begun:
            time.sleep(2)
            begun.append(time.monotonic())
            process.send_signal(signal.SIGINT)
        return bool(begun)

    seen = sound(in_terminal(*SHORT, "--out", "out", cwd=tmp_path, at=at, NUMBA_CACHE_DIR=str(tmp_path / "cache")))
    assert seen.status == 128 + signal.SIGINT
    assert time.monotonic() - begun[0] < 5
    assert not (tmp_path / "out").exists()


def test_a_signal_that_is_to_be_ignored_is(folders, tmp_path):
    arguments = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", sys.executable, "-m", "tiau", *SHORT, "--out", "out"]
    process = subprocess.Popen(arguments, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    process.send_signal(signal.SIGHUP)
    assert process.wait(120) == 0
    assert is_result(tmp_path / "out")


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
