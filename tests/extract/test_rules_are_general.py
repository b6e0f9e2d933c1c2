"""Rules know the language of the office and nobody in particular: no place, no person, no sentence of a report they are measured on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from minhchung.extract.fold import fold
from minhchung.extract.patterns import Pattern, load_patterns, load_words
from minhchung.extract.rules import Rule, load_rules
from minhchung.plan.names import place_of
from minhchung.plan.registry import load_registry

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (ROOT / "samples" / "text", *sorted((ROOT / "bench" / "quality").glob("*/text")))
DEV_REPORTS = ROOT.parent / "shared" / "dev-reports" / "text"
LONG = 6  # words (syllables) in one run that a rule may not share with a text
LONG_EXAMPLE = 8  # the same for its examples, which are whole sentences about the same few acts
# Terms of the law and of the office: names of things, which every report shares with every other.
COMMON = (
    "ban hành kèm theo quyết định này quy chế thực hiện dân chủ",
    "biện pháp bảo đảm thực hiện dân chủ ở cơ sở",
    "cộng hòa xã hội chủ nghĩa việt nam",
    "các văn bản hướng dẫn thi hành",
    "giám sát của ban thanh tra nhân dân",
    "kế hoạch của ubnd thành phố",
    "kế hoạch của ủy ban nhân dân thành phố",
    "kế hoạch triển khai thi hành",
    "luật thực hiện dân chủ ở cơ sở",
    "luật về thực hiện dân chủ",
    "nghị quyết của hội đồng nhân dân",
    "phương tiện thông tin đại chúng",
    "quy chế thực hiện dân chủ ở cơ sở",
    "sắp xếp đơn vị hành chính",
    "sửa đổi bổ sung một số điều của quy chế",
    "theo dõi tình hình thi hành pháp luật",
    "theo dõi thi hành pháp luật",
    "thực hiện dân chủ trong hoạt động của cơ quan",
    "thực hiện dân chủ trong hoạt động của trường",
    "trung tâm văn hóa thông tin và thể thao",
    "ủy ban nhân dân thành phố hải phòng",
    "văn bản quy định chi tiết",
    "xây dựng nghị quyết của hội đồng nhân dân",
)
MEDIUM = "báo hải phòng"  # the city's newspaper is a mass medium by name, as the plan itself has it
CAMPAIGN = "hồ chí minh"  # what Party members study by this name; a ward of the registry bears the last two words


def said_by_rules() -> dict[str, str]:
    """What each rule, pattern and word list looks for, as folded text: regular expressions with their signs as breaks."""
    found: dict[str, str] = {}
    for rule in load_rules():
        expression = rule.pattern.pattern if rule.pattern else ""
        found[rule.id] = "|".join((*rule.phrases, *rule.unless_before, *rule.unless_after, _plain(expression)))
    found |= {p.id: _plain(p.regex.pattern) for p in load_patterns().values()}
    return found | {name: "|".join((*words, *words.values())) for name, words in load_words().items()}


def _plain(expression: str) -> str:
    words = re.sub(r"\\s[+*?]?", " ", expression)
    return re.sub(r"\\[a-zA-Z]|[\\^$()\[\]{}?:*+.<>!=|]", "|", words)


def examples() -> dict[str, str]:
    entries: tuple[Rule | Pattern, ...] = (*load_rules(), *load_patterns().values())
    return {e.id: "|".join((*e.match, *e.nomatch)) for e in entries}


@cache
def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def runs(text: str, long: int) -> set[str]:
    """All runs of `long` words within the parts of a text that signs divide."""
    found = set()
    for part in re.split(r"[|.,;:()\"…]", fold(text)):
        words = re.findall(r"\w+", part)
        found |= {" ".join(words[i : i + long]) for i in range(len(words) - long + 1)}
    return {run for run in found if not any(run in common for common in COMMON)}


def copied(folders: tuple[Path, ...]) -> list[tuple[str, str]]:
    """Runs of words that rules share with the texts of these folders, in what they look for and in their examples."""
    reports = [words_of(f.read_text(encoding="utf-8")) for folder in folders for f in sorted(folder.iterdir())]
    assert reports
    texts = "".join(f" {report} \n" for report in reports)
    sources = ((said_by_rules(), LONG), (examples(), LONG_EXAMPLE))
    return sorted(
        (name, run) for source, long in sources for name, text in source.items() for run in runs(text, long) if f" {run} " in texts
    )


def test_no_rule_names_a_place_of_the_registry() -> None:
    places = {fold(place_of(a)) for a in load_registry().agencies} - {""}
    assert {"ngô quyền", "tiên lãng"} <= places
    any_place = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(places)))})(?!\w)")
    said = {name: fold(text).replace(CAMPAIGN, "") for name, text in said_by_rules().items()}
    assert not {name: found[0] for name, text in said.items() if (found := any_place.search(text))}


def test_no_rule_names_an_agency_in_full_nor_by_an_alias_of_its_own() -> None:
    """Aliases of one word or of letters alone ("Báo", "STP") are other words too and are left to the test of places."""
    agencies = [a for a in load_registry().agencies if not place_of(a)]
    full = {
        fold(name) for a in agencies for name in (a.name, *a.aliases) if len(name.split()) > 3 or (name != a.short_name and "Hải" in name)
    }
    assert len(full) > 50
    full -= {MEDIUM}
    assert not [(name, agency) for name, text in said_by_rules().items() for agency in full if agency in fold(text)]


def test_the_city_is_named_only_as_the_home_of_the_registry_and_in_its_newspaper() -> None:
    naming = {name for name, text in said_by_rules().items() if "hải phòng" in fold(text).replace(MEDIUM, "")}
    assert naming == {"letterhead/another-province", "letterhead/home-city", "level/district"}


def test_no_rule_names_a_person_who_signs_a_report() -> None:
    lines = [line for f in _all_texts() for line in f.read_text(encoding="utf-8").split("\n")]
    signed = {words_of(line.rsplit("|", 1)[-1]) for line in lines if line.startswith("@sign")}
    people = {name for name in signed if 2 <= len(name.split()) <= 5}
    assert len(people) > 10
    everything = {**said_by_rules(), **{f"{k} (examples)": v for k, v in examples().items()}}
    assert not [(name, person) for name, text in everything.items() for person in people if person in words_of(text)]


# Numbers and years of laws, decrees and programmes of the State.
STATUTES = frozenset({"10", "2022", "15", "59", "2023", "346", "34", "2007", "04", "2015", "71", "1998", "61", "06"})


def test_no_rule_names_a_figure_but_the_numbers_of_statutes() -> None:
    """A figure of two digits or more in what a rule looks for is a quantifier's, a part of a date's form, or a statute's."""
    figures = {}
    for name, text in said_by_rules().items():
        spoken = re.sub(r"(?<![\w/])\d{1,3},\d{0,3}(?![\w/])|\b[aA]-[zZ]\S*", " ", text)  # what is left of {0,24} and of [a-z0-9]
        figures[name] = set(re.findall(r"(?<!\w)\d{2,}(?!\d)", spoken)) - STATUTES - {"20", "100"}  # years begin "20"; "100%"
    assert not {name: found for name, found in figures.items() if found}


def test_no_rule_names_the_number_of_a_document_of_a_report() -> None:
    code = re.compile(r"(?<!\w)\d+\s?/\s?[A-ZĐ][\wĐđ]*-[\wĐđ&-]+")
    national = re.compile(r"-(?:cp|ttg|bnv|btc)$")
    numbers = {re.sub(r"\s", "", n).lower() for f in _all_texts() for n in code.findall(f.read_text(encoding="utf-8"))}
    own = {n for n in numbers if not national.search(n)}
    assert len(own) > 100
    said = {name: re.sub(r"\s", "", fold(text)) for name, text in said_by_rules().items()}
    assert not [(name, number) for name, text in said.items() for number in own if number in text]


def _all_texts() -> list[Path]:
    return [f for folder in TEXTS for f in sorted(folder.iterdir())]


def test_no_rule_copies_a_phrase_of_six_words_from_the_samples_or_the_bench() -> None:
    assert not copied(TEXTS)


def test_no_rule_copies_a_phrase_of_six_words_from_the_dev_reports() -> None:
    if not DEV_REPORTS.is_dir():
        pytest.skip("../shared/dev-reports/text is not here")
    assert not copied((DEV_REPORTS,))
