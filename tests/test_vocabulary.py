import datetime as dt
import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tiau.engine.cohorts import People
from tiau.scenario import quantities
from tiau.scenario import vocabulary as v
from tiau.texts import hidden_in_line

SHORT_TEXT = st.text(min_size=1, max_size=12).map(str.strip).filter(bool)
NAME = SHORT_TEXT.map(lambda text: text.replace(";", " ").strip()).filter(
    lambda text: text and not hidden_in_line(text)
)
FINITE = st.floats(allow_nan=False, allow_infinity=False)


def value_of(kind, text):
    return TypeAdapter(kind).validate_python(text)


def refusal(kind, text):
    with pytest.raises(ValidationError) as caught:
        value_of(kind, text)
    return caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-03-05", dt.date(2021, 3, 5), dt.date(2021, 3, 5)),
        ("2021-02", dt.date(2021, 2, 1), dt.date(2021, 2, 28)),
        ("2020-02", dt.date(2020, 2, 1), dt.date(2020, 2, 29)),
        ("2021-12", dt.date(2021, 12, 1), dt.date(2021, 12, 31)),
        ("2021", dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        ("2021-02-27/2021-03-19", dt.date(2021, 2, 27), dt.date(2021, 3, 19)),
    ],
)
def test_period_covers_its_days_both_ends_included(text, first, last):
    period = value_of(v.AsOf, text)
    assert (period.start, period.end, str(period)) == (first, last, text)


def test_period_touches_days_it_shares_and_no_others():
    period = value_of(v.AsOf, "2021-03-05/2021-03-07")
    assert period.touches(dt.date(2021, 3, 7), dt.date(2021, 3, 9))
    assert period.touches(dt.date(2021, 3, 1), dt.date(2021, 3, 5))
    assert not period.touches(dt.date(2021, 3, 8), dt.date(2021, 3, 9))
    assert not period.touches(dt.date(2021, 3, 1), dt.date(2021, 3, 4))


@pytest.mark.parametrize("text", ["2021-13", "0000", "2021-00", "Feb 2021", "2021-03-01/soon", "/2021-03-01"])
def test_period_that_is_none_is_refused(text):
    assert "is not a day" in refusal(v.AsOf, text)


@pytest.mark.parametrize("text", ["04/02/2021", "2021-3-5", "20210305", "2021-03-05T00:00", "yesterday", "44260"])
def test_day_in_another_form_is_refused_with_the_form_to_use(text):
    message = refusal(v.Day, text)
    assert "is not a day" in message
    assert "YYYY-MM-DD" in message


def test_day_that_no_calendar_has_is_refused():
    assert "is not a day of the calendar; check month and day" in refusal(v.Day, "2021-02-30")


def test_optional_day_is_none_where_blank():
    assert value_of(v.OptionalDay, "") is None
    assert value_of(v.OptionalDay, "2021-02-03") == dt.date(2021, 2, 3)


def test_names_are_separated_by_semicolons_and_trimmed():
    assert value_of(v.Names, " Alpha ; Beta;;Gamma, the town; ") == ("Alpha", "Beta", "Gamma, the town")
    assert value_of(v.Names, "") == ()


def test_required_names_must_hold_one():
    with pytest.raises(ValidationError):
        value_of(v.RequiredNames, " ; ")


def test_weights_are_pairs_of_area_and_number():
    assert value_of(v.Weights, "Far land=1.5; a=b=-2;") == (("Far land", 1.5), ("a=b", -2.0))
    assert value_of(v.Weights, "") == ()


@pytest.mark.parametrize("text", ["Farland", "Farland=", "=2", "Farland=much", "Farland: 2", "A=1; 2"])
def test_weight_that_is_no_pair_is_refused_with_the_form_to_use(text):
    assert 'is not area=number; separate several with ";"' in refusal(v.Weights, text)


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("no", False), ("", False)])
def test_yes_and_no_and_blank_are_understood(text, value):
    assert value_of(v.YesNo, text) is value


@pytest.mark.parametrize("text", ["TRUE", "1", "y", "not really"])
def test_other_answers_are_refused(text):
    assert "is neither yes nor no; leave it blank for no" in refusal(v.YesNo, text)


@pytest.mark.parametrize("kind", [v.Number, v.Positive, v.Count, v.OptionalCount, v.OptionalPositive, v.OptionalShare])
@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999"])
def test_numbers_that_are_not_finite_are_refused(kind, text):
    with pytest.raises(ValidationError):
        value_of(kind, text)


