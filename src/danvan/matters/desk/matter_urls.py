"""Addresses of the officer's inbox, of one matter, and of taking one in."""

from django.urls import path

from danvan.matters.desk import cases, intake, letters, linking, lists, matter, publishing, releasing, saved_views

matter_urls = [
    path("hom-nay/", lists.today, name="today"),
    path("don/", letters.register, name="letter-list"),
    path("don/moi/", letters.new, name="letter-new"),
    path("don/moi/phieu/", letters.slips, name="letter-slips"),
    path("ban-da-che/<uuid:identity_id>/", releasing.release, name="letter-release"),
    path("viec/", lists.matter_inbox, name="matter-inbox"),
    path("viec/moi/", intake.take_in, name="matter-take-in"),
    path("viec/moi/de-xuat/", intake.proposed, name="matter-proposal"),
    path("viec/moi/linh-vuc/", intake.topic, name="matter-topic"),
    path("viec/moi/phieu/", intake.slip, name="matter-taken-in-slip"),
    path("viec/da-lien-he/<uuid:notice_id>/", matter.reached, name="notice-reached"),
    path("viec/danh-sach/", saved_views.saved, name="view-list"),
    path("viec/danh-sach/<int:view_id>/bo/", saved_views.drop, name="view-drop"),
    path("viec/<str:code>/", matter.matter, name="matter"),
    path("viec/<str:code>/anh/<int:number>/", matter.photo, name="matter-photo"),
    path("viec/<str:code>/cong-khai/", publishing.publish, name="matter-publish"),
    path("viec/<str:code>/cong-khai/go/", publishing.withdraw, name="matter-unpublish"),
    path("viec/<str:code>/giong/", linking.alike, name="matter-alike"),
    path("viec/<str:code>/giong/lien-ket/", linking.link, name="matter-link"),
    path("viec/<str:code>/giong/<uuid:link_id>/bo/", linking.unlink, name="matter-unlink"),
    path("viec/<str:code>/lien-he/", matter.contact, name="matter-contact"),
    path("viec/<str:code>/phieu/", matter.sheet, name="matter-sheet"),
    path("viec/<str:code>/buoc/<str:verb>/", matter.step, name="matter-step"),
    path("viec/<str:code>/thu-tuc/<str:key>/", cases.act, name="case-act"),
    path("viec/<str:code>/thong-tin/", cases.describe, name="case-describe"),
    path("viec/<str:code>/danh-tinh/", cases.ask_identity, name="case-ask-identity"),
]
