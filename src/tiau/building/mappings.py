"""Mappings of tables of one's own, kept in the scenario folder for the next file of the same kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tiau.building.merging.tables import slug
from tiau.faults import Fault, InputError
from tiau.readers.exports import mapping_format
from tiau.readers.exports.answers import Answers
from tiau.readers.exports.findings import Finding
from tiau.readers.exports.formats import Format
from tiau.readers.exports.grids import Book
from tiau.readers.exports.mapping import Mapping as Own
from tiau.readers.exports.mapping import mapping_text, read_mapping
from tiau.readers.exports.mapping_proposal import propose
from tiau.readers.exports.mapping_reading import matches

FOLDER = "mappings"
KIND = mapping_format.FORMATS[0].name


@dataclass
class Mappings:
    """The mappings of a folder, and those that are proposed for files that none of them fits.

    Attributes
    ----------
    kept : dict of str to Own
        By name, the file's without its ending.
    proposed : dict of str to str
        The text of each that is new, by name.
    """

    kept: dict[str, Own]
    proposed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Mappings:
        """Read those of a scenario folder; raise InputError with all that is wrong in them."""
        kept: dict[str, Own] = {}
        faults: list[Fault] = []
        for path in sorted((folder / FOLDER).glob("*.toml")):
            try:
                kept[path.stem] = read_mapping(path)
            except InputError as error:
                faults += error.faults
        if faults:
            raise InputError(faults)
        return cls(kept)

    def fitting(self, book: Book) -> str:
        """Return the name of the mapping that a book fits; blank where it fits none."""
        return next((name for name, mapping in self.kept.items() if matches(book, mapping)), "")

    def read(self, name: str, book: Book, answers: Answers) -> Iterator[Finding]:
        """Read a book by a mapping."""
        return mapping_format.apply(book, self.kept[name], answers)

    def propose(self, known: Format | None, book: Book, answers: Answers) -> str:
        """Propose a mapping for a book that is of no other kind, and return its name; blank where none is needed."""
        mapping = propose(book, answers) if known is not None and known.name == KIND else None
        if mapping is None:
            return ""
        name = self._free(slug(Path(book.file).stem) or "table")
        self.kept[name], self.proposed[name] = mapping, mapping_text(mapping)
        return name

    def _free(self, name: str) -> str:
        number, free = 2, name
        while free in self.kept:
            number, free = number + 1, f"{name}-{number}"
        return free

    def write(self, folder: Path) -> None:
        """Write the new ones into a folder."""
        for name, text in self.proposed.items():
            (folder / FOLDER).mkdir(exist_ok=True)
            (folder / FOLDER / f"{name}.toml").write_text(text, encoding="utf-8", newline="\n")


def shown(proposed: Mapping[str, str]) -> Iterator[str]:
    """Yield lines that show mappings which were proposed."""
    for name, text in proposed.items():
        yield f"{FOLDER}/{name}.toml:"
        yield from (f"    {line}" for line in text.splitlines() if line and not line.startswith(("#", "format")))
