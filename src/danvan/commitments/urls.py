"""Addresses: the calendar and the terms for everybody, then the operator's pages."""

from django.urls import path

from danvan.commitments import desk, portal

urlpatterns = [
    path("lich-lam-viec/", portal.calendar, name="calendar"),
    path("lich-lam-viec/<int:year>/", portal.calendar, name="calendar-year"),
    path("lich-lam-viec/nhap-ngay/", desk.day, name="calendar-day"),
    path("lich-lam-viec/nhap-nam/", desk.year, name="calendar-decide-year"),
    path("tinh-han/", portal.due, name="due"),
    path("tinh-han/in/", portal.due_paper, name="due-paper"),
    path("thoi-han/", portal.rules, name="rule-list"),
    path("don-vi/<uuid:unit_id>/ket-thuc/", desk.end_unit, name="unit-end"),
]
