"""Lay out reports for paper (PDF) and for the spreadsheet, from plain data; nothing here knows a store.

``table`` and the report definitions are light. ``fonts``, ``page``, ``pdf`` and ``sheet`` load reportlab
or xlsxwriter, so import them where a report is really written.
"""
