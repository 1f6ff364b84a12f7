"""Paths on the command line: whatever they are, an answer in one sentence, and nothing is lost or left."""

import errno
import json
import os
import shlex
import shutil
import socket
from pathlib import Path

import pytest

from flee_folders import write_files
from folders import write_folder
from tiau.readers import native
from tiau.results import seal

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="pipes, links and devices of this kind are not on Windows"),
]
LONG = "n" * 300
SHORT = ("--members", 1, "--until", "2021-02-04", "--no-width-sources")


def refused(done, *words):
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    # The small folder leaves out which kinds of sources speak, which is said before.
    assert len([line for line in done.stderr.splitlines() if "source_kind" not in line]) == 1
    assert len(done.stderr) < 600
    for word in words:
        assert word in done.stderr


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A small folder that counts as a result."""
    folder = tmp_path_factory.mktemp("sealed") / "out"
    folder.mkdir()
    (folder / "fit.csv").write_text("report\n")
    (folder / "inputs").mkdir()
    (folder / "inputs" / "places.csv").write_text("place\n")
    seal.seal(folder, {})
    return folder


def provenance(text):
    return lambda folder: (folder / seal.PROVENANCE).write_text(text)


def in_place_of(name, make):
    def change(folder):
        (folder / name).unlink()
        make(folder / name)

    return change


def bound(path):
    one = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        one.bind(path.name)
    finally:
        os.chdir(here)
        one.close()


def moved_away(name):
    def move(folder):
        shutil.move(folder / name, folder.parent / name)
        (folder / name).symlink_to(folder.parent / name)

    return move


DAMAGED = {
    "pipe beside": lambda folder: os.mkfifo(folder / "pipe"),
    "pipe for a table": in_place_of("fit.csv", os.mkfifo),
    "pipe for the provenance": in_place_of(seal.PROVENANCE, os.mkfifo),
    "device for a table": in_place_of("fit.csv", lambda path: path.symlink_to("/dev/zero")),
    "device named in it": provenance(json.dumps({"files": {"/dev/zero": {"size": 0, "sha256": ""}}})),
    "file elsewhere named in it": provenance(json.dumps({"files": {"../x": {"size": 0, "sha256": ""}}})),
    "brackets without end": provenance("[" * 200_000),
    "cut short": provenance('{"files": {"fit.csv": {"size": 1'),
    "no mapping": provenance('{"files": ["fit.csv"]}'),
    "number for a file": provenance('{"files": {"fit.csv": 3}}'),
    "socket beside": lambda folder: bound(folder / "socket"),
    "folder beside": lambda folder: (folder / "more").mkdir(),
    "link in a circle": lambda folder: (folder / "more").symlink_to("more"),
    "file beside in a folder of it": lambda folder: (folder / "inputs" / "letter.txt").write_text("dear"),
    "pipe in a folder of it": in_place_of("inputs/places.csv", os.mkfifo),
    "folder of it moved and linked": moved_away("inputs"),
    "scenario beside": lambda folder: shutil.copytree(write_folder(folder.parent / "own"), folder, dirs_exist_ok=True),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGED)
def test_earlier_result_that_is_not_whole_is_refused_at_once_and_kept(here, tmp_path, sealed, damage):
    folder = write_folder(tmp_path / "small")
    shutil.copytree(sealed, tmp_path / "o")
    DAMAGED[damage](tmp_path / "o")
    before = sorted(path.name for path in (tmp_path / "o").iterdir())
    refused(here("run", folder, *SHORT, "--out", "o"), "--out: ", "name a new folder")
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == before


def test_target_inside_a_result_is_refused_as_that_could_not_be_replaced_any_more(here, tmp_path):
    folder = write_folder(tmp_path / "small")
    assert here("run", folder, *SHORT, "--out", "o").returncode == 0
    for target in ("o/inside", "o/deep/inside", "o/../o/inside"):
        refused(here("run", folder, *SHORT, "--out", target), "lies inside the result ", "name a new folder")
    assert here("run", folder, *SHORT, "--out", "o").returncode == 0


@pytest.mark.parametrize("arguments", [("copy", "small", "~/new"), ("flee", "case", "--out=~/new"),
                                       ("run", "small", *SHORT, "--out=~/new")], ids=str)  # fmt: skip
def test_the_home_folder_is_meant_where_no_shell_says_so(here, tmp_path, monkeypatch, arguments):
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    write_folder(tmp_path / "small")
    write_files(tmp_path / "case")
    assert here(*arguments).returncode == 0
    assert (tmp_path / "home" / "new").exists()
    assert not (tmp_path / "~").exists()


def test_only_who_may_not_write_is_told_of_programs_that_have_files_open(here, tmp_path, odd):
    for target in (LONG, "file/deep"):
        assert "programs" not in here("run", write_folder(tmp_path / "small"), "--out", target).stderr


@pytest.mark.parametrize("folder", ["my scenario", "it's"])
def test_commands_in_messages_can_be_pasted(here, tmp_path, folder):
    done = here("copy", write_folder(tmp_path / "small"), folder)
    assert shlex.split(done.stdout.partition("then: ")[2]) == ["tiau", "check", folder]
    assert f"tiau compare {shlex.quote(folder)} --list" in here("compare", folder).stderr


@pytest.fixture
def odd(tmp_path):
    """Things that have a name and are no folder."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "nowhere").symlink_to("nothing")
    (tmp_path / "file").write_text("dear")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter").write_text("dear")


