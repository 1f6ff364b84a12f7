"""Files, pages and standard input as articles: the story of a page alone, what it says of itself, what is refused."""

from __future__ import annotations

import datetime as dt
import io
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from article_pages import (
    BANNER,
    COMMENT,
    HIDDEN,
    LINKED_DATA,
    MENU,
    RELATED,
    SPANISH,
    STORY,
    news_page,
)  # fmt: skip
from tiau.faults import InputError
from tiau.readers.articles.language import languages
from tiau.readers.articles.markup import page_of
from tiau.readers.articles.page_facts import page_facts
from tiau.readers.articles.page_text import paragraphs
from tiau.readers.articles.pages import read_article
from tiau.readers.articles.text_facts import published_of, publisher_of

DAY = dt.date(2021, 3, 19)
TEXT = "More than 1,000 people have crossed into Mizoram since the end of February, an official said.\n"


@pytest.fixture
def written(tmp_path):
    def write(content, name="article.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_article(path)
    [fault] = caught.value.faults
    assert fault.remedy
    assert "\n" not in str(fault)
    return str(fault)


def read_or_refuse(source, **given):
    """Return the text of an article, or a blank one where the file is refused with one fault."""
    try:
        return read_article(source, **given).text
    except InputError as error:
        (_,) = error.faults
        return ""


@pytest.mark.parametrize(
    "content",
    [
        TEXT, TEXT.replace("\n", "\r\n") * 3, "\ufeff" + TEXT, TEXT + "\r\r" + TEXT,
        "The café, they said, was full of people.",
    ],
)  # fmt: skip
def test_places_in_a_text_are_those_of_the_file(written, content):
    path = written(content)
    assert read_article(path).text == path.read_text(encoding="utf-8-sig")


def test_a_text_in_windows_letters_is_read_with_a_note(written):
    article = read_article(written("The people of the “Sénégal” have fled.".encode("cp1252")))
    assert article.text == "The people of the “Sénégal” have fled."
    assert "Windows-1252" in article.notes[0]


def test_a_text_in_utf_16_is_read(written):
    assert read_article(written(TEXT.encode("utf-16"))).text == TEXT


@pytest.mark.parametrize("stream", [io.BytesIO(TEXT.encode()), io.StringIO(TEXT)])
def test_standard_input_is_a_dash(stream):
    article = read_article("-", stdin=stream)
    assert (article.file, article.text) == ("-", TEXT)


@pytest.mark.parametrize("wrapper", ["article", "main", "div"])
@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_of_a_news_page_the_story_is_left(written, wrapper, name):
    article = read_article(written(news_page(wrapper=wrapper), name))
    told = article.text.split("\n\n")
    assert [one for one in told if not one.startswith("Over a thousand")] == list(STORY)
    for other in (BANNER, COMMENT, HIDDEN, MENU, *RELATED, "77,000", "More from the region", "Buy the new book"):
        assert other not in article.text
    assert article.url == "https://example.org/2021/03/19/story"


def test_a_very_short_page_keeps_its_words(written):
    page = "<html><body><p>Over 300 people fled to Goma.</p><p>They are in schools.</p><h3>More</h3></body></html>"
    assert read_article(written(page)).text == "Over 300 people fled to Goma.\n\nThey are in schools."


def test_words_in_tags_of_their_own_stay_apart(written):
    page = "<p>People of <b>Mizoram</b> <i>and</i>\n<a href='/'>Manipur</a> have fled the fighting<br>in the hills.</p>"
    told = read_article(written(page)).text
    assert told == "People of Mizoram and Manipur have fled the fighting in the hills."


def test_paragraphs_with_links_stay_and_links_to_other_stories_go(written):
    short = '<p>He told <a href="/afp">AFP</a>.</p>'
    linked = '<p><a href="/u">UNHCR</a> says <a href="/x">more than 1,000 people have crossed</a> the border.</p>'
    other = '<p>Also read: <a href="/z">Fifty thousand flee floods in the south of the country</a></p>'
    page = news_page(wrapper="div").replace(f"<p>{STORY[4]}</p>", f"<p>{STORY[4]}</p>{short}{linked}{other}")
    told = read_article(written(page)).text
    assert "\n\nHe told AFP.\n\nUNHCR says more than 1,000 people have crossed the border.\n\n" in told
    assert "Fifty thousand" not in told


def test_a_banner_that_no_name_gives_away_goes(written):
    page = news_page(wrapper="div").replace('<div class="cookie-banner">', '<div class="x1">')
    assert BANNER in page
    assert "cookies" not in read_article(written(page)).text


@pytest.mark.parametrize("between", ["<br><br>", "<br/>\n<br/>"])
def test_a_page_of_lines_parted_by_breaks_has_paragraphs(written, between):
    lines = [
        f"More than {number},000 people have fled from the town to the hills of the north." for number in (1, 2, 3)
    ]
    page = f"<html><body><div>{between.join(lines)}</div></body></html>"
    assert read_article(written(page)).text == "\n\n".join(lines)


def test_a_page_of_a_site_in_a_form_is_read(written):
    page = news_page().replace("<body>", "<body><form action='/'>").replace("</body>", "</form></body>")
    assert STORY[0] in read_article(written(page)).text


def test_paragraphs_that_share_a_class_of_the_site_are_no_boilerplate(written):
    page = news_page().replace("<article>", "<article class='related-wrapper has-sidebar'>")
    assert STORY[3] in read_article(written(page)).text


def test_a_spanish_page_is_its_story():
    page = page_of("p.html", SPANISH)
    story, whole = paragraphs("p.html", page)
    assert [one[:20] for one in story if "Publicado" not in one] == [
        "Más de 3.000 persona", "Más de 3.000 persona", "Las familias están e",
    ]  # fmt: skip
    assert published_of("\n\n".join(whole)) == dt.date(2021, 3, 24)
    assert page_facts(page).publisher == "El Diario de Prueba"


@pytest.mark.skipif("es" not in {one.code for one in languages()}, reason="no table of Spanish")
def test_a_page_is_read_in_the_letters_that_it_names(written):
    article = read_article(written(SPANISH.encode("latin-1")))
    assert (article.language.code, article.published) == ("es", dt.date(2021, 3, 24))
    assert "alcaldía" in article.text


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2021-03-19T23:30:00+05:30">', DAY),
        ('<meta name="pubdate" content="19 March 2021">', DAY),
        ('<meta name="DC.date" content="2021-03-19">', DAY),
        ('<meta itemprop="datePublished" content="Fri, 19 Mar 2021 10:00:00 GMT">', DAY),
        ('<meta name="date" content="03/04/2021">', None),
        (f'<script type="application/ld+json">{LINKED_DATA}</script>', DAY),
        (f'<script type="application/ld+json">{LINKED_DATA}, oops</script>', DAY),
        ('<meta property="article:published_time" content="2021-03-19"><meta itemprop="datePublished" '
         'content="2020-01-02">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_day_of_a_page(written, head, published):
    assert read_article(written(news_page(head=head))).published == published


def test_the_day_of_a_page_by_its_tag_for_times_or_its_line(written):
    page = news_page()
    at = "<h1>Over a thousand people have fled to Mizoram</h1>"
    assert (
        read_article(written(page.replace(at, at + '<time datetime="2021-03-19T10:00">Friday</time>'))).published == DAY
    )
    assert read_article(written(page.replace(at, at + "<p>Published: 19 March 2021, 14:05 IST</p>"))).published == DAY


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ('<meta property="og:site_name" content=" Example  Daily ">', "Example Daily"),
        (f'<script type="application/ld+json">{LINKED_DATA}</script>', "Example Daily"),
        ('<meta name="application-name" content="Example Daily">', "Example Daily"),
        ("", "Example Press"),
    ],
)
def test_the_publisher_of_a_page(written, head, publisher):
    assert read_article(written(news_page(head=head))).publisher == publisher


