"""Addresses: what everybody reads first, then the operator's pages."""

from django.urls import path

from danvan.units import portal
from danvan.units.desk import accounts, agencies, delegations

urlpatterns = [
    path("dia-danh/", portal.suggest, name="area-suggest"),
    path("dia-danh/tra/", portal.look_up, name="area-lookup"),
    path("dia-danh/tra/<uuid:area_id>/", portal.area, name="area-page"),
    path("dia-danh/nguon/", portal.sources, name="area-sources"),
    path("don-vi/", portal.unit_list, name="unit-list"),
    path("don-vi/<uuid:unit_id>/", portal.unit, name="unit-page"),
    path("don-vi/<uuid:unit_id>/them/", agencies.add, name="unit-add"),
    path("don-vi/<uuid:unit_id>/doi/", agencies.change, name="unit-change"),
    path("don-vi/<uuid:unit_id>/them-tai-khoan/", accounts.add, name="account-add"),
    path("don-vi/<uuid:unit_id>/giao-chuc-vu/", accounts.seat, name="post-give"),
    path("don-vi/nap/", agencies.hand_in, name="unit-load"),
    path("don-vi/nap/ghi/", agencies.load, name="unit-load-confirm"),
    path("don-vi/nap/co-loi.xlsx", agencies.verdicts, name="unit-verdicts"),
    path("don-vi/nap/mau.xlsx", agencies.blank, name="unit-template"),
    path("don-vi/tai-khoan/", accounts.show_all, name="account-list"),
    path("don-vi/tai-khoan/<int:account_id>/", accounts.show, name="account"),
    path("don-vi/tai-khoan/<int:account_id>/mat-khau/", accounts.reset, name="account-reset"),
    path("don-vi/tai-khoan/<int:account_id>/ngung/", accounts.stop, name="account-stop"),
    path("don-vi/tai-khoan/<int:account_id>/mo-lai/", accounts.resume, name="account-resume"),
    path("don-vi/tai-khoan/<int:account_id>/ma/<int:token_id>/thu-hoi/", accounts.revoke, name="token-revoke"),
    path("don-vi/chuc-vu/<int:holding_id>/thoi/", accounts.end, name="post-end"),
    path("don-vi/chuc-vu/<int:holding_id>/ma/", accounts.issue, name="token-issue"),
    path("don-vi/vai-tro/", accounts.roles, name="role-list"),
    path("don-vi/nhat-ky/", accounts.log, name="admin-log"),
    path("uy-quyen/", delegations.show, name="delegation-list"),
    path("uy-quyen/<int:holding_id>/thu-hoi/", delegations.end, name="delegation-end"),
]