@pytest.mark.parametrize("kind", [v.Number, v.Positive, v.Count, v.OptionalCount, v.OptionalPositive, v.OptionalShare])
@pytest.mark.parametrize("text", ["12,000", "12 000", "1.2.3", "about 12", "12%", "O"])
def test_text_where_a_number_belongs_is_refused_with_the_remedy(kind, text):
    message = refusal(kind, text)
    assert "is not a number" in message
    assert "without spaces or thousands separators" in message


@pytest.mark.parametrize(
    ("kind", "allowed", "refused"),
    [
        (v.Positive, "0.1", "0"),
        (v.Count, "0", "-0.1"),
        (v.OptionalCount, "0", "-1"),
        (v.OptionalPositive, "1", "0"),
        (v.OptionalShare, "1", "1.01"),
        (v.OptionalShare, "0", "-0.01"),
    ],
)
def test_numbers_keep_to_their_bounds(kind, allowed, refused):
    assert value_of(kind, allowed) == float(allowed)
    with pytest.raises(ValidationError):
        value_of(kind, refused)


@pytest.mark.parametrize("kind", [v.OptionalCount, v.OptionalPositive, v.OptionalShare])
def test_blank_number_is_not_known(kind):
    assert value_of(kind, "") is None


@pytest.mark.parametrize("kind", [v.Number, v.Positive, v.Count])
def test_blank_number_that_is_required_is_refused(kind):
    with pytest.raises(ValidationError):
        value_of(kind, "")


def test_each_quantity_has_a_row_that_says_over_time_and_where_members_show_it():
    kinds = [*quantities.STOCKS, *quantities.CUMULATIVE, *quantities.FLOWS]
    assert sorted(kinds) == sorted(quantities.QUANTITIES) == sorted(get_args(quantities.QuantityName))
    for quantity in quantities.QUANTITIES.values():
        assert {quantity.at_places, quantity.over_routes} <= {"", "present", *People._fields}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (False, ""),
        (True, "yes"),
        (0.0, "0"),
        (1.0, "1"),
        (20000.0, "20000"),
        (0.1, "0.1"),
        (1e16, "1e+16"),
        (dt.date(2021, 2, 3), "2021-02-03"),
        (("Alpha", "Beta"), "Alpha; Beta"),
        ((("North", 1.0), ("South", -0.5)), "North=1; South=-0.5"),
        ((), ""),
    ],
)
def test_cells_are_written_in_the_words_of_the_format(value, text):
    assert v.to_cell(value) == text


@given(FINITE)
def test_written_number_reads_back_the_same(number):
    assert value_of(v.Number, v.to_cell(number)) == number


@given(st.none() | st.floats(0, 1e300))
def test_written_count_reads_back_the_same(count):
    assert value_of(v.OptionalCount, v.to_cell(count)) == count


@given(st.none() | st.dates())
def test_written_day_reads_back_the_same(day):
    assert value_of(v.OptionalDay, v.to_cell(day)) == day


@given(st.booleans())
def test_written_answer_reads_back_the_same(answer):
    assert value_of(v.YesNo, v.to_cell(answer)) is answer


@given(st.lists(NAME, max_size=4).map(tuple))
def test_written_names_read_back_the_same(names):
    assert value_of(v.Names, v.to_cell(names)) == names


@given(st.lists(st.tuples(NAME, FINITE), max_size=4).map(tuple))
def test_written_weights_read_back_the_same(weights):
    assert value_of(v.Weights, v.to_cell(weights)) == weights


@given(st.dates(), st.dates(), st.sampled_from(["day", "month", "year", "both"]))
def test_written_period_reads_back_the_same(one, other, form):
    first, last = sorted((one, other))
    text = {"day": str(first), "month": str(first)[:7], "year": str(first)[:4], "both": f"{first}/{last}"}[form]
    period = value_of(v.AsOf, text)
    assert value_of(v.AsOf, v.to_cell(period)) == period
    assert period.start <= first <= period.end
    assert form != "both" or (period.start, period.end) == (first, last)


def test_values_that_are_no_text_pass_as_they_are():
    assert value_of(v.Number, 2.5) == 2.5
    assert value_of(v.Day, dt.date(2021, 1, 2)) == dt.date(2021, 1, 2)
    assert value_of(v.Names, ("a",)) == ("a",)
    assert math.isclose(value_of(v.Weights, (("a", 1.5),))[0][1], 1.5)
    assert value_of(v.YesNo, True) is True
    period = v.Period(dt.date(2021, 1, 1), dt.date(2021, 1, 2), "x")
    assert value_of(v.AsOf, period) is period
