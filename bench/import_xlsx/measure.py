# ruff: noqa: INP001 -- a script, no package
"""The measured part; the settings stand."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import xlsxwriter  # noqa: TID253 -- it runs once
from django.core.management import call_command
from django.db import connection

from danvan.commitments.queries import differences, verify
from danvan.matters.actions.spreadsheet import hand_in, load_sheet
from danvan.matters.kinds import FIELD_CODES, SheetColumn
from danvan.matters.models import Matter
from danvan.matters.queries.opinion_sheet import read_opinions
from danvan.units.kinds import Tree
from tests import world as worlds
from tests.world import World

MEETINGS, OPINIONS, COMMUNES = 360, 2680, 100
WORDS = "đường giao thông ấp bị ngập sâu khi mưa lớn đề nghị chính quyền sớm nâng cấp hệ thống thoát nước".split()


def workbook(names: list[str]) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Ý kiến")
    sheet.write_row(0, 0, [str(column.label) for column in SheetColumn])
    codes = list(FIELD_CODES.values())
    for number in range(OPINIONS):
        meeting = number * MEETINGS // OPINIONS
        held = date(2025, 8, 1) + timedelta(days=meeting // 2)
        content = f"Ý kiến {number}: " + " ".join(WORDS[(number + i) % len(WORDS)] for i in range(30))
        answer = "Đã ghi nhận, sẽ kiểm tra và trả lời." if number % 3 == 0 else ""
        sheet.write_row(number + 1, 0, [held.strftime("%d/%m/%Y"), f"Công an lắng nghe ý kiến Nhân dân {meeting}",
                        "Nhà văn hóa", names[meeting % len(names)], "Trưởng Công an xã", 60 + meeting % 90, content,
                        codes[number % len(codes)], f"Ấp {number % 9 + 1}", "", answer, ""])  # fmt: skip
    book.close()
    return file.getvalue()


def timed(label: str, work: Callable[[], Any]) -> Any:
    asked = Counter[str]()

    def counting(execute: Callable[..., Any], *given: Any) -> Any:
        asked["statements"] += 1
        return execute(*given)

    with connection.execute_wrapper(counting):
        start = time.perf_counter()
        result = work()
        print(f"{label:<44}{time.perf_counter() - start:>8.2f} s{asked['statements']:>8} câu lệnh")
    return result


def commune(world: World, number: int) -> str:
    area = worlds.an_area(name=f"Mẫu {number}", code=f"97{number:03d}", parent=world.tinh_mau, valid_from=worlds.MERGED)
    for tree, kind, parent in (
        (Tree.GOVERNMENT, "Ủy ban nhân dân", world.ubnd_tinh),
        (Tree.POLICE, "Công an", world.cong_an_tinh),
    ):
        worlds.a_unit(name=f"{kind} xã Mẫu {number}", area=area, tree=tree, parent=parent, valid_from=worlds.MERGED)
    return f"Xã Mẫu {number}"


def measure(engine: str) -> None:
    call_command("migrate", verbosity=0)
    world = worlds.build()
    names = [commune(world, number) for number in range(COMMUNES)]
    officer = worlds.an_officer(name="Cán bộ", unit=world.cong_an_tinh)
    data = workbook(names)
    print(f"{engine}: {OPINIONS} ý kiến, {MEETINGS} hội nghị, {COMMUNES} xã, tệp {len(data) // 1024} KB")
    read = timed("đọc và xét từng dòng", lambda: read_opinions(data, unit_id=officer.unit.id, on=worlds.TODAY))
    sheet = timed("nộp tệp", lambda: hand_in(data=data, name="nam.xlsx", by=officer.by, at=worlds.AT))
    loaded = timed(
        "nạp trong một giao dịch (đọc lại cả tệp)",
        lambda: load_sheet(sheet_id=sheet.id, only_good=False, by=officer.by, at=worlds.AT),
    )
    broken = timed("kiểm toán sổ bước", lambda: [*verify(), *differences()])
    sources = Matter.objects.exclude(source="").count()
    print(f"hợp lệ {len(read.good)}, nạp {loaded.rows_loaded}, có nguồn {sources}, sai lệch {len(broken)}")
