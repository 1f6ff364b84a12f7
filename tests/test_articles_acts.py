"""What authorities did, read in a text. The sentences were written for these tests, in the manner of agency reports."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiau.loading import load
from tiau.readers.articles import acts, chains
from tiau.readers.articles.article import Article
from tiau.readers.articles.language import languages
from tiau.readers.articles.places import Surroundings
from tiau.scenario.rows import Act

PUBLISHED = dt.date(2024, 5, 17)
NOWHERE = Surroundings.of(None)


def proposed(text, surroundings=NOWHERE, published=PUBLISHED):
    article = Article("text.txt", text, languages()[0], published)
    found = acts.propose(article, surroundings)
    for one in found:
        assert article.text[one.start : one.end] == one.quote
        assert one.start <= one.marked[0] < one.marked[1] <= one.end
    return found


TOLD = [
    ("Pakistan's Interior Ministry ordered all undocumented Afghans to leave the country by November 1.", "expel", "Pakistan's Interior Ministry", "federal", "2024-05-17", "Pakistan"),
    ("Chad closed its border with Sudan on 15 April, the government said.", "close", "Government of Chad", "national", "2024-04-15", "Chad"),
    ("The border was closed on Friday by order of the Polish government.", "close", "Polish government", "national", "2024-05-17", ""),
    ("Ukraine's foreign minister urged Poland to keep the border open to refugees.", "statement", "Ukraine's foreign minister", "foreign", "2024-05-17", "Poland"),
    ("Colombia's government granted temporary protection to 1.7 million Venezuelans on March 1.", "admit", "Colombia's government", "national", "2024-03-01", "Colombia"),
    ("Bangladesh's Foreign Ministry said it cannot give refugee status to Rohingya who arrived this month.", "statement", "Bangladesh's Foreign Ministry", "national", "2024-05-01/2024-05-17", "Bangladesh"),
    ("Egypt has deported hundreds of Sudanese refugees since January, Amnesty International said.", "expel", "Government of Egypt", "national", "2024-01-01/2024-05-17", "Egypt"),
    ("Turkish border guards pushed back 200 Syrians on Tuesday.", "push_back", "Turkish border guards", "national", "2024-05-14", ""),
    ("Greek authorities have been pushing migrants back at sea, a rights group said.", "push_back", "Greek authorities", "national", "2024-05-17", ""),
    ("The High Court of Kenya on Monday suspended the government's order to close Dadaab refugee camp.", "statement", "High Court of Kenya", "court", "2024-05-13", "Dadaab"),
    ("A court in Dhaka stayed the deportation of 12 refugees.", "statement", "court in Dhaka", "court", "2024-05-17", "Dhaka"),
    ("The Ethiopian government opened a new refugee camp in Gambella for 20,000 South Sudanese.", "relief", "Ethiopian government", "federal", "2024-05-17", "Gambella"),
    ("The World Food Programme delivered food to 30,000 displaced people in Tigray.", "relief", "World Food Programme", "civil", "2024-05-17", "Tigray"),
    ("Uganda began registering refugees from Congo at Nyakabande on Wednesday.", "register", "Government of Uganda", "national", "2024-05-15", "Nyakabande"),
    ("Panama's President Jose Raul Mulino ordered the closure of jungle trails to migrants.", "close", "Panama's President Jose Raul Mulino", "national", "2024-05-17", "Panama"),
    ("Panama will limit entry to 650 migrants a day, its migration service said.", "quota", "Government of Panama", "national", "2024-05-17", "Panama"),
    ("Russia and Ukraine agreed on humanitarian corridors to evacuate civilians from Mariupol on March 3.", "corridor", "Government of Ukraine", "national", "2024-03-03", "Mariupol"),
    ("Poland began building a fence along its border with Belarus in January.", "fence", "Government of Poland", "national", "2024-01-01/2024-01-31", "Poland"),
    ("Sudan's foreign ministry asked Egypt to hand over former officials.", "statement", "Sudan's foreign ministry", "foreign", "2024-05-17", "Egypt"),
    ("The governor of Borno, Babagana Zulum, approved 50 million naira in relief for families displaced by flooding in Maiduguri.", "relief", "governor of Borno Babagana Zulum", "state", "2024-05-17", "Maiduguri"),
    ("The United States ended Temporary Protected Status for Haitians.", "statement", "Government of United States", "federal", "2024-05-17", "United States"),
    ("Iran expelled more than 10,000 Afghans last week.", "expel", "Government of Iran", "national", "2024-05-06/2024-05-12", "Iran"),
    ("Hungary reopened its border with Ukraine to refugees on February 25.", "admit", "Government of Hungary", "national", "2024-02-25", "Hungary"),
    ("Rwanda admitted 3,000 Congolese refugees over the weekend.", "admit", "Government of Rwanda", "national", "2024-05-11/2024-05-12", "Rwanda"),
    ("The Kurdistan regional government started issuing identity cards to Syrian refugees.", "register", "Kurdistan regional government", "state", "2024-05-17", ""),
    ("Kenya's interior ministry directed police to prevent Somali refugees from entering through Mandera.", "close", "Kenya's interior ministry", "national", "2024-05-17", "Mandera"),
    ("Mexico exempted unaccompanied minors from the expulsion order.", "exempt", "Government of Mexico", "federal", "2024-05-17", "Mexico"),
    ("Burundi asked Rwanda to extradite the officers who fled.", "statement", "Government of Burundi", "foreign", "2024-05-17", "Rwanda"),
    ("Bangladesh urged Myanmar to take back Rohingya refugees on Thursday.", "statement", "Government of Bangladesh", "foreign", "2024-05-16", "Myanmar"),
    ("The Supreme Court of India refused to halt the deportation of Rohingya.", "statement", "Supreme Court of India", "court", "2024-05-17", "India"),
    ("Peru's president declared the closure of its northern border on Monday.", "close", "Peru's president", "national", "2024-05-13", "Peru"),
    ("Ecuador banned the entry of Venezuelans without passports.", "close", "Government of Ecuador", "national", "2024-05-17", "Ecuador"),
    ("Lebanon's interior ministry suspended entry for Syrians in January.", "close", "Lebanon's interior ministry", "national", "2024-01-01/2024-01-31", "Lebanon"),
    ("Tunisia's coast guard has been turning migrants back since July.", "push_back", "Tunisia's coast guard", "national", "2023-07-01/2024-05-17", "Tunisia"),
    ("The federal government of Nigeria released 100 trucks of food for displaced people in Borno on Sunday.", "relief", "federal government of Nigeria", "federal", "2024-05-12", "Borno"),
    ("Sudan's army agreed to a safe passage for civilians in El Fasher.", "corridor", "Sudan's army", "federal", "2024-05-17", "El Fasher"),
    ("Germany decided to take in 1,000 Afghans from Iran.", "admit", "Government of Germany", "federal", "2024-05-17", "Germany"),
    ("Thai authorities allowed 3,000 people to cross into Mae Sot on Saturday.", "admit", "Thai authorities", "national", "2024-05-11", "Mae Sot"),
    ("Ethiopia's refugee commission launched a registration of refugees in Metema on 2 May.", "register", "Ethiopia's refugee commission", "federal", "2024-05-02", "Metema"),
    ("The Dominican government resumed deportations of Haitians on Thursday.", "expel", "Dominican government", "national", "2024-05-16", ""),
    ("Finland's interior minister said on Tuesday that the government had closed four border crossings.", "close", "Government of Finland", "national", "2024-05-14", "Finland"),
    ("Brazil's president told parliament that refugees were welcome.", "statement", "Brazil's president", "federal", "2024-05-17", "Brazil"),
]  # fmt: skip
NO_ACT = [
    "The Sudanese army imposed a curfew in Khartoum.",
    "Refugees hope India will open its border.",
    "Myanmar police who crossed the border hope the Indian government will allow them asylum.",
    "UNHCR urged Pakistan not to deport Afghan refugees.",
    "India is not party to the 1951 Refugee Convention.",
    "The 1967 Protocol obliges states not to send refugees back.",
    "More than 5,000 people crossed into Chad on Friday.",
    "Ecuador's National Assembly debated whether to close the border.",
    "Local villagers gave shelter to 300 refugees.",
    "The mayor of Przemysl said the town needed help.",
    "Tanzania could close its border with Burundi, officials warned.",
    "Ma Htwe, a farmer, asked the authorities to let refugees stay.",
    "Lebanon's army demolished tents.",
    "The federal government and the state are still at odds over how to handle border crossers.",
    "The border remains closed.",
    "Refugees fear that Turkey will deport them.",
    "Two boys were admitted to hospital in Cox's Bazar.",
    "The army said it had retaken Loikaw.",
    "A judge sentenced a smuggler to four years.",
    "If Jordan closed its border, thousands would be stranded.",
    "Chad has not closed its border.",
    "The government denied that it had deported anybody.",
    "Police arrested 40 students in Khartoum.",
    "Villagers closed the road with stones.",
    "Fighting came close to the border.",
    "Gunmen opened fire near the border.",
    "The minister opened a school in Juba.",
    "Some 400 families registered at the camp.",
    "Residents asked for food and water.",
    "The officer asked not to be named because the border is a delicate matter.",
    "The ceasefire was signed in Pretoria.",
    "Colombia hosts 2.8 million Venezuelans.",
    "Soldiers turned back the clock.",
    "The refugees built walls of mud around their homes.",
    "A fence was torn down by the storm.",
    "Parliament passed the budget.",
    "The president will visit the camp.",
    "Smugglers charge 2,000 dollars for the crossing.",
    "Human Rights Watch called on Greece to end pushbacks.",
    "The UN appealed for 2.7 billion dollars for Sudan.",
    "He wrote a letter to his mother.",
    "Congo expelled the ambassador of Rwanda.",
    "Aid agencies plan to open a camp for refugees.",
    "People who were denied asylum slept outside.",
    "Nobody should be sent back, activists said.",
]


@pytest.mark.parametrize(("text", "effect", "authority", "level", "day", "place"), TOLD)
def test_an_act_with_who_did_it_where_and_when(text, effect, authority, level, day, place):
    cells = proposed(text)[0].cells
    told = tuple(cells[column] for column in ("effect", "authority", "level", "as_of", "place"))
    assert told == (effect, authority, level, day, place)


@pytest.mark.parametrize("text", NO_ACT)
def test_what_is_no_act_gives_none(text):
    assert [(one.cells["effect"], one.cells["authority"]) for one in proposed(text)] == []


@pytest.mark.parametrize("words", [
    "except on humanitarian grounds", "except for medical emergencies", "with the exception of women and children", "unless they hold visas",
])  # fmt: skip
def test_an_exception_is_a_row_of_its_own_that_softens_the_order(words):
    order, exception = proposed(f"Jordan sealed its border with Syria on June 21, {words}.")
    assert (order.cells["effect"], exception.cells["effect"]) == ("close", "exempt")
    assert exception.cells["softens"] == order.cells["report"]
    assert exception.cells["report"] != order.cells["report"]
    assert {order.cells[column] == exception.cells[column] for column in ("authority", "level", "place", "as_of")} == {True}
    assert words.split()[0] in exception.quote[exception.marked[0] - exception.start :]


def test_an_exception_told_later_softens_the_order_of_the_same_authority_alone():
    text = "Chad closed its border on 2 May.\n\nMexico suspended entry for Haitians on 3 May.\n\nMexico exempted minors on 4 May."
    chad, mexico, minors = proposed(text)
    assert minors.cells["softens"] == mexico.cells["report"] != chad.cells["report"]


def test_what_a_text_tells_twice_is_one_act_with_its_day():
    text = "Chad closed its border with Sudan.\n\nThe border was closed on 15 April."
    (act,) = proposed(text)
    assert act.cells["as_of"] == "2024-04-15"
    assert len(proposed("Chad closed its border on 2 May.\n\nLibya closed its border on 2 May.")) == 2
    assert len(proposed("Chad closed its border on 2 March.\n\nChad closed its border on 2 May.")) == 2


def test_who_is_not_told_is_left_blank_and_asked_for():
    (act,) = proposed("The border was closed on Friday.")
    assert (act.cells["authority"], act.cells["level"]) == ("", "")
    assert any("fill in authority" in check for check in act.check)
    assert act.confidence < proposed("Chad closed the border on Friday.")[0].confidence


def test_a_day_that_is_not_told_is_that_of_publication_and_says_so():
    (act,) = proposed("Chad closed its border with Sudan.")
    assert act.cells["as_of"] == "2024-05-17"
    assert any("no day is told" in check for check in act.check)
    (act,) = proposed("Chad closed its border with Sudan.", published=None)
    assert act.cells["as_of"] == ""


def test_places_that_an_order_counts_but_does_not_name_are_asked_for():
    text = "The home ministry ordered five provinces, including {}, to prevent refugees from entering."
    (act,) = proposed(text.format("Zambia and Malawi"))
    assert "five provinces: 3 of them are not named" in act.check
    (act,) = proposed(text.format("some in the north"))
    assert "five provinces: not all of them are named" in act.check


@pytest.fixture(scope="module")
def mizoram():
    return Surroundings.of(load("mizoram-2021"))


def test_the_acts_of_the_report_of_the_mission(mizoram):
    text = """The federal government of India and the state of Mizoram are still at odds over how to handle border crossers from Myanmar.

