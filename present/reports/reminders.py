"""Letters of reminder (công văn đôn đốc): one for each agency with something missing or late, from a template that may be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ...store.model import DocumentRow, MissingRow, StatusRow
from ..language import counted, spoken, words
from ..terms import type_term
from .decree30 import Look, Sender, Value, letterhead, line, new_document, paragraph, saved, signing, table
from .filling import Template
from .gathering import Gathered
from .senders import sender_of, writer_of
from .texts import day_text, harmless, in_sentence, prose_day

if TYPE_CHECKING:
    from ...plan.model import Agency

# What a template may say, with what stands there; docs/reports.md lists them.
SINGLE: Final = (
    "co_quan", "ten_ngan", "ma", "nam", "ke_hoach", "ngay", "so_viec", "so_thieu", "so_qua_han", "so_muon", "noi_gui", "qua_han", "bao_cao",
)  # fmt: skip
ROW: Final = ("tt", "muc", "viec", "noi_dung", "han", "tinh_trang")
_UNSAFE: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: the agency that it goes to, the name of its file, the file, and what it lists."""

    agency: str
    file: str
    data: bytes
    rows: Sequence[StatusRow]


def draft(sender: Sender, year: int) -> bytes:
    """The template that comes with minhchung: a letter in the form of Nghị định 30/2020/NĐ-CP, in the language spoken."""
    document = new_document()
    symbol = f"/{sender.symbol}-….." if sender.symbol else "/….."
    letterhead(document, sender, symbol, year, words("V/v đôn đốc thực hiện và báo cáo kết quả Kế hoạch {{ke_hoach}} năm {{nam}}"))
    line(document, "", size=8)
    line(document, words("Kính gửi: {{co_quan}}"), centred=True)
    line(document, "", size=6)
    paragraph(
        document,
        words(
            "Thực hiện nhiệm vụ theo dõi, đôn đốc và tổng hợp kết quả Kế hoạch {{ke_hoach}}, {{noi_gui}} đã rà soát các báo cáo, tài liệu "
            "nhận được đến ngày {{ngay}}. {{bao_cao}} Có {{so_viec}} nội dung thuộc trách nhiệm của {{co_quan}} còn thiếu minh chứng "
            "hoặc thực hiện muộn{{qua_han}}, cụ thể như sau:"
        ),
    )
    line(document, "", size=6)
    widths = (10, 17, 62, 27, 49)
    rows: list[Sequence[Value]] = [(Look("{{tt}}", bold=False), "{{muc}}", "{{noi_dung}}", "{{han}}", "{{tinh_trang}}")]
    heads = (words("TT"), words("Mục"), words("Nội dung theo Kế hoạch"), words("Thời hạn"), words("Tình trạng"))
    table(document, heads, widths, rows, size=12)
    paragraph(
        document,
        words(
            "{{noi_gui}} đề nghị {{co_quan}} rà soát, khẩn trương thực hiện các nội dung nêu trên và gửi báo cáo bổ sung kèm tài liệu "
            "minh chứng về {{noi_gui}} trước ngày …../…../….. để tổng hợp, báo cáo cấp có thẩm quyền. Trường hợp nội dung đã được thực "
            "hiện hoặc đã nêu trong báo cáo, đề nghị cho biết số, ngày văn bản và trang để cập nhật."
        ),
    )
    paragraph(document, words("Trân trọng./."))
    recipients = [
        words("Như trên"),
        *([words("{} (để báo cáo)", sender.superior.replace("Ủy ban nhân dân", "UBND"))] if sender.superior else []),
        words("Lưu: VT"),
    ]
    signing(document, sender, recipients)
    return saved(document)


