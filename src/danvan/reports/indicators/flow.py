"""The figures every kind of matter has in common: what came in, what was done, what is left."""

from dataclasses import dataclass

from danvan.commitments.kinds import Measure
from danvan.reports.indicators.indicator import Aggregation, Indicator
from danvan.reports.indicators.sources import InHand, Ratio, Tallied, Total


@dataclass(frozen=True)
class Flow:
    """`thing` is the word people count by (`ý kiến`, `việc`); `forms` maps a figure to a column of a statutory form."""

    key: str
    thing: str
    kinds: tuple[str, ...]
    forms: dict[str, str]

    def indicators(self) -> tuple[Indicator, ...]:
        return (*self._incoming(), *self._done(), *self._confirmed(), *self._rates())

    def _of(self, name: str) -> str:
        return f"{self.key}.{name}"

    def _counted(self, name: str, title: str, counted: str, *measures: Measure, part_of: str = "") -> Indicator:
        source = Tallied(self.kinds, measures)
        return Indicator(self._of(name), title, self.thing, counted, source, form=self.forms.get(name, ""),
                         part_of=part_of and self._of(part_of))  # fmt: skip

    def _incoming(self) -> tuple[Indicator, ...]:
        return (
            Indicator(self._of("carried"), "Kỳ trước chuyển sang", self.thing,
                      "Chưa trả lời khi bắt đầu kỳ, do đơn vị đang giữ.", InHand(self.kinds, at_end=False),
                      Aggregation.FIRST, self.forms.get("carried", "")),
            self._counted("received", "Tiếp nhận trong kỳ",
                          "Tiếp nhận lần đầu, tính theo ngày nhận; mỗi việc chỉ tính một lần ở nơi nhận đầu tiên.",
                          Measure.RECEIVED),
            self._counted("handed-in", "Nhận từ đơn vị khác chuyển đến",
                          "Đơn vị khác chuyển đến để giải quyết; không tính lại vào số tiếp nhận.", Measure.HANDED_IN),
            self._counted("handed-out", "Chuyển đơn vị khác giải quyết",
                          "Đã chuyển cho đơn vị khác trong kỳ.", Measure.HANDED_OUT),
            Indicator(self._of("to-resolve"), "Phải giải quyết trong kỳ", self.thing,
                      "Kỳ trước chuyển sang, cộng tiếp nhận và nhận chuyển đến, trừ đã chuyển đi.",
                      Total((self._of("carried"), self._of("received"), self._of("handed-in")),
                            (self._of("handed-out"),)),
                      form=self.forms.get("to-resolve", "")),
        )  # fmt: skip

    def _done(self) -> tuple[Indicator, ...]:
        return (
            self._counted("answered", "Đã trả lời", "Đã có văn bản hoặc lời trả lời gửi người nêu trong kỳ.",
                          Measure.ANSWERED),
            self._counted("on-time", "Trong đó: đúng hạn", "Trả lời không muộn hơn ngày đến hạn.", Measure.ON_TIME,
                          part_of="answered"),
            self._counted("late", "Trong đó: quá hạn", "Trả lời sau ngày đến hạn.", Measure.LATE, part_of="answered"),
            self._counted("dropped", "Người gửi rút hoặc việc bị hủy", "Rút hoặc hủy khi chưa trả lời.",
                          Measure.WITHDRAWN, Measure.CANCELLED),
            Indicator(self._of("unresolved"), "Chưa trả lời, chuyển kỳ sau", self.thing,
                      "Chưa trả lời khi kết thúc kỳ, do đơn vị đang giữ.", InHand(self.kinds, at_end=True),
                      Aggregation.LAST, self.forms.get("unresolved", "")),
        )  # fmt: skip

    def _confirmed(self) -> tuple[Indicator, ...]:
        return (
            self._counted("agreed", "Người nêu đồng ý với trả lời", "Người nêu xác nhận đã được giải quyết.",
                          Measure.CONFIRMED),
            self._counted("disputed", "Người nêu chưa đồng ý với trả lời",
                          "Người nêu cho biết chưa hoặc mới giải quyết một phần; mở một lần xem lại, tính riêng.",
                          Measure.DISPUTED),
            Indicator(self._of("judged"), "Có ý kiến về trả lời", self.thing, "Đồng ý cộng chưa đồng ý.",
                      Total((self._of("agreed"), self._of("disputed")))),
        )  # fmt: skip

    def _rates(self) -> tuple[Indicator, ...]:
        return (
            self._rate("answered-rate", "Tỷ lệ đã trả lời trên số phải giải quyết", "answered", "to-resolve"),
            self._rate("on-time-rate", "Tỷ lệ trả lời đúng hạn", "on-time", "answered"),
            self._rate("agreed-rate", "Tỷ lệ đồng ý trên số có ý kiến về trả lời", "agreed", "judged"),
        )

    def _rate(self, name: str, title: str, numerator: str, denominator: str) -> Indicator:
        source = Ratio(self._of(numerator), self._of(denominator))
        return Indicator(self._of(name), title, "%", "Tính từ hai số đếm, không lưu; làm tròn hai chữ số.", source,
                         Aggregation.RATE)  # fmt: skip
