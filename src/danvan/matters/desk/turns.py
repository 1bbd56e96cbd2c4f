"""The register of reception: the list, a new turn, one entry with what follows it, the book and the receipt."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import day_of, now, today
from danvan.base.errors import Absent, Refused
from danvan.base.handed_out import hand_out, handed_out
from danvan.matters.access import require_keep_register
from danvan.matters.actions.turn_follow import correct_turn, follow_result, strike_out, tell_visitor
from danvan.matters.actions.turns import Taken, receive_turn
from danvan.matters.desk.intake import GIVEN
from danvan.matters.forms.desk import ContactForm
from danvan.matters.forms.reception_slot import RegisterForm
from danvan.matters.forms.turn import CorrectionForm, ReasonForm, ResultForm, TellForm, TurnForm, values_of
from danvan.matters.kinds import Told
from danvan.matters.queries.proposing import own_place
from danvan.matters.queries.reception_calendar import slots_to_enter
from danvan.matters.queries.register import Opened, book, register, turn_of, untold
from danvan.people.access import require_opening
from danvan.people.actions import open_for
from danvan.units.access import Actor, require
from danvan.units.roles import Permission


@login_required
def turn_list(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    form = RegisterForm(request.GET or None)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = register(by=by, on=today(), after=after, before=before, **form.asked())
    shown = {"form": form, "page": page, "may_record": by.may(Permission.RECEPTION_RECORD)}
    return render(request, "matters/desk/turn_list.html", shown)


@login_required
def turn_untold(request: HttpRequest) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    page = untold(by=by, on=today(), after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return render(request, "matters/desk/turn_untold.html", {"page": page})


@login_required
def turn_new(request: HttpRequest) -> HttpResponse:
    by, at = request.by, now()  # type: ignore[attr-defined]
    require(by, Permission.RECEPTION_RECORD)
    slots = slots_to_enter(by, day_of(at))
    if request.method != "POST":
        return _new(request, TurnForm(initial=_begin(request, by, day_of(at)), slots=slots, on=day_of(at)))
    form = TurnForm(request.POST, slots=slots, on=day_of(at))
    if form.is_valid():
        try:
            taken = receive_turn(turn=form.turn(), by=by, at=at, key=form.cleaned_data["key"])
            return _taken(request, taken, at)
        except Refused as error:
            _tell_at(form, error)
    return _new(request, form, status=422)


def _new(request: HttpRequest, form: TurnForm, status: int = 200) -> HttpResponse:
    return render(request, "matters/desk/turn_new.html", {"form": form}, status=status)


def _begin(request: HttpRequest, by: Actor, on: date) -> dict[str, Any]:
    """The next turn of a session begins like the one before."""
    place = own_place(by, on)
    begun = {"received_on": f"{on:%d/%m/%Y}", "place_typed": place[1] if place else ""}
    kept: dict[str, Any] = request.session.get("turn", {})
    return begun | kept


def _taken(request: HttpRequest, taken: Taken, at: datetime) -> HttpResponse:
    row = taken.reception
    request.session["turn"] = {"occasion": row.occasion, "led_by": row.led_by, "slot": str(row.slot_id or "")}
    if taken.opened and taken.opened.pin:
        hand_out(request, GIVEN, about=taken.opened.matter.code, secret=taken.opened.pin, at=at)
    said = _("Đã ghi lượt tiếp số %(number)s/%(year)s.") % {"number": row.number, "year": row.year}
    messages.success(request, said)
    return redirect("turn", row.id)


def _tell_at(form: forms.Form, error: Refused) -> None:
    field = {"content": "summary", "area": "place_typed", "slot_id": "slot"}.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, error.sentence)


@login_required
def turn(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    return _page(request, turn_of(reception_id, by=by, on=today()))


def _page(request: HttpRequest, found: Opened, status: int = 200, **more: Any) -> HttpResponse:
    shown = {"found": found, "row": found.entry.row, "tell_form": TellForm(), "result_form": ResultForm(),
             "strike_form": ReasonForm(), "contact_form": ContactForm(), "due_from": today(),
             "given": handed_out(request, GIVEN, now())}  # fmt: skip
    return render(request, "matters/desk/turn.html", shown | more, status=status)


@login_required
@require_POST
def turn_tell(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    form = TellForm(request.POST)

    def done(by: Actor, at: datetime) -> None:
        data = form.cleaned_data
        tell_visitor(reception_id=reception_id, told=Told(data["told"]), text=data["told_text"], by=by, at=at)

    return _follow(request, reception_id, form, done, "tell_form", _("Đã ghi việc báo cho người được tiếp."))


@login_required
@require_POST
def turn_result(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    form = ResultForm(request.POST)

    def done(by: Actor, at: datetime) -> None:
        follow_result(reception_id=reception_id, result=form.cleaned_data["result"], by=by, at=at)

    return _follow(request, reception_id, form, done, "result_form", _("Đã ghi kết quả."))


@login_required
@require_POST
def turn_strike(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)

    def done(by: Actor, at: datetime) -> None:
        strike_out(reception_id=reception_id, reason=form.cleaned_data["reason"], by=by, at=at)

    return _follow(request, reception_id, form, done, "strike_form", _("Đã gạch bỏ lượt này."))


def _follow(
    request: HttpRequest, reception_id: UUID, form: forms.Form, done: Any, name: str, success: str
) -> HttpResponse:
    """Does it and shows the entry again; or the entry with what was typed and why it was refused."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found = turn_of(reception_id, by=by, on=day_of(at))
    require_keep_register(by, found.entry.row)
    if form.is_valid():
        try:
            done(by, at)
        except Refused as error:
            _tell_at(form, error)
        else:
            messages.success(request, success)
            return redirect("turn", reception_id)
    return _page(request, turn_of(reception_id, by=by, on=day_of(at)), status=422, **{name: form, "failed": form})


