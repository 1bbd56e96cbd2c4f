"""Addresses of listening meetings, their papers and their spreadsheets."""

from django.urls import path

from danvan.matters.desk import meeting_grid, meeting_papers, meetings, opinion_sheets

ONE = "buoi-lang-nghe/<uuid:meeting_id>/"
SHEET = "buoi-lang-nghe/bang-tinh/<uuid:sheet_id>/"

meeting_urls = [
    path("buoi-lang-nghe/", meetings.meeting_list, name="meeting-list"),
    path("buoi-lang-nghe/moi/", meetings.meeting_new, name="meeting-new"),
    path(ONE, meetings.meeting, name="meeting"),
    path(f"{ONE}dau-bien-ban/", meetings.meeting_head, name="meeting-head"),
    path(f"{ONE}dong/", meeting_grid.meeting_rows, name="meeting-rows"),
    path(f"{ONE}ket-thuc/", meetings.meeting_review, name="meeting-review"),
    path(f"{ONE}bo/", meetings.meeting_discard, name="meeting-discard"),
    path(f"{ONE}bien-ban.docx", meeting_papers.meeting_minutes, name="meeting-minutes"),
    path(f"{ONE}phieu-tra-loi/", meeting_papers.meeting_answers, name="meeting-answers"),
    path(f"{ONE}phieu-tra-loi.docx", meeting_papers.meeting_answers_docx, name="meeting-answers-docx"),
    path("buoi-lang-nghe/bang-tinh/", opinion_sheets.opinion_sheet_new, name="opinion-sheet-new"),
    path("buoi-lang-nghe/bang-tinh/mau.xlsx", opinion_sheets.opinion_sheet_template, name="opinion-sheet-template"),
    path(SHEET, opinion_sheets.opinion_sheet, name="opinion-sheet"),
    path(f"{SHEET}cot/", opinion_sheets.opinion_sheet_columns, name="opinion-sheet-columns"),
    path(f"{SHEET}nap/", opinion_sheets.opinion_sheet_load, name="opinion-sheet-load"),
    path(f"{SHEET}loi.xlsx", opinion_sheets.opinion_sheet_verdicts, name="opinion-sheet-verdicts"),
]
