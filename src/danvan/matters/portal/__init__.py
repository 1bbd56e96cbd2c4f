"""The public pages: sending, the receipt, following by code and PIN."""

from django.urls import path

from danvan.matters.portal import answers, elsewhere, own_data, receipt, reception_days, replies, send, track

portal_urls = [
    path("gui/", send.kind, name="matter-send"),
    path("gui/o-dau/", send.place, name="matter-send-place"),
    path("gui/o-dau/tim/", send.place_search, name="matter-send-search"),
    path("gui/noi-dung/", send.content, name="matter-send-content"),
    path("gui/noi-dung/anh/<int:number>/", send.photo, name="matter-send-photo"),
    path("gui/quyet-dinh/", send.decision, name="matter-send-decision"),
    path("gui/yeu-cau/", send.requests, name="matter-send-requests"),
    path("gui/nguoi-khieu-nai/", send.who, name="matter-send-who"),
    path("gui/ghi-ten/", send.named, name="matter-send-named"),
    path("gui/bat-dau/<str:kind>/", send.begin, name="matter-send-begin"),
    path("gui/nhan-tra-loi/", send.reply, name="matter-send-reply"),
    path("gui/xem-lai/", send.review, name="matter-send-review"),
    path("gui/xoa-nhap/", send.discard, name="matter-send-discard"),
    path("gui/khieu-nai/", elsewhere.complaint, name="matter-complaint"),
    path("gui/to-cao/", elsewhere.denunciation, name="matter-denunciation"),
    path("gui/to-cao/truoc-khi-gui/", elsewhere.denunciation_begin, name="matter-denunciation-begin"),
    path("gui/khan-cap/", elsewhere.urgent, name="matter-urgent"),
    path("gui/da-nhan/", receipt.received, name="matter-received"),
    path("gui/da-nhan/phieu/", receipt.slip, name="matter-slip"),
    path("gui/da-nhan/phieu.txt", receipt.slip_text, name="matter-slip-text"),
    path("lich-tiep-cong-dan/", reception_days.units, name="reception-units"),
    path("lich-tiep-cong-dan/<uuid:unit_id>/", reception_days.days, name="reception-days"),
    path("da-tra-loi/", answers.answers, name="answer-list"),
    path("da-tra-loi/<slug:code>/", answers.answer, name="answer"),
    path("tra-cuu/", track.look_up, name="matter-track"),
    path("tra-cuu/thoat/", track.leave, name="matter-track-leave"),
    path("tra-cuu/viec/<str:token>/", track.story, name="matter-story"),
    path("tra-cuu/viec/<str:token>/anh/<int:number>/", track.photo, name="matter-story-photo"),
    path("tra-cuu/viec/<str:token>/bo-sung/", replies.add, name="matter-story-add"),
    path("tra-cuu/viec/<str:token>/tra-loi/", replies.reply, name="matter-story-reply"),
    path("tra-cuu/viec/<str:token>/danh-gia/", replies.verdict, name="matter-story-verdict"),
    path("tra-cuu/viec/<str:token>/rut/", replies.withdraw, name="matter-story-withdraw"),
    path("tra-cuu/viec/<str:token>/du-lieu/", own_data.show, name="matter-own-data"),
    path("tra-cuu/viec/<str:token>/du-lieu/du-lieu-cua-toi.<str:kind>", own_data.copy, name="matter-own-copy"),
    path("tra-cuu/<str:code>", track.look_up, name="matter-track-code"),
    path("tra-cuu/<str:code>/", track.look_up),
]
