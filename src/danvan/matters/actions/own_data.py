"""What the sender of a matter asks about their own data: a copy of everything, and that it be erased."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import VIETNAM
from danvan.base.errors import Refused
from danvan.matters.kinds import FORMAL, ReplyBy
from danvan.matters.models import Entry, Matter, Point, Reception
from danvan.matters.queries.own_data import own_contacts, own_turns
from danvan.people.actions import erase_on_request, export_own
from danvan.people.kinds import DataRequestOutcome, OwnCopy, OwnSection
from danvan.people.models import Contact
from danvan.rules.ledger import FINAL
from danvan.units.access import CITIZEN


@sensitive_variables()
def copy_of_own(*, matter: Matter, at: datetime) -> OwnCopy:
    """Everything kept for the holder of code and PIN: contact and who read it, words, additions, answers, and the entry
    of the reception at which the matter was opened. Words that pass between offices are not theirs; a sealed identity
    is told as sealed.
    """
    return export_own(contact_ids=own_contacts(matter), by=CITIZEN, at=at, sections=_sections(matter))


@transaction.atomic
def erase_own_contact(*, matter: Matter, reason: str, at: datetime) -> str:
    """Erases how to reach the sender, because they ask, also where it stands in the register of the reception at which
    the matter was opened; the words stay with the file. Returns why it could not be done, empty where it was.

    Refuses where nothing is kept. A complaint that is not closed needs its complainant (Luật Khiếu nại, Điều 8, 27).
    """
    every = own_contacts(matter)
    there = set(Contact.objects.filter(pk__in=every, erased_at=None).values_list("pk", flat=True))
    kept = [contact_id for contact_id in every if contact_id in there] or every[:1]
    if not kept:
        raise Refused("no-contact", _("Việc này không lưu thông tin liên hệ nào."))
    must_keep = ""
    if matter.kind in FORMAL and matter.current.state not in FINAL:
        must_keep = _("Khiếu nại đang được giải quyết phải có họ tên, địa chỉ người khiếu nại.")
    for contact_id in kept:
        request = erase_on_request(contact_id=contact_id, reason=reason, by=CITIZEN, at=at, must_keep=must_keep)
    if request.outcome == DataRequestOutcome.DONE:
        matter.reply_by = ReplyBy.NONE
        matter.save(update_fields=["reply_by"])
    return must_keep


def _sections(matter: Matter) -> list[OwnSection]:
    points = Point.objects.filter(home_area=matter.home_area, matter=matter).order_by("ordinal")
    entries = Entry.objects.filter(home_area=matter.home_area, matter=matter, is_internal=False)
    said = [
        (_("Mã tra cứu"), matter.code),
        (_("Loại"), str(matter.get_kind_display())),
        (_("Ngày nhận"), f"{matter.received_on:%d/%m/%Y}"),
        (_("Chỗ cụ thể"), matter.place),
        (_("Nội dung"), matter.content),
        *((_("Điểm %(n)s") % {"n": point.ordinal}, point.request) for point in points),
    ]
    words = [
        (f"{entry.step.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}", entry.text)
        for entry in entries.select_related("step").order_by("step__at", "id")
    ]
    found = [OwnSection(_("Điều đã gửi"), tuple(row for row in said if row[1]))]
    found.append(OwnSection(_("Bổ sung, câu hỏi và trả lời"), tuple(words)))
    found += [_turn(turn) for turn in own_turns(matter)]
    if matter.identity_id is not None:
        sealed = _("Đã niêm phong; chỉ mở được khi hai người giữ khóa cùng đồng ý.")
        found.append(OwnSection(_("Danh tính"), ((_("Tình trạng"), sealed),)))
    return found


def _turn(turn: Reception) -> OwnSection:
    said = [
        (_("Số trong sổ"), f"{turn.number}/{turn.year}"),
        (_("Ngày tiếp"), f"{turn.received_on:%d/%m/%Y}"),
        (_("Nội dung cán bộ ghi"), turn.summary),
        (_("Giấy tờ đã nhận"), turn.papers_listed),
        (_("Đã báo"), turn.told_text),
        (_("Kết quả"), turn.result),
    ]
    return OwnSection(_("Lượt tiếp công dân"), tuple(row for row in said if row[1]))
