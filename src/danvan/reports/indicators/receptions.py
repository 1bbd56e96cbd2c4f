"""Reception of citizens. Turns, persons, groups and cases are five different units of count and are never added."""

from danvan.reports.indicators.indicator import Group, Indicator
from danvan.reports.indicators.sources import OfReceptions, Receptions

RECEPTIONS = Group(
    "receptions",
    "Tiếp công dân",
    "Lượt, người, đoàn và vụ việc là bốn cách đếm khác nhau, không cộng với nhau (Thông tư 01/2024/TT-TTCP, 01/TCD).",
    (
        Indicator("receptions.sessions", "Số buổi tiếp", "buổi", "Buổi tiếp công dân đã ghi sổ.",
                  Receptions(OfReceptions.SESSIONS)),
        Indicator("receptions.led-by-head", "Trong đó: người đứng đầu tiếp", "buổi",
                  "Buổi do người đứng đầu trực tiếp tiếp.", Receptions(OfReceptions.LED_BY_HEAD),
                  form="01/TCD cột 12", part_of="receptions.sessions"),
        Indicator("receptions.turns", "Số lượt tiếp", "lượt", "Mỗi lần tiếp một người hoặc một đoàn là một lượt.",
                  Receptions(OfReceptions.TURNS), form="01/TCD cột 1"),
        Indicator("receptions.persons", "Số người được tiếp", "người", "Số người có mặt trong các lượt tiếp.",
                  Receptions(OfReceptions.PERSONS), form="01/TCD cột 2"),
        Indicator("receptions.groups", "Số đoàn đông người", "đoàn",
                  "Lượt tiếp từ 5 người trở lên về cùng một nội dung.", Receptions(OfReceptions.GROUPS),
                  form="01/TCD cột 8+17+26", part_of="receptions.turns"),
        Indicator("receptions.cases", "Số vụ việc", "vụ việc", "Vụ việc được trình bày trong các lượt tiếp.",
                  Receptions(OfReceptions.CASES), form="01/TCD cột 3"),
    ),
)  # fmt: skip
