"""Contradictions and different pictures among the reports of mizoram-2021, and where they are shown."""

import datetime as dt

import pytest

from disagreeing import names
from tiau.loading import load
from tiau.observations.contradictions import disagreements
from tiau.observations.ledger import ledger
from tiau.presentation.words.disagreements import sections
from tiau.scenario.network import build


@pytest.fixture(scope="module")
def mizoram():
    return build(load("mizoram-2021"))


@pytest.fixture(scope="module")
def in_mizoram(mizoram):
    return disagreements(ledger(mizoram), mizoram)


def pairs_until(disagreement, day):
    return {
        frozenset(names(one.placements))
        for one in disagreement.contradictions
        if str(max(entry.report.as_of.end for entry in one.placements)) <= day
    }


def test_contradictions_of_march_2021(in_mizoram):
    expected = (
        "R003 R008", "R003 R009", "R008 R010", "R008 R011", "R010 R011", "R008 R012", "R010 R012", "R008 R015",
        "R010 R015", "R027 R028",
    )  # fmt: skip
    assert pairs_until(in_mizoram, "2021-03-31") == {frozenset(pair.split()) for pair in expected}


def test_different_pictures_of_march_2021(in_mizoram):
    found = [set(names(one.placements)) for one in in_mizoram.pictures if str(one.last) <= "2021-03-31"]
    assert found == [
        {"R003", "R009", "R014", "R016", "R018"},
        {"R004", "R008", "R010", "R011", "R013", "R019", "R020"},
        {"R022", "R024", "R025", "R026", "R029", "R031"},
    ]
    (march,) = (one for one in in_mizoram.pictures if one.place == "India")
    assert (march.lowest, march.highest) == (100, 1000)


@pytest.mark.parametrize(
    "pair",
    [
        "R008 R010", "R008 R011", "R010 R011", "R003 R009", "R157 R161", "R152 R158", "R153 R159", "R097 R124",
        "R187 R194",
    ],
)  # fmt: skip
def test_contradictions_that_a_reader_found_are_found(in_mizoram, pair):
    assert set(pair.split()) in [set(names(one.placements)) for one in in_mizoram.contradictions]


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        ("R133 R134", "2% more in a day"),
        ("R154 R160", "both are about, and 3% apart at the ends of their slack"),
        ("R009 R018", "nine more the next day"),
    ],
)
def test_pairs_that_can_both_be_true_are_not_called_contradictions(in_mizoram, pair, why):
    assert set(pair.split()) not in [set(names(one.placements)) for one in in_mizoram.contradictions], why


def test_later_contradictions_and_pictures_are_those_and_no_others(in_mizoram):
    later = {frozenset(names(one.placements)) for one in in_mizoram.contradictions} - pairs_until(
        in_mizoram, "2021-03-31"
    )
    expected = ("R097 R124", "R152 R158", "R153 R159", "R157 R161", "R164 R166", "R187 R194")
    assert later == {frozenset(pair.split()) for pair in expected}
    found = [set(names(one.placements)) for one in in_mizoram.pictures if str(one.last) > "2021-03-31"]
    assert found == [{"R055", "R057"}, {"R087", "R088"}]


def test_disagreements_do_not_depend_on_the_order_of_reports(mizoram, in_mizoram):
    entries = ledger(mizoram)
    for other in (entries[::-1], entries[100:] + entries[:100]):
        assert sections(disagreements(other, mizoram), everything=True) == sections(in_mizoram, everything=True)


def test_each_contradiction_is_a_pair_of_its_own(in_mizoram):
    pairs = [frozenset(names(one.placements)) for one in in_mizoram.contradictions]
    assert len(set(pairs)) == len(pairs)
    assert all(len(pair) == 2 for pair in pairs)
    assert all(one.factor >= 1 for one in in_mizoram.contradictions)


def test_report_of_a_run_until_a_day_takes_no_later_reports(mizoram):
    early = build(mizoram.scenario.until(mizoram.scenario.reports[35].as_of.end))
    assert not [
        entry
        for one in disagreements(ledger(early), early).contradictions
        for entry in one.placements
        if entry.report.as_of.start > early.scenario.settings.end
    ]


def test_check_run_and_report_show_them(mizoram, capsys):
    from rich.console import Console

    from tiau.cli.checking import check
    from tiau.evaluation.assessment import assess
    from tiau.presentation.report.page import Told, page
    from tiau.presentation.terminal import show_run
    from tiau.simulation import simulate

    check("mizoram-2021", everything=True)
    said = capsys.readouterr().out
    assert "Contradictions (pairs of reports that cannot both be true): 16" in said
    assert "at least 100 arrived [R011, villagers in border districts]; but 16 arrived [R008" in said

    result = simulate(mizoram.scenario.until(dt.date(2021, 3, 20)), members=1, chance=False)
    assessment = assess(result)
    show_run(assessment, Console(width=400))
    said = capsys.readouterr().out
    assert "Contradictions among reports: 10, such as" in said
    assert "Different pictures: 3, such as 2021-03-10 to 2021-03-19 India 100 to 1,000" in said

    provenance = {"tiau": "", "made": "", "command": "", "scenario": {"sha256": ""}, "environment": {}}
    html = page(Told(assessment), provenance).partition("Where reports disagree</h2>")[2].partition("</section>")[0]
    for text in ("at least 100 arrived [R011, villagers", "at least 1,000 arrived in Mizoram on 2021-03-19 [R031, MP"):
        assert text in html
    assert html.count("<tr><td") == 10 + 3
