import datetime as dt
import tomllib

import pytest

from folders import change, write_folder
from tiau.faults import InputError
from tiau.loading import load
from tiau.scenario import library
from tiau.scenario.checks import check
from tiau.what_ifs.files import examine_change, load_changes, locate_change, shipped, titles
from tiau.what_ifs.model import Add, Drop, Scale, Set, SetParameter, WhatIf, parse

ACT = '[[set]]\ntable = "acts"\nid = "A1"\n'
SEVERITY = '[[scale]]\ntable = "events"\nid = "E1"\ncolumn = "severity"\n'
HEAD = 'title = "A test"\nwhy = "made up"\n'


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    return load(write_folder(tmp_path_factory.mktemp("small") / "small"))


@pytest.fixture
def examine(tmp_path, scenario):
    """Carry out a what-if given as TOML, under a title; return what came of it and the texts of its faults."""

    def call(text, head=HEAD):
        path = tmp_path / "mine.toml"
        path.write_bytes(text if isinstance(text, bytes) else (head + text).encode())
        changed, faults = examine_change(path, scenario)
        return changed, [str(fault) for fault in faults]

    return call


def act(scenario, name="A1"):
    return next(row for row in scenario.acts if row.act == name)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ACT + 'enforcement = 1', "act A1: enforcement 0.5 -> 1"),
        ('[[set]]\ntable = "acts"\nid = "a1"\nuntil = ""', "act A1: until 2021-03-10 -> blank"),
        ('[[set]]\ntable = "places"\nid = "alfa"\ncapacity = 10', "place Alpha: capacity blank -> 10"),
        ('[[set]]\ntable = "routes"\nid = "Delta > Gamma"\nporous = false', "route Gamma > Delta: porous yes -> no"),
        ('[[set]]\ntable = "routes"\nid = "alfa > beta"\nmode = "track"', "route Alpha > Beta: mode road -> track"),
        ('[[drop]]\ntable = "acts"\nid = "A1"', "act A1 dropped (Ministry, close, River bridge, from 2021-03-01, "
         "until 2021-03-10, enforcement 0.5)"),
        ('[[add]]\ntable = "acts"\nact = "X"\nfrom = 2021-02-05\nauthority = "S"\nlevel = "state"\neffect = "quota"\n'
         'places = ["River bridge"]\namount = 5', "act X added (S, quota, River bridge, from 2021-02-05, amount 5)"),
        (SEVERITY + 'by = 0.5', "event E1: severity 5 -> 2.5 (x 0.5)"),
        ('[[parameter]]\nname = "departure_rate"\nvalue = 0.0002', "parameter departure_rate: 0.0001 -> 0.0002"),
        ('[[parameter]]\nname = "blocked_wait"\nvalue = 1', "parameter blocked_wait: 0.7 -> 1"),
    ],
    ids=lambda value: value.partition("\n")[0] if value.startswith("[") else "",
)  # fmt: skip
def test_each_change_has_a_sentence(examine, text, sentence):
    changed, faults = examine(text)
    assert faults == []
    assert changed.sentences == (sentence,)
    assert changed.warnings == ()


def test_the_new_scenario_holds_the_changes_and_nothing_else(examine, scenario):
    changed, _ = examine(
        f'{ACT}enforcement = 1\nfrom = 2021-02-20\ngroups = ["police", "civilians"]\n'
        '[[parameter]]\nname = "blocked_wait"\nvalue = 0.9\n'
    )
    found = act(changed.scenario)
    assert (found.enforcement, found.from_, found.groups) == (1, dt.date(2021, 2, 20), ("police", "civilians"))
    assert found.model_copy(update={"enforcement": 0.5, "from_": act(scenario).from_, "groups": ()}) == act(scenario)
    assert changed.scenario.settings.parameters["blocked_wait"].value == 0.9
    assert "made up" in changed.scenario.settings.parameters["blocked_wait"].why
    assert changed.scenario.places == scenario.places
    assert act(scenario).enforcement == 0.5
    assert changed.places == ("River bridge",)


