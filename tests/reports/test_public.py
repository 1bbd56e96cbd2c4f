"""What everybody may see: signed figures with small counts hidden, the dictionary, and figures printed elsewhere."""

import csv
import io
import itertools
from decimal import Decimal

import pytest
from django.test import Client

from danvan.base.errors import Invalid, Refused
from danvan.matters.kinds import Kind
from danvan.reports.actions import PrintedFigure, draw_up, keep_printed
from danvan.reports.kinds import Scope
from danvan.reports.models import PublishedFigure, Sheet
from danvan.reports.queries import printed_figures, public_table
from danvan.reports.regimes import Regime
from danvan.rules.suppression import Shown
from danvan.units.access import system
from tests.reports.conftest import AFTER, MARCH, Hear, answer, signed
from tests.world import Officer, World

Sheets = dict[str, Sheet]
RATE = PrintedFigure(
    label="Tỷ lệ đơn đã giải quyết", value=Decimal("97.23"), unit="%", source="Hội nghị giao ban", source_date=None,
    place="cả nước", period="5 tháng đầu năm 2019", part=Decimal(8328), whole=Decimal(8574),
)  # fmt: skip
LOADER = system("nạp số liệu")


@pytest.fixture
def opened(world: World, nam: Officer, march: Sheets, sau: Officer, hear: Hear, monthly: Regime) -> Sheet:
    """Bình An was told nine things and answered seven; Phú Lộc three; Trung Tâm six; the province has signed."""
    told = [hear(world.ubnd_binh_an, "2026-02-20") for _ in range(9)]
    for matter in told[:7]:
        answer(matter, nam, "2026-02-25")
    for _ in range(3):
        hear(world.ubnd_phu_loc, "2026-02-20", Kind.OPINION, area=world.xa_phu_loc)
    for _ in range(6):
        hear(world.ubnd_trung_tam, "2026-02-20", area=world.phuong_trung_tam)
    sheet = draw_up(regime=monthly, period=MARCH, scope=Scope.SUBTREE, by=sau.by, at=AFTER)
    return signed(sheet, sau)


def test_nothing_is_public_before_the_province_has_signed(client: Client, world: World, march: Sheets) -> None:
    assert public_table(None, "") is None
    page = client.get("/cong-khai/")
    assert (page.status_code, "Chưa có kỳ nào được công khai" in page.text) == (200, True)
    assert client.get("/cong-khai/so-lieu.csv").status_code == 404


def test_a_small_count_is_hidden_and_so_is_one_that_would_give_it_away(opened: Sheet) -> None:
    table = public_table(None, "")
    assert table is not None
    received = {row.name: row.counts[0].text for row in table.rows}
    assert received["UBND xã Phú Lộc"] == "<5"
    assert sorted(received.values(), key=str) == sorted(["0", "0", "<5", "9", "ẩn"], key=str)
    assert table.total.counts[0] == Shown(18, "18")


def test_no_hidden_count_follows_from_what_is_shown(opened: Sheet) -> None:
    """A reader who tries every number that the marks allow is left with more than one table."""
    table = public_table(None, "")
    assert table is not None
    for column in range(4):
        counts = [row.counts[column] for row in table.rows]
        total = table.total.counts[column].value
        hidden = [shown for shown in counts if shown.value is None]
        if total is None or not hidden:
            continue
        rest = total - sum(shown.value or 0 for shown in counts)
        ranges = [range(1, 5) if shown.text == "<5" else range(5, rest + 1) for shown in hidden]
        assert sum(1 for guess in itertools.product(*ranges) if sum(guess) == rest) > 1


def test_a_rate_is_shown_only_where_both_its_counts_are(opened: Sheet) -> None:
    table = public_table(None, "")
    assert table is not None
    for row in table.rows:
        hidden = row.counts[1].value is None or row.counts[2].value is None
        assert not (hidden and row.on_time_rate is not None)


def test_page_csv_and_json_tell_the_same(client: Client, opened: Sheet) -> None:
    table = public_table(None, "")
    assert table is not None
    query = f"?donvi={opened.unit_id}&ky={MARCH.code}"
    sheet = client.get(f"/cong-khai/so-lieu.csv{query}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    data = client.get(f"/cong-khai/so-lieu.json{query}").json()
    for shown, line, item in zip((*table.rows, table.total), rows, [*data["rows"], data["total"]], strict=True):
        assert [count.text for count in shown.counts] == [
            line[n] for n in ("received", "answered", "on_time", "agreed")
        ]
        assert str(item["received"]) == line["received"] and item["unit"] == line["don_vi"]
    assert data["hidden_below"] == 5 and data["sheet"] == opened.digest
    page = client.get(f"/cong-khai/{query}").text
    assert "&lt;5" in page and "ẩn" in page


def test_what_is_public_does_not_move_when_records_do(world: World, opened: Sheet, hear: Hear, client: Client) -> None:
    before = client.get("/cong-khai/so-lieu.json").json()
    hear(world.ubnd_phu_loc, "2026-02-20", area=world.xa_phu_loc)
    assert client.get("/cong-khai/so-lieu.json").json() == before


@pytest.mark.parametrize("query", ["?donvi=khong-phai", "?donvi=5d1c1c1e-6a5b-4a0e-9f0a-0d5d6f2f7c11", "?ky=2031-01"])
def test_an_unknown_place_or_period_is_absent(client: Client, opened: Sheet, query: str) -> None:
    assert client.get(f"/cong-khai/{query}").status_code == 404


def test_a_printed_rate_is_held_against_its_terms_and_not_corrected(client: Client, db: None) -> None:
    keep_printed(figures=[RATE], by=LOADER)
    found = printed_figures()[0]
    assert found.verdict is not None
    assert (found.value, found.verdict.ok, found.verdict.computed) == (Decimal("97.23"), False, Decimal("97.13"))
    page = client.get("/so-lieu-da-cong-bo/").text
    assert "97,23%" in page and "8.328/8.574 = 97,13%" in page


def test_a_printed_figure_is_kept_once_with_its_source(db: None) -> None:
    assert (keep_printed(figures=[RATE], by=LOADER), keep_printed(figures=[RATE], by=LOADER)) == (1, 0)
    assert PublishedFigure.objects.count() == 1


def test_a_printed_rate_with_one_term_and_a_figure_without_source_are_refused(db: None, nam: Officer) -> None:
    one = PrintedFigure(**{**vars(RATE), "whole": None})
    nameless = PrintedFigure(**{**vars(RATE), "source": " "})
    for figure in (one, nameless):
        with pytest.raises(Invalid):
            keep_printed(figures=[figure], by=LOADER)
    with pytest.raises(Refused):
        keep_printed(figures=[RATE], by=nam.by)


def test_about_and_more_than_are_shown_as_the_range_they_mean(client: Client, db: None) -> None:
    around = PrintedFigure("Lượt công dân được tiếp", Decimal(7830), "lượt", "Giao ban", None, "cả nước", "2019",
                           qualifier="hơn")  # fmt: skip
    keep_printed(figures=[around], by=LOADER)
    assert "hiểu là từ 7.830 đến 8.613" in client.get("/so-lieu-da-cong-bo/").text


def test_the_dictionary_is_open_to_everybody(client: Client, db: None) -> None:
    page = client.get("/tu-dien-chi-tieu/").text
    assert "Tỷ lệ trả lời đúng hạn" in page and "01/XLD cột 3" in page
