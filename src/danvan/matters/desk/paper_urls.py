"""Addresses of the papers of cases and letters."""

from django.urls import path

from danvan.matters.desk import case_papers

OF_A_CASE = "viec/<str:code>/giay/"

paper_urls = [
    path(f"{OF_A_CASE}<int:ordinal>.<slug:kind>", case_papers.act_paper_file, name="case-paper"),
    path(f"{OF_A_CASE}<int:ordinal>/<slug:paper>.<slug:kind>", case_papers.act_paper_file, name="case-paper-beside"),
    path(f"{OF_A_CASE}nhap/<slug:key>.<slug:kind>", case_papers.draft_paper_file, name="case-draft"),
    path(f"{OF_A_CASE}nhap/<slug:key>/<slug:paper>.<slug:kind>", case_papers.draft_paper_file,
         name="case-draft-beside"),
    path("don/<uuid:letter_id>/giay/<slug:paper>.<slug:kind>", case_papers.letter_paper_file, name="letter-paper"),
]  # fmt: skip