TARGETS = ["/", "pipe", "circle", "circle/deep", "nowhere/deep", "file", "file/deep", "full", LONG, f"{LONG}/deep",
           "/dev/null", "/dev/null/deep", "/proc/deep"]  # fmt: skip


NO_FOLDERS = ["", "/", "pipe", "circle", "file/deep", LONG, "/dev/zero", "full"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("command", ["run", "compare", "copy", "import", "flee"])
def test_target_that_cannot_be_is_refused_before_anything_is_done(here, tmp_path, odd, command, target):
    small, case = write_folder(tmp_path / "small"), write_files(tmp_path / "case")
    (small / "what-ifs").mkdir()
    (small / "what-ifs" / "w.toml").write_text('title = "t"\nwhy = "w"\n[[drop]]\ntable = "acts"\nid = "A1"\n')
    before = sorted(tmp_path.iterdir())
    arguments = {
        "run": ("run", small, *SHORT, "--out", target),
        "compare": ("compare", small, "--change", "w", "--members", 1, "--out", target),
        "copy": ("copy", small, target),
        "import": ("import", case, "--into", target),
        "flee": ("flee", case, "--out", target),
    }[command]
    refused(here(*arguments), "--out: " if "--out" in arguments else "FOLDER: ")
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "source", ["", "/", "pipe", "circle", "circle/deep", "file", "file/deep", LONG, "/dev/zero", "full"]
)
@pytest.mark.parametrize("command", ["run", "check", "flee", "compare", "copy", "acts"])
def test_scenario_that_is_none_is_refused(here, odd, command, source):
    more = {"copy": ("new",), "acts": ("--at", "x", "--on", "2021-01-01")}.get(command, ())
    refused(here(command, source, *more), ": ")


@pytest.mark.parametrize("source", NO_FOLDERS)
def test_what_if_or_rules_that_are_no_file_are_refused(here, tmp_path, odd, source):
    refused(here("compare", "mizoram-2021", "--change", source), "--change: ")
    refused(here("flee", write_files(tmp_path / "case"), "--rules", source), "--rules: ")


def test_list_of_what_ifs_shows_the_others_and_says_what_is_wrong_with_each(here, tmp_path):
    folder = write_folder(tmp_path / "small")
    what_ifs = folder / "what-ifs"
    what_ifs.mkdir()
    sound = 'title = "A wall"\nwhy = "w"\n'
    files = {"wall.toml": sound, "cut.toml": "title = ", "deep.toml": "x=" + "[" * 9000,
             "dots.toml": "a." * 20_000 + "a=1", "huge.toml": "x=" + "9" * 9000,
             "hex.toml": f"{sound}x=0x{'f' * 9000}", "twice.toml": sound + sound,
             "escape.toml": 'title = "\\u001b[2J"\nwhy = "w"\n', "a\x1b.toml": sound}  # fmt: skip
    for name, text in files.items():
        (what_ifs / name).write_text(text)
    (what_ifs / "latin.toml").write_bytes(b'title = "caf\xe9"\nwhy = "w"\n')
    os.mkfifo(what_ifs / "pipe.toml")
    (what_ifs / "folder.toml").mkdir()
    done = here("compare", folder, "--list")
    assert done.returncode == 2
    assert done.stdout == "wall: A wall\n"
    assert done.stderr.count("  fault: ") == 11
    assert done.stderr.replace("\n", "").isprintable()


def test_copy_into_its_own_source_is_refused(here, tmp_path):
    folder = write_folder(tmp_path / "small")
    (folder / "empty").mkdir()
    refused(here("copy", folder, folder / "copy"), "lies inside the folder that is copied")
    refused(here("copy", folder, folder / "empty"), "lies inside the folder that is copied")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("command", ["copy", "import"])
def test_copy_onto_a_full_disk_leaves_nothing_and_says_so_in_one_sentence(here, tmp_path, monkeypatch, command, there):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    source = write_files(tmp_path / "case") if command == "import" else write_folder(tmp_path / "small")
    monkeypatch.setattr(native, "write_table", full)
    monkeypatch.setattr(shutil, "copy2", full)
    if there:
        (tmp_path / "new").mkdir()
    target = "new" if there else "deep/new"
    done = here(command, source, *(("--into",) if command == "import" else ()), target)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "--out" not in done.stderr
    assert "(" + ("new" if there else "deep/new") + ")" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([source.name, *(["new"] if there else [])])
    assert not there or list((tmp_path / "new").iterdir()) == []


def test_copy_into_the_empty_folder_that_one_works_in_is_fine(here, tmp_path, monkeypatch):
    (tmp_path / "work").mkdir()
    folder = write_folder(tmp_path / "small")
    monkeypatch.chdir(tmp_path / "work")
    assert here("copy", folder, ".").returncode == 0
    assert (tmp_path / "work" / "places.csv").is_file()


HUGE = {
    "hex": "0x" + "f" * 5000,
    "binary": "0b" + "1" * 50_000,
    "decimal": "9" * 5000,
    "base 60": ":".join(["59"] * 3000),
}


@pytest.mark.parametrize("name", HUGE)
def test_number_of_thousands_of_digits_in_the_rules_is_a_fault_with_its_key(here, tmp_path, name):
    case = write_files(tmp_path / "case", {"simsetting.yml": f"move_rules:\n  awareness_level: {HUGE[name]}\n"})
    refused(here("flee", case), "simsetting.yml row 2 key move_rules.awareness_level")