def letters(found: Gathered, template: Template, overdue_only: bool = False, writer: str = "") -> Iterator[Letter]:
    """The letters, in the registry's order: what each agency owes and has not evidenced, the longest overdue first, then what was late.
    Agencies that have ended and whose duties nobody took over get none."""
    name = sender_of(found.plan, found.registry, writer_of(found.plan, found.registry, found.day, writer)).name
    names = found.names()
    listed: dict[str, list[StatusRow]] = {}
    for row in found.missing:
        listed.setdefault(row.agency, []).append(row)
    for late in found.items:
        if late.owed and late.late and late.state == "evidenced":
            listed.setdefault(late.agency, []).append(late)
    for agency in found.registry.agencies:
        rows = sorted(listed.get(agency.code, []), key=lambda row: (not row.overdue, row.state == "evidenced", row.due or "9999"))
        if rows and (not overdue_only or any(row.overdue for row in rows)):
            yield Letter(agency.code, file_name(agency), template.filled(*_values(found, agency, rows, name, names[agency.code])), rows)


def file_name(agency: Agency) -> str:
    """A name that every file system takes: the code makes it the only one."""
    return f"{_UNSAFE.sub('-', agency.code)} {_UNSAFE.sub('-', harmless(agency.short_name)).strip(' .')[:80]}.docx"


def template_of(found: Gathered, writer: str = "") -> bytes:
    """The template that comes with minhchung, for the agency that writes."""
    sender = sender_of(found.plan, found.registry, writer_of(found.plan, found.registry, found.day, writer))
    return draft(sender, found.day.year)


def _values(
    found: Gathered, agency: Agency, rows: Sequence[StatusRow], writer: str, told: str
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """`told` is the agency's short name, with its superior's where another has the same."""
    overdue, late = sum(row.overdue for row in rows), sum(row.state == "evidenced" for row in rows)
    years = sorted({row.year for row in rows})
    came = [one for one in found.documents if one.agency == agency.code and one.outcome == "ingested"]
    numbers = ", ".join(dict.fromkeys(_document(one) for one in came))
    values: dict[str, object] = {
        "co_quan": agency.name + told.removeprefix(agency.short_name),
        "ten_ngan": told,
        "ma": agency.code,
        "nam": ", ".join(map(str, years)),
        "ke_hoach": in_sentence(found.plan.title),
        "ngay": prose_day(found.day),
        "so_viec": _count(len(rows)),
        "so_thieu": _count(len(rows) - late),
        "so_qua_han": _count(overdue),
        "so_muon": _count(late),
        "noi_gui": writer,
        "qua_han": words(", trong đó {} nội dung đã quá hạn", _count(overdue)) if overdue else "",
        "bao_cao": words("Đã nhận được của cơ quan: {}.", numbers) if came else words("Chưa nhận được văn bản nào của cơ quan."),
    }
    titles = {item.id: item for item in found.plan.items}
    lines: list[dict[str, object]] = [
        {
            "tt": at,
            "muc": row.item,
            "viec": titles[row.item].short,
            "noi_dung": _upper_first(titles[row.item].title) + (words(" (yêu cầu {})", row.duty) if row.duty else ""),
            "han": _due(row, found.day),
            "tinh_trang": _upper_first(row.reason) if isinstance(row, MissingRow) else words("Đã thực hiện nhưng muộn so với thời hạn"),
        }
        for at, row in enumerate(rows, 1)
    ]
    return values, lines


def _document(one: DocumentRow) -> str:
    number = words("số {}", one.number) if one.number else words("chưa rõ số")
    kind = type_term(one.type) if one.type else words("văn bản")
    return " ".join((kind.lower(), number, *([words("ngày {}", prose_day(date.fromisoformat(one.date)))] if one.date else [])))


def _due(row: StatusRow, day: date) -> str:
    if not row.due:
        return words("Kế hoạch không ghi ngày")
    days = (day - date.fromisoformat(row.due)).days
    return f"{day_text(row.due)} ({counted(days, 'quá hạn {} ngày')})" if row.overdue else day_text(row.due)


def _count(number: int) -> str:
    """Two figures at least, as official letters write them; in English as many as there are."""
    return str(number) if spoken() == "en" else f"{number:02}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