def test_no_change_gives_the_same_scenario(examine, scenario):
    changed, faults = examine("")
    assert faults == []
    assert changed.scenario.digest() == scenario.digest()
    assert changed.sentences == ()


def test_added_rows_know_their_day_and_are_estimated(examine):
    added = (
        '[[add]]\ntable = "events"\nevent = "X"\nstart = 2021-02-10\nend = 2021-02-11\nplace = "Beta"\nkind = "raid"\n'
    )
    changed, faults = examine(added + "severity = 3")
    assert faults == []
    event = changed.scenario.events[-1]
    assert (event.known_on, event.estimated) == (dt.date(2021, 2, 11), True)


def test_changes_are_carried_out_in_a_fixed_order(examine):
    changed, faults = examine(
        '[[scale]]\ntable = "acts"\nid = "A1"\ncolumn = "enforcement"\nby = 0.5\n' + ACT + "enforcement = 0.2\n"
    )
    assert faults == []
    assert act(changed.scenario).enforcement == pytest.approx(0.1)


def test_a_list_of_ids_changes_each(examine):
    changed, _ = examine(
        '[[scale]]\ntable = "routes"\nid = ["Alpha > Beta", "Beta > Gamma"]\ncolumn = "distance_km"\nby = 2'
    )
    assert changed.sentences == (
        "route Alpha > Beta: distance_km 30 -> 60 (x 2)", "route Beta > Gamma: distance_km 20 -> 40 (x 2)",
    )  # fmt: skip


