"""Reports that people look at: a page, a workbook, the yearly report, reminders, a picture of a quote."""
