"""Files as grids: any encoding, mark and kind by content; what is no table, or too large, is refused with a remedy."""

import json
import zipfile

import pytest

from tiau.faults import InputError
from tiau.readers.exports.grids import read_book
from tiau.readers.exports.workbooks import _rows_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(path, cells, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
                         f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>')  # fmt: skip
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
                         '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')  # fmt: skip
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
                         f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')  # fmt: skip
        sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return path


def rows(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_book(path).grids[0].rows())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encoding_and_mark_are_told_by_content(tmp_path, encoding, mark):
    lines = [["Lieu", "Nombre", "Note"], ["Ouaddaï", "1", "é"], ["Mégri", "2", "x"]]
    text = "\r\n".join(mark.join(cells) for cells in lines)
    assert rows(tmp_path / "a.xlsx", text.encode(encoding)) == [(n, tuple(cells)) for n, cells in enumerate(lines, 1)]
    assert bool(read_book(tmp_path / "a.xlsx").notes) == (not encoding.startswith("utf-8"))


def test_marks_inside_cells_are_not_the_mark_between_them(tmp_path):
    found = rows(tmp_path / "a.csv", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")
    assert found[1] == (2, ("1,5", "2,5", "3,5"))
    assert rows(tmp_path / "a.csv", "sep=|\na|b,c\n1|2\n") == [(1, ("a", "b,c")), (2, ("1", "2"))]


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    found = rows(tmp_path / "a.csv", 'a,b\n\n"one\ntwo",1\n,\nlast,2\n')
    assert found == [(1, ("a", "b")), (3, ("one\ntwo", "1")), (5, ("last", "2"))]


def test_a_quotation_mark_that_never_ends_is_told_with_its_row(tmp_path):
    with pytest.raises(InputError, match=r"row 3: a quotation mark is opened"):
        rows(tmp_path / "a.csv", 'a,b\n1,2\n"x,3\n4,5\n')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "is a PDF"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"a,b\n1,\x002\n" * 9 + b"x" * 99, "zero byte"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged|no workbook"),
        (b'{"a": [1, 2', "no valid JSON"),
        (b"[" * 100_000, "without end"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, content, words):
    with pytest.raises(InputError, match=words):
        rows(tmp_path / "a.csv", content)


def test_folders_missing_files_and_archives_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("data.csv", "a,b\n1,2\n")
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no.csv", "does not exist"),
        (tmp_path / "a.zip", "data.csv"),
    ):
        with pytest.raises(InputError, match=words):
            read_book(path)


def test_cells_of_a_workbook_stand_where_the_spreadsheet_shows_them(tmp_path):
    cells = '<row r="3"><c r="C3"><v>13.123</v></c><c r="D3" t="b"><v>1</v></c></row>'
    cells += '<row r="5"><c r="D5"><v>7</v></c></row>'
    book = read_book(workbook(tmp_path / "a.csv", cells))
    assert list(book.grids[0].rows()) == [(3, ("", "", "13.1230", "yes")), (5, ("", "", "", "7"))]


def test_workbooks_that_would_fill_gigabytes_are_refused(tmp_path):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(InputError, match="area of more than"):
        read_book(workbook(tmp_path / "far.xlsx", far))
    with pytest.raises(InputError, match="unpacks to more than"):
        read_book(workbook(tmp_path / "bomb.xlsx", "", other="0" * 401_000_000))
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    many = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 8_000))
    with pytest.raises(InputError, match="repeats long texts"):
        read_book(workbook(tmp_path / "texts.xlsx", many, sharedStrings=shared))


def test_json_gives_its_longest_list_of_records_exactly(tmp_path):
    content = '{"source": "x", "data": {"timeseries": [{"a": 12345678901234567890, "b": {"c": NaN}}, {"a": 1.5e3}]}}'
    assert rows(tmp_path / "a.json", content) == [
        (0, ("a", "b.c")), (1, ("12345678901234567890", "")), (2, ("1500", "")),
    ]  # fmt: skip
    assert read_book(tmp_path / "a.json").around == {"source": "x"}
    assert rows(tmp_path / "a.json", '{"a": 1}\n{"a": 2}\n')[1:] == [(1, ("1",)), (2, ("2",))]
    point = {
        "type": "Feature",
        "properties": {"name": "Adre"},
        "geometry": {"type": "Point", "coordinates": [22.2, 13.4]},
    }
    found = rows(tmp_path / "a.json", json.dumps({"type": "FeatureCollection", "features": [point]}))
    assert found == [(0, ("name", "latitude", "longitude")), (1, ("Adre", "13.4", "22.2"))]


def test_a_panic_inside_a_row_of_a_workbook_is_a_fault():
    class PanicException(BaseException):  # as what reads workbooks calls it
        pass

    class Sheet:
        start = (0, 0)

        def iter_rows(self):
            yield ["a"]
            raise PanicException

    class Book:
        def get_sheet_by_name(self, _):
            return Sheet()

    with pytest.raises(InputError, match="damaged workbook"):
        list(_rows_of("a.xlsx", Book(), "S")())
