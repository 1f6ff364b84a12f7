"""One test for each thing that can be wrong with a folder: exact file, row and column, and what to do."""

import pytest

from checking import examined
from folders import PLACES, TABLES, added, changed, file_name, write_folder
from tiau.faults import Fault, InputError, listing
from tiau.loading import load

EVENT = "E9,2021-02-02,2021-02-04,{place},clash,5,{known},,paper,no,"
ACT = "{act},2021-03-01,,2021-03-01,{authority},federal,{effect},River bridge,,0.5,,,{softens},{ends},gazette,no,"
REPORT = (
    "{report},{known},,{as_of},{place},{origin},{group},present,{value},{bound},{low},{high},{same},{not_scored},,,,"
)
DEPARTURES = "day,group,place,people\n"


def event(place="Alpha", known="2021-02-05"):
    return EVENT.format(place=place, known=known)


def act(act="A2", effect="exempt", softens="", ends="", authority="Ministry"):
    return ACT.format(act=act, effect=effect, softens=softens, ends=ends, authority=authority)


def report(report="R9", **cells):
    usual = {
        "known": "2021-02-12", "as_of": "2021-02-10", "place": "North", "origin": "", "group": "all", "value": "5",
        "bound": "exact", "low": "", "high": "", "same": "", "not_scored": "",
    }  # fmt: skip
    return REPORT.format(report=report, **{**usual, **cells})


def place(
    name="Zeta", country="Homeland", kind="town", lat="22.05", lon="93.05", population="", capacity="", aliases=""
):
    return f"{name},{aliases},{country},,,{lat},{lon},{kind},{population},{capacity},survey,no,"


def faults_of(folder):
    return list(examined(folder))