@login_required
def turn_correct(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    by, at = request.by, now()  # type: ignore[attr-defined]
    row = turn_of(reception_id, by=by, on=day_of(at)).entry.row
    require_keep_register(by, row)
    form = CorrectionForm(request.POST or None, initial=values_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            correct_turn(reception_id=row.id, turn=form.turn(row.received_on), reason=reason, by=by, at=at)
        except Refused as error:
            _tell_at(form, error)
        else:
            messages.success(request, _("Đã sửa. Nội dung trước khi sửa và lý do được giữ lại."))
            return redirect("turn", row.id)
    status = 422 if form.errors else 200
    return render(request, "matters/desk/turn_correct.html", {"form": form, "row": row}, status=status)


@login_required
@require_POST
def turn_contact(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    """Opens who came once, on this page only, with the reason on record."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    found = turn_of(reception_id, by=by, on=day_of(at))
    row, form = found.entry.row, ContactForm(request.POST)
    require_opening(by, row.current.owed_by_id, day_of(at))
    if row.contact_id is None:
        raise Absent(_("Lượt này không có thông tin trong kho liên hệ."))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            plain = open_for(contact_id=row.contact_id, by=by, reason=reason, unit_id=row.current.owed_by_id, at=at)
            return _page(request, found, contact=plain)
        except Refused as error:
            _tell_at(form, error)
    return _page(request, found, status=422, contact_form=form, failed=form)


@login_required
def turn_book(request: HttpRequest) -> HttpResponse:
    """The book of the own unit for some days, in the columns of form 03, on landscape A4."""
    by: Actor = request.by  # type: ignore[attr-defined]
    if by.unit_id is None:
        raise Absent
    asked = RegisterForm(request.GET).asked()
    first, last = asked["first"] or today().replace(day=1), asked["last"] or today()
    entries = book(by.unit_id, first, last, by=by, on=today())
    return render(request, "matters/desk/turn_book.html", {"entries": entries, "first": first, "last": last})


@login_required
def turn_receipt(request: HttpRequest, reception_id: UUID) -> HttpResponse:
    """The receipt for papers handed in (form 02); the name is written by hand, so that nothing is opened for it."""
    by: Actor = request.by  # type: ignore[attr-defined]
    found = turn_of(reception_id, by=by, on=today())
    require_keep_register(by, found.entry.row)
    if not found.entry.row.papers:
        raise Absent(_("Lượt này không nhận giấy tờ nào."))
    return render(request, "matters/desk/turn_receipt.html", {"entry": found.entry, "row": found.entry.row})