The Indian Ministry of Home Affairs recently asked four states bordering Myanmar, including Mizoram, to take measures to prevent refugees from Myanmar from entering India, except for humanitarian reasons.

India\u2019s Home Ministry said states cannot grant refugee status to any person from Myanmar, as India is not party to the United Nations\u2019 1951 Refugee Convention and its 1967 Protocol.

On March 18, Prime Minister of Mizoram Zoramthanga sent a letter to Indian Prime Minister Narendra Modi, affirming that India `cannot ignore` the ongoing humanitarian crisis in this state.

In a letter to Prime Minister Modi, Mr. Zoramthanga said the people of Mizoram state are ethnically related to the Chin ethnic refugees in Myanmar and `cannot be indifferent to their suffering`.

Earlier this month, Myanmar asked India to expel police officers who crossed the border."""
    found = proposed(text, mizoram, dt.date(2021, 3, 20))
    told = [tuple(one.cells[column] for column in ("effect", "level", "as_of", "place", "group")) for one in found]
    assert told == [
        ("close", "federal", "2021-03-20", "Mizoram", ""),
        ("exempt", "federal", "2021-03-20", "Mizoram", ""),
        ("statement", "federal", "2021-03-20", "India", ""),
        ("statement", "state", "2021-03-18", "Mizoram", ""),
        ("statement", "foreign", "2021-03-01/2021-03-20", "India", "Police and officials"),
    ]
    assert "four states: 3 of them are not named" in found[0].check
    assert found[1].cells["softens"] == found[0].cells["report"]
    assert "Zoramthanga" in found[3].cells["authority"]
    assert any("part of a country" in check for check in found[3].check)


def test_a_state_of_a_scenario_acts_by_its_name_and_is_a_state(mizoram):
    (act,) = proposed("Mizoram opened its border to refugees on 5 March.", mizoram, dt.date(2021, 3, 20))
    assert (act.cells["authority"], act.cells["level"]) == ("Government of Mizoram", "state")


@pytest.mark.parametrize("text", [one[0] for one in TOLD])
def test_a_proposal_is_a_row_of_acts_once_it_has_places(text):
    for one in proposed(text):
        first, _, last = one.cells["as_of"].partition("/")
        row = {
            "act": one.cells["report"], "from": first, "until": "", "known_on": one.cells["known_on"], "authority": one.cells["authority"],
            "level": one.cells["level"], "effect": one.cells["effect"], "places": one.cells["place"] or "somewhere",
            "groups": one.cells["group"], "softens": one.cells.get("softens", ""),
        }  # fmt: skip
        assert Act.model_validate(row).effect == one.cells["effect"]
        assert last == "" or dt.date.fromisoformat(last) >= dt.date.fromisoformat(first)
        assert 0 < one.confidence < 1
        assert one.why


def test_every_rule_of_a_language_can_be_read():
    for language in languages():
        for rule in (*language.acts, *language.events):
            for part in (*rule.parts, rule.unless):
                assert chains.expanded(language, part)


WORDS = st.sampled_from([
    "Chad", "closed", "the", "border", "ordered", "to", "prevent", "refugees", "from", "entering", "except", "for", "asked", "India", "hand", "over",
    "police", "court", "deport", "a", "letter", "granted", "asylum", "on", "Friday", ".", ",", "\n\n", "camp", "opened", "by", "Ministry", "the government",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_whatever_is_proposed_stands_in_the_text(text):
    ids = [one.cells["report"] for one in proposed(text)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("word", ["ordered ", "closed border ", "refugees from ", "ask ", "to prevent ", "in the ", "a-", "letter to ", "has been ", "Chad "])
def test_long_runs_of_words_take_no_time(word):
    began = time.perf_counter()
    proposed(word * (20_000 // len(word)))
    assert time.perf_counter() - began < 10
