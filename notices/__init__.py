"""Reading documents: docx, pdf, text -> draft directives."""
