"""Where a result may be written: targets that are refused before a run, and folders that are kept."""

import os
import subprocess
from pathlib import Path

import pytest

from tiau.faults import InputError
from tiau.results import folder as folders
from written_results import content, disk, everything_in, names, needs_mount, put, tiau

needs_permissions = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="permissions do not hold here, or not for root"
)


def refused_before_it_ran(out, cwd, word):
    before = everything_in(cwd)
    status, shown, said = tiau("run", "mizoram-2021", "--out", out, cwd=cwd)
    assert (status, shown) == (2, "")
    assert word in said
    assert "--out" in said
    assert everything_in(cwd) == before


def test_target_below_a_file_is_refused_before_the_run(tmp_path):
    (tmp_path / "letter").write_text("dear", encoding="utf-8")
    refused_before_it_ran(tmp_path / "letter" / "deep" / "out", tmp_path, "is not a folder")
    assert names(tmp_path) == ["letter"]


@needs_mount
@pytest.mark.parametrize("below", ["out", "deep/out"])
def test_target_on_a_disk_that_cannot_be_written_is_refused_before_the_run(tmp_path, below):
    with disk(tmp_path / "disk", "size=1m,ro"):
        refused_before_it_ran(tmp_path / "disk" / below, tmp_path, "Read-only file system")


@needs_mount
def test_target_that_is_a_disk_itself_is_refused_before_the_run(tmp_path):
    with disk(tmp_path / "disk", "size=1m"):
        refused_before_it_ran(tmp_path / "disk", tmp_path, "is a mounted disk")


@needs_mount
def test_result_that_is_mounted_to_be_read_only_is_refused_before_the_run(tmp_path):
    out = tmp_path / "out"
    put(out, "old")
    subprocess.run(["mount", "--bind", out, out], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", out], check=True)
        refused_before_it_ran(out, tmp_path, "cannot be written")
    finally:
        subprocess.run(["umount", out], check=True)
    assert content(out) == "old"


@needs_permissions
@pytest.mark.parametrize("closed", ["disk", "disk/out", "disk/out/fit.csv"])
def test_target_without_permission_is_refused_before_the_run(tmp_path, closed):
    out = tmp_path / "disk" / "out"
    out.parent.mkdir()
    put(out, "old")
    mode = (tmp_path / closed).stat().st_mode
    (tmp_path / closed).chmod(mode & ~0o222)
    try:
        refused_before_it_ran(out, tmp_path, "Permission denied")
    finally:
        (tmp_path / closed).chmod(mode)


def changed_cell(out):
    (out / "fit.csv").write_text("mine", encoding="utf-8")


def other_file(out):
    (out / "thesis.txt").write_text("mine", encoding="utf-8")


def other_provenance(out):
    (out / folders.PROVENANCE).write_text('{"made by": "another program"}', encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (changed_cell, "holds files that disagree with their provenance.json"),
        (other_provenance, "holds files that disagree with their provenance.json"),
        (other_file, "holds thesis.txt, which is not part of the result there"),
    ],
)
def test_folder_that_is_no_whole_result_is_refused_and_kept(tmp_path, change, said):
    out = tmp_path / "out"
    put(out, "old")
    change(out)
    before = everything_in(tmp_path)
    for write in (folders.prepare, folders.refuse_unless_ours, lambda path: put(path, "new")):
        with pytest.raises(InputError, match=said):
            write(out)
    assert everything_in(tmp_path) == before
    assert names(tmp_path) == ["out"]


def test_what_a_file_manager_leaves_in_a_result_does_not_matter(tmp_path):
    put(tmp_path / "out", "old")
    (tmp_path / "out" / ".DS_Store").write_bytes(b"\0")
    put(tmp_path / "out", "new")
    assert content(tmp_path / "out") == "new"
    assert names(tmp_path / "out") == ["fit.csv", folders.PROVENANCE]


@pytest.mark.parametrize("name", [".", "..", "../here", "../here/"])
def test_folder_that_one_works_in_is_refused(tmp_path, monkeypatch, name):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(InputError, match="is the folder you work in, or holds it"):
        put(Path(name), "new")
    assert names(tmp_path) == ["here"]


def test_target_may_be_named_by_a_path_with_dots_or_a_linked_parent(tmp_path):
    (tmp_path / "a").mkdir()
    put(tmp_path / "a" / ".." / "out", "new")
    assert content(tmp_path / "out") == "new"
    if os.name != "nt":
        (tmp_path / "b").symlink_to("a")
        put(tmp_path / "b" / "out", "new")
        assert content(tmp_path / "a" / "out") == "new"


def test_folders_on_the_way_are_made_and_go_again_after_a_failure(tmp_path):
    with pytest.raises(RuntimeError), folders.replacing(tmp_path / "a" / "b" / "out"):
        raise RuntimeError
    assert names(tmp_path) == []
    assert folders.prepare(tmp_path / "a" / "b" / "out") == ()
    assert names(tmp_path) == []
    put(tmp_path / "a" / "b" / "out", "new")
    assert content(tmp_path / "a" / "b" / "out") == "new"
