"""500 letterheads, each with what must be read in it: `python bench/quality/letterheads.py [--seed N] [--seeds N] [--errors]`.

Every agency of the registry signs at least once, each time in another way that names are written in (`spelled`), on a day of its own time,
in one of four layouts, with or without a number and a day; the rest are bodies that the registry does not have, or names that several
agencies bear: there nobody may be credited. Random, and the same for the same seed.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from minhchung.extract.letterhead import read_letterhead
from minhchung.extract.model import Letterhead
from minhchung.ingest.model import Locator, Passage, Report, Row
from minhchung.plan.model import Agency
from minhchung.plan.names import fold_ascii, name_key, place_of
from minhchung.plan.registry import Registry, load_registry

CITY = " thành phố Hải Phòng"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
EARLIEST, LATEST = date(2021, 1, 1), date(2026, 9, 30)
STAMP_DAYS = 40  # an old stamp is still used so many days after its office ended
SHORT_KINDS = {"quận": "Q.", "huyện": "H.", "phường": "P.", "xã": "X.", "thị trấn": "TT.", "thành phố": "TP.", "đặc khu": "ĐK."}
TYPES = {
    "BC": "BÁO CÁO",
    "KH": "KẾ HOẠCH",
    "QĐ": "QUYẾT ĐỊNH",
    "TTr": "TỜ TRÌNH",
    "NQ": "NGHỊ QUYẾT",
    "TB": "THÔNG BÁO",
    "CT": "CHỈ THỊ",
    "HD": "HƯỚNG DẪN",
}
OTHERS = (
    "ỦY BAN MTTQ VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG", "HỘI LIÊN HIỆP PHỤ NỮ", "HỘI NÔNG DÂN", "HỘI CỰU CHIẾN BINH", "TÒA ÁN NHÂN DÂN",
    "VIỆN KIỂM SÁT NHÂN DÂN", "CHI CỤC THUẾ", "CÔNG AN", "BAN CHỈ HUY QUÂN SỰ", "BẢO HIỂM XÃ HỘI",
)  # fmt: skip
FIELDS = ("number", "date", "type", "year")


@dataclass(frozen=True)
class Case:
    """A letterhead as passages, and what it must read; `agency` None where nobody may be credited, `offered` who may then be proposed."""

    way: str
    report: Report
    agency: str | None
    number: str | None
    date: str | None
    type: str
    year: int
    offered: str | None = None


def old_tones(text: str) -> str:
    """The older way to place tone marks: UỶ, HOÀ, THUỶ."""
    pairs = ("ỦY UỶ", "ủy uỷ", "ÒA OÀ", "òa oà", "ÓA OÁ", "óa oá", "ỤY UỴ", "ụy uỵ")
    for pair in pairs:
        new, old = pair.split()
        text = re.sub(rf"(?<![Qq]){new}(?!\w)", old, text)
    return text


def short_words(text: str) -> str:
    """Type words before a name shortened: "quận Lê Chân" -> "Q.Lê Chân"."""
    return re.sub(r"\b(quận|huyện|phường|xã|thị trấn|thành phố|đặc khu) (?=[A-ZĐÀ-Ỹ])", lambda m: SHORT_KINDS[m[1]] + " ", text)


def bare(text: str) -> str:
    return fold_ascii(text)


def wrapped(text: str, rng: random.Random) -> list[str]:
    """A long name over two lines, never within its first two words."""
    words = text.split()
    if len(words) < 5:
        return [text]
    at = rng.randrange(3, len(words) - 1)
    return [" ".join(words[:at]), " ".join(words[at:])]


def spelled(agency: Agency, registry: Registry, rng: random.Random, alone: bool) -> Iterator[tuple[str, list[str]]]:
    """Every way of writing the agency at the head of a document: the way's name, and the lines. `alone`: it needs no superior to be told
    from others."""
    parent = registry.by_code(agency.parent) if agency.parent else None
    place = place_of(agency)
    if place:
        yield from _territorial(agency, place, parent, rng, alone)
        return
    core = agency.name.removesuffix(CITY)
    department = agency.kind == "so" and core.startswith("Sở ")
    above = ["UBND THÀNH PHỐ HẢI PHÒNG"] if parent and parent.code == "HP-UBND" else [parent.name.upper()] if parent else []
    yield "in full", [agency.name.upper()]
    yield "in full, old tone marks", [old_tones(agency.name.upper())]
    yield "in full, wrapped", wrapped(agency.name.upper(), rng)
    yield "in small letters", [agency.name]
    if above:
        yield "superior, name", [*above, core.upper() if department else agency.name.upper()]
        yield "superior, wrapped name", [*above, *wrapped(agency.name.upper(), rng)]
    if parent and parent.code == "HP-UBND":
        name = core.upper() if department else agency.name.upper()
        yield "superior over two lines, name", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", name]
        yield "superior shortened, name", ["UBND TP HẢI PHÒNG", name]
        yield "superior shortened, name", ["UBND TP. HẢI PHÒNG", name]
    if department:
        yield "department alone", [core.upper()]
        yield "abbreviated", ["UBND THÀNH PHỐ HẢI PHÒNG", agency.short_name.upper()]
        yield "without marks", ["UBND THANH PHO HAI PHONG", bare(core).upper()]
    elif agency.kind == "so":
        yield "completed by its superior", ["UBND THÀNH PHỐ HẢI PHÒNG", core.upper()]
    if agency.code == "HP-MTTQ":
        yield "standing committee", [*agency.name.upper().replace(" THÀNH PHỐ", "\nTHÀNH PHỐ").split("\n"), "BAN THƯỜNG TRỰC"]


def _territorial(agency: Agency, place: str, parent: Agency | None, rng: random.Random, alone: bool) -> Iterator[tuple[str, list[str]]]:
    unit = agency.name.removeprefix("Ủy ban nhân dân ")
    if alone:
        yield "committee over two lines", ["ỦY BAN NHÂN DÂN", unit.upper()]
        yield "committee over two lines, old tone marks", ["UỶ BAN NHÂN DÂN", old_tones(unit.upper())]
        yield "committee in one line", [f"UBND {unit.upper()}"]
        yield "committee in full in one line", [agency.name.upper()]
        yield "in small letters", [agency.name]
        yield "type word shortened", [f"UBND {short_words(unit).upper()}"]
        yield "type word shortened, no blank", [f"UBND {short_words(unit).upper().replace('. ', '.')}"]
        yield "without marks", [bare(agency.name).upper()]
        yield "bare unit under the bare word", ["UBND", unit.upper()]
        if len(unit.split()) > 3:
            yield "place wrapped", ["ỦY BAN NHÂN DÂN", *unit.upper().rsplit(" ", 1)]
    if parent is None or not place_of(parent):
        yield "city, committee", ["UBND THÀNH PHỐ HẢI PHÒNG", f"UBND {unit.upper()}"] if alone else []
        return
    above = parent.name.removeprefix("Ủy ban nhân dân ")
    yield "superior, committee", [f"UBND {above.upper()}", f"UBND {unit.upper()}"]
    yield "superior, committee over two lines", [f"UBND {above.upper()}", "ỦY BAN NHÂN DÂN", unit.upper()]
    yield "superior in full, unit", [parent.name.upper(), f"ỦY BAN NHÂN DÂN {unit.upper()}"]
    yield "superior without committee", [above.upper(), f"UBND {unit.upper()}"]
    yield "superior, old tone marks", [old_tones(f"UBND {above.upper()}"), old_tones(f"UỶ BAN NHÂN DÂN {unit.upper()}")]
    yield "superior shortened", [f"UBND {short_words(above).upper()}", f"UBND {short_words(unit).upper()}"]
    yield "city, superior, committee", ["UBND THÀNH PHỐ HẢI PHÒNG", f"UBND {above.upper()}", f"UBND {unit.upper()}"]
    yield "superior without marks", [bare(f"UBND {above}").upper(), bare(agency.name).upper()]


def other_bodies(registry: Registry, rng: random.Random) -> Iterator[tuple[str, list[str], str | None]]:
    """Bodies that nobody may be credited for: the way's name, the lines, and whom a person may be offered."""
    communes = [a for a in registry.agencies if a.parent and a.parent.startswith("QH-") and place_of(a) and a.valid_on(date(2023, 6, 1))]
    commune = rng.choice(communes)
    district = registry.by_code(commune.parent or "")
    unit = district.name.removeprefix("Ủy ban nhân dân ").upper()
    below = commune.name.removeprefix("Ủy ban nhân dân ").upper()
    place = place_of(district).upper()
    kind = unit.removesuffix(f" {place}")
    for office in ("PHÒNG NỘI VỤ", "PHÒNG TƯ PHÁP", "THANH TRA", "VĂN PHÒNG HĐND VÀ UBND", "TRUNG TÂM VĂN HÓA, THÔNG TIN VÀ THỂ THAO"):
        yield "office of a district", [f"UBND {unit}", office], district.code
        yield "office of a district, one line", [f"UBND {unit} {office}"], district.code
    for school in ("TRƯỜNG THCS HOA PHƯỢNG", "TRƯỜNG MẦM NON SAO SÁNG", "TRẠM Y TẾ", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG"):
        yield "unit of a district", [f"UBND {unit}", school], None
        yield "unit of a district, committee over two lines", ["ỦY BAN NHÂN DÂN", unit, school], None
        yield "unit of a district, one line", [f"UBND {unit} {school}"], None
        yield "unit alone", [school], None
    yield "steering committee", [f"UBND {unit}", "BAN CHỈ ĐẠO", "THỰC HIỆN QUY CHẾ DÂN CHỦ"], district.code
    yield "steering committee over its unit", ["BAN CHỈ ĐẠO THỰC HIỆN QCDC", unit], district.code
    yield "council for legal education", [f"UBND {unit}", "HỘI ĐỒNG PHỐI HỢP PBGDPL"], None
    yield "people's council", ["HỘI ĐỒNG NHÂN DÂN", unit], None
    yield "people's council of a commune", [f"HỘI ĐỒNG NHÂN DÂN {below}"], None
    yield "people's council of a commune", [f"HĐND {unit}", f"HĐND {below}"], None
    for mass in OTHERS:
        yield "other body over its unit", [mass, unit], None
        yield "other body in one line", [f"{mass} {unit}"], None
        yield "other body of the city over its unit", [f"{mass} TP HẢI PHÒNG", f"{mass} {unit}"], None
    committee = {"QUẬN": "QUẬN ỦY", "HUYỆN": "HUYỆN ỦY"}.get(kind, "ĐẢNG ỦY")
    yield "Party body", [f"{committee} {place}"], None
    yield "Party body", ["ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG", f"{committee} {place}"], None
    yield "Party body over two lines", ["ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG", committee, unit], None
    yield "Party body of a commune", [f"{committee} {place}", f"ĐẢNG ỦY {below}"], None
    yield "Party body of a commune", [f"ĐẢNG BỘ {unit}", "ĐẢNG ỦY", below], None
    yield "Party office", [f"{committee} {place}", "BAN DÂN VẬN"], None
    for province in ("TỈNH QUẢNG NINH", "TỈNH THÁI BÌNH", "THÀNH PHỐ ĐÀ NẴNG"):
        yield "another province", [f"UBND {province}", "SỞ NỘI VỤ"], None
        yield "another province", [f"SỞ TƯ PHÁP {province}"], None
        yield "another province's district", [f"UBND {province}", "UBND HUYỆN TIỀN HẢI", f"UBND {below}"], None
        yield "another district of that commune's name", ["UBND HUYỆN TIỀN HẢI", f"UBND {below}"], None
    yield "unit of a department", ["SỞ NÔNG NGHIỆP VÀ PTNT", "CHI CỤC THỦY LỢI"], None
    yield "unit of a department", ["SỞ Y TẾ HẢI PHÒNG", "BỆNH VIỆN PHỤ SẢN"], None


def passages(left: Sequence[str], right: Sequence[str], rest: Sequence[str], layout: str) -> tuple[Passage, ...]:
    """The two blocks of a letterhead and what follows, in a layout: a table's cells, lines one below another, or lines that reach over
    both blocks, as text taken out of a PDF has them."""
    if layout == "table":
        texts = ["\n".join(left), "\n".join(right)]
        rows: list[Row | None] = [Row(1, 1, n, ("", ""), (texts[0], texts[1])) for n in (1, 2)]
    elif layout == "lines":
        texts, rows = [*left, *right], [None] * (len(left) + len(right))
    elif layout in ("merged", "merged, one blank"):
        height = max(len(left), len(right))
        gap = " " if layout.endswith("blank") else "          "
        sides = [(left[n] if n < len(left) else "", right[n] if n < len(right) else "") for n in range(height)]
        texts = [gap.join(side for side in pair if side) for pair in sides]
        rows = [None] * height
    else:
        raise ValueError(layout)
    kinds = ["cell" if row else "paragraph" for row in rows] + ["paragraph"] * len(rest)
    return tuple(
        Passage(n, kind, text, (), Locator(None, f"p{n}"), row)  # type: ignore[arg-type]
        for n, (kind, text, row) in enumerate(zip(kinds, [*texts, *rest], [*rows, *([None] * len(rest))], strict=True))
    )


LAYOUTS = ("table", "lines", "merged", "merged, one blank")
CAPACITIES = (
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG NỘI VỤ"),
    ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
)


def case(
    way: str, left: Sequence[str], agency: Agency | None, day: date, symbol: str, place: str, rng: random.Random,
    offered: str | None = None, path: str = "bao-cao.docx", dated: bool = True, signing: Sequence[str] = (),
) -> Case:  # fmt: skip
    """A whole letterhead about these issuer lines. `dated`: the day must stand there, for it decides between namesakes."""
    layout = rng.choice(LAYOUTS)
    blank, dayless = rng.random() < 0.15, not dated and rng.random() < 0.15
    figure = rng.randrange(1, 900)
    written = (
        rng.choice(("Số:      /", "Số: ..../", "Số:/")) if blank else rng.choice((f"Số: {figure}/", f"Số: {figure:02} /", f"Số {figure}/"))
    )
    head = symbol.split("-")[0].split("/")[0]
    kind = TYPES.get(head, "CÔNG VĂN")
    spoken = f"ngày      tháng {day:%m} năm {day.year}" if dayless else f"ngày {day:%d} tháng {day:%m} năm {day.year}"
    right = [*MOTTO, f"{place}, {spoken}"]
    year = day.year - 1 if day.month == 1 and kind == "BÁO CÁO" else day.year
    subject = f"Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm {year}"
    lines = [*left, f"{written}{symbol}"]
    opening = [kind, subject] if kind != "CÔNG VĂN" else [f"V/v báo cáo {subject[0].lower()}{subject[1:]}", "Kính gửi: Sở Nội vụ"]
    committee = agency is not None and agency.name.startswith("Ủy ban nhân dân")  # a director signs for no committee
    closing = list(rng.choice(CAPACITIES if symbol.endswith("UBND") else CAPACITIES[2:])) if committee else ["GIÁM ĐỐC"]
    closing = list(signing) or closing
    body = ["Đơn vị báo cáo như sau.", "Nơi nhận: - Sở Nội vụ; - UBND quận Ngô Quyền; - Lưu: VT.", *closing, "Nguyễn Thí Dụ"]
    report = Report("0" * 64, path, "docx", "read", passages=passages(lines, right, [*opening, *body], layout))
    number = None if blank else f"{written.split()[-1 if ' /' not in written else -2].rstrip('/')}/{symbol}"
    return Case(
        f"{way} ({layout})", report, agency.code if agency else None, number, None if dayless else day.isoformat(), kind, year, offered
    )


def days_of(agency: Agency, rng: random.Random) -> date:
    first = max(agency.valid_from or EARLIEST, EARLIEST)
    last = min(agency.valid_to or LATEST, LATEST)
    if last < first:  # it ended before the earliest day that we write on
        first = max(agency.valid_from or date(2016, 7, 1), date(2016, 7, 1))
    return first + timedelta(days=rng.randrange((last - first).days + 1))


@cache
def bearing(key: Callable[[str], str]) -> dict[str, list[Agency]]:
    """The agencies of the registry by what is left of their name under `key`."""
    found: dict[str, list[Agency]] = {}
    for agency in load_registry().agencies:
        found.setdefault(key(agency.name), []).append(agency)
    return found


def needs_superior(agency: Agency, day: date, key: Callable[[str], str] = name_key) -> bool:
    """Whether another agency bore this name on that day."""
    return sum(a.valid_on(day) for a in bearing(key)[key(agency.name)]) > 1


def symbol_of(agency: Agency, rng: random.Random) -> str:
    fitting = [s for s in agency.symbols if re.fullmatch(r"[A-ZĐ][\wĐđ]*[-/].+", s)]
    return rng.choice(fitting) if fitting else "BC-VP"


def known(registry: Registry, rng: random.Random) -> Iterator[Case]:
    """Each agency of the registry once, in ways that come in turn, so that every way is used."""
    used: Counter[str] = Counter()
    for agency in registry.agencies:
        day = days_of(agency, rng)
        alone = not needs_superior(agency, day)
        blurred = needs_superior(agency, day, fold_ascii)
        ways = [(way, lines) for way, lines in spelled(agency, registry, rng, alone) if lines and not (blurred and way == "without marks")]
        rng.shuffle(ways)
        way, lines = min(ways, key=lambda w: used[w[0]])
        used[way] += 1
        place = place_of(agency) if place_of(agency) and rng.random() < 0.8 else "Hải Phòng"
        yield case(way, lines, agency, day, symbol_of(agency, rng), place, rng, dated=day.year >= 2025)


def strangers(registry: Registry, rng: random.Random, count: int) -> Iterator[Case]:
    """Bodies that nobody may be credited for, half of them in a folder that bears a district's name."""
    pool = list(other_bodies(registry, rng))
    while len(pool) < count:
        pool += other_bodies(registry, rng)
    for way, lines, offered in rng.sample(pool, count):
        symbol = rng.choice(("BC-PNV", "BC-THCS", "BC-HND", "BC/QU", "BC-BCĐ", "BC-UBND"))
        path = rng.choice(("bao-cao.docx", "Quận Lê Chân/bao-cao.docx", "ubnd-quan-ngo-quyen.docx"))
        place = rng.choice(("Hải Phòng", "Lê Chân", "Thái Bình"))
        yield case(way, lines, None, date(2023, rng.randrange(2, 13), 5), symbol, place, rng, offered, path)


def special(registry: Registry, rng: random.Random, count: int) -> Iterator[Case]:
    """What turns on the day or on the signing block: old stamps, names that several bear, a department signing for the city."""
    ended = [a for a in registry.agencies if a.valid_to in (date(2024, 12, 31), date(2025, 6, 30)) and place_of(a)]
    names = {fold_ascii(a.name): a for a in registry.agencies}
    ended = [a for a in ended if names[fold_ascii(a.name)] is a]  # nobody of that name afterwards, nor beside it
    ended = [a for a in ended if not needs_superior(a, a.valid_to or LATEST)]
    homonyms = [a for a in registry.agencies if place_of(a) and needs_superior(a, date(2023, 6, 1)) and a.valid_on(date(2023, 6, 1))]
    city = registry.by_code("HP-UBND")
    for n in range(count):
        if n % 3 == 2:
            signing = ("TUQ. CHỦ TỊCH UBND THÀNH PHỐ", "GIÁM ĐỐC SỞ NỘI VỤ")
            lines = ["UBND THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ"]
            yield case("by authority of the city", lines, city, date(2023, 8, 7), "BC-UBND", "Hải Phòng", rng, signing=signing)
        elif n % 3:
            agency = rng.choice(homonyms)
            lines = ["ỦY BAN NHÂN DÂN", agency.name.removeprefix("Ủy ban nhân dân ").upper()]
            yield case("several of this name", lines, None, date(2023, 6, 5), "BC-UBND", place_of(agency), rng, agency.code)
        else:
            agency = rng.choice(ended)
            day = (agency.valid_to or LATEST) + timedelta(days=rng.randrange(1, STAMP_DAYS))
            yield case(
                "old stamp", [f"UBND {agency.name.removeprefix('Ủy ban nhân dân ').upper()}"], agency, day, "BC-UBND", "Hải Phòng", rng
            )


def letterheads(seed: int = 1, total: int = 500) -> list[Case]:
    """The set of one seed: all agencies, then a few of the special ones and as many strangers as fill it up."""
    registry, rng = load_registry(), random.Random(seed)
    cases = list(known(registry, rng))
    cases += special(registry, rng, (total - len(cases)) // 3)
    return [*cases, *strangers(registry, rng, total - len(cases))]


@dataclass
class Score:
    """How a set was read: `wrong` identities, `unresolved` ones, `fields` read right; `faults` as lines to print."""

    resolvable: int
    others: int
    wrong: int
    unresolved: int
    offered: int
    fields: Counter[str]
    total: int
    faults: list[str]


def score(cases: Sequence[Case]) -> Score:
    """Read each letterhead and compare."""
    registry = load_registry()
    found = Score(sum(c.agency is not None for c in cases), sum(c.agency is None for c in cases), 0, 0, 0, Counter(), len(cases), [])
    for one in cases:
        head = read_letterhead(one.report, registry).letterhead
        if head.agency != one.agency:
            unresolved = head.agency is None
            found.unresolved += unresolved
            found.wrong += not unresolved
            found.faults.append(f"{'unresolved' if unresolved else 'WRONG'}: {one.agency} read {head.agency} [{head.basis}] {_shown(one)}")
        elif one.offered and one.offered not in head.candidates:
            found.faults.append(f"not offered: {one.offered}, but {head.candidates} [{head.basis}] {_shown(one)}")
        found.offered += bool(one.offered) and head.agency is None and one.offered in head.candidates
        for name in FIELDS:
            found.fields[name] += (right := _right(one, head, name))
            if not right:
                found.faults.append(f"{name}: want {getattr(one, name)}, read {getattr(head, name)} {_shown(one)}")
    return found


def _right(one: Case, head: Letterhead, name: str) -> bool:
    return bool(getattr(one, name) == getattr(head, name))


def _shown(one: Case) -> str:
    return f"{one.way}: {' | '.join(p.text for p in one.report.passages[:7])!r}"


def main() -> None:
    """Print one line a seed, and with --errors every fault."""
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seeds", type=int, default=1, help="so many sets, from --seed on")
    options.add_argument("--total", type=int, default=500)
    options.add_argument("--errors", action="store_true")
    asked = options.parse_args()
    print("| seed | letterheads | of an agency | of others | wrong | unresolved | number | date | type | year |\n|" + "---|" * 10)
    for seed in range(asked.seed, asked.seed + asked.seeds):
        found = score(letterheads(seed, asked.total))
        fields = " | ".join(f"{found.fields[name] / found.total:.3f}" for name in FIELDS)
        print(f"| {seed} | {found.total} | {found.resolvable} | {found.others} | {found.wrong} | {found.unresolved} | {fields} |")
        if asked.errors:
            print("\n".join(found.faults))


if __name__ == "__main__":
    main()
