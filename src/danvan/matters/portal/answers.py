"""What offices have answered and put before everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from danvan.matters.forms.publishing import AnswerSearchForm
from danvan.matters.queries.published import published, published_one


def answers(request: HttpRequest) -> HttpResponse:
    form = AnswerSearchForm(request.GET)
    form.full_clean()
    text, field = form.cleaned_data.get("q", ""), form.cleaned_data.get("field", "")
    found = published(text=text, field=field, after=request.GET.get("after", "")[:40])
    context = {"form": form, "found": found, "searched": bool(text or field)}
    return render(request, "matters/portal/answers.html", context)


def answer(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "matters/portal/published.html", {"shown": published_one(code)})
