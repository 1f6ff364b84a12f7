"""Countries by name in three languages, by code of ISO and by code of UNHCR."""

from __future__ import annotations

import pytest

from tiau.scenario.countries import countries, country, country_of_unhcr, nearest_country


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Sudan", "SDN"), ("soudan", "SDN"), ("SDN", "SDN"), ("sd", "SDN"), ("SUD", "SDN"), ("Sudán", "SDN"),
        ("Chad", "TCD"), ("Tchad", "TCD"), ("CHD", "TCD"), ("Central African Rep.", "CAF"), ("CAR", "CAF"),
        ("Cote d'Ivoire", "CIV"), ("Türkiye", "TUR"), ("Turkey", "TUR"),
        ("Serbia and Kosovo (S/RES/1244 (1999))", "XKX"), ("XKX", "XKX"),
        ("Tanzania, United Republic of", "TZA"), ("Congo, Democratic Republic of the", "COD"), ("Congo", "COG"),
        ("South Sudan", "SSD"), ("Niger", "NER"), ("  guinea   bissau ", "GNB"), ("AUS", "AUS"),
    ],
)  # fmt: skip
def test_names_and_codes_mean_one_country(text, iso3):
    assert country(text).iso3 == iso3


@pytest.mark.parametrize(
    "text", ["", " ", "-", "Various", "Others", "UKN", "Darfur", "Not available", ",", "(", "Sudann"]
)
def test_what_is_no_country_is_none(text):
    assert country(text) is None


def test_codes_of_unhcr_come_first_where_the_file_has_them():
    assert [country_of_unhcr(code).name for code in ("AUS", "ARE", "NIG", "NGR", "SUD", "TCD")] == [
        "Austria", "Egypt", "Nigeria", "Niger", "Sudan", "Chad",
    ]  # fmt: skip


def test_no_two_countries_share_a_code_or_a_name():
    for codes in ([one.iso3 for one in countries()], [one.iso2 for one in countries()],
                  [one.unhcr for one in countries() if one.unhcr]):  # fmt: skip
        assert len(codes) == len(set(codes)) > 150
    for one in countries():
        assert all(country(name) is one for name in (one.name, *one.names, one.iso3, one.iso2))


def test_a_near_name_is_suggested():
    assert nearest_country("Tchat") == 'did you mean "Tchad"?'
