"""The lines of a list, written in Python: nothing in them is markup that somebody typed."""

from dataclasses import fields
from datetime import date
from uuid import UUID

from danvan.matters.queries.rows import Row
from danvan.matters.queries.today import UnitLoad
from danvan.web.lines import load_lines, matter_lines

TYPED = '<b onclick="x">&'
TEXTS = {"code", "summary", "place", "area", "unit"}
KNOWN = {"kind": "reflection", "field": "roads", "intake": "portal", "state": "open", "due": date(2026, 3, 10),
         "stopped_on": None, "accepted_on": None, "hops": 2, "seen": 1, "received_on": date(2026, 3, 1),
         "is_illustration": True}  # fmt: skip


def row(**other):
    told = {field.name: TYPED if field.name in TEXTS else KNOWN.get(field.name, UUID(int=7)) for field in fields(Row)}
    return Row(**told | other)


def test_what_was_typed_is_never_markup():
    html = matter_lines([row()], date(2026, 3, 12), True, '?q="><i>&unit=')
    assert TYPED not in html and "<i>" not in html
    assert html.count("&lt;b onclick=&quot;x&quot;&gt;&amp;") == 7


def test_a_line_says_what_is_due_and_what_it_is():
    html = matter_lines([row(), row(state="answered", hops=0)], date(2026, 3, 12), False, "")
    assert [html.count(words) for words in ("10/03/2026", "Trễ 2 ngày", "Minh họa", "đã trả lời", "Mới")] == [
        2,
        1,
        2,
        1,
        1,
    ]
    assert "Đơn vị giữ" not in html


def test_a_list_without_rows_has_no_lines():
    assert matter_lines([], date(2026, 3, 12), True, "") == ""


def test_units_have_a_bar_beside_the_most_late_and_a_way_to_what_is_late():
    loads = [UnitLoad(UUID(int=1), TYPED, 4, 0), UnitLoad(UUID(int=2), "Xã Hai", 1, 2)]
    html = load_lines(loads, "/viec/")
    assert TYPED not in html and html.count("<tr>") == 2
    assert [html.count(f'width="{length}"') for length in ("100.00", "25.00")] == [1, 1]
    assert html.count("folder=late&amp;unit=") == 2 and html.count("folder=soon&amp;unit=") == 1
