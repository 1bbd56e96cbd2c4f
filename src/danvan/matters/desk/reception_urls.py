"""Addresses of reception: numbers of sessions, the calendar, the register."""

from django.urls import path

from danvan.matters.desk import reception_calendar, receptions, turns

ROOT = "tiep-cong-dan/"
TURN = f"{ROOT}so/<uuid:reception_id>/"

reception_urls = [
    path(ROOT, receptions.reception_list, name="reception-list"),
    path(f"{ROOT}<uuid:reception_id>/", receptions.reception, name="reception"),
    path(f"{ROOT}<uuid:reception_id>/xoa/", receptions.reception_remove, name="reception-remove"),
    path(f"{ROOT}lich/", reception_calendar.reception_month, name="reception-month"),
    path(f"{ROOT}lich/them/", reception_calendar.slots_new, name="reception-slots-new"),
    path(f"{ROOT}lich/cong-bo/", reception_calendar.slots_publish, name="reception-slots-publish"),
    path(f"{ROOT}lich/<uuid:slot_id>/huy/", reception_calendar.slot_cancel, name="reception-slot-cancel"),
    path(f"{ROOT}lich/<uuid:slot_id>/khong-co-nguoi/", reception_calendar.slot_empty, name="reception-slot-empty"),
    path(f"{ROOT}so/", turns.turn_list, name="turn-list"),
    path(f"{ROOT}so/moi/", turns.turn_new, name="turn-new"),
    path(f"{ROOT}so/in/", turns.turn_book, name="turn-book"),
    path(f"{ROOT}chua-bao/", turns.turn_untold, name="turn-untold"),
    path(TURN, turns.turn, name="turn"),
    path(f"{TURN}bao/", turns.turn_tell, name="turn-tell"),
    path(f"{TURN}ket-qua/", turns.turn_result, name="turn-result"),
    path(f"{TURN}sua/", turns.turn_correct, name="turn-correct"),
    path(f"{TURN}gach-bo/", turns.turn_strike, name="turn-strike"),
    path(f"{TURN}nguoi-den/", turns.turn_contact, name="turn-contact"),
    path(f"{TURN}giay-bien-nhan/", turns.turn_receipt, name="turn-receipt"),
]