# table, its new text, and the one fault that it gives: row, column, cell, problem, remedy, level
FAULTS = {
    # Names
    "place misprinted in acts": ("acts", changed("acts", "River bridge", "Borderlnds"), 2, "places", "Borderlnds",
        "is neither a place nor an area nor a crossing", 'did you mean "Borderlands"?'),
    "place in routes": ("routes", changed("routes", "Beta,Gamma", "Beta,Gamna"), 3, "to", "Gamna",
        "is not a place", 'did you mean "Gamma"?'),
    "area in routes": ("routes", changed("routes", "Beta,Gamma", "Beta,Plains"), 3, "to", "Plains",
        "is not a place", "name a place in it"),
    "place in groups": ("groups", changed("groups", "Hills,0.9", "Hils,0.9"), 2, "homes", "Hils",
        "is neither a place nor an area", 'did you mean "Hills"?'),
    "place in affinity": ("groups", changed("groups", "Farland=1", "Farlund=1"), 2, "affinity", "Farlund",
        "is neither a place nor an area", 'did you mean "Farland"?'),
    "place in events": ("events", added("events", event("Betta")), 3, "place", "Betta",
        "is neither a place nor an area", 'did you mean "Beta"?'),
    "place in departures": ("departures", DEPARTURES + "2021-02-03,,Alhpa,10\n", 2, "place", "Alhpa",
        "is neither a place nor an area", 'did you mean "Alpha"?'),
    "member of an area": ("areas", changed("areas", "Gamma; Delta", "Gamma; Deltta"), 2, "members", "Deltta",
        "is neither a place nor another area", 'did you mean "Delta"?'),
    "area in itself": ("areas", changed("areas", "Gamma; Delta", "Gamma; Borderlands"), 2, "members", "Borderlands",
        "is the area itself", "name its places"),
    "place in reports": ("reports", added("reports", report(place="Nord")), 8, "place", "Nord",
        "is neither a place nor an area", 'kept but not placed; did you mean "North"?', "warning"),
    "origin in reports": ("reports", added("reports", report(origin="Alhpa")), 8, "origin", "Alhpa",
        "is neither a place nor an area", 'did you mean "Alpha"?', "warning"),
    "accent": ("places", changed("places", "Gamma,,", "Gämma,,") + place("Gamma", lat="22.25", lon="93.45") + "\n", 7,
        "place", "Gamma",
        'differs from "Gämma" in case, accents or spaces alone', "if they are the same", "warning"),
    "name that lacks an accent": ("events", added("events", event("Álpha")), 3, "place", "Álpha",
        "is neither a place nor an area", 'did you mean "Alpha"?'),
    "crossing that differs in case": ("routes", added("routes", "Gamma,Epsilon,50,foot,River Bridge,,,map,no,"), 6,
        "crossing", "River Bridge", 'differs from "River bridge"', "spell both alike", "warning"),
    "crossing in another case": ("acts", changed("acts", "River bridge", "river bridge"), 2, "places", "river bridge",
        "nor a crossing", 'did you mean "River bridge"?'),
    "duplicate place": ("places", added("places", place("ALPHA")), 7, "place", "ALPHA",
        "stands twice", "the first is in row 2; give each a name of its own"),
    "duplicate place with two spaces": ("places", added("places", place("New Town"), place("new  town")), 8, "place",
        "new  town", "stands twice", "the first is in row 7"),
    "duplicate act": ("acts", added("acts", act("a1", "statement")), 3, "act", "a1", "stands twice", "row 2"),
    "duplicate area": ("areas", added("areas", "borderlands,,Beta,"), 3, "area", "borderlands",
        "stands twice", "row 2"),
    "alias of another place": ("places", added("places", place(aliases="Beta")), 7, "aliases", "Beta",
        'also names "Beta"', "delete it", "warning"),
    "group in acts": ("acts", changed("acts", "River bridge,", "River bridge,Police"), 2, "groups", "Police",
        "is not a group", 'did you mean "police"?'),
    "group in departures": ("departures", DEPARTURES + "2021-02-03,qqq,,10\n", 2, "group", "qqq",
        "is not a group", "add it to groups.csv"),
    "group in reports": ("reports", added("reports", report(group="lawmakers")), 8, "group", "lawmakers",
        "is not a group", "kept but not compared", "warning"),
    "group called all": ("groups", changed("groups", "Hill police,police", "all,police"), 3, "group", "all",
        "means every group", "choose another name"),
    # Rows that name rows
    "exempt without softens": ("acts", added("acts", act()), 3, "softens", "",
        "is blank for an exemption", "give the id of the order that it softens"),
    "softens no act": ("acts", added("acts", act(softens="A7")), 3, "softens", "A7", "is not an act",
        "give the id of an act of this file"),
    "softens itself": ("acts", added("acts", act(softens="A2")), 3, "softens", "A2",
        "is the act itself", "name another act"),
    "softens another authority": ("acts", added("acts", act(softens="A1", authority="State")), 3, "softens", "A1",
        "is of another authority", "it changes nothing", "warning"),
    "ends no act": ("acts", added("acts", act(effect="statement", ends="zzz")), 3, "ends", "zzz",
        "is not an act", "give the id of an act"),
    "same as no report": ("reports", added("reports", report(same="R77")), 8, "same_as", "R77",
        "is not a report", "give the id of a report of this file"),
    "same as itself": ("reports", added("reports", report(same="R9")), 8, "same_as", "R9",
        "is the report itself", "leave it blank"),
    "same as in a circle": ("reports", added("reports", report("R8", same="R9"), report("R9", same="R8")), 8,
        "same_as", "R9", "leads back to this report", "leave it blank"),
    # Numbers
    "latitude out of range": ("places", changed("places", "22.4", "122.4"), 6, "lat", "122.4",
        "is too large", "not above 90 (degrees north; are lat and lon swapped?)"),
    "longitude out of range": ("places", changed("places", "93.0", "-193.0"), 2, "lon", "-193.0",
        "is too small", "not below -180"),
    "text for a number": ("places", changed("places", "20000", "many"), 2, "population", "many",
        "is not a number", "use digits"),
    "NaN": ("places", changed("places", "20000", "NaN"), 2, "population", "NaN",
        "is not a finite number", "leave the cell blank"),
    "infinity": ("routes", changed("routes", "30,road", "inf,road"), 2, "distance_km", "inf",
        "is not a finite number", "leave the cell blank"),
    "NaN of affinity": ("groups", changed("groups", "Farland=1", "Farland=nan"), 2, "affinity",
        "Farland=nan; Epsilon=-0.5", 'is not area=number', "separate several"),
    "huge affinity": ("groups", changed("groups", "Farland=1", "Farland=1e300"), 2, "affinity", "Farland=1e+300",
        "is too large a weight", "give -20 to 20"),
    "negative distance": ("routes", changed("routes", "30,road", "-30,road"), 2, "distance_km", "-30",
        "is too small", "above 0"),
    "negative population": ("places", changed("places", "20000", "-5"), 2, "population", "-5",
        "is too small", "not below 0"),
    "negative value": ("reports", added("reports", report(value="-5")), 8, "value", "-5",
        "is too small", "not below 0"),
    "capacity 0": ("places", changed("places", "4000", "0"), 5, "capacity", "0",
        "is too small", "above 0, or leave the cell blank for unlimited room"),
    "more people than there are": ("places", changed("places", "20000", "1e12"), 2, "population", "1000000000000",
        "cannot be right", "from 0 to 10,000,000,000"),
    "way round the earth": ("routes", changed("routes", "30,road", "1e6,road"), 2, "distance_km", "1000000",
        "cannot be right", "to 40,100"),
    "share above 1": ("groups", changed("groups", "0.9", "90"), 2, "share", "90",
        "is too large", "not above 1 (a share: 0.25 for 25%)"),
    "share below 0": ("groups", changed("groups", "0.9", "-0.9"), 2, "share", "-0.9", "is too small", "not below 0"),
    "enforcement above 1": ("acts", changed("acts", "0.5", "1.5"), 2, "enforcement", "1.5",
        "is too large", "not above 1"),
    "comma for thousands": ("places", changed("places", "20000", '"20,000"'), 2, "population", "20,000",
        "is not a number", "thousands separators: 20000, or 20 if the separator is a decimal one"),
    "commas for thousands": ("places", changed("places", "20000", '"1,234,567"'), 2, "population", "1,234,567",
        "is not a number", "thousands separators: 1234567"),
    "lakh": ("places", changed("places", "20000", '"1,20,000"'), 2, "population", "1,20,000",
        "is not a number", "thousands separators: 120000"),
    "space for thousands": ("places", changed("places", "20000", "20 000"), 2, "population", "20 000",
        "is not a number", "thousands separators: 20000"),
    "thin space for thousands": ("places", changed("places", "20000", "20\u202f000"), 2, "population", "20\u202f000",
        "is not a number", "thousands separators: 20000"),
    "points and comma": ("places", changed("places", "20000", '"1.234,5"'), 2, "population", "1.234,5",
        "is not a number", "thousands separators: 1234.5"),
    "decimal comma": ("groups", changed("groups", "0.9", '"0,9"'), 2, "share", "0,9",
        "is not a number", "separators: 0.9"),
    "percent": ("groups", changed("groups", "0.9", "90%"), 2, "share", "90%", "is not a number", "0.9 for 90%"),
    "underscore": ("places", changed("places", "20000", "20_000"), 2, "population", "20_000",
        "is not a number", "separators: 20000"),
    "words for not known": ("places", changed("places", "20000", "n/a"), 2, "population", "n/a",
        "is not a number", "leave the cell blank where the figure is not known"),
    "error of a spreadsheet": ("places", changed("places", "20000", "#REF!"), 2, "population", "#REF!",
        "is not a number", "it is a formula or its error"),
    "part of a person": ("places", changed("places", "20000", "20.5"), 2, "population", "20.5",
        "is not a whole number of people", "read with a decimal point", "warning"),
    "report without a value": ("reports", added("reports", report(value="")), 8, "value", "",
        "is blank, but bound is exact", "kept but not scored; give the figure", "warning"),
    "range without an end": ("reports", added("reports", report(value="", bound="range", low="5")), 8, "high", "",
        "is blank, but bound is range", "give both ends"),
    "low above high": ("reports", added("reports", report(value="", bound="range", low="5", high="4")), 8, "low", "5",
        "lies above high", "swap them; high is 4"),
    "value outside low and high": ("reports", added("reports", report(value="9", low="5", high="8")), 8, "value", "9",
        "does not lie between low and high (5 to 8)", "check the three", "warning"),
    # Words
    "unknown kind": ("places", changed("places", "camp", "kamp"), 6, "kind", "kamp",
        "is not a word known here", 'did you mean "camp"? allowed: origin, town, reception, camp, junction'),
    "unknown mode": ("routes", changed("routes", "foot", "fot"), 4, "mode", "fot",
        "is not a word known here", 'did you mean "foot"?'),
    "unknown effect": ("acts", changed("acts", "close", "closed"), 2, "effect", "closed",
        "is not a word known here", 'did you mean "close"?'),
    "unknown level": ("acts", changed("acts", "federal", "fedral"), 2, "level", "fedral",
        "is not a word known here", 'did you mean "federal"?'),
    "unknown quantity": ("reports", changed("reports", "turned_back", "turnedback"), 7, "quantity", "turnedback",
        "is not a word known here", 'did you mean "turned_back"?'),
    "unknown bound": ("reports", changed("reports", "about", "roughly"), 7, "bound", "roughly",
        "is not a word known here", "allowed: exact, about, at_least, at_most, range"),
    "no yes or no": ("routes", changed("routes", "River bridge,yes", "River bridge,TRUE"), 4, "porous", "TRUE",
        "is neither yes nor no", "leave it blank for no, or write yes"),
    # Days
    "impossible date": ("events", changed("events", "2021-02-04", "2021-02-31"), 2, "end", "2021-02-31",
        "is not a day of the calendar", "check month and day"),
    "day first": ("events", changed("events", "2021-02-04", "15/03/2021"), 2, "end", "15/03/2021",
        "is not a day", "write it as YYYY-MM-DD: 2021-03-15 (in a spreadsheet, format the column as text)"),
    "day first with points": ("events", changed("events", "2021-02-04", "15.3.2021"), 2, "end", "15.3.2021",
        "is not a day", "YYYY-MM-DD: 2021-03-15 ("),
    "day or month first": ("events", changed("events", "2021-02-04", "4/2/2021"), 2, "end", "4/2/2021",
        "is not a day", "2021-02-04 if the day stands first, 2021-04-02 if the month does"),
    "month first": ("events", changed("events", "2021-02-04", "2/14/2021"), 2, "end", "2/14/2021",
        "is not a day", "YYYY-MM-DD: 2021-02-14 ("),
    "day first in a period": ("reports", changed("reports", "2021-02-10,North", "15/02/2021,North"), 2, "as_of",
        "15/02/2021", "is not a day, month, year or start/end", "YYYY-MM-DD: 2021-02-15 ("),
    "months in a period": ("reports", changed("reports", "2021-02-10,North", "2021-01/2021-02,North"), 2, "as_of",
        "2021-01/2021-02", "is not a day, month, year or start/end", "2021-01-01/2021-02-28"),
    "short year": ("events", changed("events", "2021-02-04", "15-03-21"), 2, "end", "15-03-21",
        "is not a day", "2021-03-15 if the day stands first, 2015-03-21 if the year does"),
    "day without zeros": ("events", changed("events", "2021-02-04", "2021-2-4"), 2, "end", "2021-2-4",
        "is not a day", "YYYY-MM-DD: 2021-02-04 ("),
    "day with a time": ("events", changed("events", "2021-02-04", "2021-02-04 00:00"), 2, "end", "2021-02-04 00:00",
        "is not a day", "YYYY-MM-DD: 2021-02-04 ("),
    "name of a month": ("events", changed("events", "2021-02-04", "4 February 2021"), 2, "end", "4 February 2021",
        "is not a day", "YYYY-MM-DD: 2021-02-04 ("),
    "number of a spreadsheet": ("events", changed("events", "2021-02-04", "44231"), 2, "end", "44231",
        "is not a day", "YYYY-MM-DD: 2021-02-04 ("),
    "end before start": ("events", changed("events", "2021-02-04", "2021-02-01"), 2, "end", "2021-02-01",
        "lies before start", "start is 2021-02-02"),
    "until before from": ("acts", changed("acts", "2021-03-10", "2021-02-28"), 2, "until", "2021-02-28",
        "lies before from", "from is 2021-03-01"),
    "as_of after known_on": ("reports", changed("reports", "2021-02-10,North", "2021-02-12,North"), 2, "as_of",
        "2021-02-12", "lies after known_on", "(2021-02-11) before its day"),
    "period that ends before it starts": ("reports", changed("reports", "2021-02-10,North",
        "2021-02-10/2021-02-09,North"), 2, "as_of", "2021-02-10/2021-02-09", "ends before it starts", "swap the days"),
    "another century": ("acts", changed("acts", "2021-03-10", "9999-12-31"), 2, "until", "9999-12-31",
        "lies in another century", "check the year"),
    "outside the period": ("departures", DEPARTURES + "2022-02-03,,,10\n2021-02-03,,,9\n2021-03-29,,,9\n", 2,
        "day", "2022-02-03",
        "lies outside the scenario's period", "the row is not used", "warning"),
    # Places and ways
    "crossing missing on a border route": ("routes", added("routes", "Beta,Delta,9,foot,,,,map,no,"), 6, "crossing",
        "", "is blank on a route over a border", "name the crossing between Farland and Homeland"),
    "crossing inside a country": ("routes", changed("routes", "20,track,", "20,track,Gate"), 3, "crossing", "Gate",
        "lies inside a country", "both ends are in Homeland: leave it blank"),
    "route to itself": ("routes", added("routes", "Alpha,Alfa,9,foot,,,,map,no,"), 6, "to", "Alfa",
        "is where the route begins", "name the other end"),
    "route twice": ("routes", added("routes", "Beta,Alpha,9,foot,,,,map,no,"), 6, "to", "Alpha",
        "is the end of a second way from Beta, after row 2", "delete one", "warning"),
    "unreachable reception": ("places", added("places", place(country="Farland", kind="reception")), 7, "place",
        "Zeta", "cannot be reached from any home", "add a way to it in routes.csv", "warning"),
    "way in the wrong direction": ("routes", changed("routes", "40,road,,,", "40,road,,,yes").replace(
        "Delta,Epsilon", "Epsilon,Delta"), None, "place", "Epsilon", "cannot be reached", "add a way", "warning"),
    "origin without population": ("places", changed("places", "origin,10000", "origin,"), 3, "population", "",
        "is blank for Beta, an origin where a group lives", "give the number of people, or 0"),
    "homes without an origin": ("groups", changed("groups", "Alpha; Beta,0.1", "Gamma,0.1"), 3, "homes", "Gamma",
        "holds no place of kind origin", "change the kind in places.csv"),
    "origin that is no home": ("places", added("places", place(kind="origin", population="9")), 7, "place", "Zeta",
        "is no group's home", "nobody leaves it", "warning"),
    "shares of a place": ("groups", changed("groups", "Alpha; Beta,0.1", "Alpha,0.2"), 3, "share", "",
        "home in Alpha have shares that sum to 1.1", "1 or less (rows 2, 3)"),
    "departures from no home": ("departures", DEPARTURES + "2021-02-03,police,Gamma,10\n", 2, "place", "Gamma",
        "is no home of the group police", "nobody could leave from there"),
    # Files
    "header-only places": ("places", PLACES.splitlines()[0] + "\n", 2, "", "",
        "has a header but no rows", "add the places"),
    "header-only groups": ("groups", TABLES["groups"].splitlines()[0] + "\n", None, "", "",
        "has no rows", "nobody leaves", "warning"),
    "empty file": ("acts", "", 1, "", "", "is empty", "give it the columns act, from, until"),
    "blank lines alone": ("acts", "\n\n \n", 1, "", "", "is empty", "give it the columns act, from, until"),
    "missing file": ("events", None, None, "", "", "is missing", "add it, with the columns event, start, end"),
    "short row": ("routes", changed("routes", "20,track,,,,map,no,", "20,track"), 3, "", "Beta",
        "has 4 cells for 10 columns", "may be cut short"),
    "long row": ("routes", changed("routes", "20,track,,,,map,no,", "20,track,,,,map,no,a,b"), 3, "", "Beta",
        "has 11 cells for 10 columns", "in quotes"),
    "unknown column": ("places", changed("places", "population", "populaton"), 1, "", "populaton",
        "is not a column of this table", 'did you mean "population"?'),
    "column without a name": ("areas", "area,aliases,,members\nBorderlands,The border,,Gamma; Delta\n", 1, "", "",
        "has a column without a name", "give column 3 a name"),
    "column twice": ("places", changed("places", "aliases", "country"), 1, "country", "",
        "stands twice in the header", "remove one"),
    "missing column": ("routes", changed("routes", "distance_km", "x_km"), 1, "", "",
        'has no column "distance_km"', "add it to the header"),
    "UTF-16": ("places", PLACES.encode("utf-16"), None, "", "", "is in UTF-16", '"CSV UTF-8 (comma delimited)"'),
    "UTF-16 without a mark": ("places", PLACES.encode("utf-16-be"), None, "", "", "is in UTF-16", "CSV UTF-8"),
    "Latin-1": ("places", PLACES.replace("tents", "dépôt").encode("latin-1"), 6, "note", "dépôt",
        "holds a letter that is not UTF-8", '"CSV UTF-8 (comma delimited)"'),
    "semicolons": ("places", PLACES.replace("; ", " ").replace(",", ";"), 1, "", "",
        "is separated by semicolons", "set the list separator of your system to a comma"),
    "tabs": ("places", PLACES.replace(",", "\t"), 1, "", "", "is separated by tabs", "CSV UTF-8 (comma delimited)"),
    "line for a spreadsheet": ("places", "sep=,\n" + PLACES, 1, "", "sep=", "begins with a line for a spreadsheet",
        "delete this line"),
    "workbook": ("places", b"PK\x03\x04\x14\x00\x06\x00", None, "", "", "is a workbook", "CSV UTF-8"),
    "zero bytes": ("events", TABLES["events"].encode() + b"\0\0", 3, "", "",
        "holds a zero byte", "the file is damaged"),
    "invisible character": ("events", changed("events", "paper", "pa\x07per"), 2, "source", "pa\x07per",
        "holds the invisible character U+0007", "type it again"),
    "quotation mark that is not closed": ("places", changed("places", "Beta,", '"Beta,'), 3, "", "",
        "is not a table from here on", "a quotation mark that is not closed"),
    "ten million characters": ("events", changed("events", "paper", "p" * 10_000_000), 2, "source", "p" * 41,
        "has 10,000,000 characters, more than the 32,767", "shorten it"),
    "ten thousand columns": ("events", "event," + ",".join(f"c{i}" for i in range(9_999)) + "\n", 1, "", "",
        "has 10,000 columns", "keep those of this table"),
    # scenario.toml
    "unknown key": ("scenario", 'licens = "CC0"\n' + TABLES["scenario"], None, "licens", "CC0",
        "is not a key of this file", 'did you mean "licence"?'),
    "unknown key in a table": ("scenario", changed("scenario", 'group =', 'grop ='), None, "series.grop",
        "all", "is not a key of this file", 'did you mean "group"?'),
    "broken TOML": ("scenario", changed("scenario", 'name = "small"', "name = "), 2, "", "name =",
        "is not valid TOML", "correct the line"),
    "text without quotation marks": ("scenario", changed("scenario", 'name = "small"', "name = small"), 2, "",
        "name = small", "is not valid TOML", "put text in quotation marks"),
    "curled quotation marks": ("scenario", changed("scenario", 'name = "small"', "name = “small”"), 2, "",
        "name = “small”", "is not valid TOML", "straight quotation marks"),
    "day first in TOML": ("scenario", changed("scenario", "start = 2021-02-01", "start = 15/03/2021"), 4, "",
        "start = 15/03/2021", "is not valid TOML", "write days as YYYY-MM-DD"),
    "brackets without end": ("scenario", "x = " + "[" * 100_000, 1, "", "", "has brackets in brackets without end",
        "remove them"),
    "newer format": ("scenario", changed("scenario", "format = 1", "format = 3"), None, "format", "",
        "has format 3, this version reads formats 1 to 2", "install a newer version"),
    "format without end": ("scenario", changed("scenario", "format = 1", "format = 0x" + "f" * 9_000), None, "format",
        "a very large number", "is a number of too many digits", "write a number that can be"),
    "number without end": ("scenario", changed("scenario", "0.0001", "9" * 9_000), 18, "", "value = " + "9" * 33,
        "is not valid TOML", "correct it"),
    "parameter without end": ("scenario", changed("scenario", "0.0001", "0x" + "f" * 9_000), None,
        "parameters.departure_rate.value", "a very large number", "is a number of too many digits", "write a number"),
    "start as a text": ("scenario", changed("scenario", "start = 2021-02-01", 'start = "2021-02-01"'), None, "start",
        "2021-02-01", "is a text", "2021-02-01 without quotation marks"),
    "day with a time in TOML": ("scenario", changed("scenario", "start = 2021-02-01", "start = 2021-02-01T00:00:00"),
        None, "start", "2021-02-01 00:00:00", "is a day with a time", "write the day alone: 2021-02-01"),
    "number for a day": ("scenario", changed("scenario", "start = 2021-02-01", "start = 20210201"), None, "start",
        "20210201", "is not a day", "without quotation marks"),
    "yes for a number": ("scenario", changed("scenario", "0.0001", "true"), None, "parameters.departure_rate.value",
        "true", "is not a number", "write digits"),
    "yes for the format": ("scenario", changed("scenario", "format = 1", "format = true"), None, "format", "true",
        "is not a number", "write digits"),
    "text for a number in TOML": ("scenario", changed("scenario", "0.0001", '"0.0001"'), None,
        "parameters.departure_rate.value", "0.0001", "is not a number", "without quotation marks"),
    "number for a text": ("scenario", changed("scenario", '"small"', "5"), None, "name", "5",
        "is not a text", "put it in quotation marks"),
    "name with a slash": ("scenario", changed("scenario", '"small"', '"../small"'), None, "name", "../small",
        "is not a name", "use letters, digits"),
    "missing key": ("scenario", changed("scenario", "end = 2021-03-31\n", ""), None, "end", "",
        "is missing", "add it: end = 2021-12-31"),
    "unknown rules": ("scenario", changed("scenario", '"destinations"', '"gravity"'), None, "rules.model", "gravity",
        "chooses rules, of which there is one kind alone", "delete [rules]"),
    "unknown parameter": ("scenario", changed("scenario", "departure_rate", "departure_rat"), None,
        "parameters.departure_rat", "", "is not a parameter", 'did you mean "departure_rate"?'),
    "parameter outside its bounds": ("scenario", changed("scenario", "0.0001", "1.5"), None,
        "parameters.departure_rate", "1.5", "lies outside the bounds", "from 0 to 1"),
    "NaN parameter": ("scenario", changed("scenario", "0.0001", "nan"), None, "parameters.departure_rate", "nan",
        "lies outside the bounds", "from 0 to 1"),
    "parameter without table": ("scenario", changed("scenario", "[parameters.departure_rate]", "[parameters]").replace(
        "value = 0.0001", "departure_rate = 1").replace('why = "so that a short run moves people"', ""), None,
        "parameters.departure_rate", "1", "is not a table", "begin a line with [parameters.departure_rate]"),
    "end of the scenario before its start": ("scenario", changed("scenario", "end = 2021-03-31", "end = 2021-01-31"),
        None, "end", "2021-01-31", "lies before start", "correct one of the two"),
    "two hundred years": ("scenario", changed("scenario", "end = 2021-03-31", "end = 2199-03-31"), None, "end",
        "2199-03-31", "lies 178 years after start", "check the years"),
    "place of the series": ("scenario", changed("scenario", 'place = "North"', 'place = "Noth"'), None,
        "series.place", "Noth", "is neither a place nor an area", 'did you mean "North"?'),
    "group of the series": ("scenario", changed("scenario", 'group = "all"', 'group = "polise"'), None,
        "series.group", "polise", "is not a group", 'did you mean "police"?'),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told_with_file_row_column_cell_and_remedy(tmp_path, name):
    table, text, row, column, cell, problem, remedy, *level = FAULTS[name]
    folder = write_folder(tmp_path, **{table: text})
    said = [fault for fault in faults_of(folder) if "checks were left out" not in fault.problem]
    if name == "way in the wrong direction":
        table, row = "places", 6
    assert [str(fault) for fault in said] == [str(said[0])], "one thing is wrong, so one thing is said"
    fault = said[0]
    assert (fault.file, fault.row, fault.column, fault.cell) == (file_name(table), row, column, cell)
    assert problem in fault.problem
    assert remedy in fault.remedy
    assert fault.level == (level[0] if level else "fault")
    assert len(str(fault)) <= 503
    if fault.level == "fault":
        with pytest.raises(InputError):
            load(folder)
    else:
        load(folder)


def test_faults_of_one_kind_are_all_shown_where_warnings_take_one_line():
    faults = [Fault("acts.csv", "is wrong", "mend it", row, kind="one", level=level)
              for level in ("fault", "warning") for row in (2, 3)]  # fmt: skip
    said = listing(faults).splitlines()
    assert [line.split(":")[1] for line in said] == [" acts.csv row 2", " acts.csv row 3", " acts.csv row 2"]
    assert said[2].endswith("(and 1 more like it)")
