"""Lists that are declared: columns, filters and rows; page, workbook and saved lists follow."""
