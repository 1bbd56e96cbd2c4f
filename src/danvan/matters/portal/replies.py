"""What the citizen may still say: add, answer a question, judge the answer, withdraw. Typed words are never lost:
not by an error, not by a second press, not by a page left open too long.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import day_of, now
from danvan.base.errors import Absent, Refused
from danvan.matters.actions import Words, citizen_act, give_verdict
from danvan.matters.forms.fields import photos_of
from danvan.matters.forms.portal import AddForm, AnswerQuestionForm, TrackForm, VerdictForm, WithdrawForm
from danvan.matters.kinds import RULES, Kind, Settled
from danvan.matters.portal.carried import carried_words, drop_carried
from danvan.matters.portal.grants import granted
from danvan.matters.portal.privacy import limit, private
from danvan.matters.queries.tracking import Tracked, judged_already, said_already, tracked
from danvan.rules.clock import rule_by_id

UNPROCESSABLE = 422


@dataclass(frozen=True)
class Page:
    """One of the pages: the form it shows, the move it makes, and what it says when that is done."""

    name: str
    form: type[forms.Form]
    move: str
    thanks: Callable[[forms.Form], str]

    def do(self, request: HttpRequest, story: Tracked, form: forms.Form, at: datetime) -> None:
        given = form.cleaned_data
        if isinstance(form, VerdictForm):
            give_verdict(matter=story.matter, settled=Settled(given["settled"]), score=form.score_given,
                         text=given["text"], at=at)  # fmt: skip
            return
        photos = photos_of(request.FILES.getlist("photos")) if "photos" in form.fields else ()
        words = Words(text=given["text"], photos=photos)
        citizen_act(matter=story.matter, verb=self.move, words=words, at=at, seen=_seen(request))

    def was_done(self, story: Tracked, form: forms.Form) -> bool:
        """The same form came a second time: what it asks for stands already."""
        if isinstance(form, VerdictForm):
            return judged_already(story.matter, form.cleaned_data["settled"])
        return said_already(story.matter, self.move, form.cleaned_data["text"])


def _seen(request: HttpRequest) -> int | None:
    """How many steps the page showed: a newer step is read before anything is added to it."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else None


def _answer(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    at = now()
    try:
        story = tracked(granted(request, token, at), day_of(at))
    except Absent:
        return _locked(request, page)
    posted = request.POST if request.method == "POST" else None
    form = page.form(posted, initial={"text": carried_words(request, token)})
    if story.matter.kind == Kind.DENUNCIATION:
        form.fields.pop("photos", None)
    if request.method != "POST" and page.move not in story.moves:
        messages.info(request, _("Việc này không còn ở bước ấy. Dưới đây là tình trạng mới nhất."))
        return redirect("matter-story", token)
    status = _tried(request, page, story, form, at) if request.method == "POST" else 200
    if status is None:
        drop_carried(request)
        messages.success(request, page.thanks(form))
        return redirect("matter-story", token)
    again = rule_by_id(RULES[Kind(story.matter.kind)], day_of(at)).lasts.said(_)
    context = {"form": form, "story": story, "token": token, "again": again}
    return render(request, f"matters/portal/{page.name}.html", context, status=status)


def _tried(request: HttpRequest, page: Page, story: Tracked, form: forms.Form, at: datetime) -> int | None:
    """None when it is done; otherwise the status of the page that says why not."""
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        limit(request, "matter_add")
        page.do(request, story, form, at)
    except Refused as error:
        if page.was_done(story, form):
            return None
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return error.status
    return None


def _locked(request: HttpRequest, page: Page) -> HttpResponse:
    """Asks for code and PIN again; what was typed waits in that form."""
    sentence = _("Trang này tự khóa sau 30 phút không dùng. Xin nhập lại mã tra cứu và mã PIN.")
    if request.method != "POST" or not request.POST.get("text"):
        messages.info(request, sentence)
        return redirect("matter-track")
    carried = {"words": request.POST["text"], "to": page.name}
    context = {"form": TrackForm(), "carried": carried, "locked": sentence}
    return render(request, "matters/portal/track.html", context, status=UNPROCESSABLE)


def _of_verdict(form: forms.Form) -> str:
    if form.cleaned_data["settled"] == Settled.YES:
        return _("Cảm ơn ông/bà đã cho biết. Việc này đã xong.")
    return _("Việc đã được mở lại. Đơn vị phải trả lời lại trong thời hạn mới ghi dưới đây.")


ADD = Page("add", AddForm, "add", lambda _form: _("Đã gửi phần bổ sung."))
REPLY = Page("reply", AnswerQuestionForm, "reply", lambda _form: _("Đã gửi trả lời. Thời hạn giải quyết chạy tiếp."))
VERDICT = Page("verdict", VerdictForm, "confirm", _of_verdict)
WITHDRAW = Page("withdraw", WithdrawForm, "withdraw", lambda _form: _("Đã rút. Đơn vị thôi giải quyết việc này."))


@private
def add(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, token, ADD)


@private
def reply(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, token, REPLY)


@private
def verdict(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, token, VERDICT)


@private
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    return _answer(request, token, WITHDRAW)
