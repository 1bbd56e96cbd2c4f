"""In which post somebody acts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from danvan.base.clock import today
from danvan.base.errors import Invalid
from danvan.units.access import acting
from danvan.units.queries import unit_names
from danvan.web.middleware import HOLDING_KEY
from danvan.web.shell import home_of


@login_required
def choose_post(request: HttpRequest) -> HttpResponse:
    """One person may hold several posts, also on behalf of another; every step is signed by exactly one of them."""
    holdings = request.holdings  # type: ignore[attr-defined]
    if request.method == "POST":
        chosen = next((one for one in holdings if str(one.pk) == request.POST.get("holding")), None)
        if chosen is None:
            raise Invalid("post-not-held", _("Bạn không giữ chức vụ này, hoặc chức vụ không còn hiệu lực."), "holding")
        request.session[HOLDING_KEY] = chosen.pk
        return redirect(home_of(acting(chosen)))
    names = unit_names({one.post.unit_id for one in holdings}, today())
    posts = [(one, names.get(one.post.unit_id, "")) for one in holdings]
    return render(request, "web/choose_post.html", {"posts": posts})