FAULTS = [
    ("", "title = 3", ['mine.toml key title: "3" is not a text', "mine.toml key why: is missing"]),
    ('[[drpo]]\ntable = "acts"', HEAD, ["drpo:", 'did you mean "drop"?']),
    ("[set]\nenforcement = 1", HEAD, ["set:", "write [[set]], with two brackets on each side"]),
    ('[[set]]\ntable = "act"\nid = "A1"\nenforcement = 1', HEAD, ["set[1].table", '"act"', 'did you mean "acts"?']),
    ('[[set]]\ntable = "acts"\nid = "A2"\nenforcement = 1', HEAD, ['set[1].id: "A2" is not an id of acts; see']),
    ('[[set]]\ntable = "acts"\nid = 4\nenforcement = 1', HEAD, ['set[1].id: "4" is no name', "in quotes"]),
    ('[[set]]\ntable = "acts"\nenforcement = 1', HEAD, ["set[1].id: is missing; add it"]),
    ('[[set]]\ntable = "acts"\nid = "A1"', HEAD, ['set[1].id: "A1" sets nothing']),
    (ACT + 'enforcment = 1', HEAD, ["set[1].enforcment", 'did you mean "enforcement"?']),
    (ACT + 'enforcement = 1.5', HEAD, ['set[1].enforcement: "1.5" is too large', "1"]),
    (ACT + 'enforcement = "much"', HEAD, ['set[1].enforcement: "much" is not a number']),
    (ACT + 'enforcement = {a = 1}', HEAD, ["set[1].enforcement", "is no value of a cell"]),
    (ACT + 'effect = "clsoe"', HEAD, ["set[1].effect", 'did you mean "close"?']),
    (ACT + 'from = "1 May"', HEAD, ['set[1].from: "1 May" is not a day']),
    (ACT + 'places = ""', HEAD, ["set[1].places: is blank; give a value"]),
    (ACT + 'act = "A9"', HEAD, ["set[1].act", "drop the row and add another"]),
    (ACT + 'ends = "A7"', HEAD, ['set[1].ends: "A7" is not an act']),
    (ACT + 'places = "Rivr bridge"', HEAD, ['set[1].places: "Rivr bridge" is neither']),
    (ACT + 'from = 2021-03-20', HEAD, ["set[1].until", "lies before from"]),
    ('[[set]]\ntable = "routes"\nid = "Alpha"\ndistance_km = 1', HEAD, ["set[1].id", "write From > To"]),
    ('[[set]]\ntable = "groups"\nid = "Hill police"\nshare = 0.5', HEAD, ["shares that sum to 1.4"]),
    ('[[drop]]\ntable = "places"\nid = "Delta"', HEAD,
     ['after the change, routes.csv row 4 column to: "Delta" is not a place']),
    ('[[drop]]\ntable = "acts"\nid = "A1"\nwhy = "x"', HEAD, ["drop[1].why: is not a key here", "table, id"]),
    ('[[add]]\ntable = "acts"\nact = "A1"\nauthority = "M"\nlevel = "state"\neffect = "close"\nplaces = "Delta"\n'
     "from = 2021-03-01\nenforcement = 1", HEAD, ['add[1].act: "A1" stands twice']),
    ('[[add]]\ntable = "acts"\nact = "X"\nlevel = "state"\neffect = "close"\nplaces = "Delta"', HEAD,
     ["add[1].from: is missing", "add[1].authority: is missing"]),
    ('[[scale]]\ntable = "events"\nid = "E1"\ncolumn = "kind"\nby = 2', HEAD, ["is not a column of numbers in events"]),
    (SEVERITY + 'by = -1', HEAD, ['scale[1].by: "-1" is too small']),
    (SEVERITY + 'by = "2"', HEAD, ["scale[1].by", "without quotes"]),
    ('[[scale]]\ntable = "places"\nid = "Alpha"\ncolumn = "capacity"\nby = 2', HEAD,
     ["is blank for place Alpha", "[[set]]"]),
    ('[[scale]]\ntable = "acts"\nid = "A1"\ncolumn = "enforcement"\nby = 3', HEAD,
     ['scale[1].enforcement: "1.5" is too large']),
    ('[[parameter]]\nname = "blocked_wiat"\nvalue = 1', HEAD, ["parameter[1].name", 'did you mean "blocked_wait"?']),
    ('[[parameter]]\nname = "blocked_wait"\nvalue = 2', HEAD, ["parameter[1].value", "from 0 to 1"]),
    ('[[parameter]]\nname = "blocked_wait"', HEAD, ["parameter[1].value: is missing"]),
    ('[[parameter]]\nname = "blocked_wait"\nvalue = true', HEAD, ["parameter[1].value", "is not a number"]),
    ("title = ", "", ["mine.toml: is not valid TOML"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "head", "said"), FAULTS, ids=[text or head for text, head, _ in FAULTS])
def test_faults_say_where_what_and_what_to_do(examine, text, head, said):
    changed, faults = examine(text, head=head if head.endswith("\n") or not head else head + "\n")
    assert changed is None
    for words in said:
        assert words in "\n".join(faults)
    assert all(fault.startswith("mine.toml") for fault in faults)


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"\xff\xfet\x00", "is in UTF-16; save it as UTF-8"), (b'title = "\xe9"', "save it as UTF-8")],
)
def test_a_file_in_another_encoding_is_a_fault(examine, raw, said):
    changed, faults = examine(raw)
    assert changed is None
    assert said in faults[0]


def test_all_faults_are_told_at_once(examine):
    _, faults = examine(
        '[[set]]\ntable = "acts"\nid = "A2"\nenforcement = 1\n[[set]]\ntable = "acts"\nid = "A1"\nenforcement = 9\n'
        '[[drop]]\nid = "A1"\n[[parameter]]\nname = "x"\nvalue = 1\n', head='title = "A test"\n'
    )  # fmt: skip
    for path in ("why", "set[1].id", "set[2].enforcement", "drop[1].table", "parameter[1].name"):
        assert sum(f"key {path}:" in fault for fault in faults) == 1
    assert len(faults) == 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ACT + 'enforcement = ""', "moves nobody; give enforcement a number"),
        (ACT + "enforcement = 0.5", "changes nothing: act A1 is so already"),
        (ACT + 'from = 2021-06-01\nuntil = ""', "lies outside the scenario's period"),
    ],
)
def test_a_change_without_effect_is_warned_of(examine, text, said):
    changed, faults = examine(text)
    assert faults == []
    assert any(said in str(fault) and fault.level == "warning" for fault in changed.warnings)


