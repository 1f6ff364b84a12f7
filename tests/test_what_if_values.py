"""Values in what-if files: what is no cell or no number is refused with file and key before anything runs."""

import tempfile
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from folders import write_folder
from tiau.faults import InputError
from tiau.loading import load
from tiau.readers.toml import read_toml
from tiau.texts import hidden_in_line
from tiau.what_ifs.files import load_changes
from tiau.what_ifs.model import WhatIf, parse

VALUES = {
    "list of lists": ("places", '[["A"], ["B"]]'), "deep list": ("places", "[" * 15 + '"A"' + "]" * 15),
    "table": ("places", "{a = 1}"), "day with a time": ("from", "2021-03-02T10:00:00"), "time": ("from", "10:00:00"),
    "yes for a number": ("enforcement", "true"), "no number": ("enforcement", "nan"), "no end": ("enforcement", "-inf"),
    "digits": ("amount", "0x" + "f" * 5000), "nearly 64 bits": ("amount", str(2**63 - 1)),
    "escape": ("authority", r'"\u001b[2J"'),
    "NUL": ("note", r'"\u0000"'), "override": ("note", r'"\u202e"'), "two lines": ("authority", r'"a\nb"'),
}  # fmt: skip


def test_title_that_goes_on_for_ever_is_a_fault():
    _, _, faults = parse({"title": "t" * 301, "why": "w" * 2000}, name="w", file="w.toml")
    assert [(fault.column, fault.problem) for fault in faults] == [("title", "has 301 letters")]


@pytest.mark.parametrize("name", VALUES)
def test_value_that_no_cell_can_have_is_a_fault_with_file_and_key(tmp_path, name):
    key, value = VALUES[name]
    scenario = load(write_folder(tmp_path / "small"))
    path = tmp_path / "w.toml"
    path.write_text(f'title = "t"\nwhy = "w"\n[[set]]\ntable = "acts"\nid = "A1"\n{key} = {value}\n', encoding="utf-8")
    with pytest.raises(InputError) as found:
        load_changes([path], scenario)
    faults = found.value.faults
    assert {(fault.file, fault.column) for fault in faults} <= {
        ("w.toml", f"set[1].{key}"),
        ("w.toml", f"set[1].{key}[1]"),
    }
    assert str(faults[0]).isprintable()


@pytest.mark.parametrize(
    "value", ["nan", "inf", "true", '"0.1"', "2021-01-01", "[0.1]", "0x" + "f" * 5000, "1979-05-27T07:32:00"]
)
def test_value_of_a_parameter_is_an_ordinary_number(tmp_path, value):
    scenario = load(write_folder(tmp_path / "small"))
    path = tmp_path / "w.toml"
    path.write_text(
        f'title = "t"\nwhy = "w"\n[[parameter]]\nname = "departure_rate"\nvalue = {value}\n', encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"w\.toml key parameter\[1\]\.value"):
        load_changes([path], scenario)


PRINTED = st.text(min_size=1, max_size=20).map(str.strip).filter(lambda text: text and not hidden_in_line(text))


@given(title=PRINTED, why=PRINTED, name=PRINTED, share=st.floats(0, 1), day=st.dates())
def test_any_what_if_reads_back_as_it_was_written(title, why, name, share, day):
    change = {
        "table": "acts",
        "act": name,
        "from": day,
        "places": [name, "b"],
        "enforcement": share,
        "note": f"a\n{why}",
    }
    content = {"title": title, "why": why, "add": [change], "drop": [{"table": "events", "id": name}]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.toml"
        path.write_text(tomli_w.dumps(content), encoding="utf-8")
        again, faults = read_toml(path)
    assert faults == []
    assert again == content
    assert parse(again, name="w", file="w.toml")[0] == WhatIf.model_validate({"name": "w"} | content)
