"""What everybody may see and use of reporting."""

from django.urls import path

from danvan.reports.portal import checking, opened

portal_urls = [
    path("cong-khai/", opened.figures, name="public-figures"),
    path("cong-khai/so-lieu.csv", opened.figures_csv, name="public-figures-csv"),
    path("cong-khai/so-lieu.json", opened.figures_json, name="public-figures-json"),
    path("so-lieu-da-cong-bo/", opened.printed, name="published-figures"),
    path("tu-dien-chi-tieu/", opened.dictionary, name="indicators"),
    path("kiem-tra-bao-cao/", checking.check, name="check-report"),
]
