"""Writes the guides to tables into docs/building.md, between its marks: python tools/guides.py."""

from pathlib import Path

from tiau.building.guides import markdown

BEGIN, END = "<!-- guides: begin -->\n", "<!-- guides: end -->"
DOCS = Path(__file__).parent.parent / "docs" / "building.md"

if __name__ == "__main__":
    before, rest = DOCS.read_text(encoding="utf-8").split(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{markdown()}\n{END}{rest.split(END)[1]}", encoding="utf-8", newline="\n")
