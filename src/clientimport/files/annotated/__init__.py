"""The annotated workbook: the user's own file with cells coloured, reasons beside them and a summary in front."""
