"""A month in which everything that a statutory form tells apart happens once: 15/03 to 14/04/2026 in xã Bình An.

Days are counted from `AT` (12/03/2026): day 3 is the first of the month, day 33 its last.
"""

from typing import Any

from danvan.matters.actions import CaseSaid, Done, LetterSaid, Said, Words, act, do, give_verdict, register_letter
from danvan.matters.kinds import Category, Field, Figure, Flaw, Kind, LetterWay, Outcome, Reason, Settled, Writer
from danvan.matters.models import Case, Letter, Matter
from danvan.rules.periods import Period
from danvan.rules.procedure import Procedure
from danvan.units.models import Unit
from tests.matters.told import at
from tests.world import Officer, World

APRIL = Period.month(2026, 4)
"""15/03–14/04/2026."""
MAY = Period.month(2026, 5)
WALL = "Xã quyết định thu hồi 40 m² đất vườn của gia đình tôi mà không bồi thường đúng giá."
BRIBE = "Cán bộ địa chính nhận tiền để cấp giấy chứng nhận trái quy định, có biên nhận kèm theo."
ROAD = "Đường liên ấp lầy lội suốt mùa mưa, đề nghị trải đá trước năm học mới."


class Happening:
    """Shorthand for what an office does; everything goes through the product's own actions."""

    def __init__(self, world: World, nam: Officer, tu: Officer, province: Officer) -> None:
        self.world, self.nam, self.tu, self.province = world, nam, tu, province

    def letter(self, day: float, *contents: Said, by: Officer | None = None, **letter: Any) -> Letter:
        given = {"way": LetterWay.POST} | letter
        by = by or self.nam
        return register_letter(letter=LetterSaid(**given), contents=contents, by=by.by, at=at(day)).letter

    def said(self, kind: Kind, unit: Unit | None = None, **said: Any) -> Said:
        text = {Kind.COMPLAINT: WALL, Kind.DENUNCIATION: BRIBE}.get(kind, ROAD)
        return Said(content=text, area_id=self.world.xa_binh_an.id, kind=kind,
                    unit_id=(unit or self.world.ubnd_binh_an).id, **said)  # fmt: skip

    def case(
        self, day: float, kind: Kind, category: Category = Category.OTHER, *, unit: Unit | None = None,
        by: Officer | None = None, previous: Case | None = None, procedure: Procedure | None = None, **letter: Any,
    ) -> Case:  # fmt: skip
        told = CaseSaid(category=category, procedure=procedure, previous_id=previous.pk if previous else None)
        row = self.letter(day, self.said(kind, unit, case=told), by=by, **letter)
        return Case.objects.get(lead__letter=row)

    def does(self, day: float, case: Case, key: str, *, by: Officer | None = None, **done: Any) -> Case:
        given = {"text": "Theo hồ sơ.", "number": "12/QĐ-UBND"} | done
        do(case_id=case.pk, key=key, done=Done(**given), by=(by or self.nam).by, at=at(day))
        return Case.objects.get(pk=case.pk)

    def accepts(self, day: float, case: Case, *, by: Officer | None = None) -> Case:
        key = "accept-denunciation" if case.lead.kind == Kind.DENUNCIATION else "accept"
        return self.does(day, case, key, by=by)

    def decides(self, day: float, case: Case, outcome: Outcome, *, by: Officer | None = None, **done: Any) -> Case:
        key = "conclude" if case.lead.kind == Kind.DENUNCIATION else "decide"
        return self.does(day, case, key, by=by, outcome=outcome, **done)

    def settled(self, day: float, kind: Kind, category: Category, outcome: Outcome, **figures: int) -> Case:
        """Registered, accepted the next day, decided the day after."""
        case = self.accepts(day + 1, self.case(day, kind, category))
        return self.decides(
            day + 2, case, outcome, figures={Figure(k.replace("_", "-")): v for k, v in figures.items()}
        )

    def petition(self, day: float, field: Field, **letter: Any) -> Matter:
        return self.letter(day, self.said(Kind.RECOMMENDATION, field=field), **letter).matters.get()

    def answers(self, day: float, matter: Matter) -> None:
        act(matter_id=matter.pk, verb="answer", words=Words(text="Đã trải đá xong."), by=self.nam.by, at=at(day))

    def everything(self) -> None:
        self.complaints()
        self.denunciations()
        self.petitions()

    def complaints(self) -> None:
        complaint, world = Kind.COMPLAINT, self.world
        late = self.accepts(-60, self.case(-62, complaint))
        self.decides(10, late, Outcome.RIGHT)
        carried = self.accepts(4, self.case(0, complaint, Category.LAND))
        self.decides(10, carried, Outcome.RIGHT, figures={Figure.PERSON_MONEY: 40_500_000, Figure.PERSON_LAND: 120})
        wrong = self.settled(4, complaint, Category.POLICY, Outcome.WRONG, state_money=2_000_000)
        partly = self.settled(4, complaint, Category.OFFICIALS, Outcome.PARTLY)
        self.does(6, self.case(5, complaint, Category.JUDICIAL), "guide", addressee="Tòa án nhân dân khu vực 1")
        self.does(6, self.case(5, complaint, Category.PARTY), "forward", addressee="Đảng ủy xã")
        self.does(6, self.case(5, complaint, Category.ADMIN), "transfer", unit_id=world.so_xay_dung.id)
        self.does(7, self.case(5, complaint, Category.OTHER), "refuse", reason=Reason.LATE)
        self.does(8, self.accepts(7, self.case(6, complaint, Category.CORRUPTION)), "withdraw")
        running = self.accepts(8, self.case(6, complaint, Category.LAND, writer=Writer.GROUP, signers=200))
        self.does(9, self.case(7, complaint, Category.LAND), "join", case_id=running.pk)
        self.case(30, complaint, Category.LAND)
        self.letter(12, flaw=Flaw.ILLEGIBLE, note="Rách mất nửa trang, không đọc được.")
        refused = self.case(12, complaint, flaw=Flaw.SEVERAL)
        self.does(13, refused, "refuse", reason=Reason.OTHER)
        self.second(wrong, Outcome.UPHELD)
        self.second(partly, Outcome.CHANGED)

    def second(self, first: Case, outcome: Outcome) -> None:
        above = self.world.ubnd_tinh
        case = self.case(9, Kind.COMPLAINT, Category.LAND, unit=above, by=self.province, previous=first,
                         procedure=Procedure.SECOND_COMPLAINT)  # fmt: skip
        self.decides(20, self.accepts(10, case, by=self.province), outcome, by=self.province)

    def denunciations(self) -> None:
        denunciation = Kind.DENUNCIATION
        late = self.accepts(-60, self.case(-62, denunciation))
        self.decides(10, late, Outcome.WRONG)
        right = self.settled(4, denunciation, Category.CORRUPTION, Outcome.RIGHT, state_money=7_000_000,
                             persons_handled=3, officials_handled=2, cases_to_police=1, persons_to_police=2)  # fmt: skip
        self.does(9, right, "execute")
        self.settled(4, denunciation, Category.LAND, Outcome.WRONG)
        self.settled(4, denunciation, Category.OFFICIALS, Outcome.PARTLY)
        self.does(6, self.case(5, denunciation, Category.ADMIN), "check", addressee="Thanh tra tỉnh")
        self.does(8, self.accepts(7, self.case(6, denunciation, Category.JUDICIAL)), "withdraw")
        self.does(8, self.accepts(7, self.case(6, denunciation, Category.PARTY)), "terminate", by=self.tu,
                  reason=Reason.DEATH)  # fmt: skip
        further = self.case(10, denunciation, Category.OTHER, previous=right,
                            procedure=Procedure.FURTHER_DENUNCIATION)  # fmt: skip
        self.decides(14, self.accepts(12, further), Outcome.PARTLY)
        alone = self.case(10, denunciation, Category.POLICY, procedure=Procedure.FURTHER_DENUNCIATION)
        self.accepts(12, alone)
        self.case(30, denunciation)

    def petitions(self) -> None:
        self.answers(6, self.petition(4, Field.LAND))
        self.petition(4, Field.WELFARE, way=LetterWay.HANDED)
        gone = self.petition(5, Field.ROADS)
        act(matter_id=gone.pk, verb="hand-over", by=self.nam.by, at=at(8),
            words=Words(text="Thuộc xã bên.", unit_id=self.world.ubnd_phu_loc.pk))  # fmt: skip
        twice = self.petition(5, Field.ROADS)
        self.answers(6, twice)
        give_verdict(matter=Matter.objects.get(pk=twice.pk), settled=Settled.NO, score=2, text="Đường vẫn lầy lội.",
                     at=at(8))  # fmt: skip
        self.answers(10, twice)
        mixed = self.letter(5, self.said(Kind.COMPLAINT, case=CaseSaid(category=Category.POLICY)),
                            self.said(Kind.REFLECTION, field=Field.ROADS))  # fmt: skip
        self.accepts(6, Case.objects.get(lead__letter=mixed))
