"""The calendar of reception: a month, planning days, publishing them, calling one off."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Absent, Refused
from danvan.matters.actions.reception_slots import cancel_slot, plan_slots, publish_slots
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.forms.reception_slot import SlotForm, month_asked
from danvan.matters.kinds import LedBy
from danvan.matters.queries.reception_calendar import month_of, slot_of
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

WEEKDAYS = (_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ Nhật"))


@login_required
def reception_month(request: HttpRequest) -> HttpResponse:
    """The own unit's month; those above look at another with `?donvi=`."""
    by: Actor = request.by  # type: ignore[attr-defined]
    try:
        unit_id = UUID(request.GET["donvi"]) if request.GET.get("donvi") else by.unit_id
    except ValueError:
        unit_id = None
    if unit_id is None:
        raise Absent
    month = month_of(unit_id, month_asked(request.GET, today()), by=by, on=today())
    keeps = by.may(Permission.RECEPTION_RECORD) and unit_id == by.unit_id
    shown = {"month": month, "keeps": keeps, "weekdays": WEEKDAYS}
    return render(request, "matters/desk/reception_month.html", shown)


@login_required
def slots_new(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    require(by, Permission.RECEPTION_RECORD)
    form = SlotForm(request.POST or None, initial={"who": by.label if by.may(Permission.SHEET_SIGN) else ""})
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_slots(said=form.said(), by=by, at=now())
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, gettext("Đã lập %(count)d ngày tiếp. Chưa công bố.") % {"count": len(made)})
            return _to_month(f"{form.cleaned_data['days'][0]:%Y-%m}")
    return render(request, "matters/desk/slots_new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def slots_publish(request: HttpRequest) -> HttpResponse:
    try:
        ids = [UUID(one) for one in request.POST.getlist("slot")]
    except ValueError:
        raise Absent from None
    count = publish_slots(slot_ids=ids, by=request.by, at=now())  # type: ignore[attr-defined]
    messages.success(request, gettext("Đã công bố %(count)d ngày tiếp trên cổng.") % {"count": count})
    return _to_month(request.POST.get("thang", ""))


@login_required
@require_POST
def slot_cancel(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    slot = cancel_slot(
        slot_id=slot_id, reason=request.POST.get("reason", ""), by=request.by, at=now()  # type: ignore[attr-defined]
    )  # fmt: skip
    messages.success(request, gettext("Đã hủy buổi tiếp. Người dân xem lịch thấy lý do."))
    return _to_month(f"{slot.on:%Y-%m}")


@login_required
@require_POST
def slot_empty(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """The day was held and nobody came: it counts as held, with no turn."""
    by: Actor = request.by  # type: ignore[attr-defined]
    slot = slot_of(slot_id, by=by, on=today())
    numbers = SessionNumbers(
        slot.on, 0, 0, 0, led_by_head=slot.led_by == LedBy.HEAD, source=gettext("Không có người đến")
    )
    record_reception(reception=numbers, by=by, at=now(), key=str(slot.id))
    messages.success(request, gettext("Đã ghi: có tiếp, không có người đến."))
    return _to_month(f"{slot.on:%Y-%m}")


def _to_month(month: str) -> HttpResponse:
    return redirect(f"{reverse('reception-month')}?thang={month}")