def test_what_is_given_comes_before_what_a_page_says(written):
    page = written(news_page(head=f'<script type="application/ld+json">{LINKED_DATA}</script>'))
    article = read_article(page, published=dt.date(2021, 3, 21), publisher="Another")
    assert (article.published, article.publisher) == (dt.date(2021, 3, 21), "Another")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 20 March 2021", "2021-03-20"), ("March 20, 2021 | 14:05", "2021-03-20"),
        ("2021-03-20", "2021-03-20"),
        ("Publié le 20 mars 2021 à 14h05", "2021-03-20"), ("By Jane Doe | March 20, 2021 2:05 PM IST", "2021-03-20"),
        ("Published March 20, 2021 Updated March 22, 2021", "2021-03-20"), ("20/03/2021", "2021-03-20"),
        ("GENEVA, 3 March 2021 (UNHCR) \u2013 The people are there.", "2021-03-03"),
        ("GENEVA, March 3 (UNHCR) \u2013 The people are there.", None), ("03/04/2021", None),
        ("Updated: 21 March 2021", None),
        ("20 March", None), ("44260", None), ("The coup of 1 February 2021 was a year ago.", None),
    ],
)  # fmt: skip
def test_the_day_of_a_text_is_in_a_line_of_its_own_or_its_dateline(line, published):
    told = published_of(f"A headline\n\n{line}\n\nMore than 1,000 people have fled since 3 May 2020, they said.\n")
    assert told == (dt.date.fromisoformat(published) if published else None)