def test_what_ifs_are_made_in_python_too(scenario):
    what_if = WhatIf(
        title="harder", why="a guess", drop=[Drop(table="acts", id="A1")],
        add=[Add(table="areas", area="Coast", members="Delta")], set=[Set(table="places", id="Delta", capacity=10)],
        scale=[Scale(table="events", id="E1", column="severity", by=2)],
        parameter=[SetParameter(name="news_days", value=0)],
    )  # fmt: skip
    changed = change(scenario, what_if)
    assert len(changed.sentences) == 5
    assert [fault for fault in check(changed.scenario) if fault.level == "fault"] == []
    with pytest.raises(InputError, match="is not an id of acts"):
        change(changed.scenario, what_if)


def test_what_if_is_the_same_from_its_own_content():
    content = tomllib.loads(HEAD + ACT + "enforcement = 1\n")
    what_if, edits, faults = parse(content, name="mine", file="mine.toml")
    assert faults == []
    assert [path for path, _ in edits] == ["set[1]"]
    assert WhatIf.model_validate(what_if.model_dump(by_alias=True)) == what_if


def test_what_ifs_are_found_by_name_or_path(tmp_path, scenario):
    folder = tmp_path / "small"
    (folder / "what-ifs").mkdir(parents=True)
    (folder / "what-ifs" / "open.toml").write_text(HEAD + '[[drop]]\ntable = "acts"\nid = "A1"\n', encoding="utf-8")
    assert titles(folder) == ({"open": "A test"}, [])
    assert locate_change("open", folder) == folder / "what-ifs" / "open.toml"
    assert locate_change(folder / "what-ifs" / "open.toml", None) == folder / "what-ifs" / "open.toml"
    assert [c.what_if.name for c in load_changes(["open"], scenario, folder=folder)] == ["open"]
    with pytest.raises(InputError, match='did you mean "open"'):
        locate_change("opne", folder)
    with pytest.raises(InputError, match="is a folder, not a what-if file"):
        locate_change(folder, folder)
    with pytest.raises(InputError, match=r"ends in \.toml"):
        locate_change("qqqq", None)
    with pytest.raises(InputError, match="was given before"):
        load_changes(["open", "open"], scenario, folder=folder)


def test_faults_of_all_what_ifs_come_together(tmp_path, scenario):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(HEAD + '[[drop]]\ntable = "acts"\nid = "Z"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_changes([tmp_path / "a.toml", tmp_path / "b.toml", "missing"], scenario)
    assert [fault.file for fault in caught.value.faults] == ["a.toml", "b.toml", "change"]


def test_the_seven_that_ship_pass_without_warnings():
    scenario, folder = load("mizoram-2021"), library.folder("mizoram-2021")
    names = list(shipped(folder))
    assert names == [
        "border-fenced", "federal-order-enforced", "manipur-order-stays", "no-humanitarian-exemption",
        "police-handed-over", "relief-doubled-in-champhai", "state-closes-too",
    ]  # fmt: skip
    for changed in load_changes(names, scenario):
        assert changed.sentences
        assert changed.warnings == ()
        assert changed.scenario != scenario


def test_an_order_is_not_dropped_while_an_act_softens_it():
    lone = WhatIf(title="no order", why="made up", drop=[Drop(table="acts", id="P21")])
    with pytest.raises(InputError, match=r'after the change, acts\.csv row \d+ column softens: "P21" is not an act'):
        change(load("mizoram-2021"), lone)
    both = WhatIf(title="no order", why="made up", drop=[Drop(table="acts", id=["P21", "P21x"])])
    assert len(change(load("mizoram-2021"), both).sentences) == 2
