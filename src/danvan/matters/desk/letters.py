"""The register of letters: its list, entering a letter with all it raises, and the slips for who brought it."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import VIETNAM, day_of, now, today
from danvan.base.errors import Refused
from danvan.base.handed_out import hand_out, handed_out
from danvan.matters.actions import register_letter
from danvan.matters.actions.letters import Registered
from danvan.matters.desk.intake import qr_of
from danvan.matters.forms.letters import ContentForm, LetterForm, RegisterFilterForm, contents_of, said_by
from danvan.matters.kinds import Kind
from danvan.matters.queries.competence import units_to_name
from danvan.matters.queries.detail import detail
from danvan.matters.queries.letters import LetterFilters, letters
from danvan.matters.queries.proposing import own_place
from danvan.outreach.queries import tracking_link
from danvan.people.queries import custody_ready
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

GIVEN = "letter-registered"


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Letters of the units in sight, the newest first."""
    by: Actor = request.by  # type: ignore[attr-defined]
    form = RegisterFilterForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    filters = LetterFilters(
        kind=Kind(data["kind"]) if data.get("kind") else None,
        flaw=data.get("flaw", ""),
        is_unsorted=bool(data.get("unsorted")),
        year=data.get("year"),
    )
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = letters(by=by, on=today(), filters=filters, after=after, before=before)
    shown = {"page": found, "form": form, "filters": filters, "several_units": by.subtree}
    return render(request, "matters/desk/letters.html", shown | {"may_take_in": by.may(Permission.MATTER_TAKE_IN)})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Registers a letter; with “more” or “look” the page comes back with one more content, or with what was judged."""
    by, at = request.by, now()  # type: ignore[attr-defined]
    require(by, Permission.MATTER_TAKE_IN)
    if request.method != "POST":
        return _page(request, LetterForm(at=at, unit_id=by.unit_id, initial=_begin(by)), _contents(request, by))
    letter = LetterForm(request.POST, files=request.FILES, at=at, unit_id=by.unit_id)
    contents, stays = _contents(request, by), bool({"them", "xem"} & set(request.POST))
    right = all([letter.is_valid(), *(each.is_valid() for each in contents)])
    right = _may_be_sealed(letter, contents, by) and right
    if stays:
        return _page(request, letter, contents)
    if right:
        try:
            said, key = said_by(letter, contents), letter.cleaned_data["key"]
            made = register_letter(letter=letter.letter(), contents=said, by=by, at=at, key=key)
        except Refused as error:
            _tell(letter, contents, error)
            return _page(request, letter, contents, status=error.status)
        return _registered(request, made)
    return _page(request, letter, contents, status=422)


def _begin(by: Actor) -> dict[str, Any]:
    begun: dict[str, Any] = {"received_on": f"{now().astimezone(VIETNAM):%d/%m/%Y}"}
    if place := own_place(by, today()):
        begun |= {"area": place[0], "place_typed": place[1]}
    return begun


def _contents(request: HttpRequest, by: Actor) -> list[ContentForm]:
    shown = request.POST.get("so-noi-dung", "1")
    number = int(shown) if shown.isdecimal() and len(shown) < 3 else 1
    data = request.POST if request.method == "POST" else None
    return contents_of(data, most=number, at=now(), unit_id=by.unit_id)


def _may_be_sealed(letter: LetterForm, contents: list[ContentForm], by: Actor) -> bool:
    """A denouncer who is named needs custodians; that there are none is told before anything is written down."""
    denounces = [each for each in contents if each.cleaned_data.get("kind") == Kind.DENUNCIATION and not each.is_empty]
    named = any(letter.cleaned_data.get(name) for name in ("name", "phone", "email", "address"))
    if not denounces or not (named or letter.uploads) or by.unit_id is None or custody_ready(by.unit_id, today()):
        return True
    letter.add_error("name", _(
        "Chưa ghi được danh tính người tố cáo: đơn vị và cấp trên chưa có người giữ khóa ở cả hai bên. Lãnh đạo đơn vị "
        "giao người giữ khóa ở trang “Danh tính niêm phong”; đơn gốc giữ theo chế độ mật cho tới khi đó."
    ))  # fmt: skip
    return False


def _tell(letter: LetterForm, contents: list[ContentForm], error: Refused) -> None:
    """At the field that was refused: of the paper, else of the first content that has it; else above the page."""
    renamed = {"area": "place_typed", "same_as_id": "same", "previous_id": "previous", "against_text": "against"}
    field = renamed.get(error.field, error.field)
    if field in letter.fields:
        letter.add_error(field, error.sentence)
        return
    there = next((each for each in contents if field in each.fields and not each.is_empty), None)
    there = there or (contents[0] if field in contents[0].fields else None)
    if there is not None:
        there.add_error(field, error.sentence)
    else:
        letter.add_error(None, error.sentence)


def _page(request: HttpRequest, letter: LetterForm, contents: list[ContentForm], status: int = 200) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    if "them" in request.POST:
        contents = contents_of(request.POST, most=len(contents) + 1, at=now(), unit_id=by.unit_id)
        for each in contents:
            each.full_clean()
    received = (letter.cleaned_data.get("received_on") if letter.is_bound else None) or today()
    looked = "xem" in request.POST
    judged = [_judged(each, received, looked=looked) if letter.is_bound else (each, {}) for each in contents]
    shown: dict[str, Any] = {"form": letter, "contents": judged, "all_forms": [letter, *contents]}
    shown["ready"] = by.unit_id is not None and custody_ready(by.unit_id, today())
    shown["given"], shown["units"] = _given(request), units_to_name(by.unit_id, today())
    return render(request, "matters/desk/letter_new.html", shown, status=status)


def _judged(content: ContentForm, received_on: Any, *, looked: bool) -> tuple[ContentForm, dict[str, Any]]:
    """What is told beside a content: who resolves it, whether it came in time, how complex it is. Who asked to see who
    resolves it is also told why that is not known.
    """
    competence = content.competence(today())
    told = {"competence": competence, "bar": content.time_bar(received_on), "complexity": content.complexity}
    return content, told | {"unclear": content.unclear if looked and not competence else ""}


def _registered(request: HttpRequest, made: Registered) -> HttpResponse:
    """The codes and PINs are handed out once; a letter kept without a content has none."""
    number = f"{made.letter.number}/{made.letter.year}"
    messages.success(request, _("Đã ghi vào sổ: đơn số %(number)s.") % {"number": number})
    pins = {part.matter.code: part.pin for part in made.parts if part.pin}
    if pins:
        hand_out(request, GIVEN, about=number, secret=json.dumps(pins), at=now())
    return redirect("letter-new")


def _given(request: HttpRequest) -> dict[str, Any] | None:
    given = handed_out(request, GIVEN, now())
    return {"number": given.about, "pins": json.loads(given.secret)} if given else None


@login_required
def slips(request: HttpRequest) -> HttpResponse:
    """Code, PIN and what happens next of each content; each on a sheet of its own."""
    given, by = _given(request), request.by  # type: ignore[attr-defined]
    if given is None:
        messages.info(request, _("Mã PIN chỉ hiện trong 30 phút sau khi tiếp nhận."))
        return redirect("letter-new")
    parts = []
    for code, pin in given["pins"].items():
        found, link = detail(code=code, by=by, on=day_of(now())), tracking_link(code)
        parts.append({"found": found, "pin": pin, "link": link, "qr": qr_of(link)})
    return render(request, "matters/desk/letter_slips.html", {"parts": parts, "number": given["number"]})
