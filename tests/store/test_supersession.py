import pytest

from minhchung.store.supersession import Numbered, plain_number, superseded


def paper(name: str, number: str | None, date: str = "2023-11-01", replaces: tuple[str, ...] = (), year: int | None = 2023) -> Numbered:
    return Numbered(name, number, date, year, replaces)


def test_a_later_report_replaces_the_one_it_names() -> None:
    assert superseded([paper("new", "9/BC-UBND", "2023-11-20", ("4/BC-UBND",)), paper("old", "4/BC-UBND")]) == {"old": "new"}


def test_blanks_zeros_and_tone_marks_do_not_matter() -> None:
    assert plain_number("Số 0487 / BC-UBND").endswith("487/bc-ubnd")
    assert superseded([paper("new", "9", "2023-11-20", ("0004 / BC-SLDTBXH",)), paper("old", "4/BC-SLĐTBXH")]) == {"old": "new"}


def test_the_same_number_of_an_earlier_year_is_another_report() -> None:
    papers = [paper("2022", "4/BC", "2022-11-01"), paper("2023", "4/BC", "2023-11-01"), paper("new", "9/BC", "2023-11-20", ("4/BC",))]
    assert superseded(papers) == {"2023": "new"}


def test_both_copies_of_the_report_are_replaced() -> None:
    papers = [paper("docx", "4/BC"), paper("pdf", "4/BC"), paper("new", "9/BC", "2023-11-20", ("4/BC",))]
    assert superseded(papers) == {"docx": "new", "pdf": "new"}


def test_a_correction_may_carry_the_number_of_what_it_corrects() -> None:
    assert superseded([paper("old", "4/BC", "2023-11-01"), paper("new", "4/BC", "2023-11-05", ("4/BC",))]) == {"old": "new"}
    assert superseded([paper("docx", "4/BC", "2023-11-01", ("4/BC",)), paper("pdf", "4/BC", "2023-11-01", ("4/BC",))]) == {}


def test_an_earlier_report_never_replaces_a_later_one() -> None:
    assert superseded([paper("early", "1/BC", "2023-01-01", ("4/BC",)), paper("late", "4/BC", "2023-11-01")]) == {}


@pytest.mark.parametrize("date", ["", "2023-11-01"])
def test_reports_that_name_each_other_in_a_ring_do_not_all_vanish(date: str) -> None:
    papers = [paper("a", "1/BC", date, ("2/BC",)), paper("b", "2/BC", date, ("3/BC",)), paper("c", "3/BC", date, ("1/BC",))]
    assert len(superseded(papers)) < 3
