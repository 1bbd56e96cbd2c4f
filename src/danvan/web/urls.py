"""All addresses: Vietnamese words without marks; their names in English."""

from allauth.account import views as account
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from danvan.web import desk, portal
from danvan.web.api import api

handler400 = "danvan.web.errors.bad_request"

sign_in = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("ngung-hoat-dong/", account.account_inactive, name="account_inactive"),
    path("xac-nhan/", account.reauthenticate, name="account_reauthenticate"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("hai-lop/", include("allauth.mfa.urls")),
    path("chuc-vu/", desk.choose_post, name="post-choose"),
]

urlpatterns = [
    path("api/v1/", api.urls),  # first, because machines ask most often and two hundred addresses are tried in order
    path("", portal.home, name="home"),
    path("kha-nang-tiep-can/", portal.accessibility, name="accessibility"),
    path("thong-tin-ca-nhan/", portal.privacy, name="privacy"),
    path("ngon-ngu/", csrf_exempt(set_language), name="language"),
    path("tai-khoan/", include(sign_in)),
    path("", include("danvan.matters.urls")),
    path("", include("danvan.reports.urls")),
    path("", include("danvan.commitments.urls")),
    path("", include("danvan.people.urls")),
    path("", include("danvan.units.urls")),
]
