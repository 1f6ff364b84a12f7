"""A YAML file of settings as values with their rows: no aliases, no deep nests, a bounded size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tiau.faults import clip
from tiau.readers.files import read_text
from tiau.readers.notes import Notes

LARGEST_RULES = 100_000
DEEPEST = 8


@dataclass(frozen=True)
class Entry:
    """A value, the row of its key, and its key with those above it, parted by dots; a mapping holds entries."""

    key: str
    row: int
    value: Any


def read_tree(path: Path, notes: Notes) -> Entry | None:
    """Return the mapping that a file holds; None where a fault was noted."""
    text, faults = read_text(path)
    if faults:
        notes.take(faults[0])
        return None
    if len(text) > LARGEST_RULES:
        notes.fault(path.name, f"is larger than {LARGEST_RULES // 1000} kB", "keep settings only")
        return None
    try:
        if not _plain(path.name, text, notes):
            return None
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        before = len(notes.faults)
        entry = Entry("", 1, {}) if node is None else _entry(path.name, "", node, loader, notes)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = clip(getattr(error, "problem", None) or str(error), 120)
        row = mark.line + 1 if mark else None
        notes.fault(path.name, f"is not valid YAML ({reason})", "correct the row, and indent with blanks", row)
        return None
    if entry.value is None:
        return Entry("", 1, {})
    if not isinstance(entry.value, dict):
        notes.fault(path.name, "holds no settings", "write sections with keys below them, as move_rules:")
        return None
    return entry if len(notes.faults) == before else None


def _plain(file: str, text: str, notes: Notes) -> bool:
    """Whether a text has neither aliases nor nests that no settings need, which make a small file huge."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        row = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent):
            notes.fault(file, "refers to another place with *", "write the value itself", row)
            return False
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            notes.fault(file, "has lists in lists without end", "remove them", row)
            return False
    return True


def _entry(file: str, key: str, node: yaml.Node, loader: yaml.SafeLoader, notes: Notes) -> Entry:
    row = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Entry(key, row, [_entry(file, key, item, loader, notes).value for item in node.value])
    if not isinstance(node, yaml.MappingNode):
        try:
            return Entry(key, row, loader.construct_object(node))
        except (ValueError, OverflowError):
            notes.fault(file, "is no value that can be used", "correct it", row, key, str(node.value))
            return Entry(key, row, None)
    found: dict[str, Entry] = {}
    for name_node, value_node in node.value:
        name = str(name_node.value) if isinstance(name_node, yaml.ScalarNode) else "?"
        whole = f"{key}.{name}" if key else name
        row = name_node.start_mark.line + 1
        if name in found:
            notes.repair(file, f"stands already in row {found[name].row}; as in Flee the last one counts", row, whole)
        entry = _entry(file, whole, value_node, loader, notes)
        found[name] = Entry(whole, row, entry.value)
    return Entry(key, row, found)
