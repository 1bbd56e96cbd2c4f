"""Sending an opinion, one thing on each page. Every page keeps what it was given; the next one is the first that lacks
something, so that a lost draft, a changed answer and a page opened out of turn all lead on.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danvan.base.clock import now, today
from danvan.base.errors import Absent, Refused, TooMany
from danvan.base.handed_out import hand_out, handed_out
from danvan.base.papers import media_type_of
from danvan.base.papers.shown import shown
from danvan.matters.actions import Received, receive
from danvan.matters.forms.fields import photos_of
from danvan.matters.forms.portal import (
    COMPLAINT,
    DENUNCIATION,
    URGENT,
    ContentForm,
    DecisionForm,
    KindForm,
    NamedForm,
    PlaceForm,
    ReplyForm,
    RequestsForm,
    WhoForm,
)
from danvan.matters.kinds import Field, Kind
from danvan.matters.portal.draft import PLAIN, REVIEW, Draft, discard_draft, draft_of, keep_draft, stored
from danvan.matters.portal.elsewhere import not_sealed
from danvan.matters.portal.privacy import limit, private
from danvan.matters.portal.receipt import RECEIPT
from danvan.matters.portal.summary import summary_of
from danvan.matters.queries.places import Choices, communes_to_choose, place_chosen, places_to_choose
from danvan.matters.routing import route
from danvan.people.kinds import KEPT_DAYS, Purpose
from danvan.people.queries import custody_ready
from danvan.units.access import CITIZEN

ELSEWHERE = {COMPLAINT: "matter-complaint", DENUNCIATION: "matter-denunciation", URGENT: "matter-urgent"}
UNPROCESSABLE = 422
PAGES = {"kind": "matter-send", "place": "matter-send-place", "commune": "matter-send-place",
         "content": "matter-send-content", "reach": "matter-send-reply", "review": REVIEW,
         "decision": "matter-send-decision", "requests": "matter-send-requests", "who": "matter-send-who",
         "named": "matter-send-named"}  # fmt: skip
"""The address of each page's template."""


def _show(request: HttpRequest, page: str, status: int = 0, **context: object) -> HttpResponse:
    wrong = getattr(context.get("form"), "errors", None) or context.get("refused")
    draft = context.get("draft")
    path = draft.path if isinstance(draft, Draft) else PLAIN
    name = PAGES[page]
    here = path.index(name) if name in path else 0
    back = path[here - 1] if here else "home"
    context |= {"number": here + 1, "pages": len(path), "back": reverse(back)}
    return render(request, f"matters/portal/{page}.html", context, status=status or (UNPROCESSABLE if wrong else 200))


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _go_on(request: HttpRequest, draft: Draft) -> HttpResponse:
    keep_draft(request, draft, now())
    return redirect(draft.next_step)


