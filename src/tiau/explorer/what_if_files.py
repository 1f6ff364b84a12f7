"""What-ifs of a page as the files that `tiau compare` reads: written, kept in the scenario's folder, and opened."""

from __future__ import annotations

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from tiau.explorer.basis.deciding import what_if_of
from tiau.explorer.basis.sound import Basis
from tiau.explorer.opening.document import told
from tiau.explorer.opening.presets import content_of
from tiau.faults import Fault, InputError, wrong_argument
from tiau.readers.toml import toml_of
from tiau.what_ifs.editing import attempt
from tiau.what_ifs.files import FOLDER
from tiau.what_ifs.model import KINDS, WhatIf, parse

ENDING = ".toml"


def write(
    basis: Basis, content: Mapping[str, Any], name: str, *, into: bool, saved: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return a what-if as a file that reads back as the same; `into` keeps it in the scenario's folder as well.

    Parameters
    ----------
    basis : Basis
    content : mapping
        Of the what-if.
    name : str
        Of the file.
    into : bool
    saved : dict of str to str, optional
        Texts that were kept before, by file: only one that still says so is written over. What is kept is added.

    Raises
    ------
    InputError
        With what is wrong in it or with its name, or why it cannot be kept there.
    """
    stem = _safe(name)
    what_if, faults = what_if_of({**content, "title": content.get("title") or stem}, name=stem, file=stem + ENDING)
    if what_if is None:
        raise InputError(faults)
    changed, faults = attempt(basis.scenario, what_if, file=stem + ENDING, known=basis.problems)
    if changed is None:
        raise InputError(faults)
    text = _text(what_if)
    if into:
        _keep(basis, stem + ENDING, text, {} if saved is None else saved)
    return {"file": stem + ENDING, "text": text}


def read(basis: Basis, file: str, text: str) -> dict[str, Any]:
    """Return the what-if that a file holds, and what it changes.

    Raises
    ------
    InputError
        With everything that is wrong in it.
    """
    file = Path(file.replace("\\", "/")).name or FOLDER
    content, faults = toml_of(file, text)
    if content is None:
        raise InputError(faults)
    what_if, _, faults = parse(content, name=Path(file).stem, file=file)
    if what_if is None:
        raise InputError(faults)
    changed, faults = attempt(basis.scenario, what_if, file=file, known=basis.problems)
    if changed is None:
        raise InputError(faults)
    return {
        "what_if": content_of(what_if), "sentences": list(changed.sentences), "warnings": told(changed.warnings),
    }  # fmt: skip


def _safe(name: str) -> str:
    """Return the name of a file without its ending; raise InputError where it would lead anywhere else."""
    stem = name.strip().removesuffix(ENDING).strip()
    odd = {letter for letter in stem if letter in '<>:"/\\|?*' or not letter.isprintable()}
    if not stem or odd or stem.startswith(".") or len(stem.encode()) > 100:
        raise wrong_argument("name", "is no name for a file", "use letters, digits, blanks and dashes", name)
    return stem


def _text(what_if: WhatIf) -> str:
    """Return the text of a file, without kinds of changes of which there are none."""
    content = {key: value for key, value in content_of(what_if).items() if key not in KINDS or value}
    return tomli_w.dumps(_without_none(content))


def _without_none(value: Any) -> Any:  # noqa: ANN401
    """Return a value as TOML can hold it: a cell that is not there is a blank one."""
    match value:
        case None:
            return ""
        case dict():
            return {key: _without_none(one) for key, one in value.items()}
        case list() | tuple():
            return [_without_none(one) for one in value]
        case _:
            return value


def _keep(basis: Basis, file: str, text: str, saved: dict[str, str]) -> None:
    """Put a file into the what-ifs of an own folder, whole or not at all."""
    if not basis.editable:
        problem = "is no folder of your own"
        raise wrong_argument("scenario", problem, "copy it with tiau copy, and explore the copy", basis.scenario.name)
    folder = basis.folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / file).resolve().is_relative_to(basis.folder.resolve()) or (folder / file).is_symlink():
            raise wrong_argument("name", "leads out of the scenario's folder", "give it another name", file)
        if (folder / file).is_file() and (folder / file).read_bytes() not in (
            text.encode(),
            saved.get(file, text).encode(),
        ):
            problem = "is there already, and holds something that was not saved from this page"
            raise wrong_argument("name", problem, "give it another title, or move that file away", file)
        _replace(folder, file, text)
        saved[file] = text
    except OSError as error:
        problem = f"cannot be written ({error.strerror})"
        raise InputError([Fault(f"{FOLDER}/{file}", problem, "see to it that the folder can be written to")]) from None


def _replace(folder: Path, file: str, text: str) -> None:
    handle, partial = tempfile.mkstemp(dir=folder, prefix=".", suffix=".partial")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        if tomllib.loads(Path(partial).read_text(encoding="utf-8")) != tomllib.loads(text):
            raise InputError([Fault(f"{FOLDER}/{file}", "could not be read back", "save it again")])
        Path(partial).chmod(0o644)
        Path(partial).replace(folder / file)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(partial).unlink()
