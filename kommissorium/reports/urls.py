"""Addresses of the reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from kommissorium.reports import board_views, part_views, request_views, views

BOARD = "reports/board/<int:pk>/"
EXECUTIVE = "reports/executive/<int:pk>/"
ONE = "told/<slug:slug>/<int:pk>/"  # of any kind: the slug says which

urlpatterns: list[URLPattern] = [
    path("reports/statuses/", views.statuses, name="statuses"),
    path("reports/statuses/new/", views.status_new, name="status_new"),
    path("reports/statuses/<int:pk>/", views.status, name="status"),
    path("reports/years/", views.reviews, name="reviews"),
    path("reports/years/new/", views.review_new, name="review_new"),
    path("reports/years/<int:pk>/", views.review, name="review"),
    path("reports/board/", board_views.board_reports, name="board_reports"),
    path("reports/board/new/", board_views.board_report_new, name="board_report_new"),
    path(BOARD, board_views.board_report, name="board_report"),
    path(f"{BOARD}send/", board_views.board_report_send, name="board_report_send"),
    path(f"{BOARD}note/<str:kind>/", board_views.board_note_new, name="board_note_new"),
    path(f"{BOARD}requests/", request_views.board_requests, name="board_requests"),
    path("reports/notes/<int:pk>/", board_views.board_note_correct, name="board_note_correct"),
    path("reports/executive/", board_views.executive_reports, name="executive_reports"),
    path(EXECUTIVE, board_views.report_to_executive, name="report_to_executive"),
    path(f"{EXECUTIVE}receipt/", board_views.executive_receipt, name="executive_receipt"),
    path(f"{EXECUTIVE}comment/", board_views.executive_comment, name="executive_comment"),
    path(
        f"{EXECUTIVE}answer/<int:place>/", request_views.executive_answer, name="executive_answer"
    ),
    path(f"{ONE}edit/", part_views.told_edit, name="told_edit"),
    path(f"{ONE}recompose/", part_views.told_recompose, name="told_recompose"),
    path(f"{ONE}close/<slug:code>/", part_views.told_close, name="told_close"),
    path(f"{ONE}word/", part_views.told_take_back, name="told_take_back"),
    path(f"{ONE}edited/", part_views.told_edited, name="told_edited"),
    path(f"{ONE}file/<slug:form>/", part_views.told_file, name="told_file"),
]
