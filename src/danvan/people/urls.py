"""Addresses of the custodians' pages, and of what was destroyed."""

from django.urls import path

from danvan.people.desk import custody, disposals, keys, openings

urlpatterns = [
    path("giu-khoa/", custody.home, name="custody-home"),
    path("giu-khoa/<uuid:unit_id>/", custody.show, name="custody"),
    path("giu-khoa/nguoi/<int:custodian_id>/cum-mat-khau/", keys.set_passphrase, name="key-set"),
    path("giu-khoa/nguoi/<int:custodian_id>/doi-cum-mat-khau/", keys.change_passphrase, name="key-change"),
    path("giu-khoa/nguoi/<int:custodian_id>/chia/", keys.share, name="key-share"),
    path("giu-khoa/nguoi/<int:custodian_id>/ban-giao/", keys.hand_over, name="key-hand-over"),
    path("giu-khoa/nguoi/<int:custodian_id>/thoi/", custody.end, name="custody-end"),
    path("mo-danh-tinh/", openings.show_all, name="opening-list"),
    path("mo-danh-tinh/<uuid:opening_id>/", openings.show, name="opening"),
    path("mo-danh-tinh/<uuid:opening_id>/tu-choi/", openings.refuse, name="opening-refuse"),
    path("du-lieu-da-huy/", disposals.show_all, name="disposal-list"),
]