def test_days_that_head_a_chronology_are_none_of_publication():
    assert (
        published_of("What happened\n\n1 February 2021\nA coup.\n\n27 February 2021\nA crowd is dispersed.\n") is None
    )


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("(Reuters) - More than 1,000 people", "Reuters"), ("GENEVA, March 3 (UNHCR) \u2013 The agency", "UNHCR"),
        ("(Dan Tri) \u2013 Myanmar police", "Dan Tri"), ("AIZAWL, India (AP) — Police", "AP"),
        ("Geneva (ICRC) \u2013 It is", "ICRC"),
        ("Madrid, 3 mar (EFE).- Unas", "EFE"), ("Aizawl, Mar 19 (PTI) More than", "PTI"),
        ("They fled.\n\n© AFP", "AFP"),
        ("They fled.\n\nCopyright 2021 The Example Press. All rights reserved.", "The Example Press"),
        ("AIZAWL: More than 1,000 people", ""), ("Human Rights Watch (HRW) - the group - said", ""),
        ("Myanmar (Burma): a country", ""), ("They fled.\n\n© Jane Doe", ""), ("Fled (Photo: Reuters).", ""),
        ("The police (about 300) - and others", ""),
    ],
)  # fmt: skip
def test_the_publisher_of_a_text(text, publisher):
    assert publisher_of(text) == publisher


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n\x00\x01", "is a PDF"), (b"PK\x03\x04word", "Word"), (b"\xd0\xcf\x11\xe0", "old office"),
        (b"\x89PNG\r\n\x1a\n\0", "an image"), (b"\xff\xd8\xff\xe0", "an image"), (b"{\\rtf1 The people}", "Rich Text"),
        (b"", "is empty"), (b" \r\n\t ", "is empty"), (b"\xef\xbb\xbf", "is empty"), (b"the\0of", "zero byte"),
        (b"\x01\x02" * 50 + b"the of", "is no text"), ("x" * 10_000_000, "more than 1 MB"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "web archive"),
        ("<html><body><script>var a = 1</script></body></html>", "without text"), ("1,000 2,000", "has no words"),
        ("<!doctype html>" + " " * 20_000_001, "more than 20 MB"),
        ("Более 1000 человек перешли границу, сообщили местные власти.", "English"),
        ("Mehr als 1.000 Menschen haben seit Ende Februar die Grenze überquert, sagte ein Abgeordneter.", "English"),
        ("عبر أكثر من ألف شخص الحدود منذ نهاية فبراير، بحسب مسؤول محلي.", "English"),
        ("လူပေါင်း ၁၀၀၀ ကျော် နယ်စပ်ကို ဖြတ်ကျော်ခဲ့သည်။", "English"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_a_sentence(written, content, said):
    start = time.process_time()
    assert said in refusal(written(content))
    assert time.process_time() - start < 10


def test_folders_and_missing_files_are_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path)
    assert "does not exist" in refusal(tmp_path / "none.txt")
    assert "name" in refusal("a\0b")


def test_right_to_left_names_in_an_english_text_are_no_fault(written):
    text = "More than 1,000 people of الفاشر have fled the town since the end of the week, an official said."
    assert read_article(written(text)).text == text


P = f"<p>{TEXT}</p>"
HOSTILE = {
    "deep": "<html><body>" + "<div>" * 90_000 + P + "</div>" * 90_000, "open": "<html>" + P + "<div>" * 90_000,
    "tags": "<html>" + "<b></b>" * 1_500_000, "angles": "<html>" + "<" * 2_000_000,
    "comments": "<html>" + "<!--" * 1_000_000, "scripts": "<html>" + "<script>" * 500_000,
    "attributes": "<html><body><div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">" + P,
    "short paragraphs": "<html>" + "<p>a b</p>" * 4_900, "breaks": "<html>" + P + "<br>" * 150_000,
    "linked data": "<html><script type='application/ld+json'>" + "[" * 500_000 + "</script>" + P,
    "one paragraph": "<html><body><p>" + "the people of " * 100_000, "lines": "20 March 2021\n" * 300_000,
    "letters": "<html><meta charset='no-such'>" + P,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_give_a_sentence_or_a_text_in_time(written, name):
    path = written(HOSTILE[name])
    start = time.process_time()
    read_or_refuse(path)
    assert time.process_time() - start < 20


def test_many_tags_tell_what_to_do(written):
    assert "tags in each other; copy the text" in refusal(written(HOSTILE["open"]))


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<a href='x'>", "</a>", "<br>", "<script>", "</script>", "<!--", "-->", "<li>",
     "<h2>", "</h2>", "<article>", "</article>", "<p class=nav", "<", ">", "&amp;", "&#xD800;", "&#0;", " the people ",
     "'", '"', "\0", "é",
     "<table><tr><td>", "<time datetime=2021>", "<meta name=date content=", "<style>", "<svg>", "</svg>", "<template>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=40))
@example(["<article>", " the people ", "</article>", "<script>"])
def test_broken_markup_gives_a_text_or_a_sentence(parts):
    raw = ("<html><body>" + "".join(parts)).encode()
    text = read_or_refuse("-", stdin=io.BytesIO(raw))
    assert text == text.strip()
    assert "<script" not in text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_give_a_text_or_a_sentence(raw):
    read_or_refuse("-", stdin=io.BytesIO(raw + b" the people of the town"))
