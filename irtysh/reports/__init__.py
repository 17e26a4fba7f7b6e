"""The report that writes itself: what is said, and how it is set as HTML, PDF, DOCX and XLSX."""