def _begin_again(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Bản nháp không còn trên máy này: đã gửi, đã xóa, hoặc để quá 2 giờ. Xin bắt đầu lại."))
    return redirect("matter-send")


@private
def kind(request: HttpRequest) -> HttpResponse:
    """What is not taken in here leaves before anything is kept."""
    draft = draft_of(request, now())
    form = KindForm(_posted(request), initial={"kind": draft.kind if draft else ""})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["kind"]
        if chosen in ELSEWHERE:
            return redirect(ELSEWHERE[chosen])
        draft = draft or Draft()
        draft.kind = chosen
        return _go_on(request, draft)
    return _show(request, "kind", form=form, draft=draft)


@private
def place(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request, now())
    if request.method == "POST":
        return _place_given(request, draft or Draft())
    if draft is None:
        return _begin_again(request)
    chosen = place_chosen(draft.area_id, today())
    form = PlaceForm(initial={"area": draft.area_id, "place": draft.place})
    return _show(request, "place", form=form, draft=draft, choices=Choices(chosen), picked=draft.area_id)


def _place_given(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A search shows its finds; a place larger than a commune asks for the commune; a commune goes on."""
    form, wide = PlaceForm(request.POST), request.POST.get("wide", "")
    if "find" in request.POST:
        return _place_again(request, PlaceForm(initial=request.POST.dict()), draft)
    if not form.is_valid():
        return _communes(request, form, draft, wide) if wide else _place_again(request, form, draft)
    chosen, draft.place = form.cleaned_data["area"], form.cleaned_data["place"]
    if not wide and communes_to_choose(chosen, today()):
        return _communes(request, PlaceForm(initial={"place": draft.place}), draft, str(chosen))
    draft.area_id = str(chosen)
    if draft.is_denunciation and not _can_be_sealed(draft):
        discard_draft(request)
        return not_sealed(request)
    return _go_on(request, draft)


def _can_be_sealed(draft: Draft) -> bool:
    """Asked as soon as the place is known: whoever denounces writes nothing that could not be kept safe."""
    unit = route(UUID(draft.area_id), Field.OTHER, today()).unit.unit_id
    return custody_ready(unit, today())


def _place_again(request: HttpRequest, form: PlaceForm, draft: Draft) -> HttpResponse:
    typed, picked = request.POST.get("typed", "").strip(), request.POST.get("area", "")
    found = places_to_choose(typed, today()) if typed else Choices(place_chosen(picked, today()))
    return _show(request, "place", form=form, draft=draft, choices=found, picked=picked, searched=typed)


def _communes(request: HttpRequest, form: PlaceForm, draft: Draft, wide: str) -> HttpResponse:
    places = place_chosen(wide, today())
    if not places:
        return redirect("matter-send-place")
    communes = communes_to_choose(places[0].area_id, today())
    return _show(request, "commune", form=form, draft=draft, wide=places[0], communes=communes)


def place_search(request: HttpRequest) -> JsonResponse:
    """The list of finds alone, as the page itself would show it, for the script that searches while somebody types."""
    typed = request.GET.get("q", "")[:160]
    found = places_to_choose(typed, today())
    shown = render_to_string("matters/portal/choices.html", {"choices": found, "searched": typed.strip()}, request)
    return JsonResponse({"html": shown, "places": len(found.shown)})


@private
def content(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request, now())
    if request.method == "POST":
        return _content_given(request, draft or Draft())
    if draft is None:
        return _begin_again(request)
    form = ContentForm(initial={"content": draft.content, "field": draft.field})
    return _show(request, "content", form=form, draft=draft)


def _content_given(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What was written and every good file stay, also where something else on the page is not right yet."""
    form, stays = ContentForm(request.POST), bool({"remove", "add"} & set(request.POST))
    form.full_clean()
    draft.content = form.cleaned_data.get("content", draft.content)
    draft.field = form.cleaned_data.get("field", draft.field)
    draft.drop_photo(request.POST.get("remove", ""))
    refused = _photos_given(request, draft)
    if form.is_valid() and not refused and not stays:
        return _go_on(request, draft)
    keep_draft(request, draft, now())
    if stays:
        form = ContentForm(initial={"content": request.POST.get("content", ""), "field": request.POST.get("field", "")})
    return _show(request, "content", form=form, draft=draft, refused=refused)


def _photos_given(request: HttpRequest, draft: Draft) -> list[str]:
    uploads = request.FILES.getlist("photos")
    try:
        if uploads:
            limit(request, "matter_photo")
    except TooMany as error:
        return [error.sentence]
    return draft.add_photos(uploads)


@private
def photo(request: HttpRequest, number: int) -> HttpResponse:
    """One photo or paper of this session's own draft."""
    draft = draft_of(request, now())
    if draft is None or not 0 < number <= len(draft.photos):
        raise Absent
    data = stored(draft.photos[number - 1])
    return shown(data, media_type_of(data), number)


@private
def reply(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request, now())
    if draft is None and request.method != "POST":
        return _begin_again(request)
    draft = draft or Draft()
    kept = {name: getattr(draft, name) for name in ReplyForm.base_fields}
    form = ReplyForm(_posted(request), initial=kept)
    if "matter-send-who" in draft.path:
        del form.fields["name"]
    if request.method == "POST" and form.is_valid():
        for name in form.fields:
            setattr(draft, name, form.cleaned_data[name])
        return _go_on(request, draft)
    return _show(request, "reach", form=form, draft=draft, kept_days=KEPT_DAYS[Purpose.ANSWER])


def _asked(request: HttpRequest, page: str, form_of: type[forms.Form]) -> HttpResponse:
    """One more thing of a complaint or denunciation, kept as it was typed."""
    draft = draft_of(request, now())
    if draft is None or PAGES[page] not in draft.path:
        return _begin_again(request)
    kept = {name: getattr(draft, name) for name in form_of.base_fields}
    form = form_of(_posted(request), initial=kept)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(draft, name, value)
        return _go_on(request, draft)
    return _show(request, page, form=form, draft=draft, kept_days=KEPT_DAYS[Purpose.ANSWER])


@private
def decision(request: HttpRequest) -> HttpResponse:
    return _asked(request, "decision", DecisionForm)


@private
def requests(request: HttpRequest) -> HttpResponse:
    return _asked(request, "requests", RequestsForm)


@private
def who(request: HttpRequest) -> HttpResponse:
    return _asked(request, "who", WhoForm)


@private
def named(request: HttpRequest) -> HttpResponse:
    return _asked(request, "named", NamedForm)


@private
@require_POST
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """A complaint or denunciation begins after its own page was read."""
    chosen = {"khieu-nai": Kind.COMPLAINT, "to-cao": Kind.DENUNCIATION}.get(kind)
    if chosen is None:
        raise Absent
    draft = draft_of(request, now()) or Draft()
    draft.kind = chosen
    if draft.is_denunciation:
        draft.photos, draft.is_named = [], None
    return _go_on(request, draft)


@private
def review(request: HttpRequest) -> HttpResponse:
    draft = draft_of(request, now())
    if draft is None:
        return redirect("matter-received") if handed_out(request, RECEIPT, now()) else _begin_again(request)
    if draft.next_step != REVIEW:
        return redirect(draft.next_step)
    if draft.is_denunciation and not _can_be_sealed(draft):
        discard_draft(request)
        return not_sealed(request)
    if request.method != "POST":
        return _show(request, "review", draft=draft, rows=summary_of(draft, today()))
    try:
        return _submit(request, draft)
    except Refused as error:
        shown = {"draft": draft, "rows": summary_of(draft, today()), "refused": [error.sentence]}
        return _show(request, "review", error.status, **shown)


def _submit(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The matter and the receipt in the session are written together: no code without its PIN, and no matter whose PIN
    nobody ever saw. Sent twice, the second call finds what the first one made and leaves the session alone.
    """
    limit(request, "matter_send")
    at, sealed = now(), photos_of(request.FILES.getlist("photos")) if draft.is_denunciation else ()

    def hand_over(received: Received) -> None:
        hand_out(request, RECEIPT, about=str(received.matter.id), secret=received.pin, at=at)
        discard_draft(request)
        request.session.save()
        request.session.modified = False

    receive(said=draft.said(sealed), by=CITIZEN, at=at, key=draft.key, then=hand_over)
    return redirect("matter-received")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Leaves nothing of the draft; where nothing else is kept, the session and its cookie go too."""
    discard_draft(request)
    if not request.session.keys():
        request.session.flush()
    return redirect("home")
